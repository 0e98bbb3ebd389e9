"""`empty-slot`, `missed-slot`, `silence` and `burst`."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cadence.model.post import Idea
from cadence.model.team import Skill
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc
from tests.insight.warned import DAYS, TUESDAYS, a_blog, an_office, found, kinds, only, subjects

# empty-slot


def test_a_slot_within_the_horizon_without_a_post_is_warned_of() -> None:
    """Four weeks from Monday 23 November, 10:00: the Tuesdays up to 15 December."""
    assert subjects(found(a_blog(), "empty-slot")) == [
        "1:2026-11-24T09:00",
        "1:2026-12-01T09:00",
        "1:2026-12-08T09:00",
        "1:2026-12-15T09:00",
    ]


def test_the_horizon_ends_to_the_minute() -> None:
    last, four_weeks_before = "1:2026-12-22T09:00", utc("2026-12-22T08:00") - timedelta(weeks=4)
    assert last not in subjects(found(a_blog(), "empty-slot", four_weeks_before))
    assert last in subjects(found(a_blog(), "empty-slot", four_weeks_before + timedelta(minutes=1)))


def test_the_horizon_can_be_another() -> None:
    assert len(found(a_blog(), "empty-slot", horizon_days=7)) == 1
    assert len(found(a_blog(), "empty-slot", horizon_days=365)) == 53


def test_a_slot_with_a_post_is_not_empty_wherever_the_post_was_moved() -> None:
    builder = a_blog().with_post("Blog", "2026-11-27T09:00", slot="2026-11-24T09:00")
    assert "1:2026-11-24T09:00" not in subjects(found(builder, "empty-slot"))


def test_a_skipped_post_leaves_its_slot_empty_and_can_be_restored() -> None:
    builder = a_blog().with_post(
        "Blog", "2026-11-24T09:00", slot="2026-11-24T09:00", state="skipped", skip_reason="no news"
    )
    first = found(builder, "empty-slot")[0]
    assert subjects([first]) == ["1:2026-11-24T09:00"]
    assert first.ways_out[0].kind == "restore"
    assert first.ways_out[0].command == "cadence post restore 1"


def test_a_slot_of_today_is_empty_until_its_tolerance_has_passed_and_missed_then() -> None:
    for now, rule in (("2026-11-24T22:59", "empty-slot"), ("2026-11-24T23:00", "missed-slot")):
        rules = ("empty-slot", "missed-slot")
        warned = [rule for rule in rules if "1:2026-11-24T09:00" in subjects(found(a_blog(), rule, utc(now)))]
        assert warned == [rule]


def test_paused_slots_are_not_warned_of() -> None:
    builder = a_blog(pauses=[("2026-11-23", "2026-12-10")])
    assert subjects(found(builder, "empty-slot")) == ["1:2026-12-15T09:00"]


def test_slots_of_retired_channels_are_not_warned_of() -> None:
    calendar = a_blog().build()
    assert found(calendar.put(replace(calendar.channels[1], retired=True)), "empty-slot") == []


def test_the_nearer_the_slot_the_more_severe() -> None:
    """The first has a post, so that the channel is not bare."""
    builder = a_blog("FREQ=DAILY").with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00")
    severity = {warning.at: warning.severity for warning in found(builder, "empty-slot")}
    assert severity[utc("2026-11-30T08:00")] == "high"
    assert severity[utc("2026-12-01T08:00")] == "medium"
    assert severity[utc("2026-12-07T08:00")] == "medium"
    assert severity[utc("2026-12-08T08:00")] == "low"


def test_a_wholly_empty_calendar_is_the_worst_case() -> None:
    assert {warning.severity for warning in found(a_blog(), "empty-slot")} == {"high"}
    assert only(a_blog(max_silence=14 * DAYS), "silence").severity == "high"


def test_an_empty_slot_says_where_when_and_since_when() -> None:
    first = found(a_blog(start="2026-01-01"), "empty-slot")[0]
    assert first.cause == "Nothing is planned for the slot of Tue 24 Nov 09:00 on Blog"
    assert (first.channel, first.at) == (1, utc("2026-11-24T08:00"))
    assert first.since == utc("2026-10-27T08:00"), "when it came within four weeks"
    assert found(a_blog(), "empty-slot")[0].since == utc("2026-11-22T23:00"), "when the rhythm began"


def test_the_ways_out_of_an_empty_slot_begin_with_what_is_at_hand() -> None:
    builder = a_blog().with_post("Blog", "2026-11-26T09:00", "An extra").with_member("Sara")
    calendar = builder.build().put(Idea(id=1, text="The foundry", author=1, at=NOW, votes=(1,)))
    ways = found(calendar, "empty-slot")[0].ways_out
    assert [(way.kind, way.command) for way in ways] == [
        ("move", "cadence post slot 1 2026-11-24T09:00"),
        ("idea", "cadence post add Blog 'The foundry' --slot 2026-11-24T09:00"),
        ("plan", "cadence post add Blog Untitled --slot 2026-11-24T09:00"),
        ("pause", "cadence rhythm pause 1 2026-11-24 2026-11-24"),
    ]
    assert ways[1].text == "make the idea “The foundry” by Sara the post of Tue 24 Nov 09:00"
    assert ways[1].action == ("add_post", "Blog", "The foundry", "1", "2026-11-24T09:00", "1")


def test_who_could_write_it_takes_as_long_as_they_do() -> None:
    learner = [Skill("draft", level="learning")]
    builder = (
        an_office().with_rhythm("Blog", start="2026-11-23").with_member("Ada", skills=learner, allowance=90)
    )
    plan = found(builder, "empty-slot")[1].ways_out[0]
    assert plan.text == "plan a post for Tue 1 Dec 09:00; Ada could write it (+90′, would be at 100 %)"
    builder = (
        an_office().with_rhythm("Blog", start="2026-11-23").with_member("Ada", skills=learner, allowance=89)
    )
    assert found(builder, "empty-slot")[1].ways_out[0].text.endswith("nobody who could write it has time")


def test_a_new_post_names_who_could_write_it() -> None:
    builder = an_office().with_rhythm("Blog", start="2026-11-23").with_member("Anna", allowance=240)
    plan = found(builder, "empty-slot")[1].ways_out[0]
    assert plan.text == "plan a post for Tue 1 Dec 09:00; Anna could write it (+60′, would be at 25 %)"


# missed-slot


def test_a_slot_that_passed_unpublished_is_warned_of_for_four_weeks() -> None:
    """The tolerance of 27 October passed on the 27th at 23:00, UTC."""
    builder = a_blog(start="2026-01-01")
    assert subjects(found(builder, "missed-slot")) == [
        "1:2026-11-17T09:00",
        "1:2026-10-27T09:00",
        "1:2026-11-03T09:00",
        "1:2026-11-10T09:00",
    ]
    assert len(found(builder, "missed-slot", utc("2026-11-24T22:59"))) == 4
    assert "1:2026-10-27T09:00" not in subjects(found(builder, "missed-slot", utc("2026-11-24T23:00")))


def test_a_missed_slot_that_could_still_be_late_is_severe() -> None:
    warning = only(a_blog(start="2026-11-17"), "missed-slot")
    assert warning.severity == "high"
    assert warning.cause.startswith("Nothing went out on Blog for the slot of Tue 17 Nov 09:00; ")
    assert warning.cause.endswith("until Tue 24 Nov 09:00 it would still count half")
    assert (warning.at, warning.since) == (utc("2026-11-17T08:00"), utc("2026-11-17T23:00"))
    at_the_next = utc("2026-11-24T08:00")
    assert only(a_blog(start="2026-11-17"), "missed-slot", at_the_next).severity == "low"


def test_a_missed_slot_with_a_post_offers_to_publish_it() -> None:
    builder = a_blog(start="2026-11-17").with_post(
        "Blog", "2026-11-17T09:00", "Late", slot="2026-11-17T09:00"
    )
    warning = only(builder, "missed-slot")
    assert warning.post == 1
    assert warning.ways_out[0].text == "publish “Late” now, which counts half"
    assert warning.ways_out[0].command == "cadence post publish 1"


def test_a_slot_that_something_was_published_for_is_not_warned_of() -> None:
    builder = a_blog(start="2026-11-17").with_publication("Blog", "2026-11-19T08:00")
    assert found(builder, "missed-slot") == []


# silence


AHEAD = ("2026-11-24T09:00", "2026-12-01T09:00", "2026-12-08T09:00", "2026-12-15T09:00")
"""Planned posts a week apart, up to less than a week before the horizon's end."""


