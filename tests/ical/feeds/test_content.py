"""What each kind of feed shows, and what it keeps to itself."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as change

from cadence.ical.feeds import GAPS, TEAM, WARNINGS, EventCache, Selection, feed, published
from cadence.insight.warnings import find_warnings
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.feeds import Feed
from cadence.model.post import Acknowledgement
from cadence.model.team import TASK_KINDS, Skill
from tests.builders import NOW, a_calendar, day, utc
from tests.ical.feeds.feedkinds import a_team, events, unfolded, value


@pytest.fixture
def team() -> Calendar:
    return a_team()


def shown(calendar: Calendar, selection: Selection) -> list[str]:
    return [value(event, "X-CADENCE-ID") for event in events(feed(calendar, selection, NOW, EventCache()))]


def shown_events(calendar: Calendar, selection: Selection) -> dict[str, list[str]]:
    """The lines of each event by its own id."""
    found = events(feed(calendar, selection, NOW, EventCache()))
    return {value(event, "X-CADENCE-ID"): event for event in found}


def told(event: list[str]) -> list[str]:
    """The lines of a description."""
    return value(event, "DESCRIPTION").replace("\\,", ",").split("\\n")


# Posts


def test_skipped_posts_and_those_outside_the_window_are_left_out(team: Calendar) -> None:
    assert shown(team, TEAM) == ["post 4", "post 1", "post 2"]


def test_a_channel_shows_its_own_posts(team: Calendar) -> None:
    assert shown(team, Selection("channel", 1)) == ["post 1", "post 2"]
    assert shown(team, Selection("channel", 2)) == ["post 4"]


def test_a_member_sees_the_posts_that_they_have_a_task_on_and_what_they_are_asked_to_pass_on(
    team: Calendar,
) -> None:
    assert shown(team, Selection("member", 1)) == ["post 1", "boost 4"]
    assert shown(team, Selection("member", 3)) == []


def test_the_window_is_90_days_back_and_365_ahead() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_publication("Blog", "2026-08-24T23:59", "Day 91")
        .with_publication("Blog", "2026-08-25T00:00", "Day 90")
        .with_post("Blog", "2027-11-23T00:59", "Day 364, 23:59")
        .with_post("Blog", "2027-11-23T01:00", "Day 365")
        .build()
    )
    assert shown(calendar, TEAM) == ["post 2", "post 3"]


def test_a_feed_can_show_fewer_days(team: Calendar) -> None:
    assert shown(team, Selection("team", days_back=3)) == ["post 4", "post 1", "post 2"]
    assert shown(team, Selection("team", days_back=2)) == ["post 1", "post 2"]
    assert shown(team, Selection("team", days_back=2, days_ahead=12)) == ["post 1"]
    assert shown(team, Selection("team", days_back=0, days_ahead=0)) == []


def test_a_feed_can_show_some_states_only(team: Calendar) -> None:
    assert shown(team, Selection("team", states=("published", "drafted"))) == ["post 4", "post 1"]
    assert shown(team, Selection("channel", 1, states=("planned",))) == ["post 2"]


def test_skipped_posts_are_shown_to_who_asks_for_them_and_say_so(team: Calendar) -> None:
    skipped = change(team.posts[1], state="skipped", skip_reason="no time")
    for selection in (Selection("team", states=("skipped",)), Selection("member", 1, states=("skipped",))):
        event = shown_events(team.put(skipped), selection)["post 1"]
        assert value(event, "SUMMARY").endswith("(skipped)")
        assert told(event)[:2] == [
            "Skipped, was to be published Thu 26 Nov 2026 at 10:00 (Europe/Rome)",
            "Reason: no time",
        ]


def test_a_post_says_its_channel_title_state_who_does_what_and_its_link(team: Calendar) -> None:
    event = shown_events(team, TEAM)["post 1"]
    assert value(event, "SUMMARY").startswith("[Blog] Qualità")
    assert told(event)[0] == "Drafted, to be published Thu 26 Nov 2026 at 10:00 (Europe/Rome)"
    assert told(event)[1:3] == ["draft: Anna, done", "design: nobody, by Wed 25 Nov"]
    assert told(event)[-1].startswith("https://officine-rossi.example/")


def test_a_selection_is_what_a_feed_was_given() -> None:
    given = Feed(
        id=3,
        reader="Anna",
        kind="channel",
        digest="0" * 64,
        of=2,
        states=("planned",),
        days_back=1,
        days_ahead=9,
    )
    assert Selection.of(given) == Selection("channel", 2, ("planned",), 1, 9)
    plain = Feed(id=3, reader="Anna", kind="team", digest="0" * 64)
    assert Selection.of(plain) == TEAM


def test_a_feed_of_who_is_gone_is_refused(team: Calendar) -> None:
    for selection in (Selection("member", 9), Selection("tasks", 9), Selection("channel", 9)):
        with pytest.raises(NotFound):
            feed(team, selection, NOW, EventCache())


# Gaps and other warnings


def test_gaps_are_the_empty_slots_and_the_silence_that_nobody_acknowledged(team: Calendar) -> None:
    keys = shown(team, GAPS)
    assert "empty-slot:1:2026-12-10T10:00" in keys
    assert not [key for key in keys if not key.startswith(("empty-slot", "silence"))]


def test_a_gap_is_on_the_local_day_of_its_slot() -> None:
    calendar = (
        a_calendar(zone="Pacific/Auckland")
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=WE", "08:00", "2026-11-25")
        .build()
    )
    first = events(feed(calendar, GAPS, NOW, EventCache()))[0]
    assert value(first, "DTSTART") == "20261125"


def test_two_equal_gaps_on_one_day_are_two_events() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "08:00", "2026-11-26")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "18:00", "2026-11-26")
        .build()
    )
    found = [
        event
        for event in events(feed(calendar, GAPS, NOW, EventCache()))
        if value(event, "DTSTART") == "20261126" and "empty-slot" in value(event, "X-CADENCE-ID")
    ]
    assert len({(value(event, "UID"), value(event, "X-CADENCE-ID")) for event in found}) == 2


def test_warnings_are_all_that_nobody_acknowledged_with_rule_severity_and_ways_out(
    team: Calendar,
) -> None:
    keys = {warning.key for warning in find_warnings(team, NOW)}
    assert {key.partition(":")[0] for key in keys} > {"empty-slot", "unassigned-task"}
    assert set(shown(team, WARNINGS)) == keys
    event = shown_events(team, WARNINGS)["empty-slot:1:2026-12-10T10:00"]
    assert value(event, "DTSTART") == "20261210"
    assert told(event)[0].startswith("Empty slot, severity ")
    assert [line for line in told(event) if line.startswith("- ")]
    seen = Acknowledgement(id=1, key="empty-slot:1:2026-12-10T10:00", by=1, until=day("2026-12-31"))
    assert set(shown(team.put(seen), WARNINGS)) == keys - {seen.key}


def test_a_gap_and_the_same_warning_in_another_feed_are_two_events(team: Calendar) -> None:
    key = "empty-slot:1:2026-12-10T10:00"
    assert value(shown_events(team, GAPS)[key], "UID") != value(shown_events(team, WARNINGS)[key], "UID")


def test_warnings_beyond_the_days_ahead_are_left_out_and_old_ones_are_not(team: Calendar) -> None:
    days = [value(e, "DTSTART") for e in shown_events(team, Selection("warnings", days_ahead=4)).values()]
    assert max(days) == "20261126"
    assert shown(team, Selection("gaps", days_back=0)) == shown(team, GAPS)


def test_a_publication_ends_the_silence_at_once() -> None:
    builder = (
        a_calendar().with_channel("Blog").with_rhythm("Blog", start="2026-11-01", max_silence=7 * 24 * 60)
    )
    silent, later = builder.build(), NOW + timedelta(minutes=40)
    spoken = builder.with_publication(
        "Blog", "2026-11-23T09:30", modified=NOW + timedelta(minutes=35)
    ).build()

    def never_published(calendar: Calendar) -> bool:
        return b"Nothing was ever published" in feed(calendar, GAPS, later, EventCache())

    assert never_published(silent)
    assert not never_published(spoken)


# Tasks


def a_shared_post(**fields: object) -> Calendar:
    """Anna and the partner share a post; the partner designs it, publishes it, and learns to design."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_member(
            "Studio Blu", kind="partner", skills=[Skill("design", level="learning"), Skill("publish")]
        )
        .with_post(
            "Blog",
            "2026-11-26T10:00",
            "Il tornio",
            tasks={"draft": "Anna", "design": "Studio Blu", "publish": "Studio Blu", "engage": "Anna"},
            done=["draft"],
            note="Ask Bianchi",
            author="Luca",
            link="https://example.com/tornio",
            **fields,
        )
        .with_post("Blog", "2026-12-03T10:00", "Segreto", tasks={"draft": "Anna"})
        .build()
    )


