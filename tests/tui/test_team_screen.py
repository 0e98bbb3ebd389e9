"""The team in one list: what matters of each thing, and what is taken away, paused and led from there."""

from __future__ import annotations

from datetime import date

from textual.widgets import Input

from cadence.insight.rota import lead_of
from cadence.model.calendar import Calendar
from cadence.model.rota import Rota
from cadence.model.team import Skill
from cadence.tui.app import CadenceApp
from cadence.tui.filter import EVERYTHING, parse_filter
from cadence.tui.screens.prompt import Prompt
from cadence.tui.widgets.team_list import TeamList
from cadence.tui.widgets.team_rows import Entry, Title, team_rows
from tests.builders import a_calendar, day
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.test_forms import at

ANNA, GIULIA, MARCO, BLU, LUCA = 1, 2, 3, 4, 5
TODAY = date(2026, 11, 23)
SKILLS = [Skill("draft"), Skill("review", 2, "learning")]


def a_team() -> Calendar:
    holidays = {day("2026-12-08"): "Immacolata", day("2026-12-25"): "Natale"}
    builder = (
        a_calendar(holidays=holidays, country="IT")
        .with_channel("LinkedIn", url="https://example.com/rossi")
        .with_channel("Blog", workflow=None)
        .with_channel("Fax", retired=True)
        .with_channel("日本ニュース")
        .with_member("Anna Conti", skills=SKILLS, department="Sales")
        .with_member("Giulia Rossi", role="lead", allowance=120)
        .with_member("Marco Villa", topics=("machines",))
        .with_member("Studio Blu", kind="partner", cost_per_hour=4850)
        .with_member("Luca Gatti", active_to=day("2026-10-31"))
        .with_rhythm(
            "LinkedIn", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00", max_silence=8 * 1440,
            pauses=[("2026-12-24", "2027-01-06")],
        )
        .with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=SA;UNTIL=20260630", "11:00")
        .with_rhythm(
            "Blog", "FREQ=MONTHLY;BYDAY=-1FR", "10:00", tolerance=2 * 1440,
            pauses=[("2026-11-20", "2026-11-27")],
        )
        .with_absence("Anna Conti", "2026-11-20", "2026-12-04", reason="fair")
        .with_absence("Marco Villa", "2026-12-10", "2026-12-10")
        .with_absence("Marco Villa", "2026-01-10", "2026-01-12")
        .with_post("LinkedIn", "2026-12-03T09:00", "La squadra", tasks={"draft": "Anna"})
    )  # fmt: skip
    return builder.build().put(Rota(order=(GIULIA, MARCO), start=day("2026-11-23")))


async def test_the_team_looks_like_this() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await press(app, pilot, "home")
            name = f"{size[0]}x{size[1]}"
            assert_golden(f"team_{name}", below_header(app))
            if size[1] < 60:
                await press(app, pilot, "end")
                assert_golden(f"team_end_{name}", below_header(app))
            await at(app, pilot, "rhythm", 1)
            await press(app, pilot, "enter")
            assert_golden(f"team_rhythm_form_{name}", below_header(app))
            await press(app, pilot, "escape")
            await at(app, pilot, "member", ANNA)
            await press(app, pilot, "enter")
            assert_golden(f"team_member_form_{name}", below_header(app))
            await press(app, pilot, "escape")


async def test_the_team_in_plain_letters() -> None:
    async with an_app(a_team(), "Giulia", "team", size=(80, 24), ascii_only=True) as (app, pilot):
        assert text_of(app).replace("日本ニュース", "").isascii()
        await at(app, pilot, "channel", 1)
        await press(app, pilot, "enter")
        assert text_of(app).replace("日本ニュース", "").isascii()
        assert_golden("team_ascii", below_header(app))


def below_header(app: CadenceApp) -> str:
    """What the screen itself shows: which screens there are is no matter of it."""
    return text_of(app).partition("\n")[2]


def kinds(rows: list[Title | Entry]) -> list[tuple[str, int]]:
    return [(row.kind, row.id) for row in rows if isinstance(row, Entry)]


def test_who_left_comes_last_and_absences_that_are_over_are_gone() -> None:
    found = kinds(team_rows(a_team(), EVERYTHING, TODAY, None, leads=True))
    members = [id for kind, id in found if kind == "member"]
    assert members == [ANNA, GIULIA, MARCO, BLU, LUCA]
    assert [id for kind, id in found if kind == "absence"] == [1, 2]


def test_a_filter_keeps_what_is_about_a_person_or_a_channel() -> None:
    calendar = a_team()
    for text, kept in (
        ("@marco", [("member", MARCO), ("absence", 2)]),
        ("#linkedin", [("channel", 1), ("rhythm", 1), ("rhythm", 2)]),
        ("sales", [("member", ANNA)]),
    ):
        rows = team_rows(calendar, parse_filter(text, calendar, None), TODAY, None, leads=True)
        assert kinds(rows) == kept
    rows = team_rows(calendar, parse_filter("nowhere", calendar, None), TODAY, None, leads=True)
    assert not kinds(rows)


async def test_an_empty_part_can_be_gone_to_and_filled() -> None:
    calendar = a_calendar().with_member("Giulia Rossi", role="lead").build()
    async with an_app(calendar, "Giulia", "team") as (app, pilot):
        assert "No channels yet: n adds one with its rhythms." in text_of(app)
        await press(app, pilot, "tab", "tab", "tab", "enter")
        assert "Nobody is away: n says who will be." in app.status.text
        await press(app, pilot, "n")
        assert app.screen.query_one("#field-who", Input).value == "Giulia Rossi"


