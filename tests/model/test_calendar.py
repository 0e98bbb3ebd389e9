"""The calendar as one snapshot: what a change leaves is what a fresh load gives."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cadence.model.calendar import SINGLE, Calendar
from cadence.model.change import Change, Document, Op
from cadence.model.documents import TABLE_OF, TABLES, Value, encode
from cadence.model.errors import NotFound
from cadence.model.post import Post, TaskRef
from cadence.model.rhythm import SlotKey
from tests.builders import NOW, a_calendar, day, local, utc


def a_team() -> Calendar:
    return (
        a_calendar()
        .with_channel("Blog")
        .with_channel("LinkedIn page", zone="America/New_York")
        .with_member("Anna")
        .with_member("Andrea")
        .with_rhythm("Blog")
        .build()
    )


# Looking things up


@pytest.mark.parametrize("ref", ["Anna", "anna", "ANNA", 1, "1", "ann"])
def test_people_are_found_by_name_number_or_an_unambiguous_beginning(ref: str | int) -> None:
    assert a_team().member(ref).id == 1


def test_channels_are_found_by_their_name_as_people_type_it() -> None:
    assert a_team().channel("linkedin-page").id == 2
    assert a_team().channel("link").id == 2


@pytest.mark.parametrize("ref", ["an", "Zoe", "", 9, "9"])
def test_what_is_ambiguous_or_unknown_is_said_with_what_there_is(ref: str | int) -> None:
    with pytest.raises(NotFound, match="there is: Anna, Andrea"):
        a_team().member(ref)


def test_a_task_that_a_post_does_not_have_is_said() -> None:
    calendar = a_calendar().with_channel("Blog", workflow=None).with_post("Blog", "2026-11-26T09:00").build()
    with pytest.raises(NotFound, match="post 1 has no review task - it has no tasks"):
        calendar.task(TaskRef(1, "review"))


# Times


def test_a_post_has_the_local_time_of_its_channel() -> None:
    post = Post(id=1, channel=2, title="A post", at=local("2026-11-26T09:00"))
    calendar = a_team().put(post)
    assert calendar.instant(post) == utc("2026-11-26T14:00")
    published = replace(post, state="published", published_at=utc("2026-11-27T02:00"))
    assert calendar.instant(published) == utc("2026-11-27T02:00")
    assert calendar.local(published) == local("2026-11-26T21:00")
    assert calendar.planned_instant(published) == utc("2026-11-26T14:00")


def test_posts_are_found_by_the_local_day_on_which_they_went_out() -> None:
    post = Post(id=1, channel=2, title="A post", at=local("2026-11-25T09:00"), state="published")
    calendar = a_team().put(replace(post, published_at=utc("2026-11-27T02:00")))
    assert [found.id for found in calendar.posts_on(2, day("2026-11-26"))] == [1]
    assert calendar.posts_on(2, day("2026-11-27")) == []


def test_tasks_are_found_by_the_week_in_which_they_are_due() -> None:
    """Sunday's draft is due on the Thursday before: with weeks from Sunday it is another week."""
    for first_weekday, week in (("monday", "2026-11-23"), ("sunday", "2026-11-22")):
        calendar = (
            a_calendar(first_weekday=first_weekday)
            .with_channel("Blog")
            .with_member("Anna")
            .with_post("Blog", "2026-11-29T09:00", tasks={"draft": "Anna"})
            .build()
        )
        assert calendar.tasks_of(1, day(week)) == [TaskRef(1, "draft")]


def test_next_ids_are_never_those_of_what_is_gone() -> None:
    calendar = a_team().put(Post(id=7, channel=1, title="A post", at=local("2026-11-26T09:00")))
    assert calendar.next_id(Post) == 8
    assert calendar.without(calendar.posts[7]).next_id(Post) == 8
    assert calendar.next_id(Post, ahead=2) == 10


def test_a_change_leaves_the_snapshot_before_it_alone() -> None:
    before = a_team().put(Post(id=1, channel=1, title="A post", at=local("2026-11-26T09:00")))
    timeline = list(before.index.timeline)
    after = before.without(before.posts[1])
    assert (before.index.timeline, list(before.posts)) == (timeline, [1])
    assert (after.index.timeline, list(after.posts)) == ([], [])
    assert after.members is before.members, "what did not change is shared"
    unrelated = before.put(replace(before.members[1], allowance=5))
    assert unrelated.index is before.index


