"""Taking a change back: its inverse, as far as nobody has built upon it."""

from dataclasses import dataclass
from typing import Any

from cadence.model.change import Change, Document, Op
from cadence.store import patch

Path = tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """Somebody built upon the change: the field at `path` of this document no longer is what it made it."""

    table: str
    id: int
    path: Path


def before(op: Op, now: Document | None) -> dict[str, Any] | Built | None:
    """What the document must be again for `op` to be undone (None: it must go), given what it is `now`."""
    if op.kind == "d":
        return Built(op.table, op.id, ()) if now is not None else dict(op.old)
    if now is None:
        return Built(op.table, op.id, ())
    if op.kind == "i":
        added_or_changed, _gone = patch.diff(op.new, now)
        return Built(op.table, op.id, (next(iter(added_or_changed)),)) if added_or_changed else None
    path = patch.changed_since(now, op.new, op.old)
    return patch.apply(now, op.old) if path is None else Built(op.table, op.id, path)


def touches(change: Change, table: str, id: int, path: Path = ()) -> bool:
    """Whether a change wrote this document, and there the field at `path`."""
    return any(
        op.table == table and op.id == id and (op.kind != "u" or patch.touches(op.new, path))
        for op in change.ops
    )


def matches(change: Change, *, table: str | None, id: int | None, by: str | None) -> bool:
    """Whether a change is `by` somebody and touches a table, and there document `id`; None: anything."""
    if by is not None and change.by != by:
        return False
    return table is None or any(op.table == table and id in (None, op.id) for op in change.ops)
