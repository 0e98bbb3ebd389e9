"""TEXT values (RFC 5545 3.3.11): what may be in them, and how they are escaped."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what breaks a reader: every line end becomes a newline, control characters go."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def escape(text: str) -> str:
    r"""The text as a TEXT value. Unlike icalendar, it leaves `\N` a backslash and an N (`C:\New`)."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")
