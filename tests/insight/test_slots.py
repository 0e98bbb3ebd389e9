"""The slots of a rhythm: instants over clock changes, tolerances, pauses, and what becomes of them."""

import tracemalloc
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cadence.insight.history import match
from cadence.insight.slots import Slot, channel_slots, expand, slots
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import Pause
from tests.builders import NOW, CalendarBuilder, a_calendar, day, local, utc

DAY = timedelta(days=1)


def a_blog(rrule: str, at: str = "09:00", start: str = "2026-01-01", **fields: object) -> CalendarBuilder:
    zone = fields.pop("zone", "Europe/Rome")
    return a_calendar(zone=str(zone)).with_channel("Blog").with_rhythm("Blog", rrule, at, start, **fields)


def expanded(calendar: Calendar, first: str, last: str) -> list[Slot]:
    return expand(calendar, calendar.rhythms[1], day(first), day(last))


def instants(calendar: Calendar, first: str, last: str) -> list[str]:
    return [f"{slot.at:%Y-%m-%d %H:%M}" for slot in expanded(calendar, first, last)]


def states(calendar: Calendar, first: str, last: str, now: str) -> list[tuple[str, int | None]]:
    found = slots(calendar, utc(first), utc(last), utc(now))
    return [(filled.state, filled.post) for filled in found]


# Wall-clock time


def test_a_slot_keeps_its_hour_when_summer_begins_in_rome() -> None:
    calendar = a_blog("FREQ=DAILY").build()
    assert instants(calendar, "2026-03-28", "2026-03-30") == [
        "2026-03-28 08:00",
        "2026-03-29 07:00",
        "2026-03-30 07:00",
    ]


def test_a_slot_keeps_its_hour_when_summer_ends_in_rome() -> None:
    calendar = a_blog("FREQ=DAILY").build()
    assert instants(calendar, "2026-10-24", "2026-10-26") == [
        "2026-10-24 07:00",
        "2026-10-25 08:00",
        "2026-10-26 08:00",
    ]


def test_a_slot_keeps_its_hour_in_new_york() -> None:
    calendar = a_blog("FREQ=DAILY", zone="America/New_York").build()
    assert instants(calendar, "2026-03-07", "2026-03-08") == ["2026-03-07 14:00", "2026-03-08 13:00"]
    assert instants(calendar, "2026-10-31", "2026-11-01") == ["2026-10-31 13:00", "2026-11-01 14:00"]


def test_a_slot_at_a_time_that_does_not_exist_moves_forward_by_the_gap() -> None:
    calendar = a_blog("FREQ=DAILY", "02:30").build()
    slot = expanded(calendar, "2026-03-29", "2026-03-29")[0]
    assert slot.local == local("2026-03-29T02:30")
    assert slot.at == utc("2026-03-29T01:30"), "03:30 on the clock"


def test_a_slot_at_a_time_that_exists_twice_means_the_first() -> None:
    calendar = a_blog("FREQ=DAILY", "02:30").build()
    assert instants(calendar, "2026-10-25", "2026-10-25") == ["2026-10-25 00:30"]


def test_a_day_that_a_zone_skips_moves_its_slot_to_the_next() -> None:
    """Samoa had no 30 December 2011; the tolerance is the day that the clock showed."""
    calendar = a_blog("FREQ=DAILY", start="2011-12-01", zone="Pacific/Apia").build()
    slot = expanded(calendar, "2011-12-30", "2011-12-30")[0]
    assert slot.opens <= slot.at < slot.closes
    assert slot.closes - slot.opens == DAY


# Rules


def test_the_31st_is_skipped_in_months_without_one() -> None:
    calendar = a_blog("FREQ=MONTHLY;BYMONTHDAY=31").build()
    found = [slot.local.date() for slot in expanded(calendar, "2026-01-01", "2026-12-31")]
    assert [(found_day.month, found_day.day) for found_day in found] == [
        (m, 31) for m in (1, 3, 5, 7, 8, 10, 12)
    ]


def test_the_last_day_of_each_month() -> None:
    calendar = a_blog("FREQ=MONTHLY;BYMONTHDAY=-1").build()
    found = [slot.local.day for slot in expanded(calendar, "2026-01-01", "2026-04-30")]
    assert found == [31, 28, 31, 30]


