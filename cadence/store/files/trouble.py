"""From the system's errors to sentences for people."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from cadence.store.errors import Corrupt, StoreError, WriteFailed
from cadence.store.files.journal import RESTORE, Position

WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file may not grow any further (a limit of this process or the disk)",
    errno.EIO: "the disk reports an error",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you have no permission",
    errno.EPERM: "you have no permission",
    errno.ENOENT: "it is not there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EMFILE: "too many files are open",
    errno.ENOLCK: "locks do not work there",
    errno.ENOSYS: "locks do not work there",
}


def reason(error: OSError) -> str:
    return WORDS.get(error.errno or 0) or os.strerror(error.errno or 0)


def is_forbidden(error: OSError) -> bool:
    """Writing is not allowed here, reading may be."""
    return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def reading(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {reason(error)}", "nothing was changed") from error


@contextmanager
def writing(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise WriteFailed(
            f"{path} cannot be written: {reason(error)}",
            "nothing was changed; make room or check the disk, then try again",
        ) from error


def damaged(path: Path, at: Position) -> Corrupt:
    return Corrupt(
        f"{path} is damaged at byte {at.end}, after change {at.seq}",
        RESTORE,
        path=str(path),
        offset=at.end,
    )


def too_short(path: Path, at: Position, expected: int) -> Corrupt:
    return Corrupt(
        f"{path} ends with change {at.seq} at byte {at.end}, but change {expected} was stored in it",
        f"{RESTORE} (if you put an older copy here on purpose, restore it into a new file)",
        path=str(path),
        offset=at.end,
    )
