"""Commands run in this process, each test with its own home and its own calendar.

    done = cadence("post", "add", "Blog", "Hello", "--at", "fri")
    assert done.status == 0
    assert "Planned" in done.out

The clock stands at Monday 23 November 2026, ten in the morning in Rome, unless a command says `--now`.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from cadence.cli import run

NOW = "2026-11-23T10:00+01:00"


@dataclass(frozen=True)
class Result:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Cadence(Protocol):
    def __call__(self, *words: str | Path | int, now: str = NOW) -> Result: ...


STEPS: tuple[tuple[str, ...], ...] = (
    ("init", "--name", "Officine Rossi", "--zone", "Europe/Rome"),
    ("team", "edit", "--no-boosts"),
    ("member", "add", "Anna", "--lead", "--allowance", "3h", "--login", "anna"),
    ("member", "add", "Luca", "--allowance", "1h"),
    ("member", "add", "Studio Blu", "--partner", "--cost", "48.50", "--allowance", "5h",
     "--skill", "engage"),
    ("channel", "add", "Blog", "--workflow", "none"),
    ("channel", "add", "Newsletter"),
    ("rhythm", "add", "Blog", "--rrule", "FREQ=WEEKLY;BYDAY=TU,TH", "--at", "10:00",
     "--from", "2026-11-16", "--max-silence", "7d"),
    ("post", "add", "Blog", "Il tornio", "--slot", "2026-11-17"),
    ("post", "publish", "1", "--at", "2026-11-17T10:30", "--link", "https://example.com/tornio"),
    ("post", "add", "Blog", "Storia Bianchi", "--slot", "tue"),
    ("post", "add", "Newsletter", "Dicembre", "--at", "fri 9:00"),
    ("assign", "3", "draft", "Anna"),
)  # fmt: skip


def own_home(folder: Path, environment: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is seen, and nothing of theirs is touched."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    environment.setenv("HOME", str(folder))
    environment.setenv("TZ", "Europe/Rome")
    environment.setenv("LOGNAME", "maria")
    environment.delenv("CADENCE_MEMBER", raising=False)
    environment.setenv("CADENCE_CALENDAR", str(folder / "team.json"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_home(tmp_path, monkeypatch)


@pytest.fixture
def cadence(capfd: pytest.CaptureFixture[str]) -> Cadence:
    """Runs a command line."""

    def call(*words: str | Path | int, now: str = NOW) -> Result:
        capfd.readouterr()
        status = run([*(["--now", now] if now else []), *map(str, words)])
        printed = capfd.readouterr()
        return Result(status, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def a_small_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the small team, made once; each test gets a copy."""
    folder = tmp_path_factory.mktemp("small-team")
    with pytest.MonkeyPatch.context() as environment:
        own_home(folder, environment)
        for words in STEPS:
            assert run(["--now", NOW, *words]) == 0, words
    return folder


@pytest.fixture
def team(a_small_team: Path, tmp_path: Path) -> Path:
    """A small team in Rome that asks for no boosts: Anna (lead, 3 h a week), Luca (1 h) and the partner
    Studio Blu; the Blog, which needs no tasks, on Tuesdays and Thursdays at ten from 16 November; the
    Newsletter with the usual tasks.

    Post 1 went out on Tuesday 17 at half past ten, nothing on Thursday 19; post 2 fills the slot of Tuesday
    24. Post 3 is the Newsletter of Friday 27, whose draft (an hour, by Wednesday) is Anna's.
    """
    for file in a_small_team.glob("team.json*"):
        if file.is_file():
            shutil.copy(file, tmp_path)
    return tmp_path / "team.json"
