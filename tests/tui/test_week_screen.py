"""The week on the screen: what it looks like, and what the keys do to the calendar."""

from __future__ import annotations

from datetime import datetime

import pytest
from textual.widgets import Static

from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.tui.app import CadenceApp
from cadence.tui.screens.prompt import Prompt
from cadence.tui.screens.too_small import TooSmall
from cadence.tui.screens.week import WeekScreen
from tests.builders import a_calendar
from tests.tui.apps import an_app, answer, press
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import office

TO_STORIA = ("right", "right", "right", "up")
"""From where the cursor is at first (Monday, Instagram) to "Storia Bianchi" (Thursday, LinkedIn)."""


def week_of(app: CadenceApp) -> WeekScreen:
    screen = app.calendar_screen
    assert isinstance(screen, WeekScreen)
    return screen


def post_called(calendar: Calendar, title: str) -> Post:
    return next(post for post in calendar.posts.values() if post.title == title)


# What it looks like


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_the_week_reads_at_a_glance(width: int, height: int) -> None:
    async with an_app(office(), "Giulia", size=(width, height)) as (app, pilot):
        await press(app, pilot, *TO_STORIA)
        await pilot.pause(0.2)
        assert_golden(f"week_{width}x{height}", text_of(app))


async def test_a_terminal_without_our_letters_gets_plain_ones() -> None:
    async with an_app(office(), "Giulia", ascii_only=True) as (app, pilot):
        await press(app, pilot, *TO_STORIA)
        await pilot.pause(0.2)
        text = text_of(app)
        shown = text.replace("日本の工場", "")
        assert_golden("week_ascii", text)
        assert shown.isascii()


async def test_the_candidates_stand_beside_the_tasks() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "a")
        assert_golden("week_assign_120x40", text_of(app))


async def test_a_small_terminal_shows_the_post_instead_of_the_week() -> None:
    async with an_app(office(), "Giulia", size=(80, 24)) as (app, pilot):
        assert "Week 48" in text_of(app)
        await press(app, pilot, *TO_STORIA, "enter")
        text = text_of(app)
        assert "review    15′  nobody ▲" in text
        assert "Week 48" not in text
        await press(app, pilot, "escape")
        assert "Week 48" in text_of(app)


async def test_a_terminal_that_is_too_small_says_so_and_recovers() -> None:
    async with an_app(office(), "Giulia", size=(50, 12)) as (app, pilot):
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(100, 30)
        await press(app, pilot)
        assert isinstance(app.screen, WeekScreen)


async def test_the_screen_is_made_of_few_widgets() -> None:
    async with an_app(office(), "Giulia") as (app, _pilot):
        assert len(list(app.screen.walk_children())) < 20


# Movements


async def test_arrows_and_letters_move_alike_and_counts_repeat_them() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        grid = week_of(app).grid
        await press(app, pilot, "l", "l", "h")
        assert grid.day.isoformat() == "2026-11-24"
        await press(app, pilot, "3", "l")
        assert grid.day.isoformat() == "2026-11-27"
        assert app.current_mode == "week"


async def test_the_edge_of_the_week_leads_into_the_next() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "end", "right")
        assert week_of(app).grid.day.isoformat() == "2026-11-30"
        await press(app, pilot, "left", "H", "t")
        assert week_of(app).grid.day.isoformat() == "2026-11-23"


async def test_going_to_a_date_and_to_a_post() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "g")
        await answer(app, pilot, "1 dec")
        assert week_of(app).grid.day.isoformat() == "2026-12-01"
        await press(app, pilot, "g")
        await answer(app, pilot, str(post_called(office(), "Storia Bianchi").id))
        assert week_of(app).post_here == post_called(app.calendar, "Storia Bianchi")


async def test_a_date_that_cannot_be_read_is_explained_and_stays() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "g")
        await answer(app, pilot, "someday")
        assert isinstance(app.screen, Prompt)
        assert "'someday' is not a date" in text_of(app)


# Changing things


async def test_a_new_post_takes_the_open_slot_under_the_cursor() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "4", "right", "n")
        assert "takes the open slot" not in text_of(app)  # until there is a title
        await answer(app, pilot, "Un nuovo macchinario")
        post = post_called(app.calendar, "Un nuovo macchinario")
        assert post.slot is not None
        assert post.slot.local == datetime(2026, 11, 27, 18)
        assert week_of(app).post_here == post


