"""What a member is told, and when."""

from collections.abc import Collection
from datetime import UTC, datetime, time

from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.digest import DIGEST_KINDS, Digest, DigestKind, Every, Quiet, WeekdayName
from cadence.model.errors import Refused
from cadence.model.team import Member
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed, known
from cadence.operations.leading import leads_now
from cadence.operations.wording import list_text


def set_digest(
    calendar: Calendar,
    who: Who,
    member: int,
    *,
    now: datetime,
    every: Every | UnsetType = UNSET,
    weekday: WeekdayName | UnsetType = UNSET,
    at: time | UnsetType = UNSET,
    quiet: Quiet | UnsetType = UNSET,
    mute: Collection[DigestKind] = (),
    unmute: Collection[DigestKind] = (),
) -> Edit:
    """Choose when a member's digest comes and what it is about; what is not given stays. It is for the member
    to choose, or for a lead."""
    before = calendar.member(member)
    _check_may(calendar, known(who), before, now)
    muted = ({*before.digest.muted} | {*mute}) - {*unmute}
    digest = changed(before.digest, every=every, weekday=weekday, at=at, quiet=quiet)
    digest = replace(digest, muted=tuple(kind for kind in DIGEST_KINDS if kind in muted))
    if digest == before.digest:
        return Edit(f"The digest of {before.name} is so already")
    if _times(digest) != _times(before.digest):
        digest = replace(digest, since=now.astimezone(UTC))
    return Edit(f"The digest of {before.name} {digest_text(digest)}", (replace(before, digest=digest),))


def digest_text(digest: Digest) -> str:
    """When it comes and what it leaves out: `comes every Monday at 08:00, without boosts`."""
    if digest.every == "off":
        return "is off"
    when = "working day" if digest.every == "daily" else _LONG[digest.weekday]
    without = f", without {list_text(digest.muted, len(DIGEST_KINDS))}" if digest.muted else ""
    return f"comes every {when} at {digest.at:%H:%M}{without}"


_LONG = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def _times(digest: Digest) -> tuple[object, ...]:
    return digest.every, digest.weekday, digest.at


def _check_may(calendar: Calendar, me: Member, member: Member, now: datetime) -> None:
    if me.id != member.id and not leads_now(calendar, me, now):
        raise Refused(
            f"what {member.name} is told is for {member.name} to choose, or for a lead",
            "ask one of them",
        )
