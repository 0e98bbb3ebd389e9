"""Every byte of a calendar is flipped, and every file cut at every byte: it opens with the same content, or
is refused with the place. It never silently holds something else, and what is refused stays as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cadence.model.errors import CadenceError
from cadence.store import Corrupt, open_store, verify_calendar
from cadence.store.core import DocumentStore
from cadence.store.files import journal
from cadence.store.files.backend import FilesBackend
from tests.store.acts import add, edit, posts
from tests.store.disks import QuickDisk


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x21]) + data[at + 1 :]


def damaged(data: bytes) -> Iterator[tuple[int, bytes]]:
    for at in range(len(data)):
        yield at, flipped(data, at)
        yield at, data[:at]


def open_and_read(path: Path) -> tuple[object, object]:
    """Everything that can be read of a calendar: the posts and the whole history."""
    store = DocumentStore(FilesBackend(path, QuickDisk()))
    try:
        return posts(store), list(store.history())
    finally:
        store.close()


@pytest.mark.parametrize("with_checkpoint", [True, False], ids=["with checkpoint", "without"])
def test_a_damaged_journal_is_refused_and_left_alone(calendar: Path, with_checkpoint: bool) -> None:
    store = open_store(calendar)
    if with_checkpoint:
        store.checkpoint()
    edit(store, 2, title="Second")
    store.close()
    if not with_checkpoint:
        calendar.unlink()
    log = calendar.with_name("team.json.log")
    original = log.read_bytes()
    for at, data in damaged(original):
        log.write_bytes(data)
        with pytest.raises(CadenceError) as refusal:
            open_and_read(calendar)
        assert refusal.value.remedy
        assert log.read_bytes() == data
        if isinstance(refusal.value, Corrupt):
            assert refusal.value.offset <= at


def test_a_damaged_checkpoint_loses_nothing(calendar: Path) -> None:
    whole = open_and_read(calendar)
    original = calendar.read_bytes()
    for _, data in damaged(original):
        calendar.write_bytes(data)
        assert open_and_read(calendar) == whole


def test_a_bad_checkpoint_is_kept_beside_when_a_new_one_is_made(calendar: Path) -> None:
    data = calendar.read_bytes()
    calendar.write_bytes(b"x" + data)
    store = open_store(calendar)
    assert not store.verify().ok
    store.checkpoint()
    assert store.verify().ok
    assert [path.read_bytes() for path in calendar.parent.glob("team.json.bad-*")] == [b"x" + data]


def test_the_unfinished_change_of_a_crash_is_put_aside_by_the_next_writer(calendar: Path) -> None:
    log = calendar.with_name("team.json.log")
    with log.open("ab") as file:
        file.write(b'{"seq":4,"at":"2026-')
    store = open_store(calendar)
    report = store.verify()
    assert report.ok
    assert "unfinished" in report.notes[0]
    assert store.refresh() == []
    edit(store, 1, title="Next")
    assert (store.seq, store.verify().problems) == (4, ())
    assert calendar.with_name("team.json.log.torn-4").read_bytes() == b'{"seq":4,"at":"2026-'


def test_a_journal_that_lost_acknowledged_changes_is_refused_even_when_it_ends_cleanly(
    calendar: Path,
) -> None:
    calendar.unlink()
    log = calendar.with_name("team.json.log")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(Corrupt, match=r"ends with change 2 .*but change 3 was stored"):
        open_store(calendar)


def test_verify_says_which_byte_and_line_even_of_a_calendar_that_does_not_open(calendar: Path) -> None:
    log = calendar.with_name("team.json.log")
    lines = log.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"Two", b"2wo")
    log.write_bytes(b"".join(lines))
    (problem,) = [it for it in verify_calendar(calendar).problems if it.path == str(log)]
    assert (problem.line, problem.offset) == (3, len(lines[0] + lines[1]))
    assert "after change 1" in problem.text
    assert "1 later change" in problem.text


def test_damage_that_a_running_program_comes_upon_stops_it(calendar: Path) -> None:
    mine, theirs = open_store(calendar), open_store(calendar)
    add(theirs, title="Three")
    log = calendar.with_name("team.json.log")
    log.write_bytes(log.read_bytes().replace(b"Three", b"Thrxx"))
    with pytest.raises(Corrupt):
        mine.refresh()
    with pytest.raises(Corrupt):
        add(mine, title="Four")
    assert b"Four" not in log.read_bytes()


def test_a_change_that_does_not_follow_from_the_one_before_is_damage(calendar: Path) -> None:
    log = calendar.with_name("team.json.log")
    start, ops = (
        b'{"seq":4,"at":"2026-11-23T09:00:00Z","by":"A","why":"",',
        b'"ops":[["d","posts",1,7,{},{}]]}',
    )
    body = start + ops
    line, _ = journal.seal(body, journal.chain_of(log.read_bytes()))
    with log.open("ab") as file:
        file.write(line)
    with pytest.raises(Corrupt, match="change 4 does not follow"):
        open_store(calendar)
