"""A real mail server and a real webhook on loopback, which keep what they are told, or refuse it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope


@dataclass
class Mailbox:
    """Where to write to (as apprise writes it), and what arrived. While `refuses` nothing is taken."""

    url: str = ""
    arrived: list[Any] = field(default_factory=list)
    tries: int = 0
    refuses: bool = False

    @property
    def texts(self) -> list[str]:
        return [
            one.get_content() if isinstance(one, EmailMessage) else one["message"] for one in self.arrived
        ]

    async def handle_DATA(  # noqa: N802 - the mail server calls it so
        self, server: object, session: object, envelope: Envelope
    ) -> str:
        self.tries += 1
        if self.refuses:
            return "451 Come back later"
        assert isinstance(envelope.content, bytes)
        self.arrived.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def a_mail_server() -> Iterator[Mailbox]:
    """Mails to `mailto://…` arrive as `EmailMessage`s."""
    box, ready, loop = Mailbox(), Event(), asyncio.new_event_loop()

    async def listen() -> None:
        server = await loop.create_server(lambda: SMTP(box, hostname="localhost"), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        box.url = f"mailto://127.0.0.1:{port}?from=cadence@example.com&to=anna@example.com"
        ready.set()

    def work() -> None:
        loop.run_until_complete(listen())
        loop.run_forever()

    thread = Thread(target=work, daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


@contextmanager
def a_webhook(secret: str = "a-secret-path") -> Iterator[Mailbox]:
    """Messages to `json://…` arrive as the JSON that apprise sends."""
    box = Mailbox()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            box.tries += 1
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not box.refuses:
                box.arrived.append(said)
            self.send_response(500 if box.refuses else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    box.url = f"json://user:a-secret-password@127.0.0.1:{server.server_port}/{secret}"
    Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True).start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
