"""What would make room for a task: each change really does when it is made."""

from __future__ import annotations

from hypothesis import given, settings

from cadence.planner.explaining.changes import HandOver, Learn, MoreTime, Move, Skip, applied
from cadence.planner.explaining.least_changes import Way, ways_to_cover
from cadence.planner.explaining.reasons import nobody_has, why_not_able
from cadence.planner.problem import Problem
from cadence.planner.solving.core import NOBODY, compile_problem
from cadence.planner.solving.roster import Roster
from tests.builders import day
from tests.planner.owners import problems_with_plans
from tests.planner.problems import MON, NEXT_MON, TUE, WED, ProblemBuilder, a_problem


def ways(builder: ProblemBuilder, task: str = "1 draft") -> list[Way]:
    problem = builder.build()
    core = compile_problem(problem)
    return ways_to_cover(core, Roster(core), [t.id for t in problem.tasks].index(task))


def of_kind(found: list[Way], kind: type) -> list[Way]:
    return [way for way in found if isinstance(way.change, kind)]


def only(found: list[Way], kind: type) -> Way:
    (way,) = of_kind(found, kind)
    return way


def test_somebody_could_give_a_little_more_in_the_week() -> None:
    builder = a_problem(days=7).member("Elena", capacity=60, taken=20).task("1 draft")
    way = only(ways(builder), MoreTime)
    assert way.change == MoreTime("Elena", day(MON), 20, day("2026-11-29"))
    assert (way.text, way.member, way.minutes, way.cost) == (
        "if Elena gave 20′ more in the week of Mon 23 Nov",
        "Elena",
        60,
        0,
    )


def test_somebody_could_have_a_little_more_on_a_day() -> None:
    builder = a_problem(days=7).member("Elena", free=[50, 0, 0, 0, 0, 0, 0]).task("1 draft", closes=TUE)
    way = only(ways(builder), MoreTime)
    assert way.change == MoreTime("Elena", day(MON), 0, day(MON), 10)
    assert way.text == "if Elena had 10′ more on Mon 23 Nov"


def test_who_is_not_there_at_all_is_not_asked_for_more() -> None:
    builder = a_problem(days=7).member("Elena", free=[0, 0, 0, 60, 60, 0, 0]).task("1 draft", closes=TUE)
    assert of_kind(ways(builder), MoreTime) == []


def test_the_smallest_is_told_first() -> None:
    builder = a_problem(days=7).member("Anna", capacity=30).member("Luca", capacity=50).task("1 draft")
    assert [way.member for way in of_kind(ways(builder), MoreTime)] == ["Luca", "Anna"]


def test_more_of_a_partner_is_said_with_its_price() -> None:
    builder = a_problem(days=7).partner("Studio Blu", 4800, capacity=50).task("1 draft")
    assert only(ways(builder), MoreTime).text == (
        "if Studio Blu gave 10′ more in the week of Mon 23 Nov (48 €)"
    )


def test_somebody_could_learn_it() -> None:
    builder = a_problem().member("Sara", can={"review": "able"}).task("1 design", 30)
    way = only(ways(builder, "1 design"), Learn)
    assert way.change == Learn("Sara", "design", "Blog", "learning")
    assert way.text == "if Sara learnt design on Blog (as a learner, 45′)"


def test_who_has_no_time_to_learn_it_is_not_told() -> None:
    builder = a_problem(days=7).member("Sara", can={}, capacity=44).task("1 design", 30)
    assert of_kind(ways(builder, "1 design"), Learn) == []


def test_a_partner_could_be_asked_for_it() -> None:
    builder = a_problem().partner("Studio Blu", 4800, can={"engage": "able"}).task("1 review", 15)
    way = only(ways(builder, "1 review"), Learn)
    assert way.text == "if Studio Blu took it: 12 €, 15′"
    assert way.change == Learn("Studio Blu", "review", "Blog", "able")


