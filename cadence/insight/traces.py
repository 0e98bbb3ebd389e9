"""What a change leaves for those who look back: the tasks that went from one to another, and the boosts that
nobody had asked for.

Changes are read one at a time for it: a thousand of them with all that they wrote would take many MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Any

from cadence.model.change import Change
from cadence.model.post import TaskRef
from cadence.model.team import TASK_KINDS

Part = Mapping[str, Any]
"""A document or a merge patch of one, or a field of it that has fields."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A task that went from `giver` to `taker` (None: to nobody). `was_offered`: it was on offer; if that was
    a swap, for the task `swapped_for`, which went the other way."""

    ref: TaskRef
    giver: int
    taker: int | None
    was_offered: bool = False
    swapped_for: TaskRef | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Of the change `seq`, made `at` an instant `by` somebody. `unasked` are the boosts that came into the
    calendar when they were done."""

    seq: int
    at: datetime
    by: str
    undoes: int | None = None
    passed: tuple[Passed, ...] = ()
    unasked: tuple[int, ...] = ()


def trace_of(change: Change) -> Trace:
    passed, unasked = tuple(_passed(change)), tuple(_unasked(change))
    return Trace(change.seq, change.at, intern(change.by), change.undoes, passed, unasked)


def _passed(change: Change) -> Iterator[Passed]:
    before = given_by(change)
    swapped = dict(swaps(before))
    for op in change.ops:
        if op.table != "posts" or op.kind != "u":
            continue
        for kind in TASK_KINDS:
            had = before.get(ref := TaskRef(op.id, kind), {})
            if giver := had.get("member"):
                taker = part(op.new, "tasks", kind).get("member")
                yield Passed(ref, giver, taker, bool(part(had, "offer")), swapped.get(ref))


def _unasked(change: Change) -> Iterator[int]:
    for op in change.ops:
        if op.table == "boosts" and op.kind == "i" and "at" in op.new:
            yield op.id


# What a change says


def given_by(change: Change) -> dict[TaskRef, Part]:
    """The tasks that a change gave to somebody or took away, with what it replaced of each."""
    return {
        TaskRef(op.id, kind): part(op.old, "tasks", kind)
        for op in change.ops
        if op.table == "posts"
        for kind in TASK_KINDS
        if "member" in (*part(op.new, "tasks", kind), *part(op.old, "tasks", kind))
    }


def swaps(given: Mapping[TaskRef, Part]) -> Iterator[tuple[TaskRef, TaskRef]]:
    """The pairs of tasks that were exchanged."""
    for ref, before in given.items():
        wants = part(before, "offer").get("wants")
        if wants and (other := TaskRef(*wants)) in given:
            yield ref, other


def part(of: Part, *path: str) -> Part:
    """What a part of a change says at a path; nothing where it says nothing."""
    for key in path:
        of = of.get(key) or {}
    return of
