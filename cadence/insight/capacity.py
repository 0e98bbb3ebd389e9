"""Who has how much time, and how much of it is taken. All in minutes; weeks by their first day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush

from cadence.insight.words import day_text
from cadence.model.calendar import Calendar
from cadence.model.team import days_between
from cadence.model.times import DAY, week_start


@dataclass(frozen=True)
class Load:
    """What a member has to do in a week. `share` is load ÷ capacity; None when there is no capacity."""

    member: int
    week: date
    minutes: int
    capacity: int
    share: float | None

    @staticmethod
    def of(member: int, week: date, minutes: int, capacity: int) -> Load:
        return Load(member, week, minutes, capacity, minutes / capacity if capacity else None)

    @property
    def over(self) -> int:
        """Minutes over capacity; 0 if it fits."""
        return max(0, self.minutes - self.capacity)

    def plus(self, minutes: int) -> Load:
        return Load.of(self.member, self.week, self.minutes + minutes, self.capacity)


class Diary:
    """One member's free time in one calendar, day by day; remembers what it was asked."""

    def __init__(self, calendar: Calendar, member: int) -> None:
        self._member = calendar.members[member]
        self._hours = self._member.hours or calendar.team.hours
        self._holidays = calendar.team.holidays
        self._absences = calendar.absences_of(member)
        self._free: dict[date, int] = {}
        self._capacity: dict[date, int] = {}

    def is_blocked(self, day: date) -> bool:
        """Absent, on holiday, or outside the active dates."""
        return (
            day in self._holidays
            or not self._member.is_active(day)
            or any(absence.covers(day) for absence in self._absences)
        )

    def why_blocked(self, day: date) -> str:
        """`away until Mon 30 Nov` and the like; empty when the day is not blocked."""
        member = self._member
        if member.active_from and day < member.active_from:
            return f"not here before {day_text(member.active_from)}"
        if member.active_to and day > member.active_to:
            return f"not here after {day_text(member.active_to)}"
        ends = [absence.last for absence in self._absences if absence.covers(day)]
        if ends:
            return f"away until {day_text(max(ends))}"
        name = self._holidays.get(day)
        return "" if name is None else f"on holiday on {day_text(day)}" + (f" ({name})" if name else "")

    def why_away(self, first: date, last: date) -> str:
        """Why no work can be done from `first` to `last`, if absences, holidays or active dates are the
        reason; empty when there is a working day, or when only the days off leave none."""
        if self.free(last) or any(self.free(day) for day in days_between(first, last)):
            return ""
        days = reversed(list(days_between(first, last)))
        return next((why for day in days if (why := self.why_blocked(day))), "")

    def free(self, day: date) -> int:
        """Minutes of working hours, less absences and holidays."""
        if day not in self._free:
            self._free[day] = 0 if self.is_blocked(day) else self._hours.minutes_on(day)
        return self._free[day]

    def capacity(self, week: date) -> int:
        """The smaller of the allowance and the free time of the week that starts on `week`."""
        if week not in self._capacity:
            free = sum(self.free(week + timedelta(days=n)) for n in range(7))
            self._capacity[week] = min(self._member.allowance, free)
        return self._capacity[week]


def free_minutes(calendar: Calendar, member: int, day: date) -> int:
    """Working hours less absences and holidays; none outside the active dates."""
    return Diary(calendar, member).free(day)


def capacity(calendar: Calendar, member: int, week: date) -> int:
    """The smaller of the allowance and the free time in the week that holds `week`."""
    return Diary(calendar, member).capacity(week_start(week, calendar.team.week_begins))


def load(calendar: Calendar, member: int, week: date) -> Load:
    """The minutes assigned to a member in the week that holds `week`, done ones too.

    A task counts in the week in which its window closes; skipped posts' tasks count nowhere.
    """
    first = week_start(week, calendar.team.week_begins)
    return Load.of(
        member, first, assigned_minutes(calendar, member, first), Diary(calendar, member).capacity(first)
    )


