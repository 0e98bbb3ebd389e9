"""My week as rows: what waits for my answer, my tasks by the day they are due, what I could take. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from cadence.insight.boosting import text_for, to_boost
from cadence.insight.capacity import Load, minutes_of
from cadence.insight.free import free_time
from cadence.insight.memo import Memo
from cadence.insight.offers import last_day, offers_of, offers_to
from cadence.insight.rota import lead_of
from cadence.insight.takeable import is_free_for, is_to_do, taking, to_do_around
from cadence.insight.warnings import Warning
from cadence.insight.words import hours_text
from cadence.language import _, month_long, n_, weekday_long
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, TaskRef
from cadence.model.team import TASK_KINDS
from cadence.model.times import to_local, week_start, zone_of
from cadence.model.words import kind_word
from cadence.planner.explaining.askable import to_answer
from cadence.planner.explaining.obstacles import obstacle
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.words import say_day

WEEKS_BACK = 26
"""Tasks that have been undone for longer are history, not work."""
CLAIMS_BACK = timedelta(days=14)
MOST_FINDINGS = 5
"""So many warnings stand above the tasks of whoever leads the week."""


@dataclass(frozen=True)
class TitleRow:
    """A heading; `tone` as in `cells.TONES`."""

    title: str
    words: str = ""
    tone: str = "head"


@dataclass(frozen=True)
class NoteRow:
    text: str


@dataclass(frozen=True)
class TaskRow:
    """A task of mine, or one that I could take: then `after` is my load with it, `before` without. `minutes`
    are what it takes me. `is_offer`: somebody waits for my answer, until the day `due`."""

    ref: TaskRef
    due: date
    minutes: int
    before: Load | None = None
    after: Load | None = None
    is_offer: bool = False

    @property
    def is_claim(self) -> bool:
        return self.after is not None


@dataclass(frozen=True)
class BoostRow:
    """A published post that I am asked to pass on, or did today."""

    boost: Boost


@dataclass(frozen=True)
class FindingRow:
    """A warning for whoever leads the week."""

    warning: Warning


Row = TitleRow | NoteRow | TaskRow | BoostRow | FindingRow


@dataclass(frozen=True)
class Offered:
    """The offers that wait for a member's answer; those not `counted` yet are missing."""

    refs: Sequence[TaskRef] = ()
    counted: bool = True


def offered_to(calendar: Calendar, member: int, now: datetime) -> Offered:
    """Worked out once a day and calendar: whether an offer to anyone fits somebody takes 20 ms each."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    make = partial(to_answer, calendar, member, now)
    return Offered(_offers.get(member, same=(calendar,), equal=(today,), make=make))


def offered_at_once(calendar: Calendar, member: int, now: datetime, before: Offered) -> Offered:
    """The same as far as it costs no time: if it is not worked out yet, those of `before` that are still
    open, and what is offered to the member by name."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    if (known := _offers.known(member, same=(calendar,), equal=(today,))) is not None:
        return Offered(known)
    refs = offers_to(calendar, member, today)
    named = [ref for ref in refs if (offer := calendar.task(ref).offer) and offer.to]
    if len(named) == len(refs):
        return Offered(named)
    return Offered([ref for ref in refs if ref in named or ref in before.refs], counted=False)


_offers: Memo[list[TaskRef]] = Memo()