def silent(*published: str, planned: tuple[str, ...] = AHEAD, **rhythm: object) -> CalendarBuilder:
    """Daily slots and at most seven days of silence, since the beginning of the year."""
    builder = a_blog("FREQ=DAILY", "2026-01-01", **{"max_silence": 7 * DAYS, **rhythm})
    for at in published:
        builder = builder.with_publication("Blog", at)
    for at in planned:
        builder = builder.with_post("Blog", at)
    return builder


def test_a_silence_of_exactly_the_allowed_length_is_allowed() -> None:
    """Tuesday's post is planned for 08:00 in UTC."""
    assert found(silent("2026-11-17T08:00"), "silence") == []
    assert only(silent("2026-11-17T07:59"), "silence").at == utc("2026-11-24T07:59")


def test_the_silence_since_the_last_publication_counts() -> None:
    warning = only(silent("2026-11-02T09:00"), "silence")
    assert (warning.key, warning.severity) == ("silence:1:1", "high")
    assert (warning.at, warning.since) == (utc("2026-11-09T09:00"), utc("2026-11-09T09:00"))
    assert warning.cause == (
        "Blog has been silent for 21 days, 7 days allowed; "
        "the next post is planned for Tue 24 Nov 09:00, after 22 days"
    )


def test_never_published_is_silent_since_the_rhythm_began() -> None:
    warning = only(a_blog("FREQ=DAILY", "2026-11-02", max_silence=7 * DAYS), "silence")
    assert (warning.key, warning.severity) == ("silence:1:start", "high")
    assert warning.at == utc("2026-11-08T23:00")
    assert warning.cause == (
        "Nothing was ever published on Blog, promised for 21 days, 7 days allowed, and nothing is planned"
    )


