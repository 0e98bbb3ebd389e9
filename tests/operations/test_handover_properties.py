"""People offer, take, swap, decline and give back at random while posts move and days pass: nobody gets a
task that they did not take, and everything can be taken back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cadence.insight.offers import came_from, offers, state_of, today_of
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.model.team import STANDARD_STEPS, Skill
from cadence.operations import absences, channels, members, posts, tasks, team, workflows
from cadence.operations.absences import add_absence
from cadence.operations.edit import Edit
from cadence.operations.handovers import decline_offer, give_back, hand_over, offer_swap, withdraw_offer
from cadence.operations.posts import move_post
from cadence.operations.tasks import claim
from cadence.planner.explaining.obstacles import obstacle
from cadence.store import open_store
from cadence.workspace import Workspace
from tests.builders import NOW, local
from tests.workspace.test_properties import documents

PEOPLE = st.sampled_from(["Anna", "Bea", "Carlo"])
MEMBERS = st.sampled_from([1, 2, 3])
REFS = [TaskRef(post, kind) for post in (1, 2) for kind in ("draft", "design", "review")]
names = count()


def an_office() -> Workspace:
    """Anna, a lead, and Bea can do everything, Carlo designs and reviews; two posts a week apart."""
    workspace = Workspace(open_store(f"memory:hand-overs-{next(names)}"))
    steps = {kind: STANDARD_STEPS[kind] for kind in ("draft", "design", "review")}
    all_skills = tuple(Skill(kind) for kind in steps)
    for operation, arguments, options in (
        (team.set_up_team, ("Officine Rossi",), {"zone": "Europe/Rome"}),
        (workflows.add_workflow, ("Standard", steps), {}),
        (channels.add_channel, ("Blog",), {"workflow": 1}),
        (members.add_member, ("Anna",), {"skills": all_skills, "role": "lead"}),
        (members.add_member, ("Bea",), {"skills": all_skills, "allowance": 90}),
        (members.add_member, ("Carlo",), {"skills": all_skills[1:]}),
        (posts.add_post, (1, "First"), {"at": local("2026-12-03T10:00")}),
        (posts.add_post, (1, "Second"), {"at": local("2026-12-10T10:00")}),
        (tasks.assign, (TaskRef(1, "draft"), 1), {}),
        (tasks.assign, (TaskRef(2, "draft"), 2), {}),
        (tasks.assign, (TaskRef(2, "design"), 3), {}),
    ):
        workspace.run(operation, *arguments, who=None, now=NOW, **options)
    return workspace


class HandOvers(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.office = an_office()
        self.first = self.office.calendar.seq
        self.store = open_store(self.office.url)
        self.start = documents(self.store)
        self.now: datetime = NOW

    @property
    def today(self) -> date:
        return today_of(self.office.calendar, self.now)

    def act(
        self, name: str, operation: Callable[..., Edit], *args: Any, **options: Any
    ) -> dict[TaskRef, Any]:
        """Whose each task is now that was somebody else's before; nothing where it was refused."""
        before = self.office.calendar
        try:
            self.office.run(operation, *args, who=before.member(name), now=self.now, **options)
        except CadenceError:
            assert self.office.calendar is before
        owners, were = owners_in(self.office.calendar), owners_in(before)
        return {ref: owner for ref, owner in owners.items() if owner != were[ref]}

    def chosen(self, data: st.DataObject, *, offered: bool) -> TaskRef:
        """A task, more often one that somebody has, or that is on offer."""
        calendar = self.office.calendar
        likely = (
            list(offers(calendar, self.today)) if offered else [r for r in REFS if calendar.task(r).member]
        )
        return data.draw(st.sampled_from([*likely * 4, *REFS]))

    @rule(data=st.data(), name=PEOPLE, to=st.sets(MEMBERS, max_size=2), days=st.integers(-1, 6) | st.none())
    def offer(self, data: st.DataObject, name: str, to: set[int], days: int | None) -> None:
        ref = self.chosen(data, offered=False)
        until = None if days is None else self.today + timedelta(days=days)
        before = self.office.calendar
        assert not self.act(name, hand_over, ref, to=sorted(to), until=until)
        if self.office.calendar is not before:
            assert name == "Anna" or before.task(ref).member == before.member(name).id
            assert not any(obstacle(before, ref, member) for member in to)
            assert state_of(self.office.calendar, ref, self.today) == "open"

    @rule(data=st.data(), name=PEOPLE)
    def offer_a_swap(self, data: st.DataObject, name: str) -> None:
        ref, wants = (self.chosen(data, offered=False) for _ in range(2))
        assert not self.act(name, offer_swap, ref, wants)

    @rule(data=st.data(), name=PEOPLE)
    def take(self, data: st.DataObject, name: str) -> None:
        ref = self.chosen(data, offered=True)
        task, me = self.office.calendar.task(ref), self.office.calendar.member(name).id
        state = state_of(self.office.calendar, ref, self.today)
        if not (changed := self.act(name, claim, ref)):
            return
        assert task.member is None or (state == "open" and (not task.offer.to or me in task.offer.to))
        gives = {task.offer.wants: task.member} if task.offer and task.offer.wants else {}
        assert changed == {ref: me, **gives}

    @rule(data=st.data(), name=PEOPLE, operation=st.sampled_from([decline_offer, withdraw_offer]))
    def answer(self, data: st.DataObject, name: str, operation: Callable[..., Edit]) -> None:
        assert not self.act(name, operation, self.chosen(data, offered=True))

    @rule(data=st.data())
    def give_it_back(self, data: st.DataObject) -> None:
        ref = self.chosen(data, offered=False)
        origin = came_from(self.office.history(post=ref.post), ref)
        owner = self.office.calendar.members.get(self.office.calendar.task(ref).member or 0)
        if origin and owner:
            changed = self.act(owner.name, give_back, ref, origin.member)
            assert not changed or changed == {ref: origin.member}

    @rule(post=st.sampled_from([1, 2]), days=st.sampled_from([-7, 1, 7]))
    def move(self, post: int, days: int) -> None:
        states = {
            ref: state_of(self.office.calendar, ref, self.today) for ref in owners_in(self.office.calendar)
        }
        assert not self.act("Bea", move_post, post, days=days)
        after = {ref: state_of(self.office.calendar, ref, self.today) for ref in states}
        assert [ref for ref, state in after.items() if state] == [
            ref for ref, state in states.items() if state
        ]

    @rule(name=PEOPLE, start=st.integers(3, 14), length=st.integers(0, 4), offer=st.booleans())
    def go_away(self, name: str, start: int, length: int, offer: bool) -> None:
        first = self.today + timedelta(days=start)
        me = self.office.calendar.member(name).id
        assert not self.act(name, add_absence, me, first, first + timedelta(days=length), offer=offer)

    @rule(name=PEOPLE, absence=st.integers(1, 3))
    def come_back(self, name: str, absence: int) -> None:
        assert not self.act(name, absences.remove_absence, absence)

    @rule(days=st.integers(1, 2))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if self.office.calendar.seq > self.first:
            seq = data.draw(st.integers(self.first + 1, self.office.calendar.seq))
            try:
                self.office.undo(self.office.calendar.member("Anna"), self.now, seq)
            except CadenceError:
                return

    @invariant()
    def what_is_on_offer_is_somebodys(self) -> None:
        calendar = self.office.calendar
        for ref in offers(calendar, self.today):
            assert calendar.task(ref).member is not None
            assert calendar.task(ref).member not in calendar.task(ref).offer.to
        for post in calendar.posts.values():
            draft, review = post.tasks["draft"].member, post.tasks["review"].member
            assert draft is None or draft != review

    def teardown(self) -> None:
        anna = self.office.calendar.member("Anna")
        for seq in range(self.office.calendar.seq, self.first, -1):
            self.office.undo(anna, self.now, seq)
        self.store.refresh()
        assert documents(self.store) == self.start


