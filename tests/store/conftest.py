"""Every test that asks for `place` runs once for each kind of home that a calendar can have."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cadence.store import Store, open_store
from tests.store.acts import add, edit

_number = itertools.count()


class Place:
    """Where one calendar lives; every `open` is another handle on it, as another person would have."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._handles: list[Store] = []

    def open(self) -> Store:
        store = open_store(self.url, create=True)
        self._handles.append(store)
        return store

    def close(self) -> None:
        for handle in self._handles:
            handle.close()


PLACES: dict[str, Callable[[Path], str]] = {
    "files": lambda folder: str(folder / "team.json"),
    "memory": lambda _folder: f"memory:test-{next(_number)}",
}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    place = Place(PLACES[request.param](tmp_path))
    yield place
    place.close()


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    """The file of a new calendar with three changes: post 1 added, post 2 added, post 1 changed."""
    path = tmp_path / "team.json"
    store = open_store(path, create=True)
    make_three_changes(store)
    store.close()
    return path


def make_three_changes(store: Store) -> None:
    add(store, title="One")
    add(store, title="Two")
    edit(store, 1, title="First")