def test_a_planned_stretch_that_is_too_long_is_warned_of_before_it_happens() -> None:
    planned = ("2026-11-28T09:00", "2026-12-10T09:00", "2026-12-15T09:00")
    warning = only(silent("2026-11-22T08:00", planned=planned), "silence")
    assert (warning.key, warning.at) == ("silence:1:2", utc("2026-12-05T08:00"))
    assert (warning.severity, warning.since) == ("medium", utc("2026-11-07T08:00"))
    assert "falls silent after Sat 28 Nov 09:00" in warning.cause
    assert "plan" in kinds(warning)


def test_after_the_last_planned_post_silence_counts_when_it_is_too_long_within_the_horizon() -> None:
    """The horizon ends on 21 December, 10:00 in Rome."""
    published, weekly = "2026-11-22T08:00", AHEAD[:3]
    assert found(silent(published, planned=(*weekly, "2026-12-14T10:00")), "silence") == []
    assert len(found(silent(published, planned=(*weekly, "2026-12-14T09:59")), "silence")) == 1


def test_an_overdue_post_does_not_break_a_silence() -> None:
    builder = silent("2026-11-10T09:00").with_post("Blog", "2026-11-17T09:00")
    assert len(found(builder, "silence")) == 1


def test_a_silence_that_is_over_is_spoken_of_for_four_weeks() -> None:
    weekly = ("2026-11-01T09:00", "2026-11-08T09:00", "2026-11-15T09:00", "2026-11-22T09:00")
    calendar = silent("2026-10-01T08:00", "2026-10-26T09:00", *weekly).build()
    assert [(w.key, w.severity) for w in found(calendar, "silence")] == [("silence:1:1", "low")]
    assert found(calendar, "silence", NOW + timedelta(minutes=1)) == []


