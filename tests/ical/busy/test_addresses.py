"""A secret address is in a file that only its user can read, and nowhere else."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cadence.ical.busy.addresses import Address, Addresses
from cadence.model.errors import BadInput

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORK = Address("https://calendar.example/secret/basic.ics", 1, etag='"one"')


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_address_is_kept_and_found_again(tmp_path: Path) -> None:
    addresses = Addresses(tmp_path / "busy", "a-calendar")
    addresses.put(1, WORK)
    assert Addresses(tmp_path / "busy", "a-calendar").get(1) == WORK


def test_every_calendar_has_its_own(tmp_path: Path) -> None:
    Addresses(tmp_path, "a-calendar").put(1, WORK)
    assert Addresses(tmp_path, "a-calendar").get(2) is None
    assert Addresses(tmp_path, "another").get(1) is None


def test_a_calendar_cannot_choose_the_folder(tmp_path: Path) -> None:
    Addresses(tmp_path / "busy", "../../elsewhere").put(1, WORK)
    assert [path.name for path in tmp_path.iterdir()] == ["busy"]


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Addresses(tmp_path / "busy", "a-calendar").put(1, WORK)
    finally:
        os.umask(before)
    (file,) = files_in(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_is_forgotten_is_gone_from_the_disk(tmp_path: Path) -> None:
    addresses = Addresses(tmp_path, "a-calendar")
    addresses.put(1, WORK)
    addresses.forget(1)
    addresses.forget(1)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"place": 1}', b"[]"])
def test_a_damaged_file_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    addresses = Addresses(tmp_path, "a-calendar")
    addresses.put(1, WORK)
    (file,) = files_in(tmp_path)
    file.write_bytes(content)
    with pytest.raises(BadInput) as damaged:
        addresses.get(1)
    assert str(damaged.value).startswith(f"{file} is damaged - ")


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "busy").write_text("a file in the way")
    with pytest.raises(BadInput, match="cannot write into"):
        Addresses(tmp_path / "busy", "a-calendar").put(1, WORK)


def test_an_address_does_not_show_itself() -> None:
    assert "secret" not in f"{WORK} {WORK!r}"


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 30), (1, 60), (2, 120), (3, 240), (4, 480), (5, 480), (10**6, 480)]
)
def test_it_is_looked_at_every_half_hour_and_after_failures_ever_more_rarely(
    failures: int, minutes: int
) -> None:
    address = Address("work.ics", 1, looked_at=NOW, failures=failures)
    assert not address.is_due(NOW + timedelta(minutes=minutes - 1))
    assert address.is_due(NOW + timedelta(minutes=minutes))


def test_an_address_that_nobody_looked_at_is_due() -> None:
    assert WORK.is_due(NOW)


def test_a_clock_that_was_set_back_stops_nothing() -> None:
    assert Address("work.ics", 1, looked_at=NOW + timedelta(days=1)).is_due(NOW)
