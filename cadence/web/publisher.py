"""What readers are served: each feed and page is rendered once, when something has changed, and then kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

from cadence.ical.feeds import EventCache, Selection, published, size_note
from cadence.language import speech
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, links
from cadence.web.rendition import Rendition
from cadence.web.rights import writer
from cadence.web.worker import Worker

PATIENCE = 20.0
"""Seconds that a request waits for a rendering; then what was served before has to do."""
SECOND = timedelta(seconds=1)
FEED_HEADERS = {"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, max-age=300"}


What = Selection | Feed
"""What is rendered: a feed, whoever reads it, or the page of one reader."""


class _Key(NamedTuple):
    """What is kept, and the code of the language that it speaks."""

    what: What
    language: str


class _Kept(NamedTuple):
    """What was rendered last, and of what. None: it could not be."""

    of: Hashable
    rendition: Rendition | None


class Publisher:
    """Renders in a thread of its own, one thing at a time, in the language spoken where it is asked. What
    cannot be rendered stays as it was."""

    def __init__(self, cache: EventCache, tell: Callable[[str], None], *, packed: bool, base: str) -> None:
        """`packed`: offer gzip; `base`: the address of this server, for teams that name none."""
        self._cache = cache
        self._tell = tell
        self._packed = packed
        self._base = base
        self._worker = Worker("renderer")
        self._kept: dict[_Key, _Kept] = {}
        self._rendering: dict[Hashable, asyncio.Future[Rendition]] = {}
        self._day: date | None = None

    async def feed(self, calendar: Calendar, edition: int, feed: Feed, now: datetime) -> Rendition | None:
        """A feed as of a snapshot, or as it was served last; None if it never was. Who reads the same
        shares it. Without a change feeds of posts are new with the day, of gaps and warnings with the minute.
        """
        selection = Selection.of(feed)
        is_of_moments = feed.kind in ("gaps", "warnings")
        moment = now.replace(second=0, microsecond=0) if is_of_moments else now.date()
        kept = self._kept.get(_key(selection))
        before = kept.rendition if kept else None
        return await self._rendered(
            selection, (edition, moment), lambda: self._render_feed(calendar, selection, now, before)
        )

    async def page(
        self,
        calendar: Calendar,
        edition: int,
        feed: Feed,
        token: str,
        now: datetime,
        said: tuple[str, int, str] | None = None,
    ) -> Rendition | None:
        """The page of a feed's reader, which names the addresses that the token opens, and tells first of
        what `said` is about."""
        moment = now.replace(second=0, microsecond=0)
        return await self._rendered(
            feed, (edition, moment, said), lambda: self._render_page(calendar, feed, token, now, said)
        )

    def forget_all_but(self, feeds: Iterable[Feed]) -> None:
        """Keep nothing of feeds that are revoked."""
        good = {what for feed in feeds for what in (feed, Selection.of(feed))}
        self._kept = {key: kept for key, kept in self._kept.items() if key.what in good}

    async def save(self) -> None:
        """Keep the texts of events for the next start."""
        await self._worker.submit(self._save)

    async def _rendered(self, what: What, of: Hashable, render: Callable[[], Rendition]) -> Rendition | None:
        key = _key(what)
        kept = self._kept.get(key)
        if kept and kept.of == of:
            return kept.rendition
        job = self._rendering.get((key, of))
        if job is None:
            job = self._rendering[key, of] = self._worker.submit(render)
            job.add_done_callback(lambda job: self._keep(key, of, job))
        await asyncio.wait({job}, timeout=PATIENCE)
        kept = self._kept.get(key)
        return kept.rendition if kept else None

    def _keep(self, key: _Key, of: Hashable, job: asyncio.Future[Rendition]) -> None:
        """Take over what was rendered. What failed is not tried again before something changes: each try
        would cost as much."""
        del self._rendering[key, of]
        error = job.exception()
        before = self._kept.get(key)
        if error is None:
            self._kept[key] = _Kept(of, job.result())
        else:
            self._kept[key] = _Kept(of, before.rendition if before else None)
            what = key.what
            name = f"the page of feed {what.id}" if isinstance(what, Feed) else f"the feed {_name(what)}"
            self._tell(f"{name} cannot be rendered: {type(error).__name__}: {error}")

    # In the worker's thread

    def _render_feed(
        self, calendar: Calendar, selection: Selection, now: datetime, before: Rendition | None
    ) -> Rendition:
        self._forget_old_texts(now.date())
        found = published(calendar, selection, now, self._cache)
        if before is not None and before.content == found.content:
            return before
        if note := size_note(f"the feed {_name(selection)}", found.content):
            self._tell(note)
        return Rendition(
            found.content,
            {**FEED_HEADERS, "Content-Disposition": f'inline; filename="{selection.kind}.ics"'},
            modified=_later(found.modified, before, now),
            packed=self._packed,
        )

    def _render_page(
        self, calendar: Calendar, feed: Feed, token: str, now: datetime, said: tuple[str, int, str] | None
    ) -> Rendition:
        # Here and not at the top: a server that only feeds calendar apps need not load the templates.
        from cadence.web.page import headers, page

        content = page(calendar, feed, now, links(calendar.team.feed_url or self._base, token), said)
        has_forms = writer(calendar, feed, now) is not None
        return Rendition(content, headers(has_forms=has_forms), packed=self._packed)

    def _save(self) -> None:
        with suppress(OSError):  # then the next start is slow
            self._cache.save()

    def _forget_old_texts(self, today: date) -> None:
        """Once a day, what nobody asked for since the day before."""
        if self._day not in (None, today):
            self._cache.forget_unused()
        self._day = today


def _key(what: What) -> _Key:
    return _Key(what, speech().code)


def _name(selection: Selection) -> str:
    return f"{selection.kind} {selection.id}" if selection.id else selection.kind


def _later(modified: datetime, before: Rendition | None, now: datetime) -> datetime:
    """Last-Modified of new content. It must move whenever the content does, also where no change did it (the
    window moved on), or a client that goes by it alone would never know."""
    if before is None or before.modified is None or modified > before.modified:
        return modified
    return max(now.replace(microsecond=0), before.modified + SECOND)
