"""How operations speak of days, posts and people, so that every sentence reads alike."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """`Thu 26 Nov 2026`, in English whatever the locale."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def time_text(local: datetime) -> str:
    """`Thu 26 Nov 2026 09:00`."""
    return f"{day_text(local.date())} {local:%H:%M}"


def post_text(post: Post) -> str:
    """`post 53 "Storia Bianchi"`."""
    title = post.title if len(post.title) <= 40 else post.title[:39] + "…"
    return f'post {post.id} "{title}"'


def task_text(calendar: Calendar, ref: TaskRef) -> str:
    """`review of post 53 "Storia Bianchi"`."""
    return f"{ref.kind} of {post_text(calendar.post(ref.post))}"


def member_text(calendar: Calendar, member: int | None) -> str:
    """The name of a member; `nobody` for None."""
    if member is None:
        return "nobody"
    known = calendar.members.get(member)
    return known.name if known else f"member {member}, who was removed"


def count_text(count: int, noun: str) -> str:
    """`1 post`, `3 posts`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def list_text(items: Iterable[str], limit: int = 4) -> str:
    """`a, b and c`; of a long list the first few and how many more."""
    shown: Sequence[str] = list(items)
    if len(shown) > limit:
        return ", ".join(shown[:limit]) + f" and {len(shown) - limit} more"
    return " and ".join(", ".join(shown).rsplit(", ", 1)) if len(shown) > 1 else "".join(shown)
