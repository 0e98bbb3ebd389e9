"""`cadence export ics` with its options, and --watch: a folder that follows the calendar and the clock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from select import select
from time import monotonic

import pytest

from cadence.cli.watching import keep_up, quarter
from cadence.model.errors import BadInput
from cadence.workspace import Workspace
from tests.builders import NOW, utc
from tests.cli.conftest import NOW as CLOCK
from tests.cli.conftest import Cadence

PATIENT = 20
"""Seconds after which a line that does not come is a failure."""


class Watch:
    """A running `cadence export ics --watch`, read line by line."""

    def __init__(self, folder: Path, *options: str) -> None:
        words = [
            sys.executable,
            "-m",
            "cadence",
            "--now",
            CLOCK,
            "export",
            "ics",
            "-o",
            str(folder),
            "--watch",
        ]
        self.process = subprocess.Popen([*words, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def line(self, *, errors: bool = False) -> str:
        stream = self.process.stderr if errors else self.process.stdout
        assert stream is not None
        deadline, text = monotonic() + PATIENT, b""
        while not text.endswith(b"\n"):
            ready, _, _ = select([stream], [], [], max(0.0, deadline - monotonic()))
            assert ready, f"nothing more came than {text!r}"
            if not (more := os.read(stream.fileno(), 1)):
                break
            text += more
        return text.decode().rstrip("\n")

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENT)


@contextmanager
def watching(folder: Path, *options: str) -> Iterator[Watch]:
    watch = Watch(folder, *options)
    try:
        yield watch
    finally:
        watch.process.kill()
        watch.process.communicate()


def test_a_change_is_written_and_told_in_a_line_and_sigterm_ends_it(
    cadence: Cadence, team: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "feeds"
    with watching(folder) as watch:
        assert watch.line() == f"{folder}: 7 written, 0 unchanged, 0 removed"
        assert sorted(watch.line().strip() for _ in range(7)) == sorted(p.name for p in folder.glob("*.ics"))
        untouched = (folder / "channel-blog.ics").stat().st_mtime_ns
        assert cadence("post", "edit", "3", "--title", "Gennaio").status == 0
        told = watch.line()
        assert told.startswith("Mon 23 Nov 10:00: 3 written, 4 unchanged, 0 removed: ")
        assert set(told.rpartition(": ")[2].split(", ")) == {
            "team.ics",
            "channel-newsletter.ics",
            "member-anna.ics",
        }
        assert b"[Newsletter] Gennaio" in (folder / "team.ics").read_bytes()
        assert (folder / "channel-blog.ics").stat().st_mtime_ns == untouched
        assert watch.end(signal.SIGTERM) == 0
        assert watch.line(errors=True) == ""


def test_a_damaged_calendar_is_one_line_and_what_comes_after_it_is_written(
    cadence: Cadence, team: Path, tmp_path: Path
) -> None:
    journal = team.with_name("team.json.log")
    with watching(tmp_path / "feeds", "--json") as watch:
        lines: list[str] = []
        while not lines or lines[-1] != "}":
            lines.append(watch.line())
        assert len(json.loads("".join(lines))["written"]) == 7
        intact = journal.read_bytes()
        replace(journal, b"nonsense\n" + intact)
        assert watch.line(errors=True).startswith(f"cadence: {journal} ")
        replace(journal, intact)
        assert cadence("post", "edit", "3", "--title", "Gennaio").status == 0
        assert "member-anna.ics" in json.loads(watch.line())["written"]
        assert watch.end(signal.SIGINT) == 130
        assert watch.line(errors=True) == "cadence: interrupted, nothing more was changed"


def replace(path: Path, content: bytes) -> None:
    """At one stroke, so that nobody reads a half."""
    fresh = path.with_suffix(".fresh")
    fresh.write_bytes(content)
    fresh.replace(path)


# Without a process


def test_it_is_written_again_every_quarter_of_an_hour_and_so_at_every_midnight() -> None:
    times = [utc("2026-11-23T22:59:50") + timedelta(seconds=5 * n) for n in range(100)]
    written: list[datetime] = []
    clock = iter(times).__next__

    def tell(moment: datetime) -> None:
        written.append(moment)
        signal.raise_signal(signal.SIGTERM)

    keep_up(Workspace.open("memory:", create=True), lambda: times[0], tell, clock)
    assert len(written) == 1
    assert clock() <= utc("2026-11-23T23:00:15")


@pytest.mark.parametrize("zone_minutes", [0, 60, 5 * 60 + 30, 5 * 60 + 45, -(9 * 60 + 30), 12 * 60 + 45])
def test_midnight_is_a_quarter_of_an_hour_in_every_zone(zone_minutes: int) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC) - timedelta(minutes=zone_minutes)
    assert quarter(midnight) == midnight
    assert quarter(midnight + timedelta(minutes=14, seconds=59)) == midnight
    assert quarter(midnight - timedelta(microseconds=1)) < midnight


def test_trouble_is_said_once_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cadence.cli.watching.PATIENCE", 0.001)
    attempts: list[int] = []
    times = iter([NOW, *[NOW + timedelta(hours=1)] * 9])

    def write() -> int:
        attempts.append(1)
        if len(attempts) < 4:
            raise BadInput("the disk is full")
        return len(attempts)

    keep_up(
        Workspace.open("memory:", create=True),
        write,
        lambda _: signal.raise_signal(signal.SIGTERM),
        times.__next__,
    )
    assert len(attempts) == 4
    assert capfd.readouterr().err == "cadence: the disk is full\n"


# The options of the export


def test_states_and_days_can_be_chosen(cadence: Cadence, team: Path, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds" / "team.ics"

    def exported(*options: str) -> list[str]:
        assert cadence("export", "ics", "-o", feeds.parent, *options).status == 0
        lines = feeds.read_text().splitlines()
        return [line.partition("] ")[2] for line in lines if line.startswith("SUMMARY:")]

    assert exported() == ["Il tornio", "Storia Bianchi", "Dicembre"]
    assert exported("--state", "planned") == ["Storia Bianchi", "Dicembre"]
    assert exported("--state", "published", "--state", "skipped") == ["Il tornio"]
    assert exported("--back", "1", "--ahead", "3") == ["Storia Bianchi"]
    assert cadence("export", "ics", "-o", feeds.parent, "--back", "-1").status == 2


def test_the_file_of_a_partner_tells_of_their_tasks_only(
    cadence: Cadence, team: Path, tmp_path: Path
) -> None:
    assert cadence("assign", "3", "engage", "Studio Blu").status == 0
    assert cadence("export", "ics", "-o", tmp_path / "feeds").status == 0
    content = (tmp_path / "feeds" / "member-studio-blu.ics").read_text()
    assert "SUMMARY:engage · Dicembre [Newsletter]" in content
    assert "Anna" not in content
