"""The answers that are no content. Each is the same for everybody, to the last byte."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

from cadence.web.rendition import EVERYWHERE

_NOT_KEPT = {**EVERYWHERE, "Cache-Control": "no-store"}


def _answer(status: int, text: str, more: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(f"{text}\n", status, {**_NOT_KEPT, **(more or {})})


NOTHING_HERE = _answer(404, "There is nothing here.")
ONLY_TO_READ = _answer(405, "This can only be read.", {"Allow": "GET, HEAD"})
NO_BODY = _answer(413, "A request to read needs no content.")
LATER_PLEASE = _answer(503, "The calendar cannot be read at the moment.", {"Retry-After": "30"})
SENT_FROM_ELSEWHERE = _answer(403, "This is taken from the page itself only. Open it and send it from there.")


def not_taken(status: int, why: str) -> PlainTextResponse:
    """A form that no page of ours sends."""
    return _answer(status, why)


def too_often(seconds: int) -> PlainTextResponse:
    return _answer(429, "Too many requests.", {"Retry-After": str(seconds)})


def health(status: int, state: str) -> PlainTextResponse:
    more = {"Retry-After": "5"} if status == 503 else None
    return _answer(status, state, more)
