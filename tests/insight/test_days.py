"""What stands on the days of a month, and how channels are called for short."""

from __future__ import annotations

import pytest

from cadence.insight.days import on_days
from cadence.insight.months import initials, last_of, months_on, weeks_of
from cadence.model.rhythm import SlotKey
from tests.builders import NOW, a_calendar, day, local


def test_posts_and_slots_without_one_stand_on_their_days_in_order_of_time() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU,TH", "10:00", "2026-11-16")
        .with_post("Blog", "2026-11-26T12:00", "Extra")
        .with_post("Blog", "2026-11-24T10:00", "Storia", slot="2026-11-24T10:00")
        .build()
    )
    found = on_days(calendar, day("2026-11-23"), day("2026-11-26"), NOW)
    assert {
        on.day: [(one.at.hour, one.state, one.post) for one in stands] for on, stands in found.items()
    } == {
        23: [],
        24: [(10, "planned", 2)],
        25: [],
        26: [(10, "empty", None), (12, "planned", 1)],
    }
    assert found[day("2026-11-26")][0].slot is not None


def test_a_post_keeps_the_state_of_its_slot_on_whatever_day_it_went_out() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "10:00", "2026-11-03")
        .with_publication("Blog", "2026-11-12T10:00", "Tardi", slot=SlotKey(1, local("2026-11-10T10:00")))
        .build()
    )
    ((late,),) = on_days(calendar, day("2026-11-12"), day("2026-11-12"), NOW).values()
    assert late.state == "late"


def test_without_slots_only_posts_are_there_and_filters_leave_out_both() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=DAILY", "10:00", "2026-11-16")
        .with_post("Blog", "2026-11-26T12:00", "Extra")
        .build()
    )
    thursday = day("2026-11-26")
    assert len(on_days(calendar, thursday, thursday, NOW, with_slots=False)[thursday]) == 1
    assert len(on_days(calendar, thursday, thursday, NOW, keeps=lambda _: False)[thursday]) == 1
    assert len(on_days(calendar, thursday, thursday, NOW, keeps_slot=lambda _: False)[thursday]) == 1


def test_a_month_has_four_to_six_weeks() -> None:
    assert weeks_of(day("2026-11-23"), 0) == (day("2026-10-26"), 6)
    assert weeks_of(day("2026-11-23"), 6) == (day("2026-11-01"), 5)
    assert weeks_of(day("2027-02-10"), 0) == (day("2027-02-01"), 4)


def test_months_are_counted_over_the_ends_of_years() -> None:
    assert months_on(day("2026-11-01"), 2) == day("2027-01-01")
    assert months_on(day("2026-01-01"), -1) == day("2025-12-01")
    assert last_of(day("2028-02-01")) == day("2028-02-29")


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["LinkedIn", "Blog"], ["L", "B"]),
        (["Instagram", "Issuu", "Blog"], ["In", "Is", "B"]),
        (["Blog", "Blog Italia"], ["B1", "B2"]),
    ],
)
def test_channels_are_called_by_the_fewest_letters_that_tell_them_apart(
    names: list[str], short: list[str]
) -> None:
    assert list(initials(dict(enumerate(names, 1))).values()) == short
