"""What partners could take over, what that frees and costs."""

from __future__ import annotations

from cadence.planner.problem import Problem, Skill
from cadence.planner.sustaining.outsourcing import Handover, handovers
from cadence.planner.sustaining.trial import Clock
from tests.planner.problems import a_problem


def ask(problem: Problem) -> dict[tuple[str, str], Handover]:
    return {(one.channel, one.task): one for one in handovers(problem, Clock.of(20))}


def test_all_of_a_kind_frees_colleagues_and_costs_by_the_month() -> None:
    # Two weeks with one answering of 30 minutes each, at 60 an hour: 30 a week, 30 × 52 / 12 = 130 a month.
    problem = (
        a_problem(days=14)
        .member("Anna", can={"engage": "able"})
        .partner("Studio", 6000, can={"engage": "able"})
        .task("1 engage", 30, closes="2026-11-25", priority=1)
        .task("2 engage", 30, closes="2026-12-02", priority=1)
        .build()
    )
    one = ask(problem)["Blog", "engage"]
    assert (one.minutes, one.cents, one.frees) == (30, 13_000, {"Anna": 30})
    assert one.is_able
    assert (one.part_minutes, one.covers, one.answers) == (0, 0, 0)


def test_the_least_part_is_what_colleagues_have_no_time_for() -> None:
    # Anna gives 60 minutes for drafts of 30, 40 and 60: the least that remains for the studio is 70 (she does
    # the 60), at 60 an hour 70 a week.
    problem = (
        a_problem(days=7)
        .member("Anna", capacity=60)
        .partner("Studio", 6000, can={"draft": "able"})
        .task("1 draft", 30)
        .task("2 draft", 40)
        .task("3 draft", 60)
        .build()
    )
    one = ask(problem)["Blog", "draft"]
    assert (one.part_minutes, one.part_cents, one.holds) == (70, round(7000 * 52 / 12), True)
    assert one.covers == 2  # alone she covers one of three


def test_a_partner_who_cannot_do_it_yet_is_named_all_the_same() -> None:
    problem = (
        a_problem(days=7)
        .member("Anna", capacity=0)
        .partner("Dear", 9000, can={"design": "able"})
        .partner("Cheap", 6000, can={"design": "able"})
        .task("1 draft", 60)
        .build()
    )
    one = ask(problem)["Blog", "draft"]
    assert (one.partner, one.is_able, one.covers, one.holds) == ("Cheap", False, 1, True)


def test_a_partner_without_the_time_for_all_leaves_some() -> None:
    problem = (
        a_problem(days=7)
        .member("Anna")
        .partner("Studio", 6000, capacity=60, can={"draft": "able"})
        .task("1 draft", 60)
        .task("2 draft", 60)
        .build()
    )
    assert ask(problem)["Blog", "draft"].left == 1


def test_a_learner_is_freed_of_what_it_takes_them() -> None:
    problem = (
        a_problem(days=7)
        .member("Sara", can=[Skill("draft", "Blog", "learning")])
        .partner("Studio", 6000)
        .task("1 draft", 61)
        .build()
    )
    assert ask(problem)["Blog", "draft"].frees == {"Sara": 92}


def test_without_a_partner_there_is_nothing_to_give_away() -> None:
    assert not handovers(a_problem().member("Anna").task("1 draft").build(), Clock.of(10))
