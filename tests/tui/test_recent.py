"""What happened to a post lately, at hand without reading the history again."""

from __future__ import annotations

import pytest

from cadence.model.change import Change, Op
from cadence.tui import recent
from cadence.tui.recent import Recent, happening_of
from tests.builders import NOW


def change(seq: int, *posts: int) -> Change:
    ops = tuple(Op("u", "posts", id, 2, {"title": "New"}, {"title": "Old"}) for id in posts)
    return Change(seq, NOW, "Anna", f"change {seq}", ops)


def seqs(known: Recent, post: int) -> list[int]:
    return [happening.seq for happening in known.of(post)]


def test_what_came_in_and_what_was_read_afterwards_stand_newest_first_and_once() -> None:
    known = Recent()
    known.learn(map(happening_of, [change(3, 1), change(4, 2)]))
    known.learn(map(happening_of, [change(4, 2), change(3, 1), change(2, 1, 2), change(1, 2)]))
    assert (seqs(known, 1), seqs(known, 2), seqs(known, 3)) == ([3, 2], [4, 2, 1], [])


def test_of_a_long_day_only_the_latest_changes_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "LOOK_BACK", 3)
    known = Recent()
    for seq in range(1, 6):
        known.learn([happening_of(change(seq, 1, seq))])
    assert seqs(known, 1) == [5, 4, 3]
    assert (seqs(known, 2), seqs(known, 3)) == ([], [3])
