"""A long import says how far it is, and Ctrl-C leaves the calendar as it was, or wholly imported."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from cadence.cli.progress import progress
from cadence.cli.writing import kept_whole
from cadence.workspace import Workspace
from tests.cli.conftest import Cadence
from tests.cli.test_bad_input import contents

ROWS = 2500


class Onlooker(StringIO):
    """A terminal at which somebody may press Ctrl-C when they read something."""

    def __init__(self, presses_at: str = "") -> None:
        super().__init__()
        self._presses_at = presses_at

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._presses_at and self._presses_at in text:
            ctrl_c()
        return super().write(text)


def ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    days = (f"2024-{1 + n // 250:02}-{1 + n % 25:02},Blog,Number {n}" for n in range(ROWS))
    path = tmp_path / "history.csv"
    path.write_text("\n".join(["date,channel,title", *days]))
    return path


def test_whoever_looks_on_reads_how_far_it_is_and_nothing_is_left_of_it(
    cadence: Cadence, team: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", onlooker := Onlooker())
    done = cadence("import", "history", file)
    assert (done.status, done.out) == (0, f"Imported {ROWS} publications\n")
    said = [line.strip() for line in onlooker.getvalue().split("\r")]
    assert said[1:] == [
        "0 of 2,500 rows read",
        "1,000 of 2,500 rows read",
        "2,000 of 2,500 rows read",
        "checking 2,500 rows …",
        "writing …",
        "",
        "",
    ]


def test_nothing_is_said_to_a_file_or_a_pipe(cadence: Cadence, team: Path, file: Path) -> None:
    assert cadence("import", "history", file).err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("moment", ["1,000 of", "checking", "writing"])
def test_ctrl_c_before_it_is_written_imports_nothing(
    moment: str, cadence: Cadence, team: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(team.parent)
    monkeypatch.setattr(sys, "stderr", onlooker := Onlooker(presses_at=moment))
    done = cadence("import", "history", file)
    assert (done.status, done.out) == (130, "")
    assert onlooker.getvalue().endswith("\rcadence: interrupted, nothing was imported\n")
    assert contents(team.parent) == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_while_it_is_written_lets_it_come_to_its_end_and_says_so(
    cadence: Cadence, team: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup: Callable[..., str] = Workspace._backup_of_today  # type: ignore[attr-defined]

    def interrupted(*given: object) -> str:
        ctrl_c()
        return backup(*given)

    monkeypatch.setattr(Workspace, "_backup_of_today", interrupted)
    done = cadence("import", "history", file)
    assert (done.status, done.out) == (130, f"Imported {ROWS} publications\n")
    assert done.err == "cadence: it was too late to stop that - `cadence undo` takes it back\n"
    monkeypatch.undo()
    assert cadence("verify", "--calendar", team).status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_waits_only_from_when_writing_begins() -> None:
    steps: list[str] = []

    def change(*, is_writing: bool) -> None:
        with kept_whole() as begin:
            if is_writing:
                begin()
            ctrl_c()
            steps.append(f"{is_writing}")

    with pytest.raises(KeyboardInterrupt, match="too late"):
        change(is_writing=True)
    with pytest.raises(KeyboardInterrupt) as at_once:
        change(is_writing=False)
    assert (steps, at_once.value.args) == (["True"], ())


def test_a_shorter_line_leaves_nothing_of_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", onlooker := Onlooker())
    with progress() as say_so:
        say_so("a long line")
        say_so("short")
    assert onlooker.getvalue() == "\ra long line\rshort      \r           \r"


def test_whose_calendar_is_being_read_is_said_until_it_is(
    cadence: Cadence, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "day-job.ics").write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    for words in (("busy", "add", "Anna", str(tmp_path / "day-job.ics")), ("busy", "refresh")):
        monkeypatch.setattr(sys, "stderr", onlooker := Onlooker())
        assert cadence(*words).status == 0
        assert onlooker.getvalue().split("\r")[1] == "reading day-job.ics …"
        assert onlooker.getvalue().endswith(f"\r{'':21}\r")
