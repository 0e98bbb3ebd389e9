"""`cadence --plain SCREEN`: a screen of the app for a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence


def test_the_command_prints_a_screen(cadence: Cadence, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    done = cadence("--plain", "warnings")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Cadence · Officine Rossi · Warnings · Mon 23 Nov\n")
    assert cadence("--plain").out.splitlines()[0].endswith(" · Week · Mon 23 Nov")
    assert cadence("--plain", "team", "--json").json["screen"] == "team"
    wrong = cadence("--plain", "moth")
    assert (wrong.status, wrong.out) == (2, "")
