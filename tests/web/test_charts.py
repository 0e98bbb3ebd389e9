"""Where the marks, lines and bars of a retrospective's pictures are."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cadence.insight.quiet import Quiet
from cadence.insight.slots import slots
from cadence.model.times import zone_of
from cadence.web.charts import Axis, Bar, Strip, bar, column_days, saw, strip
from tests.builders import NOW, CalendarBuilder, a_calendar, utc

ROME = zone_of("Europe/Rome")
TWO_WEEKS = Axis(utc("2026-11-08T23:00"), utc("2026-11-22T23:00"), ROME, 0)
"""Monday 9 to Sunday 22 November."""
TWELVE_WEEKS = Axis(utc("2026-08-30T22:00"), utc("2026-11-22T23:00"), ROME, 0)


def a_channel(rule: str = "FREQ=WEEKLY;BYDAY=TU,TH") -> CalendarBuilder:
    return a_calendar().with_channel("Blog", workflow=None).with_rhythm("Blog", rule, "12:00")


def drawn(axis: Axis, builder: CalendarBuilder) -> Strip:
    return strip(axis, slots(builder.build(), axis.start, axis.end, NOW))


def test_weeks_have_lines_and_a_long_period_has_labels_only_where_they_fit() -> None:
    assert [(tick.x, tick.label) for tick in TWO_WEEKS.ticks()] == [(0, "9 Nov"), (50, "16 Nov")]
    labels = [tick.label for tick in TWELVE_WEEKS.ticks()]
    assert labels == ["31 Aug", "", "14 Sep", "", "28 Sep", "", "12 Oct", "", "26 Oct", "", "9 Nov", ""]
    year = Axis(utc("2025-11-23T23:00"), TWO_WEEKS.end, ROME, 0)
    assert len(year.ticks()) == 26
    assert 4 <= len([tick for tick in year.ticks() if tick.label]) <= 6


def test_a_period_that_begins_within_a_week_has_its_first_line_at_the_next_one() -> None:
    axis = Axis(utc("2026-11-10T23:00"), TWO_WEEKS.end, ROME, 0)
    assert [tick.label for tick in axis.ticks()] == ["16 Nov"]


def test_in_a_few_weeks_each_slot_stands_at_its_day() -> None:
    builder = a_channel().with_publication("Blog", "2026-11-10T11:00")
    found = drawn(TWO_WEEKS, builder)
    assert [(column.x, column.marks, column.words) for column in found.columns] == [
        (10.71, ("on_time",), "Tue 10 Nov 12:00: on time"),
        (25.0, ("missed",), "Thu 12 Nov 12:00: missed"),
        (60.71, ("missed",), "Tue 17 Nov 12:00: missed"),
        (75.0, ("missed",), "Thu 19 Nov 12:00: missed"),
    ]
    assert found.words == "3 missed, 1 on time. Missed: Thu 12 Nov, Tue 17 Nov, Thu 19 Nov."


def test_in_many_weeks_the_slots_of_a_week_stand_one_below_the_other() -> None:
    assert column_days(TWELVE_WEEKS) == 7
    found = drawn(TWELVE_WEEKS, a_channel().with_publication("Blog", "2026-11-10T11:00"))
    assert len(found.columns) == 12
    assert found.rows == 2
    assert found.columns[10].marks == ("on_time", "missed")
    assert found.columns[10].words == "From Mon 9 Nov: 1 on time, 1 missed"


def test_a_full_week_shows_the_worst_of_each_part_of_it() -> None:
    found = drawn(TWELVE_WEEKS, a_channel("FREQ=DAILY").with_publication("Blog", "2026-11-10T11:00"))
    assert found.rows == 5
    assert found.columns[10].marks == ("missed", "on_time", "missed", "missed", "missed")


def test_a_channel_without_slots_says_so() -> None:
    assert strip(TWO_WEEKS, []) == Strip((), "no slots.")


def test_silence_is_a_saw_and_what_is_too_long_is_a_part_of_it() -> None:
    quiet = [
        Quiet(utc("2026-11-01T23:00"), utc("2026-11-15T23:00"), utc("2026-11-11T23:00")),
        Quiet(utc("2026-11-15T23:00"), utc("2026-11-22T23:00"), None),
    ]
    found = saw(TWO_WEEKS, quiet, timedelta(days=10), [(utc("2026-11-15T23:00"), utc("2026-11-29T23:00"))])
    # 14 days are the highest tooth: 1/1.1 of the height. At the left it is 7 days old already.
    assert found.teeth == "M0 100V54.55L50 9.09V100ZM50 100V100L100 54.55V100Z"
    assert found.over == "M21.43 100V35.06L50 9.09V100Z"
    assert found.limit == 35.06
    assert found.rests == ((50.0, 50.0),)
    assert found.words == "2 silences. Too long: 14 days up to Mon 16 Nov."


def test_a_period_to_come_has_no_silence_yet() -> None:
    found = saw(TWO_WEEKS, [], None, [])
    assert (found.teeth, found.limit, found.words) == ("", None, "Still to come.")


def test_the_part_of_a_load_that_is_over_the_capacity_goes_beyond_the_line() -> None:
    assert bar(0.5, 0.8) == Bar(50.0, 0.0, 100.0, "50 % of the time they could give")
    assert bar(1.5, 2.0) == Bar(50.0, 25.0, 50.0, "150 % of the time they could give")
    assert bar(None, 2.0) == Bar(0.0, 0.0, 50.0, "no time to give")


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


@given(st.lists(MOMENTS, min_size=4, max_size=8, unique=True), st.integers(0, 6), st.integers(1, 60))
@settings(max_examples=40)
def test_nothing_is_drawn_outside_its_picture(moments: list[datetime], begins: int, allowed: int) -> None:
    first, *inside, last = sorted(moments)
    axis = Axis(inside[0], last, ROME, begins)
    limit = timedelta(days=allowed)
    edges = [first, *inside[1:], last]
    quiet = [Quiet(one, two, one + limit if one + limit < two else None) for one, two in pairwise(edges)]
    found = saw(axis, quiet, limit, [(first, inside[0]), (inside[-1], last)])
    places = [float(text) for text in re.findall(r"[\d.]+", found.teeth + found.over)]
    places += [x for tick in axis.ticks() for x in (tick.x,)]
    places += [edge for x, width in found.rests for edge in (x, x + width)]
    assert all(0 <= place <= 100.01 for place in places)
    assert len(axis.ticks()) <= 26