async def test_tab_goes_round_the_parts_both_ways() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        team = app.screen.query_one(TeamList)
        parts: list[str] = []
        for _n in range(6):
            assert team.current is not None
            parts.append(team.current.part)
            await press(app, pilot, "tab")
        assert parts == ["members", "channels", "workflows", "absences", "team", "participation"]
        await press(app, pilot, "shift+tab")
        assert team.current is not None
        assert team.current.part == "participation"


async def test_who_does_not_lead_is_told_so_before_a_form_opens() -> None:
    async with an_app(a_team(), "Anna", "team") as (app, pilot):
        await at(app, pilot, "setting", 0, "zone")
        assert "for those who lead to change" in text_of(app)
        await press(app, pilot, "enter")
        assert app.status.text == "the team's settings are for those who lead - ask Giulia Rossi"


# Taking away


async def test_what_is_taken_away_and_what_that_means_is_said_first() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await press(app, pilot, "d")
        assert "Removed Anna Conti; nobody has 1 task now" in text_of(app)
        app.screen.query_one("#field-heir", Input).value = "Marco"
        await settle(app, pilot)
        assert "Removed Anna Conti; Marco Villa takes 1 task" in text_of(app)
        await press(app, pilot, "enter")
        assert ANNA not in app.calendar.members
        await press(app, pilot, "u")
        assert ANNA in app.calendar.members
        await at(app, pilot, "rhythm", 1)
        await press(app, pilot, "d")
        assert "Rhythm 1 on LinkedIn ends on Sun 22 Nov" in text_of(app)
        app.screen.query_one("#field-from", Input).value = "always"
        await settle(app, pilot)
        assert "Removed rhythm 1 on LinkedIn" in text_of(app)
        await press(app, pilot, "enter")
        assert 1 not in app.calendar.rhythms
        await at(app, pilot, "channel", 1)
        await press(app, pilot, "d")
        assert "LinkedIn still has 1 post to come" in app.status.text
        assert not isinstance(app.screen, Prompt)
        await at(app, pilot, "channel", 2)
        await press(app, pilot, "d", "enter")
        assert 2 not in app.calendar.channels
        await at(app, pilot, "workflow", 1)
        await press(app, pilot, "d")
        assert "is used by LinkedIn" in app.status.text
        await at(app, pilot, "absence", 2)
        await press(app, pilot, "d", "enter")
        assert 2 not in app.calendar.absences
        await at(app, pilot, "setting", 0, "zone")
        await press(app, pilot, "d")
        assert app.status.text == "Nothing is taken away here"


# Pauses, leads, holidays


async def test_pauses_leads_and_holidays_are_changed_from_the_rows_that_say_them() -> None:
    async with an_app(a_team(), "Giulia", "team") as (app, pilot):
        await at(app, pilot, "rhythm", 3)
        assert "‖ to 27 Nov" in text_of(app)
        await press(app, pilot, "z")
        assert "Rhythm 3 goes on from Mon 23 Nov" in text_of(app)
        await press(app, pilot, "enter")
        assert not app.calendar.rhythms[3].is_paused(TODAY)
        await press(app, pilot, "z")
        assert "a day: fri, +2w, 1 dec" in text_of(app)
        app.screen.query_one("#field-last", Input).value = "+2w"
        await settle(app, pilot)
        assert "Paused rhythm 3 from Mon 23 Nov to Mon 7 Dec: 1 slot" in text_of(app)
        await press(app, pilot, "enter")
        assert app.calendar.rhythms[3].is_paused(TODAY)
        await at(app, pilot, "rota", 0, "order")
        assert "w48 Giulia  w49 Marco" in text_of(app)
        await press(app, pilot, "z")
        app.screen.query_one("#field-first", Input).value = "+1w"
        await settle(app, pilot)
        assert "Nobody leads from Mon 30 Nov to Sun 6 Dec" in text_of(app)
        await press(app, pilot, "enter")
        assert lead_of(app.calendar, day("2026-11-30")) is None
        await press(app, pilot, "z")
        app.screen.query_one("#field-first", Input).value = "+1w"
        await press(app, pilot, "enter")
        assert lead_of(app.calendar, day("2026-11-30")) is not None
        await press(app, pilot, "enter")
        app.screen.query_one("#field-order", Input).value = "Anna"
        await press(app, pilot, "enter")
        assert app.calendar.rota.order == (ANNA,)
        await press(app, pilot, "down", "enter")
        app.screen.query_one("#field-who", Input).value = "Marco"
        await press(app, pilot, "enter")
        lead = lead_of(app.calendar, TODAY)
        assert lead is not None
        assert lead.id == MARCO
        await at(app, pilot, "setting", 0, "holidays")
        assert "IT · 2 in the next year · next: Tue 8 Dec Immacolata" in text_of(app)
        await press(app, pilot, "enter")
        fields = {name: app.screen.query_one(f"#field-{name}", Input) for name in ("country", "day", "name")}
        fields["country"].value = "Italy"
        await settle(app, pilot)
        assert "which country? - two letters: IT" in text_of(app)
        fields["day"].value = "2026-12-08"
        await settle(app, pilot)
        assert "Tue 8 Dec 2026 (Immacolata) is a holiday no more" in text_of(app)
        await press(app, pilot, "enter")
        assert list(app.calendar.team.holidays) == [day("2026-12-25")]
        await press(app, pilot, "enter")
        app.screen.query_one("#field-country", Input).value = "zz"
        await press(app, pilot, "enter")
        while "no public holidays are known" not in app.status.text:
            await pilot.pause(0.01)
        await press(app, pilot, "enter", "enter")
        while len(app.calendar.team.holidays) < 10:
            await pilot.pause(0.01)
        assert app.calendar.team.country == "IT"
