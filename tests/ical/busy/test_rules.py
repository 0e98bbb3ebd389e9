"""Our expansion of recurrence rules gives what dateutil's gives, in any window of a series of any age."""

from datetime import datetime, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr
from hypothesis import assume, example, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from cadence.ical.busy.rules import moments, read_rule

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def free(count: int) -> None:
    """Spends nothing."""


def numbers(low: int, high: int, most: int = 3) -> st.SearchStrategy[str]:
    choice = st.integers(low, high).filter(bool) if low else st.integers(low, high)
    return st.lists(choice, min_size=1, max_size=most, unique=True).map(
        lambda found: ",".join(map(str, found))
    )


def weekdays(*ordinals: int) -> st.SearchStrategy[str]:
    """All plain or all with an ordinal: dateutil takes a mixture for a contradiction."""
    lists = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True)
    plain = lists.map(",".join)
    counted = st.builds(
        lambda days, ordinal: ",".join(f"{ordinal}{day}" for day in days),
        lists,
        st.sampled_from(ordinals or (1,)),
    )
    return st.one_of(plain, counted) if ordinals else plain


PARTS = {
    "BYMONTH": numbers(1, 12),
    "BYMONTHDAY": numbers(-31, 31),
    "BYDAY": weekdays(),
    "BYHOUR": numbers(0, 23),
    "BYMINUTE": numbers(0, 59, 2),
    "BYSECOND": numbers(0, 59, 1),
}
EXTRA = {
    "YEARLY": {
        "BYDAY": weekdays(1, 2, 5, 20, 53, -1, -2, -53),
        # Of weeks counted from the back, dateutil forgets those across two years, except for the last.
        "BYWEEKNO": st.one_of(numbers(1, 53), st.just("-1"), st.just("-20")),
        "BYYEARDAY": numbers(-366, 366),
        "BYSETPOS": numbers(-5, 5),
    },
    "MONTHLY": {"BYDAY": weekdays(1, 2, 4, 5, -1, -2, -5), "BYSETPOS": numbers(-5, 5)},
    "WEEKLY": {},
    "DAILY": {"BYSETPOS": numbers(-3, 3)},
    "HOURLY": {"BYYEARDAY": numbers(-366, 366)},
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(list(EXTRA)))
    possible = PARTS | EXTRA[freq]
    names = draw(st.lists(st.sampled_from(list(possible)), max_size=3, unique=True))
    # Together with BYWEEKNO an ordinal has no meaning (RFC 5545 3.3.10).
    parts = {
        name: draw(weekdays() if name == "BYDAY" and "BYWEEKNO" in names else possible[name])
        for name in names
    }
    parts["INTERVAL"] = str(draw(st.sampled_from([1, 1, 2, 3, 5, 13])))
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    if draw(st.integers(0, 3)) == 0:
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    return ";".join([f"FREQ={freq}", *(f"{name}={value}" for name, value in parts.items())])


# At the end of Python's time, because dateutil looks that far for the next moment of a rule that has none.
STARTS = st.datetimes(datetime(9978, 1, 1), datetime(9990, 12, 31)).map(lambda at: at.replace(microsecond=0))


@given(rules(), STARTS, st.integers(-400, 2500), st.integers(0, 200))
@example("FREQ=YEARLY;BYDAY=20MO", datetime(9980, 2, 29, 9), 30, 200)
@example("FREQ=MONTHLY;BYMONTHDAY=31,-31", datetime(9980, 1, 31, 9), 300, 200)
@example("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO", datetime(9979, 12, 30, 9), 2000, 90)
@example("FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,SU", datetime(9974, 12, 29, 9), 300, 200)
@tried(max_examples=400)
def test_a_window_of_a_rule_is_what_dateutil_finds_there(
    rule: str, first: datetime, after: int, days: int
) -> None:
    low = first + timedelta(days=after)
    high = low + timedelta(days=days)
    try:
        plain = rrulestr(rule, dtstart=first)
    except ValueError:
        assume(False)
        raise
    expected = [moment for moment in takewhile(lambda moment: moment <= high, plain) if moment >= low]
    assert moments(read_rule(rule), first, low, high, free) == expected
