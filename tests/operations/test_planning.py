"""Taking over a plan, whole or in part: one change, all or none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Offer, Post, Task, TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import Absence, Skill, Step, TaskKind
from cadence.operations.edit import Edit
from cadence.operations.integrity import check_whole
from cadence.operations.planning import take_plan
from cadence.planner.bridge.places import SlotTask
from cadence.planner.bridge.proposal import Move
from tests.builders import NOW, a_calendar, day, local

ANNA, LUCA = 1, 2
DRAFT, REVIEW = TaskRef(1, "draft"), TaskRef(1, "review")
SLOT = SlotKey(1, local("2026-12-01T09:00"))


def an_office() -> Calendar:
    """A post on Friday that Anna drafts and nobody reviews, and an open slot on Tuesday."""
    steps: dict[TaskKind, Step] = {"draft": Step(60, -3, -2), "review": Step(15, -2, -1)}
    return (
        a_calendar()
        .with_workflow("Short", steps)
        .with_channel("Blog", workflow="Short")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "09:00", start="2026-11-30")
        .with_member("Anna", allowance=120)
        .with_member("Luca", allowance=120)
        .with_member("Elena", skills=[Skill("draft")])
        .with_post("Blog", "2026-11-27T09:00", "Storia", tasks={"draft": "Anna"})
        .build()
    )


def with_task(calendar: Calendar, ref: TaskRef, **fields: object) -> Calendar:
    post = calendar.posts[ref.post]
    return calendar.put(
        replace(post, tasks={**post.tasks, ref.kind: replace(post.tasks[ref.kind], **fields)})
    )


def take(calendar: Calendar, *moves: Move) -> Edit:
    edit = take_plan(calendar, None, moves, now=NOW)
    check_whole(calendar, edit)
    return edit


def tasks_in(edit: Edit, post: int = 1) -> dict[TaskKind, Task]:
    found = next(value for value in edit.puts if isinstance(value, Post) and value.id == post)
    return dict(found.tasks)


def test_every_task_goes_to_whom_the_plan_says() -> None:
    edit = take(an_office(), Move(DRAFT, ANNA, LUCA), Move(REVIEW, None, ANNA))
    assert {kind: task.member for kind, task in tasks_in(edit).items()} == {"draft": LUCA, "review": ANNA}
    assert edit.said == "Planned 2 tasks: Luca 1 and Anna 1"
    assert len(edit.puts) == 1, "one post, one value"


def test_draft_and_review_may_be_swapped() -> None:
    """Neither could be given first: the other has the draft, or the review, until both have changed."""
    calendar = with_task(an_office(), REVIEW, member=LUCA)
    edit = take(calendar, Move(DRAFT, ANNA, LUCA), Move(REVIEW, LUCA, ANNA))
    assert {kind: task.member for kind, task in tasks_in(edit).items()} == {"draft": LUCA, "review": ANNA}


def test_a_part_of_a_plan_may_not_make_anybody_their_own_reviewer() -> None:
    calendar = with_task(an_office(), REVIEW, member=LUCA)
    with pytest.raises(Refused, match=r"Luca cannot take draft of post 1.*reviews this post"):
        take(calendar, Move(DRAFT, ANNA, LUCA))


def test_somebody_may_be_released() -> None:
    edit = take(an_office(), Move(DRAFT, ANNA, None))
    assert tasks_in(edit)["draft"].member is None
    assert edit.said == "Nobody has 1 task now"


def test_a_slot_gets_its_post_once_with_all_that_was_accepted() -> None:
    edit = take(
        an_office(), Move(SlotTask(SLOT, "draft"), None, LUCA), Move(SlotTask(SLOT, "review"), None, ANNA)
    )
    (post,) = edit.puts
    assert isinstance(post, Post)
    assert (post.id, post.title, post.slot, post.at) == (2, "Untitled", SLOT, SLOT.local)
    assert {kind: task.member for kind, task in post.tasks.items()} == {"draft": LUCA, "review": ANNA}
    assert edit.said == "Planned 2 tasks: Luca 1 and Anna 1; 1 new post"


def test_a_part_of_a_slot_leaves_the_rest_to_nobody() -> None:
    edit = take(an_office(), Move(SlotTask(SLOT, "draft"), None, LUCA))
    assert {kind: task.member for kind, task in tasks_in(edit, 2).items()} == {"draft": LUCA, "review": None}


def test_two_slots_get_two_posts() -> None:
    later = SlotKey(1, local("2026-12-08T09:00"))
    edit = take(
        an_office(), Move(SlotTask(SLOT, "draft"), None, LUCA), Move(SlotTask(later, "draft"), None, LUCA)
    )
    assert {value.id: value.slot for value in edit.puts if isinstance(value, Post)} == {2: SLOT, 3: later}


def test_an_offer_ends_when_the_plan_gives_the_task_to_somebody() -> None:
    calendar = with_task(an_office(), DRAFT, offer=Offer(at=NOW, by=ANNA))
    assert tasks_in(take(calendar, Move(DRAFT, ANNA, LUCA)))["draft"].offer is None


def test_nothing_to_move_changes_nothing() -> None:
    edit = take(an_office(), Move(DRAFT, ANNA, ANNA))
    assert (bool(edit), edit.said) == (False, "The plan changes nothing")
    assert not take(an_office())


# What has changed meanwhile


def test_what_somebody_else_took_is_refused() -> None:
    calendar = with_task(an_office(), REVIEW, member=LUCA)
    with pytest.raises(Refused, match=r"Luca has review of post 1 .* now, not nobody"):
        take(calendar, Move(REVIEW, None, ANNA))
    with pytest.raises(Refused, match=r"nobody has draft of post 1 .* now, not Anna"):
        take(with_task(an_office(), DRAFT, member=None), Move(DRAFT, ANNA, LUCA))


def test_what_is_done_or_pinned_meanwhile_is_refused() -> None:
    with pytest.raises(Refused, match=r"draft of post 1 .* is settled meanwhile: it is done"):
        take(with_task(an_office(), DRAFT, done_at=NOW, done_by=ANNA), Move(DRAFT, ANNA, LUCA))
    with pytest.raises(Refused, match=r"draft of post 1 .* is pinned"):
        take(with_task(an_office(), DRAFT, pinned=True), Move(DRAFT, ANNA, LUCA))


def test_what_was_skipped_or_published_meanwhile_is_refused() -> None:
    calendar = an_office()
    skipped = replace(calendar.posts[1], state="skipped", skip_reason="no")
    with pytest.raises(Refused, match="the post is skipped"):
        take(calendar.put(skipped), Move(DRAFT, ANNA, LUCA))
    out = replace(calendar.posts[1], state="published", published_at=NOW)
    with pytest.raises(Refused, match="the post is published"):
        take(calendar.put(out), Move(REVIEW, None, LUCA))


def test_a_slot_that_somebody_filled_meanwhile_is_refused() -> None:
    calendar = an_office()
    post = Post(id=2, channel=1, title="Theirs", at=SLOT.local, slot=SLOT)
    with pytest.raises(Refused, match='is taken by post 2 "Theirs"'):
        take(calendar.put(post), Move(SlotTask(SLOT, "draft"), None, LUCA))


def test_a_task_or_a_rhythm_that_is_gone_is_said() -> None:
    calendar = an_office()
    with pytest.raises(NotFound, match="there is no post 1"):
        take(calendar.without(calendar.posts[1]), Move(DRAFT, ANNA, LUCA))
    with pytest.raises(NotFound, match="there is no rhythm 1"):
        take(calendar.without(calendar.rhythms[1]), Move(SlotTask(SLOT, "draft"), None, LUCA))
    with pytest.raises(Refused, match="would have no design task"):
        take(calendar, Move(SlotTask(SLOT, "design"), None, LUCA))


def test_who_cannot_do_it_any_more_is_refused() -> None:
    with pytest.raises(Refused, match=r"Elena cannot take review of post 1 .*: no review skill on Blog"):
        take(an_office(), Move(REVIEW, None, 3))
    away = Absence(id=1, member=LUCA, first=day("2026-11-23"), last=day("2026-11-29"))
    with pytest.raises(Refused, match=r"Luca cannot take .*: away until Sun 29 Nov"):
        take(an_office().put(away), Move(REVIEW, None, LUCA))


def test_what_is_overdue_needs_somebody_who_is_there_now() -> None:
    """The draft was due on Friday. Luca was away then and is back; Elena is away now."""
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_member("Luca")
        .with_member("Elena")
        .with_absence("Luca", "2026-11-16", "2026-11-22")
        .with_absence("Elena", "2026-11-23", "2026-11-24")
        .with_post("Blog", "2026-11-24T09:00")
        .build()
    )
    assert tasks_in(take(calendar, Move(DRAFT, None, LUCA)))["draft"].member == LUCA
    with pytest.raises(Refused, match=r"Elena cannot take .*: away until Tue 24 Nov"):
        take(calendar, Move(DRAFT, None, 3))


def test_a_refusal_refuses_everything_and_a_task_counts_once() -> None:
    with pytest.raises(Refused):
        take(an_office(), Move(REVIEW, None, LUCA), Move(DRAFT, LUCA, ANNA))
    with pytest.raises(BadInput, match="twice"):
        take(an_office(), Move(REVIEW, None, LUCA), Move(REVIEW, None, ANNA))
