"""The one door to the file system, so that tests can cut the power before, inside and after every call.

Thin on purpose: names and meaning are those of `os`, the differences between systems are settled here.
"""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

WINDOWS = os.name == "nt"
_BINARY = getattr(os, "O_BINARY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def beside(path: Path, suffix: str) -> Path:
    """`team.json` → `team.json.log`: the file that belongs to another one."""
    return path.with_name(path.name + suffix)


class Disk:
    """The real file system."""

    # Reading

    def stat(self, path: Path) -> os.stat_result:
        return os.stat(path)

    def kind(self, path: Path) -> str | None:
        """`file`, another word for what is there instead, or None for nothing."""
        try:
            mode = self.stat(path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stat.S_ISREG(mode):
            return "file"
        kinds = {stat.S_IFDIR: "folder", stat.S_IFSOCK: "socket", stat.S_IFIFO: "pipe"}
        return kinds.get(stat.S_IFMT(mode), "device")

    def open_read(self, path: Path) -> int:
        return os.open(path, os.O_RDONLY | _BINARY | _NO_WAIT)

    def inode(self, fd: int) -> int:
        return os.fstat(fd).st_ino

    def size(self, fd: int) -> int:
        return os.fstat(fd).st_size

    def read(self, fd: int, offset: int, size: int) -> bytes:
        """The bytes from `offset`, `size` of them or as many as there are."""
        parts: list[bytes] = []
        while size > 0 and (part := self._read_some(fd, offset, size)):
            parts.append(part)
            offset += len(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _read_some(self, fd: int, offset: int, size: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(fd, size, offset)
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, size)

    def read_file(self, path: Path) -> bytes:
        with self.opened(path) as fd:
            return self.read(fd, 0, self.size(fd))

    def read_start(self, path: Path) -> bytes:
        with self.opened(path) as fd:
            return self.read(fd, 0, 4096)

    @contextmanager
    def opened(self, path: Path) -> Generator[int]:
        fd = self.open_read(path)
        try:
            yield fd
        finally:
            self.close(fd)

    def close(self, fd: int) -> None:
        os.close(fd)

    # Writing: each of these is a point where a crash or an error is tried out

    def open_append(self, path: Path) -> int:
        return os.open(path, os.O_RDWR | os.O_APPEND | _BINARY | _NO_WAIT)

    def open_in_place(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | _BINARY | _NO_WAIT)

    def open_lock(self, path: Path) -> int:
        return os.open(path, os.O_RDWR | os.O_CREAT | _BINARY | _NO_WAIT, 0o666)

    def open_new(self, path: Path) -> int:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)

    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data)

    def write_at(self, fd: int, data: bytes, offset: int) -> int:
        if hasattr(os, "pwrite"):
            return os.pwrite(fd, data, offset)
        os.lseek(fd, offset, os.SEEK_SET)
        return os.write(fd, data)

    def truncate(self, fd: int, size: int) -> None:
        os.ftruncate(fd, size)

    def sync_data(self, fd: int) -> None:
        """The content and the length are on the disk when this returns."""
        getattr(os, "fdatasync", os.fsync)(fd)

    def sync_directory(self, path: Path) -> None:
        """Creations and renames in a directory are on the disk when this returns (not on Windows)."""
        if not WINDOWS:
            fd = os.open(path, os.O_RDONLY)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)

    def replace(self, source: Path, destination: Path) -> None:
        os.replace(source, destination)

    def remove(self, path: Path) -> None:
        os.unlink(path)

    def make_directory(self, path: Path) -> None:
        os.makedirs(path, exist_ok=True)

    # Both together

    def write_all(self, fd: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self.write(fd, bytes(view) if len(view) < len(data) else data) :]

    def replace_file(self, path: Path, parts: list[bytes], temporary: Path) -> None:
        """Put a new file in place of an old one: whoever looks, even after a power cut, finds one of them,
        whole."""
        fd = self.open_new(temporary)
        try:
            try:
                for part in parts:
                    self.write_all(fd, part)
                self.sync_data(fd)
            finally:
                self.close(fd)
            self.replace(temporary, path)
        except OSError:
            self.discard(temporary)
            raise
        self.sync_directory(path.parent)

    def discard(self, path: Path) -> None:
        """Remove a temporary file if it is there and can be removed; it is only in the way."""
        try:
            self.remove(path)
        except OSError:
            return
