"""When each feed was last read: kept beside the calendar, without history, because it may be lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock

import msgspec

from cadence.ical.files import replace_file

_NAME = "feeds-used.json"


class Usage:
    """Remembers who was served; `flush` writes it down. Several servers of one calendar may do so: the newest
    moment of each feed counts. May be used from several threads."""

    def __init__(self, folder: Path | None) -> None:
        """`folder`: the calendar's notes; None, it has no place for them, forgets all at the end."""
        self._folder = folder
        self._fresh: dict[int, datetime] = {}
        self._lock = Lock()

    def used(self, feed: int, now: datetime) -> None:
        self._fresh[feed] = now

    def flush(self) -> None:
        """Write down what is new. What cannot be written is kept for the next time."""
        with self._lock:
            fresh, self._fresh = self._fresh, {}
            if not fresh or self._folder is None:
                return
            try:
                self._folder.mkdir(exist_ok=True)
                known = {**read_usage(self._folder)}
                known |= {id: at for id, at in fresh.items() if id not in known or known[id] < at}
                replace_file(self._folder / _NAME, msgspec.json.encode(known))
            except OSError:
                self._fresh = fresh | self._fresh


def read_usage(folder: Path | None) -> Mapping[int, datetime]:
    """When each feed was last read (UTC), by its number. Notes that are missing or damaged say nothing."""
    try:
        return msgspec.json.decode((folder / _NAME).read_bytes(), type=dict[int, datetime]) if folder else {}
    except (OSError, msgspec.MsgspecError):
        return {}
