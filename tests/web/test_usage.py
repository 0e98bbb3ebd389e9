"""When each feed was last read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cadence.ical.feeds.usage import Usage, read_usage
from tests.builders import NOW

LATER = NOW + timedelta(hours=1)


def test_nothing_is_written_before_it_is_flushed(tmp_path: Path) -> None:
    usage, folder = Usage(tmp_path / "notes"), tmp_path / "notes"
    usage.used(3, NOW)
    assert read_usage(folder) == {}
    usage.flush()
    assert read_usage(folder) == {3: NOW}
    assert [file.name for file in folder.iterdir()] == ["feeds-used.json"]


def test_of_two_servers_the_newest_moment_counts(tmp_path: Path) -> None:
    one, other = Usage(tmp_path), Usage(tmp_path)
    one.used(1, LATER)
    one.used(2, NOW)
    other.used(1, NOW)
    other.used(3, NOW)
    one.flush()
    other.flush()
    assert read_usage(tmp_path) == {1: LATER, 2: NOW, 3: NOW}


def test_damaged_notes_say_nothing_and_are_written_anew(tmp_path: Path) -> None:
    (tmp_path / "feeds-used.json").write_text("{")
    assert read_usage(tmp_path) == {}
    usage = Usage(tmp_path)
    usage.used(1, NOW)
    usage.flush()
    assert read_usage(tmp_path) == {1: NOW}


def test_what_cannot_be_written_is_kept_for_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.write_text("in the way")
    usage = Usage(folder)
    usage.used(1, NOW)
    usage.flush()
    folder.unlink()
    usage.flush()
    assert read_usage(folder) == {1: NOW}


def test_a_calendar_without_a_place_for_notes_forgets() -> None:
    usage = Usage(None)
    usage.used(1, NOW)
    usage.flush()
    assert read_usage(None) == {}
