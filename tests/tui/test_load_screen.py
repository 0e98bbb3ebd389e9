"""Load: how full everybody's weeks are, why, and giving work away from there in few keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.operations.tasks import assign
from cadence.tui.app import CadenceApp
from cadence.tui.loadview import TEAM, LoadView, tasks_in
from cadence.tui.screens.assign import AssignScreen
from cadence.tui.screens.load import LoadScreen
from cadence.tui.screens.week import WeekScreen
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.load_map import LoadMap
from cadence.tui.widgets.load_words import LoadWords, unsustainable_words
from cadence.workspace import Workspace
from tests.builders import NOW, CalendarBuilder, a_calendar, day
from tests.tui.apps import an_app, catch_up, press
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import workspace_of

MONDAY, NEXT = day("2026-11-23"), day("2026-11-30")
ANNA, GIULIA, MARCO, PAOLA, STUDIO = 1, 2, 3, 4, 5


def a_full_team() -> CalendarBuilder:
    """Next week Marco has two drafts and a design, 150′ of his 120′; Paola is away until Sunday, with a draft
    due on Wednesday; on Monday next week a draft of 60′ has nobody."""
    builder = a_calendar().with_channel("LinkedIn").with_channel("Blog")
    builder.with_member("Anna Conti", allowance=180)
    builder.with_member("Giulia Rossi", allowance=240, role="lead")
    builder.with_member("Marco Villa", allowance=120)
    builder.with_member("Paola Serra", allowance=90)
    builder.with_member("Studio Blu", kind="partner", cost_per_hour=4800, allowance=300)
    builder.with_absence("Paola Serra", "2026-11-23", "2026-11-29", reason="leave")
    builder.with_post("LinkedIn", "2026-12-03T09:00", "Storia Bianchi", tasks={"draft": "Marco"})
    builder.with_post(
        "LinkedIn", "2026-12-04T09:00", "La squadra", tasks={"draft": "Marco", "design": "Marco"}
    )
    builder.with_post("Blog", "2026-11-27T10:00", "Il tornio", tasks={"draft": "Paola", "review": "Giulia"})
    builder.with_post("Blog", "2026-12-02T10:00", "La fiera")
    return builder


def full_team() -> Calendar:
    return a_full_team().build()


def the(app: CadenceApp) -> LoadScreen:
    screen = app.calendar_screen
    assert isinstance(screen, LoadScreen)
    return screen


def share(app: CadenceApp, member: int) -> float | None:
    cell = the(app).map.view.cell(member, NEXT)
    assert cell is not None
    return cell.load.share


def here(app: CadenceApp) -> str:
    row = the(app).map.current
    assert row is not None
    return row.name


def said(calendar: Calendar, row: int, week: object) -> str:
    words = LoadWords(LoadView(calendar), (), NOW, 100)
    return "\n".join(plain(line) for line in words.of(row, week))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
async def test_the_load_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(full_team(), "Giulia", "load", size=size) as (app, pilot):
        await press(app, pilot, "N")
        assert_golden(f"load_{size[0]}x{size[1]}", text_of(app))


async def test_it_reads_in_plain_letters_too() -> None:
    async with an_app(full_team(), "Giulia", "load", size=(80, 24), ascii_only=True) as (app, pilot):
        await press(app, pilot, "N", "enter", "v")
        assert text_of(app).isascii()
        assert_golden("load_ascii", text_of(app))


# The figures


def test_each_cell_is_the_load_of_the_week_and_the_team_is_its_staff() -> None:
    view = LoadView(full_team())
    loads = {row.name: view.cell(row.id, NEXT).load for row in view.rows([MONDAY, NEXT])}  # type: ignore[union-attr]
    assert [*loads] == ["Anna", "Giulia", "Marco", "Paola", "Team", "Studio Blu"]
    assert (loads["Marco"].minutes, loads["Marco"].capacity, loads["Marco"].over) == (150, 120, 30)
    assert (loads["Team"].minutes, loads["Team"].capacity) == (150, 180 + 240 + 120 + 90)
    assert loads["Studio Blu"].capacity == 300


def test_who_is_away_all_week_is_away_and_who_is_not_here_has_no_week() -> None:
    builder = a_full_team()
    builder.with_member("Davide Riva", active_to=day("2026-11-29"))
    view = LoadView(builder.build())
    paola = view.cell(PAOLA, MONDAY)
    assert paola is not None
    assert paola.away
    assert paola.over
    assert view.cell(6, MONDAY) is not None
    assert view.cell(6, NEXT) is None
    assert "Davide" not in [row.name for row in view.rows([NEXT])]


def test_the_line_of_a_person_ends_with_what_they_give_and_where() -> None:
    rows = {row.id: row.about for row in LoadView(full_team()).rows([MONDAY])}
    assert rows[MARCO] == "2 h · every channel"
    assert rows[STUDIO] == "5 h · every channel · partner"


def test_the_tasks_of_a_week_are_those_due_in_it_and_the_team_has_what_nobody_has() -> None:
    calendar = full_team()
    assert [row.ref.kind for row in tasks_in(calendar, MARCO, NEXT)] == ["draft", "draft", "design"]
    assert [row.ref.post for row in tasks_in(calendar, MARCO, NEXT)] == [1, 2, 2]
    nobodys = tasks_in(calendar, TEAM, NEXT)
    assert TaskRef(4, "draft") in [row.ref for row in nobodys]
    assert all(NEXT <= row.due < NEXT + timedelta(weeks=1) for row in nobodys)
    assert not {row.ref for row in nobodys} & {row.ref for row in tasks_in(calendar, TEAM, MONDAY)}


def test_a_week_is_explained_what_bounds_it_who_is_away_and_what_is_too_much() -> None:
    calendar = full_team()
    marco = said(calendar, MARCO, NEXT)
    assert "Marco Villa · week 49 · 30 Nov – 6 Dec 2026" in marco
    assert "125 %   150 of 120 min ▲ 30′ over" in marco
    assert "2 h a week is the allowance · free 40 h" in marco
    paola = said(calendar, PAOLA, MONDAY)
    assert "free 0 h of 40 h · away 40 h: less than the allowance of 1 h 30" in paola
    assert "away until Sun 29 Nov" in paola
    team = said(calendar, TEAM, NEXT)
    assert "Too much Marco 125 %" in team
    assert "Room     Giulia 240′, Anna 180′, Paola 90′" in team


async def test_the_team_says_from_when_the_promise_does_not_fit() -> None:
    builder = a_full_team().with_rhythm("Blog", "FREQ=DAILY", "10:00", start="2026-11-30")
    async with an_app(builder.build(), "Giulia", "load") as (app, pilot):
        assert "unsustainable from w50" in text_of(app)
        await press(app, pilot, "end", "up")
        assert "Promise  The rhythms need" in text_of(app)


def test_without_such_a_warning_nothing_is_said() -> None:
    assert unsustainable_words((), NEXT) == ""


# The hands


async def test_arrows_go_from_person_to_person_and_from_week_to_week() -> None:
    async with an_app(full_team(), "Giulia", "load", size=(80, 24)) as (app, pilot):
        rows = the(app).map
        assert (here(app), rows.week) == ("Anna", MONDAY)
        await press(app, pilot, "j", "l")
        assert (here(app), rows.week) == ("Giulia", NEXT)
        shown = rows.weeks
        await press(app, pilot, "H", "H")
        assert rows.week == MONDAY - timedelta(weeks=1)
        assert rows.weeks == [week - timedelta(weeks=2) for week in shown]
        await press(app, pilot, "t")
        assert (rows.week, rows.first) == (MONDAY, MONDAY)
        await press(app, pilot, "9", "l")
        assert rows.week == MONDAY + timedelta(weeks=9) == rows.weeks[-1]
        await press(app, pilot, "t", "N", "N", "space")
        assert (here(app), rows.week) == ("Marco", NEXT), "the next with too much"
        assert app.calendar.seq == 1
        assert app.status.text == "enter goes to the tasks"


async def test_a_colleagues_next_week_is_given_away_with_five_keys() -> None:
    async with an_app(full_team(), "Giulia", "load") as (app, pilot):
        for move in ("down", "down", "right"):  # and no message in between: whoever types fast
            getattr(the(app), f"action_go_{move}")()
        assert {row.due.isocalendar().week for row in the(app).list.rows} == {49}
        await press(app, pilot, "a")
        assert isinstance(app.screen, AssignScreen)
        assert [ref.kind for ref in app.screen.refs] == ["draft", "draft", "design"]
        assert "→  62%" in plain(the(app).map.row_line(1, 100)), "what Giulia's week would be"
        await press(app, pilot, "enter")
        taker = {app.calendar.task(ref).member for ref in (TaskRef(1, "draft"), TaskRef(2, "design"))}
        assert taker == {GIULIA}
        assert share(app, MARCO) == 0, "the map shows it at once"
        assert not the(app).list.marked
        await press(app, pilot, "u")
        assert share(app, MARCO) == 1.25
        assert isinstance(app.calendar_screen, LoadScreen), "undoing does not lead away"


async def test_enter_goes_to_the_tasks_and_what_is_done_there_shows_on_the_map() -> None:
    async with an_app(full_team(), "Giulia", "load") as (app, pilot):
        await press(app, pilot, "N", "N", "enter", "a", "enter")
        assert share(app, MARCO) == 0.75
        screen = the(app)
        assert screen.is_inside
        assert screen.list.current is not None
        assert screen.list.current.ref == TaskRef(2, "draft"), "the next one"
        await press(app, pilot, "asterisk", "r")
        assert share(app, MARCO) == 0
        assert app.calendar.task(TaskRef(2, "draft")).member is None
        assert not screen.is_inside, "nothing is left there"
        await press(app, pilot, "enter")
        assert app.status.text == "There are no tasks in this week"
        await press(app, pilot, "up", "enter", "enter")
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        assert week.post_here is not None
        assert week.post_here.title == "Storia Bianchi"


async def test_a_click_chooses_a_week_and_a_second_one_looks_into_it() -> None:
    async with an_app(full_team(), "Giulia", "load", size=(80, 24)) as (app, pilot):
        rows = the(app).map
        x, y = rows.region.x + 2 + 14 + 9 + 3, rows.region.y + 2 + 2
        await pilot.click(offset=(x, y))
        await press(app, pilot)
        assert (here(app), rows.week, the(app).is_inside) == ("Marco", NEXT, False)
        await pilot.click(offset=(x, y))
        await press(app, pilot)
        assert the(app).is_inside
        the(app).set_filter("@marco squadra")
        assert [row.name for row in rows.lines] == ["Marco", "Team"]
        assert [row.ref.post for row in the(app).list.rows] == [2, 2]


async def test_others_changes_appear_and_the_cursor_stays() -> None:
    workspace = workspace_of(full_team())
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia", "load") as (app, pilot):
        await press(app, pilot, "j", "j", "l")
        other.run(assign, TaskRef(1, "draft"), ANNA, who=other.calendar.member("Anna"), now=NOW)
        await catch_up(app, pilot, other)
        assert (share(app, MARCO), the(app).map.week) == (0.75, NEXT)
        assert the(app).map.current.id == MARCO  # type: ignore[union-attr]


async def test_an_empty_team_is_told_how_to_begin() -> None:
    calendar = a_calendar().with_channel("Blog").build()
    async with an_app(calendar, None, "load") as (app, _pilot):
        assert isinstance(the(app).query_one(LoadMap), LoadMap)
        assert "Nobody is in the team yet" in text_of(app)
