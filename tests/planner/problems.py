"""Problems for the planner, built by hand in a few readable lines, or drawn at random.

    problem = (
        a_problem(start="2026-11-23", days=14)
        .member("Anna", capacity=120, free=60)
        .task("53 draft", closes="2026-11-25", effort=45)
        .build()
    )

Days are ISO text. One number for `free`, `capacity` or `taken` stands for every day or week. The id of a task
is its post and its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from hypothesis import strategies as st

from cadence.model.team import TASK_KINDS, Level, TaskKind
from cadence.planner.problem import LEVEL_NAMES, LevelName, Member, Problem, Skill, Task, Terms

MON, TUE, WED, SUN = "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-29"
NEXT_MON, NEXT_TUE = "2026-11-30", "2026-12-01"

Skills = Mapping[TaskKind, Level] | Iterable[Skill]


def skills(levels: Skills) -> tuple[Skill, ...]:
    """Skills on every channel, from kind → level."""
    if isinstance(levels, Mapping):
        return tuple(Skill(kind, level=level) for kind, level in levels.items())
    return tuple(levels)


def everything(level: Level = "able") -> tuple[Skill, ...]:
    return tuple(Skill(kind, level=level) for kind in TASK_KINDS)


@dataclass(frozen=True)
class ProblemBuilder:
    start: date
    days: int
    options: Mapping[str, Any]
    members: tuple[Member, ...] = ()
    tasks: tuple[Task, ...] = ()

    def member(
        self,
        name: str,
        *,
        capacity: int | Sequence[int] = 600,
        free: int | Sequence[int] = 480,
        taken: int | Sequence[int] = (),
        can: Skills = everything(),
        **others: Any,
    ) -> ProblemBuilder:
        """A staff member who is able to do everything, unless it is said otherwise."""
        weeks = self._empty().weeks
        member = Member(
            name=name,
            free=_each(free, self.days),
            capacity=_each(capacity, weeks),
            taken=_each(taken, weeks),
            skills=skills(can),
            **others,
        )
        return replace(self, members=(*self.members, member))

    def partner(self, name: str, cost_per_hour: int, **others: Any) -> ProblemBuilder:
        return self.member(name, kind="partner", cost_per_hour=cost_per_hour, **others)

    def task(
        self,
        name: str,
        effort: int = 60,
        *,
        opens: str | None = None,
        closes: str | None = None,
        day: str | None = None,
        channel: str = "Blog",
        terms: Mapping[str, tuple[int, int]] | None = None,
        **others: Any,
    ) -> ProblemBuilder:
        """`53 draft`. Its window is the whole horizon, and its post goes out when it closes, unless it is
        said otherwise; `terms` are minutes and cents by member."""
        post, _, kind = name.rpartition(" ")
        last = date.fromisoformat(closes) if closes else self._empty().end
        task = Task(
            id=name,
            post=post,
            kind=cast(TaskKind, kind),
            channel=channel,
            day=date.fromisoformat(day) if day else last,
            opens=date.fromisoformat(opens) if opens else self.start,
            closes=last,
            effort=effort,
            terms=None if terms is None else {who: Terms(*amounts) for who, amounts in terms.items()},
            **others,
        )
        return replace(self, tasks=(*self.tasks, task))

    def build(self) -> Problem:
        return Problem(
            start=self.start, days=self.days, members=self.members, tasks=self.tasks, **self.options
        )

    def _empty(self) -> Problem:
        return Problem(start=self.start, days=self.days, members=(), tasks=(), **self.options)


def a_problem(start: str = MON, days: int = 14, **options: Any) -> ProblemBuilder:
    """Two weeks from Monday 23 November 2026, unless it is said otherwise."""
    return ProblemBuilder(date.fromisoformat(start), days, options)


def _each(amounts: int | Sequence[int], count: int) -> tuple[int, ...]:
    return (amounts,) * count if isinstance(amounts, int) else tuple(amounts)


# At random


NAMES = ("Anna", "Bruno", "Carla")
KINDS: tuple[TaskKind, ...] = ("draft", "review", "engage")
CHANNELS = ("Blog", "LinkedIn")
TOPICS = ("", "cheese", "wine")
_LEVELS: st.SearchStrategy[Level] = st.sampled_from(("able", "expert", "learning"))


def small_problems(
    *, max_members: int = 3, max_tasks: int = 6, fixed: bool = True
) -> st.SearchStrategy[Problem]:
    """Little problems with everything in them, in which time is short; `fixed`: with tasks that stay where
    they are, possibly against a rule. So small that all assignments can be tried."""
    return _small_problems(max_members, max_tasks, fixed)


@st.composite
def _small_problems(draw: st.DrawFn, max_members: int, max_tasks: int, fixed: bool) -> Problem:
    start = date.fromisoformat(MON) + timedelta(days=draw(st.sampled_from((0, 0, 2, 5))))
    days = draw(st.integers(3, 15))
    empty = Problem(
        start=start, days=days, members=(), tasks=(), week_begins=draw(st.sampled_from((0, 0, 6)))
    )
    names = NAMES[: draw(st.sampled_from(range(max_members, 0, -1)))]
    members = tuple(draw(_members(name, days, empty.weeks)) for name in names)
    posts = draw(st.sampled_from((2, 3, 1)))
    cells = [(post, kind) for post in range(1, posts + 1) for kind in KINDS]
    count = min(draw(st.sampled_from(range(max_tasks, 0, -1))), len(cells))
    chosen = draw(st.permutations(cells))[:count]
    going_out = {post: start + timedelta(days=draw(st.integers(0, days))) for post in range(1, posts + 1)}
    tasks = tuple(
        draw(_tasks(post, kind, going_out[post], empty, names, fixed)) for post, kind in sorted(chosen)
    )
    return Problem(
        start=start,
        days=days,
        members=members,
        tasks=tasks,
        week_begins=empty.week_begins,
        order=draw(_orders()),
    )


def _orders() -> st.SearchStrategy[tuple[LevelName, ...]]:
    stable = ("uncovered", "changes", *(name for name in LEVEL_NAMES if name not in ("uncovered", "changes")))
    return st.one_of(st.just(LEVEL_NAMES), st.just(stable), st.permutations(LEVEL_NAMES).map(tuple))


@st.composite
def _members(draw: st.DrawFn, name: str, days: int, weeks: int) -> Member:
    """One day's work a week or so; days off, weeks without capacity, and learners among them."""
    is_partner = name != NAMES[0] and draw(st.booleans())
    usual = draw(st.sampled_from((480, 60, 30, 15)))
    free = draw(st.lists(st.sampled_from((usual, usual, usual, 0, 20)), min_size=days, max_size=days))
    week = st.sampled_from((180, 240, 120, 60, 0))
    by_week = st.lists(week, min_size=weeks, max_size=weeks)
    taken = st.lists(st.sampled_from((0, 0, 30, 75)), min_size=weeks, max_size=weeks)
    return Member(
        name=name,
        free=tuple(free),
        capacity=tuple(draw(st.one_of(by_week, st.just([150] * weeks)))),
        kind="partner" if is_partner else "staff",
        taken=tuple(draw(st.one_of(st.just([]), taken))),
        cost_per_hour=draw(st.sampled_from((3_000, 4_550))) if is_partner else 0,
        skills=draw(st.one_of(st.builds(everything, _LEVELS), st.lists(_skills(), min_size=2).map(tuple))),
        posts_a_week=draw(st.sampled_from((None, None, 1, 2, 0))),
        spacing=draw(st.sampled_from((None, None, 0, 1, 2, 4))),
        topics=draw(st.sampled_from(((), ("cheese",), ("wine",)))),
    )


