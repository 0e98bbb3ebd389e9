"""How the screens say days, spans and work. Pure; `today` and `now` are passed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from rich.cells import cell_len

from cadence.language import _, month, month_long, p_, weekday
from cadence.model.post import Post, Task
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.model.words import kind_word

NEAR_DAYS = 10
"""So far from today a day is clear without its month."""


def say_day(day: date, today: date) -> str:
    """`today`, `tomorrow`, `Wed 25`, `Wed 9 Dec`, `Wed 6 Jan 2027`."""
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return short_day(day, today)


def short_day(day: date, today: date) -> str:
    """`Wed 25`, with month and year where they are not clear: `Wed 9 Dec`, `Wed 6 Jan 2027`."""
    words = f"{weekday(day)} {day.day}"
    if abs((day - today).days) > NEAR_DAYS or day.month != today.month:
        words += f" {month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def say_span(span: timedelta) -> str:
    """A length of time in its largest sensible unit: `5 min`, `3 h`, `2 d`, `5 weeks`."""
    minutes = abs(span) // timedelta(minutes=1)
    if minutes < 60:
        return _("{number} min", number=max(1, minutes))
    if minutes < 36 * 60:
        return _("{number} h", number=round(minutes / 60))
    days = round(minutes / (24 * 60))
    return _("{number} d", number=days) if days < 60 else _("{number} weeks", number=days // 7)


def say_dates(first: date, last: date) -> str:
    """A span of days with its year: `23 – 29 November 2026`, `30 Nov – 6 Dec 2026`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last.day} {month_long(last)} {last.year}"
    start = f"{first.day} {month(first)}" + ("" if first.year == last.year else f" {first.year}")
    return f"{start} – {last.day} {month(last)} {last.year}"


def undoable(said: str) -> str:
    """What is or would be done, and that it can be taken back."""
    return _("{what} · u undoes", what=said)


def kind_width(most: int = 99) -> int:
    """Cells for the name of any task and a space: eight, or as many as the language needs, up to `most`."""
    return min(most, max(8, *(cell_len(kind_word(kind)) + 1 for kind in TASK_KINDS)))


def kind_text(kind: TaskKind, width: int) -> str:
    """The name of a kind of task, or what heads its column where `width` cells, a space included, are too few
    for it."""
    name = kind_word(kind)
    return name if cell_len(name) < width else column_heads()[kind]


def column_heads() -> dict[str, str]:
    """The kinds of tasks, short enough for the head of a column."""
    return {
        "draft": p_("column", "draft"),
        "design": p_("column", "design"),
        "review": p_("column", "review"),
        "publish": p_("column", "publish"),
        "engage": p_("column", "engage"),
    }


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
