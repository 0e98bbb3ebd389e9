"""How often a rhythm calls for a post: said, chosen, and written as an RRULE, it is the same."""

from __future__ import annotations

from datetime import date, time
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.language import speaking
from cadence.model.errors import BadInput
from cadence.model.rhythm import Rhythm, check_rule
from cadence.tui.forms.rhythm import builder_of, linked, text_of_builder
from cadence.tui.recurrence import (
    NTHS,
    Often,
    coming,
    in_words,
    often_of,
    read_rule,
    rule_of,
    usual_silence,
    words_of,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "rule", "at"),
    [
        ("tue thu 9:00", "FREQ=WEEKLY;BYDAY=TU,TH", time(9)),
        ("Thursdays and Tuesdays at 10:30", "FREQ=WEEKLY;BYDAY=TU,TH", time(10, 30)),
        ("weekdays 8:15", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(8, 15)),
        ("every 2 weeks thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", time(9)),
        ("daily 18:00", "FREQ=DAILY", time(18)),
        ("every 3 days", "FREQ=DAILY;INTERVAL=3", time(9)),
        ("monthly 1, 15", "FREQ=MONTHLY;BYMONTHDAY=1,15", time(9)),
        ("monthly last", "FREQ=MONTHLY;BYMONTHDAY=-1", time(9)),
        ("the last fri of every month", "FREQ=MONTHLY;BYDAY=-1FR", time(9)),
        ("every 3 months 1st 3rd tue 8:30", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU,3TU", time(8, 30)),
        ("monthly", "FREQ=MONTHLY;BYDAY=1TU", time(9)),
        ("tue until 2026-12-31", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231", time(9)),
        ("freq=yearly; bymonth=1 9:30", "FREQ=YEARLY;BYMONTH=1", time(9, 30)),
    ],
)
def test_a_rhythm_is_read_as_people_say_it(said: str, rule: str, at: time) -> None:
    assert read_rule(said) == (rule, at)


@pytest.mark.parametrize(
    "said",
    ["", "whenever we like", "9:00", "1 15", "tue 15", "every 2 weeks", "monthly 40", "weekly monthly tue"],
)
def test_what_is_no_rhythm_is_told_what_is(said: str) -> None:
    with pytest.raises(BadInput, match=r"is not a rhythm - tue thu 9:00"):
        read_rule(said)


def test_a_rule_that_only_a_rule_can_say_is_left_as_it_is() -> None:
    for rule in ("FREQ=YEARLY;BYMONTH=1", "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "FREQ=MONTHLY;BYDAY=1TU,2WE"):
        assert often_of(rule) is None
        assert words_of(rule) == rule
        assert builder_of(f"{rule} 9:00")["often"] == "rule"


def test_the_start_of_the_week_matters_only_where_it_is_another() -> None:
    assert often_of("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TH") == Often("weeks", 2, (3,))
    assert often_of("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TH") is None


WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
DATES = st.sets(st.integers(1, 28), min_size=1, max_size=5).map(lambda days: tuple(sorted(days)))
EVERY = st.integers(1, 12)
UNTIL = st.none() | st.dates(date(2027, 12, 1), date(2030, 1, 1))
CHOICES = st.one_of(
    st.builds(lambda every, days, until: Often("weeks", every, days, until=until), EVERY, WEEKDAYS, UNTIL),
    st.builds(lambda every, until: Often("days", every, until=until), EVERY, UNTIL),
    st.builds(
        lambda every, dates, last, until: Often("dates", every, dates=(*dates, *last), until=until),
        EVERY, DATES, st.sampled_from([(), (-1,)]), UNTIL,
    ),
    st.builds(
        lambda every, days, nths, until: Often("nth", every, days, nths=nths, until=until),
        EVERY, WEEKDAYS, st.sets(st.sampled_from(NTHS), min_size=1).map(
            lambda nths: tuple(sorted(nths, key=NTHS.index))
        ), UNTIL,
    ),
)  # fmt: skip


@given(often=CHOICES, at=st.times(), language=st.sampled_from(["en", "it"]))
def test_what_the_builder_writes_is_read_back_as_the_same_choice(
    often: Often, at: time, language: str
) -> None:
    at = at.replace(second=0, microsecond=0, tzinfo=None)
    with speaking(language):
        rule = rule_of(often)
        check_rule(rule, MONDAY, at)
        assert often_of(rule) == often
        said = f"{words_of(rule)} {at:%H:%M}"
        assert read_rule(said) == (rule, at)
        assert read_rule(text_of_builder(builder_of(said))) == (rule, at)


def test_ticking_a_day_writes_the_rhythm_and_typing_one_ticks_its_days() -> None:
    answers = {"rule": "tue, thu 09:00", **builder_of("tue, thu 09:00")}
    assert answers["weekdays"] == ":1: :3:"
    answers["weekdays"] = ":1: :2:"
    assert linked("weekdays", answers) == {"rule": "tue, wed 09:00"}
    typed = {**answers, "rule": "every 2 weeks fri 17:00"}
    assert {key: linked("rule", typed)[key] for key in ("often", "every", "weekdays", "at")} == {
        "often": "weeks", "every": "2", "weekdays": ":4:", "at": "17:00",
    }  # fmt: skip


def test_half_a_choice_promises_nothing() -> None:
    answers = {"rule": "tue 09:00", **builder_of("tue 09:00"), "often": "dates"}
    assert linked("often", answers) == {"rule": ""}


def test_the_builder_hands_over_to_a_rule_by_hand() -> None:
    answers = {"rule": "tue 09:00", **builder_of("tue 09:00"), "often": "rule"}
    assert linked("often", answers) == {"rule": "FREQ=WEEKLY;BYDAY=TU 09:00"}


def test_what_comes_is_counted_from_a_day_on_however_rare_it_is() -> None:
    leap = Rhythm(id=1, channel=1, rrule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", at=time(9), start=MONDAY)
    assert [f"{at:%Y-%m-%d}" for at in islice(coming(leap, MONDAY), 2)] == ["2028-02-29", "2032-02-29"]


def test_the_usual_silence_is_two_intervals_and_no_less_than_a_week() -> None:
    days = 24 * 60
    assert usual_silence("FREQ=DAILY", time(9), MONDAY) == 7 * days
    assert usual_silence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", time(9), MONDAY) == 28 * days
    assert usual_silence("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261126", time(9), MONDAY) == 7 * days


def test_rules_in_a_sentence_are_said_in_words() -> None:
    said = "Promised FREQ=WEEKLY;BYDAY=TU,TH at 09:00, after FREQ=YEARLY;BYMONTH=1."
    assert in_words(said) == "Promised tue, thu at 09:00, after FREQ=YEARLY;BYMONTH=1."
