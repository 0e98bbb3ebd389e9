"""Reads a calendar from others where it can do no harm: in a process that is ended when it takes too much."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from cadence.ical.busy.read import BusyRead, check_size
from cadence.language import _, later, speech
from cadence.model.busy import AllDay
from cadence.model.errors import BadInput

MEMORY = 1024 * 1024 * 1024
"""Bytes that the process may use."""
_REMEDY = later("export a shorter time of it, or look for an odd entry in it")


class Order(msgspec.Struct, frozen=True):
    """What the process is asked for, besides the content; `language`: the one in which it answers."""

    start: datetime
    end: datetime
    zone: str
    all_day: AllDay
    memory: int
    seconds: int
    language: str


class Answer(msgspec.Struct, frozen=True):
    """What it answers: what it read, or why it cannot be read."""

    read: BusyRead | None = None
    refused: tuple[str, str] = ("", "")


def read_safely(
    content: bytes,
    start: datetime,
    end: datetime,
    zone: ZoneInfo,
    all_day: AllDay = "busy",
    *,
    deadline: float = 20.0,
) -> BusyRead:
    """`read_busy` for content that nobody has looked at, from any thread. `deadline` in seconds.

    BadInput if it is no calendar, or cannot be read within the time and the memory allowed; whatever happens,
    the message quotes nothing of it.
    """
    check_size(content)
    order = Order(start, end, zone.key, all_day, MEMORY, int(deadline) + 1, speech().code)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cadence.ical.busy.child", msgspec.json.encode(order).decode()],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=deadline,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadInput(
            _("the calendar cannot be read within {seconds} s", seconds=f"{deadline:g}"), _(_REMEDY)
        ) from None
    try:
        answer = msgspec.json.decode(done.stdout, type=Answer)
    except msgspec.DecodeError:
        raise BadInput(_("reading the calendar took too much and was ended"), _(_REMEDY)) from None
    if answer.read is None:
        raise BadInput(*answer.refused)
    return answer.read


def _environment() -> dict[str, str]:
    """Ours, so that the process finds the very same Cadence, however this one was started."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
