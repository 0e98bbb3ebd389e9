"""Feeds in the app: the list, new links that are shown once, and the end of a feed."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno
from textual.pilot import Pilot
from textual.widgets import Input

from cadence.model.feeds import feed_with
from cadence.tui import freshness
from cadence.tui.app import CadenceApp
from cadence.tui.qr import BORDER, qr_ascii_rows, qr_rows
from cadence.tui.screens.feed_links import LinksScreen
from cadence.tui.screens.feeds import FeedsScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.widgets.feed_list import kept_feeds
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.readers import a_team, a_team_with_feeds

TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def the(app: CadenceApp) -> FeedsScreen:
    screen = app.calendar_screen
    assert isinstance(screen, FeedsScreen)
    return screen


async def fill(app: CadenceApp, pilot: Pilot[None], **answers: str) -> None:
    """Write into the fields of the prompt, and look at what it says."""
    assert isinstance(app.screen, Prompt)
    for name, text in answers.items():
        app.screen.query_one(f"#field-{name}", Input).value = text
    await settle(app, pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_feeds_look_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team_with_feeds(), "Giulia", "feeds", size=size) as (app, _):
        assert_golden(f"feeds_{size[0]}x{size[1]}", text_of(app))


async def test_without_feeds_the_screen_says_how_to_make_one() -> None:
    async with an_app(a_team(), "Giulia", "feeds", ascii_only=True) as (app, _):
        assert "n makes one" in text_of(app)


async def test_a_new_feed_is_mine_unless_more_is_said_and_shows_its_links() -> None:
    async with an_app(a_team(), "Giulia", "feeds") as (app, pilot):
        await press(app, pilot, "n")
        assert "Giulia Rossi may read the posts of Giulia Rossi" in text_of(app)
        await press(app, pilot, "enter")
        (feed,) = app.calendar.feeds.values()
        assert (feed.reader, feed.member, feed.kind, feed.of) == ("Giulia Rossi", 2, "member", 2)
        assert isinstance(app.screen, LinksScreen)
        await press(app, pilot, "y")
        assert feed_with([feed], app.clipboard.rpartition("/")[2]) is feed


async def test_the_prompt_says_what_enter_does_and_what_cannot_be() -> None:
    async with an_app(a_team(), "Giulia", "feeds") as (app, pilot):
        await press(app, pilot, "n")
        await fill(app, pilot, reader="The board")
        assert "say what The board may read - every post" in text_of(app)
        await fill(app, pilot, what="linked")
        assert "The board may read the posts on LinkedIn, and whoever has the link" in text_of(app)
        await fill(app, pilot, reader="Studio Blu")
        assert "Studio Blu is a partner" in text_of(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt), "a wrong answer stays"
        assert not app.calendar.feeds


async def test_escape_forgets_the_links() -> None:
    async with an_app(a_team_with_feeds(), "Giulia", "feeds") as (app, pilot):
        await press(app, pilot, "r", "enter", "y")
        token = app.clipboard.rpartition("/")[2]
        assert token in text_of(app)
        await press(app, pilot, "escape")
        assert token not in text_of(app)
        await press(app, pilot, "enter")
        assert token not in text_of(app)
        assert "r makes new ones" in app.status.text


async def test_new_links_are_asked_for_and_kill_those_before() -> None:
    async with an_app(a_team_with_feeds(), "Giulia", "feeds") as (app, pilot):
        before = app.calendar.feeds[1].digest
        await press(app, pilot, "r")
        assert "Cannot be undone: the links that Anna Conti has now stop working" in text_of(app)
        await press(app, pilot, "escape")
        assert app.calendar.feeds[1].digest == before
        await press(app, pilot, "r", "enter")
        assert app.calendar.feeds[1].digest != before
        assert "undoes" not in app.status.text


async def test_revoking_says_first_that_it_cannot_be_undone() -> None:
    async with an_app(a_team_with_feeds(), "Giulia", "feeds") as (app, pilot):
        await press(app, pilot, "down", "d")
        assert "Cannot be undone: The board will not read every post any more" in text_of(app)
        await fill(app, pilot, why="the year is over")
        await press(app, pilot, "enter")
        assert list(app.calendar.feeds) == [1, 3]
        assert the(app).list.current is not None
        assert "undoes" not in app.status.text
        assert app.workspace.history(limit=1)[0].why.endswith("the year is over")


async def test_marked_feeds_end_together() -> None:
    async with an_app(a_team_with_feeds(), "Giulia", "feeds") as (app, pilot):
        await press(app, pilot, "v", "v", "d", "enter")
        assert list(app.calendar.feeds) == [3]


async def test_a_filter_keeps_the_feeds_of_a_person_or_channel() -> None:
    async with an_app(a_team_with_feeds(), "Giulia", "feeds") as (app, _):
        for text, kept in (("@anna", [1]), ("#linkedin", [3]), ("is:drafted", [1, 2]), ("board", [2])):
            the(app).set_filter(text)
            assert [feed.id for feed in kept_feeds(app.calendar, app.filter)] == kept
            assert [feed.id for feed in the(app).list.feeds] == kept


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_the_links_panel_fits_and_shows_the_code_where_there_is_room(size: tuple[int, int]) -> None:
    async with an_app(a_team(), "Giulia", "feeds", size=size) as (app, pilot):
        app.push_screen(LinksScreen("Anna may read the gaps", None, TOKEN))
        await settle(app, pilot)
        text = text_of(app)
        assert_golden(f"feed_links_{size[0]}x{size[1]}", text)
        assert ("█▀▀▀▀▀█" in text) is (size != (60, 16))
        assert "A larger window shows the page's QR code" in text or size != (60, 16)
        assert all(len(line) <= size[0] for line in text.splitlines())


async def test_y_copies_the_link_that_is_chosen() -> None:
    async with an_app(a_team(), "Giulia", "feeds") as (app, pilot):
        app.push_screen(LinksScreen("Anna may read the gaps", "https://example.com", TOKEN))
        await settle(app, pilot)
        for key, link in (
            ("down", f"https://example.com/f/{TOKEN}.ics"),
            ("down", f"webcal://example.com/f/{TOKEN}.ics"),
        ):
            await press(app, pilot, key, "y")
            assert app.clipboard == link
        assert "Copied the webcal link" in text_of(app)
        assert "this computer" not in text_of(app)


def test_a_code_is_the_same_in_blocks_and_in_plain_letters() -> None:
    text = f"https://calendar.example.com/f/{TOKEN}"
    code = segno.make(text, error="l", micro=False, boost_error=False)
    cells = [[bool(cell) for cell in row] for row in code.matrix_iter(border=BORDER)]
    assert [[pair == "  " for pair in pairs(row)] for row in qr_ascii_rows(text)] == cells
    read = [row for line in qr_rows(text) for row in ([c in "▀█" for c in line], [c in "▄█" for c in line])]
    assert read[: len(cells)] == cells
    inverse = [
        row
        for line in qr_rows(text, light=True)
        for row in ([c not in "▀█" for c in line], [c not in "▄█" for c in line])
    ]
    assert inverse == read


def pairs(row: str) -> list[str]:
    return [row[n : n + 2] for n in range(0, len(row), 2)]


async def test_the_app_keeps_busy_time_fresh_and_stops_when_it_leaves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from threading import Event

    from cadence.chores import busy

    begun, ended = Event(), Event()

    def keep_fresh(workspace: object, folder: Path, clock: object, stop: Event) -> None:
        assert folder == tmp_path
        begun.set()
        assert stop.wait(10)
        ended.set()

    monkeypatch.setattr(freshness, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(busy, "keep_fresh", keep_fresh)
    async with an_app(a_team(), "Giulia", addresses=tmp_path) as (_, pilot):
        while not begun.is_set():
            await pilot.pause(0.01)
        assert not ended.is_set()
    assert ended.wait(10)


async def test_the_app_says_why_busy_time_is_not_read_any_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from cadence.chores import busy

    def keep_fresh(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(freshness, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(busy, "keep_fresh", keep_fresh)
    async with an_app(a_team(), "Giulia", addresses=tmp_path) as (app, pilot):
        while not app.status.text:
            await pilot.pause(0.01)
        assert app.status.text == "Busy calendars are not read any more: the disk is full"
