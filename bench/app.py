"""What the app costs: its first frame beside that of an empty Textual app, and its memory.

    python -m bench.app [POSTS …]

Every program runs in a real pseudo-terminal of 120 x 40, so that painting and encoding for it count. First
frame: CPU time of all threads from the start of the process until its text has been painted; also the wall
clock, which a busy machine makes longer. The app opens the calendar after its first frame; when the week
stands in it is measured too. Memory: what the process holds (resident), with the week and its figures on the
screen, and after a visit to every screen.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.dataset import NOW
from bench.lived_in import VIEWER, lived_in_file
from bench.terminal import Terminal
from cadence.tui.actions import ALL

FRAME_LIMITS = {10_000: 1.6, 100_000: 3.0}
"""By number of posts: the first frame costs at most so many times that of an empty Textual app."""
MEMORY_LIMITS = {10_000: 120}
"""By number of posts: megabytes."""
RUNS = 7
AT_REST, REST_TRIES = 0.05, 60

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("An empty app")
Empty().run()
"""

SENT = {
    "left": "\x1b[D", "right": "\x1b[C", "up": "\x1b[A", "down": "\x1b[B", "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F", "tab": "\t", "shift+tab": "\x1b[Z",
    "enter": "\r", "escape": "\x1b", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "comma": ",",
    "plus": "+", "minus": "-",
}  # fmt: skip
"""What a terminal sends for a key that is no letter."""
NO_DIGITS = {"week": "f2", "agenda": "f3", "mine": "f4"}
"""Screens that only a digit opens get another key: a digit waits to see whether it begins a count."""


class Frame(NamedTuple):
    """Milliseconds until the first frame: CPU time and wall clock."""

    cpu: float
    wall: float


def run(*sizes: int) -> None:
    """Print the tables."""
    for posts in sizes or FRAME_LIMITS:
        with tempfile.TemporaryDirectory() as folder:
            start = app_of(posts, Path(folder))
            empty, ours, full = first_frames(
                (lambda: Terminal([sys.executable, "-c", EMPTY_APP], {}), "An empty app"),
                (start, "Cadence"),
                (start, "Bench"),
            )
            print(f"The app with {posts:,} posts, in a terminal of 120 x 40")
            _print_frames(empty, ours, full, FRAME_LIMITS.get(posts, 3.0))
            _print_memory(*memory(start), MEMORY_LIMITS.get(posts))


def app_of(posts: int, folder: Path) -> Callable[[], Terminal]:
    """Starts Cadence on a generated calendar, with nobody's own settings but the keys of `NO_DIGITS`."""
    path = folder / "team.json"
    lived_in_file(posts, path)
    (folder / "cadence").mkdir()
    keys = "".join(f'"view.{place}" = "{key}"\n' for place, key in NO_DIGITS.items())
    (folder / "cadence" / "keys.toml").write_text(f"[keys]\n{keys}")
    command = [sys.executable, "-m", "cadence", "--calendar", str(path), "--now", NOW.isoformat()]
    environment = {f"XDG_{kind}_HOME": str(folder) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return lambda: Terminal(command, {**environment, "CADENCE_MEMBER": VIEWER})


def sent(key: str) -> str:
    """What a terminal sends for a key."""
    return key if len(key) == 1 else SENT[key]


def opening_key(place: str) -> str:
    """What is sent to go to a screen."""
    keys = next(each.keys for each in ALL if each.name == place).split(",")
    key = NO_DIGITS.get(place) or next(key for key in keys if not key.isdigit())
    return sent(key)


def first_frames(*programs: tuple[Callable[[], Terminal], str], runs: int = RUNS) -> list[Frame]:
    """Of each program, the median of some starts until its text shows, after one that warms the caches. They
    take turns, since the pace of a machine changes."""
    rounds = [[_one_frame(start, text) for start, text in programs] for _ in range(runs + 1)][1:]
    return [
        Frame(statistics.median(f.cpu for f in frames), statistics.median(f.wall for f in frames))
        for frames in zip(*rounds, strict=True)
    ]


def _one_frame(start: Callable[[], Terminal], text: str) -> Frame:
    terminal = start()
    try:
        wall = terminal.wait_for(text)
        return Frame(1000 * terminal.cpu_seconds(), 1000 * wall)
    finally:
        terminal.close()


def memory(start: Callable[[], Terminal]) -> tuple[float, float]:
    """Megabytes with the week on the screen, and after a visit to every screen."""
    terminal = start()
    try:
        rest(terminal)
        week = terminal.megabytes()
        visit_all(terminal)
        return week, terminal.megabytes()
    finally:
        terminal.close()


def rest(terminal: Terminal) -> float:
    """Wait until the app has done what it began; how much of the time it computes then."""
    terminal.wait_for("Bench")
    return calm(terminal)


def calm(terminal: Terminal) -> float:
    """The same of an app whose first picture has been seen."""
    shares: list[float] = []
    while len(shares) < REST_TRIES:
        before, began = terminal.cpu_seconds(), time.perf_counter()
        terminal.pause(1.0)
        shares.append((terminal.cpu_seconds() - before) / (time.perf_counter() - began))
        if len(shares) > 1 and max(shares[-2:]) < AT_REST:
            break
    return min(shares)


def visit_all(terminal: Terminal) -> None:
    """Every screen, until all that it counts is there; then the week again."""
    for place in (*ALL, ALL[0]):
        terminal.press(opening_key(place.name), quiet=0.3)
        calm(terminal)


def _print_frames(empty: Frame, ours: Frame, full: Frame, limit: float) -> None:
    ratio = ours.cpu / empty.cpu
    verdict = "" if ratio <= limit else "   over the limit"
    print(f"  first frame, CPU     {ratio:5.2f} x an empty Textual app   (limit {limit}){verdict}")
    print(f"  first frame, wall    {ours.wall / empty.wall:5.2f} x")
    print(f"    an empty app       {empty.cpu:5.0f} CPU ms, {empty.wall:5.0f} ms by the clock")
    print(f"    Cadence            {ours.cpu:5.0f} CPU ms, {ours.wall:5.0f} ms by the clock")
    print(f"    the week in it     {full.cpu:5.0f} CPU ms, {full.wall:5.0f} ms by the clock")


def _print_memory(week: float, all_screens: float, limit: int | None) -> None:
    verdict = "   over the limit" if limit and all_screens > limit else ""
    said = f"   (limit {limit} MB)" if limit else ""
    print(f"  memory               {week:5.0f} MB with the week")
    print(f"    all screens seen   {all_screens:5.0f} MB{said}{verdict}")


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
