"""The organisation: team, members, channels, workflows, absences.

Values are frozen. Types and limits are checked wherever data enters (`documents.decode`), relations between
fields in `__post_init__`. Every stored value has an `id`, a revision `rev` and the instant of its last
change `modified`; the store counts and stamps the last two.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import ceil
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

from cadence.language import _
from cadence.model import limits
from cadence.model.digest import Digest
from cadence.model.errors import BadInput
from cadence.model.times import DAY, WEEKDAYS, zone_of

TaskKind = Literal["draft", "design", "review", "publish", "engage"]
TASK_KINDS: tuple[TaskKind, ...] = ("draft", "design", "review", "publish", "engage")
Level = Literal["learning", "able", "expert"]
LEVELS: tuple[Level, ...] = ("learning", "able", "expert")
LEARNING_PACE = 1.5
"""A learner takes half as long again: they look things up, and somebody answers their questions. A plan that
gave them no more time than the others would have nobody ever learn."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Span(Struct, frozen=True, array_like=True):
    """Part of a working day, in minutes after midnight: [start, end)."""

    start: Annotated[int, Meta(ge=0, le=1440)]
    end: Annotated[int, Meta(ge=0, le=1440)]

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(_("working hours must end after they start"))

    @property
    def minutes(self) -> int:
        return self.end - self.start

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


OFFICE_DAY = (Span(9 * 60, 13 * 60), Span(14 * 60, 18 * 60))


class WorkingHours(Struct, frozen=True, omit_defaults=True):
    """The hours of a working week; a day without spans is not worked."""

    mon: tuple[Span, ...] = OFFICE_DAY
    tue: tuple[Span, ...] = OFFICE_DAY
    wed: tuple[Span, ...] = OFFICE_DAY
    thu: tuple[Span, ...] = OFFICE_DAY
    fri: tuple[Span, ...] = OFFICE_DAY
    sat: tuple[Span, ...] = ()
    sun: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        for name in WEEKDAYS:
            spans: tuple[Span, ...] = getattr(self, name)
            if any(later.start < earlier.end for earlier, later in pairwise(spans)):
                raise ValueError(_("working hours of {day} overlap or are out of order", day=name))

    def on(self, day: date) -> tuple[Span, ...]:
        spans: tuple[Span, ...] = getattr(self, WEEKDAYS[day.weekday()])
        return spans

    def minutes_on(self, day: date) -> int:
        return sum(span.minutes for span in self.on(day))


