"""A program in a real pseudo-terminal: keys go in, what it paints comes out, its CPU time is read on the way.

CPU time is that of all threads of the process, from `/proc/PID/task/*/schedstat` (nanoseconds, Linux).
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "TEXTUAL_ANIMATIONS": "none",
}
UI_THREADS = 3
"""A Textual app has so many threads before anything else: its own, one that reads keys, one that writes."""


class Stroke(NamedTuple):
    """What a key led to until the screen was quiet: bytes painted; milliseconds to the last of them by the
    clock, and without those for which other processes had the processor; CPU milliseconds of the threads that
    paint and of all others; how long it all was watched."""

    painted: int
    wait: float
    own: float
    cpu: float
    beside: float
    watched: float


class Terminal:
    """Starts `command` in a terminal of `columns` by `rows`; leave it with `close`."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 120,
        rows: int = 40,
        folder: Path | None = None,
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder or Path.cwd())
            os.execvpe(command[0], list(command), {**os.environ, **ENVIRONMENT, **environment})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, text: str, seconds: float = 60) -> float:
        """Read until `text` was painted; the seconds since the start. TimeoutError if it never comes."""
        seen, wanted = b"", text.encode()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            seen += self._read(0.2)
            if wanted in seen:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{text!r} was not painted; the last of what was: {seen[-400:]!r}")

    def press(self, keys: str, quiet: float = 0.03) -> int:
        """Send keys and read until nothing has been painted for `quiet` seconds; the bytes painted."""
        os.write(self._fd, keys.encode())
        return self.settle(quiet, first=1.0)

    def settle(self, quiet: float, first: float | None = None) -> int:
        """Read until nothing has been painted for `quiet` seconds (`first`: for the first bytes)."""
        painted, wait = 0, first or quiet
        while data := self._read(wait):
            painted, wait = painted + len(data), quiet
        return painted

    def pause(self, seconds: float) -> None:
        """Read for so long, whatever is painted: a clock never rests."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)

    def latency(self, key: str, quiet: float = 0.015) -> tuple[float, float]:
        """Milliseconds from a key to the first of what it paints: by the clock, and without those for which
        the main thread could have run and another process did. Waits until it is quiet afterwards."""
        waited, began = self._waited_seconds(), time.perf_counter()
        os.write(self._fd, key.encode())
        if not self._read(1.0):
            raise TimeoutError(f"{key!r} painted nothing")
        raw = time.perf_counter() - began
        own = max(0.0, raw - (self._waited_seconds() - waited))
        self.settle(quiet)
        return 1000 * raw, 1000 * own

    def stroke(self, key: str, quiet: float = 0.02, first: float = 0.3) -> Stroke:
        """Press a key and read until nothing has been painted for `quiet` seconds; nothing at all after
        `first`."""
        ui, cpu, waited = self.ui_seconds(), self.cpu_seconds(), self._waited_seconds()
        began = last = time.perf_counter()
        os.write(self._fd, key.encode())
        painted, limit = 0, first
        while data := self._read(limit):
            painted, limit, last = painted + len(data), quiet, time.perf_counter()
        wait = last - began
        own = max(0.0, wait - (self._waited_seconds() - waited))
        ui, cpu = self.ui_seconds() - ui, self.cpu_seconds() - cpu
        watched = time.perf_counter() - began
        return Stroke(painted, *(1000 * each for each in (wait, own, ui, cpu - ui, watched)))

    def leave(self, key: str) -> float:
        """Seconds from a key until the process is gone; it may not have failed."""
        began = time.perf_counter()
        os.write(self._fd, key.encode())
        pid, status = 0, 0
        while self._read(0.005) or not pid:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if time.perf_counter() - began > 30:
                raise TimeoutError(f"{key!r} did not end it")
        seconds = time.perf_counter() - began
        os.close(self._fd)
        if status:
            raise RuntimeError(f"it ended with {os.waitstatus_to_exitcode(status)}")
        return seconds

    def _waited_seconds(self) -> float:
        """For how long the main thread has been ready while others ran."""
        return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[1]) / 1e9

    def cpu_seconds(self) -> float:
        """What all threads of the process have computed so far; those that have ended are forgotten."""
        return sum(self._cpu_by_thread())

    def ui_seconds(self) -> float:
        """What the threads have computed that read keys and paint: the oldest ones."""
        return sum(self._cpu_by_thread()[:UI_THREADS])

    def _cpu_by_thread(self) -> list[float]:
        """Seconds, the oldest thread first."""
        found: list[float] = []
        for task in sorted(Path(f"/proc/{self.pid}/task").iterdir(), key=lambda task: int(task.name)):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
                found.append(int((task / "schedstat").read_text().split()[0]) / 1e9)
        return found

    def megabytes(self) -> float:
        """What the process holds in memory (resident), libraries included."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._fd], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self._fd, 65536)
        except OSError:
            return b""
