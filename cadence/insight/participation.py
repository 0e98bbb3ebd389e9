"""Who takes part: who gave an idea, who passed a post on, who worked; as shares, never as a ranking.

Whether somebody did is counted, not how often: counts invite a race, and the effect of points wears off.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cadence.insight.memo import Memo
from cadence.model.calendar import Calendar
from cadence.model.team import Member
from cadence.model.times import WEEK, to_instant, to_local, zone_of

STEP = 4 * WEEK
"""A trend is a figure for every four weeks: long enough for everybody to have had a chance."""
USUAL_STEPS = 3


class Deed(NamedTuple):
    """A member did something at an instant."""

    at: datetime
    member: int


@dataclass(frozen=True)
class Group:
    """The team (`name` None) or a department ('': those in none), by ids: who is `enrolled`, and who of them
    gave an idea, boosted, and did a task in a period."""

    name: str | None
    enrolled: frozenset[int]
    ideas: frozenset[int]
    boosts: frozenset[int]
    tasks: frozenset[int]

    @property
    def active(self) -> frozenset[int]:
        """Who gave an idea or boosted: work that one was given is no sign of taking part."""
        return self.ideas | self.boosts

    @property
    def participation(self) -> float | None:
        return self.share(self.active)

    def share(self, part: frozenset[int]) -> float | None:
        """The share of those enrolled, 0 to 1; None where nobody is."""
        return len(part) / len(self.enrolled) if self.enrolled else None


@dataclass(frozen=True)
class Sources:
    """How many posts were published in a period, from an idea, and from an idea of somebody who does not
    lead."""

    published: int
    from_ideas: int
    from_outside_leads: int

    @property
    def bottom_up(self) -> float | None:
        """The opposite of top-down: the share of posts whose idea came from outside the leads."""
        return self.from_outside_leads / self.published if self.published else None


@dataclass(frozen=True)
class Participation:
    """The figures of [start, end); the departments in order of their names, those in none last."""

    start: datetime
    end: datetime
    team: Group
    departments: tuple[Group, ...]
    sources: Sources

    def share_of(self, name: str | None) -> float | None:
        """The participation of the team (None) or of a department; None if nobody was in it."""
        groups = (self.team, *self.departments)
        return next((group.participation for group in groups if group.name == name), None)


class Record:
    """Who did what when in one calendar, read once for any number of periods."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._zone = zone_of(calendar.team.zone)
        self._ideas = sorted(_ideas(calendar))
        self._boosts = sorted(_boosts(calendar))
        self._tasks = sorted(_tasks(calendar))
        published = (post for post in calendar.posts.values() if post.state == "published")
        self._posts = sorted((post.published_at, post.id) for post in published if post.published_at)

    def over(self, start: datetime, end: datetime) -> Participation:
        """The figures of [start, end)."""
        enrolled = list(enrolled_in(self._calendar, start, end))
        ideas, boosts, tasks = (
            frozenset(member for _, member in _within(deeds, start, end))
            for deeds in (self._ideas, self._boosts, self._tasks)
        )

        def group(name: str | None, members: Iterable[Member]) -> Group:
            ids = frozenset(member.id for member in members)
            return Group(name, ids, ids & ideas, ids & boosts, ids & tasks)

        names = sorted(
            {member.department for member in enrolled}, key=lambda name: (not name, name.casefold())
        )
        departments = (group(name, (m for m in enrolled if m.department == name)) for name in names)
        return Participation(start, end, group(None, enrolled), tuple(departments), self._sources(start, end))

    def trend(self, start: datetime, end: datetime) -> list[Participation]:
        """The figures of the whole four weeks that fit into [start, end), counted back from its end; the
        oldest first."""
        found: list[Participation] = []
        while (begins := _before(end, len(found) + 1, self._zone)) >= start:
            found.append(self.over(begins, _before(end, len(found), self._zone)))
        return found[::-1]

    def _sources(self, start: datetime, end: datetime) -> Sources:
        calendar = self._calendar
        posts = [calendar.posts[id] for _, id in _within(self._posts, start, end)]
        authors = [calendar.ideas[post.idea].author for post in posts if post.idea is not None]
        outside = [id for id in authors if calendar.members[id].role != "lead"]
        return Sources(len(posts), len(authors), len(outside))


def participation(calendar: Calendar, start: datetime, end: datetime) -> Participation:
    """Who took part in [start, end)."""
    return Record(calendar).over(start, end)


def default_period(calendar: Calendar, end: datetime) -> tuple[datetime, datetime]:
    """Twelve weeks by the team's clocks, so that three steps of a trend fit exactly."""
    return _before(end, USUAL_STEPS, zone_of(calendar.team.zone)), end


def _before(end: datetime, steps: int, zone: ZoneInfo) -> datetime:
    """So many times four weeks earlier, at the same hour of the clocks."""
    return to_instant(to_local(end, zone) - steps * STEP, zone)


def enrolled_in(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Member]:
    """The staff who were in the team on some local day of [start, end)."""
    zone = zone_of(calendar.team.zone)
    first = to_local(start, zone).date()
    last = max(first, to_local(end - timedelta(microseconds=1), zone).date())
    for member in calendar.members.values():
        came, left = member.active_from or first, member.active_to or last
        if member.kind == "staff" and came <= last and left >= first:
            yield member


_gave: Memo[list[Deed]] = Memo()


def gave(calendar: Calendar) -> list[Deed]:
    """Every idea and every boost, in order of time: what a team is quiet without."""
    return _gave.get(
        0,
        same=(calendar.ideas, calendar.boosts),
        equal=None,
        make=lambda: sorted([*_ideas(calendar), *_boosts(calendar)]),
    )


def _ideas(calendar: Calendar) -> Iterator[Deed]:
    return (Deed(idea.at, idea.author) for idea in calendar.ideas.values())


def _boosts(calendar: Calendar) -> Iterator[Deed]:
    return (Deed(boost.at, boost.member) for boost in calendar.boosts.values() if boost.at is not None)


def _tasks(calendar: Calendar) -> Iterator[Deed]:
    for post in calendar.posts.values():
        for task in post.tasks.values():
            if task.done_at is not None and task.done_by is not None:
                yield Deed(task.done_at, task.done_by)


def _within(
    sorted_by_time: Sequence[tuple[datetime, int]], start: datetime, end: datetime
) -> Sequence[tuple[datetime, int]]:
    """The part in [start, end)."""
    first, last = (bisect_left(sorted_by_time, (moment,)) for moment in (start, end))
    return sorted_by_time[first:last]
