"""Around all routes: who may come in, what is written down, and that whatever happens has an answer."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cadence.web.accesslog import AccessLog, Entry, shown_agent
from cadence.web.answers import LATER_PLEASE, NO_BODY, too_often
from cadence.web.conditions import RawHeaders, header
from cadence.web.limits import Rates, neighbourhood

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
_SHOWN = (
    (re.compile(r"/f/[^/]*\.ics"), "/f/*.ics"),
    (re.compile(r"/f/[^/]*"), "/f/*"),
    (re.compile(r"/static/[^/]*"), "/static/*"),
    (re.compile(r"/healthz"), "/healthz"),
)


class Guard:
    """Paths are compared as they were sent: nothing in them is decoded, no slash added or taken away."""

    def __init__(self, app: ASGIApp, log: AccessLog, rates: Rates, root_path: str = "") -> None:
        """`root_path` is what a proxy puts before our paths; it may send it along or leave it out."""
        self._app = app
        self._log = log
        self._rates = rates
        self._too_often = too_often(rates.retry_after)
        self._root = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        status = size = 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        scope["path"] = self._path(scope)
        address = neighbourhood(scope["client"][0]) if scope["client"] else ""
        try:
            await self._admitted(scope, address)(scope, receive, counted)
        except (Exception, asyncio.CancelledError) as error:
            if not isinstance(error, asyncio.CancelledError):
                self._log.tell(f"a request failed: {_where(error)}")
            if status:
                raise
            await LATER_PLEASE(scope, receive, counted)
        finally:
            self._log.note(
                Entry(
                    time=datetime.now(UTC),
                    method=scope["method"] if scope["method"] in METHODS else "*",
                    path=_shown_path(scope["path"]),
                    status=status,
                    bytes=0 if scope["method"] == "HEAD" else size,
                    ms=round((perf_counter() - began) * 1000, 2),
                    address=scope["client"][0][:64] if scope["client"] else "",
                    feed=scope["state"].get("feed"),
                    agent=shown_agent(header(scope["headers"], b"user-agent") or b""),
                )
            )

    def _admitted(self, scope: Scope, address: str) -> ASGIApp:
        if not self._rates.admits(address, perf_counter()):
            return self._too_often
        if scope["method"] in ("GET", "HEAD") and _has_body(scope["headers"]):
            return NO_BODY
        return self._app

    def _path(self, scope: Scope) -> str:
        path: str = scope["raw_path"].decode("ascii")
        if self._root and path.startswith(f"{self._root}/"):
            return path[len(self._root) :]
        return path


def _has_body(headers: RawHeaders) -> bool:
    return any(
        key == b"transfer-encoding" or (key == b"content-length" and value.strip(b"0 "))
        for key, value in headers
    )


def _shown_path(path: str) -> str:
    return next((shown for pattern, shown in _SHOWN if pattern.fullmatch(path)), "*")


def _where(error: BaseException) -> str:
    """The kind of a mistake of ours and its place. What it says may hold what was asked for."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_qualname}, line {trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"
