"""Ten tasks of everyday life, done with real keys in a real terminal, in few of them."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

from bench.terminal import Terminal
from cadence.exchange.sample import sample_steps
from cadence.model.calendar import Calendar
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.ten_tasks import KEYS, TASKS, Seen, Task, Type

COLUMNS, ROWS = 120, 40
README = Path(__file__).parents[1] / "README.md"
PATIENCE = 40
"""Seconds for a task at most, however busy the machine is."""


class Watched(Terminal):
    """A terminal whose screen is read as a person would."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        super().__init__(command, environment, COLUMNS, ROWS, folder)
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    def _read(self, seconds: float) -> bytes:
        painted = super()._read(seconds)
        self._stream.feed(painted)
        return painted

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def wait_until(self, is_so: Callable[[], bool]) -> bool:
        """Whether it came to be so within our patience."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > end:
                return False
            self.settle(0.2)
        return True


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample team in a file."""
    path = tmp_path_factory.mktemp("sample") / "team.json"
    workspace = Workspace.open(str(path), create=True)
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    workspace.close()
    return path


@contextmanager
def the_app(path: Path, who: str) -> Iterator[Watched]:
    home = path.parent
    command = [
        sys.executable,
        "-m",
        "cadence",
        "--calendar",
        str(path),
        "--as",
        who,
        "--now",
        NOW.isoformat(),
    ]
    environment = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    environment |= {"CADENCE_LANGUAGE": "en", "SSH_CONNECTION": "far away", "PYTHONPATH": os.getcwd()}
    terminal = Watched(command, environment, home)
    try:
        # With their number: the figures are there.
        assert terminal.wait_until(lambda: "Warnings 1" in terminal.text), terminal.text
        yield terminal
    finally:
        terminal.close()


def calendar_in(path: Path) -> Calendar:
    workspace = Workspace.open(str(path))
    try:
        return workspace.calendar
    finally:
        workspace.close()


@pytest.mark.long
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_it_is_done_with_these_keys(task: Task, sample: Path, tmp_path: Path) -> None:
    for file in sample.parent.iterdir():
        copy = shutil.copytree if file.is_dir() else shutil.copy
        copy(file, tmp_path / file.name)
    path = tmp_path / sample.name
    workspace = Workspace.open(str(path))
    task.prepare(workspace)
    before = workspace.calendar
    workspace.close()

    def is_done() -> bool:
        return task.done(Seen(app.text, before, calendar_in(path), tmp_path))

    with the_app(path, task.who) as app:
        assert not is_done(), "it is done before it began: the test would say nothing"
        for n, key in enumerate(task.keys):
            # The first key leads to a screen: one looks at it before one goes on.
            app.press(key.text if isinstance(key, Type) else KEYS.get(key, key), quiet=0.25 if n else 1.0)
        assert app.wait_until(is_done), app.text


def test_the_readme_shows_the_keys_and_their_number() -> None:
    text = README.read_text("utf-8")
    for task in TASKS:
        assert f"| {task.name} | {task.says} | {task.count} |" in text
