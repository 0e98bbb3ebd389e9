"""Searching, jumping, doing something once more, and what happens when something goes wrong."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from cadence.tui.jumping import LETTERS, labels
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.details import DetailsScreen
from cadence.tui.screens.jump import JumpScreen
from cadence.tui.screens.search import SearchScreen
from cadence.tui.screens.week import WeekScreen
from cadence.tui.terminal import has_browser
from tests.tui.apps import an_app, press, settle
from tests.tui.contributors import a_team_with_ideas
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import office

# Searching


async def search(app, pilot, text: str) -> SearchScreen:
    await press(app, pilot, "F")
    if learning := [worker for worker in app.workers if worker.group == "search"]:
        await app.workers.wait_for_complete(learning)
    assert isinstance(app.screen, SearchScreen)
    app.screen.query_one(Input).value = text
    await settle(app, pilot)
    return app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_search_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(office(), "Giulia", "agenda", size=size) as (app, pilot):
        await search(app, pilot, "an")
        assert_golden(f"search_{size[0]}x{size[1]}", text_of(app))


async def test_enter_goes_to_the_post_that_was_found() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await search(app, pilot, "bianchi")
        await press(app, pilot, "enter")
        assert app.current_mode == "week"
        screen = app.calendar_screen
        assert isinstance(screen, CalendarScreen)
        assert [app.calendar.posts[id].title for id in screen.selected_posts()] == ["Storia Bianchi"]


async def test_what_is_found_can_be_chosen_and_left() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        found = await search(app, pilot, "anna")
        assert found.query_one("SearchList").current.kind == "member"
        await press(app, pilot, "enter")
        assert app.filter.says == "@anna-conti"
        await search(app, pilot, "xyzzy")
        assert "Nothing says that." in text_of(app)
        await press(app, pilot, "escape")
        assert app.current_mode == "agenda"


async def test_what_somebody_wrote_meanwhile_is_found() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await search(app, pilot, "squadra")
        await press(app, pilot, "escape", "n")
        app.screen.query_one("#field-title", Input).value = "Squadrone"
        app.screen.query_one("#field-channel", Input).value = "Blog"
        await press(app, pilot, "enter")
        found = await search(app, pilot, "squadron")
        assert found.query_one("SearchList").current is not None


# Jumping


def test_no_label_is_the_beginning_of_another() -> None:
    for count in (0, 1, len(LETTERS), len(LETTERS) + 1, 200):
        given = labels(count)
        assert len(set(given)) == count
        assert not any(a != b and b.startswith(a) for a in given for b in given)


async def test_screens_keep_labels_of_one_letter_so_that_their_names_can_be_read() -> None:
    async with an_app(office(), "Giulia", "team", size=(200, 60)) as (app, pilot):
        await press(app, pilot, "apostrophe")
        assert isinstance(app.screen, JumpScreen)
        signs = [(sign.region, str(sign.render())) for sign in app.screen.query(".jump-label")]
        assert max(len(label) for _region, label in signs) == 2
        assert {len(label) for region, label in signs if region.y == 0} == {1}


async def test_a_letter_leads_to_a_row_that_can_be_seen() -> None:
    async with an_app(a_team_with_ideas(), "Giulia", "ideas") as (app, pilot):
        ideas = app.calendar_screen.query_one("IdeaList")  # type: ignore[union-attr]
        await press(app, pilot, "end")
        last = ideas.cursor
        await press(app, pilot, "apostrophe")
        assert isinstance(app.screen, JumpScreen)
        places = [go.args[0] if go.args else None for go in app.screen._goes.values()]  # type: ignore[attr-defined]
        first = next(n for n, place in enumerate(places) if isinstance(place, int))
        await press(app, pilot, *list(app.screen._goes)[first])
        assert not isinstance(app.screen, JumpScreen)
        assert ideas.cursor != last


async def test_in_the_week_a_letter_leads_to_a_post_that_can_be_seen() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        chips = [(row, day) for row in week.grid.view.rows for day in range(7) if row.cells[day]]
        await press(app, pilot, "shift+tab", "apostrophe")
        assert isinstance(app.screen, JumpScreen)
        labels = list(app.screen._goes)  # type: ignore[attr-defined]
        await press(app, pilot, *labels[-1])
        row, day = chips[-1]
        assert (week.part, week.grid.chip) == ("grid", row.cells[day][-1])


async def test_a_letter_leads_to_another_screen() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await press(app, pilot, "apostrophe", "a")
        assert app.current_mode == "week"


async def test_a_key_that_is_no_label_leaves() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await press(app, pilot, "apostrophe", "1")
        assert not isinstance(app.screen, JumpScreen)
        assert app.current_mode == "agenda"


# Once more


async def test_a_full_stop_does_the_same_with_what_is_chosen_now() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        screen = app.calendar_screen
        assert isinstance(screen, CalendarScreen)
        squad = next(post.id for post in app.calendar.posts.values() if post.title == "Squadra")
        visit = next(post.id for post in app.calendar.posts.values() if "visita" in post.title)
        screen.go_to_post(squad)
        await settle(app, pilot)
        app.go_to_place("agenda")
        await settle(app, pilot)
        app.calendar_screen.go_to_post(squad)  # type: ignore[union-attr]
        await press(app, pilot, "greater_than_sign", "greater_than_sign")
        before = app.calendar.posts[visit].at
        app.calendar_screen.go_to_post(visit)  # type: ignore[union-attr]
        await press(app, pilot, "full_stop")
        assert (app.calendar.posts[visit].at - before).days == 1


async def test_assigning_is_done_once_more_with_the_same_person() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        screen = app.calendar_screen
        assert isinstance(screen, CalendarScreen)
        visit = next(post.id for post in app.calendar.posts.values() if "visita" in post.title)
        screen.go_to_post(visit)
        await settle(app, pilot)
        await app.calendar_screen.action_task_assign("Anna").wait()  # type: ignore[union-attr]
        await settle(app, pilot)
        await press(app, pilot, "full_stop")
        tasks = app.calendar.posts[visit].tasks
        assert [tasks[kind].member for kind in ("draft", "design")] == [1, 1]


async def test_without_anything_done_there_is_nothing_to_repeat() -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):
        await press(app, pilot, "full_stop")
        assert "nothing to do once more" in app.status.text


# What goes wrong


async def test_a_mistake_of_ours_is_said_with_details_one_key_away_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with an_app(office(), "Giulia", "agenda") as (app, pilot):

        async def fail(*_args: object, **_options: object) -> None:
            raise RuntimeError("the disk is made of cheese")

        monkeypatch.setattr(app, "perform", fail)
        app.calendar_screen.go_to_post(next(iter(app.calendar.posts)))  # type: ignore[union-attr]
        await app.calendar_screen.run_action("post_skip('storm')")  # type: ignore[union-attr]
        await settle(app, pilot)
        assert "the disk is made of cheese" in app.status.text
        await press(app, pilot, "exclamation_mark")
        assert isinstance(app.screen, DetailsScreen)
        assert "Traceback" in text_of(app)
        await press(app, pilot, "y", "escape")
        assert "RuntimeError" in app.clipboard
        assert app.is_running


def test_a_link_opens_where_the_user_sits() -> None:
    assert has_browser({"DISPLAY": ":0"}, "linux")
    assert not has_browser({}, "linux")
    assert not has_browser({"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4"}, "linux")
    assert has_browser({}, "darwin")


# Numbers


async def test_a_number_is_a_count_for_a_movement_and_else_a_screen_however_fast_one_types() -> None:
    async with an_app(office(), "Giulia", "week") as (app, pilot):
        app.count_wait = 60
        week = app.calendar_screen
        before = week.grid.day  # type: ignore[union-attr]
        await press(app, pilot, "3", "l")
        assert (week.grid.day - before).days == 3  # type: ignore[union-attr]
        await press(app, pilot, "4", "j")
        assert app.current_mode == "week"
        app.post_message(events.Key("8", "8"))
        app.post_message(events.Key("y", "y"))
        await settle(app, pilot)
        await settle(app, pilot)
        assert app.current_mode == "review"
        assert "Copied all of it" in app.status.text or "nothing to copy" in app.status.text
