"""The rules as the verifier counts them. Monday is 23 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.planner.check import absurdities, violations
from cadence.planner.problem import Skill
from cadence.planner.worth import level_values
from tests.planner.problems import MON, NEXT_MON, NEXT_TUE, SUN, TUE, WED, a_problem

# What is not in the problem


def test_tasks_and_members_that_do_not_exist_are_named() -> None:
    problem = a_problem().member("Anna").task("1 draft").build()
    assert violations(problem, {"1 draft": "Zoe", "9 draft": "Anna"}) == [
        "there is no task 9 draft",
        "task 1 draft is given to Zoe, and there is no such member",
    ]


def test_the_empty_problem_has_nothing_to_say() -> None:
    problem = a_problem().build()
    assert violations(problem, {}) == absurdities(problem) == []
    assert set(level_values(problem, {}).values()) == {0}


# Skill


def test_a_task_needs_a_skill_for_its_kind_on_its_channel() -> None:
    blogger = (Skill("draft", channel="Blog"), Skill("review"))
    problem = (
        a_problem()
        .member("Anna", can=blogger)
        .task("1 draft")
        .task("2 draft", channel="LinkedIn")
        .task("3 review", channel="LinkedIn")
        .task("4 design")
        .build()
    )
    everything = {task.id: "Anna" for task in problem.tasks}
    assert violations(problem, everything) == ["Anna cannot do task 2 draft", "Anna cannot do task 4 design"]


def test_who_is_barred_may_not_have_a_task_whatever_their_skills_or_its_terms() -> None:
    problem = (
        a_problem()
        .member("Anna")
        .task("1 draft", barred=("Anna",))
        .task("2 draft", barred=("Anna",), terms={"Anna": (10, 0)})
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna"}) == [
        "Anna is barred from task 1 draft",
        "Anna is barred from task 2 draft",
    ]


def test_terms_say_who_can_do_a_task_and_skills_do_not() -> None:
    problem = (
        a_problem()
        .member("Anna")
        .member("Bruno", can=())
        .task("1 draft", terms={"Bruno": (10, 0)})
        .task("2 draft", terms={})
        .build()
    )
    assert violations(problem, {"1 draft": "Bruno"}) == []
    assert violations(problem, {"1 draft": "Anna"}) == ["Anna cannot do task 1 draft"]
    assert violations(problem, {"2 draft": "Anna"}) == ["Anna cannot do task 2 draft"]


def test_posts_are_called_by_their_names() -> None:
    problem = a_problem(names={"1": "Cheese week"}).member("Anna", can=()).task("1 draft").build()
    assert violations(problem, {"1 draft": "Anna"}) == ["Anna cannot do the draft of Cheese week"]


# Review


def test_nobody_reviews_what_they_drafted() -> None:
    problem = a_problem().member("Anna").task("1 draft").task("1 review").task("2 review").build()
    assert violations(problem, {"1 draft": "Anna", "2 review": "Anna"}) == []
    assert violations(problem, {"1 draft": "Anna", "1 review": "Anna"}) == [
        "Anna has both task 1 draft and task 1 review"
    ]


# Week


def test_a_week_holds_what_is_taken_and_the_tasks_that_close_in_it() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=(100, 60), taken=(10, 0))
        .task("1 draft", 90, closes=SUN)
        .task("2 draft", 60, opens=SUN, closes=NEXT_MON)
        .task("3 draft", 1, closes=SUN)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna"}) == []
    assert violations(problem, {"1 draft": "Anna", "3 draft": "Anna"}) == [
        "Anna has 101′ in the week of Mon 23 Nov, and may have 100′: 1′ too much"
    ]


def test_a_first_week_that_is_cut_is_a_week_of_its_own() -> None:
    problem = (
        a_problem("2026-11-28", days=4, week_begins=6)  # a Saturday; the week begins on Sunday
        .member("Anna", capacity=(10, 20))
        .task("1 draft", 10, closes="2026-11-28")
        .task("2 draft", 21, closes=SUN)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna"}) == [
        "Anna has 21′ in the week of Sun 29 Nov, and may have 20′: 1′ too much"
    ]


def test_a_learner_takes_half_as_long_again_rounded_up() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=37, can={"draft": "learning"})
        .member("Bruno", capacity=37, can={"draft": "expert"})
        .task("1 draft", 25, closes=SUN)
        .build()
    )  # 25′ are 37.5′, so 38′
    assert violations(problem, {"1 draft": "Bruno"}) == []
    assert violations(problem, {"1 draft": "Anna"}) == [
        "Anna has 38′ in the week of Mon 23 Nov, and may have 37′: 1′ too much"
    ]


def test_the_best_of_several_skills_counts() -> None:
    skills = (Skill("draft", level="learning"), Skill("draft", channel="Blog"))
    problem = a_problem().member("Anna", capacity=60, can=skills).task("1 draft", 60, closes=SUN).build()
    assert violations(problem, {"1 draft": "Anna"}) == []


def test_terms_say_how_long_a_task_takes() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=30, can={"draft": "learning"})
        .task("1 draft", 60, closes=SUN, terms={"Anna": (30, 0)})
        .build()
    )
    assert violations(problem, {"1 draft": "Anna"}) == []


# Days


def test_between_any_two_days_no_more_is_done_than_is_free() -> None:
    problem = (
        a_problem()
        .member("Anna", free=(30, 0, 30) + (60,) * 11)
        .task("1 draft", 30, closes=MON)
        .task("2 draft", 30, closes=WED)
        .task("3 draft", 5, opens=TUE, closes=WED)
        .task("4 draft", 60, closes="2026-11-26")
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna", "4 draft": "Anna"}) == []
    assert violations(problem, {"2 draft": "Anna", "3 draft": "Anna", "4 draft": "Anna"}) == []
    # the three need 65′ of Monday's and Wednesday's 30′ each
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna", "3 draft": "Anna"}) == [
        "Anna has 65′ to do from Mon 23 Nov to Wed 25 Nov, and 60′ free: 5′ too much"
    ]


def test_a_day_without_free_time_holds_only_what_takes_none() -> None:
    problem = (
        a_problem()
        .member("Anna", free=0)
        .task("1 draft", 0, opens=TUE, closes=TUE)
        .task("2 draft", 15, opens=TUE, closes=TUE)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna"}) == []
    assert violations(problem, {"2 draft": "Anna"}) == [
        "Anna has 15′ to do on Tue 24 Nov, and 0′ free: 15′ too much"
    ]


def laid_out(free: list[int], work: list[tuple[int, int, int]]) -> bool:
    """Minute by minute, the most urgent of what is open first: is all of (opens, closes, minutes) done?"""
    left = [minutes for _, _, minutes in work]
    for day, minutes in enumerate(free):
        for _ in range(minutes):
            waiting = [n for n, (opens, closes, _) in enumerate(work) if opens <= day <= closes and left[n]]
            if waiting:
                left[min(waiting, key=lambda n: work[n][1])] -= 1
    return not any(left)


FREE = st.lists(st.integers(0, 4), min_size=5, max_size=5)
PIECES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 6)), max_size=5)


@given(FREE, PIECES)
def test_counting_over_intervals_says_the_same_as_laying_work_out(
    free: list[int], pieces: list[tuple[int, int, int]]
) -> None:
    work = [(min(one, other), max(one, other), minutes) for one, other, minutes in pieces]
    builder = a_problem(MON, days=5).member("Anna", free=free)
    for number, (opens, closes, minutes) in enumerate(work):
        days = [str(date(2026, 11, 23) + timedelta(days=day)) for day in (opens, closes)]
        builder = builder.task(f"{number} design", minutes, opens=days[0], closes=days[1])
    problem = builder.build()
    found = violations(problem, {task.id: "Anna" for task in problem.tasks})
    assert (found == []) == laid_out(free, work)


# Author


def test_an_author_has_so_many_posts_in_the_week_in_which_they_go_out() -> None:
    problem = (
        a_problem()
        .member("Anna", posts_a_week=1)
        .task("1 draft", closes=MON, day=SUN)
        .task("2 draft", closes=MON, day=NEXT_MON)
        .task("3 draft", closes=MON, day=MON)
        .task("4 review", closes=MON, day=MON)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna", "4 review": "Anna"}) == []
    assert violations(problem, {"1 draft": "Anna", "3 draft": "Anna"}) == [
        "Anna has 2 posts in the week of Mon 23 Nov, and may have 1"
    ]


def test_posts_of_one_author_keep_their_distance_over_the_end_of_a_week_too() -> None:
    problem = (
        a_problem()
        .member("Anna", spacing=2)
        .member("Bruno")
        .task("1 draft", day=SUN)
        .task("2 draft", day=NEXT_MON)
        .task("3 draft", day=NEXT_TUE)
        .build()
    )
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Bruno", "3 draft": "Anna"}) == []
    assert violations(problem, {"1 draft": "Anna", "2 draft": "Anna", "3 draft": "Bruno"}) == [
        "Anna has task 1 draft (Sun 29 Nov) and task 2 draft (Mon 30 Nov), less than 2 days apart"
    ]


@pytest.mark.parametrize(("spacing", "sound_on_one_day"), [(None, True), (0, True), (1, False)])
def test_a_spacing_of_one_day_forbids_two_posts_on_a_day(spacing: int | None, sound_on_one_day: bool) -> None:
    problem = a_problem().member("Anna", spacing=spacing).task("1 draft").task("2 draft").build()
    assert (violations(problem, {"1 draft": "Anna", "2 draft": "Anna"}) == []) == sound_on_one_day
