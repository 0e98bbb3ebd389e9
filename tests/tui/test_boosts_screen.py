"""Boosts in the app: what went out and could be passed on, each key for it, and who takes part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from cadence.insight.boosting import colleagues
from cadence.model.calendar import Calendar
from cadence.model.post import Boost
from cadence.tui.app import CadenceApp
from cadence.tui.filter import parse_filter
from cadence.tui.screens.ask_boost import AskBoostScreen
from cadence.tui.screens.boosts import BoostsScreen
from cadence.tui.screens.prompt import Prompt
from cadence.tui.widgets.boost_line import answers_text
from cadence.tui.widgets.boost_panel import Shown, boost_lines
from cadence.tui.widgets.boost_rows import (
    PeopleRow,
    PostRow,
    ShareRow,
    boost_rows,
    lately_text,
    who_takes_part,
)
from cadence.tui.widgets.cells import plain, width_of
from cadence.tui.widgets.my_week_rows import NoteRow, TitleRow
from tests.builders import NOW, a_calendar, day
from tests.tui.apps import an_app, answer, press
from tests.tui.contributors import ANNA, GIULIA, MARCO, a_small_office
from tests.tui.goldens import SIZES, assert_golden, text_of

LATHE, YARD, OLD = 1, 4, 5
"""Out on Friday, with a link; out on Thursday, without; out three weeks ago."""


def a_team_that_boosts() -> Calendar:
    """Of the post of Friday Anna was asked on Monday, which is today, Marco boosted it, Giulia said no."""
    calendar = (
        a_small_office()
        .with_publication("Blog", "2026-11-19T09:00", "A day in the yard")
        .with_publication("Blog", "2026-11-02T09:00", "Old news", link="https://example.com/o")
        .build()
    )
    return calendar.put(
        Boost(id=1, post=LATHE, member=ANNA, day=day("2026-11-23")),
        Boost(id=2, post=LATHE, member=MARCO, day=day("2026-11-23"), at=NOW - timedelta(hours=1)),
        Boost(id=3, post=LATHE, member=GIULIA, day=day("2026-11-24"), declined=True),
    )


def the(app: CadenceApp) -> BoostsScreen:
    screen = app.calendar_screen
    assert isinstance(screen, BoostsScreen)
    return screen


def posts(calendar: Calendar, viewer: int | None) -> list[PostRow]:
    return [row for row in boost_rows(calendar, viewer, NOW, None) if isinstance(row, PostRow)]


def test_what_is_asked_of_one_comes_first_then_what_else_went_out_in_two_weeks() -> None:
    calendar = a_team_that_boosts()
    assert [(row.post, row.is_asked) for row in posts(calendar, ANNA)] == [(LATHE, True), (YARD, False)]
    assert [(row.post, row.is_asked) for row in posts(calendar, MARCO)] == [(LATHE, False), (YARD, False)]


def test_a_filter_leaves_out_what_it_does_not_keep() -> None:
    calendar = a_team_that_boosts()
    rows = boost_rows(calendar, ANNA, NOW, None, parse_filter("#blog", calendar))
    assert [row.post for row in rows if isinstance(row, PostRow)] == [YARD]


def test_a_row_says_who_passed_it_on_who_is_asked_and_who_said_no() -> None:
    first, second = posts(a_team_that_boosts(), ANNA)
    assert answers_text(first.answers) == "by Marco · asked: Anna today · no: Giulia"
    assert answers_text(second.answers) == ""


def test_an_ask_that_nobody_answered_for_a_week_has_lapsed() -> None:
    calendar = a_team_that_boosts()
    late = replace(calendar.boosts[1], day=day("2026-11-16"))
    (row, _) = posts(calendar.put(late), ANNA)
    assert not row.is_asked
    assert row.answers.silent == ("Anna",)


def test_the_panel_says_what_one_could_say_and_what_each_answer_does() -> None:
    calendar = a_team_that_boosts()

    def panel(member: int, place: int, width: int = 100) -> str:
        viewer = calendar.members[member]
        shown = Shown(calendar, posts(calendar, member)[place], viewer, NOW)
        lines = list(boost_lines(shown, width))
        assert all(width_of(line) <= width for line in lines)
        return "\n".join(map(plain, lines))

    assert "say        New on our LinkedIn: “Il tornio” https://example.com/t" in panel(ANNA, 0)
    assert "space: done (5′) · D: no, nobody asks why" in panel(ANNA, 0)
    assert "boosted it today · space: you did not" in panel(MARCO, 0)
    assert "none yet: e gives it one" in panel(ANNA, 1)
    assert "https://example.com/t" in panel(ANNA, 0, 40)


def test_who_takes_part_is_told_once_or_often_alike_and_never_of_a_small_department() -> None:
    calendar = a_calendar().with_channel("Blog")
    for name, department in (("Ada", "Sales"), ("Bea", "Sales"), ("Cleo", "Sales"), ("Dora", "Office")):
        calendar.with_member(name, department=department)
    calendar.with_publication("Blog", "2026-11-20T08:00", "Il tornio", link="https://example.com/t")
    boosted = [
        Boost(id=n, post=1, member=n, day=day("2026-11-20"), at=NOW - timedelta(days=1)) for n in (1, 4)
    ]
    helped = calendar.build().put(*boosted)
    part = who_takes_part(helped, NOW)
    rows = boost_rows(helped, None, NOW, part)
    people = {row.label: row.names for row in rows if isinstance(row, PeopleRow)}
    assert people["boosted"] == "Ada, Dora"
    assert people["none of these"] == "Bea, Cleo"
    shares = {row.name: row.figures for row in rows if isinstance(row, ShareRow) and not row.is_heading}
    assert list(shares) == ["Officine Rossi", "Sales"], "one person is no department"
    assert shares["Sales"][:5] == ("3", "0 %", "33 %", "0 %", "33 %")
    assert lately_text(part).startswith("2 of 4 colleagues (50 %) gave an idea or a boost")


def test_while_it_is_being_counted_the_list_says_so() -> None:
    rows = boost_rows(a_team_that_boosts(), ANNA, NOW, None)
    assert isinstance(rows[-2], TitleRow)
    assert rows[-1] == NoteRow("counting …")


def test_whoever_was_asked_longest_ago_is_proposed_first_and_the_others_say_why_not() -> None:
    calendar = a_team_that_boosts().without(*list(a_team_that_boosts().boosts.values())[1:])
    found = colleagues(calendar, calendar.posts[LATHE], NOW)
    assert [(one.member, one.day, one.why_not) for one in found] == [
        (GIULIA, day("2026-11-24"), ""),
        (MARCO, day("2026-11-24"), ""),
        (ANNA, None, "asked on Mon 23 Nov"),
    ]


# The screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_boosts_look_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team_that_boosts(), "Anna", "boosts", size=size) as (app, _):
        assert_golden(f"boosts_{size[0]}x{size[1]}", text_of(app))


async def test_they_read_in_plain_letters_too() -> None:
    async with an_app(a_team_that_boosts(), "Anna", "boosts", size=(80, 24), ascii_only=True) as (app, _):
        text = text_of(app)
        assert text.isascii()
        assert_golden("boosts_ascii", text)


async def test_space_says_that_one_did_again_that_one_did_not_and_d_no() -> None:
    async with an_app(a_team_that_boosts(), "Anna", "boosts") as (app, pilot):
        await press(app, pilot, "space")
        assert app.calendar.boosts[1].at == NOW
        assert (row := the(app).list.current) is not None
        assert (row.post, row.is_asked) == (LATHE, False), "the cursor goes with it"
        await press(app, pilot, "space")
        assert app.calendar.boosts[1].at is None
        await press(app, pilot, "D")
        assert app.calendar.boosts[1].declined
        assert not isinstance(app.screen, Prompt), "nobody asks why"


async def test_a_colleague_who_did_is_named_on_the_command_line() -> None:
    async with an_app(a_team_that_boosts(), "Marco", "boosts") as (app, pilot):
        await press(app, pilot, "colon")
        await answer(app, pilot, "done Anna")
        assert app.calendar.boosts[1].at == NOW
        await press(app, pilot, "colon")
        await answer(app, pilot, "done Zoe")
        assert "there is no member 'Zoe'" in app.status.text


async def test_n_asks_one_more_and_says_first_whom_when_and_what_it_takes() -> None:
    calendar = a_team_that_boosts().without(*list(a_team_that_boosts().boosts.values())[1:])
    async with an_app(calendar, "Anna", "boosts") as (app, pilot):
        await press(app, pilot, "n")
        assert isinstance(app.screen, AskBoostScreen)
        assert "Giulia Rossi is asked on Tue 24 Nov · 5′: 0 % → 3 %" in text_of(app)
        await press(app, pilot, "n", "enter")
        assert [(boost.member, boost.day) for boost in app.calendar.boosts.values()] == [
            (ANNA, day("2026-11-23")),
            (MARCO, day("2026-11-24")),
        ]
        await press(app, pilot, "n", "escape")
        assert len(app.calendar.boosts) == 2


async def test_y_copies_what_one_could_say_b_opens_the_link_enter_goes_to_the_post(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "far away")
    async with an_app(a_team_that_boosts(), "Anna", "boosts") as (app, pilot):
        await press(app, pilot, "y")
        assert app.clipboard == "New on our LinkedIn: “Il tornio” https://example.com/t"
        await press(app, pilot, "b")
        assert app.clipboard == "https://example.com/t", "no browser on the other side of the line"
        the(app).list.go_to_post(YARD)
        await press(app, pilot, "y")
        assert "no link to copy" in app.status.text
        await press(app, pilot, "end", "y")
        assert app.clipboard.split()[:3] == ["Officine", "Rossi", "3"], "the figures, too"
        await press(app, pilot, "enter")
        assert "once or often alike" in app.status.text
        await press(app, pilot, "home", "enter")
        assert app.current_mode == "week"


async def test_a_quiet_team_is_told_in_words_at_the_head() -> None:
    long_ago = NOW - timedelta(days=60)
    calendar = a_small_office().build()
    old = [replace(one, modified=long_ago) for one in calendar.members.values()]
    async with an_app(calendar.put(*old), "Anna", "boosts", size=(80, 24)) as (app, _):
        assert "None of 3 colleagues gave an idea or a boost since Mon 26 Oct" in text_of(app)


async def test_a_post_without_a_link_asks_nobody_and_with_one_colleagues() -> None:
    async with an_app(a_team_that_boosts(), "Anna", "boosts") as (app, pilot):
        await press(app, pilot, "n")
        assert "Nobody can be asked for it in the next days" in text_of(app), "all have an answer"
        await press(app, pilot, "escape")
        the(app).list.go_to_post(YARD)
        await press(app, pilot, "n")
        assert app.status.text == "It has no link yet: e gives it one"
        await press(app, pilot, "e")
        assert "without one nobody can pass it on" in text_of(app)
        app.screen.query_one(Input).value = "https://example.com/yard"
        await press(app, pilot, "enter")
        assert app.calendar.posts[YARD].link == "https://example.com/yard"
        assert "asked to boost it" in app.status.text
