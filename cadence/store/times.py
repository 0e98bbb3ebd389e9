"""Instants as the store writes them: ISO 8601 in UTC with a `Z`."""

from datetime import UTC, datetime

from cadence.language import _
from cadence.model.errors import BadInput


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC. BadInput for a time without a zone: nobody could say when it was."""
    if at.tzinfo is None:
        raise BadInput(_("{time} has no time zone", time=at.isoformat()), _("pass an aware time"))
    return at.astimezone(UTC)


def stamp(at: datetime) -> str:
    return in_utc(at).isoformat().replace("+00:00", "Z")
