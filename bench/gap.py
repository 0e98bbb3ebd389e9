"""Generalised assignment problems that others published, as problems for the planner.

An agent is a partner whose one day holds the agent's capacity, a job is a task whose terms say what it takes
each agent. Once no job is uncovered, the cost is the published objective. Where the files are from stands in
`gap/gap.json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from cadence.planner.problem import Member, Problem, Task, Terms

FOLDER = Path(__file__).parent / "gap"
DAY = date(2027, 2, 1)


class Instance(msgspec.Struct, frozen=True):
    """`optimum` is the published one."""

    file: str
    agents: int
    jobs: int
    optimum: int


@lru_cache(maxsize=1)
def instances() -> dict[str, Instance]:
    """By name; the smallest first."""
    listed = msgspec.json.decode((FOLDER / "gap.json").read_bytes())["instances"]
    found = msgspec.convert(listed, dict[str, Instance])
    return dict(sorted(found.items(), key=lambda item: (item[1].agents * item[1].jobs, item[0])))


def load(name: str) -> Problem:
    numbers = map(int, (FOLDER / instances()[name].file).read_text().split())
    agents, jobs = next(numbers), next(numbers)
    costs = [_take(numbers, jobs) for _ in range(agents)]
    minutes = [_take(numbers, jobs) for _ in range(agents)]
    members = [
        Member(name=_agent(n), kind="partner", free=(capacity,), capacity=(capacity,))
        for n, capacity in enumerate(_take(numbers, agents))
    ]
    tasks = [
        Task(
            id=f"Job {job + 1}",
            post=f"Job {job + 1}",
            kind="draft",
            channel="Jobs",
            day=DAY,
            opens=DAY,
            closes=DAY,
            effort=min(row[job] for row in minutes),
            priority=3,
            terms={_agent(n): Terms(minutes[n][job], costs[n][job]) for n in range(agents)},
        )
        for job in range(jobs)
    ]
    return Problem(start=DAY, days=1, members=tuple(members), tasks=tuple(tasks))


def _agent(n: int) -> str:
    return f"Agent {n + 1}"


def _take(numbers: Iterator[int], count: int) -> list[int]:
    return [next(numbers) for _ in range(count)]
