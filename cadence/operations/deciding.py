"""What becomes of an idea: small steps that ideas and posts share."""

from datetime import UTC, datetime

from msgspec.structs import replace

from cadence.model.post import Idea, IdeaState
from cadence.operations.edit import Who


def decided(idea: Idea, state: IdeaState, who: Who, now: datetime, note: str = "") -> Idea:
    """The idea once somebody has decided about it."""
    by = who.id if who else None
    return replace(idea, state=state, note=note, decided_by=by, decided_at=now.astimezone(UTC))


def became_post(idea: Idea, post: int, who: Who, now: datetime) -> Idea:
    """The idea once it is planned as a post: accepted, whoever had said so before."""
    accepted = idea if idea.state == "accepted" else decided(idea, "accepted", who, now)
    return replace(accepted, post=post)


def people_of(idea: Idea) -> set[int]:
    """The members whom an idea names: its author, who voted, who commented, who decided."""
    named = {idea.author, *idea.votes, *(comment.by for comment in idea.comments)}
    return named | ({idea.decided_by} if idea.decided_by is not None else set())
