"""Tasks that nobody has, that are late, or that somebody has who is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cadence.insight.capacity import Diary
from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Severity, Warning, WayOut
from cadence.insight.warnings.scene import Duty, Scene
from cadence.insight.words import day_text, minutes_text, sentence, span_text
from cadence.language import _
from cadence.model.team import Member, days_between
from cadence.model.times import DAY, WEEK
from cadence.model.words import the_task

MINUTE = timedelta(minutes=1)
"""A task bites in the last minute of its window, so that it is listed on the day by which it is due."""


def unassigned_tasks(scene: Scene) -> Iterator[Warning]:
    """A task has nobody, and its window is open or opens within the horizon."""
    for duty in scene.unassigned:
        if duty.closes >= scene.today and duty.opens <= scene.last_day:
            opens = scene.begins(duty.opens)
            urgent = duty.closes <= scene.today + 2 * DAY
            severity: Severity = "high" if urgent else "medium" if opens <= scene.now + WEEK else "low"
            cause = _(
                "Nobody has {task} ({minutes}) of {post}, due by {day}",
                task=the_task(duty.kind),
                minutes=minutes_text(duty.task.effort),
                post=ways.title_text(duty.post),
                day=day_text(duty.closes),
            )
            yield _about(scene, "unassigned-task", duty, severity, cause, since=scene.noticed(opens))


def behind(scene: Scene) -> Iterator[Warning]:
    """A task's window has closed and it is not done."""
    for duty in scene.duties:
        if duty.closes >= scene.today or scene.is_over(duty):
            continue
        goes_out = scene.calendar.instant(duty.post)
        near = duty.post.is_open and goes_out <= scene.now + 2 * DAY
        since, severity = scene.day_after(duty.closes), "high" if near else "medium"
        yield _about(scene, "behind", duty, severity, _late(scene, duty), since=min(since, scene.now))


def _late(scene: Scene, duty: Duty) -> str:
    task, post, day = sentence(the_task(duty.kind)), ways.title_text(duty.post), day_text(duty.closes)
    who = scene.calendar.members.get(duty.task.member or 0)
    if who is None:
        return _("{task} of {post} was due by {day} and nobody has it", task=task, post=post, day=day)
    return _(
        "{task} of {post} was due by {day} and {who} has not said it is done",
        task=task,
        post=post,
        day=day,
        who=who.name,
    )


def away(scene: Scene) -> Iterator[Warning]:
    """A task is assigned within an absence, a holiday, or outside someone's active dates: in what is left of
    its window its assignee has no working day, and these are the reason."""
    for member, duties in scene.duties_of.items():
        diary = scene.workload.diary(member)
        for duty in duties:
            is_near = duty.closes >= scene.today and duty.opens <= scene.last_day
            if is_near and not diary.free(duty.closes):
                why = diary.why_away(max(duty.opens, scene.today), duty.closes)
                if why:
                    yield _away(scene, duty, member, why)


def conflicts(scene: Scene) -> Iterator[Warning]:
    """An assignment clashes with busy time: what the day job leaves of its window is too short for it, while
    the working hours were enough."""
    for member, duties in scene.duties_of.items():
        who, diary = scene.calendar.members[member], scene.workload.diary(member)
        for duty in duties:
            is_near = duty.closes >= scene.today and duty.opens <= scene.last_day
            if is_near and diary.clashes(max(duty.opens, scene.today), duty.closes, duty.minutes_of(who)):
                yield _conflict(scene, duty, who, diary)


def _conflict(scene: Scene, duty: Duty, member: Member, diary: Diary) -> Warning:
    first, minutes = max(duty.opens, scene.today), duty.minutes_of(member)
    free = sum(diary.free(day) for day in days_between(first, duty.closes))
    task, post, span = the_task(duty.kind), ways.title_text(duty.post), span_text(first, duty.closes)
    if free:
        cause = _(
            "{who} has {task} of {post}, and the day job leaves {free} of the {minutes} {span}",
            who=member.name,
            task=task,
            post=post,
            free=minutes_text(free),
            minutes=minutes_text(minutes),
            span=span,
        )
    else:
        cause = _(
            "{who} has {task} of {post}, and the day job leaves no time {span}",
            who=member.name,
            task=task,
            post=post,
            span=span,
        )
    severity: Severity = "high" if duty.closes <= scene.today + WEEK else "medium"
    since = scene.noticed(scene.begins(duty.opens))
    key = f"conflict:{duty.post.id}:{duty.kind}:{member.id}"
    return _about(scene, "conflict", duty, severity, cause, since=since, key=key)


def _away(scene: Scene, duty: Duty, member: int, why: str) -> Warning:
    cause = _(
        "{who} has {task} of {post}, due by {day}, but is {why}",
        who=scene.calendar.members[member].name,
        task=the_task(duty.kind),
        post=ways.title_text(duty.post),
        day=day_text(duty.closes),
        why=why,
    )
    severity: Severity = "high" if duty.closes <= scene.today + WEEK else "medium"
    since = scene.noticed(scene.begins(duty.opens))
    key = f"away:{duty.post.id}:{duty.kind}:{member}"
    return _about(scene, "away", duty, severity, cause, since=since, key=key)


def _about(
    scene: Scene, rule: str, duty: Duty, severity: Severity, cause: str, *, since: datetime, key: str = ""
) -> Warning:
    ways_out = _ways_out_behind(scene, duty) if rule == "behind" else _ways_out(scene, duty)
    return Warning(
        key=key or f"{rule}:{duty.post.id}:{duty.kind}",
        rule=rule,
        severity=severity,
        channel=duty.post.channel,
        post=duty.post.id,
        task=duty.kind,
        member=duty.task.member,
        at=scene.day_after(duty.closes) - MINUTE,
        since=since,
        cause=cause,
        ways_out=tuple(ways_out),
    )


def _ways_out(scene: Scene, duty: Duty) -> Iterator[WayOut]:
    """Who could take it; if nobody can, a week later or not at all."""
    found = ways.people(scene, duty.ref)
    yield from found
    if duty.post.is_open:
        if len(found) < ways.SUGGESTED:
            yield ways.move(duty.post, duty.post.at + WEEK)
        if scene.advisor and not found:
            yield ways.skip(duty.post, _("nobody can do {task}", task=the_task(duty.kind)))


def _ways_out_behind(scene: Scene, duty: Duty) -> Iterator[WayOut]:
    """It is done after all, somebody helps, or the post goes out later or not at all."""
    if duty.kind == "publish" and duty.post.is_open:
        yield ways.publish(duty.post)
    else:
        yield ways.done(duty)
    yield from ways.people(scene, duty.ref, most=2)
    if duty.post.is_open:
        yield ways.move(duty.post, duty.post.at + WEEK)
        yield ways.skip(duty.post, _("{task} was not done in time", task=the_task(duty.kind)))
