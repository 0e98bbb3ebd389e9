"""Warnings: what they say, where they lead, and that one key applies a way out."""

from __future__ import annotations

from datetime import date

import pytest

from cadence.insight.warnings import Warning, WayOut
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, TaskRef
from cadence.model.rhythm import SlotKey
from cadence.operations.edit import Edit
from cadence.planner.explaining.advice import advised_warnings
from cadence.tui.app import CadenceApp
from cadence.tui.filter import parse_filter
from cadence.tui.screens.load import LoadScreen
from cadence.tui.screens.warnings import WarningsScreen
from cadence.tui.ways_out import call_of
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.warning_line import WarningLine, detail_lines
from cadence.tui.widgets.warning_list import Title, kept_warnings, warning_rows
from tests.builders import NOW, a_calendar, local
from tests.tui.apps import an_app, answer, press
from tests.tui.contributors import a_small_office
from tests.tui.goldens import SIZES, assert_golden, text_of


def a_team() -> Calendar:
    """A review that nobody has, an empty slot, an overloaded Marco."""
    everyone = {"draft": "Marco", "design": "Anna", "publish": "Marco", "engage": "Anna"}
    return (
        a_calendar()
        .with_channel("LinkedIn")
        .with_member("Anna", role="lead", allowance=120)
        .with_member("Marco", allowance=60)
        .with_member("Giulia", allowance=180)
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800)
        .with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00", "2026-11-10", max_silence=8 * 24 * 60)
        .with_publication("LinkedIn", "2026-11-10T08:00", slot=slot("2026-11-10T09:00"))
        .with_publication("LinkedIn", "2026-11-12T08:00", slot=slot("2026-11-12T09:00"))
        .with_publication("LinkedIn", "2026-11-17T08:00", slot=slot("2026-11-17T09:00"))
        .with_post("LinkedIn", "2026-11-26T09:00", "Storia Bianchi", tasks=everyone, slot="2026-11-26T09:00")
        .with_post("LinkedIn", "2026-12-01T09:00", "Il tornio", tasks=everyone, slot="2026-12-01T09:00")
        .build()
    )


def slot(text: str) -> SlotKey:
    return SlotKey(1, local(text))


def the(app: CadenceApp) -> WarningsScreen:
    screen = app.screen
    assert isinstance(screen, WarningsScreen)
    return screen


def choose(app: CadenceApp, rule: str) -> Warning:
    """Put the cursor on the first open warning of a rule."""
    rows = the(app).list
    for place, row in enumerate(rows.rows):
        if isinstance(row, Warning) and row.rule == rule:
            rows.move_to(place)
            return row
    raise AssertionError(f"no warning {rule}")


# What they say


def test_open_warnings_stand_by_severity_and_acknowledged_ones_are_folded_at_the_end() -> None:
    found = advised_warnings(a_team(), NOW)
    known = [acknowledged(found[0]), *found[1:]]
    rows = warning_rows(known, unfolded=False)
    shown = [row for row in rows if isinstance(row, Warning)]
    assert [row.severity for row in shown] == sorted((w.severity for w in shown), key="high medium low".index)
    assert known[0] not in shown
    fold = rows[-1]
    assert isinstance(fold, Title)
    assert fold.is_fold
    assert warning_rows(known, unfolded=True)[-1] is known[0]


def acknowledged(warning: Warning) -> Warning:
    from dataclasses import replace

    until = date(2026, 11, 30)
    return replace(warning, state="acknowledged", acknowledged_by=1, acknowledged_until=until)


def test_nothing_to_warn_of_is_said() -> None:
    assert "Nothing to warn of" in warning_rows([], unfolded=False)[0].words


@pytest.mark.parametrize("width", [78, 118, 198])
def test_a_row_says_rule_subject_cause_and_age(width: int) -> None:
    calendar = a_team()
    warning = next(w for w in advised_warnings(calendar, NOW) if w.rule == "unassigned-task")
    text = plain(WarningLine(calendar, NOW, width).of(warning))
    assert "▲ unassigned-task" in text
    assert "Storia Bianchi" in text
    assert "Nobody has the review (15′) " in f"{text} ", "and not again of what and by when"
    assert ("since" in text) == (width > 100)
    assert len(text) <= width


def test_the_detail_numbers_the_ways_out_and_teaches_the_command() -> None:
    calendar = a_team()
    warning = next(w for w in advised_warnings(calendar, NOW) if w.rule == "unassigned-task")
    text = "\n".join(plain(line) for line in detail_lines(calendar, warning, NOW, 118, 20))
    for number, way in enumerate(warning.ways_out, 1):
        assert f"  {number}  {way.text}" in text
        assert way.command in text
    narrow = "\n".join(plain(line) for line in detail_lines(calendar, warning, NOW, 50, 20))
    assert all(len(line) <= 50 for line in narrow.splitlines())


def test_the_filter_keeps_warnings_of_its_channel_member_and_words() -> None:
    calendar = a_team()
    found = advised_warnings(calendar, NOW)

    def kept(text: str) -> list[Warning]:
        return kept_warnings(found, calendar, parse_filter(text, calendar))

    assert all(w.member == 2 or "Marco" in w.cause or w.post for w in kept("@marco"))
    assert {w.rule for w in kept("tornio")} <= {"unassigned-task", "behind"}
    assert kept("") == found


# Ways out as calls: every kind of action leads to an operation that accepts it


