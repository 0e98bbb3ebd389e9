"""The figures of a channel, each checked by hand."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.insight.consistency import Consistency, consistencies, consistency, default_period, score
from cadence.insight.matching import Outcome
from tests.builders import NOW, CalendarBuilder, a_calendar, utc

TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
DAY = timedelta(days=1)


def a_blog(rrule: str = TUESDAYS, start: str = "2026-01-01", **team: object) -> CalendarBuilder:
    return a_calendar(**team).with_channel("Blog", workflow=None).with_rhythm("Blog", rrule, start=start)


def figures(
    builder: CalendarBuilder, start: str = "2026-11-02", end: str = "2026-11-23", now: datetime = NOW
) -> Consistency:
    return consistency(builder.build(), 1, utc(start), utc(end), now)


def publishing(builder: CalendarBuilder, *days: str) -> CalendarBuilder:
    for day in days:
        builder = builder.with_publication("Blog", f"2026-{day}T08:00")
    return builder


def counts(found: Consistency) -> tuple[int, int, int, int, int]:
    return found.slots, found.on_time, found.early, found.late, found.missed


# Score (Tuesdays in the period: 3, 10 and 17 November)


def test_on_time_counts_one_early_and_late_a_half_missed_nothing() -> None:
    found = figures(publishing(a_blog(), "11-03", "11-12"))
    assert counts(found) == (3, 1, 0, 1, 1)
    assert found.score == pytest.approx(100 * 1.5 / 3)


def test_early_counts_a_half() -> None:
    found = figures(a_blog().with_publication("Blog", "2026-11-16T08:00"))
    assert counts(found) == (3, 0, 1, 0, 2)
    assert found.score == pytest.approx(100 * 0.5 / 3)


def test_all_on_time_is_a_hundred() -> None:
    builder = a_blog()
    for day in ("03", "10", "17"):
        builder = builder.with_publication("Blog", f"2026-11-{day}T08:00")
    assert figures(builder).score == 100


def test_slots_due_and_nothing_ever_published_is_zero() -> None:
    found = figures(a_blog())
    assert counts(found) == (3, 0, 0, 0, 3)
    assert found.score == 0


def test_no_slots_is_no_data_and_never_a_hundred() -> None:
    no_rhythm = a_calendar().with_channel("Blog").with_publication("Blog", "2026-11-10T08:00")
    assert figures(no_rhythm).score is None
    assert figures(a_blog(start="2026-12-01")).score is None


def test_paused_slots_count_for_nothing() -> None:
    builder = (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_rhythm("Blog", TUESDAYS, pauses=[("2026-11-05", "2026-11-12")])
    )
    assert counts(figures(builder)) == (2, 0, 0, 0, 2)
    paused = (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_rhythm("Blog", TUESDAYS, pauses=[("2026-11-01", "2026-11-30")])
    )
    assert figures(paused).score is None


def test_a_slot_counts_once_its_tolerance_has_passed() -> None:
    """The 17th is over at midnight in Rome, 23:00 in UTC."""
    assert figures(a_blog(), now=utc("2026-11-17T22:59")).slots == 2
    assert figures(a_blog(), now=utc("2026-11-17T23:00")).slots == 3


def test_a_slot_counts_as_soon_as_its_post_is_published() -> None:
    builder = a_blog().with_post(
        "Blog",
        "2026-11-17T09:00",
        slot="2026-11-17T09:00",
        state="published",
        published_at=utc("2026-11-16T08:00"),
    )
    assert counts(figures(builder, now=utc("2026-11-16T09:00"))) == (3, 0, 1, 0, 2)


def test_a_period_selects_slots_and_does_not_change_what_fills_them() -> None:
    """The post of the 12th is late for the 10th, which is before the period; it is not early for the 17th."""
    builder = a_blog().with_publication("Blog", "2026-11-12T08:00")
    assert counts(figures(builder, start="2026-11-11")) == (1, 0, 0, 0, 1)


def test_a_period_begins_with_its_start_and_ends_before_its_end() -> None:
    at = utc("2026-11-10T08:00")
    assert consistency(a_blog().build(), 1, at, at + DAY, NOW).slots == 1
    assert consistency(a_blog().build(), 1, at - DAY, at, NOW).slots == 0


def test_what_is_not_matched_is_an_extra() -> None:
    """Of three posts on the 17th one is on time and one may stand for the 24th, early."""
    found = figures(publishing(a_blog(), "11-17", "11-17", "11-17"))
    assert counts(found) == (3, 1, 0, 0, 2)
    assert found.extras == 2
    found = figures(publishing(a_blog(), "11-17", "11-18", "11-19"))
    assert counts(found) == (3, 1, 0, 0, 2)
    assert found.extras == 1


# Longest silence


def test_the_longest_silence_is_between_neighbouring_publications() -> None:
    builder = (
        a_blog().with_publication("Blog", "2026-11-03T08:00").with_publication("Blog", "2026-11-18T20:00")
    )
    assert figures(builder).longest_silence_days == pytest.approx(15.5)


def test_an_interval_that_began_before_the_period_counts_whole_when_it_ends_in_it() -> None:
    builder = publishing(a_blog(), "10-01", "11-20")
    assert figures(builder).longest_silence_days == pytest.approx(50)


def test_the_silence_up_to_now_counts() -> None:
    builder = publishing(a_blog(), "11-03").with_publication("Blog", "2026-11-05T09:00")
    assert figures(builder, end="2026-12-01").longest_silence_days == pytest.approx(18)


def test_in_a_past_period_the_silence_ends_with_the_period() -> None:
    builder = (
        a_blog().with_publication("Blog", "2026-11-03T00:00").with_publication("Blog", "2026-11-22T00:00")
    )
    assert figures(builder, end="2026-11-10").longest_silence_days == pytest.approx(7)


def test_never_published_is_silent_since_the_periods_start() -> None:
    assert figures(a_blog(), start="2026-11-02", end="2026-11-23").longest_silence_days == pytest.approx(21)


def test_extras_break_a_silence() -> None:
    builder = a_calendar().with_channel("Blog").with_publication("Blog", "2026-11-21T09:00")
    assert figures(builder, end="2026-12-01").longest_silence_days == pytest.approx(2)


def test_a_period_that_has_not_begun_has_no_silence() -> None:
    assert figures(a_blog(), start="2026-12-01", end="2026-12-31").longest_silence_days is None


# Regularity


def test_median_and_quartiles_of_the_intervals_that_end_in_the_period() -> None:
    """Intervals of 1, 2, 4 and 8 days; the 30 days before the first end before the period."""
    builder = a_blog()
    for day in ("10-01", "10-31", "11-01", "11-03", "11-07", "11-15"):
        builder = builder.with_publication("Blog", f"2026-{day}T08:00")
    found = figures(builder, start="2026-11-01")
    assert found.median_interval_days == pytest.approx(3)
    assert found.quartiles == pytest.approx((1.75, 5))


def test_one_interval_is_its_own_median_and_quartiles() -> None:
    builder = publishing(a_blog(), "11-03", "11-10")
    found = figures(builder)
    assert (found.median_interval_days, found.quartiles) == (7, (7, 7))


def test_one_publication_has_no_interval() -> None:
    found = figures(a_blog().with_publication("Blog", "2026-11-10T08:00"))
    assert (found.median_interval_days, found.quartiles) == (None, None)


# Streak (now is Monday 23 November)


def test_a_streak_counts_the_weeks_without_a_late_or_missed_slot() -> None:
    assert figures(publishing(a_blog(), "11-03", "11-10", "11-17")).streak_weeks == 3


def test_a_late_slot_ends_a_streak() -> None:
    assert figures(publishing(a_blog(), "11-03", "11-11", "11-17")).streak_weeks == 1


def test_an_early_slot_does_not_end_a_streak() -> None:
    assert figures(publishing(a_blog(), "11-03", "11-09", "11-17")).streak_weeks == 3


def test_a_missed_slot_in_the_last_week_leaves_no_streak() -> None:
    assert figures(publishing(a_blog(), "11-03", "11-10")).streak_weeks == 0


def test_the_present_week_does_not_count_yet() -> None:
    builder = publishing(a_blog(), "11-10", "11-17", "11-24")
    assert figures(builder, now=utc("2026-11-25T09:00")).streak_weeks == 2
    assert figures(publishing(a_blog(), "11-10", "11-17"), now=utc("2026-11-25T09:00")).streak_weeks == 2


def test_paused_weeks_and_weeks_without_slots_neither_count_nor_break_a_streak() -> None:
    paused = a_calendar().with_channel("Blog").with_rhythm("Blog", pauses=[("2026-11-09", "2026-11-15")])
    assert figures(publishing(paused, "11-03", "11-17")).streak_weeks == 2
    fortnightly = a_blog("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", start="2026-10-20")
    assert figures(publishing(fortnightly, "10-20", "11-03", "11-17")).streak_weeks == 3


def test_a_week_without_a_known_outcome_neither_counts_nor_breaks_a_streak() -> None:
    """With ten days of tolerance last week's slot may still be kept."""
    builder = (
        a_calendar().with_channel("Blog").with_rhythm("Blog", start="2026-11-10", tolerance=10 * 24 * 60)
    )
    assert figures(publishing(builder, "11-10")).streak_weeks == 1


