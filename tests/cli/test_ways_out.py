"""A way out is a command line: every one that a warning offers must do what it says."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from tests.cli.conftest import Cadence


def test_every_way_out_of_the_sample_teams_warnings_works(cadence: Cadence, tmp_path: Path) -> None:
    sample = tmp_path / "sample.json"
    assert cadence("demo", "--calendar", sample, "--plain").status == 0
    found = cadence("warnings", "--calendar", sample, "--json").json["warnings"]
    one_of_each = {}
    for warning in found:
        for way in warning["ways_out"]:
            words = shlex.split(way["command"])
            options = [word for word in words if word.startswith("--")]
            one_of_each.setdefault((warning["rule"], way["kind"], *words[1:3], *options), words)
    assert len(one_of_each) > 10
    for words in one_of_each.values():
        for file in tmp_path.glob("sample.json*"):
            if file.is_file():
                shutil.copy(file, tmp_path / file.name.replace("sample", "trial"))
        assert words[0] == "cadence"
        done = cadence(*words[1:], "--calendar", tmp_path / "trial.json", "--json")
        assert done.status == 0, f"{shlex.join(words)}: {done.err}"
        assert done.json["change"], f"{shlex.join(words)} changes nothing: {done.out}"
