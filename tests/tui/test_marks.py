"""What is marked stays marked from screen to screen, and no key changes what is out of sight unasked."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from cadence.model.post import TaskRef
from cadence.operations.tasks import assign
from cadence.tui.app import CadenceApp
from cadence.tui.marks import Marked, PostMarks, TaskMarks
from cadence.tui.screens.assign import AssignScreen
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.load import LoadScreen
from cadence.tui.screens.month import MonthScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.screens.undoing import AskScreen
from cadence.tui.widgets.agenda_list import AgendaList
from cadence.tui.widgets.frame import FootBar
from cadence.tui.widgets.task_list import TaskList
from tests.builders import NOW, day
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.contributors import a_team_that_helps
from tests.tui.goldens import text_of
from tests.tui.office import office


def post_called(app: CadenceApp, title: str) -> int:
    return next(post.id for post in app.calendar.posts.values() if post.title.startswith(title))


async def on(app: CadenceApp, pilot: Pilot[None], place: str) -> CalendarScreen:
    app.go_to_place(place)
    await settle(app, pilot)
    assert app.calendar_screen
    return app.calendar_screen


async def mark_far_and_near(app: CadenceApp, pilot: Pilot[None]) -> tuple[int, int]:
    """The post of next week is marked on the agenda; then the cursor is on another one in this week."""
    (await on(app, pilot, "agenda")).go_to_post(far := post_called(app, "日本"))
    await press(app, pilot, "v")
    (await on(app, pilot, "week")).go_to_post(near := post_called(app, "Storia"))
    return far, near


def aside(app: CadenceApp) -> str:
    assert app.calendar_screen
    return app.calendar_screen.query_one(FootBar).aside


def test_how_many_are_marked_and_how_many_of_them_are_out_of_sight() -> None:
    posts, tasks = PostMarks({1, 2, 3}), TaskMarks({TaskRef(1, "draft")})
    assert posts.said(3) == "3 posts marked (esc: none)"
    assert posts.said(1) == "3 posts marked, 2 elsewhere (esc: none)"
    assert tasks.said(1) == "1 task marked (esc: none)"
    assert tasks.said(0) == "1 task marked elsewhere (esc: none)"


def test_marks_fall_with_their_posts_and_when_a_task_is_taken_or_done_by_somebody() -> None:
    calendar = office()
    first, second = (
        next(post for post in calendar.posts.values() if post.title.startswith(title))
        for title in ("Storia", "Dietro")
    )
    refs = [TaskRef(post.id, kind) for post in (first, second) for kind in ("design", "publish")]
    marked = Marked()
    marked.posts.update((first.id, second.id))
    marked.tasks.update(refs)
    design, publish = second.tasks["design"], second.tasks["publish"]
    tasks = {"design": replace(design, member=None), "publish": replace(publish, done_at=NOW)}
    moved = replace(second, title="Another title", tasks={**second.tasks, **tasks})
    marked.follow(calendar, calendar.without(first).put(moved))
    assert (marked.posts, marked.tasks) == ({second.id}, set())
    marked.tasks.update(refs[2:])
    marked.follow(calendar, calendar.put(replace(second, title="Another title")))
    assert marked.tasks == set(refs[2:]), "it is still the same task"


async def test_a_post_marked_on_one_screen_is_marked_on_all_that_show_posts() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        (await on(app, pilot, "week")).go_to_post(storia := post_called(app, "Storia"))
        await press(app, pilot, "v")
        assert app.marked.posts == {storia}
        month = await on(app, pilot, "month")
        assert isinstance(month, MonthScreen)
        assert storia in month.grid.marked
        assert aside(app) == "1 post marked (esc: none)"
        month.go_to_post(post_called(app, "Squadra"))
        await press(app, pilot, "v")
        agenda = await on(app, pilot, "agenda")
        lines = [line for line in text_of(app).splitlines() if "◆" in line]
        assert ["Squadra" in lines[0], "Storia" in lines[1], len(lines)] == [True, True, 2]
        agenda.go_to_post(post_called(app, "日本"))
        await press(app, pilot, "V")
        await on(app, pilot, "week")
        assert aside(app) == "3 posts marked, 1 elsewhere (esc: none)", "a range goes on from the last mark"
        await press(app, pilot, "escape")
        await on(app, pilot, "agenda")
        assert (app.marked.posts, aside(app)) == (set(), "")
        assert "◆" not in text_of(app)


async def test_a_single_key_asks_before_it_changes_what_is_out_of_sight() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        far, storia = await mark_far_and_near(app, pilot)
        await press(app, pilot, "v", "greater_than_sign")
        assert isinstance(app.screen, AskScreen)
        assert app.screen.head == "Day later, also for what is marked elsewhere"
        assert "日本" in app.screen.text
        assert "Storia" not in app.screen.text
        await press(app, pilot, "escape")
        assert (app.calendar.seq, len(app.marked.posts)) == (1, 2)
        await press(app, pilot, "greater_than_sign", "enter")
        assert [app.calendar.posts[id].at.day for id in (storia, far)] == [27, 2]
        assert not app.marked.posts
        await press(app, pilot, "u")
        assert [app.calendar.posts[id].at.day for id in (storia, far)] == [26, 1]


@pytest.mark.parametrize(
    ("command", "head"),
    [
        ("move +2d", "Move"),
        ("skip Storm", "Skip"),
        ("assign Anna", "Assign"),
        ("offer Anna", "Offer"),
    ],
)
async def test_a_command_asks_before_it_changes_what_is_out_of_sight(command: str, head: str) -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        far, _near = await mark_far_and_near(app, pilot)
        assert app.viewer
        await app.perform(assign, TaskRef(far, "draft"), app.viewer.id)
        before = app.calendar.posts[far]
        await press(app, pilot, "colon")
        await answer(app, pilot, command)
        assert isinstance(app.screen, AskScreen)
        assert app.screen.head == f"{head}, also for what is marked elsewhere"
        assert "日本" in app.screen.text
        await press(app, pilot, "escape")
        assert app.calendar.posts[far] == before
        await press(app, pilot, "colon")
        await answer(app, pilot, command)
        await press(app, pilot, "enter")
        assert app.calendar.posts[far] != before


async def test_doing_it_once_more_asks_before_it_changes_what_is_out_of_sight() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        screen = await on(app, pilot, "week")
        screen.go_to_post(post_called(app, "Squadra"))
        await press(app, pilot, "greater_than_sign")
        far, _near = await mark_far_and_near(app, pilot)
        before = app.calendar.posts[far]
        await press(app, pilot, "full_stop")
        assert isinstance(app.screen, AskScreen)
        assert app.calendar.posts[far] == before
        await press(app, pilot, "enter")
        assert app.calendar.posts[far] != before


async def test_what_is_done_with_one_post_alone_is_done_with_the_one_under_the_cursor() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        far, storia = await mark_far_and_near(app, pilot)
        await press(app, pilot, "e")
        assert isinstance(app.screen, Prompt)
        assert app.screen.question.head == f"Edit post {storia}"
        await press(app, pilot, "escape")
        await press(app, pilot, "d")
        assert isinstance(app.screen, Prompt)
        assert app.calendar.posts[far].title[:2] in app.screen.question.head, (
            "what acts on all that is marked says so"
        )


async def test_tasks_marked_on_one_screen_are_marked_where_else_they_are_shown() -> None:
    async with an_app(a_team_that_helps(), "Anna", "mine") as (app, pilot):
        await press(app, pilot, "asterisk")
        refs = set(app.marked.tasks)
        assert refs == set(app.screen.query_one(TaskList).marked_tasks())
        offered = {ref for ref in refs if app.calendar.task(ref).offer}
        here = await on(app, pilot, "offers")
        assert set(here.marked_here()) == offered
        assert set(here.selected_tasks()) == refs
        away = len(refs - offered)
        assert aside(app) == f"{len(refs)} tasks marked, {away} elsewhere (esc: none)"
        load = await on(app, pilot, "load")
        assert isinstance(load, LoadScreen)
        assert set(load.marked_here()) == refs & {row.ref for row in load.list.rows}
        await press(app, pilot, "escape")
        assert not app.marked.tasks


async def test_a_week_that_was_only_asked_about_is_not_marked() -> None:
    async with an_app(a_team_that_helps(), "Giulia", "load") as (app, pilot):
        screen = app.calendar_screen
        assert isinstance(screen, LoadScreen)
        while not screen.list.rows:
            await press(app, pilot, "down")
        await press(app, pilot, "a")
        assert isinstance(app.screen, AssignScreen)
        assert app.marked.tasks
        await press(app, pilot, "escape")
        assert not app.marked.tasks


async def test_a_filter_puts_marks_out_of_sight_and_not_away() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        screen = app.calendar_screen
        assert screen
        screen.go_to_day(day("2026-11-24"))
        await press(app, pilot, "v", "v", "v")
        assert len(screen.query_one(AgendaList).marked_posts()) == 3
        await press(app, pilot, "slash", *"#linkedin", "enter")
        assert aside(app).endswith("3 posts marked, 1 elsewhere (esc: none)")
        assert len(screen.selected_posts()) == 3