def test_a_partner_sees_their_tasks_and_nothing_else() -> None:
    calendar = a_shared_post()
    found = shown_events(calendar, Selection("member", 2))
    assert list(found) == ["task 1 design", "task 1 publish"]
    assert value(found["task 1 design"], "SUMMARY") == "design · Il tornio [Blog]"
    assert told(found["task 1 design"]) == [
        "Design, 45 minutes, from Mon 23 Nov to Wed 25 Nov",
        "The post goes out Thu 26 Nov 2026 at 10:00 (Europe/Rome)",
        "https://example.com/tornio",
    ]
    content = "\n".join(unfolded(feed(calendar, Selection("member", 2), NOW, EventCache())))
    assert not [word for word in ("Anna", "Luca", "Bianchi", "Segreto", "draft") if word in content]


def test_a_partners_task_is_on_its_last_day_and_publishing_at_its_moment() -> None:
    found = shown_events(a_shared_post(), Selection("member", 2))
    assert value(found["task 1 design"], "DTSTART") == "20261125"
    assert value(found["task 1 publish"], "DTSTART") == "20261126T090000Z"
    assert value(found["task 1 publish"], "DTEND") == "20261126T093000Z"


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(TASK_KINDS), st.sampled_from(["Annabel", "Studio Blu", None])),
            st.sampled_from(["planned", "drafted", "approved", "skipped"]),
        ),
        max_size=5,
    ),
    st.sampled_from(["member", "tasks"]),
)
@settings(max_examples=40)
def test_no_feed_of_a_partner_tells_of_others(posts: list, kind: str) -> None:  # type: ignore[type-arg]
    builder = a_calendar().with_channel("Blog").with_member("Annabel")
    builder.with_member("Studio Blu", kind="partner", department="Hidden")
    for number, (tasks, state) in enumerate(posts, 1):
        builder.with_post(
            "Blog",
            f"2026-12-0{number}T10:00",
            f"Title {number}!",
            tasks=tasks,
            state=state,
            note="Hidden",
            author="Hidden",
            skip_reason="Hidden",
        )
    content = feed(builder.build(), Selection(kind, 2), NOW, EventCache()).replace(b"\r\n ", b"").decode()  # type: ignore[arg-type]
    assert "Annabel" not in content
    assert "Hidden" not in content
    for number, (tasks, state) in enumerate(posts, 1):
        theirs = state != "skipped" and "Studio Blu" in tasks.values()
        assert (f"Title {number}!" in content) == theirs


