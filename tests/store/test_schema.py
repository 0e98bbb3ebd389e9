"""How a calendar gets from one generation of documents to the next, and what older programs make of it."""

from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete

from cadence.model.errors import Refused
from cadence.store import Newer, ReadOnly, open_store
from cadence.store.core import DocumentStore
from cadence.store.files.backend import FilesBackend
from cadence.store.files.create import create
from cadence.store.files.disk import Disk
from cadence.store.schema import Schema, Step
from tests.store.acts import NOW, add, edit, posts, undo
from tests.store.disks import CountingDisk, DyingDisk
from tests.store.test_crash import in_a_process_that_dies


def rename_title(tables: TinyDB) -> None:
    rows = tables.table("posts")
    rows.update(lambda row: row.update(headline=row["title"]), where("title").exists())
    rows.update(delete("title"), where("title").exists())


def drop_drafts(tables: TinyDB) -> None:
    tables.table("posts").remove(where("draft") == True)  # noqa: E712
    tables.table("posts").upsert({"headline": "About us"}, where("headline") == "About us")


FIRST = Schema()
SECOND = Schema((Step("titles are headlines", rename_title, min_reader=2, min_writer=2),))
THIRD = Schema((*SECOND.steps, Step("no drafts", drop_drafts, min_reader=2, min_writer=3)))


def test_opening_an_older_calendar_upgrades_it_by_one_change_after_a_backup(calendar: Path) -> None:
    store = open_store(calendar, schema=THIRD, at=NOW)
    assert posts(store) == {1: {"headline": "First"}, 2: {"headline": "Two"}, 3: {"headline": "About us"}}
    (change,) = store.history(since=4)
    assert (change.by, change.why) == ("cadence", "upgrade: titles are headlines, no drafts")
    assert (calendar.parent / "team.json.backups" / "before-generation-3.log").exists()
    assert store.verify().ok
    again = open_store(calendar, schema=THIRD, at=NOW)
    assert again.seq == store.seq
    edit(again, 1, headline="Goes on")


def test_steps_write_through_tinydb_with_numbers_that_were_never_used(calendar: Path) -> None:
    old = open_store(calendar)
    assert add(old, title="gone", draft=True) == 3
    store = open_store(calendar, schema=THIRD, at=NOW)
    assert posts(store) == {1: {"headline": "First"}, 2: {"headline": "Two"}, 4: {"headline": "About us"}}


def test_a_new_calendar_is_born_in_the_present_generation(tmp_path: Path) -> None:
    store = open_store(tmp_path / "team.json", create=True, schema=SECOND)
    assert store.seq == 0
    assert open_store(tmp_path / "team.json", schema=SECOND).seq == 0
    with pytest.raises(Newer):
        open_store(tmp_path / "team.json", schema=FIRST)


def test_an_older_program_that_is_running_stops_reading_when_it_no_longer_understands(calendar: Path) -> None:
    old = open_store(calendar, schema=FIRST)
    open_store(calendar, schema=SECOND, at=NOW)
    with pytest.raises(Newer, match="newer Cadence"):
        old.refresh()
    with pytest.raises(Newer):
        open_store(calendar, schema=FIRST)


def test_an_older_program_goes_on_reading_but_not_writing_when_it_may(calendar: Path) -> None:
    def as_headline(tables: TinyDB) -> None:
        tables.table("posts").update(lambda row: row.update(words=1))

    new_schema = Schema((Step("words are counted", as_headline, min_reader=1, min_writer=2),))
    old = open_store(calendar, schema=FIRST)
    new = open_store(calendar, schema=new_schema, at=NOW)
    before = new.seq
    with pytest.raises(ReadOnly, match="newer Cadence") as refusal:
        add(old, title="Three")
    assert "update Cadence" in refusal.value.remedy
    assert old.readonly is not None
    assert posts(old) == posts(new)
    assert new.refresh() == []
    assert new.seq == before


def test_an_upgrade_cannot_be_undone(calendar: Path) -> None:
    store = open_store(calendar, schema=SECOND, at=NOW)
    with pytest.raises(Refused, match="upgraded"):
        undo(store, 4)


def test_a_backup_from_before_an_upgrade_goes_into_a_new_file_only(calendar: Path) -> None:
    store = open_store(calendar, schema=SECOND, at=NOW)
    backup = calendar.parent / "team.json.backups" / "before-generation-2.log"
    with pytest.raises(Refused, match="before the calendar was upgraded"):
        store.restore(backup, by="Anna", at=NOW)


def test_an_older_calendar_that_cannot_be_written_says_what_to_do(calendar: Path) -> None:
    class ReadOnlyDisk(Disk):
        def open_append(self, path: Path) -> int:
            raise PermissionError(13, "no")

    store = DocumentStore(FilesBackend(calendar, ReadOnlyDisk()), SECOND)
    with pytest.raises(ReadOnly, match="no permission"):
        store.upgrade(NOW)


def test_a_process_that_dies_while_upgrading_has_upgraded_or_not(tmp_path: Path) -> None:
    def upgrade(path: Path, disk: Disk, _acknowledge: object = None) -> None:
        store = DocumentStore(FilesBackend(path, disk), SECOND)
        store.upgrade(NOW)
        store.checkpoint()

    def fresh(name: str) -> Path:
        path = tmp_path / name / "team.json"
        create(path, 1)
        add(open_store(path), title="One")
        return path

    counting = CountingDisk()
    upgrade(fresh("dry"), counting)
    assert counting.calls > 10
    for call in range(1, counting.calls + 1):
        path = fresh(str(call))
        in_a_process_that_dies(path, DyingDisk(call, "halfway"), upgrade)
        assert posts(open_store(path, schema=SECOND, at=NOW)) == {1: {"headline": "One"}}
