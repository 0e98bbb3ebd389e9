"""A change: one entry of the history, and the base of undo, conflict messages and the feeds' SEQUENCE."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

Document = Mapping[str, Any]
"""A value as plain JSON data. A document never holds null: an absent field means its default."""


class Op(Struct, frozen=True, array_like=True):
    """One document's part in a change.

    `kind` is `i` (insert), `u` (update) or `d` (delete). For an insert `new` is the whole document, for a
    delete `old` is; for an update `new` and `old` are the two JSON Merge Patches (RFC 7396) that lead from
    before to after and back again. `rev` is the revision of the document after the operation (for a delete,
    the one that was deleted plus one).
    """

    kind: Literal["i", "u", "d"]
    table: str
    id: int
    rev: int
    new: dict[str, Any]
    old: dict[str, Any]


class Change(Struct, frozen=True, omit_defaults=True):
    """Who did what, when and why: one atomic transaction of the calendar.

    `seq` counts 1, 2, 3 … without holes. `by` is the member's name (or the login name before there are
    members). `undoes` is the sequence number of the change that this one takes back, if it does. After `ops`
    come `more` that were not read: for whoever lists a history with imports in it. No change is stored so.
    """

    seq: int
    at: datetime
    by: str
    why: str
    ops: tuple[Op, ...]
    undoes: int | None = None
    tx: str = ""
    host: str = ""
    more: int = 0

    def beginning(self, most: int) -> Change:
        """The same with so many operations at most."""
        left_out = len(self.ops) - most
        return replace(self, ops=self.ops[:most], more=self.more + left_out) if left_out > 0 else self
