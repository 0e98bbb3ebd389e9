"""What a request asks for in its headers: which language and coding, and whether the client has it already.

Clients send the same few values again and again, so that what was read of a header is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from cadence.language import ENGLISH, LANGUAGES, speech

RawHeaders = Iterable[tuple[bytes, bytes]]

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z", re.IGNORECASE)


def header(headers: RawHeaders, name: bytes) -> bytes | None:
    """The value of a header; several lines of it are one list (RFC 9110 section 5.2)."""
    found = [value for key, value in headers if key == name]
    return b", ".join(found) if found else None


def wished_language(accept_language: bytes | None) -> str:
    """The code of the language that is most welcome of those that Cadence speaks (RFC 9110 section 12.5.4;
    looked up as in RFC 4647 section 3.4: `it` for `it-CH`), English if none is. Whoever wishes for nothing,
    or for anything, hears what this server speaks."""
    return _wished(accept_language or b"*", speech().code)


def wants_gzip(accept_encoding: bytes | None) -> bool:
    """Whether gzip is asked for and not less welcome than no coding (RFC 9110 section 12.5.3)."""
    return accept_encoding is not None and _wants_gzip(accept_encoding)


def has_it_already(headers: RawHeaders, etag: str, modified: datetime | None) -> bool:
    """Whether the client has the representation with this tag, unchanged since `modified` (UTC).

    If-None-Match is compared weakly; where it is given If-Modified-Since means nothing (RFC 9110 sections
    13.1.2, 13.1.3 and 13.2.2). What cannot be read is ignored.
    """
    if (tags := header(headers, b"if-none-match")) is not None:
        known = _tags(tags)
        return "*" in known or etag in known
    if modified is None or (since := header(headers, b"if-modified-since")) is None:
        return False
    date = _date(since)
    return date is not None and modified <= date


@lru_cache(maxsize=256)
def _wished(value: bytes, usual: str) -> str:
    qualities = _qualities(value)
    for wish in sorted(qualities, key=lambda wish: -qualities[wish]):  # of two as welcome, the first
        code = usual if wish == "*" else wish.partition("-")[0]
        if qualities[wish] > 0 and (wish == "*" or code in LANGUAGES):
            return code
    return ENGLISH


@lru_cache(maxsize=256)
def _wants_gzip(value: bytes) -> bool:
    quality = _qualities(value)
    gzip = quality.get("gzip", quality.get("x-gzip", quality.get("*", 0)))
    return gzip > 0 and gzip >= quality.get("identity", 0)


def _qualities(value: bytes) -> dict[str, float]:
    """How welcome each item of a list is, in its order (RFC 9110 section 12.4.2)."""
    found = dict[str, float]()
    for part in value.decode("latin-1").lower().split(","):
        item, *parameters = (piece.strip() for piece in part.split(";"))
        found[item] = _quality(parameters)
    return found


def _quality(parameters: list[str]) -> float:
    """1 if none is given, 0 if what is given is no quality."""
    if not parameters:
        return 1
    found = _QUALITY.match(parameters[0])
    return float(found[1]) if found else 0


@lru_cache(maxsize=1024)
def _tags(value: bytes) -> frozenset[str]:
    text = value.decode("latin-1")
    return frozenset({"*"}) if text.strip() == "*" else frozenset(_TAG.findall(text))


@lru_cache(maxsize=1024)
def _date(value: bytes) -> datetime | None:
    try:
        date = parsedate_to_datetime(value.decode("latin-1"))
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
