"""How the commands say days, times, work and money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from cadence.language import _, decimal, later, month, p_, speech, weekday
from cadence.model.times import say_minutes
from cadence.model.words import kind_word, slot_word

if TYPE_CHECKING:
    from cadence.model.calendar import Calendar
    from cadence.model.post import Offer, Post
    from cadence.model.rhythm import Rhythm
    from cadence.model.team import TaskKind

__all__ = [
    "day_words",
    "days",
    "moment_words",
    "money",
    "name_of_member",
    "number_words",
    "offer_words",
    "open_work",
    "percent",
    "rule_words",
    "say_minutes",
    "slot_state",
    "span_words",
    "thousands",
]


def day_words(day: date, today: date) -> str:
    """`Thu 26 Nov`, with the year where it is not this one."""
    words = f"{weekday(day)} {day.day:2} {month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def moment_words(moment: datetime, today: date) -> str:
    return f"{day_words(moment.date(), today)} {moment:%H:%M}"


def days(number: float | None) -> str:
    """`5 d`, `0.4 d`; a dash for no data."""
    if number is None:
        return "-"
    digits = 0 if number >= 10 or number == round(number) else 1
    return _("{number} d", number=decimal(number, digits))


def percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.0f} %"


def money(cents: int) -> str:
    return decimal(cents / 100, 2)


def number_words(number: float) -> str:
    """`2`, `0.5`, where the language wants it `0,5`."""
    return f"{number:g}".replace(".", speech().decimal)


def thousands(number: float) -> str:
    """`1,234`, where the language wants it `1.234`."""
    text = f"{number:,.0f}"
    return text if speech().decimal == "." else text.replace(",", ".")


def slot_state(state: str) -> str:
    """What has become of a slot: `on time`, `empty`."""
    return p_("slot", "empty") if state == "empty" else slot_word(state)


def name_of_member(calendar: Calendar, member: int | None) -> str | None:
    """A member's name; one who is gone keeps the number."""
    if member is None:
        return None
    found = calendar.members.get(member)
    return found.name if found else _("member {number}", number=member)


def open_work(calendar: Calendar, post: Post) -> str:
    """Who still has what to do: `draft Marco, review nobody`."""
    if post.state == "skipped":
        return post.skip_reason
    return ", ".join(
        f"{kind_word(kind)} {name_of_member(calendar, task.member) or _('nobody')}"
        for kind, task in post.tasks.items()
        if not task.is_done
    )


def listed(names: Iterable[str], none: str = "-") -> str:
    return ", ".join(names) or none


def span_words(first: object, last: object) -> str:
    """`2026-12-21 to 2026-12-24`."""
    return _("{first} to {last}", first=first, last=last)


def rule_words(rhythm: Rhythm) -> str:
    """`FREQ=WEEKLY;BYDAY=TU at 10:00 from 2026-11-16`."""
    at = f"{rhythm.at:%H:%M}"
    return _("{rule} at {time} from {day}", rule=rhythm.rrule, time=at, day=rhythm.start)


def task_rows(calendar: Calendar, post: Post, today: date) -> Iterable[tuple[str, str, str, str]]:
    """The tasks of a post: what, how long, who, and how it stands."""
    for kind, task in post.tasks.items():
        who = name_of_member(calendar, task.member) or _("nobody")
        yield kind_word(kind), say_minutes(task.effort), who, _how_it_stands(calendar, post, kind, today)


def _how_it_stands(calendar: Calendar, post: Post, kind: TaskKind, today: date) -> str:
    """`done Tue 24 Nov by Luca`, `Mon 23 Nov to Wed 25 Nov, pinned`."""
    task = post.tasks[kind]
    if task.done_at:
        day = day_words(task.done_at.astimezone(calendar.zone(post.channel)).date(), today)
        if task.done_by == task.member:
            return _("done {day}", day=day)
        return _("done {day} by {who}", day=day, who=name_of_member(calendar, task.done_by) or _("somebody"))
    first, last = (day_words(day, today) for day in calendar.window(post, task))
    span = _("on {day}", day=last) if first == last else span_words(first, last)
    pinned = _("pinned") if task.pinned else ""
    return ", ".join(filter(None, (span, pinned, offer_words(calendar, post, kind, today))))


CLOSED_OFFERS = {
    "declined": later("offer to {who} declined"),
    "expired": later("offer to {who} expired"),
    "void": later("offer to {who} void"),
}


def offer_words(calendar: Calendar, post: Post, kind: TaskKind, today: date) -> str:
    """`on offer to Luca until Tue  1 Dec for draft of post 7`, `offer to Luca declined`; empty when a task is
    not on offer."""
    offer = post.tasks[kind].offer
    if offer is None:
        return ""
    from cadence.insight.offers import state_of
    from cadence.model.post import TaskRef

    who = listed((name_of_member(calendar, id) or "" for id in offer.to), _("anyone"))
    if (state := state_of(calendar, TaskRef(post.id, kind), today)) != "open":
        return _(CLOSED_OFFERS[state], who=who) if state else ""
    words = _open_offer(offer, who, today)
    said = [name_of_member(calendar, id) or "" for id in offer.declined]
    return _("{offer} ({who} declined)", offer=words, who=listed(said)) if said else words


def _open_offer(offer: Offer, who: str, today: date) -> str:
    until = day_words(offer.until, today) if offer.until else ""
    task, post = (kind_word(offer.wants.kind), offer.wants.post) if offer.wants else ("", 0)
    if until and task:
        return _(
            "on offer to {who} until {day} for {task} of post {post}",
            who=who, day=until, task=task, post=post,
        )  # fmt: skip
    if task:
        return _("on offer to {who} for {task} of post {post}", who=who, task=task, post=post)
    if until:
        return _("on offer to {who} until {day}", who=who, day=until)
    return _("on offer to {who}", who=who)
