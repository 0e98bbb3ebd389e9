"""Reads the busy calendars that this computer has addresses for, beside the app and never in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadence.workspace import Workspace

BEGIN_AFTER = 1.0
"""Seconds in which whoever has just opened the app has the processor for themselves."""


@dataclass(frozen=True)
class Freshness:
    """`addresses` is the folder of the user's addresses. `fail` hears, in the thread, why it had to end."""

    workspace: Workspace
    addresses: Path
    clock: Callable[[], datetime]
    fail: Callable[[Exception], object]
    stop: Event = field(default_factory=Event)

    def start(self) -> None:
        # Nobody waits for a slow server when they leave.
        Thread(target=self._work, name="busy calendars", daemon=True).start()

    def end(self) -> None:
        self.stop.set()

    def _work(self) -> None:
        if self.stop.wait(BEGIN_AFTER):
            return
        try:
            from cadence.chores.busy import keep_fresh  # with it comes the network

            keep_fresh(self.workspace, self.addresses, self.clock, self.stop)
        except Exception as error:
            if not self.stop.is_set():
                self.fail(error)
