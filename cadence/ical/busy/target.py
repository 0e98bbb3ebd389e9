"""What an address says: which server, which way to speak to it, what to ask for, and as whom."""

from __future__ import annotations

import base64
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from cadence.language import _
from cadence.model.errors import BadInput

SCHEMES = {"https": "https", "http": "http", "webcal": "https", "webcals": "https"}
"""What stands before the colon, and what is spoken then. Calendars offer `webcal` links; the large services
answer them encrypted."""
_PORTS = {"https": 443, "http": 80}
_USERS_PORTS = 1024
"""Below it live mail, shells and file servers, which must not be spoken to in somebody's name."""
_SAFE = "/:?#[]@!$&'()*+,;=%-._~"


class Origin(NamedTuple):
    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Host and port as the `Host` header has them (RFC 9110 section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def has_usual_port(self) -> bool:
        return self.port in _PORTS.values() or self.port >= _USERS_PORTS


class Target(NamedTuple):
    """`path` has the query, `user` the value of an Authorization header. Of all this only the host may be
    shown: the rest is a secret."""

    origin: Origin
    path: str
    user: str = ""

    @property
    def place(self) -> tuple[Origin, str]:
        return self.origin, self.path


def is_url(place: str) -> bool:
    """Whether a place is an address and no file; BadInput for an address of a kind that is not read."""
    scheme, colon, _rest = place.partition("://")
    if not colon or not scheme.isalpha():
        return False
    if scheme.casefold() not in SCHEMES:
        raise BadInput(
            _("calendars are not read from {scheme} addresses", scheme=scheme[:20]),
            _("give an https address or a file"),
        )
    return True


def parse(url: str) -> Target:
    """BadInput, without a word of the address, if it is none."""
    wrong = BadInput(_("the address of the calendar cannot be read"), _("write it as https://host/path"))
    try:
        parts = urlsplit(url)
        scheme = SCHEMES[parts.scheme]
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = _PORTS[scheme] if parts.port is None else parts.port
    except (KeyError, ValueError):  # a port that is none, a host that cannot be one
        raise wrong from None
    if not host or not port or any(not c.isprintable() or c.isspace() for c in host):
        raise wrong
    if parts.scheme == "webcal" and port == _PORTS["http"]:
        scheme = "http"
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    path = quote(parts.path or "/", _SAFE) + query
    return Target(Origin(scheme, host, port), path, _basic(parts.username, parts.password))


def redirected(target: Target, location: str) -> Target:
    """Where an answer points to. Never from an encrypted connection to an open one; a name and password go to
    the server that they were meant for, and to no other."""
    here = target.origin
    try:
        to = parse(urljoin(f"{here.scheme}://{here.authority}{target.path}", location))
    except (BadInput, ValueError):
        raise BadInput(_("{host} redirects to something that is no web address", host=here.host)) from None
    if here.scheme == "https" and to.origin.scheme == "http":
        raise BadInput(
            _(
                "{host} redirects from https to http, where everybody on the way could read along",
                host=here.host,
            )
        )
    return to._replace(user=target.user if to.origin == here else "")


def _basic(name: str | None, password: str | None) -> str:
    """RFC 7617."""
    if not name and not password:
        return ""
    pair = f"{unquote(name or '')}:{unquote(password or '')}"
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")
