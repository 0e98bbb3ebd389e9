"""What a warning is, and what a way out of it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cadence.model.rhythm import SlotKey
from cadence.model.team import TaskKind

Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")

WayKind = Literal[
    "assign", "partner", "publish", "move", "plan", "idea", "restore", "skip", "pause", "done", "ask", "relax"
]


@dataclass(frozen=True)
class WayOut:
    """One thing that would help. `text` says it with its figures; `command` is the command line that does it.

    `action` is the same as data: the name of an operation and its arguments as text, in this order:
    `assign` post task member · `add_post` channel title rhythm slot [idea] ·
    `place_on_slot` post rhythm slot · `move_post` post local-time · `publish_post` post ·
    `skip_post` post reason · `restore_post` post · `task_done` post task ·
    `pause_rhythm` rhythm first last · `edit_rhythm` rhythm field value [from-date] ·
    `edit_member` member field value · `boost_done` post member · `ask_boost` post member.
    Posts and rhythms are numbers, members and channels names, times ISO 8601, amounts minutes.
    """

    kind: WayKind
    text: str
    command: str
    action: tuple[str, ...]


@dataclass(frozen=True)
class Warning:
    """A finding. `key` names its cause and subject for as long as it lasts.

    `at` is when it bites (UTC; None: no moment of its own), `since` from when on the calendar as it is now
    would have shown it, `cause` one sentence with figures, `ways_out` best first.
    """

    key: str
    rule: str
    severity: Severity
    channel: int | None
    post: int | None
    task: TaskKind | None
    member: int | None
    at: datetime | None
    since: datetime
    cause: str
    ways_out: tuple[WayOut, ...]
    slot: SlotKey | None = None
    state: Literal["open", "acknowledged"] = "open"
    acknowledged_by: int | None = None
    acknowledged_until: date | None = None
