"""The first team of somebody who starts with Cadence: five answers become a plan. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice

from cadence.model.errors import BadInput
from cadence.model.rhythm import Rhythm, occurrences
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Team, parse_time
from cadence.model.times import WEEKDAYS
from cadence.operations.setup import ChannelPlan, MemberPlan, RhythmPlan, SkillPlan, TeamPlan, WorkflowPlan

FORMS = "tue thu 9:00 · weekdays 9:00 · every 2 weeks thu 10:00 · monthly 10:00 · none"
_TIME = re.compile(r"\b(\d{1,2}:\d{2})\b")
_EVERY = re.compile(r"\bevery (\d{1,2}) weeks?\b")
_ALLOWED_SILENCE = 2
"""A rhythm's longest allowed silence: so many of its usual intervals."""


def read_team(answers: Mapping[str, str], now: datetime, login: str) -> TeamPlan:
    """The plan for the answers `team`, `zone`, `you`, `channel`, `rhythm`; BadInput says which is missing."""
    for name, wanted in (
        ("team", "a name for the team"),
        ("you", "your name"),
        ("channel", "a first channel"),
    ):
        if not answers[name]:
            raise BadInput(f"{wanted} is missing", "all but the rhythm are needed")
    team = Team(name=answers["team"], zone=answers["zone"] or "UTC")
    rhythm = read_rhythm(answers["rhythm"], now.date())
    return TeamPlan(
        team=team,
        workflows=(WorkflowPlan(name="Standard", steps=STANDARD_STEPS),),
        channels=(
            ChannelPlan(name=answers["channel"], workflow="Standard", rhythms=(rhythm,) if rhythm else ()),
        ),
        members=(
            MemberPlan(
                name=answers["you"],
                role="lead",
                login=login,
                skills=tuple(SkillPlan(kind) for kind in TASK_KINDS),
                allowance=120,
            ),
        ),
    )


def read_rhythm(text: str, today: date) -> RhythmPlan | None:
    """`tue thu 9:00` and the like (see FORMS); None for `none` or nothing."""
    said = " ".join(text.casefold().replace(",", " ").replace(" and ", " ").split())
    if said in ("", "none"):
        return None
    clock = _TIME.search(said)
    at = parse_time(clock[1]) if clock else time(9)
    words = _EVERY.sub("", _TIME.sub("", said)).split()
    weeks = int(found[1]) if (found := _EVERY.search(said)) else 1
    rule = _rule([word for word in words if word not in ("at", "on", "every", "weekly")], weeks, text)
    plan = RhythmPlan(rrule=rule, at=at, start=today)
    first, second = islice(preview(plan, today), 2)
    return RhythmPlan(
        rrule=rule,
        at=at,
        start=today,
        max_silence=max(7, _ALLOWED_SILENCE * (second - first).days) * 24 * 60,
    )


def _rule(words: list[str], weeks: int, text: str) -> str:
    days = [day for word in words if (day := _day(word))]
    interval = f"INTERVAL={weeks};" if weeks > 1 else ""
    if words in (["daily"], ["day"]):
        return "FREQ=DAILY"
    if words == ["weekdays"]:
        return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    if words == ["monthly"]:
        return "FREQ=MONTHLY;BYDAY=1TU"
    if days and len(days) == len(words):
        ordered = sorted(set(days), key=[day[:2].upper() for day in WEEKDAYS].index)
        return f"FREQ=WEEKLY;{interval}BYDAY={','.join(ordered)}"
    raise BadInput(f"{text[:40]!r} is not a rhythm", FORMS)


def _day(word: str) -> str | None:
    """`TU` for `tue`, `tuesday`, `tuesdays`."""
    return next((day[:2].upper() for day in WEEKDAYS if word[:3] == day), None)


def preview(plan: RhythmPlan, today: date) -> list[datetime]:
    """The next times that a rhythm calls for."""
    rhythm = Rhythm(id=1, channel=1, rrule=plan.rrule, at=plan.at, start=today)
    return occurrences(rhythm, today, today + timedelta(days=150))
