"""What the app costs: its first frame beside that of an empty Textual app, and a key press.

    python -m bench.app [POSTS]

Every program runs in a real pseudo-terminal of 120 x 40, so that reading keys, painting and encoding for it
all count. First frame: CPU time of all threads from the start of the process until its text has been painted;
also the wall clock, which a busy machine makes longer. The app opens the calendar after its first frame; when
the week stands in it is measured too. A key: CPU time of the whole process over some keys,
one after another, each waited for until the screen is quiet, less what the app computes in the same time when
nobody touches it.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.dataset import NOW, calendar_file
from bench.terminal import Terminal

POSTS = 10_000
RUNS = 7
PRESSES = 40
AT_REST, REST_TRIES = 0.05, 20
FRAME_LIMIT = 1.5
"""First frame: at most so many times an empty Textual app."""
KEY_LIMIT_MS = 16
"""A frame of a screen with 60 of them a second."""

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("An empty app")
Empty().run()
"""


class Frame(NamedTuple):
    """Milliseconds until the first frame: CPU time and wall clock."""

    cpu: float
    wall: float


KEYS: dict[str, tuple[str, dict[str, str]]] = {
    "Week": ("1", {"a day on": "l", "a channel down": "j", "a week on": "L"}),
    "Agenda": ("2", {"a row down": "j", "a page down": "\x1b[6~", "a week on": "L"}),
}
"""By screen: the key that opens it, and the keys that are measured there."""


def run(posts: int = POSTS) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "team.json"
        calendar_file(posts, path)
        start = app_of(path, Path(folder))
        empty = first_frame(lambda: Terminal([sys.executable, "-c", EMPTY_APP], {}), "An empty app")
        ours = first_frame(start, "Cadence")
        full = first_frame(start, "Bench")
        print(f"The app with {posts:,} posts, in a terminal of 120 x 40")
        _print_frames(empty, ours, full)
        for screen, (opens, keys) in KEYS.items():
            for name, spent in key_costs(start, opens, keys).items():
                verdict = "" if spent <= KEY_LIMIT_MS else "   over the limit"
                print(f"  {screen:<8} {name:<16} {spent:7.1f} CPU ms a key   (limit {KEY_LIMIT_MS}){verdict}")


def app_of(path: Path, home: Path) -> Callable[[], Terminal]:
    """Starts Cadence on a calendar, with nobody's own settings."""
    command = [sys.executable, "-m", "cadence", "--calendar", str(path), "--now", NOW.isoformat()]
    environment = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return lambda: Terminal(command, environment)


def first_frame(start: Callable[[], Terminal], text: str) -> Frame:
    """The median of some starts, after one that warms the caches."""
    frames = [_one_frame(start, text) for _ in range(RUNS + 1)][1:]
    return Frame(statistics.median(f.cpu for f in frames), statistics.median(f.wall for f in frames))


def _one_frame(start: Callable[[], Terminal], text: str) -> Frame:
    terminal = start()
    try:
        wall = terminal.wait_for(text)
        return Frame(1000 * terminal.cpu_seconds(), 1000 * wall)
    finally:
        terminal.close()


def key_costs(start: Callable[[], Terminal], opens: str, keys: dict[str, str]) -> dict[str, float]:
    """CPU milliseconds a press by the name of the key, in a screen that has come to rest."""
    terminal = start()
    try:
        terminal.wait_for("Bench")
        terminal.settle(1.5)
        terminal.press(opens, quiet=1.0)
        idle = idle_share(terminal)
        return {name: _one_key(terminal, key, idle) for name, key in keys.items()}
    finally:
        terminal.close()


def idle_share(terminal: Terminal) -> float:
    """How much of the time the app computes when nobody touches it, once what it began has been done."""
    shares: list[float] = []
    while len(shares) < REST_TRIES:
        before, began = terminal.cpu_seconds(), time.perf_counter()
        terminal.settle(1.0)
        shares.append((terminal.cpu_seconds() - before) / (time.perf_counter() - began))
        if shares[-1] < AT_REST:
            break
    return min(shares)


def _one_key(terminal: Terminal, key: str, idle: float) -> float:
    terminal.press(key)
    cpu, began = terminal.cpu_seconds(), time.perf_counter()
    for _ in range(PRESSES):
        terminal.press(key)
    spent = terminal.cpu_seconds() - cpu - idle * (time.perf_counter() - began)
    return 1000 * spent / PRESSES


def _print_frames(empty: Frame, ours: Frame, full: Frame) -> None:
    ratio = ours.cpu / empty.cpu
    verdict = "" if ratio <= FRAME_LIMIT else "   over the limit"
    print(f"  first frame, CPU     {ratio:5.2f} x an empty Textual app   (limit {FRAME_LIMIT}){verdict}")
    print(f"  first frame, wall    {ours.wall / empty.wall:5.2f} x")
    print(f"    an empty app       {empty.cpu:5.0f} CPU ms, {empty.wall:5.0f} ms by the clock")
    print(f"    Cadence            {ours.cpu:5.0f} CPU ms, {ours.wall:5.0f} ms by the clock")
    print(f"    the week in it     {full.cpu:5.0f} CPU ms, {full.wall:5.0f} ms by the clock")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else POSTS)
