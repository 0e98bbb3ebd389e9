"""A whole team at once, and many posts at once: what a file or the sample brings in, by name.

The plans and rows below are how the ways in (a team file, CSV) speak to the operations: values without ids,
which refer to each other by *name*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from cadence.language import _, n_, p_
from cadence.model import limits
from cadence.model.calendar import NO_TEAM, Calendar, slug
from cadence.model.documents import Value
from cadence.model.errors import NotFound, Refused
from cadence.model.post import PostState
from cadence.model.rhythm import Pause, Rhythm, first_day
from cadence.model.team import (
    Absence,
    Channel,
    Level,
    Member,
    Skill,
    Step,
    TaskKind,
    Team,
    Workflow,
    WorkingHours,
    zone_for,
)
from cadence.model.times import to_local
from cadence.operations.edit import Edit, Who
from cadence.operations.naming import Named, check_name
from cadence.operations.rhythms import canonical_rule
from cadence.operations.wording import list_text


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
    posts_a_week: limits.PostsPerWeek | None = None
    spacing: limits.SpacingDays | None = None
    topics: limits.Topics = ()
    absences: tuple[AbsencePlan, ...] = ()


class WorkflowPlan(Struct, frozen=True, kw_only=True):
    """A workflow to be."""

    name: limits.Name
    steps: Mapping[TaskKind, Step] = field(default_factory=dict[TaskKind, Step])


class RhythmPlan(Struct, frozen=True, kw_only=True):
    """A rhythm to be, on its channel. `start` None: the day on which the plan is carried out, or the next if
    its time is past then."""

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


UNTITLED = "(untitled)"
"""The title of an imported post whose source gives none."""


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
    topic: limits.TopicOrNone = ""
    skip_reason: limits.Line = ""
    uid: str = ""
    tasks: Mapping[TaskKind, TaskRow] = field(default_factory=dict[TaskKind, TaskRow])


def set_up(calendar: Calendar, who: Who, plan: TeamPlan, *, now: datetime) -> Edit:
    """Create a whole team in an empty calendar."""
    if calendar.team != NO_TEAM or calendar.members or calendar.channels:
        raise Refused(
            _("this is the calendar of {team} already", team=calendar.team.name),
            _("use a new calendar for another team"),
        )
    workflows = [
        Workflow(id=calendar.next_id(Workflow, ahead), name=plan.name, steps=plan.steps)
        for ahead, plan in enumerate(plan.workflows)
    ]
    workflow_ids = _ids("workflow", workflows)
    channels = [
        _channel(planned, calendar.next_id(Channel, ahead), workflow_ids)
        for ahead, planned in enumerate(plan.channels)
    ]
    channel_ids = _ids("channel", channels)
    members = [
        _member(planned, calendar.next_id(Member, ahead), channel_ids)
        for ahead, planned in enumerate(plan.members)
    ]
    member_ids = _ids("member", members)
    rhythms = [
        rhythm_of(planned, calendar.next_id(Rhythm, ahead), channel, plan.team, now)
        for ahead, (channel, planned) in enumerate(
            (channel, planned)
            for channel, of in zip(channels, plan.channels, strict=True)
            for planned in of.rhythms
        )
    ]
    absences = [
        Absence(
            id=calendar.next_id(Absence, ahead),
            member=member_ids[slug(name)],
            first=away.first,
            last=away.last,
            reason=away.reason,
        )
        for ahead, (name, away) in enumerate(
            (member.name, away) for member in plan.members for away in member.absences
        )
    ]
    counts = (
        n_("{number} member", "{number} members", len(members)),
        n_("{number} channel", "{number} channels", len(channels)),
        n_("{number} rhythm", "{number} rhythms", len(rhythms)),
    )
    values: list[Value] = [replace(plan.team, id=1), *workflows, *channels, *members, *rhythms, *absences]
    return Edit(_("Set up {team} with {parts}", team=plan.team.name, parts=list_text(counts)), tuple(values))


def team_plan(calendar: Calendar) -> TeamPlan:
    """The whole team of a calendar by name: what `set_up` makes a calendar from again."""
    channel_names = {channel.id: channel.name for channel in calendar.channels.values()}
    return TeamPlan(
        team=calendar.team,
        workflows=tuple(
            WorkflowPlan(name=flow.name, steps=flow.steps) for flow in calendar.workflows.values()
        ),
        channels=tuple(_channel_plan(calendar, channel) for channel in calendar.channels.values()),
        members=tuple(_member_plan(calendar, member, channel_names) for member in calendar.members.values()),
    )


def _ids(kind: Named, values: Iterable[Workflow] | Iterable[Channel] | Iterable[Member]) -> dict[str, int]:
    """Ids by name as people type it; Refused if two have the same."""
    names: list[str] = []
    ids: dict[str, int] = {}
    for value in values:
        check_name(kind, value.name, names)
        names.append(value.name)
        ids[slug(value.name)] = value.id
    return ids


def _refer(kind: Literal["channel", "workflow"], name: str, ids: Mapping[str, int], by: str) -> int:
    if (found := ids.get(slug(name))) is not None:
        return found
    if kind == "channel":
        why = _("{by} names the channel {name!r}, which is not in the plan", by=by, name=name[:60])
    else:
        why = _("{by} names the workflow {name!r}, which is not in the plan", by=by, name=name[:60])
    raise NotFound(why)


def _channel(plan: ChannelPlan, id: int, workflows: Mapping[str, int]) -> Channel:
    by = p_("subject", "channel {name}", name=plan.name)
    return Channel(
        id=id,
        name=plan.name,
        zone=plan.zone,
        workflow=_refer("workflow", plan.workflow, workflows, by) if plan.workflow else None,
        max_per_day=plan.max_per_day,
        min_spacing=plan.min_spacing,
        url=plan.url,
        retired=plan.retired,
    )


def _member(plan: MemberPlan, id: int, channels: Mapping[str, int]) -> Member:
    by = p_("subject", "member {name}", name=plan.name)
    skills = (
        Skill(
            skill.task, _refer("channel", skill.channel, channels, by) if skill.channel else None, skill.level
        )
        for skill in plan.skills
    )
    return Member(
        id=id,
        name=plan.name,
        kind=plan.kind,
        role=plan.role,
        department=plan.department,
        skills=tuple(dict.fromkeys(skills)),
        allowance=plan.allowance,
        hours=plan.hours,
        zone=plan.zone,
        active_from=plan.active_from,
        active_to=plan.active_to,
        cost_per_hour=plan.cost_per_hour,
        login=plan.login,
        posts_a_week=plan.posts_a_week,
        spacing=plan.spacing,
        topics=plan.topics,
    )


def rhythm_of(plan: RhythmPlan, id: int, channel: Channel, team: Team, now: datetime) -> Rhythm:
    """The rhythm of a channel that a plan asks for."""
    """The rhythm of a channel that a plan asks for."""
    return Rhythm(
        id=id,
        channel=channel.id,
        rrule=canonical_rule(plan.rrule),
        at=plan.at,
        start=plan.start or first_day(to_local(now, zone_for(channel, team)), plan.at),
        tolerance=plan.tolerance,
        max_silence=plan.max_silence,
        pauses=plan.pauses,
        skip_holidays=plan.skip_holidays,
    )


def _channel_plan(calendar: Calendar, channel: Channel) -> ChannelPlan:
    return ChannelPlan(
        name=channel.name,
        zone=channel.zone,
        workflow=calendar.workflows[channel.workflow].name if channel.workflow else None,
        max_per_day=channel.max_per_day,
        min_spacing=channel.min_spacing,
        url=channel.url,
        retired=channel.retired,
        rhythms=tuple(
            RhythmPlan(
                rrule=rhythm.rrule,
                at=rhythm.at,
                start=rhythm.start,
                tolerance=rhythm.tolerance,
                max_silence=rhythm.max_silence,
                pauses=rhythm.pauses,
                skip_holidays=rhythm.skip_holidays,
            )
            for rhythm in calendar.rhythms_of(channel.id)
        ),
    )


def _member_plan(calendar: Calendar, member: Member, channel_names: Mapping[int, str]) -> MemberPlan:
    return MemberPlan(
        name=member.name,
        kind=member.kind,
        role=member.role,
        department=member.department,
        skills=tuple(
            SkillPlan(skill.task, channel_names[skill.channel] if skill.channel else None, skill.level)
            for skill in member.skills
        ),
        allowance=member.allowance,
        hours=member.hours,
        zone=member.zone,
        active_from=member.active_from,
        active_to=member.active_to,
        cost_per_hour=member.cost_per_hour,
        login=member.login,
        posts_a_week=member.posts_a_week,
        spacing=member.spacing,
        topics=member.topics,
        absences=tuple(
            AbsencePlan(absence.first, absence.last, absence.reason)
            for absence in calendar.absences_of(member.id)
        ),
    )
