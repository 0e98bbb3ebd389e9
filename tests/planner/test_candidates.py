"""Who could take a task, ranked, with the load before and after."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cadence.insight.warnings.scene import Scene
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import TASK_KINDS, Skill, Span, TaskKind, WorkingHours
from cadence.planner.bridge.places import SlotTask
from cadence.planner.explaining.advice import Advice
from cadence.planner.explaining.candidates import Candidate, candidates
from cadence.planner.explaining.obstacles import obstacle
from tests.builders import NOW, CalendarBuilder, a_calendar, day, local

REVIEW = TaskRef(1, "review")


def a_post(builder: CalendarBuilder, **tasks: str) -> CalendarBuilder:
    """A post on Thursday: draft due Tuesday, review (15') open Tuesday to Wednesday."""
    return builder.with_post("Blog", "2026-11-26T09:00", tasks=tasks)


def a_team() -> CalendarBuilder:
    return a_calendar(holidays={day("2026-12-08"): "Immacolata"}).with_channel("Blog")


def ranked(builder: CalendarBuilder, ref: TaskRef = REVIEW) -> list[Candidate]:
    return candidates(builder.build(), ref, NOW)


def names(builder: CalendarBuilder, ref: TaskRef = REVIEW) -> list[str]:
    calendar = builder.build()
    return [calendar.members[candidate.member].name for candidate in candidates(calendar, ref, NOW)]


def test_who_would_have_the_smaller_share_comes_first() -> None:
    builder = a_team().with_member("Anna", allowance=30).with_member("Luca", allowance=300)
    assert names(a_post(builder)) == ["Luca", "Anna"]


def test_the_load_is_told_before_and_after() -> None:
    found = ranked(a_post(a_team().with_member("Anna", allowance=60), engage="Anna"))[0]
    assert (found.before.minutes, found.after.minutes, found.after.share) == (30, 45, 0.75)
    assert found.reason == "+15′, would be at 75 %"


def test_with_equal_shares_the_higher_skill_and_then_the_name_decides() -> None:
    builder = (
        a_team()
        .with_member("Carla")
        .with_member("Bruno")
        .with_member("Zoe", skills=[Skill("review", level="expert")])
        .with_member("Ada", skills=[Skill("review", level="learning")])
    )
    a_post(builder)
    assert names(builder) == ["Zoe", "Bruno", "Carla", "Ada"]
    assert ranked(builder)[0].reason.endswith("expert")


def test_a_learner_is_ranked_by_the_time_that_it_takes_them() -> None:
    """Ada needs 23′ of 60 (38 %), more than the 15′ of 45 (33 %) of Bruno."""
    learner = [Skill("review", level="learning")]
    builder = a_team().with_member("Ada", skills=learner).with_member("Bruno", allowance=45)
    assert names(a_post(builder)) == ["Bruno", "Ada"]
    ada = ranked(builder)[1]
    assert (ada.after.minutes, ada.reason) == (23, "+23′, would be at 38 %, learning")


def test_a_learner_may_be_over_where_others_would_not() -> None:
    builder = a_team().with_member("Ada", allowance=20, skills=[Skill("review", level="learning")])
    (ada,) = ranked(a_post(builder))
    assert (ada.able, ada.over) == (True, 3)


def test_a_partner_who_is_learning_asks_for_the_time_that_it_takes() -> None:
    learner = [Skill("review", level="learning")]
    builder = a_team().with_member(
        "Studio Blu", kind="partner", cost_per_hour=6000, allowance=600, skills=learner
    )
    assert ranked(a_post(builder))[0].cost_cents == 2300


def test_partners_come_after_staff_with_their_cost() -> None:
    builder = (
        a_team()
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800, allowance=600)
        .with_member("Anna", allowance=20)
    )
    a_post(builder)
    assert names(builder) == ["Anna", "Studio Blu"]
    partner = ranked(builder)[1]
    assert (partner.cost_cents, partner.reason) == (1200, "+15′, would be at 2 %, partner, 12 €")


def test_who_would_be_over_capacity_is_able_but_comes_last() -> None:
    builder = (
        a_team()
        .with_member("Anna", allowance=40)
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800, allowance=600)
    )
    partner, anna = ranked(a_post(builder, engage="Anna"))
    assert (partner.member, anna.member) == (2, 1)
    assert (anna.able, anna.over) == (True, 5)
    assert "5′ over in the week of Mon 23 Nov" in anna.reason


def test_the_one_who_has_the_task_is_no_candidate() -> None:
    builder = a_team().with_member("Anna").with_member("Luca")
    assert names(a_post(builder, review="Anna")) == ["Luca"]


@pytest.mark.parametrize(
    ("has", "task", "why"), [("draft", "review", "wrote the draft"), ("review", "draft", "reviews this post")]
)
def test_nobody_reviews_their_own_draft(has: TaskKind, task: TaskKind, why: str) -> None:
    found = ranked(a_post(a_team().with_member("Anna"), **{has: "Anna"}), TaskRef(1, task))[0]
    assert (found.able, found.obstacle) == (False, why)