def week_rows(
    calendar: Calendar,
    member: int,
    week: date,
    now: datetime,
    keep: PostFilter = EVERYTHING,
    urgent: Sequence[Warning] = (),
    offered: Offered | None = None,
) -> list[Row]:
    """The rows of a member for the week that starts on `week`, of the posts that a filter keeps. `urgent` are
    the warnings that ask for something now: whoever leads this week gets them first. `offered` None: it is
    worked out."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    is_now = week == week_start(today, calendar.team.week_begins)
    if not is_now:
        offered = Offered()
    elif offered is None:
        offered = offered_to(calendar, member, now)
    days = list(_by_day(calendar, member, week, today, keep))
    rows: list[Row] = [
        *(_to_lead(calendar, member, today, urgent) if is_now else ()),
        *(_overdue(calendar, member, week, keep) if is_now else ()),
        *_offered(calendar, member, offered, keep),
    ]
    if rows and isinstance(days[0], NoteRow):
        rows.append(NoteRow(""))
    rows += [
        *days,
        *(_to_boost(calendar, member, today, keep) if is_now else ()),
        *(_offered_later(calendar, member, week, today, keep) if is_now else ()),
        *_claims(calendar, member, now, keep, offered.refs),
    ]
    return list(_spaced(rows))


def _spaced(rows: Sequence[Row]) -> Iterator[Row]:
    """A free line before every heading but the first."""
    for place, row in enumerate(rows):
        if place and isinstance(row, TitleRow):
            yield NoteRow("")
        yield row


def progress(calendar: Calendar, member: int, week: date) -> tuple[int, int]:
    """How many tasks of the week are to do, and how many are done."""
    done = [calendar.task(ref).is_done for ref in calendar.tasks_of(member, week)]
    return done.count(False), done.count(True)


def _overdue(calendar: Calendar, member: int, week: date, keep: PostFilter) -> Iterator[Row]:
    late = [
        _mine(calendar, ref, member)
        for weeks in range(WEEKS_BACK, 0, -1)
        for ref in calendar.tasks_of(member, week - timedelta(weeks=weeks))
        if is_to_do(calendar.posts[ref.post], ref) and keep.keeps(calendar.posts[ref.post])
    ]
    if late:
        count = n_("{number} task of earlier weeks", "{number} tasks of earlier weeks", len(late))
        yield TitleRow(_("Overdue"), count, "bad")
        yield from sorted(late, key=lambda row: (row.due, _order(calendar, row.ref)))


def _by_day(calendar: Calendar, member: int, week: date, today: date, keep: PostFilter) -> Iterator[Row]:
    days: dict[date, list[TaskRow]] = {}
    for ref in calendar.tasks_of(member, week):
        if keep.keeps(calendar.posts[ref.post]):
            row = _mine(calendar, ref, member)
            days.setdefault(row.due, []).append(row)
    if not days:
        yield NoteRow(_("No tasks this week.") if week <= today else _("No tasks in this week."))
    for day in sorted(days):
        left = sum(row.minutes for row in days[day] if not calendar.task(row.ref).is_done)
        name = f"{weekday_long(day)} {day.day} {month_long(day)}"
        if day == today:
            name += f" · {say_day(day, today)}"
        words = _("all done")
        if left:
            words = _("{minutes}′ to do", minutes=left) + _free(calendar, member, day, today)
        yield TitleRow(name, words, "accent" if day == today else "bad" if left and day < today else "head")
        # Done ones stay where they are: nothing jumps when a task is ticked off.
        yield from sorted(days[day], key=lambda row: _order(calendar, row.ref))


def _free(calendar: Calendar, member: int, day: date, today: date) -> str:
    """What a day leaves, where something takes part of it and it is not over."""
    time = free_time(calendar, member, day, day)
    if day < today or time.free >= time.working:
        return ""
    return " · " + _("{hours} free", hours=hours_text(time.free))


def _to_lead(calendar: Calendar, member: int, today: date, urgent: Sequence[Warning]) -> Iterator[Row]:
    """The warnings that ask for something now, for whoever leads this week."""
    lead = lead_of(calendar, today)
    if lead is None or lead.id != member:
        return
    if not urgent:
        yield TitleRow(_("You lead this week"), _("nothing asks for something now"), "accent")
        return
    count = n_("{number} warning to act on", "{number} warnings to act on", len(urgent))
    yield TitleRow(_("You lead this week"), count, "accent")
    yield from (FindingRow(warning) for warning in urgent[:MOST_FINDINGS])
    if len(urgent) > MOST_FINDINGS:
        yield NoteRow(_("and {number} more: w", number=len(urgent) - MOST_FINDINGS))


def _offered(calendar: Calendar, member: int, offered: Offered, keep: PostFilter) -> Iterator[Row]:
    """What waits for the member's answer, in the order in which the offers end."""
    rows = [
        replace(_claim(calendar, ref, member), due=last_day(calendar, ref), is_offer=True)
        for ref in offered.refs
        if keep.keeps(calendar.posts[ref.post])
    ]
    if rows:
        yield TitleRow(_("Offered to you"), _("c takes it, D declines"), "warn")
    elif not offered.counted:
        yield TitleRow(_("Offered to you"), _("counting …"), "dim")
    for row in sorted(rows, key=lambda row: (row.due, _order(calendar, row.ref))):
        yield row
        yield NoteRow(_terms(calendar, row.ref))


