"""What is kept of a change by who looks back: little, and only of what went from one to another."""

from __future__ import annotations

from typing import Any

from cadence.insight.traces import Passed, Trace, trace_of
from cadence.model.change import Change, Op
from cadence.model.post import TaskRef
from tests.builders import NOW

ANNA, LUCA = 1, 2


def change(*ops: Op, undoes: int | None = None) -> Change:
    return Change(7, NOW, "Anna", "why", ops, undoes)


def update(post: int, old: dict[str, Any], new: dict[str, Any]) -> Op:
    return Op("u", "posts", post, 2, {"tasks": new}, {"tasks": old})


def test_a_task_that_somebody_gave_away_leaves_both_and_whether_it_was_on_offer() -> None:
    given = change(
        update(3, {"draft": {"member": ANNA}}, {"draft": {"member": LUCA}}),
        update(
            4, {"design": {"member": LUCA, "offer": {"to": []}}}, {"design": {"member": None, "offer": None}}
        ),
        update(
            5, {"review": {"member": LUCA, "offer": {"until": "2026-12-01"}}}, {"review": {"member": ANNA}}
        ),
    )
    assert trace_of(given) == Trace(
        7,
        NOW,
        "Anna",
        passed=(
            Passed(TaskRef(3, "draft"), ANNA, LUCA),
            Passed(TaskRef(4, "design"), LUCA, None, was_offered=True),
            Passed(TaskRef(5, "review"), LUCA, ANNA, was_offered=True),
        ),
    )


def test_of_a_swap_the_offered_task_says_for_which_it_went() -> None:
    swap = change(
        update(
            3, {"draft": {"member": ANNA, "offer": {"wants": [4, "design"]}}}, {"draft": {"member": LUCA}}
        ),
        update(4, {"design": {"member": LUCA}}, {"design": {"member": ANNA}}),
    )
    first, second = trace_of(swap).passed
    assert (first.swapped_for, second.swapped_for) == (TaskRef(4, "design"), None)


def test_what_nobody_had_or_what_is_new_or_gone_went_from_nobody_to_nobody() -> None:
    post = {"title": "New", "tasks": {"draft": {"member": ANNA}}}
    nothing = change(
        update(3, {"draft": {"member": None}}, {"draft": {"member": LUCA}}),
        Op("i", "posts", 8, 1, post, {}),
        Op("d", "posts", 9, 2, {}, post),
        Op("u", "members", ANNA, 2, {"name": "Anna Conti"}, {"name": "Anna"}),
    )
    assert trace_of(nothing) == Trace(7, NOW, "Anna")


def test_a_boost_is_unasked_if_it_was_done_when_it_came_into_the_calendar() -> None:
    asked, done = {"post": 3, "member": LUCA}, {"post": 3, "member": LUCA, "at": "2026-11-23T10:00:00Z"}
    boosts = change(Op("i", "boosts", 1, 1, asked, {}), Op("i", "boosts", 2, 1, done, {}), undoes=5)
    assert trace_of(boosts) == Trace(7, NOW, "Anna", undoes=5, unasked=(2,))
