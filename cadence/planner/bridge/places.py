"""How a problem names the tasks of a calendar, and the way back.

A task of a post is `53 draft`. A slot that has no post yet is spoken of by its channel and local time, and so
are the tasks that its post would need: `LinkedIn 2026-12-01T09:00 draft`. Where a second rhythm of a channel
calls for the same moment, its number follows: `LinkedIn 2026-12-01T09:00 #4 draft`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from cadence.insight.expansion import expand
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import TASK_KINDS, TaskKind


class SlotTask(NamedTuple):
    """A task of the post that an open slot would get."""

    slot: SlotKey
    kind: TaskKind


Place = TaskRef | SlotTask
"""Where a task of a problem stands in the calendar."""

_KINDS: Mapping[str, TaskKind] = {kind: kind for kind in TASK_KINDS}
_POST = re.compile(r"[1-9][0-9]{0,15}")
_SLOT = re.compile(r"(.+) (\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?: #(\d{1,16}))?")


def id_of(calendar: Calendar, place: Place) -> str:
    """How a problem calls the task."""
    key = str(place.post) if isinstance(place, TaskRef) else slot_name(calendar, place.slot)
    return f"{key} {place.kind}"


def place_of(calendar: Calendar, id: str) -> Place:
    """The task that a problem calls so. NotFound if it is not a task of this calendar; a slot is looked up in
    the rhythms, whatever has become of it."""
    key, _space, said = id.rpartition(" ")
    kind = _KINDS.get(said)
    if kind and _POST.fullmatch(key):
        calendar.task(TaskRef(int(key), kind))
        return TaskRef(int(key), kind)
    if kind and (slot := _slot_called(calendar, key)):
        return SlotTask(slot, kind)
    raise NotFound(
        _("the calendar has no task {task!r}", task=id[:80]), _("the plan was made from another calendar")
    )


def slot_name(calendar: Calendar, slot: SlotKey) -> str:
    """How a problem calls the post that a slot would get."""
    channel = calendar.rhythms[slot.rhythm].channel
    at = slot.local.isoformat(timespec="seconds" if slot.local.second else "minutes")
    name = f"{calendar.channels[channel].name} {at}"
    return name if slot == _first_slot(calendar, channel, slot.local) else f"{name} #{slot.rhythm}"


def _slot_called(calendar: Calendar, key: str) -> SlotKey | None:
    found = _SLOT.fullmatch(key)
    if found is None:
        return None
    name, at, rhythm = found.groups()
    channel = next((channel.id for channel in calendar.channels.values() if channel.name == name), None)
    try:
        local = datetime.fromisoformat(at)
    except ValueError:
        return None
    if channel is None:
        return None
    keys = _slots_at(calendar, channel, local)
    return next((key for key in keys if rhythm is None or key.rhythm == int(rhythm)), None)


def _first_slot(calendar: Calendar, channel: int, local: datetime) -> SlotKey | None:
    return next(iter(_slots_at(calendar, channel, local)), None)


def _slots_at(calendar: Calendar, channel: int, local: datetime) -> list[SlotKey]:
    """The slots of a channel at a local time, paused or not, by rhythm."""
    day = local.date()
    return [
        slot.key
        for rhythm in sorted(calendar.rhythms_of(channel), key=lambda rhythm: rhythm.id)
        for slot in expand(calendar, rhythm, day, day)
        if slot.local == local
    ]
