"""What a whole day in an open app leaves in its memory.

    python -m bench.app_day [POSTS] [KEYS]

The app runs in a real pseudo-terminal of 120 x 40. It is warmed up: every screen is visited until all that it
counts is there, and a tenth of a day is lived. Then somebody presses 20,000 keys, all over the screens (which
ones a seed decides), while a colleague, in a process of their own, changes 2,000 things in the same calendar.
At the end every screen is visited once more. Memory is what the process holds (resident) when it has come to
rest.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.app import app_of, opening_key, rest, sent, visit_all
from bench.dataset import NOW
from bench.terminal import Terminal
from cadence.tui.actions import BY_ID, PLACES, keys_on

POSTS, KEYS, KEYS_A_CHANGE = 10_000, 20_000, 10
LIMIT = 10
"""Megabytes."""
VISIT = 25
"""Keys on a screen before another one is gone to."""
MOVES = (
    "go.left", "go.right", "go.up", "go.down", "go.week-back", "go.week-on", "go.month-back", "go.month-on",
    "go.page-up", "go.page-down", "go.first", "go.last", "go.today", "go.part", "mark.one", "month.before",
    "month.after", "year.before", "year.after", "year.week-back", "year.week-on",
)  # fmt: skip


def run(posts: int = POSTS, keys: int = KEYS) -> None:
    """Print what it grew by."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = app_of(posts, Path(folder))()
        colleague = Colleague(Path(folder) / "team.json")
        try:
            rest(terminal)
            dice = random.Random(1)
            visit_all(terminal)
            live(terminal, colleague, dice, keys // 10)
            visit_all(terminal)
            before, began = terminal.megabytes(), time.perf_counter()
            live(terminal, colleague, dice, keys)
            took = time.perf_counter() - began
            visit_all(terminal)
            after = terminal.megabytes()
        finally:
            colleague.leave()
            terminal.close()
    grown = after - before
    verdict = "" if grown < LIMIT else "   over the limit"
    print(f"A day with {posts:,} posts: {keys:,} keys, {keys // KEYS_A_CHANGE:,} changes by somebody else")
    print(f"  memory {before:.0f} -> {after:.0f} MB: {grown:+.1f} MB   (limit {LIMIT}){verdict}")
    print(f"  lived in {took:.0f} s")


class Colleague:
    """Another process that changes something whenever it is told to."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "bench.app_day", "--colleague", str(path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def change_something(self) -> None:
        """Wait until it is done."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write("\n")
        stdin.flush()
        if not stdout.readline():
            raise RuntimeError("the colleague has left")

    def leave(self) -> None:
        self._process.kill()
        self._process.wait()


def live(terminal: Terminal, colleague: Colleague, dice: random.Random, keys: int) -> None:
    """So many keys, and what the colleague does meanwhile."""
    for n, key in zip(range(keys), _keys(dice), strict=False):
        terminal.stroke(key, quiet=0.002, first=0.02)
        if n % KEYS_A_CHANGE == 0:
            colleague.change_something()


def _keys(dice: random.Random) -> Iterator[str]:
    """Keys that move about; every now and then one that goes to another screen."""
    while True:
        place = dice.choice(PLACES)
        yield opening_key(place)
        moves = [key for id in MOVES if place in BY_ID[id].places for key in keys_on(place, BY_ID[id])[:1]]
        for _ in range(VISIT):
            key = dice.choice(moves)
            yield sent(key)


def _colleague(path: str) -> None:
    """Gives tasks to others, one for each line that is read, as long as there are lines."""
    from bench.lived_in import open_tasks
    from cadence.operations.tasks import assign
    from cadence.workspace import Workspace

    workspace, dice = Workspace.open(path), random.Random(2)
    members = list(workspace.calendar.members.values())
    # A review may not go to whoever wrote the draft; these may go to anybody.
    tasks = [ref for ref, _owner in open_tasks(workspace.calendar) if ref.kind in ("design", "engage")]
    for _line in sys.stdin:
        task = dice.choice(tasks)
        holder = workspace.calendar.task(task).member
        other = dice.choice([member for member in members if member.id != holder])
        workspace.run(assign, task, other.id, who=dice.choice(members), now=NOW)
        print(flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--colleague"]:
        _colleague(sys.argv[2])
    else:
        run(*map(int, sys.argv[1:]))
