"""What concerns the whole team, from any screen."""

from __future__ import annotations

from cadence.tui.actions.action import Action, act

TEAM: tuple[Action, ...] = (
    act("lead.order", "", "lead order", "Who leads the weeks, in turn", "Team", takes="NAMES"),
    act("lead.week", "", "lead a week", "Somebody leads a week out of turn", "Team", takes="WEEK"),
    act("lead.swap", "", "swap weeks", "Two members swap the weeks that they lead", "Team"),
    act("absence.new", "", "away", "Somebody is away; what it hits is on offer", "Team", takes="FROM"),
)
