"""Two people, each with a handle, do anything at all in any order; dictionaries say what must come out."""

import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from cadence.model.change import Change
from cadence.store import Conflict, Reloaded, Store
from cadence.store.core import DocumentStore
from cadence.store.files.backend import FilesBackend
from cadence.store.files.create import create
from tests.store.acts import NOW, bare
from tests.store.disks import QuickDisk

Documents = dict[int, dict[str, Any]]

WHO = st.sampled_from([0, 1])
PICK = st.integers(0, 1)
KIND = st.sampled_from(["draft", "review"])
FIELD = st.sampled_from(["member", "pinned"])
VALUES = st.one_of(
    st.integers(-5, 5), st.booleans(), st.text(max_size=3), st.lists(st.integers(0, 3), max_size=2)
)
TASKS = st.dictionaries(KIND, st.dictionaries(FIELD, VALUES, max_size=2))
DOCUMENTS = st.builds(
    lambda fields, tasks: {**fields, **({"tasks": tasks} if tasks is not None else {})},
    st.dictionaries(st.sampled_from(["title", "note", "rev", "state"]), VALUES, max_size=3),
    st.none() | TASKS,
)


def leaves(document: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """A document as a flat dictionary; the type is part of the value, since `1` is not `true`."""
    if isinstance(document, dict):
        flat = {path: "{}"}
        for key, value in document.items():
            flat |= leaves(value, (*path, key))
        return flat
    return {path: f"{type(document).__name__} {document!r}"}


class TwoPeople(RuleBasedStateMachine):
    changes = Bundle("changes")

    @initialize()
    def start(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "team.json"
        create(self._path, 1, QuickDisk())
        self._handles: list[Store] = [self._opened(), self._opened()]
        self._states: list[Documents] = [{}]  # after each change, by its number
        self._seen = [0, 0]
        self._next = 1

    def _opened(self) -> Store:
        return DocumentStore(FilesBackend(self._path, QuickDisk()))

    def teardown(self) -> None:
        for handle in self._handles:
            handle.close()
        self._folder.cleanup()

    def _commit(self, who: int, after: Documents, change: Change | None, missed: Any) -> Any:
        """What the plain dictionary says about a transaction that ended with `after`."""
        self._take(who, missed)
        before = self._states[-1]
        if {id: leaves(it) for id, it in before.items()} == {id: leaves(it) for id, it in after.items()}:
            assert change is None
            return multiple()
        assert change is not None
        assert change.seq == len(self._states)
        self._states.append(after)
        self._seen[who] = change.seq
        return change.seq

    def _take(self, who: int, news: Any) -> None:
        assert not isinstance(news, Reloaded)
        assert [change.seq for change in news] == list(range(self._seen[who] + 1, len(self._states)))
        self._seen[who] = len(self._states) - 1

    def _transaction(self, who: int) -> Any:
        return self._handles[who].transaction(by=f"person {who}", why="any", at=NOW)

    @rule(target=changes, who=WHO, document=DOCUMENTS)
    def add(self, who: int, document: dict[str, Any]) -> Any:
        with self._transaction(who) as tx:
            assert tx.insert("posts", document) == self._next
        after = {**self._states[-1], self._next: bare(document)}
        self._next += 1
        return self._commit(who, after, tx.change, tx.missed)

    @precondition(lambda self: self._states[-1])
    @rule(target=changes, who=WHO, document=DOCUMENTS, pick=PICK)
    def rewrite(self, who: int, document: dict[str, Any], pick: int) -> Any:
        id = self._picked(pick)
        with self._transaction(who) as tx:
            tx.replace("posts", id, document)
        return self._commit(who, {**self._states[-1], id: bare(document)}, tx.change, tx.missed)

    @precondition(lambda self: self._states[-1])
    @rule(target=changes, who=WHO, pick=PICK, kind=KIND, field=FIELD, value=st.integers(0, 1))
    def edit_a_task(self, who: int, pick: int, kind: str, field: str, value: int) -> Any:
        id = self._picked(pick)
        with self._transaction(who) as tx:
            old = tx.get("posts", id)
            assert old is not None
            tasks = old.get("tasks", {})
            new = {**old, "tasks": {**tasks, kind: {**tasks.get(kind, {}), field: value}}}
            tx.replace("posts", id, new, expect=old["rev"])
        return self._commit(who, {**self._states[-1], id: bare(new)}, tx.change, tx.missed)

    @precondition(lambda self: self._states[-1])
    @rule(target=changes, who=WHO, pick=PICK)
    def remove(self, who: int, pick: int) -> Any:
        id = self._picked(pick)
        with self._transaction(who) as tx:
            tx.delete("posts", id)
        after = {other: document for other, document in self._states[-1].items() if other != id}
        return self._commit(who, after, tx.change, tx.missed)

    def _picked(self, pick: int) -> int:
        return sorted(self._states[-1])[pick % len(self._states[-1])]

    @rule(who=WHO, document=DOCUMENTS)
    def change_ones_mind(self, who: int, document: dict[str, Any]) -> None:
        try:
            with self._transaction(who) as tx:
                self._take(who, tx.missed)
                tx.insert("posts", document)
                for id in list(tx.documents("posts")):
                    tx.delete("posts", id)
                raise InterruptedError
        except InterruptedError:
            pass

    @rule(target=changes, who=WHO, seq=changes)
    def undo(self, who: int, seq: int) -> Any:
        """Allowed exactly if everything that the change wrote still is as it left it."""
        before, after, now = self._states[seq - 1], self._states[seq], self._states[-1]
        try:
            with self._transaction(who) as tx:
                tx.undo(seq)
        except Conflict:
            assert self._built_upon(before, after, now)
            self._handles[who].refresh()
            self._seen[who] = len(self._states) - 1
            return multiple()
        assert not self._built_upon(before, after, now)
        result = {id: bare(it) for id, it in self._handles[who].documents("posts").items()}
        touched = {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
        assert {id: it for id, it in result.items() if id not in touched} == {
            id: it for id, it in now.items() if id not in touched
        }
        if now == after:
            assert result == before
        return self._commit(who, result, tx.change, tx.missed)

    @staticmethod
    def _built_upon(before: Documents, after: Documents, now: Documents) -> bool:
        for id in before.keys() | after.keys():
            was, made, current = before.get(id), after.get(id), now.get(id)
            if leaves(was) == leaves(made):
                continue
            if (made is None) != (current is None):
                return True
            if made is None or current is None:
                continue
            if was is None:
                if leaves(made) != leaves(current):
                    return True
            elif _changed(was, made, current):
                return True
        return False

    @rule(who=WHO)
    def refresh(self, who: int) -> None:
        self._take(who, self._handles[who].refresh())

    @rule(who=WHO)
    def checkpoint(self, who: int) -> None:
        self._handles[who].checkpoint()

    @rule(who=WHO)
    def reopen(self, who: int) -> None:
        self._handles[who].close()
        self._handles[who] = self._opened()
        report = self._handles[who].verify()
        assert report.problems == ()
        assert report.changes == len(self._states) - 1
        self._seen[who] = len(self._states) - 1

    @invariant()
    def each_sees_the_state_after_the_last_change_that_they_know(self) -> None:
        for handle, seen in zip(self._handles, self._seen, strict=True):
            assert handle.seq == seen
            expected = {id: leaves(it) for id, it in self._states[seen].items()}
            assert {id: leaves(bare(it)) for id, it in handle.documents("posts").items()} == expected


def _changed(was: Any, made: Any, current: Any) -> bool:
    """Whether a field that differs between `was` and `made` is no longer as in `made`."""
    if isinstance(was, dict) and isinstance(made, dict):
        return not isinstance(current, dict) or any(
            _changed(was.get(key), made.get(key), current.get(key)) for key in was.keys() | made.keys()
        )
    return leaves(was) != leaves(made) and leaves(made) != leaves(current)


TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
