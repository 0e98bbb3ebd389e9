"""A few letters find what was written, whatever it is."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cadence.insight.search import MOST_RANKED, Hit, Index, Search, fold
from cadence.model.change import Change
from cadence.model.post import Idea
from tests.builders import NOW, a_calendar, utc


def a_team():
    return (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_channel("LinkedIn", workflow=None)
        .with_member("Anna Conti")
        .with_publication("Blog", "2026-01-10T08:00", "Il tornio nuovo")
        .with_publication("LinkedIn", "2026-11-20T08:00", "Perché il tornio")
        .with_post("Blog", "2026-12-01T09:00", "Visita al reparto", note="con il tornio di Bianchi")
    )


def found(calendar, text, changes=()):
    return {
        one.kind: [hit.id for hit in one.hits] for one in Search(Index.of(calendar, changes), NOW).find(text)
    }


def test_a_word_is_found_in_title_note_and_channel_what_begins_a_word_and_is_nearest_in_time_first():
    assert found(a_team().build(), "tornio") == {"post": [2, 3, 1]}
    assert found(a_team().build(), "blog") == {"post": [3, 1], "channel": [1]}


def test_what_begins_with_the_words_comes_first_however_long_ago():
    assert found(a_team().build(), "il tornio")["post"][0] == 1


def test_every_word_must_be_there_in_any_order():
    assert found(a_team().build(), "bianchi visita") == {"post": [3]}
    assert found(a_team().build(), "bianchi nuovo") == {}


def test_case_and_accents_do_not_matter():
    assert found(a_team().build(), "PERCHE") == {"post": [2]}
    assert found(a_team().build(), "perché") == {"post": [2]}


def test_a_number_finds_its_post():
    assert found(a_team().build(), "3")["post"] == [3]
    assert found(a_team().build(), "#1")["post"] == [1]
    assert found(a_team().build(), "#99") == {}


def test_people_ideas_and_changes_are_found_too():
    idea = Idea(id=7, text="Un video del tornio", author=1, at=NOW)
    change = Change(12, NOW, "Anna Conti", "Moved the visit to the lathe", ())
    calendar = a_team().build().put(idea)
    assert found(calendar, "video") == {"idea": [7]}
    assert found(calendar, "anna", [change]) == {"member": [1], "change": [12]}


def test_nothing_typed_finds_nothing():
    assert found(a_team().build(), "  ") == {}


def test_of_many_hits_the_nearest_are_ranked_and_all_are_counted():
    builder = a_calendar().with_channel("Blog", workflow=None)
    calendar = builder.build()
    index = Index.of(calendar)
    posts = index.shelves[0]
    many = MOST_RANKED + 500
    posts.ids.extend(range(1, many + 1))  # type: ignore[attr-defined]
    posts.times.extend(NOW - timedelta(hours=many - n) for n in range(many))  # type: ignore[attr-defined]
    posts.texts.extend("tornio" for _ in range(many))  # type: ignore[attr-defined]
    (only,) = Search(index, NOW).find("torn")
    assert (only.count, only.hits[0]) == (many, Hit("post", many))


LETTERS = st.text("ab ", max_size=6)


@given(st.lists(LETTERS, max_size=6), LETTERS)
def test_typing_letter_by_letter_finds_what_the_whole_text_finds_at_once(titles, text):
    builder = a_calendar().with_channel("Zz", workflow=None)
    for title in titles:
        if title.strip():
            builder.with_publication("Zz", "2026-05-01T08:00", title.strip())
    index = Index.of(builder.build())
    slowly = Search(index, NOW)
    for end in range(1, len(text) + 1):
        last = slowly.find(text[:end])
    at_once = Search(index, NOW).find(text)
    assert (last if text else []) == at_once
    wanted = {id for id, title in enumerate(filter(None, map(str.strip, titles)), 1)
              if text.split() and all(word in fold(title) for word in text.split())}  # fmt: skip
    assert {hit.id for one in at_once if one.kind == "post" for hit in one.hits} == wanted


def test_an_instant_long_ago_is_no_obstacle():
    calendar = (
        a_calendar().with_channel("Blog", workflow=None).with_publication("Blog", "1999-01-01T00:00").build()
    )
    assert found(calendar, "publication") == {"post": [1]}
    assert calendar.posts[1].published_at == utc("1999-01-01T00:00")
