"""Feeds: who may read which part of the calendar at a secret address. The secret itself is nowhere, only its
digest."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Annotated, Literal

from msgspec import Meta, Struct

from cadence.language import _
from cadence.model import limits
from cadence.model.errors import BadInput
from cadence.model.post import PostState
from cadence.model.team import NEVER

FeedKind = Literal["team", "member", "channel", "gaps", "warnings", "tasks"]
"""Every post · the posts that a member has a task on · a channel's posts · gaps · all warnings · a member's
tasks as to-dos (VTODO), which few calendar apps know."""
ON_THIS_COMPUTER = "http://127.0.0.1:8321"
"""Where `cadence serve` answers unless it is told otherwise: the base address of a team that names none."""
DAYS_BACK, DAYS_AHEAD = 90, 365
"""A feed shows this much around today: some clients silently drop what is beyond about 1 MB."""

Days = Annotated[int, Meta(ge=0, le=3660)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Feed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One reader's access to one feed. `modified` is since when its address is good: nothing of it but the
    address is ever changed.

    `reader` is who subscribes, in the team's words; `member` the same as a member, if they are one. `of` is
    the member (`member`, `tasks`) or the channel (`channel`) that it is about. `states` empty: all but
    skipped.
    """

    id: limits.Id
    reader: limits.Name
    kind: FeedKind
    digest: Digest
    member: limits.Id | None = None
    of: limits.Id | None = None
    states: tuple[PostState, ...] = ()
    days_back: Days = DAYS_BACK
    days_ahead: Days = DAYS_AHEAD
    rev: int = 0
    modified: limits.Instant = NEVER

    def __post_init__(self) -> None:
        if (self.of is None) == (self.kind in ("member", "tasks", "channel")):
            if self.of is None:
                raise BadInput(
                    _("a feed of kind {kind} needs somebody or something to be about", kind=self.kind)
                )
            raise BadInput(_("a feed of kind {kind} is about everything", kind=self.kind))


class Links(Struct, frozen=True):
    """The addresses that one token opens: the reader's page, the feed, and the feed as calendar apps open it
    at a click. They are secret: whoever has one can read."""

    page: str
    feed: str
    webcal: str


def links(base: str | None, token: str) -> Links:
    """The addresses of a token where the feeds are served (None: on this computer). webcal is http or https
    by another name."""
    page = f"{(base or ON_THIS_COMPUTER).rstrip('/')}/f/{token}"
    feed = f"{page}.ics"
    return Links(page, feed, "webcal://" + feed.partition("://")[2])


def is_only_here(base: str | None) -> bool:
    """Whether no other computer can open an address of this base."""
    from ipaddress import ip_address  # with this, 3 ms that only who makes a feed pays
    from urllib.parse import urlsplit

    host = urlsplit(base or ON_THIS_COMPUTER).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def new_token() -> str:
    """A fresh secret of 256 bits, 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token. A plain hash will do: nobody can guess 256 random bits."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def feed_with(feeds: Iterable[Feed], token: str) -> Feed | None:
    """The feed that a token opens. How long this takes says nothing about which it is, or how close."""
    digest, found = digest_of(token), None
    for feed in feeds:
        if hmac.compare_digest(feed.digest, digest):
            found = feed
    return found
