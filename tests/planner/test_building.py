"""What a calendar gives the planner to think about. Now is Monday 23 November 2026."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import Skill, Span, Step, TaskKind, WorkingHours
from cadence.planner.bridge.building import around, build
from cadence.planner.bridge.places import SlotTask, id_of, place_of
from cadence.planner.check import violations
from cadence.planner.problem import Member, Problem, Task
from tests.builders import NOW, CalendarBuilder, a_calendar, day, local, utc

AN_HOUR_A_DAY = WorkingHours(*([(Span(9 * 60, 10 * 60),)] * 5), sat=(), sun=())
HOLIDAYS = {day("2026-12-08"): "Immacolata"}


def a_team(**team: Any) -> CalendarBuilder:
    """A blog whose posts need only a draft and a review, and two people."""
    steps: dict[TaskKind, Step] = {"draft": Step(60, -3, -2), "review": Step(15, -2, -1)}
    return (
        a_calendar(**team)
        .with_workflow("Short", steps)
        .with_channel("Blog", workflow="Short")
        .with_channel("LinkedIn")
        .with_member("Anna", allowance=300)
        .with_member("Luca", allowance=300)
    )


def built(
    builder: CalendarBuilder | Calendar,
    first: str = "2026-11-23",
    last: str = "2026-12-20",
    *,
    now: datetime = NOW,
    **options: Any,
) -> Problem:
    calendar = builder.build() if isinstance(builder, CalendarBuilder) else builder
    return build(calendar, day(first), day(last), now, **options)


def tasks_of(problem: Problem) -> dict[str, Task]:
    return {task.id: task for task in problem.tasks}


def window(problem: Problem, id: str) -> tuple[str, str]:
    task = tasks_of(problem)[id]
    return task.opens.isoformat(), task.closes.isoformat()


def member(problem: Problem, name: str) -> Member:
    return next(member for member in problem.members if member.name == name)


# Which tasks


def test_a_post_brings_its_tasks_with_windows_that_begin_today_at_the_earliest() -> None:
    problem = built(a_team().with_post("LinkedIn", "2026-11-26T09:00", "Storia"))
    assert {id: window(problem, id) for id in tasks_of(problem)} == {
        "1 draft": ("2026-11-23", "2026-11-24"),
        "1 design": ("2026-11-23", "2026-11-25"),
        "1 review": ("2026-11-24", "2026-11-25"),
        "1 publish": ("2026-11-26", "2026-11-26"),
        "1 engage": ("2026-11-26", "2026-11-27"),
    }
    draft = tasks_of(problem)["1 draft"]
    assert (draft.post, draft.kind, draft.channel, draft.day) == ("1", "draft", "LinkedIn", day("2026-11-26"))
    assert (draft.effort, draft.member, draft.fixed) == (60, None, False)
    assert problem.names == {"1": "Storia"}


def test_only_what_can_be_done_in_the_period_is_planned() -> None:
    problem = built(a_team().with_post("LinkedIn", "2026-11-26T09:00"), last="2026-11-23")
    assert set(tasks_of(problem)) == {"1 draft", "1 design"}
    assert problem.end == day("2026-11-25"), "the design may be done until then"


def test_done_tasks_skipped_posts_and_retired_channels_are_nothing_to_plan() -> None:
    builder = (
        a_team()
        .with_channel("Old", retired=True)
        .with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}, done=["draft"], state="drafted")
        .with_post("Blog", "2026-11-26T09:00", state="skipped", skip_reason="no")
        .with_post("Old", "2026-11-26T09:00")
    )
    assert set(tasks_of(built(builder))) == {"1 review"}


def test_of_a_published_post_only_the_answering_is_left_and_not_for_ever() -> None:
    builder = a_team()
    for at in ("2026-11-20T08:00", "2026-10-20T08:00"):
        builder.with_post("LinkedIn", at[:10] + "T09:00", state="published", published_at=utc(at))
    problem = built(builder)
    assert set(tasks_of(problem)) == {"1 engage"}
    assert window(problem, "1 engage") == ("2026-11-23", "2026-11-23")


def test_what_is_overdue_is_to_be_done_from_today_to_the_next_working_day() -> None:
    builder = a_team().with_post("Blog", "2026-11-24T09:00", tasks={"draft": "Anna"})
    assert window(built(builder), "1 draft") == ("2026-11-23", "2026-11-23")
    saturday = built(builder, now=utc("2026-11-28T09:00"))
    assert window(saturday, "1 draft") == ("2026-11-28", "2026-11-30")
    assert saturday.start == day("2026-11-28")


def test_what_is_overdue_belongs_to_no_later_period() -> None:
    builder = a_team().with_post("Blog", "2026-11-24T09:00")
    assert built(builder, "2026-11-30", "2026-12-04").tasks == ()


def test_a_period_that_is_over_is_refused() -> None:
    with pytest.raises(BadInput, match="nothing to plan"):
        built(a_team(), "2026-11-16", "2026-11-22")
    with pytest.raises(BadInput, match="nothing to plan"):
        built(a_team(), "2026-12-05", "2026-12-01")


def test_without_tasks_the_horizon_is_the_period() -> None:
    problem = built(a_team(), "2026-11-01", "2026-11-29")
    assert (problem.start, problem.end, problem.tasks) == (day("2026-11-23"), day("2026-11-29"), ())


# Who has them


def test_what_somebody_has_is_fixed_unless_the_plan_may_reassign() -> None:
    builder = a_team().with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna", "review": "Luca"})
    calendar = builder.build()
    post = calendar.posts[1]
    pinned = {**post.tasks, "review": replace(post.tasks["review"], pinned=True)}
    calendar = calendar.put(replace(post, tasks=pinned))
    assert all(task.fixed for task in built(calendar).tasks)
    tasks = tasks_of(built(calendar, reassign=True))
    assert (tasks["1 draft"].member, tasks["1 draft"].held, tasks["1 draft"].fixed) == ("Anna", "told", False)
    assert (tasks["1 review"].member, tasks["1 review"].fixed) == ("Luca", True)


def test_an_earlier_plan_is_remembered_where_nobody_was_told_otherwise() -> None:
    builder = a_team().with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"})
    earlier = {"1 draft": "Luca", "1 review": "Luca", "9 draft": "Luca"}
    tasks = tasks_of(built(builder, reassign=True, planned=earlier))
    assert (tasks["1 draft"].member, tasks["1 draft"].held) == ("Anna", "told")
    assert (tasks["1 review"].member, tasks["1 review"].held) == ("Luca", "planned")
    gone = tasks_of(built(builder, planned={"1 review": "Zoe"}))
    assert gone["1 review"].member is None


def test_nobody_reviews_a_draft_that_they_have_done() -> None:
    builder = a_team().with_post(
        "Blog", "2026-11-27T09:00", tasks={"draft": "Anna"}, done=["draft"], state="drafted"
    )
    assert tasks_of(built(builder))["1 review"].barred == ("Anna",)
    builder = a_team().with_post("Blog", "2026-11-27T09:00", tasks={"review": "Luca"}, done=["review"])
    assert tasks_of(built(builder))["1 draft"].barred == ("Luca",)


def test_a_draft_in_the_problem_bars_nobody_since_it_may_change_hands() -> None:
    builder = a_team().with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"})
    assert tasks_of(built(builder, reassign=True))["1 review"].barred == ()


# What crosses the horizon


def test_a_window_that_crosses_the_horizon_is_kept_whole_and_fixed() -> None:
    """To plan the week to Friday 27 November. The review of Wednesday's post is from Monday to Tuesday; the
    draft of that post may be done until Monday, so that Monday belongs to the horizon."""
    builder = a_team().with_post("Blog", "2026-12-02T09:00", tasks={"review": "Anna"})
    problem = built(builder, last="2026-11-27")
    assert window(problem, "1 draft") == ("2026-11-27", "2026-11-30")
    assert window(problem, "1 review") == ("2026-11-30", "2026-12-01")
    assert tasks_of(problem)["1 review"].fixed
    assert problem.end == day("2026-12-01")


def test_what_nobody_has_is_not_planned_before_its_period() -> None:
    builder = a_team().with_post("Blog", "2026-12-02T09:00")
    assert set(tasks_of(built(builder, last="2026-11-27"))) == {"1 draft"}


def test_what_crosses_the_horizon_fills_nobody_twice() -> None:
    """Anna has an hour on Monday and none on Tuesday: it is taken by a review that seems to be due later."""
    short = WorkingHours((Span(540, 600),), (), (), (), (), (), ())
    builder = (
        a_team()
        .with_member("Rosa", allowance=300, hours=short)
        .with_workflow("Long", {"review": Step(60, -2, -1)})
        .with_channel("News", workflow="Long")
        .with_post("Blog", "2026-12-02T09:00")
        .with_post("News", "2026-12-02T09:00", tasks={"review": "Rosa"})
    )
    problem = built(builder, last="2026-11-27")
    assert violations(problem, {"1 draft": "Anna", "2 review": "Rosa"}) == []
    assert violations(problem, {"1 draft": "Rosa", "2 review": "Rosa"}) != []


def test_a_later_period_begins_with_the_first_day_of_its_tasks() -> None:
    """Post 2 is drafted from Wednesday to Thursday: cut to the period, that work would have no day left."""
    builder = a_team().with_post("Blog", "2026-12-04T09:00").with_post("Blog", "2026-12-07T09:00")
    problem = built(builder, "2026-12-02", "2026-12-06")
    assert window(problem, "1 draft") == ("2026-12-01", "2026-12-02")
    assert problem.start == day("2026-12-01")


# Slots


def a_rhythm() -> CalendarBuilder:
    return a_team().with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=TU", "09:00")


def test_an_open_slot_brings_the_tasks_that_its_post_would_need() -> None:
    problem = built(a_rhythm(), "2026-11-30", "2026-12-04")
    assert set(tasks_of(problem)) == {
        f"LinkedIn 2026-12-01T09:00 {kind}" for kind in ("draft", "design", "review", "publish", "engage")
    }
    draft = tasks_of(problem)["LinkedIn 2026-12-01T09:00 draft"]
    assert (draft.post, draft.day, draft.effort) == ("LinkedIn 2026-12-01T09:00", day("2026-12-01"), 60)
    assert window(problem, draft.id) == ("2026-11-24", "2026-11-27")
    assert problem.names == {"LinkedIn 2026-12-01T09:00": "LinkedIn on Tue 1 Dec 09:00"}


def test_a_slot_that_is_taken_paused_or_over_brings_nothing() -> None:
    builder = (
        a_team()
        .with_rhythm("LinkedIn", pauses=[("2026-12-08", "2026-12-08")])
        .with_post("LinkedIn", "2026-12-01T09:00", slot="2026-12-01T09:00")
    )
    problem = built(builder, "2026-11-16", "2026-12-15")
    assert {task.post for task in problem.tasks} == {
        "1",
        "LinkedIn 2026-11-24T09:00",
        "LinkedIn 2026-12-15T09:00",
    }
    assert {task.post for task in built(builder, "2026-11-16", "2026-12-15", slots=False).tasks} == {"1"}


def test_a_skipped_post_leaves_its_slot_open() -> None:
    builder = a_rhythm().with_post(
        "LinkedIn", "2026-12-01T09:00", slot="2026-12-01T09:00", state="skipped", skip_reason="no"
    )
    assert "LinkedIn 2026-12-01T09:00 draft" in tasks_of(built(builder))


def test_two_rhythms_may_call_for_the_same_moment() -> None:
    builder = a_rhythm().with_rhythm("LinkedIn", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "09:00", "2026-12-01")
    calendar = builder.build()
    tasks = tasks_of(built(calendar, "2026-12-01", "2026-12-01"))
    first, second = "LinkedIn 2026-12-01T09:00 draft", "LinkedIn 2026-12-01T09:00 #2 draft"
    assert {first, second} <= tasks.keys()
    assert place_of(calendar, first) == SlotTask(SlotKey(1, local("2026-12-01T09:00")), "draft")
    assert place_of(calendar, second) == SlotTask(SlotKey(2, local("2026-12-01T09:00")), "draft")


def test_every_task_is_found_again_by_its_id() -> None:
    calendar = a_rhythm().with_post("LinkedIn", "2026-12-03T09:00").build()
    ids = set(tasks_of(built(calendar)))
    assert len(ids) == 5 + 4 * 5, "one post, and the slots of four Tuesdays"
    assert {id_of(calendar, place_of(calendar, id)) for id in ids} == ids


@pytest.mark.parametrize(
    "id",
    [
        "", "draft", "1", "9 draft", "1 paint", "LinkedIn 2026-12-02T09:00 draft", "X 2026-12-01T09:00 draft",
        "LinkedIn 2026-13-01T09:00 draft", "LinkedIn 2026-12-01T09:00 #7 draft", "LinkedIn draft",
    ],
)  # fmt: skip
def test_a_task_of_another_calendar_is_not_found(id: str) -> None:
    calendar = a_rhythm().with_post("LinkedIn", "2026-12-03T09:00").build()
    with pytest.raises(NotFound):
        place_of(calendar, id)


# What matters most


def test_promises_come_before_extras_and_answering_is_last() -> None:
    builder = (
        a_rhythm()
        .with_post("LinkedIn", "2026-11-30T09:00", slot="2026-12-01T09:00")
        .with_post("LinkedIn", "2026-12-03T09:00")
        .with_post("LinkedIn", "2026-12-04T09:00", slot=SlotKey(1, local("2026-12-04T09:00")))
    )
    tasks = tasks_of(built(builder))
    assert [tasks[f"{post} draft"].priority for post in (1, 2, 3)] == [3, 2, 2], "no slot on Friday any more"
    assert tasks["LinkedIn 2026-12-08T09:00 draft"].priority == 3
    assert {task.priority for task in tasks.values() if task.kind == "engage"} == {1}


# Members


def test_two_people_with_equal_allowance_and_unequal_free_time() -> None:
    """Both may give 300 minutes a week; Luca is there for an hour a day, and away on two."""
    builder = (
        a_calendar()
        .with_member("Anna", allowance=300)
        .with_member("Luca", allowance=300, hours=AN_HOUR_A_DAY)
        .with_absence("Luca", "2026-11-25", "2026-11-26")
    )
    problem = built(builder, last="2026-11-29")
    anna, luca = problem.members
    assert (anna.capacity, anna.free) == ((300,), (480,) * 5 + (0, 0))
    assert (luca.capacity, luca.free) == ((180,), (60, 60, 0, 0, 60, 0, 0))


def test_the_holiday_week_has_less_time_and_other_windows() -> None:
    """Tuesday 8 December is a holiday: two working days before Thursday is Monday."""
    builder = (
        a_team(holidays=HOLIDAYS)
        .with_member("Rosa", allowance=300, hours=AN_HOUR_A_DAY)
        .with_post("Blog", "2026-12-10T09:00")
    )
    problem = built(builder, "2026-12-07", "2026-12-13")
    assert window(problem, "1 draft") == ("2026-12-04", "2026-12-07")
    assert window(problem, "1 review") == ("2026-12-07", "2026-12-09")
    rosa = member(problem, "Rosa")
    assert problem.start == day("2026-12-04")
    assert rosa.free == (60, 0, 0, 60, 0, 60, 60, 60, 0, 0), "from Friday to Sunday"
    assert rosa.capacity == (300, 240)


def test_when_everybody_is_away_the_work_is_still_there() -> None:
    builder = a_team().with_post("Blog", "2026-11-27T09:00")
    for name in ("Anna", "Luca"):
        builder.with_absence(name, "2026-11-23", "2026-11-29")
    problem = built(builder, last="2026-11-29")
    assert set(tasks_of(problem)) == {"1 draft", "1 review"}
    assert {(who.capacity, sum(who.free)) for who in problem.members} == {((0,), 0)}


def test_who_gives_no_time_is_there_with_none() -> None:
    builder = a_team().with_member("Zoe", allowance=0)
    zoe = member(built(builder, last="2026-11-29"), "Zoe")
    assert (zoe.capacity, sum(zoe.free)) == ((0,), 5 * 480)


def test_what_is_done_this_week_has_taken_its_time() -> None:
    """Anna did one draft (60′). Her other one is in the problem, and that of the skipped post is nothing."""
    builder = (
        a_team()
        .with_post("Blog", "2026-11-25T09:00", tasks={"draft": "Anna"}, done=["draft"], state="drafted")
        .with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"})
        .with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"}, state="skipped", skip_reason="no")
    )
    problem = built(builder, last="2026-11-29")
    assert member(problem, "Anna").taken == (60,)
    assert member(problem, "Luca").taken == ()


def test_a_learner_s_time_is_taken_as_long_as_it_took() -> None:
    builder = (
        a_team()
        .with_member("Elena", skills=[Skill("draft", level="learning")])
        .with_post("Blog", "2026-11-25T09:00", tasks={"draft": "Elena"}, done=["draft"], state="drafted")
    )
    elena = member(built(builder, last="2026-11-29"), "Elena")
    assert elena.taken == (90,)
    assert [(skill.task, skill.level) for skill in elena.skills] == [("draft", "learning")]


def test_work_that_closes_beyond_the_horizon_counts_in_the_week_that_it_shares() -> None:
    """The horizon ends on Wednesday. Friday's review is due on Thursday of the same week."""
    builder = (
        a_team()
        .with_post("Blog", "2026-11-27T09:00", tasks={"review": "Anna"})
        .with_post("Blog", "2026-11-26T09:00")
    )
    problem = built(builder, last="2026-11-23")
    assert set(tasks_of(problem)) == {"2 draft"}
    assert problem.end == day("2026-11-24")
    assert member(problem, "Anna").taken == (15,)


