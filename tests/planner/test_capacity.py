"""What the rhythms need against what the team has, where it breaks and why, and the cheapest way out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cadence.language import speaking
from cadence.model.calendar import Calendar
from cadence.model.team import Skill, Step
from cadence.planner.solving.core import compile_problem
from cadence.planner.sustaining.bottleneck import bottlenecks, open_at_least
from cadence.planner.sustaining.capacity import Capacity, capacity
from cadence.planner.sustaining.cheapest import remedy
from cadence.planner.sustaining.trial import Clock, Stopped, judge, without_answering, without_partners
from cadence.planner.sustaining.ways import Period
from tests.builders import NOW, a_calendar, day
from tests.planner.problems import a_problem
from tests.planner.sample import MONDAY, MORNING, officine_rossi
from tests.pseudo import PSEUDO, escaped

WEEK = timedelta(weeks=1)
SHORT = {"draft": Step(60, -1, -1), "review": Step(15, -1, -1)}
"""A post that goes out on a Tuesday is written and reviewed on the Monday of the same week."""


def weeks(count: int, first: date = MONDAY) -> list[date]:
    return [first + WEEK * n for n in range(count)]


def judged(calendar: Calendar, count: int = 2) -> Capacity:
    return capacity(calendar, weeks(count), NOW, Clock.of(20))


def a_team():
    """One post every Tuesday: 75 minutes of work by Monday."""
    return (
        a_calendar()
        .with_workflow("Short", SHORT)
        .with_channel("Blog", workflow="Short")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU")
    )


def test_need_and_time_by_week_and_by_kind() -> None:
    calendar = a_team().with_member("Anna", allowance=90).with_member("Luca", allowance=60).build()
    (first, second) = judged(calendar).weeks
    assert (first.minutes, first.staff, first.partners) == (75, 150, 0)
    assert [(need.task, need.minutes, need.staff) for need in first.needs] == [
        ("draft", 60, 150),
        ("review", 15, 150),
    ]
    assert first.holds
    assert second.minutes == 75


def test_a_week_with_minutes_enough_breaks_where_one_person_would_review_their_own_draft() -> None:
    # Anna alone could give 600 minutes for 75, but nobody else may review what she wrote.
    calendar = a_team().with_member("Anna", allowance=600).build()
    found = judged(calendar)
    assert [len(week.open) for week in found.weeks] == [1, 1]
    assert found.first_break is not None
    assert found.first_break.week == MONDAY
    assert found.proven


def test_a_post_that_is_there_needs_what_its_tasks_need_and_an_extra_too() -> None:
    calendar = (
        a_team()
        .with_member("Anna", allowance=300)
        .with_member("Luca", allowance=300)
        .with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00")
        .with_post("Blog", "2026-11-26T09:00", "An extra")
        .build()
    )
    assert judged(calendar).weeks[0].minutes == 2 * 75


def test_what_is_done_counts_on_neither_side() -> None:
    calendar = (
        a_team()
        .with_member("Anna", allowance=90)
        .with_member("Luca", allowance=60)
        .with_post(
            "Blog", "2026-11-24T09:00", slot="2026-11-24T09:00", tasks={"draft": "Anna"}, done=["draft"]
        )
        .build()
    )
    week = judged(calendar).weeks[0]
    assert (week.minutes, week.staff) == (15, 90 - 60 + 60)


def test_an_absence_is_named_as_the_reason() -> None:
    # Only Luca reviews, and he is away in the second week.
    calendar = (
        a_team()
        .with_member("Anna", allowance=90, skills=[Skill("draft")])
        .with_member("Luca", allowance=60, skills=[Skill("review")])
        .with_absence("Luca", "2026-11-30", "2026-12-04")
        .build()
    )
    broken = judged(calendar).first_break
    assert broken is not None
    assert broken.week == day("2026-11-30")
    assert broken.short == {("Blog", "review"): 15}
    assert broken.why == (
        "the review for Blog on Tue 1 Dec takes 15′, and Luca, the only one who can do it, "
        "is away until Fri 4 Dec",
    )


def test_nobody_with_the_skill_is_said_so() -> None:
    calendar = a_team().with_member("Anna", allowance=90, skills=[Skill("draft")]).build()
    broken = judged(calendar).first_break
    assert broken is not None
    assert "there is no review skill on Blog" in broken.why[0]


def test_too_many_minutes_for_a_few_people_are_added_up() -> None:
    # Two drafts of 60 minutes, and the two who can write give 60 and 45 minutes.
    calendar = (
        a_team()
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=FR")
        .with_member("Anna", allowance=60, skills=[Skill("draft")])
        .with_member("Luca", allowance=59, skills=[Skill("draft")])
        .with_member("Marta", allowance=600, skills=[Skill("review")])
        .build()
    )
    broken = judged(calendar).first_break
    assert broken is not None
    assert "what only 1 person can do needs 120′ and has 60′ (Anna 60′)" in broken.why[0]


def test_a_promise_that_holds_has_no_break() -> None:
    calendar = a_team().with_member("Anna", allowance=90).with_member("Luca", allowance=60).build()
    found = judged(calendar)
    assert found.first_break is None
    assert found.proven


# Trials


def test_what_a_post_needs_comes_before_all_answering() -> None:
    # 60 minutes: either one draft of 60, or both answers of 30.
    problem = (
        a_problem(days=7)
        .member("Anna", capacity=60)
        .task("1 draft", 60, priority=3)
        .task("2 engage", 30, priority=1)
        .task("3 engage", 30, priority=1)
        .build()
    )
    verdict = judge(problem, Clock.of(10))
    assert verdict.assignments == {"1 draft": "Anna"}
    assert not verdict.open
    assert len(verdict.unanswered) == 2


def test_partners_do_as_little_as_possible_when_money_matters() -> None:
    # Anna has an hour: she does the dearer half of the work only if the solver looks at the money.
    problem = (
        a_problem(days=7)
        .member("Anna", capacity=60)
        .partner("Studio", 6000, capacity=120)
        .task("1 draft", 30)
        .task("2 draft", 60)
        .build()
    )
    assert judge(problem, Clock.of(10), cheapest=True).cost == 3000
    assert len(judge(without_partners(problem), Clock.of(10)).open) == 1


def test_a_bound_by_counting_never_exceeds_what_is_open() -> None:
    problem = a_problem(days=7).member("Anna", capacity=100).task("1 draft", 60).task("2 draft", 60).build()
    core = compile_problem(problem)
    (found,) = bottlenecks(core, 0, lambda task: True)
    assert (found.needed, found.room, found.short) == (120, 100, 20)
    assert open_at_least(core, lambda task: True) == len(judge(problem, Clock.of(10)).open) == 1


def test_an_answer_that_nobody_wants_any_more_is_not_given() -> None:
    problem = without_answering(a_problem().member("Anna").task("1 draft").build())
    with pytest.raises(Stopped):
        judge(problem, Clock.of(10, stop=lambda: True))


# The cheapest way


def cures(calendar: Calendar, count: int = 2):
    period = Period(MONDAY, MONDAY + count * WEEK - timedelta(days=1), NOW)
    return remedy(calendar, period, Clock.of(20))


def test_the_fewest_extra_minutes_come_before_money_and_money_before_a_smaller_promise() -> None:
    # A draft of 60 minutes: Anna lacks 10, Luca 25; the partner takes 30 a month of 13/3 posts at 60 an hour:
    # 60 × 52 / 12 = 260 a month.
    calendar = (
        a_team()
        .with_member("Anna", allowance=50, skills=[Skill("draft")])
        .with_member("Luca", allowance=35, skills=[Skill("draft")])
        .with_member("Marta", allowance=60, skills=[Skill("review")])
        .with_member("Studio", kind="partner", cost_per_hour=6000, allowance=120, skills=[])
        .build()
    )
    found = cures(calendar)
    (cure,) = found.cures
    assert (cure.channel, cure.task, cure.open) == ("Blog", "draft", 2)
    prices = [(way.kind, way.text.split()[0], way.minutes, way.cents, way.posts) for way in cure.ways]
    assert prices[:2] == [("minutes", "Anna", 10, 0, 0), ("minutes", "Luca", 25, 0, 0)]
    assert ("partner", "Studio", 0, 26_000, 0) in prices
    assert prices[-1] == ("promise", "Blog", 0, 0, 4)
    assert found.left == 0


def test_what_is_proposed_keeps_the_promise_when_it_is_done() -> None:
    calendar = a_team().with_member("Anna", allowance=50).with_member("Luca", allowance=20).build()
    ways = cures(calendar).cures[0].ways
    assert ways
    for way in ways:
        assert judged(way.calendar).first_break is None, way.text


def test_a_post_on_a_day_off_can_go_out_on_the_next_working_day() -> None:
    calendar = (
        a_calendar()
        .with_workflow("Only out", {"publish": Step(5, 0, 0)})
        .with_channel("Blog", workflow="Only out")
        .with_member("Anna")
        .with_post("Blog", "2026-11-28T11:00", "On a Saturday")
        .build()
    )
    way = cures(calendar).cures[0].ways[0]
    assert way.kind == "move"
    assert way.command == "cadence post move 1 2026-11-30T11:00"


def test_nothing_but_a_smaller_promise_helps_a_team_of_nobody() -> None:
    found = cures(a_team().build())
    assert found.cures
    assert all(way.kind == "promise" for cure in found.cures for way in cure.ways)


# The sample team, by hand


def test_the_sample_team_cannot_keep_its_blog_once_davide_has_left() -> None:
    """An article takes 150 minutes to write, and counts whole in one week. Who can write on the Blog gives
    a week: Davide 150 (until 4 December), Giulia 120, Marco 120, Anna 105, Luca 60, Sara 60.

    Slots on 10 and 24 December, 7 and 21 January: their drafts close 4 working days before, on 3 December
    (the 8th is a holiday), 18 December, 30 December (1 and 6 January are holidays) and 15 January. The first
    is Davide's, the others are nobody's. And LinkedIn is due on Tuesday 8 December, when nobody works.
    """
    found = capacity(officine_rossi(), weeks(8), MORNING, Clock.of(20))
    broken = {week.week: [task.id for task in week.open] for week in found.weeks if week.open}
    assert broken == {
        day("2026-12-07"): ["LinkedIn 2026-12-08T09:00 publish"],
        day("2026-12-14"): ["Blog 2026-12-24T10:00 draft"],
        day("2026-12-28"): ["Blog 2027-01-07T10:00 draft"],
        day("2027-01-11"): ["Blog 2027-01-21T10:00 draft"],
    }
    assert found.proven


def test_the_need_of_the_sample_teams_first_week() -> None:
    """Monday 23 to Friday 27 November. LinkedIn goes out on Tue 24 and Thu 26, then Tue 1 and Thu 3 December;
    Instagram on Mon, Wed and Fri; the Blog on Thu 26; the letter on Wed 2 December; all not yet begun.

    What is over is due now: on Monday (and Tuesday) for the posts of this week. So of LinkedIn there are
    three drafts (24, 26, and 1 December, due on Fri 27), 3 × 60 = 180; reviews for 24 and 26, 2 × 15 = 30.
    The team gives Anna 105, Elena 270, Giulia 120, Luca 60, Marco 120, Sara 60, Davide 150, Chiara 60, and
    Paola, who is away, nothing: 945.
    """
    week = capacity(officine_rossi(), weeks(1), MORNING, Clock.of(20)).weeks[0]
    minutes = {(need.channel, need.task): need.minutes for need in week.needs}
    assert minutes["LinkedIn", "draft"] == 180
    assert minutes["LinkedIn", "review"] == 30
    assert week.staff == 945
    assert week.partners == 360
    # Who can review on LinkedIn: Giulia with 120, and as learners Anna (105) and Sara (60), who take half as
    # long again: 120 + 70 + 40. Paola is away.
    (review,) = [need for need in week.needs if (need.channel, need.task) == ("LinkedIn", "review")]
    assert review.staff == 230


def test_the_cheapest_way_for_the_sample_teams_blog() -> None:
    """Giulia or Marco lack 150 - 120 = 30 minutes, Anna 45. Elena, as a learner, takes 225 of her 270, and
    then others or the studio design; the studio itself takes 150 minutes at 48 an hour, 120 for each of three
    articles in 8 weeks: 3 × 120 × 52 / 12 / 8 = 195 a month."""
    period = Period(MONDAY, MONDAY + 8 * WEEK - timedelta(days=1), MORNING)
    found = remedy(officine_rossi(), period, Clock.of(60))
    blog = next(cure for cure in found.cures if cure.channel == "Blog")
    assert [(way.kind, way.text.split()[0], way.minutes) for way in blog.ways[:3]] == [
        ("minutes", "Giulia", 30),
        ("minutes", "Marco", 30),
        ("minutes", "Anna", 45),
    ]
    partner = next(way for way in blog.ways if way.kind == "partner")
    assert partner.cents == 19_500
    assert blog.ways[-1].kind == "promise"
    assert found.left == 0


def test_a_break_is_told_in_the_language_spoken() -> None:
    few = a_team().with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=FR")
    teams = [
        a_team().with_member("Anna", allowance=90, skills=[Skill("draft")]),
        a_team().with_member("Anna", allowance=10, skills=[Skill("draft"), Skill("review")]),
        few.with_member("Anna", allowance=60, skills=[Skill("draft")]).with_member("Luca", allowance=59),
    ]
    with speaking(PSEUDO):
        breaks = [judged(team.build()).first_break for team in teams]
        said = [text for broken in breaks if broken for text in broken.why]
    assert len(said) >= len(teams)
    assert [text for text in said if escaped(text, ["Anna", "Luca", "Blog"])] == []
