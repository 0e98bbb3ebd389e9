"""Cadence speaks the language of whoever uses it."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from cadence import language
from cadence.language import _, decimal, month_long, n_, p_, speaking, weekday, wished

THURSDAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    yield
    language.use("en")


def test_english_is_what_the_code_says() -> None:
    assert _("Nothing to do.") == "Nothing to do."
    assert _("{who} takes {task}", who="Anna", task="review") == "Anna takes review"
    assert n_("{number} post", "{number} posts", 1) == "1 post"
    assert n_("{number} post", "{number} posts", 0) == "0 posts"
    assert p_("month", "May") == "May"


def test_braces_of_a_sentence_without_gaps_are_left_alone() -> None:
    assert _("write {}") == "write {}"


def test_days_and_numbers_are_said_as_the_language_does() -> None:
    assert (weekday(THURSDAY), month_long(THURSDAY), decimal(1.5)) == ("Thu", "November", "1.5")
    with speaking("it"):
        assert (weekday(THURSDAY), month_long(THURSDAY), decimal(1.5)) == ("gio", "novembre", "1,5")


def test_a_thread_that_speaks_another_language_leaves_the_others_alone() -> None:
    heard: list[str] = []
    with speaking("it"):
        other = threading.Thread(target=lambda: heard.append(weekday(THURSDAY)))
        other.start()
        other.join()
        assert weekday(THURSDAY) == "gio"
    assert [*heard, weekday(THURSDAY)] == ["Thu", "Thu"]


def test_a_process_speaks_one_language_everywhere() -> None:
    language.use("it")
    assert weekday(THURSDAY) == "gio"


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LANG": "it"}, "it"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "it_CH@euro"}, "it"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:it:en"}, "it"),
        ({"LANG": "C", "LANGUAGE": "it"}, "en"),
    ],
)
def test_the_language_is_the_first_of_the_environment_that_is_spoken(
    environment: dict[str, str], code: str
) -> None:
    assert wished(environment) == code
