"""The history as lines to read: who did what, when, on which post. Pure; changes are read page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from sys import intern
from typing import Literal, NamedTuple

from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.tui.filter import EVERYTHING, PostFilter

FIRST_PAGE, LARGEST_PAGE = 200, 6400
"""So many changes are read at first, then twice as many each time: who goes far back waits seldom."""
MOST_TOUCHED = 40
"""An import touches thousands of documents: so many of them are remembered."""
KEPT_WHOLE, SMALL = 400, 8
"""So many changes of at most so many documents are kept with all that they did, so that to look at them takes
no reading, 3 KB each. All others are read again when somebody looks."""

Document = tuple[str, int]
Whose = Literal["all", "mine", "others"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in a line. `at` is UTC; `documents` are those that it touched, not more than `MOST_TOUCHED` of
    the `size` in all; `channels` those that their own fields name."""

    seq: int
    at: datetime
    by: str
    why: str
    undoes: int | None
    documents: tuple[Document, ...]
    size: int
    channels: tuple[int, ...]

    @staticmethod
    def of(change: Change) -> Entry:
        ops = change.ops[:MOST_TOUCHED]
        channels = (value for op in ops for doc in (op.new, op.old) if (value := doc.get("channel")))
        named = tuple({value for value in channels if isinstance(value, int)})
        touched = tuple((intern(op.table), op.id) for op in ops)
        return Entry(
            change.seq,
            change.at,
            intern(change.by),
            change.why,
            change.undoes,
            touched,
            len(change.ops) + change.more,
            named,
        )

    @property
    def posts(self) -> list[int]:
        return [id for table, id in self.documents if table == "posts"]

    @property
    def ideas(self) -> list[int]:
        return [id for table, id in self.documents if table == "ideas"]


class Seen(NamedTuple):
    """What is kept of a change that was read: its line and, of the newest that did little, all of it."""

    entry: Entry
    whole: Change | None


class Annals:
    """The history as far back as anybody looked, newest first, each change read once."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.is_whole = False
        self._page = FIRST_PAGE
        self._undone: dict[int, int] = {}
        self._by_seq: dict[int, Entry] = {}
        self._whole: dict[int, Change] = {}
        self._near: dict[int, Change] = {}

    def next_page(self) -> tuple[int | None, int]:
        """What to read next: up to which change, and how many."""
        return (self.entries[-1].seq - 1 if self.entries else None), self._page

    def reader(self) -> Callable[[Change], Seen]:
        """Makes of each change of a page what is kept of it, so that a page of imports takes no room."""
        room = KEPT_WHOLE - len(self._whole)

        def read(change: Change) -> Seen:
            nonlocal room
            is_kept = len(change.ops) <= SMALL and room > 0
            room -= is_kept
            return Seen(Entry.of(change), change if is_kept else None)

        return read

    def add_older(self, page: Sequence[Seen], asked: int) -> Sequence[Entry]:
        """The next page, newest first; fewer than were asked for are the last. Returns what is new."""
        self.is_whole = len(page) < asked
        self._page = min(2 * self._page, LARGEST_PAGE)
        found = [self._learn(seen) for seen in page if seen.entry.seq not in self._by_seq]
        for entry in found:  # newest first: whoever undid it is known already
            if entry.undoes is not None and entry.seq not in self._undone:
                self._undone.setdefault(entry.undoes, entry.seq)
        self.entries += found
        return found

    def add_newer(self, page: Iterable[Seen]) -> Sequence[Entry]:
        """What happened meanwhile, in any order. Returns what is new, newest first."""
        fresh = sorted((s for s in page if s.entry.seq not in self._by_seq), key=lambda seen: seen.entry.seq)
        found = [self._learn(seen) for seen in fresh]
        for entry in found:
            if entry.undoes is not None:
                self._undone[entry.undoes] = entry.seq
                before = self._by_seq.get(entry.undoes)
                if before is not None and before.undoes is not None:
                    self._undone.pop(before.undoes, None)  # an undo was undone: that stands again
        found.reverse()
        self.entries[:0] = found
        return found

    def _learn(self, seen: Seen) -> Entry:
        entry, whole = seen
        self._by_seq[entry.seq] = entry
        if whole is not None:
            self._whole[entry.seq] = whole
        return entry

    def entry(self, seq: int) -> Entry | None:
        return self._by_seq.get(seq)

    def whole(self, seq: int) -> Change | None:
        """A change with all that it did, if it is at hand."""
        return self._whole.get(seq) or self._near.get(seq)

    def look_around(self, changes: Sequence[Change]) -> None:
        """These are at hand from now on, instead of those where one looked before."""
        self._near = {change.seq: change for change in changes}

    def undone_by(self, seq: int) -> Entry | None:
        """The change that took this one back and stands."""
        return self._by_seq.get(self._undone.get(seq, 0))


@dataclass(frozen=True)
class Wanted:
    """Which changes are shown. `me` is the viewer's name; `about` one document."""

    keep: PostFilter = EVERYTHING
    whose: Whose = "all"
    me: str = ""
    about: Document | None = None

    def __bool__(self) -> bool:
        return bool(self.keep) or self.whose != "all" or self.about is not None

    def holds(self, entry: Entry, calendar: Calendar) -> bool:
        if self.whose != "all" and (entry.by == self.me) != (self.whose == "mine"):
            return False
        if self.about is not None and self.about not in entry.documents:
            return False
        return not self.keep or self._keeps(entry, calendar)

    def _keeps(self, entry: Entry, calendar: Calendar) -> bool:
        """`@member` is who did it; a number means a post or the change itself."""
        keep, posts = self.keep, [calendar.posts[id] for id in entry.posts if id in calendar.posts]
        if keep.members and entry.by not in {
            who.name for id in keep.members if (who := calendar.members.get(id))
        }:
            return False
        if keep.channels and not (
            keep.channels.intersection(entry.channels) or any(post.channel in keep.channels for post in posts)
        ):
            return False
        if keep.states:
            by_state = replace(EVERYTHING, states=keep.states)
            if not any(by_state.keeps(post) for post in posts):
                return False
        words = f"{entry.by}\n{entry.why}".casefold() if keep.text else ""
        return all(self._is_said(word, words, entry) for word in keep.text)

    @staticmethod
    def _is_said(word: str, words: str, entry: Entry) -> bool:
        if word.isdecimal():
            return int(word) == entry.seq or ("posts", int(word)) in entry.documents
        return word in words


def names_of(calendar: Calendar, short: Mapping[int, str]) -> dict[str, str]:
    """How the people of a history are called where room is scarce, by their names."""
    return {member.name: short[id] for id, member in calendar.members.items()}
