"""The current documents, as a TinyDB: its tables, its queries, its shape on disk.

TinyDB is extended through its two documented doors only, the storage class and the table class. A calendar
has two of them: `State` is what everybody reads, without a copy; `EditableTables` lets a transaction use all
of TinyDB's writing (`update`, `upsert`, `remove`, `tinydb.operations` …) and makes one change of it.
"""

# TinyDB passes **kwargs on without types.
# pyright: reportUnknownMemberType=false

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row
from tinydb.table import Table

from cadence.language import _
from cadence.model.change import Change, Document, Op
from cadence.store import patch
from cadence.store.errors import Corrupt
from cadence.store.protocol import Loaded
from cadence.store.rows import Rows, Tables
from cadence.store.times import stamp

Plain = dict[str, dict[str, Any]]

LOOSE = 100
"""So many changed documents are worth packing."""


class LiveStorage(Storage):
    """Hands TinyDB the newest documents themselves, for reading."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self) -> dict[str, Plain]:
        return cast(dict[str, Plain], self._tables)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        raise TypeError("a calendar changes only inside a transaction")


class State:
    """All documents as of change `seq`, in TinyDB tables. Applying a change never alters a document in place,
    so that whoever holds an older one keeps a consistent picture."""

    def __init__(self, loaded: Loaded) -> None:
        self.seq = loaded.seq
        self.next_ids = loaded.next_ids
        self.born = loaded.versions
        self._tables = loaded.tables
        self._loose = LOOSE
        self._db = TinyDB(self._tables, storage=LiveStorage)

    def documents(self, table: str) -> Mapping[int, Document]:
        return ById(self._tables.get(table, Rows()))

    def get(self, table: str, id: int) -> Document | None:
        rows = self._tables.get(table)
        return rows.get(str(id)) if rows else None

    def tables(self) -> list[str]:
        return list(self._tables)

    def find(self, table: str, where: Callable[[Document], bool]) -> list[Document]:
        return list(self._db.table(table).search(where))

    def apply(self, change: Change) -> None:
        modified = stamp(change.at)
        for op in change.ops:
            self._apply(op, modified)
        for table in {op.table for op in change.ops}:
            self._db.table(table).clear_cache()
        self.seq = change.seq
        self._loose += len(change.ops)

    def _apply(self, op: Op, modified: str) -> None:
        rows = self._tables.setdefault(op.table, Rows())
        key = str(op.id)
        before = rows.get(key)
        if (before is None) != (op.kind == "i") or (before and before["rev"] + 1 != op.rev):
            raise Corrupt(
                _(
                    "change {number} does not follow from the one before it ({table} {id})",
                    number=self.seq + 1,
                    table=op.table,
                    id=op.id,
                ),
                _(
                    "see `cadence verify`; then `cadence rescue NEW` saves what is intact; "
                    "nothing was changed"
                ),
            )
        if op.kind == "d":
            del rows[key]
            return
        before = before or {"id": op.id}
        rows[key] = {**patch.apply(before, op.new), "rev": op.rev, "modified": modified}
        self.next_ids[op.table] = max(self.next_ids.get(op.table, 1), op.id + 1)

    def pack(self) -> None:
        """Take less memory for what is hardly asked for any more; again after so many changes."""
        if self._loose >= LOOSE:
            self._loose = 0
            for rows in self._tables.values():
                rows.pack()

    def as_loaded(self) -> Loaded:
        """The same data for a backend to write down; not a copy."""
        return Loaded(self.seq, self._tables, self.next_ids, self.born)


class ById(Mapping[int, Document]):
    """TinyDB's rows, whose keys are texts, read by number."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, id: int) -> Document:
        try:
            return self._rows[str(id)]
        except KeyError:
            raise KeyError(id) from None

    def __iter__(self) -> Iterator[int]:
        return map(int, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Writable(Protocol):
    """The part of a transaction that editable tables write to."""

    def table_names(self) -> Iterable[str]: ...
    def documents(self, table: str) -> Mapping[int, Document]: ...
    def next_id(self, table: str) -> int: ...
    def put(self, table: str, id: int, document: Document) -> None: ...
    def delete(self, table: str, id: int) -> None: ...


class TransactionStorage(Storage):
    """Gives TinyDB copies to work on and stages what it changed. Costs a copy of everything at each write:
    for upgrades and repairs, not for every day."""

    def __init__(self, tx: Writable) -> None:
        self.tx = tx

    def read(self) -> dict[str, Plain]:
        return {
            table: {str(id): patch.content(document) for id, document in self.tx.documents(table).items()}
            for table in self.tx.table_names()
        }

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        for table in {*data, *self.tx.table_names()}:
            rows = cast(Plain, data.get(table, {}))
            for id in [id for id in self.tx.documents(table) if str(id) not in rows]:
                self.tx.delete(table, id)
            for key, document in rows.items():
                self.tx.put(table, int(key), document)


class EditableTable(Table):
    """A TinyDB table whose new documents get numbers that were never used before."""

    def insert(self, document: Mapping[str, Any]) -> int:
        storage = cast(TransactionStorage, self.storage)
        row = document if isinstance(document, Row) else Row(document, storage.tx.next_id(self.name))
        return super().insert(row)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        return [self.insert(document) for document in documents]


class EditableTables(TinyDB):
    """All tables of a transaction as a TinyDB that can be written to."""

    table_class = EditableTable

    def __init__(self, tx: Writable) -> None:
        super().__init__(tx, storage=TransactionStorage)
