"""The plan: it appears by itself, says what accepting does, and is one change that can be undone."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace

import pytest

from cadence.model.post import TaskRef
from cadence.operations.posts import skip_post
from cadence.operations.tasks import assign
from cadence.planner.bridge.proposal import Gap
from cadence.planner.plan import LevelValue, Plan
from cadence.planner.problem import LevelName
from cadence.tui.app import CadenceApp
from cadence.tui.planning import Planning, Wish
from cadence.tui.screens.plan import PlanScreen
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.plan_line import change_text, known_text
from cadence.workspace import Workspace
from tests.builders import NOW, a_calendar, day
from tests.tui.apps import an_app, answer, catch_up, press
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import workspace_of
from tests.tui.small_team import SHORT, a_small_team, small_team

REVIEW = TaskRef(1, "review")
LUCA = 2


def the(app: CadenceApp) -> PlanScreen:
    screen = app.calendar_screen
    assert isinstance(screen, PlanScreen)
    return screen


def changes(app: CadenceApp) -> dict[str, str | None]:
    """Task → who would have it."""
    return {row.what.id: row.taker for row in the(app).list.changes()}


def head(app: CadenceApp) -> list[str]:
    return [f"{plain(left)} {plain(right)}".strip() for left, right in the(app).list.headings]


# What it shows


async def test_p_leads_from_any_screen_to_a_plan_of_four_weeks() -> None:
    async with an_app(a_small_team(), "Giulia", "warnings") as (app, pilot):
        await press(app, pilot, "p")
        assert app.current_mode == "plan"
        slots = [f"LinkedIn 2026-12-{n}T09:00 {kind}" for n in ("01", "08", "15") for kind in SHORT]
        assert list(changes(app)) == ["1 review", *slots], "in the order in which posts go out"
        assert changes(app)["1 review"] == "Luca Gatti", "who drafts does not review"
        assert set(changes(app).values()) == {"Giulia Rossi", "Luca Gatti"}, "and no partner is paid"


async def test_it_says_how_good_it_is_and_what_accepting_does() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, _):
        what, figures, offer = head(app)
        assert what.startswith("23 Nov – 20 Dec 2026 · 7 tasks proven best · ")
        assert figures == "uncovered 0 (was 7)   partner 0 €   highest share 41 % (was 13 %)"
        assert offer == "A accepts 7 changes: all new · 3 new posts · u undoes"


@pytest.mark.parametrize("size", SIZES)
async def test_a_plan_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_small_team(), "Giulia", "plan", size=size) as (app, pilot):
        await press(app, pilot, "down", "s")
        assert_golden(f"plan_{size[0]}x{size[1]}", re.sub(r"\d+\.\d s", "0.1 s", text_of(app)))


async def test_without_unicode_it_is_plain_ascii() -> None:
    async with an_app(a_small_team(), "Giulia", "plan", ascii_only=True) as (app, pilot):
        await press(app, pilot, "w")
        assert text_of(app).isascii()


async def test_nothing_to_do_is_said_nicely() -> None:
    calendar = a_calendar().with_channel("Blog").with_member("Giulia").build()
    async with an_app(calendar, "Giulia", "plan") as (app, pilot):
        said = "Everything until Sun 20 Dec has somebody, and nobody is over their time."
        assert said in text_of(app)
        await press(app, pilot, "A")
        assert app.status.text == "There is nothing to accept"


async def test_what_nobody_could_do_stands_at_the_end_with_its_reason() -> None:
    team = small_team().with_channel("Blog").with_post("Blog", "2026-12-10T09:00", "Il tornio")
    async with an_app(team.build(), "Giulia", "plan") as (app, pilot):
        gaps = [row.what.id for row in the(app).list.rows if isinstance(row, Gap)]
        assert gaps == ["2 design", "2 publish", "2 engage"]
        assert "3 tasks without anybody" in text_of(app)
        await press(app, pilot, "end")
        assert "Nobody can do the answering on Blog" in text_of(app)
        await press(app, pilot, "a")
        assert app.status.text == "Nobody could take it: enter goes there"
        await press(app, pilot, "enter")
        assert app.current_mode == "week"
        assert app.calendar_screen is not None
        assert app.calendar_screen.selected_posts() == [2]


async def test_w_says_why_not_the_others_and_escape_hides_it() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        assert "Nobody else inside can: Giulia Rossi wrote the draft" in text_of(app)
        await press(app, pilot, "w")
        said = text_of(app)
        assert "Luca Gatti would cost nothing, Studio Blu 12 €" in said
        assert "Giulia Rossi wrote the draft" in said
        assert "Elena Fabbri has no review skill on LinkedIn" in said
        await press(app, pilot, "escape")
        assert "no review skill" not in text_of(app)
        await press(app, pilot, "escape")
        assert app.current_mode == "week"


async def test_the_filter_says_what_is_shown_and_accepted() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "slash")
        await answer(app, pilot, "@luca")
        assert set(changes(app).values()) == {"Luca Gatti"}
        others = app.calendar.posts[1]
        await press(app, pilot, "slash")
        await answer(app, pilot, "bianchi")
        assert list(changes(app)) == ["1 review"]
        await press(app, pilot, "A")
        assert [post.id for post in app.calendar.posts.values()] == [others.id], "no slot was filled"
        assert app.calendar.task(REVIEW).member == LUCA


# Accepting


async def test_everything_is_accepted_in_one_change_and_undone_in_one() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        before, proposed = app.calendar, changes(app)
        await press(app, pilot, "A")
        assert app.calendar.seq == before.seq + 1
        assert app.status.text.endswith("3 new posts · u undoes")
        assert app.calendar.task(REVIEW).member == LUCA
        assert len(app.calendar.posts) == 4
        assert "Everything until Sun 20 Dec has somebody" in text_of(app)
        await press(app, pilot, "u")
        assert app.current_mode == "plan"
        assert list(app.calendar.posts) == [1]
        assert app.calendar.task(REVIEW).member is None
        assert changes(app) == proposed, "planned anew, and as before"


async def test_what_is_left_out_is_not_accepted() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "space", "s")
        assert the(app).left_out == {"1 review", "LinkedIn 2026-12-01T09:00 draft"}
        assert "5 changes: all new · 3 new posts · 2 left out" in text_of(app)
        await press(app, pilot, "A")
        assert app.calendar.task(REVIEW).member is None
        assert changes(app).keys() == {"1 review", "2 draft"}, "they are still proposed"
        await press(app, pilot, "home", "space", "A")
        assert "All is left out" not in app.status.text


async def test_when_all_is_left_out_nothing_happens() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        before = app.calendar
        await press(app, pilot, "asterisk", "space", "A")
        assert app.calendar is before
        assert "space takes a row in again" in app.status.text
        await press(app, pilot, "space")
        assert not the(app).left_out


async def test_a_single_row_and_marked_rows_are_accepted_alone() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "a")
        assert app.calendar.task(REVIEW).member == LUCA
        assert "1 review" not in changes(app)
        await press(app, pilot, "home", "v", "v", "a")
        (post,) = (post for post in app.calendar.posts.values() if post.id == 2)
        assert all(task.member for task in post.tasks.values()), "both tasks of the slot"
        assert len(app.calendar.posts) == 2


async def test_what_somebody_else_did_meanwhile_is_named_and_planned_anew() -> None:
    workspace = workspace_of(a_small_team())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia", "plan") as (app, pilot):
        app.look_every(None)
        other.run(assign, REVIEW, 4, who=other.calendar.member("Luca"), now=NOW)
        await press(app, pilot, "A")
        assert app.status.text.startswith("Studio Blu has review of post 1")
        assert app.status.text.endswith("now, not nobody · planning anew")
        assert len(app.calendar.posts) == 1, "all or nothing"
        assert len(changes(app)) == 6
        await press(app, pilot, "A")
        assert len(app.calendar.posts) == 4


# What is planned


async def test_a_change_by_somebody_else_is_planned_anew_and_the_cursor_stays() -> None:
    workspace = workspace_of(a_small_team())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "down", "down", "down")
        row = the(app).list.current
        assert row is not None
        other.run(skip_post, 1, "no photos", who=other.calendar.member("Luca"), now=NOW)
        await catch_up(app, pilot, other)
        await press(app, pilot)
        assert "1 review" not in changes(app)
        assert the(app).list.current is not None
        assert the(app).list.current.what.id == row.what.id


async def test_the_period_can_be_moved_and_made_longer_or_shorter() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "L", "minus", "minus")
        assert (the(app).first, the(app).last) == (day("2026-11-30"), day("2026-12-13"))
        assert head(app)[0].startswith("30 Nov – 13 Dec 2026")
        await press(app, pilot, "plus")
        assert the(app).last == day("2026-12-20")
        await press(app, pilot, "t")
        assert the(app).first == day("2026-11-23")
        await press(app, pilot, "H")
        assert app.status.text == "A plan begins with this week at the earliest"


async def test_open_slots_can_be_left_alone() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "o")
        assert list(changes(app)) == ["1 review"]
        assert "without open slots" in head(app)[0]
        await press(app, pilot, "o")
        assert len(changes(app)) == 7


async def test_what_people_have_changes_hands_only_when_asked() -> None:
    """Giulia has four drafts, 240 of 480 minutes; Luca nothing."""
    team = small_team()
    for date in ("2026-12-01", "2026-12-08", "2026-12-15"):
        tasks = {"draft": "Giulia Rossi", "review": "Luca Gatti"}
        team.with_post("LinkedIn", f"{date}T09:00", "Un numero", slot=f"{date}T09:00", tasks=tasks)
    async with an_app(team.build(), "Giulia", "plan") as (app, pilot):
        assert list(changes(app)) == ["1 review"]
        await press(app, pilot, "r")
        assert any(row.giver == "Giulia Rossi" for row in the(app).list.changes())
        assert "handed over" in head(app)[2]


# Beside the app


async def test_who_leaves_the_screen_stops_the_planning() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        screen = the(app)
        screen.plan()
        assert screen.is_planning
        app.go_to_place("week")
        await press(app, pilot)
        assert not screen.is_planning
        await press(app, pilot, "5")
        assert screen.found is not None
        assert screen.found.is_last


async def test_a_prompt_does_not_stop_it() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, pilot):
        screen = the(app)
        await pilot.press("colon")
        screen.plan()
        await press(app, pilot, "escape")
        assert screen.found is not None
        assert screen.found.wish.calendar is app.calendar
        assert not screen.failure


@pytest.mark.solver_process
async def test_the_solver_has_a_process_of_its_own_which_ends_with_the_planning() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, _pilot):
        screen = the(app)
        assert screen.found is not None
        assert screen.found.is_last
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # no child is left, not even a dead one


def test_who_has_stopped_it_hears_nothing_more() -> None:
    told: list[object] = []
    first = Planning(a_wish(), told.append, told.append)
    first.stop()
    second = Planning(a_wish(), lambda found: told.append(found), told.append, after=first)
    first.start()
    second.start()
    second.join()
    assert {found.wish for found in told} == {second.wish}  # type: ignore[attr-defined]
    assert told[-1].is_last  # type: ignore[attr-defined]


def test_planning_leaves_the_interpreter_as_it_was() -> None:
    usual = sys.getswitchinterval()
    planning = Planning(a_wish(), lambda _: None, lambda _: None)
    planning.start()
    planning.stop()
    planning.join()
    assert sys.getswitchinterval() == usual


def test_what_cannot_be_planned_is_told() -> None:
    failed: list[Exception] = []
    over = Wish(a_small_team(), NOW, day("2026-11-01"), day("2026-11-08"))
    planning = Planning(over, lambda _: None, failed.append)
    planning.start()
    planning.join()
    assert "nothing to plan" in str(failed[0])


def a_wish() -> Wish:
    return Wish(a_small_team(), NOW, day("2026-11-23"), day("2026-12-20"))


# Words


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([("uncovered", 0, 0), ("cost", 90, 90)], "proven best"),
        ([("uncovered", 100, 98), ("cost", 90, 0)], "coverage within 2 %"),
        ([("uncovered", 7, 0)], "not proven yet"),
        ([("uncovered", 7, 7), ("cost", 90, 89)], "best but for cost, within 2 %"),
        ([("uncovered", 7, 7), ("unfairness", 90, 0)], "best but for fairness"),
    ],
)
def test_how_good_it_is_known_to_be(levels: list[tuple[LevelName, int, int]], said: str) -> None:
    values = tuple(LevelValue(*level) for level in levels)
    assert known_text(Plan("feasible", 0.0, 0, values, {}, (), {})) == said


async def test_one_change_is_not_all_of_them() -> None:
    async with an_app(a_small_team(), "Giulia", "plan") as (app, _):
        rows = the(app).list.changes()
        assert change_text(rows[:1]) == "1 change: new"
        assert change_text([rows[0], rows[1]]) == "2 changes: all new · 1 new post"
        taken = replace(rows[0], giver="Giulia Rossi")
        assert change_text([taken, rows[1]]) == "2 changes: 1 new, 1 handed over · 1 new post"


async def test_once_all_is_accepted_and_some_tasks_stay_with_nobody_it_says_that_nothing_is_left() -> None:
    team = small_team().with_channel("Blog").with_post("Blog", "2026-12-10T09:00", "Il tornio")
    async with an_app(team.build(), "Giulia", "plan") as (app, pilot):
        await press(app, pilot, "A")
        assert head(app)[2] == "nothing is left to accept"
        assert "3 tasks without anybody" in text_of(app)
