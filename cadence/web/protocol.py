"""HTTP with patience that ends: uvicorn waits for slow clients for ever, and so few of them could keep all
others out."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN = 10.0
"""Seconds from the first sign of a client to the end of the headers of its request."""
TAKEN_WITHIN = 60.0
"""Seconds in which a client must have taken what is waiting for it."""
LARGEST_HEADERS, PIECE = 16 * 1024, 4 * 1024
CONNECTIONS = 1000
TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)


class PatientProtocol(H11Protocol):
    """One connection. A request that does not come, or an answer that is not taken, ends it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._awaited: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.write(TOO_MANY)
            transport.close()
            return
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Piece by piece, because headers are only measured while they are incomplete."""
        for start in range(0, len(data), PIECE):
            if self.transport.is_closing():
                return
            super().data_received(data[start : start + PIECE])
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        else:
            self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stuck = self.loop.call_later(TAKEN_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        super().resume_writing()

    def _await_request(self) -> None:
        """Also while the rest of a request that was answered already is still coming in."""
        if self._awaited is None:
            self._awaited = self.loop.call_later(HEADERS_WITHIN, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None
