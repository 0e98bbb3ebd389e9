"""Who takes part, counted by hand. Now is Monday 23 November 2026, 10:00 in Rome."""

from datetime import timedelta

from cadence.insight.participation import STEP, Record, enrolled_in, participation
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Idea
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc

ANNA, BEA, CARL, GIULIA = 1, 2, 3, 4
MONTH_AGO = NOW - STEP


def a_team() -> CalendarBuilder:
    """Anna and Bea in the office, Carl in the workshop, Giulia leads; and a partner."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna", department="office")
        .with_member("Bea", department="office")
        .with_member("Carl", department="Workshop")
        .with_member("Giulia", role="lead")
        .with_member("Studio Blu", kind="partner", department="office")
    )


def with_deeds() -> Calendar:
    """In the last four weeks Anna had an idea, Bea did a draft; Carl boosted, and the partner had an idea.
    Bea boosted before."""
    builder = a_team().with_publication("Blog", "2026-10-20T08:00")
    builder = builder.with_post("Blog", "2026-11-26T09:00", tasks={"draft": "Bea"}, done=["draft"])
    return builder.build().put(
        Idea(id=1, text="Lathe", author=ANNA, at=utc("2026-11-10T08:00")),
        Idea(id=2, text="Lathe", author=5, at=utc("2026-11-10T08:00")),
        Boost(id=1, post=1, member=CARL, day=day("2026-11-04"), at=utc("2026-11-04T08:00")),
        Boost(id=2, post=1, member=BEA, day=day("2026-10-21"), at=utc("2026-10-21T08:00")),
        Boost(id=3, post=1, member=GIULIA, day=day("2026-11-04")),
    )


# Builder tasks are done at NOW, which the period must hold.
TO = NOW + timedelta(hours=1)


def test_who_is_active_gave_an_idea_or_a_boost():
    team = participation(with_deeds(), MONTH_AGO, TO).team
    assert team.enrolled == {ANNA, BEA, CARL, GIULIA}
    assert (team.ideas, team.boosts, team.tasks) == ({ANNA}, {CARL}, {BEA})
    assert team.active == {ANNA, CARL}
    assert team.participation == 0.5


def test_an_ask_that_nobody_answered_is_no_boost():
    assert GIULIA not in participation(with_deeds(), MONTH_AGO, TO).team.boosts


def test_departments_are_in_order_of_their_names_and_those_in_none_come_last():
    departments = participation(with_deeds(), MONTH_AGO, TO).departments
    assert [(one.name, one.participation) for one in departments] == [
        ("office", 0.5),
        ("Workshop", 1.0),
        ("", 0.0),
    ]


def test_a_period_begins_with_its_first_moment_and_ends_before_its_last():
    calendar = a_team().build().put(Idea(id=1, text="Lathe", author=ANNA, at=MONTH_AGO))
    assert participation(calendar, MONTH_AGO, NOW).team.ideas == {ANNA}
    assert participation(calendar, MONTH_AGO - STEP, MONTH_AGO).team.ideas == frozenset()


def test_enrolled_is_who_was_in_the_team_on_a_day_of_the_period():
    builder = (
        a_calendar()
        .with_member("Before", active_to=day("2026-11-15"))
        .with_member("Until", active_to=day("2026-11-16"))
        .with_member("From", active_from=day("2026-11-22"))
        .with_member("After", active_from=day("2026-11-23"))
    )
    start, end = utc("2026-11-15T23:00"), utc("2026-11-22T23:00")
    names = [member.name for member in enrolled_in(builder.build(), start, end)]
    assert names == ["Until", "From"], "midnight in Rome is 23:00 in UTC"


def test_without_colleagues_there_is_no_share():
    found = participation(a_calendar().build(), MONTH_AGO, NOW)
    assert found.team.participation is None
    assert (found.departments, found.sources.bottom_up) == ((), None)


def test_the_trend_has_the_whole_four_weeks_oldest_first():
    record = Record(with_deeds())
    steps = record.trend(NOW - timedelta(weeks=9), NOW)
    assert [step.team.participation for step in steps] == [0.25, 0.5]
    assert steps[0].end == steps[1].start
    assert record.trend(NOW - timedelta(weeks=3), NOW) == []


def test_a_step_over_the_change_of_clocks_begins_at_the_same_hour():
    """Clocks went back on 25 October: four weeks before ten o'clock it was ten o'clock."""
    (step,) = Record(a_team().build()).trend(utc("2026-10-12T07:00"), utc("2026-11-10T09:00"))
    assert (step.start, step.end) == (utc("2026-10-13T08:00"), utc("2026-11-10T09:00"))


def test_the_opposite_of_top_down_is_an_idea_from_outside_the_leads():
    """Of four posts one came from Anna's idea, one from that of Giulia, who leads."""
    builder = a_team()
    for idea in (1, 2, None, None):
        builder = builder.with_publication("Blog", "2026-11-10T08:00", idea=idea)
    calendar = builder.with_post("Blog", "2026-11-26T09:00", idea=3).build()
    calendar = calendar.put(
        Idea(id=1, text="Lathe", author=ANNA, at=NOW, post=1),
        Idea(id=2, text="Saw", author=GIULIA, at=NOW, post=2),
        Idea(id=3, text="Planned only", author=BEA, at=NOW, post=5),
    )
    sources = participation(calendar, MONTH_AGO, NOW).sources
    assert (sources.published, sources.from_ideas, sources.from_outside_leads) == (4, 2, 1)
    assert sources.bottom_up == 0.25