def _skills() -> st.SearchStrategy[Skill]:
    return st.builds(
        Skill,
        task=st.sampled_from(KINDS),
        channel=st.sampled_from((None, None, *CHANNELS)),
        level=_LEVELS,
    )


@st.composite
def _tasks(
    draw: st.DrawFn, post: int, kind: TaskKind, day: date, empty: Problem, names: Sequence[str], fixed: bool
) -> Task:
    """Windows from one day to the whole horizon, also over weeks; some tasks belong to somebody already."""
    first = draw(st.integers(0, empty.days - 1))
    last = min(first + draw(st.sampled_from((2, 1, 4, 8, 0))), empty.days - 1)
    member = draw(st.one_of(st.none(), st.sampled_from(names)))
    some = st.lists(st.sampled_from(names), max_size=1).map(tuple)
    return Task(
        id=f"{post} {kind}",
        post=str(post),
        kind=kind,
        channel=CHANNELS[post % 2],
        day=day,
        opens=empty.start + timedelta(days=first),
        closes=empty.start + timedelta(days=last),
        effort=draw(st.sampled_from((30, 25, 45, 60, 90, 15, 0))),
        priority=draw(st.sampled_from((1, 2, 2, 3))),
        topic=draw(st.sampled_from(TOPICS)),
        member=member,
        held=draw(st.sampled_from(("told", "planned"))),
        fixed=fixed and member is not None and draw(st.sampled_from((False, False, True))),
        barred=draw(st.one_of(st.just(()), st.just(()), some)),
        terms=draw(st.one_of(st.none(), st.none(), st.none(), _terms(names))),
    )


def _terms(names: Sequence[str]) -> st.SearchStrategy[dict[str, Terms]]:
    amounts = st.builds(Terms, minutes=st.sampled_from((0, 20, 40, 70)), cost=st.sampled_from((0, 500)))
    return st.dictionaries(st.sampled_from(names), amounts)
