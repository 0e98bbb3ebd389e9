"""`cadence serve`: the feeds and pages that readers open at their secret links."""

from __future__ import annotations

import hashlib
import sys
from ipaddress import ip_network
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from cadence.cli.base import command
from cadence.cli.output import say, say_json
from cadence.cli.session import Session
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.user.folders import busy_addresses, cache_folder, digest_addresses

if TYPE_CHECKING:
    import ssl

FILE = click.Path(path_type=Path)


@command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0: any free one."
)
@click.option("--tls-cert", type=FILE, metavar="FILE", help="Serve https with this certificate (PEM).")
@click.option("--tls-key", type=FILE, metavar="FILE", help="The key of the certificate (PEM).")
@click.option("--root-path", default="", metavar="PATH", help="What a proxy puts before our paths.")
@click.option(
    "--trust-proxy",
    multiple=True,
    metavar="IP",
    help="Believe this proxy who its clients are (X-Forwarded-For); an address or a network.",
)
@click.option("--no-gzip", is_flag=True, help="Never pack answers.")
@click.option("--access-log", type=FILE, metavar="FILE", help="Where to write requests; default: stderr.")
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=10,
    show_default=True,
    help="Requests a second and address; 0: any number.",
)
def serve(
    session: Session,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    root_path: str,
    trust_proxy: tuple[str, ...],
    no_gzip: bool,
    access_log: Path | None,
    rate: float,
) -> None:
    """Serve the feeds and pages at the links that `cadence feed new` gives, until Ctrl-C.

    By default only this computer can reach it. A change of the calendar is in the feeds at once.
    """
    # Here and not at the top: the server's libraries cost more than any other command.
    from cadence.ical.feeds import EventCache
    from cadence.web.accesslog import AccessLog
    from cadence.web.background import keep_busy_times, keep_digests
    from cadence.web.server import Settings, base_of, listen
    from cadence.web.server import serve as serve_with
    from cadence.workspace import Workspace

    settings = Settings(
        host=host,
        port=port,
        tls=_tls(tls_cert, tls_key),
        root_path=_root(root_path),
        trusted=tuple(map(_network, trust_proxy)),
        packed=not no_gzip,
        rate=rate,
    )
    _open(session)
    listening = listen(host, port)
    log = AccessLog(access_log)
    base, stop = base_of(settings, listening), Event()

    def ready() -> None:
        if session.json:
            say_json({"calendar": session.url, "address": base})
        else:
            say(_("Serving {place} at {address} - Ctrl-C ends it", place=session.url, address=base))
        sys.stdout.flush()
        for keep, folder in ((keep_busy_times, busy_addresses()), (keep_digests, digest_addresses())):
            keep(lambda: Workspace.open(session.url), folder, session.clock, stop, log.tell)

    known = hashlib.sha256(session.url.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    cache = EventCache(cache_folder() / f"served-{known}")
    try:
        serve_with(
            settings,
            listening,
            lambda: session.workspace,
            lambda: Workspace.open(session.url),
            session.clock,
            log,
            cache,
            ready,
        )
    finally:
        stop.set()


def _open(session: Session) -> None:
    """Open the calendar. One that is damaged or away may come back, and readers need not know of it."""
    from cadence.store.errors import Foreign, Newer, StoreError

    try:
        session.workspace  # noqa: B018 (reading it opens it)
    except (Foreign, Newer):
        raise
    except StoreError as error:
        said = _("serving nothing until this is well: {error}", error=error)
        print(f"cadence: {said}", file=sys.stderr)


def _tls(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise BadInput(_("a certificate and its key go together"), _("give both --tls-cert and --tls-key"))
    from cadence.web.server import tls

    return tls(certificate, key)


def _root(path: str) -> str:
    """`/cadence`, however it was written."""
    bare = path.strip("/")
    if not all(c.isascii() and (c.isalnum() or c in "/-._~") for c in bare):
        raise BadInput(
            _("{path!r} is no path of an address", path=path),
            _("say something like --root-path /cadence"),
        )
    return f"/{bare}" if bare else ""


def _network(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise BadInput(
            _("{text!r} is no IP address", text=text),
            _("name the proxy's address, such as --trust-proxy 10.0.0.5"),
        ) from None
