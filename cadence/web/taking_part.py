"""The forms of a colleague's page, answered: each becomes one change that they sign, or the reason why not.

Nothing that was typed gets lost: where it cannot be taken it is shown again, in the field that it was in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from time import monotonic

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope

from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError, NotFound, Refused
from cadence.model.feeds import Feed
from cadence.model.team import Member
from cadence.operations.edit import Edit, Who
from cadence.web.answers import NOTHING_HERE, ONLY_TO_READ, SENT_FROM_ELSEWHERE, not_taken
from cadence.web.deeds import Deed, deed, typed_into
from cadence.web.forms import Unreadable, fields_of, is_from_own_page, is_sealed
from cadence.web.limits import Quota
from cadence.web.rendition import EVERYWHERE
from cadence.web.rights import may_send, writer
from cadence.web.worker import Worker
from cadence.workspace import Workspace

BEGIN_WITHIN = 5.0
"""Seconds in which a change must have begun; until then earlier ones and other programs may hold it up."""
PATIENCE = 15.0
"""Seconds that a request waits for its change to be stored."""
WHY = later("on their page")
TOO_OLD = later("This page was opened a while ago")
LOOK_AGAIN = later("look whether all is right, and send it once more")
TOO_MANY = later("That was a lot in a short time")
CANNOT_WRITE = later("The calendar cannot be changed at the moment")
KEPT = later("try again in a minute")
UNSURE = later("Nobody can say yet whether this was stored")
ONCE_ONLY = later("send it again in a minute: it will be there once only")


class Revoked(Refused):
    """The address was given up, or its reader takes part no more, while the form was on its way."""


class Failed(Exception):
    """A form that could not be taken: the status of the answer, a reason, what to do, and seconds to wait."""

    def __init__(self, status: int, reason: str, remedy: str, wait: int = 0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.remedy, self.wait = status, reason, remedy, wait


class TakingPart:
    """Changes are made one after the other in a thread of its own, on a handle of its own, so that no reader
    waits for them."""

    def __init__(
        self, opening: Callable[[], Workspace], tell: Callable[[str], None], base: str, quota: Quota
    ) -> None:
        """`opening` gives the workspace to write with when it is first needed; `base` is the address of this
        server."""
        self._opening = opening
        self._tell = tell
        self._base = base
        self._quota = quota
        self._worker = Worker("forms")
        self._workspace: Workspace | None = None

    async def answer(
        self, scope: Scope, receive: Receive, calendar: Calendar, feed: Feed, token: str, now: datetime
    ) -> ASGIApp:
        """The answer to a form that was sent to the page of a feed."""
        member = writer(calendar, feed, now)
        if member is None:
            return ONLY_TO_READ
        addresses = (self._base, calendar.team.feed_url or self._base)
        if not is_from_own_page(scope["headers"], addresses):
            return SENT_FROM_ELSEWHERE
        try:
            fields = await fields_of(scope["headers"], receive)
            action, sealed = fields.pop("do", ""), fields.pop("seal", "")
            if not may_send(member, action):
                return ONLY_TO_READ
            meant = _meant(action, fields)
        except Unreadable as trouble:
            return not_taken(trouble.status, str(trouble))
        try:
            self._check(feed, token, action, sealed, now)
            if isinstance(meant, BadInput):
                raise Failed(422, meant.message, meant.remedy)
            after = await self._stored(feed, member, action, meant, now)
        except Revoked:
            return NOTHING_HERE
        except Failed as failed:
            return _shown_again(calendar, token, action, fields, failed, now)
        return _look_there(meant.about(after, member.id))

    def _check(self, feed: Feed, token: str, action: str, sealed: str, now: datetime) -> None:
        if wait := self._quota.wait(feed.id, monotonic()):
            raise Failed(429, _(TOO_MANY), _("try again in {time}", time=_in_words(wait)), wait)
        if not is_sealed(sealed, token, action, now):
            raise Failed(403, _(TOO_OLD), _(LOOK_AGAIN))

    async def _stored(self, feed: Feed, member: Member, action: str, meant: Deed, now: datetime) -> Calendar:
        """The calendar after the change."""
        begin_by = monotonic() + BEGIN_WITHIN
        job = self._worker.submit(lambda: self._store(feed, member, action, meant, now, begin_by))
        await asyncio.wait({job}, timeout=PATIENCE)
        if not job.done():
            job.cancel()
            raise Failed(503, _(UNSURE), _(ONCE_ONLY), 60)
        try:
            return job.result()
        except Revoked:
            raise
        except BadInput as error:
            raise Failed(422, error.message, error.remedy) from None
        except (Refused, NotFound) as error:
            raise Failed(409, error.message, error.remedy) from None
        except CadenceError as error:
            self._tell(f"a form could not be taken: {type(error).__name__}")
            raise Failed(503, _(CANNOT_WRITE), _(KEPT), 60) from None

    # In the worker's thread

    def _store(
        self, feed: Feed, member: Member, action: str, meant: Deed, now: datetime, begin_by: float
    ) -> Calendar:
        if monotonic() > begin_by:
            raise CadenceError("others have been writing for too long")
        if self._workspace is None:
            self._workspace = self._opening()

        def operation(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
            """Checked again on the newest state: an address that is dead writes nothing any more."""
            newest = calendar.feeds.get(feed.id)
            if newest is None or newest.digest != feed.digest:
                raise Revoked("this address is not good any more")
            reader = writer(calendar, newest, now)
            if reader is None or not may_send(reader, action):
                raise Revoked("this address takes no such form any more")
            return meant.operation(calendar, who, *meant.args, now=now, **meant.options)

        return self._workspace.run(operation, who=member, now=now, why=_(WHY)).calendar


def _meant(action: str, fields: Mapping[str, str]) -> Deed | BadInput:
    """What a form means, or what is wrong with what was typed."""
    try:
        return deed(action, fields)
    except BadInput as error:
        return error


def _look_there(about: str) -> Response:
    """The page again, which then says how that stands: a reload sends nothing twice."""
    headers = {**EVERYWHERE, "Cache-Control": "no-store", "Location": f"?said={about}"}
    return Response(status_code=303, headers=headers)


def _shown_again(
    calendar: Calendar, token: str, action: str, fields: Mapping[str, str], failed: Failed, now: datetime
) -> Response:
    # Here and not at the top: a server that only feeds calendar apps need not load the templates.
    from cadence.web.page import headers, not_done

    html = not_done(calendar, token, action, typed_into(action, fields), failed.reason, failed.remedy, now)
    more = {"Retry-After": str(failed.wait)} if failed.wait else {}
    return Response(
        html,
        failed.status,
        {**EVERYWHERE, **headers(has_forms=True), "Cache-Control": "no-store", **more},
    )


def _in_words(seconds: int) -> str:
    if seconds < 120:
        return _("a minute")
    if seconds < 7200:
        return n_("{number} minute", "{number} minutes", round(seconds / 60))
    return n_("{number} hour", "{number} hours", round(seconds / 3600))
