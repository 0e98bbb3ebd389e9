"""Hand-overs: a task is offered to somebody, to some or to anyone, and stays its owner's until it is taken.

offer → taken, declined (by all who were named), expired or withdrawn; or a swap, agreed by taking it. See
`insight.offers` for how an offer stands, docs/decisions/handovers.md for why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec
from msgspec.structs import replace

from cadence.insight.offers import is_asked, state_of, today_of, why_closed
from cadence.insight.rota import leads
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Offer, TaskRef
from cadence.model.team import Member
from cadence.operations.ability import check_able, load_text
from cadence.operations.edit import Edit, Who, fold, known
from cadence.operations.holding import Taken, held_by, open_task, with_task
from cadence.operations.swapping import swapped
from cadence.operations.wording import day_text, list_text, member_text, starting, task_text
from cadence.planner.explaining.obstacles import obstacle

# Offering


def hand_over(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    *,
    now: datetime,
    to: Sequence[int] = (),
    note: str = "",
    until: date | None = None,
) -> Edit:
    """Offer a task to one member, to some, or to anyone (`to` empty), until a last day (None: as long as its
    window is open). Its owner stays responsible until somebody claims it. The owner may do this, and a lead
    for them.

    Refused when there is nothing to offer, when somebody named could not do it, or nobody at all could.
    """
    me = known(who)
    owner = _offered_by(calendar, me, ref, until, today_of(calendar, now))
    takers = [calendar.member(id) for id in dict.fromkeys(to)]
    for taker in takers:
        if taker.id == owner.id:
            raise Refused(f"{taker.name} has {task_text(calendar, ref)} already", "offer it to others")
        check_able(calendar, ref, taker)
    if not takers and not others_able(calendar, ref):
        raise Refused(
            f"nobody else could take {task_text(calendar, ref)}",
            f"`cadence why {ref.post} {ref.kind}` says what would change it",
        )
    offer = Offer(now.astimezone(UTC), me.id, tuple(taker.id for taker in takers), note, until=until)
    names = list_text(f"{taker.name}{load_text(calendar, ref, taker.id)}" for taker in takers) or "anyone"
    said = (
        f"Offered {task_text(calendar, ref)} to {names}{_until(until)}; "
        f"{owner.name} stays responsible until it is taken{acting_for(me, owner)}"
    )
    post, task = open_task(calendar, ref)
    return with_task(post, ref, replace(task, offer=offer), said)


def hand_over_many(
    calendar: Calendar,
    who: Who,
    refs: Sequence[TaskRef],
    *,
    now: datetime,
    to: Sequence[int] = (),
    note: str = "",
    until: date | None = None,
) -> Edit:
    """Offer many tasks at once."""
    return fold(
        calendar,
        refs,
        lambda newest, ref: hand_over(newest, who, ref, now=now, to=to, note=note, until=until),
    )


def offer_swap(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    wants: TaskRef,
    *,
    now: datetime,
    note: str = "",
    until: date | None = None,
) -> Edit:
    """Offer a task to whoever has `wants`, in return for that. Both stay as they are until the other claims.

    Refused unless either could do the other's task, both at once.
    """
    me, today = known(who), today_of(calendar, now)
    owner = _offered_by(calendar, me, ref, until, today)
    _, wanted = open_task(calendar, wants)
    _check_window(calendar, wants, until, today)
    if wanted.member is None:
        raise Refused(f"nobody has {task_text(calendar, wants)}", "anyone can claim it as it is")
    other = calendar.member(wanted.member)
    if other.id == owner.id:
        raise Refused(f"{owner.name} has both tasks", "name a task of somebody else")
    swapped(calendar, ref, wants, today)
    offer = Offer(now.astimezone(UTC), me.id, (other.id,), note, until=until, wants=wants)
    said = (
        f"Offered {task_text(calendar, ref)} to {other.name} for {task_text(calendar, wants)}{_until(until)}"
        f"; both stay as they are until {other.name} claims it{acting_for(me, owner)}"
    )
    post, task = open_task(calendar, ref)
    return with_task(post, ref, replace(task, offer=offer), said)


def withdraw_offer(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Keep a task that was on offer and that nobody took."""
    me = known(who)
    post, task = open_task(calendar, ref)
    if task.offer is None:
        raise Refused(f"{task_text(calendar, ref)} is not on offer", "there is nothing to withdraw")
    owner = _check_responsible(calendar, me, ref, today_of(calendar, now))
    said = f"{owner.name} keeps {task_text(calendar, ref)}, it is not on offer now{acting_for(me, owner)}"
    return with_task(post, ref, replace(task, offer=None), said)


