"""`cadence month` and `cadence year`, as they are typed, and the day that `cadence week` takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence


@pytest.fixture(autouse=True)
def _small_team(team: Path) -> None:
    """All of these look at the small team."""


def test_a_month_shows_marks_for_every_day_and_then_what_goes_out_when(cadence: Cadence) -> None:
    lines = cadence("month").out.splitlines()
    assert lines[0] == "Officine Rossi: November 2026"
    assert lines[1] == "B Blog 2, N Newsletter 1"
    assert lines[3] == "    Mon       Tue       Wed       Thu       Fri       Sat       Sun"
    week = next(n for n, line in enumerate(lines) if line.startswith("48"))
    assert lines[week] == "48  23 today  24        25        26        27        28        29"
    assert lines[week + 1] == "              B○                  B·        N○"
    assert max(map(len, lines)) <= 80
    assert "\n".join(lines[-8:]) == (
        "Tue 24 Nov\n"
        "  10:00 ○ Blog: Storia Bianchi (post 2, planned)\n"
        "\n"
        "Thu 26 Nov\n"
        "  10:00 · Blog: open slot\n"
        "\n"
        "Fri 27 Nov\n"
        "  09:00 ○ Newsletter: Dicembre (post 3, planned)"
    )


def test_another_month_is_named_by_one_of_its_days(cadence: Cadence) -> None:
    assert cadence("month", "1", "dec").out.startswith("Officine Rossi: December 2026\n")
    assert cadence("month", "2027-02-03", "--ascii").out.isascii()
    assert cadence("month", "whenever").status == 2


def test_another_week_is_named_by_one_of_its_days_too(cadence: Cadence) -> None:
    assert cadence("week", "1", "dec", "--json").json["week"] == "2026-11-30"
    assert cadence("week", "--from", "1 dec", "--json").json["week"] == "2026-11-30"


def test_a_month_as_json_has_its_days_with_posts_and_slots(cadence: Cadence) -> None:
    found = cadence("month", "--json").json
    assert (found["month"], len(found["days"])) == ("2026-11", 30)
    thursday = found["days"][25]
    assert thursday["day"] == "2026-11-26"
    assert thursday["posts"] == []
    assert thursday["slots"] == [
        {"rhythm": 1, "channel": "Blog", "at": "2026-11-26T10:00:00+01:00", "state": "empty", "post": None}
    ]
    assert [post["post"] for post in found["days"][26]["posts"]] == [3]


def test_a_year_shows_a_sign_a_day_and_posts_by_week(cadence: Cadence) -> None:
    lines = cadence("year").out.splitlines()
    assert lines[0] == "Officine Rossi: 2026, by posts"
    assert " ".join(lines[2].split()) == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    tuesday = next(line for line in lines if line.lstrip().startswith("Tue"))
    assert [n for n, sign in enumerate(tuesday[13:]) if sign == "░"] == [46, 47]
    blog = next(line for line in lines if line.startswith("Blog"))
    assert (blog[13 + 46 : 13 + 48], blog[-1]) == ("11", "2")
    assert max(map(len, lines)) <= 80


def test_a_year_may_be_looked_at_by_load_or_by_slots(cadence: Cadence) -> None:
    by_slots = cadence("year", "2026", "--by", "slots", "--json").json
    assert by_slots["by"] == "slots"
    assert by_slots["days"][:2] == [
        {"day": "2026-11-17", "amount": 1, "worst": "on_time"},
        {"day": "2026-11-19", "amount": 1, "worst": "missed"},
    ]
    by_load = cadence("year", "--by", "load", "--json").json
    # Of Anna's three hours and Luca's one, the draft of an hour is due on Wednesday.
    assert {
        "day": "2026-11-25", "amount": 60, "level": 3, "capacity": 240, "share": 0.25,
    } in by_load["days"]  # fmt: skip


def test_what_is_no_year_is_refused_in_a_line(cadence: Cadence) -> None:
    done = cadence("year", "20x6")
    assert (done.status, done.out) == (2, "")
    assert "'20x6' is not a year" in done.err


def test_without_channels_the_next_step_is_said(cadence: Cadence, tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    assert cadence("--calendar", empty, "init", "--name", "Nuova", "--zone", "Europe/Rome").status == 0
    for command in ("month", "year"):
        assert "cadence channel add" in cadence("--calendar", empty, command).out
