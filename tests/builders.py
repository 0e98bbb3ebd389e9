"""A calendar built by hand, in a few readable lines, for every test.

    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_post("Blog", "2026-11-26T10:00", tasks={"draft": "Anna"})
        .build()
    )

Dates and times are ISO text. Ids count 1, 2, 3 … per kind in the order of the calls. Members and channels are
referred to by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task
from cadence.model.rhythm import Pause, Rhythm, SlotKey
from cadence.model.team import (
    STANDARD_STEPS,
    TASK_KINDS,
    Absence,
    Channel,
    Member,
    Skill,
    Step,
    TaskKind,
    Team,
    Workflow,
)
from cadence.model.times import to_local

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Monday 23 November 2026, 10:00 in Rome: what "now" means in most tests."""

ALL_SKILLS = tuple(Skill(kind) for kind in TASK_KINDS)


def day(text: str) -> date:
    return date.fromisoformat(text)


def local(text: str) -> datetime:
    """A wall-clock time, without zone."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is None, f"{text} is not a local time"
    return moment


def utc(text: str) -> datetime:
    """An instant; the text is read as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_calendar(*, zone: str = "Europe/Rome", **team: Any) -> CalendarBuilder:
    """Starts with a team in Rome, Monday to Friday, 9-13 and 14-18, and the workflow "Standard" (draft 60',
    design 30', review 15', publish 5', engage 30')."""
    return CalendarBuilder(Team(name="Officine Rossi", zone=zone, **team)).with_workflow("Standard")


class CalendarBuilder:
    """Collects values; each `with_…` adds one and returns the builder."""

    def __init__(self, team: Team) -> None:
        self._calendar = Calendar.empty().put(team)

    def build(self) -> Calendar:
        return self._calendar

    def with_workflow(self, name: str, steps: Mapping[TaskKind, Step] = STANDARD_STEPS) -> CalendarBuilder:
        return self._add(Workflow(id=self._calendar.next_id(Workflow), name=name, steps=steps))

    def with_channel(self, name: str, *, workflow: str | None = "Standard", **fields: Any) -> CalendarBuilder:
        """`workflow=None`: its posts need no tasks."""
        chosen = self._calendar.workflow(workflow).id if workflow else None
        return self._add(Channel(id=self._calendar.next_id(Channel), name=name, workflow=chosen, **fields))

    def with_member(
        self, name: str, *, skills: Iterable[Skill] = ALL_SKILLS, **fields: Any
    ) -> CalendarBuilder:
        """Can do every kind of task on every channel, 60 minutes a week, unless said otherwise."""
        return self._add(Member(id=self._calendar.next_id(Member), name=name, skills=tuple(skills), **fields))

    def with_rhythm(
        self,
        channel: str,
        rrule: str = "FREQ=WEEKLY;BYDAY=TU",
        at: str = "09:00",
        start: str = "2026-01-01",
        *,
        pauses: Iterable[tuple[str, str]] = (),
        **fields: Any,
    ) -> CalendarBuilder:
        return self._add(
            Rhythm(
                id=self._calendar.next_id(Rhythm),
                channel=self._calendar.channel(channel).id,
                rrule=rrule,
                at=time.fromisoformat(at),
                start=day(start),
                pauses=tuple(Pause(day(first), day(last)) for first, last in pauses),
                **fields,
            )
        )

    def with_absence(self, member: str, first: str, last: str, **fields: Any) -> CalendarBuilder:
        return self._add(
            Absence(
                id=self._calendar.next_id(Absence),
                member=self._calendar.member(member).id,
                first=day(first),
                last=day(last),
                **fields,
            )
        )

    def with_post(
        self,
        channel: str,
        at: str,
        title: str = "A post",
        *,
        tasks: Mapping[TaskKind, str | None] | None = None,
        done: Iterable[TaskKind] = (),
        slot: str | SlotKey | None = None,
        **fields: Any,
    ) -> CalendarBuilder:
        """A planned post. It has the tasks of its channel's workflow, with nobody; `tasks={"draft": "Anna"}`
        assigns one. `done` names tasks that their assignee has finished. `slot`: the local time of a slot of
        the channel's first rhythm, or a `SlotKey`.
        """
        on = self._calendar.channel(channel)
        if isinstance(slot, str):
            slot = SlotKey(self._calendar.rhythms_of(on.id)[0].id, local(slot))
        return self._add(
            Post(
                id=self._calendar.next_id(Post),
                channel=on.id,
                title=title,
                at=local(at),
                tasks=self._tasks(on, tasks or {}, frozenset(done)),
                slot=slot,
                **fields,
            )
        )

    def with_publication(
        self, channel: str, at: str, title: str = "A publication", **fields: Any
    ) -> CalendarBuilder:
        """A post that went out at the instant `at` (UTC), without tasks, as an imported history has it."""
        on = self._calendar.channel(channel)
        moment = utc(at)
        return self._add(
            Post(
                id=self._calendar.next_id(Post),
                channel=on.id,
                title=title,
                at=to_local(moment, self._calendar.zone(on.id)),
                state="published",
                published_at=moment,
                **fields,
            )
        )

    def _tasks(
        self, channel: Channel, owners: Mapping[TaskKind, str | None], done: frozenset[TaskKind]
    ) -> dict[TaskKind, Task]:
        steps = self._calendar.workflows[channel.workflow].steps if channel.workflow else {}
        tasks: dict[TaskKind, Task] = {}
        for kind, step in steps.items():
            owner = owners.get(kind)
            member = self._calendar.member(owner).id if owner else None
            finished = {"done_at": NOW, "done_by": member} if kind in done else {}
            tasks[kind] = Task(step.effort, step.opens, step.closes, member=member, **finished)
        return tasks

    def _add(self, value: Any) -> CalendarBuilder:
        self._calendar = self._calendar.put(value)
        return self
