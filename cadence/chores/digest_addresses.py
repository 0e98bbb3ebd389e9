"""Where this computer sends digests: secret addresses, in private files of the user who gave them.

An address such as `mailto://user:password@host` or `tgram://token/chat` lets whoever has it write as somebody
else, so it is in no shared calendar, and only what its label says is ever shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from cadence.ical.private import PrivateFiles
from cadence.language import _, later
from cadence.model.errors import BadInput
from cadence.workspace import Workspace

MOST = 10
"""So many addresses a member may have."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30})://.", re.IGNORECASE)
_WITH_HOST = {"mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms"}
"""What stands behind the `//` of these is a host; of most others it is part of the secret."""


class Places(Struct, frozen=True):
    """The addresses at which a member is told, as apprise writes them."""

    urls: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Places({len(self.urls)})"

    def labelled(self) -> dict[str, str]:
        """The addresses by what may be shown of them; of two that look the same the second has a number."""
        seen: Counter[str] = Counter()
        found: dict[str, str] = {}
        for url in self.urls:
            label = label_of(url)
            seen[label] += 1
            found[label if seen[label] == 1 else f"{label} ({seen[label]})"] = url
        return found


class DigestAddresses(PrivateFiles[Places]):
    """The addresses of the members of a calendar, by their numbers.

    They belong to the calendar at its place: a copy of it that somebody tries things with writes to nobody.
    """

    kind = Places
    remedy = later("give the addresses again: `cadence digest to MEMBER URL`")

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        super().__init__(folder, f"{workspace.calendar_id} {workspace.url}")


def checked_places(urls: Sequence[str]) -> Places:
    """The addresses, each once. BadInput, which shows nothing secret, unless apprise knows each of them."""
    from cadence.chores.sending import check_address  # apprise takes a tenth of a second

    places = Places(tuple(dict.fromkeys(urls)))
    if len(places.urls) > MOST:
        raise BadInput(
            _("{number} addresses are too many", number=len(places.urls)),
            _("give at most {number}", number=MOST),
        )
    for number, url in enumerate(places.urls, 1):
        if not _SCHEME.match(url) or not url.isprintable() or len(url) > 2000:
            raise BadInput(
                _("address {number} is none that apprise knows", number=number),
                _(
                    "write it like mailtos://user:password@example.com, see "
                    "https://github.com/caronc/apprise/wiki"
                ),
            )
        check_address(url, label_of(url))
    return places


def label_of(url: str) -> str:
    """What of an address may be shown: its kind, and the host where that is one. It is noted where a digest
    has arrived, and so the same in every language."""
    kind = url.partition("://")[0].casefold()
    if kind not in _WITH_HOST:
        return kind
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return f"{kind} at {host}" if host.isprintable() and host else kind
