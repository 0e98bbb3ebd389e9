"""Something to read, ready to be sent: whole or as "you have it", as it is or packed.

The answers are made once, when the content is new, and sent as often as somebody asks.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from starlette.responses import Response

from cadence.web.conditions import RawHeaders, has_it_already, header, wants_gzip

EVERYWHERE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What every answer says: take it for what it is, tell nobody where it came from, keep it out of indexes."""
SMALL = 600
"""Octets that are not worth packing: they travel in one packet anyway."""
_LEVEL = 5
_OF_A_304 = ("Cache-Control", "Content-Language", "Vary")


@dataclass(frozen=True)
class _Variant:
    etag: str
    whole: Response
    unchanged: Response


class Rendition:
    """Content with its answers. `modified` (UTC, whole seconds) goes into Last-Modified, if it is known."""

    def __init__(
        self,
        content: bytes,
        headers: Mapping[str, str],
        *,
        modified: datetime | None = None,
        packed: bool = True,
    ) -> None:
        """`headers` are those of this kind of content; `packed`: also offer it in gzip."""
        self.content = content
        self.modified = modified
        self._headers = {**EVERYWHERE, **headers}
        if modified is not None:
            self._headers["Last-Modified"] = format_datetime(modified, usegmt=True)
        if packed:
            self._headers["Vary"] = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
        digest = hashlib.sha256(content).hexdigest()[:32]
        self._plain = self._variant(content, f'"{digest}"')
        self._packed: _Variant | None = None
        if packed and len(content) > SMALL:
            small = gzip.compress(content, _LEVEL, mtime=0)
            self._packed = self._variant(small, f'"{digest}-gzip"', {"Content-Encoding": "gzip"})

    def answer(self, headers: RawHeaders) -> Response:
        """The answer to a request with these headers."""
        asks_gzip = self._packed is not None and wants_gzip(header(headers, b"accept-encoding"))
        variant = self._packed if asks_gzip and self._packed else self._plain
        known = has_it_already(headers, variant.etag, self.modified)
        return variant.unchanged if known else variant.whole

    def _variant(self, body: bytes, etag: str, more: Mapping[str, str] | None = None) -> _Variant:
        """A 304 repeats what tells caches about the content, and nothing else (RFC 9110 section 15.4.5)."""
        repeated = {name: self._headers[name] for name in _OF_A_304 if name in self._headers}
        whole = Response(body, headers={**self._headers, **(more or {}), "ETag": etag})
        unchanged = Response(status_code=304, headers={**repeated, "ETag": etag})
        return _Variant(etag, whole, unchanged)
