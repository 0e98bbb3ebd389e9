"""One open calendar.

It keeps the store and the current snapshot together, runs operations on the newest state as one durable
change, takes changes back, and tells listeners what happened.
"""

from __future__ import annotations

import gc
import getpass
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TypedDict, TypeVar, Unpack
from uuid import uuid4

from msgspec.structs import replace

from cadence.language import _
from cadence.model.calendar import SINGLE, Calendar
from cadence.model.change import Change, Document
from cadence.model.documents import Value, encode
from cadence.model.errors import CadenceError, Refused
from cadence.model.post import Post
from cadence.model.times import to_local, zone_of
from cadence.operations.edit import Edit, Operation, Who
from cadence.operations.holding import Taken
from cadence.operations.integrity import check_whole
from cadence.operations.undoing import last_of, last_undo_of, numbered
from cadence.store import News, Reloaded, Report, Store, Tx, open_store
from cadence.workspace.past import Key, Past, check_unseen, key_of
from cadence.workspace.taking_back import no_difference, take_back

T = TypeVar("T")
Listener = Callable[[Sequence[Change]], None]
"""Called with the new changes, after the snapshot has them; with none when everything may be different."""


class Which(TypedDict, total=False):
    """Changes `by` somebody, from number `since` to number `until`. Newest first, unless asked otherwise,
    they may end before the first that was made before `back_to`. They come with `most` of their operations,
    if that is said: an import has thousands."""

    by: str | None
    since: int | None
    until: int | None
    back_to: datetime | None
    newest_first: bool
    most: int | None


@dataclass(frozen=True)
class Done:
    """What came of it. `change` is None when there was nothing to do; `note` is something else to know."""

    said: str
    change: Change | None
    calendar: Calendar
    note: str = ""


