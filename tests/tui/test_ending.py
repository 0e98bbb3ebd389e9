"""The app ends though nobody leaves it: it is told to, or its terminal vanishes, as a window that is closed
or a line that breaks, and the system does not tell, since whoever started it has SIGHUP ignored."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bench.terminal import Terminal
from cadence.exchange.sample import sample_steps
from cadence.workspace import Workspace
from tests.builders import NOW

pytestmark = pytest.mark.long

PATIENCE = 4.0
"""Seconds until it must be gone; two, and some for a busy machine."""


class Line(Terminal):
    """A terminal that can vanish. What the app has to complain about goes there, too."""

    def vanish(self) -> None:
        os.close(self._fd)

    def children(self) -> list[int]:
        """The processes that the app has started."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/children")
        return [int(pid) for task in tasks for pid in task.read_text().split()]

    def is_gone(self) -> bool:
        """Whether it ends within our patience; it is killed if it does not."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
            time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return False


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "team.json"
    workspace = Workspace.open(str(path), create=True)
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    workspace.close()
    return path


@pytest.fixture
def line(file: Path) -> Iterator[Line]:
    words = ["-m", "cadence", "--calendar", str(file), "--as", "Giulia", "--now", NOW.isoformat()]
    environment = {f"XDG_{kind}_HOME": str(file.parent) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment |= {"CADENCE_LANGUAGE": "en", "PYTHONPATH": os.getcwd()}
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what a process ignores, its children do, too
    try:
        line = Line([sys.executable, *words], environment, 80, 24, file.parent)
    finally:
        signal.signal(signal.SIGHUP, before)
    line.wait_for("Warnings 1")  # with their number: the figures are there
    yield line
    with suppress(OSError):
        os.kill(line.pid, signal.SIGKILL)


def test_told_to_end_it_gives_the_terminal_back(line: Line) -> None:
    line.settle(0.5)
    os.kill(line.pid, signal.SIGTERM)
    line.settle(0.5)
    assert line.is_gone()
    assert termios.tcgetattr(line._fd)[3] & termios.ECHO


def test_told_to_end_it_does_so_even_where_nobody_takes_what_it_paints(line: Line) -> None:
    for _ in range(40):
        os.write(line._fd, b"LLLLHHHH")
    time.sleep(0.3)
    os.kill(line.pid, signal.SIGTERM)
    assert line.is_gone()


def test_it_ends_with_its_terminal(line: Line, file: Path) -> None:
    line.press("<", quiet=0.5)
    line.vanish()
    assert line.is_gone()
    workspace = Workspace.open(str(file))
    assert workspace.history(limit=1)[0].by == "Giulia"
    workspace.close()
    assert not (file.parent / "cadence" / "crash.log").exists()


def test_it_ends_in_the_midst_of_painting(line: Line) -> None:
    for _ in range(40):  # more than the line holds: nobody reads
        os.write(line._fd, b"LLLLHHHH")
    time.sleep(0.3)
    line.vanish()
    assert line.is_gone()


def test_a_plan_that_is_under_way_ends_with_it(line: Line) -> None:
    os.write(line._fd, b"p")
    end = time.monotonic() + 10
    while not (solvers := line.children()) and time.monotonic() < end:
        line.settle(0.05)
    assert solvers
    line.vanish()
    assert line.is_gone()
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in solvers) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [pid for pid in solvers if Path(f"/proc/{pid}").exists()]
