"""How many requests an address may make, and how much may be written at one."""

from __future__ import annotations

from collections import OrderedDict, deque
from ipaddress import IPv6Address, ip_address

SECONDS_AT_ONCE = 4
"""Whoever was quiet may ask as much at once as in so many seconds."""
MOST_ADDRESSES = 10_000


class Rates:
    """A bucket of tokens for each address: one is taken by a request, `rate` a second flow back.

    Only so many addresses are remembered, the latest ones; an address that was forgotten starts anew.
    """

    def __init__(self, rate: float) -> None:
        """`rate`: requests a second, 0 for as many as they like."""
        self._rate = rate
        self._most = max(1.0, rate * SECONDS_AT_ONCE)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admits(self, address: str, now: float) -> bool:
        """Whether a request may come in at `now` (seconds of any clock that never goes back)."""
        if not self._rate:
            return True
        left, since = self._buckets.pop(address, (self._most, now))
        left = min(self._most, left + (now - since) * self._rate)
        is_admitted = left >= 1
        self._buckets[address] = (left - is_admitted, now)
        if len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return is_admitted

    @property
    def retry_after(self) -> int:
        """Whole seconds after which a request is admitted again."""
        return max(1, round(1 / self._rate)) if self._rate else 1


A_MINUTE, A_DAY = 10, 100
"""Forms that one feed's page takes."""
_MINUTE, _DAY = 60.0, 24 * 3600.0


class Quota:
    """How much is written at each page, counted when it is sent, whatever comes of it."""

    def __init__(self) -> None:
        self._sent: dict[int, deque[float]] = {}

    def wait(self, feed: int, now: float) -> int:
        """Seconds until the page of a feed takes a form again; 0: it takes this one, and counts it. `now` is
        seconds of any clock that never goes back."""
        sent = self._sent.setdefault(feed, deque(maxlen=A_DAY))
        for most, span in ((A_DAY, _DAY), (A_MINUTE, _MINUTE)):
            if len(sent) >= most and (left := sent[-most] + span - now) > 0:
                return int(left) + 1
        sent.append(now)
        return 0


def neighbourhood(address: str) -> str:
    """Who shares a bucket: an IPv4 address, or the /64 network that one subscriber has in IPv6."""
    if ":" not in address:
        return address
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return address
    return str(ip.ipv4_mapped) if ip.ipv4_mapped else f"{ip.exploded[:19]}/64"