def test_a_leap_day_comes_every_four_years() -> None:
    calendar = a_blog("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", start="2026-01-01").build()
    found = [slot.local.date() for slot in expanded(calendar, "2026-01-01", "2034-01-01")]
    assert found == [date(2028, 2, 29), date(2032, 2, 29)]


def test_a_weekly_rhythm_runs_on_over_the_new_year() -> None:
    calendar = a_blog("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", start="2026-12-10").build()
    found = [slot.local.date() for slot in expanded(calendar, "2026-12-01", "2027-01-31")]
    assert found == [date(2026, 12, 10), date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 21)]


# Tolerance


def test_without_a_tolerance_on_time_means_the_same_local_day() -> None:
    calendar = a_blog("FREQ=DAILY").build()
    slot = expanded(calendar, "2026-03-29", "2026-03-29")[0]
    assert (slot.opens, slot.closes) == (utc("2026-03-28T23:00"), utc("2026-03-29T22:00")), "23 hours long"


def test_a_tolerance_in_minutes_includes_both_its_ends() -> None:
    calendar = a_blog("FREQ=DAILY", tolerance=120).build()
    slot = expanded(calendar, "2026-11-23", "2026-11-23")[0]
    assert slot.opens == utc("2026-11-23T06:00")
    assert slot.closes - timedelta(microseconds=1) == utc("2026-11-23T10:00")


# Pauses and holidays


def test_a_pause_marks_the_slots_from_its_first_day_to_its_last() -> None:
    calendar = a_blog("FREQ=DAILY", pauses=[("2026-11-24", "2026-11-25")]).build()
    found = [(slot.local.day, slot.paused) for slot in expanded(calendar, "2026-11-23", "2026-11-26")]
    assert found == [(23, False), (24, True), (25, True), (26, False)]


def test_a_pause_goes_by_the_local_day_of_the_slot() -> None:
    """00:30 in Rome is the day before in UTC."""
    calendar = a_blog("FREQ=DAILY", "00:30", pauses=[("2026-11-24", "2026-11-24")]).build()
    found = [slot for slot in expanded(calendar, "2026-11-23", "2026-11-25") if slot.paused]
    assert [slot.at for slot in found] == [utc("2026-11-23T23:30")]


def test_holidays_have_no_slots_where_the_rhythm_says_so() -> None:
    builder = a_calendar(holidays={day("2026-12-25"): "Natale"}).with_channel("Blog")
    keeps = builder.with_rhythm("Blog", "FREQ=DAILY").build()
    skips = keeps.put(replace(keeps.rhythms[1], skip_holidays=True))
    assert [slot.local.day for slot in expanded(keeps, "2026-12-24", "2026-12-26")] == [24, 25, 26]
    assert [slot.local.day for slot in expanded(skips, "2026-12-24", "2026-12-26")] == [24, 26]


# Several rhythms


def test_the_slots_of_all_rhythms_of_a_channel_come_in_order_of_time() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU", "18:00")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00")
        .build()
    )
    found = channel_slots(calendar, 1, utc("2026-11-23T00:00"), utc("2026-11-30T00:00"))
    assert [(slot.key.rhythm, slot.local.day) for slot in found] == [(2, 24), (1, 24), (2, 26)]


def test_the_end_of_a_stretch_is_not_part_of_it() -> None:
    calendar = a_blog("FREQ=DAILY").build()
    at = utc("2026-11-24T08:00")
    assert [s.at for s in channel_slots(calendar, 1, at, at + DAY)] == [at]


# What becomes of a slot


def test_a_slot_ahead_is_empty_planned_or_ready() -> None:
    calendar = (
        a_blog("FREQ=DAILY")
        .with_member("Anna")
        .with_post("Blog", "2026-11-25T09:00", slot="2026-11-25T09:00")
        .with_post(
            "Blog",
            "2026-11-26T09:00",
            slot="2026-11-26T09:00",
            tasks={"draft": "Anna", "design": "Anna", "review": "Anna"},
            done=["draft", "design", "review"],
        )
        .build()
    )
    assert states(calendar, "2026-11-24T00:00", "2026-11-27T00:00", "2026-11-23T09:00") == [
        ("empty", None),
        ("planned", 1),
        ("ready", 2),
    ]


