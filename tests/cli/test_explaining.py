"""`cadence who` and `cadence why`: people ranked with consequences, reasons, and what would help."""

from __future__ import annotations

import shlex
from pathlib import Path

from tests.cli.conftest import Cadence


def test_everybody_is_listed_with_what_it_means_or_what_forbids_it(cadence: Cadence, team: Path) -> None:
    lines = cadence("who", 3, "review").out.splitlines()
    assert lines[0].split() == ["who", "load", "then", "free", "why"]
    assert lines[1].split(maxsplit=7) == ["Luca", "0", "%", "25", "%", "16", "h", "+15′, would be at 25 %"]
    assert lines[2].endswith("cannot: wrote the draft")
    assert lines[3].endswith("cannot: no review skill on Newsletter")


def test_a_task_that_nobody_has_says_whom_it_would_fit(cadence: Cadence, team: Path) -> None:
    assert cadence("why", 3, "review").out.splitlines() == [
        "Nobody has the review of “Dicembre” (15′, by Thu 26 Nov). It would fit:",
        "  Luca: +15′, would be at 25 %",
        "Give it to somebody: `cadence assign 3 review Luca`.",
    ]


def test_who_has_a_task_is_compared_with_the_others(cadence: Cadence, team: Path) -> None:
    assert cadence("why", 3, "draft").out.splitlines() == [
        "Anna has the draft of “Dicembre” (60′, by Wed 25 Nov).",
        "  Anna rather than Luca: 34 % against 100 %",
        "  Studio Blu: no draft skill on Newsletter",
    ]
    cadence("member", "edit", "Anna", "--allowance", "30m")
    assert cadence("why", 3, "draft").out.splitlines()[:2] == [
        "Anna has the draft of “Dicembre” (60′, by Wed 25 Nov). "
        "But Anna is 30′ short in the week of Mon 23 Nov (gives 30′, has 0′).",
        "  Luca could take it: +60′, would be at 100 %",
    ]


def test_the_commands_of_the_least_changes_do_what_they_say(cadence: Cadence, team: Path) -> None:
    """Anna alone may review post 3 once Luca drafts it, and she has no time."""
    cadence("member", "edit", "Anna", "--allowance", "10m")
    cadence("assign", 3, "draft", "Luca")
    assert cadence("why", 3, "review").out.splitlines()[1] == (
        "Nobody has time: Anna is 5′ short in the week of Mon 23 Nov; Luca wrote the draft; "
        "Studio Blu has no review skill on Newsletter."
    )
    found = cadence("why", 3, "review", "--json").json
    assert found["member"] is None
    assert found["could"] == []
    assert [way["if"] for way in found["would_fit"]] == [
        "Anna gave 5′ more in the week of Mon 23 Nov",
        "Studio Blu took it: 12.13 €, 15′",
        "the post were skipped",
    ]
    assert found["would_fit"][1]["cost"] == 12.13
    for way in found["would_fit"]:
        done = cadence(*shlex.split(way["command"])[1:])
        assert done.status == 0, done.err
        if way["member"]:
            fits = cadence("why", 3, "review", "--json").json["could"]
            assert fits == [way["member"]]
        cadence("undo")


def test_what_is_done_is_no_question(cadence: Cadence, team: Path) -> None:
    cadence("post", "done", 3, "draft")
    for word in ("who", "why"):
        done = cadence(word, 3, "draft")
        assert done.status == 2
        assert "nothing is left to do about 3 draft" in done.err
