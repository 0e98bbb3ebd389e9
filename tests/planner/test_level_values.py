"""What assignments are worth on each level, with figures worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from cadence.planner.problem import LevelName, Problem
from cadence.planner.worth import level_values, shares
from tests.planner.problems import a_problem


def value(problem: Problem, level: LevelName, assignments: Mapping[str, str]) -> int:
    return level_values(problem, assignments)[level]


def test_uncovered_weighs_by_priority() -> None:
    problem = (
        a_problem()
        .member("Anna")
        .task("1 draft", priority=1)
        .task("2 draft")
        .task("3 draft", priority=3)
        .build()
    )
    assert value(problem, "uncovered", {}) == 1 + 5 + 25
    assert value(problem, "uncovered", {"3 draft": "Anna"}) == 6


def test_partners_cost_by_the_minute_each_task_rounded_half_up_and_staff_nothing() -> None:
    problem = (
        a_problem()
        .partner("Piero", 4_550, can={"draft": "learning"})
        .member("Anna", cost_per_hour=9_999)
        .task("1 draft", 25)
        .task("2 draft", 26)
        .build()
    )
    # 38′ × 4550 ÷ 60 = 2881.67 and 39′ × 4550 ÷ 60 = 2957.5
    assert value(problem, "cost", {"1 draft": "Piero"}) == 2_882
    assert value(problem, "cost", {"1 draft": "Piero", "2 draft": "Piero"}) == 2_882 + 2_958
    assert value(problem, "cost", {"1 draft": "Anna", "2 draft": "Anna"}) == 0


def test_terms_cost_what_they_name_whoever_it_is() -> None:
    problem = (
        a_problem()
        .partner("Piero", 6_000)
        .member("Anna")
        .task("1 draft", 60, terms={"Piero": (10, 7), "Anna": (20, 9)})
        .build()
    )
    assert value(problem, "cost", {"1 draft": "Piero"}) == 7
    assert value(problem, "cost", {"1 draft": "Anna"}) == 9


def test_a_fixed_task_beyond_a_partners_skills_and_terms_takes_its_effort_at_the_usual_cost() -> None:
    problem = (
        a_problem()
        .partner("Piero", 6_000, can=())
        .member("Anna", can={"review": "learning"}, capacity=(100, 0))
        .task("1 draft", 30, member="Piero", fixed=True)
        .task("2 draft", 30, member="Piero", fixed=True, terms={"Anna": (5, 5)})
        .task("3 review", 40, member="Anna", fixed=True, terms={"Piero": (5, 5)})
        .build()
    )
    given = {"1 draft": "Piero", "2 draft": "Piero", "3 review": "Anna"}
    assert value(problem, "cost", given) == 3_000 + 3_000
    assert shares(problem, given) == {"Anna": 40}  # the effort, not a learner's 60′: skills do not count here


def test_shares_are_of_staff_over_the_horizon_and_rounded_up() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=(100, 201), taken=(0, 30))
        .member("Bruno", capacity=0)
        .member("Carla", capacity=0)
        .member("Dora", capacity=0, taken=(1, 0))
        .partner("Piero", 6_000, capacity=1)
        .task("1 draft", 60)
        .task("2 draft", 5)
        .build()
    )
    given = {"1 draft": "Anna", "2 draft": "Bruno"}
    # Anna: 90 of 301′ are 29.9 %
    assert shares(problem, given) == {"Anna": 30, "Bruno": 1000, "Carla": 0, "Dora": 1000}
    assert value(problem, "highest-share", {"1 draft": "Piero", "2 draft": "Piero"}) == 1000


def test_the_highest_share_and_unfairness_of_a_team() -> None:
    problem = (
        a_problem()
        .member("Anna", capacity=(50, 50))
        .member("Bruno", capacity=(50, 50))
        .task("1 draft", 12)
        .task("2 draft", 5)
        .build()
    )
    # 12 %: 12 + 7 + 2 = 21; 5 %: 5 + 0 = 5; 17 %: 17 + 12 + 7 + 2 = 38
    apart = level_values(problem, {"1 draft": "Anna", "2 draft": "Bruno"})
    together = level_values(problem, {"1 draft": "Anna", "2 draft": "Anna"})
    assert (apart["highest-share"], apart["unfairness"]) == (12, 26)
    assert (together["highest-share"], together["unfairness"]) == (17, 38)


def test_unfairness_has_its_last_step_at_1000_percent() -> None:
    problem = a_problem().member("Anna", capacity=(1, 0)).task("1 draft", 11).build()
    # 1100 %: 201 steps, 201 × 1100 − 5 × (0 + 1 + … + 200)
    assert value(problem, "unfairness", {"1 draft": "Anna"}) == 201 * 1100 - 5 * 200 * 201 // 2


def test_changes_weigh_ten_for_who_was_told() -> None:
    problem = (
        a_problem()
        .member("Anna")
        .member("Bruno")
        .task("1 draft", member="Anna")
        .task("2 draft", member="Anna", held="planned")
        .task("3 draft")
        .build()
    )
    assert value(problem, "changes", {"1 draft": "Anna", "2 draft": "Anna", "3 draft": "Bruno"}) == 0
    assert value(problem, "changes", {"1 draft": "Anna", "2 draft": "Bruno"}) == 1
    assert value(problem, "changes", {"2 draft": "Anna"}) == 10
    assert value(problem, "changes", {}) == 11


def test_preferences_count_skills() -> None:
    problem = (
        a_problem()
        .member("Anna", can={"draft": "learning", "design": "able", "review": "expert"})
        .task("1 draft")
        .task("1 design", channel="Instagram")
        .task("1 review", channel="LinkedIn")
        .task("1 publish", channel="Newsletter", member="Anna", fixed=True)
        .task("2 draft", channel="Podcast", terms={"Anna": (5, 0)})
        .build()
    )
    for task, points in {"1 draft": 2, "1 design": 1, "1 review": 0, "1 publish": 1, "2 draft": 0}.items():
        assert value(problem, "preferences", {task: "Anna"}) == points


def test_preferences_count_topics_where_both_sides_have_some() -> None:
    problem = (
        a_problem()
        .member("Anna", topics=("cheese",), can={"design": "expert"})
        .member("Bruno", can={"design": "expert"})
        .task("1 design", topic="wine", channel="1")
        .task("2 design", topic="cheese", channel="2")
        .task("3 design", channel="3")
        .task("4 design", topic="wine", terms={"Anna": (5, 0)}, channel="4")
        .build()
    )
    points = {task.id: value(problem, "preferences", {task.id: "Anna"}) for task in problem.tasks}
    assert points == {"1 design": 1, "2 design": 0, "3 design": 0, "4 design": 1}
    assert value(problem, "preferences", {"1 design": "Bruno"}) == 0


def test_preferences_want_the_author_to_answer_for_the_post() -> None:
    expert = {"draft": "expert", "design": "expert", "engage": "expert"}
    problem = (
        a_problem()
        .member("Anna", can=expert)
        .member("Bruno", can=expert)
        .task("1 draft", channel="1")
        .task("1 engage", channel="2")
        .task("1 design", channel="3")
        .task("2 draft", channel="4")
        .build()
    )
    assert value(problem, "preferences", {"1 draft": "Anna", "1 engage": "Anna"}) == 0
    assert value(problem, "preferences", {"1 draft": "Anna", "1 engage": "Bruno"}) == 2
    assert value(problem, "preferences", {"1 draft": "Anna"}) == 2
    assert value(problem, "preferences", {"1 engage": "Bruno", "1 design": "Anna", "2 draft": "Anna"}) == 0


def test_preferences_want_two_people_on_every_channel_with_two_tasks() -> None:
    expert = {"design": "expert"}
    problem = (
        a_problem()
        .member("Anna", can=expert)
        .member("Bruno", can=expert)
        .task("1 design")
        .task("2 design")
        .task("3 design", channel="LinkedIn")
        .build()
    )
    assert value(problem, "preferences", {}) == 10
    assert value(problem, "preferences", {"1 design": "Anna", "2 design": "Anna"}) == 10
    assert value(problem, "preferences", {"1 design": "Anna", "2 design": "Bruno"}) == 0


def test_levels_come_in_the_order_of_the_problem() -> None:
    order = ("changes", "uncovered", "unfairness", "cost", "preferences", "highest-share")
    assert tuple(level_values(a_problem(order=order).build(), {})) == order