def test_a_week_begins_on_the_teams_first_day() -> None:
    """Sunday's slot is late: with weeks from Monday it spoils its own week only; with weeks from Sunday it
    belongs to the week of the Tuesday after it."""
    rule = "FREQ=WEEKLY;BYDAY=SU,TU"
    days = ("11-01", "11-03", "11-08", "11-10", "11-16", "11-17", "11-22")
    monday = publishing(a_blog(rule, start="2026-10-31"), *days)
    sunday = publishing(a_blog(rule, start="2026-10-31", first_weekday="sunday"), *days)
    assert figures(monday).streak_weeks == 1
    assert figures(sunday).streak_weeks == 0


def test_weeks_are_those_of_the_channels_zone() -> None:
    """Monday 00:30 in Rome is still Sunday in UTC: on the clock it belongs to the week that it opens."""
    builder = (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=MO", "00:30", start="2026-11-09")
        .with_publication("Blog", "2026-11-08T23:30")
        .with_publication("Blog", "2026-11-15T23:30")
    )
    assert figures(builder, now=utc("2026-11-22T22:59")).streak_weeks == 1
    assert figures(builder, now=utc("2026-11-22T23:00")).streak_weeks == 2


def test_a_streak_runs_over_the_new_year() -> None:
    builder = publishing(a_blog(start="2026-12-15"), "12-15", "12-22", "12-29")
    builder = builder.with_publication("Blog", "2027-01-05T08:00")
    assert figures(builder, now=utc("2027-01-11T09:00"), end="2027-01-11").streak_weeks == 4