def test_a_post_moved_to_another_day_still_fills_its_slot() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU").with_post("Blog", "2026-11-27T09:00", slot="2026-11-24T09:00").build()
    )
    assert states(calendar, "2026-11-24T00:00", "2026-11-25T00:00", "2026-11-23T09:00") == [("planned", 1)]


@pytest.mark.parametrize(
    ("published", "state"),
    [
        ("2026-11-10T08:00", "missed"),  # the slot before
        ("2026-11-10T08:01", "early"),
        ("2026-11-16T22:59", "early"),
        ("2026-11-16T23:00", "on_time"),  # midnight in Rome
        ("2026-11-17T22:59", "on_time"),
        ("2026-11-17T23:00", "late"),
        ("2026-11-24T07:59", "late"),
        ("2026-11-24T08:00", "missed"),  # the slot after
    ],
)
def test_a_linked_post_is_on_time_within_the_tolerance_and_early_or_late_up_to_the_neighbours(
    published: str, state: str
) -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_post(
            "Blog",
            "2026-11-17T09:00",
            slot="2026-11-17T09:00",
            state="published",
            published_at=utc(published),
        )
        .build()
    )
    assert states(calendar, "2026-11-17T00:00", "2026-11-18T00:00", "2026-11-26T09:00") == [(state, 1)]


def test_a_post_published_before_its_slot_is_early_at_once() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00", state="published", published_at=NOW)
        .build()
    )
    assert states(calendar, "2026-11-24T00:00", "2026-11-25T00:00", "2026-11-23T09:00") == [("early", 1)]


def test_a_slot_is_missed_once_its_tolerance_has_passed_and_late_once_published() -> None:
    builder = a_blog("FREQ=WEEKLY;BYDAY=TU")
    planned = builder.with_post("Blog", "2026-11-17T09:00", slot="2026-11-17T09:00").build()
    tuesday = ("2026-11-17T00:00", "2026-11-18T00:00")
    assert states(planned, *tuesday, "2026-11-17T22:59") == [("planned", 1)]
    assert states(planned, *tuesday, "2026-11-17T23:00") == [("missed", 1)]
    published = planned.put(_published(planned, "2026-11-19T09:00"))
    assert states(published, *tuesday, "2026-11-19T09:00") == [("late", 1)]


def _published(calendar: Calendar, at: str) -> Post:
    return replace(calendar.posts[1], state="published", published_at=utc(at))


def test_before_the_first_slot_and_after_the_last_it_is_one_interval() -> None:
    """Slots on 3 and 10 November only."""
    rule, now = "FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2026-11-26T09:00"
    for published, state in (("2026-10-27T08:01", "early"), ("2026-10-27T08:00", "missed")):
        calendar = a_blog(rule, start="2026-11-03").with_publication("Blog", published).build()
        assert states(calendar, "2026-11-03T00:00", "2026-11-04T00:00", now)[0][0] == state
    for published, state in (("2026-11-17T07:59", "late"), ("2026-11-17T08:00", "missed")):
        calendar = a_blog(rule, start="2026-11-03").with_publication("Blog", published).build()
        assert states(calendar, "2026-11-10T00:00", "2026-11-11T00:00", now)[0][0] == state


def test_around_a_lone_slot_it_is_a_week() -> None:
    for published, state in (
        ("2026-10-27T08:00", "missed"),
        ("2026-10-27T08:01", "early"),
        ("2026-11-10T07:59", "late"),
        ("2026-11-10T08:00", "missed"),
    ):
        calendar = (
            a_blog("FREQ=DAILY;COUNT=1", start="2026-11-03").with_publication("Blog", published).build()
        )
        found = states(calendar, "2026-11-03T00:00", "2026-11-04T00:00", "2026-11-26T09:00")
        assert found[0][0] == state


def test_a_skipped_post_leaves_its_slot() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_post("Blog", "2026-11-17T09:00", slot="2026-11-17T09:00", state="skipped")
        .with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00", state="skipped")
        .build()
    )
    found = states(calendar, "2026-11-17T00:00", "2026-11-25T00:00", "2026-11-23T09:00")
    assert found == [("missed", None), ("empty", None)]