def _terms(calendar: Calendar, ref: TaskRef) -> str:
    """`from Marco, for your draft of La squadra: I am at the fair`."""
    task = calendar.task(ref)
    assert task.offer is not None
    giver = calendar.members[task.member or 0].name
    text = _("from {giver}", giver=giver)
    if (wants := task.offer.wants) is not None:
        what, title = kind_word(wants.kind), calendar.posts[wants.post].title
        text = _("from {giver}, for your {task} of {title}", giver=giver, task=what, title=title)
    return f"{text}: {task.offer.note}" if task.offer.note else text


def _offered_later(
    calendar: Calendar, member: int, week: date, today: date, keep: PostFilter
) -> Iterator[Row]:
    """The member's own offers of later weeks; those of this week stand with its tasks."""
    this_week = set(calendar.tasks_of(member, week))
    rows = [
        _mine(calendar, ref, member)
        for ref in offers_of(calendar, member, today)
        if ref not in this_week and keep.keeps(calendar.posts[ref.post])
    ]
    if rows:
        yield TitleRow(_("On offer, of later weeks"), _("yours until taken"))
        yield from rows


def _to_boost(calendar: Calendar, member: int, today: date, keep: PostFilter) -> Iterator[Row]:
    """What the member is asked to pass on, and what they did today, each with what they could say."""
    zone = zone_of(calendar.team.zone)
    done = [
        boost
        for boost in calendar.boosts.values()
        if boost.member == member and boost.at and to_local(boost.at, zone).date() == today
    ]
    found = [*to_boost(calendar, member, today), *done]
    rows = [boost for boost in found if keep.keeps(calendar.posts[boost.post])]
    if rows:
        how = _("y copies what you could say, space: I did")
        yield TitleRow(_("To boost from your own account"), how)
    for boost in sorted(rows, key=lambda boost: (boost.day, boost.post)):
        yield BoostRow(boost)
        if boost.at is None and (text := text_for(calendar, boost)):
            yield NoteRow(text)


def _claims(
    calendar: Calendar, member: int, now: datetime, keep: PostFilter, offered: Sequence[TaskRef]
) -> Iterator[Row]:
    """What the member could take besides the offers to them, the most urgent first."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    could_take = _could_take.get(
        member,
        same=(calendar,),
        equal=(today, keep),
        make=lambda: _claimable(calendar, member, now, today, keep),
    )
    found = [row for row in could_take if row.ref not in offered]
    count = n_("{number} task", "{number} tasks", len(found)) if found else ""
    yield TitleRow(_("You could take"), count)
    if not found:
        yield NoteRow(_("Nothing is free or on offer that you can do."))
    yield from found


_could_take: Memo[list[TaskRow]] = Memo()
"""It hangs on no week, so it is the same for all that somebody looks through."""


def _claimable(
    calendar: Calendar, member: int, now: datetime, today: date, keep: PostFilter
) -> list[TaskRow]:
    found = [
        _claim(calendar, ref, member)
        for ref in to_do_around(calendar, now, CLAIMS_BACK)
        if keep.keeps(calendar.posts[ref.post])
        and is_free_for(calendar, ref, member, today)
        and not obstacle(calendar, ref, member)
    ]
    return sorted(found, key=lambda row: (row.due, _order(calendar, row.ref)))


def _order(calendar: Calendar, ref: TaskRef) -> tuple[datetime, int, int]:
    """Posts as they go out, and the tasks of each in the order of work."""
    return calendar.instant(calendar.posts[ref.post]), ref.post, TASK_KINDS.index(ref.kind)


def _claim(calendar: Calendar, ref: TaskRef, member: int) -> TaskRow:
    """With the load of the week that it is due in, before and after; a swap takes the other task away."""
    it = taking(calendar, ref, member)
    return TaskRow(ref, it.due, it.minutes, it.before, it.after)


def _mine(calendar: Calendar, ref: TaskRef, member: int) -> TaskRow:
    post = calendar.post(ref.post)
    due = calendar.window(post, calendar.task(ref))[1]
    return TaskRow(ref, due, minutes_of(calendar.members[member], post, ref.kind))
