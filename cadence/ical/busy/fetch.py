"""A calendar from a server that nobody need trust.

Its address is often a secret: messages name the host and nothing else of it.
"""

from __future__ import annotations

import logging
import ssl
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

import httpcore

from cadence import __version__
from cadence.ical.busy.network import CheckedBackend, Deadline, Resolve, system_resolve
from cadence.ical.busy.target import Target, parse, redirected
from cadence.ical.busy.text import MAX_SIZE
from cadence.language import _
from cadence.model.errors import BadInput

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
USER_AGENT = f"Mozilla/5.0 (compatible; Cadence/{__version__}; +calendar)"
"""Some services answer 500 to a name that does not begin like a browser's."""

# At DEBUG the library writes the headers of answers into the log, and a redirect is a secret address.
logging.getLogger("httpcore").setLevel(logging.WARNING)


class Limits(NamedTuple):
    """Seconds to connect, to wait for the next bytes, and for everything; bytes, both packed and unpacked."""

    connect: float = 10
    read: float = 15
    total: float = 60
    size: int = MAX_SIZE


class Fetched(NamedTuple):
    """`content` None: it is what it was when it had that `etag` or `last_modified`."""

    content: bytes | None
    etag: str = ""
    last_modified: str = ""


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    allow_private: bool = False,
    limits: Limits = Limits(),
    resolve: Resolve = system_resolve,
) -> Fetched:
    """What is at an address, unless it still is what it was (RFC 9110 section 13). BadInput says in a
    sentence why it cannot be had."""
    target, deadline, seen = parse(url), Deadline(limits.total), set[object]()
    known = _headers({"If-None-Match": etag, "If-Modified-Since": last_modified})
    backend = CheckedBackend(resolve, deadline, allow_private=allow_private)
    with httpcore.ConnectionPool(_certificates(), network_backend=backend) as pool:
        while True:
            if not allow_private and not target.origin.has_usual_port:
                raise BadInput(
                    _(
                        "{host}: no calendar is at port {port}",
                        host=target.origin.host,
                        port=target.origin.port,
                    ),
                    _("if you trust it, say --allow-private"),
                )
            seen.add(target.place)
            answer = _ask(pool, target, known, limits)
            if isinstance(answer, Fetched):
                return Fetched(None, etag, last_modified) if answer.content is None else answer
            host, target = target.origin.host, redirected(target, answer)
            if target.place in seen:
                raise BadInput(
                    _("{host} redirects in a circle", host=host), _("get a new link of the calendar")
                )
            if len(seen) > MOST_REDIRECTS:
                raise BadInput(
                    _("{host} redirects once too often", host=host), _("get a new link of the calendar")
                )


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """Whom to trust: whom the system trusts, and the usual authorities. Read once, as it takes 0.1 s."""
    return httpcore.default_ssl_context()


def _ask(
    pool: httpcore.ConnectionPool, target: Target, known: list[tuple[str, str]], limits: Limits
) -> Fetched | str:
    """The answer of one server, or where it redirects to."""
    scheme, host, port = target.origin
    headers = known + _headers(
        {
            "Host": target.origin.authority,
            "User-Agent": USER_AGENT,
            "Accept": "text/calendar, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "Authorization": target.user,
            "Connection": "close",
        }
    )
    url = httpcore.URL(scheme=scheme, host=host, port=port, target=target.path)
    timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    try:
        with pool.stream("GET", url, headers=headers, extensions={"timeout": timeouts}) as response:
            said = {name.lower(): value.decode("utf-8", "replace") for name, value in response.headers}
            if response.status in REDIRECTS and b"location" in said:
                return said[b"location"]
            if response.status == HTTPStatus.NOT_MODIFIED and known:
                return Fetched(None)
            if response.status != HTTPStatus.OK:
                raise _refusal(host, response.status)
            content = _body(response.iter_stream(), host, said, limits.size)
    except httpcore.TimeoutException:
        raise BadInput(_("{host} takes too long to answer", host=host), _("try again later")) from None
    except httpcore.ConnectError:
        raise BadInput(
            _("{host} cannot be reached", host=host), _("check the address, and whether you are online")
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError):
        raise BadInput(
            _("{host} broke off, or does not speak HTTP as it should", host=host), _("try again later")
        ) from None
    if said.get(b"content-type", "").lower().startswith("text/html") and b"BEGIN:VCALENDAR" not in content:
        raise BadInput(
            _("{host} sends a web page (Content-Type: text/html) in place of a calendar", host=host),
            _("perhaps to log in: copy the calendar's own secret or public link, which often ends in .ics"),
        )
    return Fetched(content, _kept(said.get(b"etag", "")), _kept(said.get(b"last-modified", "")))


def _headers(values: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in values.items() if value]


def _kept(value: str) -> str:
    """A validator to send back next time, unless it is unreasonable."""
    return value if value.isascii() and value.isprintable() and len(value) <= 300 else ""


def _body(chunks: Iterable[bytes], host: str, said: dict[bytes, str], size: int) -> bytes:
    """The content, unpacked; BadInput as soon as it is larger than allowed, packed or not."""
    too_large = BadInput(
        _("the calendar at {host} is larger than {size} MB", host=host, size=size // 2**20),
        _("publish less of it: only the last months, or only when you are busy"),
    )
    length = said.get(b"content-length", "")
    if length.isdecimal() and int(length[:18]) > size:
        raise too_large
    packing = said.get(b"content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise BadInput(_("{host} packs the calendar in a way that Cadence does not know", host=host))
    sent = _limited(chunks, size, too_large)
    return b"".join(
        _limited(_unpacked(sent, host, size), size, too_large) if packing.endswith("gzip") else sent
    )


def _limited(chunks: Iterable[bytes], size: int, too_large: BadInput) -> Iterator[bytes]:
    for chunk in chunks:
        size -= len(chunk)
        if size < 0:
            raise too_large
        yield chunk


def _unpacked(chunks: Iterable[bytes], host: str, size: int) -> Iterator[bytes]:
    """A few bytes can stand for gigabytes: a chunk is unpacked to one byte more than is allowed, at most."""
    unpack = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for chunk in chunks:
            yield unpack.decompress(chunk, size + 1)
    except zlib.error:
        raise BadInput(
            _("{host} says that the calendar is packed with gzip, and it is not", host=host)
        ) from None
    if not unpack.eof:
        raise BadInput(_("{host} broke off in the middle of the calendar", host=host), _("try again later"))


def _refusal(host: str, status: int) -> BadInput:
    try:
        answer = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        answer = str(status)
    if status in (401, 403):
        remedy = _("the link needs a name and password, or was withdrawn: get a new one")
    elif status in (404, 410):
        remedy = _("the link has a typing error, or was withdrawn: get a new one")
    else:
        remedy = _("try again later")
    return BadInput(_("{host} answers {answer}", host=host, answer=answer), remedy)
