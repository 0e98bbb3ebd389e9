"""A year at a glance: what is on each day, and the weeks in which a channel had nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cadence.insight.heat import Gap, YearWeeks, bounds_of, channel_years, heat, longest_gap
from cadence.insight.heat_words import gap_text, legend, load_of_week_text, load_text, months_of, sign_of
from cadence.model.calendar import Calendar
from cadence.model.team import Step
from tests.builders import NOW, a_calendar, day

Y2026 = YearWeeks(2026)


def test_the_weeks_of_a_year_hold_its_first_and_its_last_day() -> None:
    assert (Y2026.first, Y2026.count) == (day("2025-12-29"), 53)
    assert YearWeeks(2026, begins=6).first == day("2025-12-28")
    assert YearWeeks(2028, begins=5).count == 53  # 1 January 2028 is a Saturday, and the year has a day more
    assert len(Y2026.days()) == 365
    assert Y2026.week_of(day("2026-01-05")) == 1


def test_a_month_begins_in_the_week_that_holds_its_first_day() -> None:
    months = months_of(Y2026)
    assert months[:3] == [(0, day("2026-01-01")), (4, day("2026-02-01")), (8, day("2026-03-01"))]
    assert months[-1] == (48, day("2026-12-01"))


@pytest.mark.parametrize(
    ("amounts", "bounds"),
    [
        ([], (1, 2, 3)),
        ([1, 1, 2], (1, 2, 3)),
        ([1, 3, 8], (2, 4, 6)),
        ([*([4] * 99), 400], (1, 2, 3)),
    ],
)
def test_levels_are_even_steps_up_to_what_most_days_have(
    amounts: list[int], bounds: tuple[float, ...]
) -> None:
    assert bounds_of(amounts) == bounds


def a_year() -> Calendar:
    """The blog on three days of March and again in May; a newsletter that was skipped."""
    builder = a_calendar().with_channel("Blog").with_channel("Newsletter")
    for at in ("2026-03-02T09:00", "2026-03-02T10:00", "2026-03-11T09:00", "2026-03-16T09:00"):
        builder.with_publication("Blog", at, "Articolo")
    builder.with_publication("Blog", "2026-05-04T09:00", "Articolo")
    builder.with_post("Newsletter", "2026-03-03T09:00", "Marzo", state="skipped", skip_reason="storm")
    return builder.build()


def test_by_posts_a_day_is_as_hot_as_it_has_posts_and_skipped_ones_are_none() -> None:
    found = heat(a_year(), Y2026, "posts", NOW)
    assert {day.isoformat(): amount for day, amount in found.amounts.items()} == {
        "2026-03-02": 2,
        "2026-03-11": 1,
        "2026-03-16": 1,
        "2026-05-04": 1,
    }
    assert [found.level(day(f"2026-03-{n:02}")) for n in (1, 2, 3, 11)] == [0, 2, 0, 1]
    assert [sign_of(found, day(f"2026-03-{n:02}")) for n in (1, 2, 11)] == ["·", "▒", "░"]
    assert [sign_of(found, day(f"2026-03-{n:02}"), ascii_only=True) for n in (1, 2, 11)] == [".", "+", "-"]
    assert [text for _sign, text, _state in legend(found)] == ["0", "1", "2", "3", "4+"]


def test_only_what_is_asked_for_counts() -> None:
    calendar = a_year()
    first = heat(calendar, Y2026, "posts", NOW, keeps=lambda post: post.at.day == 11)
    assert list(first.amounts.values()) == [1]
    assert not heat(calendar, Y2026, "posts", NOW, channels=[2]).amounts


def test_the_longest_gap_is_of_whole_weeks_from_the_first_post_to_this_week() -> None:
    blog, newsletter = channel_years(a_year(), Y2026, NOW)
    assert (blog.total, [n for n, count in enumerate(blog.weeks) if count]) == (5, [9, 10, 11, 18])
    # After May there is nothing until the week of 23 November, which is not over.
    assert blog.gap == Gap(day("2026-05-11"), 28)
    assert blog.gap is not None
    assert blog.gap.last == day("2026-11-22")
    assert gap_text(blog.gap) == "28 weeks without a post, 11 May – 22 Nov"
    assert newsletter.total == 0


def test_of_two_equal_gaps_the_later_one_is_told() -> None:
    weeks = YearWeeks(2026)
    counts = [1, 0, 1, 0, *([1] * 49)]
    assert longest_gap(weeks, counts, weeks.first, date(2027, 1, 4)) == Gap(weeks.weeks[3], 1)
    assert longest_gap(weeks, [1] * 53, weeks.first, date(2027, 1, 4)) is None


def test_a_channel_that_began_in_autumn_had_no_gap_in_spring() -> None:
    weeks = YearWeeks(2026)
    counts = [0] * 40 + [1] * 13
    assert longest_gap(weeks, counts, weeks.weeks[40] + timedelta(days=2), date(2027, 1, 4)) is None


def test_by_load_a_day_is_as_hot_as_what_is_due_is_large_for_the_week() -> None:
    calendar = (
        a_calendar()
        .with_workflow("Short", {"publish": Step(30, 0, 0), "engage": Step(20, 0, 0)})
        .with_channel("Blog", workflow="Short")
        .with_member("Anna", allowance=300)
        .with_member("Studio Blu", kind="partner")
        .with_post("Blog", "2026-11-26T09:00", "Storia", tasks={"publish": "Anna", "engage": "Studio Blu"})
        .with_post("Blog", "2026-11-27T09:00", "Altra")
        .with_post("Blog", "2026-11-20T09:00", "Saltata", state="skipped", skip_reason="storm")
        .build()
    )
    found = heat(calendar, Y2026, "load", NOW)
    thursday, friday = day("2026-11-26"), day("2026-11-27")
    # A partner's work takes none of the team's time; what nobody has yet may.
    assert dict(found.amounts) == {thursday: 30, friday: 50}
    assert found.capacity_of(thursday) == 300
    assert found.share(thursday) == 30 / 300
    assert (found.level(thursday), found.level(friday)) == (1, 2)
    assert load_text(found, thursday) == "30′ due, 10 % of the week's 300′"
    assert load_of_week_text(found, thursday) == "Week of 23 Nov: 80′ due of 300′, 27 %"
    assert load_text(found, day("2026-11-25")) == ""


def test_work_in_a_week_without_anybody_is_as_hot_as_can_be() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_absence("Anna", "2026-11-23", "2026-11-29")
        .with_post("Blog", "2026-11-26T09:00", tasks={"publish": None})
        .build()
    )
    found = heat(calendar, Y2026, "load", NOW)
    assert found.level(day("2026-11-26")) == 4
    assert "nobody has time" in load_text(found, day("2026-11-26"))


def test_by_slots_a_day_shows_the_slot_that_matters_most() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Newsletter")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "10:00", "2026-11-10")
        .with_rhythm("Newsletter", "FREQ=WEEKLY;BYDAY=TU", "11:00", "2026-11-10")
        .with_publication("Blog", "2026-11-10T10:00", "Articolo")
        .with_publication("Blog", "2026-11-17T10:00", "Articolo")
        .with_publication("Newsletter", "2026-11-17T11:00", "Novembre")
        .build()
    )
    found = heat(calendar, Y2026, "slots", NOW)
    assert [found.worst(day(f"2026-11-{n}")) for n in (10, 17, 24, 25)] == [
        "missed",
        "on_time",
        "empty",
        None,
    ]
    assert [sign_of(found, day(f"2026-11-{n}")) for n in (10, 17, 24, 25)] == ["✕", "●", "·", " "]