def test_a_paused_slot_says_so_and_keeps_its_post() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU", pauses=[("2026-11-24", "2026-12-05")])
        .with_post("Blog", "2026-11-24T09:00", slot="2026-11-24T09:00")
        .build()
    )
    found = states(calendar, "2026-11-24T00:00", "2026-12-02T00:00", "2026-11-23T09:00")
    assert found == [("paused", 1), ("paused", None)]


def test_imported_publications_fill_past_slots() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_publication("Blog", "2026-11-03T08:00")
        .with_publication("Blog", "2026-11-12T08:00")
        .build()
    )
    found = states(calendar, "2026-11-03T00:00", "2026-11-18T00:00", "2026-11-20T09:00")
    assert found == [("on_time", 1), ("late", 2), ("missed", None)]


def test_an_imported_publication_leaves_a_slot_open_until_its_tolerance_has_passed() -> None:
    """Thursday's post could stand for next Tuesday, but Tuesday's own may still come."""
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_publication("Blog", "2026-11-17T08:00")
        .with_publication("Blog", "2026-11-19T08:00")
        .build()
    )
    tuesday = ("2026-11-24T00:00", "2026-11-25T00:00")
    assert states(calendar, *tuesday, "2026-11-23T09:00") == [("empty", None)]
    assert states(calendar, *tuesday, "2026-11-24T23:00") == [("early", 2)]


def test_a_linked_post_keeps_its_slot_from_publications_that_are_nearer() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_publication("Blog", "2026-11-17T08:00")
        .with_post(
            "Blog",
            "2026-11-17T09:00",
            slot="2026-11-17T09:00",
            state="published",
            published_at=utc("2026-11-20T08:00"),
        )
        .build()
    )
    assert states(calendar, "2026-11-17T00:00", "2026-11-18T00:00", "2026-11-23T09:00") == [("late", 2)]
    assert [id for _, id in match(calendar, 1, NOW).extras] == [1], "it is on neither side of its neighbours"


def test_a_post_whose_slot_is_gone_is_like_any_publication() -> None:
    """The rhythm moved from Tuesday to Wednesday: what was published on Tuesdays is early now, not lost."""
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=WE")
        .with_post(
            "Blog",
            "2026-11-17T09:00",
            slot="2026-11-17T09:00",
            state="published",
            published_at=utc("2026-11-17T08:00"),
        )
        .build()
    )
    assert states(calendar, "2026-11-18T00:00", "2026-11-19T00:00", "2026-11-20T09:00") == [("early", 1)]


def test_two_posts_on_one_slot_count_once() -> None:
    """Two people wrote at the same time: the one with the better outcome holds the slot."""
    common = {"slot": "2026-11-17T09:00", "state": "published"}
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_post("Blog", "2026-11-17T09:00", published_at=utc("2026-11-19T08:00"), **common)
        .with_post("Blog", "2026-11-17T09:00", published_at=utc("2026-11-17T10:00"), **common)
        .build()
    )
    assert states(calendar, "2026-11-17T00:00", "2026-11-18T00:00", "2026-11-20T09:00") == [("on_time", 2)]


def test_neighbours_are_the_slots_of_all_rhythms_of_the_channel() -> None:
    """With a Thursday rhythm beside it, Tuesday's slot is late until Thursday only."""
    builder = a_blog("FREQ=WEEKLY;BYDAY=TU").with_post(
        "Blog",
        "2026-11-17T09:00",
        slot="2026-11-17T09:00",
        state="published",
        published_at=utc("2026-11-20T08:00"),
    )
    tuesday = ("2026-11-17T00:00", "2026-11-18T00:00", "2026-11-23T09:00")
    assert states(builder.build(), *tuesday) == [("late", 1)]
    assert states(builder.with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH").build(), *tuesday) == [("missed", 1)]


def test_slots_at_the_same_instant_are_not_each_others_neighbours() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU")
        .with_publication("Blog", "2026-11-17T08:00")
        .with_publication("Blog", "2026-11-18T08:00")
        .build()
    )
    found = states(calendar, "2026-11-17T00:00", "2026-11-18T00:00", "2026-11-20T09:00")
    assert found == [("on_time", 1), ("late", 2)]


