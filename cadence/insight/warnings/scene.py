"""What all rules look at: one calendar at one moment; what several of them ask is answered once."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct

from cadence.insight.capacity import Workload
from cadence.insight.history import ChannelHistory, match
from cadence.insight.memo import Memo
from cadence.insight.warnings.advice import Advise
from cadence.insight.warnings.finding import Severity
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import Channel, Member, TaskKind, window_days
from cadence.model.times import DAY, WEEK, day_bounds, to_local, week_start, zone_of

LOOK_BACK = timedelta(weeks=4)
"""What is over is spoken of for so long; after that it is in the figures only."""


class Duty(Struct, frozen=True, gc=False):
    """A task that is still to be done, with the days on which it can be."""

    post: Post
    kind: TaskKind
    task: Task
    opens: date
    closes: date

    @property
    def ref(self) -> TaskRef:
        return TaskRef(self.post.id, self.kind)

    def minutes_of(self, member: Member) -> int:
        """What it takes a member."""
        return member.minutes_for(self.kind, self.post.channel, self.task.effort)


@dataclass(frozen=True)
class ChannelDuties:
    """What is to be done for one channel; remembered, since a change leaves most channels alone."""

    all: list[Duty]
    unassigned: list[Duty]
    by_member: dict[int, list[Duty]]

    @staticmethod
    def of(duties: list[Duty]) -> ChannelDuties:
        by_member: defaultdict[int, list[Duty]] = defaultdict(list)
        for duty in duties:
            if duty.task.member is not None:
                by_member[duty.task.member].append(duty)
        return ChannelDuties(duties, [duty for duty in duties if duty.task.member is None], by_member)


class Scene:
    """`advisor` knows who could help; None: nobody does."""

    def __init__(
        self, calendar: Calendar, now: datetime, horizon_days: int, advise: Advise | None = None
    ) -> None:
        self.calendar = calendar
        self.now = now
        self.end = now + timedelta(days=horizon_days)
        self.horizon = self.end - now
        self.workload = Workload(calendar)
        self.today = to_local(now, zone_of(calendar.team.zone)).date()
        """Today where the team is."""
        self._planned: dict[int, list[tuple[datetime, Post]]] = {}
        self._begins: dict[date, datetime] = {}
        self._weeks: dict[date, date] = {}
        self._due_weeks: dict[tuple[date, int, int], date] = {}
        self._windows: dict[tuple[date, int, int], tuple[date, date]] = {}
        self.advisor = advise(self) if advise else None

    @cached_property
    def channels(self) -> list[Channel]:
        return [channel for channel in self.calendar.channels.values() if not channel.retired]

    @cached_property
    def last_day(self) -> date:
        return self.today + self.horizon

    def history(self, channel: int) -> ChannelHistory:
        return match(self.calendar, channel, self.now)

    def zone(self, channel: int) -> ZoneInfo:
        return self.calendar.zone(channel)

    def local(self, instant: datetime, channel: int) -> datetime:
        return to_local(instant, self.zone(channel))

    def begins(self, day: date) -> datetime:
        """The instant at which a day of the team begins."""
        if day not in self._begins:
            self._begins[day] = day_bounds(day, zone_of(self.calendar.team.zone))[0]
        return self._begins[day]

    def noticed(self, bites: datetime) -> datetime:
        """Since when something that bites at a moment is within the horizon."""
        return min(self.now, bites - self.horizon)

    def urgency(self, bites: datetime) -> Severity:
        """High within a week, medium within two, low beyond."""
        ahead = bites - self.now
        return "high" if ahead <= WEEK else "medium" if ahead <= 2 * WEEK else "low"

    # Tasks

    def window(self, day: date, opens: int, closes: int) -> tuple[date, date]:
        """The first and last day of a task of a post that goes out on `day`."""
        key = (day, opens, closes)
        if key not in self._windows:
            self._windows[key] = window_days(self.calendar.team, *key)
        return self._windows[key]

    def week(self, day: date) -> date:
        if day not in self._weeks:
            self._weeks[day] = week_start(day, self.calendar.team.week_begins)
        return self._weeks[day]

    def due_week(self, day: date, opens: int, closes: int) -> date:
        """The first day of the week in which such a task's window closes."""
        key = (day, opens, closes)
        if key not in self._due_weeks:
            self._due_weeks[key] = self.week(self.window(*key)[1])
        return self._due_weeks[key]

    @cached_property
    def weeks(self) -> list[date]:
        """The first days of this week and those that follow within the horizon."""
        first = self.week(self.today)
        return [first + WEEK * n for n in range((self.last_day - first).days // 7 + 1)]

    @cached_property
    def duties(self) -> list[Duty]:
        """All that is still to be done for the posts of channels in use, in order of the posts."""
        return [duty for channel in self.channels for duty in self._duties_on(channel.id).all]

    @cached_property
    def unassigned(self) -> list[Duty]:
        """Those that nobody has."""
        return [duty for channel in self.channels for duty in self._duties_on(channel.id).unassigned]

    @cached_property
    def duties_of(self) -> dict[int, list[Duty]]:
        """Those that somebody has, by member; past ones too."""
        by_member: dict[int, list[Duty]] = {member: [] for member in self.calendar.members}
        for channel in self.channels:
            for member, duties in self._duties_on(channel.id).by_member.items():
                if member in by_member:
                    by_member[member] += duties
        return by_member

    def _duties_on(self, channel: int) -> ChannelDuties:
        entries = self.calendar.index.by_channel.get(channel)
        if not entries:
            return ChannelDuties.of([])
        return _duties.get(
            channel,
            same=(entries, self.calendar.team, self.zone(channel)),
            equal=None,
            make=lambda: ChannelDuties.of(
                [duty for _, post in self._unfinished(channel) for duty in self._duties_of(post)]
            ),
        )

    def _unfinished(self, channel: int) -> Iterator[tuple[datetime, Post]]:
        """The posts of a channel with something still to do, in order of time."""
        posts = self.calendar.posts
        for at, id in self.calendar.index.by_channel.get(channel, ()):
            if _is_unfinished(posts[id]):
                yield at, posts[id]

    def _duties_of(self, post: Post) -> Iterator[Duty]:
        day = self.calendar.local(post).date()
        is_out = post.state == "published"
        for kind, task in post.tasks.items():
            # Of a published post only the answering is left; who forgot to tick the rest is no gap.
            if task.done_at is None and (not is_out or kind == "engage"):
                opens, closes = self.window(day, task.opens, task.closes)
                yield Duty(post, kind, task, opens, closes)

    def is_over(self, duty: Duty) -> bool:
        """Answering that nobody did long ago is not spoken of any more."""
        return duty.post.state == "published" and duty.closes < self.today - LOOK_BACK

    def planned_posts(self, channel: int) -> list[tuple[datetime, Post]]:
        """The open posts of a channel that lie ahead, in order of time."""
        if channel not in self._planned:
            entries = self.calendar.index.by_channel.get(channel, [])
            ahead = entries[bisect_right(entries, self.now, key=lambda entry: entry[0]) :]
            posts = ((at, self.calendar.posts[id]) for at, id in ahead)
            self._planned[channel] = [(at, post) for at, post in posts if post.is_open]
        return self._planned[channel]

    def day_after(self, day: date) -> datetime:
        """The instant at which a day of the team is over."""
        return self.begins(day + DAY)


_duties: Memo[ChannelDuties] = Memo()


def _is_unfinished(post: Post) -> bool:
    if post.state == "published":
        engage = post.tasks.get("engage")
        return engage is not None and engage.done_at is None
    return post.state != "skipped"
