"""A screen of the app as plain text, once: for a pipe, or for a screen reader. It needs no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from textual.pilot import Pilot
from textual.scroll_view import ScrollView
from textual.widget import Widget

from cadence.language import _, month, weekday
from cadence.model.errors import BadInput
from cadence.model.marks import BARS, MARKS
from cadence.tui.actions.places import BY_NAME, PLACES
from cadence.tui.app import CadenceApp, Opening
from cadence.tui.terminal import SMALLEST
from cadence.tui.widgets.cells import ascii_text
from cadence.tui.widgets.frame import FootBar, HeaderBar
from cadence.tui.widgets.labelled import wrapped

if TYPE_CHECKING:
    from cadence.model.team import Member
    from cadence.tui.screens.base import CalendarScreen
    from cadence.workspace import Workspace

HEIGHT = 40
WIDEST = 400
TALLEST = 500
"""Rows that the screen grows to, so that its lists are whole from where they begin to be shown."""


def plain_text(
    opening: Opening, clock: Callable[[], datetime], place: str, width: int, *, ascii_only: bool = False
) -> str:
    """What the screen `place` says in lines of at most `width` cells, one part after the other, without
    cursor, keys or colours. CadenceError as `opening` raises it; BadInput when there is no such screen, or
    nothing to show on it."""
    if place not in BY_NAME:
        close = get_close_matches(place, PLACES, n=1)
        raise BadInput(
            _("there is no screen {name!r}", name=place[:40]),
            _("did you mean {key!r}?", key=close[0])
            if close
            else _("there is: {names}", names=", ".join(PLACES)),
        )

    def open_something() -> tuple[Workspace, Member | None]:
        workspace, viewer = opening()
        if not (workspace.calendar.members or workspace.calendar.channels):
            raise BadInput(_("there is nothing to show yet"), _("start with cadence init, or cadence demo"))
        return workspace, viewer

    width = max(SMALLEST[0], min(width, WIDEST))
    app = CadenceApp(None, None, clock, opening=open_something)
    text = ""

    async def read(pilot: Pilot[object]) -> None:
        nonlocal text
        while app.failure is None and app.calendar_screen is None:
            await pilot.pause(0.01)
        if app.failure is None:
            text = await text_of_place(app, pilot, place)
        app.exit()

    app.run(headless=True, size=(width, HEIGHT), auto_pilot=read)
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise RuntimeError("the screen could not be painted")
    return _in_ascii(text) if ascii_only else text


async def text_of_place(app: CadenceApp, pilot: Pilot[object], place: str) -> str:
    """The same of an app that runs, which is left on that screen, and as high as its lists."""
    app.go_to_place(place)
    await _settle(app, pilot)
    if (more := _hidden(app)) > 0:
        await pilot.resize_terminal(app.size.width, min(TALLEST, app.size.height + more))
        await _settle(app, pilot)
    return "\n".join(_tidy(_lines(app)))


async def _settle(app: CadenceApp, pilot: Pilot[object]) -> None:
    """Until the figures are there, nothing is being planned, and all has been painted."""
    await pilot.pause()
    while app.figures is None or not _parts(app) or getattr(app.calendar_screen, "is_planning", False):
        await pilot.pause(0.01)
    await app.workers.wait_for_complete([worker for worker in app.workers if worker.group == "figures"])
    await pilot.pause()


def _parts(app: CadenceApp) -> list[Widget]:
    """What is painted on the screen, in the order in which one reads."""
    found = [
        widget
        for widget in _screen(app).walk_children(Widget)
        if widget.display
        and widget.size.area
        and (isinstance(widget, ScrollView) or not widget.children)
        and not isinstance(widget, HeaderBar | FootBar)
    ]
    return sorted(found, key=lambda widget: (widget.region.y, widget.region.x))


def _screen(app: CadenceApp) -> CalendarScreen:
    assert app.calendar_screen is not None
    return app.calendar_screen


def _hidden(app: CadenceApp) -> int:
    """How many lines there are below what is shown of the longest list."""
    lists = [widget for widget in _parts(app) if isinstance(widget, ScrollView)]
    shown = (int(each.scroll_offset.y) + each.size.height for each in lists)
    return max((each.virtual_size.height - last for each, last in zip(lists, shown, strict=True)), default=0)


def _lines(app: CadenceApp) -> Iterator[str]:
    today = app.today
    title = _(BY_NAME[_screen(app).place].title)
    yield f"Cadence · {app.calendar.team.name} · {title} · {weekday(today)} {today.day} {month(today)}"
    yield ""
    for widget in _parts(app):
        if widget.border_title:
            yield from wrapped(str(widget.border_title), widget.size.width)
        for y in range(widget.size.height):
            yield widget.render_line(y).text.replace(MARKS["cursor"][0], " ").rstrip()
        yield ""


def _tidy(lines: Iterator[str]) -> list[str]:
    """No free lines but single ones between others."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept if kept[-1] else kept[:-1]


def _in_ascii(text: str) -> str:
    signs = dict(MARKS.values())
    signs |= dict(zip(*BARS, strict=True)) | dict(zip("│─━◆▌▾▴░▒▓‹›", "|-=+|v^.:+<>", strict=True))
    return ascii_text(text.translate(str.maketrans(signs))).encode("ascii", "replace").decode()
