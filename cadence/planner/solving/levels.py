"""What an assignment is worth on each level: see docs/planning.md."""

from __future__ import annotations

from collections.abc import Sequence

from cadence.planner.problem import LevelName
from cadence.planner.solving.core import ALONE, NOBODY, OTHER_ANSWERS, Core

STEP = 5
"""Points of share from one kink of the unfairness to the next."""
LAST_KINK = 200

Owners = Sequence[int]


def unfair(share: int) -> int:
    """The sum of max(0, share - 5k) over k = 0 … 200."""
    kinks = min((share - 1) // STEP, LAST_KINK) if share else -1
    return (kinks + 1) * share - STEP * kinks * (kinks + 1) // 2


def shares(core: Core, owner: Owners) -> list[int]:
    """Everybody's load share over the horizon, in percent, rounded up."""
    minutes = list(core.base)
    for task, member in enumerate(owner):
        if member != NOBODY:
            minutes[member] += core.options[task][member][0]
    return [core.share(member, minutes[member]) for member in core.members]


def value_of(core: Core, owner: Owners, level: LevelName) -> int:
    """What an assignment is worth on one level."""
    match level:
        case "uncovered":
            return sum([core.weight[task] for task, member in enumerate(owner) if member == NOBODY])
        case "cost":
            given = [(task, member) for task, member in enumerate(owner) if member != NOBODY]
            return sum([core.options[task][member][1] for task, member in given])
        case "highest-share":
            return max(_staff_shares(core, owner), default=0)
        case "unfairness":
            return sum(map(unfair, _staff_shares(core, owner)))
        case "changes":
            pairs = zip(core.change, owner, core.held, strict=True)
            return sum([change for change, member, held in pairs if member != held])
        case "preferences":
            return _preferences(core, owner)


def worth(core: Core, owner: Owners) -> tuple[int, ...]:
    """The values in the problem's order."""
    return tuple(value_of(core, owner, level) for level in core.problem.order)


def weights_of(core: Core, levels: Sequence[LevelName]) -> list[int]:
    """Weights of a sum in which one point of a level outweighs all that those after it can add."""
    weights: list[int] = []
    rest = 1
    for level in reversed(levels):
        weights.insert(0, rest)
        rest *= 1 + _most(core, level) if len(weights) < len(levels) else 1
    return weights


def _most(core: Core, level: LevelName) -> int:
    """What no assignment exceeds on a level, of those that are planned together with others."""
    match level:
        case "uncovered":
            return sum(core.weight)
        case "changes":
            return sum(core.change)
        case "preferences":
            tastes = sum(max((taste for _, _, taste in o.values()), default=0) for o in core.options)
            return tastes + OTHER_ANSWERS * len(core.answers) + ALONE * len(core.channels)
        case "cost" | "highest-share" | "unfairness":
            raise ValueError(f"{level} has no useful limit")


def _staff_shares(core: Core, owner: Owners) -> list[int]:
    return [share for member, share in enumerate(shares(core, owner)) if core.is_staff[member]]


def _preferences(core: Core, owner: Owners) -> int:
    taste = sum(core.options[task][member][2] for task, member in enumerate(owner) if member != NOBODY)
    others = sum(owner[draft] not in (NOBODY, owner[answer]) for draft, answer in core.answers)
    alone = sum(len({owner[task] for task in tasks} - {NOBODY}) < 2 for tasks in core.channels)
    return taste + OTHER_ANSWERS * others + ALONE * alone
