"""The JSON forms of values. Their fields are a promise to other programs: add, never rename.

People, channels and workflows appear by name, posts and rhythms by number, instants in the channel's zone
with its offset, days as ISO dates, work in minutes. `null` means no data.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cadence.cli.output import iso
from cadence.cli.words import name_of_member
from cadence.model.calendar import Calendar
from cadence.model.post import Idea, Post, Task
from cadence.model.rhythm import Rhythm
from cadence.model.team import Absence, Channel, Member, Skill, Team, Workflow
from cadence.model.times import to_instant, zone_of

if TYPE_CHECKING:
    from cadence.insight.slots import FilledSlot

Form = dict[str, Any]


def post_form(calendar: Calendar, post: Post) -> Form:
    zone = calendar.zone(post.channel)
    return {
        "post": post.id,
        "channel": calendar.channels[post.channel].name,
        "title": post.title,
        "at": iso(calendar.planned_instant(post), zone),
        "state": post.state,
        "rhythm": post.slot.rhythm if post.slot else None,
        "slot": iso(to_instant(post.slot.local, zone), zone) if post.slot else None,
        "published_at": iso(post.published_at, zone) if post.published_at else None,
        "link": post.link,
        "author": post.author or None,
        "topic": post.topic or None,
        "note": post.note or None,
        "skip_reason": post.skip_reason or None,
        "tasks": [task_form(calendar, post, kind, task) for kind, task in post.tasks.items()],
    }


def task_form(calendar: Calendar, post: Post, kind: str, task: Task) -> Form:
    opens, closes = calendar.window(post, task)
    offer = task.offer
    return {
        "task": kind,
        "member": name_of_member(calendar, task.member),
        "minutes": task.effort,
        "opens": opens.isoformat(),
        "closes": closes.isoformat(),
        "pinned": task.pinned,
        "done_at": _instant(task.done_at, calendar, post),
        "done_by": name_of_member(calendar, task.done_by),
        "on_offer": offer is not None,
        "offered_to": [name_of_member(calendar, id) for id in offer.to] if offer else [],
    }


def idea_form(calendar: Calendar, idea: Idea) -> Form:
    zone = zone_of(calendar.team.zone)
    return {
        "idea": idea.id,
        "text": idea.text,
        "author": name_of_member(calendar, idea.author),
        "at": iso(idea.at, zone),
        "channel": calendar.channels[idea.channel].name if idea.channel else None,
        "link": idea.link,
        "good_until": idea.good_until.isoformat() if idea.good_until else None,
        "votes": [name_of_member(calendar, id) for id in idea.votes],
        "comments": [
            {"by": name_of_member(calendar, said.by), "at": iso(said.at, zone), "text": said.text}
            for said in idea.comments
        ],
        "state": idea.state,
        "note": idea.note or None,
        "decided_by": name_of_member(calendar, idea.decided_by),
        "decided_at": iso(idea.decided_at, zone) if idea.decided_at else None,
        "post": idea.post,
    }


def member_form(calendar: Calendar, member: Member) -> Form:
    return {
        "member": member.name,
        "kind": member.kind,
        "role": member.role,
        "department": member.department or None,
        "allowance": member.allowance,
        "skills": [skill_form(calendar, skill) for skill in member.skills],
        "hours": hours_form(member.hours) if member.hours else None,
        "zone": member.zone or None,
        "active_from": member.active_from.isoformat() if member.active_from else None,
        "active_to": member.active_to.isoformat() if member.active_to else None,
        "cost_per_hour": member.cost_per_hour / 100,
        "login": member.login or None,
        "posts_a_week": member.posts_a_week,
        "spacing": member.spacing,
        "topics": list(member.topics),
    }


def skill_form(calendar: Calendar, skill: Skill) -> Form:
    channel = calendar.channels.get(skill.channel) if skill.channel else None
    return {"task": skill.task, "channel": channel.name if channel else None, "level": skill.level}


def hours_form(hours: Any) -> Form:
    from cadence.model.times import WEEKDAYS

    return {day: [str(span) for span in getattr(hours, day)] for day in WEEKDAYS}


def channel_form(calendar: Calendar, channel: Channel) -> Form:
    workflow = calendar.workflows.get(channel.workflow) if channel.workflow else None
    return {
        "channel": channel.name,
        "zone": channel.zone or calendar.team.zone,
        "workflow": workflow.name if workflow else None,
        "max_per_day": channel.max_per_day,
        "min_spacing": channel.min_spacing,
        "url": channel.url,
        "retired": channel.retired,
        "rhythms": [rhythm.id for rhythm in calendar.rhythms_of(channel.id)],
    }


def workflow_form(workflow: Workflow) -> Form:
    return {
        "workflow": workflow.name,
        "tasks": [
            {"task": kind, "minutes": step.effort, "opens": step.opens, "closes": step.closes}
            for kind, step in workflow.steps.items()
        ],
    }


def rhythm_form(calendar: Calendar, rhythm: Rhythm) -> Form:
    return {
        "rhythm": rhythm.id,
        "channel": calendar.channels[rhythm.channel].name,
        "rrule": rhythm.rrule,
        "at": f"{rhythm.at:%H:%M}",
        "from": rhythm.start.isoformat(),
        "tolerance": rhythm.tolerance,
        "max_silence": rhythm.max_silence,
        "skip_holidays": rhythm.skip_holidays,
        "pauses": [
            {"from": pause.first.isoformat(), "to": pause.last.isoformat(), "reason": pause.reason or None}
            for pause in rhythm.pauses
        ],
    }


def absence_form(calendar: Calendar, absence: Absence) -> Form:
    return {
        "absence": absence.id,
        "member": name_of_member(calendar, absence.member),
        "from": absence.first.isoformat(),
        "to": absence.last.isoformat(),
        "reason": absence.reason or None,
    }


def team_form(team: Team) -> Form:
    return {
        "team": team.name,
        "zone": team.zone,
        "first_weekday": team.first_weekday,
        "hours": hours_form(team.hours),
        "country": team.country or None,
        "region": team.region or None,
        "horizon_days": team.horizon_days,
        "feed_host": team.feed_host,
        "feed_url": team.feed_url,
        "boosts": team.boosts,
        "holidays": [{"day": day.isoformat(), "name": name} for day, name in sorted(team.holidays.items())],
    }


def _instant(moment: datetime | None, calendar: Calendar, post: Post) -> str | None:
    return iso(moment, calendar.zone(post.channel)) if moment else None


def slot_form(calendar: Calendar, filled: FilledSlot) -> Form:
    """The fixed JSON form of a slot."""
    slot = filled.slot
    return {
        "rhythm": slot.key.rhythm,
        "channel": calendar.channels[slot.channel].name,
        "at": iso(slot.at, calendar.zone(slot.channel)),
        "state": filled.state,
        "post": filled.post,
    }
