"""How the app is opened: on which calendar, and through whose eyes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cadence.model.team import Member
from cadence.workspace import Workspace
from tests.cli.conftest import Cadence


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the app would have been opened with; here it leaves at once."""
    calls: list[dict[str, Any]] = []

    def run(opening: Callable[[], tuple[Workspace, Member | None]], clock: Any, **options: Any) -> None:
        workspace, viewer = opening()
        team = workspace.calendar.team.name
        calls.append({"team": team, "viewer": viewer.name if viewer else None, "now": clock(), **options})

    monkeypatch.setattr("cadence.tui.run", run)
    monkeypatch.setattr("cadence.cli.commands.app.check_terminal", lambda: None)
    return calls


def test_without_a_command_the_app_opens_on_the_calendar(
    cadence: Cadence, team: Path, opened: list[dict[str, Any]]
) -> None:
    assert cadence("--as", "anna", "--ascii").status == 0
    assert opened[0]["team"] == "Officine Rossi"
    assert opened[0]["viewer"] == "Anna"
    assert opened[0]["ascii_only"] is True
    assert opened[0]["now"].isoformat() == "2026-11-23T09:00:00+00:00"
    assert opened[0]["keymap_file"] == team.with_name("config") / "cadence" / "keys.toml"


def test_the_first_start_makes_an_empty_calendar_for_the_app_to_set_up(
    cadence: Cadence, tmp_path: Path, opened: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CADENCE_CALENDAR")
    assert cadence().status == 0
    assert opened[0]["viewer"] is None
    assert (tmp_path / "data" / "cadence" / "calendar.json").exists()


def test_a_calendar_that_was_named_and_is_not_there_is_no_first_start(
    cadence: Cadence, tmp_path: Path, opened: list[dict[str, Any]]
) -> None:
    done = cadence("--calendar", tmp_path / "taem.json")
    assert done.status == 2
    assert "there is no calendar at" in done.err
    assert not opened
    assert not (tmp_path / "taem.json").exists()


def test_the_demo_is_seen_through_the_eyes_of_a_lead(
    cadence: Cadence, tmp_path: Path, opened: list[dict[str, Any]]
) -> None:
    assert cadence("demo", "--calendar", tmp_path / "sample.json").status == 0
    assert opened[0]["viewer"] == "Giulia"


def test_the_demo_never_overwrites_a_calendar(cadence: Cadence, team: Path) -> None:
    before = team.read_bytes()
    assert cadence("demo", "--plain", "--calendar", team).status == 2
    assert team.read_bytes() == before


def test_without_a_terminal_the_demo_says_where_it_is(
    cadence: Cadence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = cadence("demo")
    assert done.status == 0
    command = next(line for line in done.out.splitlines() if line.endswith(" warnings"))
    assert cadence(*command.split()[1:]).out.startswith("▲ high")
