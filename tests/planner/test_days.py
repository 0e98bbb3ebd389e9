"""Laying work out on days, in parts, the most urgent first."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cadence.planner.solving.days import Piece, lay_out, overtime

DAYS = 5
FREE = st.lists(st.sampled_from((0, 10, 30, 60)), min_size=DAYS, max_size=DAYS)


def pieces() -> st.SearchStrategy[list[Piece]]:
    window = st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1)).map(sorted)
    piece = st.tuples(window, st.sampled_from((0, 10, 25, 40, 90)))
    return st.lists(piece, max_size=6).map(
        lambda found: [
            Piece(opens, closes, minutes, task) for task, ((opens, closes), minutes) in enumerate(found)
        ]
    )


def test_work_is_done_on_the_first_days_of_its_window_that_have_time() -> None:
    assert lay_out([20, 0, 30, 60], [Piece(0, 3, 90, 7)]) == {7: [(0, 20), (2, 30), (3, 40)]}


def test_what_is_urgent_comes_first_even_if_it_opens_later() -> None:
    slow, urgent = Piece(0, 2, 60, 1), Piece(1, 1, 30, 2)
    assert lay_out([30, 40, 20], [slow, urgent]) == {1: [(0, 30), (1, 10), (2, 20)], 2: [(1, 30)]}


def test_one_minute_too_many_does_not_fit() -> None:
    assert lay_out([30, 30], [Piece(0, 1, 60, 1)]) is not None
    assert lay_out([30, 30], [Piece(0, 1, 61, 1)]) is None
    assert lay_out([30, 30], [Piece(1, 1, 30, 1), Piece(0, 1, 31, 2)]) is None


def test_work_without_minutes_fits_on_days_without_time() -> None:
    assert lay_out([0, 0], [Piece(0, 0, 0, 1), Piece(1, 1, 0, 2)]) == {1: [], 2: []}
    assert lay_out([], []) == {}


def test_overtime_falls_on_the_days_on_which_something_ends_unfinished() -> None:
    work = [Piece(0, 1, 80, 1), Piece(2, 2, 10, 2), Piece(2, 2, 25, 3)]
    assert overtime([30, 40, 20], work) == [(1, 10), (2, 15)]


@given(FREE, pieces())
def test_a_layout_does_everything_within_its_window_and_the_free_minutes(
    free: list[int], work: list[Piece]
) -> None:
    layout = lay_out(free, work)
    if layout is None:
        return
    assert layout.keys() == {piece.task for piece in work}
    for piece in work:
        assert sum(minutes for _, minutes in layout[piece.task]) == piece.minutes
        assert all(piece.opens <= day <= piece.closes and minutes > 0 for day, minutes in layout[piece.task])
    used = Counter[int]()
    for parts in layout.values():
        for day, minutes in parts:
            used[day] += minutes
    assert all(minutes <= free[day] for day, minutes in used.items())


@given(FREE, pieces())
def test_work_fits_exactly_if_no_stretch_of_days_is_too_short(free: list[int], work: list[Piece]) -> None:
    stretches = [(first, last) for first in range(DAYS) for last in range(first, DAYS)]
    fits = all(
        sum(piece.minutes for piece in work if first <= piece.opens and piece.closes <= last)
        <= sum(free[first : last + 1])
        for first, last in stretches
    )
    assert (lay_out(free, work) is not None) == fits


@given(FREE, pieces())
def test_with_its_overtime_work_fits_and_with_a_minute_less_it_does_not(
    free: list[int], work: list[Piece]
) -> None:
    extra = overtime(free, work)
    more = list(free)
    for day, minutes in extra:
        assert minutes > 0
        more[day] += minutes
    assert lay_out(more, work) is not None
    for day, _ in extra:
        more[day] -= 1
        assert lay_out(more, work) is None
        more[day] += 1