def test_time_in_a_pause_does_not_count() -> None:
    """From the 13th, 8:00 in UTC, to the post of the 24th are eleven days."""
    published = "2026-11-13T08:00"
    assert found(silent(published, pauses=[("2026-11-16", "2026-11-19")]), "silence") == []
    assert len(found(silent(published, pauses=[("2026-11-16", "2026-11-18")]), "silence")) == 1
    overlapping = [("2026-11-16", "2026-11-18"), ("2026-11-17", "2026-11-18")]
    assert len(found(silent(published, pauses=overlapping), "silence")) == 1


def test_a_rhythm_that_has_ended_promises_nothing() -> None:
    ended = a_blog("FREQ=DAILY;UNTIL=20261120", "2026-11-01", max_silence=7 * DAYS)
    assert found(ended, "silence") == []


def test_without_a_longest_silence_there_is_no_such_warning() -> None:
    assert found(a_blog(start="2026-01-01"), "silence") == []


def test_one_warning_for_a_stretch_that_several_rhythms_mind() -> None:
    builder = silent("2026-11-02T09:00").with_rhythm("Blog", TUESDAYS, max_silence=14 * DAYS)
    assert only(builder, "silence").at == utc("2026-11-09T09:00"), "the strictest"


def test_a_smaller_promise_is_a_way_out_of_silence() -> None:
    warning = only(silent("2026-11-14T08:00"), "silence")
    relax = next(way for way in warning.ways_out if way.kind == "relax")
    assert relax.text == "a smaller promise: allow 10 days without a post instead of 7 days"
    assert relax.command == "cadence rhythm edit 1 --max-silence 10d"


# burst


def busy(*posts: str, **channel: int) -> CalendarBuilder:
    builder = a_calendar().with_channel("Blog", workflow=None, **channel)
    for at in posts:
        builder = builder.with_post("Blog", at)
    return builder


def test_more_posts_in_a_day_than_allowed_are_a_burst() -> None:
    three = ("2026-11-26T09:00", "2026-11-26T12:00", "2026-11-26T18:00")
    assert found(busy(*three, max_per_day=3), "burst") == []
    warning = only(busy(*three, max_per_day=2), "burst")
    assert (warning.key, warning.post, warning.severity) == ("burst:1:2026-11-26", 3, "medium")
    assert warning.cause == "3 posts on Blog on Thu 26 Nov, 2 a day are allowed"
    assert warning.ways_out[0].command == "cadence post move 3 2026-11-27T18:00"


def test_a_day_is_one_of_the_channel() -> None:
    """00:30 in Rome is the day before in UTC."""
    assert found(busy("2026-11-26T23:30", "2026-11-27T00:30", max_per_day=1), "burst") == []


def test_posts_closer_together_than_the_minimum_are_a_burst() -> None:
    assert found(busy("2026-11-26T09:00", "2026-11-26T13:00", min_spacing=240), "burst") == []
    warning = only(busy("2026-11-26T09:00", "2026-11-26T12:59", min_spacing=240), "burst")
    assert warning.key == "burst:1:1-2"
    assert "3h59m apart" in warning.cause


def test_bursts_within_the_horizon_and_of_the_last_four_weeks_count() -> None:
    def published(at: str) -> CalendarBuilder:
        return busy(max_per_day=1).with_publication("Blog", at).with_publication("Blog", at)

    assert found(busy("2026-12-21T12:00", "2026-12-21T12:01", max_per_day=1), "burst") == []
    assert only(published("2026-10-26T09:00"), "burst").severity == "low"
    assert found(published("2026-10-26T08:59"), "burst") == []


def test_skipped_posts_are_no_burst() -> None:
    builder = busy("2026-11-26T09:00", max_per_day=1).with_post("Blog", "2026-11-26T09:00", state="skipped")
    assert found(builder, "burst") == []


@pytest.mark.parametrize("rule", ["empty-slot", "missed-slot", "silence", "burst"])
def test_a_team_without_channels_is_not_warned(rule: str) -> None:
    assert found(a_calendar(holidays={day("2026-12-25"): "Natale"}), rule) == []
