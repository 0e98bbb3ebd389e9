"""Rhythms: the promise of regularity on a channel. Promise, change the promise, pause, end."""

from datetime import date, datetime, time

from msgspec.structs import replace

from cadence.language import _, n_
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import Post
from cadence.model.rhythm import Pause, Rhythm, SlotKey, first_day, occurrences
from cadence.model.times import DAY, to_local
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.succession import ended, heir
from cadence.operations.wording import day_text, span_text


def add_rhythm(
    calendar: Calendar,
    who: Who,
    channel: int,
    rrule: str,
    at: time,
    *,
    now: datetime,
    start: date | None = None,
    tolerance: int | None = None,
    max_silence: int | None = None,
    skip_holidays: bool = False,
) -> Edit:
    """Promise posts on a channel by an RRULE at the local time `at`, from the day `start` (None: today, or
    tomorrow if its time is past)."""
    on = calendar.channel(channel)
    if on.retired:
        raise Refused(_("channel {channel} is retired", channel=on.name), _("bring it back first"))
    if len(calendar.rhythms) >= limits.MAX_RHYTHMS:
        raise Refused(_("a calendar holds at most {most} rhythms", most=limits.MAX_RHYTHMS))
    rhythm = Rhythm(
        id=calendar.next_id(Rhythm),
        channel=channel,
        rrule=canonical_rule(rrule),
        at=at,
        start=start or first_day(to_local(now, calendar.zone(channel)), at),
        tolerance=tolerance,
        max_silence=max_silence,
        skip_holidays=skip_holidays,
    )
    _check_new(calendar, rhythm)
    return Edit(
        _(
            "Promised {promise} on {channel}, from {day}",
            promise=_words(rhythm),
            channel=on.name,
            day=day_text(rhythm.start),
        ),
        (rhythm,),
    )


def edit_rhythm(
    calendar: Calendar,
    who: Who,
    rhythm: int,
    *,
    now: datetime,
    from_date: date | None = None,
    rrule: str | UnsetType = UNSET,
    at: time | UnsetType = UNSET,
    start: date | UnsetType = UNSET,
    tolerance: int | UnsetType | None = UNSET,
    max_silence: int | UnsetType | None = UNSET,
    skip_holidays: bool | UnsetType = UNSET,
) -> Edit:
    """Change a promise; what is not given stays.

    With `from_date` the rhythm ends the day before and a new one takes over, so that the history keeps the
    promises of its time. Without, history is judged by the new promise. Posts whose slot is gone become
    extras.
    """
    before = calendar.rhythm(rhythm)
    after = changed(
        before,
        rrule=rrule if rrule is UNSET else canonical_rule(rrule),
        at=at,
        start=start,
        tolerance=tolerance,
        max_silence=max_silence,
        skip_holidays=skip_holidays,
    )
    if after == before:
        return Edit(_("Nothing to change on rhythm {number}", number=rhythm))
    _check_new(calendar, after)
    if from_date is None or not occurrences(before, before.start, from_date - DAY):
        extras = _extras_text(_slots_lost(calendar, before, after))
        return Edit(
            _("Rhythm {number} is {promise} now", number=rhythm, promise=_words(after)) + extras, (after,)
        )
    old, new = ended(before, from_date), heir(before, after, from_date, new_id=calendar.next_id(Rhythm))
    moved = _posts_that_move(calendar, old, new)
    said = _(
        "Rhythm {number} ends on {day}; from {start} on it is rhythm {new}, {promise}",
        number=rhythm,
        day=day_text(from_date - DAY),
        start=day_text(new.start),
        new=new.id,
        promise=_words(new),
    )
    return Edit(said, (old, new, *moved))


def pause_rhythm(
    calendar: Calendar, who: Who, rhythm: int, first: date, last: date, *, now: datetime, reason: str = ""
) -> Edit:
    """Agree on a pause, both days included: its slots count for nothing. Posts that are planned stay."""
    before = calendar.rhythm(rhythm)
    pause = Pause(first, last, reason)
    for known in before.pauses:
        if known.first <= first and last <= known.last:
            raise Refused(
                _(
                    "rhythm {number} is paused from {first} to {last} already",
                    number=rhythm,
                    first=known.first,
                    last=known.last,
                )
            )
    pauses = tuple(sorted((*before.pauses, pause), key=lambda pause: pause.first))
    slots = len(occurrences(before, first, last))
    said = n_(
        "Paused rhythm {rhythm} {span}: {number} slot",
        "Paused rhythm {rhythm} {span}: {number} slots",
        slots,
        rhythm=rhythm,
        span=span_text(first, last),
    )
    return Edit(said, (replace(before, pauses=pauses),))