def test_without_the_skill_nobody_can() -> None:
    builder = a_team().with_channel("LinkedIn").with_member("Anna", skills=[Skill("review", channel=2)])
    assert [found.obstacle for found in ranked(a_post(builder))] == ["no review skill on Blog"]


def test_who_is_away_in_the_whole_window_cannot() -> None:
    builder = a_team().with_member("Anna").with_absence("Anna", "2026-11-24", "2026-11-30")
    assert ranked(a_post(builder))[0].obstacle == "away until Mon 30 Nov"


def test_who_is_there_on_one_day_of_the_window_can() -> None:
    builder = a_team().with_member("Anna").with_absence("Anna", "2026-11-24", "2026-11-24")
    assert ranked(a_post(builder))[0].able


def test_who_is_not_yet_or_no_longer_in_the_team_cannot() -> None:
    builder = (
        a_team()
        .with_member("Early", active_from=day("2026-12-01"))
        .with_member("Gone", active_to=day("2026-11-20"))
    )
    assert [found.obstacle for found in ranked(a_post(builder))] == [
        "not here before Tue 1 Dec",
        "not here after Fri 20 Nov",
    ]


def test_a_holiday_is_an_obstacle_when_it_is_all_there_is() -> None:
    builder = a_team().with_member("Anna").with_post("Blog", "2026-12-08T09:00")
    found = ranked(builder, TaskRef(1, "publish"))[0]
    assert found.obstacle == "on holiday on Tue 8 Dec (Immacolata)"


def test_those_who_cannot_come_after_all_who_can() -> None:
    builder = a_team().with_member("Anna", skills=()).with_member("Luca", allowance=0)
    assert names(a_post(builder)) == ["Luca", "Anna"]


def test_an_obstacle_can_be_asked_for_alone() -> None:
    calendar = a_post(a_team().with_member("Anna"), draft="Anna").build()
    assert obstacle(calendar, REVIEW, 1) == "wrote the draft"
    assert obstacle(calendar, TaskRef(1, "engage"), 1) == ""


def test_a_task_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="there is no post 9"):
        candidates(a_team().build(), TaskRef(9, "review"), NOW)


def test_who_would_do_it_for_less_comes_before_who_has_more_room() -> None:
    builder = (
        a_team()
        .with_member("Dear", kind="partner", cost_per_hour=9000, allowance=600)
        .with_member("Cheap", kind="partner", cost_per_hour=3000, allowance=60)
    )
    assert names(a_post(builder)) == ["Cheap", "Dear"]


def test_the_weeks_around_are_told_too() -> None:
    """Anna's other post, in the next week, is opened in this one."""
    builder = a_post(a_team().with_member("Anna", allowance=120))
    builder.with_post("Blog", "2026-12-03T09:00", tasks={"draft": "Anna"})
    (anna,) = ranked(builder)
    assert (anna.before.minutes, anna.after.minutes, anna.minutes) == (0, 15, 15)
    assert (anna.share_before, anna.share_after) == (0, 13), "this week alone"
    (anna,) = ranked(builder, TaskRef(1, "engage"))
    assert (anna.share_before, anna.share_after) == (25, 38), "60′ and 90′ of two weeks"


def test_who_has_time_in_the_week_but_not_on_the_days_is_over() -> None:
    hours = WorkingHours(*([(Span(540, 550),)] * 5), sat=(), sun=())
    builder = a_post(a_team().with_member("Anna", hours=hours).with_member("Luca"), design="Anna")
    luca, anna = ranked(builder)
    assert luca.member == 2
    assert (anna.able, anna.over, anna.after.over) == (True, 15, 0)
    assert (
        anna.reason == "+15′, would be at 90 %, 15′ short from Mon 23 Nov to Wed 25 Nov (30′ free, 30′ to do)"
    )


def test_where_nobody_works_on_any_day_that_is_said() -> None:
    builder = a_team().with_member("Anna").with_post("Blog", "2026-11-28T09:00")
    (anna,) = ranked(builder, TaskRef(1, "publish"))
    assert (anna.able, anna.over) == (True, 5)
    assert anna.reason == "+5′, would be at 8 %, no free minutes on Sat 28 Nov"


def test_an_author_who_has_posts_enough_cannot() -> None:
    builder = a_post(a_team().with_member("Anna", allowance=600, posts_a_week=1), draft="Anna")
    builder.with_post("Blog", "2026-11-27T09:00")
    (anna,) = ranked(builder, TaskRef(2, "draft"))
    assert anna.obstacle == "writes 1 post in the week of Mon 23 Nov, wants 1 at most"