def test_in_a_past_period_the_streak_is_the_one_at_its_end() -> None:
    builder = publishing(a_blog(), "11-03", "11-10")
    assert figures(builder, end="2026-11-16").streak_weeks == 2


# Runway (now is Monday 23 November 10:00 in Rome)


def staffed(builder: CalendarBuilder, slot: str, member: str | None = "Anna") -> CalendarBuilder:
    kinds = ("draft", "design", "review", "publish", "engage")
    return builder.with_post("Blog", slot, slot=slot, tasks=dict.fromkeys(kinds, member))


def a_team(**member: object) -> CalendarBuilder:
    return a_calendar().with_channel("Blog").with_rhythm("Blog").with_member("Anna", allowance=300, **member)


def test_runway_is_the_time_to_the_first_slot_without_a_post() -> None:
    assert figures(a_team()).runway_days == pytest.approx(23 / 24)
    assert figures(staffed(a_team(), "2026-11-24T09:00")).runway_days == pytest.approx(7 + 23 / 24)


def test_runway_ends_at_a_post_with_a_task_that_nobody_has() -> None:
    builder = staffed(a_team(), "2026-11-24T09:00").with_post(
        "Blog", "2026-12-01T09:00", slot="2026-12-01T09:00", tasks={"draft": "Anna"}
    )
    assert figures(builder).runway_days == pytest.approx(7 + 23 / 24)


def test_a_task_that_is_done_needs_nobody_any_more() -> None:
    kinds = ("draft", "design", "review", "publish", "engage")
    builder = a_team().with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00", done=kinds)
    assert figures(builder).runway_days == pytest.approx(7 + 23 / 24)


def test_paused_slots_do_not_end_the_runway() -> None:
    builder = a_calendar().with_channel("Blog").with_rhythm("Blog", pauses=[("2026-11-23", "2026-11-30")])
    assert figures(builder).runway_days == pytest.approx(7 + 23 / 24)


