"""The power goes, or the disk fails, at every single call of the write path; nothing acknowledged is lost."""

import errno
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cadence.model.errors import CadenceError, NotFound
from cadence.store import OutcomeUnknown, WriteFailed, verify_calendar
from cadence.store.core import DocumentStore
from cadence.store.files import checkpoint_file, journal
from cadence.store.files.backend import FilesBackend
from cadence.store.files.create import create
from cadence.store.files.disk import Disk
from cadence.store.files.journal_file import JournalFile
from cadence.store.rows import Rows
from tests.store.acts import add, edit, posts
from tests.store.disks import CountingDisk, Cut, DyingDisk, FailingDisk, QuickDisk, RecordingDisk, distinct

COMMITS = 10
Script = Callable[[Path, Disk, Callable[[], None]], None]


def opened(path: Path, disk: Disk | None = None) -> DocumentStore:
    return DocumentStore(FilesBackend(path, disk or QuickDisk()))


def script(path: Path, disk: Disk, acknowledge: Callable[[], None]) -> None:
    """Create a calendar and make ten changes with checkpoints and a second handle in between. After change
    k the one post says `n = k`."""
    create(path, 1, disk)
    store, other = opened(path, disk), opened(path, disk)
    add(store, n=1, text="€" * 20)
    acknowledge()
    for n in range(2, COMMITS + 1):
        edit(other if n % 3 == 0 else store, 1, n=n, text="x" * 10 * n)
        acknowledge()
        if n in (3, 5, 8):
            store.refresh()
            store.checkpoint()
    store.close()
    other.close()


def state_of(path: Path) -> int:
    """How many of the script's changes the calendar holds; 0 also when there is no calendar yet."""
    try:
        store = opened(path)
    except NotFound:
        return 0
    try:
        number = store.seq
        assert posts(store).get(1, {"n": 0})["n"] == number, "half a change"
        return number
    finally:
        store.close()


def check(path: Path, acknowledged: int) -> None:
    """Whatever happened: what was acknowledged is there, maybe also the change under way, and it goes on."""
    found = state_of(path)
    assert found in (acknowledged, acknowledged + 1), f"{acknowledged} acknowledged, {found} found"
    if found:
        store = opened(path)
        edit(store, 1, n=found + 1)
        store.checkpoint()
        store.close()
        assert state_of(path) == found + 1
        assert verify_calendar(path).problems == ()


def number_of_calls(folder: Path) -> int:
    disk = CountingDisk()
    script(folder / "dry.json", disk, lambda: None)
    return disk.calls


@pytest.mark.long
def test_the_process_may_die_before_inside_or_after_every_call(tmp_path: Path) -> None:
    calls = number_of_calls(tmp_path)
    assert calls > 60
    for call, moment in itertools.product(range(1, calls + 1), ("before", "halfway", "after")):
        folder = tmp_path / f"{call}-{moment}"
        folder.mkdir()
        acknowledged = in_a_process_that_dies(folder / "team.json", DyingDisk(call, moment), script)
        check(folder / "team.json", acknowledged)
        shutil.rmtree(folder)


