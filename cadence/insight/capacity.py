"""Who has how much time, and how much of it is taken. All in minutes; weeks by their first day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from heapq import heappop, heappush

from msgspec import Struct

from cadence.insight.memo import Memo
from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.busy import BusyCalendar, busy_between
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.team import Absence, Member, TaskKind, Team, days_between
from cadence.model.times import DAY, to_instant, to_local, week_start, zone_of


class Load(Struct, frozen=True, gc=False):
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
    """One member's free time, day by day; remembers what it was asked."""

    def __init__(
        self, member: Member, team: Team, absences: list[Absence], busy: list[BusyCalendar] | None = None
    ) -> None:
        self._member = member
        self._hours = member.hours or team.hours
        self._zone = zone_of(member.zone or team.zone)
        self._holidays = team.holidays
        self._absences = absences
        self._calendars = busy or []
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
            return _("not here before {day}", day=day_text(member.active_from))
        if member.active_to and day > member.active_to:
            return _("not here after {day}", day=day_text(member.active_to))
        ends = [absence.last for absence in self._absences if absence.covers(day)]
        if ends:
            return _("away until {day}", day=day_text(max(ends)))
        name = self._holidays.get(day)
        if name is None:
            return ""
        holiday = _("on holiday on {day}", day=day_text(day))
        return f"{holiday} ({name})" if name else holiday

    def why_away(self, first: date, last: date) -> str:
        """Why no work can be done from `first` to `last`, if absences, holidays or active dates are the
        reason; empty when there is a working day, or when only the days off leave none."""
        if self.free(last) or any(self.free(day) for day in days_between(first, last)):
            return ""
        days = reversed(list(days_between(first, last)))
        return next((why for day in days if (why := self.why_blocked(day))), "")

    def free(self, day: date) -> int:
        """Minutes of working hours, less busy time, absences and holidays."""
        if day not in self._free:
            self._free[day] = self.working(day) - self.busy(day)
        return self._free[day]

    def working(self, day: date) -> int:
        """Minutes of working hours, less absences and holidays."""
        return 0 if self.is_blocked(day) else self._hours.minutes_on(day)

    def busy(self, day: date) -> int:
        """Minutes of a day's working hours that the day job takes, to a minute upwards."""
        if not self._calendars or self.is_blocked(day):
            return 0
        taken = timedelta()
        for span in self._hours.on(day):
            start, end = (self._instant(day, minute) for minute in (span.start, span.end))
            taken += sum((to - from_ for from_, to in busy_between(self._calendars, start, end)), timedelta())
        return min(self._hours.minutes_on(day), int(taken.total_seconds()) // 60)

    def clashes(self, first: date, last: date, minutes: int) -> bool:
        """Whether work of so many minutes would fit between two days, both included, were it not for the
        day job."""
        if not self._calendars:
            return False
        days = list(days_between(first, last))
        return sum(map(self.free, days)) < minutes <= sum(map(self.working, days))

    def _instant(self, day: date, minute: int) -> datetime:
        return to_instant(datetime.combine(day, time.min) + timedelta(minutes=minute), self._zone)

    def capacity(self, week: date) -> int:
        """The smaller of the allowance and the free time of the week that starts on `week`."""
        if week not in self._capacity:
            free = sum(self.free(week + timedelta(days=n)) for n in range(7))
            self._capacity[week] = min(self._member.allowance, free)
        return self._capacity[week]


_diaries: Memo[Diary] = Memo()


def diary(calendar: Calendar, member: int) -> Diary:
    """The diary of a member; the same one as long as the member, their absences, busy calendars and the team
    are."""
    who, team = calendar.members[member], calendar.team
    absences, busy = calendar.absences_of(member), calendar.busy_of(member)
    return _diaries.get(member, (who, team, *absences, *busy), None, lambda: Diary(who, team, absences, busy))


def capacity(calendar: Calendar, member: int, week: date) -> int:
    """The smaller of the allowance and the free time in the week that holds `week`."""
    return diary(calendar, member).capacity(week_start(week, calendar.team.week_begins))


def load(calendar: Calendar, member: int, week: date) -> Load:
    """The minutes assigned to a member in the week that holds `week`, done ones too, and those of boosts.

    A task counts in the week in which its window closes; skipped posts' tasks count nowhere.
    """
    return Workload(calendar).of(member, week_start(week, calendar.team.week_begins))


def loads(calendar: Calendar, weeks: Iterable[date]) -> list[tuple[date, list[Load]]]:
    """For each week (in the order given) the load of every member who is active on one of its days."""
    workload = Workload(calendar)

    def is_active(member: Member, week: date) -> bool:
        return any(member.is_active(week + timedelta(days=n)) for n in range(7))

    return [
        (week, [workload.of(id, week) for id, who in calendar.members.items() if is_active(who, week)])
        for week in (week_start(day, calendar.team.week_begins) for day in weeks)
    ]


class Workload:
    """The loads of all members of one calendar, each computed once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._loads: dict[tuple[int, date], Load] = {}
        self._diaries: dict[int, Diary] = {}

    def of(self, member: int, week: date) -> Load:
        """The load of a member in the week that starts on `week`."""
        key = (member, week)
        if key not in self._loads:
            posts = self._calendar.posts
            refs = self._calendar.index.by_member_week.get(key, ())
            if member in self._learners:
                who = self._calendar.members[member]
                minutes = sum([minutes_of(who, posts[post], kind) for post, kind in refs])
            else:
                minutes = sum([posts[post].tasks[kind].effort for post, kind in refs])
            minutes += self._boosts.get(key, 0)
            self._loads[key] = Load.of(member, week, minutes, self.diary(member).capacity(week))
        return self._loads[key]

    @cached_property
    def _boosts(self) -> Mapping[tuple[int, date], int]:
        return boost_minutes(self._calendar)

    @cached_property
    def _learners(self) -> set[int]:
        """Only they take longer: for everybody else efforts are added up without looking at skills."""
        return {id for id, who in self._calendar.members.items() if who.is_learning}

    def diary(self, member: int) -> Diary:
        if member not in self._diaries:
            self._diaries[member] = diary(self._calendar, member)
        return self._diaries[member]


def minutes_of(member: Member, post: Post, kind: TaskKind) -> int:
    """What a task of a post takes a member, whoever has it."""
    return member.minutes_for(kind, post.channel, post.tasks[kind].effort)


_boost_minutes: Memo[Mapping[tuple[int, date], int]] = Memo()


def boost_minutes(calendar: Calendar) -> Mapping[tuple[int, date], int]:
    """What boosts take, by member and first day of the week: in the week in which somebody is asked, or in
    which they did it. Who said no spends nothing, nor who is away on the day of the ask."""
    team = calendar.team

    @cache
    def diary_of(member: int) -> Diary:
        return diary(calendar, member)

    def add_up() -> Mapping[tuple[int, date], int]:
        minutes: defaultdict[tuple[int, date], int] = defaultdict(int)
        for boost in calendar.boosts.values():
            if boost.at is not None:
                day = to_local(boost.at, zone_of(team.zone)).date()
            elif boost.declined or diary_of(boost.member).is_blocked(boost.day):
                continue
            else:
                day = boost.day
            minutes[boost.member, week_start(day, team.week_begins)] += boost.minutes
        return dict(minutes)

    return _boost_minutes.get(0, (calendar.boosts, calendar.absences, calendar.members, team), None, add_up)


Work = tuple[date, date, int]
"""A piece of work: the first and last day on which it can be done, and its minutes."""


class Overfull(Struct, frozen=True):
    """From `first` to `last` a member needs more minutes than are free."""

    first: date
    last: date
    needed: int
    free: int


def open_work(calendar: Calendar, member: int, first: date, last: date) -> list[Work]:
    """What a member has still to do by window, if it closes from `first` to `last`."""
    begins, who = calendar.team.week_begins, calendar.members[member]
    week, found = week_start(first, begins), list[Work]()
    while week <= last:
        for ref in calendar.index.by_member_week.get((member, week), ()):
            post = calendar.posts[ref.post]
            task = post.tasks[ref.kind]
            opens, closes = calendar.window(post, task)
            if not task.is_done and first <= closes <= last:
                found.append((opens, closes, minutes_of(who, post, ref.kind)))
        week += timedelta(days=7)
    return found


def overfull_stretches(work: Iterable[Work], diary: Diary, today: date) -> Iterator[Overfull]:
    """The stretches that are overfull from `today` on, in order of time.

    A set of tasks can be laid out exactly if for every stretch of days those whose windows lie inside it need
    no more than its free minutes (Hall's condition; Horn 1974 for work that may be done in pieces).

    Everything is done as early as possible, the most urgent first; what is not done on its last day ends a
    stretch that is overfull. Later stretches are judged without the work of those before.
    """
    ahead = [(max(opens, today), closes, minutes) for opens, closes, minutes in work if closes >= today]
    if _fits_on_last_days(ahead, diary):
        return
    ahead.sort()
    waiting: list[tuple[date, int]] = []
    place, day, judged = 0, today, today - DAY
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
            inside = [piece for piece in ahead if judged < piece[1] <= day]
            if (stretch := _tightest(inside, diary, day)).needed > stretch.free:
                yield stretch
                judged = day
            while waiting and waiting[0][0] <= day:
                heappop(waiting)
        day += DAY


def _fits_on_last_days(work: list[Work], diary: Diary) -> bool:
    """Whether everything could even wait for its last day: the usual case, seen at a glance."""
    due: defaultdict[date, int] = defaultdict(int)
    for _opens, closes, minutes in work:
        due[closes] += minutes
    return all(minutes <= diary.free(day) for day, minutes in due.items())


def _tightest(work: list[Work], diary: Diary, last: date) -> Overfull:
    """The shortest stretch up to `last` with the largest excess; all `work` is due by then."""
    needed, free, day = 0, 0, last + DAY
    best = Overfull(last, last, 0, diary.free(last))
    for opens, _closes, minutes in sorted(work, reverse=True):
        needed += minutes
        while day > opens:
            day -= DAY
            free += diary.free(day)
        if needed - free > best.needed - best.free:
            best = Overfull(opens, last, needed, free)
    return best
