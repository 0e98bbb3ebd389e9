"""Which column of a file is which: as said with --map, else by the names that people give to columns."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from cadence.exchange.table import Table
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.model.team import TASK_KINDS

GUESSES: Mapping[str, tuple[str, ...]] = {
    "date": (
        "date", "published", "published on", "publication date", "publish date", "datetime", "date time",
        "day", "data", "data pubblicazione", "data di pubblicazione", "pubblicato il", "giorno",
        "datum", "veröffentlicht", "veröffentlicht am", "veröffentlichungsdatum", "tag",
    ),
    "time": ("time", "hour", "ora", "orario", "uhrzeit", "zeit"),
    "channel": ("channel", "platform", "network", "canale", "piattaforma", "kanal", "plattform", "netzwerk"),
    "title": (
        "title", "headline", "subject", "post", "name", "titolo", "oggetto", "titel", "betreff",
    ),
    "author": ("author", "by", "written by", "autore", "autrice", "scritto da", "autor", "autorin"),
    "topic": ("topic", "theme", "tema", "argomento", "thema"),
    "link": ("link", "url", "permalink", "address", "indirizzo", "adresse"),
    "state": ("state", "status", "stato", "zustand"),
    "slot": ("slot",),
    "published_at": ("published at", "published", "pubblicato", "veröffentlicht"),
    "note": ("note", "notes", "nota", "notiz", "notizen"),
    "skip_reason": ("skip reason",),
    "uid": ("uid",),
    **{kind: (kind,) for kind in TASK_KINDS},
    **{f"{kind}_done": (f"{kind} done",) for kind in TASK_KINDS},
    **{f"{kind}_pinned": (f"{kind} pinned",) for kind in TASK_KINDS},
}  # fmt: skip
"""For each of our columns the headings that mean it, the likeliest first. English, Italian, German."""


def find_columns(table: Table, wanted: Iterable[str], given: Mapping[str, str]) -> dict[str, int]:
    """The position of each wanted column that the table has. A heading serves one column only.

    BadInput if `given` names what is not there, or if a heading that is used stands there twice.
    """
    wanted = list(wanted)
    headings = [_plain(heading) for heading in table.header]
    found: dict[str, int] = {}
    for name, heading in given.items():
        if name not in wanted:
            raise BadInput(
                _("there is no column {name!r} to map", name=name[:40]),
                _("known: {names}", names=", ".join(wanted)),
            )
        found[name] = _position(table, headings, _plain(heading), heading)
    for name in wanted:
        if name in found:
            continue
        for guess in GUESSES[name]:
            if guess in headings and headings.index(guess) not in found.values():
                found[name] = _position(table, headings, guess, guess)
                break
    return found


def _position(table: Table, headings: list[str], plain: str, heading: str) -> int:
    if plain not in headings:
        near = difflib.get_close_matches(plain, headings, n=1)
        columns = ", ".join(table.header)[:200]
        remedy = (
            _("did you mean {column!r}?", column=table.header[headings.index(near[0])])
            if near
            else _("it has: {columns}", columns=columns)
        )
        raise BadInput(_("{file} has no column {column!r}", file=table.name, column=heading[:60]), remedy)
    if headings.count(plain) > 1:
        raise BadInput(
            _("{file}, line 1: the column {column!r} stands there twice", file=table.name, column=heading),
            _("rename one"),
        )
    return headings.index(plain)


def _plain(heading: str) -> str:
    """A heading without case, underscores and doubled spaces."""
    return " ".join(heading.casefold().replace("_", " ").split())
