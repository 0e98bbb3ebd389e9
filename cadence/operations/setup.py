"""A whole team at once, and many posts at once: what a file or the sample brings in, by name.

The plans and rows below are how the ways in (a team file, CSV) speak to the operations: values without ids,
which refer to each other by *name*.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Literal

from msgspec import Struct, field

from cadence.model import limits
from cadence.model.post import PostState
from cadence.model.rhythm import Pause
from cadence.model.team import Level, Step, TaskKind, Team, WorkingHours


class SkillPlan(Struct, frozen=True):
    """Somebody can do a kind of task on the channel of this name (None: on every channel)."""

    task: TaskKind
    channel: str | None = None
    level: Level = "able"


class AbsencePlan(Struct, frozen=True):
    """Away from `first` to `last`, both days included."""

    first: date
    last: date
    reason: limits.Line = ""


class MemberPlan(Struct, frozen=True, kw_only=True):
    """A member to be; the fields mean what they mean on `Member`."""

    name: limits.Name
    kind: Literal["staff", "partner"] = "staff"
    role: Literal["member", "lead"] = "member"
    department: limits.Line = ""
    skills: tuple[SkillPlan, ...] = ()
    allowance: limits.Allowance = 60
    hours: WorkingHours | None = None
    zone: str = ""
    active_from: date | None = None
    active_to: date | None = None
    cost_per_hour: limits.Cents = 0
    login: limits.Line = ""
    absences: tuple[AbsencePlan, ...] = ()


class WorkflowPlan(Struct, frozen=True, kw_only=True):
    """A workflow to be."""

    name: limits.Name
    steps: Mapping[TaskKind, Step] = field(default_factory=dict[TaskKind, Step])


class RhythmPlan(Struct, frozen=True, kw_only=True):
    """A rhythm to be, on its channel. `start` None: the day on which the plan is carried out."""

    rrule: limits.RuleText
    at: time
    start: date | None = None
    tolerance: limits.Tolerance | None = None
    max_silence: limits.SilenceMinutes | None = None
    pauses: tuple[Pause, ...] = ()
    skip_holidays: bool = False


class ChannelPlan(Struct, frozen=True, kw_only=True):
    """A channel to be, with its rhythms; `workflow` is the name of one of the plan's workflows."""

    name: limits.Name
    zone: str = ""
    workflow: str | None = None
    max_per_day: limits.PostsPerDay | None = None
    min_spacing: limits.SpacingMinutes | None = None
    url: limits.Url | None = None
    retired: bool = False
    rhythms: tuple[RhythmPlan, ...] = ()


class TeamPlan(Struct, frozen=True, kw_only=True):
    """A whole team by name. `team` is a complete value (its id and revision mean nothing here)."""

    team: Team
    workflows: tuple[WorkflowPlan, ...] = ()
    channels: tuple[ChannelPlan, ...] = ()
    members: tuple[MemberPlan, ...] = ()


class PublicationRow(Struct, frozen=True, kw_only=True):
    """One publication of an imported history, at the instant `at` (UTC), on the channel of this name."""

    channel: str
    at: limits.Instant
    title: limits.Title
    author: limits.Line = ""
    link: limits.Url | None = None


class TaskRow(Struct, frozen=True, kw_only=True):
    """Who does a task of an imported post, by name (None: nobody); when it was done (UTC; None: not yet)."""

    member: str | None = None
    done_at: limits.Instant | None = None
    pinned: bool = False


class PostRow(Struct, frozen=True, kw_only=True):
    """One imported post, at the wall-clock time `at` of its channel.

    `slot` is the local time of the slot that it fills. Without one, a post takes the free slot that is
    exactly at its time, unless it is an `extra`. `tasks` names who does what; the channel's workflow gives
    the rest. A known `uid` is the same post again.
    """

    channel: str
    at: limits.LocalTime
    title: limits.Title
    state: PostState = "planned"
    slot: limits.LocalTime | None = None
    extra: bool = False
    published_at: limits.Instant | None = None
    link: limits.Url | None = None
    note: limits.Note = ""
    author: limits.Line = ""
    skip_reason: limits.Line = ""
    uid: str = ""
    tasks: Mapping[TaskKind, TaskRow] = field(default_factory=dict[TaskKind, TaskRow])
