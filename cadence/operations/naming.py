"""Names that people can type: unique whatever their case and punctuation, and no mere numbers."""

from collections.abc import Iterable
from typing import Literal

from cadence.language import _
from cadence.model.calendar import slug
from cadence.model.errors import BadInput, Refused

Named = Literal["member", "channel", "workflow"]


def check_name(kind: Named, name: str, others: Iterable[str]) -> None:
    """BadInput or Refused unless `name` may be given to a `kind` beside those with the names `others`."""
    typed = slug(name)
    if not typed:
        raise BadInput(
            _("{kind} cannot be called {name!r}", kind=_one(kind), name=name[:40]),
            _("use at least one letter"),
        )
    if name.strip().isdecimal():
        raise BadInput(
            _("{kind} cannot be called {name!r}", kind=_one(kind), name=name[:40]),
            _("a name of digits alone would be read as a number"),
        )
    for other in others:
        if slug(other) == typed:
            raise Refused(
                _("there is {kind} called {name} already", kind=_one(kind), name=other),
                _("choose another name"),
            )


def _one(kind: Named) -> str:
    match kind:
        case "member":
            return _("a member")
        case "channel":
            return _("a channel")
        case "workflow":
            return _("a workflow")
