"""A language that nobody speaks: whatever is translated wears accents, so that plain letters are a sentence
that escaped, or people's own words.

    with speaking(PSEUDO):
        assert not escaped(_("Nothing to do"))
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable

from cadence.language import Speech

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARKED = "áƀćđéƒǵħíĵķłɱńóƥʠŕśţúṽŵẋýžÁƁĆĐÉƑǴĦÍĴĶŁṀŃÓƤɊŔŚŢÚṼŴẊÝŽ"
_TABLE = str.maketrans(_PLAIN, _MARKED)
_GAP = re.compile(r"(\{[^{}]*\})")


def marked(text: str) -> str:
    """Every plain letter outside `{gaps}` becomes an accented one that is as wide."""
    return "".join(part if _GAP.fullmatch(part) else part.translate(_TABLE) for part in _GAP.split(text))


class _Marking(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return marked(message)


def _all(*names: str) -> tuple[str, ...]:
    return tuple(map(marked, names))


PSEUDO = Speech(
    "en-XA",
    _Marking(),
    _all("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    _all("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    _all("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
         "November", "December"),
    _all("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ",",
)  # fmt: skip


def escaped(text: str, own: Iterable[str] = ()) -> list[str]:
    """The plain words of a text, of two letters and more, that were never translated; `own` are texts of the
    calendar's people, which stay as they are."""
    for words in sorted(own, key=len, reverse=True):
        text = text.replace(words, " ")
    return re.findall(r"(?<![^\W\d_])[A-Za-z]{2,}(?![^\W\d_])", text)
