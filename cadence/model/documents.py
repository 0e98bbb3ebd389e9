"""Between values and documents: which table holds what, and the one place where data becomes a value."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import msgspec

from cadence.model.busy import BusyCalendar
from cadence.model.errors import BadInput, CadenceError
from cadence.model.feeds import Feed
from cadence.model.post import Acknowledgement, Boost, Idea, Post
from cadence.model.rhythm import Rhythm
from cadence.model.rota import Rota
from cadence.model.team import Absence, Channel, Member, Team, Workflow

Value = (
    Team
    | Member
    | Channel
    | Workflow
    | Rhythm
    | Absence
    | BusyCalendar
    | Post
    | Idea
    | Boost
    | Acknowledgement
    | Feed
    | Rota
)
V = TypeVar("V", bound=Value)

TABLES: Mapping[str, type[Value]] = {
    "team": Team,
    "members": Member,
    "channels": Channel,
    "workflows": Workflow,
    "rhythms": Rhythm,
    "absences": Absence,
    "busy": BusyCalendar,
    "posts": Post,
    "ideas": Idea,
    "boosts": Boost,
    "acknowledgements": Acknowledgement,
    "feeds": Feed,
    "rota": Rota,
}
TABLE_OF: Mapping[type[Value], str] = {kind: table for table, kind in TABLES.items()}
_SINGULAR: Mapping[type[Value], str] = {
    **{kind: kind.__name__.lower() for kind in TABLE_OF},
    BusyCalendar: "busy calendar",
}


def decode(kind: type[V], document: Mapping[str, Any]) -> V:
    """The value of a document, checked against types and limits; BadInput names the field."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, CadenceError):
            raise error.__cause__ from None
        raise BadInput(f"{_label(kind, document)}: {_in_words(error)}") from None


def encode(value: Value) -> dict[str, Any]:
    """The document of a value: plain JSON data without defaults, nulls, `id`, `rev` and `modified`
    (the store keeps those three). Checks every limit on the way, so that nothing bad is ever stored."""
    document = cast(dict[str, Any], msgspec.to_builtins(value))
    decode(type(value), document)
    for meta in ("id", "rev", "modified"):
        document.pop(meta, None)
    return document


def name_of(value: Value) -> str:
    """What people call a value: `post 53`, `member Anna`, `the team`."""
    match value:
        case Team():
            return "the team"
        case Rota():
            return "the rota"
        case Member() | Channel() | Workflow():
            return f"{_SINGULAR[type(value)]} {value.name}"
        case _:
            return f"{_SINGULAR[type(value)]} {value.id}"


def _label(kind: type[Value], document: Mapping[str, Any]) -> str:
    known = document.get("name") or document.get("id") or ""
    return f"{_SINGULAR[kind]} {str(known)[:60]}".strip()


def _in_words(error: msgspec.ValidationError) -> str:
    """msgspec says "Expected `str` of length <= 200 - at `$.title`"; people want the field first."""
    text, _, path = str(error).partition(" - at `$.")
    if "matching regex" in text:
        text = "holds characters or a form that are not allowed here (control characters?)"
    return f"{path.rstrip('`')}: {text}" if path else text
