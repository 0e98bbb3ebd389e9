"""How a year's heat is said and signed, whatever shows it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from cadence.insight.heat import HIGHEST, Gap, Heat, Measure, YearWeeks
from cadence.language import _, month, n_, p_
from cadence.model.marks import mark
from cadence.model.times import DAY, week_start
from cadence.model.words import slot_word

LEVEL_SIGNS = ("·░▒▓█", ".-+#@")
"""From nothing to much, told apart without colour; the second are for terminals that know only ASCII."""
NO_SLOT = " "
STATES = ("on_time", "late", "missed", "planned", "empty", "paused", "ready")
"""The states of slots that have a mark of their own, those first that need to be known: early ones have that
of late ones."""


class Sign(NamedTuple):
    """A sign, what it means, and the state of a slot that it stands for, if it does."""

    sign: str
    text: str
    state: str = ""


def measure_text(measure: Measure) -> str:
    """What a year is looked at by: `by posts`."""
    match measure:
        case "posts":
            return _("by posts")
        case "load":
            return _("by load")
        case "slots":
            return _("by slots")


def sign_of(heat: Heat, day: date, *, ascii_only: bool = False) -> str:
    """The sign of a day of the year, one cell wide."""
    if heat.measure == "slots":
        worst = heat.worst(day)
        return mark(worst, ascii_only=ascii_only) if worst else NO_SLOT
    return LEVEL_SIGNS[ascii_only][heat.level(day)]


def legend(heat: Heat, *, ascii_only: bool = False) -> list[Sign]:
    """Signs and what they mean: of levels from little to much."""
    if heat.measure == "slots":
        return [Sign(mark(state, ascii_only=ascii_only), _state_text(state), state) for state in STATES]
    return [Sign(*each) for each in zip(LEVEL_SIGNS[ascii_only], level_texts(heat), strict=True)]


def _state_text(state: str) -> str:
    return p_("slot", "early or late") if state == "late" else slot_word(state)


def level_texts(heat: Heat) -> list[str]:
    """What the levels 0 to `HIGHEST` mean: `0`, `1`, `2–3` … posts, `to 10 %` … of a week's capacity."""
    if heat.measure == "load":
        shares = [f"{bound * 100:.0f} %" for bound in heat.bounds]
        return ["0", *(_("to {share}", share=share) for share in shares), _("over {share}", share=shares[-1])]
    bounds = [0, *map(int, heat.bounds)]
    spans = [_span(low + 1, high) for low, high in pairwise(bounds)]
    return ["0", *spans, f"{bounds[HIGHEST - 1] + 1}+"]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def load_text(heat: Heat, day: date) -> str:
    """`85′ due, 14 % of the week's 600′`; empty when nothing is due."""
    minutes = heat.amounts.get(day, 0)
    if not minutes:
        return ""
    capacity = heat.capacity_of(day)
    if not capacity:
        return _("{minutes}′ due, and nobody has time that week", minutes=minutes)
    share = f"{heat.share(day) * 100:.0f} %"
    return _(
        "{minutes}′ due, {share} of the week's {capacity}′", minutes=minutes, share=share, capacity=capacity
    )


def load_of_week_text(heat: Heat, day: date) -> str:
    """`Week of 23 Nov: 540′ due of 945′, 57 %`; empty when nothing is due."""
    first = week_start(day, heat.weeks.begins)
    minutes, capacity = sum(heat.amounts.get(first + n * DAY, 0) for n in range(7)), heat.capacity_of(day)
    if not minutes:
        return ""
    week = f"{first.day} {month(first)}"
    if not capacity:
        return _("Week of {week}: {minutes}′ due, and nobody has time", week=week, minutes=minutes)
    share = f"{minutes / capacity * 100:.0f} %"
    return _(
        "Week of {week}: {minutes}′ due of {capacity}′, {share}",
        week=week,
        minutes=minutes,
        capacity=capacity,
        share=share,
    )


def gap_text(gap: Gap) -> str:
    """`5 weeks without a post, 3 Aug – 6 Sep`."""
    dates = f"{gap.first.day} {month(gap.first)} – {gap.last.day} {month(gap.last)}"
    return n_(
        "{number} week without a post, {dates}",
        "{number} weeks without a post, {dates}",
        gap.weeks,
        dates=dates,
    )


def week_sign(count: int, is_gap: bool, *, ascii_only: bool = False) -> str:
    """How many posts a week has, in one cell; weeks of a gap that is shown have a sign of their own."""
    if count:
        return str(count) if count < 10 else "+"
    return ("-" if ascii_only else "–") if is_gap else ("." if ascii_only else "·")


def months_of(weeks: YearWeeks) -> list[tuple[int, date]]:
    """The place of the week in which each month of a year begins, and its first day."""
    firsts = [date(weeks.year, number, 1) for number in range(1, 13)]
    return [(weeks.week_of(first), first) for first in firsts]
