"""What only the plan can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act

PLAN: tuple[Action, ...] = (
    act(
        "plan.accept-all",
        "A",
        later("accept all"),
        later("Accept all that is chosen, as one change"),
        "Plan",
        only=("plan",),
        hint=5,
    ),
    act(
        "plan.accept",
        "a",
        later("accept"),
        later("Accept this, or what is marked"),
        "Plan",
        only=("plan",),
        hint=10,
    ),
    act(
        "plan.leave-out",
        "space,s",
        later("leave out"),
        later("Leave it out; again: take it in"),
        "Plan",
        only=("plan",),
        hint=15,
    ),
    act(
        "plan.why",
        "w",
        later("why"),
        later("Why this person, and why not the others"),
        "Plan",
        only=("plan",),
        hint=20,
    ),
    act(
        "plan.reassign",
        "r",
        later("reassign"),
        later("What people have may change hands too; again: it stays"),
        "Plan",
        only=("plan",),
        hint=25,
    ),
    act(
        "plan.slots",
        "o",
        later("open slots"),
        later("Without open slots; again: with them"),
        "Plan",
        only=("plan",),
        hint=30,
    ),
    act("plan.longer", "plus", later("longer"), later("Plan a week more"), "Plan", only=("plan",), shown="+"),
    act(
        "plan.shorter",
        "minus",
        later("shorter"),
        later("Plan a week less"),
        "Plan",
        only=("plan",),
        shown="-",
    ),
)