class Workspace:
    """May be used from several threads: one acts at a time, `calendar` never waits."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = RLock()
        self._listeners: list[Listener] = []
        self._untold: list[Sequence[Change]] = []
        self._missed: list[Change] = []
        self._calendar = self._load()

    @classmethod
    def open(cls, url: str | Path, *, create: bool = False) -> Workspace:
        """Open the calendar at `url`; with `create`, make it first if there is none."""
        with _collector_at_rest():
            return cls(open_store(url, create=create))

    @property
    def calendar(self) -> Calendar:
        """The current snapshot."""
        return self._calendar

    @property
    def url(self) -> str:
        return self._store.url

    @property
    def calendar_id(self) -> str:
        """A random identity, the same for all copies of this calendar."""
        return self._store.calendar_id

    @property
    def readonly(self) -> str | None:
        """Why nothing can be changed from here, or None when it can."""
        return self._store.readonly

    @property
    def notes(self) -> Path | None:
        """A folder beside the calendar for what needs neither history nor safety; None: no place."""
        return self._store.notes

    # Doing

    def run(
        self,
        operation: Operation,
        /,
        *args: object,
        who: Who,
        now: datetime,
        why: str = "",
        by: str = "",
        expect: Mapping[Key, int] | None = None,
        before_writing: Callable[[], object] | None = None,
        **options: object,
    ) -> Done:
        """Run an operation on the newest state and store what it changes, all or nothing.

        `expect` are the revisions that a form showed: where somebody has changed the same field since, this
        is refused, saying who did. `by` signs what nobody in particular does. The operation's refusals pass
        through; nothing is stored then, nor when `before_writing` raises: that is called when nothing but
        writing is left to do.
        """
        with self._door(), self._transaction(by or _name(who), now) as tx:
            edit = self._edit(operation, args, self._newest(who), now, options)
            documents = [(value, encode(value)) for value in map(_with_uid, edit.puts)]
            check_unseen(self._past(), tx, edit, documents, expect or {})
            check_whole(self._calendar, edit)
            _store(tx, edit, documents)
            tx.why = f"{edit.said} - {why}" if why else edit.said
            if before_writing is not None:
                before_writing()
        return Done(edit.said, tx.change, self._calendar, self._backup_of_today(tx, now))

    def preview(
        self, operation: Operation, /, *args: object, who: Who, now: datetime, **options: object
    ) -> tuple[Edit, Calendar]:
        """What an operation would do, and the calendar as it would be. Nothing is stored."""
        calendar = self._calendar
        edit = operation(calendar, who, *args, now=now, **options)
        for value in edit.puts:
            encode(value)
        return edit, edit.on(calendar)

    def undo(self, who: Who, now: datetime, seq: int | None = None) -> Done:
        """Take back change `seq`, or my last change that stands. Refused, saying who did it, when somebody
        has built upon it."""

        def choose() -> Change:
            return self._next_undo(who) if seq is None else numbered(self._newest_first(), seq)

        return self._take_back(who, now, choose)

    def next_undo(self, who: Who) -> Change:
        """My last change that stands. Refused when there is none."""
        with self._lock:
            return self._next_undo(who)

    def check_undo(self, who: Who, now: datetime, seq: int) -> str:
        """What undoing change `seq` would be, for people; refused as `undo` would be. Nothing is stored."""
        try:
            with self._door(), self._transaction(_name(who), now) as tx:
                target = numbered(self._newest_first(), seq)
                raise _OnlyTried(take_back(self._past(), tx, target))
        except _OnlyTried as tried:
            return tried.said

    def redo(self, who: Who, now: datetime) -> Done:
        """Take back my last undo, unless I have changed something since."""
        return self._take_back(who, now, lambda: self._next_redo(who))

    def next_redo(self, who: Who) -> Change:
        """The undo that `redo` would take back. Refused when there is none."""
        with self._lock:
            return self._next_redo(who)

    def restore(self, backup: Path, *, who: Who, now: datetime, why: str = "") -> Done:
        """Make the calendar what it was in a backup, as one change that can be undone. Addresses of feeds
        that were given up since stay dead."""
        with self._door():
            change = self._store.restore(backup, by=_name(who), at=now, why=why, lost_for_good=("feeds",))
            self._reload()
        if change is None:
            said = _("{name} holds what is here already", name=backup.name)
        else:
            said = _("Restored {name}", name=backup.name)
        return Done(said, change, self._calendar)

    # Hearing of others

    def refresh(self) -> list[Change]:
        """Bring the snapshot up to date. Returns others' changes since the last call, also those that came
        in with a change of ours; after a `Reloaded` there are none, but the snapshot is another."""
        with self._door():
            self._take(self._store.refresh())
            missed, self._missed = self._missed, []
        return missed

    def wait(self, timeout: float) -> bool:
        """Block until there may be something new, at most `timeout` seconds. May run beside everything."""
        return self._store.wait(timeout)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change, ours and others', in the thread that found out. Returns what
        ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # Looking back, and housekeeping

    def history(
        self, *, post: int | None = None, limit: int | None = None, **which: Unpack[Which]
    ) -> list[Change]:
        """Changes of the calendar, or of one post."""
        return self.told_by(lambda change: change, post=post, limit=limit, **which)

    def told_by(
        self,
        each: Callable[[Change], T],
        *,
        post: int | None = None,
        limit: int | None = None,
        **which: Unpack[Which],
    ) -> list[T]:
        """What `each` makes of these changes. One is read at a time: only what is made of it takes room."""
        which.setdefault("newest_first", True)
        with self._lock:
            found = self._store.history(table=None if post is None else "posts", id=post, **which)
            return [each(change) for change in islice(found, limit)]

    def backup(self, destination: Path | None = None) -> Path:
        """Copy the calendar with its history into a new file, verified before it counts."""
        with self._lock:
            return self._store.backup(destination)

    def verify(self) -> Report:
        """Read everything again and say what is wrong and where."""
        with self._lock:
            return self._store.verify()

    def pack(self) -> None:
        """Take less memory: for whoever stays for long. Some 50 ms for 10,000 posts, once."""
        with self._lock:
            self._store.pack()

    def close(self) -> None:
        with self._lock:
            self._store.close()

    # The snapshot

    def _load(self) -> Calendar:
        return Calendar.load(self._store.documents, seq=self._store.seq, next_ids=self._store.next_ids())

    def _reload(self) -> None:
        with _collector_at_rest():
            self._calendar = self._load()
        self._untold.append(())

    def _take(self, news: News) -> None:
        """Bring the snapshot up to what the store has seen."""
        if isinstance(news, Reloaded):
            self._missed.clear()
            self._reload()
            return
        fresh = [change for change in news if change.seq > self._calendar.seq]
        self._missed += fresh
        self._apply(fresh)

    def _apply(self, changes: Sequence[Change]) -> None:
        if changes:
            self._calendar = self._calendar.apply(changes, self._store.documents)
            self._untold.append(changes)

    @contextmanager
    def _door(self) -> Generator[None]:
        """One at a time; listeners are told afterwards, when others may enter."""
        try:
            with self._lock:
                yield
        finally:
            with self._lock:
                untold, self._untold = self._untold, []
            for changes in untold:
                for listener in tuple(self._listeners):
                    listener(changes)

    @contextmanager
    def _transaction(self, by: str, now: datetime) -> Generator[Tx]:
        """A transaction whose beginning and end the snapshot follows."""
        with self._store.transaction(by=by, why="", at=now) as tx:
            self._take(tx.missed)
            yield tx
        if tx.change:
            self._apply([tx.change])

    # Running an operation

    def _newest(self, who: Who) -> Who:
        """Who acts, as they are now."""
        if who is None:
            return None
        now = self._calendar.members.get(who.id)
        if now is None:
            raise Refused(
                _("{name} is not a member any more", name=who.name), _("say who you are with --as NAME")
            )
        return now

    def _edit(
        self,
        operation: Operation,
        args: Iterable[object],
        who: Who,
        now: datetime,
        options: Mapping[str, object],
    ) -> Edit:
        try:
            return operation(self._calendar, who, *args, now=now, **options)
        except Taken as lost:
            field = ("tasks", lost.ref.kind, "member")
            taken = self._past().last_change(("posts", lost.ref.post), field)
            if taken is None:
                raise
            said = _("{message}, since {time}", message=lost.message, time=self._past().when(taken))
            raise Taken(said, lost.remedy, lost.ref) from None

    def _backup_of_today(self, tx: Tx, now: datetime) -> str:
        """The first change of a day makes a backup. If that fails the change is stored all the same."""
        if tx.change is None:
            return ""
        try:
            with self._lock:
                self._store.backup_if_due(to_local(now, zone_of(self._calendar.team.zone)).date())
        except CadenceError as error:
            return _("the backup of today failed: {error}", error=error)
        return ""

    # Taking back

    def _past(self) -> Past:
        return Past(self._store, self._calendar)

    def _newest_first(self) -> Iterator[Change]:
        return self._store.history(newest_first=True)

    def _next_undo(self, who: Who) -> Change:
        return last_of(self._newest_first(), _name(who))

    def _next_redo(self, who: Who) -> Change:
        return last_undo_of(self._newest_first(), _name(who), self._past().change)

    def _take_back(self, who: Who, now: datetime, choose: Callable[[], Change]) -> Done:
        with self._door(), self._transaction(_name(who), now) as tx:
            target = choose()
            tx.why = take_back(self._past(), tx, target)
        if tx.change is None:
            raise no_difference(target)
        return Done(tx.change.why, tx.change, self._calendar)


class _OnlyTried(Exception):
    """Leaves a transaction so that nothing is stored."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def login_name() -> str:
    """Whoever runs this, as the history records it before there are members."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may have no name for its user
        return _("somebody")


def _name(who: Who) -> str:
    return who.name if who else login_name()


def _with_uid(value: Value) -> Value:
    """Every post has a random identity, which is what leaves the program."""
    return replace(value, uid=uuid4().hex) if isinstance(value, Post) and not value.uid else value


def _store(tx: Tx, edit: Edit, documents: Sequence[tuple[Value, Document]]) -> None:
    for value in edit.removes:
        tx.delete(*key_of(value))
    for value, document in sorted(documents, key=lambda pair: pair[0].id):
        table, id = key_of(value)
        if table in SINGLE:
            tx.put(table, id, document)
        elif tx.get(table, id) is not None:
            tx.replace(table, id, document)
        elif (given := tx.insert(table, document)) != id:
            raise RuntimeError(f"an operation called a new document {id} in {table}, it is {given}")


@contextmanager
def _collector_at_rest() -> Generator[None]:
    """Without garbage collection: a load makes a great many lasting objects and no garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
