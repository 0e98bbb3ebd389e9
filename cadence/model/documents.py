"""Between values and documents: which table holds what, and the one place where data becomes a value."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import msgspec

from cadence.language import _, later
from cadence.model.busy import BusyCalendar
from cadence.model.errors import BadInput, CadenceError
from cadence.model.feeds import Feed
from cadence.model.invalid import in_words
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
    Team: later("team"),
    Member: later("member"),
    Channel: later("channel"),
    Workflow: later("workflow"),
    Rhythm: later("rhythm"),
    Absence: later("absence"),
    BusyCalendar: later("busy calendar"),
    Post: later("post"),
    Idea: later("idea"),
    Boost: later("boost"),
    Acknowledgement: later("acknowledgement"),
    Feed: later("feed"),
    Rota: later("rota"),
}


def decode(kind: type[V], document: Mapping[str, Any]) -> V:
    """The value of a document, checked against types and limits; BadInput names the field."""
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, CadenceError):
            raise error.__cause__ from None
        raise BadInput(f"{_label(kind, document)}: {_wrong(error)}") from None


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
            return _("the team")
        case Rota():
            return _("the rota")
        case Member() | Channel() | Workflow():
            return f"{kind_of(type(value))} {value.name}"
        case _value:
            return f"{kind_of(type(value))} {value.id}"


def kind_of(kind: type[Value]) -> str:
    """What people call a kind of value, before its name or number: `post`, `busy calendar`."""
    return _(_SINGULAR[kind])


def _label(kind: type[Value], document: Mapping[str, Any]) -> str:
    known = document.get("name") or document.get("id") or ""
    return f"{kind_of(kind)} {str(known)[:60]}".strip()


def _wrong(error: msgspec.ValidationError) -> str:
    """msgspec says "Expected `str` of length <= 200 - at `$.title`"; people want the field first."""
    text, _at, path = str(error).partition(" - at `$.")
    if "matching regex" in text:
        said = _("holds characters or a form that are not allowed here (control characters?)")
    else:
        said = in_words(text)
    return f"{path.rstrip('`')}: {said}" if path else said
