"""The language that Cadence speaks: `_` translates a sentence, and days, months and numbers are said its way.

Sentences are written in English where they are used, whole, with named gaps:

    _("{who} takes {task}", who=member.name, task=kind)
    n_("{number} post", "{number} posts", len(posts))

Catalogues are GNU gettext's, in `locale/LANGUAGE/LC_MESSAGES/`; `python -m tools.catalogue` keeps them up to
date. A process speaks one language (`use`); a thread or task may speak another one for a while (`speaking`).
"""

from __future__ import annotations

import calendar
import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "it": "Italiano"}
"""What Cadence speaks, and how each language calls itself."""
FOLDER = Path(__file__).parent / "locale"
DOMAIN = "cadence"


@dataclass(frozen=True)
class Speech:
    """One language: its sentences, the names of days (Monday first) and months, its decimal sign."""

    code: str
    sentences: gettext.NullTranslations
    days: tuple[str, ...]
    short_days: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    decimal: str


_ENGLISH = Speech(
    ENGLISH,
    gettext.NullTranslations(),
    tuple(calendar.day_name),
    tuple(calendar.day_abbr),
    tuple(calendar.month_name)[1:],
    tuple(calendar.month_abbr)[1:],
    ".",
)
_known: dict[str, Speech] = {ENGLISH: _ENGLISH}
_usual: Speech = _ENGLISH
_here: ContextVar[Speech | None] = ContextVar("speech", default=None)


def speech_of(code: str) -> Speech:
    """KeyError for a language that is not among `LANGUAGES`."""
    if code not in _known:
        _known[code] = _load(code, LANGUAGES[code])
    return _known[code]


def _load(code: str, _name: str) -> Speech:
    from babel import Locale  # 25 ms that only other languages than English cost

    found = Locale.parse(code)
    days, months = found.days["format"], found.months["format"]
    return Speech(
        code,
        gettext.translation(DOMAIN, FOLDER, [code]),
        tuple(days["wide"][n] for n in range(7)),
        tuple(days["abbreviated"][n] for n in range(7)),
        tuple(months["wide"][n] for n in range(1, 13)),
        tuple(months["abbreviated"][n] for n in range(1, 13)),
        found.number_symbols["latn"]["decimal"],
    )


def use(speech: str | Speech) -> None:
    """What this process speaks from now on: a code of `LANGUAGES`."""
    global _usual
    _usual = speech_of(speech) if isinstance(speech, str) else speech


@contextmanager
def speaking(speech: str | Speech) -> Iterator[None]:
    """Speak another language in this thread or task, until the block ends."""
    before = _here.set(speech_of(speech) if isinstance(speech, str) else speech)
    try:
        yield
    finally:
        _here.reset(before)


def speech() -> Speech:
    """What is spoken here and now."""
    return _here.get() or _usual


def wished(environment: Mapping[str, str]) -> str:
    """The first language of the environment that Cadence speaks, English if there is none: of `LANGUAGE`,
    or else of the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set (GNU gettext manual, "Locale
    Environment Variables")."""
    usual = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(k))), "C")
    if usual.partition(".")[0] in ("C", "POSIX"):
        return ENGLISH
    for wish in (*environment.get("LANGUAGE", "").split(":"), usual):
        code = wish.partition(".")[0].partition("@")[0].partition("_")[0].lower()
        if code in LANGUAGES:
            return code
    return ENGLISH


# Sentences


def _(text: str, /, **gaps: object) -> str:
    """A sentence in the language spoken here, its gaps filled."""
    said = speech().sentences.gettext(text)
    return said.format(**gaps) if gaps else said


def n_(one: str, many: str, number: int, /, **gaps: object) -> str:
    """The same for a number of things; `{number}` is one of its gaps."""
    return speech().sentences.ngettext(one, many, number).format(number=number, **gaps)


def p_(context: str, text: str, /, **gaps: object) -> str:
    """A word that means different things in different places, told apart by `context`."""
    said = speech().sentences.pgettext(context, text)
    return said.format(**gaps) if gaps else said


def later(text: str) -> str:
    """Marks a text of a table for the catalogue; whoever shows it translates it with `_`."""
    return text


# Days and numbers


def weekday(day: date) -> str:
    """`Thu`."""
    return speech().short_days[day.weekday()]


def weekday_long(day: date) -> str:
    """`Thursday`."""
    return speech().days[day.weekday()]


def month(day: date) -> str:
    """`Nov`."""
    return speech().short_months[day.month - 1]


def month_long(day: date) -> str:
    """`November`."""
    return speech().months[day.month - 1]


def decimal(number: float, digits: int = 1) -> str:
    """`1.5`, where the language wants it `1,5`."""
    return f"{number:.{digits}f}".replace(".", speech().decimal)