def test_a_publication_later_than_now_is_as_good_as_planned() -> None:
    calendar = (
        a_blog("FREQ=WEEKLY;BYDAY=TU")
        .with_post(
            "Blog",
            "2026-11-24T09:00",
            slot="2026-11-24T09:00",
            state="published",
            published_at=utc("2026-11-24T08:00"),
        )
        .build()
    )
    assert states(calendar, "2026-11-24T00:00", "2026-11-25T00:00", "2026-11-23T09:00") == [("ready", 1)]


def test_a_slot_years_ahead_can_be_taken() -> None:
    calendar = (
        a_blog("FREQ=YEARLY;INTERVAL=3;BYMONTH=12;BYMONTHDAY=1")
        .with_post("Blog", "2029-12-01T09:00", slot="2029-12-01T09:00")
        .build()
    )
    assert states(calendar, "2029-01-01T00:00", "2030-01-01T00:00", "2026-11-23T09:00") == [("planned", 1)]


def test_a_calendar_without_rhythms_has_no_slots() -> None:
    calendar = a_calendar().with_channel("Blog").with_publication("Blog", "2026-11-17T08:00").build()
    assert slots(calendar, utc("2026-01-01T00:00"), utc("2027-01-01T00:00"), NOW) == []
    assert [id for _, id in match(calendar, 1, NOW).extras] == [1]


# For every rhythm

RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=TU,TH",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=40",
        "FREQ=DAILY;BYHOUR=2,14",
    ]
)
ZONES = st.sampled_from(["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "UTC"])
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(RULES, ZONES, st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_expanding_by_parts_gives_the_same_as_expanding_whole(rule: str, zone: str, days: list[date]) -> None:
    calendar = a_blog(rule, "02:30", zone=zone).build()
    first, middle, last = days
    rhythm = calendar.rhythms[1]
    parts = expand(calendar, rhythm, first, middle) + expand(calendar, rhythm, middle + DAY, last)
    assert parts == expand(calendar, rhythm, first, last)


@given(RULES, ZONES, st.lists(st.integers(2026, 2039), min_size=2, max_size=8))
def test_a_year_is_the_same_whichever_years_were_asked_for_before(
    rule: str, zone: str, years: list[int]
) -> None:
    calendar = a_blog(rule, "02:30", zone=zone).build()
    rhythm = calendar.rhythms[1]
    whole = expand(calendar, replace(rhythm, rev=1), date(2026, 1, 1), date(2040, 12, 31))
    for year in years:
        first, last = date(year, 1, 1), date(year + 1, 12, 31)
        assert expand(calendar, rhythm, first, last) == [s for s in whole if first <= s.local.date() <= last]


def test_looking_ahead_for_decades_takes_no_more_room_than_looking_at_a_few_years() -> None:
    calendar = a_blog("FREQ=DAILY;BYHOUR=6,10,14,18").build()

    def room_for(years: range) -> int:
        for year in years:
            expand(calendar, calendar.rhythms[1], date(year, 1, 1), date(year + 1, 12, 31))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        room_for(range(2026, 2027))
        before, one, many = (room_for(range(2029, last)) for last in (2029, 2030, 2040))
    finally:
        tracemalloc.stop()
    assert many - before < 3 * (one - before)


@given(RULES, ZONES, DAYS, st.integers(0, 40))
def test_a_pause_only_marks(rule: str, zone: str, first: date, length: int) -> None:
    calendar = a_blog(rule, zone=zone).build()
    rhythm = calendar.rhythms[1]
    pause = Pause(first, first + timedelta(days=length))
    paused = calendar.put(replace(rhythm, pauses=(pause,)))
    whole = (date(2026, 1, 1), date(2028, 1, 1))
    before, after = expand(calendar, rhythm, *whole), expand(paused, paused.rhythms[1], *whole)
    assert [slot.key for slot in before] == [slot.key for slot in after]
    assert all(slot.paused == pause.covers(slot.local.date()) for slot in after)
