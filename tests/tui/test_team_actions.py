"""Who leads the week and who is away: said in the header, and changed from the palette's commands."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cadence.insight.rota import lead_of
from cadence.model.post import TaskRef
from cadence.tui.app import CadenceApp
from cadence.tui.screens.prompt import Prompt
from cadence.tui.screens.task_actions import TaskActions
from cadence.tui.widgets.frame import HeaderBar
from tests.builders import day
from tests.tui.apps import an_app, press, settle
from tests.tui.contributors import ANNA, GIULIA, MARCO, a_small_office, a_team_that_helps
from tests.tui.goldens import text_of


async def command(app: CadenceApp, pilot: Pilot[None], text: str, **answers: str) -> None:
    """Run a command, fill in what it asks, and look at what it says."""
    await press(app, pilot, "colon")
    app.screen.query_one(Input).value = text
    await press(app, pilot, "enter")
    assert isinstance(app.screen, Prompt)
    for name, answer in answers.items():
        app.screen.query_one(f"#field-{name}", Input).value = answer
    await settle(app, pilot)


def header(app: CadenceApp) -> str:
    return text_of(app).splitlines()[0]


@pytest.mark.parametrize(
    ("width", "end"),
    [
        (80, "Mon 23 Nov · Anna"),
        (120, "Lead this week: Giulia · Mon 23 Nov"),
        (160, "Lead this week: Giulia · Mon 23 Nov · Anna"),
    ],
)
async def test_the_header_says_who_leads_where_there_is_room(width: int, end: str) -> None:
    async with an_app(a_team_that_helps(), "Anna", size=(width, 24)) as (app, _):
        assert header(app).endswith(f" {end}")
        assert "My week " in header(app)


async def test_whoever_leads_is_told_and_has_the_warnings_stand_out() -> None:
    async with an_app(a_team_that_helps(), "Giulia") as (app, pilot):
        assert header(app).endswith("You lead this week · Mon 23 Nov")
        assert tone_of_warnings(app) == "bad"
        app.viewer_id = ANNA
        screen = app.calendar_screen
        assert screen is not None
        screen.show_frame()
        await settle(app, pilot)
        assert tone_of_warnings(app) == "warn"


def tone_of_warnings(app: CadenceApp) -> str:
    return next(tab.tone for tab in app.screen.query_one(HeaderBar).tabs if tab.place == "warnings")


async def test_the_order_is_set_by_names_and_what_it_means_is_said_before() -> None:
    async with an_app(a_small_office().build(), "Giulia") as (app, pilot):
        await command(app, pilot, "lead order", order="Anna, Marco")
        assert "A week each leads, from Mon 23 Nov: Anna Conti and Marco Villa" in text_of(app)
        await press(app, pilot, "enter")
        assert app.calendar.rota.order == (ANNA, MARCO)
        assert "Lead this week: Anna" in header(app)


async def test_a_week_is_led_out_of_turn_and_weeks_are_swapped() -> None:
    async with an_app(a_team_that_helps(), "Anna") as (app, pilot):
        await command(app, pilot, "lead a week", week="+1w")
        assert "Anna Conti leads the week of Mon 30 Nov instead of Marco Villa" in text_of(app)
        await press(app, pilot, "enter")
        await command(app, pilot, "swap weeks", other="+1w")
        await press(app, pilot, "enter")
        leads = [lead_of(app.calendar, day(week)) for week in ("2026-11-23", "2026-11-30")]
        assert [lead.id for lead in leads if lead] == [ANNA, GIULIA]


async def test_who_is_away_offers_what_it_hits() -> None:
    async with an_app(a_small_office().build(), "Anna") as (app, pilot):
        await command(app, pilot, "away", last="+14d", first="tomorrow", reason="fair")
        assert (
            "Anna Conti is away from Tue 24 Nov to Mon 7 Dec; offered to anyone: draft of post 3"
            in text_of(app)
        )
        await press(app, pilot, "enter")
        (absence,) = app.calendar.absences.values()
        assert (absence.member, absence.reason) == (ANNA, "fair")
        assert app.calendar.task(TaskRef(3, "draft")).offer is not None


async def test_an_offer_may_ask_for_a_task_in_return() -> None:
    async with an_app(a_small_office().build(), "Marco", "mine") as (app, pilot):
        await press(app, pilot, "o")
        assert "Offered draft of post 2" in text_of(app)
        app.screen.query_one("#field-wants", Input).value = "3 drafts"
        await settle(app, pilot)
        assert "'3 drafts' is no task" in text_of(app)
        app.screen.query_one("#field-wants", Input).value = "3 draft"
        await settle(app, pilot)
        assert "to Anna Conti for draft of post 3" in text_of(app)
        await press(app, pilot, "enter")
        offer = app.calendar.task(TaskRef(2, "draft")).offer
        assert offer is not None
        assert (offer.to, offer.wants) == ((ANNA,), TaskRef(3, "draft"))


async def test_an_offer_that_cannot_be_is_refused_before_enter() -> None:
    async with an_app(a_small_office().build(), "Marco", "mine") as (app, pilot):
        await press(app, pilot, "o")
        app.screen.query_one("#field-to", Input).value = "Marco"
        await settle(app, pilot)
        assert "Marco Villa has draft of post 2" in text_of(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, TaskActions)
        assert app.calendar.task(TaskRef(2, "draft")).offer is None
