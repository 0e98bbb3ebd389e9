"""What a key costs, on every screen of the app.

    python -m bench.app_keys [POSTS] [PRESSES] [SCREEN …]

The app runs in a real pseudo-terminal of 120 x 40. A key is pressed, and everything that it leads to is read
until the screen has been quiet for 20 ms; then the next one is. CPU time is that of the three threads that
read keys, compute the picture and write it, less what the same threads use at rest in as much time (they look
for other people's changes four times a second). The median and p99 are of single presses that painted
something; a key goes 50 times one way and then back past where it began, or turns round where nothing
follows, so that half of what it shows was not seen before.

What other threads compute meanwhile is told apart, as the mean of these presses: figures are counted beside
the app, and take no time from a key but what both want of one interpreter. That share is in the wait, which
is the time from the key to its last byte by the clock, without that for which other processes had the
processor.

Opening: from the month to the screen and back (the month: from the week); the first look, when a screen is
made, is a figure of its own.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.app import FRAME_LIMITS, app_of, calm, opening_key, rest, sent
from bench.terminal import Stroke, Terminal
from cadence.tui.actions import BY_ID, PLACES, Action, keys_on

PRESSES = 200
MEDIAN_LIMIT, P99_LIMIT = 16, 33
"""CPU milliseconds: one frame of 60 a second, two of them."""
ONE_WAY = 50

PAIRS = {
    "a row": ("go.down", "go.up"),
    "across": ("go.right", "go.left"),
    "a page": ("go.page-down", "go.page-up"),
    "a week": ("go.week-on", "go.week-back"),
    "four weeks": ("go.month-on", "go.month-back"),
    "the ends": ("go.last", "go.first"),
    "a part": ("go.part", "go.part"),
    "a month": ("month.after", "month.before"),
    "a week's column": ("year.week-on", "year.week-back"),
    "a year": ("year.after", "year.before"),
    "another setting": ("settings.next", "settings.previous"),
}
"""By what a key does: the action one way, and the other way."""


class Cost(NamedTuple):
    """What a press costs: CPU milliseconds, their median and p99; the p99 of the wait; what is computed
    beside it (mean); of how many presses."""

    median: float
    p99: float
    wait: float
    beside: float
    presses: int

    @property
    def is_over(self) -> bool:
        return self.median > MEDIAN_LIMIT or self.p99 > P99_LIMIT


def run(*sizes: int, presses: int = PRESSES, places: Sequence[str] = PLACES) -> None:
    """Print the tables."""
    for posts in sizes or FRAME_LIMITS:
        with tempfile.TemporaryDirectory() as folder:
            start = app_of(posts, Path(folder))
            print(
                f"A key with {posts:,} posts: CPU ms, limits {MEDIAN_LIMIT} (median) and {P99_LIMIT} (p99)\n"
            )
            print("| screen | key | median | p99 | wait, p99 | beside | presses | |")
            print("|---|---|---:|---:|---:|---:|---:|---|")
            worst: list[Cost] = []
            for place in places:
                worst += _print_screen(start, place, presses)
            over = sum(cost.is_over for cost in worst)
            print(
                f"\n{len(worst)} kinds of keys, {over} over a limit; the slowest median "
                f"{max(cost.median for cost in worst):.1f}, the slowest p99 {max(c.p99 for c in worst):.1f}\n"
            )


def _print_screen(start: Callable[[], Terminal], place: str, presses: int) -> Iterator[Cost]:
    for name, cost in screen_costs(start, place, presses):
        if isinstance(cost, Cost):
            verdict = "over" if cost.is_over else ""
            print(
                f"| {place} | {name} | {cost.median:.1f} | {cost.p99:.1f} | {cost.wait:.1f} | "
                f"{cost.beside:.1f} | {cost.presses} | {verdict} |",
                flush=True,
            )
            yield cost
        else:
            print(f"| {place} | {name} | {cost.cpu:.1f} | | {cost.own:.1f} | {cost.beside:.1f} | 1 | |")


def screen_costs(
    start: Callable[[], Terminal], place: str, presses: int = PRESSES
) -> Iterator[tuple[str, Cost | Stroke]]:
    """What the first look at a screen costs, then all keys that move about there, then opening it."""
    terminal = start()
    try:
        rest(terminal)
        if place != "week":
            yield "first look", terminal.stroke(opening_key(place), quiet=0.1, first=2.0)
            calm(terminal)
        for name, there, back_again in _movements(place):
            if cost := cost_of(terminal, there, back_again, presses):
                yield name, cost
            calm(terminal)
        other = opening_key("week" if place == "month" else "month")
        if cost := _opening(terminal, other, opening_key(place), presses):
            yield "opening", cost
    finally:
        terminal.close()


def _movements(place: str) -> Iterator[tuple[str, str, str]]:
    """What keys do on a screen that move about there, and what is sent for them."""
    for name, ids in PAIRS.items():
        there, back = (BY_ID[id] for id in ids)
        if place in there.places and keys_on(place, there):
            yield name, _sent(place, there), _sent(place, back)


def _sent(place: str, action: Action) -> str:
    return sent(keys_on(place, action)[0])


def cost_of(terminal: Terminal, there: str, back: str, presses: int) -> Cost | None:
    """Of a key and the one that undoes it; None when neither paints anything."""
    strokes: list[Stroke] = []
    key, other, left, silent = there, back, ONE_WAY, 0
    idle = _idle(terminal)
    while len(strokes) < presses and silent < 2:
        stroke = terminal.stroke(key, first=0.3 if strokes else 2.0)
        silent = 0 if stroke.painted else silent + 1
        left -= 1
        if stroke.painted:
            strokes.append(stroke)
        if not stroke.painted or not left:
            key, other, left = other, key, 2 * ONE_WAY
    return _cost(strokes, idle) if len(strokes) > 1 else None


def _opening(terminal: Terminal, leave: str, enter: str, presses: int) -> Cost | None:
    idle = _idle(terminal)
    strokes: list[Stroke] = []
    for _ in range(presses):
        terminal.stroke(leave)
        strokes.append(terminal.stroke(enter))
    return _cost([stroke for stroke in strokes if stroke.painted], idle)


def _idle(terminal: Terminal) -> tuple[float, float]:
    """CPU milliseconds in a millisecond at rest: of the threads that paint, and of all others. The least of
    some seconds: in one of them the app may clear up, as it does in pauses."""
    seconds = [_second(terminal) for _ in range(3)]
    return min(ui for ui, _others in seconds), min(others for _ui, others in seconds)


def _second(terminal: Terminal) -> tuple[float, float]:
    before, all_before = terminal.ui_seconds(), terminal.cpu_seconds()
    terminal.pause(1.0)
    ui, all_ = terminal.ui_seconds() - before, terminal.cpu_seconds() - all_before
    return ui, all_ - ui


def _cost(strokes: list[Stroke], idle: tuple[float, float]) -> Cost | None:
    if len(strokes) < 2:
        return None
    cpu = [stroke.cpu - idle[0] * stroke.watched for stroke in strokes]
    beside = [stroke.beside - idle[1] * stroke.watched for stroke in strokes]
    return Cost(
        statistics.median(cpu),
        _p99(cpu),
        _p99([stroke.own for stroke in strokes]),
        max(0.0, statistics.mean(beside)),
        len(strokes),
    )


def _p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]


if __name__ == "__main__":
    told = sys.argv[1:]
    numbers = [int(word) for word in told if word.isdigit()]
    run(
        *numbers[:1],
        presses=numbers[1] if len(numbers) > 1 else PRESSES,
        places=[word for word in told if not word.isdigit()] or PLACES,
    )
