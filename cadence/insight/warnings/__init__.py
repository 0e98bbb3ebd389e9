"""Warnings: what will go wrong, or has, each with its cause, its age and ranked ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from cadence.insight.warnings.advice import Advise
from cadence.insight.warnings.burst import bursts
from cadence.insight.warnings.finding import SEVERITIES, Severity, Warning, WayOut
from cadence.insight.warnings.load_rules import lone_people, overloads
from cadence.insight.warnings.promise import unsustainable
from cadence.insight.warnings.scene import Scene
from cadence.insight.warnings.silence import silences
from cadence.insight.warnings.slot_rules import empty_slots, missed_slots
from cadence.insight.warnings.task_rules import away, behind, conflicts, unassigned_tasks
from cadence.insight.warnings.team_rules import quiet_team
from cadence.model.calendar import Calendar

__all__ = ["RULES", "SEVERITIES", "Severity", "Warning", "WayOut", "find_warnings"]

RULES: dict[str, Callable[[Scene], Iterator[Warning]]] = {
    "empty-slot": empty_slots,
    "unassigned-task": unassigned_tasks,
    "behind": behind,
    "missed-slot": missed_slots,
    "silence": silences,
    "burst": bursts,
    "overload": overloads,
    "away": away,
    "conflict": conflicts,
    "one-person": lone_people,
    "unsustainable": unsustainable,
    "quiet-team": quiet_team,
}

_SOMETIME = datetime.max.replace(tzinfo=UTC)


def find_warnings(
    calendar: Calendar, now: datetime, *, horizon_days: int | None = None, advise: Advise | None = None
) -> list[Warning]:
    """Every warning, acknowledged ones too: the most severe first, then the one that bites first.

    `horizon_days` is how far to look ahead; None: as far as the team does. `advise`: who knows which people
    could help; without it none is among the ways out (`planner.advice` has one).
    """
    scene = Scene(calendar, now, horizon_days or calendar.team.horizon_days, advise)
    found = [warning for rule in RULES.values() for warning in rule(scene)]
    seen = _acknowledged(scene)
    return sorted((seen(warning) for warning in found), key=_order)


def _order(warning: Warning) -> tuple[int, datetime, str]:
    return SEVERITIES.index(warning.severity), warning.at or _SOMETIME, warning.key


def _acknowledged(scene: Scene) -> Callable[[Warning], Warning]:
    """Marks a warning that somebody answers for today."""
    answered = {
        seen.key: seen
        for seen in sorted(scene.calendar.acknowledgements.values(), key=lambda seen: seen.until)
        if seen.until >= scene.today
    }

    def mark(warning: Warning) -> Warning:
        seen = answered.get(warning.key)
        if seen is None:
            return warning
        return replace(warning, state="acknowledged", acknowledged_by=seen.by, acknowledged_until=seen.until)

    return mark
