"""The way out to a calendar's server: only to addresses that were looked at, and never beyond a deadline."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import Any

import httpcore

from cadence.language import _
from cadence.model.errors import BadInput

Resolve = Callable[[str, int], list[str]]
"""The IP addresses of a host and port; OSError if there are none."""
SocketOptions = Iterable[Any] | None

MOST_ADDRESSES = 8
"""So many addresses of one host are tried."""
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


class Deadline:
    """The moment at which everything must be over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds; none or less: it is over."""
        return self._at - time.monotonic()

    def within(self, seconds: float | None) -> float:
        """So many seconds, or what is left if that is less. ReadTimeout once it is over."""
        left = self.left
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left if seconds is None else min(left, seconds)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very address that was checked: a second look-up could give another one.

    Without `allow_private` a host of which any address is not of the public Internet is refused (BadInput):
    else whoever can name an address could let this computer knock at doors that only it can reach.
    """

    def __init__(self, resolve: Resolve, deadline: Deadline, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        failed: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in self._checked(host, port, timeout):
            try:
                stream = self._sockets.connect_tcp(address, port, self._deadline.within(timeout))
                return _Hurried(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore.ConnectError("no address")

    def _checked(self, host: str, port: int, timeout: float | None) -> list[str]:
        found = look_up(self._resolve, host, port, self._deadline.within(timeout))
        if not self._allow_private and not all(map(is_public, found)):
            raise BadInput(
                _("{host} is an address of this computer or of a private network", host=host),
                _("if you trust it, say --allow-private"),
            )
        return found[:MOST_ADDRESSES]


class _Hurried(httpcore.NetworkStream):
    """A stream that no server can keep open beyond the deadline, however slowly it drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        except httpcore.ConnectError as error:
            raise _no_encryption(server_hostname or "", error) from None
        return _Hurried(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_public(address: str) -> bool:
    """Whether an IP address is of the public Internet. One that carries an IPv4 address inside (mapped, 6to4,
    NAT64) is what that one is."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if inner is None:
            return ip in _UNICAST and ip.is_global
        ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def look_up(resolve: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host. In a thread of its own, as nothing else bounds how long a look-up takes."""
    found = list[str]()
    failed = list[OSError | UnicodeError]()

    def ask() -> None:
        try:
            found.extend(resolve(host, port))
        except (OSError, UnicodeError) as error:  # the latter: a label that is empty or too long
            failed.append(error)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise httpcore.ConnectTimeout("the look-up takes too long")
    if failed or not found:
        raise BadInput(
            _("there is no host {host}", host=host), _("check the address, and whether you are online")
        )
    return found


def system_resolve(host: str, port: int) -> list[str]:
    """As this computer resolves names; it takes `2130706433` and `0x7f.1` for addresses, too."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _nat64(ip: IPv6Address) -> IPv4Address | None:
    return IPv4Address(ip.packed[-4:]) if ip in _NAT64 else None


def _no_encryption(host: str, error: httpcore.ConnectError) -> BadInput:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return BadInput(
            _("the certificate of {host} is not good: {reason}", host=host, reason=cause.verify_message)
        )
    return BadInput(_("{host} does not speak https as it should", host=host), _("check the address"))
