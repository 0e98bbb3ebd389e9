"""What is rendered, when, and what readers get when that fails: with snapshots made by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest

from cadence.ical.feeds import EventCache
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed
from cadence.web import following, publisher
from cadence.web.following import Follower
from cadence.web.publisher import Publisher
from tests.builders import NOW, a_calendar

TEAM = Feed(id=1, reader="Anna", kind="team", digest="0" * 64)
OTHER = Feed(id=2, reader="Luca", kind="team", digest="1" * 64)
GAPS = Feed(id=3, reader="Anna", kind="gaps", digest="2" * 64)
MINUTE = timedelta(minutes=1)


TITLES = ("One", "Two", "Three")


def snapshot(title: str) -> Calendar:
    """The calendar after its one post has got one title after the other."""
    changed = {"rev": TITLES.index(title), "modified": NOW - timedelta(hours=1)}
    return a_calendar().with_channel("Blog").with_post("Blog", "2026-11-26T10:00", title, **changed).build()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def served(told: list[str]) -> Publisher:
    return Publisher(EventCache(), told.append, packed=True, base="http://127.0.0.1:8321")


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of feeds that are rendered from now on."""
    kinds, real = list[str](), publisher.published

    def published(calendar: Calendar, selection: Any, now: datetime, cache: EventCache) -> Any:
        kinds.append(selection.kind)
        return real(calendar, selection, now, cache)

    monkeypatch.setattr(publisher, "published", published)
    return kinds


async def test_a_feed_is_rendered_once_whoever_reads_it(served: Publisher, rendered: list[str]) -> None:
    calendar = snapshot("One")
    found = await asyncio.gather(*(served.feed(calendar, 1, feed, NOW) for feed in (TEAM, OTHER, TEAM)))
    assert await served.feed(calendar, 1, TEAM, NOW + timedelta(hours=3)) is found[0]
    assert found[0] is found[1] is found[2]
    assert rendered == ["team"]


async def test_a_change_or_a_new_day_renders_anew(served: Publisher, rendered: list[str]) -> None:
    one = await served.feed(snapshot("One"), 1, TEAM, NOW)
    other = await served.feed(snapshot("Two"), 2, TEAM, NOW)
    same = await served.feed(snapshot("Two"), 2, TEAM, NOW + timedelta(days=1))
    assert rendered == ["team"] * 3
    assert one is not other
    assert same is other  # it says the same as the day before


async def test_gaps_are_looked_for_once_a_minute_at_most(served: Publisher, rendered: list[str]) -> None:
    for seconds in (0, 10, 59, 60, 61, 119, 120):
        await served.feed(snapshot("One"), 1, GAPS, NOW + timedelta(seconds=seconds))
    assert rendered == ["gaps"] * 3


async def test_new_content_always_has_a_later_date(served: Publisher) -> None:
    """A client that goes by dates alone must also hear of what no change brought, such as the next day."""
    first = await served.feed(snapshot("One"), 1, TEAM, NOW)
    moved = await served.feed(snapshot("Two"), 2, TEAM, NOW + MINUTE)
    at_once = await served.feed(snapshot("Three"), 3, TEAM, NOW + MINUTE)
    assert first is not None
    assert moved is not None
    assert at_once is not None
    assert first.modified is not None
    assert first.modified < NOW
    assert moved.modified == NOW + MINUTE
    assert at_once.modified == NOW + MINUTE + timedelta(seconds=1)


