"""Busy calendars are read, kept up to date, and never make anybody look free because a look failed."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from cadence.chores import busy as chores
from cadence.chores.busy import BACKGROUND, Outcome, Signed
from cadence.ical.busy import guarded
from cadence.ical.busy.addresses import Address, Addresses
from cadence.ical.busy.read import read_busy
from cadence.model.busy import BusyCalendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.operations import members, team
from cadence.store import create_store
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.ical.busy.servers import Request, a_server

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for every calendar is right, and slow; that it is killed in time is tested where it lives."""
    monkeypatch.setattr(guarded, "read_safely", read_busy)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Anna and Luca, in Rome."""
    workspace = Workspace(create_store(tmp_path / "team.json"))
    workspace.run(team.set_up_team, "Officine Rossi", who=None, now=NOW, zone="Europe/Rome")
    for name in ("Anna", "Luca"):
        workspace.run(members.add_member, name, who=None, now=NOW)
    return workspace


@pytest.fixture
def addresses(workspace: Workspace, tmp_path: Path) -> Addresses:
    return Addresses(tmp_path / "private", workspace.calendar_id)


def a_calendar(*events: str) -> bytes:
    """Events written as `20261123T090000/PT1H`; a date is an all-day entry; `broken` is none at all."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//"]
    for number, event in enumerate(events):
        start, _, length = event.partition("/")
        kind = "" if "T" in start else ";VALUE=DATE"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            f"DTSTART{kind}:{start}",
            *([f"DURATION:{length}"] * bool(length)),
        ]
        lines += ["SUMMARY:Dentist", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


MEETING = "20261123T090000Z/PT1H"


def a_file(tmp_path: Path, *events: str) -> Path:
    path = tmp_path / "work.ics"
    path.write_bytes(a_calendar(*events))
    return path


def add(workspace: Workspace, addresses: Addresses, place: str | Path, now: datetime = NOW) -> Outcome:
    return chores.add(workspace, addresses, Address(str(place), 1, allow_private=True), Signed(None, now))


def refresh(
    workspace: Workspace, addresses: Addresses, now: datetime = NOW, **options: object
) -> list[Outcome]:
    return list(chores.refresh(workspace, addresses, Signed(None, now), **options))  # type: ignore[arg-type]


def spans(workspace: Workspace, day: date = MONDAY, busy: int = 1) -> list[str]:
    return [str(span) for span in workspace.calendar.busy[busy].busy.get(day, ())]


def known(workspace: Workspace) -> BusyCalendar:
    return workspace.calendar.busy[1]


# Adding


def test_a_file_counts_and_is_known_by_its_name(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    outcome = add(workspace, addresses, a_file(tmp_path, MEETING))
    assert (known(workspace).member, known(workspace).label) == (1, "work.ics")
    assert spans(workspace) == ["09:00-10:00"]
    assert (known(workspace).first, known(workspace).last) == (date(2026, 11, 9), date(2027, 5, 24))
    assert outcome.done is not None
    assert outcome.done.said == "Anna is busy as work.ics says: 1 day with busy time"


def test_an_address_is_known_by_its_host(workspace: Workspace, addresses: Addresses) -> None:
    with a_server(lambda to: to.give(content=a_calendar(MEETING))) as site:
        add(workspace, addresses, f"{site.url}/secret/basic.ics")
    assert known(workspace).label == "127.0.0.1"
    assert spans(workspace) == ["09:00-10:00"]


def test_times_without_a_zone_are_those_of_the_member(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    add(workspace, addresses, a_file(tmp_path, "20261123T090000/PT1H"))
    assert spans(workspace) == ["08:00-09:00"]  # Rome


def test_what_cannot_be_read_is_not_added(workspace: Workspace, addresses: Addresses, tmp_path: Path) -> None:
    (tmp_path / "page.ics").write_text("<html>Log in</html>")
    for place, said in (
        ("page.ics", "page.ics: "),
        ("nothing.ics", "nothing.ics cannot be read: No such file"),
    ):
        with pytest.raises(BadInput) as refused:
            add(workspace, addresses, tmp_path / place)
        assert refused.value.message.startswith(said)
    assert not workspace.calendar.busy
    assert not list((tmp_path / "private").rglob("*.json"))


def test_the_same_calendar_counts_once(workspace: Workspace, addresses: Addresses, tmp_path: Path) -> None:
    place = a_file(tmp_path, MEETING)
    add(workspace, addresses, place)
    with pytest.raises(Refused, match="that is busy calendar 1 already"):
        add(workspace, addresses, place)


def test_what_was_read_already_is_not_read_again(workspace: Workspace, addresses: Addresses) -> None:
    chores.add_once(workspace, 1, a_calendar(MEETING), "standard input", Signed(None, NOW))
    assert spans(workspace) == ["09:00-10:00"]
    assert refresh(workspace, addresses) == []
    with pytest.raises(Refused, match="this computer does not know where to read busy calendar 1"):
        raise refresh(workspace, addresses, only=[1])[0].trouble or AssertionError


# Refreshing


def test_what_is_left_out_is_said_whenever_somebody_asks(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    assert len(add(workspace, addresses, a_file(tmp_path, MEETING, "yesterday")).left_out) == 1
    (outcome,) = refresh(workspace, addresses)
    assert len(outcome.left_out) == 1
    (outcome,) = refresh(workspace, addresses, NOW + timedelta(hours=1), due=True)
    assert len(outcome.left_out) == 0, "in the background nobody asks, and nothing is read twice"


def test_a_meeting_that_moved_counts_where_it_is_now(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    add(workspace, addresses, a_file(tmp_path, MEETING))
    a_file(tmp_path, "20261123T140000Z/PT1H")
    (outcome,) = refresh(workspace, addresses)
    assert outcome.done is not None
    assert outcome.done.change is not None
    assert spans(workspace) == ["14:00-15:00"]


def test_what_is_the_same_is_noted_once_a_day_at_most(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    add(workspace, addresses, a_file(tmp_path, MEETING))
    before = workspace.calendar.seq
    for hours in range(1, 14):  # until midnight in UTC
        refresh(workspace, addresses, NOW + timedelta(hours=hours))
    assert workspace.calendar.seq == before


def test_a_server_is_asked_only_whether_anything_changed(workspace: Workspace, addresses: Addresses) -> None:
    def answer(to: Request) -> None:
        is_known = to.headers["If-None-Match"] == '"one"'
        to.give(304 if is_known else 200, b"" if is_known else a_calendar(MEETING), ETag='"one"')

    with a_server(answer) as site:
        add(workspace, addresses, site.url)
        refresh(workspace, addresses, NOW + timedelta(hours=1))
        assert [asked["If-None-Match"] for asked in site.asked] == [None, '"one"']
        refresh(workspace, addresses, NOW + timedelta(days=1))
        assert site.asked[2]["If-None-Match"] is None, "a new day takes the whole calendar"
    assert known(workspace).last == date(2027, 5, 25)
    assert known(workspace).read_at == NOW + timedelta(days=1)


def test_a_calendar_that_cannot_be_read_counts_as_before_and_says_since_when(
    workspace: Workspace, addresses: Addresses
) -> None:
    answers = iter([200, 404, 503])
    with a_server(lambda to: to.give(next(answers), a_calendar(MEETING))) as site:
        add(workspace, addresses, site.url)
        first, second = (refresh(workspace, addresses, NOW + timedelta(hours=n))[0] for n in (1, 2))
    assert first.trouble is not None
    assert second.trouble is not None
    assert spans(workspace) == ["09:00-10:00"]
    assert known(workspace).read_at == NOW
    assert known(workspace).failed_at == NOW + timedelta(hours=1)
    assert known(workspace).trouble == "127.0.0.1 answers 404 Not Found"
    address = addresses.get(1)
    assert address is not None
    assert address.failures == 2


def test_a_calendar_that_can_be_read_again_is_no_trouble_any_more(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    place = a_file(tmp_path, MEETING)
    add(workspace, addresses, place)
    place.unlink()
    refresh(workspace, addresses, NOW + timedelta(hours=1))
    assert known(workspace).trouble == "work.ics cannot be read: No such file or directory"
    a_file(tmp_path, MEETING)
    refresh(workspace, addresses, NOW + timedelta(hours=2))
    assert (known(workspace).failed_at, known(workspace).trouble) == (None, "")


def test_one_failure_stops_none_of_the_others(
    workspace: Workspace, addresses: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.ics", "two.ics", "three.ics"):
        (tmp_path / name).write_bytes(a_calendar(MEETING))
        add(workspace, addresses, tmp_path / name)
    (tmp_path / "one.ics").write_bytes(b"nonsense")
    (tmp_path / "two.ics").write_bytes(a_calendar("20261123T140000Z/PT1H"))
    (tmp_path / "three.ics").write_bytes(a_calendar("20261123T150000Z/PT1H"))

    def break_down(content: bytes, *how: object) -> object:
        if b"T140000Z" in content:
            raise RecursionError(content)
        return read_busy(content, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(guarded, "read_safely", break_down)
    one, two, three = refresh(workspace, addresses)
    assert one.trouble is not None
    assert str(two.trouble) == "two.ics cannot be read (RecursionError)"
    assert three.trouble is None
    assert [spans(workspace, busy=busy) for busy in (1, 2, 3)] == [
        ["09:00-10:00"], ["09:00-10:00"], ["15:00-16:00"],
    ]  # fmt: skip


def test_a_damaged_address_stops_nothing_either(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    add(workspace, addresses, a_file(tmp_path, MEETING))
    (tmp_path / "more.ics").write_bytes(a_calendar())
    add(workspace, addresses, tmp_path / "more.ics")
    (damaged,) = (tmp_path / "private").rglob("1.json")
    damaged.write_bytes(b"{")
    one, two = refresh(workspace, addresses)
    assert "1.json is damaged" in str(one.trouble)
    assert two.trouble is None
    assert known(workspace).failed_at is None, "it is this computer's trouble, not the team's"


def test_in_a_copy_of_the_calendar_a_number_may_be_somebody_elses(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    add(workspace, addresses, a_file(tmp_path, MEETING))
    address = addresses.get(1)
    assert address is not None
    addresses.put(1, Address(address.place, 2))
    assert refresh(workspace, addresses) == []


def test_what_does_not_exist_cannot_be_refreshed(workspace: Workspace, addresses: Addresses) -> None:
    with pytest.raises(NotFound, match="there is no busy calendar 7"):
        refresh(workspace, addresses, only=[7])


def test_all_day_entries_can_be_switched(workspace: Workspace, addresses: Addresses, tmp_path: Path) -> None:
    add(workspace, addresses, a_file(tmp_path, "20261123"))
    assert spans(workspace) == ["00:00-23:00"]  # a day in Rome
    chores.change_all_day(workspace, addresses, 1, "free", Signed(None, NOW))
    assert (spans(workspace), known(workspace).all_day) == ([], "free")
    refresh(workspace, addresses, NOW + timedelta(days=1))
    assert (spans(workspace), known(workspace).all_day) == ([], "free")


def test_a_calendar_that_is_removed_is_forgotten(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    add(workspace, addresses, a_file(tmp_path, MEETING))
    chores.remove(workspace, addresses, 1, Signed(None, NOW))
    assert not workspace.calendar.busy
    assert addresses.get(1) is None


# In the background


def test_in_the_background_calendars_are_read_until_it_is_told_to_stop(
    workspace: Workspace, addresses: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "LOOK_EVERY", 0.01)
    add(workspace, addresses, a_file(tmp_path, MEETING))
    a_file(tmp_path, "20261123T140000Z/PT1H")
    stop, read, heard = Event(), Event(), list[Outcome]()
    hours = iter(range(10_000))

    def tell(outcome: Outcome) -> None:
        heard.append(outcome)
        if len(heard) == 3:
            read.set()

    def clock() -> datetime:
        return NOW + timedelta(hours=next(hours))

    thread = Thread(
        target=chores.keep_fresh, args=(workspace, tmp_path / "private", clock, stop), kwargs={"tell": tell}
    )
    thread.start()
    assert read.wait(5)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert spans(workspace) == ["14:00-15:00"]
    (newest,) = workspace.history(limit=1)
    assert newest.by == BACKGROUND


def test_in_the_background_calendars_that_others_add_are_read_too(
    workspace: Workspace, addresses: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "LOOK_EVERY", 0.01)
    theirs = Workspace.open(workspace.url)
    stop, heard = Event(), list[int]()

    def tell(outcome: Outcome) -> None:
        heard.append(outcome.busy)
        stop.set()

    later = NOW + timedelta(hours=1)
    begun = Thread(
        target=chores.keep_fresh,
        args=(theirs, tmp_path / "private", lambda: later, stop),
        kwargs={"tell": tell, "alone": True},
    )
    begun.start()
    add(workspace, addresses, a_file(tmp_path, MEETING))
    begun.join(5)
    assert heard == [1]


def test_what_was_looked_at_a_moment_ago_is_left_in_peace(
    workspace: Workspace, addresses: Addresses, tmp_path: Path
) -> None:
    """However often the app is opened."""
    add(workspace, addresses, a_file(tmp_path, MEETING))
    assert refresh(workspace, addresses, NOW + timedelta(minutes=10), due=True) == []
    assert len(refresh(workspace, addresses, NOW + timedelta(minutes=31), due=True)) == 1


def test_stopping_does_not_wait_for_the_next_look(workspace: Workspace, tmp_path: Path) -> None:
    stop = Event()
    thread = Thread(target=chores.keep_fresh, args=(workspace, tmp_path / "private", lambda: NOW, stop))
    thread.start()
    started = time.monotonic()
    stop.set()
    thread.join(5)
    assert time.monotonic() - started < 1
