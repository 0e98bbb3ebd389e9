"""A web server on loopback that answers as a test says, for as long as the test lasts."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//\r\nEND:VCALENDAR\r\n"
SELF_SIGNED = Path(__file__).with_name("self_signed.pem")

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request, and the tools to answer it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        server.seen.append(self)
        self.close_connection = True
        with suppress(ConnectionError):  # whoever asks may have heard enough
            server.answer(self)

    def give(self, status: int = 200, content: bytes = CALENDAR, **headers: str) -> None:
        """Answer with these headers, `_` for `-`."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def send_to(self, place: str, status: int = 302) -> None:
        self.give(status, b"", Location=place)

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.answer = answer
        self.seen: list[Request] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us hangs up; that is what is tested."""


class Site:
    """A running server: where it is, and what it was asked."""

    def __init__(self, server: _Server, scheme: str) -> None:
        self.port = server.server_port
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.seen = server.seen

    @property
    def asked(self) -> list[Mapping[str, str]]:
        """The headers of each request so far."""
        return [request.headers for request in self.seen]


@contextmanager
def a_server(answer: Answer, *, tls: bool = False) -> Iterator[Site]:
    server = _Server(answer)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(SELF_SIGNED)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True).start()
    try:
        yield Site(server, "https" if tls else "http")
    finally:
        server.shutdown()
        server.server_close()
