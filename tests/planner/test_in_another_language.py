"""What the planner says in another language than English: nothing depends on the words themselves."""

from datetime import date

from cadence.language import speaking
from cadence.planner.explaining.reasons import Reason, short_of_days
from cadence.planner.explaining.slack import Slack
from cadence.planner.sustaining.ways import Way
from tests.builders import a_calendar
from tests.pseudo import PSEUDO, escaped

MONDAY = date(2026, 11, 23)


def test_a_reason_is_shortened_by_its_figures_and_not_by_a_bracket() -> None:
    full = short_of_days(25, Slack(10, 0, 1, 60, 50), MONDAY, (0, 1))
    assert full.sentence("Anna (sales)").startswith("Anna (sales) is 15′ short from ")
    assert full.brief_sentence("Anna (sales)") == "Anna (sales) is 15′ short from Mon 23 Nov to Tue 24 Nov"


def test_a_reason_is_a_sentence_of_the_language_spoken() -> None:
    with speaking(PSEUDO):
        short = short_of_days(25, Slack(10, 0, 1, 60, 50), MONDAY, (0, 1))
        none = short_of_days(25, None, MONDAY, (0, 1))
        said = [short.sentence("1"), short.of_several.sentence("1"), none.sentence("1")]
        assert [text for text in said if escaped(text)] == []
        assert escaped(Reason("barred", "2", "may").sentence("1")) == []


def test_ways_are_ordered_by_who_they_are_about_and_not_by_their_sentence() -> None:
    calendar = a_calendar().build()
    anna, luca = (
        Way("skill", text, "", calendar, about=name) for text, name in (("z", "Anna"), ("a", "Luca"))
    )
    assert anna.order < luca.order
