"""What a store offers to the floors above, and what a place to keep a calendar must offer to the store.

A store knows documents (plain JSON data, by table and number) and changes; not what they mean.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from cadence.language import _
from cadence.model.change import Change, Document
from cadence.store.rows import Rows, Tables

META = ("id", "rev", "modified")
"""The fields that the store stamps on every document and leaves out of every patch: its number, its revision
(1, 2, 3 …) and the instant of its last change (ISO 8601, UTC, `Z`)."""

VERSIONS = "_versions"
"""The table whose document 1 says which version of Cadence may read and write the calendar."""


@dataclass(frozen=True)
class Reloaded:
    """Instead of a list of changes: everything may be different. The file was replaced, or a failed write or
    an interruption left this handle unsure of what it knew.

    Read all documents again. `why` is a phrase for people.
    """

    why: str


News = Sequence[Change] | Reloaded


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: in which file, at which byte (counted from 0) and line (from 1), and what."""

    path: str
    offset: int
    line: int
    text: str

    def __str__(self) -> str:
        place = _("{path}, line {line} (byte {byte})", path=self.path, line=self.line, byte=self.offset)
        return f"{place}: {self.text}"


@dataclass(frozen=True)
class Report:
    """What `verify` found. `problems` are damage; `notes` are harmless, such as a leftover of a crash."""

    url: str
    changes: int
    documents: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


class Tx(Protocol):
    """An open transaction: it reads the newest state, under the lock, with its own writes included.

    `why` begins as it was given and may be made more precise by what the transaction finds.
    """

    why: str

    @property
    def seq(self) -> int:
        """The sequence number of the state that this transaction builds on."""
        ...

    @property
    def missed(self) -> News:
        """What others changed since this store last looked (known only now that the lock is held)."""
        ...

    @property
    def change(self) -> Change | None:
        """After the transaction: what was committed, or None when there was nothing to do."""
        ...

    def get(self, table: str, id: int) -> Document | None: ...

    def documents(self, table: str) -> Mapping[int, Document]: ...

    def next_id(self, table: str) -> int:
        """The number that the next inserted document gets. Numbers are never used twice."""
        ...

    def insert(self, table: str, document: Document) -> int:
        """Add a document and return its number. `id`, `rev` and `modified` in it are ignored: they are ours.
        BadInput if it is not plain JSON data without nulls."""
        ...

    def replace(self, table: str, id: int, document: Document, *, expect: int | None = None) -> None:
        """Give a document new content, whole. What differs is worked out here; nothing differs, nothing is
        stored. `expect` is the revision that the caller saw: Conflict if it is not the newest.
        NotFound if there is no such document."""
        ...

    def put(self, table: str, id: int, document: Document) -> None:
        """Insert or replace a document whose number is known, as that of a table with a single one is."""
        ...

    def delete(self, table: str, id: int, *, expect: int | None = None) -> None: ...

    def undo(self, seq: int) -> None:
        """Take back change `seq` as part of this transaction; see `Store.undo`."""
        ...


