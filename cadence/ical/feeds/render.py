"""Writes calendar heads, events and to-dos. The only module that loads icalendar; `feeds` loads it when it
must.

Every property below is there, or missing, because a widespread client breaks otherwise: see
docs/decisions/feeds.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from icalendar import Calendar as ICalendar
from icalendar import Event, Todo, vDuration, vText, vUri

from cadence.ical.feeds.boosts import Asked
from cadence.ical.feeds.findings import Finding
from cadence.ical.feeds.tasks import Work
from cadence.ical.feeds.text import clean, escape, folded
from cadence.insight.words import day_text
from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task
from cadence.model.times import DAY
from cadence.model.words import kind_word, severity_word, state_word, task_noun

PRODID = "-//Cadence//Editorial calendar//EN"
REFRESH = timedelta(hours=1)
SHOWN_LENGTH = timedelta(minutes=30)
"""A post goes out at an instant; this much of the day shows it in a calendar's grid."""

_IMPORTANCE = {"high": 1, "medium": 5, "low": 9}
"""As PRIORITY (RFC 5545 3.8.1.9), which some clients show as importance."""
RULE_TITLES = {
    "empty-slot": later("Empty slot"),
    "unassigned-task": later("Unassigned task"),
    "behind": later("Behind"),
    "missed-slot": later("Missed slot"),
    "silence": later("Silence"),
    "burst": later("Burst"),
    "overload": later("Overload"),
    "away": later("Away"),
    "conflict": later("Conflict"),
    "one-person": later("One person"),
    "unsustainable": later("Unsustainable"),
    "quiet-team": later("Quiet team"),
}


class Text(vText):
    """A TEXT value that survives writing and reading, backslashes and all."""

    def to_ical(self) -> bytes:
        return escape(str(self)).encode()


def render_head(name: str, description: str) -> bytes:
    """Everything of a VCALENDAR that comes before its events. It has no UID and no METHOD."""
    head = ICalendar()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
    for key, text in (("name", name), ("x-wr-calname", name), ("x-wr-caldesc", description)):
        head.add(key, Text(clean(text)))
    interval = vDuration(REFRESH)
    interval.params["VALUE"] = "DURATION"  # it has no default type, and clients refuse it without
    head.add("refresh-interval", interval)
    head.add("x-published-ttl", vDuration(REFRESH))
    return folded(head.to_ical()).removesuffix(b"END:VCALENDAR\r\n")


def render_post(calendar: Calendar, post: Post, uid: str) -> bytes:
    """The VEVENT of a post, the same in every feed."""
    channel = calendar.channels[post.channel]
    start = calendar.instant(post)
    event = Event()
    _identify(event, f"post {post.id}", f"{uid}@{calendar.team.feed_host}", post.modified, post.rev)
    title = _("{title} (skipped)", title=post.title) if post.state == "skipped" else post.title
    event.add("summary", Text(clean(f"[{channel.name}] {title}")))
    event.add("dtstart", start)
    event.add("dtend", start + SHOWN_LENGTH)
    event.add("status", "CONFIRMED" if post.state in ("approved", "published") else "TENTATIVE")
    _categorize(event, channel.name)
    event.add("description", Text(clean("\n".join(_tell(calendar, post)))))
    if post.link:
        event.add("url", _uri(post.link))
    return _finish(event)


def render_finding(finding: Finding, uid: str, host: str) -> bytes:
    """The VEVENT of a gap or a warning: the whole local day, which ends where the next one begins."""
    event = Event()
    _identify(event, finding.key, f"{uid}@{host}", finding.since, 0)
    event.add("summary", Text(clean(f"[{finding.about}] {finding.cause}")))
    event.add("dtstart", finding.day)
    event.add("dtend", finding.day + DAY)
    _categorize(event, finding.about)
    lines = [finding.cause, *(f"- {way}" for way in finding.ways_out)]
    if finding.severity:
        event.add("priority", _IMPORTANCE[finding.severity])
        rule, severity = _(RULE_TITLES[finding.rule]), severity_word(finding.severity)
        lines.insert(0, _("{rule}, severity {severity}", rule=rule, severity=severity))
    event.add("description", Text(clean("\n".join(lines))))
    return _finish(event)


def render_work(work: Work, host: str) -> bytes:
    """The VEVENT of a task: the last day for it, or for publishing the moment. All that a partner sees."""
    event = Event()
    _tell_work(event, work, host)
    if work.kind == "publish":
        event.add("dtstart", work.at)
        event.add("dtend", work.at + SHOWN_LENGTH)
    else:
        event.add("dtstart", work.closes)
        event.add("dtend", work.closes + DAY)
    return _finish(event)


def render_todo(work: Work, host: str) -> bytes:
    """The VTODO of a task. It has no start where that is not before its end (RFC 5545 3.8.2.3)."""
    todo = Todo()
    _tell_work(todo, work, host)
    starts, due = (work.begins, work.at) if work.kind == "publish" else (work.opens, work.closes)
    if starts < due:
        todo.add("dtstart", starts)
    todo.add("due", due)
    todo.add("priority", _priority(work))
    _finish_or_not(todo, work.finished)
    return folded(todo.to_ical())


def render_asked(asked: Asked, host: str) -> bytes:
    """The VEVENT of a post that somebody is asked to pass on: the day on which they are asked."""
    event = Event()
    _tell_asked(event, asked, host)
    event.add("dtstart", asked.day)
    event.add("dtend", asked.day + DAY)
    return _finish(event)


