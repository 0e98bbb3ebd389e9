"""Reading a file line by line from either end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cadence.store.files import lines
from cadence.store.files.lines import backwards, forwards

HEAD = b"the header\n"


def reader(data: bytes) -> lines.Read:
    return lambda offset, size: data[offset : offset + size]


def test_a_line_comes_with_its_place() -> None:
    data = HEAD + b"one\ntwo\n"
    assert list(forwards(reader(data), len(HEAD), len(data))) == [(11, b"one\n"), (15, b"two\n")]
    assert list(backwards(reader(data), len(HEAD), len(data))) == [(15, b"two\n"), (11, b"one\n")]


def test_the_newest_lines_do_not_take_the_whole_file() -> None:
    data, read = b"x" * 99 + b"\n", list[int]()

    def counting(offset: int, size: int) -> bytes:
        read.append(size)
        return (data * 10_000)[offset : offset + size]

    assert next(backwards(counting, 0, 1_000_000)) == (999_900, data)
    assert read == [lines.BLOCK]


@given(st.lists(st.integers(1, 40)), st.integers(1, 30))
def test_both_ways_give_the_same_lines_whatever_the_blocks(sizes: list[int], block: int) -> None:
    body = [b"%d" % (size % 10) * (size - 1) + b"\n" for size in sizes]
    data = HEAD + b"".join(body)
    usual, lines.BLOCK = lines.BLOCK, block
    try:
        there = list(forwards(reader(data), len(HEAD), len(data)))
        back = list(backwards(reader(data), len(HEAD), len(data)))
    finally:
        lines.BLOCK = usual
    assert [line for _start, line in there] == body
    assert there == back[::-1]
    assert all(data[start:].startswith(line) for start, line in there)
