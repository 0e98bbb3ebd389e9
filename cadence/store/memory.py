"""A calendar in memory: for the demo, for trials and for tests. Handles with the same name share it."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import takewhile
from pathlib import Path

import msgspec

from cadence.language import _
from cadence.model.change import Change
from cadence.store import identity
from cadence.store.errors import Busy
from cadence.store.protocol import Loaded, Problem, Report, When
from cadence.store.tables import State


class Shared:
    """What all handles of one calendar in memory share."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.calendar_id = identity.token()
        self.changes: list[Change] = []
        self.writing = threading.Lock()
        self.changed = threading.Condition()


class MemoryBackend:
    """One handle's view: how far it has seen the shared list."""

    readonly: str | None = None
    backups: Path | None = None
    notes: Path | None = None

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._seen = 0

    @property
    def url(self) -> str:
        return self._shared.url

    @property
    def calendar_id(self) -> str:
        return self._shared.calendar_id

    @property
    def seq(self) -> int:
        return self._seen

    @contextmanager
    def lock(self, timeout: float) -> Generator[None]:
        if not self._shared.writing.acquire(timeout=timeout):
            raise Busy(_("{path} is being changed by somebody else", path=self.url), _("try again"))
        try:
            yield
        finally:
            self._shared.writing.release()

    def load(self) -> Loaded:
        state = State(Loaded())
        self._seen = 0
        for change in self.tail(locked=False):
            state.apply(change)
        return state.as_loaded()

    def tail(self, *, locked: bool) -> list[Change]:
        news = self._shared.changes[self._seen :]
        self._seen += len(news)
        return news

    def append(self, change: Change) -> None:
        msgspec.json.encode(change)
        with self._shared.changed:
            self._shared.changes.append(change)
            self._seen += 1
            self._shared.changed.notify_all()

    def wait(self, timeout: float) -> bool:
        with self._shared.changed:
            return self._shared.changed.wait_for(lambda: len(self._shared.changes) > self._seen, timeout)

    def changes(
        self,
        *,
        newest_first: bool,
        about: tuple[str, int] | None = None,
        until: int | None = None,
        back_to: datetime | None = None,
        most: int | None = None,
    ) -> Iterator[Change]:
        seen = self._shared.changes[: self._seen]
        if not newest_first:
            return iter(seen)
        return takewhile(lambda change: back_to is None or change.at >= back_to, reversed(seen))

    def checkpoint(self, state: Loaded, when: When) -> None:
        """Memory opens fast anyway."""

    def verify(self, state: Loaded) -> Report:
        documents = sum(map(len, state.tables.values()))
        replayed = State(Loaded())
        for change in self._shared.changes[: self._seen]:
            replayed.apply(change)
        fine = replayed.as_loaded().tables == state.tables
        problems = (
            () if fine else (Problem(self.url, 0, 1, _("the documents do not follow from the changes")),)
        )
        return Report(self.url, self._seen, documents, problems)

    def close(self) -> None:
        """The calendar stays as long as somebody knows its name."""


_named: dict[str, Shared] = {}


def open_memory(url: str) -> MemoryBackend:
    """`memory:` is a new calendar every time, `memory:NAME` the one of that name in this process."""
    name = url.removeprefix("memory:")
    return MemoryBackend(_named.setdefault(name, Shared(url)) if name else Shared(url))
