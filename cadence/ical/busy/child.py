"""The process that reads one calendar.

The order is its argument, the content its standard input, the answer its standard output.
"""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from zoneinfo import ZoneInfo

import msgspec

from cadence.ical.busy.guarded import Answer, Order
from cadence.ical.busy.read import read_busy
from cadence.language import _, use
from cadence.model.errors import BadInput


def main(argument: str) -> None:
    order = msgspec.json.decode(argument, type=Order)
    with suppress(KeyError):  # a language that only the other process knows
        use(order.language)
    _limit(order)
    gc.disable()  # the process soon ends; looking for cycles among a million values takes a third of its time
    try:
        answer = _answer(order)
    except MemoryError:
        refused = _("reading the calendar takes too much memory"), _("export a shorter time of it")
        answer = Answer(refused=refused)
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def _answer(order: Order) -> Answer:
    content = sys.stdin.buffer.read()
    try:
        return Answer(read_busy(content, order.start, order.end, ZoneInfo(order.zone), order.all_day))
    except BadInput as refused:
        return Answer(refused=(refused.message, refused.remedy))


def _limit(order: Order) -> None:
    """Ends this process when it needs more than it may, also when nobody is left to end it."""
    if sys.platform == "win32":
        return
    import resource

    dump = 0  # it would hold the calendar's text
    for limit, most in (
        (resource.RLIMIT_AS, order.memory),
        (resource.RLIMIT_CPU, order.seconds),
        (resource.RLIMIT_CORE, dump),
    ):
        highest = resource.getrlimit(limit)[1]
        lowest = most if highest == resource.RLIM_INFINITY else min(most, highest)
        with suppress(OSError, ValueError):  # some systems have no such limit; the deadline holds anyway
            resource.setrlimit(limit, (lowest, highest))


if __name__ == "__main__":
    main(sys.argv[1])
