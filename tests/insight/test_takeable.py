"""What one could take, and what it does to a week; counted by hand."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from cadence.insight.takeable import is_free_for, letting_go, taking, to_do_around
from cadence.model.calendar import Calendar
from cadence.model.post import Offer, TaskRef
from tests.builders import NOW, CalendarBuilder, a_calendar, day

ANNA, LUCA = 1, 2
DRAFT, REVIEW = TaskRef(1, "draft"), TaskRef(1, "review")
OTHER = TaskRef(2, "design")
TODAY = day("2026-11-23")


def two_people() -> CalendarBuilder:
    """Anna writes 60′ for Friday, due on Wednesday, Luca designs 30′ for the Friday after; both have 120′ a
    week."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna", allowance=120, role="lead")
        .with_member("Luca", allowance=120)
        .with_post("Blog", "2026-11-27T10:00", "Il tornio", tasks={"draft": "Anna"})
        .with_post("Blog", "2026-12-04T10:00", "La fiera", tasks={"design": "Luca"})
    )


def offered(calendar: Calendar, ref: TaskRef, offer: Offer) -> Calendar:
    post = calendar.posts[ref.post]
    task = replace(post.tasks[ref.kind], offer=offer)
    return calendar.put(replace(post, tasks={**post.tasks, ref.kind: task}))


def test_taking_a_task_fills_the_week_in_which_it_is_due() -> None:
    it = taking(two_people().build(), DRAFT, LUCA)
    assert (it.minutes, it.given) == (60, 0)
    assert (it.before.minutes, it.after.minutes, it.after.share) == (0, 60, 0.5)


def test_a_swap_takes_the_other_task_away_where_it_is_due_in_the_same_week() -> None:
    calendar = two_people().with_post("Blog", "2026-11-26T10:00", tasks={"design": "Luca"}).build()
    same_week, week_after = TaskRef(3, "design"), OTHER
    for wants, given in ((same_week, 30), (week_after, 0)):
        swap = offered(calendar, DRAFT, Offer(NOW, ANNA, (LUCA,), wants=wants))
        it = taking(swap, DRAFT, LUCA)
        assert (it.minutes, it.given) == (60, given)
        before, after = letting_go(swap, DRAFT)
        assert (before.member, before.minutes, after.minutes) == (ANNA, 60, given)


def test_a_task_is_free_for_whom_it_is_offered_to_until_they_decline() -> None:
    calendar = two_people().build()
    assert is_free_for(calendar, REVIEW, LUCA, TODAY), "nobody has it"
    assert not is_free_for(calendar, DRAFT, LUCA, TODAY)
    assert is_free_for(offered(calendar, DRAFT, Offer(NOW, ANNA)), DRAFT, LUCA, TODAY)
    no = Offer(NOW, ANNA, declined=(LUCA,))
    assert not is_free_for(offered(calendar, DRAFT, no), DRAFT, LUCA, TODAY)


def test_of_what_went_out_only_the_answering_is_still_to_do() -> None:
    calendar = (
        two_people()
        .with_post("Blog", "2026-11-20T10:00", tasks={"engage": "Anna"}, state="published")
        .with_post("Blog", "2026-11-10T10:00", state="published")
        .build()
    )
    calendar = calendar.put(
        *(
            replace(calendar.posts[id], published_at=NOW - timedelta(days=days))
            for id, days in ((3, 3), (4, 13))
        )
    )
    found = list(to_do_around(calendar, NOW, timedelta(days=7)))
    assert [ref for ref in found if ref.post in (3, 4)] == [TaskRef(3, "engage")]
    assert found[0] == TaskRef(3, "engage"), "in order of time"
