"""What the search has at hand: the index of the newest snapshot that was indexed, and some of the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from cadence.insight.search import Found, Index, Search
from cadence.model.calendar import Calendar
from cadence.model.change import Change

CHANGES = 2000
"""So many of the latest changes are found, too."""


class Finder:
    """Kept by the app, so that the index is made once for a snapshot and not whenever somebody searches."""

    def __init__(self) -> None:
        self._index: Index | None = None
        self._search: Search | None = None
        self.changes: Mapping[int, Change] = {}

    def knows(self, calendar: Calendar) -> bool:
        return self._index is not None and self._index.calendar is calendar

    @property
    def calendar(self) -> Calendar | None:
        """What was indexed: it may be an older snapshot than the one on the screen."""
        return self._index.calendar if self._index else None

    def learn(self, calendar: Calendar, read: Callable[[], Sequence[Change]]) -> None:
        """Index a snapshot. It takes a while: to be called in a thread."""
        changes = read()
        index = Index.of(calendar, changes)
        self.changes = {change.seq: change for change in changes}
        self._index, self._search = index, None

    def find(self, text: str, now: datetime) -> list[Found]:
        """Nothing before something was indexed."""
        if self._index is None:
            return []
        if self._search is None:
            self._search = Search(self._index, now)
        return self._search.find(text)
