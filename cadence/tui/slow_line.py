"""A terminal that takes less than the app paints: at the other end of a slow line, or of a slow program."""

from __future__ import annotations

from textual.drivers import _writer_thread

WAITING = 3
"""So many pictures may wait for the terminal."""


def keep_up_with_keys() -> None:
    """Textual would let 30 pictures wait: whoever held a key down would go on watching for a minute where the
    cursor had been. If few may wait, the keys do, and one picture shows where all of them led."""
    # It is read when a terminal is taken over; there is no other way to say it.
    setattr(_writer_thread, "MAX_QUEUED_WRITES", WAITING)  # noqa: B010
