"""The first team of somebody who starts with Cadence: five answers become a plan. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from cadence.language import _, later, p_
from cadence.model.errors import BadInput
from cadence.model.rhythm import Rhythm, first_day, occurrences
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Team
from cadence.operations.setup import ChannelPlan, MemberPlan, RhythmPlan, SkillPlan, TeamPlan, WorkflowPlan
from cadence.tui.recurrence import read_rule, usual_silence

FORMS = later("tue thu 9:00 · weekdays 9:00 · every 2 weeks thu 10:00 · monthly 10:00 · none")
NEEDED = {
    "team": later("a name for the team is missing"),
    "you": later("your name is missing"),
    "channel": later("a first channel is missing"),
}


def read_team(answers: Mapping[str, str], now: datetime, login: str) -> TeamPlan:
    """The plan for the answers `team`, `zone`, `you`, `channel`, `rhythm`; BadInput says which is missing."""
    for name, missing in NEEDED.items():
        if not answers[name]:
            raise BadInput(_(missing), _("all but the rhythm are needed"))
    team = Team(name=answers["team"], zone=answers["zone"] or "UTC")
    rhythm = read_rhythm(answers["rhythm"], now)
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


def read_rhythm(text: str, now: datetime) -> RhythmPlan | None:
    """`tue thu 9:00` and the like (see FORMS), promised at the local time `now`; None for `none` or
    nothing."""
    if text.strip().casefold() in ("", "none", p_("typed", "none").casefold()):
        return None
    rule, at = read_rule(text)
    start = first_day(now, at)
    return RhythmPlan(rrule=rule, at=at, start=start, max_silence=usual_silence(rule, at, start))


def preview(plan: RhythmPlan, today: date) -> list[datetime]:
    """The next times that a rhythm calls for."""
    rhythm = Rhythm(id=1, channel=1, rrule=plan.rrule, at=plan.at, start=plan.start or today)
    return occurrences(rhythm, today, today + timedelta(days=150))
