"""Generated planning problems of any size: hard, tight teams with everything in them.

The same arguments make the same problem. Look at them with `python -m bench.planning_problems`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from math import isqrt
from typing import Literal, NamedTuple

from msgspec.structs import replace

from cadence.model.team import LEVELS, STANDARD_STEPS, TASK_KINDS, Step, TaskKind
from cadence.planner.problem import Member, Problem, Skill, Task

SIZES = {"S": (5, 4, 5), "M": (15, 8, 20), "L": (50, 12, 60), "XL": (200, 26, 150)}
"""People, weeks, posts a week."""
RATIOS, SEEDS = (0.75, 0.95), (1, 2)

START = date(2027, 2, 1)
PARTNER_DAY = 240
TOPICS = ("customers", "machines", "people", "prices", "materials", "events")

Priority = Literal[1, 2, 3]
PRIORITIES: tuple[Priority, ...] = (1, 2, 3)


class Flow(NamedTuple):
    """What each post of a channel needs, and how much more often than others the channel is posted on."""

    often: int
    steps: Mapping[TaskKind, Step]


FLOWS = (
    Flow(2, STANDARD_STEPS),
    Flow(
        5,
        {
            "draft": Step(20, -3, -1),
            "design": Step(30, -2, -1),
            "publish": Step(5, 0, 0),
            "engage": Step(15, 0, 1),
        },
    ),
    Flow(
        1,
        {
            "draft": Step(120, -8, -4),
            "design": Step(45, -4, -2),
            "review": Step(30, -3, -1),
            "publish": Step(10, 0, 0),
            "engage": Step(20, 0, 2),
        },
    ),
    Flow(
        2,
        {
            "draft": Step(90, -6, -3),
            "design": Step(60, -4, -2),
            "review": Step(20, -2, -1),
            "publish": Step(15, 0, 0),
        },
    ),
)
CAN: Mapping[TaskKind, float] = {"draft": 0.6, "design": 0.3, "review": 0.35, "publish": 0.8, "engage": 0.6}
"""How likely somebody who works on a channel can do a kind of task there."""


def make(people: int, weeks: int, posts_a_week: int, ratio: float, seed: int) -> Problem:
    """A problem in which the effort of all tasks is `ratio` of all that staff gives."""
    return _Team(people, weeks, posts_a_week, random.Random(seed)).problem(ratio)


def of_size(size: str, ratio: float, seed: int) -> Problem:
    return make(*SIZES[size], ratio, seed)


class _Team:
    """Draws one problem; the order of the draws is part of it."""

    def __init__(self, people: int, weeks: int, posts_a_week: int, dice: random.Random) -> None:
        self.people, self.weeks, self.posts_a_week, self.dice = people, weeks, posts_a_week, dice
        self.days = [START + timedelta(days=n) for n in range(7 * weeks)]
        holidays = {START + timedelta(days=7 * week + dice.randrange(5)) for week in range(2, weeks, 4)}
        self.working = [day for day in self.days if day.weekday() < 5 and day not in holidays]
        self.channels = [f"Channel {n + 1:02}" for n in range(max(3, isqrt(posts_a_week)))]
        self.flows = [FLOWS[n % len(FLOWS)] for n in range(len(self.channels))]
        self.often = [flow.often for flow in self.flows]

    def problem(self, ratio: float) -> Problem:
        tasks = list(self._tasks())
        staff = self._staff(sum(task.effort for task in tasks) / ratio)
        partners = [self._partner(n) for n in range(max(1, round(self.people / 8)))]
        members = (*staff, *partners)
        able = {
            (kind, channel): [member for member in members if member.level_for(kind, channel)]
            for kind in TASK_KINDS
            for channel in self.channels
        }
        told = tuple(self._told(task, able[task.kind, task.channel]) for task in tasks)
        return Problem(start=START, days=len(self.days), members=members, tasks=told)

    # Tasks

    def _tasks(self) -> Iterator[Task]:
        for week in range(self.weeks):
            days = [day for day in self.working if (day - START).days // 7 == week]
            for n in range(self.posts_a_week):
                place = self.dice.choices(range(len(self.flows)), self.often)[0]
                post = f"P{week * self.posts_a_week + n + 1}"
                yield from self._post(post, self.channels[place], self.flows[place], self.dice.choice(days))

    def _post(self, post: str, channel: str, flow: Flow, day: date) -> Iterator[Task]:
        """The tasks of a post that begin within the horizon; what began before it is done."""
        size = self.dice.choice((0.75, 1, 1, 1, 1.25))
        topic = self.dice.choice(TOPICS) if self.dice.random() < 0.7 else ""
        weight = self.dice.choices(PRIORITIES, (2, 6, 2))[0]
        place = self.working.index(day)
        for kind, step in flow.steps.items():
            opens, closes = place + step.opens, place + step.closes
            if opens < 0 or opens >= len(self.working):
                continue
            yield Task(
                id=f"{post}-{kind}",
                post=post,
                kind=kind,
                channel=channel,
                day=day,
                opens=self.working[opens],
                closes=self.working[min(closes, len(self.working) - 1)],
                effort=_fives(step.effort * size),
                priority=PRIORITIES[max(weight - 2, 0)] if kind == "engage" else weight,
                topic=topic,
            )

    # People

    def _staff(self, wanted: float) -> list[Member]:
        """Members who give about `wanted` minutes together, as far as their free time holds that."""
        free = [self._free() for _ in range(self.people)]
        room = [[sum(days[7 * week : 7 * week + 7]) for week in range(self.weeks)] for days in free]
        wish = [self._wishes() for _ in range(self.people)]

        def given(scale: float) -> list[list[int]]:
            return [
                [min(_fives(scale * minutes), most) for minutes, most in zip(*pair, strict=True)]
                for pair in zip(wish, room, strict=True)
            ]

        low, high = 0.0, 100_000.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(map(sum, given(middle))) < wanted else (low, middle)
        skills = self._skills()
        return [
            self._member(n, *person) for n, person in enumerate(zip(free, given(high), skills, strict=True))
        ]

    def _free(self) -> list[int]:
        """Minutes per day. One in three has days that hold hardly a task; all are away at times."""
        busy = self.dice.random() < 0.35
        days_off = set(self.dice.sample(range(5), self.dice.choice((0, 0, 0, 1, 2))))
        free = [0] * len(self.days)
        for day in self.working:
            if day.weekday() not in days_off:
                tight = self.dice.random() < (0.7 if busy else 0.1)
                free[(day - START).days] = _fives(
                    self.dice.uniform(20, 60) if tight else self.dice.uniform(45, 170)
                )
        for _ in range(self.dice.randint(self.weeks // 8, 1 + self.weeks // 4)):
            away, length = self.dice.randrange(len(self.days)), self.dice.choice((1, 1, 2, 3, 7, 7))
            free[away : away + length] = [0] * len(free[away : away + length])
        return free

    def _wishes(self) -> list[float]:
        """How much somebody gives in each week, beside others."""
        usual = self.dice.uniform(0.5, 1.5)
        return [usual * self.dice.choice((0.5, 0.8, 1, 1, 1, 1.2)) for _ in range(self.weeks)]

    def _skills(self) -> list[list[Skill]]:
        """Each works on a few channels, more on those with many posts; nothing rests on one person."""
        skills: list[list[Skill]] = []
        most, fewest = (3 if self.people < 20 else 2), min(2 + self.people // 10, 7)
        for _ in range(self.people):
            mine = sorted(set(self.dice.sample(self.channels, self.dice.randint(2, most), counts=self.often)))
            levels = self.dice.choices(LEVELS, (1, 2, 1), k=len(mine) * len(TASK_KINDS))
            could = product(mine, TASK_KINDS)
            skills.append(
                [
                    Skill(kind, channel, level)
                    for (channel, kind), level in zip(could, levels, strict=True)
                    if self.dice.random() < CAN[kind]
                ]
            )
        for channel, kind in product(self.channels, TASK_KINDS):
            has = [any((s.task, s.channel) == (kind, channel) for s in mine) for mine in skills]
            others = [n for n in range(self.people) if not has[n]]
            for n in self.dice.sample(others, max(0, fewest - sum(has))):
                skills[n].append(Skill(kind, channel))
        return skills

    def _member(self, n: int, free: list[int], capacity: list[int], skills: list[Skill]) -> Member:
        taken = [0] * self.weeks
        if self.dice.random() < 0.3:
            taken[0] = 5 * int(capacity[0] * self.dice.uniform(0.1, 0.4) / 5)
        return Member(
            name=f"Staff {n + 1:03}",
            free=tuple(free),
            capacity=tuple(capacity),
            taken=tuple(taken) if any(taken) else (),
            skills=tuple(skills),
            posts_a_week=self.dice.choice((2, 2, 3)) if self.dice.random() < 0.4 else None,
            spacing=self.dice.choice((2, 2, 3, 4)) if self.dice.random() < 0.25 else None,
            topics=tuple(sorted(self.dice.sample(TOPICS, 3))) if self.dice.random() < 0.5 else (),
        )

    def _partner(self, n: int) -> Member:
        """Who designs and answers for money, some also write; a few hours a week."""
        kinds: list[TaskKind] = ["design", "engage", *self.dice.choice(((), (), ("draft",)))]
        most = _fives(self.dice.uniform(0.08, 0.16) * 125 * self.posts_a_week * 8 / max(self.people, 8))
        free = [0] * len(self.days)
        for day in self.working:
            free[(day - START).days] = PARTNER_DAY
        channels = self.dice.sample(self.channels, max(2, len(self.channels) // 2))
        everywhere = self.dice.random() < 0.3
        return Member(
            name=f"Partner {n + 1:02}",
            kind="partner",
            free=tuple(free),
            capacity=tuple(_fives(most * self.dice.uniform(0.6, 1.4)) for _ in range(self.weeks)),
            cost_per_hour=self.dice.choice((3000, 4000, 4500, 6000)),
            skills=tuple(
                Skill(kind, channel) for kind in kinds for channel in ([None] if everywhere else channels)
            ),
        )

    # What they were told

    def _told(self, task: Task, able: list[Member]) -> Task:
        """Three tasks in ten are with somebody who can do them, if not always all of them together."""
        who = list(able)
        if len(who) > 2 and self.dice.random() < 0.02:
            task = replace(task, barred=(who.pop(self.dice.randrange(len(who))).name,))
        if self.dice.random() > 0.3:
            return task
        member = self.dice.choice(who)
        window = slice((task.opens - START).days, (task.closes - START).days + 1)
        fits = sum(member.free[window]) >= 1.5 * task.effort
        return replace(task, member=member.name, fixed=fits and self.dice.random() < 0.1)


def _fives(minutes: float) -> int:
    return max(5, 5 * round(minutes / 5))


def describe(problem: Problem) -> str:
    """Its size and how tight it is, on one line."""
    can = Counter(
        (skill.task, channel)
        for member in problem.members
        for skill in set(member.skills)
        for channel in ([skill.channel] if skill.channel else {task.channel for task in problem.tasks})
    )
    given = sum(sum(member.capacity) for member in problem.members if member.kind == "staff")
    return (
        f"{len(problem.members)} members, {len(problem.tasks)} tasks, "
        f"{sum(can[task.kind, task.channel] for task in problem.tasks)} pairs, "
        f"{sum(task.effort for task in problem.tasks) / given:.3f} of what staff gives, "
        f"{sum(task.member is not None for task in problem.tasks)} told, "
        f"{sum(task.fixed for task in problem.tasks)} of them fixed"
    )


if __name__ == "__main__":
    for size in SIZES:
        print(f"{size:>2}: {describe(of_size(size, 0.75, 1))}")
