"""vdirsyncer and khal subscribe to what `cadence serve` offers, and follow what `cadence` changes.

vdirsyncer fetches a feed into a folder of single files, as phones and desktops do into stores of their own;
khal shows them by the clocks of Rome.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.clients.programs import client, run

pytestmark = pytest.mark.outside

NOW = "2026-11-23T10:00+01:00"
PATIENT = 10
AUTUMN = ("2026-10-24", "2026-10-25", "2026-10-26")
SPRING = ("2027-03-27", "2027-03-28", "2027-03-29")
"""Clocks go back on 25 October 2026 in Rome (on 1 November in New York), and forward on 28 March 2027 (on the
14th)."""

TEAM = """
[team]
name = "Officine Rossi"
zone = "Europe/Rome"
[[workflow]]
name = "Nothing"
[[workflow]]
name = "Standard"
draft = { effort = "1h", window = [-5, -2] }
design = { effort = "30m", window = [-3, -1] }
publish = { effort = "5m", window = [0, 0] }
[[channel]]
name = "Blog"
workflow = "Nothing"
[[channel]]
name = "US"
zone = "America/New_York"
workflow = "Nothing"
[[channel]]
name = "News"
workflow = "Standard"
[[channel]]
name = "Video"
workflow = "Nothing"
[[channel.rhythm]]
rrule = "FREQ=WEEKLY;BYDAY=TH;COUNT=2"
at = "23:30"
start = 2026-12-10
[[member]]
name = "Anna"
[[member]]
name = "Studio Blu"
kind = "partner"
cost_per_hour = 48
"""
POSTS = "\n".join(
    [
        "date,channel,title,draft,design,publish,note",
        *(f"{day} 08:30,Blog,Blog of {day}" for day in (*AUTUMN, *SPRING)),
        *(f"{day} 09:00,US,US of {day}" for day in (*AUTUMN, *SPRING)),
        "2026-10-25 02:30,Blog,Twice",
        "2027-03-28 02:30,Blog,Never",
        "2026-12-01 10:00,Blog,Moved",
        "2026-12-01 10:00,Blog,Skipped",
        "2026-12-01 10:00,Blog,Named",
        "2026-12-11 09:00,News,Dicembre,Anna,Studio Blu,Studio Blu,for Anna only",
    ]
)
VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair feed]
a = "served"
b = "here"
collections = null
[storage served]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/items"
fileext = ".ics"
"""
KHAL = """
[calendars]
[[feed]]
path = {folder}/items
readonly = True
[locale]
local_timezone = Europe/Rome
default_timezone = Europe/Rome
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class Office:
    """A calendar and its server, both real processes, in a home of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        places = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        calendar = {"HOME": str(home), "CADENCE_CALENDAR": str(home / "team.json")}
        self._environment = {**os.environ, **places, **calendar}
        self._words = [sys.executable, "-m", "cadence", "--now", NOW]

    def cadence(self, *words: str) -> str:
        done = subprocess.run(
            [*self._words, *words], env=self._environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        self._server = subprocess.Popen(
            [*self._words, "serve", "--port", "0", "--json"],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._server.stdout is not None
        lines: list[str] = []
        while not lines or lines[-1] not in ("}\n", ""):
            lines.append(self._server.stdout.readline())
        self.address = json.loads("".join(lines))["address"]

    def stop(self) -> None:
        self._server.terminate()
        assert self._server.wait(PATIENT) == 0

    def new_feed(self, *words: str) -> tuple[int, str]:
        """The number and the address of a feed."""
        made: dict[str, Any] = json.loads(self.cadence("feed", "new", *words, "--json"))
        return made["feed"], f"{self.address}/f/{made['links']['feed'].rpartition('/')[2]}"


@dataclass(frozen=True)
class Subscriber:
    """Somebody with vdirsyncer and khal, subscribed to one address."""

    folder: Path

    @staticmethod
    def to(url: str, folder: Path) -> Subscriber:
        (folder / "items").mkdir(parents=True)
        (folder / "vdirsyncer.conf").write_text(VDIRSYNCER.format(folder=folder, url=url))
        (folder / "khal.conf").write_text(KHAL.format(folder=folder))
        found = Subscriber(folder)
        found._vdirsyncer("discover", "feed")
        found.sync()
        return found

    def sync(self) -> None:
        self._vdirsyncer("sync")

    def shows(self, first: str, days: int = 1) -> list[str]:
        """The entries from a day on, as `2026-11-26 10:00 [Blog] A post`; a whole day has no hour."""
        command = ("list", "--day-format", "", "--format", "{start-date-long} {start-time} {title}", "--once")
        printed = run(
            client("khal"),
            "-c",
            self.folder / "khal.conf",
            *command,
            first,
            f"{days}d",
            HOME=str(self.folder),
        )
        return [" ".join(line.split()) for line in printed.splitlines() if line.strip()]

    def items(self) -> list[str]:
        return [path.read_text() for path in (self.folder / "items").glob("*.ics")]

    def _vdirsyncer(self, *words: str) -> None:
        run(client("vdirsyncer"), "-c", self.folder / "vdirsyncer.conf", *words, HOME=str(self.folder))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Posts on the Blog at half past eight in Rome and on US at nine in New York, on the days around both
    changes of the clocks; one at a time that there is twice, one at a time that there is not."""
    office = Office(tmp_path_factory.mktemp("office"))
    (office.home / "team.toml").write_text(TEAM)
    (office.home / "posts.csv").write_text(POSTS)
    office.cadence("init", "--from", str(office.home / "team.toml"))
    office.cadence("import", "posts", str(office.home / "posts.csv"))
    office.start()
    yield office
    office.stop()


@pytest.fixture(scope="module")
def reader(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Subscriber:
    """Subscribed to the whole team's feed."""
    return Subscriber.to(office.new_feed("The board", "--team")[1], tmp_path_factory.mktemp("reader"))


def test_every_post_is_there_at_its_local_time_when_clocks_go_back(reader: Subscriber) -> None:
    assert reader.shows(AUTUMN[0], 3) == [
        "2026-10-24 08:30 [Blog] Blog of 2026-10-24",
        "2026-10-24 15:00 [US] US of 2026-10-24",
        "2026-10-25 02:30 [Blog] Twice",
        "2026-10-25 08:30 [Blog] Blog of 2026-10-25",
        "2026-10-25 14:00 [US] US of 2026-10-25",
        "2026-10-26 08:30 [Blog] Blog of 2026-10-26",
        "2026-10-26 14:00 [US] US of 2026-10-26",
    ]


def test_every_post_is_there_at_its_local_time_when_clocks_go_forward(reader: Subscriber) -> None:
    assert reader.shows(SPRING[0], 3) == [
        "2027-03-27 08:30 [Blog] Blog of 2027-03-27",
        "2027-03-27 14:00 [US] US of 2027-03-27",
        "2027-03-28 03:30 [Blog] Never",
        "2027-03-28 08:30 [Blog] Blog of 2027-03-28",
        "2027-03-28 15:00 [US] US of 2027-03-28",
        "2027-03-29 08:30 [Blog] Blog of 2027-03-29",
        "2027-03-29 15:00 [US] US of 2027-03-29",
    ]


def test_a_move_a_skip_and_a_rename_are_there_after_the_next_sync(office: Office, reader: Subscriber) -> None:
    assert reader.shows("2026-12-01", 2) == [
        "2026-12-01 10:00 [Blog] Moved",
        "2026-12-01 10:00 [Blog] Named",
        "2026-12-01 10:00 [Blog] Skipped",
    ]
    posts = json.loads(office.cadence("post", "list", "--all", "--json"))["posts"]
    numbers = {post["title"]: str(post["post"]) for post in posts}
    office.cadence("post", "move", numbers["Moved"], "+1d")
    office.cadence("post", "skip", numbers["Skipped"], "--reason", "no time")
    office.cadence("post", "edit", numbers["Named"], "--title", "Renamed; once, and \\N more")
    reader.sync()
    assert reader.shows("2026-12-01", 2) == [
        "2026-12-01 10:00 [Blog] Renamed; once, and \\N more",
        "2026-12-02 10:00 [Blog] Moved",
    ]


def test_gaps_and_warnings_are_whole_days(office: Office, tmp_path: Path) -> None:
    for kind in ("--gaps", "--warnings"):
        reader = Subscriber.to(office.new_feed("The board", kind)[1], tmp_path / kind)
        for day in ("2026-12-10", "2026-12-17"):
            found = [line for line in reader.shows(day) if "[Video]" in line]
            assert [line.startswith(f"{day} [Video] ") for line in found] == [True]


def test_a_partner_gets_their_tasks_and_nothing_else(office: Office, tmp_path: Path) -> None:
    reader = Subscriber.to(office.new_feed("Studio Blu")[1], tmp_path / "events")
    assert reader.shows("2026-11-23", 60) == [
        "2026-12-10 design · Dicembre [News]",
        "2026-12-11 09:00 publish · Dicembre [News]",
    ]
    todos = Subscriber.to(office.new_feed("Studio Blu", "--tasks", "Studio Blu")[1], tmp_path / "todos")
    assert len(todos.items()) == 2
    for item in (*reader.items(), *todos.items()):
        assert "Dicembre" in item
        assert "Anna" not in item


def test_a_reader_whose_link_is_revoked_keeps_what_they_have_and_gets_no_more(
    office: Office, tmp_path: Path
) -> None:
    number, url = office.new_feed("A passer-by", "--channel", "Blog")
    reader = Subscriber.to(url, tmp_path / "reader")
    before = reader.items()
    office.cadence("feed", "revoke", str(number))
    office.cadence("post", "add", "Blog", "Not for you", "--at", "2026-12-03 10:00")
    with pytest.raises(AssertionError, match="Not Found"):
        reader.sync()
    assert reader.items() == before