# Answering


def take_offer(
    calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime, member: int | None = None
) -> Edit:
    """Take a task that is on offer to me or to anyone; a swap exchanges both tasks. `member`: for somebody
    else, which a lead may do while they are away.

    Taken when it is not theirs to take, Refused when the offer is over or they could not do it.
    """
    me, today = known(who), today_of(calendar, now)
    taker = me if member is None else calendar.member(member)
    post, task = open_task(calendar, ref)
    if task.member == taker.id:
        return Edit(f"{taker.name} has {task_text(calendar, ref)} already")
    if not is_asked(task, taker.id):
        has = member_text(calendar, task.member)
        raise Taken(
            f"{has} has {task_text(calendar, ref)}", "ask for it to be offered to you, or assign it", ref
        )
    _check_speaks_for(calendar, me, taker, ref, today)
    _check_open(calendar, ref, today)
    owner = member_text(calendar, task.member)
    if task.offer and task.offer.wants:
        wants = task.offer.wants
        said = (
            f"{taker.name} took {task_text(calendar, ref)} over from {owner} for {task_text(calendar, wants)}"
        )
        return Edit(said + acting_for(me, taker), swapped(calendar, ref, wants, today))
    check_able(calendar, ref, taker)
    said = f"{taker.name} took {task_text(calendar, ref)} over from {owner}"
    said += load_text(calendar, ref, taker.id) + acting_for(me, taker)
    return with_task(post, ref, held_by(task, taker.id), said)


def decline_offer(
    calendar: Calendar,
    who: Who,
    ref: TaskRef,
    *,
    now: datetime,
    note: str = "",
    member: int | None = None,
) -> Edit:
    """Say no to an offer; `note` says why, in the history. Who declined may still claim while the offer is
    open; once everybody who was named has, it is over. `member`: for somebody else, which a lead may do while
    they are away."""
    me, today = known(who), today_of(calendar, now)
    asked = me if member is None else calendar.member(member)
    post, task = open_task(calendar, ref)
    if task.offer is None or not is_asked(task, asked.id):
        raise Refused(
            f"{task_text(calendar, ref)} is not on offer to {asked.name}", "there is nothing to decline"
        )
    _check_speaks_for(calendar, me, asked, ref, today)
    _check_note(note)
    if asked.id in task.offer.declined:
        return Edit(f"{asked.name} has declined {task_text(calendar, ref)} already")
    _check_open(calendar, ref, today)
    offer = replace(task.offer, declined=(*task.offer.declined, asked.id))
    edit = with_task(post, ref, replace(task, offer=offer), "")
    owner, because = member_text(calendar, task.member), f": {note}" if note else ""
    is_over = state_of(edit.on(calendar), ref, today) == "declined"
    said = f"{asked.name} declined {task_text(calendar, ref)}{because}{acting_for(me, asked)}"
    return Edit(said + (f"; {owner} keeps it" if is_over else ""), edit.puts)


