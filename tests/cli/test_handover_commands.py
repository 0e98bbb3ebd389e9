"""Offers, answers, swaps and absences as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence

SKILLS = [word for kind in ("draft", "design", "review", "publish", "engage") for word in ("--skill", kind)]


@pytest.fixture
def office(cadence: Cadence, team: Path) -> Cadence:
    """The small team, in which Anna and Luca can do everything. Anna has the draft of post 3, due on
    Wednesday 25 November; Luca that of post 4, due a week later."""
    for name in ("Anna", "Luca"):
        assert cadence("member", "edit", name, *SKILLS, "--allowance", "3h").status == 0
    cadence("post", "add", "Newsletter", "Gennaio", "--at", "2026-12-04 9:00")
    assert cadence("assign", 4, "draft", "Luca").status == 0
    return cadence


def owner(cadence: Cadence, post: int, kind: str) -> str | None:
    tasks = cadence("post", "show", post, "--json").json["post"]["tasks"]
    return next(task["member"] for task in tasks if task["task"] == kind)


def test_an_offer_is_seen_by_whom_it_fits_and_taken(office: Cadence) -> None:
    assert office("offer", 3, "draft", "--note", "school", "--as", "Anna").status == 0
    listed = office("offers", "--json").json["offers"]
    assert [(one["post"], one["task"], one["offer"]["state"]) for one in listed] == [(3, "draft", "open")]
    assert [one["member"] for one in listed[0]["could"]] == ["Luca"]
    assert "Luca (" in office("offers").out
    seen = office("mine", "--as", "Luca").out
    assert "Offered to you" in seen
    assert "school" in seen
    assert "Offered by you" in office("mine", "--as", "Anna").out
    mine = office("mine", "--as", "Luca", "--json").json
    assert [one["offer"]["note"] for one in mine["offers"]] == ["school"]
    assert [(one["post"], one["task"]) for one in mine["claimable"]].count((3, "draft")) == 1
    assert "over from Anna" in office("claim", 3, "draft", "--as", "Luca").out
    assert owner(office, 3, "draft") == "Luca"
    assert office("offers").out == "Nothing is on offer.\n"


def test_who_was_asked_says_no_and_the_owner_sees_it(office: Cadence) -> None:
    office("offer", 3, "draft", "--to", "Luca", "--until", "tue", "--as", "Anna")
    assert "on offer to Luca until Tue 24 Nov" in office("post", "show", 3).out
    assert "no time; Anna keeps it" in office("decline", 3, "draft", "--note", "no time", "--as", "Luca").out
    assert "offer to Luca declined" in office("mine", "--as", "Anna").out
    assert office("offers").out == "Nothing is on offer.\n"
    assert office("offers", "--all", "--json").json["offers"][0]["offer"]["declined"] == ["Luca"]
    late = office("claim", 3, "draft", "--as", "Luca")
    assert (late.status, late.out) == (2, "")
    assert "everybody who was asked has declined" in late.err


def test_a_swap_is_agreed_by_a_claim_and_taken_back_whole(office: Cadence) -> None:
    assert office("offer", 3, "draft", "--for", 4, "draft", "--as", "Anna").status == 0
    assert "for your draft of post 4" in office("mine", "--as", "Luca").out
    assert office("claim", 3, "draft", "--as", "Luca").status == 0
    assert (owner(office, 3, "draft"), owner(office, 4, "draft")) == ("Luca", "Anna")
    refused = office("give-back", 4, "draft", "--as", "Anna")
    assert refused.status == 2
    assert "came in a swap" in refused.err
    assert office("undo", "--as", "Luca").status == 0
    assert (owner(office, 3, "draft"), owner(office, 4, "draft")) == ("Anna", "Luca")


def test_what_was_taken_by_mistake_goes_back(office: Cadence) -> None:
    office("offer", 3, "draft", "--as", "Anna")
    office("claim", 3, "draft", "--as", "Luca")
    assert "back to Anna" in office("give-back", 3, "draft", "--as", "Luca").out
    assert owner(office, 3, "draft") == "Anna"
    assert "nobody had the draft of post 4 before" in office("give-back", 4, "draft", "--as", "Luca").err


def test_an_absence_shows_who_could_take_what_it_hits_and_how_to_ask(office: Cadence) -> None:
    done = office("absence", "add", "Anna", "2026-11-23", "2026-11-27", "--as", "Anna")
    assert "still theirs: draft of post 3" in done.out
    assert "Dicembre  Luca (" in done.out
    assert done.out.endswith("Ask them all: `cadence absence offer 1`\n")
    again = office("absence", "offer", 1, "--as", "Anna", "--json").json
    assert again["said"] == "Offered to anyone: draft of post 3"
    assert [(hit["post"], hit["task"], hit["member"]) for hit in again["hit"]] == [(3, "draft", "Luca")]
    assert "Offered to you" in office("mine", "--as", "Luca").out


def test_an_absence_and_its_offers_are_one_change(office: Cadence) -> None:
    done = office("absence", "add", "Luca", "2026-11-24", "2026-12-04", "--offer", "--as", "Anna")
    assert "offered to anyone: draft of post 4 (Anna for Luca)" in done.out
    assert "Ask them all" not in done.out
    assert office("undo", "--as", "Anna").status == 0
    assert office("absence", "list").out == "Nobody is away.\n"
    assert office("offers").out == "Nothing is on offer.\n"


def test_a_lead_answers_for_who_is_away(office: Cadence) -> None:
    office("offer", 4, "draft", "--as", "Luca")
    office("absence", "add", "Anna", "2026-11-23", "2026-11-24")
    office("member", "edit", "Luca", "--role", "lead")
    assert office("decline", 4, "draft", "--for", "Anna", "--as", "Luca").out.endswith("(Luca for Anna)\n")
    office("offer", 3, "draft", "--as", "Anna")
    assert "Luca is not away" in office("claim", 3, "draft", "--for", "Luca", "--as", "Anna").err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("offer", 3, "draft", "--until", "2026-11-26"), "cannot last until Thu 26 Nov"),
        (("offer", 3, "draft", "--to", "Studio Blu"), "Studio Blu cannot take draft"),
        (("offer", 3, "draft", "--for", 4, "draft", "--to", "Luca"), "leave --to out"),
        (("offer", 3, "draft", "--for", 4, "review"), "nobody has review of post 4"),
        (("offer", 3, "draft", "--note", "a\x1bb"), "control characters"),
        (("offer", 9, "draft"), "there is no post 9"),
        (("decline", 3, "draft"), "not on offer to Anna"),
        (("decline", 4, "draft", "--note", "x" * 301), "not on offer"),
        (("give-back", 9, "draft"), "there is no post 9"),
        (("give-back", 3, "draft"), "nobody had the draft of post 3 before"),
        (("absence", "offer", 7), "there is no absence 7"),
        (("withdraw", 3, "draft"), "is not on offer"),
    ],
)
def test_what_cannot_be_is_one_line_and_changes_nothing(office: Cadence, line, says: str) -> None:
    before = office("log", "--json").json
    done = office(*line, "--as", "Anna")
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert done.err.count("\n") == 1
    assert office("log", "--json").json == before
