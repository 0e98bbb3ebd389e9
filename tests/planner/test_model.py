"""The model says the rules, and its goals the levels, whichever tasks are given anew."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cadence.planner.check import violations
from cadence.planner.mip import Mip
from cadence.planner.problem import LEVEL_NAMES, LevelName, Problem
from cadence.planner.solving.core import NOBODY, compile_problem
from cadence.planner.solving.goals import Expression, Goals
from cadence.planner.solving.levels import shares, unfair, value_of, weights_of, worth
from cadence.planner.solving.model import Model
from cadence.planner.solving.roster import Roster
from cadence.planner.worth import level_values
from tests.planner.owners import fewer, named, others, problems_with_plans
from tests.planner.problems import MON, SUN, TUE, WED, a_problem

ALMOST = 1e-6
some = fewer(5)


def faults(mip: Mip, values: Sequence[float]) -> list[str]:
    """The columns and rows that the values break."""
    found = [
        f"column {n} is {value}"
        for n, value in enumerate(values)
        if not mip.lower[n] - ALMOST <= value <= mip.upper[n] + ALMOST
        or (mip.integer[n] and value != round(value))
    ]
    for row, (low, high) in enumerate(zip(mip.row_lower, mip.row_upper, strict=True)):
        places = range(mip.starts[row], mip.starts[row + 1])
        amount = sum(mip.value[place] * values[mip.index[place]] for place in places)
        if not low - ALMOST <= amount <= high + ALMOST:
            found.append(f"row {row} is {amount}, and should be from {low} to {high}")
    return found


def worth_of(expression: Expression, values: Sequence[float]) -> float:
    terms, constant = expression
    return constant + sum(coefficient * values[column] for column, coefficient in terms)


@st.composite
def changes(draw: st.DrawFn) -> tuple[Problem, list[int], list[int], list[int]]:
    """A problem, an assignment, some tasks, and another assignment that gives only those differently."""
    problem, before = draw(problems_with_plans())
    numbers = st.sampled_from(range(len(problem.tasks)))
    chosen = draw(st.one_of(st.just(set(range(len(problem.tasks)))), st.sets(numbers)))
    free = sorted(task for task in chosen if not problem.tasks[task].fixed)
    kept = named(problem, [NOBODY if task in free else member for task, member in enumerate(before)])
    return problem, before, free, draw(others(problem, kept, free))


@some
@given(problems_with_plans())
def test_an_assignment_is_worth_what_the_verifier_says(found: tuple[Problem, list[int]]) -> None:
    problem, owner = found
    core = compile_problem(problem)
    true = level_values(problem, named(problem, owner))
    assert {level: value_of(core, owner, level) for level in problem.order} == true
    assert worth(core, owner) == tuple(true.values())


@some
@given(changes())
def test_whatever_breaks_no_rule_satisfies_the_model_and_is_worth_the_same_in_it(
    found: tuple[Problem, list[int], list[int], list[int]],
) -> None:
    problem, before, free, after = found
    core = compile_problem(problem)
    model = Model(core, Roster.of(core, before), free)
    goals = Goals(model)
    expressions: dict[LevelName, Expression] = {level: goals.expression(level) for level in problem.order}
    values = goals.start(after)
    assert model.owners(values) == after
    assert faults(model.mip, values) == []
    for level, expression in expressions.items():
        assert worth_of(expression, values) == value_of(core, after, level), level
        goals.hold(level, value_of(core, after, level))
    assert faults(model.mip, goals.start(after)) == [], "what is held is what it is worth"


@some
@given(changes(), st.data())
def test_what_breaks_a_rule_breaks_a_row_of_the_model(
    found: tuple[Problem, list[int], list[int], list[int]], data: st.DataObject
) -> None:
    """The horizon is so short that all stretches of days are written down at once."""
    problem, before, free, after = found
    core = compile_problem(problem)
    model = Model(core, Roster.of(core, before), free)
    wrong = list(after)
    for task in free:
        if model.gives[task] and data.draw(st.booleans()):
            wrong[task] = data.draw(st.sampled_from(list(model.gives[task])))
    broken = faults(model.mip, Goals(model).start(wrong))
    assert bool(broken) == bool(violations(problem, named(problem, wrong)))


@some
@given(changes())
def test_in_a_sum_a_point_of_a_level_outweighs_all_later_ones(
    found: tuple[Problem, list[int], list[int], list[int]],
) -> None:
    problem, one, _, other = found
    core = compile_problem(problem)
    levels = ("unfairness", "changes", "preferences")
    weights = weights_of(core, levels)

    def values(owner: list[int]) -> list[int]:
        return [value_of(core, owner, level) for level in levels]

    def total(owner: list[int]) -> int:
        return sum(weight * value for weight, value in zip(weights, values(owner), strict=True))

    assert (values(one) < values(other)) == (total(one) < total(other))


def test_what_stays_takes_the_room_of_the_days_it_needs_wherever_it_stands() -> None:
    problem = (
        a_problem()
        .member("Anna", free=60)
        .task("1 draft", 60, opens=TUE, closes=WED)
        .task("2 draft", 60, opens=TUE, closes=WED)
        .task("3 draft", 60, opens=WED, closes=WED)
        .build()
    )
    core = compile_problem(problem)
    for stays in core.tasks:
        free = [task for task in core.tasks if task != stays]
        alone = [0 if task == stays else NOBODY for task in core.tasks]
        model = Model(core, Roster.of(core, alone), free)
        goals = Goals(model)
        for task in free:
            pair = [0 if other in (stays, task) else NOBODY for other in core.tasks]
            assert faults(model.mip, goals.start(pair)) == []
        assert len(faults(model.mip, goals.start([0, 0, 0]))) == 1, "180 of the 120 minutes of two days"


def test_a_share_may_be_beyond_all_measure() -> None:
    problem = (
        a_problem().member("Anna", capacity=(10, 0), taken=(0, 600)).task("1 draft", 5, closes=SUN).build()
    )
    core = compile_problem(problem)
    assert shares(core, [0]) == [6050], "605 of 10 minutes"
    model = Model(core, Roster(core), [0])
    goals = Goals(model)
    for level in LEVEL_NAMES:
        goals.expression(level)
    assert faults(model.mip, goals.start([0])) == []


def test_unfairness_counts_each_point_once_more_in_every_step_of_five() -> None:
    # 12 + 7 + 2 for 12 %; nothing for 0, and the last step of all is at 1000
    assert [unfair(share) for share in (0, 1, 5, 6, 12)] == [0, 1, 5, 7, 21]
    assert unfair(1010) - unfair(1009) == 201


def test_a_stretch_is_said_only_once() -> None:
    problem = a_problem().member("Anna", free=30).task("1 draft", 60, opens=MON, closes=WED).build()
    core = compile_problem(problem)
    model = Model(core, Roster(core), [0])
    assert model.forbid_stretch(0, 0, 2)
    assert not model.forbid_stretch(0, 0, 2)
