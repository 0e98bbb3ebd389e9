"""`cadence boost` and `cadence participation`, as they are typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cadence

LINK = "https://example.com/storia"
TUESDAY, WEDNESDAY = "2026-11-24T12:00+01:00", "2026-11-25T12:00+01:00"


@pytest.fixture(autouse=True)
def _published(team: Path, cadence: Cadence) -> None:
    """The small team asks for boosts; post 2 is published on Monday by Anna."""
    assert cadence("team", "edit", "--boosts").status == 0
    done = cadence("post", "publish", 2, "--link", LINK, "--as", "Anna")
    assert "; Anna and Luca are asked to boost it, from Tue 24 Nov" in done.out


def test_all_can_see_who_is_asked_when(cadence: Cadence) -> None:
    cadence("boost", "done", 2, "--as", "Anna", now=TUESDAY)
    cadence("boost", "decline", 2, "--as", "Luca", now=TUESDAY)
    cadence("boost", "done", 1, "--by", "Luca", now=TUESDAY)
    assert cadence("boost", "list").out == "Nobody is asked to boost anything.\n"
    assert cadence("boost", "list", "--all").out.splitlines() == [
        "day         who   post  channel  title           answer",
        "Tue 24 Nov  Luca     1  Blog     Il tornio       boosted Tue 24 Nov",
        "Tue 24 Nov  Anna     2  Blog     Storia Bianchi  boosted Tue 24 Nov",
        "Wed 25 Nov  Luca     2  Blog     Storia Bianchi  said no",
    ]


def test_an_ask_that_nobody_answered_lapses(cadence: Cadence) -> None:
    (line,) = cadence("boost", "list", now="2026-12-01T12:00+01:00").out.splitlines()[1:]
    assert line.split()[:4] == ["Wed", "25", "Nov", "Luca"]
    lines = cadence("boost", "list", "--all", now="2026-12-01T12:00+01:00").out.splitlines()[1:]
    assert [line.split()[-1] for line in lines] == ["lapsed", "Bianchi"]


def test_the_json_of_boosts(cadence: Cadence) -> None:
    cadence("boost", "done", 2, "--as", "Anna", now=TUESDAY)
    assert cadence("boost", "list", "--all", "--json").json["boosts"][0] == {
        "post": 2,
        "channel": "Blog",
        "title": "Storia Bianchi",
        "link": LINK,
        "member": "Anna",
        "day": "2026-11-24",
        "at": "2026-11-24T12:00:00+01:00",
        "declined": False,
        "minutes": 5,
        "text": f"New on our Blog: “Storia Bianchi” {LINK}",
    }


def test_mine_tells_what_i_am_asked_today_with_what_i_could_say(cadence: Cadence) -> None:
    assert "To boost" not in cadence("mine", "--as", "Luca", now=TUESDAY).out
    told = cadence("mine", "--as", "Luca", now=WEDNESDAY).out
    assert f"post 2 (5m)  New on our Blog: “Storia Bianchi” {LINK}\n" in told
    (boost,) = cadence("mine", "--as", "Luca", "--json", now=WEDNESDAY).json["boosts"]
    assert (boost["post"], boost["member"]) == (2, "Luca")
    cadence("boost", "done", 2, "--as", "Luca", now=WEDNESDAY)
    assert "To boost" not in cadence("mine", "--as", "Luca", now=WEDNESDAY).out


def test_boosts_are_in_the_load(cadence: Cadence) -> None:
    def minutes() -> list[int]:
        (week,) = cadence("load", "--from", "mon", "--to", "+7d", "--json").json["weeks"]
        return [member["minutes"] for member in week["members"]]

    def candidate() -> int:
        found = cadence("who", 3, "review", "--json").json["candidates"]
        return next(one["minutes_before"] for one in found if one["member"] == "Luca")

    assert minutes() == [65, 5, 0]
    assert candidate() == 5, "the planner counts the same"
    cadence("boost", "decline", 2, "--as", "Luca")
    assert minutes() == [65, 0, 0]
    assert candidate() == 0


def test_undoing_the_publication_takes_the_asks_away(cadence: Cadence) -> None:
    assert cadence("undo", "--as", "Anna").status == 0
    assert cadence("boost", "list", "--all", "--json").json == {"boosts": []}
    assert cadence("redo", "--as", "Anna").status == 0
    assert len(cadence("boost", "list", "--json").json["boosts"]) == 2


@pytest.mark.parametrize(
    "answer", [("done", 2, "--as", "Luca"), ("done", 2, "--as", "Studio Blu", "--by", "Luca")]
)
def test_what_somebody_has_boosted_is_out(cadence: Cadence, answer: tuple[str | int, ...]) -> None:
    cadence("boost", *answer)
    refused = cadence("undo", "--as", "Anna")
    assert refused.status == 2
    assert "somebody has built upon it: boost 2" in refused.err


def test_what_was_boosted_unasked_is_out_too(cadence: Cadence) -> None:
    cadence("member", "add", "Maria")
    cadence("boost", "done", 2, "--by", "Maria")
    refused = cadence("undo", "--as", "Anna")
    assert refused.status == 2
    assert "boost 3 is of post 2, which would not be published (change" in refused.err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("done", 9, "--as", "Luca"), "cadence: there is no post 9"),
        (("done", 3, "--as", "Luca"), 'cadence: post 3 "Dicembre" is planned, not published - boost what is'),
        (("done", 2), "cadence: nobody knows who you are here - say it with --as NAME"),
        (("done", 2, "--by", "studio"), "cadence: Studio Blu is a partner - colleagues boost"),
        (("decline", 1, "--as", "Luca"), 'cadence: nobody asked Luca to boost post 1 "Il tornio" - '),
        (("ask", 1, "nobody"), "cadence: there is no member 'nobody'"),
        (("ask", 2, "studio"), "cadence: Studio Blu is a partner"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    cadence: Cadence, words: tuple[str | int, ...], line: str
) -> None:
    done = cadence("boost", *words)
    assert done.status == 2
    assert done.err.startswith(line)
    assert done.err.count("\n") == 1


def test_a_team_says_whether_it_asks(cadence: Cadence, tmp_path: Path) -> None:
    assert cadence("team", "show", "--json").json["team"]["boosts"] is True
    cadence("team", "edit", "--no-boosts")
    assert "not asked for" in cadence("team", "show").out
    cadence("export", "team", "-o", tmp_path / "team.toml")
    fresh = ("--calendar", str(tmp_path / "other.json"))
    assert cadence("init", "--from", tmp_path / "team.toml", *fresh).status == 0
    assert cadence("team", "show", "--json", *fresh).json["team"]["boosts"] is False


def test_participation_in_figures_and_names(cadence: Cadence) -> None:
    cadence("member", "edit", "Luca", "--department", "Workshop")
    cadence("idea", "Open day", "--as", "Luca", now=TUESDAY)
    cadence("boost", "done", 2, "--as", "Luca", now=TUESDAY)
    cadence("post", "done", 3, "draft", now=TUESDAY)
    days = ("30 Sep", "28 Oct", "25 Nov")
    shares, people, sources, period = cadence("participation", now="2026-11-25T09:00+01:00").out.split("\n\n")
    assert [re.split(r"\s{2,}", line.strip()) for line in shares.splitlines()] == [
        ["people", "ideas", "boosts", "tasks", "active", *(f"4 w to Wed {day}" for day in days)],
        ["Officine Rossi", "2", "50 %", "50 %", "50 %", "50 %", "0 %", "0 %", "50 %"],
        ["Workshop", "1", "100 %", "100 %", "0 %", "100 %", "0 %", "0 %", "100 %"],
        ["(no department)", "1", "0 %", "0 %", "100 %", "0 %", "0 %", "0 %", "0 %"],
    ]
    assert people.splitlines() == [
        "gave an idea   Luca",
        "boosted        Luca",
        "did a task     Anna",
        "none of these  -",
    ]
    assert sources.startswith("0 of 2 published posts (0 %) came from an idea of somebody who does not lead")
    assert period == "From Wed 2 Sep to Wed 25 Nov.\n"


def test_the_json_of_participation(cadence: Cadence) -> None:
    cadence("idea", "Open day", "--as", "Luca")
    cadence("idea", "accept", 1, "--slot", "thu", "--channel", "Blog", "--as", "Luca")
    cadence("post", "publish", 4, now="2026-11-26T10:30+01:00")
    found = cadence("participation", "--from", "2026-11-23", "--to", "2026-12-21", "--json").json
    shares = {"enrolled": 2, "ideas": 0.5, "boosts": 0.0, "tasks": 0.0, "active": 0.5}
    assert found == {
        "from": "2026-11-23T00:00:00+01:00",
        "to": "2026-12-21T00:00:00+01:00",
        "team": shares,
        "departments": [{"department": None, **shares}],
        "people": {"ideas": ["Luca"], "boosts": [], "tasks": []},
        "posts": {"published": 2, "from_ideas": 1, "from_outside_leads": 1, "bottom_up": 0.5},
        "trend": [
            {
                "from": "2026-11-23T00:00:00+01:00",
                "to": "2026-12-21T00:00:00+01:00",
                "team": shares,
                "departments": [{"department": None, **shares}],
            }
        ],
    }


def test_a_quiet_team_is_warned_of_with_what_would_help(cadence: Cadence) -> None:
    late = "2026-12-28T10:00+01:00"
    cadence("post", "add", "Blog", "Un anno", "--at", "2026-12-24T10:00")
    cadence("post", "publish", 4, "--link", LINK, now="2026-12-24T10:30+01:00")
    assert cadence("warnings", "--rule", "quiet-team").out == "", "the calendar is new"
    (warning,) = cadence("warnings", "--rule", "quiet-team", "--json", now=late).json["warnings"]
    assert warning["cause"] == "None of 2 colleagues gave an idea or a boost since Mon 30 Nov"
    (way,) = warning["ways_out"][:1]
    assert way["command"] == "cadence boost done 4 --by Anna"
    assert cadence("boost", "done", 4, "--by", "Anna", now=late).status == 0
    assert cadence("warnings", "--rule", "quiet-team", now="2026-12-28T11:00+01:00").out == ""
