"""Reading somebody's file without being led astray by what it might be."""

import stat
from pathlib import Path

from cadence.language import _
from cadence.model.errors import BadInput

MAX_OCTETS = 50_000_000


def printable(text: str, most: int = 60) -> str:
    """Text of a file as a message may quote it: one line, and nothing that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)[:most].strip()


def read_file(path: Path, limit: int = MAX_OCTETS) -> bytes:
    """The whole content of a regular file of at most `limit` octets; BadInput for anything else."""
    shown = printable(str(path), 300)
    try:
        status = path.stat()  # before opening it: to open a pipe would wait for its other end
        if stat.S_ISDIR(status.st_mode):
            raise BadInput(_("{file} is a folder", file=shown), _("name a file"))
        if not stat.S_ISREG(status.st_mode):
            raise BadInput(_("{file} is not an ordinary file", file=shown), _("save it as a file first"))
        if status.st_size > limit:
            size, most = (f"{octets / 1e6:,.0f} MB" for octets in (status.st_size, limit))
            raise BadInput(
                _("{file} has {size}, at most {most} can be read", file=shown, size=size, most=most),
                _("split it"),
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(_("there is no file {file}", file=shown)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadInput(_("cannot read {file}: {reason}", file=shown, reason=reason)) from None
