"""Backups are whole calendars in one file, made and restored while others write."""

import errno
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cadence.model.errors import BadInput, NotFound, Refused
from cadence.store import (
    Corrupt,
    Foreign,
    Store,
    WriteFailed,
    create_store,
    open_store,
    restore_into,
    verify_calendar,
)
from cadence.store.files import backups
from tests.store.acts import NOW, add, edit, posts, remove, undo
from tests.store.conftest import Place
from tests.store.disks import FailingDisk
from tests.store.processes import Worker


def test_any_calendar_can_be_backed_up_and_restored_as_one_change(place: Place, tmp_path: Path) -> None:
    store = place.open()
    add(store, title="One", tasks={"draft": {"member": 1}})
    add(store, title="Two")
    then = posts(store)
    backup = store.backup(tmp_path / "backup.log")
    edit(store, 1, title="First", tasks={"draft": {"member": 2}})
    remove(store, 2)
    add(store, title="Three")
    later = posts(store)
    change = store.restore(backup, by="Anna", at=NOW)
    assert change is not None
    assert (change.seq, change.by, change.why) == (6, "Anna", "restore backup.log")
    assert posts(store) == then
    assert store.documents("posts")[2]["rev"] == 3, "revisions go forward through deletion and restoring"
    assert store.restore(backup, by="Anna", at=NOW) is None
    assert add(store) == 4, "a number once given is not given again"
    undo(store, 7)
    undo(store, 6)
    assert posts(store) == later
    assert store.verify().ok


def test_a_backup_holds_the_history_too_and_becomes_a_calendar_again(place: Place, tmp_path: Path) -> None:
    store = place.open()
    add(store, title="One")
    edit(store, 1, title="First")
    copy = restore_into(store.backup(tmp_path / "b.log"), tmp_path / "again.json")
    assert posts(copy) == posts(store)
    assert list(copy.history()) == list(store.history())
    assert copy.calendar_id == store.calendar_id
    undo(copy, 2)
    assert posts(copy) == {1: {"title": "One"}}
    assert copy.verify().problems == ()


def test_without_a_destination_it_goes_beside_the_calendar(calendar: Path) -> None:
    store = open_store(calendar)
    path = store.backup()
    assert path == calendar.parent / "team.json.backups" / "change-3.log"
    assert store.backup() == path, "the same again is fine"
    other = calendar.parent / "elsewhere"
    other.mkdir()
    assert store.backup(other) == other / "change-3.log"


def test_a_calendar_in_memory_must_be_told_where() -> None:
    with pytest.raises(BadInput, match="say where"):
        open_store("memory:").backup()


def test_a_backup_never_overwrites_anything(calendar: Path) -> None:
    place = calendar.parent / "precious.txt"
    place.write_text("mine")
    with pytest.raises(BadInput, match="exists already"):
        open_store(calendar).backup(place)
    assert place.read_text() == "mine"


def test_backups_are_whole_while_others_write(calendar: Path) -> None:
    def keep_writing(store: Store, report: Callable[[int], None]) -> None:
        for number in range(200):
            edit(store, 1, title=f"n {number}")
            if number == 10:
                report(1)

    writer = Worker(calendar, keep_writing)
    writer.read_one()
    store = open_store(calendar)
    for number in range(10):
        store.refresh()
        backup = store.backup(calendar.parent / f"{number}.log")
        assert backups.read(backup).loaded.seq == store.seq
    change = store.restore(calendar.parent / "0.log", by="Bruno", at=NOW)
    assert change is not None
    good, _ = writer.join()
    assert good
    store.refresh()
    assert store.seq == 204
    assert store.verify().ok


@pytest.mark.parametrize("cut", [1, 50, 150, 300])
def test_a_damaged_backup_is_refused_with_the_place(calendar: Path, cut: int) -> None:
    store = open_store(calendar)
    path = store.backup()
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Corrupt) as refusal:
        store.restore(path, by="Anna", at=NOW)
    assert refusal.value.offset > 0
    with pytest.raises(Corrupt):
        restore_into(path, calendar.parent / "new.json")
    assert not (calendar.parent / "new.json.log").exists()
    assert store.seq == 3


