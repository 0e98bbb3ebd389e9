"""Whatever is wrong: one line that names it, exit status 2, nothing changed, no traceback."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from cadence.store import open_store
from cadence.store.schema import SCHEMA, Schema, Step
from tests.cli.conftest import Cadence, Result

LONG = "x" * 5_000_000


def assert_refused(done: Result) -> None:
    assert done.status == 2, (done.status, done.out, done.err)
    assert done.err.startswith("cadence: ")
    assert done.err.count("\n") == 1
    assert len(done.err) < 1000
    assert "Traceback" not in done.err
    assert "bug" not in done.err
    assert done.out == ""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that holds something of the calendar."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name.startswith("team.json") and not path.name.endswith(".lock")
    }


ARGUMENTS: dict[str, tuple[str, ...]] = {
    "a command that does not exist": ("wranings",),
    "an option that does not exist": ("post", "list", "--chanel", "Blog"),
    "a command below that does not exist": ("post", "ad"),
    "a command below that is missing": ("post",),
    "an argument that is missing": ("post", "add", "Blog"),
    "an argument too many": ("undo", "3", "4"),
    "an option without its value": ("agenda", "--from"),
    "a channel that does not exist": ("post", "add", "Blogg!", "Hello", "--at", "fri"),
    "a member that does not exist": ("assign", "3", "draft", "Nobody"),
    "a name that is empty": ("post", "list", "--channel", ""),
    "a date that is empty": ("slots", "--from", ""),
    "a post that does not exist": ("post", "show", "99"),
    "a number that is a word": ("post", "show", "first"),
    "a number that is negative": ("post", "show", "-3"),
    "a number that is huge": ("post", "show", "9" * 400),
    "a number in other digits": ("post", "show", "٣"),
    "a task that does not exist": ("claim", "3", "sing", "--as", "Luca"),
    "a task that the post does not have": ("assign", "2", "draft", "Anna"),
    "a date that does not exist": ("post", "add", "Blog", "Hello", "--at", "2026-02-30"),
    "a date that is a word": ("post", "move", "2", "someday"),
    "a date out of range": ("post", "move", "2", "9999-12-31"),
    "a step beyond all calendars": ("post", "move", "2", "+999999w"),
    "a date with a time where only a day goes": ("absence", "add", "Luca", "fri 9:00"),
    "an absence that ends before it begins": ("absence", "add", "Luca", "2026-12-02", "2026-12-01"),
    "a period that ends before it begins": ("slots", "--from", "2026-12-02", "--to", "2026-12-01"),
    "a clock that cannot be read": ("slots", "--now", "half past"),
    "a time zone that does not exist": ("channel", "add", "Podcast", "--zone", "Europe/Roma"),
    "a time zone that is a path": ("channel", "add", "Podcast", "--zone", "../../etc/passwd"),
    "a rule by the second": ("rhythm", "add", "Blog", "--rrule", "FREQ=SECONDLY", "--at", "9:00"),
    "a rule by the hour": ("rhythm", "add", "Blog", "--rrule", "FREQ=HOURLY", "--at", "9:00"),
    "a rule that never occurs": (
        "rhythm", "add", "Blog", "--rrule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "--at", "9:00",
    ),
    "a rule that is none": ("rhythm", "add", "Blog", "--rrule", "every tuesday", "--at", "9:00"),
    "a rule in two lines": (
        "rhythm", "add", "Blog", "--rrule", "FREQ=DAILY\nRRULE:FREQ=DAILY", "--at", "9:00",
    ),
    "an hour that does not exist": ("rhythm", "add", "Blog", "--rrule", "FREQ=DAILY", "--at", "25:00"),
    "a duration that is none": (
        "rhythm", "add", "Blog", "--rrule", "FREQ=DAILY", "--at", "9:00", "--max-silence", "long",
    ),
    "an allowance longer than a week": ("member", "add", "Sara", "--allowance", "200h"),
    "a skill that does not exist": ("member", "add", "Sara", "--skill", "sing"),
    "a skill on a channel that does not exist": ("member", "add", "Sara", "--skill", "draft:Radio"),
    "working hours that are none": ("member", "add", "Sara", "--hours", "always"),
    "working hours that overlap": ("member", "add", "Sara", "--hours", "mon 9-13,12-18"),
    "a cost that is no amount": ("member", "add", "Sara", "--partner", "--cost", "much"),
    "a cost below nothing": ("member", "add", "Sara", "--partner", "--cost", "-5"),
    "a name that is taken": ("member", "add", "anna"),
    "a name of blanks": ("channel", "add", "   "),
    "a name with control characters": ("channel", "add", "Blog\x1b[31m"),
    "a title with a line break": ("post", "add", "Blog", "Hel\nlo", "--at", "fri"),
    "a title of five megabytes": ("post", "add", "Blog", LONG, "--at", "fri"),
    "an empty title": ("post", "add", "Blog", "", "--at", "fri"),
    "a title in bytes that are no text": ("post", "add", "Blog", "caf\udce9", "--at", "fri"),
    "a post without a time": ("post", "add", "Blog", "Hello"),
    "a slot that does not exist": ("post", "add", "Blog", "Hello", "--slot", "2026-11-25"),
    "a slot that is taken": ("post", "add", "Blog", "Hello", "--slot", "2026-11-24"),
    "a link that is none": ("post", "publish", "2", "--link", "not a link"),
    "a publication in the future": ("post", "publish", "2", "--at", "+3d"),
    "a publication that is published": ("post", "publish", "1"),
    "a skip without a reason": ("post", "skip", "2"),
    "a step of a workflow that is none": ("workflow", "add", "Quick", "--step", "draft"),
    "a step that closes before it opens": ("workflow", "add", "Quick", "--step", "draft:1h:-1:-5"),
    "a claim by nobody": ("claim", "3", "review"),
    "a claim of somebody else's task": ("claim", "3", "draft", "--as", "Luca"),
    "a review by the draft's author": ("assign", "3", "review", "Anna"),
    "a task without the skill": ("assign", "3", "design", "Studio Blu"),
    "an unknown me": ("week", "--as", "Zoe"),
    "a week of two days": ("week", "fri", "--from", "today"),
    "a warning that does not exist": ("ack", "empty-slot:99", "--until", "fri"),
    "an acknowledgement of ten years": ("ack", "x", "--until", "2036-11-23"),
    "an undo of nothing": ("undo", "99"),
    "a redo of nothing": ("redo",),
    "a severity that does not exist": ("warnings", "--fail-on", "terrible"),
    "a setting that does not exist": ("config", "set", "calender", "x"),
    "a setting with control characters": ("config", "set", "member", "An\x00na"),
    "an export into a folder that does not exist": ("export", "csv", "-o", "/nonexistent/posts.csv"),
    "an export over a folder": ("export", "csv", "-o", "/"),
    "feeds into a device": ("export", "ics", "-o", "/dev/null/feeds"),
    "a backup of nowhere": ("restore", "/nonexistent/backup"),
    "a calendar at an address of another kind": ("week", "--calendar", "postgresql://db/team"),
    "a calendar that is not there": ("week", "--calendar", "/nonexistent/team.json"),
    "a calendar over another one": ("init", "--name", "Again"),
    "a country that does not exist": ("team", "holiday", "load", "XX"),
    "a holiday that does not exist": ("team", "holiday", "remove", "2026-11-25"),
    "a week of too many days": ("warnings", "--horizon", "4000"),
}  # fmt: skip


@pytest.mark.parametrize("words", ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_an_argument_that_is_wrong(cadence: Cadence, team: Path, words: tuple[str, ...]) -> None:
    before = contents(team.parent)
    assert_refused(cadence(*words))
    assert contents(team.parent) == before


def cut_in_half(path: Path) -> None:
    for file in (path, path.with_name("team.json.log")):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite_the_middle(path: Path) -> None:
    log = path.with_name("team.json.log")
    middle = log.stat().st_size // 2
    with log.open("r+b") as file:
        file.seek(middle)
        file.write(b"\xff" * 40)
    path.unlink()


def from_the_future(path: Path) -> None:
    newer = Schema(
        (*SCHEMA.steps, Step("of tomorrow", lambda _: None, SCHEMA.current + 1, SCHEMA.current + 1))
    )
    open_store(path, schema=newer).close()


def as_a_folder(path: Path) -> None:
    _remove(path)
    path.mkdir()


def as_a_socket(path: Path) -> None:
    _remove(path)
    here = os.getcwd()
    os.chdir(path.parent)  # the address of a socket is at most 108 characters long
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def as_a_pipe(path: Path) -> None:
    _remove(path)
    os.mkfifo(path)


def as_text(path: Path) -> None:
    _remove(path)
    path.write_text("Dear diary,\n")


def as_another_programs_json(path: Path) -> None:
    _remove(path)
    path.write_text(json.dumps({"_default": {"1": {"name": "not ours"}}}))


def as_nothing(path: Path) -> None:
    _remove(path)
    path.write_bytes(b"")


def _remove(path: Path) -> None:
    for file in path.parent.glob("team.json*"):
        if file.is_file():
            file.unlink()


SPOILED = (
    cut_in_half,
    overwrite_the_middle,
    from_the_future,
    as_a_folder,
    as_a_socket,
    as_a_pipe,
    as_text,
    as_another_programs_json,
    as_nothing,
)


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_calendar_that_is_spoiled(cadence: Cadence, team: Path, spoil: Callable[[Path], None]) -> None:
    spoil(team)
    before = contents(team.parent)
    assert_refused(cadence("warnings"))
    assert_refused(cadence("post", "move", 2, "+1d"))
    assert contents(team.parent) == before


TEAM_FILES: dict[str, bytes] = {
    "empty": b"",
    "not TOML": b"[team\nname = 3",
    "not text": b"\xff\xfe\x00\x01",
    "a name that is a number": b"[team]\nname = 3\n",
    "an unknown key": b'[team]\nname = "Us"\nzonne = "Europe/Rome"\n',
    "an unknown time zone": b'[team]\nname = "Us"\nzone = "Mars/Olympus"\n',
    "two members of one name": b'[team]\nname = "Us"\n[[member]]\nname = "Anna"\n[[member]]\nname = "ANNA"\n',
    "two channels of one name": b'[team]\nname = "Us"\n[[channel]]\nname = "Blog"\n[[channel]]\n'
    b'name = "blog"\n',
    "a workflow that is not there": b'[team]\nname = "Us"\n[[channel]]\nname = "Blog"\nworkflow = "Quick"\n',
    "a rule by the minute": b'[team]\nname = "Us"\n[[channel]]\nname = "Blog"\n[[channel.rhythm]]\n'
    b'rrule = "FREQ=MINUTELY"\nat = "09:00"\n',
    "a name of five megabytes": b'[team]\nname = "' + b"x" * 5_000_000 + b'"\n',
    "a name with control characters": b'[team]\nname = "Us\\u001b[31m"\n',
    "ten thousand brackets": b"a = " + b"[" * 10_000,
}


@pytest.mark.parametrize("content", TEAM_FILES.values(), ids=TEAM_FILES.keys())
def test_a_team_file_that_is_wrong(cadence: Cadence, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "us.toml"
    file.write_bytes(content)
    assert_refused(cadence("init", "--from", file))
    assert not contents(tmp_path)


HISTORIES: dict[str, bytes] = {
    "empty": b"",
    "no date": b"channel,title\nBlog,Hello\n",
    "a date that does not exist": b"date,channel,title\n2026-02-30,Blog,Hello\n",
    "dates that could be two": b"date,channel,title\n01/02/2026,Blog,Hello\n",
    "a channel that does not exist": b"date,channel,title\n2026-02-03,Radio,Hello\n",
    "a row too short": b"date,channel,title\n2026-02-03\n",
    "a title of five megabytes": b"date,channel,title\n2026-02-03,Blog," + b"x" * 5_000_000 + b"\n",
    "a title with control characters": b"date,channel,title\n2026-02-03,Blog,a\x07b\n",
    "a quote without end": b'date,channel,title\n2026-02-03,Blog,"Hello\n',
    "zero bytes": b"date,channel,title\n2026-02-03,Blog,a\x00b\n",
    "a day to come": b"date,channel,title\n2027-02-03,Blog,Hello\n",
}


@pytest.mark.parametrize("content", HISTORIES.values(), ids=HISTORIES.keys())
def test_a_history_that_is_wrong(cadence: Cadence, team: Path, content: bytes) -> None:
    file = team.with_name("history.csv")
    file.write_bytes(content)
    before = contents(team.parent)
    assert_refused(cadence("import", "history", file))
    assert contents(team.parent) == before


def test_a_bad_row_is_named_by_line_and_column(cadence: Cadence, team: Path) -> None:
    file = team.with_name("history.csv")
    file.write_text("date,channel,title\n2026-02-03,Blog,One\n2026-02-31,Blog,Two\n")
    done = cadence("import", "history", file)
    assert_refused(done)
    assert "line 3" in done.err
    assert "date" in done.err


SETTINGS: dict[str, str] = {
    "an unknown key": "calender = 'x'\n",
    "not TOML": "calendar = \n",
    "a number for a path": "calendar = 3\n",
}


@pytest.mark.parametrize("content", SETTINGS.values(), ids=SETTINGS.keys())
def test_a_config_file_that_is_wrong(
    cadence: Cadence, team: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CADENCE_CALENDAR")
    file = team.with_name("config") / "cadence" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    done = cadence("week")
    assert_refused(done)
    assert str(file) in done.err


def test_the_nearest_name_is_offered(cadence: Cadence, team: Path) -> None:
    assert "did you mean 'warnings'" in cadence("wranings").err
    assert "did you mean 'calendar'" in cadence("config", "set", "calender", "x").err
    assert "Anna, Luca, Studio Blu" in cadence("week", "--as", "Zoe").err


def test_a_command_that_has_commands_of_its_own_names_them(cadence: Cadence) -> None:
    done = cadence("rhythm")
    assert_refused(done)
    assert done.err.startswith("cadence: `cadence rhythm` is several commands - say which: add, ")
    assert "usage" not in done.err
