"""From the system's errors to sentences for people."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from cadence.language import _, later
from cadence.store.errors import Corrupt, StoreError, WriteFailed
from cadence.store.files.journal import RESTORE, Position

WORDS = {
    errno.ENOSPC: later("the disk is full"),
    errno.EDQUOT: later("your share of the disk is used up"),
    errno.EFBIG: later("the file may not grow any further (a limit of this process or the disk)"),
    errno.EIO: later("the disk reports an error"),
    errno.EROFS: later("the disk is read-only"),
    errno.EACCES: later("you have no permission"),
    errno.EPERM: later("you have no permission"),
    errno.ENOENT: later("it is not there"),
    errno.ENAMETOOLONG: later("the name is too long"),
    errno.ENOTDIR: later("a part of its path is not a folder"),
    errno.EMFILE: later("too many files are open"),
    errno.ENOLCK: later("locks do not work there"),
    errno.ENOSYS: later("locks do not work there"),
}


def reason(error: OSError) -> str:
    known = WORDS.get(error.errno or 0)
    return _(known) if known else os.strerror(error.errno or 0)


KINDS = {
    "file": later("a file"),
    "folder": later("a folder"),
    "socket": later("a socket"),
    "pipe": later("a pipe"),
    "device": later("a device"),
}


def kind_text(kind: str) -> str:
    """`a folder`: what `Disk.kind` found, in words."""
    return _(KINDS[kind])


def is_forbidden(error: OSError) -> bool:
    """Writing is not allowed here, reading may be."""
    return error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def reading(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            _("{path} cannot be read: {reason}", path=path, reason=reason(error)), _("nothing was changed")
        ) from error


@contextmanager
def writing(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise WriteFailed(
            _("{path} cannot be written: {reason}", path=path, reason=reason(error)),
            _("nothing was changed; make room or check the disk, then try again"),
        ) from error


def damaged(path: Path, at: Position) -> Corrupt:
    return Corrupt(
        _("{path} is damaged at byte {byte}, after change {number}", path=path, byte=at.end, number=at.seq),
        _(RESTORE),
        path=str(path),
        offset=at.end,
    )


def too_short(path: Path, at: Position, expected: int) -> Corrupt:
    return Corrupt(
        _(
            "{path} ends with change {number} at byte {byte}, but change {stored} was stored in it",
            path=path,
            number=at.seq,
            byte=at.end,
            stored=expected,
        ),
        _(
            "{restore} (if you put an older copy here on purpose, restore it into a new file)",
            restore=_(RESTORE),
        ),
        path=str(path),
        offset=at.end,
    )
