"""A transaction collects what shall be different and turns that into the operations of one change."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cadence.language import _
from cadence.model.change import Change, Document, Op
from cadence.model.errors import BadInput, NotFound
from cadence.store import patch
from cadence.store.errors import Conflict
from cadence.store.protocol import VERSIONS, News
from cadence.store.tables import State
from cadence.store.times import stamp

Key = tuple[str, int]
Document_ = dict[str, Any]


class Transaction:
    """Reads the newest state with its own writes laid over it; the state itself stays untouched until the
    change is durable, so that leaving with an exception needs no undoing."""

    def __init__(
        self,
        state: State,
        at: datetime,
        missed: News,
        newest: Callable[[str, int, tuple[str, ...]], Change | None],
        take_back: Callable[["Transaction", int], None],
    ) -> None:
        self.missed = missed
        self.change: Change | None = None
        self.undoes: int | None = None
        self.why = ""
        self._state = state
        self._modified = stamp(at)
        self._newest = newest
        self._take_back = take_back
        self._after: dict[Key, Document_ | None] = {}
        self._next: dict[str, int] = {}

    @property
    def seq(self) -> int:
        return self._state.seq

    # Reading

    def get(self, table: str, id: int) -> Document | None:
        if (table, id) in self._after:
            return self._after[table, id]
        return self._state.get(table, id)

    def documents(self, table: str) -> Mapping[int, Document]:
        staged = {id: document for (name, id), document in self._after.items() if name == table}
        return Overlaid(self._state.documents(table), staged)

    def table_names(self) -> Iterable[str]:
        """The tables of people's documents (not the store's own)."""
        names = dict.fromkeys([*self._state.tables(), *(table for table, _id in self._after)])
        return [name for name in names if name != VERSIONS]

    def next_id(self, table: str) -> int:
        return max(self._next.get(table, 1), self._state.next_ids.get(table, 1))

    # Writing

    def insert(self, table: str, document: Document) -> int:
        id = self.next_id(_checked(table))
        self.stage(table, id, document, rev=1)
        return id

    def replace(self, table: str, id: int, document: Document, *, expect: int | None = None) -> None:
        self._expect(table, id, expect)
        self.put(table, id, document)

    def delete(self, table: str, id: int, *, expect: int | None = None) -> None:
        self._expect(table, id, expect)
        self._after[table, id] = None

    def undo(self, seq: int) -> None:
        self._take_back(self, seq)

    def put(self, table: str, id: int, document: Document) -> None:
        """Insert or replace, with a known number. One that was deleted goes on counting revisions where it
        stopped."""
        before = self._state.get(_checked(table), id)
        self.stage(table, id, document, rev=(before["rev"] if before else self._last_revision(table, id)) + 1)

    def _last_revision(self, table: str, id: int) -> int:
        if id >= self._state.next_ids.get(table, 1):
            return 0
        last = self._newest(table, id, ())
        return max((op.rev for op in last.ops if (op.table, op.id) == (table, id)), default=0) if last else 0

    def stage(self, table: str, id: int, document: Document, *, rev: int) -> None:
        """Lay a document over the state, with the revision that it will have."""
        self._after[table, id] = {
            "id": id,
            **patch.content(document),
            "rev": rev,
            "modified": self._modified,
        }
        self._next[table] = max(self.next_id(table), id + 1)

    def _expect(self, table: str, id: int, revision: int | None) -> None:
        current = self.get(table, id)
        if current is None and revision is None:
            raise NotFound(_("there is no document {id} in {table}", id=id, table=table))
        if revision is not None and (current is None or current["rev"] != revision):
            raise Conflict(table, id, (), self._newest(table, id, ()))

    # Committing

    def ops(self) -> tuple[Op, ...]:
        """The net difference, one operation per document, in the order of first touch."""
        return tuple(op for op in map(self._op, self._after) if op is not None)

    def _op(self, key: Key) -> Op | None:
        table, id = key
        before, after = self._state.get(table, id), self._after[key]
        if before is None:
            return Op("i", table, id, after["rev"], patch.content(after), {}) if after else None
        rev = before["rev"] + 1
        if after is None:
            return Op("d", table, id, rev, {}, patch.content(before))
        forth, back = patch.diff(before, after)
        return Op("u", table, id, rev, forth, back) if forth else None


class Overlaid(Mapping[int, Document]):
    """A table as a transaction sees it: the stored documents with the staged ones over them."""

    def __init__(self, stored: Mapping[int, Document], staged: Mapping[int, Document_ | None]) -> None:
        self._stored = stored
        self._staged = staged

    def __getitem__(self, id: int) -> Document:
        document = self._staged[id] if id in self._staged else self._stored[id]
        if document is None:
            raise KeyError(id)
        return document

    def __iter__(self) -> Iterator[int]:
        yield from (id for id in self._stored if self._staged.get(id, True) is not None)
        yield from (id for id, it in self._staged.items() if it is not None and id not in self._stored)

    def __len__(self) -> int:
        return sum(1 for _id in self)


def _checked(table: str) -> str:
    if not (table.isidentifier() and table.isascii()) or (table.startswith("_") and table != VERSIONS):
        raise BadInput(_("{table!r} cannot be the name of a table", table=table))
    return table
