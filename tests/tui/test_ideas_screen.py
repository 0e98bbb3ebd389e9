"""Ideas in the app: from anywhere in a line, votes and words, decisions with reasons, and a slot each."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from cadence.model.post import Idea
from cadence.tui.app import CadenceApp
from cadence.tui.screens.choose_slot import ChooseSlotScreen
from cadence.tui.screens.ideas import IdeasScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.idea_list import Heading, idea_rows, kept_ideas
from cadence.tui.widgets.idea_panel import idea_lines
from tests.builders import NOW, day, local
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.contributors import BLOG, GIULIA, MARCO, a_small_office, a_team_with_ideas
from tests.tui.goldens import SIZES, assert_golden, text_of


def the(app: CadenceApp) -> IdeasScreen:
    screen = app.calendar_screen
    assert isinstance(screen, IdeasScreen)
    return screen


async def fill(app: CadenceApp, pilot: Pilot[None], **answers: str) -> None:
    assert isinstance(app.screen, Prompt)
    for name, text in answers.items():
        app.screen.query_one(f"#field-{name}", Input).value = text
    await settle(app, pilot)


def test_what_expires_comes_first_and_what_is_settled_last() -> None:
    rows = idea_rows(list(a_team_with_ideas().ideas.values()))
    parts = [row.title for row in rows if isinstance(row, Heading) and row.title]
    assert parts == ["Open", "Accepted", "Became posts", "Parked", "Declined"]
    assert [row.id for row in rows if isinstance(row, Idea)] == [3, 1, 2, 5, 4, 6, 7]


def test_an_idea_says_who_is_for_it_what_was_said_and_what_became_of_it() -> None:
    calendar = a_team_with_ideas()

    def said(idea: int, width: int = 100) -> str:
        return "\n".join(map(plain, idea_lines(calendar, calendar.ideas[idea], NOW, width)))

    assert "votes     2: Anna, Giulia" in said(2)
    assert "Marco     I have pictures of the old grindstone.  (yesterday)" in said(1)
    assert "parked    by Giulia, today: when there is time for it" in said(6)
    assert (
        "became    Anna’s idea → ● post 1 “Il tornio”, LinkedIn, Fri 20 Nov, published → boosted by Marco"
        in said(4)
    )
    assert all(len(line) <= 40 for line in said(4, 40).splitlines())


@pytest.mark.parametrize("size", SIZES)
async def test_the_ideas_look_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team_with_ideas(), "Giulia", "ideas", size=size) as (app, _):
        assert_golden(f"ideas_{size[0]}x{size[1]}", text_of(app))


async def test_without_ideas_the_screen_says_how_to_have_one_in_plain_letters_too() -> None:
    async with an_app(a_small_office().build(), "Giulia", "ideas", ascii_only=True) as (app, pilot):
        text = text_of(app)
        assert "No ideas yet: i writes one down" in text
        assert text.isascii()
        await press(app, pilot, "plus")
        assert "no idea here" in app.status.text


async def test_an_idea_is_written_down_from_any_screen_in_a_line() -> None:
    async with an_app(a_small_office().build(), "Marco", size=(80, 24)) as (app, pilot):
        await press(app, pilot, "i")
        assert "a line will do" in text_of(app)
        await pilot.press(*"Hall", "tab", *"Blog", "tab", *"fri")
        await settle(app, pilot)
        assert "Yours, for Blog, good until Fri 27 Nov" in text_of(app)
        await press(app, pilot, "enter")
        (idea,) = app.calendar.ideas.values()
        assert (idea.text, idea.author, idea.channel, idea.good_until) == (
            "Hall",
            MARCO,
            BLOG,
            day("2026-11-27"),
        )
        await press(app, pilot, "u")
        assert not app.calendar.ideas


async def test_keys_that_follow_each_other_at_once_go_where_they_are_meant() -> None:
    async with an_app(a_small_office().build(), "Marco") as (app, pilot):
        for key in ("i", *"Hall", "tab", *"Blog", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(app, pilot)
        await settle(app, pilot)
        assert [(idea.text, idea.channel) for idea in app.calendar.ideas.values()] == [("Hall", BLOG)]


async def test_a_wrong_channel_or_a_day_that_is_over_is_said_while_typing() -> None:
    async with an_app(a_team_with_ideas(), "Marco", "ideas") as (app, pilot):
        await press(app, pilot, "i")
        await fill(app, pilot, text="Hall", channel="Bog")
        assert "there is no channel 'Bog'" in text_of(app)
        await fill(app, pilot, channel="", until="2026-11-20")
        assert "Fri 20 Nov is over" in text_of(app)
        await fill(app, pilot, until="")
        await press(app, pilot, "enter")
        current = the(app).list.current
        assert current is not None
        assert current.text == "Hall", "the cursor is on the new one"


async def test_plus_votes_and_takes_the_vote_back_but_not_for_ones_own() -> None:
    async with an_app(a_team_with_ideas(), "Giulia", "ideas") as (app, pilot):
        await press(app, pilot, "plus")
        assert app.calendar.ideas[3].votes == (GIULIA,)
        await press(app, pilot, "plus")
        assert app.calendar.ideas[3].votes == ()
        app.viewer_id = MARCO
        await press(app, pilot, "plus")
        assert "is your own - ask others to vote for it" in app.status.text


async def test_a_comment_stands_in_the_panel_and_long_talk_can_be_read() -> None:
    async with an_app(a_team_with_ideas(), "Marco", "ideas", size=(80, 24)) as (app, pilot):
        await press(app, pilot, "down", "c")
        await answer(app, pilot, "In the morning, then.")
        assert app.calendar.ideas[1].comments[-1].text == "In the morning, then."
        assert "In the morning" not in text_of(app), "the panel is too small for all of it"
        await press(app, pilot, "enter")
        assert "Marco     In the morning, then.  (today)" in text_of(app)
        await press(app, pilot, "escape")
        assert not the(app).is_reading
        assert app.current_mode == "ideas"


async def test_a_lead_decides_with_a_reason_that_all_can_read() -> None:
    async with an_app(a_team_with_ideas(), "Giulia", "ideas") as (app, pilot):
        await press(app, pilot, "d")
        assert "why? all can read it" in text_of(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt), "not without a reason"
        await answer(app, pilot, "the doors are closed")
        assert (app.calendar.ideas[3].state, app.calendar.ideas[3].note) == (
            "declined",
            "the doors are closed",
        )
        await press(app, pilot, "u", "z")
        await answer(app, pilot, "in spring")
        assert app.calendar.ideas[3].state == "parked"
        the(app).list.go_to(1)
        await press(app, pilot, "a", "enter")
        assert app.calendar.ideas[1].state == "accepted"
        await press(app, pilot, "r")
        assert app.calendar.ideas[1].state == "open"


async def test_others_are_not_offered_to_decide_and_hear_why() -> None:
    async with an_app(a_team_with_ideas(), "Anna", "ideas") as (app, pilot):
        assert "accept" not in dict(map(reversed, the(app).hints()))
        await press(app, pilot, "a")
        assert "Anna Conti does not lead - vote for it" in app.status.text
        assert not isinstance(app.screen, Prompt)
        the(app).list.go_to(1)
        await press(app, pilot, "d")
        assert isinstance(app.screen, Prompt), "her own she may give up"


async def test_marked_ideas_are_decided_together() -> None:
    async with an_app(a_team_with_ideas(), "Giulia", "ideas") as (app, pilot):
        await press(app, pilot, "v", "v", "z")
        await answer(app, pilot, "after the fair")
        assert [app.calendar.ideas[id].state for id in (1, 2, 3)] == ["parked", "open", "parked"]
        assert {app.calendar.ideas[id].note for id in (1, 3)} == {"after the fair"}
        await press(app, pilot, "u")
        assert {app.calendar.ideas[id].state for id in (1, 2, 3)} == {"open"}, "one undo for both"


async def test_n_and_enter_make_an_idea_the_post_of_the_slot_that_suits_best() -> None:
    async with an_app(a_team_with_ideas(), "Anna", "ideas") as (app, pilot):
        await press(app, pilot, "n")
        assert isinstance(app.screen, ChooseSlotScreen)
        assert "“Open doors on Saturday” goes on Blog, Thu 26 Nov 10:00 · u undoes" in text_of(app)
        await press(app, pilot, "enter")
        idea = app.calendar.ideas[3]
        assert idea.post is not None
        post = app.calendar.posts[idea.post]
        assert (post.title, post.author, post.idea) == ("Open doors on Saturday", "Marco Villa", 3)
        assert post.slot is not None
        assert post.slot.local == local("2026-11-26T10:00")
        assert "Marco’s idea → ○ post 4" in text_of(app)
        await press(app, pilot, "enter", "enter")
        assert app.current_mode == "week", "reading it, Enter leads to its post"


async def test_another_key_chooses_another_slot_and_the_idea_must_still_be_good() -> None:
    async with an_app(a_team_with_ideas(), "Anna", "ideas", size=(80, 24)) as (app, pilot):
        the(app).list.go_to(1)
        await press(app, pilot, "n", "n", "enter")
        post = app.calendar.ideas[1].post
        assert post is not None
        assert app.calendar.posts[post].at == local("2026-12-03T10:00")
        await press(app, pilot, "n")
        assert "has become post" in app.status.text


async def test_where_no_slot_is_open_it_says_so_and_enter_does_nothing() -> None:
    calendar = a_team_with_ideas()
    calendar = calendar.without(*calendar.rhythms.values())
    async with an_app(calendar, "Anna", "ideas", ascii_only=True) as (app, pilot):
        await press(app, pilot, "n", "enter")
        assert "No open slot suits it" in text_of(app)
        await press(app, pilot, "escape")
        assert app.calendar.ideas[3].post is None


async def test_an_idea_is_said_better_and_copied() -> None:
    async with an_app(a_team_with_ideas(), "Anna", "ideas") as (app, pilot):
        the(app).list.go_to(1)
        await press(app, pilot, "y")
        assert app.clipboard == "https://example.com/tools"
        await press(app, pilot, "e")
        await fill(app, pilot, text="How Marco sharpens tools", until="", link="")
        await press(app, pilot, "enter")
        idea = app.calendar.ideas[1]
        assert (idea.text, idea.channel, idea.good_until, idea.link) == (
            "How Marco sharpens tools",
            BLOG,
            None,
            None,
        )


async def test_a_filter_keeps_ideas_by_channel_author_words_and_what_became_of_them() -> None:
    async with an_app(a_team_with_ideas(), "Giulia", "ideas") as (app, _):
        for text, kept in (
            ("#blog", {1, 3}),
            ("@marco", {2, 3, 6}),
            ("grindstone", {1}),
            ("is:published", {4}),
        ):
            the(app).set_filter(text)
            assert {idea.id for idea in kept_ideas(app.calendar, app.filter)} == kept
            assert {row.id for row in the(app).list.rows if isinstance(row, Idea)} == kept
