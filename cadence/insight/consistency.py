"""How well each channel keeps its promise: score, silence, regularity, streak, runway and outlook."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from statistics import median, quantiles

from cadence.insight.capacity import Workload
from cadence.insight.expansion import Slot
from cadence.insight.history import ChannelHistory, match
from cadence.insight.matching import VALUES, Outcome
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.times import DAY, WEEK, day_bounds, to_local, week_start

DEFAULT_PERIOD = 12 * WEEK
RUNWAY_YEAR = timedelta(days=365)
OUTLOOK = 4 * WEEK


@dataclass(frozen=True)
class Consistency:
    """The figures of one channel over a period.

    `slots` are those with a known outcome, the sum of the four that follow. `score` and `outlook` are 0 to
    100, lengths are in days; None means that there is no data.
    """

    channel: int
    slots: int
    on_time: int
    early: int
    late: int
    missed: int
    extras: int
    score: float | None
    longest_silence_days: float | None
    median_interval_days: float | None
    quartiles: tuple[float, float] | None
    streak_weeks: int
    runway_days: float | None
    outlook: float | None


def default_period(now: datetime) -> tuple[datetime, datetime]:
    """The last 12 weeks."""
    return now - DEFAULT_PERIOD, now


def consistencies(calendar: Calendar, start: datetime, end: datetime, now: datetime) -> list[Consistency]:
    """The figures of every channel that is not retired."""
    workload = Workload(calendar)
    return [
        _consistency(calendar, workload, id, start, end, now)
        for id, channel in calendar.channels.items()
        if not channel.retired
    ]


def consistency(
    calendar: Calendar, channel: int, start: datetime, end: datetime, now: datetime
) -> Consistency:
    """The figures of a channel over the period [start, end)."""
    return _consistency(calendar, Workload(calendar), channel, start, end, now)


def _consistency(
    calendar: Calendar, workload: Workload, channel: int, start: datetime, end: datetime, now: datetime
) -> Consistency:
    history = match(calendar, channel, now)
    outcomes = Counter(known_outcomes(history, history.line.between(start, end), now))
    intervals = _intervals(history, start, end)
    return Consistency(
        channel=channel,
        slots=outcomes.total(),
        on_time=outcomes["on_time"],
        early=outcomes["early"],
        late=outcomes["late"],
        missed=outcomes["missed"],
        extras=bisect_left(history.extras, (end, 0)) - bisect_left(history.extras, (start, 0)),
        score=score(outcomes),
        longest_silence_days=_longest_silence(history, intervals, start, min(end, now)),
        median_interval_days=median(intervals) if intervals else None,
        quartiles=_quartiles(intervals),
        streak_weeks=_streak(calendar, channel, history, min(end, now), now),
        runway_days=_runway(calendar, history, now),
        outlook=_outlook(calendar, workload, history, now),
    )


def known_outcomes(history: ChannelHistory, slots: Iterable[Slot], now: datetime) -> list[Outcome]:
    """The outcomes of slots, as far as they are known."""
    return [outcome for slot in slots if (outcome := history.outcome(slot, now))]


def score(outcomes: Counter[Outcome]) -> float | None:
    """100 × the mean value of the outcomes; None when there are none."""
    if not outcomes:
        return None
    return 100 * sum(VALUES[outcome] * count for outcome, count in outcomes.items()) / outcomes.total()


def _intervals(history: ChannelHistory, start: datetime, end: datetime) -> list[float]:
    """Days between neighbouring publications, extras too, where the later one lies in the period."""
    first = bisect_left(history.published, (start, 0))
    last = bisect_left(history.published, (end, 0))
    instants = [at for at, _ in history.published[max(0, first - 1) : last]]
    return [(later - earlier) / DAY for earlier, later in pairwise(instants)]


def _longest_silence(
    history: ChannelHistory, intervals: list[float], start: datetime, end: datetime
) -> float | None:
    """Days; `end` is the period's end or now. None for a period that has not begun."""
    if end <= start:
        return None
    since = history.last_before(end)
    return max([*intervals, (end - (start if since is None else since)) / DAY])


def _quartiles(intervals: list[float]) -> tuple[float, float] | None:
    """The first and third quartile, the data being all there is (the "inclusive" method)."""
    if not intervals:
        return None
    if len(intervals) == 1:
        return intervals[0], intervals[0]
    first, _, third = quantiles(intervals, n=4, method="inclusive")
    return first, third


def _streak(calendar: Calendar, channel: int, history: ChannelHistory, end: datetime, now: datetime) -> int:
    """Whole weeks in a row up to `end` in which no slot was late or missed.

    Weeks without an outcome (no slots, or only paused ones) neither count nor break it.
    """
    zone, begins = calendar.zone(channel), calendar.team.week_begins
    unfinished = week_start(to_local(end, zone).date(), begins)
    finished_until, _ = day_bounds(unfinished, zone)

    def week(slot: Slot) -> date:
        return week_start(to_local(slot.at, zone).date(), begins)

    past = history.line.slots[: bisect_left(history.line.slots, finished_until, key=lambda slot: slot.at)]
    weeks = 0
    for _, slots in groupby(reversed(past), key=week):
        outcomes = set(known_outcomes(history, slots, now))
        if outcomes & {"late", "missed"}:
            break
        weeks += bool(outcomes)
    return weeks


def _runway(calendar: Calendar, history: ChannelHistory, now: datetime) -> float | None:
    """Days until the first slot ahead that has no post, or whose post has a task with nobody."""
    for slot in _ahead(history, now, RUNWAY_YEAR):
        id = history.post_on(slot, now)
        if id is None or _lacks_somebody(calendar.posts[id]):
            return (slot.at - now) / DAY
    return None


def _lacks_somebody(post: Post) -> bool:
    return any(task.member is None and not task.is_done for task in post.tasks.values())


def _outlook(calendar: Calendar, workload: Workload, history: ChannelHistory, now: datetime) -> float | None:
    """The score of the next four weeks if nothing changes; None without slots."""
    ahead = _ahead(history, now, OUTLOOK)
    if not ahead:
        return None
    posts = (history.post_on(slot, now) for slot in ahead)
    kept = sum(id is not None and _is_within_capacity(calendar, workload, calendar.posts[id]) for id in posts)
    return 100 * kept / len(ahead)


def _is_within_capacity(calendar: Calendar, workload: Workload, post: Post) -> bool:
    """Whether every task is done or has somebody whose week is not over capacity."""
    for task in post.tasks.values():
        if task.is_done:
            continue
        if task.member is None or task.member not in calendar.members:
            return False
        week = week_start(calendar.window(post, task)[1], calendar.team.week_begins)
        if workload.of(task.member, week).over:
            return False
    return True


def _ahead(history: ChannelHistory, now: datetime, length: timedelta) -> list[Slot]:
    """The unpaused slots after now, up to `length` from now."""
    slots = history.line.slots
    first = bisect_right(slots, now, key=lambda slot: slot.at)
    return slots[first : bisect_left(slots, now + length, key=lambda slot: slot.at)]
