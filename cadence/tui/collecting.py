"""When Python looks for what nothing refers to any more: not while somebody types.

A look through all objects stops everything for 50 to 150 ms, and what Textual paints and drops brings one
about every few dozen keys. So it is done in the pauses between them.
"""

from __future__ import annotations

import gc
from time import monotonic

from cadence.tui.allocating import give_back

PAUSE, LOOK_FOR_PAUSE = 0.6, 0.5
"""Seconds without a key that count as a pause, and between two looks whether there is one."""
WORTH_IT = 3
"""So many lesser looks since the last full one make another one worth while: some 20,000 new objects."""
PATIENCE = 50
"""So many lesser looks at most, pause or not: they bound what nobody has cleared away, to some MB. A full
one comes less than once in 100 keys then."""
REST, MUCH, CHEAP = 2.0, 10, 0.3
"""After so many seconds, if there were so many lesser looks, what is there by then is set aside anew; not if
that took more than so many seconds the last time: a key would have to wait for it."""


class Collecting:
    """`key` is told of every key, `look` is called now and then."""

    def __init__(self) -> None:
        self._last_key = monotonic()
        self._is_settled = False
        self._looks_at_rest: int | None = None
        """How many lesser looks there had been when things were set aside last."""
        self._took = 0.0
        young, middle, _old = gc.get_threshold()
        gc.set_threshold(young, middle, PATIENCE)

    def key(self) -> None:
        self._last_key = monotonic()

    def settle(self) -> None:
        """The first figures are there: most of what the app is made of by now will stay."""
        self._is_settled = True

    def look(self) -> None:
        pause = monotonic() - self._last_key
        if pause < PAUSE:
            return
        if self._is_settled and self._is_worth_setting_aside(pause):
            self._set_aside()
        elif gc.get_count()[2] >= WORTH_IT:
            gc.collect()
        else:
            return
        give_back()

    def _is_worth_setting_aside(self, pause: float) -> bool:
        if self._looks_at_rest is None:
            return True
        return pause >= REST and self._took <= CHEAP and _lesser_looks() - self._looks_at_rest >= MUCH

    def _set_aside(self) -> None:
        """What is there now, screens that were opened meanwhile among it, is passed over by all looks until
        the next time: to look through it all takes 0.2 s with 10,000 posts. This one takes it back first, so
        that nothing that is left behind stays for ever."""
        began = monotonic()
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._took = monotonic() - began
        self._looks_at_rest = _lesser_looks()


def _lesser_looks() -> int:
    return gc.get_stats()[1]["collections"]
