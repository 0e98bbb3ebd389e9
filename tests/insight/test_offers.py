"""How an offer stands, who is asked, whom a change concerns, and what an absence hits."""

from collections.abc import Callable
from typing import Any

import pytest

from cadence.insight.offers import (
    Origin,
    affected,
    came_from,
    last_day,
    offers,
    offers_of,
    offers_to,
    state_of,
    tasks_hit,
)
from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.post import TaskRef
from cadence.model.team import Skill
from cadence.operations.edit import Edit
from cadence.operations.handovers import decline_offer, hand_over, offer_swap
from cadence.operations.posts import add_post, edit_post, move_post, skip_post
from cadence.operations.tasks import assign, claim, release
from cadence.planner.explaining.askable import askable, asked, takers
from cadence.store import open_store
from cadence.workspace import Workspace
from tests.builders import NOW, CalendarBuilder, a_calendar, day

DRAFT, DESIGN, OTHER = TaskRef(1, "draft"), TaskRef(1, "design"), TaskRef(2, "draft")
ANNA, BEA, CARLO, BLU = 1, 2, 3, 4
TODAY = day("2026-11-23")


def a_team() -> CalendarBuilder:
    """Anna has the draft of post 1, due on 1 December; Bea that of post 2, due on 8 December. Both can do
    everything in two hours a week, so can the partner; Carlo only designs."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna", allowance=120)
        .with_member("Bea", allowance=120)
        .with_member("Carlo", skills=[Skill("design")])
        .with_member("Studio Blu", kind="partner", allowance=120, cost_per_hour=4000)
        .with_post("Blog", "2026-12-03T10:00", tasks={"draft": "Anna"})
        .with_post("Blog", "2026-12-10T10:00", tasks={"draft": "Bea"})
    )


def act(
    calendar: Calendar, name: str, operation: Callable[..., Edit], *args: Any, **options: Any
) -> Calendar:
    return operation(calendar, calendar.member(name), *args, now=NOW, **options).on(calendar)


def offered(**options: Any) -> Calendar:
    return act(a_team().build(), "Anna", hand_over, DRAFT, **options)


class TestHowItStands:
    @pytest.mark.parametrize(
        ("until", "today", "state"),
        [
            (None, "2026-12-01", "open"),
            (None, "2026-12-02", "expired"),
            ("2026-11-25", "2026-11-25", "open"),
            ("2026-11-25", "2026-11-26", "expired"),
        ],
    )
    def test_it_expires_by_the_day_alone(self, until, today, state):
        calendar = offered(until=day(until) if until else None)
        assert state_of(calendar, DRAFT, day(today)) == state

    def test_a_task_that_is_not_on_offer_has_no_state(self):
        assert state_of(offered(), OTHER, TODAY) is None
        assert state_of(act(offered(), "Bea", skip_post, 1, "no time"), DRAFT, TODAY) is None

    def test_it_never_outlasts_the_window_wherever_the_post_goes(self):
        sooner = act(offered(until=day("2026-12-01")), "Bea", move_post, 1, to=day("2026-11-27"))
        assert last_day(sooner, DRAFT) == day("2026-11-25")

    def test_a_swap_ends_when_the_first_of_its_tasks_is_due(self):
        assert last_day(act(a_team().build(), "Bea", offer_swap, OTHER, DRAFT), OTHER) == day("2026-12-01")


class TestLists:
    def test_the_most_urgent_comes_first_and_what_is_over_is_left_out(self):
        calendar = act(offered(), "Bea", hand_over, OTHER)
        assert list(offers(calendar, TODAY)) == [DRAFT, OTHER]
        assert list(offers(calendar, day("2026-12-02"))) == [OTHER]

    def test_what_waits_for_my_answer(self):
        assert offers_to(offered(to=[BEA]), BEA, TODAY) == [DRAFT]
        assert offers_to(offered(to=[BEA]), CARLO, TODAY) == []
        assert offers_to(act(offered(), "Bea", decline_offer, DRAFT), BEA, TODAY) == []
        assert offers_to(offered(until=TODAY), BEA, day("2026-11-24")) == []

    def test_how_mine_stand_even_when_nobody_wants_them(self):
        calendar = act(offered(to=[BEA]), "Bea", decline_offer, DRAFT)
        assert offers_of(calendar, ANNA, TODAY) == [DRAFT]
        assert offers_of(calendar, BEA, TODAY) == []


class TestAsked:
    def test_only_people_whom_it_fits_with_load_before_and_after(self):
        found = [
            (one.member, one.before.minutes, one.after.minutes) for one in askable(offered(), DRAFT, NOW)
        ]
        assert found == [(BEA, 0, 60), (BLU, 0, 60)]

    def test_nobody_whose_week_is_full(self):
        calendar = offered()
        for post in ("2026-12-03T12:00", "2026-12-03T15:00"):
            calendar = act(calendar, "Bea", add_post, 1, "More", at=NOW.fromisoformat(post))
        for post in (3, 4):
            calendar = act(calendar, "Anna", assign, TaskRef(post, "draft"), BEA)
        assert BEA not in [one.member for one in askable(calendar, DRAFT, NOW)]

    def test_an_offer_to_anyone_asks_colleagues_and_a_partner_only_by_name(self):
        assert [one.member for one in asked(offered(), DRAFT, NOW)] == [BEA]
        assert [one.member for one in asked(offered(to=[BLU]), DRAFT, NOW)] == [BLU]

    def test_who_declined_is_not_asked_again(self):
        assert asked(act(offered(), "Bea", decline_offer, DRAFT), DRAFT, NOW) == []

    def test_one_person_is_not_proposed_for_more_than_fits(self):
        more = a_team().with_post("Blog", "2026-12-03T12:00").with_post("Blog", "2026-12-03T15:00")
        drafts = [TaskRef(post, "draft") for post in (3, 4)]
        calendar = act(act(more.build(), "Anna", assign, DESIGN, BEA), "Anna", assign, DRAFT, BEA)
        proposed = [best.member if best else None for _, best in takers(calendar, drafts, NOW)]
        assert proposed == [ANNA, ANNA]
        three = [*drafts, DRAFT]
        assert [best.member if best else None for _, best in takers(calendar, three, NOW)][2] == BLU


class TestAbsences:
    @pytest.mark.parametrize(
        ("first", "last", "hit"),
        [
            ("2026-11-24", "2026-12-01", [DRAFT]),
            ("2026-11-27", "2026-12-10", []),
            ("2026-11-26", "2026-11-30", []),
            ("2026-12-02", "2026-12-10", []),
        ],
        ids=["the whole window", "its first day is left", "its last day is left", "after it"],
    )
    def test_what_has_no_day_left_is_hit(self, first, last, hit):
        calendar = a_team().with_absence("Anna", first, last).build()
        assert tasks_hit(calendar, calendar.absences[1], TODAY) == hit

    def test_days_that_have_passed_are_none_that_are_left(self):
        calendar = a_team().with_absence("Anna", "2026-11-27", "2026-12-10").build()
        assert tasks_hit(calendar, calendar.absences[1], day("2026-11-27")) == [DRAFT]
        assert tasks_hit(calendar, calendar.absences[1], day("2026-12-02")) == []

    def test_two_absences_and_a_weekend_leave_nothing_between_them(self):
        team = a_team().with_absence("Anna", "2026-11-26", "2026-11-27")
        calendar = team.with_absence("Anna", "2026-11-30", "2026-12-01").build()
        assert tasks_hit(calendar, calendar.absences[2], TODAY) == [DRAFT]


class Office:
    """A calendar in a store, for what changes say."""

    def __init__(self, name: str) -> None:
        self.workspace = Workspace(open_store(f"memory:{name}"))
        start = Edit("Start", everything(a_team().build()))
        self.workspace.run(lambda *_, **__: start, who=None, now=NOW)

    def act(self, name: str, operation: Callable[..., Edit], *args: Any, **options: Any) -> Change:
        who = self.workspace.calendar.member(name)
        change = self.workspace.run(operation, *args, who=who, now=NOW, **options).change
        assert change is not None
        return change

    def told(self, name: str, operation: Callable[..., Edit], *args: Any, **options: Any) -> set[str]:
        """The names of those whom it concerns."""
        change = self.act(name, operation, *args, **options)
        calendar = self.workspace.calendar
        return {calendar.members[id].name for id in affected(calendar, change)}


def everything(calendar: Calendar) -> tuple[Any, ...]:
    tables = (calendar.workflows, calendar.channels, calendar.members, calendar.posts)
    return (calendar.team, *(value for table in tables for value in table.values()))


class TestWhatChangesSay:
    @pytest.fixture
    def office(self, request) -> Office:
        return Office(request.node.name)

    def test_exactly_those_are_told_whose_work_changed(self, office):
        assert office.told("Anna", hand_over, DRAFT, to=[BEA]) == {"Bea"}
        assert office.told("Bea", decline_offer, DRAFT) == {"Anna"}
        assert office.told("Anna", hand_over, DRAFT) == set()
        assert office.told("Bea", claim, DRAFT) == {"Anna"}
        assert office.told("Anna", assign, DESIGN, CARLO) == {"Carlo"}
        assert office.told("Anna", assign, DESIGN, BEA) == {"Bea", "Carlo"}
        assert office.told("Carlo", move_post, 1, days=1) == {"Bea"}
        assert office.told("Carlo", edit_post, 1, title="Another title") == set()
        assert office.told("Bea", skip_post, 2, "no time") == set()

    def test_both_are_told_of_a_swap_that_a_third_takes_back(self, office):
        assert office.told("Anna", offer_swap, DRAFT, OTHER) == {"Bea"}
        swap = office.act("Bea", claim, DRAFT)
        undone = office.workspace.undo(office.workspace.calendar.member("Carlo"), NOW, swap.seq).change
        assert affected(office.workspace.calendar, undone) == {ANNA, BEA}

    def test_from_whom_a_task_came_is_in_the_history(self, office):
        def origin(ref: TaskRef) -> Origin | None:
            return came_from(office.workspace.history(post=ref.post), ref)

        assert origin(DRAFT) is None
        office.act("Anna", hand_over, DRAFT)
        taken = office.act("Bea", claim, DRAFT)
        office.act("Anna", assign, DESIGN, CARLO)
        assert origin(DRAFT) == Origin(ANNA, taken.seq, swapped=False)
        office.act("Bea", release, DRAFT)
        office.act("Anna", claim, DRAFT)
        assert origin(DRAFT) is None, "nobody had it before"
        office.act("Anna", offer_swap, DRAFT, OTHER)
        swap = office.act("Bea", claim, DRAFT)
        assert origin(OTHER) == Origin(BEA, swap.seq, swapped=True)
        assert origin(DRAFT) == Origin(ANNA, swap.seq, swapped=True)
