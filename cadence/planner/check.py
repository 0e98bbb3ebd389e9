"""Whether a plan keeps what it promises, computed from the problem alone.

This is the second opinion on every plan: it knows no solver, and shares no rule with the side that solves.
The rules and levels are those of `docs/planning.md`. Where that side lays work out day by day, here Hall's
condition is counted (W. Horn, "Some simple scheduling algorithms", Naval Research Logistics Quarterly, 1974).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import accumulate, combinations

from cadence.insight.words import day_text, span_text
from cadence.language import _
from cadence.model.words import kind_word
from cadence.planner.plan import Plan
from cadence.planner.problem import Member, Problem, Task
from cadence.planner.worth import Assignments, ability, given_to, grouped, level_values, needs, shares


class UnsoundPlan(Exception):
    """A plan that is not what it says. That is a mistake of the planner's, never of who planned."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("the plan is unsound: " + "; ".join(faults))
        self.faults = faults


def check(problem: Problem, plan: Plan) -> None:
    """Raise UnsoundPlan, with all that is wrong, unless the plan keeps the rules and its figures are true."""
    faults = [
        *violations(problem, plan.assignments),
        *_wrong_levels(problem, plan),
        *_wrong_rest(problem, plan),
    ]
    if faults:
        raise UnsoundPlan(faults)


def violations(problem: Problem, assignments: Assignments) -> list[str]:
    """What breaks a rule beyond what the fixed tasks alone force, a sentence each."""
    fixed = _fixed(problem)
    found = [*_unknown(problem, assignments), *_not_kept(problem, assignments)]
    for hand in _hands(problem, assignments, fixed):
        found += [*_all_but_days(hand), *_over_days(hand)]
    return found


def absurdities(problem: Problem) -> list[str]:
    """What the fixed tasks break by themselves, a sentence each."""
    found: list[str] = []
    for hand in _hands(problem, _fixed(problem), {}):
        found += [*_all_but_days(hand), *_late(hand)]
    return found


# Who has what


@dataclass(frozen=True)
class _Hand:
    """What one member has, and which fixed tasks (by id) excuse them: no limit is below what those need."""

    problem: Problem
    member: Member
    held: list[Task]
    excuses: Mapping[str, Task]

    @property
    def name(self) -> str:
        return self.member.name

    def excused(self, *tasks: Task) -> bool:
        return all(task.id in self.excuses for task in tasks)

    def drafts(self) -> list[Task]:
        return [task for task in self.held if task.kind == "draft"]


def _hands(problem: Problem, assignments: Assignments, excuses: Assignments) -> Iterator[_Hand]:
    held = grouped(problem.tasks, lambda task: assignments.get(task.id))
    excused = grouped(problem.tasks, lambda task: excuses.get(task.id))
    for member in problem.members:
        if member.name in held:
            theirs = {task.id: task for task in excused.get(member.name, ())}
            yield _Hand(problem, member, held[member.name], theirs)


def _minutes(tasks: Iterable[Task], member: Member) -> int:
    return sum(needs(task, member)[0] for task in tasks)


def _fixed(problem: Problem) -> dict[str, str]:
    return {task.id: task.member for task in problem.tasks if task.fixed and task.member is not None}


# Rules


def _unknown(problem: Problem, assignments: Assignments) -> Iterator[str]:
    tasks = {task.id for task in problem.tasks}
    members = {member.name for member in problem.members}
    yield from (_("there is no task {task}", task=task) for task in assignments if task not in tasks)
    for task, name in assignments.items():
        if name not in members:
            yield _("task {task} is given to {who}, and there is no such member", task=task, who=name)


def _not_kept(problem: Problem, assignments: Assignments) -> Iterator[str]:
    for task in problem.tasks:
        if task.fixed and (name := assignments.get(task.id)) != task.member:
            yield _(
                "{task} is fixed with {who}, and {other} has it",
                task=_words(problem, task),
                who=task.member,
                other=name or _("nobody"),
            )


def _all_but_days(hand: _Hand) -> Iterator[str]:
    for rule in (_unable, _own_review, _over_week, _crowded, _too_close):
        yield from rule(hand)


def _unable(hand: _Hand) -> Iterator[str]:
    for task in hand.held:
        if hand.excused(task):
            continue
        if ability(task, hand.member) is None:
            yield _("{who} cannot do {task}", who=hand.name, task=_words(hand.problem, task))
        if hand.name in task.barred:
            yield _("{who} is barred from {task}", who=hand.name, task=_words(hand.problem, task))


def _own_review(hand: _Hand) -> Iterator[str]:
    drafts = grouped(hand.drafts(), lambda draft: draft.post)
    for review in hand.held:
        for draft in drafts.get(review.post, ()) if review.kind == "review" else ():
            if not hand.excused(draft, review):
                yield _(
                    "{who} has both {draft} and {review}",
                    who=hand.name,
                    draft=_words(hand.problem, draft),
                    review=_words(hand.problem, review),
                )


def _over_week(hand: _Hand) -> Iterator[str]:
    member, problem = hand.member, hand.problem
    excuses = grouped(hand.excuses.values(), lambda task: problem.week_of(task.closes))
    for week, tasks in sorted(grouped(hand.held, lambda task: problem.week_of(task.closes)).items()):
        taken = member.taken[week] if member.taken else 0
        need = taken + _minutes(tasks, member)
        room = max(member.capacity[week], taken + _minutes(excuses.get(week, ()), member))
        if need > room:
            yield _(
                "{who} has {need}′ in the week of {day}, and may have {room}′: {over}′ too much",
                who=hand.name,
                need=need,
                day=day_text(problem.week_start(week)),
                room=room,
                over=need - room,
            )


