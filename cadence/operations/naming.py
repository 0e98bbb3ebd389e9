"""Names that people can type: unique whatever their case and punctuation, and no mere numbers."""

from collections.abc import Iterable

from cadence.model.calendar import slug
from cadence.model.errors import BadInput, Refused


def check_name(kind: str, name: str, others: Iterable[str]) -> None:
    """BadInput or Refused unless `name` may be given to a `kind` beside those with the names `others`."""
    typed = slug(name)
    if not typed:
        raise BadInput(f"a {kind} cannot be called {name[:40]!r}", "use at least one letter")
    if name.strip().isdecimal():
        raise BadInput(
            f"a {kind} cannot be called {name[:40]!r}", "a name of digits alone would be read as a number"
        )
    for other in others:
        if slug(other) == typed:
            raise Refused(f"there is a {kind} called {other} already", "choose another name")
