"""Large blocks of memory go back to the machine when they are freed."""

from __future__ import annotations

import sys
from contextlib import suppress

M_MMAP_THRESHOLD = -3
"""As `malloc.h` of glibc calls it."""
LARGE = 256 * 1024
"""Bytes."""


def give_back_large_blocks() -> None:
    """glibc takes blocks above a limit straight from the machine, but each that is freed raises the limit, up
    to 32 MB; what is smaller stays with the process, with holes in it. A calendar is read in one block of
    many MB, and 17 MB would stay for it. Elsewhere this does nothing."""
    if sys.platform == "linux":
        import ctypes  # 3 ms

        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE)