def test_members_who_left_are_no_help_but_keep_what_they_have() -> None:
    builder = (
        a_team()
        .with_member("Gone", active_to=day("2026-11-20"))
        .with_member("Left", active_to=day("2026-11-20"))
        .with_post("Blog", "2026-11-27T09:00", tasks={"review": "Left"})
    )
    problem = built(builder)
    assert [who.name for who in problem.members] == ["Anna", "Luca", "Left"]
    assert sum(member(problem, "Left").free) == 0


def test_partners_have_a_cost_and_skills_name_their_channel() -> None:
    builder = a_team().with_member(
        "Studio Blu", kind="partner", cost_per_hour=4800, skills=[Skill("engage", 2, "expert")]
    )
    studio = member(built(builder), "Studio Blu")
    assert (studio.kind, studio.cost_per_hour) == ("partner", 4800)
    assert [(skill.task, skill.channel, skill.level) for skill in studio.skills] == [
        ("engage", "LinkedIn", "expert")
    ]


def test_topics_are_the_same_whatever_their_case() -> None:
    builder = (
        a_team()
        .with_member("Rosa", topics=("Machines", "our  People"), posts_a_week=2, spacing=3)
        .with_post("Blog", "2026-11-27T09:00", topic="Our people")
    )
    problem = built(builder)
    rosa = member(problem, "Rosa")
    assert tasks_of(problem)["1 draft"].topic in rosa.topics
    assert (rosa.posts_a_week, rosa.spacing) == (2, 3)


