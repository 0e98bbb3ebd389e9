"""A calendar in three files side by side: journal, checkpoint and lock."""

import gc
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cadence.language import _
from cadence.model.change import Change
from cadence.model.errors import NotFound
from cadence.store.errors import Corrupt, Foreign, StoreError
from cadence.store.files import checkpoint, folders
from cadence.store.files.checkpoint_file import CheckpointFile
from cadence.store.files.disk import Disk, beside
from cadence.store.files.journal import Position, Scan
from cadence.store.files.journal_file import JournalFile
from cadence.store.files.lock import Lock
from cadence.store.files.trouble import damaged, is_forbidden, kind_text, reading, reason, too_short, writing
from cadence.store.files.verify import verify
from cadence.store.protocol import Loaded, Report, When
from cadence.store.tables import State

POLL = 0.1
"""Seconds between two looks at the journal while waiting."""

NETWORK_POLL = 1.0

PATIENCE = 5.0
"""Seconds to wait for the lock when nobody said how long."""


class FilesBackend:
    """See `cadence.store.protocol.Backend`."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self.path = path
        self._disk = disk or Disk()
        self._must_reload = False
        with reading(path):
            require_calendar(self._disk, path)
            self._journal = JournalFile(self._disk, beside(path, ".log"))
            self._checkpoint = CheckpointFile(self._disk, path)
            self._is_network = folders.is_network(path)
            self._lock, self.readonly = self._open_lock()

    def _open_lock(self) -> tuple[Lock | None, str | None]:
        path = beside(self.path, ".lock")
        if self._disk.kind(path) not in (None, "file"):
            raise Foreign(_("{path} is in the way of the lock file", path=path), _("move it away"))
        why = folders.unsafe(self.path)
        if self._journal.readonly:
            why = _("its journal cannot be written, {reason}", reason=reason(self._journal.readonly))
        try:
            return Lock(self._disk, path, self.calendar_id), why
        except OSError as error:
            if not is_forbidden(error):
                raise
            return None, why or _("its lock file cannot be written, {reason}", reason=reason(error))

    @property
    def url(self) -> str:
        return str(self.path)

    @property
    def calendar_id(self) -> str:
        return self._journal.header.calendar_id

    @property
    def seq(self) -> int:
        return self._journal.seen.seq

    @property
    def backups(self) -> Path:
        return beside(self.path, ".backups")

    @property
    def notes(self) -> Path:
        return beside(self.path, ".notes")

    # Reading

    def load(self) -> Loaded:
        """From the checkpoint and the journal after it, or else from the whole journal."""
        with reading(self.path), _without_garbage_collection():
            if self._must_reload or self._journal.size_in_place() is None:
                fresh = JournalFile(self._disk, self._journal.path)
                self._journal.close()
                self._journal = fresh
                if self._lock:
                    self._lock.follow(self.calendar_id)
            found = self._checkpoint.read(self.calendar_id)
            loaded = (found and self._continue(found)) or self._replay(self._journal.start, State(Loaded()))
            self._must_reload = False
        loaded.versions = self._journal.header.versions
        return loaded

    def _continue(self, found: checkpoint.Checkpoint) -> Loaded | None:
        """The checkpoint and what the journal adds to it; None if the two do not belong together."""
        head = found.head
        last_line = self._journal.last_line(head.offset) if head.offset <= self._journal.size else b""
        start = Position(head.offset, int(head.chain, 16), head.seq, last_line)
        if last_line.endswith(b'"crc":"%08x"}\n' % start.chain):
            return self._replay(start, State(found.loaded()))
        loaded = self._replay(self._journal.start, State(Loaded()))
        if loaded.seq < head.seq:
            raise too_short(self._journal.path, self._journal.seen, head.seq)
        self._checkpoint.is_bad = True
        return loaded

    def _replay(self, start: Position, state: State) -> Loaded:
        acknowledged = self._acknowledged()
        found = self._journal.scan(start)
        self._check(found, acknowledged)
        for change in found.changes:
            state.apply(change)
        self._journal.seen = found.at
        return state.as_loaded()

    def _check(self, found: Scan, acknowledged: int) -> None:
        """Corrupt if stored changes are missing. `acknowledged` was read before the journal was."""
        if found.is_damaged:
            raise damaged(self._journal.path, found.at)
        if found.at.seq < acknowledged:
            raise too_short(self._journal.path, found.at, acknowledged)

    def _acknowledged(self) -> int:
        return self._lock.mark() if self._lock else 0

    def tail(self, *, locked: bool) -> list[Change] | None:
        with reading(self._journal.path):
            size = self._size()
            if self._must_reload or size is None or size < self._journal.seen.end:
                self._must_reload = True
                return None
            found = Scan(self._journal.seen, [], b"")
            if size > self._journal.seen.end:
                acknowledged = self._acknowledged()
                found = self._journal.scan(self._journal.seen)
                if found.rest and not locked and b"\n" in found.rest:
                    return self._look_closer(found)
                if locked:
                    self._check(found, acknowledged)
        if locked:
            self._settle(found)
        self._journal.seen = found.at
        return found.changes

    def _size(self) -> int | None:
        """The length of the journal, None if it was replaced. On a network folder only opening the file anew
        guarantees to see what others wrote."""
        if self._is_network:
            self._journal.reopen()
        return self._journal.size_in_place()

    def _look_closer(self, found: Scan) -> list[Change] | None:
        """A whole line that is no change: either somebody was cleaning up while we read, or it is damage."""
        if self.readonly is None:
            with self.lock(PATIENCE):
                return self.tail(locked=True)
        self._check(found, self._acknowledged())
        self._journal.seen = found.at
        return found.changes

    def _settle(self, found: Scan) -> None:
        """Under the lock nobody is in the middle of writing: whatever is unfinished was left by a crash."""
        if found.rest:
            self._journal.cut(found)
        self._journal.seen = found.at
        self._make_durable()

    def _make_durable(self) -> None:
        """Under the lock: a change that was seen but not acknowledged may not have reached the disk."""
        seq = self._journal.seen.seq
        if self._lock and not self._lock.mark_is(seq) and seq > self._lock.mark():
            self._journal.rewrite_last()
            self._mark(seq)

    def changes(
        self,
        *,
        newest_first: bool,
        about: tuple[str, int] | None = None,
        until: int | None = None,
        back_to: datetime | None = None,
        most: int | None = None,
    ) -> Iterator[Change]:
        with reading(self._journal.path):
            yield from self._journal.changes(
                newest_first=newest_first, about=about, until=until, back_to=back_to, most=most
            )

    def wait(self, timeout: float) -> bool:
        deadline = time.monotonic() + timeout
        while not self._may_have_news():
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return False
            time.sleep(min(NETWORK_POLL if self._is_network else POLL, remaining))
            if self._is_network:
                return True
        return True

    def _may_have_news(self) -> bool:
        """A glance that may run beside another thread's work. On a network folder it proves nothing."""
        try:
            return self._journal.size_in_place() != self._journal.seen.end
        except FileNotFoundError:
            return True

    # Writing

    @contextmanager
    def lock(self, timeout: float) -> Generator[None]:
        if self._lock is None:
            raise StoreError(_("{path} cannot be locked", path=self.path), _("it can only be read from here"))
        with writing(self.path):
            self._lock.acquire(timeout)
        try:
            yield
        finally:
            self._lock.release()

    def append(self, change: Change) -> None:
        try:
            with writing(self._journal.path):
                self._journal.make_writable()
            self._journal.append(change)
        except StoreError:
            self._must_reload = True
            raise
        self._mark(change.seq)

    def _mark(self, seq: int) -> None:
        # The change is on the disk; a mark that stays behind only makes a later check weaker.
        with suppress(OSError):
            if self._lock:
                self._lock.set_mark(seq)

    def checkpoint(self, state: Loaded, when: When) -> None:
        """`state` stays true for ever, so that only putting the file in place needs the lock."""
        seen = self._journal.seen
        if when != "now" and not self._checkpoint.is_due(seen.end, leaving=when == "leaving"):
            return
        head = checkpoint.Head(
            checkpoint.FORMAT, self.calendar_id, seen.seq, f"{seen.chain:08x}", seen.end, state.next_ids
        )
        parts = checkpoint.write(head, state.tables)
        self._checkpoint.covers, self._checkpoint.size = seen.end, sum(map(len, parts))
        try:
            with self.lock(PATIENCE), reading(self._journal.path):
                if self._size() is not None and self._journal.still_holds(seen):
                    self._make_durable()
                    self._checkpoint.install(head, parts)
        except StoreError:
            # The change that led here is stored. A checkpoint that nobody asked for may fail; the next one
            # is due when the journal has grown as much again.
            if when == "now":
                raise

    def verify(self, state: Loaded) -> Report:
        return verify(self._disk, self.path, state)

    def close(self) -> None:
        self._journal.close()
        if self._lock:
            self._lock.close()
            self._lock = None


def require_calendar(disk: Disk, path: Path) -> None:
    """NotFound, Foreign or Corrupt unless there is a calendar at this path, judged by its files' names and
    first bytes."""
    journal = beside(path, ".log")
    kinds = disk.kind(path), disk.kind(journal)
    for place, kind in zip((path, journal), kinds, strict=True):
        if kind not in (None, "file"):
            raise Foreign(
                _("{path} is {kind}, not a calendar", path=place, kind=kind_text(kind)), _("name a file")
            )
    if kinds[1] == "file":
        return
    if kinds[0] is None:
        raise NotFound(_("there is no calendar at {path}", path=path), _("make one with `cadence init`"))
    if disk.read_start(path).startswith(checkpoint.MAGIC):
        raise Corrupt(
            _("{file} is missing: it holds the history of {path}", file=journal, path=path),
            _("put it back beside it, or use `cadence restore`; nothing was changed"),
            path=str(journal),
        )
    raise Foreign(
        _("{path} is not a Cadence calendar", path=path), _("choose another name; the file was not touched")
    )


@contextmanager
def _without_garbage_collection() -> Generator[None]:
    """Building a hundred thousand dictionaries sets off collections that find nothing and cost a third of
    the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
