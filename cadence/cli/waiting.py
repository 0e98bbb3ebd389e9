"""Waiting for an answer that takes a while: Ctrl-C ends it at once, whatever it is doing."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from cadence.planner.sustaining.trial import Clock

T = TypeVar("T")
LOOK = 0.1
"""Seconds between two looks at whether somebody interrupts."""
LAST_WORDS = 1.0
"""Seconds that an interrupted answer has to come to its end."""


def answered_within(seconds: float, ask: Callable[[Clock], T]) -> T:
    """The answer to a question that looks at its clock."""
    from cadence.planner.sustaining.trial import Clock

    return answered(lambda stop: ask(Clock.of(seconds, stop)))


def answered(ask: Callable[[Callable[[], bool]], T]) -> T:
    """The answer to a question, which is told how to find out whether to stop. It is asked in a thread of its
    own, in the language spoken here: signals come in the main one, and the solver cannot be interrupted by an
    exception."""
    stop, done = Event(), Event()
    found, failed = list[T](), list[BaseException]()

    def work() -> None:
        try:
            found.append(ask(stop.is_set))
        except BaseException as error:
            failed.append(error)
        finally:
            done.set()

    Thread(target=copy_context().run, args=(work,), daemon=True).start()
    try:
        # Not `join`: interrupted, it takes the thread for dead, and Python would leave in the middle of it.
        while not done.wait(LOOK):
            pass
    finally:
        stop.set()
        done.wait(LAST_WORDS)
    if failed:
        raise failed[0]
    return found[0]
