"""A promise is made, changed from a day on, paused and ended; history keeps the promises of its time."""

from datetime import time

import pytest

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.rhythm import SlotKey, occurrences
from cadence.operations.rhythms import add_rhythm, edit_rhythm, pause_rhythm, remove_rhythm, resume_rhythm
from tests.builders import NOW, CalendarBuilder, a_calendar, day, local


def a_blog(rrule: str = "FREQ=WEEKLY;BYDAY=TH", start: str = "2026-11-05", **fields) -> CalendarBuilder:
    return a_calendar().with_channel("Blog").with_rhythm("Blog", rrule, "10:00", start, **fields)


def slots(calendar: Calendar, first: str, last: str) -> list[str]:
    """All local times that the rhythms call for, in order."""
    found = [
        moment
        for rhythm in calendar.rhythms.values()
        for moment in occurrences(rhythm, day(first), day(last))
    ]
    return [f"{moment:%m-%d %H:%M}" for moment in sorted(found)]


class TestAddRhythm:
    def test_it_starts_today_on_the_channels_clock(self):
        calendar = a_calendar().with_channel("Blog", zone="Pacific/Auckland").build()
        late = NOW.replace(hour=20)  # already Tuesday there
        (rhythm,) = add_rhythm(calendar, None, 1, "FREQ=DAILY", time(9), now=late).puts
        assert getattr(rhythm, "start", None) == day("2026-11-24")

    def test_what_is_past_today_was_not_promised(self):
        calendar = a_calendar().with_channel("Blog", zone="Europe/Rome").build()
        (rhythm,) = add_rhythm(calendar, None, 1, "FREQ=DAILY", time(9), now=NOW.replace(hour=10)).puts
        assert getattr(rhythm, "start", None) == day("2026-11-24")

    def test_it_is_stored_in_one_form(self):
        edit = add_rhythm(a_blog().build(), None, 1, "rrule:freq=weekly; byday=tu", time(9), now=NOW)
        assert [getattr(value, "rrule", "") for value in edit.puts] == ["FREQ=WEEKLY;BYDAY=TU"]

    def test_the_same_promise_twice_is_refused(self):
        with pytest.raises(Refused, match="rhythm 1 on Blog promises exactly this already"):
            add_rhythm(
                a_blog().build(), None, 1, "FREQ=WEEKLY;BYDAY=TH", time(10), now=NOW, start=day("2026-11-05")
            )

    @pytest.mark.parametrize("rule", ["FREQ=MINUTELY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "nonsense"])
    def test_a_rule_that_no_team_can_follow_is_refused(self, rule):
        with pytest.raises(BadInput, match="RRULE"):
            add_rhythm(a_blog().build(), None, 1, rule, time(9), now=NOW)


class TestEditRhythm:
    def test_from_a_day_on_the_old_promise_ends_and_a_new_one_begins(self):
        calendar = a_blog().build()
        edit = edit_rhythm(
            calendar, None, 1, now=NOW, from_date=day("2026-11-23"), rrule="FREQ=WEEKLY;BYDAY=TU"
        )
        assert slots(edit.on(calendar), "2026-11-01", "2026-12-05") == [
            "11-05 10:00", "11-12 10:00", "11-19 10:00", "11-24 10:00", "12-01 10:00",
        ]  # fmt: skip

    def test_every_other_week_keeps_its_weeks(self):
        calendar = a_blog("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH").build()  # weeks of 2, 16, 30 November
        edit = edit_rhythm(calendar, None, 1, now=NOW, from_date=day("2026-11-23"), at=time(11))
        assert slots(edit.on(calendar), "2026-11-01", "2026-12-05") == [
            "11-05 10:00", "11-17 10:00", "11-19 10:00", "12-01 11:00", "12-03 11:00",
        ]  # fmt: skip

    def test_a_count_counts_on(self):
        calendar = a_blog("FREQ=WEEKLY;BYDAY=TH;COUNT=5").build()
        edit = edit_rhythm(calendar, None, 1, now=NOW, from_date=day("2026-11-15"), at=time(11))
        assert slots(edit.on(calendar), "2026-11-01", "2027-11-01") == [
            "11-05 10:00", "11-12 10:00", "11-19 11:00", "11-26 11:00", "12-03 11:00",
        ]  # fmt: skip

    def test_a_post_keeps_a_slot_that_stands_at_the_same_moment(self):
        calendar = (
            a_blog()
            .with_post("Blog", "2026-11-19T10:00", slot="2026-11-19T10:00")
            .with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00")
            .build()
        )
        edit = edit_rhythm(
            calendar, None, 1, now=NOW, from_date=day("2026-11-23"), rrule="FREQ=WEEKLY;BYDAY=TU,TH"
        )
        after = edit.on(calendar)
        assert after.post(1).slot == SlotKey(1, local("2026-11-19T10:00"))
        assert after.post(2).slot == SlotKey(2, local("2026-11-26T10:00"))

    def test_pauses_go_where_they_belong(self):
        calendar = a_blog(pauses=[("2026-11-09", "2026-11-15"), ("2026-12-07", "2026-12-13")]).build()
        after = edit_rhythm(calendar, None, 1, now=NOW, from_date=day("2026-11-23"), at=time(9)).on(calendar)
        assert [str(pause.first) for pause in after.rhythm(1).pauses] == ["2026-11-09"]
        assert [str(pause.first) for pause in after.rhythm(2).pauses] == ["2026-12-07"]

    def test_before_it_ever_occurred_it_is_changed_in_place(self):
        calendar = a_blog().build()
        edit = edit_rhythm(calendar, None, 1, now=NOW, from_date=day("2026-11-01"), at=time(9))
        assert list(edit.on(calendar).rhythms) == [1]

    def test_in_place_it_says_which_posts_lose_their_slot(self):
        calendar = (
            a_blog()
            .with_post("Blog", "2026-11-19T10:00", slot="2026-11-19T10:00")
            .with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00")
            .build()
        )
        edit = edit_rhythm(calendar, None, 1, now=NOW, rrule="FREQ=MONTHLY;BYMONTHDAY=26")
        assert edit.said.endswith("1 post became an extra")

    def test_after_its_end_there_is_nothing_to_go_on_with(self):
        calendar = a_blog("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261112").build()
        with pytest.raises(Refused, match="rhythm 1 ends before 2026-11-23"):
            edit_rhythm(calendar, None, 1, now=NOW, from_date=day("2026-11-23"), at=time(9))


class TestPauses:
    def test_a_pause_says_how_many_slots_it_takes(self):
        edit = pause_rhythm(a_blog().build(), None, 1, day("2026-12-01"), day("2026-12-31"), now=NOW)
        assert edit.said.endswith("5 slots")

    def test_what_is_paused_already_is_refused(self):
        calendar = a_blog(pauses=[("2026-12-01", "2026-12-31")]).build()
        with pytest.raises(Refused, match="is paused from 2026-12-01 to 2026-12-31 already"):
            pause_rhythm(calendar, None, 1, day("2026-12-05"), day("2026-12-06"), now=NOW)

    def test_resuming_ends_the_pause_the_day_before(self):
        calendar = a_blog(pauses=[("2026-11-16", "2026-12-31")]).build()
        rhythm = resume_rhythm(calendar, None, 1, now=NOW).on(calendar).rhythm(1)
        assert [(str(pause.first), str(pause.last)) for pause in rhythm.pauses] == [
            ("2026-11-16", "2026-11-22")
        ]

    def test_resuming_on_its_first_day_takes_it_away(self):
        calendar = a_blog(pauses=[("2026-12-01", "2026-12-31")]).build()
        edit = resume_rhythm(calendar, None, 1, now=NOW, on=day("2026-12-01"))
        assert edit.on(calendar).rhythm(1).pauses == ()

    def test_what_is_not_paused_cannot_go_on(self):
        with pytest.raises(Refused, match="not paused on Mon 23 Nov"):
            resume_rhythm(a_blog().build(), None, 1, now=NOW)


def test_ending_from_a_day_keeps_what_was_promised_until_then():
    calendar = a_blog().build()
    after = remove_rhythm(calendar, None, 1, now=NOW, from_date=day("2026-11-19")).on(calendar)
    assert slots(after, "2026-11-01", "2026-12-31") == ["11-05 10:00", "11-12 10:00"]
