"""What `.` does once more."""

from __future__ import annotations

from typing import NamedTuple


class Repeatable(NamedTuple):
    """What was done last with posts or tasks: the method of an action, and what was answered to its
    questions."""

    method: str
    answers: tuple[str, ...] = ()