def test_somebody_could_give_another_task_away() -> None:
    """Marco alone can draft; his week is full of answering, which Luca can do too."""
    builder = (
        a_problem(days=7, names={"2": "Squadra"})
        .member("Marco", capacity=60)
        .member("Luca", can={"engage": "able"})
        .task("1 draft", 45)
        .task("2 engage", 30, member="Marco", fixed=True)
    )
    way = ways(builder)[0]
    assert way.change == HandOver("2 engage", "Marco", "Luca")
    assert way.text == "if Marco gave the answering of “Squadra” to Luca"
    assert way.member == "Marco"


def test_nobody_is_asked_to_take_what_they_cannot() -> None:
    builder = (
        a_problem(days=7)
        .member("Marco", capacity=60)
        .member("Luca", can={"engage": "able"}, capacity=20)
        .task("1 draft", 45)
        .task("2 engage", 30, member="Marco", fixed=True)
    )
    assert of_kind(ways(builder), HandOver) == []


def test_what_may_not_change_is_left_alone() -> None:
    builder = (
        a_problem(days=7)
        .member("Marco", capacity=60)
        .member("Luca", can={"engage": "able"})
        .task("1 draft", 45)
        .task("2 engage", 30, member="Marco", fixed=True)
    )
    core = compile_problem(builder.build())
    found = ways_to_cover(core, Roster(core), 0, lambda change: not isinstance(change, HandOver | Skip))
    assert [type(way.change) for way in found] == [MoreTime, Learn]


def test_the_post_could_move_to_another_week() -> None:
    builder = a_problem(days=21).member("Anna", capacity=[30, 60, 60])
    builder = builder.task("1 draft", opens=MON, closes=WED, day="2026-11-26")
    way = only(ways(builder), Move)
    assert way.change == Move("1", 7)
    assert way.text == "if the post moved to Thu 3 Dec"


def test_a_post_moves_with_all_its_tasks() -> None:
    """The review, which Luca has, would come into a week that he has no time in."""
    builder = (
        a_problem(days=14)
        .member("Anna", capacity=[30, 60])
        .member("Luca", capacity=[60, 0], can={"review": "able"})
        .task("1 draft", opens=MON, closes=WED)
        .task("1 review", 15, opens=MON, closes=WED, member="Luca", fixed=True)
    )
    assert of_kind(ways(builder), Move) == []


def test_at_last_the_post_could_be_skipped() -> None:
    found = ways(a_problem().member("Anna", can={}, free=0).task("1 draft").task("1 review"))
    assert [(way.change, way.text) for way in found] == [(Skip("1"), "if the post were skipped")]
    problem = a_problem().member("Anna").task("1 draft").task("2 draft").build()
    assert [task.id for task in applied(problem, Skip("1")).tasks] == ["2 draft"]


def test_a_move_takes_the_whole_post() -> None:
    problem = a_problem().task("1 draft", closes=TUE).task("1 review", closes=WED).task("2 draft").build()
    moved = applied(problem, Move("1", 5)).tasks
    assert [task.closes for task in moved] == [day("2026-11-29"), day(NEXT_MON), problem.end]


@settings(max_examples=60, deadline=None)
@given(problems_with_plans())
def test_what_would_fit_really_does_when_it_is_applied(drawn: tuple[Problem, list[int]]) -> None:
    problem, owner = drawn
    roster = Roster.of(compile_problem(problem), owner)
    core = roster.core
    for task in core.tasks:
        if core.fixed[task]:
            continue
        with nobody_has(roster, task):
            for way in ways_to_cover(core, roster, task):
                check_way(problem, roster, task, way)


def check_way(problem: Problem, roster: Roster, task: int, way: Way) -> None:
    after = applied(problem, way.change)
    if isinstance(way.change, Skip):
        assert problem.tasks[task].id not in [each.id for each in after.tasks]
        return
    owner, names = list(roster.owner), [member.name for member in problem.members]
    if isinstance(way.change, HandOver):
        owner[[each.id for each in problem.tasks].index(way.change.task)] = names.index(way.change.taker)
    core = compile_problem(after)
    changed = Roster.of(core, owner)
    assert changed.owner == owner, "everybody else keeps what they have"
    assert changed.owner[task] == NOBODY
    assert way.member is not None
    member = names.index(way.member)
    assert why_not_able(core, changed, task, member) is None
    assert (way.minutes, way.cost) == core.options[task][member][:2]
