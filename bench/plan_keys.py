"""How long a key waits while a plan is being made beside it, and how long leaving takes then.

    python -m bench.plan_keys

Fifteen people and twenty posts a week for eight weeks, all of them open slots: some 800 tasks. The app runs
in a real pseudo-terminal of 120 x 40; a key is pressed, and the time is taken until the first of what it
paints has arrived. On the week screen nothing is planned by itself, so that there the same planning is
started beside it. What the operating system kept the main thread waiting for other processes is told apart,
since a busy machine makes that longer; waiting for the planning thread to let go of the interpreter is not.
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import NamedTuple

from bench.terminal import Terminal
from cadence.model.documents import TABLE_OF, Value, encode
from cadence.model.rhythm import Rhythm
from cadence.model.team import LEVELS, STANDARD_STEPS, TASK_KINDS, Channel, Member, Skill, Team, Workflow
from cadence.store import create_store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE, WEEKS, CHANNELS = 15, 8, 5
DAYS = ("MO,TU,WE,TH", "MO,TU,TH,FR", "MO,WE,TH,FR", "TU,WE,TH,FR", "MO,TU,WE,FR")
"""Of each channel: four posts a week."""
ALLOWANCE = 220
PRESSES = 300
LIMIT_MS = 33
LEAVES, LEAVE_LIMIT = 5, 0.3


class Latency(NamedTuple):
    """Milliseconds by the clock, and without the time for which other processes had the processor."""

    raw: float
    own: float


def run() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "team.json"
        calendar_file(path)
        print(f"Keys while {PEOPLE} people, {WEEKS} weeks, 20 posts a week are planned")
        for name, mode, keys in (
            ("week, at rest", "idle", "lh"),
            ("week, planning", "beside", "lh"),
            ("plan, planning", "plan", "jk"),
        ):
            waits, busy = latencies(path, mode, keys)
            raw, own = (_p99([wait[n] for wait in waits]) for n in (0, 1))
            median = statistics.median(wait.own for wait in waits)
            verdict = "" if own <= LIMIT_MS else "   over the limit"
            print(
                f"  {name:<16} median {median:5.1f}   p99 {own:5.1f} ms, limit {LIMIT_MS}{verdict}"
                f"   (by the clock {raw:.1f}; {len(waits)} keys, {busy:.0%} of a processor busy)"
            )
        seconds = sorted(leave(path) for _ in range(LEAVES))
        verdict = "" if seconds[-1] <= LEAVE_LIMIT else "   over the limit"
        print(
            f"  leaving in mid-solve: {seconds[0]:.2f} to {seconds[-1]:.2f} s (limit {LEAVE_LIMIT}){verdict}"
        )


def latencies(path: Path, mode: str, keys: str) -> tuple[list[Latency], float]:
    """What each of many presses waited, and how much of a processor all threads used meanwhile."""
    terminal = start(path, mode)
    try:
        began, cpu = time.perf_counter(), terminal.cpu_seconds()
        waits = [terminal.latency(keys[n % len(keys)]) for n in range(PRESSES)]
        busy = (terminal.cpu_seconds() - cpu) / (time.perf_counter() - began)
        return [Latency(*wait) for wait in waits], busy
    finally:
        terminal.close()


def leave(path: Path) -> float:
    """Seconds from `q`, half a second into planning, until the process is gone."""
    terminal = start(path, "plan")
    terminal.settle(0.5)
    return terminal.leave("q")


def start(path: Path, mode: str) -> Terminal:
    """The app on a calendar, once it can be used and, unless it is at rest, plans."""
    terminal = Terminal([sys.executable, "-m", "bench.plan_keys", str(path), mode], {})
    terminal.wait_for("Load" if mode != "plan" else "improving")
    terminal.settle(1.0 if mode == "idle" else 0.2)
    return terminal


def _p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


# The calendar


def calendar_file(path: Path) -> None:
    """Write the calendar to a new file."""
    with closing(create_store(path)) as store:
        with store.transaction(by="bench", why="Generate a team", at=NOW) as tx:
            for value in _team():
                tx.insert(TABLE_OF[type(value)], encode(value) | {"id": value.id})
        store.checkpoint()


def _team() -> list[Value]:
    dice = random.Random(1)
    values: list[Value] = [
        Team(name="Bench", zone="Europe/Rome"),
        Workflow(id=1, name="Standard", steps=STANDARD_STEPS),
    ]
    for id, days in enumerate(DAYS, 1):
        rule = f"FREQ=WEEKLY;BYDAY={days}"
        values.append(Channel(id=id, name=f"Channel {id}", workflow=1))
        values.append(Rhythm(id=id, channel=id, rrule=rule, at=clock_time(9), start=date(2026, 11, 30)))
    for id in range(1, PEOPLE + 1):
        channels = dice.sample(range(1, CHANNELS + 1), 3)
        skills = [
            Skill(kind, channel, dice.choice(LEVELS))
            for channel in channels
            for kind in TASK_KINDS
            if dice.random() < 0.6
        ]
        allowance = ALLOWANCE + dice.choice((-60, 0, 60))
        values.append(Member(id=id, name=f"Member {id:02}", skills=tuple(skills), allowance=allowance))
    partner = tuple(Skill(kind) for kind in ("design", "engage"))
    values.append(
        Member(id=99, name="Partner", kind="partner", cost_per_hour=4500, allowance=300, skills=partner)
    )
    return values


# The app, in a process of its own


def _app(path: str, mode: str) -> None:
    from cadence.tui.app import CadenceApp
    from cadence.tui.planning import Planning, Wish
    from cadence.tui.screens import plan_parts
    from cadence.workspace import Workspace

    plan_parts.WEEKS = WEEKS
    workspace = Workspace.open(path)
    app = CadenceApp(workspace, workspace.calendar.member("Member 01"), lambda: NOW)
    if mode == "plan":
        app.call_later(app.go_to_place, "plan")
    if mode == "beside":
        first, last = NOW.date(), NOW.date() + timedelta(weeks=WEEKS)
        wish = Wish(workspace.calendar, NOW, first, last, seconds=120)
        Planning(wish, lambda _: None, lambda _: None).start()
    app.run()
    gc.freeze()  # as `cadence.tui.run`


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _app(*sys.argv[1:])
    else:
        run()
