"""The traces of the history that a screen looks at, each change read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from cadence.insight.traces import Trace
from cadence.model.times import DAY


class ReadTraces(Protocol):
    def __call__(
        self, *, since: int | None = None, back_to: datetime | None = None, limit: int | None = None
    ) -> list[Trace]: ...


class TraceReader:
    """Whoever asks says `newest`, the number of the calendar's last change: if it is smaller than one that
    was read, another history has taken the place of that one."""

    def __init__(self, read: ReadTraces) -> None:
        """`read` gives them newest first, as a workspace does."""
        self._read = read
        self._traces: list[Trace] = []
        self._from: datetime | None = None

    def back_to(self, at: datetime, newest: int) -> Sequence[Trace]:
        """All from an instant on, and perhaps some before it, newest first. Clocks of different computers
        differ: a day more is read."""
        if self._has_read(newest) and self._from is not None and self._from <= at:
            self._read_newer()
        else:
            self._traces, self._from = self._read(back_to=at - DAY), at
        return tuple(self._traces)

    def latest(self, count: int, newest: int) -> Sequence[Trace]:
        """So many, newest first."""
        if self._has_read(newest):
            self._read_newer(count)
            del self._traces[count:]
        else:
            self._traces = self._read(limit=count)
        self._from = None
        return tuple(self._traces)

    def _has_read(self, newest: int) -> bool:
        return bool(self._traces) and self._traces[0].seq <= newest

    def _read_newer(self, limit: int | None = None) -> None:
        self._traces[:0] = self._read(since=self._traces[0].seq + 1, limit=limit)
