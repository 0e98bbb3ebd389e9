"""The answers that are no content. Each is the same for everybody who speaks a language, to the last byte."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from cadence.language import _, later, speaking
from cadence.web.conditions import header, wished_language
from cadence.web.rendition import EVERYWHERE

_NOT_KEPT = {**EVERYWHERE, "Cache-Control": "no-store"}


class Answer:
    """A sentence in the language that the request prefers."""

    def __init__(self, status: int, text: str, more: dict[str, str] | None = None) -> None:
        self.status_code = status
        self._text = text
        self._headers = {**_NOT_KEPT, **(more or {})}
        self._said: dict[str, PlainTextResponse] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.said_in(wished_language(header(scope["headers"], b"accept-language")))(
            scope, receive, send
        )

    def said_in(self, code: str) -> PlainTextResponse:
        """The answer in a language, made once."""
        if code not in self._said:
            with speaking(code):
                self._said[code] = PlainTextResponse(f"{_(self._text)}\n", self.status_code, self._headers)
        return self._said[code]


NOTHING_HERE = Answer(404, later("There is nothing here."))
ONLY_TO_READ = Answer(405, later("This can only be read."), {"Allow": "GET, HEAD"})
NO_BODY = Answer(413, later("A request to read needs no content."))
LATER_PLEASE = Answer(503, later("The calendar cannot be read at the moment."), {"Retry-After": "30"})
SENT_FROM_ELSEWHERE = Answer(
    403, later("This is taken from the page itself only. Open it and send it from there.")
)


def not_taken(status: int, why: str) -> Answer:
    """A form that no page of ours sends."""
    return Answer(status, why)


def too_often(seconds: int) -> Answer:
    return Answer(429, later("Too many requests."), {"Retry-After": str(seconds)})


def health(status: int, state: str) -> PlainTextResponse:
    """For whoever watches the server, in English always: programs read it."""
    more = {"Retry-After": "5"} if status == 503 else {}
    return PlainTextResponse(f"{state}\n", status, {**_NOT_KEPT, **more})
