"""Disks that fail on purpose: at a given call the power goes, or the system reports an error.

Also a recorder of everything that is written, and the states that a power cut may leave behind, as
pessimistic as file systems are allowed to be: what was not synced may be there, in part, not at all, or as
zeros; renames and creations in a directory that was not synced may have happened up to any point.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cadence.store.files.disk import Disk

WRITING = (
    "open_append",
    "open_in_place",
    "open_lock",
    "open_new",
    "write",
    "write_at",
    "truncate",
    "sync_data",
    "sync_directory",
    "replace",
    "remove",
    "make_directory",
)
DATA = ("write", "write_at")


class QuickDisk(Disk):
    """Syncs nothing: what a process wrote is there for the next one anyway, only a power cut takes it."""

    def sync_data(self, fd: int) -> None: ...

    def sync_directory(self, path: Path) -> None: ...


class HookedDisk(QuickDisk):
    """Calls `at_call(name, arguments)` instead of each writing call; that one decides what really happens."""

    def at_call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        return self.really(name, arguments)

    def really(self, name: str, arguments: tuple[Any, ...]) -> Any:
        return getattr(QuickDisk, name)(self, *arguments)


def _hook(name: str) -> Any:
    return lambda self, *arguments: self.at_call(name, arguments)


for _name in WRITING:
    setattr(HookedDisk, _name, _hook(_name))


class CountingDisk(HookedDisk):
    """Counts the writing calls."""

    def __init__(self) -> None:
        self.calls = 0

    def at_call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        self.calls += 1
        return self.really(name, arguments)


class DyingDisk(CountingDisk):
    """Ends the process before, halfway into, or after one of the calls."""

    def __init__(self, call: int, moment: str) -> None:
        super().__init__()
        self._call = call
        self._moment = moment

    def at_call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        self.calls += 1
        if self.calls != self._call:
            return self.really(name, arguments)
        if self._moment == "halfway" and name in DATA:
            fd, data, *place = arguments
            self.really(name, (fd, data[: len(data) // 2], *place))
        if self._moment == "after":
            self.really(name, arguments)
        os._exit(0)


class FailingDisk(CountingDisk):
    """Reports an error at one of the calls, after half of the data was written, and, if it is `for_good`, at
    every writing call after it."""

    def __init__(self, call: int, error: int, *, for_good: bool = False) -> None:
        super().__init__()
        self._call = call
        self._error = error
        self._for_good = for_good
        self.enabled = True

    def at_call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        self.calls += 1
        hit = self.calls >= self._call if self._for_good else self.calls == self._call
        if not (hit and self.enabled):
            return self.really(name, arguments)
        if name in DATA:
            fd, data, *place = arguments
            self.really(name, (fd, data[: len(data) // 2], *place))
        raise OSError(self._error, os.strerror(self._error))


@dataclass
class Inode:
    """A file's bytes as they are on the disk for sure, and what was done to them since."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # (offset, data) or (size, None)

    def applied(self, steps: list[tuple[int, bytes | None]]) -> bytes:
        data = self.durable
        for offset, new in steps:
            data = data[:offset] if new is None else _write(data, offset, new)
        return data

    def variants(self) -> dict[str, bytes]:
        """What may be left of the file by the name of the accident."""
        if not self.pending:
            return {"whole": self.durable}
        *before, (offset, last) = self.pending
        start = self.applied(before)
        if last is None:
            return {"none": self.durable, "whole": start[:offset]}
        half = len(last) // 2
        return {
            "none": self.durable,
            "one byte": _write(start, offset, last[:1]),
            "half": _write(start, offset, last[:half]),
            "all but one": _write(start, offset, last[:-1]),
            "zeros": _write(start, offset, bytes(len(last))),
            "zeros, then data": _write(start, offset, bytes(half) + last[half:]),
            "whole": _write(start, offset, last),
        }