def render_asked_todo(asked: Asked, host: str) -> bytes:
    """The VTODO of it: from the day on which they are asked to the last one on which it is news."""
    todo = Todo()
    _tell_asked(todo, asked, host)
    todo.add("dtstart", asked.day)
    todo.add("due", asked.last)
    todo.add("priority", _IMPORTANCE["low"])
    _finish_or_not(todo, asked.done)
    return folded(todo.to_ical())


def _finish_or_not(todo: Todo, done: datetime | None) -> None:
    todo.add("percent-complete", 100 if done else 0)
    todo.add("status", "COMPLETED" if done else "NEEDS-ACTION")
    if done:
        todo.add("completed", done)


def _priority(work: Work) -> int:
    """A promise comes before an extra, and answering last: the post is out without it."""
    if work.kind == "engage":
        return _IMPORTANCE["low"]
    return _IMPORTANCE["high" if work.is_promised else "medium"]


def _identify(component: Event | Todo, own_id: str, uid: str, modified: datetime, revision: int) -> None:
    """X-CADENCE-ID because a client that replaces UIDs by a hash must still see two posts as two."""
    component.add("uid", Text(uid))
    component.add("dtstamp", modified)
    component.add("last-modified", modified)
    component.add("sequence", revision)
    component.add("x-cadence-id", Text(clean(own_id)))


def _categorize(component: Event | Todo, category: str) -> None:
    component.add("categories", Text(clean(category)))


def _finish(event: Event) -> bytes:
    """Nothing that Cadence shows makes its reader busy."""
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return folded(event.to_ical())


# What a post and a task say about themselves


def _tell(calendar: Calendar, post: Post) -> Iterator[str]:
    """The lines of the description: state and time, who does what, the note, and last the link."""
    yield _state(post, _moment(calendar.local(post), calendar.zone(post.channel).key))
    if post.skip_reason and post.state == "skipped":
        yield _("Reason: {reason}", reason=post.skip_reason)
    for kind, task in post.tasks.items():
        yield f"{kind_word(kind)}: {_tell_task(calendar, post, task)}"
    if post.author:
        yield _("Author: {name}", name=post.author)
    if post.note:
        yield post.note
    if post.link:
        yield post.link


def _state(post: Post, moment: str) -> str:
    """`Drafted, to be published Thu 26 Nov 2026 at 10:00 (Europe/Rome)`."""
    if post.published_at:
        return _("Published {moment}", moment=moment)
    state = state_word(post.state).capitalize()
    if post.state == "skipped":
        return _("{state}, was to be published {moment}", state=state, moment=moment)
    return _("{state}, to be published {moment}", state=state, moment=moment)


def _tell_task(calendar: Calendar, post: Post, task: Task) -> str:
    doer = calendar.members.get(task.done_by or task.member or 0)
    who = doer.name if doer else _("nobody")
    if task.is_done:
        return _("{name}, done", name=who)
    return _("{name}, by {day}", name=who, day=day_text(calendar.window(post, task)[1]))


def _tell_work(component: Event | Todo, work: Work, host: str) -> None:
    _identify(component, f"task {work.post} {work.kind}", f"{work.uid}@{host}", work.modified, work.revision)
    component.add("summary", Text(clean(f"{kind_word(work.kind)} · {work.title} [{work.channel}]")))
    _categorize(component, work.channel)
    component.add("description", Text(clean("\n".join(_work_lines(work)))))
    if work.link:
        component.add("url", _uri(work.link))


def _work_lines(work: Work) -> Iterator[str]:
    """What is to be done, how long it takes and when; when the post goes out; and last its link."""
    yield _("{work}: done", work=_to_do(work)) if work.is_done else _to_do(work)
    moment = _moment(work.local, work.zone)
    if work.is_out:
        yield _("The post went out {moment}", moment=moment)
    else:
        yield _("The post goes out {moment}", moment=moment)
    if work.link:
        yield work.link


def _to_do(work: Work) -> str:
    task, first, last = task_noun(work.kind).capitalize(), day_text(work.opens), day_text(work.closes)
    if work.opens == work.closes:
        return n_(
            "{task}, {number} minute, on {day}",
            "{task}, {number} minutes, on {day}",
            work.minutes,
            task=task,
            day=first,
        )
    return n_(
        "{task}, {number} minute, from {first} to {last}",
        "{task}, {number} minutes, from {first} to {last}",
        work.minutes,
        task=task,
        first=first,
        last=last,
    )


def _tell_asked(component: Event | Todo, asked: Asked, host: str) -> None:
    _identify(component, f"boost {asked.post}", f"{asked.uid}@{host}", asked.modified, asked.revision)
    component.add(
        "summary", Text(clean(_("Pass on: {title} [{channel}]", title=asked.title, channel=asked.channel)))
    )
    _categorize(component, asked.channel)
    ask = n_(
        "From your own account, {number} minute. You could say:",
        "From your own account, {number} minutes. You could say:",
        asked.minutes,
    )
    lines = [ask, asked.text, asked.link]
    component.add("description", Text(clean("\n".join(lines))))
    component.add("url", _uri(asked.link))


def _moment(local: datetime, zone: str) -> str:
    day, time = day_text(local.date()), f"{local:%H:%M}"
    return _("{day} {year} at {time} ({zone})", day=day, year=local.year, time=time, zone=zone)


def _uri(link: str) -> vUri:
    """The link as a plain ASCII URI (RFC 3986)."""
    return vUri(quote(link, safe="!#$%&'()*+,/:;=?@[]~"))
