"""Which change "undo" and "redo" mean. Histories are given newest first."""

from collections.abc import Callable, Iterable, Iterator

from cadence.language import _
from cadence.model.change import Change
from cadence.model.errors import NotFound, Refused


class InTheWay(Refused):
    """A change cannot be taken back because of a later one: that has built upon it, or has undone it."""

    def __init__(self, message: str, remedy: str, change: Change) -> None:
        super().__init__(message, remedy)
        self.change = change


def standing(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes that nobody has taken back; an undo stands until it is undone itself."""
    undone: set[int] = set()
    for change in changes:
        if change.seq in undone:
            continue
        if change.undoes is not None:
            undone.add(change.undoes)
        yield change


def last_of(changes: Iterable[Change], by: str) -> Change:
    """The last change by somebody that stands, their undos aside."""
    for change in standing(changes):
        if change.by == by and change.undoes is None:
            return change
    raise Refused(_("{name} has nothing to undo", name=by), _("undo somebody else's change by its number"))


def numbered(changes: Iterable[Change], seq: int) -> Change:
    """The change with this number, if nobody has taken it back yet."""
    for change in standing(changes):
        if change.seq == seq:
            return change
        if change.undoes == seq:
            raise InTheWay(
                _("change {number} was undone by {name} already", number=seq, name=change.by),
                _("undo change {number} to bring it back", number=change.seq),
                change,
            )
        if change.seq < seq:
            break
    raise NotFound(_("there is no change {number} to undo", number=seq), _("`cadence log` lists the changes"))


def last_undo_of(changes: Iterable[Change], by: str, find: Callable[[int], Change]) -> Change:
    """The last undo by somebody that stands, unless they have changed something since. `find` gives a change
    by its number."""
    for change in standing(changes):
        if change.by != by:
            continue
        if change.undoes is None:
            break
        if find(change.undoes).undoes is None:
            return change
    raise Refused(
        _("{name} has nothing to redo", name=by), _("redo works after undo, until something else is changed")
    )
