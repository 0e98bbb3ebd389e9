"""How tables, hours and amounts are written and read."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.cli.arguments import Money
from cadence.cli.output import cells, cut, pad, table
from cadence.model.errors import BadInput
from cadence.model.hours import read_hours, say_hours
from cadence.model.team import Span, WorkingHours
from cadence.model.times import WEEKDAYS


def test_a_table_is_aligned_even_with_wide_characters(capsys: pytest.CaptureFixture[str]) -> None:
    table(("name", "n", "note"), [("東京", "5", "x"), ("Città", "12", "")], right=("n",))
    assert capsys.readouterr().out.splitlines() == [
        "name    n  note",
        "東京    5  x",
        "Città  12",
    ]


def test_without_rows_a_table_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    table(("name",), [], none="Nobody yet.")
    assert capsys.readouterr().out == "Nobody yet.\n"


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30), st.integers(1, 40))
def test_what_is_cut_or_padded_has_the_width_asked_for(text: str, width: int) -> None:
    if width > 3:
        assert cells(cut(text, width)) <= width
    assert cells(pad(text, cells(text) + width)) == cells(text) + width


def test_on_a_terminal_lines_are_cut_at_its_edge(team: Path) -> None:
    main, side = pty.openpty()
    os.set_blocking(main, True)
    with os.fdopen(side, "w") as terminal:
        command = [sys.executable, "-m", "cadence", "--now", "2026-11-23T10:00+01:00", "post", "list"]
        script = f"stty cols 50; exec {' '.join(command)}"
        subprocess.run(["bash", "-c", script], stdin=terminal, stdout=terminal, check=True)
    printed = os.read(main, 10_000).decode()
    os.close(main)
    lines = printed.splitlines()
    assert len(lines) == 3
    assert all(len(line) <= 50 for line in lines)
    assert lines[-1].endswith("…")


def test_working_hours_are_read_by_groups_of_days() -> None:
    hours = read_hours(["mon-thu 8:30-12:30,13:30-17", "FRI 9-13", "sat"])
    assert hours.mon == hours.thu == (Span(510, 750), Span(810, 1020))
    assert hours.fri == (Span(540, 780),)
    assert hours.sat == hours.sun == ()
    assert say_hours(hours) == "mon-thu 08:30-12:30,13:30-17:00; fri 09:00-13:00"


@pytest.mark.parametrize(
    "said", ["", "monday 9-13", "fri-mon 9-13", "mon 13-9", "mon 9-25", "mon 9:75-10", "mon x"]
)
def test_working_hours_that_cannot_be_read_show_how_to_write_them(said: str) -> None:
    with pytest.raises(BadInput, match="mon-fri"):
        read_hours([said])


spans = st.lists(st.integers(0, 1440), max_size=6, unique=True).map(sorted)


@given(st.tuples(*[spans] * 7))
def test_working_hours_say_what_they_read(days: tuple[list[int], ...]) -> None:
    week = WorkingHours(
        **{
            day: tuple(Span(*pair) for pair in zip(minutes[::2], minutes[1::2], strict=False))
            for day, minutes in zip(WEEKDAYS, days, strict=True)
        }
    )
    assert read_hours(say_hours(week).split("; ") if say_hours(week) else []) == week


@given(st.integers(0, 99_999_999))
def test_an_amount_is_read_to_the_cent(cents: int) -> None:
    assert Money().convert(f"{cents // 100}.{cents % 100:02}", None, None) == cents
    assert Money().convert(f"{cents // 100},{cents % 100:02}", None, None) == cents
