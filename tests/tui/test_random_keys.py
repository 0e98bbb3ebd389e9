"""Twenty thousand keys that nobody would press, typed into the app over the sample team.

Whatever they do, the app goes on, no screen breaks, and what the calendar holds at the end is what its
history says: the first state and every change since.
"""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from cadence.exchange.sample import sample_steps
from cadence.model.change import Change
from cadence.model.documents import TABLE_OF
from cadence.store import open_store
from cadence.store.patch import apply, content
from cadence.store.protocol import Store
from cadence.tui.actions import ACTIONS
from cadence.tui.app import CadenceApp
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.tui.apps import settle

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

KEYS = 20_000
SEEDS = 4
AT_ONCE = 25
"""So many keys are typed before the app is waited for, as by somebody very fast."""
SIZES = ((80, 24), (120, 40), (200, 60))
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 .,:@#+-'/"
NAMED = (
    "up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "home", "end", "pageup", "pagedown",
    "backspace", "delete", "space", "ctrl+r", "ctrl+p", "ctrl+f", "ctrl+s", "ctrl+n", "ctrl+c", "f1",
)  # fmt: skip
WEIGHTS = {"enter": 12, "escape": 12, "q": 0.2, "ctrl+q": 0.1}
"""Beside 1 for a letter and 3 for what is bound: a prompt that is open takes all letters, so without these
nearly all would be typed into the first one."""


def the_keys() -> dict[str, float]:
    """What there is to type, and how often: what is bound, what leads through prompts and lists, letters."""
    bound = {key for action in ACTIONS for key in action.keys.split(",") if key}
    return dict.fromkeys(LETTERS, 1) | dict.fromkeys(sorted(bound | set(NAMED)), 3) | WEIGHTS


def as_event(key: str) -> events.Key:
    names = {" ": "space", ".": "full_stop", ",": "comma", ":": "colon", "@": "at", "#": "number_sign"}
    names |= {"+": "plus", "-": "minus", "'": "apostrophe", "/": "slash"}
    characters = {name: sign for sign, name in names.items()}
    if len(key) == 1 and key not in names:
        return events.Key(key, key)
    name = names.get(key, key)
    return events.Key(name, characters.get(name))


@asynccontextmanager
async def the_app(
    path: str, size: tuple[int, int], who: str
) -> AsyncIterator[tuple[CadenceApp, Pilot[None]]]:
    workspace = Workspace.open(path)
    app = CadenceApp(workspace, workspace.calendar.member(who), lambda: NOW)
    app.count_wait = 0.01
    async with app.run_test(size=size) as pilot:
        yield app, pilot
    workspace.close()


Documents = dict[tuple[str, int], dict[str, Any]]


def documents(store: Store) -> Documents:
    """All that the calendar holds, by table and id."""
    tables = set(TABLE_OF.values())
    return {(table, id): content(found) for table in tables for id, found in store.documents(table).items()}


def replayed(before: Documents, changes: Iterable[Change]) -> Documents:
    """What changes made of it, one after another."""
    state = dict(before)
    for change in changes:
        for op in change.ops:
            if op.kind == "d":
                del state[op.table, op.id]
            else:
                old = state.get((op.table, op.id), {}) if op.kind == "u" else {}
                state[op.table, op.id] = content(apply(old, op.new))
    return state


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_nothing_breaks_and_nothing_is_lost(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # reviews are printed where one is
    path = str(tmp_path / "team.json")
    workspace = Workspace.open(path, create=True)
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    workspace.close()
    with closing(open_store(path)) as store:
        before, first = documents(store), store.seq

    drawn, keys, typed = random.Random(seed), the_keys(), 0
    while typed < KEYS // SEEDS:
        size, who = drawn.choice(SIZES), drawn.choice(["Giulia", "Marco", "Anna"])
        async with the_app(path, size, who) as (app, pilot):
            await settle(app, pilot)
            while typed < KEYS // SEEDS and app.is_running:
                for key in drawn.choices(list(keys), weights=list(keys.values()), k=AT_ONCE):
                    app.post_message(as_event(key))
                typed += AT_ONCE
                await pilot.pause()
            assert app.trouble is None, app.trouble.details

    with closing(open_store(path)) as store:
        assert store.verify().ok
        changes = list(store.history(since=first + 1, newest_first=False))
        assert len(changes) > 20, "the keys changed next to nothing: they test little"
        assert replayed(before, changes) == documents(store)
