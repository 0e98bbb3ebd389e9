"""`cadence review`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence

TWO_WEEKS = ("--from", "2026-11-16", "--to", "2026-11-30")
LATER = "2026-11-30T10:00+01:00"


@pytest.fixture(autouse=True)
def _small_team(team: Path) -> None:
    """All of these begin with the small team."""


def test_a_review_tells_what_was_kept_and_why_the_rest_was_missed(cadence: Cadence) -> None:
    done = cadence("review", *TWO_WEEKS, now=LATER)
    assert done.status == 0
    assert done.out.startswith("Officine Rossi, Mon 16 Nov to Sun 29 Nov\n")
    assert "Thu 19 Nov 10:00  Blog     nobody planned a post" in done.out
    for nothing in ("No task changed hands.", "Everything was done inside.", "There was no rota."):
        assert nothing in done.out


def test_as_json_it_has_the_same_figures(cadence: Cadence) -> None:
    found = cadence("review", *TWO_WEEKS, "--json", now=LATER).json
    assert (found["from"], found["to"]) == ("2026-11-16", "2026-11-29")
    blog, newsletter = found["channels"]
    assert (blog["channel"], blog["slots"], blog["on_time"], blog["missed"], blog["score"]) == (
        ("Blog", 4, 1, 3, 25.0)
    )  # fmt: skip
    assert (newsletter["slots"], newsletter["score"]) == (0, None)
    assert [one["at"] for one in found["missed"]] == [
        "2026-11-19T10:00",
        "2026-11-24T10:00",
        "2026-11-26T10:00",
    ]
    assert [one["member"] for one in found["members"]] == ["Anna", "Luca", "Studio Blu"]


def test_who_took_what_is_read_from_the_history(cadence: Cadence) -> None:
    assert cadence("assign", 3, "draft", "Luca", "--as", "Luca").status == 0
    (one,) = cadence("review", *TWO_WEEKS, "--json", now=LATER).json["hand_overs"]
    assert (one["post"], one["task"], one["from"], one["to"], one["by"]) == (
        3,
        "draft",
        "Anna",
        "Luca",
        "Luca",
    )


def test_it_becomes_a_page_in_a_file_or_on_the_output(cadence: Cadence, tmp_path: Path) -> None:
    file = tmp_path / "review.html"
    done = cadence("review", *TWO_WEEKS, "--html", file, now=LATER)
    assert done.out == f"{file}: {file.stat().st_size / 1000:.0f} kB, opens in any browser\n"
    html = file.read_text("utf-8")
    assert html.startswith("<!doctype html>")
    assert "Officine Rossi, looking back" in html
    assert cadence("review", *TWO_WEEKS, "--html", "-", now=LATER).out == html


def test_a_wrong_period_or_file_changes_nothing(cadence: Cadence, tmp_path: Path) -> None:
    for words in (("--from", "2026-11-16", "--to", "2026-11-02"), ("--html", tmp_path), ("--from", "soon")):
        done = cadence("review", *words)
        assert (done.status, done.out) == (2, "")
        assert len(done.err.splitlines()) == 1
