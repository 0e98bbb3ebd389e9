"""What people call the kinds and states that the calendar knows by a code, in the language spoken."""

from __future__ import annotations

from cadence.language import p_
from cadence.model.post import IdeaState, PostState
from cadence.model.team import Level, TaskKind


def kind_word(kind: TaskKind) -> str:
    """The task by its short name: `draft`, `publish`, `engage`."""
    match kind:
        case "draft":
            return p_("task", "draft")
        case "design":
            return p_("task", "design")
        case "review":
            return p_("task", "review")
        case "publish":
            return p_("task", "publish")
        case "engage":
            return p_("task", "engage")


def task_noun(kind: TaskKind) -> str:
    """The work itself: `draft`, `publishing`, `answering`."""
    match kind:
        case "publish":
            return p_("task", "publishing")
        case "engage":
            return p_("task", "answering")
        case _:
            return kind_word(kind)


def the_task(kind: TaskKind) -> str:
    """The work inside a sentence: `the draft`, `the answering` (of a post that is named behind it)."""
    match kind:
        case "draft":
            return p_("task", "the draft")
        case "design":
            return p_("task", "the design")
        case "review":
            return p_("task", "the review")
        case "publish":
            return p_("task", "the publishing")
        case "engage":
            return p_("task", "the answering")


def level_word(level: Level) -> str:
    """How well somebody can do it: `learning`."""
    match level:
        case "learning":
            return p_("level", "learning")
        case "able":
            return p_("level", "able")
        case "expert":
            return p_("level", "expert")


def state_word(state: PostState) -> str:
    """How a post stands: `planned`."""
    match state:
        case "planned":
            return p_("post", "planned")
        case "drafted":
            return p_("post", "drafted")
        case "approved":
            return p_("post", "approved")
        case "published":
            return p_("post", "published")
        case "skipped":
            return p_("post", "skipped")


def slot_word(state: str) -> str:
    """What has become of a slot, by its `insight.history.SlotState`: `on time`, `missed`, `open` (empty)."""
    match state:
        case "on_time":
            return p_("slot", "on time")
        case "early":
            return p_("slot", "early")
        case "late":
            return p_("slot", "late")
        case "missed":
            return p_("slot", "missed")
        case "ready":
            return p_("slot", "ready")
        case "planned":
            return p_("slot", "planned")
        case "paused":
            return p_("slot", "paused")
        case _:
            return p_("slot", "open")


def idea_word(state: IdeaState) -> str:
    """How an idea stands: `accepted`."""
    match state:
        case "open":
            return p_("idea", "open")
        case "accepted":
            return p_("idea", "accepted")
        case "declined":
            return p_("idea", "declined")
        case "parked":
            return p_("idea", "parked")


def severity_word(severity: str) -> str:
    """How much a warning matters (`insight.warnings.Severity`): `high`."""
    match severity:
        case "high":
            return p_("severity", "high")
        case "medium":
            return p_("severity", "medium")
        case _:
            return p_("severity", "low")
