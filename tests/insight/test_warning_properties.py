"""What holds for the warnings of every calendar."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cadence.insight.warnings import RULES, find_warnings
from cadence.model.calendar import Calendar
from cadence.model.rhythm import Pause, SlotKey, occurrences
from tests.builders import NOW, a_calendar, day
from tests.insight.warned import DAYS, EVERYTHING

RULE_TEXTS = st.sampled_from(
    ["FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"]
)
PEOPLE = st.sampled_from([None, "Anna", "Luca"])
POSTS = st.lists(st.tuples(st.integers(0, 30), PEOPLE, st.booleans(), st.integers(-3, 3)), max_size=8)
"""Which slot, who does everything, whether it is published, and by how many days it was moved."""


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """One channel with a rhythm for some weeks past and ahead, and posts on some of its slots."""
    most, spacing = draw(st.sampled_from([None, 1])), draw(st.sampled_from([None, 900]))
    silence = draw(st.sampled_from([None, 5 * DAYS]))
    builder = (
        a_calendar(holidays={day("2026-12-08"): "Immacolata"})
        .with_channel("Blog", max_per_day=most, min_spacing=spacing)
        .with_member("Anna", allowance=draw(st.integers(0, 300)))
        .with_member("Luca", allowance=120)
        .with_rhythm("Blog", draw(RULE_TEXTS), start="2026-10-20", max_silence=silence)
    )
    rhythm = builder.build().rhythms[1]
    slots = occurrences(rhythm, date(2026, 10, 20), date(2027, 1, 15))
    for index, who, is_out, moved in draw(POSTS):
        slot = slots[index % len(slots)]
        at = slot + timedelta(days=moved)
        out = is_out and at < NOW.replace(tzinfo=None)
        fields = {"state": "published", "published_at": at.replace(tzinfo=NOW.tzinfo)} if out else {}
        tasks = dict.fromkeys(EVERYTHING, who)
        builder = builder.with_post("Blog", at.isoformat(), slot=SlotKey(1, slot), tasks=tasks, **fields)
    return builder.build()


@settings(max_examples=60)
@given(calendars(), st.dates(date(2026, 10, 15), date(2027, 1, 20)), st.integers(0, 60))
def test_a_pause_never_creates_a_warning(calendar: Calendar, first: date, length: int) -> None:
    before = {warning.key for warning in find_warnings(calendar, NOW)}
    pause = Pause(first, first + timedelta(days=length))
    paused = calendar.put(replace(calendar.rhythms[1], pauses=(pause,)))
    assert {warning.key for warning in find_warnings(paused, NOW)} <= before


@settings(max_examples=60)
@given(calendars())
def test_warnings_are_one_per_cause_and_subject_and_in_their_place(calendar: Calendar) -> None:
    found = find_warnings(calendar, NOW)
    assert len({warning.key for warning in found}) == len(found)
    for warning in found:
        assert warning.key.partition(":")[0] == warning.rule
        assert warning.rule in RULES
        assert warning.since <= NOW
        assert warning.cause
        assert all(way.command.startswith("cadence ") and way.text for way in warning.ways_out)


@settings(max_examples=30)
@given(calendars())
def test_what_is_remembered_makes_no_difference(calendar: Calendar) -> None:
    """A calendar built anew shares nothing with the one before, and has the same warnings."""
    values = [*calendar.members.values(), *calendar.channels.values(), *calendar.workflows.values()]
    values += [*calendar.rhythms.values(), *calendar.posts.values()]
    anew = Calendar.empty().put(calendar.team).put(*values)
    assert find_warnings(anew, NOW) == find_warnings(calendar, NOW)
