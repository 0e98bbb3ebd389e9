"""A problem as numbers: what the search and the model read a million times.

Tasks, members, days and weeks are counted from 0 in the order of the problem. Nothing here changes while
planning goes on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cadence.planner.problem import WEIGHTS, Member, Problem, Task
from cadence.planner.solving.days import Piece, overtime

NOBODY = -1
TOLD, PLANNED = 10, 1
"""What taking a task from somebody counts, who was told or who is only planned to have it."""
LEARNING, ABLE, OTHER_TOPIC, OTHER_ANSWERS, ALONE = 2, 1, 1, 2, 10
"""What counts on the level of preferences: see docs/planning.md."""

Terms = tuple[int, int, int]
"""Minutes, cents, and taste (what the pair counts on the level of preferences)."""


@dataclass(frozen=True)
class Core:
    """`options[t]`: who can take task t, on which terms. `free[m][d]` and `room[m][w]`: minutes by day and
    week, with what fixed tasks need beyond them; `room` less what is taken. `rivals[t]`: the tasks that may
    not have the member of t."""

    problem: Problem
    opens: list[int]
    closes: list[int]
    week: list[int]
    weight: list[int]
    options: list[dict[int, Terms]]
    held: list[int]
    change: list[int]
    fixed: list[bool]
    rivals: list[tuple[int, ...]]
    free: list[list[int]]
    room: list[list[int]]
    base: list[int]
    """Minutes that each member has from elsewhere, over the horizon."""
    capacity: list[int]
    """Minutes that each member gives, over the horizon."""
    is_staff: list[bool]
    going_out: list[tuple[int, int] | None]
    """For a draft the day and week in which its post goes out; None for other tasks."""
    posts_a_week: list[dict[int, int] | None]
    """For each member the weeks with a limit of their own, by fixed drafts beyond it."""
    answers: list[tuple[int, int]]
    """Pairs of a draft and the answering of the same post."""
    channels: list[list[int]]
    """The tasks of each channel that has two or more."""

    @property
    def tasks(self) -> range:
        return range(len(self.opens))

    @property
    def members(self) -> range:
        return range(len(self.free))

    @property
    def weeks(self) -> range:
        return range(self.problem.weeks)

    @cached_property
    def pairs(self) -> int:
        """How many (task, member) pairs are allowed."""
        return sum(len(options) for options in self.options)

    @cached_property
    def by_week(self) -> list[list[int]]:
        """The tasks whose window closes in each week."""
        found: list[list[int]] = [[] for _ in self.weeks]
        for task in self.tasks:
            found[self.week[task]].append(task)
        return found

    @cached_property
    def by_post(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for index, task in enumerate(self.problem.tasks):
            found[task.post].append(index)
        return dict(found)

    @cached_property
    def _free_until(self) -> list[list[int]]:
        """Free minutes before each day."""
        return [[0, *accumulate(free)] for free in self.free]

    def free_within(self, member: int, first: int, last: int) -> int:
        """Free minutes from day `first` to day `last`, both included."""
        until = self._free_until[member]
        return until[last + 1] - until[first]

    def share(self, member: int, minutes: int) -> int:
        """The load share in percent, rounded up, of a member with so many minutes over the horizon."""
        if not minutes:
            return 0
        return -(-100 * minutes // self.capacity[member]) if self.capacity[member] else 1000

    def limit(self, member: int, week: int) -> int | None:
        """How many posts an author may have in a week; None: as many as they like."""
        usual = self.problem.members[member].posts_a_week
        own = self.posts_a_week[member]
        return usual if usual is None or own is None else own.get(week, usual)

    def spacing(self, member: int) -> int:
        """The fewest days between the posts of an author; 0: it does not matter."""
        return self.problem.members[member].spacing or 0


def compile_problem(problem: Problem) -> Core:
    index = {member.name: number for number, member in enumerate(problem.members)}
    held = [index[task.member] if task.member is not None else NOBODY for task in problem.tasks]
    options = _options(problem, index)
    opens = [(task.opens - problem.start).days for task in problem.tasks]
    closes = [(task.closes - problem.start).days for task in problem.tasks]
    week = [problem.week_of(task.closes) for task in problem.tasks]
    fixed = [task.fixed for task in problem.tasks]
    kept = _kept(held, fixed, len(problem.members))
    minutes = {task: options[task][member][0] for member, tasks in enumerate(kept) for task in tasks}
    by_post: defaultdict[str, list[int]] = defaultdict(list)
    for number, task in enumerate(problem.tasks):
        by_post[task.post].append(number)
    return Core(
        problem=problem,
        opens=opens,
        closes=closes,
        week=week,
        weight=[WEIGHTS[task.priority] for task in problem.tasks],
        options=options,
        held=held,
        change=[
            0 if who == NOBODY else TOLD if task.held == "told" else PLANNED
            for who, task in zip(held, problem.tasks, strict=True)
        ],
        fixed=fixed,
        rivals=[_rivals(problem, by_post[task.post], task) for task in problem.tasks],
        free=[
            _free(member, [Piece(opens[t], closes[t], minutes[t], t) for t in kept[m]])
            for m, member in enumerate(problem.members)
        ],
        room=[
            _room(problem, member, [(week[t], minutes[t]) for t in kept[m]])
            for m, member in enumerate(problem.members)
        ],
        base=[sum(member.taken) for member in problem.members],
        capacity=[sum(member.capacity) for member in problem.members],
        is_staff=[member.kind == "staff" for member in problem.members],
        going_out=[_going_out(problem, task) for task in problem.tasks],
        posts_a_week=[_posts_a_week(problem, member, kept[m]) for m, member in enumerate(problem.members)],
        answers=[
            (first, second)
            for tasks in by_post.values()
            for first in tasks
            if problem.tasks[first].kind == "draft"
            for second in tasks
            if problem.tasks[second].kind == "engage"
        ],
        channels=_channels(problem),
    )


def _options(problem: Problem, index: dict[str, int]) -> list[dict[int, Terms]]:
    """Who can take each task. Those that are alike share one answer: a large team is quick."""
    known: dict[tuple[str, str, int, str], dict[int, Terms]] = {}
    found: list[dict[int, Terms]] = []
    for task in problem.tasks:
        alike = (task.kind, task.channel, task.effort, task.topic)
        if task.fixed and task.member is not None:
            who = problem.members[index[task.member]]
            found.append({index[who.name]: _terms(who, task) or _forced(who, task)})
            continue
        if task.terms is not None or alike not in known:
            known[alike] = _able(problem, task)
        able = known.pop(alike) if task.terms is not None else known[alike]
        barred = {index[name] for name in task.barred}
        found.append({m: terms for m, terms in able.items() if m not in barred} if barred else able)
    return found


def _able(problem: Problem, task: Task) -> dict[int, Terms]:
    ranked = ((number, _terms(member, task)) for number, member in enumerate(problem.members))
    return {number: terms for number, terms in ranked if terms}


def _terms(member: Member, task: Task) -> Terms | None:
    """What a task takes a member; None: they cannot do it."""
    if task.terms is not None:
        own = task.terms.get(member.name)
        return own and (own.minutes, own.cost, _other_topic(member, task))
    level = member.level_for(task.kind, task.channel)
    if level is None:
        return None
    minutes = -(-3 * task.effort // 2) if level == "learning" else task.effort
    taste = {"learning": LEARNING, "able": ABLE, "expert": 0}[level]
    return minutes, _cost(member, minutes), taste + _other_topic(member, task)


def _forced(member: Member, task: Task) -> Terms:
    return task.effort, _cost(member, task.effort), ABLE + _other_topic(member, task)


def _cost(member: Member, minutes: int) -> int:
    return (member.cost_per_hour * minutes + 30) // 60 if member.kind == "partner" else 0


def _other_topic(member: Member, task: Task) -> int:
    return OTHER_TOPIC if task.topic and member.topics and task.topic not in member.topics else 0


def _kept(held: list[int], fixed: list[bool], members: int) -> list[list[int]]:
    """The fixed tasks of each member."""
    kept: list[list[int]] = [[] for _ in range(members)]
    for task, who in enumerate(held):
        if fixed[task]:
            kept[who].append(task)
    return kept


def _free(member: Member, kept: list[Piece]) -> list[int]:
    free = list(member.free)
    for day, minutes in overtime(free, kept):
        free[day] += minutes
    return free


def _room(problem: Problem, member: Member, kept: list[tuple[int, int]]) -> list[int]:
    needed = Counter[int]()
    for week, minutes in kept:
        needed[week] += minutes
    taken = member.taken or (0,) * problem.weeks
    return [max(limit - taken[w], needed[w]) for w, limit in enumerate(member.capacity)]


def _rivals(problem: Problem, of_post: list[int], task: Task) -> tuple[int, ...]:
    other = {"draft": "review", "review": "draft"}.get(task.kind)
    return tuple(number for number in of_post if problem.tasks[number].kind == other)


def _going_out(problem: Problem, task: Task) -> tuple[int, int] | None:
    if task.kind != "draft":
        return None
    return (task.day - problem.start).days, problem.week_of(task.day)


def _posts_a_week(problem: Problem, member: Member, kept: list[int]) -> dict[int, int] | None:
    if member.posts_a_week is None:
        return None
    counts = Counter(problem.week_of(problem.tasks[t].day) for t in kept if problem.tasks[t].kind == "draft")
    return {week: count for week, count in counts.items() if count > member.posts_a_week}


def _channels(problem: Problem) -> list[list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, task in enumerate(problem.tasks):
        found[task.channel].append(number)
    return [tasks for tasks in found.values() if len(tasks) > 1]
