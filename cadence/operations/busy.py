"""The busy time of the day job, as it was read somewhere."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from cadence.language import _, n_
from cadence.model.busy import AllDay, BusyCalendar, Reading
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.operations.edit import Edit, Who
from cadence.operations.wording import member_text

CONFIRM_AFTER = timedelta(hours=20)
"""A reading that brings nothing new is noted once a day, not at every look: the history is for people."""
MOST_PER_MEMBER = 10


def add_busy(
    calendar: Calendar,
    who: Who,
    member: int,
    label: str,
    reading: Reading,
    *,
    now: datetime,
    all_day: AllDay = "busy",
) -> Edit:
    """A calendar of a member's day job takes part in what time they have. `label` says where it comes from
    without giving access to it."""
    owner = calendar.member(member)
    if len(calendar.busy_of(member)) >= MOST_PER_MEMBER:
        raise Refused(
            _("{name} has {most} busy calendars already", name=owner.name, most=MOST_PER_MEMBER),
            _("remove one of them first"),
        )
    new = BusyCalendar(id=calendar.next_id(BusyCalendar), member=member, label=label, all_day=all_day)
    busy = _read(new, reading, now)
    return Edit(
        _("{name} is busy as {label} says: {size}", name=owner.name, label=label, size=_size(reading)),
        (busy,),
    )


def refresh_busy(
    calendar: Calendar, who: Who, busy: int, reading: Reading, *, now: datetime, all_day: AllDay | None = None
) -> Edit:
    """A busy calendar was read again. `all_day`: all-day entries count so from now on."""
    known = busy_calendar(calendar, busy)
    after = _read(replace(known, all_day=all_day or known.all_day), reading, now)
    same = replace(after, read_at=known.read_at) == known
    if same and now - known.read_at < CONFIRM_AFTER:
        return Edit(_("Nothing new in busy calendar {number}", number=busy))
    name = member_text(calendar, known.member)
    return Edit(
        _(
            "Read the busy time of {name} ({label}): {size}",
            name=name,
            label=known.label,
            size=_size(reading),
        ),
        (after,),
    )


def confirm_busy(calendar: Calendar, who: Who, busy: int, *, now: datetime) -> Edit:
    """A busy calendar is still as it was when it was last read."""
    known = busy_calendar(calendar, busy)
    if known.failed_at is None and now - known.read_at < CONFIRM_AFTER:
        return Edit(_("Nothing new in busy calendar {number}", number=busy))
    after = replace(known, read_at=now, failed_at=None, trouble="")
    name = member_text(calendar, known.member)
    return Edit(
        _("The busy time of {name} ({label}) is still the same", name=name, label=known.label), (after,)
    )


def busy_failed(calendar: Calendar, who: Who, busy: int, trouble: str, *, now: datetime) -> Edit:
    """A busy calendar could not be read. What was read before stays: nobody looks free because of it."""
    known = busy_calendar(calendar, busy)
    if known.failed_at is not None:
        return Edit(_("Busy calendar {number} still cannot be read", number=busy))
    name = member_text(calendar, known.member)
    after = replace(known, failed_at=now, trouble=trouble)
    return Edit(
        _(
            "The busy time of {name} ({label}) cannot be read: {trouble}",
            name=name,
            label=known.label,
            trouble=trouble,
        ),
        (after,),
    )


def remove_busy(calendar: Calendar, who: Who, busy: int, *, now: datetime) -> Edit:
    """A calendar takes part no more."""
    known = busy_calendar(calendar, busy)
    name = member_text(calendar, known.member)
    return Edit(
        _("The busy time of {name} ({label}) counts no more", name=name, label=known.label), removes=(known,)
    )


def busy_calendar(calendar: Calendar, busy: int) -> BusyCalendar:
    if busy not in calendar.busy:
        raise NotFound(
            _("there is no busy calendar {number}", number=busy), _("`cadence busy list` lists them")
        )
    return calendar.busy[busy]


def _read(known: BusyCalendar, reading: Reading, now: datetime) -> BusyCalendar:
    return replace(
        known,
        busy=reading.busy,
        first=reading.first,
        last=reading.last,
        digest=reading.digest,
        left_out=reading.left_out,
        read_at=now,
        failed_at=None,
        trouble="",
    )


def _size(reading: Reading) -> str:
    return n_("{number} day with busy time", "{number} days with busy time", len(reading.busy))