def test_a_to_do_says_what_by_when_how_long_and_whether_it_is_done() -> None:
    calendar = a_shared_post(rev=4, modified=NOW)
    found = shown_events(calendar, Selection("tasks", 1))
    draft, engage = found["task 1 draft"], found["task 1 engage"]
    assert value(draft, "UID") == "task-1-draft@cadence.invalid"
    assert value(draft, "SUMMARY") == "draft · Il tornio [Blog]"
    assert (value(draft, "DTSTART"), value(draft, "DUE")) == ("20261119", "20261124")
    assert (value(draft, "STATUS"), value(draft, "COMPLETED")) == ("COMPLETED", "20261123T090000Z")
    assert (value(engage, "STATUS"), value(engage, "DUE")) == ("NEEDS-ACTION", "20261127")
    assert told(engage)[0] == "Answering, 30 minutes, from Thu 26 Nov to Fri 27 Nov"
    assert value(draft, "SEQUENCE") == "4"


def test_publishing_is_due_at_its_moment_and_begins_with_its_day() -> None:
    todo = shown_events(a_shared_post(), Selection("tasks", 2))["task 1 publish"]
    assert (value(todo, "DTSTART"), value(todo, "DUE")) == ("20261125T230000Z", "20261126T090000Z")


def test_a_to_do_with_one_day_has_no_start() -> None:
    calendar = a_shared_post()
    post = calendar.posts[1]
    one_day = change(post, tasks={"draft": change(post.tasks["draft"], opens=-2, closes=-2)})
    todo = shown_events(calendar.put(one_day), Selection("tasks", 1))["task 1 draft"]
    assert not [line for line in todo if line.startswith("DTSTART")]


def test_a_promise_comes_before_an_extra_and_answering_last(team: Calendar) -> None:
    assert value(shown_events(team, Selection("tasks", 1))["task 1 draft"], "PRIORITY") == "1"
    extra = shown_events(a_shared_post(), Selection("tasks", 1))
    assert (value(extra["task 1 draft"], "PRIORITY"), value(extra["task 1 engage"], "PRIORITY")) == ("5", "9")


def test_what_is_out_needs_no_more_work_but_answers() -> None:
    calendar = a_shared_post(state="published", published_at=utc("2026-11-23T08:00"))
    mine, partner = (shown_events(calendar, Selection("tasks", id)) for id in (1, 2))
    assert value(partner["task 1 design"], "STATUS") == "COMPLETED"
    assert value(partner["task 1 design"], "COMPLETED") == "20261123T080000Z"
    assert ": done" not in told(partner["task 1 design"])[0]
    assert value(mine["task 1 engage"], "STATUS") == "NEEDS-ACTION"
    assert told(mine["task 1 engage"])[1].startswith("The post went out Mon 23 Nov")


# What colleagues are asked to pass on


