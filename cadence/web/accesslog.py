"""The access log: a line of JSON for each request. It never says which address was asked for, only of what
kind it was: whoever reads a log could read the feed."""

from __future__ import annotations

import re
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from msgspec import Struct, json

from cadence.language import _
from cadence.model.errors import BadInput

TOGETHER = 0.1
"""Seconds in which lines gather, to be written at once."""
AT_MOST = 50_000
"""Lines that wait for a slow disk; more are counted and left out."""
LAST_WORDS = 0.5
"""Seconds that the last lines have to be written."""
LONGEST_AGENT = 120
_SECRET = re.compile(r"[A-Za-z0-9_-]{43,}")


class Entry(Struct, frozen=True, omit_defaults=True):
    """One request. `path` is the kind of path, `feed` the number of the feed that was opened,
    `bytes` the size of the body, `ms` the time until the answer was handed over."""

    time: datetime
    method: str
    path: str
    status: int
    bytes: int
    ms: float
    address: str
    feed: int | None = None
    agent: str = ""


class Event(Struct, frozen=True):
    """Something else that whoever runs the server should know."""

    time: datetime
    event: str


class AccessLog:
    """Lines are written by a thread, so that a disk or a reader that hangs holds up nobody."""

    def __init__(self, path: Path | None) -> None:
        """`path`: the file that lines are added to; None, the standard error. BadInput if it cannot be
        written to."""
        self._path = path
        self._lines: SimpleQueue[Entry | Event | None] = SimpleQueue()
        self._left_out = 0
        if path is not None:
            try:
                path.open("ab").close()
            except OSError as error:
                raise BadInput(
                    _("{path} cannot be written: {reason}", path=path, reason=error.strerror),
                    _("name another file"),
                ) from None
        self._thread = Thread(target=self._work, name="access log", daemon=True)
        self._thread.start()

    def note(self, entry: Entry | Event) -> None:
        if self._lines.qsize() >= AT_MOST:
            self._left_out += 1
            return
        self._lines.put(entry)

    def tell(self, event: str) -> None:
        self.note(Event(datetime.now(UTC), event))

    def close(self) -> None:
        self._lines.put(None)
        self._thread.join(LAST_WORDS)

    def _work(self) -> None:
        while True:
            lines = [self._lines.get()]
            if lines[0] is not None:
                time.sleep(TOGETHER)
            try:
                while True:
                    lines.append(self._lines.get_nowait())
            except Empty:
                pass
            if self._left_out:
                left_out, self._left_out = self._left_out, 0
                lines.append(Event(datetime.now(UTC), f"{left_out} lines were left out"))
            self._write(b"".join(json.encode(line) + b"\n" for line in lines if line is not None))
            if None in lines:
                return

    def _write(self, lines: bytes) -> None:
        """The file is opened each time: where it was moved away, as old logs are, a new one begins."""
        try:
            if self._path is None:
                sys.stderr.write(lines.decode())
                sys.stderr.flush()
            else:
                with self._path.open("ab") as file:
                    file.write(lines)
        except (OSError, ValueError):  # a full disk, or a reader that went away, must not stop the server
            self._left_out += lines.count(b"\n")


@lru_cache(maxsize=256)
def shown_agent(agent: bytes) -> str:
    """What a client calls itself: printable, short, and without anything that could be a token."""
    text = "".join(c for c in agent[:1000].decode("latin-1") if c.isprintable())
    return _SECRET.sub("*", text)[:LONGEST_AGENT]
