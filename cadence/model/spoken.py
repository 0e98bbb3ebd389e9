"""The words in which people type days and lengths of time, in the language spoken: what a screen shows can be
typed back. English ones are understood everywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cadence.language import Speech, p_, speech

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(r"(\d\s*)([^\W\d_]+)")
_TURNED = re.compile(r"^(\w+) (this|next|last)\b")


@dataclass(frozen=True)
class _Spoken:
    """Plain words of one language, each with its English one. A name may be a day's and a month's: Italian
    `mar` is Tuesday and March."""

    words: Mapping[str, str]
    units: Mapping[str, str]
    days: Mapping[str, str]
    months: Mapping[str, str]


def readings(said: str) -> Iterator[str]:
    """What was typed (in small letters) as it is, and what it may mean in English, the likeliest first."""
    here = _spoken(speech())
    if said[:1] in ("+", "-"):
        said = in_english_units(said)
    yield said
    known = _replaced(_plain(said), here.words)
    yield _turned(known)
    yield _turned(_replaced(known, here.days))
    yield _turned(_replaced(known, here.months))


def _replaced(said: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words.get(found[0], found[0]), said)


def _turned(said: str) -> str:
    """People say `venerdì prossimo`, which is `next fri`."""
    return _TURNED.sub(r"\2 \1", said)


def in_english_units(said: str) -> str:
    """`7d` for what an Italian calls `7g`."""
    units = _spoken(speech()).units
    return _UNIT.sub(lambda found: found[1] + units.get(_plain(found[2]), found[2]), said)


@lru_cache(maxsize=8)
def _spoken(here: Speech) -> _Spoken:
    """The words of the language that is spoken here. A translator may give several for one, with spaces
    between them."""
    words = {
        "today": p_("typed", "today"),
        "tomorrow": p_("typed", "tomorrow"),
        "yesterday": p_("typed", "yesterday"),
        "now": p_("typed", "now"),
        "at": p_("typed", "at"),
        "this": p_("typed", "this"),
        "next": p_("typed", "next"),
        "last": p_("typed", "last"),
        "week": p_("typed", "week"),
    }
    units = {
        "min": p_("typed", "min minute minutes"),
        "h": p_("typed", "h hour hours"),
        "d": p_("typed", "d day days"),
        "w": p_("typed", "w week weeks"),
        "mo": p_("typed", "mo month months"),
        "y": p_("typed", "y year years"),
    }
    return _Spoken(
        {_plain(word): english for english, said in words.items() for word in said.split()},
        {_plain(word): english for english, said in units.items() for word in said.split()},
        _names(WEEKDAYS, here.days, here.short_days),
        _names(MONTHS, here.months, here.short_months),
    )


def _names(english: Iterable[str], *spoken: Iterable[str]) -> dict[str, str]:
    return {
        _plain(name).rstrip("."): one for names in spoken for name, one in zip(names, english, strict=True)
    }


def _plain(text: str) -> str:
    """Small letters without accents: `venerdi` for `Venerdì`, since many keyboards have none."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
