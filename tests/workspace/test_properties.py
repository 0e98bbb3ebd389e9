"""Two people do anything that they may, in any order: the snapshot always is what the store holds, the rules
hold, and everything can be taken back."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cadence.model.calendar import Calendar
from cadence.model.documents import TABLES
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import STANDARD_STEPS, Skill, TaskKind
from cadence.operations import channels, handovers, members, posts, rhythms, tasks, team, workflows
from cadence.operations.progress import state_from
from cadence.store import Store, open_store
from cadence.workspace import Workspace
from tests.builders import NOW, local

THURSDAYS = [local("2026-11-26T10:00") + timedelta(weeks=week) for week in range(3)]
TIMES = st.sampled_from([*THURSDAYS, local("2026-11-27T09:00"), local("2026-11-20T10:00")])
SLOTS = st.sampled_from([SlotKey(1, moment) for moment in THURSDAYS])
PEOPLE = st.sampled_from(["Anna", "Bea"])
KINDS: st.SearchStrategy[TaskKind] = st.sampled_from(["draft", "review", "publish"])
POSTS = st.integers(1, 3)
GIVING_AWAY = [
    tasks.release,
    tasks.unassign,
    handovers.hand_over,
    handovers.withdraw_offer,
    tasks.task_undone,
]
names = count()


def a_small_team(store: Store) -> Workspace:
    """Two people who can do everything, a blog with a slot each Thursday, the first two filled."""
    workspace = Workspace(store)
    steps = {kind: STANDARD_STEPS[kind] for kind in ("draft", "review", "publish")}
    skills = tuple(Skill(kind) for kind in steps)
    for operation, arguments, options in (
        (team.set_up_team, ("Officine Rossi",), {"zone": "Europe/Rome"}),
        (workflows.add_workflow, ("Standard", steps), {}),
        (channels.add_channel, ("Blog",), {"workflow": 1}),
        (members.add_member, ("Anna",), {"skills": skills, "role": "lead"}),
        (members.add_member, ("Bea",), {"skills": skills}),
        (rhythms.add_rhythm, (1, "FREQ=WEEKLY;BYDAY=TH", time(10)), {}),
        (posts.add_post, (1, "First"), {"at": THURSDAYS[0]}),
        (posts.add_post, (1, "Second"), {"at": THURSDAYS[1]}),
    ):
        workspace.run(operation, *arguments, who=None, now=NOW, **options)
    return workspace


def documents(store: Store) -> dict[str, dict[int, dict[str, Any]]]:
    """All content, without revisions."""
    return {
        table: {
            id: {name: field for name, field in document.items() if name not in ("rev", "modified")}
            for id, document in store.documents(table).items()
        }
        for table in TABLES
    }


def assert_same(one: Calendar, other: Calendar) -> None:
    """Equal values, counters and indexes."""
    assert one.seq == other.seq
    assert dict(one.next_ids) == dict(other.next_ids)
    assert all(getattr(one, table) == getattr(other, table) for table in TABLES)
    assert one.index.timeline == other.index.timeline
    assert one.index.by_day == other.index.by_day
    for name in ("by_member_week", "by_slot"):
        mine, right = getattr(one.index, name), getattr(other.index, name)
        assert {key: sorted(ids) for key, ids in mine.items()} == {
            key: sorted(ids) for key, ids in right.items()
        }


class TwoPeople(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        url = f"memory:two-people-{next(names)}"
        self.anna = a_small_team(open_store(url))
        self.beas_store = open_store(url)
        self.bea = Workspace(self.beas_store)
        self.witness = open_store(url)
        self.latest = self.anna
        self.start_seq = self.anna.calendar.seq
        self.start = documents(self.witness)

    def door_of(self, person: str) -> Workspace:
        """The one who acts next. The other does not hear of it until it is their turn."""
        self.latest = self.anna if person == "Anna" else self.bea
        return self.latest

    def act(self, person: str, operation: Callable[..., Any], *args: Any, **options: Any) -> None:
        door = self.door_of(person)
        before = door.calendar.seq
        try:
            door.run(operation, *args, who=door.calendar.member(person), now=NOW, **options)
        except CadenceError:
            assert not any(change.by == person for change in door.history(since=before + 1))

    @rule(person=PEOPLE, at=TIMES)
    def add_post(self, person: str, at: datetime) -> None:
        if len(self.anna.calendar.posts) < 4:
            self.act(person, posts.add_post, 1, "A post", at=at)

    @rule(person=PEOPLE, post=POSTS, days=st.sampled_from([-7, 1, 7]))
    def move(self, person: str, post: int, days: int) -> None:
        self.act(person, posts.move_post, post, days=days)

    @rule(person=PEOPLE, chosen=st.lists(POSTS, max_size=3), days=st.sampled_from([-1, 7]))
    def move_many(self, person: str, chosen: list[int], days: int) -> None:
        self.act(person, posts.move_posts, chosen, days=days)

    @rule(person=PEOPLE, post=POSTS, slot=SLOTS | st.none())
    def place(self, person: str, post: int, slot: SlotKey | None) -> None:
        self.act(person, posts.place_on_slot, post, slot)

    @rule(person=PEOPLE, post=POSTS)
    def skip(self, person: str, post: int) -> None:
        self.act(person, posts.skip_post, post, "no time")

    @rule(person=PEOPLE, post=POSTS, as_extra=st.booleans())
    def restore(self, person: str, post: int, as_extra: bool) -> None:
        self.act(person, posts.restore_post, post, as_extra=as_extra)

    @rule(person=PEOPLE, post=POSTS)
    def publish(self, person: str, post: int) -> None:
        self.act(person, posts.publish_post, post)

    @rule(person=PEOPLE, post=POSTS, kind=KINDS, member=st.sampled_from([1, 2]))
    def assign(self, person: str, post: int, kind: TaskKind, member: int) -> None:
        self.act(person, tasks.assign, TaskRef(post, kind), member)

    @rule(person=PEOPLE, post=POSTS, kind=KINDS)
    def claim(self, person: str, post: int, kind: TaskKind) -> None:
        self.act(person, tasks.claim, TaskRef(post, kind))

    @rule(person=PEOPLE, post=POSTS, kind=KINDS)
    def done(self, person: str, post: int, kind: TaskKind) -> None:
        self.act(person, tasks.task_done, TaskRef(post, kind))

    @rule(person=PEOPLE, post=POSTS, kind=KINDS, operation=st.sampled_from(GIVING_AWAY))
    def give_away(self, person: str, post: int, kind: TaskKind, operation: Callable[..., Any]) -> None:
        self.act(person, operation, TaskRef(post, kind))

    @rule(at=st.sampled_from([time(10), time(11)]), from_date=st.sampled_from([None, THURSDAYS[1].date()]))
    def change_the_rhythm(self, at: time, from_date: Any) -> None:
        self.act("Anna", rhythms.edit_rhythm, 1, at=at, from_date=from_date)

    @rule(person=PEOPLE)
    def look(self, person: str) -> None:
        self.door_of(person).refresh()

    @rule(person=PEOPLE, redo=st.booleans())
    def take_back(self, person: str, redo: bool) -> None:
        door = self.door_of(person)
        try:
            (door.redo if redo else door.undo)(door.calendar.member(person), NOW)
        except CadenceError:
            return

    @rule(data=st.data())
    def take_anything_back(self, data: st.DataObject) -> None:
        newest = self.witness.seq
        if newest > self.start_seq:
            seq = data.draw(st.integers(self.start_seq + 1, newest))
            try:
                self.door_of("Anna").undo(self.anna.calendar.member("Anna"), NOW, seq)
            except CadenceError:
                return

    @invariant()
    def the_snapshot_is_what_the_store_holds(self) -> None:
        self.witness.refresh()
        fresh = Calendar.load(self.witness.documents, seq=self.witness.seq, next_ids=self.witness.next_ids())
        assert_same(self.latest.calendar, fresh)

    @invariant()
    def the_rules_hold(self) -> None:
        calendar = self.latest.calendar
        held = [post.slot for post in calendar.posts.values() if post.slot and post.state != "skipped"]
        assert len(held) == len(set(held))
        for post in calendar.posts.values():
            draft, review = post.tasks["draft"], post.tasks["review"]
            assert not {draft.member, draft.done_by} & {review.member, review.done_by} - {None}
            assert not post.is_open or post.state == state_from(post.tasks)
            assert all(
                task.member for task in post.tasks.values() if task.is_done or task.offer or task.pinned
            )

    def teardown(self) -> None:
        """Step by step back to the beginning."""
        self.anna.refresh()
        self.bea.refresh()
        assert_same(self.anna.calendar, self.bea.calendar)
        anna = self.anna.calendar.member("Anna")
        for seq in range(self.anna.calendar.seq, self.start_seq, -1):
            self.anna.undo(anna, NOW, seq)
        self.witness.refresh()
        assert documents(self.witness) == self.start


TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = settings(max_examples=60, stateful_step_count=30)