def give_back(calendar: Calendar, who: Who, ref: TaskRef, to: int, *, now: datetime) -> Edit:
    """Give a task back to whoever it came from (the history knows: `insight.offers.came_from`), if they could
    still do it."""
    me, giver = known(who), calendar.member(to)
    post, task = open_task(calendar, ref)
    if task.member != me.id:
        has = starting(member_text(calendar, task.member))
        raise Refused(f"{has} has {task_text(calendar, ref)}, not {me.name}", "give back what is yours")
    if giver.id == me.id:
        raise Refused(f"{task_text(calendar, ref)} came from nobody else", "offer it, or release it")
    _check_window(calendar, ref, None, today_of(calendar, now))
    check_able(calendar, ref, giver)
    said = f"{me.name} gave {task_text(calendar, ref)} back to {giver.name}"
    return with_task(post, ref, held_by(task, giver.id), said + load_text(calendar, ref, giver.id))


# Rules


def others_able(calendar: Calendar, ref: TaskRef) -> list[Member]:
    """Everybody but the owner whom nothing forbids to take a task, however little time they have."""
    owner = calendar.task(ref).member
    return [
        one for one in calendar.members.values() if one.id != owner and not obstacle(calendar, ref, one.id)
    ]


def _offered_by(calendar: Calendar, me: Member, ref: TaskRef, until: date | None, today: date) -> Member:
    """Who has a task that `me` may offer until a day; Refused where there is nothing to offer."""
    _, task = open_task(calendar, ref)
    if task.member is None:
        raise Refused(f"nobody has {task_text(calendar, ref)}", "anyone can claim it as it is")
    owner = _check_responsible(calendar, me, ref, today)
    _check_window(calendar, ref, until, today)
    return owner


def _check_window(calendar: Calendar, ref: TaskRef, until: date | None, today: date) -> None:
    closes = calendar.window(calendar.post(ref.post), calendar.task(ref))[1]
    if closes < today:
        raise Refused(
            f"{task_text(calendar, ref)} was due on {day_text(closes)}",
            "move the post, or assign the task to somebody",
        )
    if until is not None and not today <= until <= closes:
        raise BadInput(
            f"an offer of {task_text(calendar, ref)} cannot last until {day_text(until)}",
            f"name a day from today until {day_text(closes)}, when it is due",
        )


def _check_responsible(calendar: Calendar, me: Member, ref: TaskRef, today: date) -> Member:
    """Whoever has the task, if `me` is that or leads."""
    owner = calendar.member(calendar.task(ref).member or 0)
    if me.id != owner.id and not leads(calendar, me, today):
        raise Refused(
            f"{owner.name} has {task_text(calendar, ref)}", f"{owner.name} or a lead can hand it over"
        )
    return owner


def _check_speaks_for(calendar: Calendar, me: Member, member: Member, ref: TaskRef, today: date) -> None:
    """People answer for themselves; a lead does for somebody who is away before the task is due."""
    if me.id == member.id:
        return
    if not leads(calendar, me, today):
        raise Refused(f"{member.name} was asked, not {me.name}", "a lead may answer for who is away")
    closes = calendar.window(calendar.post(ref.post), calendar.task(ref))[1]
    absences = calendar.absences_of(member.id)
    if member.is_active(today) and not any(a.first <= closes and a.last >= today for a in absences):
        raise Refused(f"{member.name} is not away", f"let {member.name} answer, or assign the task")


def _check_open(calendar: Calendar, ref: TaskRef, today: date) -> None:
    if why := why_closed(calendar, ref, today):
        owner = member_text(calendar, calendar.task(ref).member)
        raise Refused(f"{task_text(calendar, ref)} is {owner}'s: {why}", f"ask {owner} to offer it again")


def _check_note(note: str) -> None:
    """The history takes any text; what people read in one line must be one."""
    try:
        msgspec.convert(note, limits.Line)
    except msgspec.ValidationError:
        raise BadInput("note: holds control characters, or more than 300", "write one short line") from None


# Wording


def _until(until: date | None) -> str:
    return f" until {day_text(until)}" if until else ""


def acting_for(me: Member, member: Member) -> str:
    """Who acts for somebody is named in the history, beside who signs the change."""
    return "" if me.id == member.id else f" ({me.name} for {member.name})"
