"""Why somebody cannot take a task, in numbers and words; and why this person and not that one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from cadence.planner.check import violations
from cadence.planner.explaining.comparing import why_not
from cadence.planner.explaining.reasons import LONGEST, Reason, nobody_has, why_nobody, why_not_able
from cadence.planner.problem import Problem
from cadence.planner.solving.core import NOBODY, compile_problem
from cadence.planner.solving.roster import Roster
from tests.planner.owners import named, problems_with_plans
from tests.planner.problems import MON, NEXT_MON, TUE, WED, ProblemBuilder, a_problem


def roster_of(problem: Problem, **held: str) -> Roster:
    """The roster in which members have tasks: `d1="Anna"`, the draft of post 1. Fixed ones are there."""
    core = compile_problem(problem)
    kinds = {"d": "draft", "r": "review", "e": "engage", "g": "design"}
    names = [member.name for member in problem.members]
    given = {f"{key[1:]} {kinds[key[0]]}": names.index(name) for key, name in held.items()}
    roster = Roster.of(core, [given.get(task.id, NOBODY) for task in problem.tasks])
    assert all(roster.owner[n] == given[t.id] for n, t in enumerate(problem.tasks) if t.id in given)
    return roster


def reason(builder: ProblemBuilder, task: str, name: str = "Anna", **held: str) -> Reason | None:
    problem = builder.build()
    roster = roster_of(problem, **held)
    number = [t.id for t in problem.tasks].index(task)
    return why_not_able(roster.core, roster, number, [m.name for m in problem.members].index(name))


def text(builder: ProblemBuilder, task: str, name: str = "Anna", **held: str) -> str:
    found = reason(builder, task, name, **held)
    return found.text if found else ""


def test_whom_it_fits_nothing_stands_in_the_way_of() -> None:
    assert reason(a_problem().member("Anna").task("1 draft"), "1 draft") is None


def test_without_the_skill_nobody_can() -> None:
    found = reason(a_problem().member("Anna", can={"draft": "able"}).task("1 review"), "1 review")
    assert found == Reason("skill", "no review skill on Blog", "has")
    assert found.sentence("Anna") == "Anna has no review skill on Blog"


def test_where_a_task_names_its_people_others_are_not_among_them() -> None:
    builder = a_problem().member("Anna").member("Luca").task("1 draft", terms={"Luca": (30, 0)})
    assert text(builder, "1 draft") == "not among those who can do it"


@pytest.mark.parametrize(("kind", "why"), [("review", "wrote the draft"), ("draft", "reviews this post")])
def test_who_is_barred_from_a_post_has_done_the_other_half(kind: str, why: str) -> None:
    assert text(a_problem().member("Anna").task(f"1 {kind}", barred=("Anna",)), f"1 {kind}") == why


def test_nobody_reviews_their_own_draft() -> None:
    builder = a_problem().member("Anna").task("1 draft").task("1 review")
    assert text(builder, "1 review", d1="Anna") == "wrote the draft"
    assert text(builder, "1 draft", r1="Anna") == "reviews this post"


def test_a_fixed_task_stays_with_its_member() -> None:
    builder = a_problem().member("Anna").member("Luca").task("1 draft", member="Luca", fixed=True)
    found = reason(builder, "1 draft")
    assert found
    assert found.sentence("Anna") == "Anna may not have it: it stays with Luca"


def test_an_author_may_have_enough_posts_in_a_week() -> None:
    builder = (
        a_problem().member("Anna", posts_a_week=1).task("1 draft", closes=TUE).task("2 draft", closes=WED)
    )
    assert text(builder, "2 draft", d1="Anna") == "writes 1 post in the week of Mon 23 Nov, wants 1 at most"
    never = a_problem().member("Anna", posts_a_week=0).task("1 draft")
    assert text(never, "1 draft") == "wants to write no posts"


def test_an_author_may_want_days_between_posts() -> None:
    builder = a_problem().member("Anna", spacing=3).task("1 draft", closes=TUE).task("2 draft", closes=WED)
    assert text(builder, "2 draft", d1="Anna") == "has another post 1 day away, wants 3"
    same_day = a_problem().member("Anna", spacing=3).task("1 draft").task("2 draft")
    assert text(same_day, "2 draft", d1="Anna") == "writes another post of that day, wants 3 days between"


def test_a_week_may_be_too_short_and_says_by_how_much() -> None:
    """Fifty of sixty are taken, and it needs 25′."""
    builder = a_problem(days=7).member("Anna", capacity=60, taken=50).task("1 draft", 25)
    found = reason(builder, "1 draft")
    assert found
    assert (found.rule, found.short) == ("week", 15)
    assert found.sentence("Anna") == "Anna is 15′ short in the week of Mon 23 Nov (gives 60′, has 50′)"


def test_days_without_any_free_minutes_say_so_before_the_week_does() -> None:
    builder = a_problem(days=7).member("Anna", free=[60, 0, 0, 60, 60, 0, 0], capacity=10)
    found = reason(builder.task("1 draft", 25, opens=TUE, closes=WED), "1 draft")
    assert found == Reason("days", "no free minutes from Tue 24 Nov to Wed 25 Nov", "has", 25)


def test_days_may_be_taken_by_other_work() -> None:
    """On Tuesday and Wednesday 60′ are free; 50′ have to be done on Tuesday."""
    builder = (
        a_problem(days=7)
        .member("Anna", free=[0, 30, 30, 0, 0, 0, 0])
        .task("1 draft", 50, opens=TUE, closes=WED)
        .task("2 draft", 25, opens=WED, closes=WED)
    )
    found = reason(builder, "2 draft", d1="Anna")
    assert found == Reason("days", "15′ short from Tue 24 Nov to Wed 25 Nov (60′ free, 50′ to do)", "is", 15)


# Why nobody


def nobody(builder: ProblemBuilder, task: str, **held: str) -> str:
    problem = builder.build()
    roster = roster_of(problem, **held)
    return why_nobody(roster.core, roster, [t.id for t in problem.tasks].index(task))


def test_why_nobody_names_the_nearest_first_and_groups_the_others() -> None:
    builder = (
        a_problem(days=7)
        .member("Elena", capacity=40)
        .member("Marco", capacity=50)
        .member("Sara", can={})
        .member("Luca", can={})
        .task("1 draft", 60)
    )
    assert nobody(builder, "1 draft") == (
        "nobody has time: Marco is 10′ short in the week of Mon 23 Nov; Elena is 20′ short in the week of "
        "Mon 23 Nov; Luca and Sara have no draft skill on Blog"
    ).replace("Luca and Sara", "Sara and Luca")


def test_why_nobody_is_short_however_many_people_there_are() -> None:
    builder = a_problem(days=7).task("1 draft", 60)
    for number in range(40):
        builder = builder.member(f"Member {number}", capacity=number)
    said = nobody(builder, "1 draft")
    assert said.startswith("nobody has time: Member 39 is 21′ short")
    assert said.endswith("others")
    assert len(said) <= LONGEST


def test_why_nobody_when_the_skill_is_missing_or_nobody_is_there() -> None:
    assert nobody(a_problem().member("Anna", can={}).task("1 draft"), "1 draft") == (
        "nobody can do the draft on Blog"
    )
    assert nobody(a_problem().task("1 draft"), "1 draft") == "there is nobody in the team"
    builder = a_problem().member("Anna").task("1 draft").task("1 review")
    assert nobody(builder, "1 review", d1="Anna") == "nobody may have it: Anna wrote the draft"


def test_where_it_would_fit_somebody_that_is_said() -> None:
    assert nobody(a_problem().member("Anna").task("1 draft"), "1 draft") == (
        "nobody has been given it yet; it would fit Anna"
    )


# Why this one


def rather(builder: ProblemBuilder, one: str, other: str, *, by_week: bool = False, **held: str) -> str:
    problem = builder.build()
    roster, names = roster_of(problem, **held), [member.name for member in problem.members]
    return why_not(roster.core, roster, 0, names.index(one), names.index(other), by_week=by_week)


def test_a_cheaper_one_is_chosen() -> None:
    builder = a_problem().member("Luca").partner("Studio Blu", 4800).task("1 draft", 30)
    assert rather(builder, "Luca", "Studio Blu") == "Luca would cost nothing, Studio Blu 24 €"


def test_who_has_less_to_do_is_chosen() -> None:
    builder = (
        a_problem(days=7).member("Giulia", capacity=100, taken=30).member("Anna", capacity=100, taken=61)
    )
    builder = builder.task("1 draft", 6)
    assert rather(builder, "Giulia", "Anna") == "Giulia rather than Anna: 36 % against 67 %"
    assert rather(builder, "Anna", "Giulia") == "Giulia would have less to do: 36 % against 67 %"


def test_by_the_week_another_one_may_be_chosen_than_over_the_horizon() -> None:
    """Anna has nothing in the first week and much in the second; Luca half of both."""
    builder = a_problem().member("Anna", capacity=100, taken=[0, 90]).member("Luca", capacity=100, taken=40)
    builder = builder.task("1 draft", 10, closes=TUE)
    assert rather(builder, "Anna", "Luca", by_week=True) == "Anna rather than Luca: 10 % against 50 %"
    assert rather(builder, "Luca", "Anna") == "Luca rather than Anna: 45 % against 50 %"


def test_among_equals_the_abler_and_the_author_are_chosen() -> None:
    builder = a_problem().member("Anna", can={"draft": "expert"}).member("Luca").task("1 draft")
    assert rather(builder, "Anna", "Luca") == "Anna is expert, Luca able"
    equals = a_problem().member("Anna").member("Luca").task("1 draft")
    assert rather(equals, "Anna", "Luca") == "Luca would do as well"
    topics = a_problem().member("Anna", topics=("wine",)).member("Luca", topics=("cheese",))
    assert rather(topics.task("1 draft", topic="wine"), "Anna", "Luca") == "Anna likes the topic"
    answering = a_problem().member("Marco").member("Luca").task("1 engage").task("1 draft", 0)
    assert rather(answering, "Marco", "Luca", d1="Marco") == "Marco wrote the draft"


def test_who_cannot_is_not_compared() -> None:
    builder = a_problem().member("Anna").member("Luca", can={}).task("1 draft")
    assert rather(builder, "Anna", "Luca") == "Luca has no draft skill on Blog"
    assert rather(builder, "Luca", "Anna") == "Anna could take it, and Luca has no draft skill on Blog"


# Properties


@settings(max_examples=60)
@given(problems_with_plans())
def test_there_is_a_reason_exactly_if_the_verifier_finds_one(drawn: tuple[Problem, list[int]]) -> None:
    problem, owner = drawn
    roster = Roster.of(compile_problem(problem), owner)
    core = roster.core
    for task in (task for task in core.tasks if not core.fixed[task]):
        with nobody_has(roster, task):
            before = named(problem, roster.owner)
            for member, who in enumerate(problem.members):
                wrong = violations(problem, {**before, problem.tasks[task].id: who.name})
                assert (why_not_able(core, roster, task, member) is None) == (not wrong), wrong


@settings(max_examples=40)
@given(problems_with_plans())
def test_asking_leaves_the_roster_as_it_was(drawn: tuple[Problem, list[int]]) -> None:
    problem, owner = drawn
    roster = Roster.of(compile_problem(problem), owner)
    before = list(roster.owner)
    for task in roster.core.tasks:
        said = why_nobody(roster.core, roster, task)
        assert "  " not in said
        for one in roster.core.members:
            assert why_not(roster.core, roster, task, one, 0)
    assert roster.owner == before
    assert not violations(problem, named(problem, roster.owner))


def test_two_weeks_are_two_weeks() -> None:
    """What is due in the next week takes no time from this one."""
    builder = (
        a_problem().member("Anna", capacity=60).task("1 draft", closes=NEXT_MON).task("2 draft", closes=TUE)
    )
    assert reason(builder, "2 draft", d1="Anna") is None
    both = a_problem().member("Anna", capacity=60).task("1 draft", closes=MON).task("2 draft", closes=TUE)
    assert text(both, "2 draft", d1="Anna") == "60′ short in the week of Mon 23 Nov (gives 60′, has 60′)"