async def test_what_cannot_be_rendered_stays_as_it_was(
    served: Publisher, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = await served.feed(snapshot("One"), 1, TEAM, NOW)
    tries = list[int]()

    def broken(*_: object) -> None:
        tries.append(1)
        raise ZeroDivisionError("deep")

    monkeypatch.setattr(publisher, "published", broken)
    assert await served.feed(snapshot("Two"), 2, TEAM, NOW) is good
    assert await served.feed(snapshot("Two"), 2, TEAM, NOW) is good  # not tried again
    assert await served.feed(snapshot("Two"), 2, GAPS, NOW) is None
    assert told == [
        "the feed team cannot be rendered: ZeroDivisionError: deep",
        "the feed gaps cannot be rendered: ZeroDivisionError: deep",
    ]
    assert len(tries) == 2


async def test_a_rendering_that_takes_too_long_is_not_waited_for(
    served: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = await served.feed(snapshot("One"), 1, TEAM, NOW)
    monkeypatch.setattr(publisher, "PATIENCE", 0.01)
    real, may_go_on = publisher.published, Event()

    def slow(*arguments: Any) -> Any:
        may_go_on.wait(5)
        return real(*arguments)

    monkeypatch.setattr(publisher, "published", slow)
    assert await served.feed(snapshot("Two"), 2, TEAM, NOW) is good
    may_go_on.set()
    monkeypatch.setattr(publisher, "PATIENCE", 5)
    assert await served.feed(snapshot("Two"), 2, TEAM, NOW) is not good


async def test_nothing_is_kept_of_a_revoked_feed(served: Publisher, rendered: list[str]) -> None:
    await served.feed(snapshot("One"), 1, TEAM, NOW)
    served.forget_all_but([GAPS])
    await served.feed(snapshot("One"), 1, TEAM, NOW)
    assert rendered == ["team", "team"]


# Following the calendar


class Elsewhere:
    """In the place of a workspace: a calendar that somebody else changes."""

    def __init__(self) -> None:
        self.calendar = snapshot("One")
        self.newest = self.calendar
        self.reads = 0
        self.before_reading: Callable[[], None] = lambda: None

    def wait(self, timeout: float) -> bool:
        return self.newest is not self.calendar

    def refresh(self) -> None:
        self.reads += 1
        newest = self.newest
        self.before_reading()
        self.calendar = newest


@pytest.fixture
def place() -> Elsewhere:
    return Elsewhere()


@pytest.fixture
def follower(place: Elsewhere, told: list[str]) -> Follower:
    return Follower(lambda: place, told.append)  # type: ignore[arg-type, return-value]


async def test_without_news_a_glance_is_enough(follower: Follower, place: Elsewhere) -> None:
    for _ in range(5):
        await follower.look()
    assert (follower.edition, place.reads) == (1, 0)
    place.newest = snapshot("Two")
    await follower.look()
    await follower.look()
    assert follower.calendar is place.newest
    assert (follower.edition, place.reads) == (2, 1)


async def test_a_look_that_had_begun_before_is_not_enough(follower: Follower, place: Elsewhere) -> None:
    await follower.look()
    place.newest, may_go_on = snapshot("Two"), Event()
    place.before_reading = lambda: may_go_on.wait(5) and None
    early = asyncio.create_task(follower.look())
    while not place.reads:
        await asyncio.sleep(0)
    place.newest = three = snapshot("Three")
    late = asyncio.create_task(follower.look())
    may_go_on.set()
    await asyncio.gather(early, late)
    assert follower.calendar is three


async def test_trouble_is_told_once_and_looked_at_again_after_a_while(
    follower: Follower, place: Elsewhere, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await follower.look()

    def fail() -> None:
        raise OSError("the disk is gone")

    known, place.newest, place.before_reading = follower.calendar, snapshot("Two"), fail
    for _ in range(3):
        await follower.look()
    assert (place.reads, follower.calendar) == (1, known)
    monkeypatch.setattr(following, "TRY_AGAIN", 0)
    await follower.look()
    place.before_reading = lambda: None
    await follower.look()
    assert follower.calendar is place.newest
    assert told == [
        "the calendar cannot be read, serving what was read last: the disk is gone",
        "the calendar can be read again",
    ]


async def test_a_look_that_takes_too_long_is_not_waited_for(
    follower: Follower, place: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    await follower.look()
    monkeypatch.setattr(following, "PATIENCE", 0.01)
    known, place.newest, may_go_on = follower.calendar, snapshot("Two"), Event()
    place.before_reading = lambda: may_go_on.wait(5) and None
    await follower.look()
    assert follower.calendar is known
    may_go_on.set()
