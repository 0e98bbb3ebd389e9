"""What concerns the whole team: some of it from any screen, the rest where the team is shown."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

TEAM: tuple[Action, ...] = (
    act("lead.order", "", later("lead order"), later("Who leads the weeks, in turn"), "Team", takes="NAMES"),
    act(
        "lead.week",
        "",
        later("lead a week"),
        later("Somebody leads a week out of turn"),
        "Team",
        takes="WEEK",
    ),
    act("lead.swap", "", later("swap weeks"), later("Two members swap the weeks that they lead"), "Team"),
    act("lead.pause", "", later("pause lead"), later("Nobody leads for some weeks; or again"), "Team"),
    act(
        "absence.new",
        "",
        later("away"),
        later("Somebody is away; what it hits is on offer"),
        "Team",
        takes="FROM",
    ),
    act("team.edit", "e", later("edit"), later("Edit it in a form"), "Team", only=("team",), hint=10),
    act(
        "team.new",
        "n",
        later("new"),
        later("Add one of these: a member, a channel …"),
        "Team",
        only=("team",),
        hint=12,
    ),
    act(
        "team.rhythm",
        "r",
        later("rhythm"),
        later("A new rhythm of the channel"),
        "Team",
        only=("team",),
        hint=14,
    ),
    act(
        "team.away",
        "a",
        later("absence"),
        later("They are away: from when to when"),
        "Team",
        only=("team",),
        hint=16,
    ),
    act(
        "team.pause",
        "z",
        later("pause"),
        later("Agree on a pause of the rhythm, or of who leads; or end it"),
        "Team",
        only=("team",),
        hint=18,
    ),
    act(
        "team.remove",
        "d",
        later("take away"),
        later("Take it away; says first what that means"),
        "Team",
        only=("team",),
        hint=20,
    ),
)
