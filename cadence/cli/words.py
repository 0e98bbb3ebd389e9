"""How the commands say days, times, work and money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from cadence.model.times import say_minutes

if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.model.post import Post
    from cadence.model.team import TaskKind

__all__ = [
    "day_words",
    "days",
    "moment_words",
    "money",
    "name_of_member",
    "offer_words",
    "open_work",
    "percent",
    "say_minutes",
]


def day_words(day: date, today: date) -> str:
    """`Thu 26 Nov`, with the year where it is not this one."""
    words = f"{day:%a} {day.day:2} {day:%b}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment_words(moment: datetime, today: date) -> str:
    return f"{day_words(moment.date(), today)} {moment:%H:%M}"


def days(number: float | None) -> str:
    """`5 d`, `0.4 d`; a dash for no data."""
    if number is None:
        return "-"
    return f"{number:.0f} d" if number >= 10 or number == round(number) else f"{number:.1f} d"


def percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.0f} %"


def money(cents: int) -> str:
    return f"{cents / 100:.2f}"


def name_of_member(calendar: Calendar, member: int | None) -> str | None:
    """A member's name; one who is gone keeps the number."""
    if member is None:
        return None
    found = calendar.members.get(member)
    return found.name if found else f"member {member}"


def open_work(calendar: Calendar, post: Post) -> str:
    """Who still has what to do: `draft Marco, review nobody`."""
    if post.state == "skipped":
        return post.skip_reason
    undone = ((kind, task) for kind, task in post.tasks.items() if not task.is_done)
    return ", ".join(f"{kind} {name_of_member(calendar, task.member) or 'nobody'}" for kind, task in undone)


def listed(names: Iterable[str], none: str = "-") -> str:
    return ", ".join(names) or none


def task_rows(calendar: Calendar, post: Post, today: date) -> Iterable[tuple[str, str, str, str]]:
    """The tasks of a post: what, how long, who, and how it stands."""
    for kind, task in post.tasks.items():
        opens, closes = calendar.window(post, task)
        if task.done_at:
            state = f"done {day_words(task.done_at.astimezone(calendar.zone(post.channel)).date(), today)}"
            if task.done_by != task.member:
                state += f" by {name_of_member(calendar, task.done_by) or 'somebody'}"
        else:
            first = f"{day_words(opens, today)} to " if opens != closes else "on "
            state = f"{first}{day_words(closes, today)}"
            state += ", pinned" if task.pinned else ""
            if words := offer_words(calendar, post, kind, today):
                state += f", {words}"
        yield kind, say_minutes(task.effort), name_of_member(calendar, task.member) or "nobody", state


def offer_words(calendar: Calendar, post: Post, kind: TaskKind, today: date) -> str:
    """`on offer to Luca until Tue  1 Dec for draft of post 7`, `offer to Luca declined`; empty when a task is
    not on offer."""
    offer = post.tasks[kind].offer
    if offer is None:
        return ""
    from cadence.insight.offers import state_of
    from cadence.model.post import TaskRef

    to = listed((name_of_member(calendar, id) or "" for id in offer.to), "anyone")
    if (state := state_of(calendar, TaskRef(post.id, kind), today)) != "open":
        return f"offer to {to} {state}" if state else ""
    said = [name_of_member(calendar, id) or "" for id in offer.declined]
    until = f" until {day_words(offer.until, today)}" if offer.until else ""
    wants = f" for {offer.wants.kind} of post {offer.wants.post}" if offer.wants else ""
    return f"on offer to {to}{until}{wants}" + (f" ({listed(said)} declined)" if said else "")
