"""Somebody has seen a warning and answers for it until a date."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Acknowledgement
from cadence.model.times import to_local, zone_of
from cadence.operations.edit import Edit, Who, fold
from cadence.operations.wording import day_text

LONGEST = timedelta(days=366)


def acknowledge(
    calendar: Calendar, who: Who, key: str, until: date, *, now: datetime, note: str = "", force: bool = False
) -> Edit:
    """Answer for the warning `key` until a date (included), at most a year ahead. It must be there now,
    unless `force`d."""
    # Here and not at the top: the warnings bring in all of insight, which most operations do without.
    from cadence.insight.warnings import find_warnings

    if who is None:
        raise Refused(_("nobody knows who you are here"), _("say it with --as NAME"))
    today = to_local(now, zone_of(calendar.team.zone)).date()
    if until < today:
        raise BadInput(
            _("{day} is past", day=day_text(until)), _("acknowledge a warning until today or later")
        )
    if until > today + LONGEST:
        raise BadInput(
            _("{day} is too far away", day=day_text(until)), _("acknowledge a warning for a year at most")
        )
    if not force and all(warning.key != key for warning in find_warnings(calendar, now)):
        raise NotFound(
            _("there is no warning {key!r} now", key=key[:80]),
            _("`cadence warnings` lists them with their keys"),
        )
    known = _acknowledged(calendar, key)
    number = known.id if known else calendar.next_id(Acknowledgement)
    seen = Acknowledgement(id=number, key=key, by=who.id, until=until, note=note)
    return Edit(_("{who} answers for {key} until {day}", who=who.name, key=key, day=day_text(until)), (seen,))


def acknowledge_many(
    calendar: Calendar, who: Who, keys: Sequence[str], until: date, *, now: datetime, note: str = ""
) -> Edit:
    """Answer for several warnings that somebody has before their eyes."""
    return fold(
        calendar,
        keys,
        lambda newest, key: acknowledge(newest, who, key, until, now=now, note=note, force=True),
    )


def unacknowledge(calendar: Calendar, who: Who, key: str, *, now: datetime) -> Edit:
    """Let a warning be open again."""
    known = _acknowledged(calendar, key)
    if known is None:
        raise NotFound(_("nobody has acknowledged {key!r}", key=key[:80]), _("there is nothing to take back"))
    return Edit(_("The warning {key} is open again", key=key), removes=(known,))


def _acknowledged(calendar: Calendar, key: str) -> Acknowledgement | None:
    return next((seen for seen in calendar.acknowledgements.values() if seen.key == key), None)
