"""Several real processes at once: nothing is lost, nothing is half seen, nothing is given out twice."""

import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from cadence.model.errors import CadenceError
from cadence.store import Busy, Corrupt, Reloaded, Store, open_store
from cadence.store.files import lock
from tests.store.acts import NOW, add, edit, posts
from tests.store.processes import Worker

Report = Callable[[int], None]


def count_up(name: str) -> Callable[[Store, Report], None]:
    """Count post 1 up by one, over and over, and report the number of each change when it is stored."""

    def work(store: Store, report: Report) -> None:
        while True:
            with store.transaction(by=name, why="count", at=NOW) as tx:
                post = tx.get("posts", 1)
                assert post is not None
                tx.replace("posts", 1, {"n": post["n"] + 1, "text": "x" * (post["n"] % 700)})
            assert tx.change is not None
            report(tx.change.seq)
            if tx.change.seq % 20 == 0:
                store.checkpoint()

    return work


@pytest.mark.long
def test_two_hundred_kills_at_random_moments_lose_no_acknowledged_change(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    with_store = open_store(path, create=True)
    add(with_store, n=0)
    chance = random.Random(20261123)
    acknowledged: dict[str, list[int]] = {}
    workers = {f"writer {number}": Worker(path, count_up(f"writer {number}")) for number in range(3)}
    for kill in range(200):
        name = chance.choice(list(workers))
        if chance.random() < 0.5:  # the others may die while they open the calendar or wait
            workers[name].read_one()
        for _ in range(chance.randrange(20_000)):
            pass
        acknowledged[name] = workers.pop(name).kill()
        reader = open_store(path)
        assert reader.seq >= max(acknowledged[name], default=0)
        reader.close()
        successor = f"writer {kill + 3}"
        workers[successor] = Worker(path, count_up(successor))
    for name, worker in workers.items():
        acknowledged[name] = worker.kill()

    store = open_store(path)
    stored: dict[str, list[int]] = {name: [] for name in acknowledged}
    for change in store.history(since=2):
        stored[change.by].append(change.seq)
    for name, seqs in acknowledged.items():
        assert stored[name][: len(seqs)] == seqs
        assert len(stored[name]) <= len(seqs) + 1, "at most one change was under way"
    assert posts(store)[1]["n"] == store.seq - 1
    edit(store, 1, n=0)
    assert store.verify().problems == ()


def test_eight_processes_that_claim_fifty_slots_take_each_exactly_once(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    store = open_store(path, create=True)
    for _ in range(50):
        add(store, owner=0)

    def claim(who: int) -> Callable[[Store, Report], None]:
        def work(store: Store, report: Report) -> None:
            chance = random.Random(who)
            while free := [id for id, post in store.documents("posts").items() if post["owner"] == 0]:
                slot = chance.choice(free)
                with store.transaction(by=str(who), why="claim", at=NOW, timeout=30) as tx:
                    post = tx.get("posts", slot)
                    if post and post["owner"] == 0:
                        tx.replace("posts", slot, {"owner": who})
                if tx.change is not None:
                    report(slot)

        return work

    workers = [Worker(path, claim(who)) for who in range(1, 9)]
    results = [worker.join() for worker in workers]
    assert all(good for good, _ in results)
    assert Counter(slot for _, slots in results for slot in slots) == Counter(range(1, 51))
    store.refresh()
    for who, (_, slots) in enumerate(results, start=1):
        assert all(posts(store)[slot]["owner"] == who for slot in slots)
    assert store.seq == 100
    assert store.verify().ok


def test_a_reader_never_sees_half_a_change_nor_goes_back_in_time(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    store = open_store(path, create=True)
    add(store, points=100)
    add(store, points=0)

    def move_points(store: Store, report: Report) -> None:
        for _ in range(150):
            with store.transaction(by="mover", why="", at=NOW, timeout=30) as tx:
                one, two = tx.get("posts", 1), tx.get("posts", 2)
                assert one
                assert two
                tx.replace("posts", 1, {"points": one["points"] - 1})
                tx.replace("posts", 2, {"points": two["points"] + 1})
            assert tx.change is not None
            if tx.change.seq % 50 == 0:
                store.checkpoint()

    writers = [Worker(path, move_points) for _ in range(2)]
    last, looks = store.seq, 0
    while store.seq < 302:
        store.wait(10)
        news = store.refresh()
        assert not isinstance(news, Reloaded)
        assert [change.seq for change in news] == list(range(last + 1, store.seq + 1))
        assert sum(post["points"] for post in posts(store).values()) == 100
        fresh = open_store(path)
        assert fresh.seq >= store.seq
        assert sum(post["points"] for post in posts(fresh).values()) == 100
        fresh.close()
        last, looks = store.seq, looks + 1
    assert looks > 2
    assert all(good for good, _ in (writer.join() for writer in writers))


def test_who_holds_the_lock_is_named_to_those_who_wait(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    store = open_store(path, create=True)

    def hold(store: Store, report: Report) -> None:
        with store.transaction(by="Bruno", why="", at=NOW):
            report(1)
            while True:
                pass

    holder = Worker(path, hold)
    holder.read_one()
    wanted = store.transaction(by="Anna", why="", at=NOW, timeout=0)
    with pytest.raises(Busy, match=f"process {holder.pid} "), wanted:
        pass
    holder.kill()
    assert add(store) == 1


def test_a_child_process_does_not_share_its_parents_lock(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    store = open_store(path, create=True)
    add(store, n=0)
    inherited = store

    def use_the_parents_handle(_store: Store, report: Report) -> None:
        for _ in range(50):
            with inherited.transaction(by="child", why="", at=NOW, timeout=30) as tx:
                post = tx.get("posts", 1)
                assert post
                tx.replace("posts", 1, {"n": post["n"] + 1})

    children = [Worker(path, use_the_parents_handle) for _ in range(2)]
    for _ in range(50):
        with store.transaction(by="parent", why="", at=NOW, timeout=30) as tx:
            post = tx.get("posts", 1)
            assert post
            tx.replace("posts", 1, {"n": post["n"] + 1})
    assert all(good for good, _ in (child.join() for child in children))
    store.refresh()
    assert posts(store)[1]["n"] == 150
    assert store.verify().ok


def test_without_working_locks_all_but_one_stop_loudly_and_leave_a_sound_or_a_stopped_calendar(
    tmp_path: Path,
) -> None:
    path = tmp_path / "team.json"
    store = open_store(path, create=True)
    add(store, n=0)
    gate, opens = os.pipe()  # all write at the same time, also where processes are slow to start

    def work_without_lock(store: Store, report: Report) -> None:
        lock.try_lock = lambda _fd: True
        report(0)
        os.read(gate, 1)
        for _ in range(3000):
            try:
                with store.transaction(by="somebody", why="", at=NOW) as tx:
                    post = tx.get("posts", 1)
                    assert post
                    tx.replace("posts", 1, {"n": post["n"] + 1})
            except CadenceError:
                report(1)
                return

    workers = [Worker(path, work_without_lock) for _ in range(4)]
    for worker in workers:
        worker.read_one()
    os.write(opens, bytes(len(workers)))
    ends = [worker.join() for worker in workers]
    os.close(gate)
    os.close(opens)
    assert all(good for good, _ in ends), "nobody ends in any other way"
    assert sum(numbers[-1] for _, numbers in ends) >= 3
    with suppress(Corrupt):  # it says so itself
        left = open_store(path)
        assert posts(left)[1]["n"] == left.seq - 1
        assert left.verify().ok
