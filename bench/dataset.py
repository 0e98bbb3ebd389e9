"""A generated calendar of any size: the same one for the same arguments.

Twenty channels with ten slots a week each make some 10,000 posts a year, so that a bigger calendar is a
longer one. Most of it lies behind `NOW`, the next four weeks are planned with holes.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cadence.model.calendar import Calendar
from cadence.model.documents import TABLE_OF, Value, encode
from cadence.model.post import Post, PostState, Task
from cadence.model.rhythm import Rhythm, SlotKey
from cadence.model.team import (
    STANDARD_STEPS,
    TASK_KINDS,
    Channel,
    Member,
    Skill,
    TaskKind,
    Team,
    Workflow,
)
from cadence.model.times import to_instant, zone_of
from cadence.store import create_store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ZONE = "Europe/Rome"
CHANNELS, MEMBERS = 20, 24
TIMES = (time(9, 0), time(17, 0))
PLANNED_DAYS = 28
SUBJECTS = (
    "Storia di un cliente",
    "Dietro le quinte",
    "Il tornio nuovo",
    "La squadra",
    "Una domanda al mese",
)

Documents = Mapping[str, Mapping[int, dict[str, Any]]]


@lru_cache(maxsize=4)
def calendar_of(posts: int) -> Calendar:
    """A calendar with exactly `posts` posts."""
    tables = documents_of(posts)
    next_ids = {table: max(by_id, default=0) + 1 for table, by_id in tables.items()}
    return Calendar.load(lambda table: tables.get(table, {}), seq=1, next_ids=next_ids)


def documents_of(posts: int) -> Documents:
    """The same as plain documents by table and id, as a store keeps them (without `rev`)."""
    tables: dict[str, dict[int, dict[str, Any]]] = {}
    for value in (*_team(posts), *_posts(posts)):
        tables.setdefault(TABLE_OF[type(value)], {})[value.id] = encode(value) | {"id": value.id}
    return tables


def calendar_file(posts: int, path: Path, at: datetime = NOW) -> None:
    """Write the same calendar to a new file, as Cadence would; `at`: when it was made."""
    with closing(create_store(path)) as store:
        with store.transaction(by="bench", why="Generate a calendar", at=at) as tx:
            for table, by_id in documents_of(posts).items():
                for document in by_id.values():
                    tx.insert(table, document)
        store.checkpoint()


def _team(posts: int) -> list[Value]:
    values: list[Value] = [
        Team(name="Bench", zone=ZONE),
        Workflow(id=1, name="Standard", steps=STANDARD_STEPS),
    ]
    skills = tuple(Skill(kind) for kind in TASK_KINDS)
    values += [
        Member(id=id, name=f"Member {id:02}", skills=skills, allowance=600) for id in range(1, MEMBERS + 1)
    ]
    values += [Channel(id=id, name=f"Channel {id:02}", workflow=1) for id in range(1, CHANNELS + 1)]
    for channel in range(1, CHANNELS + 1):
        values += [
            Rhythm(
                id=_rhythm(channel, place),
                channel=channel,
                rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                at=at,
                start=_first_day(posts),
                max_silence=4 * 24 * 60,
            )
            for place, at in enumerate(TIMES)
        ]
    return values


def _rhythm(channel: int, place: int) -> int:
    return (channel - 1) * len(TIMES) + place + 1


def _first_day(posts: int) -> date:
    """So early that slots up to the end of the planned weeks are enough for all posts."""
    workdays = posts / (CHANNELS * len(TIMES)) * 1.15
    return (NOW + timedelta(days=PLANNED_DAYS - int(workdays * 7 / 5) - 7)).date()


def _posts(count: int) -> list[Post]:
    """Posts on slots from the end of the planned weeks backwards, with holes."""
    dice = random.Random(count)
    posts: list[Post] = []
    day = (NOW + timedelta(days=PLANNED_DAYS)).date()
    while len(posts) < count:
        if day.weekday() < 5:
            for channel in range(1, CHANNELS + 1):
                for place, at in enumerate(TIMES):
                    hole = 0.3 if day > NOW.date() else 0.05
                    if len(posts) < count and dice.random() > hole:
                        slot = SlotKey(_rhythm(channel, place), datetime.combine(day, at))
                        posts.append(_post(len(posts) + 1, channel, slot, dice))
        day -= timedelta(days=1)
    return posts


def _post(id: int, channel: int, slot: SlotKey, dice: random.Random) -> Post:
    due = to_instant(slot.local, zone_of(ZONE))
    is_past = due < NOW
    published = due + timedelta(minutes=dice.choice((0, 0, 0, 3, 12, 95, 26 * 60))) if is_past else None
    state: PostState = "published" if is_past else dice.choice(("planned", "drafted", "approved"))
    return Post(
        id=id,
        channel=channel,
        title=f"{dice.choice(SUBJECTS)} {id}",
        at=slot.local,
        slot=slot,
        state=state,
        published_at=min(published, NOW) if published else None,
        tasks={kind: _task(kind, due, state, dice) for kind in TASK_KINDS},
        uid=f"bench-{id}",
    )


def _task(kind: TaskKind, due: datetime, state: PostState, dice: random.Random) -> Task:
    step = STANDARD_STEPS[kind]
    member = None if state == "planned" and dice.random() < 0.15 else dice.randint(1, MEMBERS)
    done = state == "published" or (state == "approved" and kind in ("draft", "design", "review"))
    done = done or (state == "drafted" and kind == "draft")
    stamp = {"done_at": due - timedelta(days=1), "done_by": member} if done else {}
    return Task(step.effort, step.opens, step.closes, member=member, **stamp)
