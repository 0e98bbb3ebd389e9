"""Actions that may ask something: the keys typed meanwhile wait for the question, and after the answer for
what comes of it.

A prompt takes a moment to appear. Without this, the letters of somebody who types on would be read as keys of
the screen behind it: `/marco` would filter nothing, move a post and assign a task.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from textual.worker import Worker

if TYPE_CHECKING:
    from cadence.tui.screens.frame import FrameScreen

P = ParamSpec("P")
S = TypeVar("S", bound="FrameScreen")


class Asking:
    """An action that may ask, until it is over."""

    is_over = False


ASKING: ContextVar[Asking | None] = ContextVar("ASKING", default=None)
"""The action on whose behalf something is done."""


def asks(
    action: Callable[Concatenate[S, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[S, P], Worker[None]]:
    """Run an action as a worker, in which it may wait for an answer; keys wait until there is a prompt to
    take them, or until the action is over."""

    @wraps(action)
    def start(screen: S, /, *args: P.args, **options: P.kwargs) -> Worker[None]:
        asking = Asking()
        screen.cadence.hold_keys(asking)

        async def act() -> None:
            ASKING.set(asking)
            try:
                await action(screen, *args, **options)
            finally:
                asking.is_over = True
                screen.cadence.release_keys(asking)

        # Whatever goes wrong in it is said; it is no reason to leave the app.
        return screen.run_worker(act, name=action.__name__, exit_on_error=False)

    return start
