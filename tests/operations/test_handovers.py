"""An offer from hand to hand: taken, declined, expired, withdrawn, swapped, given back; each rule once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cadence.insight.offers import state_of
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Task, TaskRef
from cadence.model.rota import Rota
from cadence.model.team import Skill
from cadence.operations.absences import add_absence, offer_hit
from cadence.operations.edit import Edit
from cadence.operations.handovers import (
    decline_offer,
    give_back,
    hand_over,
    offer_swap,
    take_offer,
)
from cadence.operations.holding import Taken
from cadence.operations.members import remove_member
from cadence.operations.posts import move_post, place_on_slot, publish_post, skip_post
from cadence.operations.tasks import assign, claim, release, task_done
from tests.builders import NOW, CalendarBuilder, a_calendar, day

DRAFT, DESIGN, REVIEW, ENGAGE = (TaskRef(1, kind) for kind in ("draft", "design", "review", "engage"))
OTHER = TaskRef(2, "draft")
ANNA, BEA, CARLO = 1, 2, 3
WEDNESDAY = NOW + timedelta(days=2)
"""A day after the draft's last day, if the offer ends on Tuesday 24 November."""


def a_team(**fields: Any) -> CalendarBuilder:
    """Anna has the draft of post 1, due on Tuesday 1 December, and its design, due a day later; Bea has the
    draft of post 2, due a week later. Both can do everything; Carlo only designs. Dora leads."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna", allowance=120)
        .with_member("Bea", allowance=120)
        .with_member("Carlo", skills=[Skill("design")])
        .with_member("Dora", role="lead", skills=[])
        .with_post("Blog", "2026-12-03T10:00", "Storia", tasks={"draft": "Anna", "design": "Anna"}, **fields)
        .with_post("Blog", "2026-12-10T10:00", "Dicembre", tasks={"draft": "Bea"})
    )


def act(
    calendar: Calendar, name: str, operation: Callable[..., Edit], *args: Any, **options: Any
) -> Calendar:
    """The calendar once somebody has done something."""
    options.setdefault("now", NOW)
    return operation(calendar, calendar.member(name), *args, **options).on(calendar)


def said(calendar: Calendar, name: str, operation: Callable[..., Edit], *args: Any, **options: Any) -> str:
    return operation(calendar, calendar.member(name), *args, now=NOW, **options).said


def offered(**options: Any) -> Calendar:
    """Anna has offered the draft of post 1."""
    return act(a_team().build(), "Anna", hand_over, DRAFT, **options)


class TestOffer:
    @pytest.mark.parametrize(
        ("calendar", "ref", "reason"),
        [
            (a_team().build(), REVIEW, "nobody has review"),
            (act(a_team().build(), "Anna", task_done, DRAFT), DRAFT, "is done, by Anna"),
            (act(a_team().build(), "Anna", skip_post, 1, "no time"), DRAFT, "is skipped"),
            (act(a_team().build(), "Anna", move_post, 1, days=-14), DRAFT, "was due on Tue 17 Nov"),
        ],
        ids=["nobody has it", "it is done", "its post is skipped", "its window is closed"],
    )
    def test_of_nothing_is_refused(self, calendar, ref, reason):
        with pytest.raises(Refused, match=reason):
            act(calendar, "Dora", hand_over, ref)

    def test_to_anyone_needs_somebody_who_could(self):
        calendar = a_team().with_absence("Bea", "2026-11-20", "2026-12-04").build()
        with pytest.raises(Refused, match="nobody else could take draft of post 1"):
            act(calendar, "Anna", hand_over, DRAFT)

    def test_says_what_it_would_do_to_whom_it_names(self):
        assert "to Bea (60′: 0 % → 50 %)" in said(a_team().build(), "Anna", hand_over, DRAFT, to=[BEA])

    @pytest.mark.parametrize(("until", "is_good"), [("2026-11-22", False), ("2026-11-23", True),
                                                    ("2026-12-01", True), ("2026-12-02", False)])  # fmt: skip
    def test_ends_between_today_and_the_day_the_task_is_due(self, until, is_good):
        if is_good:
            assert offered(until=day(until))
        else:
            with pytest.raises(BadInput, match="cannot last until"):
                offered(until=day(until))

    def test_goes_when_the_task_changes_hands_otherwise(self):
        for calendar in (act(offered(), "Dora", assign, DRAFT, BEA), act(offered(), "Anna", release, DRAFT)):
            assert calendar.task(DRAFT).offer is None

    def test_is_made_for_an_owner_by_a_lead_which_the_history_says(self):
        assert said(a_team().build(), "Dora", hand_over, DRAFT).endswith("(Dora for Anna)")
        with pytest.raises(Refused, match="Anna has draft of post 1"):
            act(a_team().build(), "Bea", hand_over, DRAFT)

    def test_is_made_by_the_lead_of_the_week_too(self):
        calendar = a_team().build().put(Rota(order=(CARLO,), start=day("2026-11-16")))
        assert act(calendar, "Carlo", hand_over, DRAFT).task(DRAFT).offer


class TestTake:
    def test_the_task_changes_hands_and_the_offer_is_gone(self):
        after = act(offered(), "Bea", claim, DRAFT)
        assert after.task(DRAFT) == Task(60, -5, -2, member=BEA)

    def test_only_one_gets_it(self):
        calendar = a_team().with_member("Emil").build()
        taken = act(act(calendar, "Anna", hand_over, DRAFT), "Bea", claim, DRAFT)
        with pytest.raises(Taken, match="Bea has draft"):
            act(taken, "Emil", claim, DRAFT)

    def test_an_offer_that_has_ended_cannot_be_taken(self):
        calendar = offered(until=day("2026-11-24"))
        assert act(calendar, "Bea", claim, DRAFT, now=NOW + timedelta(days=1)).task(DRAFT).member == BEA
        with pytest.raises(Refused, match=r"Anna's: the offer ended on Tue 24 Nov - ask Anna"):
            act(calendar, "Bea", claim, DRAFT, now=WEDNESDAY)

    def test_without_a_last_day_it_ends_when_the_task_is_due(self):
        with pytest.raises(Refused, match="ended on Tue 1 Dec"):
            act(offered(), "Bea", claim, DRAFT, now=NOW + timedelta(days=9))

    def test_a_lead_takes_for_who_is_away_and_for_nobody_else(self):
        calendar = offered(to=[BEA])
        with pytest.raises(Refused, match="Bea is not away"):
            act(calendar, "Dora", take_offer, DRAFT, member=BEA)
        away = act(calendar, "Bea", add_absence, BEA, day("2026-11-23"), day("2026-11-27"))
        with pytest.raises(Refused, match="Bea was asked, not Carlo"):
            act(away, "Carlo", take_offer, DRAFT, member=BEA)
        assert said(away, "Dora", take_offer, DRAFT, member=BEA).endswith("(Dora for Bea)")

    def test_it_is_given_back_to_whom_it_came_from(self):
        taken = act(offered(), "Bea", claim, DRAFT)
        assert act(taken, "Bea", give_back, DRAFT, ANNA).task(DRAFT).member == ANNA
        with pytest.raises(Refused, match=r"Bea has draft of post 1 .*, not Anna"):
            act(taken, "Anna", give_back, DRAFT, BEA)

    def test_but_not_to_somebody_who_could_not_do_it(self):
        away = act(offered(), "Anna", add_absence, ANNA, day("2026-11-23"), day("2026-12-04"))
        with pytest.raises(Refused, match=r"Anna cannot take draft .*: away until"):
            act(act(away, "Bea", claim, DRAFT), "Bea", give_back, DRAFT, ANNA)


class TestDecline:
    def test_when_all_who_were_named_have_the_owner_keeps_it(self):
        calendar = act(a_team().build(), "Anna", hand_over, DESIGN, to=[BEA, CARLO])
        once = act(calendar, "Bea", decline_offer, DESIGN)
        assert state_of(once, DESIGN, NOW.date()) == "open"
        assert said(once, "Carlo", decline_offer, DESIGN, note="too much").endswith(
            ": too much; Anna keeps it"
        )
        twice = act(once, "Carlo", decline_offer, DESIGN)
        assert state_of(twice, DESIGN, NOW.date()) == "declined"
        with pytest.raises(Refused, match="everybody who was asked has declined"):
            act(twice, "Bea", claim, DESIGN)

    def test_who_declined_may_change_their_mind_while_it_is_open(self):
        calendar = act(a_team().build(), "Anna", hand_over, DESIGN, to=[BEA, CARLO])
        assert (
            act(act(calendar, "Bea", decline_offer, DESIGN), "Bea", claim, DESIGN).task(DESIGN).member == BEA
        )

    def test_an_offer_to_anyone_outlives_every_no(self):
        calendar = act(offered(), "Bea", decline_offer, DRAFT)
        assert state_of(calendar, DRAFT, NOW.date()) == "open"

    def test_twice_is_once(self):
        assert not decline_offer(
            act(offered(), "Bea", decline_offer, DRAFT), offered().member("Bea"), DRAFT, now=NOW
        )

    def test_only_those_who_were_asked(self):
        for name in ("Anna", "Carlo"):
            with pytest.raises(Refused, match=f"is not on offer to {name}"):
                act(offered(to=[BEA]), name, decline_offer, DRAFT)

    @pytest.mark.parametrize("note", ["no\nno", "x" * 301])
    def test_the_reason_is_one_short_line(self, note):
        with pytest.raises(BadInput, match="note"):
            act(offered(), "Bea", decline_offer, DRAFT, note=note)


class TestSwap:
    def swap(self) -> Calendar:
        return act(a_team().build(), "Anna", offer_swap, DRAFT, OTHER)

    def test_both_tasks_change_hands_at_once(self):
        after = act(self.swap(), "Bea", claim, DRAFT)
        assert (after.task(DRAFT).member, after.task(OTHER).member) == (BEA, ANNA)
        assert (after.task(DRAFT).offer, after.task(OTHER).offer) == (None, None)

    def test_nothing_changes_before_the_other_agrees(self):
        calendar = self.swap()
        assert (calendar.task(DRAFT).member, calendar.task(OTHER).member) == (ANNA, BEA)
        with pytest.raises(Taken):
            act(calendar, "Carlo", claim, DRAFT)

    @pytest.mark.parametrize(
        ("name", "operation", "arguments"),
        [
            ("Bea", release, (OTHER,)),
            ("Dora", assign, (OTHER, ANNA)),
            ("Bea", task_done, (OTHER,)),
            ("Bea", skip_post, (2, "no time")),
        ],
        ids=["released", "assigned", "done", "skipped"],
    )
    def test_it_is_void_once_the_other_task_is_not_theirs_to_give(self, name, operation, arguments):
        calendar = act(self.swap(), name, operation, *arguments)
        assert state_of(calendar, DRAFT, NOW.date()) == "void"
        with pytest.raises(Refused, match="the draft of post 2 is not Bea's to give any more"):
            act(calendar, "Bea", claim, DRAFT)

    def test_the_draft_and_the_review_of_one_post_can_be_swapped(self):
        calendar = act(a_team().build(), "Bea", claim, REVIEW)
        after = act(act(calendar, "Anna", offer_swap, DRAFT, REVIEW), "Bea", claim, DRAFT)
        assert (after.task(DRAFT).member, after.task(REVIEW).member) == (BEA, ANNA)

    @pytest.mark.parametrize(
        ("calendar", "wants", "reason"),
        [
            (a_team().build(), TaskRef(2, "review"), "nobody has review of post 2"),
            (a_team().build(), DESIGN, "Anna has both"),
            (
                act(a_team().build(), "Dora", assign, TaskRef(2, "design"), CARLO),
                TaskRef(2, "design"),
                "Carlo cannot take draft of post 1 .*: no draft skill",
            ),
            (
                a_team().with_absence("Anna", "2026-12-02", "2026-12-09").build(),
                OTHER,
                "Anna cannot take draft of post 2 .*: away until Wed 9 Dec",
            ),
        ],
        ids=["nobody has the other", "one has both", "no skill", "away"],
    )
    def test_it_is_refused_where_one_could_not_do_the_others(self, calendar, wants, reason):
        with pytest.raises(Refused, match=reason):
            act(calendar, "Anna", offer_swap, DRAFT, wants)

    def test_nobody_reviews_their_own_draft_after_it(self):
        calendar = act(a_team().build(), "Bea", claim, REVIEW)
        with pytest.raises(Refused, match="reviews this post"):
            act(act(calendar, "Anna", offer_swap, DRAFT, OTHER), "Bea", claim, DRAFT)

    def test_nobody_gets_more_than_they_have_time_for(self):
        # Bea's week of 30 November has 100 of 120 minutes taken: 60 more are too many.
        calendar = a_team().with_post("Blog", "2026-12-04T10:00").build()
        for kind in ("draft", "design", "publish"):
            calendar = act(calendar, "Dora", assign, TaskRef(3, kind), BEA)
        with pytest.raises(
            Refused, match=r"Bea cannot take draft of post 1 .*35′ over capacity in the week of"
        ):
            act(calendar, "Anna", offer_swap, DRAFT, OTHER)

    def test_who_has_too_much_may_swap_for_less(self):
        busy = (
            a_team().with_post("Blog", "2026-12-04T10:00", tasks={"draft": "Anna", "publish": "Bea"}).build()
        )
        assert act(busy, "Anna", offer_swap, DRAFT, TaskRef(3, "publish")).task(DRAFT).offer


class TestMoves:
    def test_an_offer_follows_its_post(self):
        calendar = act(offered(until=day("2026-11-26")), "Bea", move_post, 1, days=7)
        assert calendar.task(DRAFT).offer.until == day("2026-12-03")

    def test_onto_a_slot_too(self):
        calendar = offered(until=day("2026-11-26"))
        builder = a_calendar().with_channel("Blog").with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU")
        calendar = calendar.put(*builder.build().rhythms.values())
        slot = builder.with_post("Blog", "2026-12-08T09:00", slot="2026-12-08T09:00").build().posts[1].slot
        assert act(calendar, "Bea", place_on_slot, 1, slot).task(DRAFT).offer.until == day("2026-12-01")

    def test_the_answering_follows_the_publication(self):
        calendar = act(a_team().build(), "Dora", assign, ENGAGE, ANNA)
        calendar = act(calendar, "Anna", hand_over, ENGAGE, until=day("2026-12-03"))
        late = NOW + timedelta(days=14)
        after = act(calendar, "Bea", publish_post, 1, now=late)
        assert after.task(ENGAGE).offer.until == day("2026-12-07")
        assert state_of(after, ENGAGE, late.date()) == "open"

    def test_who_leaves_is_asked_no_more_and_their_no_is_forgotten(self):
        calendar = a_team().with_member("Emil").build()
        calendar = act(calendar, "Anna", hand_over, DRAFT, to=[BEA, 5])
        calendar = act(calendar, "Emil", decline_offer, DRAFT)
        after = act(calendar, "Dora", remove_member, 5)
        assert (after.task(DRAFT).offer.to, after.task(DRAFT).offer.declined) == ((BEA,), ())


class TestAbsence:
    def test_it_offers_what_it_leaves_no_time_for_in_the_same_change(self):
        calendar = a_team().build()
        edit = add_absence(
            calendar, calendar.member("Anna"), ANNA, day("2026-11-24"), day("2026-12-01"), now=NOW, offer=True
        )
        assert edit.said.endswith("offered to anyone: draft of post 1")
        assert edit.on(calendar).task(DRAFT).offer
        assert not edit.on(calendar).task(DESIGN).offer, "Wednesday is left for the design"

    def test_only_for_oneself_or_as_a_lead(self):
        calendar = a_team().build()
        dates = day("2026-11-24"), day("2026-12-04")
        with pytest.raises(Refused, match="Anna or a lead can hand it over"):
            act(calendar, "Bea", add_absence, ANNA, *dates, offer=True)
        away = act(calendar, "Bea", add_absence, ANNA, *dates)
        assert said(away, "Dora", offer_hit, 1).endswith(
            "draft of post 1 and design of post 1 (Dora for Anna)"
        )

    def test_what_nobody_else_could_do_is_named(self):
        calendar = a_team().with_absence("Bea", "2026-11-20", "2026-12-04").build()
        calendar = act(calendar, "Anna", add_absence, ANNA, day("2026-11-20"), day("2026-12-04"))
        assert said(calendar, "Anna", offer_hit, 2) == (
            "Offered to anyone: design of post 1; nobody else could take: draft of post 1"
        )

    def test_what_is_on_offer_stays_as_it_is(self):
        calendar = act(offered(to=[BEA]), "Anna", add_absence, ANNA, day("2026-11-20"), day("2026-12-01"))
        assert not offer_hit(calendar, calendar.member("Anna"), 1, now=NOW)

    def test_where_it_hits_nothing_nothing_is_offered(self):
        calendar = act(a_team().build(), "Anna", add_absence, ANNA, day("2027-01-04"), day("2027-01-08"))
        assert "No task of Anna falls wholly into" in said(calendar, "Anna", offer_hit, 1)