def owners_in(calendar: Calendar) -> dict[TaskRef, int | None]:
    return {
        TaskRef(post.id, kind): task.member
        for post in calendar.posts.values()
        for kind, task in post.tasks.items()
    }


TestHandOvers = HandOvers.TestCase
TestHandOvers.settings = settings(max_examples=30, stateful_step_count=30)


@pytest.mark.parametrize(("operation", "state"), [(hand_over, "on offer"), (tasks.pin, "pinned")])
def test_an_assignment_is_not_undone_from_under_an_offer_or_a_pin(operation, state):
    office, ref = an_office(), TaskRef(1, "review")
    bea = office.calendar.member("Bea")
    given = office.run(tasks.assign, ref, bea.id, who=bea, now=NOW)
    office.run(operation, ref, who=bea, now=NOW)
    with pytest.raises(CadenceError, match=f"is {state}, and nobody would have it"):
        office.undo(bea, NOW, given.change.seq)


def test_nor_does_who_had_a_task_before_get_it_back_with_anothers_offer():
    office, ref = an_office(), TaskRef(1, "draft")
    anna, bea = (office.calendar.member(name) for name in ("Anna", "Bea"))
    given = office.run(tasks.assign, ref, bea.id, who=anna, now=NOW)
    office.run(hand_over, ref, who=bea, now=NOW)
    with pytest.raises(CadenceError, match=r"draft of post 1 is on offer .* by Bea"):
        office.undo(anna, NOW, given.change.seq)
