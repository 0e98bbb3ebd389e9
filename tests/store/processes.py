"""Real processes that work on the same calendar; what they acknowledge comes back through a pipe."""

import os
import signal
import struct
from collections.abc import Callable
from pathlib import Path

from cadence.store import Store, open_store

NUMBER = struct.Struct("q")


class Worker:
    """A child process that opens the calendar and does `work(store, report)`, where `report(n)` tells the
    parent a number. It ends when `work` returns, or when it is killed."""

    def __init__(self, path: Path, work: Callable[[Store, Callable[[int], None]], None]) -> None:
        self._reader, writer = os.pipe()
        self._data = b""
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                os.close(self._reader)
                work(open_store(path), lambda number: os.write(writer, NUMBER.pack(number)) and None)
                code = 0
            finally:
                os._exit(code)
        os.close(writer)

    def read_one(self) -> None:
        """Wait until the child reports at least one number more."""
        self._data += os.read(self._reader, 4096)

    def kill(self) -> list[int]:
        os.kill(self.pid, signal.SIGKILL)
        _, numbers = self.join()
        return numbers

    def join(self) -> tuple[bool, list[int]]:
        """Wait for the end; whether it was a good one, and all numbers reported."""
        while more := os.read(self._reader, 65536):
            self._data += more
        os.close(self._reader)
        _, status = os.waitpid(self.pid, 0)
        whole = len(self._data) // NUMBER.size * NUMBER.size
        return status == 0, [number for (number,) in NUMBER.iter_unpack(self._data[:whole])]
