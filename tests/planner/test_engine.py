"""The solver behind its door: answers, bounds, and when it stops."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.planner.engine import Answer, Effort, Highs, Watcher
from cadence.planner.mip import Mip

ALWAYS = Effort()
WEIGHTS, VALUES, ROOM = (3, 4, 5, 6), (30, 50, 60, 70), 10


def never() -> bool:
    return False


def a_knapsack() -> Mip:
    """What is left behind is to be worth as little as possible: 210 in all, and 120 (4 + 6) can be taken."""
    mip = Mip()
    columns = [mip.column() for _ in WEIGHTS]
    mip.row(zip(columns, WEIGHTS, strict=True), at_most=ROOM)
    mip.minimise(((column, -value) for column, value in zip(columns, VALUES, strict=True)), sum(VALUES))
    return mip


def a_hard_one(size: int = 60) -> Mip:
    """Rows of big random numbers that are to add up nearly exactly: more than can be searched."""
    dice, mip = Random(1), Mip()
    columns = [mip.column() for _ in range(size)]
    misses: list[int] = []
    for _ in range(4):
        amounts = [dice.randrange(1, 100_000) for _ in columns]
        over, under = (mip.column(0, 10_000_000, integer=False) for _ in range(2))
        terms = [*zip(columns, amounts, strict=True), (over, -1), (under, 1)]
        mip.row(terms, at_least=sum(amounts) // 2, at_most=sum(amounts) // 2)
        misses += [over, under]
    mip.minimise((column, 1) for column in misses)
    return mip


def solved(mip: Mip, effort: Effort = ALWAYS, start: list[float] | None = None) -> Answer:
    return Highs().minimise(mip, effort, start, never)


def taken(answer: Answer) -> list[int]:
    assert answer.values is not None
    return [column for column, value in enumerate(answer.values) if value > 0.5]


def test_the_best_is_found_and_proven() -> None:
    answer = solved(a_knapsack())
    assert taken(answer) == [1, 3]
    assert (answer.bound, answer.optimal, answer.infeasible) == (90, True, False)


def test_the_relaxation_is_a_bound_below_the_best_rounded_up() -> None:
    # 4 and 5 are taken whole, and a sixth of the last: 210 - 110 - 11.67 = 88.33; no whole number is between
    assert Highs().relax(a_knapsack(), ALWAYS, never) == 89


def test_what_is_impossible_is_said_to_be() -> None:
    mip = Mip()
    mip.row([(mip.column(), 1)], at_least=2)
    answer = solved(mip)
    assert (answer.values, answer.optimal, answer.infeasible) == (None, False, True)
    assert Highs().relax(mip, ALWAYS, never) is None


def test_a_model_without_columns_is_worth_its_constant() -> None:
    mip = Mip()
    mip.minimise((), 7)
    answer = solved(mip)
    assert (answer.bound, answer.optimal) == (7, True)
    assert Highs().relax(mip, ALWAYS, never) == 7


def test_a_model_without_decisions_is_bounded_where_it_is_solved() -> None:
    mip = Mip()
    column = mip.column(0, 10, integer=False)
    mip.row([(column, 2)], at_least=5)
    mip.minimise([(column, 1)])
    answer = solved(mip)
    assert (answer.values, answer.optimal) == ([2.5], True)
    assert answer.bound in (2, 3)


def test_a_column_may_be_named_more_than_once_in_a_row_and_in_the_objective() -> None:
    mip = Mip()
    one, other = mip.column(), mip.column()
    mip.row([(one, 1), (other, 1), (one, 1), (other, -1)], at_least=1)
    mip.minimise([(one, 2), (other, 1), (one, 1)])
    answer = solved(mip)
    assert (taken(answer), answer.bound) == ([one], 3)


def test_a_model_that_makes_no_sense_is_refused() -> None:
    mip = Mip()
    mip.row([(mip.column() + 7, 1)], at_least=1)
    with pytest.raises(ValueError, match="does not accept the model"):
        solved(mip)


@pytest.mark.parametrize("worth", [999_999, 1_300_000, 25_000_000, 400_000_001])
def test_large_amounts_are_proven_to_the_last_one(worth: int) -> None:
    mip = Mip()
    columns = [mip.column() for _ in range(3)]
    mip.row(((column, 1) for column in columns), at_least=1)
    mip.minimise([(columns[0], worth), (columns[1], worth + 1), (columns[2], worth + 2)])
    answer = solved(mip)
    assert (taken(answer), answer.bound) == ([0], worth)


def test_rows_may_be_added_and_the_objective_replaced() -> None:
    mip = a_knapsack()
    assert solved(mip).bound == 90
    mip.row([(1, 1)], at_most=0)
    assert solved(mip).bound == 110, "30 and 70 instead, of 210"
    mip.minimise([(0, 1)])
    assert solved(mip).bound == 0


@given(st.data())
def test_small_models_are_solved_as_by_trying_everything(data: st.DataObject) -> None:
    amounts = st.integers(-9, 9)
    size = data.draw(st.integers(1, 5))
    columns = st.lists(amounts, min_size=size, max_size=size)
    rows = data.draw(st.lists(st.tuples(columns, st.integers(-5, 12)), max_size=4))
    costs, constant = data.draw(columns), data.draw(amounts)
    mip = Mip()
    for _ in range(size):
        mip.column()
    for row, limit in rows:
        mip.row(enumerate(row), at_most=limit)
    mip.minimise(enumerate(costs), constant)

    def worth(values: tuple[int, ...]) -> int:
        return constant + sum(cost * value for cost, value in zip(costs, values, strict=True))

    sound = [
        values
        for values in product((0, 1), repeat=size)
        if all(sum(a * v for a, v in zip(row, values, strict=True)) <= limit for row, limit in rows)
    ]
    for start in (None, [float(value) for value in sound[-1]] if sound else None):
        answer = solved(mip, start=start)
        assert answer.infeasible == (not sound)
        if sound:
            found = tuple(int(column in taken(answer)) for column in range(size))
            assert found in sound
            assert worth(found) == answer.bound == min(map(worth, sound))
            relaxed = Highs().relax(mip, ALWAYS, never)
            assert relaxed is not None
            assert relaxed <= min(map(worth, sound))


def test_a_start_is_at_least_kept_when_there_is_no_effort_left() -> None:
    answer = solved(a_knapsack(), Effort(nodes=0), start=[1.0, 0.0, 0.0, 0.0])
    assert answer.values is not None
    left = sum(VALUES) - sum(VALUES[column] for column in taken(answer))
    assert left <= 180
    assert answer.bound is None or answer.bound <= 90


def test_it_stops_when_somebody_says_so_and_its_bound_is_true_all_the_same() -> None:
    calls = 0

    def stop() -> bool:
        nonlocal calls
        calls += 1
        return calls > 20

    told: list[int] = []
    mip = a_hard_one()
    answer = Highs().minimise(mip, ALWAYS, None, stop, Watcher(told.append, lambda _: None))
    assert not answer.optimal
    assert answer.values is not None
    worth = sum(mip.objective[n] * value for n, value in enumerate(answer.values))
    assert all(bound <= worth for bound in [*told, answer.bound or 0])


def test_bounds_and_better_answers_are_told_on_the_way() -> None:
    told: list[int] = []
    found: list[float] = []
    mip = a_hard_one(12)

    def on_answer(values: Sequence[float]) -> None:
        found.append(sum(mip.objective[n] * value for n, value in enumerate(values)))

    answer = Highs().minimise(mip, ALWAYS, None, never, Watcher(told.append, on_answer))
    assert answer.optimal
    assert told
    assert max(told) <= (answer.bound or 0)
    assert found == sorted(found, reverse=True), "each better than the one before"
    assert round(found[-1]) == answer.bound


def test_the_same_model_and_nodes_give_the_same_answer() -> None:
    answers = [solved(a_hard_one(), Effort(nodes=100)) for _ in range(2)]
    assert not answers[0].optimal
    assert answers[0] == answers[1]


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    solved(a_knapsack())
    assert capfd.readouterr() == ("", "")
