"""How long it takes to find all warnings of a year, and how that grows: `python -m bench.warnings`.

CPU milliseconds, the best of five, for 20 channels and a person per 333 posts, with absences. All posts lie
within the year looked at, each with five tasks; one task and one slot in a hundred have nobody and no post.
"first" begins with nothing remembered, "again" is what each look after it costs.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

from msgspec.structs import replace

from cadence.insight.consistency import consistencies
from cadence.insight.warnings import Warning
from cadence.model.calendar import Calendar
from cadence.model.documents import Value
from cadence.model.post import Post, Task
from cadence.model.rhythm import Rhythm, SlotKey, occurrences
from cadence.model.team import (
    STANDARD_STEPS,
    TASK_KINDS,
    Absence,
    Channel,
    Member,
    Skill,
    TaskKind,
    Team,
    Workflow,
)
from cadence.model.times import WEEK
from cadence.planner.explaining.advice import advised_warnings

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANNELS, YEAR = 20, 365
FIRST, LAST = date(2026, 11, 24), date(2027, 11, 23)
SIZES = (2_500, 5_000, 10_000, 20_000)


def a_year(posts: int) -> Calendar:
    """A year with so many posts and slots, and a team that manages most weeks."""
    chance, members = random.Random(posts), range(1, posts // 333 + 1)
    team = Team(name="Bench", zone="Europe/Rome", holidays={date(2026, 12, 25): "Natale"})
    absences = [_absence(member, n, chance) for member in members for n in range(4)]
    values: list[Value] = [team, Workflow(id=1, name="Standard", steps=STANDARD_STEPS), *absences]
    for id in members:
        skills = tuple(Skill(kind) for kind in TASK_KINDS if chance.random() < 0.8)
        values.append(Member(id=id, name=f"Member {id}", skills=skills, allowance=1400))
    for channel in range(1, CHANNELS + 1):
        values.append(Channel(id=channel, name=f"Channel {channel}", workflow=1, max_per_day=4))
        rhythms = _rhythms(channel, posts // CHANNELS)
        slots = [SlotKey(r.id, local) for r in rhythms for local in occurrences(r, FIRST, LAST)]
        number = (channel - 1) * (posts // CHANNELS) + 1
        values += rhythms
        values += [_post(number + n, slot, chance, members, absences) for n, slot in enumerate(slots)]
    return Calendar.empty().put(*values)


def _absence(member: int, n: int, chance: random.Random) -> Absence:
    """Four weeks off, spread over the year."""
    first = FIRST + timedelta(days=chance.randrange(90 * n, 90 * (n + 1)))
    return Absence(id=member * 10 + n, member=member, first=first, last=first + timedelta(days=4))


def _rhythms(channel: int, posts: int) -> list[Rhythm]:
    """Rhythms on working days that together call for so many posts a year."""
    found: list[Rhythm] = []
    while posts > 0:
        chosen = ("MO", "TU", "WE", "TH", "FR")[: max(1, min(5, round(posts / 52)))]
        rhythm = Rhythm(
            id=channel * 100 + len(found),
            channel=channel,
            rrule=f"FREQ=WEEKLY;BYDAY={','.join(chosen)};COUNT={min(posts, 52 * len(chosen))}",
            at=time(8 + len(found), 0),
            start=FIRST,
            max_silence=7 * 24 * 60,
        )
        found.append(rhythm)
        posts -= 52 * len(chosen)
    return found


def _post(id: int, slot: SlotKey, chance: random.Random, members: range, absences: list[Absence]) -> Post:
    day = slot.local.date()
    away = {a.member for a in absences if a.first <= day + WEEK and day - WEEK <= a.last}
    here = [member for member in members if member not in away]

    def task(kind: TaskKind) -> Task:
        step = STANDARD_STEPS[kind]
        member = chance.choice(here) if chance.random() > 0.01 else None
        return Task(step.effort, step.opens, step.closes, member=member)

    return Post(
        id=id,
        channel=slot.rhythm // 100,
        title=f"Post {id}",
        at=slot.local,
        slot=slot if chance.random() > 0.01 else None,
        tasks={kind: task(kind) for kind in TASK_KINDS},
    )


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """The least CPU time of a few runs."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        began = process_time()
        work()
        best = min(best, process_time() - began)
    return best * 1000


def run() -> None:
    print("All warnings of a year ahead, 20 channels (CPU ms)")
    scale = milliseconds(lambda: sum(n for n in range(1_000_000)))
    print(f"for scale, a million additions in a loop: {scale:.0f} ms")
    print("   posts  warnings   first   again  per post  after a change  of 4 weeks  consistency")
    for size in SIZES:
        print(_line(a_year(size), size), flush=True)


def _line(calendar: Calendar, size: int) -> str:
    gc.freeze()  # as the faces do once a calendar is loaded

    def year() -> list[Warning]:
        return advised_warnings(calendar, NOW, horizon_days=YEAR)

    first = milliseconds(year, times=1)
    again = milliseconds(year)
    changes = iter([calendar.put(replace(calendar.posts[n], title="Changed")) for n in range(7, 12)])
    changed = milliseconds(lambda: advised_warnings(next(changes), NOW, horizon_days=YEAR))
    month = milliseconds(lambda: advised_warnings(calendar, NOW))
    figures = milliseconds(lambda: consistencies(calendar, NOW - timedelta(weeks=12), NOW, NOW))
    return (
        f"{size:>8} {len(year()):>9} {first:>7.0f} {again:>7.0f} {again / size * 1000:>7.1f}µs "
        f"{changed:>15.0f} {month:>11.0f} {figures:>12.1f}"
    )


if __name__ == "__main__":
    run()
