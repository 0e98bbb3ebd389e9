"""What every home of a calendar must do: the same tests for all of them."""

import threading
from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from cadence.model.errors import BadInput, NotFound
from cadence.store import Busy, Conflict, Reloaded
from tests.store.acts import NOW, add, bare, edit, posts, remove, undo
from tests.store.conftest import Place

# Documents


def test_a_document_gets_a_number_a_revision_and_the_time_of_its_last_change(place: Place) -> None:
    store = place.open()
    with store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.insert("posts", {"title": "Hello", "tasks": {}})
    assert store.documents("posts")[1] == {
        "id": 1,
        "title": "Hello",
        "tasks": {},
        "rev": 1,
        "modified": "2026-11-23T09:00:00Z",
    }
    with store.transaction(by="Anna", why="", at=NOW + timedelta(minutes=5)) as tx:
        tx.replace("posts", 1, {"title": "Hello!"})
    assert store.documents("posts")[1] == {
        "id": 1,
        "title": "Hello!",
        "rev": 2,
        "modified": "2026-11-23T09:05:00Z",
    }


def test_times_are_kept_in_utc_whatever_zone_they_come_in(place: Place) -> None:
    store = place.open()
    rome = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    with store.transaction(by="Anna", why="", at=rome) as tx:
        tx.insert("posts", {})
    assert store.documents("posts")[1]["modified"] == "2026-11-23T09:00:00Z"
    assert next(store.history()).at == NOW


def test_numbers_are_never_used_twice(place: Place) -> None:
    store = place.open()
    add(store)
    assert add(store) == 2
    remove(store, 2)
    assert place.open().next_ids() == {"posts": 3}
    assert add(store) == 3


def test_what_the_caller_says_about_number_revision_and_time_is_ignored(place: Place) -> None:
    store = place.open()
    assert add(store, id=9, rev=9, modified="never", title="x") == 1
    assert store.documents("posts")[1]["rev"] == 1


def test_a_document_that_somebody_holds_never_changes(place: Place) -> None:
    store = place.open()
    add(store, title="One", tasks={"draft": {"member": 1}})
    held = store.documents("posts")[1]
    edit(store, 1, title="Two", tasks={"draft": {"member": 2}})
    assert bare(held) == {"title": "One", "tasks": {"draft": {"member": 1}}}


def test_the_store_keeps_its_own_copy_of_what_it_is_given(place: Place) -> None:
    store = place.open()
    tags = ["a"]
    add(store, tags=tags)
    tags.append("b")
    assert posts(store) == {1: {"tags": ["a"]}}


@pytest.mark.parametrize(
    "document",
    [
        {"a": None},
        {"a": {"b": [1, None]}},
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": datetime(2026, 11, 23)},
        {"a": {1: 2}},
        {"a": b"bytes"},
        {"a": {1, 2}},
        {"a": "\ud800"},
        {"\ud800": 1},
        ["not", "a", "mapping"],
    ],
    ids=str,
)
def test_what_is_not_plain_json_without_nulls_is_refused(place: Place, document: dict[str, object]) -> None:
    store = place.open()
    with pytest.raises(BadInput), store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.insert("posts", document)
    assert store.seq == 0


@pytest.mark.parametrize("table", ["", "a b", "_hidden", "è", "posts\n"])
def test_a_table_has_a_plain_name(place: Place, table: str) -> None:
    store = place.open()
    with pytest.raises(BadInput), store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.insert(table, {})


def test_find_gives_copies_of_the_documents_that_match_as_they_are_now(place: Place) -> None:
    store = place.open()
    add(store, state="ready")
    add(store, state="planned")

    def is_ready(post: object) -> bool:
        return isinstance(post, dict) and post["state"] == "ready"

    assert [post["id"] for post in store.find("posts", is_ready)] == [1]
    edit(store, 2, state="ready")
    assert [post["id"] for post in store.find("posts", is_ready)] == [1, 2]
    assert store.find("nothing_here", is_ready) == []


# Transactions