@pytest.mark.parametrize(
    "action",
    [
        ("assign", "4", "review", "Giulia"),
        ("task_done", "4", "draft"),
        ("add_post", "LinkedIn", "Untitled", "1", "2026-12-03T09:00"),
        ("place_on_slot", "5", "1", "2026-12-03T09:00"),
        ("move_post", "5", "2026-12-02T09:00"),
        ("publish_post", "4"),
        ("skip_post", "4", "no time"),
        ("pause_rhythm", "1", "2026-12-20", "2026-12-31"),
        ("edit_rhythm", "1", "max_silence", "20160"),
        ("edit_rhythm", "1", "rrule", "FREQ=WEEKLY;BYDAY=TH"),
        ("edit_member", "Studio Blu", "allowance", "120"),
        ("edit_channel", "LinkedIn", "max_per_day", "3"),
    ],
    ids=lambda action: "_".join(action[:3]),
)
def test_each_action_becomes_an_operation_that_changes_something(action: tuple[str, ...]) -> None:
    calendar = a_team()
    call = call_of(WayOut("assign", "", "cadence …", action), calendar)
    edit = call.operation(calendar, calendar.members[1], *call.args, now=NOW, **call.options)
    assert isinstance(edit, Edit)
    assert edit


def test_boosts_are_ways_out_too() -> None:
    """The first post is out, on Friday, with a link; nobody was asked yet."""
    calendar = a_small_office().build()
    for action in (("boost_done", "1", "Marco Villa"), ("ask_boost", "1", "Marco Villa")):
        call = call_of(WayOut("ask", "", "cadence …", action), calendar)
        (boost,) = call.operation(calendar, calendar.members[1], *call.args, now=NOW, **call.options).puts
        assert isinstance(boost, Boost)
        assert (boost.post, boost.member, boost.at) == (1, 3, NOW if action[0] == "boost_done" else None)


def test_every_way_out_that_is_offered_can_be_applied() -> None:
    calendar = a_team()
    offered = [way for warning in advised_warnings(calendar, NOW) for way in warning.ways_out]
    assert offered
    for way in offered:
        call = call_of(way, calendar)
        assert call.operation(calendar, calendar.members[1], *call.args, now=NOW, **call.options)


# The screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_warnings_look_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team(), "Anna", "warnings", size=size) as (app, _):
        assert_golden(f"warnings_{size[0]}x{size[1]}", text_of(app))


async def test_a_digit_applies_a_way_out_says_what_it_solved_and_can_be_undone() -> None:
    async with an_app(a_team(), "Anna", "warnings") as (app, pilot):
        warning = choose(app, "unassigned-task")
        ref = TaskRef(warning.post or 0, "review")
        kind, *_, name = warning.ways_out[0].action
        assert kind == "assign"
        await press(app, pilot, "1")
        assert app.calendar.task(ref).member == app.calendar.member(name).id
        assert app.status.text.endswith("warning solved · u undoes")
        current = the(app).list.current
        assert current is not None
        assert current.key != warning.key, "on to the next"
        await press(app, pilot, "u")
        assert app.calendar.task(ref).member is None


async def test_a_digit_without_a_way_out_says_so_and_changes_nothing() -> None:
    async with an_app(a_team(), "Anna", "warnings") as (app, pilot):
        choose(app, "unassigned-task")
        before = app.calendar
        await press(app, pilot, "9")
        assert app.calendar is before
        assert "no way out 9" in app.status.text


async def test_z_acknowledges_until_a_date_and_folds_the_warning_away() -> None:
    async with an_app(a_team(), "Anna", "warnings") as (app, pilot):
        warning = choose(app, "empty-slot")
        await press(app, pilot, "z")
        await press(app, pilot, "enter")
        (known,) = app.calendar.acknowledgements.values()
        assert (known.key, known.until) == (warning.key, date(2026, 11, 30)), "a week from today"
        assert warning.key not in the(app).list.row_keys()
        await press(app, pilot, "end", "enter", "down", "z")
        assert not app.calendar.acknowledgements
        assert the(app).list.row_keys().count(warning.key) == 1


async def test_marked_warnings_are_acknowledged_together_and_undone_together() -> None:
    async with an_app(a_team(), "Anna", "warnings") as (app, pilot):
        await press(app, pilot, "home", "v", "v", "z")
        await answer(app, pilot, "fri")
        assert [known.until for known in app.calendar.acknowledgements.values()] == [date(2026, 11, 27)] * 2
        await press(app, pilot, "u")
        assert not app.calendar.acknowledgements


async def test_enter_goes_to_the_post_and_escape_leaves() -> None:
    async with an_app(a_team(), "Anna", "warnings") as (app, pilot):
        warning = choose(app, "unassigned-task")
        await press(app, pilot, "enter")
        assert app.current_mode == "week"
        assert app.calendar_screen is not None
        assert app.calendar_screen.selected_posts() == [warning.post]
        await press(app, pilot, "w", "escape")
        assert app.current_mode == "week"


async def test_enter_on_too_much_goes_to_the_week_of_whoever_has_it() -> None:
    async with an_app(a_team(), "Anna", "warnings") as (app, pilot):
        warning = choose(app, "overload")
        await press(app, pilot, "enter")
        screen = app.calendar_screen
        assert isinstance(screen, LoadScreen)
        assert screen.list.what == (warning.member, date(2026, 11, 23))


async def test_common_actions_work_on_what_the_warning_is_about() -> None:
    async with an_app(a_team(), "Giulia", "warnings") as (app, pilot):
        warning = choose(app, "unassigned-task")
        await press(app, pilot, "c")
        assert app.calendar.task(TaskRef(warning.post or 0, "review")).member == 3
        assert app.current_mode == "warnings"
