"""Which change "undo" and "redo" mean. Histories are given newest first."""

from collections.abc import Callable, Iterable, Iterator

from cadence.model.change import Change
from cadence.model.errors import NotFound, Refused


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
    raise Refused(f"{by} has nothing to undo", "undo somebody else's change by its number")


def numbered(changes: Iterable[Change], seq: int) -> Change:
    """The change with this number, if nobody has taken it back yet."""
    for change in standing(changes):
        if change.seq == seq:
            return change
        if change.undoes == seq:
            raise Refused(
                f"change {seq} was undone by {change.by} already",
                f"undo change {change.seq} to bring it back",
            )
        if change.seq < seq:
            break
    raise NotFound(f"there is no change {seq} to undo", "`cadence log` lists the changes")


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
    raise Refused(f"{by} has nothing to redo", "redo works after undo, until something else is changed")
