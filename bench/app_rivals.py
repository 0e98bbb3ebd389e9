"""How Cadence starts and answers beside other programs for the terminal, in the same run.

    python -m bench.app_rivals [EVENTS]

`ikhal` and `calcurse` show a calendar with as many events as Cadence has posts; `posting` is a finished
Textual app, which holds no events. Each runs in a real pseudo-terminal of 120 x 40, with nobody's own
settings. Start: CPU time of all its threads (and the clock) until its first text is painted, and until its
events are. A key: CPU time of the process for a press of the arrow down and up again, until the screen is
quiet, and the wait for its last byte, without that for which other processes had the processor.

`make bench` installs ikhal and posting into `.rivals`, and calcurse with apt where it may. Who is missing is
left out, and it is said. ikhal takes some minutes to index its events, before anything is measured.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bench.app import EMPTY_APP, RUNS, Frame, app_of, first_frames
from bench.dataset import ZONE
from bench.terminal import Stroke, Terminal

EVENTS = 10_000
PRESSES = 60
A_DAY = 40
"""Events a day, as many as Cadence's channels have."""
RIVALS = Path(".rivals/bin")
DOWN, UP = "\x1b[B", "\x1b[A"


class Contender(NamedTuple):
    """A program, how it is started, and what shows on its first frame and when it is ready for use."""

    name: str
    start: Callable[[], Terminal]
    first: str
    ready: str


class Found(NamedTuple):
    first: Frame
    ready: Frame
    keys: list[Stroke]
    megabytes: float

    @property
    def key_text(self) -> str:
        """CPU milliseconds and the wait, both the median; an empty app has no key that shows anything."""
        if not self.keys:
            return "– | –"
        cpu = statistics.median(stroke.cpu + stroke.beside for stroke in self.keys)
        return f"{cpu:.1f} | {statistics.median(stroke.own for stroke in self.keys):.1f}"


def run(events: int = EVENTS) -> None:
    """Print the table."""
    install_calcurse()
    with tempfile.TemporaryDirectory() as folder:
        print(f"Beside others: {events:,} events or posts, a terminal of 120 x 40\n")
        print("| program | first frame, CPU ms | by the clock | in use | a key, CPU ms | its wait | MB |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        known = list(contenders(events, Path(folder)))
        starts = [(one.start, text) for one in known for text in (one.first, one.ready)]
        frames = iter(first_frames(*starts, runs=RUNS))
        for contender in known:
            found = measure(contender, next(frames), next(frames))
            took = f"{found.first.cpu:.0f} | {found.first.wall:.0f} | {found.ready.cpu:.0f}"
            print(f"| {contender.name} | {took} | {found.key_text} | {found.megabytes:.0f} |", flush=True)


def measure(contender: Contender, first: Frame, ready: Frame) -> Found:
    terminal = contender.start()
    try:
        terminal.wait_for(contender.ready)
        terminal.pause(2.0)
        strokes = [stroke for _ in range(PRESSES) for stroke in _down_and_up(terminal) if stroke.painted]
        return Found(first, ready, strokes, terminal.megabytes())
    finally:
        terminal.close()


def _down_and_up(terminal: Terminal) -> Iterator[Stroke]:
    yield terminal.stroke(DOWN)
    yield terminal.stroke(UP)


def contenders(events: int, folder: Path) -> Iterator[Contender]:
    """Those that are installed, each with files of its own."""
    ours = folder / "cadence-home"
    ours.mkdir()
    yield Contender("Cadence", app_of(events, ours), "Cadence", "Bench")
    empty = [sys.executable, "-c", EMPTY_APP]
    yield Contender("an empty Textual app", lambda: Terminal(empty, {}), "An empty app", "An empty app")
    for name, prepare in (("ikhal", _khal), ("calcurse", _calcurse), ("posting", _posting)):
        own = folder / name
        own.mkdir()
        path = shutil.which(name, path=f"{RIVALS.absolute()}:{os.environ['PATH']}")
        if path is None:
            print(f"| {name} | is not installed | | | | | |")
        else:
            yield prepare(path, own, events)


def _days(events: int) -> Iterator[tuple[int, date, int]]:
    """Number, day and hour of events around today, most of them behind it."""
    today = datetime.now(ZoneInfo(ZONE)).date()
    for n in range(events):
        yield n, today + timedelta(days=28 - n // A_DAY), 8 + n % A_DAY // 4


def _khal(path: str, folder: Path, events: int) -> Contender:
    """Its own index is made before it is measured."""
    calendar = folder / "events"
    calendar.mkdir()
    for n, day, hour in _days(events):
        at = f"{day:%Y%m%d}T{hour:02}0000"
        (calendar / f"{n}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VEVENT\r\n"
            f"UID:bench-{n}\r\nDTSTAMP:{at}Z\r\nDTSTART:{at}\r\nDURATION:PT15M\r\nSUMMARY:Event {n}\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    config = folder / "khal.conf"
    config.write_text(
        f"[calendars]\n[[bench]]\npath = {calendar}\n[sqlite]\npath = {folder / 'khal.db'}\n"
        f"[locale]\nlocal_timezone = {ZONE}\ndefault_timezone = {ZONE}\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    # Under C.UTF-8 it asks the locale for what that has not, and ends.
    environment = {**_homes(folder), "LANG": "en_US.UTF-8", "LC_ALL": "C"}
    khal = [str(Path(path).with_name("khal")), "-c", str(config), "list", "today"]
    subprocess.run(khal, env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    return Contender("ikhal", lambda: Terminal([path, "-c", str(config)], environment), "Mo", "Event")


def _calcurse(path: str, folder: Path, events: int) -> Contender:
    lines = [
        f"{day:%m/%d/%Y} @ {hour:02}:00 -> {day:%m/%d/%Y} @ {hour:02}:15 |Event {n}"
        for n, day, hour in _days(events)
    ]
    (folder / "apts").write_text("\n".join(lines) + "\n")
    (folder / "todo").write_text("")
    command = [path, "-D", str(folder), "-C", str(folder)]
    return Contender("calcurse", lambda: Terminal(command, _homes(folder)), "Calendar", "Event")


def _posting(path: str, folder: Path, events: int) -> Contender:
    return Contender(
        "posting",
        lambda: Terminal([path], _homes(folder), folder=folder),
        "Posting",
        "Collection",
    )


def _homes(folder: Path) -> dict[str, str]:
    homes = {f"XDG_{kind}_HOME": str(folder) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {**homes, "HOME": str(folder)}


def install_calcurse() -> None:
    """It comes with the system; only root may ask for it."""
    if shutil.which("calcurse"):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        print("calcurse is not here: install it with the system's packages (apt-get install calcurse)\n")
        return
    subprocess.run(["apt-get", "install", "-y", "-qq", "calcurse"], check=False, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
