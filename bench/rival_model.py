"""The whole of a planning problem as one linear model in whole numbers, for engines left to themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from bench.rival_rules import Room, pairs_of
from cadence.planner.problem import WEIGHTS, LevelName, Problem, Task

SHORT = 21
"""Days. Longer intervals become rows only once an answer breaks one."""
NO_CAPACITY, STEP, STEPS = 1000, 5, 200
NO_LIMIT = 10**9

Answer = Sequence[int]
"""A value for each column."""


class Row(NamedTuple):
    """low ≤ Σ factor × column ≤ high."""

    columns: Sequence[int]
    factors: Sequence[int]
    low: int
    high: int


@dataclass
class Aim:
    """The value of a level: constant + Σ factor × column."""

    columns: list[int] = field(default_factory=list)
    factors: list[int] = field(default_factory=list)
    constant: int = 0

    def add(self, column: int, factor: int) -> None:
        self.columns.append(column)
        self.factors.append(factor)

    def value(self, answer: Answer) -> int:
        return self.constant + sum(f * answer[c] for c, f in zip(self.columns, self.factors, strict=True))

    def at_most(self, value: int) -> Row:
        return Row(self.columns, self.factors, -NO_LIMIT, value - self.constant)


class Whole:
    """Columns with bounds, rows, and the levels as aims.

    First come the columns of the pairs, in their order, then those of uncovered tasks, then the figures that
    levels need; each has a function that gives its least value once all columns before it are known.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.rows: list[Row] = []
        self.aims: dict[LevelName, Aim] = {name: Aim() for name in problem.order}
        self._figures: list[tuple[int, Callable[[Answer], int]]] = []
        self.pairs = list(pairs_of(problem))
        self._column = {(pair.task, pair.member): column for column, pair in enumerate(self.pairs)}
        self._of_task: list[list[int]] = [[] for _ in problem.tasks]
        self._of_member: list[list[int]] = [[] for _ in problem.members]
        for column, pair in enumerate(self.pairs):
            self._add_column(int(self._task(column).fixed), 1)
            self._of_task[pair.task].append(column)
            self._of_member[pair.member].append(column)
        self._rooms = [
            Room(problem, member, [self.pairs[c] for c in self._of_member[m] if self.lower[c]])
            for m, member in enumerate(problem.members)
        ]
        self._add_rules()
        self._add_levels()

    # From assignments and back

    def answer_of(self, assignments: Mapping[str, str]) -> list[int]:
        """All columns, for assignments that keep the rules."""
        answer = [0] * len(self.lower)
        for column, pair in enumerate(self.pairs):
            name = self.problem.members[pair.member].name
            answer[column] = int(assignments.get(self._task(column).id) == name)
        for column, figure in self._figures:
            answer[column] = figure(answer)
        return answer

    def assignments_of(self, answer: Answer) -> dict[str, str]:
        members = self.problem.members
        had = (column for column in range(len(self.pairs)) if answer[column])
        return {self._task(column).id: members[self.pairs[column].member].name for column in had}

    def broken(self, answer: Answer) -> list[Row]:
        """The rows of long intervals that an answer does not keep."""
        return [
            self._interval_row(m, interval.first, interval.last, interval.free)
            for m, room in enumerate(self._rooms)
            for interval in room.tight([self.pairs[c] for c in self._of_member[m] if answer[c]], NO_LIMIT)
        ]

    def _interval_row(self, member: int, first: int, last: int, free: int) -> Row:
        of_member, pairs = self._of_member[member], self.pairs
        within = [c for c in of_member if first <= pairs[c].opens and pairs[c].closes <= last]
        return Row(within, [pairs[c].minutes for c in within], -NO_LIMIT, free)

    # Building

    def _task(self, column: int) -> Task:
        return self.problem.tasks[self.pairs[column].task]

    def _add_column(self, lower: int, upper: int) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def _add_figure(self, lower: int, upper: int, figure: Callable[[Answer], int]) -> int:
        column = self._add_column(lower, upper)
        self._figures.append((column, figure))
        return column

    def _at_most(self, columns: Sequence[int], high: int, factors: Sequence[int] | None = None) -> None:
        self.rows.append(Row(columns, factors or [1] * len(columns), -NO_LIMIT, high))

    def _free(self, columns: Sequence[int]) -> list[int]:
        """Those of columns that are not fixed."""
        return [column for column in columns if not self.lower[column]]

    # Rules

    def _add_rules(self) -> None:
        self._posts: dict[tuple[str, str], list[int]] = defaultdict(list)
        for n, task in enumerate(self.problem.tasks):
            self._posts[task.post, task.kind].append(n)
        self._each_task_has_one_owner_or_none()
        self._a_review_is_never_by_the_drafts_author()
        for member, columns in enumerate(self._of_member):
            self._weeks_hold_what_they_allow(member, columns)
            self._days_hold_what_is_free(member, columns)
            drafts = [column for column in columns if self._task(column).kind == "draft"]
            self._an_author_has_so_many_posts_a_week(member, drafts)
            self._an_authors_posts_keep_their_distance(member, drafts)

    def _each_task_has_one_owner_or_none(self) -> None:
        for n, task in enumerate(self.problem.tasks):
            if not task.fixed:
                columns = self._of_task[n]
                uncovered = self._add_figure(0, 1, lambda a, c=columns: 1 - sum(a[x] for x in c))
                self.rows.append(Row([*columns, uncovered], [1] * (len(columns) + 1), 1, 1))
                self.aims["uncovered"].add(uncovered, WEIGHTS[task.priority])

    def _a_review_is_never_by_the_drafts_author(self) -> None:
        for (post, kind), reviews in self._posts.items():
            drafts = self._posts.get((post, "draft"), []) if kind == "review" else []
            for draft, review in product(drafts, reviews):
                for column in self._of_task[draft]:
                    other = self._column.get((review, self.pairs[column].member))
                    if other is not None and not (self.lower[column] and self.lower[other]):
                        self._at_most([column, other], 1)

    def _weeks_hold_what_they_allow(self, member: int, columns: list[int]) -> None:
        weeks: dict[int, list[int]] = defaultdict(list)
        for column in columns:
            weeks[self.pairs[column].week].append(column)
        for week, held in weeks.items():
            self._at_most(held, self._rooms[member].week[week], [self.pairs[c].minutes for c in held])

    def _days_hold_what_is_free(self, member: int, columns: list[int]) -> None:
        for interval in self._rooms[member].tight([self.pairs[c] for c in columns], SHORT):
            held = [self._column[pair.task, member] for pair in interval.pairs]
            self._at_most(held, interval.free, [pair.minutes for pair in interval.pairs])

    def _an_author_has_so_many_posts_a_week(self, member: int, drafts: list[int]) -> None:
        limit = self.problem.members[member].posts_a_week
        weeks: dict[int, list[int]] = defaultdict(list)
        for column in drafts if limit is not None else ():
            weeks[self.problem.week_of(self._task(column).day)].append(column)
        for held in weeks.values():
            self._at_most(held, max(limit or 0, sum(self.lower[column] for column in held)))

    def _an_authors_posts_keep_their_distance(self, member: int, drafts: list[int]) -> None:
        spacing = self.problem.members[member].spacing or 0
        day = {column: self._task(column).day.toordinal() for column in drafts}
        for fixed in drafts if spacing else ():
            if self.lower[fixed]:
                for column in self._free(drafts):
                    if abs(day[column] - day[fixed]) < spacing:
                        self.upper[column] = 0
        for first in sorted(set(day.values())) if spacing else ():
            near = [column for column in self._free(drafts) if first <= day[column] < first + spacing]
            self._at_most(near, 1)

    # Levels

    def _add_levels(self) -> None:
        for column, pair in enumerate(self.pairs):
            if pair.cost:
                self.aims["cost"].add(column, pair.cost)
            if pair.points:
                self.aims["preferences"].add(column, pair.points)
        self._add_shares()
        self._add_changes()
        self._add_handovers()
        self._add_lonely_channels()

    def _add_shares(self) -> None:
        """100 × minutes − capacity × share ≤ −100 × taken; for unfairness, which is convex, its tangents."""
        staff = [m for m, member in enumerate(self.problem.members) if member.kind == "staff"]
        shares = [self._share(m) for m in staff]
        most = max((self.upper[share] for share in shares), default=0)
        highest = self._add_figure(0, most, lambda a: max((a[share] for share in shares), default=0))
        self.aims["highest-share"].add(highest, 1)
        for share in shares:
            self._at_most([share, highest], 0, [1, -1])
            low, high = self.lower[share], self.upper[share]
            unfair = self._add_figure(0, _unfairness(high), lambda a, s=share: _unfairness(a[s]))
            for k in range(low // STEP, min(high // STEP, STEPS) + 1):
                self._at_most([share, unfair], STEP * k * (k + 1) // 2, [k + 1, -1])
            self.aims["unfairness"].add(unfair, 1)

    def _share(self, m: int) -> int:
        """The column of a member's share."""
        capacity, columns = sum(self.problem.members[m].capacity), self._of_member[m]
        taken, minutes = sum(self.problem.members[m].taken), [self.pairs[c].minutes for c in columns]

        def share(used: int) -> int:
            if capacity:
                return -(-100 * (taken + used) // capacity)
            return NO_CAPACITY if taken + used else 0

        def figure(answer: Answer) -> int:
            return share(sum(n * answer[c] for c, n in zip(columns, minutes, strict=True)))

        fixed = sum(n * self.lower[c] for c, n in zip(columns, minutes, strict=True))
        column = self._add_figure(share(fixed), share(max(fixed, sum(self._rooms[m].week))), figure)
        if capacity and columns:
            self._at_most([*columns, column], -100 * taken, [*(100 * n for n in minutes), -capacity])
        return column

    def _add_changes(self) -> None:
        aim, places = self.aims["changes"], {member.name: m for m, member in enumerate(self.problem.members)}
        for n, task in enumerate(self.problem.tasks):
            if task.member is not None:
                weight = 10 if task.held == "told" else 1
                aim.constant += weight
                column = self._column.get((n, places[task.member]))
                if column is not None:
                    aim.add(column, -weight)

    def _add_handovers(self) -> None:
        """A draft that somebody has, and not the same one answers for it."""
        for (post, kind), engages in self._posts.items():
            drafts = self._posts.get((post, "draft"), []) if kind == "engage" else []
            for draft, engage in product(drafts, engages):
                both = [(c, self._column.get((engage, self.pairs[c].member))) for c in self._of_task[draft]]

                def figure(answer: Answer, both: list[tuple[int, int | None]] = both) -> int:
                    return max((answer[c] - (answer[o] if o is not None else 0) for c, o in both), default=0)

                handed = self._add_figure(0, 1, lambda a, f=figure: max(0, f(a)))
                self.aims["preferences"].add(handed, 2)
                for column, other in both:
                    if other is None:
                        self._at_most([column, handed], 0, [1, -1])
                    else:
                        self._at_most([column, other, handed], 0, [1, -1, -1])

    def _add_lonely_channels(self) -> None:
        """Channels with two or more tasks of which fewer than two members have any."""
        channels: dict[str, list[int]] = defaultdict(list)
        for n, task in enumerate(self.problem.tasks):
            channels[task.channel].append(n)
        for tasks in channels.values():
            if len(tasks) < 2:
                continue
            has: dict[int, list[int]] = defaultdict(list)
            for column in (column for n in tasks for column in self._of_task[n]):
                has[self.pairs[column].member].append(column)
            active: list[int] = []
            for columns in has.values():
                active.append(self._add_figure(0, 1, lambda a, cs=columns: int(any(a[c] for c in cs))))
                self._at_most([active[-1], *columns], 0, [1, *([-1] * len(columns))])
            lonely = self._add_figure(0, 1, lambda a, cs=active: int(sum(a[c] for c in cs) < 2))
            self.rows.append(Row([*active, lonely], [*([1] * len(active)), 2], 2, NO_LIMIT))
            self.aims["preferences"].add(lonely, 10)


def _unfairness(share: int) -> int:
    """Σ max(0, share − 5k) for k = 0 … 200."""
    k = min(share // STEP, STEPS)
    return (k + 1) * share - STEP * k * (k + 1) // 2
