"""Following a calendar that others change, and that may be locked, damaged or away for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from cadence.model.calendar import Calendar
from cadence.web.worker import Worker
from cadence.workspace import Workspace

PATIENCE = 8.0
"""Seconds that a request waits for a look at the calendar; then what is known has to do."""
TRY_AGAIN = 1.0
"""Seconds between two looks at a calendar that cannot be read."""
GLANCES_ONLY = 2.0
"""Seconds for which a glance may do. On a network folder it can miss news, a look cannot."""


class Follower:
    """The newest snapshot that could be read. `calendar` None: none was, so far.

    `edition` counts snapshots. `trouble` says why the newest one may not be the newest state, in words.
    """

    def __init__(self, opening: Callable[[], Workspace], tell: Callable[[str], None]) -> None:
        """`opening` gives the workspace or fails like any read; `tell` hears when trouble comes and goes."""
        self.calendar: Calendar | None = None
        self.edition = 0
        self.trouble: str | None = None
        self.workspace: Workspace | None = None
        self._opening = opening
        self._tell = tell
        self._worker = Worker("calendar")
        self._looking: asyncio.Future[Calendar] | None = None
        self._began = self._ended = 0.0

    async def look(self) -> None:
        """Take in what was changed before this was called; gives up, without an error, after `PATIENCE`."""
        for _ in range(2):  # one that had begun before the call may have missed a change
            if self._looking is None:
                if not self._may_have_news():
                    return
                self._begin()
            assert self._looking is not None
            await asyncio.wait({self._looking}, timeout=self._began + PATIENCE - monotonic())

    def _may_have_news(self) -> bool:
        """A glance: one `stat`, or none while there is trouble."""
        since = monotonic() - self._ended
        if self.workspace is None or self.trouble is not None:
            return since >= TRY_AGAIN
        try:
            return self.workspace.wait(0) or since >= GLANCES_ONLY
        except Exception:
            return True

    def _begin(self) -> None:
        self._began = monotonic()
        self._looking = self._worker.submit(self._read)
        self._looking.add_done_callback(self._end)

    def _read(self) -> Calendar:
        """In the worker's thread: it may take long."""
        if self.workspace is None:
            self.workspace = self._opening()
        else:
            self.workspace.refresh()
        return self.workspace.calendar

    def _end(self, looked: asyncio.Future[Calendar]) -> None:
        self._looking, self._ended = None, monotonic()
        error = looked.exception()
        if error is not None:
            self._note(str(error) or type(error).__name__)
            return
        self._note(None)
        if looked.result() is not self.calendar:
            self.calendar = looked.result()
            self.edition += 1

    def _note(self, trouble: str | None) -> None:
        if trouble is not None and self.trouble is None:
            known = "serving what was read last" if self.calendar else "nothing can be served"
            self._tell(f"the calendar cannot be read, {known}: {trouble}")
        elif trouble is None and self.trouble is not None:
            self._tell("the calendar can be read again")
        self.trouble = trouble

    def background(self, job: Callable[[], None]) -> None:
        """Do something beside the event loop that may wait for the disk."""
        self._worker.submit(job)