def loads(calendar: Calendar, weeks: Iterable[date]) -> list[tuple[date, list[Load]]]:
    """For each week (in the order given) the load of every member who is active on one of its days."""
    starts = [week_start(week, calendar.team.week_begins) for week in weeks]
    diaries = {id: Diary(calendar, id) for id in calendar.members}
    return [
        (
            week,
            [
                Load.of(id, week, assigned_minutes(calendar, id, week), diary.capacity(week))
                for id, diary in diaries.items()
                if any(calendar.members[id].is_active(week + timedelta(days=n)) for n in range(7))
            ],
        )
        for week in starts
    ]


def assigned_minutes(calendar: Calendar, member: int, week: date) -> int:
    """The sum of efforts in the week that starts on `week`."""
    return sum(
        calendar.posts[post].tasks[kind].effort
        for post, kind in calendar.index.by_member_week.get((member, week), ())
    )


Work = tuple[date, date, int]
"""A piece of work: the first and last day on which it can be done, and its minutes."""


@dataclass(frozen=True)
class Overfull:
    """From `first` to `last` a member needs more minutes than are free."""

    first: date
    last: date
    needed: int
    free: int


def overfull_days(
    calendar: Calendar, member: int, first: date, last: date, extra: Iterable[Work] = ()
) -> Overfull | None:
    """The first stretch of days in which the member's open tasks cannot all be done, or None.

    Considers the tasks whose window closes from `first` to `last`, from `first` on, and the work `extra`. A
    set of tasks can be laid out exactly if for every stretch of days those whose windows lie inside it need
    no more than its free minutes (Hall's condition; Horn 1974 for work that may be done in pieces).
    """
    return first_overfull([*open_work(calendar, member, first, last), *extra], Diary(calendar, member), first)


def open_work(calendar: Calendar, member: int, first: date, last: date) -> list[Work]:
    """What a member has still to do by window, if it closes from `first` to `last`."""
    begins = calendar.team.week_begins
    week, found = week_start(first, begins), list[Work]()
    while week <= last:
        for ref in calendar.index.by_member_week.get((member, week), ()):
            post = calendar.posts[ref.post]
            task = post.tasks[ref.kind]
            opens, closes = calendar.window(post, task)
            if not task.is_done and first <= closes <= last:
                found.append((opens, closes, task.effort))
        week += timedelta(days=7)
    return found


def first_overfull(work: Iterable[Work], diary: Diary, today: date) -> Overfull | None:
    """The earliest stretch that is overfull when all work is done as early as possible, most urgent first."""
    ahead = sorted((max(opens, today), closes, minutes) for opens, closes, minutes in work if closes >= today)
    if _fits_on_last_days(ahead, diary):
        return None
    waiting: list[tuple[date, int]] = []
    place, day = 0, today
    while place < len(ahead) or waiting:
        if not waiting:
            day = max(day, ahead[place][0])
        while place < len(ahead) and ahead[place][0] <= day:
            heappush(waiting, ahead[place][1:])
            place += 1
        free = diary.free(day)
        while waiting and free > 0:
            closes, minutes = heappop(waiting)
            if minutes > free:
                heappush(waiting, (closes, minutes - free))
            free -= minutes
        if waiting and waiting[0][0] <= day:
            return _tightest(ahead, diary, waiting[0][0])
        day += DAY
    return None


def _fits_on_last_days(work: list[Work], diary: Diary) -> bool:
    """Whether everything could even wait for its last day: the usual case, seen at a glance."""
    due: defaultdict[date, int] = defaultdict(int)
    for _, closes, minutes in work:
        due[closes] += minutes
    return all(minutes <= diary.free(day) for day, minutes in due.items())


def _tightest(work: list[Work], diary: Diary, last: date) -> Overfull:
    """The shortest stretch up to `last` with the largest excess."""
    inside = [(opens, minutes) for opens, closes, minutes in work if closes <= last]
    best: tuple[int, Overfull] | None = None
    for first in sorted({opens for opens, _ in inside}, reverse=True):
        needed = sum(minutes for opens, minutes in inside if opens >= first)
        free = sum(diary.free(day) for day in days_between(first, last))
        if best is None or needed - free > best[0]:
            best = (needed - free, Overfull(first, last, needed, free))
    assert best is not None, "a stretch was overfull, so some work lies in it"
    return best[1]
