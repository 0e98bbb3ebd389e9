"""One writer at a time, and the mark that says how far changes were acknowledged.

The lock is an `flock` on a file of its own that is never deleted (locking the journal itself would make it
unreadable on Windows shares, and a deleted lock file would split the waiting crowd in two). The file holds

- line 1: the calendar's id, the highest acknowledged sequence number and a checksum: the *mark*. It is
  written after the change is durable and not synced itself: it may be behind, never ahead of the truth;
- line 2: process, computer and user of the writer, for the message to those who wait.
"""

import os
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path

from cadence.language import _
from cadence.store import identity
from cadence.store.errors import Busy
from cadence.store.files.disk import Disk

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MARK_SIZE = 64
HOLDER_SIZE = 120
WINDOWS_LOCK_BYTE = 2**30  # far behind the text: Windows lets nobody read a locked byte
FIRST_PAUSE, LONGEST_PAUSE = 0.0002, 0.001


def try_lock(fd: int) -> bool:
    """Take the lock now or not at all."""
    try:
        if sys.platform == "win32":
            os.lseek(fd, WINDOWS_LOCK_BYTE, os.SEEK_SET)
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def unlock(fd: int) -> None:
    if sys.platform == "win32":
        os.lseek(fd, WINDOWS_LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(fd, fcntl.LOCK_UN)


class Lock:
    """The lock file of one calendar, opened by one process. `fd` is None when it can only be read."""

    def __init__(self, disk: Disk, path: Path, calendar_id: str) -> None:
        self._disk = disk
        self._path = path
        self._calendar_id = calendar_id
        self._fd = disk.open_lock(path)
        self._pid = os.getpid()
        self._inode = disk.inode(self._fd)
        holder = f"process {self._pid} on {identity.host()} ({identity.user()})"
        self._holder = holder.encode()[: HOLDER_SIZE - 1].ljust(HOLDER_SIZE - 1) + b"\n"
        self._mark = b""
        self._is_held = False

    def acquire(self, timeout: float) -> None:
        """Busy, naming the holder, after `timeout` seconds."""
        self._reopen_if_needed()
        deadline = time.monotonic() + timeout
        pause = FIRST_PAUSE
        while not try_lock(self._fd):
            if time.monotonic() >= deadline:
                raise Busy(
                    _(
                        "{path} has been locked for {timeout:g} s by {holder}",
                        path=self._path,
                        timeout=timeout,
                        holder=self.holder(),
                    ),
                    _("try again; if that program hangs, stop it"),
                )
            time.sleep(pause * (0.5 + os.urandom(1)[0] / 256))  # not all in step
            pause = min(2 * pause, LONGEST_PAUSE)
        self._is_held = True
        there = self._disk.read(self._fd, 0, MARK_SIZE + HOLDER_SIZE)
        self._mark = there[:MARK_SIZE]
        if there[MARK_SIZE:] != self._holder:
            with suppress(OSError):  # it is only for a message
                self._disk.write_at(self._fd, self._holder, MARK_SIZE)

    def release(self) -> None:
        self._is_held = False
        unlock(self._fd)

    def holder(self) -> str:
        line = self._disk.read(self._fd, MARK_SIZE, HOLDER_SIZE).decode(errors="replace").strip()
        return line or _("another program")

    def mark(self) -> int:
        """The highest sequence number known to be acknowledged; 0 when that is not known."""
        return parse_mark(self._disk.read(self._fd, 0, MARK_SIZE), self._calendar_id)

    def mark_is(self, seq: int) -> bool:
        """While the lock is held: whether exactly this number is marked (the usual case, quick to tell)."""
        return self._mark == format_mark(self._calendar_id, seq)

    def set_mark(self, seq: int) -> None:
        self._mark = format_mark(self._calendar_id, seq)
        self._disk.write_at(self._fd, self._mark, 0)

    def follow(self, calendar_id: str) -> None:
        """Another calendar was put in place of the one that was there."""
        self._calendar_id = calendar_id
        if not self._is_held:
            self._reopen_if_needed()

    def close(self) -> None:
        self._disk.close(self._fd)

    def _reopen_if_needed(self) -> None:
        """After a fork both processes would hold the lock together; a deleted file locks nobody out."""
        if os.getpid() == self._pid and self._is_in_place():
            return
        fresh = Lock(self._disk, self._path, self._calendar_id)
        self.close()
        self.__dict__.update(fresh.__dict__)

    def _is_in_place(self) -> bool:
        try:
            return self._disk.stat(self._path).st_ino == self._inode
        except FileNotFoundError:
            return False


def format_mark(calendar_id: str, seq: int) -> bytes:
    text = f"{calendar_id} {seq:012d}".encode()
    return (text + b" %08x" % zlib.crc32(text)).ljust(MARK_SIZE - 1) + b"\n"


def parse_mark(data: bytes, calendar_id: str) -> int:
    text, _blank, check = data.strip().rpartition(b" ")
    owner, _blank, seq = text.partition(b" ")
    if owner != calendar_id.encode() or check != b"%08x" % zlib.crc32(text):
        return 0
    return int(seq)
