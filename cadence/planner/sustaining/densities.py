"""What is answered about how dense rhythms can be; densities are counted in posts in four weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cadence.planner.problem import Problem
from cadence.planner.sustaining.bottleneck import Bottleneck

Densities = Mapping[int, int]
"""Posts in four weeks by channel; who is not named is as dense as promised."""

Proof = Literal["impossible", "not found", "not tried"]
"""Why not denser: no plan can, none was found in the time, or more was never asked for."""


@dataclass(frozen=True)
class Densest:
    """`posts` in four weeks are held, a checked plan exists; `more` is the next density that was tried, and
    `proof` says why it is not held (for `not tried` there is none). `why`: what is short then, if counting
    shows it. `unanswered` of `answers` posts' answering is left to nobody at that density."""

    posts: int
    more: int | None
    proof: Proof
    why: Bottleneck | None
    problem: Problem | None
    most_open: int
    """The problem of `more`, which `why` speaks of, and the open tasks that are not its channel's fault."""
    unanswered: int
    answers: int


@dataclass(frozen=True)
class ChannelLimits:
    """One channel: what it promises, the densest alone (the others with nothing) and beside what the others
    promise; each with partners and without."""

    channel: int
    promised: int
    alone: Densest
    alone_staff: Densest
    beside: Densest
    beside_staff: Densest


@dataclass(frozen=True)
class Together:
    """The highest factor by which all promises can be multiplied at once, and the densities then."""

    factor: float
    densities: Mapping[int, int]
    proof: Proof


@dataclass(frozen=True)
class Price:
    """`channel` with `posts`, one more a week than promised: how dense each other one then can be at most
    while the rest keep their promises; None if the channel cannot be so dense at all."""

    channel: int
    posts: int
    others: Mapping[int, int] | None
