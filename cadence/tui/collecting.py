"""When Python looks for what nothing refers to any more: not while somebody types.

A look through all objects stops everything for 50 to 150 ms, and what Textual paints and drops brings one
about every few dozen keys. So it is done in the pauses between them.
"""

from __future__ import annotations

import gc
from time import monotonic

PAUSE, LOOK_FOR_PAUSE = 0.6, 0.5
"""Seconds without a key that count as a pause, and between two looks whether there is one."""
WORTH_IT = 3
"""So many lesser looks since the last full one make another one worth while: some 20,000 new objects."""
PATIENCE = 50
"""So many lesser looks at most, pause or not: they bound what nobody has cleared away, to some 25 MB. A full
one comes less than once in 100 keys then."""


class Collecting:
    """`key` is told of every key, `look` is called now and then."""

    def __init__(self) -> None:
        self._last_key = monotonic()
        self._is_settled = self._is_set_aside = False
        young, middle, _old = gc.get_threshold()
        gc.set_threshold(young, middle, PATIENCE)

    def key(self) -> None:
        self._last_key = monotonic()

    def settle(self) -> None:
        """The first figures are there: what the app is made of by now will stay. In the next pause it is set
        aside, never to be looked at again."""
        self._is_settled = True

    def look(self) -> None:
        if monotonic() - self._last_key < PAUSE:
            return
        if self._is_settled and not self._is_set_aside:
            self._is_set_aside = True
            gc.collect()
            gc.freeze()
        elif gc.get_count()[2] >= WORTH_IT:
            gc.collect()
