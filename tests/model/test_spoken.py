"""Days and lengths of time typed in the language spoken. Today is Monday 23 November 2026, ten in the morning
in Rome; the words are a translator's, the names of days and months the language's own."""

import gettext
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cadence.language import speaking, speech_of
from cadence.model.errors import BadInput
from cadence.model.times import parse_minutes
from cadence.model.when import read_move, read_when
from tests.pseudo import PSEUDO, marked

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 23, 10, 0)
TYPED = {
    "today": "oggi",
    "tomorrow": "domani",
    "now": "adesso ora",
    "at": "alle",
    "next": "prossimo prossima",
    "last": "scorso scorsa",
    "week": "settimana",
    "h hour hours": "h ora ore",
    "d day days": "g giorno giorni",
    "w week weeks": "s settimana settimane",
    "mo month months": "mese mesi",
}


class _Typed(gettext.NullTranslations):
    def pgettext(self, context: str, message: str) -> str:
        return TYPED.get(message, message) if context == "typed" else message


@pytest.fixture
def italian() -> Iterator[None]:
    with speaking(replace(speech_of("it"), sentences=_Typed())):
        yield


@pytest.mark.usefixtures("italian")
@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("oggi", "today"),
        ("Domani 9:00", "tomorrow 9:00"),
        ("domani alle 9:00", "tomorrow at 9:00"),
        ("ven", "fri"),
        ("venerdì 18:30", "fri 18:30"),
        ("venerdi", "fri"),
        ("prossimo ven", "next fri"),
        ("ven prossimo", "next fri"),
        ("lunedì scorso", "last mon"),
        ("settimana prossima", "next week"),
        ("prossima settimana", "next week"),
        ("+3g", "+3d"),
        ("+3 giorni", "+3d"),
        ("-2 settimane", "-2w"),
        ("+1 mese", "+1mo"),
        ("+2 ore", "+2h"),
        ("1 dic", "1 dec"),
        ("1° dicembre", "1 dec"),
        ("1 dicembre 2027", "1 dec 2027"),
        ("1 dic 9:00", "1 dec 9:00"),
        ("gen 7", "jan 7"),
        ("adesso", "now"),
    ],
)
def test_a_day_is_understood_as_it_is_said_here(said: str, english: str) -> None:
    assert read_when(said, MONDAY, ROME) == read_when(english, MONDAY, ROME)


@pytest.mark.usefixtures("italian")
def test_a_name_of_a_day_and_of_a_month_is_told_apart_by_its_number() -> None:
    assert read_when("mar", MONDAY, ROME) == read_when("tue", MONDAY, ROME)
    assert read_when("mar 9:00", MONDAY, ROME) == read_when("tue 9:00", MONDAY, ROME)
    assert read_when("1 mar", MONDAY, ROME) == read_when("1 march", MONDAY, ROME)


@pytest.mark.usefixtures("italian")
@pytest.mark.parametrize("said", ["tomorrow 9:00", "next fri", "+3d", "-2w", "1 dec", "may 3", "last mon"])
def test_english_is_understood_too(said: str) -> None:
    here = read_when(said, MONDAY, ROME)
    with speaking("en"):
        assert here == read_when(said, MONDAY, ROME)


@pytest.mark.parametrize("said", ["domani", "ven", "1 dic", "+3g"])
def test_other_languages_than_the_one_spoken_are_not_guessed_at(said: str) -> None:
    with pytest.raises(BadInput, match="is not a date"):
        read_when(said, MONDAY, ROME)


@pytest.mark.usefixtures("italian")
def test_a_post_moves_by_days_as_they_are_said_here() -> None:
    planned = datetime(2026, 12, 1, 18, 30)
    assert read_move("+1g", planned, MONDAY, ROME) == datetime(2026, 12, 2, 18, 30)
    assert read_move("gio", planned, MONDAY, ROME) == datetime(2026, 11, 26, 18, 30)


@pytest.mark.usefixtures("italian")
def test_a_length_of_time_is_understood_as_it_is_said_here() -> None:
    assert parse_minutes("7g") == parse_minutes("7d") == 7 * 24 * 60
    assert parse_minutes("2s") == parse_minutes("2 settimane") == 14 * 24 * 60
    assert parse_minutes("1h30m") == 90
    with pytest.raises(BadInput):
        parse_minutes("3 lustri")


def test_what_a_screen_shows_can_be_typed_back_in_any_language() -> None:
    with speaking(PSEUDO):
        for word in ("today", "tomorrow", "yesterday", "Friday", "1 Dec", "next Fri"):
            shown = read_when(marked(word), MONDAY, ROME)
            assert shown == read_when(word, MONDAY, ROME)
