"""Finding posts, ideas, people, channels and changes by a few letters of what they say.

`Index` is the slow part, made once per snapshot; `Search` answers each key press from it. Letters match
without regard to case and accents; every word must be found, in any order.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from cadence.model.calendar import Calendar
from cadence.model.change import Change

Kind = Literal["post", "idea", "member", "channel", "change"]
KINDS: tuple[Kind, ...] = ("post", "idea", "member", "channel", "change")
MOST_RANKED = 2000
"""Of more hits than these only the nearest in time are put in order: nobody reads further, but types on."""


@dataclass(frozen=True)
class Hit:
    """What was found. `id` is its number, of a change its `seq`."""

    kind: Kind
    id: int


@dataclass(frozen=True)
class Found:
    """The best hits of a kind, best first, and how many there are in all."""

    kind: Kind
    hits: Sequence[Hit]
    count: int


@dataclass(frozen=True)
class Shelf:
    """All of one kind in order of time: its ids, its instants (UTC), and what it says, folded."""

    kind: Kind
    ids: Sequence[int]
    times: Sequence[datetime]
    texts: Sequence[str]


@dataclass(frozen=True, eq=False)
class Index:
    """What can be found in a calendar, and in the changes that were read of its history."""

    calendar: Calendar
    shelves: Sequence[Shelf]

    @staticmethod
    def of(calendar: Calendar, changes: Iterable[Change] = ()) -> Index:
        return Index(
            calendar,
            (
                _posts(calendar),
                _ideas(calendar),
                _shelf("member", ((m.id, ALWAYS, m.name) for m in calendar.members.values())),
                _shelf("channel", ((c.id, ALWAYS, c.name) for c in calendar.channels.values())),
                _shelf("change", sorted((c.seq, c.at, f"{c.why}\n{c.by}") for c in changes)),
            ),
        )


ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of what has none."""


def fold(text: str) -> str:
    """Letters as they are compared: `Perché` and `perche` are the same."""
    text = text.casefold()
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _shelf(kind: Kind, entries: Iterable[tuple[int, datetime, str]]) -> Shelf:
    found = list(entries)
    return Shelf(kind, [id for id, _, _ in found], [at for _, at, _ in found], [fold(t) for _, _, t in found])


def _posts(calendar: Calendar) -> Shelf:
    posts = calendar.posts
    return _shelf(
        "post", ((id, at, _words_of(calendar, id)) for at, id in calendar.index.timeline if id in posts)
    )


def _words_of(calendar: Calendar, id: int) -> str:
    """The title first: what begins with the words that were typed is the best hit."""
    post = calendar.posts[id]
    return "\n".join(filter(None, (post.title, calendar.channels[post.channel].name, post.topic, post.note)))


def _ideas(calendar: Calendar) -> Shelf:
    ideas = sorted(calendar.ideas.values(), key=lambda idea: (idea.at, idea.id))
    said = (
        (idea.id, idea.at, "\n".join((idea.text, idea.note, *(comment.text for comment in idea.comments))))
        for idea in ideas
    )
    return _shelf("idea", said)


@dataclass
class Search:
    """Answers what is typed, letter by letter: what a longer text finds is among what a shorter one found."""

    index: Index
    now: datetime
    _text: str = ""
    _places: dict[Kind, list[int]] = field(default_factory=dict[Kind, list[int]])

    def find(self, text: str, most: int = 50) -> list[Found]:
        """Kinds with hits, `most` hits of each; of posts the number itself is found, too (`53` or `#53`)."""
        words = fold(text).split()
        if not words:
            return []
        narrower = bool(self._text) and fold(text).startswith(self._text)
        self._text = fold(text)
        found: list[Found] = []
        for shelf in self.index.shelves:
            earlier = self._places.get(shelf.kind) if narrower else None
            places = _matching(shelf, words, earlier)
            self._places[shelf.kind] = places
            hits = [Hit(shelf.kind, shelf.ids[place]) for place in self._best(shelf, words, places)[:most]]
            if shelf.kind == "post":
                hits = _with_number(self.index.calendar, words, hits)
            if hits:
                found.append(Found(shelf.kind, hits, max(len(places), len(hits))))
        return found

    def _best(self, shelf: Shelf, words: Sequence[str], places: Sequence[int]) -> list[int]:
        """Best first: what begins with the words as they were typed, then what has them at the beginning of
        words, then the rest; of these what is nearest in time."""
        places = _nearest(shelf, places, self.now, MOST_RANKED)
        typed = " ".join(words)

        def rank(place: int) -> int:
            text = shelf.texts[place]
            if text.startswith(typed):
                return 0
            padded = f" {text}"
            return 1 if all(f" {word}" in padded for word in words) else 2

        return sorted(places, key=rank)


def _matching(shelf: Shelf, words: Sequence[str], among: list[int] | None) -> list[int]:
    """The places on the shelf whose text holds every word."""
    texts = shelf.texts
    first, *others = sorted(words, key=len, reverse=True)  # the longest rules out most
    if among is None:
        found = [place for place, text in enumerate(texts) if first in text]
    else:
        found = [place for place in among if first in texts[place]]
    for word in others:
        found = [place for place in found if word in texts[place]]
    return found


def _nearest(shelf: Shelf, places: Sequence[int], now: datetime, most: int) -> list[int]:
    """So many places at most, those nearest to now in time first (what comes before what was)."""
    middle = bisect_left(places, bisect_left(shelf.times, now))
    window = places[max(0, middle - most) : middle + most]
    return sorted(window, key=lambda place: abs(shelf.times[place] - now))[:most]


def _with_number(calendar: Calendar, words: Sequence[str], hits: list[Hit]) -> list[Hit]:
    number = words[0].removeprefix("#") if len(words) == 1 else ""
    if not (number.isdecimal() and len(number) < 9 and int(number) in calendar.posts):
        return hits
    exact = Hit("post", int(number))
    return [exact, *(hit for hit in hits if hit != exact)]
