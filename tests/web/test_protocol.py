"""Clients that are slow on purpose, and mistakes of ours: a server in this process, with little patience."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import suppress
from pathlib import Path

import pytest
import uvicorn
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cadence.web import protocol
from cadence.web.accesslog import AccessLog
from cadence.web.guard import Guard
from cadence.web.limits import Rates
from cadence.web.protocol import PatientProtocol
from cadence.web.server import Server

LONG = b"x" * 10_000_000


async def all_of(reader: asyncio.StreamReader) -> bytes:
    """What comes until the connection ends, in whatever way."""
    parts = list[bytes]()
    with suppress(ConnectionError):
        while part := await reader.read(1 << 20):
            parts.append(part)
    return b"".join(parts)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/broken":
        raise ZeroDivisionError("secret")
    await Response(LONG if scope["path"] == "/long" else b"short")(scope, receive, send)


@pytest.fixture
def log(tmp_path: Path) -> Generator[AccessLog]:
    log = AccessLog(tmp_path / "log")
    yield log
    log.close()


@pytest.fixture
def server(log: AccessLog) -> Server:
    async def nothing() -> None: ...

    guard = Guard(app, log, Rates(0))
    config = uvicorn.Config(guard, http=PatientProtocol, ws="none", lifespan="off", log_config=None)
    return Server(config, lambda: None, nothing)


@pytest.fixture
async def port(server: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[int]:
    monkeypatch.setattr(protocol, "HEADERS_WITHIN", 0.1)
    monkeypatch.setattr(protocol, "CONNECTIONS", 2)
    listening = socket.create_server(("127.0.0.1", 0))
    running = asyncio.create_task(server.serve([listening]))
    yield listening.getsockname()[1]
    server.should_exit = True
    await running


async def test_a_request_that_comes_drop_by_drop_is_given_up(port: int) -> None:
    for start in (b"G", b"GET / HTTP/1.1\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(start)
        end = asyncio.create_task(all_of(reader))
        while not end.done():
            writer.write(b"X")
            await asyncio.sleep(0.02)
        assert end.result() == b""
        writer.close()


async def test_a_second_request_on_a_connection_has_no_more_time(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(2):
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"200 OK" in await reader.readuntil(b"short")
        await asyncio.sleep(0.12)
    writer.write(b"GET / HTTP/1.1\r\n")
    assert await all_of(reader) == b""
    writer.close()


async def test_an_answer_that_nobody_takes_is_dropped(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "TAKEN_WITHIN", 0.1)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    writer.write(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
    await asyncio.sleep(0.3)
    assert 0 < len(await all_of(reader)) < len(LONG)
    writer.close()


async def test_a_stopping_server_lets_a_slow_reader_finish(port: int, server: Server) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    writer.write(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
    start = await reader.readexactly(20)
    server.should_exit = True
    await asyncio.sleep(0.15)
    whole = start + await asyncio.wait_for(all_of(reader), 2)
    assert whole.partition(b"\r\n\r\n")[2] == LONG
    writer.close()


async def test_more_connections_than_there_is_room_for_are_sent_away(port: int) -> None:
    crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
    answer = await crowd[2][0].read()
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nRetry-After: " in answer
    for _, writer in crowd:
        writer.close()


async def test_a_mistake_of_ours_is_a_503_and_a_line_without_what_was_asked(
    port: int, tmp_path: Path
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /broken HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 503 ")
    writer.close()
    while b"status" not in (tmp_path / "log").read_bytes():
        await asyncio.sleep(0.02)
    event, entry = (tmp_path / "log").read_text().splitlines()
    assert "a request failed: ZeroDivisionError in app, line " in event
    assert "secret" not in event
    assert '"status":503' in entry
