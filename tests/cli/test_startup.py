"""Commands start fast because they load little. What is loaded is looked at in fresh processes: only there is
nothing imported yet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cadence

HEAVY = ("textual", "rich", "icalendar", "holidays", "asyncio", "tomllib")
SPY = """
import sys
from cadence.cli import run
status = run(sys.argv[1:])
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def modules_loaded_by(*words: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", SPY, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines())


def test_help_loads_click_and_nothing_else() -> None:
    loaded = modules_loaded_by("--help")
    assert not loaded & {*HEAVY, "tinydb", "msgspec", "dateutil", "zoneinfo", "json"}
    assert not any(name.startswith("cadence.cli.commands.") for name in loaded)


@pytest.mark.parametrize("words", [("warnings",), ("slots",), ("export", "csv"), ("post", "list")])
def test_a_view_loads_no_app_and_no_feeds(team: Path, words: tuple[str, ...]) -> None:
    assert not modules_loaded_by(*words) & set(HEAVY)


def test_feeds_load_no_app(team: Path) -> None:
    loaded = modules_loaded_by("export", "ics", "-o", str(team.with_name("feeds")))
    assert "icalendar" in loaded
    assert not loaded & {"textual", "rich"}


def test_a_command_loads_only_its_own_module(team: Path) -> None:
    loaded = {name for name in modules_loaded_by("load") if name.startswith("cadence.cli.commands.")}
    assert loaded == {"cadence.cli.commands.load"}


def test_python_dash_m_is_the_same_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cadence", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("cadence, version ")


def test_without_a_terminal_the_app_points_to_the_commands(cadence: Cadence, team: Path) -> None:
    done = cadence(now="")
    assert done.status == 2
    assert done.err.count("\n") == 1
    for command in ("cadence week --plain", "cadence warnings", "cadence --help"):
        assert command in done.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CADENCE_COMPLETE", f"{shell}_source")
    done = subprocess.run([sys.executable, "-m", "cadence"], capture_output=True, text=True, check=True)
    assert "_CADENCE_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cadence wa", "warnings"),
        ("cadence post mo", "move"),
        ("cadence warnings --fail", "--fail-on"),
        ("cadence warnings --fail-on me", "medium"),
        ("cadence assign 3 re", "review"),
        ("cadence assign 3 review An", "Anna"),
        ("cadence post add Ne", "Newsletter"),
        ("cadence slots --channel B", "Blog"),
    ],
)
def test_completion_knows_commands_options_and_names(
    team: Path, typed: str, offered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_CADENCE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    done = subprocess.run([sys.executable, "-m", "cadence"], capture_output=True, text=True, check=True)
    assert offered in [line.partition(",")[2] for line in done.stdout.splitlines()]
