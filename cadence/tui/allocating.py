"""Memory that is freed goes back to the machine, as far as the C library can be told to."""

from __future__ import annotations

import sys
from contextlib import suppress

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""As `malloc.h` of glibc calls them."""
LARGE = 256 * 1024
"""Bytes."""


def keep_little() -> None:
    """glibc takes blocks above a limit straight from the machine, but each that is freed raises the limit, up
    to 32 MB; what is smaller stays with the process, with holes in it. A calendar is read in one block of
    many MB, and 17 MB would stay for it. It also keeps a heap for each of several threads, to be quick where
    they run at once, which Python's do not. Elsewhere this does nothing."""
    _ask("mallopt", M_MMAP_THRESHOLD, LARGE)
    _ask("mallopt", M_ARENA_MAX, 1)


def give_back() -> None:
    """What lies free between blocks that are in use; a few milliseconds."""
    _ask("malloc_trim", 0)


def _ask(function: str, *numbers: int) -> None:
    if sys.platform == "linux":
        import ctypes  # 3 ms

        with suppress(OSError, AttributeError):  # another C library
            getattr(ctypes.CDLL(None), function)(*numbers)
