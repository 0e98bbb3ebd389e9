"""`cadence capacity`, `sustain` and `train`, as they are typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cadence.cli.guides import text_of
from tests.cli.conftest import Cadence

ROOT = Path(__file__).parents[2]
GUIDE = text_of("promises")
TEAM = ROOT / "sample_data" / "officine-rossi" / "team.toml"


@pytest.fixture
def rossi(cadence: Cadence) -> Cadence:
    """The sample team, with its rhythms and no posts."""
    assert cadence("init", "--from", TEAM).status == 0
    return cadence


@pytest.mark.long
@pytest.mark.parametrize("command", ["capacity", "sustain", "train"])
def test_the_guide_shows_what_is_printed(rossi: Cadence, command: str) -> None:
    shown = GUIDE.split(f"$ cadence {command}\n")[1].split("\n```")[0].splitlines()
    assert len(shown) > 4
    assert rossi(command, now="2026-11-23T08:00").out.splitlines()[: len(shown)] == shown


def test_what_is_proposed_can_be_typed_and_helps(rossi: Cadence) -> None:
    assert rossi("rhythm", "edit", 1, "--skip-holidays").status == 0
    assert rossi("member", "edit", "Marco", "--allowance", "2h30m").status == 0
    period = ("--from", "2026-12-07", "--to", "2026-12-21")
    found = rossi("capacity", *period, "--json").json
    assert found["first_break"] is None
    assert found["cures"] == []
    assert "The promise can be kept" in rossi("capacity", *period).out


def test_one_line_per_week_and_more_with_details(rossi: Cadence) -> None:
    lines = rossi("capacity", "--from", "mon", "--to", "+14d").out.splitlines()
    assert lines[0].split() == [
        "week",
        "needs",
        "team",
        "partners",
        "promise",
        "without",
        "partners",
        "unanswered",
    ]
    assert [line[:10] for line in lines[1:3]] == ["Mon 23 Nov", "Mon 30 Nov"]
    assert "team could" in rossi("capacity", "--to", "+7d", "--details").out


def test_the_json_of_capacity(rossi: Cadence) -> None:
    found = rossi("capacity", "--from", "2026-12-14", "--to", "2026-12-21", "--json").json
    assert set(found) == {
        "proven", "proven_without_partners", "weeks", "first_break", "cures", "open_after_cures", "in_time",
        "outsourcing",
    }  # fmt: skip
    (week,) = found["weeks"]
    assert week["week"] == "2026-12-14"
    assert week["open"] == ["Blog 2026-12-24T10:00 draft"]
    assert {"channel": "Blog", "task": "draft", "minutes": 150} in found["first_break"]["short"]
    draft = next(need for need in week["needs"] if (need["channel"], need["task"]) == ("Blog", "draft"))
    # Anna 105, Giulia 120, Luca 60, Marco 120, and Sara as a learner 40 of 60.
    assert draft == {"channel": "Blog", "task": "draft", "minutes": 150, "staff": 445, "partners": 0}
    ways = found["cures"][0]["ways"]
    assert ways[0]["minutes_a_week"] == 30
    assert set(ways[0]) == {
        "kind", "text", "command", "minutes_a_week", "cost_a_month", "posts_fewer_a_week",
    }  # fmt: skip
    assert {one["task"] for one in found["outsourcing"]} >= {"draft", "engage"}


@pytest.mark.long
def test_sustain_of_one_channel(rossi: Cadence) -> None:
    found = rossi("sustain", "--channel", "blog", "--weeks", "2", "--typical", "--json").json
    assert set(found) == {"from", "weeks", "channels", "together", "one_more"}
    (blog,) = found["channels"]
    assert (blog["channel"], blog["promised"]) == ("Blog", 0.5)


@pytest.mark.long
def test_train_ranks_who_covers_something_first(rossi: Cadence) -> None:
    period = ("--from", "2026-12-14", "--to", "2026-12-21")
    assert rossi("train", *period).out.splitlines()[1].split()[:3] == ["draft", "Blog", "Elena"]
    first = rossi("train", *period, "--json").json["trainings"][0]
    assert (first["member"], first["covers"], first["posts_before"], first["posts_after"]) == (
        "Elena",
        1,
        0,
        1,
    )


def test_an_empty_team_has_nothing_to_hold(cadence: Cadence) -> None:
    cadence("init", "--name", "Nobody", "--zone", "Europe/Rome")
    for command in ("capacity", "sustain", "train"):
        done = cadence(command)
        assert (done.status, done.err) == (0, ""), command
        assert done.out


@pytest.mark.parametrize(
    "words",
    [
        ("capacity", "--from", "2020-01-01", "--to", "2020-02-01"),
        ("capacity", "--to", "2035-01-01"),
        ("capacity", "--from", "fri", "--to", "mon"),
        ("capacity", "--time-limit", "0"),
        ("capacity", "--from", "soon"),
        ("sustain", "--channel", "nowhere"),
        ("sustain", "--weeks", "0"),
        ("train", "--from", "2020-01-01", "--to", "2020-02-01"),
    ],
)
def test_bad_input_is_one_line(rossi: Cadence, words: tuple[str, ...]) -> None:
    done = rossi(*words)
    assert done.status == 2
    assert done.out == ""
    assert done.err.count("\n") == 1


def test_a_channel_without_work_cannot_be_asked_about(cadence: Cadence, team: Path) -> None:
    done = cadence("sustain", "--channel", "Blog")
    assert done.status == 2
    assert "promises nothing with work in it" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_it_while_it_looks(rossi: Cadence) -> None:
    code = (
        "import os, signal, sys\n"
        "import cadence.planner.sustaining.trial as trial\n"
        "judge, asked = trial.judge, []\n"
        "def interrupted(problem, clock, **others):\n"
        "    asked.append(1)\n"
        "    if len(asked) == 3: os.kill(os.getpid(), signal.SIGINT)\n"
        "    return judge(problem, clock, **others)\n"
        "trial.judge = interrupted\n"
        "from cadence.cli import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--now", "2026-11-23T08:00", "sustain"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == "cadence: interrupted, nothing more was changed\n"
