"""A form that a reader sends from their page: where it came from, what is in it, and what of it is text.

The secret address says who sends it. That another site has their browser send it is prevented without a
cookie: by what browsers say of where a form was (RFC 6454 section 7; Fetch Metadata Request Headers section
2), and by a seal that only the page itself holds.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from unicodedata import category
from urllib.parse import parse_qsl, urlsplit

from starlette.types import Receive

from cadence.language import later
from cadence.web.conditions import RawHeaders, header

FORM = b"application/x-www-form-urlencoded"
MOST_OCTETS = 32 * 1024
"""A comment of 2,000 characters takes up to 24,000 octets when it is nothing but emoji."""
MOST_TAKEN_IN = 2 * 1024 * 1024
"""A form that is too large is read to its end, if that is not far: who is still sending hears no answer."""
SENT_WITHIN = 10.0
"""Seconds in which the whole of a form must have come."""
MOST_FIELDS = 12
GOOD_FOR = timedelta(days=1)
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the reading direction of the text after it, in all places where that is shown. Letters that are
read from the right need none of it."""
_PORTS = {"http": 80, "https": 443}


class Unreadable(Exception):
    """A form that no page of ours sends: `status` is the answer's, the reason a text that is still to be
    translated."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


# Where it came from


def is_from_own_page(headers: RawHeaders, addresses: Iterable[str]) -> bool:
    """Whether a browser says that the form was on a page of the same origin. `addresses` are our own; the
    name that the request was sent to counts as ours too, for whoever reaches us by another one. Without a
    word of the browser: no."""
    site, origin = header(headers, b"sec-fetch-site"), header(headers, b"origin")
    if origin == b"null":  # a page that hides where it is
        origin = None
    if site is None and origin is None:
        return False
    if site not in (None, b"same-origin"):
        return False
    if origin is None:
        return True
    said = origin.decode("latin-1")
    host = (header(headers, b"host") or b"").decode("latin-1").lower()
    own = {origin_of(address) for address in addresses}
    return said in own or (bool(host) and said.partition("://")[2] == host)


def origin_of(address: str) -> str:
    """`https://feeds.example`, as browsers write it: without the port that goes without saying."""
    split = urlsplit(address.lower())
    host, scheme = split.hostname or "", split.scheme
    host = f"[{host}]" if ":" in host else host
    port = split.port
    return f"{scheme}://{host}" + (f":{port}" if port and port != _PORTS.get(scheme) else "")


def seal(token: str, action: str, now: datetime) -> str:
    """What a form for an action carries that is sent from the page at this token."""
    day = now.astimezone(UTC).date()
    return hmac.new(token.encode(), f"{day} {action}".encode(), "sha256").hexdigest()


def is_sealed(sealed: str, token: str, action: str, now: datetime) -> bool:
    """Whether a form was made for the action on this page, today or the day before."""
    given = sealed.encode()
    good = (seal(token, action, now - ago).encode() for ago in (timedelta(0), GOOD_FOR))
    return any(hmac.compare_digest(given, one) for one in good)


# What is in it


async def fields_of(headers: RawHeaders, receive: Receive) -> dict[str, str]:
    """The fields of a form, each once. Unreadable if it is too large, too slow, or nothing that a browser
    sends."""
    if (header(headers, b"content-type") or b"").partition(b";")[0].strip().lower() != FORM:
        raise Unreadable(415, later("This takes a form as a page sends it."))
    try:
        async with asyncio.timeout(SENT_WITHIN):
            body = await _body(receive)
    except TimeoutError:
        raise Unreadable(408, later("The form did not come in time.")) from None
    try:
        pairs = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Unreadable(400, later("The form cannot be read: it is not text in UTF-8.")) from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Unreadable(400, later("The form has a field twice."))
    return fields


async def _body(receive: Receive) -> bytes:
    body, size, more = bytearray(), 0, True
    while more and size <= MOST_TAKEN_IN:
        message = await receive()
        if message["type"] != "http.request":
            raise Unreadable(400, later("The form broke off."))
        part = message.get("body", b"")
        size += len(part)
        if size <= MOST_OCTETS:
            body += part
        more = message.get("more_body", False)
    if size > MOST_OCTETS:
        raise Unreadable(
            413, later("That is more than a form takes. Go back, it is still there, and make it shorter.")
        )
    return bytes(body)


# What of it is text


def one_line(typed: str) -> str:
    """What somebody typed, as one line: line ends and tabs are spaces. Characters that nobody can see and
    that a terminal or a reader would obey are left out; letters and emoji of all scripts stay."""
    return _seen(re.sub(r"\s+", " ", typed)).strip()


def some_lines(typed: str) -> str:
    """The same with its line ends, and without more than one empty line in a row."""
    lines = [one_line(line) for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", typed)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in it."""
    return all(category(char)[0] in "ZC" for char in text)


def _seen(text: str) -> str:
    return "".join(char for char in text if category(char) != "Cc" and char not in _DIRECTIONS)
