"""Going on until somebody ends it: what is written follows the calendar and the clock."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from cadence.model.errors import CadenceError

if TYPE_CHECKING:
    from types import FrameType

    from cadence.workspace import Workspace

R = TypeVar("R")
LOOK = 0.25
"""Seconds between two looks at whether somebody changed something or asks to stop."""
PATIENCE = 1.0
"""Seconds between two attempts while the calendar cannot be read, or what follows it not be written."""


def keep_up(
    workspace: Workspace, write: Callable[[], R], tell: Callable[[R], None], clock: Callable[[], datetime]
) -> None:
    """Write again, and tell what came of it, after every change of the calendar and at every quarter of an
    hour, among which is every zone's midnight. Trouble is said once, and tried again.

    SIGTERM ends it, and so does Ctrl-C (KeyboardInterrupt), but never in the middle of writing.
    """
    done, trouble = (workspace.calendar, quarter(clock())), ""
    with asked_to_stop() as stop:
        while not stop.is_set():
            try:
                workspace.refresh()
                now = workspace.calendar, quarter(clock())
                if now != done:
                    tell(write())
                    sys.stdout.flush()
                done, trouble = now, ""
                workspace.wait(LOOK)
            except CadenceError as error:
                if str(error) != trouble:
                    trouble = str(error)
                    print(f"cadence: {trouble}", file=sys.stderr, flush=True)
                stop.wait(PATIENCE)


def quarter(moment: datetime) -> datetime:
    """The quarter of an hour that has begun."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


@contextmanager
def asked_to_stop() -> Generator[Event]:
    """An event that SIGTERM and Ctrl-C set; the latter goes on as KeyboardInterrupt at the end."""
    stop, signals = Event(), list[int]()

    def ask(number: int, frame: FrameType | None) -> None:
        signals.append(number)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if signal.SIGINT in signals:
        raise KeyboardInterrupt