class Team(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The company's settings. `holidays` maps a date to its name; `country`, `region` say whose.

    `feed_host` names it in feeds, `feed_url` is where they are served (None: on this computer). `boosts`:
    colleagues are asked to amplify what is published.
    """

    name: limits.Name
    zone: str = "UTC"
    first_weekday: Literal["monday", "sunday"] = "monday"
    hours: WorkingHours = WorkingHours()
    holidays: Mapping[date, limits.Line] = field(default_factory=dict[date, str])
    country: Annotated[str, Meta(pattern=r"^([A-Z]{2})?$")] = ""
    region: limits.Line = ""
    horizon_days: limits.Horizon = 28
    feed_host: Annotated[str, Meta(max_length=100, pattern=r"^[A-Za-z0-9.-]+$")] = "cadence.invalid"
    feed_url: limits.Url | None = None
    boosts: bool = True
    id: limits.Id = 1
    rev: int = 0
    modified: limits.Instant = NEVER

    def __post_init__(self) -> None:
        zone_of(self.zone)

    @property
    def week_begins(self) -> int:
        """0 for Monday, 6 for Sunday, as `date.weekday()` counts."""
        return 6 if self.first_weekday == "sunday" else 0

    def is_working_day(self, day: date) -> bool:
        return bool(self.hours.on(day)) and day not in self.holidays

    def shift_working_days(self, day: date, offset: int) -> date:
        """The working day `offset` working days after `day` (before, if negative); 0 is `day` itself.

        Gives up after a year without working days and counts plain days, so that a team that never works
        cannot hang a calculation.
        """
        step = DAY if offset > 0 else -DAY
        found, left, tries = day, abs(offset), 0
        while left:
            found, tries = found + step, tries + 1
            if tries > 366 or self.is_working_day(found):
                left -= 1
        return found


class Skill(Struct, frozen=True, omit_defaults=True):
    """Somebody can do a kind of task on a channel (None: on every channel)."""

    task: TaskKind
    channel: limits.Id | None = None
    level: Level = "able"


def minutes_at(level: Level | None, effort: int) -> int:
    """The minutes that a task of this effort takes at a level of skill: ⌈1.5 × effort⌉ for a learner."""
    return ceil(LEARNING_PACE * effort) if level == "learning" else effort


class Member(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A person: staff, or a partner from outside with a cost per hour in cents.

    `allowance` is minutes a week on top of daily work. `hours` and `zone` default to the team's. As an author
    they have at most `posts_a_week` posts going out a week, and `spacing` days from one to the next (2: not
    on the same day, nor on the next); None: no limit. `topics` are what they like to write and speak about.
    `digest` is what they want to be told, and when.
    """

    id: limits.Id
    name: limits.Name
    kind: Literal["staff", "partner"] = "staff"
    role: Literal["member", "lead"] = "member"
    department: limits.Line = ""
    skills: tuple[Skill, ...] = ()
    allowance: limits.Allowance = 60
    hours: WorkingHours | None = None
    zone: str = ""
    active_from: date | None = None
    active_to: date | None = None
    cost_per_hour: limits.Cents = 0
    login: limits.Line = ""
    posts_a_week: limits.PostsPerWeek | None = None
    spacing: limits.SpacingDays | None = None
    topics: limits.Topics = ()
    digest: Digest = Digest()
    rev: int = 0
    modified: limits.Instant = NEVER

    def __post_init__(self) -> None:
        if self.zone:
            zone_of(self.zone)
        if self.active_from and self.active_to and self.active_to < self.active_from:
            raise BadInput(
                _(
                    "{name} would be active to {last}, before {first}",
                    name=self.name,
                    last=self.active_to,
                    first=self.active_from,
                )
            )

    def is_active(self, day: date) -> bool:
        """Whether `day` lies within the active dates, both included."""
        return not (self.active_from and day < self.active_from) and not (
            self.active_to and day > self.active_to
        )

    def level_for(self, task: TaskKind, channel: int) -> Level | None:
        """The best level of skill for a kind of task on a channel; None: cannot do it."""
        levels: list[Level] = [
            s.level for s in self.skills if s.task == task and s.channel in (None, channel)
        ]
        return max(levels, key=LEVELS.index) if levels else None

    @property
    def is_learning(self) -> bool:
        """Whether they are learning anything: for everybody else a task's effort is their minutes."""
        return any(skill.level == "learning" for skill in self.skills)

    def minutes_for(self, task: TaskKind, channel: int, effort: int) -> int:
        """The minutes that a task takes them: longer than its effort where they are learning."""
        return minutes_at(self.level_for(task, channel), effort) if self.is_learning else effort

    def cost_of(self, minutes: int) -> int:
        """What a partner asks for so many minutes, in cents, a half rounded up; staff cost nothing."""
        return (2 * self.cost_per_hour * minutes + 60) // 120 if self.kind == "partner" else 0


class Absence(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A member is away from `first` to `last`, both days included."""

    id: limits.Id
    member: limits.Id
    first: date
    last: date
    reason: limits.Line = ""
    rev: int = 0
    modified: limits.Instant = NEVER

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput(
                _(
                    "an absence cannot end on {last}, before it starts on {first}",
                    last=self.last,
                    first=self.first,
                )
            )

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class Step(Struct, frozen=True, omit_defaults=True):
    """One task that every post of a workflow needs: minutes of effort, and the window in which it can be
    done, in working days before (negative) or after the day of publication."""

    effort: limits.Effort
    opens: limits.DayOffset
    closes: limits.DayOffset

    def __post_init__(self) -> None:
        if self.closes < self.opens:
            raise ValueError(_("a task's window must close on or after the day it opens"))


class Workflow(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Which tasks a post needs."""

    id: limits.Id
    name: limits.Name
    steps: Mapping[TaskKind, Step] = field(default_factory=dict[TaskKind, Step])
    rev: int = 0
    modified: limits.Instant = NEVER


STANDARD_STEPS: Mapping[TaskKind, Step] = {
    "draft": Step(60, -5, -2),
    "design": Step(30, -3, -1),
    "review": Step(15, -2, -1),
    "publish": Step(5, 0, 0),
    "engage": Step(30, 0, 1),
}


class Channel(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Where posts go. `zone` defaults to the team's; `workflow` None: posts need no tasks.

    `max_per_day` posts on one local day and `min_spacing` minutes between two posts are the bounds of the
    `burst` warning.
    """

    id: limits.Id
    name: limits.Name
    zone: str = ""
    workflow: limits.Id | None = None
    max_per_day: limits.PostsPerDay | None = None
    min_spacing: limits.SpacingMinutes | None = None
    url: limits.Url | None = None
    retired: bool = False
    rev: int = 0
    modified: limits.Instant = NEVER

    def __post_init__(self) -> None:
        if self.zone:
            zone_of(self.zone)


def zone_for(channel: Channel, team: Team) -> ZoneInfo:
    return zone_of(channel.zone or team.zone)


def window_days(team: Team, publication: date, opens: int, closes: int) -> tuple[date, date]:
    """The first and last day on which a task can be done, given the local day of publication."""
    first, last = (team.shift_working_days(publication, offset) for offset in (opens, closes))
    return first, max(first, last)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def parse_time(text: str) -> time:
    """A local time `09:00`; BadInput otherwise."""
    try:
        if len(text) not in (4, 5) or ":" not in text:
            raise ValueError
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise BadInput(_("{text!r} is not a time of day", text=text[:40]), _("write it as 09:00")) from None
