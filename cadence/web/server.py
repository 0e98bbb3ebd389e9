"""The server itself: its socket, its certificate, its beginning and its end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn

from cadence.ical.feeds import EventCache
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.web.accesslog import AccessLog
from cadence.web.app import Readers, other_routes
from cadence.web.following import Follower
from cadence.web.guard import Guard
from cadence.web.limits import Quota, Rates
from cadence.web.protocol import LARGEST_HEADERS, PatientProtocol
from cadence.web.publisher import Publisher
from cadence.web.taking_part import TakingPart
from cadence.workspace import Workspace

STOP_WITHIN = 1.6
"""Seconds in which a stopping server lets readers take what is on its way."""
KEEP_ALIVE = 5
WAITING_CLIENTS = 512


@dataclass(frozen=True)
class Settings:
    """How to serve. `rate` is requests a second and address (0: any number), `trusted` the addresses of the
    proxies whose word on a client's address counts, `root_path` what they put before our paths."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    root_path: str = ""
    trusted: tuple[str, ...] = ()
    packed: bool = True
    rate: float = 0


class Server(uvicorn.Server):
    """A uvicorn server that says when it is ready, and leaves in time."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], last: Callable[[], Awaitable[None]]
    ) -> None:
        """`last` is done at the end, if there is time for it."""
        super().__init__(config)
        self._ready = ready
        self._last = last

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN):
                await super().shutdown(sockets)
                await self._last()


def serve(
    settings: Settings,
    listening: socket.socket,
    opening: Callable[[], Workspace],
    writing: Callable[[], Workspace],
    clock: Callable[[], datetime],
    log: AccessLog,
    cache: EventCache,
    ready: Callable[[], None],
) -> None:
    """Serve until SIGTERM or SIGINT. `opening` gives the workspace; while it fails, readers are asked to come
    again. `writing` gives another one for what they write, once they do. `ready` is called once when readers
    may come."""
    follower = Follower(opening, log.tell)
    base = base_of(settings, listening)
    publisher = Publisher(cache, log.tell, packed=settings.packed, base=base)
    taking_part = TakingPart(writing, log.tell, base, Quota())
    readers = Readers(follower, publisher, taking_part, clock, other_routes(follower))
    guard = Guard(readers, log, Rates(settings.rate), settings.root_path)
    server = Server(_config(guard, settings), ready, publisher.save)
    # uvicorn raises a signal again when it has stopped; with its own handler that does no harm.
    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, server.handle_exit)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    try:
        server.run([listening])
    finally:
        readers.close()
        log.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that clients can reach; port 0 is any free one. BadInput if there can be none."""
    try:
        family, *_kind, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=WAITING_CLIENTS)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            _("cannot listen on port {port} of {host}: {reason}", port=port, host=host, reason=reason),
            _("choose others with --host and --port"),
        ) from None


def tls(certificate: Path, key: Path) -> ssl.SSLContext:
    """What makes connections secret. BadInput if the files do not serve."""
    for path in (certificate, key):
        try:
            path.open("rb").close()
        except OSError as error:
            raise BadInput(
                _("{path} cannot be read: {reason}", path=path, reason=error.strerror), _("name a PEM file")
            ) from None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (ssl.SSLError, ValueError) as error:
        reason = getattr(error, "reason", None) or str(error)
        raise BadInput(
            _(
                "{certificate} and {key} are no certificate with its key: {reason}",
                certificate=certificate,
                key=key,
                reason=reason,
            ),
            _("name PEM files that belong together, the key without a password"),
        ) from None
    return context


def base_of(settings: Settings, listening: socket.socket) -> str:
    """The address at which this computer reaches the server."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, str(host))
    scheme = "http" if settings.tls is None else "https"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{settings.root_path}"


def _config(guard: Guard, settings: Settings) -> uvicorn.Config:
    context = settings.tls
    return uvicorn.Config(
        guard,
        loop="asyncio",
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted),
        forwarded_allow_ips=list(settings.trusted),
        timeout_keep_alive=KEEP_ALIVE,
        h11_max_incomplete_event_size=LARGEST_HEADERS,
        ssl_context_factory=None if context is None else lambda config, default: context,
        workers=1,
    )


def _no_password() -> str:
    return ""