def _over_days(hand: _Hand) -> Iterator[str]:
    """Hall's condition: between no two days is more to be done than is free. Says the worst."""
    start = hand.problem.start
    extra = _overtime(hand.member, hand.excuses.values(), start)
    room = [0, *accumulate(free + extra.get(day, 0) for day, free in enumerate(hand.member.free))]
    work = sorted(
        ((task.closes - start).days, (task.opens - start).days, needs(task, hand.member)[0])
        for task in hand.held
    )
    worst = (0, 0, 0, 0)
    for first in {opens for _closes, opens, _minutes in work}:
        need = 0
        for last, opens, minutes in work:
            if opens >= first:
                need += minutes
                worst = max(worst, (need - (room[last + 1] - room[first]), first, last, need))
    excess, first, last, need = worst
    if excess:
        yield _(
            "{who} has {need}′ to do {span}, and {free}′ free: {over}′ too much",
            who=hand.name,
            need=need,
            span=span_text(start + timedelta(days=first), start + timedelta(days=last)),
            free=need - excess,
            over=excess,
        )


def _late(hand: _Hand) -> Iterator[str]:
    for day, minutes in _overtime(hand.member, hand.held, hand.problem.start).items():
        yield _(
            "{who} has {minutes}′ more to do by {day} than is free",
            who=hand.name,
            minutes=minutes,
            day=day_text(hand.problem.start + timedelta(days=day)),
        )


def _overtime(member: Member, tasks: Iterable[Task], start: date) -> dict[int, int]:
    """Minutes missing on the days (counted from 0) on which tasks end unfinished, most urgent done first."""
    ahead = sorted(
        (
            ((task.opens - start).days, (task.closes - start).days, place, needs(task, member)[0])
            for place, task in enumerate(tasks)
        ),
        reverse=True,
    )
    urgent: list[tuple[int, int, int, int]] = []
    missing = Counter[int]()
    for day, room in enumerate(member.free if ahead else ()):
        while ahead and ahead[-1][0] == day:
            opens, closes, place, minutes = ahead.pop()
            heappush(urgent, (closes, opens, place, minutes))
        while urgent and room:
            closes, opens, place, minutes = heappop(urgent)
            if minutes > room:
                heappush(urgent, (closes, opens, place, minutes - room))
            room -= min(minutes, room)
        while urgent and urgent[0][0] == day:
            missing[day] += heappop(urgent)[3]
    return +missing


def _crowded(hand: _Hand) -> Iterator[str]:
    problem, limit = hand.problem, hand.member.posts_a_week
    if limit is None:
        return
    excused = Counter(problem.week_of(task.day) for task in hand.excuses.values() if task.kind == "draft")
    for week, posts in sorted(Counter(problem.week_of(draft.day) for draft in hand.drafts()).items()):
        most = max(limit, excused[week])
        if posts > most:
            yield _(
                "{who} has {posts} posts in the week of {day}, and may have {most}",
                who=hand.name,
                posts=posts,
                day=day_text(problem.week_start(week)),
                most=most,
            )


def _too_close(hand: _Hand) -> Iterator[str]:
    spacing = hand.member.spacing or 0
    for one, other in combinations(hand.drafts() if spacing else (), 2):
        if abs((other.day - one.day).days) < spacing and not hand.excused(one, other):
            first, second = (
                f"{_words(hand.problem, draft)} ({day_text(draft.day)})" for draft in (one, other)
            )
            yield _(
                "{who} has {draft} and {other}, less than {spacing} days apart",
                who=hand.name,
                draft=first,
                other=second,
                spacing=spacing,
            )


def _words(problem: Problem, task: Task) -> str:
    post = problem.names.get(task.post)
    if post:
        return _("the {kind} of {post}", kind=kind_word(task.kind), post=post)
    return _("task {task}", task=task.id)


# What a plan says of itself


def _wrong_levels(problem: Problem, plan: Plan) -> Iterator[str]:
    true = level_values(problem, plan.assignments)
    said = [level.name for level in plan.levels]
    if said != list(problem.order):
        yield f"the levels are {', '.join(said) or 'left out'}, and should be {', '.join(problem.order)}"
    for level in plan.levels:
        if level.value != true[level.name]:
            yield f"{level.name} is said to be {level.value}, and is {true[level.name]}"
        if level.bound > level.value:
            yield f"{level.name} has the bound {level.bound}, above its value {level.value}"
        if plan.status == "optimal" and level.bound < level.value:
            yield f"{level.name} is said to be optimal: its bound is {level.bound}, its value {level.value}"


def _wrong_rest(problem: Problem, plan: Plan) -> Iterator[str]:
    """What is said of uncovered tasks and of shares."""
    given = given_to(problem, plan.assignments)
    said = Counter(uncovered.task for uncovered in plan.uncovered)
    true = Counter(task.id for task in problem.tasks if task.id not in given)
    yield from (f"task {task} is said to be uncovered, and is not" for task in said - true)
    yield from (f"task {task} is uncovered, and that is not said" for task in true - said)
    known = shares(problem, plan.assignments)
    for name in sorted({*known, *plan.shares}):
        if known.get(name) != plan.shares.get(name):
            yield f"the share of {name} is said to be {plan.shares.get(name)}, and is {known.get(name)}"
