"""What is still to do in a calendar, as a problem has it: the tasks of its posts, and those that the posts of
open slots would need."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from cadence.insight.history import match
from cadence.insight.slots import Slot, slots
from cadence.insight.warnings.scene import Duty, Scene
from cadence.insight.words import time_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import TaskKind
from cadence.model.times import DAY, day_bounds, zone_of
from cadence.planner.bridge.places import Place, SlotTask, id_of, slot_name
from cadence.planner.problem import Task

Left = tuple[Duty, date, date]
"""A task of a post, and the days that are left for it."""


class Worklist:
    """One calendar at one moment. Its tasks have whoever has them now; those that are pinned are fixed."""

    def __init__(self, calendar: Calendar, now: datetime) -> None:
        self.calendar = calendar
        self.now = now
        self._scene = Scene(calendar, now, 1)
        self.today = self._scene.today
        self._titles: dict[str, str] = {}
        self._promised: dict[int, Container[SlotKey]] = {}

    def of_posts(self, first: date, last: date) -> list[Task]:
        """The tasks of posts that can be done on some of these days, overdue ones included."""
        return [self._task(*left) for left in self._left_on(first, last)]

    def held(self, first: date, last: date) -> list[Task]:
        """Those of them that somebody has."""
        return [self._task(*left) for left in self._left_on(first, last) if left[0].task.member is not None]

    def of_slots(self, first: date, last: date) -> list[Task]:
        """The tasks of the posts that the open slots of these local days would get."""
        return [task for slot in self._open_slots(first, last) for task in self._slot_tasks(slot)]

    def find(self, place: Place) -> Task | None:
        """One task; None if nothing is left to do about it."""
        if isinstance(place, SlotTask):
            day, id = place.slot.local.date(), id_of(self.calendar, place)
            return next((task for task in self.of_slots(day, day) if task.id == id), None)
        here = (left for left in self._left if left[0].post.id == place.post and left[0].kind == place.kind)
        return next((self._task(*left) for left in here), None)

    def title(self, task: Task) -> str:
        """What people call the post of a task."""
        if task.post.isdecimal():
            return self.calendar.posts[int(task.post)].title
        return self._titles[task.post]

    # Tasks of posts

    @cached_property
    def _left(self) -> list[Left]:
        return [
            (duty, *self._days_left(duty.opens, duty.closes))
            for duty in self._scene.duties
            if not self._scene.is_over(duty)
        ]

    def _left_on(self, first: date, last: date) -> Iterator[Left]:
        return (left for left in self._left if left[1] <= last and left[2] >= first)

    def _task(self, duty: Duty, opens: date, closes: date) -> Task:
        post, task = duty.post, duty.task
        who = self.calendar.members.get(task.member or 0)
        return Task(
            id=id_of(self.calendar, TaskRef(post.id, duty.kind)),
            post=str(post.id),
            kind=duty.kind,
            channel=self.calendar.channels[post.channel].name,
            day=self.calendar.local(post).date(),
            opens=opens,
            closes=closes,
            effort=task.effort,
            priority=priority(duty.kind, keeps_promise=self._keeps_promise(post)),
            topic=topic_of(post.topic),
            member=who.name if who else None,
            fixed=task.pinned and who is not None,
        )

    def _keeps_promise(self, post: Post) -> bool:
        """Whether it is on a slot that there is: a pause or another rule may have taken it away."""
        if post.slot is None:
            return False
        if post.channel not in self._promised:
            history = match(self.calendar, post.channel, self.now)
            self._promised[post.channel] = history.line.by_key
        return post.slot in self._promised[post.channel]

    # Tasks of slots

    def _open_slots(self, first: date, last: date) -> Iterator[Slot]:
        """Those that have no post, and for which it is not too late."""
        zone = zone_of(self.calendar.team.zone)
        # A day more on either side: other channels' days begin and end at other times.
        start, end = day_bounds(first - DAY, zone)[0], day_bounds(last + DAY, zone)[1]
        for filled in slots(self.calendar, start, end, self.now):
            if filled.state == "empty" and first <= filled.slot.local.date() <= last:
                yield filled.slot

    def _slot_tasks(self, slot: Slot) -> Iterator[Task]:
        channel = self.calendar.channels[slot.channel]
        workflow = self.calendar.workflows.get(channel.workflow or 0)
        post, day = slot_name(self.calendar, slot.key), slot.local.date()
        self._titles[post] = _("{channel} on {time}", channel=channel.name, time=time_text(slot.local))
        for kind, step in workflow.steps.items() if workflow else ():
            opens, closes = self._days_left(*self._scene.window(day, step.opens, step.closes))
            yield Task(
                id=f"{post} {kind}",
                post=post,
                kind=kind,
                channel=channel.name,
                day=day,
                opens=opens,
                closes=closes,
                effort=step.effort,
                priority=priority(kind, keeps_promise=True),
            )

    # Days

    def _days_left(self, opens: date, closes: date) -> tuple[date, date]:
        """What is left of a window. What is overdue is to be done from today to the next working day."""
        if closes < self.today:
            return self.today, self._next_working_day
        return max(opens, self.today), closes

    @cached_property
    def _next_working_day(self) -> date:
        """The first working day from today on."""
        team = self.calendar.team
        return self.today if team.is_working_day(self.today) else team.shift_working_days(self.today, 1)


def priority(kind: TaskKind, *, keeps_promise: bool) -> Literal[1, 2, 3]:
    """How much it matters that somebody does a task.

    A promise comes before an extra: where a slot stays empty the rhythm is broken, and nobody waits for what
    was never promised. Answering is what a team gives up first, since the post is out without it.
    """
    if kind == "engage":
        return 1
    return 3 if keeps_promise else 2


def topic_of(text: str) -> str:
    """A topic whatever the case and spaces in which people write it."""
    return " ".join(text.casefold().split())[:200]