# A change and a fresh load

TIMES = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 5)).map(
    lambda at: at.replace(microsecond=0, fold=0)
)
OWNERS = st.sampled_from([None, 1, 2])


@st.composite
def posts(draw: st.DrawFn, id: int) -> Post:
    base = a_calendar().with_channel("Blog").with_post("Blog", "2026-11-26T09:00").build().posts[1]
    state = draw(st.sampled_from(["planned", "approved", "published", "skipped"]))
    at = draw(TIMES)
    return replace(
        base,
        id=id,
        channel=draw(st.sampled_from([1, 2])),
        at=at,
        state=state,
        published_at=at.replace(tzinfo=UTC) if state == "published" else None,
        slot=draw(st.sampled_from([None, SlotKey(1, local("2026-11-24T09:00"))])),
        tasks={kind: replace(task, member=draw(OWNERS)) for kind, task in base.tasks.items()},
    )


EDITS = st.lists(
    st.integers(1, 5).flatmap(lambda id: st.tuples(st.just(id), st.none() | posts(id))), max_size=12
)
"""A post's number, and what it is to be (None: gone)."""
TEAMS = st.sampled_from([None, {"first_weekday": "sunday"}, {"holidays": {date(2026, 11, 26): "Festa"}}])


def loaded(calendar: Calendar) -> Calendar:
    """The same values as a store would give them: as documents, read anew."""

    def documents(table: str) -> Mapping[int, Document]:
        found = getattr(calendar, table)
        values: Mapping[int, Value] = {1: found} if table in SINGLE else found
        return {id: {**encode(value), "id": id} for id, value in values.items()}

    return Calendar.load(documents, seq=calendar.seq, next_ids=calendar.next_ids)


def contents(calendar: Calendar) -> dict[str, object]:
    """Everything, where the order means nothing as sets."""
    index = calendar.index
    values = {
        field.name: getattr(calendar, field.name) for field in fields(calendar) if field.name != "index"
    }
    return {
        **values,
        "next_ids": dict(calendar.next_ids),
        "timeline": index.timeline,
        "by_channel": {channel: entries for channel, entries in index.by_channel.items() if entries},
        "by_day": dict(index.by_day),
        "by_member_week": {key: set(refs) for key, refs in index.by_member_week.items()},
        "by_slot": {key: set(ids) for key, ids in index.by_slot.items()},
    }


@settings(max_examples=60)
@given(EDITS, TEAMS)
def test_putting_and_taking_away_leaves_what_a_fresh_load_gives(
    edits: list[tuple[int, Post | None]], team: dict[str, object] | None
) -> None:
    calendar = a_team()
    for id, post in edits:
        if post is not None:
            calendar = calendar.put(post)
        elif id in calendar.posts:
            calendar = calendar.without(calendar.posts[id])
    if team:
        calendar = calendar.put(replace(calendar.team, **team))
    assert contents(calendar) == contents(loaded(calendar))


@settings(max_examples=40)
@given(EDITS)
def test_applying_changes_leaves_what_a_fresh_load_gives(edits: list[tuple[int, Post | None]]) -> None:
    """All changes at once, as from another process."""
    before = a_team()
    documents = {table: {} for table in TABLES}
    for value in (before.team, *before.members.values(), *before.channels.values(), *before.rhythms.values()):
        documents[TABLE_OF[type(value)]][value.id] = {**encode(value), "id": value.id}
    documents["workflows"][1] = {**encode(before.workflows[1]), "id": 1}
    changes: list[Change] = []
    for id, post in edits:
        kind = "i" if post is not None and id not in documents["posts"] else "u" if post is not None else "d"
        if post is not None:
            documents["posts"][id] = {**encode(post), "id": id}
        else:
            documents["posts"].pop(id, None)
        op = Op(kind, "posts", id, 1, {}, {})
        changes.append(Change(seq=len(changes) + 1, at=NOW, by="Anna", why="", ops=(op,)))
    after = before.apply(changes, documents.__getitem__)
    fresh = Calendar.load(documents.__getitem__, seq=len(changes), next_ids=after.next_ids)
    assert contents(after) == contents(fresh)
    assert after.next_ids.get("posts", 1) == max((id + 1 for id, _ in edits), default=1)


def test_applying_nothing_gives_the_same_snapshot() -> None:
    calendar = a_team()
    assert calendar.apply([], lambda _table: {}) is calendar
