"""What each level asks of a model: an expression to minimise, and, once it is reached, to hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from cadence.planner.problem import LevelName
from cadence.planner.solving.core import ALONE, NOBODY, OTHER_ANSWERS
from cadence.planner.solving.levels import LAST_KINK, STEP, unfair
from cadence.planner.solving.model import Model

Expression = tuple[list[tuple[int, float]], float]
"""Terms, and a constant: what stays counts too."""

Completion = Callable[[list[float]], None]
"""Fills in the columns that follow from the decisions."""


class Goals:
    """The levels of one model. Columns that only some levels need are made when they are asked for."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.core = model.core
        self.mip = model.mip
        self._shares: dict[int, int] | None = None
        self._others = self._minutes_that_stay()
        self._made: dict[LevelName, Expression] = {}
        self._completions: list[Completion] = []

    def expression(self, level: LevelName) -> Expression:
        """The value of a level over the whole problem."""
        if level not in self._made:
            make: dict[LevelName, Callable[[], Expression]] = {
                "uncovered": self._uncovered,
                "cost": self._cost,
                "highest-share": self._highest_share,
                "unfairness": self._unfairness,
                "changes": self._changes,
                "preferences": self._preferences,
            }
            self._made[level] = make[level]()
        return self._made[level]

    def minimise(self, weights: Mapping[LevelName, int]) -> None:
        """Minimise the weighted sum of some levels."""
        terms: list[tuple[int, float]] = []
        constant = 0.0
        for level, weight in weights.items():
            more, others = self.expression(level)
            terms += [(column, weight * coefficient) for column, coefficient in more]
            constant += weight * others
        self.mip.minimise(terms, constant)

    def hold(self, level: LevelName, value: int) -> None:
        """Never give back what was reached."""
        terms, constant = self.expression(level)
        self.mip.row(terms, at_most=value - constant)

    def start(self, owner: Sequence[int]) -> list[float]:
        """The columns of an assignment, as a place to start from."""
        values = [0.0] * len(self.mip.lower)
        for task in self.model.free:
            column = self.model.gives[task].get(owner[task])
            values[self.model.leaves[task] if column is None else column] = 1.0
        for complete in self._completions:
            complete(values)
        return values

    # Each task by itself

    def _uncovered(self) -> Expression:
        core, model = self.core, self.model
        left = sum(core.weight[t] for t in core.tasks if model.stays(t) and model.roster.owner[t] == NOBODY)
        return [(model.leaves[task], core.weight[task]) for task in model.free], left

    def _cost(self) -> Expression:
        terms, constant = self._of_pairs(1)
        return terms, constant

    def _changes(self) -> Expression:
        core, model = self.core, self.model
        terms: list[tuple[int, float]] = []
        constant = 0
        for task in core.tasks:
            if model.stays(task):
                constant += core.change[task] if model.roster.owner[task] != core.held[task] else 0
            elif core.change[task]:
                constant += core.change[task]
                if (column := model.gives[task].get(core.held[task])) is not None:
                    terms.append((column, -core.change[task]))
        return terms, constant

    def _of_pairs(self, part: int) -> Expression:
        """The sum of one part of the terms over all that is given."""
        core, model = self.core, self.model
        constant = sum(
            core.options[task][member][part]
            for task, member in enumerate(model.roster.owner)
            if member != NOBODY and model.stays(task)
        )
        terms: list[tuple[int, float]] = [
            (column, core.options[task][member][part])
            for task in model.free
            for member, column in model.gives[task].items()
            if core.options[task][member][part]
        ]
        return terms, constant

    # Fairness

    def _highest_share(self) -> Expression:
        core, mip = self.core, self.mip
        staff = [member for member in core.members if core.is_staff[member]]
        lowest = max((core.share(member, self._others[member]) for member in staff), default=0)
        highest = mip.column(lowest, max([lowest, *map(self._most_share, self._sharers())]))
        for member in self._sharers():
            terms = [(column, -100.0 * minutes) for column, minutes in self._minutes(member)]
            terms.append((highest, core.capacity[member]))
            mip.row(terms, at_least=100 * self._others[member])

        def complete(values: list[float]) -> None:
            values[highest] = max([lowest, *(self._share_in(values, member) for member in self._sharers())])

        self._completions.append(complete)
        return [(highest, 1)], 0

    def _unfairness(self) -> Expression:
        core = self.core
        sharers = self._sharers()
        constant = sum(
            unfair(core.share(member, self._others[member]))
            for member in core.members
            if core.is_staff[member] and member not in sharers
        )
        terms: list[tuple[int, float]] = []
        for member in sharers:
            more, others = self._unfair_to(member)
            terms += more
            constant += others
        return terms, constant

    def _unfair_to(self, member: int) -> Expression:
        """A column for the share, cut into parts of five points, each of which counts one more."""
        core, mip = self.core, self.mip
        load = self._minutes(member)
        lowest = core.share(member, self._others[member])
        most = self._most_share(member)
        kinks = range(lowest // STEP, max(most - 1, lowest) // STEP + 1)
        below = STEP * kinks.start
        share = mip.column(lowest, most)
        parts = [mip.column(0, STEP, integer=False) for _ in kinks]
        mip.row([(share, 1), *((part, -1.0) for part in parts)], at_least=below, at_most=below)
        heavy = [(column, -100.0 * minutes) for column, minutes in load]
        mip.row([(share, core.capacity[member]), *heavy], at_least=100 * self._others[member])

        def complete(values: list[float]) -> None:
            values[share] = rest = self._share_in(values, member)
            rest -= below
            for part in parts:
                values[part] = min(rest, STEP)
                rest -= min(rest, STEP)

        self._completions.append(complete)
        counts = (min(kink, LAST_KINK) + 1 for kink in kinks)
        return list(zip(parts, counts, strict=True)), unfair(below)

    def _most_share(self, member: int) -> int:
        """The share of a member who is given all that they might."""
        minutes = sum(minutes for _, minutes in self._minutes(member))
        return self.core.share(member, self._others[member] + int(minutes))

    def _share_in(self, values: list[float], member: int) -> int:
        minutes = sum(minutes for column, minutes in self._minutes(member) if values[column] > 0.5)
        return self.core.share(member, self._others[member] + int(minutes))

    def _sharers(self) -> list[int]:
        """The staff whose share the model decides."""
        core = self.core
        return [m for m in self.model.members if core.is_staff[m] and core.capacity[m]]

    def _minutes(self, member: int) -> list[tuple[int, float]]:
        model = self.model
        return [
            (model.gives[task][member], self.core.options[task][member][0]) for task in model.might(member)
        ]

    def _minutes_that_stay(self) -> list[int]:
        core, roster = self.core, self.model.roster
        minutes = list(roster.minutes)
        for task in self.model.free:
            if (member := roster.owner[task]) != NOBODY:
                minutes[member] -= core.options[task][member][0]
        return minutes

    # Preferences

    def _preferences(self) -> Expression:
        terms, constant = self._of_pairs(2)
        for more, others in (self._answered_by_others(), self._resting_on_one()):
            terms += more
            constant += others
        return terms, constant

    def _answered_by_others(self) -> Expression:
        """Each draft whose author does not answer: the draft's columns, less those where both are one's."""
        model, owner = self.model, self.model.roster.owner
        terms: list[tuple[int, float]] = []
        constant = 0
        for draft, answer in self.core.answers:
            if model.stays(draft) and owner[draft] == NOBODY:
                continue
            if model.stays(draft):
                constant += OTHER_ANSWERS * (not model.stays(answer) or owner[answer] != owner[draft])
                if not model.stays(answer) and (column := model.gives[answer].get(owner[draft])) is not None:
                    terms.append((column, -OTHER_ANSWERS))
                continue
            terms += [(column, OTHER_ANSWERS) for column in model.gives[draft].values()]
            if model.stays(answer):
                if (column := model.gives[draft].get(owner[answer])) is not None:
                    terms.append((column, -OTHER_ANSWERS))
                continue
            for member in sorted(model.gives[draft].keys() & model.gives[answer].keys()):
                columns = model.gives[draft][member], model.gives[answer][member]
                terms.append((self._both(*columns), -OTHER_ANSWERS))
        return terms, constant

    def _both(self, one: int, other: int) -> int:
        """A column that is 1 only if two others are."""
        both = self.mip.column(integer=False)
        for column in (one, other):
            self.mip.row([(both, 1), (column, -1)], at_most=0)

        def complete(values: list[float]) -> None:
            values[both] = min(values[one], values[other])

        self._completions.append(complete)
        return both

    def _resting_on_one(self) -> Expression:
        """Each channel of which fewer than two members have anything."""
        model, owner = self.model, self.model.roster.owner
        terms: list[tuple[int, float]] = []
        constant = 0
        for tasks in self.core.channels:
            there = {owner[task] for task in tasks if model.stays(task)} - {NOBODY}
            if len(there) > 1:
                continue
            given: defaultdict[int, list[int]] = defaultdict(list)
            for task in tasks:
                for member, column in () if model.stays(task) else model.gives[task].items():
                    given[member].append(column)
            if len(there | given.keys()) < 2:
                constant += ALONE
                continue
            terms.append((self._alone(given, there), ALONE))
        return terms, constant

    def _alone(self, given: dict[int, list[int]], there: set[int]) -> int:
        """A column that is 1 unless two members have something: `given` says by which columns who might,
        `there` who has anyway."""
        present = {member: self.mip.column(integer=False) for member in sorted(given.keys() - there)}
        for member, column in present.items():
            self.mip.row([(column, 1), *((given_, -1.0) for given_ in given[member])], at_most=0)
        alone, missing = self.mip.column(), 2 - len(there)
        self.mip.row([*((column, 1.0) for column in present.values()), (alone, 2)], at_least=missing)

        def complete(values: list[float]) -> None:
            for member, column in present.items():
                values[column] = min(1.0, sum(values[given_] for given_ in given[member]))
            values[alone] = float(sum(values[column] for column in present.values()) < missing)

        self._completions.append(complete)
        return alone
