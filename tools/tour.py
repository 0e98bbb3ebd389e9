"""Records the tour of the app in a minute: `python -m tools.tour` writes `docs/tour.cast` (asciicast v2).

The real app on the sample team on a fixed day, in a pseudo-terminal, driven by the keys below; a line under
it says what is pressed and why. Times are those of the script and not of the machine, so that a fast and a
slow one record the same tour. `asciinema play docs/tour.cast` plays it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.terminal import Terminal

CAST = Path(__file__).parents[1] / "docs" / "tour.cast"
COLUMNS, ROWS = 110, 32
CAPTIONS = 2
"""Lines below the app, for an empty one and the caption."""
NOW = "2026-11-23T10:00+01:00"
QUIET = 0.4
"""Seconds without news after which a screen is painted."""

RIGHT, UP, DOWN, ENTER, ESCAPE = "\x1b[C", "\x1b[A", "\x1b[B", "\r", "\x1b"


class Step(NamedTuple):
    """A key, what is said of it, how many seconds it is looked at, and what must be painted by then."""

    key: str
    said: str
    seconds: float = 2.0
    until: str = ""


TOUR = (
    Step("", "The week: each channel's rhythm, its posts, everybody's load. The Blog is in trouble.", 5),
    Step(RIGHT, "→ → → to Thursday", 0.5),
    Step(RIGHT, "→ → → to Thursday", 0.5),
    Step(RIGHT, "→ → → to Thursday", 0.7),
    Step(UP, "↑ to the post with a warning", 1),
    Step(ENTER, "Enter looks into it: nobody has the review", 3),
    Step(DOWN, "↓ to the review", 1.5),
    Step("a", "a  who could take it? Ranked, with the load before and after", 4, "Who could take"),
    Step(ENTER, "Enter gives it to the first: the warning is gone", 4, "takes review"),
    Step(ESCAPE, "Esc leaves", 1),
    Step("u", "u  undoes, and says what", 3, "Undid"),
    Step("4", "4  warnings: the cause, how long, and ways out on the number keys", 4, "Act now"),
    Step(DOWN, "↓ the Blog is silent", 3),
    Step("I", "I  ideas, from everybody", 3),
    Step(DOWN, "↓ one for the Blog", 1),
    Step("n", "n  would make it a post, on the open slot that suits best", 3),
    Step(ENTER, "Enter plans it", 3),
    Step("p", "p  a plan for everything that nobody has", 5, "proven"),
    Step("w", "w  why this person, and why not the others", 4),
    Step(ESCAPE, "Esc leaves", 0.7),
    Step("A", "A  takes it over as one change", 2.5, "Planned"),
    Step("1", "1  the week again: every post has its people", 4, "Week 48"),
    Step("6", "6  feeds: let somebody subscribe", 2, "Nobody reads"),
    Step("n", "n  a new secret link", 2),
    Step(ENTER, "Enter: scan it with a phone, or paste it into a calendar app", 5, "webcal"),
)


class Recorder(Terminal):
    """Keeps what is painted."""

    painted = b""

    def send(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def _read(self, seconds: float) -> bytes:
        data = super()._read(seconds)
        self.painted += data
        return data

    def take(self) -> bytes:
        """What was painted since the last time."""
        data, self.painted = self.painted, b""
        return data


def record() -> Iterator[tuple[float, str]]:
    """Seconds since the beginning, and what is written to the screen then."""
    with TemporaryDirectory() as home:
        folders = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        environment = {**folders, "HOME": home, "CADENCE_LANGUAGE": "en", "TMPDIR": home, "LOGNAME": "giulia"}
        command = [sys.executable, "-m", "cadence", "demo", "--now", NOW]
        app = Recorder(command, environment, COLUMNS, ROWS)
        try:
            app.wait_for("Week 48")
            at = 0.0
            for step in TOUR:
                if step.key:
                    app.send(step.key)
                if step.until:
                    app.wait_for(step.until)
                app.settle(QUIET, first=2.0)
                yield at, f"{app.take().decode()}{caption(step.said)}"
                at += step.seconds
            yield at, ""
        finally:
            app.close()


def caption(text: str) -> str:
    """A line below the app; the cursor comes back to where the app had it."""
    return f"\x1b7\x1b[{ROWS + CAPTIONS};1H\x1b[0;1m\x1b[2K {text}\x1b[0m\x1b8"


def main() -> int:
    size = {"width": COLUMNS, "height": ROWS + CAPTIONS}
    header = {"version": 2, **size, "title": "Cadence in a minute", "env": {"TERM": "xterm-256color"}}
    lines = [json.dumps(header), *(json.dumps([at, "o", text], ensure_ascii=False) for at, text in record())]
    CAST.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{CAST}: {CAST.stat().st_size // 1000} kB, {json.loads(lines[-1])[0]:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
