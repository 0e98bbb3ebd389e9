"""What the README and the guides tell is run as it stands there, as a new user would type it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cadence.cli.guides import text_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MONDAY_MORNING = "2026-11-23T08:00"


def commands_of(text: str) -> list[str]:
    """The `$ cadence …` lines of a text, in order."""
    return re.findall(r"^\$ (cadence .*?)(?:\s+#.*)?$", text, flags=re.MULTILINE)


@pytest.fixture
def shell(tmp_path: Path):
    """Runs one command line like the shell of somebody who has just installed Cadence."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "CADENCE_CALENDAR": str(tmp_path / "team.json"),
        "PYTHONUTF8": "1",
    }
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")

    def run(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
        words = [variables.get(word.removeprefix("$"), word) for word in shlex.split(line)]
        command = [sys.executable, "-m", "cadence", "--now", MONDAY_MORNING, *words[1:]]
        return subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.mark.long
def test_the_first_week_runs_as_it_is_written(shell, tmp_path: Path) -> None:
    lines = commands_of(text_of("first-week"))
    assert len(lines) > 25
    printed: dict[str, str] = {}
    post = ""
    for line in lines:
        done = shell(line, POST=post)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip(), f"{line} says nothing"
        printed[line] = done.stdout
        if line.startswith("cadence post add"):
            post = re.search(r"post (\d+)", done.stdout)[1]
    assert (tmp_path / "calendars" / "team.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    (figures,) = [text for line, text in printed.items() if "--to 2026-09-01" in line]
    assert "44      215     73    44     292      54     45 d     7 d" in figures


@pytest.mark.long
def test_an_own_team_is_there_in_five_minutes(shell, tmp_path: Path) -> None:
    lines = commands_of(README.split("\n## Five minutes to your own team\n")[1].split("\n## ")[0])
    assert len(lines) == 10
    for line in lines:
        done = shell(line)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert b"DTSTART" in (tmp_path / "calendars" / "team.ics").read_bytes()


def test_the_replan_is_as_it_is_shown(shell) -> None:
    """What Cadence proposes when Elena of the sample team falls ill."""
    folder = "sample_data/officine-rossi"
    for words in (
        f"init --from {folder}/team.toml",
        *(f"import {w} {folder}/{w}.csv" for w in ("history", "posts")),
    ):
        assert shell(f"cadence {words}").returncode == 0
    line = "cadence replan --absent Elena --from 2026-11-30 --to 2026-12-05"
    shown = text_of("plans").split(f"$ {line}\n")[1].split("\n```")[0].splitlines()
    printed = shell(line).stdout.splitlines()
    assert len(shown) > 8
    assert [text for text in shown if text != "…"] == [text for text in printed if text in shown]
