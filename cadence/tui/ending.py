"""Ends of the app that nobody chooses in it: somebody tells the process to end, or its terminal vanishes, as
a window that is closed or a line that breaks.

The system tells that of the terminal by SIGHUP, but not where whoever started the app ignores it, or where
the terminal does not control it. Textual would read nothing from what is left of it for ever, as fast as it
can.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable

GRACE = 1.5
"""Seconds that the app has to take leave by itself, which it cannot where nobody takes what it paints. What
it was told to change is written at once, and a file survives worse than an end in the midst of that."""


def end_when_told(leave: Callable[[], object]) -> None:
    """SIGTERM leaves the app in order, and the terminal as it was."""

    def told(number: int, _frame: object) -> None:
        threading.Thread(target=_end, args=(leave, number), name="ending", daemon=True).start()

    signal.signal(signal.SIGTERM, told)


def end_with_the_terminal(leave: Callable[[], object]) -> None:
    """Watch the terminal from now on. Once it is gone `leave` is called, in another thread, and a little
    later the process has ended, with the status that SIGHUP would have given it."""
    # A system without `poll` has none of these terminals, either.
    if hasattr(select, "poll"):
        threading.Thread(target=_watch, args=(leave,), name="hangup", daemon=True).start()


def _watch(leave: Callable[[], object]) -> None:
    poll = select.poll()
    poll.register(sys.stdin.fileno(), 0)  # nothing but its end is waited for
    if not any(event & select.POLLHUP for _fd, event in poll.poll()):
        return  # a system that cannot watch a terminal says so at once
    _silence()
    _end(leave, signal.SIGHUP)


def _end(leave: Callable[[], object], number: int) -> None:
    leave()
    time.sleep(GRACE)
    os._exit(128 + number)


def _silence() -> None:
    """Nothing more is to be read, and nobody is there to be told anything, be it of errors in telling it."""
    nothing, _kept_open = os.pipe()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 0)
    for output in (1, 2):
        os.dup2(nowhere, output)
