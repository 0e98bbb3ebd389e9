"""What people do to a calendar in these tests, in few words."""

from datetime import UTC, datetime
from typing import Any

from cadence.model.change import Change, Document
from cadence.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def add(store: Store, by: str = "Anna", table: str = "posts", **fields: Any) -> int:
    with store.transaction(by=by, why="add", at=NOW) as tx:
        return tx.insert(table, fields)


def edit(store: Store, id: int, by: str = "Anna", why: str = "edit", **fields: Any) -> Change | None:
    """Set some fields; None removes one."""
    with store.transaction(by=by, why=why, at=NOW) as tx:
        old = tx.get("posts", id)
        assert old is not None
        merged = {**old, **fields}
        tx.replace("posts", id, {key: value for key, value in merged.items() if value is not None})
    return tx.change


def remove(store: Store, id: int, by: str = "Anna") -> Change | None:
    with store.transaction(by=by, why="remove", at=NOW) as tx:
        tx.delete("posts", id)
    return tx.change


def undo(store: Store, seq: int, by: str = "Anna") -> Change:
    return store.undo(seq, by=by, why="undo", at=NOW)


def bare(document: Document) -> dict[str, Any]:
    """A document without what the store stamps on it."""
    return {key: value for key, value in document.items() if key not in ("id", "rev", "modified")}


def posts(store: Store) -> dict[int, dict[str, Any]]:
    return {id: bare(document) for id, document in store.documents("posts").items()}
