"""What a form on a colleague's page asks for: an operation with what was typed, checked as far as it can be
without the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cadence.language import _, later
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.post import Idea, TaskRef
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.operations import boosts, handovers, ideas
from cadence.operations.edit import Edit, Operation, Who, known
from cadence.operations.tasks import claim
from cadence.web.forms import Unreadable, is_blank, one_line, some_lines
from cadence.web.own_tasks import say_done, say_not_done

LONGEST_IDEA, LONGEST_COMMENT, LONGEST_LINK = 200, 2000, 2000
NO_SUCH_FORM = later("No page has this form.")
Fields = Mapping[str, str]
_KINDS: Mapping[str, TaskKind] = {kind: kind for kind in TASK_KINDS}


@dataclass(frozen=True)
class Deed:
    """An operation and its arguments; `about` names what it was about in the address of the answer
    (`told.asked_about`), given who did it and the calendar afterwards."""

    operation: Operation
    args: tuple[object, ...]
    about: Callable[[Calendar, int], str]
    options: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True)
class Form:
    """A form of the page: the fields that it has, those of them that are typed into, and what it means."""

    fields: frozenset[str]
    typed: tuple[str, ...]
    meant: Callable[[Fields], Deed]


def deed(action: str, fields: Fields) -> Deed:
    """What a form means. BadInput says what to type instead; Unreadable: no page of ours has this form."""
    form = FORMS.get(action)
    if form is None or fields.keys() != form.fields:
        raise Unreadable(400, NO_SUCH_FORM)
    return form.meant(fields)


def typed_into(action: str, fields: Fields) -> dict[str, str]:
    """What somebody typed, to be shown to them again."""
    form = FORMS.get(action)
    return {name: some_lines(fields.get(name, "")) for name in form.typed} if form else {}


# Ideas


def _idea(fields: Fields) -> Deed:
    options: dict[str, object] = {
        "channel": _number(fields["channel"]) if fields["channel"] else None,
        "link": _link(fields["link"]),
        "good_until": _day(fields["until"]),
    }
    text = _text(one_line(fields["text"]), _("An idea"), LONGEST_IDEA)
    return Deed(_have, (text,), lambda calendar, me: f"idea-{_had(calendar, me, text, options)}", options)


def _have(calendar: Calendar, who: Who, text: str, *, now: datetime, **options: object) -> Edit:
    """Somebody has an idea, once, however often they send it: twice by a double click, or by going back."""
    author = known(who)
    if before := _had(calendar, author.id, text, options):
        return Edit(_("{name} had idea {number} already", name=author.name, number=before))
    return ideas.add_idea(calendar, who, text, now=now, **options)  # type: ignore[arg-type]


def _had(calendar: Calendar, author: int, text: str, options: Mapping[str, object]) -> int | None:
    """The newest open idea of a member that says all the same."""

    def is_same(idea: Idea) -> bool:
        return idea.author == author and idea.text == text and idea.state == "open" and idea.post is None

    same = (
        idea.id
        for idea in calendar.ideas.values()
        if is_same(idea) and all(getattr(idea, name) == value for name, value in options.items())
    )
    return max(same, default=None)


def _comment(fields: Fields) -> Deed:
    number = _number(fields["about"])
    text = _text(some_lines(fields["text"]), _("A comment"), LONGEST_COMMENT)
    return Deed(_say, (number, text), lambda _calendar, _me: f"comment-{number}")


def _say(calendar: Calendar, who: Who, idea: int, text: str, *, now: datetime) -> Edit:
    """Somebody comments on an idea; who has just said the very same has said it."""
    speaker, comments = known(who), ideas.find_idea(calendar, idea).comments
    if comments and (comments[-1].by, comments[-1].text) == (speaker.id, text):
        return Edit(_("{name} said that already", name=speaker.name))
    return ideas.comment(calendar, who, idea, text, now=now)


# What needs no typing


def _of_idea(operation: Operation) -> Callable[[Fields], Deed]:
    def meant(fields: Fields) -> Deed:
        number = _number(fields["about"])
        return Deed(operation, (number,), lambda _calendar, _me: f"vote-{number}")

    return meant


def _of_post(operation: Operation) -> Callable[[Fields], Deed]:
    def meant(fields: Fields) -> Deed:
        number = _number(fields["about"])
        return Deed(operation, (number,), lambda _calendar, _me: f"boost-{number}")

    return meant


def _of_task(operation: Operation) -> Callable[[Fields], Deed]:
    def meant(fields: Fields) -> Deed:
        ref = _task(fields["about"])
        return Deed(operation, (ref,), lambda _calendar, _me: f"task-{ref.post}-{ref.kind}")

    return meant


def _of_own_task(operation: Operation) -> Callable[[Fields], Deed]:
    def meant(fields: Fields) -> Deed:
        ref = _task(fields["about"])
        if ref.kind == "publish":  # that has a form of its own
            raise Unreadable(400, NO_SUCH_FORM)
        return _done(operation, ref)

    return meant


def _published(fields: Fields) -> Deed:
    ref = _task(fields["about"])
    if ref.kind != "publish":
        raise Unreadable(400, NO_SUCH_FORM)
    return _done(say_done, ref, link=_link(fields["link"]))


def _done(operation: Operation, ref: TaskRef, **options: object) -> Deed:
    return Deed(operation, (ref,), lambda _calendar, _me: f"done-{ref.post}-{ref.kind}", options)


def _task(typed: str) -> TaskRef:
    post, _dash, said = typed.partition("-")
    if (kind := _KINDS.get(said)) is None:
        raise Unreadable(400, NO_SUCH_FORM)
    return TaskRef(_number(post), kind)


_ABOUT = frozenset({"about"})
FORMS: Mapping[str, Form] = {
    "idea": Form(
        frozenset({"text", "channel", "link", "until"}), ("text", "channel", "link", "until"), _idea
    ),
    "comment": Form(frozenset({"about", "text"}), ("about", "text"), _comment),
    "vote": Form(_ABOUT, (), _of_idea(ideas.vote)),
    "unvote": Form(_ABOUT, (), _of_idea(ideas.unvote)),
    "boosted": Form(_ABOUT, (), _of_post(boosts.boost_done)),
    "not-boosted": Form(_ABOUT, (), _of_post(boosts.decline_boost)),
    "take": Form(_ABOUT, (), _of_task(handovers.take_offer)),
    "decline": Form(_ABOUT, (), _of_task(handovers.decline_offer)),
    "claim": Form(_ABOUT, (), _of_task(claim)),
    "done": Form(_ABOUT, (), _of_own_task(say_done)),
    "not-done": Form(_ABOUT, (), _of_own_task(say_not_done)),
    "published": Form(frozenset({"about", "link"}), ("about", "link"), _published),
}


# What was typed


def _text(text: str, what: str, most: int) -> str:
    if is_blank(text):
        raise BadInput(_("{what} needs a few words", what=what), _("write a sentence"))
    if len(text) > most:
        raise BadInput(
            _(
                "{what} has room for {most} characters, this has {number}",
                what=what,
                most=f"{most:,}",
                number=f"{len(text):,}",
            ),
            _("make it shorter"),
        )
    return text


def _link(typed: str) -> str | None:
    link = one_line(typed)
    if not link:
        return None
    if not link.lower().startswith(("https://", "http://")) or " " in link or len(link) > LONGEST_LINK:
        raise BadInput(
            _("The link is no web address"), _("copy it from the browser: it begins with https://")
        )
    return link


def _day(typed: str) -> date | None:
    day = one_line(typed)
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise BadInput(_("“Good until” is no day"), _("write it as 2026-12-24, or leave it empty")) from None


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 15):
        raise Unreadable(400, NO_SUCH_FORM)
    return int(typed)
