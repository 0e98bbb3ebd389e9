"""Where this computer reads busy calendars: secret addresses, in private files of the user who gave them.

They are not in the calendar, because everybody who can open that could read a colleague's titles with them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from cadence.ical.private import PrivateFiles
from cadence.language import later

EVERY = timedelta(minutes=30)
LONGEST_REST = timedelta(hours=8)
_MOST_DOUBLINGS = 4


class Address(Struct, frozen=True, omit_defaults=True):
    """`place` is an address or the absolute path of a file; `member` whose calendar it is. The content that
    was there last was read in the `zone` and had the `digest`; the server called it `etag` and
    `last_modified`. `looked_at` is when this computer last looked, `failures` how often in a row in vain."""

    place: str
    member: int
    allow_private: bool = False
    zone: str = ""
    digest: str = ""
    etag: str = ""
    last_modified: str = ""
    looked_at: Annotated[datetime, Meta(tz=True)] | None = None
    failures: int = 0

    def __repr__(self) -> str:
        return f"Address(of member {self.member})"

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to look again: every half hour, after failures ever more rarely."""
        if self.looked_at is None:
            return True
        rest = min(EVERY * 2 ** min(self.failures, _MOST_DOUBLINGS), LONGEST_REST)
        return not timedelta() <= now - self.looked_at < rest


class Addresses(PrivateFiles[Address]):
    """The addresses of one calendar, by the numbers of its busy calendars."""

    kind = Address
    remedy = later("`cadence busy remove {number}`, and add the calendar again")