def test_a_transaction_is_one_change_that_says_who_when_why_and_what(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    with store.transaction(by="Bruno", why="tidy up", at=NOW) as tx:
        tx.insert("posts", {"title": "Two"})
        tx.replace("posts", 1, {"title": "First"})
    change = tx.change
    assert change is not None
    assert (change.seq, change.by, change.why, change.at) == (2, "Bruno", "tidy up", NOW)
    assert [(op.kind, op.table, op.id, op.rev, op.new, op.old) for op in change.ops] == [
        ("i", "posts", 2, 1, {"title": "Two"}, {}),
        ("u", "posts", 1, 2, {"title": "First"}, {"title": "One"}),
    ]
    assert list(store.history())[1] == change


def test_the_reason_may_be_found_while_the_transaction_runs(place: Place) -> None:
    store = place.open()
    with store.transaction(by="Anna", why="something", at=NOW) as tx:
        assert tx.why == "something"
        tx.insert("posts", {})
        tx.why = "Added post 1"
    assert [change.why for change in store.history()] == ["Added post 1"]


def test_a_transaction_sees_its_own_writes_and_others_do_not_until_it_ends(place: Place) -> None:
    store, other = place.open(), place.open()
    add(store, title="One")
    other.refresh()
    with store.transaction(by="Anna", why="", at=NOW) as tx:
        id = tx.insert("posts", {"title": "Two"})
        tx.replace("posts", 1, {"title": "First"})
        assert {id: post["title"] for id, post in tx.documents("posts").items()} == {1: "First", 2: "Two"}
        assert (tx.next_id("posts"), len(tx.documents("posts"))) == (3, 2)
        tx.delete("posts", id)
        assert tx.get("posts", id) is None
        assert list(tx.documents("posts")) == [1]
        assert other.refresh() == []
        assert posts(other) == {1: {"title": "One"}}
        assert posts(store) == {1: {"title": "One"}}
    other.refresh()
    assert posts(other) == {1: {"title": "First"}}


def test_an_exception_inside_means_that_nothing_happened(place: Place) -> None:
    store = place.open()
    add(store, title="One")

    def fail_in_the_middle() -> None:
        with store.transaction(by="Anna", why="", at=NOW) as tx:
            tx.insert("posts", {"title": "Two"})
            tx.delete("posts", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle()
    assert posts(store) == {1: {"title": "One"}}
    assert store.seq == 1
    assert add(store) == 2


def test_a_transaction_that_changes_nothing_leaves_no_trace(place: Place) -> None:
    store = place.open()
    add(store, title="One", tasks={"draft": {"member": 1}})
    with store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.replace("posts", 1, {"title": "Two"})
        tx.replace("posts", 1, {"tasks": {"draft": {"member": 1}}, "title": "One"})
        tx.delete("posts", tx.insert("posts", {}))
    assert tx.change is None
    assert (store.seq, store.documents("posts")[1]["rev"]) == (1, 1)


def test_a_missing_document_cannot_be_changed_or_removed(place: Place) -> None:
    store = place.open()
    for touch in (lambda tx: tx.replace("posts", 7, {}), lambda tx: tx.delete("posts", 7)):
        with pytest.raises(NotFound), store.transaction(by="Anna", why="", at=NOW) as tx:
            touch(tx)


def test_nobody_overwrites_a_revision_that_they_have_not_seen(place: Place) -> None:
    store, other = place.open(), place.open()
    add(store, title="One")
    edit(other, 1, by="Bruno", why="a better word", title="First")
    told = r"Bruno on 2026-11-23 09:00 UTC: a better word"
    with pytest.raises(Conflict, match=told) as caught, store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.replace("posts", 1, {"title": "Uno"}, expect=1)
    assert caught.value.change is not None
    assert caught.value.change.by == "Bruno"
    assert posts(store) == {1: {"title": "First"}}


def test_removing_what_somebody_removed_before_is_a_conflict_too(place: Place) -> None:
    store = place.open()
    add(store)
    remove(store, 1, by="Bruno")
    with pytest.raises(Conflict, match="Bruno"), store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.delete("posts", 1, expect=1)


def test_whoever_waits_too_long_for_the_lock_is_told(place: Place) -> None:
    store, other = place.open(), place.open()
    held = store.transaction(by="Anna", why="", at=NOW)
    wanted = other.transaction(by="Bruno", why="", at=NOW, timeout=0)
    with held, pytest.raises(Busy), wanted:
        pass
    assert add(other) == 1


def test_a_transaction_inside_a_transaction_is_a_mistake_of_the_programmer(place: Place) -> None:
    store = place.open()
    outer, inner = (store.transaction(by="Anna", why="", at=NOW) for _ in range(2))
    with outer, pytest.raises(RuntimeError), inner:
        pass


def test_a_time_without_a_zone_or_a_broken_name_is_refused_before_anything_happens(place: Place) -> None:
    store = place.open()
    for by, at in (("Anna", NOW.replace(tzinfo=None)), ("An\ud800na", NOW)):
        with pytest.raises(BadInput), store.transaction(by=by, why="", at=at):
            pass


# News


def test_refresh_gives_what_others_did_and_not_what_i_did(place: Place) -> None:
    mine, theirs = place.open(), place.open()
    add(mine, title="Mine")
    add(theirs, title="Theirs")
    news = mine.refresh()
    assert not isinstance(news, Reloaded)
    assert [change.seq for change in news] == [2]
    assert mine.refresh() == []
    assert posts(mine) == posts(theirs)


def test_a_transaction_builds_on_the_newest_state_and_says_what_was_missed(place: Place) -> None:
    mine, theirs = place.open(), place.open()
    add(theirs, title="Theirs")
    with mine.transaction(by="Anna", why="", at=NOW) as tx:
        assert not isinstance(tx.missed, Reloaded)
        assert [change.seq for change in tx.missed] == [1]
        assert tx.seq == 1
        assert tx.next_id("posts") == 2
    assert mine.refresh() == []


def test_news_that_an_undo_came_upon_is_kept_for_the_next_refresh(place: Place) -> None:
    mine, theirs = place.open(), place.open()
    add(mine, title="Mine")
    add(theirs, title="Theirs")
    undo(mine, 1)
    news = mine.refresh()
    assert not isinstance(news, Reloaded)
    assert [change.seq for change in news] == [2]


def test_wait_returns_when_somebody_changed_something(place: Place) -> None:
    mine, theirs = place.open(), place.open()
    assert mine.wait(0) is False
    writer = threading.Thread(target=add, args=(theirs,))
    writer.start()
    assert mine.wait(30) is True
    writer.join()
    assert mine.refresh() != []


def test_a_new_handle_sees_everything(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    add(store, title="Two", tasks={"draft": {"member": 3}})
    edit(store, 1, title="First")
    remove(store, 2)
    fresh = place.open()
    assert fresh.seq == 4
    assert dict(fresh.documents("posts")) == dict(store.documents("posts"))
    assert list(fresh.history()) == list(store.history())
    assert fresh.calendar_id == store.calendar_id


# Undo


def test_every_kind_of_change_can_be_undone_and_redone(place: Place) -> None:
    store = place.open()
    add(store, title="One", tasks={"draft": {"member": 1}})
    edit(store, 1, title="First", note="new", tasks={"draft": {"member": 2}, "review": {"member": 3}})
    remove(store, 1)
    states = [
        {},
        {1: {"title": "One", "tasks": {"draft": {"member": 1}}}},
        {
            1: {
                "title": "First",
                "note": "new",
                "tasks": {"draft": {"member": 2}, "review": {"member": 3}},
            }
        },
        {},
    ]
    undos = []
    for seq in (3, 2, 1):
        undos.append(undo(store, seq).seq)
        assert posts(store) == states[seq - 1]
    for redone, seq in enumerate(reversed(undos), start=1):
        change = undo(store, seq)
        assert change.undoes == seq
        assert posts(store) == states[redone]


def test_revisions_and_times_only_go_forward_through_undo(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    remove(store, 1)
    later = NOW + timedelta(hours=1)
    store.undo(2, by="Anna", why="", at=later)
    assert store.documents("posts")[1]["rev"] == 3
    assert store.documents("posts")[1]["modified"] == "2026-11-23T10:00:00Z"
    store.undo(3, by="Anna", why="", at=later)
    store.undo(4, by="Anna", why="", at=later)
    assert store.documents("posts")[1]["rev"] == 5


def test_undo_leaves_alone_what_others_did_beside_it(place: Place) -> None:
    store = place.open()
    add(store, title="One", tasks={"draft": {"member": 1}, "review": {"member": 1}})
    edit(store, 1, tasks={"draft": {"member": 2}, "review": {"member": 1}})
    edit(store, 1, by="Bruno", title="Uno", tasks={"draft": {"member": 2}, "review": {"member": 3}})
    undo(store, 2)
    assert posts(store) == {1: {"title": "Uno", "tasks": {"draft": {"member": 1}, "review": {"member": 3}}}}


def test_undo_is_refused_where_somebody_built_upon_it_naming_who_and_when(place: Place) -> None:
    store = place.open()
    add(store, title="One", tasks={"draft": {"member": 1}})
    edit(store, 1, tasks={"draft": {"member": 2}})
    edit(store, 1, by="Carla", why="unrelated", title="Uno")
    edit(store, 1, by="Bruno", why="she is away", tasks={"draft": {"member": 3}})
    with pytest.raises(Conflict, match=r"tasks.draft.member.*Bruno on 2026-11-23.*she is away") as caught:
        undo(store, 2)
    assert caught.value.path == ("tasks", "draft", "member")
    assert caught.value.change is not None
    assert caught.value.change.seq == 4
    assert store.seq == 4


def test_undo_of_an_addition_is_refused_once_somebody_changed_it(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    edit(store, 1, by="Bruno", title="Uno")
    with pytest.raises(Conflict, match="Bruno"):
        undo(store, 1)
    undo(store, 2)
    undo(store, 1)
    assert posts(store) == {}


def test_undo_of_a_whole_new_task_is_refused_once_somebody_added_to_it(place: Place) -> None:
    store = place.open()
    add(store, tasks={})
    edit(store, 1, tasks={"draft": {"member": 1}})
    edit(store, 1, by="Bruno", tasks={"draft": {"member": 1, "pinned": True}})
    with pytest.raises(Conflict, match=r"tasks.draft.*Bruno"):
        undo(store, 2)


def test_undoing_twice_names_the_first_undo(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    undo(store, 1, by="Bruno")
    with pytest.raises(Conflict, match="Bruno"):
        undo(store, 1)


def test_an_undo_can_be_part_of_a_larger_transaction(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    edit(store, 1, title="Uno")
    with store.transaction(by="Anna", why="", at=NOW) as tx:
        tx.undo(2)
        tx.insert("posts", {"title": "Two"})
    assert tx.change is not None
    assert tx.change.undoes == 2
    assert posts(store) == {1: {"title": "One"}, 2: {"title": "Two"}}


@pytest.mark.parametrize("seq", [-1, 0, 2])
def test_a_change_that_never_was_cannot_be_undone(place: Place, seq: int) -> None:
    store = place.open()
    add(store, title="One")
    with pytest.raises(NotFound):
        undo(store, seq)


# History


def test_history_can_be_asked_by_document_by_person_by_number_and_backwards(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    add(store, by="Bruno", title="Two")
    add(store, table="members", name="Anna")
    edit(store, 1, by="Bruno", title="First")

    def seqs(**question: object) -> list[int]:
        return [change.seq for change in store.history(**question)]  # type: ignore[arg-type]

    assert seqs() == [1, 2, 3, 4]
    assert seqs(newest_first=True) == [4, 3, 2, 1]
    assert seqs(table="posts") == [1, 2, 4]
    assert seqs(table="posts", id=1) == [1, 4]
    assert seqs(table="posts", id=1, newest_first=True) == [4, 1]
    assert seqs(by="Bruno") == [2, 4]
    assert seqs(since=2, until=3) == [2, 3]
    assert seqs(since=3, newest_first=True) == [4, 3]


def test_backwards_history_goes_back_to_an_instant(place: Place) -> None:
    store = place.open()
    for days in (0, 2, 1, 3):  # clocks of different computers differ
        with store.transaction(by="Anna", why="add", at=NOW + timedelta(days=days)) as tx:
            tx.insert("posts", {})

    def seqs(days: int) -> list[int]:
        found = store.history(newest_first=True, back_to=NOW + timedelta(days=days))
        return [change.seq for change in found]

    assert seqs(1) == [4, 3, 2]
    assert seqs(2) == [4], "it ends at the first that is older, whatever stands before it"
    assert seqs(4) == []


def test_of_a_long_change_as_many_operations_are_read_as_are_asked_for_and_the_others_counted(
    place: Place,
) -> None:
    store = place.open()
    with store.transaction(by="Anna", why="import", at=NOW) as tx:
        for number in range(500):
            tx.insert("posts", {"text": f"{number} {'x' * 200}"})
    add(store, n=1)
    small, long = store.history(newest_first=True, most=3)
    whole = next(store.history(until=1))
    assert (small.more, len(small.ops)) == (0, 1)
    assert (long.more, long.ops) == (497, whole.ops[:3])
    assert replace(long, ops=whole.ops, more=0) == whole
    (found,) = store.history(table="posts", id=400, most=1)
    assert (found.seq, found.more) == (1, 499)


def test_history_goes_as_far_as_what_this_handle_has_seen(place: Place) -> None:
    mine, theirs = place.open(), place.open()
    add(theirs)
    assert list(mine.history()) == []
    mine.refresh()
    assert len(list(mine.history())) == 1


def test_a_handle_that_was_used_for_everything_verifies(place: Place) -> None:
    store = place.open()
    add(store, title="One")
    undo(store, 1)
    store.checkpoint()
    add(store, title="Two")
    report = store.verify()
    assert report.ok
    assert (report.changes, report.documents) == (3, 1)
