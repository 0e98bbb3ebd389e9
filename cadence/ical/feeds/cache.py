"""Remembers how each event was written, because writing is by far the slowest part of a feed.

A text is good for as long as its post's revision stays, and what it shows besides (names, zones, holidays) is
the same: the `context`. What cannot be read, or was kept for another context, is forgotten, never trusted. In
another language all texts are new, though nothing has changed: since when it is spoken is remembered, too.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from cadence.ical.files import replace_file
from cadence.language import ENGLISH
from cadence.model.team import NEVER

_Entry = tuple[int, float, bytes]
"""Revision, modified (POSIX seconds), text."""


class _Kept(msgspec.Struct, array_like=True):
    context: bytes
    events: dict[str, _Entry]
    language: str = ENGLISH
    spoken_since: datetime = NEVER


class EventCache:
    """The texts of events by uid; kept in the file `path` between runs, or only in memory (None)."""

    def __init__(self, path: Path | None = None) -> None:
        self.spoken_since = NEVER
        """When the language became another one, as far as this cache knows (UTC)."""
        self._path = path
        self._language = ""
        self._context = b""
        self._events: dict[str, _Entry] = {}
        self._used: dict[str, _Entry] = {}
        self._dirty = False
        self._load()

    def __len__(self) -> int:
        return len(self._events)

    def enter(self, context: bytes) -> None:
        """Forgets everything if it was written for another context."""
        if context != self._context:
            self._context = context
            self._events.clear()
            self._used.clear()
            self._dirty = True

    def speak(self, language: str, now: datetime) -> None:
        """Texts are in this language from now on."""
        if language != self._language:
            if self._language:
                self.spoken_since = now
            self._language = language
            self._dirty = True

    def get(self, uid: str, revision: int, modified: float) -> bytes | None:
        """The text of this revision, if it is known."""
        known = self._events.get(uid)
        if known is None or known[0] != revision or known[1] != modified:
            return None
        self._used[uid] = known
        return known[2]

    def put(self, uid: str, revision: int, modified: float, text: bytes) -> bytes:
        """Remembers the text, and gives it back."""
        self._events[uid] = self._used[uid] = (revision, modified, text)
        self._dirty = True
        return text

    def forget_unused(self) -> None:
        """Forgets what nobody asked for since the last call: it is in no feed any more."""
        self._dirty |= len(self._used) != len(self._events)
        self._events, self._used = self._used, {}

    def save(self) -> None:
        """Writes the file if something changed. OSError if that is not possible."""
        if self._path and self._dirty:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            kept = _Kept(self._context, self._events, self._language, self.spoken_since)
            replace_file(self._path, msgspec.msgpack.encode(kept))
            self._dirty = False

    def _load(self) -> None:
        """A file that is missing, unreadable or damaged only costs time."""
        if self._path is None:
            return
        try:
            kept = msgspec.msgpack.decode(self._path.read_bytes(), type=_Kept)
        except (OSError, msgspec.MsgspecError):
            return
        self._context, self._events = kept.context, kept.events
        self._language, self.spoken_since = kept.language, kept.spoken_since
