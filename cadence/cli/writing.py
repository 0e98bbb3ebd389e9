"""Ctrl-C and a change: it is not stored at all, or wholly, and whoever pressed it learns which."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from cadence.language import _


@contextmanager
def kept_whole() -> Generator[Callable[[], None]]:
    """Gives what to call right before something is written: from then on Ctrl-C waits for the end of the
    block, and is KeyboardInterrupt there."""
    pressed = list[int]()
    before: Any = None

    def wait(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)

    def begin() -> None:
        nonlocal before
        if threading.current_thread() is threading.main_thread():  # signals come nowhere else
            before = signal.signal(signal.SIGINT, wait)

    try:
        yield begin
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt(_("it was too late to stop that - `cadence undo` takes it back"))
