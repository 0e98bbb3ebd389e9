"""The lines of a file in either direction, read in blocks: a few of the newest do not take the whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

BLOCK = 1 << 16
"""Bytes that are read at first; a line that is longer doubles them."""

Read = Callable[[int, int], bytes]
"""The bytes from an offset, so many of them or as many as there are."""


def forwards(read: Read, first: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Each whole line between two offsets with where it begins."""
    held, at, size = b"", first, BLOCK
    while block := read(at + len(held), min(size, end - at - len(held))):
        held += block
        taken = 0
        while newline := held.find(b"\n", taken) + 1:
            yield at + taken, held[taken:newline]
            taken = newline
        held, at, size = held[taken:], at + taken, BLOCK if taken else 2 * size


def backwards(read: Read, first: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The same lines, the last one first. A line ends at `end`."""
    held, at, size = b"", end, BLOCK
    while at > first:
        size = min(size, at - first)
        held, at = read(at - size, size) + held, at - size
        kept = len(held)
        while (newline := held.rfind(b"\n", 0, kept - 1)) >= 0:
            yield at + newline + 1, held[newline + 1 : kept]
            kept = newline + 1
        size = BLOCK if kept < len(held) else 2 * size
        held = held[:kept]
    if held:
        yield first, held