async def test_moving_says_what_enter_will_do_and_enter_does_it() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "m", "right")
        assert app.status.text == (
            "Storia Bianchi → Fri 27 Nov 09:00 · counts half: late for Thu 26 · Elena, Marco are told"
        )
        assert app.calendar.seq == 1
        await press(app, pilot, "enter")
        assert post_called(app.calendar, "Storia Bianchi").at == datetime(2026, 11, 27, 9)
        assert app.status.text == "Moved Storia Bianchi to Fri 27 Nov 09:00 · u undoes"
        assert week_of(app).post_here == post_called(app.calendar, "Storia Bianchi")


async def test_escape_leaves_a_carried_post_where_it_was() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "m", "L", "right", "escape")
        assert app.calendar.seq == 1
        assert post_called(app.calendar, "Storia Bianchi").at == datetime(2026, 11, 26, 9)


async def test_a_post_carried_onto_an_open_slot_takes_it() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "m", "down")
        assert "takes the open slot, Thu 26 opens again" in app.status.text
        await press(app, pilot, "enter")
        post = post_called(app.calendar, "Storia Bianchi")
        assert post.slot is not None
        assert post.slot.local == post.at == datetime(2026, 12, 3, 9)


async def test_marked_posts_move_as_one_change_and_one_undo() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "v", "2", "left", "v", "greater_than_sign")
        assert app.calendar.seq == 2
        moved = [post_called(app.calendar, title).at.day for title in ("Il tornio", "Storia Bianchi")]
        assert moved == [25, 27]
        await press(app, pilot, "u")
        back = [post_called(app.calendar, title).at.day for title in ("Il tornio", "Storia Bianchi")]
        assert back == [24, 26]
        await press(app, pilot, "ctrl+r")
        assert post_called(app.calendar, "Storia Bianchi").at.day == 27


async def test_skipping_wants_a_reason_and_the_same_key_restores() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "d")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt)
        await answer(app, pilot, "the client said no")
        assert post_called(app.calendar, "Storia Bianchi").skip_reason == "the client said no"
        await press(app, pilot, "d")
        assert post_called(app.calendar, "Storia Bianchi").is_open


async def test_editing_changes_title_link_and_note() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "e")
        await answer(app, pilot, "Storia Rossi")
        post = post_called(app.calendar, "Storia Rossi")
        assert post.note == "Two photos from the yard\nAsk Mr Bianchi first"


async def test_published_records_when_and_where() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "right", "up", "P", "tab", *"x:y")
        await press(app, pilot, "enter")
        post = post_called(app.calendar, "Il tornio")
        assert (post.state, post.link) == ("published", "x:y")


async def test_looking_into_a_post_chooses_its_tasks_one_by_one() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "enter", "space")
        post = post_called(app.calendar, "Storia Bianchi")
        assert post.tasks["design"].is_done
        assert not post.tasks["review"].is_done
        await press(app, pilot, "space")
        assert not post_called(app.calendar, "Storia Bianchi").tasks["design"].is_done


async def test_the_filter_hides_the_rest_and_escape_shows_it_again() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "slash")
        await answer(app, pilot, "@marco")
        assert "Storia" in text_of(app)
        assert "Squadra" not in text_of(app)
        assert "showing @marco" in text_of(app)
        await press(app, pilot, "escape")
        assert "Squadra" in text_of(app)


async def test_the_command_line_does_what_the_keys_do() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "colon")
        await answer(app, pilot, "move +2d")
        assert post_called(app.calendar, "Storia Bianchi").at == datetime(2026, 11, 28, 9)


async def test_a_task_is_offered_to_somebody() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, *TO_STORIA, "c", "o")
        await answer(app, pilot, "anna")
        task = app.calendar.task(TaskRef(post_called(app.calendar, "Storia Bianchi").id, "review"))
        assert task.offer is not None
        assert task.offer.to == (app.calendar.member("Anna").id,)


async def test_prompts_too_are_plain_where_the_terminal_is() -> None:
    async with an_app(office(), "Giulia", ascii_only=True) as (app, pilot):
        await press(app, pilot, "right", "right", "right", "right", "n")
        shown = " ".join(str(part.render()) for part in app.screen.query(Static))
        assert "New post - Instagram" in shown
        assert shown.isascii()


async def test_the_cursor_never_leaves_sight_however_many_channels_there_are() -> None:
    builder = a_calendar().with_member("Giulia Rossi")
    for n in range(16):
        builder.with_channel(f"Channel {n}")
    async with an_app(builder.build(), "Giulia", size=(80, 24)) as (app, pilot):
        assert "Channel 15" not in text_of(app)
        await press(app, pilot, *["down"] * 15)
        assert "Channel 15" in text_of(app)
        assert "Channel 0 " not in text_of(app)
