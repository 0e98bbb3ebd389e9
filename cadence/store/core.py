"""The store itself: transactions, refresh, undo, history and versions, the same for every place."""

import threading
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from cadence.language import _, later
from cadence.model.change import Change, Document
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.store import identity, patch, undo
from cadence.store.errors import Conflict, Newer, ReadOnly
from cadence.store.files import backups
from cadence.store.protocol import VERSIONS, Backend, Loaded, News, Reloaded, Report
from cadence.store.rows import Rows
from cadence.store.schema import SCHEMA, Schema, Versions
from cadence.store.tables import EditableTables, State
from cadence.store.times import in_utc
from cadence.store.transaction import Transaction

UPGRADE = later("update Cadence on this computer")
ALLOW = later("change that, or work on a copy")


class DocumentStore:
    """See `cadence.store.protocol.Store`, whose implementation this is for any backend."""

    def __init__(self, backend: Backend, schema: Schema = SCHEMA) -> None:
        self._backend = backend
        self._schema = schema
        self._host = identity.host()
        self._mutex = threading.RLock()
        self._tx: Transaction | None = None
        self._unseen: list[Change] = []
        self._reloaded: Reloaded | None = None
        self._backed_up: date | None = None
        self._state = State(backend.load())
        self._versions = self._read_versions()

    # What there is

    @property
    def url(self) -> str:
        return self._backend.url

    @property
    def calendar_id(self) -> str:
        return self._backend.calendar_id

    @property
    def seq(self) -> int:
        return self._state.seq

    @property
    def schema(self) -> int:
        """The generation of the documents."""
        return self._versions.schema

    @property
    def readonly(self) -> str | None:
        if self._versions.min_writer > self._schema.current:
            return _("it is written by a newer Cadence")
        return self._backend.readonly

    def documents(self, table: str) -> Mapping[int, Document]:
        return self._state.documents(table)

    def find(self, table: str, where: Callable[[Document], bool]) -> list[Document]:
        return self._state.find(table, where)

    def pack(self) -> None:
        """Take less memory, once the snapshot is made of what was read."""
        with self._mutex:
            self._state.pack()

    def next_ids(self) -> Mapping[str, int]:
        return dict(self._state.next_ids)

    # Changing it

    @contextmanager
    def transaction(self, *, by: str, why: str, at: datetime, timeout: float = 5.0) -> Generator[Transaction]:
        at = in_utc(at)
        self._check_text(by, why)
        with self._mutex:
            if self._tx is not None:
                raise RuntimeError("a transaction is already open on this store")
            self._check_writable()
            with self._backend.lock(timeout):
                self._catch_up(locked=True)
                self._check_writable()
                tx = Transaction(self._state, at, self._take_news(), self._newest, self._take_back)
                tx.why = why
                self._tx = tx
                try:
                    yield tx
                finally:
                    self._tx = None
                tx.change = self._commit(tx, by, at)
            if tx.change is not None:
                self._backend.checkpoint(self._state.as_loaded(), "if due")

    def _commit(self, tx: Transaction, by: str, at: datetime) -> Change | None:
        ops = tx.ops()
        if not ops:
            return None
        self._check_text(tx.why)
        change = Change(
            seq=self.seq + 1,
            at=at,
            by=by,
            why=tx.why,
            ops=ops,
            undoes=tx.undoes,
            tx=identity.token(),
            host=self._host,
        )
        self._backend.append(change)
        self._apply(change)
        return change

    def refresh(self) -> News:
        with self._mutex:
            self._catch_up(locked=False)
            return self._take_news()

    def wait(self, timeout: float) -> bool:
        return bool(self._unseen) or self._backend.wait(timeout)

    def _catch_up(self, *, locked: bool) -> None:
        """Bring the state up to date. What is new waits in `_unseen` until somebody asks for it."""
        news = self._backend.tail(locked=locked)
        if news is None or self.seq + len(news) != self._backend.seq:
            self._state = State(self._backend.load())
            self._unseen.clear()
            self._reloaded = Reloaded(_("the calendar was read anew"))
            self._versions = self._read_versions()
            return
        for change in news:
            self._unseen.append(change)
            self._apply(change)

    def _apply(self, change: Change) -> None:
        self._state.apply(change)
        if any(op.table == VERSIONS for op in change.ops):
            self._versions = self._read_versions()

    def _take_news(self) -> News:
        if self._reloaded is not None:
            news, self._reloaded = self._reloaded, None
            self._unseen.clear()
            return news
        news, self._unseen = self._unseen, []
        return news

    # Taking changes back

    def undo(self, seq: int, *, by: str, why: str, at: datetime) -> Change:
        with self.transaction(by=by, why=why, at=at) as tx:
            self._keep_unseen(tx.missed)
            tx.undo(seq)
        assert tx.change is not None, "a change that changed nothing is never stored"
        return tx.change

    def _keep_unseen(self, news: News) -> None:
        if isinstance(news, Reloaded):
            self._reloaded = news
        else:
            self._unseen = [*news, *self._unseen]

    def _take_back(self, tx: Transaction, seq: int) -> None:
        change = next(self.history(since=seq, until=seq, newest_first=True), None)
        if change is None:
            raise NotFound(_("there is no change {number}", number=seq))
        if any(op.table == VERSIONS for op in change.ops):
            raise Refused(
                _("change {number} upgraded the calendar and cannot be undone", number=seq),
                _("restore the backup that was taken before it"),
            )
        tx.undoes = seq
        for op in reversed(change.ops):
            was = undo.before(op, tx.get(op.table, op.id))
            if isinstance(was, undo.Built):
                raise Conflict(was.table, was.id, was.path, self._newest(was.table, was.id, was.path, seq))
            if was is None:
                tx.delete(op.table, op.id)
            else:
                tx.put(op.table, op.id, was)

    def _newest(self, table: str, id: int, path: tuple[str, ...], after: int = 0) -> Change | None:
        """The newest change after change `after` that wrote a field of a document."""
        for change in self.history(table=table, id=id, since=after + 1, newest_first=True):
            if undo.touches(change, table, id, path):
                return change
        return None

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
        first, last = since or 1, self.seq if until is None else until
        about = None if table is None or id is None else (table, id)
        for change in self._backend.changes(
            newest_first=newest_first,
            about=about,
            until=until,
            back_to=back_to,
            most=most if table is None else None,  # what is looked for may come late
        ):
            if change.seq < first if newest_first else change.seq > last:
                return
            if first <= change.seq <= last and undo.matches(change, table=table, id=id, by=by):
                yield change if most is None else change.beginning(most)

    # Housekeeping

    def backup(self, destination: Path | None = None) -> Path:
        with self._mutex:
            path = destination or self._backups()
            if destination is None or path.is_dir():
                path /= f"change-{self.seq}.log"
            backups.write(path, self.calendar_id, self._state.born, self._backend.changes(newest_first=False))
            return path

    def backup_if_due(self, today: date) -> Path | None:
        folder = self._backend.backups
        if folder is None or self.readonly or self._backed_up == today:
            return None
        path = folder / f"{today.isoformat()}.log"
        self._backed_up = today
        if path.exists():
            return None
        self.backup(path)
        backups.make_room(folder)
        return path

    def restore(
        self, backup: Path, *, by: str, at: datetime, why: str = "", lost_for_good: Collection[str] = ()
    ) -> Change | None:
        found = backups.read(backup)
        if found.calendar_id != self.calendar_id:
            raise Refused(
                _("{path} is a backup of another calendar", path=backup), _("restore it into a new file")
            )
        if Versions.of(found.loaded.versions, found.loaded.versions_document()) != self._versions:
            raise Refused(
                _("{path} was made before the calendar was upgraded", path=backup),
                _("restore it into a new file, which is then upgraded"),
            )
        return self.become(
            found.loaded,
            by=by,
            at=at,
            why=why or _("restore {name}", name=backup.name),
            lost_for_good=lost_for_good,
        )

    def become(
        self, then: Loaded, *, by: str, at: datetime, why: str, lost_for_good: Collection[str] = ()
    ) -> Change | None:
        """Make today's documents those of another moment, as one change; None when nothing differs."""
        with self.transaction(by=by, why=why, at=at) as tx:
            self._keep_unseen(tx.missed)
            for table, id, document in difference(then, tx):
                if document is None or (table in lost_for_good and tx.get(table, id) is not None):
                    tx.delete(table, id)
                elif table not in lost_for_good:
                    tx.put(table, id, document)
        return tx.change

    @property
    def notes(self) -> Path | None:
        return self._backend.notes

    def _backups(self) -> Path:
        if self._backend.backups is None:
            raise BadInput(
                _("{path} has no folder for backups", path=self.url), _("say where the backup shall go")
            )
        return self._backend.backups

    def verify(self) -> Report:
        with self._mutex:
            return self._backend.verify(self._state.as_loaded())

    def checkpoint(self) -> None:
        with self._mutex:
            self._backend.checkpoint(self._state.as_loaded(), "now")

    def close(self) -> None:
        with self._mutex:
            if not self.readonly:
                self._backend.checkpoint(self._state.as_loaded(), "leaving")
            self._backend.close()

    # Versions

    def upgrade(self, at: datetime) -> Change | None:
        """Bring an older calendar to the generation of this program, with a backup first; None if it is
        there already."""
        if self._versions.schema >= self._schema.current:
            return None
        self._check_writable()
        self._back_up_before_upgrade()
        steps = self._schema.steps_after(self._versions.schema)
        why = _("upgrade: {steps}", steps=", ".join(step.what for step in steps))
        with self.transaction(by="cadence", why=why, at=at) as tx:
            for step in steps:
                step.upgrade(EditableTables(tx))
            versions = Versions(self._schema.current, steps[-1].min_reader, steps[-1].min_writer)
            tx.put(VERSIONS, 1, asdict(versions))
        return tx.change

    def _back_up_before_upgrade(self) -> None:
        if self._backend.backups is not None:
            path = self._backend.backups / f"before-generation-{self._schema.current}.log"
            if not path.exists():
                self.backup(path)

    def _read_versions(self) -> Versions:
        versions = Versions.of(self._state.born, self._state.get(VERSIONS, 1) or {})
        if versions.min_reader > self._schema.current:
            raise Newer(_("{path} is written by a newer Cadence", path=self.url), _(UPGRADE))
        return versions

    def _check_writable(self) -> None:
        if reason := self.readonly:
            newer = self._versions.min_writer > self._schema.current
            raise ReadOnly(
                _("{path} cannot be changed from here: {reason}", path=self.url, reason=reason),
                _(UPGRADE if newer else ALLOW),
            )

    @staticmethod
    def _check_text(*texts: str) -> None:
        for text in texts:
            try:
                text.encode()
            except UnicodeEncodeError:
                raise BadInput(_("a name or a reason holds half a character (a lone surrogate)")) from None


def difference(then: Loaded, tx: Transaction) -> list[tuple[str, int, Document | None]]:
    """The documents that must be put (None: deleted) to have again those of another moment."""
    steps: list[tuple[str, int, Document | None]] = []
    for table in dict.fromkeys([*then.tables, *tx.table_names()]):
        rows, now = then.tables.get(table, Rows()), tx.documents(table)
        steps += [(table, id, None) for id in now if str(id) not in rows]
        steps += [
            (table, int(key), document)
            for key, document in rows.items()
            if int(key) not in now or any(patch.diff(document, now[int(key)]))
        ]
    return steps
