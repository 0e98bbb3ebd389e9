"""The routes: feeds and pages at secret addresses, the style sheet of the pages, and how the server is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path
from time import monotonic

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from cadence.ical.feeds.usage import Usage
from cadence.insight.feeds import readable_feeds
from cadence.language import speaking
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, digest_of, feed_with
from cadence.model.times import to_local, zone_of
from cadence.web.answers import LATER_PLEASE, NOTHING_HERE, ONLY_TO_READ, health
from cadence.web.conditions import header, wished_language
from cadence.web.following import Follower
from cadence.web.publisher import Publisher
from cadence.web.rendition import Rendition
from cadence.web.taking_part import TakingPart
from cadence.web.told import asked_about

STATIC = Path(__file__).with_name("static")
READING = ("GET", "HEAD")
WRITE_DOWN_EVERY = 60.0
"""Seconds between two notes of who was served last."""
_ADDRESS = re.compile(r"/f/([A-Za-z0-9_-]{43})(\.ics)?")
_FOR_EVER = "public, max-age=31536000, immutable"


def other_routes(follower: Follower) -> Router:
    """All that there is besides the addresses of readers. Whatever else is asked for gets the same answer as
    a wrong token."""
    return Router(
        [
            Route("/static/{name}", Files(STATIC), name="files"),
            Route("/healthz", Health(follower), name="health"),
        ],
        redirect_slashes=False,
        default=NOTHING_HERE,
    )


class Readers:
    """`/f/TOKEN.ics` is the feed that a token opens, `/f/TOKEN` its page. Looked at before all other routes,
    because nearly every request is of this kind."""

    def __init__(
        self,
        follower: Follower,
        publisher: Publisher,
        taking_part: TakingPart,
        clock: Callable[[], datetime],
        others: ASGIApp,
    ) -> None:
        self._follower = follower
        self._publisher = publisher
        self._taking_part = taking_part
        self._clock = clock
        self._others = others
        self._as_of = (0, 0)
        self._opened: dict[str, Feed] = {}
        self._usage = UsageNotes(follower)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = _ADDRESS.fullmatch(scope["path"])
        answer: ASGIApp
        if address is None:
            answer = self._others
        elif scope["method"] in READING:
            answer = await self._answer(scope, address[1], is_feed=address[2] is not None)
        elif scope["method"] == "POST" and address[2] is None:
            answer = await self._taken(scope, receive, address[1])
        else:
            answer = ONLY_TO_READ
        await answer(scope, receive, send)

    async def _answer(self, scope: Scope, token: str, *, is_feed: bool) -> ASGIApp:
        """A feed speaks the language of the server, for its readers share it; a page that of its reader."""
        now = self._clock()
        calendar, edition = await self._newest(now)
        if calendar is None:
            return LATER_PLEASE
        feed = self._opened_by(token, calendar, now)
        if feed is None:
            return NOTHING_HERE
        if is_feed:
            rendition = await self._publisher.feed(calendar, edition, feed, now)
        else:
            said = asked_about(scope["query_string"])
            with speaking(_wished_by(scope)):
                rendition = await self._publisher.page(calendar, edition, feed, token, now, said)
        scope["state"]["feed"] = feed.id
        if rendition is None:
            return LATER_PLEASE
        self._usage.used(feed.id, now)
        return rendition.answer(scope["headers"])

    async def _taken(self, scope: Scope, receive: Receive, token: str) -> ASGIApp:
        """The answer to a form that was sent to a page."""
        now = self._clock()
        calendar, _ = await self._newest(now)
        if calendar is None:
            return LATER_PLEASE
        feed = self._opened_by(token, calendar, now)
        if feed is None:
            return NOTHING_HERE
        scope["state"]["feed"] = feed.id
        with speaking(_wished_by(scope)):
            return await self._taking_part.answer(scope, receive, calendar, feed, token, now)

    async def _newest(self, now: datetime) -> tuple[Calendar | None, int]:
        """The newest snapshot and its edition, with nothing kept of feeds that it does not have."""
        await self._follower.look()
        calendar, edition = self._follower.calendar, self._follower.edition
        # By the hour, for a day ends somewhere: see `readable_feeds`.
        if calendar is not None and (edition, now.hour) != self._as_of:
            self._as_of = (edition, now.hour)
            self._opened.clear()
            self._publisher.forget_all_but(calendar.feeds.values())
        return calendar, edition

    def _opened_by(self, token: str, calendar: Calendar, now: datetime) -> Feed | None:
        """The feed that a token opens. Who was let in once is known by the digest until something changes;
        that this is faster tells them nothing new."""
        digest = digest_of(token)
        feed = self._opened.get(digest)
        if feed is None:
            today = to_local(now, zone_of(calendar.team.zone)).date()
            feed = feed_with(readable_feeds(calendar, today), token)
            if feed is not None:
                self._opened[digest] = feed
        return feed

    def close(self) -> None:
        self._usage.close()


class UsageNotes:
    """When each feed was last read, written down in the background: soon, but not at every request."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._usage: Usage | None = None
        self._flush: asyncio.TimerHandle | None = None
        self._flushed = float("-inf")

    def used(self, feed: int, now: datetime) -> None:
        if self._usage is None:
            assert self._follower.workspace is not None, "nothing is served before the calendar was opened"
            self._usage = Usage(self._follower.workspace.notes)
        self._usage.used(feed, now)
        if self._flush is None:
            wait = max(0.0, self._flushed + WRITE_DOWN_EVERY - monotonic())
            self._flush = asyncio.get_running_loop().call_later(wait, self._write_down)

    def close(self) -> None:
        if self._usage is not None:
            self._usage.flush()

    def _write_down(self) -> None:
        assert self._usage is not None
        self._flush, self._flushed = None, monotonic()
        self._follower.background(self._usage.flush)


class Files:
    """The few files that pages need, read once. With `?v=…`, which changes with the file, one may be kept."""

    def __init__(self, folder: Path) -> None:
        paths = [path for path in folder.iterdir() if path.is_file()]
        self._kept = {path.name: _file(path, _FOR_EVER) for path in paths}
        self._asked_again = {path.name: _file(path, "public, no-cache") for path in paths}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        files = self._kept if scope["query_string"].startswith(b"v=") else self._asked_again
        found = files.get(scope["path_params"]["name"])
        answer: ASGIApp = NOTHING_HERE
        if found is not None:
            answer = found.answer(scope["headers"]) if scope["method"] in READING else ONLY_TO_READ
        await answer(scope, receive, send)


class Health:
    """`/healthz`, for whoever watches the server."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in READING:
            answer: ASGIApp = ONLY_TO_READ
        else:
            await self._follower.look()
            if self._follower.calendar is None:
                answer = health(503, "the calendar cannot be read")
            elif self._follower.trouble is not None:
                answer = health(200, "ok, but the calendar cannot be read: serving what was read last")
            else:
                answer = health(200, "ok")
        await answer(scope, receive, send)


def _wished_by(scope: Scope) -> str:
    return wished_language(header(scope["headers"], b"accept-language"))


def _file(path: Path, caching: str) -> Rendition:
    kind = guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return Rendition(path.read_bytes(), {"Content-Type": kind, "Cache-Control": caching})
