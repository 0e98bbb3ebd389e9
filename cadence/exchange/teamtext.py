"""Writes a team file. Reading it back and writing it again gives the same text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import time

from cadence.exchange.teamfile import EVERY_CHANNEL
from cadence.model.team import LEVELS, TASK_KINDS, Team, WorkingHours
from cadence.model.times import WEEKDAYS, say_minutes
from cadence.operations.setup import (
    ChannelPlan,
    MemberPlan,
    RhythmPlan,
    SkillPlan,
    TeamPlan,
    WorkflowPlan,
)


def team_text(plan: TeamPlan) -> str:
    """The whole team as TOML: settings, holidays, workflows, channels with their rhythms, members with their
    absences. What has its default is left out."""
    blocks = [_team(plan.team), _holidays(plan.team)]
    blocks += [_workflow(workflow) for workflow in plan.workflows]
    for channel in plan.channels:
        blocks.append(_channel(channel))
        blocks += [_rhythm(rhythm) for rhythm in channel.rhythms]
    blocks += [_member(member) for member in plan.members]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _team(team: Team) -> Iterator[str]:
    yield "[team]"
    yield f"name = {_text(team.name)}"
    yield f"zone = {_text(team.zone)}"
    yield f"first_weekday = {_text(team.first_weekday)}"
    yield f"hours = {_week(team.hours)}"
    if team.country:
        yield f"country = {_text(team.country)}"
    if team.region:
        yield f"region = {_text(team.region)}"
    yield f'horizon = "{team.horizon_days}d"'
    if team.feed_host != Team(name="x").feed_host:
        yield f"feed_host = {_text(team.feed_host)}"
    if team.feed_url:
        yield f"feed_url = {_text(team.feed_url)}"
    if not team.boosts:
        yield "boosts = false"


def _holidays(team: Team) -> Iterator[str]:
    yield "[holidays]"
    for day, name in sorted(team.holidays.items()):
        yield f"{day} = {_text(name)}"


def _workflow(workflow: WorkflowPlan) -> Iterator[str]:
    yield "[[workflow]]"
    yield f"name = {_text(workflow.name)}"
    for kind in TASK_KINDS:
        if step := workflow.steps.get(kind):
            effort = say_minutes(step.effort)
            yield f'{kind} = {{ effort = "{effort}", window = [{step.opens}, {step.closes}] }}'


def _channel(channel: ChannelPlan) -> Iterator[str]:
    yield "[[channel]]"
    yield f"name = {_text(channel.name)}"
    if channel.zone:
        yield f"zone = {_text(channel.zone)}"
    if channel.workflow is not None:
        yield f"workflow = {_text(channel.workflow)}"
    if channel.max_per_day is not None:
        yield f"max_per_day = {channel.max_per_day}"
    if channel.min_spacing is not None:
        yield f"min_spacing = {_duration(channel.min_spacing)}"
    if channel.url:
        yield f"url = {_text(channel.url)}"
    if channel.retired:
        yield "retired = true"


def _rhythm(rhythm: RhythmPlan) -> Iterator[str]:
    yield "[[channel.rhythm]]"
    yield f"rrule = {_text(rhythm.rrule)}"
    yield f"at = {_time(rhythm.at)}"
    if rhythm.start is not None:
        yield f"start = {rhythm.start}"
    if rhythm.tolerance is not None:
        yield f"tolerance = {_duration(rhythm.tolerance)}"
    if rhythm.max_silence is not None:
        yield f"max_silence = {_duration(rhythm.max_silence)}"
    if rhythm.skip_holidays:
        yield "skip_holidays = true"
    if rhythm.pauses:
        yield from _spans("pauses", ((p.first, p.last, p.reason) for p in rhythm.pauses))


def _member(member: MemberPlan) -> Iterator[str]:
    yield "[[member]]"
    yield f"name = {_text(member.name)}"
    if member.department:
        yield f"department = {_text(member.department)}"
    if member.kind != "staff":
        yield f"kind = {_text(member.kind)}"
    if member.role != "member":
        yield f"role = {_text(member.role)}"
    yield f"allowance = {_duration(member.allowance)}"
    if member.cost_per_hour:
        euros, cents = divmod(member.cost_per_hour, 100)
        yield f"cost_per_hour = {euros}.{cents:02}" if cents else f"cost_per_hour = {euros}"
    if member.hours is not None:
        yield f"hours = {_week(member.hours)}"
    if member.zone:
        yield f"zone = {_text(member.zone)}"
    if member.login:
        yield f"login = {_text(member.login)}"
    if member.active_from:
        yield f"active_from = {member.active_from}"
    if member.active_to:
        yield f"active_to = {member.active_to}"
    if member.posts_a_week is not None:
        yield f"posts_a_week = {member.posts_a_week}"
    if member.spacing is not None:
        yield f'spacing = "{member.spacing}d"'
    if member.topics:
        yield f"topics = [{', '.join(map(_text, member.topics))}]"
    if member.absences:
        yield from _spans("absences", ((a.first, a.last, a.reason) for a in member.absences))
    if member.skills:
        yield from _skills(member.skills)


def _skills(skills: Iterable[SkillPlan]) -> Iterator[str]:
    by_task: dict[str, list[str]] = {}
    for skill in skills:
        name = EVERY_CHANNEL if skill.channel is None else skill.channel
        ends_like_a_level = name.rpartition(":")[2] in LEVELS
        level = f":{skill.level}" if skill.level != "able" or ends_like_a_level else ""
        by_task.setdefault(skill.task, []).append(_text(name + level))
    yield "[member.skills]"
    for task in TASK_KINDS:
        if task in by_task:
            yield f"{task} = [{', '.join(by_task[task])}]"


def _spans(key: str, spans: Iterable[tuple[object, object, str]]) -> Iterator[str]:
    """Dates from … to …, one in a line."""
    yield f"{key} = ["
    for first, last, reason in spans:
        why = f", reason = {_text(reason)}" if reason else ""
        yield f"    {{ from = {first}, to = {last}{why} }},"
    yield "]"


def _week(hours: WorkingHours) -> str:
    days = ((day, " ".join(map(str, getattr(hours, day)))) for day in WEEKDAYS)
    return f"{{ {', '.join(f'{day} = {_text(spans)}' for day, spans in days if spans)} }}"


def _text(text: str) -> str:
    """A TOML basic string: its escapes are those of JSON, and DEL must be escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _duration(minutes: int) -> str:
    return f'"{say_minutes(minutes)}"'


def _time(at: time) -> str:
    return f"{at.isoformat()}" if at.second or at.microsecond else f'"{at:%H:%M}"'
