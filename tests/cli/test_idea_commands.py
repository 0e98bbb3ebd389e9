"""`cadence idea` and `cadence lead`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence


@pytest.fixture(autouse=True)
def _small_team(team: Path) -> None:
    """All of these begin with the small team."""


def test_an_idea_is_written_down_in_one_breath(cadence: Cadence) -> None:
    done = cadence("idea", "How we sharpen tools", "--as", "Luca")
    assert (done.status, done.out) == (0, "Luca had idea 1 “How we sharpen tools”\n")
    done = cadence("idea", "Open day", "--channel", "blog", "--until", "fri", "--as", "Anna")
    assert done.status == 0
    assert cadence("idea", "list").out.splitlines()[1:] == [
        "   2      0  open   Fri 27 Nov  Anna  Blog     Open day",
        "   1      0  open               Luca           How we sharpen tools",
    ]


def test_an_idea_travels_to_a_post(cadence: Cadence) -> None:
    cadence("idea", "How we sharpen tools", "--as", "Luca")
    cadence("idea", "vote", 1, "--as", "Anna")
    cadence("idea", "comment", 1, "With a film", "--as", "Anna")
    assert "names no channel" in cadence("idea", "accept", 1, "--slot", "thu", "--as", "Anna").err
    done = cadence("idea", "accept", 1, "--slot", "thu", "--channel", "Blog", "--as", "Anna")
    assert done.out == 'Planned post 4 "How we sharpen tools" on Blog, Thu 26 Nov 10:00; it fills that slot\n'
    shown = cadence("idea", "show", 1, "--json").json["idea"]
    assert (shown["state"], shown["post"], shown["decided_by"], shown["votes"]) == (
        "accepted",
        4,
        "Anna",
        ["Anna"],
    )
    assert shown["comments"] == [{"by": "Anna", "at": "2026-11-23T10:00:00+01:00", "text": "With a film"}]
    assert cadence("post", "show", 4, "--json").json["post"]["author"] == "Luca"
    assert "became      post 4, planned: How we sharpen tools" in cadence("idea", "show", 1).out


def test_a_decision_has_a_reason_and_the_author_finds_it(cadence: Cadence) -> None:
    cadence("idea", "A quiz", "--as", "Luca")
    assert cadence("idea", "decline", 1, "", "--as", "Anna").status == 2
    assert cadence("idea", "decline", 1, "no", "--as", "Studio Blu").status == 2
    assert cadence("idea", "decline", 1, "We had one in May", "--as", "Anna").status == 0
    assert cadence("idea", "list").out == 'No ideas yet: `cadence idea "…"` writes one down.\n'
    (mine,) = cadence("idea", "list", "--mine", "--json", "--as", "Luca").json["ideas"]
    assert (mine["state"], mine["note"]) == ("declined", "We had one in May")


def test_the_lead_goes_round(cadence: Cadence) -> None:
    assert "Nobody leads the weeks yet" in cadence("lead", "show").out
    assert cadence("lead", "set", "Anna", "Luca").out == "A week each leads, from Mon 23 Nov: Anna and Luca\n"
    assert cadence("lead", "week", "+1w", "Anna").out == "Anna leads the week of Mon 30 Nov instead of Luca\n"
    assert cadence("lead", "show", "--weeks", "3").out.splitlines() == [
        "week of     lead",
        "Mon 23 Nov  Anna",
        "Mon 30 Nov  Anna  out of turn",
        "Mon  7 Dec  Anna",
    ]
    assert cadence("lead", "pause", "+1w").status == 0
    assert [week["member"] for week in cadence("lead", "show", "--weeks", "3", "--json").json["weeks"]] == [
        "Anna",
        "Anna",
        "Luca",
    ]
    assert cadence("lead", "swap", "today", "+2w").out == (
        "Luca leads the week of Mon 23 Nov, Anna that of Mon 7 Dec\n"
    )
