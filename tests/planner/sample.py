"""The sample team as `cadence init --from` reads it on a Monday morning: rhythms, and no posts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from cadence.exchange.sample import sample_folder
from cadence.exchange.teamfile import read_team
from cadence.model.calendar import Calendar
from cadence.workspace import Workspace

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 7, tzinfo=UTC)


@cache
def officine_rossi() -> Calendar:
    from cadence.operations.setup import set_up

    plan = read_team(sample_folder() / "team.toml", today=MONDAY)
    workspace = Workspace.open("memory:")
    workspace.run(set_up, plan, who=None, now=MORNING)
    return workspace.calendar
