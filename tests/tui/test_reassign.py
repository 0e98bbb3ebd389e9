"""Who takes a task: what is shown before Enter is what happens after it, and nobody overwrites anybody."""

from __future__ import annotations

from datetime import timedelta

from cadence.model.post import TaskRef
from cadence.operations.tasks import assign, claim
from cadence.tui.screens.assign import AssignScreen, SaysLine
from cadence.tui.widgets.candidate_list import CandidateList
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.tui.apps import an_app, press
from tests.tui.office import office, workspace_of
from tests.tui.test_week_screen import TO_STORIA, post_called, week_of

STORIA = TaskRef(post_called(office(), "Storia Bianchi").id, "review")


def said(screen: object) -> str:
    assert isinstance(screen, AssignScreen)
    return screen.query_one("#assign-says", SaysLine).text


async def test_the_line_above_says_what_enter_will_do_and_enter_does_it() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "a")
        assert said(app.screen) == "Anna takes review (15′): 8 → 21 % · warning solved · u undoes"
        await press(app, pilot, "down")
        assert said(app.screen) == "Giulia takes review (15′): 12 → 25 % · warning solved · u undoes"
        assert app.calendar.seq == 1
        await press(app, pilot, "enter")
        assert app.calendar.task(STORIA).member == app.calendar.member("Giulia").id
        assert app.status.text == "Giulia takes review (15′): 12 → 25 % · warning solved · u undoes"


async def test_candidates_are_ranked_and_those_who_cannot_say_why() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "a")
        rows = app.screen.query_one(CandidateList)
        names = [choice.name for choice in rows.choices]
        assert names[:2] == ["Anna", "Giulia"]
        obstacles = {
            c.name: c.candidate.obstacle for c in rows.choices if c.candidate and c.candidate.obstacle
        }
        assert obstacles["Marco"] == "wrote the draft"
        assert obstacles["Paola"].startswith("away until")
        assert obstacles["Studio Blu"].startswith("no review skill")


async def test_the_load_below_the_week_shows_the_choice_before_it_is_made() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "a")
        people = {person.name: person for person in week_of(app).query_one("#load").people}  # type: ignore[attr-defined]
        assert people["Anna"].would_be is not None
        await press(app, pilot, "escape")
        people = {person.name: person for person in week_of(app).query_one("#load").people}  # type: ignore[attr-defined]
        assert people["Anna"].would_be is None
        assert app.calendar.seq == 1


async def test_another_task_of_the_post_is_a_key_away() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "a", "right")
        assert "publish" in said(app.screen)
        await press(app, pilot, "left", "left")
        assert "design" in said(app.screen)


async def test_all_marked_posts_get_the_same_person_in_one_change() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "v", "down", "left", "v", "a")
        assert "2 tasks" in said(app.screen)
        await press(app, pilot, "enter")
        assert app.calendar.seq == 2
        await press(app, pilot, "u")
        assert app.calendar.task(STORIA).member is None


async def test_a_task_can_be_taken_from_somebody_and_given_to_nobody() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "enter", "a")
        rows = app.screen.query_one(CandidateList)
        rows.move_end()
        while rows.current and rows.current.name != "nobody":
            rows.move_by(-1)
        await press(app, pilot, "enter")
        assert app.calendar.task(TaskRef(STORIA.post, "design")).member is None


async def test_a_lost_race_says_who_was_faster_and_how_long_ago() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA)
        # Between two looks: the screen still shows that nobody has it.
        anna = other.calendar.member("Anna")
        other.run(claim, STORIA, who=anna, now=NOW - timedelta(seconds=2))
        app.look_every(None)
        await press(app, pilot, "c")
        assert app.calendar.task(STORIA).member == anna.id
        assert app.status.text.startswith("Anna Conti took it 2 s ago")


async def test_an_assignment_made_while_the_candidates_were_open_is_not_overwritten() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "a", "down")
        screen = app.screen
        assert isinstance(screen, AssignScreen)
        app.look_every(None)
        anna = other.calendar.member("Anna")
        other.run(assign, STORIA, anna.id, who=anna, now=NOW)
        await press(app, pilot, "enter")
        assert app.calendar.task(STORIA).member == anna.id
        assert "was changed after you looked, by Anna" in app.status.text


async def test_a_task_that_is_done_has_no_candidates_and_that_is_said() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "enter", "up", "a")
        assert said(app.screen).startswith(f"nothing is left to do about {STORIA.post} draft")
