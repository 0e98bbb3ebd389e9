"""`cadence busy …` and `cadence free`, as somebody uses them, and that nothing private stays anywhere."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cadence.chores import places
from cadence.ical.busy import guarded
from cadence.ical.busy.read import read_busy
from tests.cli.conftest import Cadence, Result
from tests.cli.test_bad_input import assert_refused, contents
from tests.ical.busy.servers import a_server

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//\r\n"
TAIL = "END:VCALENDAR\r\n"
MEETINGS = (
    "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261123T080000Z\r\nDTEND:20261123T103000Z\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261123T100000Z\r\nDTEND:20261123T110000Z\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20261124\r\nEND:VEVENT\r\n"
)
BROKEN = "BEGIN:VEVENT\r\nUID:4\r\nDTSTART:yesterday\r\nEND:VEVENT\r\n"
SECRETS = {
    "UID": "Marked-Uid-unspeakable",
    "SUMMARY": "Marked-Title-unspeakable",
    "LOCATION": "Marked-Place-unspeakable",
    "DESCRIPTION": "Marked-Text-unspeakable",
    "ORGANIZER;CN=Marked-Person-unspeakable": "mailto:marked-mail-unspeakable@example.com",
    "ATTENDEE;CN=Marked-Guest-unspeakable": "mailto:marked-guest-unspeakable@example.com",
    "X-MARKED-NAME-UNSPEAKABLE": "Marked-Other-unspeakable",
}


@pytest.fixture(autouse=True)
def _in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for every calendar is right, and slow; only the tests of privacy have it."""
    if "private" not in request.node.name:
        monkeypatch.setattr(guarded, "read_safely", read_busy)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Busy on Monday from nine to noon, in Rome, and all Tuesday."""
    path = tmp_path / "work.ics"
    path.write_text(HEAD + MEETINGS + TAIL, newline="")
    return path


def preview(cadence: Cadence, place: str | Path, *more: str) -> Result:
    period = ("--from", "2026-11-23", "--to", "2026-11-25", "--timezone", "Europe/Rome")
    return cadence("busy", "preview", place, *period, *more)


# Preview


def test_a_preview_prints_merged_intervals_and_stores_nothing(cadence: Cadence, work: Path) -> None:
    done = preview(cadence, work, "--json")
    assert done.json == {
        "busy": [
            ["2026-11-23T08:00:00Z", "2026-11-23T11:00:00Z"],
            ["2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z"],
        ],
        "left_out": [],
    }
    assert [path.name for path in work.parent.iterdir()] == ["work.ics"]


def test_a_preview_speaks_to_people_in_the_zone_that_they_name(cadence: Cadence, work: Path) -> None:
    assert preview(cadence, work).out.splitlines() == [
        "busy from         to",
        "Mon 23 Nov 09:00  Mon 23 Nov 12:00",
        "Tue 24 Nov 00:00  Wed 25 Nov 00:00",
    ]
    assert "Tue" not in preview(cadence, work, "--all-day", "free").out


def test_what_is_left_out_is_said_with_its_line(cadence: Cadence, work: Path) -> None:
    work.write_text(HEAD + BROKEN + TAIL, newline="")
    (left_out,) = preview(cadence, work, "--json").json["left_out"]
    assert left_out["line"] in range(4, 8)
    assert f"left out, line {left_out['line']}: {left_out['why']}" in preview(cadence, work).out


def test_a_calendar_comes_from_the_standard_input_too(
    cadence: Cadence, work: Path, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (
        ("busy", "add", "Anna", "-"),
        ("busy", "preview", "-", "--from", "today", "--to", "+2d", "--timezone", "UTC"),
    ):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(work.read_bytes())))
        assert cadence(*words).status == 0
    assert "no" in cadence("busy", "list").out.splitlines()[1].split()


# The life of a busy calendar


def test_the_life_of_a_busy_calendar(cadence: Cadence, work: Path, team: Path) -> None:
    assert (
        cadence("busy", "add", "anna", work).out == "Anna is busy as work.ics says: 2 days with busy time\n"
    )
    assert cadence("busy", "list").out.splitlines() == [
        "busy  who   from      all-day  takes in 14 days  read              here  state",
        "   1  Anna  work.ics  busy                  11h  Mon 23 Nov 10:00  yes   fine",
    ]
    assert "(nothing was changed)" in cadence("busy", "refresh").out
    assert cadence("busy", "edit", 1, "--all-day", "free").status == 0
    (listed,) = cadence("busy", "list", "--json").json["busy"]
    assert (listed["all_day"], listed["minutes"], listed["known_here"]) == ("free", 180, True)
    assert cadence("busy", "remove", "1").out == "The busy time of Anna (work.ics) counts no more\n"
    assert "No busy calendar is known" in cadence("busy", "list").out
    assert cadence("undo").status == 0
    (listed,) = cadence("busy", "list", "--json").json["busy"]
    assert listed["known_here"] is False


def test_a_calendar_that_cannot_be_read_any_more_is_said_to_be_old(
    cadence: Cadence, work: Path, team: Path
) -> None:
    cadence("busy", "add", "Anna", work)
    work.unlink()
    later = "2026-11-26T10:00+01:00"
    done = cadence("busy", "refresh", now=later)
    assert (done.status, done.err) == (
        2, "cadence: work.ics cannot be read: No such file or directory - check its name and whose it is\n",
    )  # fmt: skip
    assert (
        "3 days old, cannot be read since Thu 26 Nov 10:00: work.ics cannot be read"
        in cadence("busy", "list", now=later).out
    )
    assert "Busy time of work.ics is as of Mon 23 Nov 10:00" in cadence("free", "Anna", now=later).out


def test_refreshing_several_says_which_could_not_be_read(cadence: Cadence, work: Path, team: Path) -> None:
    for name in ("one.ics", "two.ics", "three.ics"):
        cadence("busy", "add", "Anna", work.rename(work.with_name(name)))
        work.write_bytes((work.parent / name).read_bytes())
    for name in ("one.ics", "two.ics"):
        (work.parent / name).unlink()
    done = cadence("busy", "refresh", "--json")
    assert [one["trouble"] is None for one in done.json["refreshed"]] == [False, False, True]
    assert done.status == 2
    assert "2 busy calendars could not be read (1: one.ics cannot be read" in done.err


def test_an_address_stays_on_this_computer(cadence: Cadence, work: Path, team: Path, tmp_path: Path) -> None:
    with a_server(lambda to: to.give(content=work.read_bytes())) as site:
        said = cadence("busy", "add", "Anna", f"{site.url}/unspeakable/basic.ics", "--allow-private")
        assert said.status == 0, said.err
    refreshed = cadence("busy", "refresh", now="2026-11-23T11:00+01:00")
    assert "127.0.0.1 cannot be reached" in refreshed.err
    printed = "".join(
        cadence(*words).out for words in (("busy", "list"), ("log", "--details"), ("busy", "list", "--json"))
    )
    assert "unspeakable" not in printed + said.out + refreshed.err
    holders = [path for path in tmp_path.rglob("*") if path.is_file() and b"unspeakable" in path.read_bytes()]
    (private,) = holders
    assert private.is_relative_to(tmp_path / "data")
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_mistake_of_ours_does_not_log_the_address(
    cadence: Cadence, team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*how: object, **more: object) -> object:
        raise RuntimeError("our mistake")

    monkeypatch.setattr(places, "fetch", break_down)
    done = cadence("busy", "add", "Anna", "https://calendar.example/unspeakable/basic.ics")
    assert done.status == 70
    log = next((tmp_path / "state").rglob("crash.log")).read_text()
    assert "busy add Anna https://…" in log
    assert "unspeakable" not in log


@pytest.fixture
def everything_marked(tmp_path: Path) -> Path:
    """A calendar of which every text is marked, in one event that is right and one that is broken."""
    text = "".join(f"{name}:{value}\r\n" for name, value in SECRETS.items())
    events = (MEETINGS + BROKEN).replace("END:VEVENT\r\n", f"{text}END:VEVENT\r\n")
    path = tmp_path / "marked.txt"
    path.write_text(HEAD + events + TAIL, newline="")
    return path


def test_private_texts_are_nowhere_afterwards(
    cadence: Cadence, team: Path, tmp_path: Path, everything_marked: Path
) -> None:
    printed = ""
    for words in (
        ("busy", "add", "Anna", str(everything_marked)),
        ("busy", "refresh"),
        ("busy", "edit", "1", "--all-day", "free"),
        ("busy", "list"),
        ("busy", "list", "--json"),
        ("free", "Anna"),
        ("log", "--details"),
        ("backup",),
        ("busy", "preview", str(everything_marked), "--from", "today", "--to", "+2d", "--timezone", "UTC"),
    ):
        done = cadence(*words)
        assert done.status == 0, done.err
        printed += done.out + done.err
    everything_marked.write_text("Marked-Nonsense-unspeakable")
    printed += cadence("busy", "refresh").err
    everything_marked.unlink()
    assert "unspeakable" not in printed.casefold()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 4
    for path in files:
        assert b"unspeakable" not in path.read_bytes().lower(), path


@pytest.mark.parametrize(
    "words",
    [
        ("busy", "add", "Nobody", "work.ics"),
        ("busy", "add", "Anna", "nothing.ics"),
        ("busy", "add", "Anna", "."),
        ("busy", "add", "Anna", "ftp://example.com/x.ics"),
        ("busy", "add", "Anna", "https://"),
        ("busy", "add", "Anna", "http://127.0.0.1:8321/f/secret.ics"),
        ("busy", "add", "Anna", "a\x00b"),
        ("busy", "refresh", "7"),
        ("busy", "remove", "7"),
        ("busy", "edit", "7", "--all-day", "free"),
        ("busy", "edit", "1", "--all-day", "sometimes"),
        ("busy", "preview", "nothing.ics", "--from", "today", "--to", "+2d", "--timezone", "UTC"),
        ("busy", "preview", "nothing.ics", "--from", "today", "--to", "today", "--timezone", "UTC"),
        ("busy", "preview", "nothing.ics", "--from", "today", "--to", "+2d", "--timezone", "Rome"),
        ("free", "Nobody"),
        ("free", "Anna", "--from", "2026-12-02", "--to", "2026-12-01"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_a_line(cadence: Cadence, team: Path, words: tuple[str, ...]) -> None:
    before = contents(team.parent)
    assert_refused(cadence(*words))
    assert contents(team.parent) == before


# Free time


def test_free_time_says_what_takes_the_rest(cadence: Cadence, work: Path, team: Path) -> None:
    cadence("busy", "add", "Anna", work)
    cadence("absence", "add", "Anna", "wed", "--reason", "Dentist")
    cadence("team", "holiday", "add", "2026-11-26", "Thanksgiving")
    assert cadence("free", "Anna", "--to", "2026-11-30").out.splitlines() == [
        "Anna: 3h a week",
        "",
        "day         working  busy  away  free  why",
        "Mon 23 Nov       8h    3h     -    5h",
        "Tue 24 Nov       8h    8h     -    0m",
        "Wed 25 Nov       8h     -    8h    0m  away until Wed 25 Nov",
        "Thu 26 Nov       8h     -    8h    0m  on holiday on Thu 26 Nov (Thanksgiving)",
        "Fri 27 Nov       8h     -     -    8h",
        "whole week      40h   11h   16h   13h  capacity 3h",
    ]


def test_free_time_for_programs(cadence: Cadence, work: Path, team: Path) -> None:
    cadence("busy", "add", "Anna", work)
    assert cadence("free", "Anna", "--from", "mon", "--to", "tue", "--json").json == {
        "member": "Anna",
        "days": [
            {
                "day": "2026-11-23",
                "working": 480,
                "busy": 180,
                "away": 0,
                "holiday": 0,
                "free": 300,
                "why": None,
            }
        ],
        "weeks": [
            {
                "week": "2026-11-23",
                "working": 2400,
                "busy": 660,
                "away": 0,
                "holiday": 0,
                "free": 1740,
                "capacity": 180,
            }
        ],
    }


def test_beyond_what_is_known_it_is_said(cadence: Cadence, work: Path, team: Path) -> None:
    cadence("busy", "add", "Anna", work)
    said = cadence("free", "Anna", "--from", "2027-05-24").out
    assert "Busy time of work.ics is known up to Mon 24 May 2027 only." in said
