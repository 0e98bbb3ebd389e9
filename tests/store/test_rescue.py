"""What is intact of a damaged calendar is saved into a new one."""

from pathlib import Path

import pytest

from cadence.model.errors import BadInput, CadenceError, NotFound
from cadence.store import Corrupt, open_store, rescue_into
from tests.store.acts import NOW, add, edit, posts


def damage(calendar: Path, text: bytes) -> None:
    log = calendar.with_name("team.json.log")
    log.write_bytes(log.read_bytes().replace(text, text[::-1]))


def test_the_changes_before_the_damage_are_saved(calendar: Path) -> None:
    calendar.unlink()
    damage(calendar, b"First")
    with pytest.raises(Corrupt):
        open_store(calendar)
    saved = rescue_into(calendar, calendar.with_name("saved.json"), at=NOW)
    assert posts(saved) == {1: {"title": "One"}, 2: {"title": "Two"}}
    assert saved.seq == 2
    assert saved.verify().ok
    edit(saved, 1, title="Goes on")


def test_a_newer_checkpoint_is_saved_as_well(calendar: Path) -> None:
    store = open_store(calendar)
    store.checkpoint()
    state = posts(store)
    store.close()
    damage(calendar, b"Two")
    saved = rescue_into(calendar, calendar.with_name("saved.json"), at=NOW)
    assert posts(saved) == state
    assert [change.why for change in saved.history()] == ["add", "rescue from team.json"]
    assert add(saved) == 3


def test_a_checkpoint_alone_is_enough(calendar: Path) -> None:
    store = open_store(calendar)
    store.checkpoint()
    state = posts(store)
    store.close()
    calendar.with_name("team.json.log").unlink()
    saved = rescue_into(calendar, calendar.with_name("saved.json"), at=NOW)
    assert posts(saved) == state
    assert saved.calendar_id == store.calendar_id


def test_the_damaged_files_stay_as_they_are_and_nothing_is_overwritten(calendar: Path) -> None:
    damage(calendar, b"Two")
    before = {path: path.read_bytes() for path in calendar.parent.iterdir()}
    with pytest.raises(BadInput, match="exists already"):
        rescue_into(calendar, calendar, at=NOW)
    rescue_into(calendar, calendar.with_name("saved.json"), at=NOW)
    assert {path: path.read_bytes() for path in before} == before


def test_where_nothing_is_left_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        rescue_into(tmp_path / "team.json", tmp_path / "saved.json", at=NOW)
    (tmp_path / "team.json.log").write_bytes(b"hello")
    with pytest.raises(CadenceError):
        rescue_into(tmp_path / "team.json", tmp_path / "saved.json", at=NOW)
    assert not (tmp_path / "saved.json.log").exists()
