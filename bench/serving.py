"""How fast `cadence serve` answers: `python -m bench.serving`.

Requests a second beside a bare Starlette route that sends the same bytes, both under uvicorn in a process of
their own and asked in turn by the same client. Then 200 subscribers who poll while two writers write.
"""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection, socket
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter

from bench.dataset import CHANNELS, MEMBERS, NOW, calendar_file
from cadence.model.feeds import FeedKind, digest_of, new_token
from cadence.operations.feeds import new_feed
from cadence.operations.posts import edit_post
from cadence.workspace import Workspace

POSTS = 1_000
GOAL = 0.7
CONNECTIONS = 8
ROUNDS, SECONDS = 25, 0.2
SUBSCRIBERS, WRITERS, POLLED_SECONDS = 200, 2, 6.0
POLL_EVERY, WRITE_EVERY = 1.0, 0.2


def run() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "team.json"
        calendar_file(POSTS, path)
        tokens = _readers(path)
        with _serving(path, Path(folder) / "access.log") as port:
            _beside_a_bare_route(port, tokens[0])
            print()
            _subscribers(path, port, tokens)


def _readers(path: Path) -> list[str]:
    """Tokens: the whole team's first, then a member's, a channel's … in turn."""
    workspace, tokens = Workspace.open(path), []
    for number in range(SUBSCRIBERS):
        kinds: tuple[tuple[FeedKind, int | None], ...] = (
            ("team", None),
            ("member", number % MEMBERS + 1),
            ("channel", number % CHANNELS + 1),
        )
        kind, of = kinds[number % 3]
        tokens.append(new_token())
        options = {"of": of, "who": None, "now": NOW}
        workspace.run(new_feed, f"Reader {number}", kind, digest_of(tokens[-1]), **options)
    workspace.close()
    return tokens