def test_runway_is_none_without_an_open_slot_within_a_year() -> None:
    assert figures(a_calendar().with_channel("Blog")).runway_days is None
    assert figures(a_blog("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261120")).runway_days is None
    assert figures(a_blog(start="2027-11-24")).runway_days is None
    assert figures(a_blog(start="2027-11-23")).runway_days == pytest.approx(364 + 23 / 24)


# Outlook (four Tuesdays ahead)


def test_the_outlook_counts_slots_whose_posts_have_everybody() -> None:
    assert figures(a_team()).outlook == 0
    one = staffed(a_team(), "2026-11-24T09:00")
    assert figures(one).outlook == 25
    assert figures(staffed(one, "2026-12-01T09:00", member=None)).outlook == 25


def test_the_outlook_does_not_count_work_over_capacity() -> None:
    """All 140 minutes of Thursday's post are due in its week."""

    def outlook(allowance: int) -> float | None:
        builder = a_calendar().with_channel("Blog").with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH")
        return figures(staffed(builder.with_member("Anna", allowance=allowance), "2026-12-03T09:00")).outlook

    assert outlook(140) == 25
    assert outlook(139) == 0


def test_without_slots_there_is_no_outlook() -> None:
    assert figures(a_calendar().with_channel("Blog")).outlook is None


def test_posts_without_tasks_count_in_the_outlook() -> None:
    builder = a_blog().with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00")
    assert figures(builder).outlook == 25


# All channels


def test_retired_channels_have_no_figures() -> None:
    calendar = a_blog().with_channel("Old", retired=True).build()
    assert [found.channel for found in consistencies(calendar, *default_period(NOW), NOW)] == [1]


def test_an_empty_calendar_has_no_figures() -> None:
    assert consistencies(a_calendar().build(), *default_period(NOW), NOW) == []


def test_the_default_period_is_the_last_twelve_weeks() -> None:
    start, end = default_period(NOW)
    assert (end, end - start) == (NOW, timedelta(weeks=12))


# For every history

OUTCOMES = st.lists(st.sampled_from(["on_time", "early", "late", "missed"]), max_size=20)


@given(OUTCOMES)
def test_the_score_is_the_mean_value(outcomes: list[Outcome]) -> None:
    worth = {"on_time": 100, "early": 50, "late": 50, "missed": 0}
    mean = sum(worth[outcome] for outcome in outcomes) / len(outcomes) if outcomes else None
    assert score(Counter(outcomes)) == (mean if mean is None else pytest.approx(mean))


HOURS = st.lists(st.integers(0, 21 * 24), max_size=6)


@given(HOURS, st.integers(0, 3), st.integers(-9, 14))
def test_a_publication_within_a_tolerance_never_lowers_the_score(
    hours: list[int], slot: int, hour: int
) -> None:
    """Slots on the Tuesdays 3, 10, 17 and 24 November; now is the day after the last."""
    begin, now = utc("2026-11-03T00:00"), utc("2026-11-25T12:00")
    builder = a_blog(start="2026-11-03")
    for at in hours:
        builder = builder.with_publication("Blog", (begin + timedelta(hours=at)).isoformat()[:16])
    on_time = utc("2026-11-03T08:00") + slot * timedelta(days=7) + timedelta(hours=hour)
    more = builder.build()
    before = consistency(more, 1, begin, now, now)
    after = figures(
        builder.with_publication("Blog", on_time.isoformat()[:16]), "2026-11-03", "2026-11-25", now=now
    )
    assert before.score is not None
    assert after.score is not None
    assert after.score >= before.score


@given(HOURS, st.integers(1, 20))
def test_the_outcomes_and_extras_account_for_every_publication(hours: list[int], until: int) -> None:
    builder = a_blog(start="2026-11-03")
    for at in hours:
        builder = builder.with_publication(
            "Blog", (utc("2026-11-03T00:00") + timedelta(hours=at)).isoformat()[:16]
        )
    found = figures(builder, "2026-10-01", "2026-12-31", now=utc("2026-12-31T00:00"))
    assert found.slots == found.on_time + found.early + found.late + found.missed
    assert found.on_time + found.early + found.late + found.extras == len(hours)
