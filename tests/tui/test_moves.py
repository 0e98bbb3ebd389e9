"""What a move would lead to, said before it is made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cadence.model.calendar import Calendar
from cadence.model.rhythm import SlotKey
from cadence.tui.moves import Move, consequences, joined
from tests.builders import NOW, a_calendar
from tests.tui.office import office


def moved(calendar: Calendar, title: str, days: int = 0, slot: SlotKey | None = None) -> list[str]:
    post = next(post for post in calendar.posts.values() if post.title == title)
    to = slot.local if slot else post.at + timedelta(days=days)
    return consequences(Move(calendar, {post.id: to}, slot, NOW, NOW.date()))


def a_team(**channel: Any) -> Any:
    """A blog every Tuesday, Anna with an hour a week."""
    return (
        a_calendar()
        .with_channel("Blog", **channel)
        .with_member("Anna Conti", allowance=60)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "10:00", "2026-01-01", max_silence=8 * 1440)
        .with_publication("Blog", "2026-11-17T10:00", "The last one")
        .with_post("Blog", "2026-11-24T10:00", "This week", slot="2026-11-24T10:00", tasks={"draft": "Anna"})
        .with_post("Blog", "2026-12-01T10:00", "Next week", slot="2026-12-01T10:00")
    )


def test_a_day_later_counts_half_and_whoever_has_tasks_is_told() -> None:
    assert moved(office(), "Storia Bianchi", 1) == ["counts half: late for Thu 26", "Elena, Marco are told"]


def test_work_that_would_have_been_due_comes_first() -> None:
    found = moved(office(), "Storia Bianchi", -3)
    assert found[0] == "design was due Fri 20"


def test_a_move_that_makes_the_channel_silent_says_for_how_long() -> None:
    assert "leaves a silence of 13 days" in moved(a_team().build(), "This week", 6)


def test_a_move_that_ends_a_silence_says_so_too() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "10:00", "2026-01-01", max_silence=8 * 1440)
        .with_publication("Blog", "2026-11-17T10:00", "The last one")
        .with_post("Blog", "2026-11-30T10:00", "Far away")
        .build()
    )
    assert "mends a silence of 13 days" in moved(calendar, "Far away", -6)
    assert "shortens a silence of 13 days" in moved(calendar, "Far away", -2)


def test_a_pause_between_posts_is_no_silence() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm(
            "Blog", "FREQ=WEEKLY;BYDAY=TU", "10:00", "2026-01-01", max_silence=8 * 1440,
            pauses=[("2026-11-24", "2026-12-02")],
        )
        .with_publication("Blog", "2026-11-17T10:00", "The last one")
        .with_post("Blog", "2026-11-23T12:00", "Soon")
        .build()
    )  # fmt: skip
    assert not [text for text in moved(calendar, "Soon", 8) if "silence" in text]


def test_taking_a_slot_says_which_one_opens() -> None:
    calendar = a_team().build()
    rhythm = next(iter(calendar.rhythms))
    found = moved(calendar, "This week", slot=SlotKey(rhythm, datetime(2026, 12, 8, 10)))
    assert "takes the open slot, Tue 24 opens again" in found


def test_beyond_the_neighbouring_slots_its_own_is_missed() -> None:
    assert "misses its slot of Tue 24" in moved(a_team().build(), "This week", 8)


def test_a_crowded_day_is_named() -> None:
    calendar = a_team(max_per_day=1).build()
    assert "2 posts that day, 1 allowed" in moved(calendar, "This week", 7)


def test_a_day_off_is_named() -> None:
    assert "on a day off" in moved(a_team().build(), "This week", 4)


def test_too_much_work_in_the_new_week_is_said_before_it_is_there() -> None:
    calendar = a_team().with_post("Blog", "2026-12-03T10:00", "Extra", tasks={"draft": "Anna"}).build()
    assert "Anna 100 → 200 %" in moved(calendar, "This week", 10)


def test_only_as_much_is_said_as_there_is_room_for() -> None:
    parts = ["→ Fri 27 09:00", "counts half: late for Thu 26", "Elena, Marco are told"]
    assert joined(parts, 50) == "→ Fri 27 09:00 · counts half: late for Thu 26"
    assert joined(parts, 5) == parts[0]
    assert joined(parts, 100) == " · ".join(parts)
