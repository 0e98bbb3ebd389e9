"""Text over several lines."""

from __future__ import annotations

from cadence.tui.widgets.cells import fit_said
from cadence.tui.widgets.labelled import in_lines


def test_what_comes_last_in_a_sentence_stays_together() -> None:
    said = "Storia went out on LinkedIn · u undoes"
    assert in_lines(said, 40, 2) == [said]
    assert in_lines(said, 35, 2) == ["Storia went out on LinkedIn", "u undoes"]
    assert in_lines("Storia · it still fills the slot of Tue 24", 30, 2) == [
        "Storia · it still fills the",
        "slot of Tue 24",
    ]


def test_what_does_not_fit_is_cut_with_a_sign() -> None:
    assert in_lines("one two three four five six", 10, 2) == ["one two", "three fou…"]
    assert in_lines("one two three four five six", 10, 2, ascii_only=True)[1].endswith("~")


def test_a_line_that_is_too_short_keeps_what_comes_last() -> None:
    said = "Giulia declined engage of “Open Saturday” · u undoes"
    assert fit_said(said, 60).rstrip() == said
    assert fit_said(said, 40) == "Giulia declined engage of “O… · u undoes"
    assert fit_said("one · two three four five six seven", 20) == "one · two three fou…"
