"""What a member is told, and when."""

from collections.abc import Collection
from datetime import UTC, datetime, time

from msgspec.structs import replace

from cadence.language import _, p_, speech
from cadence.model.calendar import Calendar
from cadence.model.digest import DIGEST_KINDS, Digest, DigestKind, Every, Quiet, WeekdayName
from cadence.model.errors import Refused
from cadence.model.team import Member
from cadence.model.times import WEEKDAYS
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
        return Edit(_("The digest of {name} is so already", name=before.name))
    if _times(digest) != _times(before.digest):
        digest = replace(digest, since=now.astimezone(UTC))
    if digest.every == "off":
        said = _("The digest of {name} is off", name=before.name)
    else:
        said = _("The digest of {name} comes {when}", name=before.name, when=digest_text(digest))
    return Edit(said, (replace(before, digest=digest),))


def digest_text(digest: Digest) -> str:
    """When it comes and what it leaves out: `every Monday at 08:00, without boosts`; or `off`."""
    if digest.every == "off":
        return _("off")
    at = f"{digest.at:%H:%M}"
    if digest.every == "daily":
        when = _("every working day at {time}", time=at)
    else:
        when = _("every {day} at {time}", day=speech().days[WEEKDAYS.index(digest.weekday)], time=at)
    if not digest.muted:
        return when
    muted = list_text(map(_kind_word, digest.muted), len(DIGEST_KINDS))
    return _("{when}, without {kinds}", when=when, kinds=muted)


def _kind_word(kind: DigestKind) -> str:
    match kind:
        case "tasks":
            return p_("digest", "tasks")
        case "offers":
            return p_("digest", "offers")
        case "warnings":
            return p_("digest", "warnings")
        case "ideas":
            return p_("digest", "ideas")
        case "boosts":
            return p_("digest", "boosts")
        case "changes":
            return p_("digest", "changes")


def _times(digest: Digest) -> tuple[object, ...]:
    return digest.every, digest.weekday, digest.at


def _check_may(calendar: Calendar, me: Member, member: Member, now: datetime) -> None:
    if me.id != member.id and not leads_now(calendar, me, now):
        raise Refused(
            _("what {name} is told is for {name} to choose, or for a lead", name=member.name),
            _("ask one of them"),
        )
