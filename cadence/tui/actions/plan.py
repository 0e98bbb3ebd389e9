"""What only the plan can do."""

from __future__ import annotations

from cadence.tui.actions.action import Action, act

PLAN: tuple[Action, ...] = (
    act(
        "plan.accept-all",
        "A",
        "accept all",
        "Accept all that is chosen, as one change",
        "Plan",
        only=("plan",),
        hint=5,
    ),
    act("plan.accept", "a", "accept", "Accept this, or what is marked", "Plan", only=("plan",), hint=10),
    act(
        "plan.leave-out",
        "space,s",
        "leave out",
        "Leave it out; again: take it in",
        "Plan",
        only=("plan",),
        hint=15,
    ),
    act("plan.why", "w", "why", "Why this person, and why not the others", "Plan", only=("plan",), hint=20),
    act(
        "plan.reassign",
        "r",
        "reassign",
        "What people have may change hands too; again: it stays",
        "Plan",
        only=("plan",),
        hint=25,
    ),
    act(
        "plan.slots",
        "o",
        "open slots",
        "Without open slots; again: with them",
        "Plan",
        only=("plan",),
        hint=30,
    ),
    act("plan.longer", "plus", "longer", "Plan a week more", "Plan", only=("plan",), shown="+"),
    act("plan.shorter", "minus", "shorter", "Plan a week less", "Plan", only=("plan",), shown="-"),
)
