"""How far something is, in a line on stderr that is written over, and gone at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

Say = Callable[[str], None]


@contextmanager
def progress() -> Generator[Say]:
    """What to say it with ("": nothing any more); nothing is shown where nobody looks on."""
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    longest = 0

    def say(text: str) -> None:
        nonlocal longest
        longest = max(longest, len(text))
        sys.stderr.write(f"\r{text:<{longest}}" if text else f"\r{'':<{longest}}\r")
        sys.stderr.flush()

    try:
        yield say
    finally:
        say("")