@contextmanager
def _serving(path: Path, log: Path) -> Generator[int]:
    """`cadence serve` as it is, with a limit that this one computer does not reach."""
    words = ["--port", "0", "--access-log", str(log), "--rate", "1000000", "--json"]
    command = [sys.executable, "-m", "cadence", "--calendar", str(path), "--now", NOW.isoformat()]
    homes = {f"XDG_{kind}_HOME": str(path.parent / kind) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    environment = {**os.environ, **homes}
    with subprocess.Popen([*command, "serve", *words], stdout=subprocess.PIPE, env=environment) as server:
        assert server.stdout is not None
        told = b"".join(takewhile(lambda line: line != b"}\n", server.stdout)) + b"}"
        try:
            yield int(json.loads(told)["address"].rpartition(":")[2])
        finally:
            server.send_signal(signal.SIGTERM)


# Beside a bare route


def _beside_a_bare_route(port: int, token: str) -> None:
    whole = f"/f/{token}.ics"
    fields, content = _ask(port, whole)
    known = f"If-None-Match: {fields['etag']}\r\n"
    unchanged, _ = _ask(port, whole, known)
    context = multiprocessing.get_context("spawn")
    ports = context.SimpleQueue()
    bare = context.Process(target=_bare_server, args=(content, fields, unchanged, ports), daemon=True)
    bare.start()
    bare_port = ports.get()
    try:
        print(
            f"Requests a second, {CONNECTIONS} connections that stay open, feed of "
            f"{len(content) / 1000:.0f} kB (median of {ROUNDS}; goal: >= {GOAL} x)"
        )
        _compare("200, kept", (port, whole, ""), (bare_port, "/200.ics", ""))
        _compare("304", (port, whole, known), (bare_port, "/304.ics", known))
    finally:
        bare.terminate()


def _compare(label: str, ours: tuple[int, str, str], bare: tuple[int, str, str]) -> None:
    found = [(_rate(*ours), _rate(*bare)) for _ in range(ROUNDS)]
    mine, theirs = median(a for a, _ in found), median(b for _, b in found)
    ratio = median(a / b for a, b in found)
    print(f"  {label:<10} cadence serve {mine:>6,.0f}   bare Starlette route {theirs:>6,.0f}   {ratio:.2f} x")


def _bare_server(
    content: bytes,
    fields: dict[str, str],
    unchanged_fields: dict[str, str],
    ports: multiprocessing.SimpleQueue[int],
) -> None:
    """What anybody would write, sending the very same answers."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def whole(request: Request) -> Response:
        return Response(content, headers=fields)

    async def unchanged(request: Request) -> Response:
        return Response(status_code=304, headers=unchanged_fields)

    app = Starlette(routes=[Route("/200.ics", whole), Route("/304.ics", unchanged)])
    config = uvicorn.Config(
        app, port=0, loop="asyncio", http="h11", log_config=None, access_log=False, server_header=False
    )
    listening = config.bind_socket()
    logging.disable()
    listening.listen()  # clients may come before the server looks
    ports.put(listening.getsockname()[1])
    uvicorn.Server(config).run([listening])


def _request(path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\n{more}\r\n".encode()


def _ask(port: int, path: str, more: str = "") -> tuple[dict[str, str], bytes]:
    """The header fields of an answer, but for those that uvicorn adds itself, and its body."""
    with create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(_request(path, f"Connection: close\r\n{more}"))
        answer = b"".join(iter(lambda: connection.recv(1 << 20), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = (line.partition(": ") for line in head.decode().split("\r\n")[1:])
    fields = {name.lower(): value for name, _, value in lines}
    return {name: fields[name] for name in fields.keys() - {"date", "connection"}}, body


def _rate(port: int, path: str, more: str) -> float:
    """Answers a second. All answers to one request are equally long, so that counting octets will do and the
    client costs next to nothing."""
    request = _request(path, more)
    with DefaultSelector() as selector:
        connections = [create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        length = _length(connections[0], request)
        for connection in connections:
            selector.register(connection, EVENT_READ, [connection, 0])
            connection.sendall(request)
        buffer, answers, began = bytearray(1 << 20), 0, perf_counter()
        while (spent := perf_counter() - began) < SECONDS:
            for key, _ in selector.select():
                connection, received = key.data
                received += connection.recv_into(buffer)
                if received == length:
                    answers, received = answers + 1, 0
                    connection.sendall(request)
                assert received < length, "an answer of another length"
                key.data[1] = received
        for connection in connections:
            connection.close()
    return answers / spent


def _length(connection: socket, request: bytes) -> int:
    """How long an answer is, head and all."""
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(1 << 20)
    head, _, body = answer.partition(b"\r\n\r\n")
    rest = next(
        (int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"), 0
    )
    while len(body) < rest:
        body += connection.recv(1 << 20)
    return len(head) + 4 + rest


# Subscribers while others write


def _subscribers(path: Path, port: int, tokens: list[str]) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(path, number), daemon=True) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    took, statuses = asyncio.run(_poll_all(port, tokens))
    for writer in writers:
        writer.join()
    workspace = Workspace.open(path)
    changes = workspace.calendar.seq - len(tokens) - 1
    workspace.close()
    cuts = quantiles(took, n=100)
    good = statuses[200] + statuses[304]
    print(f"{len(tokens)} subscribers, each once a second, {WRITERS} writers ({POLLED_SECONDS:.0f} s)")
    print(f"  {changes} changes; {len(took):,} answers: {statuses[200]:,} new, {statuses[304]:,} unchanged")
    print(f"  errors {len(took) - good}; p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms")
    assert len(took) == good, statuses


async def _poll_all(port: int, tokens: list[str]) -> tuple[list[float], Counter[int]]:
    took, statuses = list[float](), Counter[int]()
    await asyncio.gather(*(_poll(port, token, took, statuses) for token in tokens))
    return took, statuses


async def _poll(port: int, token: str, took: list[float], statuses: Counter[int]) -> None:
    """One subscriber, who keeps the connection and asks whether there is something new."""
    dice, end, etag = random.Random(token), monotonic() + POLLED_SECONDS, ""
    await asyncio.sleep(dice.random() * POLL_EVERY)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while monotonic() < end:
        began = perf_counter()
        more = f"If-None-Match: {etag}\r\n" if etag else ""
        writer.write(_request(f"/f/{token}.ics", f"Accept-Encoding: gzip\r\n{more}"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in head[1:]}
        await reader.readexactly(int(fields.get("content-length", 0)))
        took.append((perf_counter() - began) * 1000)
        statuses[int(head[0].split()[1])] += 1
        etag = fields.get("etag", "")
        await asyncio.sleep(max(0.0, POLL_EVERY * dice.uniform(0.8, 1.2) - (perf_counter() - began)))
    writer.close()


def _write(path: Path, number: int) -> None:
    """One writer: another title for a post, a few times a second."""
    import time

    workspace, dice, end = Workspace.open(path), random.Random(number), monotonic() + POLLED_SECONDS
    planned = [post.id for post in workspace.calendar.posts.values() if post.state == "planned"]
    for count in range(10_000):
        if monotonic() >= end:
            break
        title = f"Writer {number}, title {count}"
        workspace.run(edit_post, dice.choice(planned), title=title, who=None, now=datetime.now(UTC))
        time.sleep(WRITE_EVERY)
    workspace.close()


if __name__ == "__main__":
    run()
