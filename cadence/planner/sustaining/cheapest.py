"""If the promise cannot be kept: the ways to keep it after all, each tried by planning it, cheapest first.

A way costs posts of the promise, money, or minutes of colleagues, and weighs in this order, as the planner's
levels do. What is open is cured one kind of task on one channel after another, each in the cheapest way.
"""

from __future__ import annotations

from cadence.model.calendar import Calendar
from cadence.planner.sustaining.cures import Trials, problem_of
from cadence.planner.sustaining.trial import Clock, judge
from cadence.planner.sustaining.ways import Cure, Period, Remedy

MOST_STEPS = 4
"""So many things are cured one after another."""


def remedy(calendar: Calendar, period: Period, clock: Clock) -> Remedy:
    """How to keep the promise of a period at the least price."""
    cures: list[Cure] = []
    while True:
        verdict = judge(problem_of(calendar, period), clock, cheapest=True)
        if not verdict.open or len(cures) == MOST_STEPS or clock.is_over:
            return Remedy(tuple(cures), len(verdict.open), not clock.is_over)
        cure = Trials(calendar, period, verdict, clock).cure()
        cures.append(cure)
        if not cure.ways:
            return Remedy(tuple(cures), len(verdict.open), not clock.is_over)
        calendar = cure.ways[0].calendar
