"""The agenda as a screen: what each key does there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cadence.model.calendar import Calendar
from cadence.model.rhythm import SlotKey
from cadence.tui.app import CadenceApp
from cadence.tui.screens.agenda import AgendaScreen
from tests.builders import NOW, a_calendar, day, local
from tests.tui.apps import an_app, answer, catch_up, press
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import workspace_of

STORIA, TORNIO = 5, 6


def a_team() -> Calendar:
    builder = (
        a_calendar()
        .with_channel("LinkedIn")
        .with_channel("Blog")
        .with_member("Anna", role="lead", allowance=300)
        .with_member("Marco", allowance=300)
        .with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00", "2026-11-01")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", "2026-11-01")
        .with_publication("LinkedIn", "2026-11-10T08:04", "Il banco prova", slot=slot("2026-11-10T09:00"))
        .with_publication("LinkedIn", "2026-11-12T08:00", "La fiera di Milano", slot=slot("2026-11-12T09:00"))
        .with_publication("LinkedIn", "2026-11-18T15:00", "Un giorno tardi", slot=slot("2026-11-17T09:00"))
        .with_post("LinkedIn", "2026-11-19T09:00", "Saltato", state="skipped", skip_reason="cliente in ferie")
    )
    everyone = {"draft": "Anna", "design": "Marco", "review": "Marco", "publish": "Anna", "engage": "Anna"}
    return (
        builder.with_post(
            "LinkedIn", "2026-11-24T09:00", "Storia Bianchi", tasks=everyone,
            done=("draft", "design", "review"), state="approved", slot="2026-11-24T09:00",
        )
        .with_post("LinkedIn", "2026-11-26T09:00", "Il tornio", tasks=everyone, slot="2026-11-26T09:00")
        .with_post("Blog", "2026-12-03T10:00", "Perché la ghisa non perdona", slot="2026-12-03T10:00")
        .build()
    )  # fmt: skip


def slot(text: str) -> SlotKey:
    return SlotKey(1, local(text))


def the(app: CadenceApp) -> AgendaScreen:
    screen = app.screen
    assert isinstance(screen, AgendaScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_agenda_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team(), "Anna", "agenda", size=size) as (app, _):
        assert_golden(f"agenda_{size[0]}x{size[1]}", text_of(app))


async def test_the_agenda_in_plain_letters() -> None:
    async with an_app(a_team(), "Anna", "agenda", size=(80, 24), ascii_only=True) as (app, _):
        text = text_of(app)
        assert text.replace("é", "e").isascii(), "only titles may have other letters"
        assert_golden("agenda_ascii", text)


async def test_moving_through_the_agenda() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        agenda = the(app).list
        assert agenda.current == STORIA
        await press(app, pilot, "j")
        assert agenda.current == TORNIO
        await press(app, pilot, "k")
        assert agenda.current == STORIA
        await press(app, pilot, "L")
        assert agenda.current_instant == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
        await press(app, pilot, "t")
        assert agenda.current == STORIA
        await press(app, pilot, "home")
        assert agenda.cursor == 0
        await press(app, pilot, "end")
        assert agenda.cursor == agenda.row_count() - 1
        await press(app, pilot, "K")
        assert agenda.current_instant is not None
        assert agenda.current_instant < NOW


async def test_g_goes_to_a_date_or_a_post() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        await press(app, pilot, "g")
        await answer(app, pilot, "3 dec")
        instant = the(app).list.current_instant
        assert instant is not None
        assert instant.date() == day("2026-12-03")
        await press(app, pilot, "g")
        await answer(app, pilot, "1")
        assert the(app).list.current == 1


async def test_moving_a_post_takes_the_cursor_with_it() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        await press(app, pilot, "greater_than_sign")
        assert app.calendar.posts[STORIA].at == local("2026-11-25T09:00"), "the hour is kept"
        assert the(app).list.current == STORIA
        await press(app, pilot, "u")
        assert app.calendar.posts[STORIA].at == local("2026-11-24T09:00")


async def test_marks_move_together_and_undo_takes_both_back() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        await press(app, pilot, "v", "v", "greater_than_sign")
        assert app.calendar.posts[STORIA].at == local("2026-11-25T09:00")
        assert app.calendar.posts[TORNIO].at == local("2026-11-27T09:00")
        assert the(app).list.marked_posts() == []
        await press(app, pilot, "u")
        assert app.calendar.posts[TORNIO].at == local("2026-11-26T09:00")


async def test_n_on_an_open_slot_plans_a_post_that_takes_it() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        screen = the(app)
        screen.go_to_day(day("2026-11-26"))
        await press(app, pilot, "down")
        found = screen.list.current_slot
        assert found is not None
        await press(app, pilot, "n")
        await answer(app, pilot, "Un nuovo articolo")
        post = max(app.calendar.posts.values(), key=lambda post: post.id)
        assert post.title == "Un nuovo articolo"
        assert post.slot == found.slot.key
        assert the(app).list.current == post.id


async def test_the_filter_shows_only_some_and_escape_shows_all() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        screen = the(app)
        every = screen.list.row_count()
        await press(app, pilot, "slash")
        await answer(app, pilot, "bianchi")
        assert screen.list.row_count() == 1
        await press(app, pilot, "asterisk")
        assert screen.selected_posts() == [STORIA]
        await press(app, pilot, "escape", "escape")
        assert screen.list.row_count() == every


async def test_enter_shows_the_post_in_its_week() -> None:
    async with an_app(a_team(), "Anna", "agenda") as (app, pilot):
        await press(app, pilot, "enter")
        assert app.current_mode == "week"
        assert app.calendar_screen is not None
        assert app.calendar_screen.selected_posts() == [STORIA]


async def test_another_persons_change_appears_without_losing_the_cursor() -> None:
    from cadence.operations.posts import add_post

    workspace = workspace_of(a_team())
    async with an_app(workspace, "Anna", "agenda") as (app, pilot):
        await press(app, pilot, "down")
        before = the(app).list.row_count()
        marco = workspace.calendar.member("Marco")
        workspace.run(add_post, 2, "Di corsa", who=marco, now=NOW, at=local("2026-11-24T08:00"))
        await catch_up(app, pilot, workspace)
        assert the(app).list.row_count() == before + 1
        assert the(app).list.current == TORNIO
