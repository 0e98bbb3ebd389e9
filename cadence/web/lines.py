"""The lines of a page's lists: tasks, posts, gaps and other warnings, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cadence.ical.feeds.findings import Finding
from cadence.ical.feeds.tasks import Work
from cadence.insight.warnings import Severity, Warning
from cadence.insight.words import day_text, time_text
from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.post import Post, PostState, TaskRef
from cadence.model.team import Member, TaskKind
from cadence.model.times import DAY, WEEK, to_local, zone_of
from cadence.model.words import task_noun, the_task
from cadence.web.own_tasks import Say, to_say

LATELY = 2 * WEEK
"""So long a post is told of after it went out, or should have."""
TASKS_AHEAD, DONE_LATELY = 4 * WEEK, WEEK
MOST_OUT = 5

RULE_WORDS: Mapping[str, str] = {
    "empty-slot": later("empty slot"),
    "unassigned-task": later("nobody has it"),
    "behind": later("behind"),
    "missed-slot": later("missed slot"),
    "silence": later("silence"),
    "burst": later("too much at once"),
    "overload": later("too much work"),
    "away": later("away"),
    "conflict": later("no time left"),
    "one-person": later("one person only"),
    "unsustainable": later("too big a promise"),
    "quiet-team": later("quiet team"),
}


@dataclass(frozen=True)
class TaskLine:
    """A task of the page's member; `due` and `goes_out` are days and times in words. `about` names it in
    forms, `subject` for people, `say` is what its reader can say of it."""

    about: str
    noun: str
    subject: str
    title: str
    channel: str
    due: str
    minutes: int
    goes_out: str
    is_done: bool
    is_late: bool
    say: Say


@dataclass(frozen=True)
class Share:
    """What one person does on a post: `draft`, done, and `answering`, not yet. `name` None: nobody does."""

    name: str | None
    tasks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class PostLine:
    """A post; `when` is in the team's zone, `link` a web address or nothing."""

    when: str
    is_today: bool
    is_overdue: bool
    channel: str
    title: str
    state: PostState
    shares: tuple[Share, ...]
    link: str | None


@dataclass(frozen=True)
class SlotLine:
    """An open slot."""

    when: str
    channel: str


@dataclass(frozen=True)
class FindingLine:
    """A gap, or another warning with its rule and severity in words."""

    day: str
    about: str
    cause: str
    ways_out: tuple[str, ...]
    rule: str
    severity: Severity | None


# Tasks


def subject_of(kind: TaskKind, title: str) -> str:
    """What people call a task of a post: `the draft of Storia Bianchi`."""
    return _("{task} of {title}", task=the_task(kind), title=title)


def task_lines(
    calendar: Calendar, work: Iterable[Work], now: datetime, teller: Member | None = None
) -> list[TaskLine]:
    """What is to do within four weeks, by when it is due, then what was done within the last one. `teller`:
    whose work it is, if it is they who read it and may say something of it."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    shown = [
        piece
        for piece in work
        if (piece.closes <= today + TASKS_AHEAD if piece.finished is None else _done_lately(piece, now))
    ]
    shown.sort(key=lambda piece: (piece.finished is not None, piece.closes, piece.at, piece.uid))
    return [_task_line(calendar, piece, today, _say(calendar, teller, piece, now)) for piece in shown]


def _say(calendar: Calendar, teller: Member | None, piece: Work, now: datetime) -> Say:
    return to_say(calendar, teller, TaskRef(piece.post, piece.kind), now) if teller else ""


def _done_lately(piece: Work, now: datetime) -> bool:
    return piece.is_done and piece.finished is not None and piece.finished > now - DONE_LATELY


def _task_line(calendar: Calendar, piece: Work, today: date, say: Say) -> TaskLine:
    goes_out = to_local(piece.at, zone_of(calendar.team.zone))
    return TaskLine(
        about=f"{piece.post}-{piece.kind}",
        noun=task_noun(piece.kind),
        subject=subject_of(piece.kind, piece.title),
        title=piece.title,
        channel=piece.channel,
        due=_due(piece, goes_out, today),
        minutes=piece.minutes,
        goes_out=time_text(goes_out),
        is_done=piece.finished is not None,
        is_late=piece.finished is None and piece.closes < today,
        say=say,
    )


def _due(piece: Work, goes_out: datetime, today: date) -> str:
    if piece.kind == "publish":
        return _("{day} at {time}", day=day_name(goes_out.date(), today), time=f"{goes_out:%H:%M}")
    return _("by {day}", day=day_name(piece.closes, today))


def day_name(day: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday`, `Thu 26 Nov`."""
    near = {today: _("today"), today + DAY: _("tomorrow"), today - DAY: _("yesterday")}
    return near.get(day) or day_text(day)


