"""The agenda as a widget: what it shows, where its cursor is, and that its length costs nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from unittest.mock import patch

import pytest
from textual.app import App, ComposeResult

from cadence.insight.slots import FilledSlot, Slot
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.postindex import PostIndex
from cadence.model.rhythm import SlotKey
from cadence.tui.filter import parse_filter
from cadence.tui.outcomes import Outcomes
from cadence.tui.widgets.agenda_line import AgendaLine
from cadence.tui.widgets.agenda_list import AgendaList
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.painting import LOOKS
from tests.builders import NOW, a_calendar, day
from tests.tui.goldens import lines_of

HUGE = 100_000


class Host(App[None]):
    COMPONENT_CLASSES = LOOKS
    CSS = "AgendaList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.agenda = AgendaList()

    def compose(self) -> ComposeResult:
        yield self.agenda


def thursday(number: int) -> SlotKey:
    """The slot of the blog on a Thursday of November."""
    return SlotKey(1, datetime(2026, 11, number, 10, 0))


def a_team() -> Calendar:
    return (
        a_calendar()
        .with_channel("Blog")
        .with_channel("LinkedIn")
        .with_member("Anna")
        .with_member("Marco")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_publication("Blog", "2026-11-12T09:00", "On time", slot=thursday(12))
        .with_publication("Blog", "2026-11-21T09:00", "Two days late", slot=thursday(19))
        .with_publication("LinkedIn", "2026-11-20T09:00", "An extra")
        .with_post("LinkedIn", "2026-11-20T12:00", "Forgotten", tasks={"draft": "Marco"})
        .with_post("LinkedIn", "2026-11-24T09:00", "Next", tasks={"draft": "Anna"})
        .with_post(
            "LinkedIn", "2026-11-24T15:00", "Ready", done=("draft", "design", "review"), state="approved"
        )
        .with_post("Blog", "2026-12-10T10:00", "Dropped", state="skipped", skip_reason="client left")
        .with_publication("Blog", "2026-11-13T09:00", "Far too late", slot=thursday(5))
        .build()
    )


def open_thursday() -> FilledSlot:
    at = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    key = thursday(26)
    return FilledSlot(Slot(key, 1, at, key.local, False, at, at), "empty", None)


@cache
def a_long_calendar() -> Calendar:
    """Posts every hour, most of them past: built without documents, for speed."""
    calendar = a_calendar(zone="UTC").with_channel("Blog", workflow=None).build()
    start = datetime(2016, 1, 1)
    posts = {
        id: Post(id=id, channel=1, title=f"Post {id}", at=start + timedelta(hours=id))
        for id in range(1, HUGE + 1)
    }
    index = PostIndex.build(posts.values(), calendar.team, calendar.channels)
    return replace(calendar, posts=posts, index=index)


def read(calendar: Calendar, post: int, width: int = 118, **options: bool) -> str:
    return plain(AgendaLine(calendar, NOW, width, Outcomes(calendar, NOW), **options).of(post, None))


# What a row says


@pytest.mark.parametrize(
    ("title", "mark", "words"),
    [
        ("On time", "●", "on time"),
        ("Two days late", "◐", "2 d late"),
        ("An extra", "●", "extra"),
        ("Far too late", "✕", "8 d late, too late to count"),
        ("Forgotten", "▲", "draft   Marco      ▲ 5 d late"),
        ("Next", "○", "draft   Anna       ▲ 3 d late"),
        ("Ready", "◉", "publish nobody     tomorrow"),
        ("Dropped", "–", "skipped: client left"),
    ],
)
def test_a_row_says_how_the_post_stands_and_what_comes_next(title: str, mark: str, words: str) -> None:
    calendar = a_team()
    post = next(post for post in calendar.posts.values() if post.title == title)
    line = read(calendar, post.id)
    assert f" {mark} " in line
    assert words in line


def test_an_open_slot_says_when_it_is_due() -> None:
    line = plain(AgendaLine(a_team(), NOW, 118).of(open_thursday(), None))
    assert "Thu 26 Nov 10:00 · Blog" in line
    assert "open slot" in line
    assert "in 3 d" in line


def test_the_day_is_printed_only_when_it_changes() -> None:
    reader = AgendaLine(a_team(), NOW, 118)
    assert "Tue 24 Nov" in plain(reader.of(5, day("2026-11-23")))
    assert "Tue 24 Nov" not in plain(reader.of(6, day("2026-11-24")))


@pytest.mark.parametrize("width", [58, 78, 118, 198])
def test_rows_have_exactly_the_width_they_are_given(width: int) -> None:
    calendar = a_team()
    for post in calendar.posts:
        line = AgendaLine(calendar, NOW, width).of(post, None)
        assert sum(len(text) for text, _ in line) <= width


def test_plain_terminals_get_plain_letters() -> None:
    calendar = a_team()
    for post in calendar.posts:
        assert read(calendar, post, ascii_only=True).isascii()


# The widget


async def test_it_opens_on_what_comes_next_with_some_of_the_past_above() -> None:
    app = Host()
    async with app.run_test(size=(100, 12)) as pilot:
        app.agenda.show(a_long_calendar(), NOW, [])
        await pilot.pause()
        assert app.agenda.current_instant == NOW
        shown = lines_of(app.agenda)
        place = next(y for y, line in enumerate(shown) if "▸" in line)
        assert 2 <= place <= 6


async def test_a_hundred_thousand_posts_cost_no_more_rows_than_the_screen_has() -> None:
    calendar = a_long_calendar()
    app = Host()
    made: list[int] = []
    read_row = AgendaList.row_line

    def counting(self: AgendaList, row: int, width: int) -> object:
        made.append(row)
        return read_row(self, row, width)

    with patch.object(AgendaList, "row_line", counting):
        async with app.run_test(size=(120, 40)) as pilot:
            app.agenda.show(calendar, NOW, [])
            await pilot.pause()
            assert app.agenda.row_count() == HUGE
            assert len(list(app.screen.walk_children())) < 10
            assert 0 < len(made) <= 3 * 40
            made.clear()
            app.agenda.move_by(1)
            await pilot.pause()
            assert len(made) <= 2
            made.clear()
            app.agenda.move_end()
            await pilot.pause()
            assert app.agenda.current == HUGE
            assert len(made) <= 2 * 40


async def test_moving_by_rows_pages_and_to_the_ends() -> None:
    app = Host()
    async with app.run_test(size=(100, 12)) as pilot:
        app.agenda.show(a_long_calendar(), NOW, [])
        await pilot.pause()
        start = app.agenda.cursor
        assert start is not None
        app.agenda.move_by(3)
        assert app.agenda.cursor == start + 3
        app.agenda.move_page(-1)
        assert app.agenda.cursor == start + 3 - 10
        app.agenda.move_home()
        assert app.agenda.cursor == 0
        app.agenda.move_by(-1)
        assert app.agenda.cursor == 0
        app.agenda.move_end()
        assert app.agenda.cursor == HUGE - 1
        app.agenda.go_to_day(day("2020-02-29"))
        assert app.agenda.current_instant == datetime(2020, 2, 29, tzinfo=UTC)
        app.agenda.go_to_now()
        assert app.agenda.cursor == start


async def test_the_cursor_stays_on_its_post_when_others_come_and_go() -> None:
    calendar = a_team()
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.agenda.show(calendar, NOW, [open_thursday()])
        await pilot.pause()
        app.agenda.go_to(6)
        earlier = Post(id=90, channel=1, title="Slipped in", at=datetime(2026, 11, 24, 8, 0))
        app.agenda.show(calendar.put(earlier), NOW, [open_thursday()])
        assert app.agenda.current == 6
        app.agenda.show(calendar.without(calendar.posts[6]), NOW, [open_thursday()])
        assert app.agenda.current == thursday(26)


async def test_marks_are_kept_while_their_posts_are_shown() -> None:
    calendar = a_team()
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.agenda.show(calendar, NOW, [])
        await pilot.pause()
        app.agenda.go_to(4)
        app.agenda.toggle_mark()
        app.agenda.go_to(6)
        app.agenda.mark_to(4)
        assert app.agenda.marked_posts() == [4, 2, 5, 6]
        assert sum("◆" in line for line in lines_of(app.agenda)) == 4
        app.agenda.show(calendar, NOW, [], parse_filter("#linkedin", calendar))
        assert app.agenda.marked_posts() == [4, 5, 6]
        app.agenda.marked.clear()
        assert app.agenda.marked_posts() == []


async def test_an_empty_agenda_shows_no_rows_and_takes_every_movement() -> None:
    app = Host()
    async with app.run_test(size=(100, 12)) as pilot:
        app.agenda.show(Calendar.empty(), NOW, [])
        await pilot.pause()
        app.agenda.move_by(1)
        app.agenda.move_end()
        app.agenda.go_to_now()
        assert app.agenda.current is None
        assert app.agenda.current_slot is None


async def test_a_click_puts_the_cursor_on_a_row_and_a_second_one_opens_it() -> None:
    opened: list[object] = []

    class Clicked(Host):
        def on_row_list_opened(self, message: AgendaList.Opened) -> None:
            opened.append(self.agenda.current)

    app = Clicked()
    async with app.run_test(size=(100, 20)) as pilot:
        app.agenda.show(a_team(), NOW, [])
        await pilot.pause()
        app.agenda.move_home()
        await pilot.click(AgendaList, offset=(20, 3))
        assert app.agenda.cursor == 2
        assert opened == []
        await pilot.click(AgendaList, offset=(20, 3))
        assert opened == [app.agenda.current]
