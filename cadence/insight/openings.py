"""Where an idea could go: open slots, those first that leave time to make the post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from cadence.insight.slots import Slot, slots
from cadence.model.calendar import Calendar
from cadence.model.post import Idea
from cadence.model.team import TASK_KINDS, Step, TaskKind, window_days
from cadence.model.times import DAY, to_instant, to_local, zone_of

LOOK_AHEAD = timedelta(weeks=12)
MOST = 30


class Opening(NamedTuple):
    """An open slot, with the first task of a post on it and the last day for that (None: it needs no work).
    `is_short`: that day is over."""

    slot: Slot
    first: tuple[TaskKind, date] | None
    is_short: bool


def openings(calendar: Calendar, idea: Idea, now: datetime) -> list[Opening]:
    """The open slots to come that an idea would suit: on its channel, or on any if it names none, while it is
    good. First those that leave time for every task, each time in order of time."""
    zone = zone_of(calendar.team.zone)
    today = to_local(now, zone).date()
    end = now + LOOK_AHEAD
    if idea.good_until is not None:
        end = min(end, to_instant(datetime.combine(idea.good_until + DAY, datetime.min.time()), zone))
    channels = [idea.channel] if idea.channel is not None else list(calendar.channels)
    found = [
        _opening(calendar, filled.slot, today)
        for channel in channels
        if not calendar.channels[channel].retired
        for filled in slots(calendar, now, end, now, channel)
        if filled.state == "empty" and filled.post is None
    ]
    found.sort(key=lambda opening: (opening.is_short, opening.slot.at, opening.slot.channel))
    return list(islice(found, MOST))


def _opening(calendar: Calendar, slot: Slot, today: date) -> Opening:
    channel = calendar.channels[slot.channel]
    workflow = calendar.workflows.get(channel.workflow or 0)
    steps: Mapping[TaskKind, Step] = workflow.steps if workflow else {}
    day = slot.local.date()
    due: list[tuple[date, TaskKind]] = [
        (window_days(calendar.team, day, steps[kind].opens, steps[kind].closes)[1], kind)
        for kind in TASK_KINDS
        if kind in steps
    ]
    if not due:
        return Opening(slot, None, is_short=False)
    last, kind = min(due, key=lambda one: one[0])
    return Opening(slot, (kind, last), is_short=last < today)
