"""How operations speak of posts, tasks and people; days, times and counts read as they do in findings."""

from cadence.insight.words import day_text, list_text, sentence, span_text, time_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post, TaskRef
from cadence.model.words import kind_word

__all__ = [
    "day_text",
    "list_text",
    "member_text",
    "post_text",
    "sentence",
    "short_task_text",
    "span_text",
    "task_text",
    "time_text",
]


def post_text(post: Post) -> str:
    """`post 53 "Storia Bianchi"`."""
    return _('post {number} "{title}"', number=post.id, title=_short_title(post))


def task_text(calendar: Calendar, ref: TaskRef) -> str:
    """`review of post 53 "Storia Bianchi"`."""
    post = calendar.post(ref.post)
    title = _short_title(post)
    match ref.kind:
        case "draft":
            return _('draft of post {number} "{title}"', number=post.id, title=title)
        case "design":
            return _('design of post {number} "{title}"', number=post.id, title=title)
        case "review":
            return _('review of post {number} "{title}"', number=post.id, title=title)
        case "publish":
            return _('publish of post {number} "{title}"', number=post.id, title=title)
        case "engage":
            return _('engage of post {number} "{title}"', number=post.id, title=title)


def short_task_text(ref: TaskRef) -> str:
    """`review of post 53`, in lists of many."""
    return _("{task} of post {number}", task=kind_word(ref.kind), number=ref.post)


def member_text(calendar: Calendar, member: int | None) -> str:
    """The name of a member; `nobody` for None."""
    return _("nobody") if member is None else calendar.member(member).name


def _short_title(post: Post) -> str:
    return post.title if len(post.title) <= 40 else post.title[:39] + "…"