class Store(Protocol):
    """One open calendar. A handle belongs to one thread at a time; only `wait` may run beside."""

    @property
    def url(self) -> str: ...

    @property
    def calendar_id(self) -> str:
        """A random identity, the same for all copies of a calendar."""
        ...

    @property
    def seq(self) -> int:
        """The sequence number of the newest change that this handle has seen; 0 for a new calendar."""
        ...

    @property
    def readonly(self) -> str | None:
        """Why nothing can be changed from here, or None when it can."""
        ...

    def documents(self, table: str) -> Mapping[int, Document]:
        """The current documents by number, with `id`, `rev` and `modified`. They are not copies: do not
        change them. A document never changes either: a new revision is a new object."""
        ...

    def find(self, table: str, where: Callable[[Document], bool]) -> list[Document]:
        """The documents for which `where` holds, as copies."""
        ...

    def pack(self) -> None:
        """Take less memory for documents that are hardly asked for any more. They read as before."""
        ...

    def next_ids(self) -> Mapping[str, int]:
        """For each table ever used, the number that the next inserted document gets."""
        ...

    def transaction(
        self, *, by: str, why: str, at: datetime, timeout: float = 5.0
    ) -> AbstractContextManager[Tx]:
        """Change something, all or nothing: what was done inside becomes one Change when the block ends
        normally, and never happened when it ends with an exception. `at` is an aware time.

        Waits up to `timeout` seconds for the lock, then Busy. ReadOnly, WriteFailed, OutcomeUnknown,
        LockBroken, Corrupt, Newer as their names say.
        """
        ...

    def refresh(self) -> News:
        """What others changed since this handle last looked. Cheap when nothing happened (one `stat`).
        What this handle committed itself is not in it."""
        ...

    def wait(self, timeout: float) -> bool:
        """Block until there may be something new, at most `timeout` seconds; True if there may be."""
        ...

    def history(
        self,
        *,
        table: str | None = None,
        id: int | None = None,
        by: str | None = None,
        since: int | None = None,
        until: int | None = None,
        back_to: datetime | None = None,
        newest_first: bool = False,
        most: int | None = None,
    ) -> Iterator[Change]:
        """The changes with sequence numbers from `since` to `until`, both included, that touch `table` (and
        there document `id`) and were made `by` somebody. Oldest first unless asked otherwise. Newest first
        they end before the first that was made before `back_to`. Of each `most` operations are there, and
        the others counted."""
        ...

    def undo(self, seq: int, *, by: str, why: str, at: datetime) -> Change:
        """Take back change `seq` by a new change that says so (`undoes`). Undo the undo to redo.

        Only where every field still is what that change made it; otherwise Conflict, naming who changed
        it since. What others changed meanwhile is returned by the next `refresh`.
        """
        ...

    def backup(self, destination: Path | None = None) -> Path:
        """Copy the calendar with its history into a new file, verified before it counts, while others may go
        on writing. Without a destination: into the calendar's folder of backups. Returns the file.
        BadInput if something else is there; WriteFailed."""
        ...

    def backup_if_due(self, today: date) -> Path | None:
        """The first time on a day: a backup of today, and the oldest ones make room (14 days and 8 weeks
        are kept). Call it after a commit; it costs nothing when today's is there. WriteFailed if it cannot be
        written; the commit is safe all the same."""
        ...

    @property
    def notes(self) -> Path | None:
        """A folder beside the calendar for what needs neither history nor safety, if the place has one. It
        may not be there yet."""
        ...

    def restore(
        self, backup: Path, *, by: str, at: datetime, why: str = "", lost_for_good: Collection[str] = ()
    ) -> Change | None:
        """Make today's documents what they were in `backup`, as one change that can be undone. None when
        nothing differs. What is gone or other today of the tables `lost_for_good` does not come back.
        Foreign, Newer, Corrupt for a file that is not a good backup of this calendar."""
        ...

    def verify(self) -> Report:
        """Read everything again from the first byte and compare it with itself and with what is in memory."""
        ...

    def checkpoint(self) -> None:
        """Write the current state in a form that opens fast. Never needed for safety."""
        ...

    def close(self) -> None: ...


@dataclass
class Loaded:
    """A calendar as a place holds it: TinyDB's own shape `{table: {"id": document}}`, the next number of each
    table, and the newest sequence number. `versions` is what the place was created with."""

    seq: int = 0
    tables: Tables = field(default_factory=dict[str, Rows])
    next_ids: dict[str, int] = field(default_factory=dict[str, int])
    versions: Mapping[str, int] = field(default_factory=dict[str, int])

    def versions_document(self) -> Mapping[str, Any]:
        """What upgrades have written about versions since."""
        return self.tables.get(VERSIONS, Rows()).get("1", {})


When = Literal["now", "if due", "leaving"]


class Backend(Protocol):
    """A place to keep a calendar. Five primitives (lock, load, tail, append, wait) carry transactions, undo,
    history, conflicts and versions, which are written once for all places; the rest is housekeeping."""

    @property
    def url(self) -> str: ...
    @property
    def calendar_id(self) -> str: ...
    @property
    def readonly(self) -> str | None: ...
    @property
    def seq(self) -> int:
        """The newest change given so far by `load`, `tail` or `append`."""
        ...

    @property
    def backups(self) -> Path | None:
        """The folder for backups, if the place has one."""
        ...

    @property
    def notes(self) -> Path | None:
        """See `Store.notes`."""
        ...

    def lock(self, timeout: float) -> AbstractContextManager[None]:
        """Keep all other writers out, everywhere. Busy after `timeout` seconds."""
        ...

    def load(self) -> Loaded:
        """Everything, as of the newest change, from scratch. The caller owns the result."""
        ...

    def tail(self, *, locked: bool) -> list[Change] | None:
        """The changes after those already given by `load`, `tail` or `append`; None when these are no longer
        the beginning of the story, so that everything must be loaded again. `locked`: the caller holds the
        lock, so that nobody is in the middle of writing and remains of a crash can be told and cleaned up."""
        ...

    def append(self, change: Change) -> None:
        """Store the next change. When this returns the change survives a power cut. The lock is held."""
        ...

    def wait(self, timeout: float) -> bool: ...

    def changes(
        self,
        *,
        newest_first: bool,
        about: tuple[str, int] | None = None,
        until: int | None = None,
        back_to: datetime | None = None,
        most: int | None = None,
    ) -> Iterator[Change]:
        """All changes up to the newest one given so far. Those that do not touch the document `about` may be
        left out, those after number `until`, and the operations of one after the first `most`. Newest first
        it ends before the first that was made before `back_to`."""
        ...

    def checkpoint(self, state: Loaded, when: When) -> None:
        """Write `state` (the newest) so that the next `load` is fast: now, or only if it is worth while."""
        ...

    def verify(self, state: Loaded) -> Report: ...
    def close(self) -> None: ...
