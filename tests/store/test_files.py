"""A calendar in files among everything else that can be in a folder."""

import errno
import os
import resource
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from cadence.model.errors import BadInput, CadenceError, NotFound
from cadence.store import (
    Corrupt,
    Foreign,
    LockBroken,
    Newer,
    ReadOnly,
    Reloaded,
    Store,
    StoreError,
    WriteFailed,
    create_store,
    open_store,
)
from cadence.store.core import DocumentStore
from cadence.store.files import journal
from cadence.store.files.backend import FilesBackend
from cadence.store.files.disk import Disk
from tests.store.acts import add, edit, posts
from tests.store.processes import Worker

# The files and TinyDB


def test_stock_tinydb_opens_the_checkpoint(calendar: Path) -> None:
    open_store(calendar).checkpoint()
    with TinyDB(calendar, access_mode="r") as db:
        assert db.tables() == {"_cadence", "posts"}
        assert db.table("posts").get(doc_id=1)["title"] == "First"
        assert [row.doc_id for row in db.table("posts").search(where("title") == "Two")] == [2]


def test_the_journal_is_one_readable_line_per_change(calendar: Path) -> None:
    header, *lines = calendar.with_name("team.json.log").read_text().splitlines()
    assert header.startswith('{"cadence_journal":1,"calendar":"')
    assert len(lines) == 3
    assert '["u","posts",1,2,{"title":"First"},{"title":"One"}]' in lines[2]


def test_without_its_checkpoint_a_calendar_opens_just_the_same(calendar: Path) -> None:
    before = posts(open_store(calendar))
    calendar.unlink()
    assert posts(open_store(calendar)) == before


def test_a_checkpoint_is_made_by_itself_when_the_journal_has_grown(tmp_path: Path) -> None:
    store = create_store(tmp_path / "team.json")
    size = store.verify()
    assert size.ok
    small = (tmp_path / "team.json").stat().st_size
    add(store, text="x" * 300_000)
    assert (tmp_path / "team.json").stat().st_size > small + 300_000
    add(store, text="y" * 100_000)
    assert (tmp_path / "team.json").stat().st_size < small + 400_000
    store.close()
    assert (tmp_path / "team.json").stat().st_size > small + 400_000, "leaving is a good moment"


def test_names_may_be_long_and_have_spaces_and_accents(tmp_path: Path) -> None:
    path = tmp_path / ("Redazione è qui " + "x" * 200 + ".json")
    add(open_store(path, create=True), title="One")
    assert posts(open_store(f"file://{path}")) == {1: {"title": "One"}}


def test_a_path_may_be_a_symbolic_link(calendar: Path) -> None:
    link = calendar.parent / "elsewhere"
    link.symlink_to(calendar.parent)
    mine, theirs = open_store(calendar), open_store(link / calendar.name)
    edit(theirs, 1, title="Linked")
    mine.refresh()
    assert posts(mine)[1] == {"title": "Linked"}


# What is there is something else


def put_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


OTHERS: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a socket": put_socket,
    "a pipe": lambda path: os.mkfifo(path),
    "an empty file": lambda path: path.touch(),
    "another program's JSON": lambda path: path.write_text('{"_default":{"1":{"a":1}}}'),
    "a picture": lambda path: path.write_bytes(bytes(range(256)) * 10),
}