def _write(data: bytes, offset: int, new: bytes) -> bytes:
    return data[:offset].ljust(offset, b"\0") + new + data[offset + len(new) :]


class RecordingDisk(HookedDisk):
    """Keeps a model of what is certainly on the disk, and calls `on_cut` with it before every writing call.

    `forget` names calls that do nothing: a way to take the protection out and see whether the tests notice.
    """

    def __init__(self, *, forget: tuple[str, ...] = ()) -> None:
        self.acknowledged = 0
        self.cuts: list[Cut] = []
        self._forget = forget
        self._open: dict[int, tuple[Inode, bool]] = {}
        self._names: dict[str, Inode] = {}
        self._durable_names: dict[str, Inode] = {}
        self._renames: list[tuple[str, str | None, Inode | None]] = []

    def at_call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        if name in self._forget:
            return None
        result = self.really(name, arguments)
        getattr(self, f"_after_{name}", lambda *_: None)(result, *arguments)
        self._cut()
        return result

    def _cut(self) -> None:
        for renames in range(len(self._renames) + 1):
            names = dict(self._durable_names)
            for new, old, inode in self._renames[:renames]:
                if old is not None:
                    names.pop(old, None)
                if inode is not None:
                    names[new] = inode
            files = {name: inode.variants() for name, inode in names.items()}
            accidents = {accident for variants in files.values() for accident in variants}
            for accident in accidents:
                state = {name: variants.get(accident, variants["whole"]) for name, variants in files.items()}
                self.cuts.append(Cut(self.acknowledged, state))

    def _opened(self, fd: int, path: Path, *, append: bool = False) -> None:
        inode = self._names.get(path.name)
        if inode is None:
            inode = self._names[path.name] = Inode()
            self._renames.append((path.name, None, inode))
        self._open[fd] = inode, append

    def _after_open_append(self, fd: int, path: Path) -> None:
        self._opened(fd, path, append=True)

    def _after_open_in_place(self, fd: int, path: Path) -> None:
        self._opened(fd, path)

    def _after_open_lock(self, fd: int, path: Path) -> None:
        self._opened(fd, path)

    def _after_open_new(self, fd: int, path: Path) -> None:
        self._opened(fd, path)
        self._open[fd][0].pending.append((0, None))

    def _after_write(self, count: int, fd: int, data: bytes) -> None:
        inode, _ = self._open[fd]
        inode.pending.append((len(inode.applied(inode.pending)), data[:count]))

    def _after_write_at(self, count: int, fd: int, data: bytes, offset: int) -> None:
        self._open[fd][0].pending.append((offset, data[:count]))

    def _after_truncate(self, _: None, fd: int, size: int) -> None:
        self._open[fd][0].pending.append((size, None))

    def _after_sync_data(self, _: None, fd: int) -> None:
        inode, _append = self._open[fd]
        inode.durable, inode.pending = inode.applied(inode.pending), []

    def _after_sync_directory(self, _: None, path: Path) -> None:
        self._durable_names, self._renames = dict(self._names), []

    def _after_replace(self, _: None, source: Path, destination: Path) -> None:
        inode = self._names.pop(source.name)
        self._names[destination.name] = inode
        self._renames.append((destination.name, source.name, inode))

    def _after_remove(self, _: None, path: Path) -> None:
        self._names.pop(path.name)
        self._renames.append((path.name, path.name, None))


@dataclass(frozen=True)
class Cut:
    """One state that a power cut may leave: the files, and how many changes were acknowledged by then."""

    acknowledged: int
    files: dict[str, bytes]

    def write(self, folder: Path) -> None:
        for name, data in self.files.items():
            (folder / name).write_bytes(data)


def distinct(cuts: list[Cut]) -> Iterator[Cut]:
    seen: set[object] = set()
    for cut in cuts:
        key = cut.acknowledged, tuple(sorted(cut.files.items()))
        if key not in seen:
            seen.add(key)
            yield cut
