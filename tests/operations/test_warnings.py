"""Somebody answers for a warning until a date."""

import pytest

from cadence.insight.warnings import find_warnings
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.operations.warnings import acknowledge, unacknowledge
from tests.builders import NOW, a_calendar, day


def a_gap():
    """A slot on Thursday that nobody has filled."""
    calendar = (
        a_calendar().with_channel("Blog").with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH").with_member("Anna")
    )
    return calendar.build()


def a_key() -> str:
    return next(warning.key for warning in find_warnings(a_gap(), NOW) if warning.rule == "empty-slot")


def test_a_warning_is_acknowledged_until_a_date_and_open_again():
    calendar = a_gap()
    seen = acknowledge(calendar, calendar.member("Anna"), a_key(), day("2026-11-25"), now=NOW).on(calendar)
    states = {warning.key: warning.state for warning in find_warnings(seen, NOW)}
    assert states[a_key()] == "acknowledged"
    assert not unacknowledge(seen, seen.member("Anna"), a_key(), now=NOW).on(seen).acknowledgements


def test_twice_is_one_with_the_later_date():
    calendar = a_gap()
    for last in ("2026-11-25", "2026-11-27"):
        calendar = acknowledge(calendar, calendar.member("Anna"), a_key(), day(last), now=NOW).on(calendar)
    assert [seen.until for seen in calendar.acknowledgements.values()] == [day("2026-11-27")]


@pytest.mark.parametrize("until", ["2026-11-22", "2027-12-31"])
def test_neither_for_the_past_nor_for_ever(until):
    with pytest.raises(BadInput):
        acknowledge(a_gap(), a_gap().member("Anna"), a_key(), day(until), now=NOW)


def test_a_warning_must_be_there_unless_forced():
    calendar = a_gap()
    with pytest.raises(NotFound, match="no warning 'no-such'"):
        acknowledge(calendar, calendar.member("Anna"), "no-such", day("2026-11-25"), now=NOW)
    assert acknowledge(calendar, calendar.member("Anna"), "no-such", day("2026-11-25"), now=NOW, force=True)
    with pytest.raises(NotFound, match="nobody has acknowledged"):
        unacknowledge(calendar, calendar.member("Anna"), "no-such", now=NOW)


def test_somebody_answers_for_it():
    with pytest.raises(Refused, match="who you are"):
        acknowledge(a_gap(), None, a_key(), day("2026-11-25"), now=NOW)
