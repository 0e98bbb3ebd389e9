"""Offers in the app: what could change hands, what taking it does, and each key for it."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from cadence.insight.offers import handed_over
from cadence.insight.traces import trace_of
from cadence.model.calendar import Calendar
from cadence.model.post import Offer, TaskRef
from cadence.operations.handovers import give_back, hand_over, offer_swap
from cadence.operations.posts import add_post
from cadence.operations.tasks import assign, claim
from cadence.tui.app import CadenceApp
from cadence.tui.screens.assign import AssignScreen
from cadence.tui.screens.offers import OffersScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.widgets.cells import plain, width_of
from cadence.tui.widgets.labelled import said, wrapped
from cadence.tui.widgets.my_week_rows import TitleRow
from cadence.tui.widgets.offer_panel import OfferWords, Shown
from cadence.tui.widgets.offer_rows import HandedRow, OfferRow, offer_rows, terms
from cadence.workspace import Workspace
from tests.builders import NOW, day, local
from tests.insight.test_takeable import offered
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.contributors import ANNA, GIULIA, MARCO, a_small_office, a_team_that_helps
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import workspace_of

DRAFT, DESIGN, SWAP = TaskRef(2, "draft"), TaskRef(2, "design"), TaskRef(3, "design")
"""Marco's, offered to Anna; Anna's, offered to anyone; Marco's, for Anna's draft of post 3."""


def the(app: CadenceApp) -> OffersScreen:
    screen = app.calendar_screen
    assert isinstance(screen, OffersScreen)
    return screen


def parts(calendar: Calendar, viewer: int | None) -> list[tuple[str, TaskRef, bool]]:
    rows = offer_rows(calendar, viewer, NOW)
    return [(row.part, row.ref, row.can_take) for row in rows if isinstance(row, OfferRow)]


def test_everybody_sees_all_offers_each_where_it_concerns_them() -> None:
    calendar = a_team_that_helps()
    assert parts(calendar, ANNA) == [
        ("asked", DRAFT, True),
        ("swap", SWAP, True),
        ("mine", DESIGN, False),
    ]
    assert parts(calendar, GIULIA) == [
        ("anyone", DESIGN, True),
        ("others", DRAFT, False),
        ("between", SWAP, False),
    ], "she said no to the design, and may change her mind"
    assert [part for part, _, _ in parts(calendar, None)] == ["anyone", "others", "between"]


def test_what_one_could_not_take_comes_last_with_the_reason() -> None:
    calendar = a_small_office().with_absence("Giulia", "2026-11-23", "2026-11-29", reason="leave").build()
    calendar = offered(offered(calendar, DRAFT, Offer(NOW, MARCO)), SWAP, Offer(NOW, MARCO))
    rows = [row for row in offer_rows(calendar, GIULIA, NOW) if isinstance(row, OfferRow)]
    assert [(row.ref, row.can_take) for row in rows] == [(SWAP, True), (DRAFT, False)]
    assert rows[1].hindrance == "away until Sun 29 Nov"


def test_an_offer_that_ended_stays_its_owners_and_says_how() -> None:
    no = Offer(NOW, MARCO, (ANNA,), declined=(ANNA,))
    calendar = offered(a_small_office().build(), DRAFT, no)
    assert parts(calendar, GIULIA) == [("ended", DRAFT, False)]
    assert parts(calendar, MARCO) == [("mine", DRAFT, False)]


def test_the_terms_say_what_a_swap_asks_for() -> None:
    calendar = a_team_that_helps()
    words = [
        terms(calendar, row)
        for viewer in (ANNA, GIULIA)
        for row in offer_rows(calendar, viewer, NOW)
        if isinstance(row, OfferRow) and row.ref == SWAP
    ]
    assert words == [
        "in return for the draft of La squadra, which is yours",
        "in return for the draft of La squadra, which Anna has",
    ]


def test_the_panel_says_before_the_key_what_taking_it_does() -> None:
    calendar = a_team_that_helps()
    rows = {row.ref: row for row in offer_rows(calendar, ANNA, NOW) if isinstance(row, OfferRow)}

    def panel(ref: TaskRef, width: int = 100) -> str:
        lines = OfferWords(Shown(calendar, rows[ref], ANNA, NOW, ()), width).lines()
        assert all(width_of(line) <= width for line in lines)
        return "\n".join(map(plain, lines))

    # Anna has 180′: 30′ of design and 5′ of boost this week, 60′ of draft the week after.
    assert "60′ more in your week: 19 % → 53 %, 85′ left" in panel(DRAFT)
    assert "Marco is told, and goes from 33 % to 0 %" in panel(DRAFT)
    assert "30′ more and 60′ less in your week: 33 % → 17 %, 150′ left" in panel(SWAP)
    assert "Marco is told, and goes from 17 % to 33 %" in panel(SWAP)
    assert "nobody could take it as it is" in " ".join(panel(DESIGN, 40).split())


def test_labels_and_long_words_keep_to_their_width() -> None:
    assert wrapped("https://example.com/a/long/way", 12) == ["https://exam", "ple.com/a/lo", "ng/way"]
    assert [plain(line) for line in said("for", "one two", 20, indent=8)] == [" for     one two"]
    assert [plain(line) for line in said("very long", "x", 20, indent=8)] == [" very long", "         x"]
    assert wrapped("日本の工場だよ", 10) == [
        "日本の工場",
        "だよ",
    ]


def hand_overs(workspace: Workspace) -> list[tuple[TaskRef, int, int, TaskRef | None]]:
    found = handed_over(workspace.calendar, workspace.told_by(trace_of))
    return [(one.ref, one.giver, one.taker, one.swapped_for) for one in found]


def test_what_was_taken_swapped_or_given_back_changed_hands_but_not_what_a_lead_assigned() -> None:
    workspace = workspace_of(a_small_office().build())

    def act(who: str, operation: Any, *args: object, **options: object) -> None:
        workspace.run(operation, *args, who=workspace.calendar.member(who), now=NOW, **options)

    act("Marco", hand_over, DRAFT)
    assert hand_overs(workspace) == []
    act("Anna", claim, DRAFT)
    act("Anna", give_back, DRAFT, MARCO)
    assert hand_overs(workspace) == [(DRAFT, ANNA, MARCO, None), (DRAFT, MARCO, ANNA, None)]
    act("Giulia", assign, DRAFT, GIULIA)
    act("Giulia", assign, SWAP, ANNA)
    assert len(hand_overs(workspace)) == 2, "assigned by a lead: nobody gave it"
    act("Anna", offer_swap, SWAP, DRAFT)
    act("Giulia", claim, SWAP)
    assert hand_overs(workspace)[0] == (SWAP, ANNA, GIULIA, DRAFT)
    workspace.undo(workspace.calendar.member("Giulia"), NOW)
    assert len(hand_overs(workspace)) == 2, "undone: it never happened"


# The screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_offers_look_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team_that_helps(), "Anna", "offers", size=size) as (app, pilot):
        await all_counted(app, pilot)
        assert_golden(f"offers_{size[0]}x{size[1]}", text_of(app))


async def test_they_read_in_plain_letters_too() -> None:
    async with an_app(a_team_that_helps(), "Anna", "offers", size=(80, 24), ascii_only=True) as (app, pilot):
        await press(app, pilot, "down")
        await all_counted(app, pilot)
        text = text_of(app)
        assert text.isascii()
        assert_golden("offers_ascii", text)


async def all_counted(app: CadenceApp, pilot: Any) -> None:
    """Until the panel knows who else could take it."""
    await app.workers.wait_for_complete([one for one in app.workers if one.group == "offer-figures"])
    await settle(app, pilot)


async def test_c_takes_what_is_offered_and_r_gives_it_back() -> None:
    async with an_app(a_team_that_helps(), "Anna", "offers") as (app, pilot):
        await press(app, pilot, "c")
        assert app.calendar.task(DRAFT).member == ANNA
        await press(app, pilot, "end")
        row = the(app).list.current
        assert isinstance(row, HandedRow)
        assert row.can_return
        assert ("r", "give back") in the(app).hints()
        await press(app, pilot, "r")
        assert app.calendar.task(DRAFT).member == MARCO
        await press(app, pilot, "r")
        assert "Marco Villa has draft of post 2" in app.status.text
        await press(app, pilot, "u")
        assert app.calendar.task(DRAFT).member == ANNA


async def test_what_changed_hands_lately_reaches_no_farther_back_late_in_the_day_than_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cadence.tui.screens.offers.LOOK_BACK", 3)
    async with an_app(a_team_that_helps(), "Anna", "offers") as (app, pilot):

        def lately() -> list[TaskRef]:
            return [row.ref for row in the(app).list.rows if isinstance(row, HandedRow)]

        await press(app, pilot, "c")
        assert lately() == [DRAFT]
        for title in ("One", "Two"):
            assert await app.perform(add_post, 1, title, at=local("2026-12-01T10:00")), app.status.text
        await settle(app, pilot)
        assert lately() == [DRAFT]
        assert await app.perform(add_post, 1, "Three", at=local("2026-12-01T10:00")), app.status.text
        await settle(app, pilot)
        assert lately() == []


async def test_c_agrees_to_a_swap_which_only_undo_takes_back() -> None:
    async with an_app(a_team_that_helps(), "Anna", "offers") as (app, pilot):
        await press(app, pilot, "down", "c")
        assert (app.calendar.task(SWAP).member, app.calendar.task(TaskRef(3, "draft")).member) == (
            ANNA,
            MARCO,
        )
        await press(app, pilot, "end", "r")
        assert "the design of post 3 came in a swap - take the whole swap back" in app.status.text


async def test_d_declines_with_a_reason_many_offers_at_once() -> None:
    async with an_app(a_team_that_helps(), "Anna", "offers") as (app, pilot):
        await press(app, pilot, "v", "v", "D")
        assert isinstance(app.screen, Prompt)
        assert "Anna Conti declines 2 tasks" in text_of(app)
        await answer(app, pilot, "a full week")
        assert [app.calendar.task(ref).offer.declined for ref in (DRAFT, SWAP)] == [(ANNA,), (ANNA,)]  # type: ignore[union-attr]
        await press(app, pilot, "u")
        assert app.calendar.task(SWAP).offer.declined == (), "one undo for both"  # type: ignore[union-attr]


async def test_who_has_declined_already_is_not_asked_why() -> None:
    async with an_app(a_team_that_helps(), "Giulia", "offers") as (app, pilot):
        while (row := the(app).list.current) is None or row.ref != TaskRef(2, "design"):
            await press(app, pilot, "down")
        await press(app, pilot, "D")
        assert app.status.text == 'Giulia Rossi has declined design of post 2 "Storia Bianchi" already'
        assert app.screen is the(app)


async def test_o_changes_an_offer_from_what_it_is_and_d_takes_it_off() -> None:
    async with an_app(a_team_that_helps(), "Marco", "offers") as (app, pilot):
        await press(app, pilot, "tab")
        assert ("o", "change it") in the(app).hints()
        await press(app, pilot, "o")
        fields = {field.id: field.value for field in app.screen.query(Input)}
        assert fields == {
            "field-to": "Anna Conti",
            "field-wants": "",
            "field-until": "2026-11-24",
            "field-note": "I am at the fair",
        }
        await answer(app, pilot, "Giulia")
        offer = app.calendar.task(DRAFT).offer
        assert offer is not None
        assert (offer.to, offer.until, offer.note) == ((GIULIA,), day("2026-11-24"), "I am at the fair")
        await press(app, pilot, "d")
        assert app.calendar.task(DRAFT).offer is None


async def test_a_lead_assigns_it_from_here_and_enter_goes_to_the_post() -> None:
    async with an_app(a_team_that_helps(), "Giulia", "offers") as (app, pilot):
        await press(app, pilot, "a")
        assert isinstance(app.screen, AssignScreen)
        await press(app, pilot, "escape", "enter")
        assert app.current_mode == "week"


async def test_tab_goes_from_part_to_part_and_no_key_does_what_is_not_ones_own() -> None:
    async with an_app(a_team_that_helps(), "Anna", "offers") as (app, pilot):
        await press(app, pilot, "tab")
        assert (row := the(app).list.current) is not None
        assert row.ref == SWAP
        await press(app, pilot, "d")
        assert "Marco Villa or a lead can hand it over" in app.status.text
        await press(app, pilot, "end", "D")
        assert "is not on offer to Anna Conti" in app.status.text
        await press(app, pilot, "home", "tab", "shift+tab")
        assert (row := the(app).list.current) is not None
        assert row.ref == DRAFT
        the(app).set_filter("squadra")
        titles = [row.title for row in the(app).list.rows if isinstance(row, TitleRow)]
        assert titles == ["Swaps with you"]


async def test_where_nothing_is_on_offer_it_says_how_to_offer_something() -> None:
    async with an_app(a_small_office().build(), "Anna", "offers", ascii_only=True) as (app, pilot):
        assert "Nothing is on offer: o offers a task of yours" in text_of(app)
        await press(app, pilot, "c")
        assert app.status.text == "There is no offer here"
        app.viewer_id = None
        await press(app, pilot, "D")
        assert app.status.text == "There is no offer here"
