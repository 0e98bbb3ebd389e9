"""What a server does besides serving: it keeps the busy times of colleagues' calendars up to date, and sends
the digests that are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from cadence.chores.busy import Outcome, keep_fresh
from cadence.chores.digest import keep_sending
from cadence.workspace import Workspace

TRY_AGAIN = 60.0
"""Seconds after which a calendar that could not be opened, read or changed is tried again."""


def keep_busy_times(
    opening: Callable[[], Workspace],
    folder: Path,
    clock: Callable[[], datetime],
    stop: Event,
    tell: Callable[[str], None],
) -> None:
    """Start a thread that reads the calendars whose addresses are in `folder`, until `stop` is set."""

    def hear(outcome: Outcome) -> None:
        if outcome.trouble:
            tell(f"busy calendar {outcome.busy} cannot be read: {outcome.trouble}")

    def work(workspace: Workspace) -> None:
        keep_fresh(workspace, folder, clock, stop, tell=hear, alone=True)

    _keep(work, "busy calendars are not read", opening, stop, tell)


def keep_digests(
    opening: Callable[[], Workspace],
    folder: Path,
    clock: Callable[[], datetime],
    stop: Event,
    tell: Callable[[str], None],
) -> None:
    """Start a thread that sends digests to the addresses that are in `folder`, until `stop` is set."""

    def work(workspace: Workspace) -> None:
        keep_sending(workspace, folder, clock, stop, tell=tell, alone=True)

    _keep(work, "digests are not sent", opening, stop, tell)


def _keep(
    work: Callable[[Workspace], None],
    trouble: str,
    opening: Callable[[], Workspace],
    stop: Event,
    tell: Callable[[str], None],
) -> None:
    """Work in a thread of its own, whatever goes wrong. It has a workspace of its own, so that readers never
    wait for a change of its."""

    def keep() -> None:
        while not stop.is_set():
            try:
                workspace = opening()
                try:
                    work(workspace)
                finally:
                    workspace.close()
            except Exception as error:
                tell(f"{trouble} for the moment: {error}")
                stop.wait(TRY_AGAIN)

    Thread(target=keep, name=trouble, daemon=True).start()
