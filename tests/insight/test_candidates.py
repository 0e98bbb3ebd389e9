"""Who could take a task, ranked, with the load before and after."""

import pytest

from cadence.insight.candidates import Candidate, candidates, obstacle
from cadence.model.errors import NotFound
from cadence.model.post import TaskRef
from cadence.model.team import Skill, TaskKind
from tests.builders import NOW, CalendarBuilder, a_calendar, day

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
