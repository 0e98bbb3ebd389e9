"""What is to be planned, as plain data: who has how much time and can do what, and which tasks there are.

A `Problem` stands for itself: it can be written to a file, read by anybody, and planned again. Amounts are
minutes of work, cents, and whole days; days are ISO dates in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from cadence.language import _
from cadence.model import limits
from cadence.model.errors import BadInput
from cadence.model.team import LEVELS, Level, TaskKind

LevelName = Literal["uncovered", "cost", "highest-share", "unfairness", "changes", "preferences"]
LEVEL_NAMES: tuple[LevelName, ...] = (
    "uncovered",
    "cost",
    "highest-share",
    "unfairness",
    "changes",
    "preferences",
)
"""What a plan is judged by, the most important first; less is better on each."""

WEIGHTS: Mapping[int, int] = {1: 1, 2: 5, 3: 25}
"""What leaving a task to nobody counts, by its priority."""

MAX_DAYS = 3660
Minutes = Annotated[int, Meta(ge=0, le=100_000)]
Key = Annotated[str, Meta(min_length=1, max_length=200, pattern=limits.NO_CONTROL)]


class Skill(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody can do a kind of task on a channel (None: on every channel)."""

    task: TaskKind
    channel: Key | None = None
    level: Level = "able"


class Member(Struct, frozen=True, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """Who can take tasks.

    `free`: minutes that are free on each day of the horizon. `capacity`: minutes that they give in each of
    its weeks; `taken`: minutes of each week that work outside the problem has used (left out: none).
    `posts_a_week`, `spacing`: as an author, at most so many posts a week, and at least so many days from one
    to the next. `cost_per_hour` in cents, for partners only.
    """

    name: Key
    free: tuple[Minutes, ...]
    capacity: tuple[Minutes, ...]
    kind: Literal["staff", "partner"] = "staff"
    taken: tuple[Minutes, ...] = ()
    cost_per_hour: limits.Cents = 0
    skills: tuple[Skill, ...] = ()
    posts_a_week: Annotated[int, Meta(ge=0, le=1000)] | None = None
    spacing: Annotated[int, Meta(ge=0, le=366)] | None = None
    topics: tuple[Key, ...] = ()

    def level_for(self, task: TaskKind, channel: str) -> Level | None:
        """The best level of skill for a kind of task on a channel; None: cannot do it."""
        skills = (skill for skill in self.skills if skill.task == task)
        found: list[Level] = [skill.level for skill in skills if skill.channel in (None, channel)]
        return max(found, key=LEVELS.index) if found else None


class Terms(Struct, frozen=True, forbid_unknown_fields=True):
    """What a task takes when a certain member does it."""

    minutes: Minutes
    cost: limits.Cents = 0


class Task(Struct, frozen=True, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of work, to be done in parts on any days from `opens` to `closes`, both included.

    `day`: when the post goes out. `effort`: minutes for who is able or expert. `priority`: 1 low, 2 normal,
    3 high. `member`: who has it so far; `held`: whether they were told or it is only planned; `fixed`: no
    plan may give it to anybody else. `barred`: who may not have it, whatever their skills. `terms`: who can
    do it and what it takes them, instead of what follows from skills.
    """

    id: Key
    post: Key
    kind: TaskKind
    channel: Key
    day: date
    opens: date
    closes: date
    effort: Minutes
    priority: Literal[1, 2, 3] = 2
    topic: Annotated[str, Meta(max_length=200, pattern=limits.NO_CONTROL)] = ""
    member: Key | None = None
    held: Literal["told", "planned"] = "told"
    fixed: bool = False
    barred: tuple[Key, ...] = ()
    terms: Mapping[Key, Terms] | None = None


class Problem(Struct, frozen=True, omit_defaults=True, kw_only=True, forbid_unknown_fields=True):
    """The horizon is `days` days from `start`; a week begins on weekday `week_begins` (0 Monday … 6 Sunday),
    so the first and the last may be cut. `order` is what a plan is judged by, the most important first."""

    start: date
    days: Annotated[int, Meta(ge=1, le=MAX_DAYS)]
    members: tuple[Member, ...]
    tasks: tuple[Task, ...]
    week_begins: Annotated[int, Meta(ge=0, le=6)] = 0
    order: tuple[LevelName, ...] = LEVEL_NAMES
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """What people call the posts, where that is not their key."""

    def __post_init__(self) -> None:
        _check(self)

    @property
    def end(self) -> date:
        """The last day of the horizon."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def weeks(self) -> int:
        """How many weeks the horizon touches."""
        return self.week_of(self.end) + 1

    def week_of(self, day: date) -> int:
        """The number of the week that holds a day; the one with `start` is 0."""
        return ((day - self.start).days + self._into_first_week) // 7

    def week_start(self, week: int) -> date:
        """The first day of a week; of the first one it may lie before the horizon."""
        return self.start + timedelta(days=7 * week - self._into_first_week)

    @property
    def _into_first_week(self) -> int:
        return (self.start.weekday() - self.week_begins) % 7


def _check(problem: Problem) -> None:
    """The relations between fields; BadInput names the place and the remedy."""
    if sorted(problem.order) != sorted(LEVEL_NAMES):
        raise BadInput(
            _("order: each level stands in it once"), _("they are {levels}", levels=", ".join(LEVEL_NAMES))
        )
    _check_unique("members", (member.name for member in problem.members))
    _check_unique("tasks", (task.id for task in problem.tasks))
    weeks = problem.weeks
    for member in problem.members:
        _check_by_day(member, "free", member.free, problem.days)
        _check_by_week(member, "capacity", member.capacity, weeks)
        if member.taken:
            _check_by_week(member, "taken", member.taken, weeks)
    names, end = {member.name for member in problem.members}, problem.end
    for task in problem.tasks:
        if not problem.start <= task.opens <= task.closes <= end:
            raise BadInput(
                _(
                    "task {task}: its window {first} to {last} is not within the horizon",
                    task=task.id,
                    first=task.opens,
                    last=task.closes,
                ),
                _(
                    "it must open before it closes, from {first} to {last}",
                    first=problem.start,
                    last=end,
                ),
            )
        if task.fixed and task.member is None:
            raise BadInput(
                _("task {task} is fixed, and nobody has it", task=task.id),
                _("name its member, or leave fixed out"),
            )
        for named in (task.member, *task.barred, *(task.terms or ())):
            if named is not None and named not in names:
                raise BadInput(
                    _("task {task}: there is no member {name!r}", task=task.id, name=named[:60]),
                    _("list them in members"),
                )


def _check_unique(what: str, keys: Iterable[str]) -> None:
    seen = set[str]()
    for key in keys:
        if key in seen:
            raise BadInput(
                _("{what}: {name!r} is there twice", what=what, name=key[:60]), _("give each its own name")
            )
        seen.add(key)


def _check_by_day(member: Member, name: str, values: tuple[int, ...], days: int) -> None:
    if len(values) != days:
        raise BadInput(
            _(
                "member {who}: {field} has {count} numbers for {days} days",
                who=member.name,
                field=name,
                count=len(values),
                days=days,
            ),
            _("give one for each of the horizon's days"),
        )


def _check_by_week(member: Member, name: str, values: tuple[int, ...], weeks: int) -> None:
    if len(values) != weeks:
        raise BadInput(
            _(
                "member {who}: {field} has {count} numbers for {weeks} weeks",
                who=member.name,
                field=name,
                count=len(values),
                weeks=weeks,
            ),
            _("give one for each of the horizon's weeks"),
        )
