"""Every screen as plain text: for a pipe or a screen reader, without a terminal."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.cells import cell_len

from cadence.cli.guides import text_of
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError
from cadence.tui.actions.places import ALL, PLACES
from cadence.tui.plain import plain_text, text_of_place
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.cli.test_documentation import ALL as COMMANDS
from tests.tui.apps import an_app
from tests.tui.contributors import a_small_office
from tests.tui.office import workspace_of


def shown(place: str, width: int = 80, calendar: Calendar | None = None, **more: Any) -> str:
    workspace = workspace_of(calendar or a_small_office().build())
    viewer = workspace.calendar.member("Giulia")
    return plain_text(lambda: (workspace, viewer), lambda: NOW, place, width, **more)


async def test_every_screen_can_be_read_without_a_terminal() -> None:
    async with an_app(a_small_office().build(), "Giulia", size=(80, 40)) as (app, pilot):
        for place in ALL:
            text = await text_of_place(app, pilot, place.name)
            lines = text.splitlines()
            assert re.match(rf"Cadence · .+ · {place.title} · Mon 23 Nov$", lines[0])
            assert len(lines) > 2, place.name
            assert all(cell_len(line) <= 80 for line in lines), place.name
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f▸]", text), "no escape codes, no cursor"
            assert "\n\n\n" not in text


def test_it_is_as_wide_as_it_is_told() -> None:
    assert 80 < max(map(cell_len, shown("week", 120).splitlines())) <= 120
    assert 50 < max(map(cell_len, shown("week", 20).splitlines())) <= 60, "the narrowest that the app can be"


def test_in_ascii_there_is_nothing_else() -> None:
    assert shown("week", ascii_only=True).isascii()


def test_a_long_list_is_whole_from_where_it_begins() -> None:
    text = shown("agenda")
    workspace = workspace_of(a_small_office().build())
    last = workspace.calendar.posts[workspace.calendar.index.timeline[-1][1]]
    assert last.title[:12] in text


def test_a_screen_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"no screen 'moth' - did you mean 'month'\?"):
        shown("moth")
    with pytest.raises(BadInput, match=r"no screen 'xyz' - there is: week, month"):
        shown("xyz")


def test_what_cannot_be_opened_or_is_empty_is_said() -> None:
    def opening() -> tuple[Workspace, None]:
        raise CadenceError("it is locked")

    with pytest.raises(CadenceError, match="it is locked"):
        plain_text(opening, lambda: NOW, "week", 80)
    with pytest.raises(BadInput, match="nothing to show yet"):
        plain_text(lambda: (workspace_of(Calendar.empty()), None), lambda: NOW, "week", 80)


def test_every_screen_has_a_command_that_says_the_same() -> None:
    guide = text_of("colours")
    rows = re.findall(r"^\| (.+?) \| (`cadence.+?) \|$", guide, re.MULTILINE)
    twins = {title: commands for titles, commands in rows for title in titles.split(", ")}
    assert sorted(twins) == sorted(place.title for place in ALL)
    for commands in twins.values():
        for command in re.findall(r"`cadence ([a-z ]+?)(?: --plain)?`", commands):
            assert command in COMMANDS, command
    assert all(f"`{name}`" in guide for name in PLACES)
