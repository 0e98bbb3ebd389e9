"""The model: some tasks are given anew, all others stay. Its rules read like docs/planning.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cadence.planner.mip import Mip
from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.roster import Roster

LONGEST_STRETCH = 21
"""Days of the longest stretches that are written down at once; longer ones when an answer breaks them."""


class Model:
    """`gives[t][m]` is the column that says that m takes t, `leaves[t]` that nobody does.

    What the tasks that stay need is taken from the room of the others.
    """

    def __init__(self, core: Core, roster: Roster, free: Sequence[int]) -> None:
        self.core = core
        self.roster = roster
        self.free = [task for task in free if not core.fixed[task]]
        self.mip = Mip()
        self._inside = set(self.free)
        self._rooms: dict[tuple[int, int], int] = {}
        self._said: set[tuple[int, int, int]] = set()
        self.gives: dict[int, dict[int, int]] = {}
        self.leaves: dict[int, int] = {}
        self._of_member: defaultdict[int, list[int]] = defaultdict(list)
        for task in self.free:
            self._add(task)
        self.members = sorted(self._of_member)
        self._each_task_has_one_member_or_nobody()
        self._nobody_gives_more_than_their_week()
        self._nobody_works_more_than_is_free_in_a_stretch_of_days()
        self._a_review_is_never_by_the_author_of_the_draft()
        self._no_author_has_too_many_posts_a_week()
        self._no_author_has_two_posts_too_close()

    def stays(self, task: int) -> bool:
        return task not in self._inside

    def might(self, member: int) -> list[int]:
        """What a member might be given."""
        return self._of_member[member]

    def stayers(self, member: int) -> list[int]:
        """What a member has and keeps."""
        return [task for task in self.roster.tasks_of[member] if task not in self._inside]

    def owners(self, values: Sequence[float]) -> list[int]:
        """Who has each task of the whole problem by an answer."""
        owner = list(self.roster.owner)
        for task in self.free:
            gives = self.gives[task].items()
            owner[task] = next((member for member, column in gives if values[column] > 0.5), NOBODY)
        return owner

    def forbid_stretch(self, member: int, first: int, last: int) -> bool:
        """Write down that a member cannot work more from day `first` to `last` than is free; whether that was
        not said before."""
        return self._stretch(member, first, last, self.stayers(member))

    # The decisions

    def _add(self, task: int) -> None:
        core, mip = self.core, self.mip
        self.leaves[task] = mip.column()
        self.gives[task] = {}
        for member, (minutes, _, _) in core.options[task].items():
            if self._is_possible(task, member, minutes):
                self.gives[task][member] = mip.column()
                self._of_member[member].append(task)

    def _is_possible(self, task: int, member: int, minutes: int) -> bool:
        """Whether what stays leaves room for it."""
        core, roster = self.core, self.roster
        if minutes > self._room(member, core.week[task]):
            return False
        if any(roster.owner[r] == member and self.stays(r) for r in core.rivals[task]):
            return False
        out = core.going_out[task]
        spacing = core.spacing(member)
        return (
            out is None
            or not spacing
            or all(abs(day - out[0]) >= spacing for day, _ in self._staying_posts(member))
        )

    def _room(self, member: int, week: int) -> int:
        """Minutes of a week that what stays leaves."""
        if (member, week) not in self._rooms:
            used = self.roster.used[member][week] - sum(
                self.core.options[task][member][0]
                for task in self.roster.tasks_of[member] & self._inside
                if self.core.week[task] == week
            )
            self._rooms[member, week] = self.core.room[member][week] - used
        return self._rooms[member, week]

    def _staying_posts(self, member: int) -> list[tuple[int, int]]:
        """Day and week of the posts of an author that stay."""
        return [out for task in self.stayers(member) if (out := self.core.going_out[task]) is not None]

    # The rules

    def _each_task_has_one_member_or_nobody(self) -> None:
        for task in self.free:
            columns = [self.leaves[task], *self.gives[task].values()]
            self.mip.row(((column, 1) for column in columns), at_least=1, at_most=1)

    def _nobody_gives_more_than_their_week(self) -> None:
        for member in self.members:
            by_week: defaultdict[int, list[int]] = defaultdict(list)
            for task in self._of_member[member]:
                by_week[self.core.week[task]].append(task)
            for week, tasks in by_week.items():
                terms = self._minutes(member, tasks)
                if sum(minutes for _, minutes in terms) > self._room(member, week):
                    self.mip.row(terms, at_most=self._room(member, week))

    def _nobody_works_more_than_is_free_in_a_stretch_of_days(self) -> None:
        for member in self.members:
            staying = self.stayers(member)
            for first, last in list(self._stretches(member, staying)):
                self._stretch(member, first, last, staying)

    def _a_review_is_never_by_the_author_of_the_draft(self) -> None:
        for task in self.free:
            for rival in self.core.rivals[task]:
                if task < rival and rival in self._inside:
                    for member in self.gives[task].keys() & self.gives[rival].keys():
                        both = (self.gives[task][member], 1), (self.gives[rival][member], 1)
                        self.mip.row(both, at_most=1)

    def _no_author_has_too_many_posts_a_week(self) -> None:
        for member in self.members:
            if self.core.problem.members[member].posts_a_week is None:
                continue
            staying = self._staying_posts(member)
            for week, columns in self._authored(member, 1).items():
                limit = self.core.limit(member, week)
                if limit is not None:
                    room = limit - sum(other == week for _, other in staying)
                    self.mip.row(((column, 1) for column in columns), at_most=max(room, 0))

    def _no_author_has_two_posts_too_close(self) -> None:
        for member in self.members:
            spacing = self.core.spacing(member)
            if not spacing:
                continue
            by_day = self._authored(member, 0)
            for first in by_day:
                days = [day for day in by_day if first <= day < first + spacing]
                columns = [column for day in days for column in by_day[day]]
                if len(columns) > 1:
                    self.mip.row(((column, 1) for column in columns), at_most=1)

    def _authored(self, member: int, by: int) -> dict[int, list[int]]:
        """The columns of the posts that a member might write, by day (0) or by week (1)."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for task in self._of_member[member]:
            out = self.core.going_out[task]
            if out is not None:
                found[out[by]].append(self.gives[task][member])
        return found

    # Stretches of days

    def _stretches(self, member: int, staying: list[int]) -> Iterator[tuple[int, int]]:
        """The stretches that could be too short for what a member might have. Each begins on a day on which
        a window opens and ends on one on which another closes."""
        core = self.core
        might = set(self._of_member[member])
        earliest = min(core.closes[task] for task in might) - LONGEST_STRETCH
        latest = max(core.opens[task] for task in might) + LONGEST_STRETCH
        near = {task for task in staying if core.opens[task] > earliest and core.closes[task] < latest}
        every = sorted(might | near, key=lambda task: (core.closes[task], task in might))
        for first in sorted({core.opens[task] for task in every}):
            needed = defaultdict[int, int](int)
            taken, begun = 0, False
            for task in every:
                opens, last = core.opens[task], core.closes[task]
                if last >= first + LONGEST_STRETCH:
                    break
                if opens < first:
                    continue
                begun = begun or opens == first
                if task not in might:
                    taken += core.options[task][member][0]
                    continue
                needed[core.week[task]] += core.options[task][member][0]
                most = sum(min(minutes, self._room(member, week)) for week, minutes in needed.items())
                if begun and most > core.free_within(member, first, last) - taken:
                    yield first, last

    def _stretch(self, member: int, first: int, last: int, staying: list[int]) -> bool:
        """The row of a stretch; False if it is there already."""
        if (member, first, last) in self._said:
            return False
        self._said.add((member, first, last))
        taken = sum(self.core.options[t][member][0] for t in self._inside_of(first, last, staying))
        room = max(self.core.free_within(member, first, last) - taken, 0)
        inside = self._inside_of(first, last, self._of_member[member])
        self.mip.row(self._minutes(member, inside), at_most=room)
        return True

    def _inside_of(self, first: int, last: int, tasks: Sequence[int]) -> list[int]:
        """Those whose window lies within a stretch of days."""
        core = self.core
        return [task for task in tasks if first <= core.opens[task] and core.closes[task] <= last]

    def _minutes(self, member: int, tasks: Sequence[int]) -> list[tuple[int, float]]:
        return [(self.gives[task][member], self.core.options[task][member][0]) for task in tasks]