def test_the_team_s_week_is_the_problem_s() -> None:
    problem = built(a_team(first_weekday="sunday"), last="2026-11-29")
    assert problem.week_begins == 6
    assert len(member(problem, "Anna").capacity) == 2


# Drafts that are there already


def test_an_author_s_limit_counts_what_is_written_already() -> None:
    """Rosa writes one post a week and has drafted Wednesday's; Friday's would be her second."""
    builder = (
        a_team()
        .with_member("Rosa", allowance=300, posts_a_week=1)
        .with_post("Blog", "2026-11-25T09:00", tasks={"draft": "Rosa"}, done=["draft"], state="drafted")
        .with_post("Blog", "2026-11-27T09:00")
        .with_post("Blog", "2026-12-04T09:00")
    )
    problem = built(builder)
    done = tasks_of(problem)["1 draft"]
    assert (done.member, done.fixed, done.effort) == ("Rosa", True, 0)
    assert violations(problem, {"1 draft": "Rosa", "2 draft": "Rosa"}) != []
    assert violations(problem, {"1 draft": "Rosa", "3 draft": "Rosa"}) == []


def test_without_limits_what_is_written_is_not_in_the_problem() -> None:
    builder = (
        a_team()
        .with_post("Blog", "2026-11-25T09:00", tasks={"draft": "Anna"}, done=["draft"], state="drafted")
        .with_post("Blog", "2026-11-27T09:00")
    )
    assert "1 draft" not in tasks_of(built(builder))


