"""What programs may rely on: the JSON of the views, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cadence


@pytest.fixture(autouse=True)
def _small_team(team: Path) -> None:
    """All of these look at the small team."""


def test_slots(cadence: Cadence) -> None:
    assert cadence("slots", "--from", "2026-11-16", "--to", "2026-11-27", "--json").json == {
        "slots": [
            {
                "rhythm": 1,
                "channel": "Blog",
                "at": "2026-11-17T10:00:00+01:00",
                "state": "on_time",
                "post": 1,
            },
            {
                "rhythm": 1,
                "channel": "Blog",
                "at": "2026-11-19T10:00:00+01:00",
                "state": "missed",
                "post": None,
            },
            {
                "rhythm": 1,
                "channel": "Blog",
                "at": "2026-11-24T10:00:00+01:00",
                "state": "planned",
                "post": 2,
            },
            {
                "rhythm": 1,
                "channel": "Blog",
                "at": "2026-11-26T10:00:00+01:00",
                "state": "empty",
                "post": None,
            },
        ]
    }


def test_consistency(cadence: Cadence) -> None:
    # One of two slots on time. Silent since Tuesday 17 at 10:30: 5 days and 23½ hours. The next slot without
    # a post is on Thursday at ten; one of the next eight is filled.
    assert cadence("--json", "consistency").json == {
        "from": "2026-08-31T11:00:00+02:00",
        "to": "2026-11-23T10:00:00+01:00",
        "channels": [
            {
                "channel": "Blog",
                "slots": 2,
                "on_time": 1,
                "early": 0,
                "late": 0,
                "missed": 1,
                "extras": 0,
                "score": 50.0,
                "longest_silence_days": 5.9792,
                "median_interval_days": None,
                "quartiles_days": None,
                "streak_weeks": 0,
                "runway_days": 3.0,
                "outlook": 12.5,
            },
            {
                "channel": "Newsletter",
                "slots": 0,
                "on_time": 0,
                "early": 0,
                "late": 0,
                "missed": 0,
                "extras": 0,
                "score": None,
                "longest_silence_days": 84.0,
                "median_interval_days": None,
                "quartiles_days": None,
                "streak_weeks": 0,
                "runway_days": None,
                "outlook": None,
            },
        ],
    }


def test_warnings(cadence: Cadence) -> None:
    found = cadence("warnings", "--channel", "Blog", "--rule", "empty-slot", "--horizon", "4", "--json").json
    (warning,) = found.pop("warnings")
    assert not found
    cause, ways_out = warning.pop("cause"), warning.pop("ways_out")
    assert warning == {
        "rule": "empty-slot",
        "severity": "high",
        "channel": "Blog",
        "post": None,
        "task": None,
        "member": None,
        "at": "2026-11-26T10:00:00+01:00",
        "since": "2026-11-22T10:00:00+01:00",
    }
    assert "Thu 26 Nov" in cause
    assert ways_out
    for way in ways_out:
        assert set(way) == {"kind", "text", "command"}
        assert way["command"].startswith("cadence ")


FORTY_HOURS = {"working": 2400, "busy": 0, "away": 0, "holiday": 0, "free": 2400}
"""The week of who is not away, in minutes."""


def test_load(cadence: Cadence) -> None:
    anna = {"member": "Anna", "minutes": 0, "capacity": 180, "share": 0.0, "allowance": 180, **FORTY_HOURS}
    luca = {"member": "Luca", "minutes": 0, "capacity": 60, "share": 0.0, "allowance": 60, **FORTY_HOURS}
    blu = {
        "member": "Studio Blu",
        "minutes": 0,
        "capacity": 300,
        "share": 0.0,
        "allowance": 300,
        **FORTY_HOURS,
    }
    drafting = {**anna, "minutes": 60, "share": pytest.approx(0.3333, abs=1e-4)}
    assert cadence("load", "--from", "2026-11-23", "--to", "2026-12-07", "--json").json == {
        "weeks": [
            {"week": "2026-11-23", "members": [drafting, luca, blu]},
            {"week": "2026-11-30", "members": [anna, luca, blu]},
        ]
    }


def test_a_week_without_capacity_has_no_share(cadence: Cadence) -> None:
    cadence("absence", "add", "Luca", "2026-11-23", "2026-11-29")
    (week,) = cadence("load", "--from", "mon", "--to", "+7d", "--json").json["weeks"]
    luca = week["members"][1]
    assert (luca["capacity"], luca["share"]) == (0, None)
    assert (luca["away"], luca["free"]) == (2400, 0)


def test_posts(cadence: Cadence) -> None:
    posts = cadence("post", "list", "--all", "--json").json["posts"]
    assert [post["post"] for post in posts] == [1, 2, 3]
    assert posts[0] == {
        "post": 1,
        "channel": "Blog",
        "title": "Il tornio",
        "at": "2026-11-17T10:00:00+01:00",
        "state": "published",
        "rhythm": 1,
        "slot": "2026-11-17T10:00:00+01:00",
        "published_at": "2026-11-17T10:30:00+01:00",
        "link": "https://example.com/tornio",
        "author": None,
        "topic": None,
        "note": None,
        "skip_reason": None,
        "tasks": [],
    }
    assert posts[2]["tasks"][0] == {
        "task": "draft",
        "member": "Anna",
        "minutes": 60,
        "opens": "2026-11-20",
        "closes": "2026-11-25",
        "pinned": False,
        "done_at": None,
        "done_by": None,
        "on_offer": False,
        "offered_to": [],
    }


def test_one_post(cadence: Cadence) -> None:
    assert cadence("post", "show", 2, "--json").json["post"]["title"] == "Storia Bianchi"


def test_members(cadence: Cadence) -> None:
    members = cadence("member", "list", "--json").json["members"]
    assert [(m["member"], m["kind"], m["role"]) for m in members] == [
        ("Anna", "staff", "lead"),
        ("Luca", "staff", "member"),
        ("Studio Blu", "partner", "member"),
    ]
    assert members[2]["cost_per_hour"] == 48.5
    assert (members[0]["posts_a_week"], members[0]["spacing"], members[0]["topics"]) == (None, None, [])
    assert members[2]["skills"] == [{"task": "engage", "channel": None, "level": "able"}]


def test_an_author_s_limits_and_topics(cadence: Cadence) -> None:
    cadence(
        "member", "edit", "Luca", "--posts-a-week", 2, "--spacing", 3, "--topic", "Lathes", "--topic", "Us"
    )
    luca = cadence("member", "show", "Luca", "--json").json["member"]
    assert (luca["posts_a_week"], luca["spacing"], luca["topics"]) == (2, 3, ["Lathes", "Us"])
    cadence("post", "edit", 2, "--topic", "Lathes")
    assert cadence("post", "show", 2, "--json").json["post"]["topic"] == "Lathes"


def test_rhythms(cadence: Cadence) -> None:
    cadence("rhythm", "pause", 1, "2026-12-21", "2027-01-06", "--reason", "Natale")
    assert cadence("rhythm", "list", "--json").json == {
        "rhythms": [
            {
                "rhythm": 1,
                "channel": "Blog",
                "rrule": "FREQ=WEEKLY;BYDAY=TU,TH",
                "at": "10:00",
                "from": "2026-11-16",
                "tolerance": None,
                "max_silence": 7 * 24 * 60,
                "skip_holidays": False,
                "pauses": [{"from": "2026-12-21", "to": "2027-01-06", "reason": "Natale"}],
            }
        ]
    }


def test_who_could_take_a_task(cadence: Cadence) -> None:
    found = cadence("who", 3, "review", "--json").json
    by_name = {candidate["member"]: candidate for candidate in found["candidates"]}
    assert by_name["Luca"]["able"]
    assert (by_name["Luca"]["minutes_before"], by_name["Luca"]["minutes_after"]) == (0, 15)
    assert not by_name["Anna"]["able"]
    assert by_name["Anna"]["obstacle"]


def test_the_log(cadence: Cadence) -> None:
    cadence("post", "move", 2, "+1d", "--why", "the photographer is ill", "--as", "Luca")
    (change,) = cadence("log", "2", "--limit", "1", "--json").json["changes"]
    assert change["by"] == "Luca"
    assert change["at"] == "2026-11-23T10:00:00+01:00"
    assert change["why"].endswith("the photographer is ill")
    (touched,) = change["touched"]
    assert (touched["table"], touched["id"]) == ("posts", 2)
    assert (touched["before"]["at"], touched["after"]["at"]) == ("2026-11-24T10:00:00", "2026-11-25T10:00:00")


def test_what_was_done(cadence: Cadence) -> None:
    done = cadence("post", "add", "Blog", "Squadra", "--at", "thu", "--json").json
    assert done["said"].startswith("Planned post 4")
    assert done["touched"] == [{"table": "posts", "id": 4}]
    assert isinstance(done["change"], int)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("week",), "open_slots"),
        (("agenda",), "posts"),
        (("mine", "--as", "Anna"), "tasks"),
        (("team", "show"), "team"),
        (("team", "holiday", "list"), "holidays"),
        (("member", "show", "Anna"), "member"),
        (("channel", "list"), "channels"),
        (("channel", "show", "Blog"), "channel"),
        (("workflow", "list"), "workflows"),
        (("workflow", "show", "Standard"), "workflow"),
        (("rhythm", "show", "1"), "rhythm"),
        (("absence", "list"), "absences"),
        (("verify",), "problems"),
        (("config", "show"), "settings"),
        (("config", "path"), "path"),
    ],
)
def test_every_other_view_has_a_json_twin(cadence: Cadence, words: tuple[str, ...], key: str) -> None:
    done = cadence(*words, "--json")
    assert done.status == 0, done.err
    assert key in done.json
