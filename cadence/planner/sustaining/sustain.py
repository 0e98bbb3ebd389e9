"""How dense a rhythm the team can hold: each channel alone, beside what the others promise, and all together;
and what one more post a week on a channel costs the others.

A density is held if a checked plan covers all that its posts need to go out, and leaves open no more of the
other channels than is open without them. What holds one holds every lower one, so that it is found by
halving. Densities are counted in posts in four weeks: 8 is twice a week, 2 every second week.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cadence.planner.problem import Problem
from cadence.planner.sustaining.bottleneck import Bottleneck, bottlenecks
from cadence.planner.sustaining.densities import ChannelLimits, Densest, Densities, Price, Proof, Together
from cadence.planner.sustaining.steady import CYCLE, Stage
from cadence.planner.sustaining.trial import (
    Clock,
    Verdict,
    is_answering,
    judge,
    without_answering,
    without_partners,
)

MOST_A_DAY = 2
"""Posts of a channel in a day that are tried, where it does not say itself how many it allows."""
FACTORS = (0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4)
"""What all promises together are multiplied by."""

_Key = tuple[bool, bool, int | None, tuple[tuple[int, int], ...]]


class Sustain:
    """The questions about one stage; each is asked with partners or with staff alone."""

    def __init__(
        self, stage: Stage, clock: Clock, change: Callable[[Problem], Problem] = lambda problem: problem
    ) -> None:
        """`change`: what is different about the team in every problem, for who asks what would be if."""
        self.stage = stage
        self._clock = clock
        self._change = change
        self._verdicts: dict[_Key, Verdict] = {}

    def limits(self, channel: int) -> ChannelLimits:
        """What helps makes nothing thinner: each answer tells the next one where to look."""
        nothing = self._nothing()
        beside = self.densest(channel, {}, partners=True)
        beside_staff = self.densest(channel, {}, partners=False, at_most=beside.posts)
        alone = self.densest(channel, nothing, partners=True, at_least=beside.posts)
        alone_staff = self.densest(
            channel, nothing, partners=False, at_least=beside_staff.posts, at_most=alone.posts
        )
        return ChannelLimits(channel, self.stage.promised[channel], alone, alone_staff, beside, beside_staff)

    def densest(
        self,
        channel: int,
        others: Densities,
        *,
        partners: bool,
        at_least: int = 0,
        at_most: int | None = None,
    ) -> Densest:
        """The densest that one channel can be with the others as said, or as they promise."""
        grid, base = self._grid(channel), {**others, channel: 0}
        best = self._best(channel, others, partners=partners, at_least=at_least, at_most=at_most)
        more = grid[best + 1] if best + 1 < len(grid) else None
        failed = None if more is None else self._tried({**others, channel: more}, base, partners=partners)
        full = self._verdict({**others, channel: grid[best]}, partners=partners, answering=True)
        name = self.stage.calendar.channels[channel].name
        answers = [task for task in full.problem.tasks if is_answering(task) and task.channel == name]
        return Densest(
            posts=grid[best],
            more=more,
            proof=self._proof(failed, base, partners=partners),
            why=_first_bottleneck(failed),
            problem=failed.problem if failed else None,
            most_open=self._verdict(base, partners=partners).least,
            unanswered=sum(task.channel == name for task in full.unanswered),
            answers=len(answers),
        )

    def together(self, *, partners: bool) -> Together:
        """All channels as much denser, or thinner, as they can be at once. What nobody can do at all, however
        thin the rhythms are, stops no other channel: such a channel has none."""
        nothing = self._nothing()
        possible = {
            channel: posts
            for channel, posts in self.stage.promised.items()
            if self._held({**nothing, channel: 1}, nothing, partners=partners)
        }
        scaled = [{c: _rounded(p * factor) for c, p in possible.items()} for factor in FACTORS]

        def held(place: int) -> bool:
            return place == 0 or self._held({**nothing, **scaled[place - 1]}, nothing, partners=partners)

        best = _highest(held, 0, len(FACTORS) + 1, FACTORS.index(1) + 1)
        last = best == len(FACTORS)
        failed = None if last else self._tried({**nothing, **scaled[best]}, nothing, partners=partners)
        while best > 1 and scaled[best - 2] == scaled[best - 1]:
            best -= 1  # as many posts: the lower factor is what they amount to
        return Together(
            factor=FACTORS[best - 1] if best else 0,
            densities={**nothing, **scaled[best - 1]} if best else nothing,
            proof=self._proof(failed, nothing, partners=partners),
        )

    def price(self, channel: int, limits: Mapping[int, int], *, partners: bool) -> Price:
        """What one more post a week on a channel costs each of the others; `limits` are the densest that they
        can be without it."""
        posts = _rounded(self.stage.promised[channel] + CYCLE)
        nothing = self._nothing()
        if not self._held({**nothing, channel: posts}, nothing, partners=partners):
            return Price(channel, posts, None)
        others = {
            other: self._grid(other)[self._best(other, {channel: posts}, partners=partners, at_most=most)]
            for other, most in limits.items()
            if other != channel
        }
        return Price(channel, posts, others)

    # Trials

    def _best(
        self, channel: int, others: Densities, *, partners: bool, at_least: int = 0, at_most: int | None
    ) -> int:
        """The place on the grid of the densest. What is known before to be held, `at_least`, or not to be,
        more than `at_most`, need not be looked for."""
        grid, base = self._grid(channel), {**others, channel: 0}
        top = len(grid) - 1 if at_most is None else _place(grid, at_most)

        def held(place: int) -> bool:
            return self._held({**others, channel: grid[place]}, base, partners=partners)

        near = top if at_most is not None else _place(grid, self.stage.promised[channel])
        return _highest(held, _place(grid, at_least), top + 1, near)

    def _held(self, densities: Densities, base: Densities, *, partners: bool) -> bool:
        open_anyway = self._verdict(base, partners=partners).least
        return len(self._tried(densities, base, partners=partners).open) <= open_anyway

    def _proof(self, failed: Verdict | None, base: Densities, *, partners: bool) -> Proof:
        if failed is None:
            return "not tried"
        open_anyway = len(self._verdict(base, partners=partners).open)
        return "impossible" if failed.least > open_anyway else "not found"

    def _verdict(self, densities: Densities, *, partners: bool, answering: bool = False) -> Verdict:
        key = (partners, answering, None, tuple(sorted(densities.items())))
        if key not in self._verdicts:
            problem = self._problem(densities, partners=partners)
            self._verdicts[key] = judge(problem if answering else without_answering(problem), self._clock)
        return self._verdicts[key]

    def _tried(self, densities: Densities, base: Densities, *, partners: bool) -> Verdict:
        """Whether the densities leave no more open than `base` does."""
        most = self._verdict(base, partners=partners).least
        key = (partners, False, most, tuple(sorted(densities.items())))
        if key not in self._verdicts:
            problem = without_answering(self._problem(densities, partners=partners))
            self._verdicts[key] = judge(problem, self._clock, most_open=most)
        return self._verdicts[key]

    def _problem(self, densities: Densities, *, partners: bool) -> Problem:
        problem = self._change(self.stage.problem(densities))
        return problem if partners else without_partners(problem)

    def _grid(self, channel: int) -> list[int]:
        """The densities that are tried, none included: every fourth and second week, then in half posts."""
        most = self.stage.calendar.channels[channel].max_per_day or MOST_A_DAY
        top = CYCLE * min(most, MOST_A_DAY) * self.stage.working_days
        return [0, 1, *range(2, max(top, self.stage.promised[channel]) + 1, 2)]

    def _nothing(self) -> dict[int, int]:
        return {channel.id: 0 for channel in self.stage.channels}


def _highest(held: Callable[[int], bool], low: int, high: int, near: int) -> int:
    """The last place below `high` that is held; `low` is. The places from `near` on are looked at first."""
    place = near
    while high - low > 1:
        if not low < place < high:
            place = (low + high) // 2
        if held(place):
            low, place = place, place + 1 if low < near <= place else 0
        else:
            high, place = place, 0
    return low


def _place(grid: Sequence[int], posts: int) -> int:
    return max(place for place, density in enumerate(grid) if density <= posts)


def _rounded(posts: float) -> int:
    """The next lower density that is tried: one, or an even number."""
    return int(posts) if posts < 2 else int(posts) // 2 * 2


def _first_bottleneck(failed: Verdict | None) -> Bottleneck | None:
    """What is short of time first, of what a density that is not held needs."""
    if failed is None:
        return None
    core, tasks = failed.roster.core, failed.problem.tasks
    weeks = (bottlenecks(core, week, lambda t: not is_answering(tasks[t])) for week in core.weeks)
    return next((found[0] for found in weeks if found), None)
