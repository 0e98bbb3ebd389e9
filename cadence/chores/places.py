"""Where a calendar can be read: an address, or a file. Both may be secret, so only a label is shown."""

from __future__ import annotations

import os
from pathlib import Path

from cadence.ical.busy.addresses import Address
from cadence.ical.busy.fetch import Fetched, fetch
from cadence.ical.busy.target import is_url, parse
from cadence.ical.busy.text import MAX_SIZE
from cadence.language import _
from cadence.model.errors import BadInput

LONGEST_LABEL = 80


def whole_place(place: str) -> str:
    """A place as it will be understood later, from wherever: an address, or the absolute path of a file."""
    return place if is_url(place) else os.path.abspath(os.path.expanduser(place))


def label_of(place: str) -> str:
    """What of a place may be shown: its host, or the name of the file."""
    name = parse(place).origin.host if is_url(place) else Path(place).name
    return "".join(c if c.isprintable() else "?" for c in name)[:LONGEST_LABEL]


def content_of(address: Address, *, whole: bool) -> Fetched:
    """What is at an address now; unless `whole`, nothing if it is what was there last. BadInput, which names
    the label, if it cannot be had."""
    if not is_url(address.place):
        return Fetched(_file(address.place))
    return fetch(
        address.place,
        etag="" if whole else address.etag,
        last_modified="" if whole else address.last_modified,
        allow_private=address.allow_private,
    )


def _file(place: str) -> bytes:
    label = label_of(place)
    try:
        with open(place, "rb") as file:
            content = file.read(MAX_SIZE + 1)
    except (OSError, ValueError) as error:  # the latter: a name that no file can have
        reason = error.strerror if isinstance(error, OSError) else _("no file can have that name")
        raise BadInput(
            _("{label} cannot be read: {reason}", label=label, reason=reason),
            _("check its name and whose it is"),
        ) from None
    if len(content) > MAX_SIZE:
        raise BadInput(
            _("{label} is larger than {size} MB", label=label, size=MAX_SIZE // 2**20),
            _("export a shorter time of it"),
        )
    return content
