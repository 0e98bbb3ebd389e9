"""Who shall read what, as people say it."""

from __future__ import annotations

import pytest

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.operations.feed_choice import Reader, Subject, read_reader, read_subject, subjects
from cadence.operations.feeds import shows
from tests.builders import a_calendar


def a_team() -> Calendar:
    builder = a_calendar().with_channel("Blog").with_channel("LinkedIn")
    return builder.with_member("Anna Conti").with_member("Marco Villa").build()


def test_a_reader_is_a_member_or_anybody_else() -> None:
    assert read_reader(a_team(), "anna") == Reader("Anna Conti", 1)
    assert read_reader(a_team(), "  The   board ") == Reader("The board", None)


@pytest.mark.parametrize("name", ["Ana Conti", "Marko", "anna conty", "Villaa"])
def test_a_name_that_is_nearly_a_members_is_no_guests(name: str) -> None:
    with pytest.raises(BadInput, match=r"did you mean (Anna Conti|Marco Villa)"):
        read_reader(a_team(), name)
    assert read_reader(a_team(), name, outside=True) == Reader(name, None)


def test_nobody_is_no_reader() -> None:
    with pytest.raises(BadInput, match="needs a reader"):
        read_reader(a_team(), "  ", outside=True)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("every post", Subject("team")),
        ("gaps", Subject("gaps")),
        ("warn", Subject("warnings")),
        ("blog", Subject("channel", 1)),
        ("The Posts on LinkedIn", Subject("channel", 2)),
        ("posts anna", Subject("member", 1)),
        ("tasks of marco", Subject("tasks", 2)),
    ],
)
def test_a_few_words_say_what_a_feed_shows(said: str, meant: Subject) -> None:
    assert read_subject(a_team(), said) == meant


def test_words_that_fit_several_or_none_are_asked_about() -> None:
    with pytest.raises(BadInput, match="'anna' may be the posts of Anna Conti or the tasks of Anna Conti"):
        read_subject(a_team(), "anna")
    with pytest.raises(BadInput, match="there is no feed of 'the moon'"):
        read_subject(a_team(), "the moon")


def test_all_that_can_be_chosen_is_called_as_it_is_shown_later() -> None:
    from cadence.model.feeds import Feed

    calendar = a_team()
    for words, subject in subjects(calendar).items():
        feed = Feed(id=1, reader="Anna", kind=subject.kind, of=subject.of, digest="a" * 64)
        assert shows(calendar, feed) == words
        assert read_subject(calendar, words.upper()) == subject
