"""Who is asked to boost a post, on which day, and what they could say. Now is Monday 23 November 2026."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cadence.insight.boosting import (
    A_WEEK,
    MOST,
    SPREAD,
    Ask,
    asks,
    could_ask,
    open_boosts,
    suggested_text,
    text_for,
    to_boost,
)
from cadence.insight.capacity import load
from cadence.model.busy import BusyCalendar
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Idea, Post
from cadence.model.team import Span
from cadence.model.times import DAY, WEEK
from cadence.operations.boosts import asked_for
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc

LINK = "https://example.com/tornio"
TUE, WED, THU, FRI = (day(f"2026-11-{n}") for n in (24, 25, 26, 27))
NEXT_MON = day("2026-11-30")


def a_team(*names: str, **team: object) -> CalendarBuilder:
    builder = a_calendar(**team).with_channel("Blog", workflow=None)
    for name in names:
        builder = builder.with_member(name)
    return builder


def published(builder: CalendarBuilder, at: str = "2026-11-23T09:00", **fields: object) -> Calendar:
    return builder.with_publication("Blog", at, "Il tornio", **{"link": LINK, **fields}).build()


def asked(calendar: Calendar, now: datetime = NOW, post: int = 1) -> list[tuple[str, date]]:
    return [(calendar.members[ask.member].name, ask.day) for ask in asks(calendar, calendar.posts[post], now)]


# Who and how many


def test_half_of_the_colleagues_are_asked_one_a_day():
    calendar = published(a_team("Anna", "Bea", "Carl", "Dora", "Elio"))
    assert asked(calendar) == [("Anna", TUE), ("Bea", WED), ("Carl", THU)]


@pytest.mark.parametrize(("people", "count"), [(1, 1), (2, 2), (3, 2), (4, 2), (9, 5), (60, MOST)])
def test_at_least_two_and_at_most_twenty(people: int, count: int):
    names = [f"Member {n}" for n in range(people)]
    assert len(asked(published(a_team(*names)))) == count


def test_many_are_spread_evenly_over_a_week():
    days = [on for _, on in asked(published(a_team(*(f"Member {n}" for n in range(20)))))]
    assert days == sorted([TUE, WED, THU, FRI, NEXT_MON] * 2)


def test_partners_and_who_is_not_in_the_team_are_not_asked():
    builder = a_team("Anna").with_member("Studio Blu", kind="partner")
    builder = builder.with_member("Gone", active_to=day("2026-11-23")).with_member("Bea")
    assert asked(published(builder)) == [("Anna", TUE), ("Bea", WED)]


def test_who_is_away_waits_for_the_next_post():
    builder = a_team("Anna", "Bea", "Carl").with_absence("Anna", "2026-11-24", "2026-12-01")
    assert asked(published(builder)) == [("Bea", TUE), ("Carl", WED)]


def test_who_is_away_at_first_is_asked_once_they_are_back():
    builder = a_team("Anna", "Bea").with_absence("Anna", "2026-11-24", "2026-11-26")
    assert asked(published(builder)) == [("Bea", TUE), ("Anna", FRI)]


def test_a_day_that_is_all_meetings_is_no_day_for_it():
    meetings = {TUE: (Span(0, 24 * 60),)}
    calendar = published(a_team("Anna")).put(BusyCalendar(id=1, member=1, busy=meetings))
    assert asked(calendar) == [("Anna", WED)]


def test_an_ask_never_makes_a_week_too_full():
    """Anna has a draft of an hour by Wednesday, and an hour a week."""
    builder = a_team("Anna", "Bea").with_channel("Newsletter").with_member("Carl", allowance=4)
    builder = builder.with_post("Newsletter", "2026-11-27T09:00", tasks={"draft": "Anna"})
    calendar = builder.with_publication("Blog", "2026-11-23T09:00", link=LINK).build()
    assert asked(calendar, post=2) == [("Bea", TUE), ("Anna", NEXT_MON)]


# When


def test_nobody_is_asked_on_holidays_and_weekends():
    builder = a_team("Anna", "Bea", holidays={NEXT_MON: "Fiera"})
    assert [on for _, on in asked(published(builder, "2026-11-27T09:00"), utc("2026-11-27T09:00"))] == [
        day("2026-12-01"),
        day("2026-12-02"),
    ]


def test_the_days_are_those_of_the_team():
    """Half past eleven at night in London is Tuesday in Rome."""
    calendar = published(a_team("Anna"), "2026-11-23T23:30")
    assert asked(calendar, utc("2026-11-23T23:30")) == [("Anna", WED)]


def test_what_is_told_late_is_asked_for_on_what_is_left_of_the_five_days():
    calendar = published(a_team("Anna", "Bea", "Carl"))
    assert asked(calendar, utc("2026-11-26T09:00")) == [("Anna", FRI), ("Bea", NEXT_MON)]
    assert asked(calendar, utc("2026-11-27T09:00")) == [("Anna", NEXT_MON)], "not all on the same day"
    assert asked(calendar, utc("2026-11-30T09:00")) == [], "it is no news any more"


@pytest.mark.parametrize("without", [{"link": None}, {"state": "planned", "published_at": None}])
def test_what_cannot_be_seen_is_not_asked_for(without: dict[str, object]):
    calendar = published(a_team("Anna"))
    assert asks(calendar, replace(calendar.posts[1], **without), NOW) == []


def test_a_team_may_ask_for_no_boosts():
    assert asked(published(a_team("Anna", "Bea", boosts=False))) == []


# In turn


def with_asks(builder: CalendarBuilder, *made: tuple[int, str], **fields: object) -> Calendar:
    """Asks of an older post, as (member, day)."""
    calendar = published(builder.with_publication("Blog", "2026-11-02T09:00", "Before", link=LINK))
    return calendar.put(
        *(Boost(id=n, post=1, member=who, day=day(on), **fields) for n, (who, on) in enumerate(made, 1))
    )


def test_who_was_asked_longest_ago_comes_first():
    calendar = with_asks(a_team("Anna", "Bea", "Carl"), (1, "2026-11-04"), (3, "2026-11-03"))
    assert asked(calendar, post=2) == [("Bea", TUE), ("Carl", WED)]


def test_who_said_no_was_asked_too():
    calendar = with_asks(a_team("Anna", "Bea", "Carl"), (1, "2026-11-04"), declined=True)
    assert asked(calendar, post=2) == [("Bea", TUE), ("Carl", WED)]


def test_nobody_is_asked_on_two_days_in_a_row():
    assert asked(with_asks(a_team("Anna"), (1, "2026-11-24")), post=2) == [("Anna", THU)]
    assert asked(with_asks(a_team("Anna"), (1, "2026-11-25")), post=2) == [("Anna", FRI)]


def test_nobody_is_asked_more_than_twice_in_seven_days():
    """The days to come are within a week of both; Monday is a week after the first of them."""
    assert asked(with_asks(a_team("Anna"), (1, "2026-11-23"), (1, "2026-11-25")), post=2) == [
        ("Anna", NEXT_MON)
    ]
    assert asked(with_asks(a_team("Anna"), (1, "2026-11-24"), (1, "2026-11-26")), post=2) == []


def test_who_boosted_it_already_counts_as_asked():
    calendar = published(a_team("Anna", "Bea", "Carl"))
    calendar = calendar.put(Boost(id=1, post=1, member=2, day=day("2026-11-23"), at=NOW))
    assert asked(calendar) == [("Anna", TUE)]


def test_more_colleagues_can_be_asked_within_the_same_limits():
    calendar = with_asks(a_team("Anna", "Bea", "Carl"), (1, "2026-11-24"))
    calendar = calendar.put(Boost(id=2, post=2, member=2, day=TUE))
    assert could_ask(calendar, calendar.posts[2], calendar.members.values(), NOW) == [
        Ask(1, THU),
        Ask(3, WED),
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 7),
    st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=12),
    st.integers(0, 60),
)
def test_whatever_is_published_nobody_is_asked_too_often(
    people: int, posts: list[tuple[int, bool]], allowance: int
):
    """Posts go out on some days, with a link or without; one colleague is away for a week."""
    builder = a_team()
    for n in range(people):
        builder = builder.with_member(f"Member {n}", allowance=allowance)
    calendar = builder.with_absence("Member 0", "2026-11-25", "2026-12-02").build()
    for days_later, has_link in sorted(posts):
        now = NOW + timedelta(days=days_later)
        post = Post(
            id=calendar.next_id(Post),
            channel=1,
            title="Il tornio",
            at=now.replace(tzinfo=None),
            state="published",
            published_at=now,
            link=LINK if has_link else None,
        )
        made = asked_for(calendar, post, now)
        assert has_link or not made
        assert len(made) <= max(2, (people + 1) // 2)
        assert len({boost.day for boost in made}) >= min(2, len(made)), "not all on one day"
        assert all(timedelta(0) < boost.day - now.date() <= timedelta(days=SPREAD + 2) for boost in made)
        calendar = calendar.put(post, *made)
    for member in calendar.members.values():
        days = sorted(boost.day for boost in calendar.boosts.values() if boost.member == member.id)
        assert all(later - earlier > DAY for earlier, later in pairwise(days))
        assert all(later - first >= WEEK for first, later in zip(days, days[A_WEEK:], strict=False))
        assert not any(absence.covers(on) for on in days for absence in calendar.absences_of(member.id))
        assert not any(load(calendar, member.id, on).over for on in days)


def test_an_ask_takes_time_unless_somebody_turns_out_to_be_away_on_its_day():
    calendar = with_asks(a_team("Anna").with_absence("Anna", "2026-11-25", "2026-11-27"), (1, "2026-11-24"))
    assert load(calendar, 1, TUE).minutes == 5
    calendar = with_asks(a_team("Anna").with_absence("Anna", "2026-11-23", "2026-11-25"), (1, "2026-11-24"))
    assert load(calendar, 1, TUE).minutes == 0
    assert load(calendar.put(replace(calendar.boosts[1], at=NOW)), 1, TUE).minutes == 5, "she did it anyway"


# Which asks are open


def test_an_ask_is_open_until_it_is_answered_or_a_week_is_over():
    calendar = with_asks(a_team("Anna"), (1, "2026-11-24"))
    assert to_boost(calendar, 1, day("2026-11-23")) == [], "her day is tomorrow"
    assert [boost.id for boost in open_boosts(calendar, day("2026-11-23"))] == [1], "all can see it coming"
    assert [boost.id for boost in to_boost(calendar, 1, TUE)] == [1]
    assert [boost.id for boost in to_boost(calendar, 1, NEXT_MON)] == [1]
    assert open_boosts(calendar, day("2026-12-01")) == []
    for answer in ({"at": NOW}, {"declined": True}):
        assert open_boosts(calendar.put(replace(calendar.boosts[1], **answer)), TUE) == []


def test_an_ask_ends_when_its_member_leaves_or_its_link_is_gone():
    calendar = with_asks(a_team("Anna"), (1, "2026-11-24"))
    assert open_boosts(calendar.put(replace(calendar.members[1], active_to=TUE)), WED) == []
    assert open_boosts(calendar.put(replace(calendar.posts[1], link=None)), TUE) == []


# What to say


def test_the_text_is_short_and_says_who_wrote_it():
    assert suggested_text("Il tornio", LINK, "Blog", "Anna") == f"Anna wrote “Il tornio” for our Blog: {LINK}"
    assert suggested_text("Il tornio", LINK, "Blog", "Anna", own=True) == (
        f"I wrote “Il tornio” for our Blog: {LINK}"
    )
    assert suggested_text("Il tornio", LINK, "Blog") == f"New on our Blog: “Il tornio” {LINK}"


def said(calendar: Calendar, member: int) -> str:
    text = text_for(calendar, Boost(id=1, post=1, member=member, day=TUE))
    assert text is not None
    return text.split(" ")[0]


def test_the_writer_is_who_did_the_draft():
    builder = a_calendar().with_channel("Blog").with_member("Anna").with_member("Bea")
    builder = builder.with_member("Studio Blu", kind="partner")

    def written_by(name: str) -> Calendar:
        made = builder.with_post(
            "Blog", "2026-11-23T09:00", tasks={"draft": name}, done=["draft"], link=LINK, author="Carl"
        )
        return made.build()

    calendar = written_by("Anna")
    assert (said(calendar, 1), said(calendar, 2)) == ("I", "Anna")


def test_without_a_draft_it_is_the_author_that_the_post_names_but_not_who_had_the_idea():
    calendar = published(a_team("Anna", "Bea"), author="Bea")
    assert (said(calendar, 1), said(calendar, 2)) == ("Bea", "I")
    calendar = calendar.put(
        Idea(id=1, text="Lathe", author=2, at=NOW, post=1), replace(calendar.posts[1], idea=1)
    )
    assert said(calendar, 1) == "New"


def test_there_is_nothing_to_say_without_a_link():
    calendar = published(a_team("Anna"), link=None)
    assert text_for(calendar, Boost(id=1, post=1, member=1, day=TUE)) is None
