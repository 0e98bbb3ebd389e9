"""Who may take, give and finish a task, each rule once."""

import pytest

from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import Skill
from cadence.operations.edit import Edit
from cadence.operations.handovers import hand_over, withdraw_offer
from cadence.operations.holding import Taken
from cadence.operations.tasks import (
    assign,
    assign_many,
    claim,
    edit_task,
    pin,
    release,
    task_done,
    task_undone,
    tasks_done,
    unassign,
    unpin,
)
from tests.builders import NOW, CalendarBuilder, a_calendar

DRAFT, REVIEW, ENGAGE = TaskRef(1, "draft"), TaskRef(1, "review"), TaskRef(1, "engage")
ANNA, BEA, CARLO = 1, 2, 3


def a_team() -> CalendarBuilder:
    """Anna and Bea can do everything, Carlo only designs; Bea is a lead."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_member("Bea", role="lead")
        .with_member("Carlo", skills=[Skill("design")])
    )


def with_post(**fields) -> CalendarBuilder:
    """Post 1: draft due Tuesday 1 December, review due Wednesday 2 December."""
    return a_team().with_post("Blog", "2026-12-03T10:00", "Storia", **fields)


def task_in(edit: Edit, ref: TaskRef = DRAFT) -> Task:
    (post,) = edit.puts
    assert isinstance(post, Post)
    return post.tasks[ref.kind]


def state_in(edit: Edit) -> str:
    (post,) = edit.puts
    assert isinstance(post, Post)
    return post.state


class TestAssign:
    def test_the_load_before_and_after_is_said(self):
        edit = assign(with_post().build(), None, DRAFT, ANNA, now=NOW)
        assert task_in(edit).member == ANNA
        assert "(60′: 0 % → 100 %)" in edit.said

    def test_a_learner_is_told_what_it_takes_them(self):
        learner = [Skill("draft", level="learning")]
        calendar = with_post().with_member("Ada", skills=learner, allowance=180).build()
        edit = assign(calendar, None, DRAFT, calendar.member("Ada").id, now=NOW)
        assert "(90′: 0 % → 50 %)" in edit.said

    def test_too_little_time_is_said_not_refused(self):
        calendar = with_post().with_post("Blog", "2026-12-03T15:00", tasks={"design": "Anna"}).build()
        assert "30′ over capacity" in assign(calendar, None, DRAFT, ANNA, now=NOW).said

    def test_whoever_had_it_is_named(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        edit = assign(calendar, None, DRAFT, BEA, now=NOW)
        assert "Bea has draft" in edit.said
        assert "instead of Anna" in edit.said

    @pytest.mark.parametrize(
        ("builder", "ref", "member", "reason"),
        [
            (with_post(), DRAFT, CARLO, "no draft skill"),
            (with_post(tasks={"draft": "Anna"}), REVIEW, ANNA, "wrote the draft"),
            (with_post(tasks={"review": "Anna"}), DRAFT, ANNA, "reviews this post"),
            (with_post().with_absence("Anna", "2026-11-20", "2026-12-04"), DRAFT, ANNA, "away until"),
        ],
        ids=["no skill", "own draft", "own review", "away"],
    )
    def test_hard_rules_are_refused_unless_forced(self, builder, ref, member, reason):
        calendar = builder.build()
        with pytest.raises(Refused, match=reason):
            assign(calendar, None, ref, member, now=NOW)
        assert task_in(assign(calendar, None, ref, member, now=NOW, force=True), ref).member == member

    def test_an_absence_over_part_of_the_window_is_no_reason(self):
        calendar = with_post().with_absence("Anna", "2026-11-20", "2026-11-30").build()
        assert assign(calendar, None, DRAFT, ANNA, now=NOW)

    def test_what_is_done_stays_with_whoever_did_it(self):
        calendar = with_post(tasks={"draft": "Anna"}, done=["draft"]).build()
        with pytest.raises(Refused, match=r"is done, by Anna"):
            assign(calendar, None, DRAFT, BEA, now=NOW)

    def test_on_a_skipped_post_there_is_nothing_to_do(self):
        with pytest.raises(Refused, match="is skipped"):
            assign(with_post(state="skipped").build(), None, DRAFT, ANNA, now=NOW)

    def test_a_task_that_the_post_does_not_have_is_not_found(self):
        calendar = a_team().with_channel("Chat", workflow=None).with_post("Chat", "2026-12-03T10:00").build()
        with pytest.raises(NotFound, match="post 1 has no draft task"):
            assign(calendar, None, DRAFT, ANNA, now=NOW)

    def test_many_at_once_see_each_other(self):
        with pytest.raises(Refused, match="wrote the draft"):
            assign_many(with_post().build(), None, [DRAFT, REVIEW], ANNA, now=NOW)
        both = assign_many(with_post().build(), None, [DRAFT, TaskRef(1, "design")], ANNA, now=NOW)
        assert [task_in(both, ref).member for ref in (DRAFT, TaskRef(1, "design"))] == [ANNA, ANNA]


class TestPins:
    def test_a_pin_needs_somebody(self):
        with pytest.raises(Refused, match="nobody has draft"):
            pin(with_post().build(), None, DRAFT, now=NOW)

    def test_a_pin_holds_until_it_is_taken_off_or_the_task_goes_to_another(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        pinned = pin(calendar, None, DRAFT, now=NOW)
        assert task_in(pinned).pinned
        assert not task_in(unpin(pinned.on(calendar), None, DRAFT, now=NOW)).pinned
        assert not task_in(assign(pinned.on(calendar), None, DRAFT, BEA, now=NOW)).pinned
        assert not task_in(unassign(pinned.on(calendar), None, DRAFT, now=NOW)).pinned


class TestClaim:
    def test_anyone_who_can_takes_what_nobody_has(self):
        calendar = with_post().build()
        assert task_in(claim(calendar, calendar.member("Anna"), DRAFT, now=NOW)).member == ANNA

    def test_what_somebody_has_is_lost(self):
        calendar = with_post(tasks={"draft": "Bea"}).build()
        with pytest.raises(Taken, match="Bea has draft of post 1"):
            claim(calendar, calendar.member("Anna"), DRAFT, now=NOW)

    @pytest.mark.parametrize("to", [[], [ANNA]], ids=["to anyone", "to me"])
    def test_what_is_on_offer_is_taken_over(self, to):
        calendar = with_post(tasks={"draft": "Bea"}).build()
        offered = hand_over(calendar, calendar.member("Bea"), DRAFT, now=NOW, to=to).on(calendar)
        edit = claim(offered, calendar.member("Anna"), DRAFT, now=NOW)
        assert (task_in(edit).member, task_in(edit).offer) == (ANNA, None)
        assert "over from Bea" in edit.said

    def test_what_is_on_offer_to_others_is_not(self):
        calendar = with_post(tasks={"design": "Bea"}).build()
        design = TaskRef(1, "design")
        offered = hand_over(calendar, calendar.member("Bea"), design, now=NOW, to=[CARLO]).on(calendar)
        with pytest.raises(Taken, match="Bea has design"):
            claim(offered, calendar.member("Anna"), design, now=NOW)

    def test_a_claim_keeps_the_hard_rules(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        with pytest.raises(Refused, match="wrote the draft"):
            claim(calendar, calendar.member("Anna"), REVIEW, now=NOW)
        with pytest.raises(Refused, match="no review skill"):
            claim(calendar, calendar.member("Carlo"), REVIEW, now=NOW)

    def test_somebody_unknown_claims_nothing(self):
        with pytest.raises(Refused, match="who you are"):
            claim(with_post().build(), None, DRAFT, now=NOW)


class TestGivingAway:
    def test_only_what_is_mine_can_be_released(self):
        calendar = with_post(tasks={"draft": "Bea"}).build()
        assert task_in(release(calendar, calendar.member("Bea"), DRAFT, now=NOW)).member is None
        with pytest.raises(Refused, match=r"Bea has draft of post 1 .*, not Anna"):
            release(calendar, calendar.member("Anna"), DRAFT, now=NOW)

    def test_the_owner_stays_responsible_while_a_task_is_on_offer(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        task = task_in(hand_over(calendar, calendar.member("Anna"), DRAFT, now=NOW, to=[BEA], note="sick"))
        assert task.member == ANNA
        assert task.offer
        assert (task.offer.to, task.offer.by, task.offer.note) == ((BEA,), ANNA, "sick")

    def test_a_lead_hands_over_for_another_and_a_member_does_not(self):
        by_anna, by_bea = (
            with_post(tasks={"draft": "Anna"}).build(),
            with_post(tasks={"draft": "Bea"}).build(),
        )
        assert hand_over(by_anna, by_anna.member("Bea"), DRAFT, now=NOW)
        with pytest.raises(Refused, match="Bea has draft"):
            hand_over(by_bea, by_bea.member("Anna"), DRAFT, now=NOW)

    @pytest.mark.parametrize(
        ("to", "reason"), [([CARLO], "no draft skill"), ([ANNA], "Anna has draft .* already")]
    )
    def test_an_offer_goes_to_others_who_can(self, to, reason):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        with pytest.raises(Refused, match=reason):
            hand_over(calendar, calendar.member("Anna"), DRAFT, now=NOW, to=to)

    def test_what_nobody_has_needs_no_offer(self):
        calendar = with_post().build()
        with pytest.raises(Refused, match="nobody has draft"):
            hand_over(calendar, calendar.member("Anna"), DRAFT, now=NOW)

    def test_an_offer_that_nobody_took_is_withdrawn(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        offered = hand_over(calendar, calendar.member("Anna"), DRAFT, now=NOW).on(calendar)
        task = task_in(withdraw_offer(offered, calendar.member("Anna"), DRAFT, now=NOW))
        assert (task.member, task.offer) == (ANNA, None)
        with pytest.raises(Refused, match="not on offer"):
            withdraw_offer(calendar, calendar.member("Anna"), DRAFT, now=NOW)


class TestDone:
    def test_the_state_of_the_post_follows(self):
        calendar = with_post(tasks={"draft": "Anna", "design": "Carlo", "review": "Bea"}).build()
        drafted = task_done(calendar, calendar.member("Anna"), DRAFT, now=NOW)
        assert state_in(drafted) == "drafted"
        rest = [TaskRef(1, "design"), REVIEW]
        approved = tasks_done(drafted.on(calendar), calendar.member("Bea"), rest, now=NOW)
        assert state_in(approved) == "approved"
        back = task_undone(approved.on(calendar), None, DRAFT, now=NOW)
        assert state_in(back) == "planned"
        assert (task_in(back).done_at, task_in(back).done_by, task_in(back).member) == (None, None, ANNA)

    def test_it_was_done_by_whoever_had_it(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        edit = task_done(calendar, calendar.member("Bea"), DRAFT, now=NOW)
        assert (task_in(edit).done_by, task_in(edit).done_at) == (ANNA, NOW)

    def test_or_by_whoever_says_so_when_nobody_had_it(self):
        calendar = with_post().build()
        task = task_in(task_done(calendar, calendar.member("Bea"), DRAFT, now=NOW))
        assert (task.member, task.done_by) == (BEA, BEA)

    def test_or_by_somebody_else_who_is_named(self):
        calendar = with_post(tasks={"draft": "Anna"}).build()
        task = task_in(task_done(calendar, calendar.member("Anna"), DRAFT, now=NOW, by=BEA))
        assert (task.member, task.done_by) == (ANNA, BEA)

    def test_nobody_reviews_their_own_draft_afterwards_either(self):
        calendar = with_post(tasks={"draft": "Anna"}, done=["draft"]).build()
        with pytest.raises(Refused, match="Anna, who wrote the draft"):
            task_done(calendar, calendar.member("Anna"), REVIEW, now=NOW)

    def test_answering_comes_after_publication(self):
        with pytest.raises(Refused, match="not published yet"):
            task_done(with_post().build(), None, ENGAGE, now=NOW)

    def test_publish_done_is_published_and_cannot_be_undone_alone(self):
        calendar = with_post().build()
        out = task_done(calendar, calendar.member("Anna"), TaskRef(1, "publish"), now=NOW)
        assert state_in(out) == "published"
        with pytest.raises(Refused, match="is published"):
            task_undone(out.on(calendar), None, TaskRef(1, "publish"), now=NOW)


def test_effort_and_window_of_one_task_can_be_changed():
    calendar = with_post().build()
    assert task_in(edit_task(calendar, None, DRAFT, now=NOW, effort=90)).effort == 90
    with pytest.raises(BadInput, match="must close on or after"):
        edit_task(calendar, None, DRAFT, now=NOW, opens=1)
