"""How operations speak of posts, tasks and people; days, times and counts read as they do in findings."""

from cadence.insight.words import count_text, day_text, list_text, span_text, time_text
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef

__all__ = [
    "count_text",
    "day_text",
    "list_text",
    "member_text",
    "post_text",
    "span_text",
    "starting",
    "task_text",
    "time_text",
]


def post_text(post: Post) -> str:
    """`post 53 "Storia Bianchi"`."""
    title = post.title if len(post.title) <= 40 else post.title[:39] + "…"
    return f'post {post.id} "{title}"'


def task_text(calendar: Calendar, ref: TaskRef) -> str:
    """`review of post 53 "Storia Bianchi"`."""
    return f"{ref.kind} of {post_text(calendar.post(ref.post))}"


def member_text(calendar: Calendar, member: int | None) -> str:
    """The name of a member; `nobody` for None."""
    return "nobody" if member is None else calendar.member(member).name


def starting(text: str) -> str:
    """The text with a capital first letter, as a sentence starts."""
    return text[:1].upper() + text[1:]