def asked(team: Calendar, **fields: Any) -> Calendar:
    """The team, with the ask of post 4 changed."""
    return team.put(change(team.boosts[1], **fields))


def test_an_ask_is_a_day_with_what_one_could_say_and_the_link(team: Calendar) -> None:
    later = asked(team, day=day("2026-11-25"), modified=NOW + timedelta(hours=1))
    event = shown_events(later, Selection("member", 1))["boost 4"]
    assert (value(event, "SUMMARY"), value(event, "DTSTART")) == ("Pass on: Out [Instagram]", "20261125")
    assert told(event) == [
        "From your own account, 5 minutes. You could say:",
        "Luca wrote “Out” for our Instagram: https://officine-rossi.example/out",
        "https://officine-rossi.example/out",
    ]
    assert value(event, "UID") == "boost-4-1@cadence.invalid"
    assert (value(event, "SEQUENCE"), value(event, "LAST-MODIFIED")) == ("2", "20261123T100000Z")


def test_a_new_title_is_news_of_the_ask(team: Calendar) -> None:
    renamed = team.put(change(team.posts[4], title="Out!", rev=5, modified=NOW + timedelta(hours=2)))
    event = shown_events(renamed, Selection("member", 1))["boost 4"]
    assert (value(event, "SEQUENCE"), value(event, "LAST-MODIFIED")) == ("6", "20261123T110000Z")


def test_what_was_done_declined_or_has_lapsed_is_asked_no_more(team: Calendar) -> None:
    ended = ({"at": NOW}, {"declined": True}, {"day": day("2026-11-16")})
    for fields in ended:
        assert shown(asked(team, **fields), Selection("member", 1)) == ["post 1"]
    assert shown(asked(team, day=day("2026-11-17")), Selection("member", 1)) == ["post 1", "boost 4"]
    to_dos = [shown(asked(team, **fields), Selection("tasks", 1)) for fields in ended]
    assert [("boost 4" in found) for found in to_dos] == [True, False, False]


def test_an_ask_is_a_to_do_until_it_lapses_and_a_done_one_stays(team: Calendar) -> None:
    found = shown_events(team, Selection("tasks", 1))
    still, done = found["boost 4"], found["boost 1"]
    assert (value(still, "STATUS"), value(still, "DTSTART"), value(still, "DUE")) == (
        "NEEDS-ACTION",
        "20261123",
        "20261129",
    )
    assert (value(done, "STATUS"), value(done, "COMPLETED")) == ("COMPLETED", "20261123T090000Z")


def test_nobody_else_is_told_of_an_ask(team: Calendar) -> None:
    of_others = (
        TEAM,
        Selection("channel", 2),
        Selection("member", 3),
        Selection("tasks", 3),
        Selection("member", 1, states=("published", "drafted")),
        Selection("member", 1, days_ahead=0),
    )
    for selection in of_others:
        assert not [name for name in shown(team, selection) if name.startswith("boost")]
    partner = asked(team, member=2)
    for kind in ("member", "tasks"):
        assert shown(partner, Selection(kind, 2)) == ["task 2 design"]  # type: ignore[arg-type]


def test_an_answer_is_a_change_of_the_feed_that_asked(team: Calendar) -> None:
    later = NOW + timedelta(hours=3)
    answered = asked(team, declined=True, modified=later)
    found = {
        kind: published(answered, Selection(kind, 1), later, EventCache()).modified  # type: ignore[arg-type]
        for kind in ("member", "tasks", "channel")
    }
    assert found == {"member": later, "tasks": later, "channel": NOW}


# Since when a feed is what it is


def test_a_feed_is_as_old_as_the_newest_change_that_decides_on_it(team: Calendar) -> None:
    assert published(team, TEAM, NOW, EventCache()).modified == NOW
    later = NOW + timedelta(hours=3)
    moved = team.put(change(team.posts[2], state="skipped", modified=later))
    found = published(moved, TEAM, later + timedelta(days=1), EventCache())
    assert b"Extra" not in found.content
    assert found.modified == later


def test_no_feed_is_from_the_future(team: Calendar) -> None:
    early = NOW - timedelta(days=3, microseconds=-1)
    for selection in (TEAM, WARNINGS, Selection("tasks", 1)):
        found = published(team, selection, early, EventCache()).modified
        assert found == NOW - timedelta(days=3)


def test_warnings_are_as_old_as_the_newest_of_them() -> None:
    calendar = (
        a_calendar().with_channel("Blog").with_rhythm("Blog", "FREQ=DAILY", "09:00", "2026-11-20").build()
    )
    newest = max(warning.since for warning in find_warnings(calendar, NOW))
    assert published(calendar, WARNINGS, NOW, EventCache()).modified == newest.replace(microsecond=0)
