"""Text in a feed: what may be in it, how it is escaped (RFC 5545 3.3.11) and folded (3.1)."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_FOLD_WITHIN_ESCAPE = re.compile(rb"(?<!\\)\\(?:\\\\)*\r\n ")
_UNIT = re.compile(r"\\.|.")
_WIDTH = 75
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what breaks a reader: every line end becomes a newline, control characters go."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def escape(text: str) -> str:
    r"""The text as a TEXT value. Unlike icalendar, it leaves `\N` a backslash and an N (`C:\New`)."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def folded(component: bytes) -> bytes:
    """The component folded at 75 octets between characters and between escapes.

    icalendar folds almost so, but can part the two halves of an escaped backslash, which some clients read as
    an escape of what follows. Only what it folded badly is folded again.
    """
    if not _FOLD_WITHIN_ESCAPE.search(component):
        return component
    lines = component.replace(b"\r\n ", b"").decode().split("\r\n")
    return "\r\n".join(_fold(line) for line in lines).encode()


def _fold(line: str) -> str:
    parts, octets = [""], 0
    for unit in _UNIT.findall(line):
        size = len(unit.encode())
        if octets + size > _WIDTH:
            parts.append("")
            octets = 1  # the space that begins a continued line
        parts[-1] += unit
        octets += size
    return "\r\n ".join(parts)
