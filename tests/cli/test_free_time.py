"""The day job's busy time in the lists of `mine` and `load`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cadence.model.busy import Reading, by_day
from cadence.operations import busy as operations
from cadence.workspace import Workspace
from tests.cli.conftest import Cadence

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _busy_anna(team: Path) -> None:
    """On each day of this week Anna's calendar has her from nine to half past twelve, and on Friday all day;
    it was read three days ago and cannot be read any more."""
    day = datetime(2026, 11, 23, 8, tzinfo=UTC)
    mornings = [(day + timedelta(days=n), day + timedelta(days=n, hours=3.5)) for n in range(5)]
    friday = [(day + timedelta(days=4), day + timedelta(days=4, hours=10))]
    first, last = day.date() - timedelta(days=14), day.date() + timedelta(days=182)
    reading = Reading(by_day(mornings + friday, first, last), first, last, "a" * 64)
    workspace = Workspace.open(team)
    workspace.run(operations.add_busy, 1, "calendar.example.com", reading, who=None, now=NOW - timedelta(3))
    trouble = "calendar.example.com cannot be reached"
    workspace.run(operations.busy_failed, 1, trouble, who=None, now=NOW - timedelta(2))
    workspace.close()


DOUBT = "▲ busy time of Anna is 3 days old: calendar.example.com cannot be reached\n"


def test_my_list_says_what_the_week_leaves(cadence: Cadence) -> None:
    out = cadence("mine", "--as", "Anna").out
    # 4 × 3½ h and the 8 h of Friday.
    assert "; free 18 h of 40 h · busy 22 h\n" in out
    assert "week of Mon 30 Nov  0 %, 0 of 180 min; free 40 h\n" in out
    assert out.count(DOUBT) == 1


def test_the_load_says_where_it_is_less_than_the_allowance(cadence: Cadence) -> None:
    out = cadence("load", "--from", "mon", "--to", "+7d").out
    assert "free" not in out, "18 hours are more than the 3 that Anna gives"
    assert DOUBT in out
    cadence("absence", "add", "Anna", "2026-11-23", "2026-11-26")
    out = cadence("load", "--from", "mon", "--to", "+7d").out
    assert "Anna, week of Mon 23 Nov: free 0 h of 40 h · busy 8 h · away 32 h\n" in out


def test_the_load_in_json_has_the_same_figures(cadence: Cadence) -> None:
    (week,) = cadence("load", "--from", "mon", "--to", "+7d", "--json").json["weeks"]
    anna = week["members"][0]
    assert (anna["working"], anna["busy"], anna["free"]) == (2400, 1320, 1080)


def test_candidates_say_what_the_days_of_the_task_leave(cadence: Cadence) -> None:
    found = cadence("who", 3, "publish", "--json").json["candidates"]
    # It goes out on Friday.
    assert {one["member"]: one["free"] for one in found if one["able"]} == {"Anna": 0, "Luca": 480}
