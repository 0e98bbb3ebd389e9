"""The densest rhythm that a team can hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cadence.model.calendar import Calendar
from cadence.model.team import Skill, Step
from cadence.planner.sustaining.steady import Stage, first_whole_week
from cadence.planner.sustaining.sustain import Sustain
from cadence.planner.sustaining.trial import Clock
from tests.builders import a_calendar, day
from tests.planner.sample import MONDAY, officine_rossi

DRAFT = {"draft": Step(60, 0, 0)}
"""A post that is written on the day on which it goes out."""


def a_team(rrule: str = "FREQ=WEEKLY;BYDAY=TU"):
    return (
        a_calendar()
        .with_workflow("Draft", DRAFT)
        .with_channel("Blog", workflow="Draft")
        .with_rhythm("Blog", rrule, start="2026-11-03")
    )


def questions(calendar: Calendar, weeks: int = 4, **others: bool) -> Sustain:
    return Sustain(Stage(calendar, MONDAY, weeks, **others), Clock.of(30))


def days_of(calendar: Calendar, posts: int, weeks: int = 4) -> list[str]:
    """The days of the drafts of a Blog with so many posts in four weeks."""
    problem = Stage(calendar, MONDAY, weeks).problem({1: posts})
    return sorted(f"{task.day:%a %d %b}" for task in problem.tasks)


def test_an_hour_a_week_holds_one_post_and_two_hours_two() -> None:
    for hours in (1, 2, 3):
        sustain = questions(a_team().with_member("Anna", allowance=60 * hours).build())
        found = sustain.densest(1, {}, partners=True)
        assert (found.posts, found.more, found.proof) == (4 * hours, 4 * hours + 2, "impossible")


def test_a_half_more_is_every_second_week() -> None:
    # Two weeks in four have room for a second post only for a team that is there in all of them; here Luca's
    # hour is there in every second one: 23 to 29 November, and 7 to 13 December.
    calendar = (
        a_team()
        .with_member("Anna", allowance=60)
        .with_member("Luca", allowance=60)
        .with_absence("Luca", "2026-11-30", "2026-12-06")
        .with_absence("Luca", "2026-12-14", "2026-12-20")
        .build()
    )
    assert questions(calendar).densest(1, {}, partners=True).posts == 6
    assert questions(calendar, typical=True).densest(1, {}, partners=True).posts == 8


def test_who_has_too_little_for_one_post_holds_none_and_why_is_told() -> None:
    found = questions(a_team().with_member("Anna", allowance=59).build()).densest(1, {}, partners=True)
    assert (found.posts, found.more, found.proof) == (0, 1, "impossible")
    assert found.why is not None
    assert (found.why.needed, found.why.room) == (60, 0)


def test_posts_are_spread_over_the_channels_own_days_first_and_then_evenly() -> None:
    calendar = a_team("FREQ=WEEKLY;BYDAY=MO,TH").with_member("Anna").build()
    assert days_of(calendar, 4, weeks=1) == ["Mon 23 Nov"]
    assert days_of(calendar, 8, weeks=1) == ["Mon 23 Nov", "Thu 26 Nov"]
    # Tuesday to Friday are left: each is next to one of the two.
    assert days_of(calendar, 12, weeks=1) == ["Mon 23 Nov", "Thu 26 Nov", "Tue 24 Nov"]


def test_a_rhythm_of_every_second_week_keeps_its_weeks() -> None:
    calendar = a_team("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU").with_member("Anna").build()
    # From 3 November: 17 November, 1 December, 15 December.
    assert days_of(calendar, 2) == ["Tue 01 Dec", "Tue 15 Dec"]
    assert days_of(calendar, 1) == ["Tue 01 Dec"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.sampled_from(("TU", "TU,TH", "MO,WE,FR")))
def test_less_is_always_a_part_of_more(posts: int, by_day: str) -> None:
    calendar = a_team(f"FREQ=WEEKLY;BYDAY={by_day}").with_member("Anna").build()
    denser = days_of(calendar, posts + 2 - posts % 2)
    for one in set(thinner := days_of(calendar, posts if posts < 2 else posts // 2 * 2)):
        assert thinner.count(one) <= denser.count(one)


def test_nobodys_plans_count_not_even_what_is_pinned() -> None:
    team = a_team().with_member("Anna", allowance=60)
    busy = team.with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Anna"}).build()
    assert questions(busy).densest(1, {}, partners=True).posts == 4


def test_a_slot_on_a_public_holiday_stops_no_density() -> None:
    team = a_calendar(holidays={day("2026-12-08"): "Immacolata"}).with_workflow("Draft", DRAFT)
    calendar = (
        team.with_channel("Blog", workflow="Draft")
        .with_rhythm("Blog")
        .with_member("Anna", allowance=60)
        .build()
    )
    assert questions(calendar).densest(1, {}, partners=True).posts == 4


def test_alone_beside_the_others_and_what_one_more_costs_them() -> None:
    # Three hours a week: Blog and News promise one post each, so that one more of either is all there is.
    calendar = (
        a_team()
        .with_channel("News", workflow="Draft")
        .with_rhythm("News", "FREQ=WEEKLY;BYDAY=WE")
        .with_member("Anna", allowance=180)
        .build()
    )
    sustain = questions(calendar)
    limits = sustain.limits(1)
    assert (limits.promised, limits.beside.posts, limits.alone.posts) == (4, 8, 12)
    price = sustain.price(1, {1: 8, 2: 8}, partners=True)
    assert (price.posts, price.others) == (8, {2: 4})
    together = sustain.together(partners=True)
    # Half as many again would be two posts of each in every second week: four hours then.
    assert (together.factor, dict(together.densities)) == (1, {1: 4, 2: 4})


def test_partners_hold_more_and_answering_is_counted_apart() -> None:
    steps = {"draft": Step(60, 0, 0), "engage": Step(30, 0, 0)}
    calendar = (
        a_calendar()
        .with_workflow("Draft", steps)
        .with_channel("Blog", workflow="Draft")
        .with_rhythm("Blog")
        .with_member("Anna", allowance=60)
        .with_member("Studio", kind="partner", allowance=60, cost_per_hour=100, skills=[Skill("draft")])
        .build()
    )
    limits = questions(calendar).limits(1)
    assert (limits.beside.posts, limits.beside_staff.posts) == (8, 4)
    # An hour for the draft leaves nothing to answer with: four posts in four weeks.
    assert (limits.beside_staff.unanswered, limits.beside_staff.answers) == (4, 4)
    # Two drafts a week take both their hours.
    assert limits.beside.unanswered == 8


def test_the_first_whole_week_is_this_one_on_its_first_day_only() -> None:
    assert first_whole_week(day("2026-11-23"), 0) == day("2026-11-23")
    assert first_whole_week(day("2026-11-24"), 0) == day("2026-11-30")
    assert first_whole_week(day("2026-11-24"), 6) == day("2026-11-29")


# The sample team, by hand


def test_the_sample_teams_linkedin_alone() -> None:
    """Writing (60), designing (30) and publishing (5) on LinkedIn without the studio is for Anna 105, Elena
    270, Giulia 120, Luca 60 and Marco 120 minutes: 675 a week from 7 December on, when Davide is gone. So it
    is 7 posts, 7 × 95 = 665, and not 8, 760; 7½ would need 8 in every second week.

    With the studio, which designs, they write and publish: 10 posts take 650, and ten reviews are 6 by Paola
    (90′), 2 by Sara (a learner, 23′ of 60′), and two by one of them, 30 more: 680 are not there.
    """
    sustain = Sustain(Stage(officine_rossi(), MONDAY, 4), Clock.of(60))
    nothing = dict.fromkeys(sustain.stage.promised, 0)
    staff = sustain.densest(1, nothing, partners=False)
    assert (staff.posts, staff.more, staff.proof) == (28, 30, "impossible")
    both = sustain.densest(1, nothing, partners=True)
    assert 28 < both.posts < 40
    assert both.proof == "impossible"


def test_the_sample_teams_blog_is_held_by_nobody() -> None:
    """150 minutes of writing, and from 7 December on nobody gives more than 120 a week who can do it."""
    found = Sustain(Stage(officine_rossi(), MONDAY, 4), Clock.of(30)).densest(3, {}, partners=True)
    assert (found.posts, found.proof) == (0, "impossible")