def test_what_is_no_backup_of_this_calendar_is_refused(calendar: Path, tmp_path: Path) -> None:
    store = open_store(calendar)
    with pytest.raises(NotFound):
        store.restore(tmp_path / "nothing.log", by="Anna", at=NOW)
    with pytest.raises(Foreign):
        store.restore(tmp_path, by="Anna", at=NOW)
    (tmp_path / "text").write_text("hello")
    with pytest.raises(Foreign):
        store.restore(tmp_path / "text", by="Anna", at=NOW)
    other = create_store(tmp_path / "other.json").backup()
    with pytest.raises(Refused, match="another calendar"):
        store.restore(other, by="Anna", at=NOW)


def test_a_copy_of_the_calendars_files_serves_as_a_backup_too(calendar: Path, tmp_path: Path) -> None:
    for suffix in ("", ".log"):
        (tmp_path / f"copy.json{suffix}").write_bytes(Path(f"{calendar}{suffix}").read_bytes())
    store = open_store(calendar)
    edit(store, 1, title="Changed")
    store.restore(tmp_path / "copy.json", by="Anna", at=NOW)
    assert posts(store)[1] == {"title": "First"}


def test_restoring_over_an_existing_calendar_is_refused(calendar: Path) -> None:
    store = open_store(calendar)
    with pytest.raises(BadInput, match="exists already"):
        restore_into(store.backup(), calendar)
    assert verify_calendar(calendar).ok


def test_a_lost_calendar_comes_back_in_its_old_place(calendar: Path) -> None:
    store = open_store(calendar)
    backup = store.backup()
    edit(store, 1, title="After the backup")
    store.close()
    for suffix in ("", ".log"):
        Path(f"{calendar}{suffix}").unlink()
    again = restore_into(backup, calendar)
    assert posts(again)[1] == {"title": "First"}
    edit(again, 1, title="Goes on")
    assert again.verify().ok


def test_a_full_disk_leaves_no_half_backup(calendar: Path, tmp_path: Path) -> None:
    store = open_store(calendar)
    folder = tmp_path / "full"
    for call in range(1, 8):
        disk = FailingDisk(call, errno.ENOSPC, for_good=True)
        try:
            backups.write(folder / "b.log", "id", {}, store.history(), disk)
        except WriteFailed:
            assert not (folder / "b.log").exists()
    backups.write(folder / "c.log", "id", {}, store.history(), FailingDisk(99, 0))
    assert backups.read(folder / "c.log").loaded.seq == 3


# Every day


def test_the_first_time_on_a_day_there_is_a_backup_of_it(calendar: Path) -> None:
    store, other = open_store(calendar), open_store(calendar)
    day = date(2026, 11, 23)
    path = store.backup_if_due(day)
    assert path == calendar.parent / "team.json.backups" / "2026-11-23.log"
    assert store.backup_if_due(day) is None
    assert other.backup_if_due(day) is None
    assert store.backup_if_due(day + timedelta(days=1)) is not None


def test_fourteen_days_and_eight_weeks_are_kept(calendar: Path) -> None:
    store = open_store(calendar)
    store.backup()
    start = date(2026, 7, 1)
    for day in range(100):
        store.backup_if_due(start + timedelta(days=day))
    kept = sorted(path.name for path in (calendar.parent / "team.json.backups").iterdir())
    assert kept == [
        # The Sundays, as the last days of six more weeks, then the last fourteen days
        "2026-08-23.log",
        "2026-08-30.log",
        "2026-09-06.log",
        "2026-09-13.log",
        "2026-09-20.log",
        *(f"2026-09-{day}.log" for day in range(25, 31)),
        *(f"2026-10-0{day}.log" for day in range(1, 9)),
        "change-3.log",
    ]


def test_only_our_daily_backups_ever_make_room() -> None:
    days = [f"2026-01-{day:02d}.log" for day in range(1, 32)]
    others = ["change-3.log", "2026-01-01.log.txt", "before-generation-2.log", "2026-1-1.log", "notes"]
    gone = backups.superfluous([*others, *days])
    assert set(gone) < set(days)
    assert backups.superfluous(others) == []


def test_a_calendar_in_memory_has_no_daily_backup() -> None:
    assert open_store("memory:").backup_if_due(date(2026, 11, 23)) is None
