"""How long it takes to say who could take a task, and why nobody can: `python -m bench.explaining`.

CPU milliseconds for one task of a calendar with 50 people and 3,000 tasks in twelve weeks: the middle and the
worst of thirty tasks. "changes" are the least changes for a task that fits nobody.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import process_time

from cadence.insight.warnings import find_warnings
from cadence.model.calendar import Calendar
from cadence.model.documents import Value
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import (
    STANDARD_STEPS,
    TASK_KINDS,
    Channel,
    Level,
    Member,
    Skill,
    Step,
    TaskKind,
    Team,
    Workflow,
)
from cadence.planner.explaining.advice import advised_warnings
from cadence.planner.explaining.candidates import candidates
from cadence.planner.explaining.explain import explain

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE, POSTS, DAYS, CHANNELS = 50, 600, 84, 20
LEVELS: tuple[Level, ...] = ("able", "able", "expert", "learning")


def twelve_weeks(allowance: int) -> Calendar:
    """Fifty posts a week with five tasks each, of which one in twenty has nobody."""
    chance = random.Random(12)
    values: list[Value] = [Team(name="Bench", zone="Europe/Rome")]
    values.append(Workflow(id=1, name="Standard", steps=STANDARD_STEPS))
    values += [Channel(id=id, name=f"Channel {id}", workflow=1) for id in range(1, CHANNELS + 1)]
    values += [_member(id, allowance, chance) for id in range(1, PEOPLE + 1)]
    values += [_post(id, chance) for id in range(1, POSTS + 1)]
    return Calendar.empty().put(*values)


def _member(id: int, allowance: int, chance: random.Random) -> Member:
    skills = [Skill(kind, level=chance.choice(LEVELS)) for kind in TASK_KINDS if chance.random() < 0.5]
    is_partner = id % 10 == 0
    return Member(
        id=id,
        name=f"Member {id}",
        kind="partner" if is_partner else "staff",
        cost_per_hour=4_800 if is_partner else 0,
        skills=tuple(skills),
        allowance=allowance,
        posts_a_week=2 if id % 3 == 0 else None,
    )


def _post(id: int, chance: random.Random) -> Post:
    day = date(2026, 11, 24) + timedelta(days=id % DAYS)

    def task(step: Step) -> Task:
        member = chance.randint(1, PEOPLE) if chance.random() > 0.05 else None
        return Task(step.effort, step.opens, step.closes, member=member)

    return Post(
        id=id,
        channel=1 + id % CHANNELS,
        title=f"Post {id}",
        at=datetime.combine(day, time(9)),
        tasks={kind: task(step) for kind, step in STANDARD_STEPS.items()},
    )


def _measured(ask: Callable[[TaskRef], object], refs: Sequence[TaskRef]) -> str:
    times: list[float] = []
    ask(refs[0])  # what is remembered for all of them
    for ref in refs:
        gc.collect()
        began = process_time()
        ask(ref)
        times.append((process_time() - began) * 1000)
    return f"{median(times):>8.1f} {max(times):>8.1f}"


def _free_tasks(calendar: Calendar, kinds: Sequence[TaskKind] = TASK_KINDS) -> list[TaskRef]:
    posts = calendar.posts.values()
    found = [TaskRef(p.id, kind) for p in posts for kind in kinds if p.tasks[kind].member is None]
    return found[:30]


def run() -> None:
    print(f"One task among {POSTS * 5:,}, {PEOPLE} people, 12 weeks (CPU ms)       middle    worst")
    roomy, tight = twelve_weeks(allowance=180), twelve_weeks(allowance=20)
    gc.freeze()
    ranked = _measured(lambda ref: candidates(roomy, ref, NOW), _free_tasks(roomy))
    print(f"candidates, ranked with reasons                     {ranked}")
    print(f"why, where it fits somebody                         {_measured(_why(roomy), _free_tasks(roomy))}")
    print(f"why nobody, with the least changes                  {_measured(_why(tight), _free_tasks(tight))}")
    alone = _best(lambda: find_warnings(roomy, NOW))
    advised = _best(lambda: advised_warnings(roomy, NOW))
    print(f"warnings of four weeks: {alone:.1f} ms, with the people who could help {advised:.1f} ms")


def _why(calendar: Calendar) -> Callable[[TaskRef], object]:
    return lambda ref: explain(calendar, ref, NOW)


def _best(work: Callable[[], object], times: int = 5) -> float:
    taken: list[float] = []
    for _ in range(times):
        gc.collect()
        began = process_time()
        work()
        taken.append((process_time() - began) * 1000)
    return min(taken)


if __name__ == "__main__":
    run()
