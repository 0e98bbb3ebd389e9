"""What a page says after a form was sent. The address names what it is about, `?said=idea-7`, and the
calendar says how that stands: nothing from an address is ever shown."""

from __future__ import annotations

import re

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task
from cadence.model.words import the_task

_SAID = re.compile(rb"said=(idea|vote|comment|boost|task|done)-(\d{1,15})(?:-([a-z]{1,10}))?")


def asked_about(query: bytes) -> tuple[str, int, str] | None:
    """What the query of an address is about: a word, a number, and of a task its kind."""
    found = _SAID.fullmatch(query)
    return (found[1].decode(), int(found[2]), (found[3] or b"").decode()) if found else None


def told(calendar: Calendar, me: int, about: tuple[str, int, str]) -> str | None:
    """A sentence on how that stands for a member; None where there is nothing to say."""
    what, number, kind = about
    if calendar.members[me].kind == "partner" and what != "done":
        return None  # a partner's page tells of their own tasks only
    match what:
        case "idea" | "vote" | "comment":
            return _of_idea(calendar, me, what, number)
        case "boost":
            return _of_boost(calendar, me, number)
        case "done":
            return _of_done(calendar, me, number, kind)
        case _:
            return _of_task(calendar, me, number, kind)


def _of_idea(calendar: Calendar, me: int, what: str, number: int) -> str | None:
    idea = calendar.ideas.get(number)
    if idea is None:
        return None
    if what == "vote":
        if me in idea.votes:
            return _("You vote for “{idea}”.", idea=idea.text)
        return _("You do not vote for “{idea}”.", idea=idea.text)
    if what == "comment":
        has_said = any(comment.by == me for comment in idea.comments)
        return _("Your comment on “{idea}” is there for all to read.", idea=idea.text) if has_said else None
    if idea.author != me:
        return None
    return _("Thank you. Your idea is written down, and all can read it: “{idea}”.", idea=idea.text)


def _of_boost(calendar: Calendar, me: int, number: int) -> str | None:
    boost = next((one for one in calendar.boosts.values() if (one.post, one.member) == (number, me)), None)
    if boost is None:
        return None
    title = calendar.posts[number].title
    if boost.at is not None:
        return _("Thank you for passing “{title}” on.", title=title)
    if not boost.declined:
        return None
    return _("Noted: you would rather not pass “{title}” on. Nobody asks you again.", title=title)


def _of_task(calendar: Calendar, me: int, number: int, kind: str) -> str | None:
    post, task, noun = _task(calendar, number, kind)
    if post is None or task is None:
        return None
    if task.member == me:
        return _("Thank you: {task} of “{title}” is yours now.", task=noun, title=post.title)
    if task.offer is not None and me in task.offer.declined:
        return _("Noted: you said no to {task} of “{title}”.", task=noun, title=post.title)
    return None


def _of_done(calendar: Calendar, me: int, number: int, kind: str) -> str | None:
    post, task, noun = _task(calendar, number, kind)
    if post is None or task is None or task.member != me:
        return None
    if not task.is_done:
        return _("Noted: {task} of “{title}” is still to do.", task=noun, title=post.title)
    if kind == "publish":
        return _("Thank you: “{title}” is out.", title=post.title)
    return _("Thank you: {task} of “{title}” is done.", task=noun, title=post.title)


def _task(calendar: Calendar, number: int, kind: str) -> tuple[Post | None, Task | None, str]:
    """A post, its task of a kind, and what people call that; None where there is none."""
    post = calendar.posts.get(number)
    for one, task in post.tasks.items() if post else ():
        if one == kind:
            return post, task, the_task(one)
    return post, None, ""