def test_who_wrote_what_is_to_be_answered_is_known() -> None:
    builder = a_team().with_post(
        "LinkedIn", "2026-11-27T09:00", tasks={"draft": "Anna"}, done=["draft"], state="drafted"
    )
    draft = tasks_of(built(builder))["1 draft"]
    assert (draft.member, draft.fixed, draft.effort) == ("Anna", True, 0)


# Around one task


def test_around_one_task_nothing_else_moves() -> None:
    builder = (
        a_team()
        .with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"})
        .with_post("Blog", "2026-11-27T09:00")
        .with_post("Blog", "2026-12-10T09:00", tasks={"draft": "Anna"})
    )
    problem = around(builder.build(), TaskRef(2, "draft"), NOW)
    assert {task.id: task.fixed for task in problem.tasks} == {"2 draft": False, "1 draft": True}
    assert (problem.start, problem.end) == (day("2026-11-24"), day("2026-11-25"))


def test_around_a_pinned_task_it_is_the_one_that_moves() -> None:
    calendar = a_team().with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"}).build()
    post = calendar.posts[1]
    calendar = calendar.put(replace(post, tasks={"draft": replace(post.tasks["draft"], pinned=True)}))
    (task,) = around(calendar, TaskRef(1, "draft"), NOW).tasks
    assert (task.member, task.fixed) == ("Anna", False)


def test_around_a_task_of_an_open_slot() -> None:
    calendar = a_rhythm().build()
    place = place_of(calendar, "LinkedIn 2026-12-01T09:00 design")
    (task,) = around(calendar, place, NOW).tasks
    assert task.id == "LinkedIn 2026-12-01T09:00 design"


def test_around_what_is_done_there_is_nothing() -> None:
    builder = a_team().with_post("Blog", "2026-11-27T09:00", tasks={"draft": "Anna"}, done=["draft"])
    with pytest.raises(NotFound, match="nothing is left to do about 1 draft"):
        around(builder.build(), TaskRef(1, "draft"), NOW)