def in_a_process_that_dies(path: Path, disk: Disk, work: Script) -> int:
    """Run the work in a child that does not survive it; returns how many changes it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, disk, lambda: os.write(writer, b".") and None)
        finally:
            os._exit(1)
    os.close(writer)
    acknowledged = b""
    while more := os.read(reader, 100):
        acknowledged += more
    os.close(reader)
    os.waitpid(child, 0)
    return len(acknowledged)


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=["disk error", "disk full"])
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "from then on"])
def test_the_disk_may_fail_at_every_call(tmp_path: Path, error: int, for_good: bool) -> None:
    calls = number_of_calls(tmp_path)
    for call in range(1, calls + 1):
        path = tmp_path / f"{call}" / "team.json"
        path.parent.mkdir()
        disk = FailingDisk(call, error, for_good=for_good)
        acknowledged: list[None] = []
        try:
            script(path, disk, lambda done=acknowledged: done.append(None))
        except OutcomeUnknown:
            assert for_good, "one failure can always be taken back"
        except CadenceError as failure:
            assert_helpful(failure)
        disk.enabled = False
        check(path, len(acknowledged))
        shutil.rmtree(path.parent)


def assert_helpful(failure: CadenceError) -> None:
    assert "disk" in failure.message
    assert failure.remedy


def test_after_a_failure_the_same_handle_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    create(path, 1)
    disk = FailingDisk(10**9, errno.ENOSPC)
    store = opened(path, disk)
    add(store, n=1)
    for ahead in range(1, 4):
        disk._call = disk.calls + ahead
        try:
            edit(store, 1, n=2)
        except WriteFailed as failure:
            assert_helpful(failure)
            assert posts(store)[1] == {"n": 1}
        else:
            break
    assert edit(store, 1, n=3) is not None
    assert posts(store)[1] == posts(opened(path))[1] == {"n": 3}
    assert store.verify().ok


# Power cuts


def power_cuts(folder: Path, disk: RecordingDisk) -> list[Cut]:
    """Every state that a power cut at any moment of the script may leave."""

    def acknowledge() -> None:
        disk.acknowledged += 1

    folder.mkdir()
    script(folder / "team.json", disk, acknowledge)
    shutil.rmtree(folder)
    return list(distinct(disk.cuts))


def problems(folder: Path, cuts: list[Cut]) -> Iterator[Cut]:
    """The states in which something acknowledged is missing, or the calendar cannot be used."""
    for number, cut in enumerate(cuts):
        state = folder / f"cut-{number}"
        state.mkdir()
        cut.write(state)
        try:
            check(state / "team.json", cut.acknowledged)
        except (AssertionError, CadenceError, ValueError, KeyError):
            yield cut
        shutil.rmtree(state)


def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    cuts = power_cuts(tmp_path / "run", RecordingDisk())
    assert len(cuts) > 200
    assert list(problems(tmp_path, cuts)) == []


@pytest.mark.parametrize("forgotten", ["sync_data", "sync_directory"])
def test_the_power_cut_test_notices_a_forgotten_sync(tmp_path: Path, forgotten: str) -> None:
    cuts = power_cuts(tmp_path / "run", RecordingDisk(forget=(forgotten,)))
    assert any(problems(tmp_path, cuts))


def test_the_power_cut_test_notices_a_commit_without_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = JournalFile.append

    def append_without_sync(self: JournalFile, change: object) -> None:
        disk = self._disk
        monkeypatch.setattr(disk, "sync_data", lambda _fd: None, raising=False)
        try:
            append(self, change)  # type: ignore[arg-type]
        finally:
            monkeypatch.delattr(disk, "sync_data")

    monkeypatch.setattr(JournalFile, "append", append_without_sync)
    cuts = power_cuts(tmp_path / "run", RecordingDisk())
    monkeypatch.undo()
    assert any(problems(tmp_path, cuts))


def test_the_power_cut_test_notices_a_checkpoint_renamed_before_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checkpoint's own checksum makes this one harmless, so it is taken out together with the sync."""
    monkeypatch.setattr(checkpoint_file.checkpoint, "read", read_without_checksum)
    disk = RecordingDisk()
    replace_file = Disk.replace_file

    def replace_without_sync(self: Disk, path: Path, parts: list[bytes], temporary: Path) -> None:
        if path.suffix != ".json":
            return replace_file(self, path, parts, temporary)
        fd = self.open_new(temporary)
        for part in parts:
            self.write_all(fd, part)
        self.close(fd)
        self.replace(temporary, path)
        return self.sync_directory(path.parent)

    monkeypatch.setattr(Disk, "replace_file", replace_without_sync)
    cuts = power_cuts(tmp_path / "run", disk)
    assert any(problems(tmp_path, cuts))


def read_without_checksum(data: bytes) -> checkpoint_file.Checkpoint | None:
    import msgspec

    head = checkpoint_file.checkpoint.read_head(data.partition(b"\n")[0])
    if head is None:
        return None
    tables = msgspec.json.decode(data)
    del tables["_cadence"]
    return checkpoint_file.Checkpoint(head, {table: Rows(rows) for table, rows in tables.items()})


def test_the_power_cut_test_notices_a_missing_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts = power_cuts(tmp_path / "run", RecordingDisk())

    def unseal(line: bytes, chain: int) -> tuple[bytes, int] | None:
        body = line[: -journal.SEAL_SIZE] + b"}"
        return body, journal.seal(body, chain)[1]

    monkeypatch.setattr(journal, "unseal", unseal)
    assert any(problems(tmp_path, cuts))


def test_the_power_cut_test_notices_a_torn_tail_that_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts = power_cuts(tmp_path / "run", RecordingDisk())
    monkeypatch.setattr(JournalFile, "cut", lambda _self, _found: None)
    assert any(problems(tmp_path, cuts))
