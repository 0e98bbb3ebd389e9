"""How the screens say days, spans and work. Pure; `today` and `now` are passed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cadence.model.post import Post, Task
from cadence.model.team import TASK_KINDS, TaskKind

NEAR_DAYS = 10
"""So far from today a day is clear without its month."""


def say_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, `Wed 25`, `Wed 9 Dec`, `Wed 6 Jan 2027`."""
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    if day == today - timedelta(days=1):
        return "yesterday"
    return short_day(day, today)


def short_day(day: date, today: date) -> str:
    """`Wed 25`, with month and year where they are not clear: `Wed 9 Dec`, `Wed 6 Jan 2027`."""
    words = f"{day:%a} {day.day}"
    if abs((day - today).days) > NEAR_DAYS or day.month != today.month:
        words += f" {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"


def say_span(span: timedelta) -> str:
    """A length of time in its largest sensible unit: `5 min`, `3 h`, `2 d`, `5 weeks`."""
    minutes = abs(span) // timedelta(minutes=1)
    if minutes < 60:
        return f"{max(1, minutes)} min"
    if minutes < 36 * 60:
        return f"{round(minutes / 60)} h"
    days = round(minutes / (24 * 60))
    return f"{days} d" if days < 60 else f"{days // 7} weeks"


def say_dates(first: date, last: date) -> str:
    """A span of days with its year: `23 – 29 November 2026`, `30 Nov – 6 Dec 2026`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last.day} {last:%B %Y}"
    start = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first.year}")
    return f"{start} – {last.day} {last:%b %Y}"


def counted(number: int, thing: str) -> str:
    """`1 post`, `3 posts`, `0 posts`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def next_task(post: Post) -> tuple[TaskKind, Task] | None:
    """The open task that is due first; a published post needs no publishing."""
    if post.state == "skipped":
        return None
    todo: list[TaskKind] = [
        kind
        for kind in TASK_KINDS
        if kind in post.tasks and not post.tasks[kind].is_done and (post.is_open or kind != "publish")
    ]
    if not todo:
        return None
    kind = min(todo, key=lambda kind: post.tasks[kind].closes)
    return kind, post.tasks[kind]


def week_number(day: date) -> int:
    """The ISO week that holds most of the week of `day`."""
    return day.isocalendar().week


def at_time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
