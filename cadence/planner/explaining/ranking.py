"""In which order people are asked to take a task, and what is said of it.

First those whom it fits. What they cost comes first, then the share of their week that would be full; who is
abler, likes the topic and knows the post decides between equals. Those who would have too much follow, who
has least too much first. The week is the one in which the task is due: that is the load that people see.
"""

from __future__ import annotations

from typing import NamedTuple

from cadence.insight.capacity import Load
from cadence.insight.words import day_text, minutes_text, money_text, share_text
from cadence.language import _
from cadence.model.team import Level, Member
from cadence.model.words import level_word
from cadence.planner.bridge.worklist import topic_of
from cadence.planner.explaining.reasons import Reason
from cadence.planner.solving.core import ABLE, LEARNING, OTHER_ANSWERS, OTHER_TOPIC

_NO_CAPACITY = 1_000_000.0
"""Ranks as a share for somebody who has no time at all: after everyone who has."""


class Order(NamedTuple):
    """What orders candidates, the least first. `over`: minutes that they would have too much."""

    over: int
    cost: int
    is_partner: bool
    share: float
    taste: int
    name: str


def order(member: Member, before: Load, minutes: int, taste: int, short: int = 0) -> Order:
    """Where somebody stands to whose load the `minutes` would come; `short`: minutes missing on the days."""
    after, capacity = before.minutes + minutes, before.capacity
    share = after / capacity if capacity else _NO_CAPACITY
    over, cost = max(after - capacity, short, 0), member.cost_of(minutes)
    return Order(over, cost, member.kind == "partner", share, taste, member.name.casefold())


def taste(member: Member, level: Level | None, topic: str, *, is_author: bool = False) -> int:
    """What counts among equals, as on the level of preferences; `is_author`: they wrote what is answered."""
    liked = LEARNING if level == "learning" else 0 if level == "expert" else ABLE
    is_other = topic and member.topics and topic_of(topic) not in map(topic_of, member.topics)
    return liked + (OTHER_TOPIC if is_other else 0) - (OTHER_ANSWERS if is_author else 0)


def reason_text(
    member: Member, after: Load, minutes: int, level: Level | None, missing: Reason | None = None
) -> str:
    """`+30′, would be at 71 %`, and what else matters; `missing`: the time that is."""
    figures = f"+{minutes_text(minutes)}", _("would be at {share}", share=share_text(after.share))
    return ", ".join((*figures, *besides(member, after, minutes, level, missing)))


def besides(
    member: Member, after: Load, minutes: int, level: Level | None, missing: Reason | None = None
) -> tuple[str, ...]:
    """What matters besides the figures: too much, what a partner costs, how well they can do it."""
    parts: list[str] = []
    if after.over:
        over, day = minutes_text(after.over), day_text(after.week)
        parts.append(_("{minutes} over in the week of {day}", minutes=over, day=day))
    elif missing:
        parts.append(missing.text)
    if member.kind == "partner":
        parts.append(_("partner, {price}", price=money_text(member.cost_of(minutes))))
    if level in ("expert", "learning"):
        parts.append(level_word(level))
    return tuple(parts)
