"""How the commands print: aligned tables for people, one JSON object for programs.

Everything goes through `say`, into Python's buffer and out at the end, so that a long list is one write.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import json

from cadence.language import _
from cadence.model.errors import BadInput

GAP = "  "


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


def say_json(data: object) -> None:
    """One JSON object, indented. Where the terminal's encoding is not UTF-8 everything outside ASCII is
    escaped, so that what is read is always what was meant."""
    text = json.format(json.encode(data), indent=2).decode()
    if not text.isascii() and not speaks_unicode():
        text = "".join(c if c < "\x80" else _escaped(c) for c in text)
    say(text)


def speaks_unicode() -> bool:
    """Whether the output's encoding has the marks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


def iso(moment: datetime, zone: ZoneInfo) -> str:
    """`2026-11-26T09:00:00+01:00`."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


def rounded(number: float | None, places: int) -> float | None:
    return None if number is None else round(number, places)


def table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[str] = (), none: str = ""
) -> None:
    """Print aligned columns; those named in `right` are aligned to the right. On a terminal a line is cut at
    its edge, in a file it is whole. Without rows only the sentence `none` is printed."""
    body = list(rows)
    if not body:
        say(none)
        return
    lines = [list(headers), *body]
    widths = [max(cells(line[i]) for line in lines) for i in range(len(headers))]
    to_the_right = set(right)
    rights = {i for i, name in enumerate(headers) if name in to_the_right}
    room = _terminal_width()
    for line in lines:
        shown = [pad(text, widths[i], right=i in rights) for i, text in enumerate(line)]
        say(cut(GAP.join(shown).rstrip(), room))


def cells(text: str) -> int:
    """How many columns a terminal needs for `text`."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space


def cut(text: str, width: int | None) -> str:
    """`text` in at most `width` columns; what was cut is shown by dots."""
    if width is None or cells(text) <= width:
        return text
    dots = "…" if speaks_unicode() else "..."
    kept, room = "", width - len(dots)
    for character in text:
        room -= cells(character)
        if room < 0:
            break
        kept += character
    return kept + dots


def _terminal_width() -> int | None:
    """None when the output is no terminal."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def write_out(content: bytes, path: Path | None) -> None:
    """Write to a file, whole or not at all, or to the standard output as it is."""
    if path is None:
        sys.stdout.flush()
        if buffer := getattr(sys.stdout, "buffer", None):
            buffer.write(content)
        else:
            sys.stdout.write(content.decode())
        return
    if path.is_dir() or not path.name:
        raise BadInput(_("{path} is a folder", path=path), _("name a file with -o"))
    fresh = path.with_name(f".{path.name[:200]}.{os.getpid()}.tmp")
    try:
        fresh.write_bytes(content)
        os.replace(fresh, path)
    except (OSError, ValueError) as error:
        fresh.unlink(missing_ok=True)
        reason = error.strerror if isinstance(error, OSError) else error
        message = _("cannot write {path}: {reason}", path=path, reason=reason)
        raise BadInput(message, _("name another file with -o")) from None
