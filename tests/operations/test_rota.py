"""Who leads which week."""

from datetime import timedelta

import pytest

from cadence.insight.rota import lead_of, turns
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Idea
from cadence.operations import ideas, rota
from cadence.operations.edit import Edit
from cadence.operations.integrity import Broken, check_whole
from cadence.operations.members import remove_member
from cadence.operations.team import edit_team, set_holidays
from tests.builders import NOW, a_calendar, day

ANNA, LUCA, SARA = 1, 2, 3


def a_team(order=(ANNA, LUCA, SARA)):
    builder = a_calendar()
    for name in ("Anna", "Luca", "Sara"):
        builder = builder.with_member(name)
    calendar = builder.with_member("Studio Blu", kind="partner").build()
    return rota.set_rota(calendar, None, order, now=NOW).on(calendar) if order else calendar


def leads(calendar, *weeks):
    found = [lead_of(calendar, day(f"2026-{week}")) for week in weeks]
    return [who.name if who else None for who in found]


WEEKS = ("11-23", "11-30", "12-07", "12-14", "12-21")


def test_they_lead_a_week_each_in_turn():
    assert leads(a_team(), *WEEKS) == ["Anna", "Luca", "Sara", "Anna", "Luca"]
    assert leads(a_team(), "11-29", "11-16") == ["Anna", None]


def test_one_always_leads_and_none_ends_it():
    assert leads(a_team([LUCA]), *WEEKS) == ["Luca"] * 5
    assert leads(rota.set_rota(a_team(), None, [], now=NOW).on(a_team()), "11-23") == [None]


def test_a_pause_keeps_everybodys_turn():
    calendar = a_team()
    calendar = rota.pause_rota(calendar, None, day("2026-12-02"), day("2026-12-08"), now=NOW).on(calendar)
    assert leads(calendar, *WEEKS) == ["Anna", None, None, "Luca", "Sara"]
    calendar = rota.resume_rota(calendar, None, day("2026-12-05"), now=NOW).on(calendar)
    assert leads(calendar, *WEEKS) == ["Anna", "Luca", "Sara", "Anna", "Luca"]


def test_a_week_out_of_turn_moves_nobody_elses():
    calendar = a_team()
    edit = rota.lead_week(calendar, None, day("2026-12-02"), SARA, now=NOW)
    assert edit.said == "Sara leads the week of Mon 30 Nov instead of Luca"
    assert leads(edit.on(calendar), *WEEKS) == ["Anna", "Sara", "Sara", "Anna", "Luca"]


def test_two_swap_their_weeks():
    calendar = a_team()
    edit = rota.swap_weeks(calendar, None, day("2026-11-23"), day("2026-12-07"), now=NOW)
    assert edit.said == "Sara leads the week of Mon 23 Nov, Anna that of Mon 7 Dec"
    assert leads(edit.on(calendar), *WEEKS) == ["Sara", "Luca", "Anna", "Anna", "Luca"]
    with pytest.raises(Refused, match="Anna leads both weeks"):
        rota.swap_weeks(calendar, None, day("2026-11-23"), day("2026-12-14"), now=NOW)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(BadInput, match="twice"):
        rota.set_rota(a_team(), None, [ANNA, LUCA, ANNA], now=NOW)
    with pytest.raises(Refused, match="Studio Blu is a partner"):
        rota.set_rota(a_team(), None, [4], now=NOW)
    with pytest.raises(Refused, match="nobody leads the weeks yet"):
        rota.lead_week(a_team(order=()), None, day("2026-11-23"), ANNA, now=NOW)
    with pytest.raises(Refused, match="the rota begins on Mon 23 Nov"):
        rota.lead_week(a_team(), None, day("2026-11-16"), ANNA, now=NOW)


def test_a_rota_names_only_members():
    calendar = a_team()
    with pytest.raises(Broken, match="the rota still needs member Luca"):
        check_whole(calendar, Edit("", removes=(calendar.members[LUCA],)))


def test_the_turns_of_many_weeks_are_those_of_each():
    calendar = a_team()
    weeks = [day(f"2026-{week}") for week in WEEKS]
    assert [turns(calendar.rota, weeks)[week] for week in weeks] == [ANNA, LUCA, SARA, ANNA, LUCA]


def test_who_leaves_the_team_leads_no_more():
    calendar = a_team()
    calendar = rota.lead_week(calendar, None, day("2026-12-14"), LUCA, now=NOW).on(calendar)
    calendar = remove_member(calendar, None, LUCA, now=NOW).on(calendar)
    assert leads(calendar, *WEEKS) == ["Anna", "Sara", "Anna", "Sara", "Anna"]


def test_who_leads_the_week_decides_for_that_week_and_settings_are_for_those_who_lead():
    calendar = a_team().put(Idea(id=1, text="Lathe", author=SARA, at=NOW))
    anna, luca = calendar.members[ANNA], calendar.members[LUCA]
    assert ideas.accept_idea(calendar, anna, 1, now=NOW)
    assert edit_team(calendar, anna, now=NOW, horizon_days=14)
    with pytest.raises(Refused, match="Luca does not lead"):
        ideas.accept_idea(calendar, luca, 1, now=NOW)
    with pytest.raises(Refused, match="settings are for those who lead - ask Anna"):
        edit_team(calendar, luca, now=NOW, horizon_days=14)
    next_week = NOW + timedelta(weeks=1)
    assert edit_team(calendar, luca, now=next_week, horizon_days=14)
    with pytest.raises(Refused, match="ask Luca"):
        set_holidays(calendar, anna, {}, now=next_week)


def test_where_nobody_leads_the_settings_are_everybodys():
    calendar = a_team(order=())
    assert edit_team(calendar, calendar.members[SARA], now=NOW, horizon_days=14)
