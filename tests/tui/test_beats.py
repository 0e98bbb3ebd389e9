"""The beats of a rhythm on their axis, before anything is painted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cadence.insight.consistency import consistency, default_period
from cadence.insight.slots import slots
from cadence.tui.beats import Axis, Beat, beats, nearest, step, step_weeks
from cadence.tui.beatview import without
from tests.builders import NOW, a_calendar
from tests.tui.office import office

TODAY = date(2026, 11, 23)


def beats_of(rule: str, room: int = 80) -> list[Beat]:
    calendar = a_calendar().with_channel("Blog").with_rhythm("Blog", rule, "10:00", "2026-01-08").build()
    around = timedelta(weeks=30)
    return beats(slots(calendar, NOW - around, NOW + around, NOW), Axis.across(room, TODAY, 0))


def test_a_usual_terminal_shows_twelve_weeks_back_and_eight_ahead() -> None:
    axis = Axis.across(82, TODAY, 0)
    assert (axis.back, axis.count - axis.back, axis.cells) == (12, 8, 3)
    assert axis.weeks()[axis.back] == TODAY


def test_a_narrow_one_shows_six_weeks_back() -> None:
    axis = Axis.across(42, TODAY, 0)
    assert (axis.back, axis.cells) == (6, 3)


def test_a_wide_one_has_a_cell_for_each_day_before_it_shows_more_weeks() -> None:
    assert (Axis.across(160, TODAY, 0).count, Axis.across(160, TODAY, 0).cells) == (20, 7)
    assert Axis.across(240, TODAY, 0).count == 30
    assert {beat.cell for beat in beats_of("FREQ=WEEKLY;BYDAY=TU,TH", 160)} == {1, 3}


def test_an_axis_never_takes_more_than_there_is() -> None:
    assert all(Axis.across(room, TODAY, 0).width <= room for room in range(8, 400))


def test_slots_stand_side_by_side_from_the_left_of_their_week() -> None:
    found = beats_of("FREQ=WEEKLY;BYDAY=TU,TH")
    assert {beat.cell for beat in found} == {0, 1}
    assert all(len(beat.slots) == 1 for beat in found)


def test_a_cell_of_a_dense_week_stands_for_several_slots_and_none_is_lost() -> None:
    week = [beat for beat in beats_of("FREQ=DAILY") if beat.week == TODAY]
    assert [len(beat.slots) for beat in week] == [2, 2, 3]
    assert [filled.slot.local.day for beat in week for filled in beat.slots] == list(range(23, 30))


def test_the_mark_of_a_cell_is_its_worst_slots() -> None:
    week = next(beat for beat in beats_of("FREQ=DAILY") if beat.week == TODAY - timedelta(weeks=1))
    assert week.worst.state == "missed"


def test_steps_end_at_the_ends() -> None:
    found = beats_of("FREQ=WEEKLY;BYDAY=TU,TH")
    assert step(found, found[3], 2) == found[5]
    assert step(found, found[1], -5) == found[0]
    assert step(found, found[0], 999) == found[-1]


def test_by_weeks_one_comes_to_the_same_day_or_to_the_next_week_that_has_a_beat() -> None:
    found = beats_of("FREQ=WEEKLY;BYDAY=TU,TH")
    assert step_weeks(found, found[3], 2).at == found[3].at + timedelta(weeks=2)
    rare = beats_of("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
    assert step_weeks(rare, rare[2], 1) == rare[3]
    assert step_weeks(rare, rare[2], -1) == rare[1]
    assert step_weeks(rare, rare[-1], 1) == rare[-1]


def test_without_beats_none_is_near() -> None:
    assert nearest([], datetime(2026, 11, 23)) is None


def test_the_score_without_a_slot_is_the_mean_of_the_others() -> None:
    calendar = office()
    known = consistency(calendar, 3, *default_period(NOW), NOW)
    assert (known.slots, known.late, known.missed) == (6, 2, 3)  # the blog: 100 · (1 + 2 · ½) / 6
    assert known.score is not None
    assert round(known.score, 1) == 33.3
    assert without(known, 0) == 40
    assert without(known, 1) == 20


def test_a_single_slot_leaves_no_score_behind() -> None:
    calendar = (
        a_calendar().with_channel("Blog").with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", "2026-11-19")
    ).build()
    known = consistency(calendar, 1, NOW - timedelta(weeks=12), NOW, NOW)
    assert known.slots == 1
    assert without(known, 0) is None
