"""Which row of the agenda is which post or slot."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cadence.insight.slots import FilledSlot, Slot
from cadence.model.calendar import Calendar
from cadence.model.rhythm import SlotKey
from cadence.tui.filter import EVERYTHING, parse_filter
from cadence.tui.outcomes import Outcomes
from cadence.tui.widgets.agenda_rows import AgendaRows, kept_entries
from tests.builders import NOW, a_calendar


def open_slot(at: datetime, channel: int = 1) -> FilledSlot:
    local = at.replace(tzinfo=None)
    return FilledSlot(Slot(SlotKey(1, local), channel, at, local, False, at, at), "empty", None)


def rows_of(calendar: Calendar, *slots: datetime) -> AgendaRows:
    return AgendaRows.woven(kept_entries(calendar, EVERYTHING), [open_slot(at) for at in slots])


@dataclass
class Sample:
    calendar: Calendar
    slots: list[datetime]


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    builder = a_calendar(zone="UTC").with_channel("Blog", workflow=None)
    for hours in draw(st.lists(st.integers(-50, 50), max_size=12)):
        builder.with_publication("Blog", f"{NOW + timedelta(hours=hours):%Y-%m-%dT%H:%M}")
    hours = draw(st.lists(st.integers(-50, 50), unique=True, max_size=8))
    return Sample(builder.build(), [NOW + timedelta(hours=h) for h in sorted(hours)])


@given(samples())
def test_rows_hold_every_post_and_slot_once_in_order_of_time(sample: Sample) -> None:
    rows = rows_of(sample.calendar, *sample.slots)
    shown = [rows[row] for row in range(len(rows))]
    assert sorted(what for what in shown if isinstance(what, int)) == sorted(sample.calendar.posts)
    assert [what.slot.at for what in shown if not isinstance(what, int)] == sample.slots
    instants = [rows.instant(row) for row in range(len(rows))]
    assert instants == sorted(instants)


@given(samples())
def test_the_row_of_a_key_is_where_that_key_is(sample: Sample) -> None:
    rows = rows_of(sample.calendar, *sample.slots)
    assert [rows.row_of(sample.calendar, rows.key(row)) for row in range(len(rows))] == list(range(len(rows)))


def test_an_open_slot_stands_before_a_post_at_the_same_time() -> None:
    calendar = a_calendar(zone="UTC").with_channel("Blog").with_post("Blog", "2026-11-26T10:00").build()
    rows = rows_of(calendar, datetime.fromisoformat("2026-11-26T10:00+00:00"))
    assert not isinstance(rows[0], int)
    assert rows[1] == 1


def test_first_from_finds_what_comes_next_and_the_end_when_nothing_does() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_publication("Blog", "2026-11-20T10:00")
        .with_post("Blog", "2026-11-26T10:00")
        .build()
    )
    rows = rows_of(calendar)
    assert rows.first_from(NOW) == 1
    assert rows.first_from(NOW + timedelta(days=30)) == 2


def test_a_removed_post_has_no_row() -> None:
    calendar = a_calendar().with_channel("Blog").with_post("Blog", "2026-11-26T10:00").build()
    rows = rows_of(calendar)
    assert rows.row_of(calendar.without(calendar.posts[1]), 1) is None
    assert rows.row_of(calendar, 99) is None


def test_a_filter_keeps_the_posts_of_a_channel_a_member_and_a_word() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_channel("LinkedIn")
        .with_member("Anna")
        .with_post("Blog", "2026-11-24T10:00", "Storia Bianchi", tasks={"draft": "Anna"})
        .with_post("Blog", "2026-11-25T10:00", "Il tornio")
        .with_post("LinkedIn", "2026-11-26T10:00", "Storia Verdi", tasks={"review": "Anna"})
        .build()
    )

    def kept(text: str) -> list[int]:
        return [id for _, id in kept_entries(calendar, parse_filter(text, calendar))]

    assert kept("#blog") == [1, 2]
    assert kept("@anna") == [1, 3]
    assert kept("storia") == [1, 3]
    assert kept("#blog @anna storia") == [1]
    assert kept("@nobody #linkedin") == [3]
    assert kept("is:published") == []
    assert kept("") == [1, 2, 3]


def test_a_publication_on_a_channel_newer_than_the_figures_counts_for_nothing_yet() -> None:
    """A colleague adds a channel with its history: the list is newer than the figures for a moment."""
    builder = a_calendar().with_channel("Blog").with_rhythm("Blog")
    before = builder.build()
    after = builder.with_channel("News").with_publication("News", "2026-11-17T08:00").build()
    assert Outcomes(before, NOW).of(after.posts[1]) is None
