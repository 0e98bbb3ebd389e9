"""`quiet-team`. Now is Monday 23 November 2026, 10:00 in Rome."""

import pytest
from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Idea
from cadence.operations import boosts
from cadence.operations.posts import publish_post
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc
from tests.insight.warned import found, only

NAMES = ("Anna", "Bea", "Carl", "Dora", "Elio", "Franca", "Gino", "Helga", "Ivo")


def a_team(*names: str) -> CalendarBuilder:
    builder = a_calendar().with_channel("Blog", workflow=None)
    for name in names:
        builder = builder.with_member(name)
    return builder.with_publication("Blog", "2026-09-01T08:00", link="https://example.com/old")


def with_ideas(calendar: Calendar, *authors: int, at: str = "2026-11-10T08:00") -> Calendar:
    ideas = (Idea(id=9 * n + who, text="Lathe", author=who, at=utc(at)) for n, who in enumerate(authors))
    return calendar.put(*ideas)


def test_fewer_than_a_third_are_too_few():
    calendar = a_team(*NAMES).build()
    warning = only(with_ideas(calendar, 1, 1, 2), "quiet-team")
    assert (warning.key, warning.severity, warning.at) == ("quiet-team", "low", None)
    assert warning.cause == (
        "2 of 9 colleagues (22 %) gave an idea or a boost since Mon 26 Oct; "
        "Carl, Dora, Elio, Franca and 3 more gave neither"
    )
    assert found(with_ideas(calendar, 1, 2, 3), "quiet-team") == []


def test_a_boost_counts_as_much_as_an_idea_and_an_ask_for_nothing():
    calendar = a_team("Anna", "Bea").build()
    ask = Boost(id=1, post=1, member=1, day=day("2026-11-10"))
    assert len(found(calendar.put(ask), "quiet-team")) == 1
    assert found(calendar.put(replace(ask, at=utc("2026-11-10T08:00"))), "quiet-team") == []


def test_nobody_at_all_is_worse():
    warning = only(a_team("Anna", "Bea").build(), "quiet-team")
    assert warning.severity == "medium"
    assert warning.cause == "None of 2 colleagues gave an idea or a boost since Mon 26 Oct"


def test_one_person_is_no_team_nor_are_partners():
    builder = a_team("Anna").with_member("Studio Blu", kind="partner")
    assert found(builder.build(), "quiet-team") == []


def test_who_has_left_is_not_expected_to_give_anything():
    builder = a_team("Anna", "Bea", "Carl").with_member("Gone", active_to=day("2026-10-25"))
    assert found(with_ideas(builder.build(), 1), "quiet-team") == []
    builder = a_team("Anna", "Bea", "Carl").with_member("Going", active_to=day("2026-11-20"))
    warning = only(with_ideas(builder.build(), 1), "quiet-team")
    assert warning.cause.endswith("; Bea and Carl gave neither")


def stamped(calendar: Calendar, at: str) -> Calendar:
    """As the store would have written it at an instant."""
    values = (*calendar.members.values(), *calendar.channels.values(), *calendar.posts.values())
    workflows = calendar.workflows.values()
    return calendar.put(*(replace(value, modified=utc(at)) for value in (*values, *workflows)))


@pytest.mark.parametrize(("written", "count"), [("2026-10-26T09:01", 0), ("2026-10-26T09:00", 1)])
def test_a_team_younger_than_four_weeks_is_left_in_peace(written: str, count: int):
    calendar = stamped(a_team("Anna", "Bea").build(), written)
    assert len(found(calendar, "quiet-team")) == count


def test_it_is_quiet_since_the_last_four_weeks_with_enough_people_ended():
    """Three of nine are enough: until 6 November the ideas of 9 October still counted."""
    calendar = with_ideas(a_team(*NAMES).build(), 1, 2, at="2026-10-20T08:00")
    calendar = calendar.put(Idea(id=99, text="Saw", author=3, at=utc("2026-10-09T08:00")))
    assert only(calendar, "quiet-team").since == utc("2026-11-06T08:00")


def test_a_team_that_never_said_anything_is_quiet_since_four_weeks_after_it_began():
    calendar = stamped(a_team("Anna", "Bea").build(), "2026-10-01T09:00")
    assert only(calendar, "quiet-team").since == utc("2026-10-29T09:00")


# Ways out


def an_asking_team() -> Calendar:
    """Published on Monday; Anna is asked on Tuesday, Bea on Wednesday. Carl and Dora are not."""
    builder = a_team("Anna", "Bea", "Carl", "Dora")
    calendar = builder.with_post("Blog", "2026-11-23T10:00", "Il tornio").build()
    return publish_post(calendar, None, 2, now=NOW, link="https://example.com/tornio").on(calendar)


def test_the_ways_out_are_the_open_boosts_and_who_else_could_be_asked():
    ways = only(an_asking_team(), "quiet-team", now=utc("2026-11-25T09:00")).ways_out
    assert [(way.kind, way.text) for way in ways] == [
        ("done", "Anna boosts “Il tornio” (asked on Tue 24 Nov): say so once it is done"),
        ("done", "Bea boosts “Il tornio” (asked on Wed 25 Nov): say so once it is done"),
        ("ask", "ask Carl on Thu 26 Nov to boost “Il tornio” (+5′, would be at 8 %)"),
        ("ask", "ask Dora on Thu 26 Nov to boost “Il tornio” (+5′, would be at 8 %)"),
    ]
    assert [way.command for way in ways[1:3]] == [
        "cadence boost done 2 --by Bea",
        "cadence boost ask 2 Carl",
    ]
    assert [way.action for way in ways[1:3]] == [("boost_done", "2", "Bea"), ("ask_boost", "2", "Carl")]


def test_asks_of_who_gave_nothing_come_first():
    calendar = with_ideas(an_asking_team(), 1)
    calendar = calendar.put(*(a_team(*NAMES).build().members[n] for n in (5, 6, 7)))
    ways = only(calendar, "quiet-team", now=utc("2026-11-25T09:00")).ways_out
    assert [way.action[2] for way in ways if way.kind == "done"] == ["Bea", "Anna"]


def test_a_way_out_is_the_operation_that_it_names():
    calendar, now = an_asking_team(), utc("2026-11-25T09:00")
    for name, post, member in (way.action for way in only(calendar, "quiet-team", now=now).ways_out):
        who = calendar.member(member).id
        edit = getattr(boosts, name)(calendar, None, int(post), now=now, member=who)
        assert edit
