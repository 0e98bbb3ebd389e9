"""A command ends in order, whatever happens: broken pipes, full disks, odd locales, Ctrl-C, our mistakes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.cli.conftest import NOW, Cadence
from tests.cli.test_bad_input import assert_refused, contents

CADENCE = [sys.executable, "-m", "cadence", "--now", NOW]


def process(*words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **how.pop("environment", {})}
    return subprocess.run(
        [*CADENCE, *words], env=environment, capture_output=True, text=True, check=False, **how
    )


def test_a_reader_that_goes_away_is_no_error(team: Path) -> None:
    command = f"{' '.join(CADENCE)} post list --all | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.strip() in ("0", "141")  # 0: it had written everything before the reader went


def test_output_that_cannot_be_written_is_one_line(team: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*CADENCE, "week"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("cadence: No space left on device")
    assert done.stderr.count("\n") == 1


def test_a_full_disk_refuses_the_change_and_keeps_the_calendar(cadence: Cadence, team: Path) -> None:
    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = team.with_name("team.json.log").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, size + 20))

    before = contents(team.parent)
    done = process("post", "add", "Blog", "Too much", "--at", "fri", preexec_fn=small_files_only)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert contents(team.parent) == before
    assert cadence("verify").status == 0


# Root may read everything, unless it gives up the capabilities that let it.
AS_ANYBODY = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []


@pytest.mark.skipif(bool(AS_ANYBODY) and not which("setpriv"), reason="nothing is forbidden to root")
@pytest.mark.parametrize("words", [("week",), ("channel", "add", "New"), ("backup",)])
def test_a_calendar_without_permission(team: Path, words: tuple[str, ...]) -> None:
    for file in team.parent.glob("team.json*"):
        if file.is_file():
            file.chmod(0)
    done = subprocess.run([*AS_ANYBODY, *CADENCE, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert str(team) in done.stderr


def test_what_is_intact_of_a_damaged_calendar_can_be_saved(cadence: Cadence, team: Path) -> None:
    journal = team.with_name("team.json.log")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[-2] = lines[-2].replace(b'"', b"?", 1)
    journal.write_bytes(b"".join(lines))
    team.unlink()
    assert_refused(cadence("week"))
    assert "`cadence rescue NEW`" in cadence("week").err
    assert cadence("verify").status == 1
    saved = team.with_name("saved.json")
    assert cadence("rescue", str(saved)).status == 0
    assert cadence("verify", "--calendar", str(saved)).status == 0
    assert journal.read_bytes() == b"".join(lines)
    assert_refused(cadence("rescue", str(saved)))


def test_an_immutable_place_refuses_a_new_calendar(cadence: Cadence) -> None:
    assert_refused(cadence("init", "--calendar", "/proc/team.json"))


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_a_locale_without_unicode_shows_what_it_can(team: Path, locale: str) -> None:
    plain = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    week = process("week", environment=plain)
    assert week.returncode == 0, week.stderr
    assert week.stdout.isascii()
    assert "10:00 o Blog: Storia Bianchi" in week.stdout


def test_json_means_the_same_in_every_encoding(cadence: Cadence, team: Path) -> None:
    cadence("channel", "add", "Città \U0001f3ed")
    ascii_only = process("channel", "list", "--json", environment={"PYTHONIOENCODING": "ascii"})
    assert ascii_only.stdout.isascii()
    assert "Citt\\u00e0 \\ud83c\\udfed" in ascii_only.stdout


def test_an_argument_of_bytes_that_are_no_text(team: Path) -> None:
    done = subprocess.run(
        [*CADENCE, b"post", b"add", b"Blog", b"caf\xe9", b"--at", b"fri"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"not text" in done.stderr


def test_control_characters_of_an_argument_do_not_reach_the_terminal(cadence: Cadence, team: Path) -> None:
    done = cadence("post", "list", "--channel", "\x1b]0;gotcha\x07")
    assert_refused(done)
    assert "\x1b" not in done.err


def test_ctrl_c_is_one_line(cadence: Cadence, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cadence.insight.capacity.loads", interrupted)
    monkeypatch.setattr("cadence.cli.commands.load.loads", interrupted, raising=False)
    done = cadence("load")
    assert done.status == 130
    assert done.err == "cadence: interrupted, nothing more was changed\n"


def test_a_mistake_of_ours_leaves_its_details_in_a_file(
    cadence: Cadence, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("somewhere\ndeep")

    monkeypatch.setattr("cadence.cli.commands.load.loads", broken, raising=False)
    done = cadence("load")
    assert done.status == 70
    assert done.err.count("\n") == 1
    report = team.with_name("state") / "cadence" / "crash.log"
    assert str(report) in done.err
    assert "ZeroDivisionError" in report.read_text()
    assert "command: cadence --now" in report.read_text()
