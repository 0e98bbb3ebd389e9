"""Forms: what one types is checked at once, what saving does is said before, and nobody is written over."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cadence.model.calendar import Calendar
from cadence.model.team import Skill
from cadence.operations.members import edit_member, remove_member
from cadence.tui.app import CadenceApp
from cadence.tui.forms.controls import ChoiceControl, TicksControl
from cadence.tui.forms.screen import FormScreen
from cadence.tui.screens.team import TeamScreen
from tests.builders import NOW, a_calendar, day
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import text_of

ANNA, GIULIA, BLU = 1, 2, 3


def a_team() -> Calendar:
    return (
        a_calendar(holidays={day("2026-12-08"): "Immacolata"})
        .with_channel("LinkedIn")
        .with_channel("Blog", workflow=None)
        .with_member("Anna Conti", skills=[Skill("draft"), Skill("review", 2, "learning")])
        .with_member("Giulia Rossi", role="lead")
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800)
        .with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=TU", "09:00", "2026-11-24")
        .with_rhythm("Blog", "FREQ=YEARLY;BYMONTH=1", "10:00", "2026-01-08")
        .with_absence("Anna Conti", "2026-12-01", "2026-12-04", reason="fair")
        .build()
    )


async def fill(app: CadenceApp, pilot: Pilot[None], **answers: str) -> str:
    """Answer fields as if by hand, and read what the form says."""
    for name, text in answers.items():
        widget = app.screen.query_one(f"#field-{name}")
        widget.focus()
        if isinstance(widget, Input):
            widget.value = text
        else:
            assert isinstance(widget, ChoiceControl | TicksControl)
            widget.answered(text)
    await settle(app, pilot)
    return says(app)


def says(app: CadenceApp) -> str:
    """The sentence at the foot, on one line."""
    return " ".join(str(app.screen.query_one("#form-says").render()).split())


def answer(app: CadenceApp, name: str) -> str:
    widget = app.screen.query_one(f"#field-{name}")
    return widget.value if isinstance(widget, Input) else widget.answer  # type: ignore[attr-defined]


async def at(app: CadenceApp, pilot: Pilot[None], kind: str, id: int = 0, field: str = "") -> TeamScreen:
    """The Team screen, its cursor on a thing."""
    screen = app.calendar_screen
    assert isinstance(screen, TeamScreen)
    rows = screen.list.rows
    wanted = (kind, id, field)
    places = [
        n
        for n, row in enumerate(rows)
        if (getattr(row, "kind", ""), getattr(row, "id", 0), getattr(row, "field", "")) == wanted
    ]
    screen.list.move_to(places[0])
    await settle(app, pilot)
    return screen


# Every form is opened, refused once, and saved once


async def test_somebody_new_joins() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await press(app, pilot, "n")
        assert isinstance(app.screen, FormScreen)
        assert says(app) == "a name: Giulia Rossi", "before anything is typed it only says what is wanted"
        assert "is called Anna Conti already" not in says(app)
        assert "there is a member called Anna Conti already" in await fill(app, pilot, name="anna conti")
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen), "a wrong answer stays"
        assert await fill(app, pilot, name="Luca Gatti", allowance="1h30m") == "Luca Gatti joined the team"
        await press(app, pilot, "ctrl+s")
        luca = app.calendar.member("Luca")
        assert (luca.allowance, luca.role, len(luca.skills)) == (90, "member", 5)
        screen = app.calendar_screen
        assert isinstance(screen, TeamScreen)
        assert screen.list.current is not None
        assert screen.list.current.id == luca.id, "the cursor is on what is new"


async def test_a_member_is_edited_and_only_what_was_touched_is_written() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await press(app, pilot, "enter")
        assert says(app) == "Nothing is changed yet"
        assert "'soon' is not a duration - write it as" in await fill(app, pilot, allowance="soon")
        assert "▲ Time a week" in text_of(app)
        said = await fill(app, pilot, allowance="2h", role="lead")
        assert said == "Edited Anna Conti: Role member → lead, Time a week 1h → 2h"
        await press(app, pilot, "ctrl+s")
        anna = app.calendar.members[ANNA]
        assert (anna.allowance, anna.role, anna.skills) == (
            120,
            "lead",
            (Skill("draft"), Skill("review", 2, "learning")),
        )
        await press(app, pilot, "u")
        assert app.calendar.members[ANNA].allowance == 60


async def test_a_partner_has_a_price_and_skills_are_a_grid_of_tasks_and_channels() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await at(app, pilot, "member", BLU)
        await press(app, pilot, "enter")
        assert "'much' is not an amount" in await fill(app, pilot, cost_per_hour="much")
        await fill(app, pilot, cost_per_hour="52.50")
        await press(app, pilot, "ctrl+s")
        assert app.calendar.members[BLU].cost_per_hour == 5250
        await at(app, pilot, "member", ANNA)
        await press(app, pilot, "enter")
        assert "Cost per hour" not in text_of(app)
        await press(app, pilot, "escape")
        # Down to Blog, across to the review that Anna learns: able now; then every design.
        await press(app, pilot, "enter", "tab", "tab", "tab")
        assert isinstance(app.focused, TicksControl)
        # Down to Blog, across to the review that Anna learns: able now; then every design.
        await press(app, pilot, "down", "down", "right", "right", "a", "up", "up", "left", "e")
        assert says(app) == "Edited Anna Conti: Can do"
        await press(app, pilot, "backspace", "space", "down", "down", "down")
        assert app.focused is app.screen.query_one("#field-department"), (
            "below its last row is the next field"
        )
        await press(app, pilot, "ctrl+s")
        assert app.calendar.members[ANNA].skills == (Skill("draft"), Skill("design"), Skill("review", 2))


async def test_a_channel_is_added_with_two_rhythms_in_one_go() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await press(app, pilot, "tab", "n")
        assert "is not a rhythm" in await fill(
            app, pilot, name="TikTok", rhythms="tue thu 9:00; now and then"
        )
        await fill(app, pilot, rhythms="tue thu 9:00; tue thu 9:00")
        assert "two of the rhythms of TikTok are the same" in says(app)
        said = await fill(app, pilot, rhythms="tue thu 9:00; fri 17:00")
        assert said == "Added the channel TikTok with 2 rhythms"
        shown = text_of(app)
        assert "Next  Tue 24 Nov, Thu 26 Nov, Tue 1 Dec, Thu 3 Dec … at 09:00" in shown
        assert "Means 3 posts a week, 7 h of work; the team gives 3 h" in shown
        await press(app, pilot, "ctrl+s")
        tiktok = app.calendar.channel("TikTok")
        assert [(r.rrule, f"{r.at:%H:%M}") for r in app.calendar.rhythms_of(tiktok.id)] == [
            ("FREQ=WEEKLY;BYDAY=TU,TH", "09:00"), ("FREQ=WEEKLY;BYDAY=FR", "17:00"),
        ]  # fmt: skip
        await press(app, pilot, "u")
        assert len(app.calendar.channels) == 2, "one change, one undo"
        # A rule by hand may stand beside other rhythms.
        await press(app, pilot, "home")
        await press(app, pilot, "tab", "n")
        await fill(app, pilot, name="Radio", rhythms="FREQ=WEEKLY;BYDAY=TU 9:00; fri 17:00", workflow="none")
        await press(app, pilot, "ctrl+s")
        rhythms = app.calendar.rhythms_of(app.calendar.channel("Radio").id)
        assert [rhythm.rrule for rhythm in rhythms] == ["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=FR"]
        assert app.calendar.channel("Radio").workflow is None


async def test_a_channel_is_edited_and_retired() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await at(app, pilot, "channel", 2)
        await press(app, pilot, "e")
        assert "there is a channel called LinkedIn already" in await fill(app, pilot, name="linkedin")
        assert "from 1 to 100" in await fill(app, pilot, name="Blog", max_per_day="none")
        await fill(app, pilot, max_per_day="2", min_spacing="4h", workflow="1")
        await press(app, pilot, "ctrl+s")
        blog = app.calendar.channels[2]
        assert (blog.max_per_day, blog.min_spacing, blog.workflow) == (2, 240, 1)
        await press(app, pilot, "e")
        assert "Retired Blog" in await fill(app, pilot, retired="no")
        await press(app, pilot, "ctrl+s")
        assert app.calendar.channels[2].retired
        await press(app, pilot, "r")
        assert "retired: enter brings it back" in app.status.text


async def test_a_rhythm_is_built_bit_by_bit_and_shows_its_next_dates() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await at(app, pilot, "rhythm", 1)
        await press(app, pilot, "enter", "tab", "tab", "tab", "right", "right", "space")
        assert answer(app, "rule") == "tue, wed 09:00"
        shown = text_of(app)
        assert "Next  Tue 24 Nov, Wed 25 Nov, Tue 1 Dec, Wed 2 Dec," in shown
        assert "Tue 8 Dec, Wed 9 Dec, Tue 15 Dec, Wed 16 Dec … at 09:00" in shown
        assert "Means 2 posts a week, 4 h 40 of work (2 h 20 more); the team gives 3 h" in shown
        await fill(app, pilot, skip_holidays="yes")
        assert "Not   Tue 8 Dec (Immacolata)" in text_of(app)
        await press(app, pilot, "up", "up", "up", "up", "up", "up")
        assert says(app).startswith("Rhythm 1 is tue, wed at 09:00 now: Rhythm tue 09:00 →")
        await press(app, pilot, "ctrl+s")
        rhythm = app.calendar.rhythms[1]
        assert (rhythm.rrule, rhythm.skip_holidays) == ("FREQ=WEEKLY;BYDAY=TU,WE", True)
        await at(app, pilot, "rhythm", 1)
        await press(app, pilot, "enter")
        assert "On: no day of the month is chosen - numbers from 1 to 31" in await fill(
            app, pilot, often="dates"
        )
        assert "▲ Rhythm" in text_of(app)
        await fill(app, pilot, dates="1, last")
        assert answer(app, "rule") == "monthly 1, last 09:00"
        await fill(app, pilot, often="rule")
        assert answer(app, "rule") == "FREQ=MONTHLY;BYMONTHDAY=1,-1 09:00"
        assert "never occurs" in await fill(app, pilot, rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 9:00")


async def test_a_new_rhythm_is_typed_as_people_say_it() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await at(app, pilot, "channel", 1)
        await press(app, pilot, "r")
        assert "tue thu 9:00" in says(app)
        await fill(app, pilot, rule="monthly last fri 17:00")
        assert (answer(app, "often"), answer(app, "nths"), answer(app, "weekdays")) == ("nth", ":-1:", ":4:")
        await press(app, pilot, "ctrl+s")
        rhythm = app.calendar.rhythms[3]
        assert (rhythm.rrule, rhythm.channel, rhythm.max_silence) == ("FREQ=MONTHLY;BYDAY=-1FR", 1, 56 * 1440)


async def test_workflows_absences_and_settings_have_forms_too() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await at(app, pilot, "workflow", 1)
        await press(app, pilot, "n")
        assert "it would end before it begins" in await fill(app, pilot, name="Quick", draft="30m -1 -2")
        assert "is not a task's time" in await fill(app, pilot, draft="30m soon later")
        await fill(app, pilot, draft="30m -2 -1", design="", review="")
        assert "from 2 to 1 working days before publication" in text_of(app)
        assert "A post takes 1h5m in all" in text_of(app)
        await press(app, pilot, "ctrl+s")
        quick = app.calendar.workflow("Quick")
        assert {kind: step.effort for kind, step in quick.steps.items()} == {
            "draft": 30,
            "publish": 5,
            "engage": 30,
        }
        await press(app, pilot, "enter")
        await fill(app, pilot, engage="")
        await press(app, pilot, "ctrl+s")
        assert "engage" not in app.calendar.workflow("Quick").steps
        await press(app, pilot, "home")
        await press(app, pilot, "a")
        assert (answer(app, "who"), app.focused) == ("Anna Conti", app.screen.query_one("#field-first"))
        assert "is away from Tue 1 Dec to Fri 4 Dec already" in await fill(app, pilot, first="2 dec")
        await fill(app, pilot, first="9 dec", last="10 dec", reason="course")
        await press(app, pilot, "ctrl+s")
        assert app.calendar.absences[2].reason == "course"
        await at(app, pilot, "absence", 1)
        await press(app, pilot, "enter")
        assert "cannot end on 2026-12-04" in await fill(app, pilot, first="2026-12-06")
        await fill(app, pilot, first="2026-12-02", last="2026-12-03")
        await press(app, pilot, "ctrl+s")
        absence = app.calendar.absences[1]
        assert (absence.first, absence.last, absence.reason) == (day("2026-12-02"), day("2026-12-03"), "fair")
        await press(app, pilot, "home")
        await at(app, pilot, "setting", 0, "horizon_days")
        await press(app, pilot, "enter")
        assert app.focused is app.screen.query_one("#field-horizon_days")
        assert "from 1 to 366" in await fill(app, pilot, horizon_days="1000")
        assert "unknown time zone" in await fill(app, pilot, horizon_days="21", zone="Rome")
        await fill(app, pilot, zone="Europe/Paris")
        await press(app, pilot, "ctrl+s")
        assert (app.calendar.team.horizon_days, app.calendar.team.zone) == (21, "Europe/Paris")


# Leaving, and being two


async def test_escape_asks_only_if_something_was_changed_and_enter_goes_on() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await press(app, pilot, "enter", "escape")
        assert isinstance(app.screen, TeamScreen)
        await press(app, pilot, "enter")
        await fill(app, pilot, department="Sales")
        await press(app, pilot, "escape")
        assert says(app) == "leave without saving? esc again leaves"
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TeamScreen)
        assert app.calendar.members[ANNA].department == ""
        await press(app, pilot, "enter")
        assert isinstance(app.screen, FormScreen)
        app.screen.action_field(1)
        assert app.focused is app.screen.query_one("#field-role"), "at once: who types on means that field"
        app.screen.action_field(-1)
        await press(app, pilot, "enter")
        assert app.focused is app.screen.query_one("#field-role")
        await press(app, pilot, "up", "up")
        assert app.focused is app.screen.query_one("#field-login"), "round the ends"
        await press(app, pilot, "a", "c", "enter")
        assert app.calendar.members[ANNA].login == "ac"


@pytest.mark.long
@pytest.mark.parametrize(
    ("thing", "key", "wrong", "says"),
    [
        (("member", ANNA, ""), "n", {"name": "anna conti"}, "called Anna Conti already"),
        (("member", ANNA, ""), "e", {"allowance": "soon"}, "is not a duration"),
        (("channel", 1, ""), "n", {"name": "blog"}, "called Blog already"),
        (("channel", 1, ""), "e", {"name": "blog"}, "called Blog already"),
        (("channel", 1, ""), "r", {"rule": "now and then"}, "is not a rhythm"),
        (("rhythm", 1, ""), "e", {"rule": "now and then"}, "is not a rhythm"),
        (("workflow", 1, ""), "n", {"name": "Quick", "draft": "30m -1 -2"}, "end before it begins"),
        (("workflow", 1, ""), "e", {"draft": "soon"}, "is not a duration"),
        (("member", ANNA, ""), "a", {"first": "2 dec"}, "is away from"),
        (("absence", 1, ""), "e", {"first": "2026-12-06"}, "cannot end on"),
        (("setting", 0, "horizon_days"), "e", {"horizon_days": "1000"}, "from 1 to 366"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else str(given)[:12],
)
async def test_no_form_writes_what_is_wrong_or_was_left(
    thing: tuple[str, int, str], key: str, wrong: dict[str, str], says: str
) -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        before = app.calendar
        await at(app, pilot, *thing)
        await press(app, pilot, key)
        assert isinstance(app.screen, FormScreen)
        assert says in await fill(app, pilot, **wrong)
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen), "a wrong answer stays"
        await press(app, pilot, "escape", "escape")
        assert isinstance(app.screen, TeamScreen)
        assert app.calendar is before


async def test_what_somebody_else_changes_meanwhile_comes_in_and_they_are_named() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await press(app, pilot, "enter")
        await fill(app, pilot, allowance="3h")
        blu = app.calendar.members[BLU]
        app.workspace.run(edit_member, ANNA, who=blu, now=NOW, department="Sales")
        await app.look()
        await settle(app, pilot)
        assert answer(app, "department") == "Sales"
        assert says(app) == "Studio Blu changed Department meanwhile"
        app.workspace.run(edit_member, ANNA, who=blu, now=NOW, allowance=30)
        await app.look()
        await settle(app, pilot)
        assert answer(app, "allowance") == "3h"
        assert "Studio Blu changed Time a week meanwhile: ctrl+s writes over it" in says(app)
        await press(app, pilot, "ctrl+s")
        assert (app.calendar.members[ANNA].allowance, app.calendar.members[ANNA].department) == (180, "Sales")
        await press(app, pilot, "home")
        await at(app, pilot, "member", BLU)
        await press(app, pilot, "enter")
        await fill(app, pilot, department="Outside")
        app.workspace.run(remove_member, BLU, who=None, now=NOW)
        await app.look()
        await settle(app, pilot)
        assert says(app) == "there is no member '3' - esc leaves"
        await press(app, pilot, "ctrl+s", "escape")
        assert isinstance(app.screen, TeamScreen)
        await press(app, pilot, "home")
        app.look_every(None)
        await press(app, pilot, "enter")
        await fill(app, pilot, allowance="4h")
        app.workspace.run(edit_member, ANNA, who=app.calendar.members[GIULIA], now=NOW, allowance=30)
        await press(app, pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert "was changed after you looked, by Giulia Rossi" in says(app)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_a_form_that_is_too_long_for_the_window_scrolls_to_the_field(size: tuple[int, int]) -> None:
    async with an_app(a_team(), "Giulia", "team", size=size) as (app, pilot):
        await press(app, pilot, "enter", "up")
        assert "Login" in text_of(app)
        assert "Nothing is changed yet" in text_of(app)
        await press(app, pilot, "down")
        assert "Anna Conti" in text_of(app)
