"""The rhythm of channels as small strips: a column of marks per week, and the figures of how it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cadence.insight.consistency import Consistency, consistency, default_period
from cadence.insight.slots import SlotState, slots
from cadence.insight.strip import LOW_RUNWAY, LOW_SCORE, worst_of_parts
from cadence.insight.warnings import Warning
from cadence.insight.words import day_text
from cadence.language import _, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.times import WEEK, day_bounds, to_local, week_start

WEEKS_BACK, WEEKS_AHEAD = 12, 4
MOST_MARKS = 5
"""A week with more slots shows the worst of each part of it."""
SLOT_STATES: tuple[SlotState, ...] = (
    "on_time",
    "early",
    "late",
    "missed",
    "ready",
    "planned",
    "empty",
    "paused",
)
"""In the order in which a legend tells of them."""


@dataclass(frozen=True)
class Week:
    """The marks of a week, first to last; `words` says the same: `Week of Mon 23 Nov: 2 on time`."""

    marks: tuple[SlotState, ...]
    words: str
    is_now: bool
    is_ahead: bool


@dataclass(frozen=True)
class Figure:
    """`score`, `92`; `trouble` says what is wrong with it, if something is."""

    name: str
    text: str
    trouble: str


@dataclass(frozen=True)
class Strip:
    """A channel's line. `words` tells it to those who do not see it."""

    channel: str
    weeks: tuple[Week, ...]
    words: str
    figures: tuple[Figure, ...]


def strips(
    calendar: Calendar, channels: Iterable[int], warnings: Iterable[Warning], now: datetime
) -> tuple[Strip, ...]:
    """The strips of channels, 12 weeks back and 4 ahead; `warnings` tell which are silent for too long."""
    silent = {found.channel for found in warnings if found.rule == "silence" and found.severity == "high"}
    return tuple(_strip(calendar, channel, channel in silent, now) for channel in channels)


def _strip(calendar: Calendar, channel: int, is_silent: bool, now: datetime) -> Strip:
    zone, begins = calendar.zone(channel), calendar.team.week_begins
    this = week_start(to_local(now, zone).date(), begins)
    by_week: dict[date, list[SlotState]] = {this + n * WEEK: [] for n in range(-WEEKS_BACK, WEEKS_AHEAD + 1)}
    start = day_bounds(min(by_week), zone)[0]
    end = day_bounds(max(by_week) + WEEK, zone)[0]
    for filled in slots(calendar, start, end, now, channel):
        by_week[week_start(to_local(filled.slot.at, zone).date(), begins)].append(filled.state)
    figures = consistency(calendar, channel, *default_period(now), now)
    return Strip(
        channel=calendar.channels[channel].name,
        weeks=tuple(_week(first, states, this) for first, states in by_week.items()),
        words=_words(by_week, this),
        figures=tuple(_figures(figures, is_silent)),
    )


def _week(first: date, states: Sequence[SlotState], this: date) -> Week:
    said = counted(states) or _("no slots")
    marks = worst_of_parts(states, MOST_MARKS)
    words = _("Week of {day}: {slots}", day=day_text(first), slots=said)
    return Week(marks, words, first == this, first > this)


def counted(states: Iterable[SlotState]) -> str:
    """`20 on time, 2 late, 1 missed`; the most frequent first."""
    return ", ".join(_count(state, number) for state, number in Counter(states).most_common())


def _count(state: SlotState, number: int) -> str:
    match state:
        case "on_time":
            return n_("{number} on time", "{number} on time", number)
        case "early":
            return n_("{number} early", "{number} early", number)
        case "late":
            return n_("{number} late", "{number} late", number)
        case "missed":
            return n_("{number} missed", "{number} missed", number)
        case "ready":
            return n_("{number} ready", "{number} ready", number)
        case "planned":
            return n_("{number} planned", "{number} planned", number)
        case "empty":
            return n_("{number} open", "{number} open", number)
        case "paused":
            return n_("{number} paused", "{number} paused", number)


def _words(by_week: Mapping[date, Sequence[SlotState]], this: date) -> str:
    """What the whole strip says, week by week only where a promise was not kept."""
    before: list[SlotState] = [state for week in by_week if week < this for state in by_week[week]]
    after: list[SlotState] = [state for week in by_week if week >= this for state in by_week[week]]
    missed = [day_text(week) for week, states in by_week.items() if "missed" in states]
    none = _("no slots")
    words = [
        _("Last {weeks} weeks: {slots}.", weeks=WEEKS_BACK, slots=counted(before) or none),
        _("This week and the next {weeks}: {slots}.", weeks=WEEKS_AHEAD, slots=counted(after) or none),
    ]
    if missed:
        words.append(_("Missed in the weeks of {days}.", days=", ".join(missed)))
    return " ".join(words)


def _figures(figures: Consistency, is_silent: bool) -> Iterator[Figure]:
    score, silence, runway = figures.score, figures.longest_silence_days, figures.runway_days
    yield Figure(
        p_("figure", "score"),
        _("no data") if score is None else f"{score:.0f}",
        p_("score", "low") if score is not None and score < LOW_SCORE else "",
    )
    yield Figure(_("silence"), _days(silence), _("too long") if is_silent else "")
    if runway is None:
        yield Figure(_("runway"), _("over a year") if figures.slots else "–", "")
    else:
        yield Figure(_("runway"), _days(runway), p_("runway", "short") if runway < LOW_RUNWAY else "")


def _days(days: float | None) -> str:
    return "–" if days is None else n_("{number} day", "{number} days", round(days))