# Posts


def next_posts(
    calendar: Calendar, posts: Iterable[Post], now: datetime, most: int
) -> tuple[list[PostLine], int]:
    """Those of today and after, and before them those that should be out by now, in order of time; and how
    many more than `most` there are."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    ahead = [post for post in posts if _day(calendar, post) >= today or _is_overdue(calendar, post, now)]
    return [_post_line(calendar, post, now) for post in ahead[:most]], len(ahead[most:])


def lately_out(calendar: Calendar, posts: Iterable[Post], now: datetime) -> list[PostLine]:
    """The last few publications before today, the latest first."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    out = [
        post for post in posts if post.state == "published" and today - LATELY < _day(calendar, post) < today
    ]
    return [_post_line(calendar, post, now) for post in reversed(out[-MOST_OUT:])]


def _day(calendar: Calendar, post: Post) -> date:
    return to_local(calendar.instant(post), zone_of(calendar.team.zone)).date()


def _is_overdue(calendar: Calendar, post: Post, now: datetime) -> bool:
    return post.is_open and now - LATELY < calendar.instant(post) <= now


def _post_line(calendar: Calendar, post: Post, now: datetime) -> PostLine:
    zone = zone_of(calendar.team.zone)
    local, today = to_local(calendar.instant(post), zone), to_local(now, zone).date()
    return PostLine(
        when=f"{day_name(local.date(), today)} {local:%H:%M}",
        is_today=local.date() == today,
        is_overdue=_is_overdue(calendar, post, now),
        channel=calendar.channels[post.channel].name,
        title=post.title,
        state=post.state,
        shares=tuple(_shares(calendar, post)),
        link=web_link(post.link),
    )


def web_link(link: str | None) -> str | None:
    """A link, if a browser opens it as a web page and as nothing else."""
    return link if link and link.startswith(("https://", "http://")) else None


def _shares(calendar: Calendar, post: Post) -> Iterator[Share]:
    """Who does what, person by person in the order of the work, what nobody does last."""
    tasks: dict[int, list[tuple[str, bool]]] = {}
    for kind, task in post.tasks.items():
        tasks.setdefault(task.done_by or task.member or 0, []).append((task_noun(kind), task.is_done))
    for member in sorted(tasks, key=lambda member: member == 0):
        doer = calendar.members.get(member)
        yield Share(doer.name if doer else None, tuple(tasks[member]))


# Gaps and other warnings


def silences(warnings: Iterable[Warning]) -> list[str]:
    """The silences that last or are to come, in a sentence each; what is over is no gap ahead."""
    return [found.cause for found in warnings if found.rule == "silence" and found.severity != "low"]


def open_slots(calendar: Calendar, warnings: Iterable[Warning], now: datetime) -> list[SlotLine]:
    """The slots ahead that have no post, in order of time."""
    zone = zone_of(calendar.team.zone)
    today = to_local(now, zone).date()
    empty = [(found.at, found.channel) for found in warnings if found.rule == "empty-slot"]
    times = [(to_local(at, zone), calendar.channels[channel].name) for at, channel in empty if at and channel]
    return [SlotLine(f"{day_name(at.date(), today)} {at:%H:%M}", name) for at, name in sorted(times)]


def finding_lines(calendar: Calendar, found: Iterable[Finding], now: datetime) -> list[FindingLine]:
    today = to_local(now, zone_of(calendar.team.zone)).date()
    return [
        FindingLine(
            day=day_name(finding.day, today),
            about=finding.about,
            cause=finding.cause,
            ways_out=finding.ways_out,
            rule=_(RULE_WORDS[finding.rule]) if finding.rule else "",
            severity=finding.severity,
        )
        for finding in found
    ]