def test_what_they_know_of_it_is_noted() -> None:
    builder = a_post(a_team().with_member("Anna").with_member("Giulia").with_member("Sara"), draft="Sara")
    for at in ("2026-11-10T09:00", "2026-11-12T09:00"):
        builder.with_post("Blog", at, tasks={"review": "Giulia"}, done=["review"])
    notes = {candidate.member: candidate.note for candidate in ranked(builder)}
    assert notes == {1: "has not reviewed yet: pair with Giulia?", 2: "reviewed 2 of this channel", 3: ""}


def test_who_wrote_it_comes_first_among_equals_to_answer() -> None:
    builder = a_team().with_member("Anna").with_member("Zoe")
    a_post(builder, draft="Zoe")
    builder.with_post("Blog", "2026-11-26T15:00", tasks={"draft": "Anna"})
    zoe, anna = ranked(builder, TaskRef(1, "engage"))
    assert (zoe.member, zoe.note) == (2, "wrote the draft: also answers")
    assert (anna.member, anna.note) == (1, "")


def test_the_task_of_an_open_slot_has_candidates_too() -> None:
    calendar = a_team().with_member("Anna", allowance=120).with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH").build()
    place = SlotTask(SlotKey(1, local("2026-12-03T09:00")), "draft")
    (anna,) = candidates(calendar, place, NOW)
    assert (anna.able, anna.after.week, anna.reason) == (True, day("2026-11-30"), "+60′, would be at 50 %")


def test_what_is_settled_has_no_candidates() -> None:
    calendar = a_post(a_team().with_member("Anna"), draft="Anna").build()
    post = calendar.posts[1]
    skipped = calendar.put(replace(post, state="skipped", skip_reason="no"))
    with pytest.raises(NotFound, match="nothing is left to do about 1 review"):
        candidates(skipped, REVIEW, NOW)


# The ways out of warnings are the first of the candidates


@st.composite
def offices(draw: st.DrawFn) -> Calendar:
    """A few posts of this week and the next, and a few people with little time."""
    builder = a_team().with_channel("LinkedIn")
    people = ("Anna", "Bruno", "Carla", "Studio Blu")
    for name in people:
        partner = {"kind": "partner", "cost_per_hour": 4800} if name == "Studio Blu" else {}
        builder.with_member(
            name,
            allowance=draw(st.sampled_from((60, 90, 45, 180, 0))),
            hours=draw(st.sampled_from((None, WorkingHours(*([(Span(540, 570),)] * 5), sat=(), sun=())))),
            skills=[
                Skill(kind, level=draw(st.sampled_from(("able", "expert", "learning"))))
                for kind in TASK_KINDS
                if draw(st.integers(0, 3))
            ],
            posts_a_week=draw(st.sampled_from((None, None, 1))),
            spacing=draw(st.sampled_from((None, None, 2))),
            topics=draw(st.sampled_from(((), ("wine",)))),
            **partner,
        )
    if draw(st.booleans()):
        builder.with_absence("Anna", "2026-11-24", "2026-11-26")
    for number in range(draw(st.integers(1, 6))):
        at = draw(st.sampled_from(("2026-11-26", "2026-11-27", "2026-12-01", "2026-12-03", "2026-12-05")))
        owners: dict[TaskKind, str | None] = {
            kind: draw(st.sampled_from((None, None, *people))) for kind in TASK_KINDS
        }
        channel = draw(st.sampled_from(("Blog", "LinkedIn")))
        builder.with_post(
            channel, f"{at}T{9 + number:02}:00", tasks=owners, topic=draw(st.sampled_from(("", "wine")))
        )
    return builder.build()


@settings(max_examples=60, deadline=None)
@given(offices())
def test_those_suggested_are_the_candidates_in_their_order(calendar: Calendar) -> None:
    """Except that work far around the task, which its neighbourhood leaves out, may take the time of some."""
    scene = Scene(calendar, NOW, 28)
    advice = Advice(scene)
    for post in calendar.posts.values():
        for kind in post.tasks:
            ref = TaskRef(post.id, kind)
            able = [one for one in candidates(calendar, ref, NOW) if one.able]
            fitting = [(one.member, one.reason) for one in able if not one.over]
            suggested = [tuple(one) for one in advice.suggestions(ref, len(able))]
            assert {member for member, _ in suggested} == {one.member for one in able}
            agreed = [one for one in suggested if one in fitting]
            assert suggested[: len(agreed)] == agreed == [one for one in fitting if one in agreed]
            for _, reason in suggested[len(agreed) :]:
                assert any(word in reason for word in (" over in ", " short ", "no free minutes"))


@given(offices())
@settings(max_examples=30, deadline=None)
def test_a_partner_is_suggested_where_one_can(calendar: Calendar) -> None:
    scene = Scene(calendar, NOW, 28)
    advice = Advice(scene)
    for post in calendar.posts.values():
        ref = TaskRef(post.id, "review")
        partner = next((one for one in candidates(calendar, ref, NOW) if one.able and one.member == 4), None)
        suggested = [one.member for one in advice.suggestions(ref, 1)]
        assert (4 in suggested) == (partner is not None)
