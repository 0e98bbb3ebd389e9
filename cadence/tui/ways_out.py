"""From a warning's way out, which is data, to the operation that applies it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from cadence.insight.warnings import WayOut
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import TaskKind
from cadence.operations import boosts, channels, members, posts, rhythms, tasks
from cadence.operations.edit import Edit

NUMBERS = {"max_silence", "tolerance", "allowance", "max_per_day", "min_spacing"}
"""Fields of `edit_…` whose values are whole numbers."""


@dataclass(frozen=True)
class Call:
    """An operation with its arguments, to be run by the workspace."""

    operation: Callable[..., Edit]
    args: tuple[object, ...]
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


def call_of(way: WayOut, calendar: Calendar) -> Call:
    """The call that applies a way out. NotFound if what it speaks of is gone meanwhile."""
    match way.action:
        case ("assign", post, kind, member):
            return Call(tasks.assign, (_task(post, kind), calendar.member(member).id))
        case ("task_done", post, kind):
            return Call(tasks.task_done, (_task(post, kind),))
        case ("add_post", channel, title, rhythm, local, *idea):
            options: dict[str, Any] = {"slot": _slot(rhythm, local), "idea": int(idea[0]) if idea else None}
            return Call(posts.add_post, (calendar.channel(channel).id, title), options)
        case ("place_on_slot", post, rhythm, local):
            return Call(posts.place_on_slot, (int(post), _slot(rhythm, local)))
        case ("move_post", post, local):
            return Call(posts.move_post, (int(post),), {"to": datetime.fromisoformat(local)})
        case ("publish_post", post):
            return Call(posts.publish_post, (int(post),))
        case ("skip_post", post, reason):
            return Call(posts.skip_post, (int(post), reason))
        case ("restore_post", post):
            return Call(posts.restore_post, (int(post),))
        case ("boost_done", post, member):
            return Call(boosts.boost_done, (int(post),), {"member": calendar.member(member).id})
        case ("ask_boost", post, member):
            return Call(boosts.ask_boost, (int(post), calendar.member(member).id))
        case ("pause_rhythm", rhythm, first, last):
            days = date.fromisoformat(first), date.fromisoformat(last)
            return Call(rhythms.pause_rhythm, (int(rhythm), *days))
        case ("edit_rhythm", rhythm, name, value):
            return Call(rhythms.edit_rhythm, (int(rhythm),), _field(name, value))
        case ("edit_member", member, name, value):
            return Call(members.edit_member, (calendar.member(member).id,), _field(name, value))
        case ("edit_channel", channel, name, value):
            return Call(channels.edit_channel, (calendar.channel(channel).id,), _field(name, value))
        case _:
            raise BadInput(
                _("the app cannot apply {way!r} by itself", way=way.kind),
                _("run: {command}", command=way.command),
            )


def _task(post: str, kind: str) -> TaskRef:
    return TaskRef(int(post), cast(TaskKind, kind))


def _slot(rhythm: str, local: str) -> SlotKey:
    return SlotKey(int(rhythm), datetime.fromisoformat(local))


def _field(name: str, value: str) -> dict[str, Any]:
    return {name: int(value) if name in NUMBERS else value}
