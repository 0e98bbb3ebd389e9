"""A real `cadence serve` on a small calendar, and requests that arrive as they were written.

with serving(team.path) as server:
    answer = server.ask(f"/f/{team.tokens['team']}.ics", {"Accept-Encoding": "gzip"})
    assert answer.status == 200
"""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from time import monotonic
from typing import Any

from cadence.model.feeds import FeedKind, digest_of, new_token
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations.channels import add_channel
from cadence.operations.feeds import new_feed
from cadence.operations.members import add_member
from cadence.operations.posts import add_post
from cadence.operations.team import set_up_team
from cadence.operations.workflows import add_workflow
from cadence.workspace import Workspace
from tests.builders import NOW, local

CLOCK = ["--now", NOW.isoformat()]


@dataclass(frozen=True)
class SmallTeam:
    """A calendar with a post and a feed of each of the kinds in `tokens`."""

    path: Path
    tokens: Mapping[str, str]

    def run(self, operation: Any, *args: object, **options: object) -> None:
        """What somebody else does meanwhile."""
        self.run_all(operation, [args], **options)

    def run_all(self, operation: Any, calls: Iterable[Sequence[object]], **options: object) -> None:
        workspace = Workspace.open(self.path)
        for args in calls:
            workspace.run(operation, *args, who=None, now=NOW, **options)
        workspace.close()


def a_small_team(path: Path, kinds: tuple[FeedKind, ...] = ("team", "member", "gaps", "tasks")) -> SmallTeam:
    """Anna, who drafts the one post of the Blog on 26 November, and readers who are called like what they
    read."""
    workspace, tokens = Workspace.open(path, create=True), {kind: new_token() for kind in kinds}
    skills = tuple(Skill(kind) for kind in TASK_KINDS)

    def do(operation: Any, *args: object, **options: object) -> None:
        workspace.run(operation, *args, who=None, now=NOW, **options)

    do(set_up_team, "Officine Rossi", zone="Europe/Rome")
    do(add_workflow, "Standard", STANDARD_STEPS)
    do(add_channel, "Blog", workflow=1)
    do(add_member, "Anna", skills=skills)
    do(add_post, 1, "A day at the lathe", at=local("2026-11-26T10:00"))
    for kind, token in tokens.items():
        of = 1 if kind in ("member", "tasks", "channel") else None
        do(new_feed, f"Reader of {kind}", kind, digest_of(token), of=of)
    workspace.close()
    return SmallTeam(path, tokens)


@dataclass(frozen=True)
class Answer:
    """What came back: `head` is all of it before the body, `fields` by name in lower case."""

    status: int
    fields: Mapping[str, str]
    body: bytes
    head: str

    @property
    def but_for_the_date(self) -> tuple[list[str], bytes]:
        return [line for line in self.head.split("\r\n") if not line.startswith("date:")], self.body


@dataclass
class Server:
    """A server process, and what it said when it was ready."""

    process: subprocess.Popen[str]
    port: int
    log: Path
    tls: ssl.SSLContext | None = None

    def ask(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes = b"",
    ) -> Answer:
        lines = {"Host": "localhost", "Connection": "close", **(fields or {})}
        if body:
            lines["Content-Length"] = str(len(body))
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return self.send(f"{method} {path} HTTP/1.1\r\n{text}\r\n".encode() + body)

    def send(self, request: bytes) -> Answer:
        """Whatever octets, and the answer up to the end of the connection."""
        with self.connect() as connection:
            connection.sendall(request)
            return read_answer(connection)

    def connect(self) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        return self.tls.wrap_socket(plain, server_hostname="localhost") if self.tls else plain

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """The exit status, and the seconds that it took."""
        began = monotonic()
        self.process.send_signal(by)
        return self.process.wait(timeout=10), monotonic() - began

    def log_lines(self) -> list[dict[str, Any]]:
        """The access log. It is complete once the server was stopped."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def read_answer(connection: socket.socket) -> Answer:
    whole = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    head, _, body = whole.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    fields = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in rest}
    return Answer(int(first.split()[1]), fields, body, head.decode("latin-1"))


@contextmanager
def serving(path: Path, *words: str, tls: ssl.SSLContext | None = None) -> Generator[Server]:
    """`cadence serve` on any free port, in a process of its own, with a home of its own."""
    log = path.with_name(f"{path.stem}-access.log")
    homes = {f"XDG_{kind}_HOME": str(path.parent / kind) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    command = [sys.executable, "-m", "cadence", "--calendar", str(path), *CLOCK, "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--access-log", str(log), "--rate", "0", "--json", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **homes},
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        told = "".join(takewhile(lambda line: line != "}\n", process.stdout)) + "}"
        assert told != "}", process.stderr.read()  # it ended instead of serving
        address: str = json.loads(told)["address"]
        yield Server(process, int(address.rpartition(":")[2].partition("/")[0]), log, tls)
    finally:
        process.kill()
        process.communicate()
