"""What an operation returns, and the small tools that all operations share."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from cadence.language import _, n_
from cadence.model.calendar import Calendar, table_of
from cadence.model.documents import Value
from cadence.model.errors import Refused
from cadence.model.team import Member

__all__ = ["UNSET", "Edit", "Operation", "UnsetType", "Who", "changed", "fold", "known"]

V = TypeVar("V", bound=Struct)
S = TypeVar("S")

Who = Member | None
"""Who acts. None only before there are members."""


def known(who: Who) -> Member:
    """Who acts, for what is somebody's own."""
    if who is None:
        raise Refused(_("nobody knows who you are here"), _("say it with --as NAME"))
    return who


@dataclass(frozen=True)
class Edit:
    """What an operation changes: whole values to add or replace, and values to take away.

    `said` is one sentence in the past tense, for people. Both parts empty: there was nothing to do.
    """

    said: str
    puts: tuple[Value, ...] = ()
    removes: tuple[Value, ...] = ()

    def on(self, calendar: Calendar) -> Calendar:
        """The trial snapshot with this edit applied."""
        after = calendar.put(*self.puts) if self.puts else calendar
        return after.without(*self.removes) if self.removes else after

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.puts or self.removes)


Operation = Callable[..., Edit]


def changed(value: V, **fields: object) -> V:
    """`value` with these fields replaced; a field that is UNSET stays as it is."""
    given = {name: new for name, new in fields.items() if new is not UNSET}
    return replace(value, **given)


def fold(calendar: Calendar, subjects: Iterable[S], step: Callable[[Calendar, S], Edit]) -> Edit:
    """One edit that does `step` to every subject, each seeing what the ones before it did.

    So that many marked posts are one change and one undo. One refusal refuses everything.
    """
    puts: dict[tuple[str, int], Value] = {}
    removes: dict[tuple[str, int], Value] = {}
    said: list[str] = []
    for edit in _steps(calendar, subjects, step):
        puts.update({(table_of(value), value.id): value for value in edit.puts})
        removes.update({(table_of(value), value.id): value for value in edit.removes})
        said.append(edit.said)
    kept = tuple(value for key, value in puts.items() if key not in removes)
    return Edit(_summary(said), kept, tuple(removes.values()))


def _steps(calendar: Calendar, subjects: Iterable[S], step: Callable[[Calendar, S], Edit]) -> Iterator[Edit]:
    for subject in dict.fromkeys(subjects):
        edit = step(calendar, subject)
        calendar = edit.on(calendar)
        yield edit


def _summary(said: list[str]) -> str:
    if not said:
        return _("Nothing was chosen, so nothing changed")
    shown, rest = said[:3], len(said) - 3
    return "; ".join([*shown, n_("and {number} more", "and {number} more", rest)] if rest > 0 else shown)