@pytest.mark.parametrize("put", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("create", [False, True], ids=["open", "create"])
def test_what_is_no_calendar_is_never_touched(
    tmp_path: Path, put: Callable[[Path], object], create: bool
) -> None:
    path = tmp_path / "t.json"
    put(path)
    before = os.stat(path)
    with pytest.raises(Foreign, match=r"t\.json") as refusal:
        open_store(path, create=create)
    assert refusal.value.remedy
    after = os.stat(path)
    assert (before.st_mtime_ns, before.st_size, before.st_ino) == (
        after.st_mtime_ns,
        after.st_size,
        after.st_ino,
    )
    assert os.listdir(tmp_path) == ["t.json"]


@pytest.mark.parametrize("suffix", [".log", ".lock"])
@pytest.mark.parametrize("put", list(OTHERS.values())[:3], ids=list(OTHERS)[:3])
def test_neither_may_journal_or_lock_be_something_else(
    calendar: Path, suffix: str, put: Callable[[Path], object]
) -> None:
    place = calendar.with_name(f"team.json{suffix}")
    place.unlink()
    put(place)
    with pytest.raises(Foreign, match=r"team\.json"):
        open_store(calendar)


def test_there_is_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no calendar"):
        open_store(tmp_path / "team.json")
    with pytest.raises(NotFound):
        open_store(tmp_path / "nowhere" / "team.json")
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_used_as_a_folder_is_not_found(calendar: Path) -> None:
    with pytest.raises(CadenceError):
        open_store(calendar / "team.json", create=True)


def test_creating_where_there_is_a_calendar_is_refused(calendar: Path) -> None:
    before = posts(open_store(calendar))
    with pytest.raises(BadInput, match="exists"):
        create_store(calendar)
    assert posts(open_store(calendar)) == before


def test_creating_where_something_else_is_leaves_no_litter(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text("{}")
    with pytest.raises(BadInput, match="exists"):
        create_store(tmp_path / "t.json")
    assert os.listdir(tmp_path) == ["t.json"]


def test_of_several_who_create_the_same_calendar_all_get_it(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    create_store(path).close()

    def add_one(store: Store, report: Callable[[int], None]) -> None:
        report(add(open_store(other, create=True)))

    other = tmp_path / "other.json"
    workers = [Worker(path, add_one) for _ in range(4)]
    results = [worker.join() for worker in workers]
    assert sorted(results) == [(True, [1]), (True, [2]), (True, [3]), (True, [4])]
    assert open_store(other).verify().ok


def test_creating_makes_the_folders_on_the_way(tmp_path: Path) -> None:
    assert open_store(tmp_path / "a" / "b" / "team.json", create=True).seq == 0


@pytest.mark.parametrize(
    "url", ["", " ", "a\0b", "postgresql://host/team", "https://example.org/team.json", "x" * 5000]
)
def test_an_address_that_is_none_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(CadenceError) as refusal:
        open_store(url)
    assert refusal.value.remedy
    assert "\n" not in str(refusal.value)


def test_a_checkpoint_without_its_journal_is_damage(calendar: Path) -> None:
    calendar.with_name("team.json.log").unlink()
    with pytest.raises(Corrupt, match=r"team\.json\.log is missing"):
        open_store(calendar)


def test_a_journal_of_a_newer_format_is_left_alone(calendar: Path) -> None:
    log = calendar.with_name("team.json.log")
    first, rest = log.read_bytes().split(b"\n", 1)
    line, _ = journal.seal(first[: -journal.SEAL_SIZE + 1].replace(b'journal":1', b'journal":2') + b"}", 0)
    log.write_bytes(line + rest)
    with pytest.raises(Newer, match="newer Cadence"):
        open_store(calendar)


def test_a_change_of_a_kind_from_the_future_is_not_taken_for_damage(calendar: Path) -> None:
    log = calendar.with_name("team.json.log")
    body = b'{"seq":4,"at":"2026-11-23T09:00:00Z","by":"A","why":"","ops":[["teleport","posts",1]]}'
    with log.open("ab") as file:
        file.write(journal.seal(body, journal.chain_of(log.read_bytes()))[0])
    with pytest.raises(Newer):
        open_store(calendar)


# Files that change under our feet


def test_a_replaced_journal_is_noticed_and_read_anew(calendar: Path) -> None:
    store = open_store(calendar)
    other = calendar.with_name("other.json")
    add(open_store(other, create=True), title="Another calendar")
    calendar.with_name("team.json.lock").unlink()
    for suffix in ("", ".log"):
        os.replace(f"{other}{suffix}", f"{calendar}{suffix}")
    assert isinstance(store.refresh(), Reloaded)
    assert posts(store) == {1: {"title": "Another calendar"}}
    assert store.refresh() == []


def test_a_deleted_journal_is_told(calendar: Path) -> None:
    store = open_store(calendar)
    calendar.with_name("team.json.log").unlink()
    assert store.wait(0)
    for act in (store.refresh, lambda: add(store)):
        with pytest.raises(StoreError, match="not there"):
            act()


def test_an_older_copy_put_in_place_by_hand_is_refused(calendar: Path) -> None:
    log = calendar.with_name("team.json.log")
    older = log.read_bytes()
    store = open_store(calendar)
    add(store, title="Three")
    store.close()
    log.write_bytes(older)
    with pytest.raises(Corrupt, match="change 4 was stored"):
        open_store(calendar)
    assert log.read_bytes() == older


def test_a_deleted_lock_file_is_made_again_and_goes_on_protecting(calendar: Path) -> None:
    mine, theirs = open_store(calendar), open_store(calendar)
    calendar.with_name("team.json.lock").unlink()
    edit(mine, 1, title="a")
    edit(theirs, 1, title="b")
    edit(mine, 1, title="c")
    assert mine.verify().ok


class DiskWithAnotherWriter(Disk):
    """A lock that did not keep another program out: it writes just before we do."""

    def write(self, fd: int, data: bytes) -> int:
        os.write(fd, b"x")
        return super().write(fd, data)


def test_a_second_writer_at_the_same_time_is_noticed(calendar: Path) -> None:
    store = DocumentStore(FilesBackend(calendar, DiskWithAnotherWriter()))
    with pytest.raises(LockBroken, match="locks do not work"):
        add(store, title="Three")


# Disks that are full or read-only


def test_a_limit_on_file_size_stops_the_change_and_nothing_else(calendar: Path) -> None:
    def write_beyond_the_limit(store: Store, report: Callable[[int], None]) -> None:
        size = calendar.with_name("team.json.log").stat().st_size
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        mine = open_store(calendar)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 50, size + 50))
        try:
            edit(mine, 1, title="x" * 200)
        except WriteFailed as failure:
            report(1 if "grow" in failure.message and mine.seq == 3 else 0)

    worker = Worker(calendar, write_beyond_the_limit)
    assert worker.join() == (True, [1])
    store = open_store(calendar)
    assert (store.seq, store.verify().problems, store.verify().notes) == (3, (), ())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_without_permission_to_write_a_calendar_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        path = Path(name) / "team.json"
        add(open_store(path, create=True), title="One")

        def read_as_nobody(store: Store, report: Callable[[int], None]) -> None:
            os.setgid(65534)
            os.setuid(65534)
            mine = open_store(path)
            with pytest.raises(ReadOnly, match="you have no permission"):
                add(mine, title="Two")
            report(len(mine.documents("posts")))

        assert Worker(path, read_as_nobody).join() == (True, [1])


def test_a_journal_that_is_made_read_only_and_writable_again_while_it_is_open(calendar: Path) -> None:
    class SometimesReadOnly(Disk):
        is_readonly = False

        def _check(self) -> None:
            if self.is_readonly:
                raise OSError(errno.EPERM, "no")

        def open_append(self, path: Path) -> int:
            self._check()
            return super().open_append(path)

        def write_all(self, fd: int, data: bytes) -> None:
            self._check()
            super().write_all(fd, data)

        def truncate(self, fd: int, size: int) -> None:
            self._check()
            super().truncate(fd, size)

    disk = SometimesReadOnly()
    store = DocumentStore(FilesBackend(calendar, disk))
    disk.is_readonly = True
    for _again in range(2):
        with pytest.raises(WriteFailed, match="you have no permission - nothing was changed"):
            add(store)
    disk.is_readonly = False
    add(store)
    assert len(posts(open_store(calendar))) == 3


@pytest.mark.parametrize("error", [errno.EROFS, errno.EACCES])
def test_a_read_only_disk_means_a_read_only_calendar(calendar: Path, error: int) -> None:
    class ReadOnlyDisk(Disk):
        def open_append(self, path: Path) -> int:
            raise OSError(error, "no")

        def open_lock(self, path: Path) -> int:
            raise OSError(error, "no")

    store = DocumentStore(FilesBackend(calendar, ReadOnlyDisk()))
    assert store.readonly is not None
    assert len(store.documents("posts")) == 2
    with pytest.raises(ReadOnly) as refusal:
        add(store)
    assert refusal.value.remedy
    writer = open_store(calendar)
    edit(writer, 1, title="Seen")
    store.refresh()
    assert posts(store)[1] == {"title": "Seen"}
    assert store.verify().ok


def test_a_file_that_may_not_even_be_read_is_told(calendar: Path) -> None:
    class ForbiddenDisk(Disk):
        def open_append(self, path: Path) -> int:
            raise PermissionError(errno.EACCES, "no")

        open_read = open_append

    with pytest.raises(StoreError, match="you have no permission"):
        FilesBackend(calendar, ForbiddenDisk())