def resume_rhythm(
    calendar: Calendar, who: Who, rhythm: int, *, now: datetime, on: date | None = None
) -> Edit:
    """End the pause that covers the day `on` (None: today): from then on the promise holds again. On its
    first day this takes the whole pause away."""
    before = calendar.rhythm(rhythm)
    on = on or to_local(now, calendar.zone(before.channel)).date()
    if not before.is_paused(on):
        known = ", ".join(
            _("{first} to {last}", first=pause.first, last=pause.last) for pause in before.pauses
        )
        raise Refused(
            _("rhythm {number} is not paused on {day}", number=rhythm, day=day_text(on)),
            _("its pauses: {known}", known=known) if known else _("it has no pauses"),
        )
    kept = tuple(
        replace(pause, last=on - DAY) if pause.covers(on) else pause
        for pause in before.pauses
        if not (pause.covers(on) and pause.first == on)
    )
    return Edit(
        _("Rhythm {number} goes on from {day}", number=rhythm, day=day_text(on)),
        (replace(before, pauses=kept),),
    )


def remove_rhythm(
    calendar: Calendar, who: Who, rhythm: int, *, now: datetime, from_date: date | None = None
) -> Edit:
    """Take a promise back. Its posts stay, as extras. With `from_date` it only ends the day before, and what
    was promised until then still counts."""
    gone = calendar.rhythm(rhythm)
    name = calendar.channels[gone.channel].name
    if from_date is not None and occurrences(gone, gone.start, from_date - DAY):
        return Edit(
            _(
                "Rhythm {number} on {name} ends on {day}",
                number=rhythm,
                name=name,
                day=day_text(from_date - DAY),
            ),
            (ended(gone, from_date),),
        )
    count = sum(1 for key in calendar.index.by_slot if key[0] == rhythm)
    return Edit(
        _("Removed rhythm {number} on {name}", number=rhythm, name=name) + _extras_text(count),
        removes=(gone,),
    )


def canonical_rule(text: str) -> str:
    """An RRULE as it is stored: upper case, without blanks and without the leading `RRULE:`."""
    return "".join(text.split()).upper().removeprefix("RRULE:")


def _check_new(calendar: Calendar, rhythm: Rhythm) -> None:
    for other in calendar.rhythms_of(rhythm.channel):
        if other.id != rhythm.id and (other.rrule, other.at, other.start) == (
            rhythm.rrule,
            rhythm.at,
            rhythm.start,
        ):
            name = calendar.channels[rhythm.channel].name
            raise Refused(
                _("rhythm {number} on {name} promises exactly this already", number=other.id, name=name),
                _("edit that one"),
            )


def _slots_lost(calendar: Calendar, before: Rhythm, after: Rhythm) -> int:
    """How many posts fill a slot that the changed rhythm no longer calls for."""
    if (before.rrule, before.at, before.start) == (after.rrule, after.at, after.start):
        return 0
    taken = [local for id, local in calendar.index.by_slot if id == before.id]
    if not taken:
        return 0
    left = set(occurrences(after, min(taken).date(), max(taken).date()))
    return sum(1 for local in taken if local not in left)


def _posts_that_move(calendar: Calendar, old: Rhythm, new: Rhythm) -> list[Post]:
    """The posts whose slot stands at the same moment in the new rhythm: they keep it."""
    taken = {local: ids for (id, local), ids in calendar.index.by_slot.items() if id == old.id}
    if not taken or max(taken).date() < new.start:
        return []
    return [
        replace(calendar.posts[id], slot=SlotKey(new.id, local))
        for local in occurrences(new, new.start, max(taken).date())
        for id in taken.get(local, ())
    ]


def _extras_text(posts: int) -> str:
    if not posts:
        return ""
    return "; " + n_("{number} post became an extra", "{number} posts became extras", posts)


def _words(rhythm: Rhythm) -> str:
    return _("{rule} at {time:%H:%M}", rule=rhythm.rrule, time=rhythm.at)
