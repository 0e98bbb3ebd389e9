"""No edit, and no undo above all, leaves a calendar that contradicts itself."""

import pytest
from msgspec.structs import replace

from cadence.model.busy import BusyCalendar
from cadence.model.calendar import SINGLE, Calendar
from cadence.model.change import Change
from cadence.model.documents import TABLES
from cadence.model.errors import NotFound, Refused
from cadence.model.feeds import Feed
from cadence.model.post import Acknowledgement, Boost, Idea
from cadence.operations.edit import Edit
from cadence.operations.integrity import Broken, check_taken_back, check_whole
from cadence.operations.undoing import last_of, last_undo_of, numbered
from tests.builders import NOW, a_calendar, day


def a_full_calendar() -> Calendar:
    """One of everything, each referring to the others."""
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_member("Anna")
        .with_absence("Anna", "2026-12-01", "2026-12-02")
        .with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00", tasks={"draft": "Anna"})
        .build()
    )
    return calendar.put(
        Idea(id=1, text="Lathe", author=1, at=NOW, channel=1, post=1),
        Boost(id=1, post=1, member=1, day=day("2026-11-26")),
        Acknowledgement(id=1, key="k", by=1, until=day("2026-12-01")),
        BusyCalendar(id=1, member=1),
        Feed(id=1, reader="Anna", kind="channel", of=1, member=1, digest="a" * 64),
    )


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("members", r"still needs member Anna"),
        ("channels", r"still needs channel Blog"),
        ("workflows", r"channel Blog still needs workflow Standard"),
        ("posts", r"still needs post 1"),
    ],
)
def test_what_something_refers_to_does_not_go(table, reason):
    calendar = a_full_calendar()
    with pytest.raises(Broken, match=reason):
        check_whole(calendar, Edit("", removes=(getattr(calendar, table)[1],)))


def test_all_of_it_together_may_go():
    calendar = a_full_calendar()
    everything = tuple(getattr(calendar, table)[1] for table in TABLES.keys() - SINGLE.keys())
    check_whole(calendar, Edit("", removes=everything))


def test_a_rhythm_may_go_although_a_post_fills_its_slot():
    calendar = a_full_calendar()
    check_whole(calendar, Edit("", removes=(calendar.rhythm(1),)))


def test_what_is_referred_to_must_be_there():
    calendar = a_full_calendar()
    with pytest.raises(Broken, match="post 1 refers to channel 9, which is not there"):
        check_whole(calendar, Edit("", (replace(calendar.post(1), channel=9),)))


def test_two_posts_do_not_fill_one_slot():
    calendar = a_full_calendar()
    second = replace(calendar.post(1), id=2)
    with pytest.raises(Broken, match="posts 2 and 1 would both fill the slot of Thu 26 Nov 10:00"):
        check_whole(calendar, Edit("", (second,)))
    check_whole(calendar, Edit("", (replace(second, state="skipped"),)))
    check_whole(calendar, Edit("", (second, replace(calendar.post(1), slot=None))))


def test_two_members_do_not_have_one_name():
    calendar = a_full_calendar()
    with pytest.raises(Broken, match="there would be two"):
        check_whole(calendar, Edit("", (replace(calendar.member(1), id=2, name="ANNA"),)))


def test_the_state_of_a_post_follows_from_its_tasks():
    calendar = a_full_calendar()
    with pytest.raises(Broken, match="is approved, which does not follow"):
        check_whole(calendar, Edit("", (replace(calendar.post(1), state="approved"),)))


def test_an_undo_makes_nobody_review_their_own_draft_but_a_person_may():
    calendar = a_full_calendar()
    tasks = calendar.post(1).tasks
    own = replace(calendar.post(1), tasks={**tasks, "review": replace(tasks["review"], member=1)})
    check_whole(calendar, Edit("", (own,)))
    with pytest.raises(Broken, match="review their own draft"):
        check_taken_back(calendar, Edit("", (own,)))
    check_taken_back(calendar.put(own), Edit("", (replace(own, title="Forced before"),)))


# Which change "undo" and "redo" mean


def history(*entries: tuple[str, int | None]) -> list[Change]:
    """Changes 1, 2, 3 … as (by, undoes), newest first as histories are asked for."""
    changes = [
        Change(seq=seq, at=NOW, by=by, why="", ops=(), undoes=undoes)
        for seq, (by, undoes) in enumerate(entries, 1)
    ]
    return changes[::-1]


def redo(changes: list[Change], by: str) -> int:
    return last_undo_of(changes, by, lambda seq: next(c for c in changes if c.seq == seq)).seq


def test_undo_means_my_last_change_that_stands():
    changes = history(("anna", None), ("anna", None), ("bea", None), ("anna", 2))
    assert last_of(changes, "anna").seq == 1
    assert last_of(changes, "bea").seq == 3
    with pytest.raises(Refused, match="carlo has nothing to undo"):
        last_of(changes, "carlo")


def test_a_redone_change_can_be_undone_again():
    assert last_of(history(("anna", None), ("anna", None), ("anna", 2), ("anna", 3)), "anna").seq == 2


def test_redo_goes_back_through_the_undos_one_by_one():
    undone_twice = history(("anna", None), ("anna", None), ("anna", 2), ("anna", 1))
    assert redo(undone_twice, "anna") == 4
    redone_once = history(("anna", None), ("anna", None), ("anna", 2), ("anna", 1), ("anna", 4))
    assert redo(redone_once, "anna") == 3
    all_redone = history(("anna", None), ("anna", None), ("anna", 2), ("anna", 1), ("anna", 4), ("anna", 3))
    with pytest.raises(Refused, match="nothing to redo"):
        redo(all_redone, "anna")


def test_a_new_change_of_mine_ends_redo_and_one_of_somebody_else_does_not():
    with pytest.raises(Refused, match="nothing to redo"):
        redo(history(("anna", None), ("anna", 1), ("anna", None)), "anna")
    assert redo(history(("anna", None), ("anna", 1), ("bea", None)), "anna") == 2


def test_by_number_anybodys_change_is_undone_but_once():
    changes = history(("anna", None), ("bea", 1))
    assert numbered(changes, 2).seq == 2
    with pytest.raises(Refused, match="change 1 was undone by bea already"):
        numbered(changes, 1)
    for unknown in (0, 3):
        with pytest.raises(NotFound, match=f"no change {unknown}"):
            numbered(changes, unknown)
