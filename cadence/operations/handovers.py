"""Hand-overs: a task is offered to somebody, to some or to anyone, and stays its owner's until it is taken.

offer → taken, declined (by all who were named), expired or withdrawn; or a swap, agreed by taking it. See
`insight.offers` for how an offer stands, docs/decisions/handovers.md for why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import msgspec
from msgspec.structs import replace

from cadence.insight.offers import came_from, is_asked, state_of, today_of, why_closed
from cadence.insight.rota import leads
from cadence.language import _
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Offer, TaskRef
from cadence.model.team import Member
from cadence.model.words import the_task
from cadence.operations.ability import check_able, load_text
from cadence.operations.edit import Edit, Who, fold, known
from cadence.operations.holding import Taken, held_by, open_task, with_task
from cadence.operations.swapping import swapped
from cadence.operations.wording import day_text, list_text, member_text, sentence, task_text
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
            raise Refused(
                _("{name} has {task} already", name=taker.name, task=task_text(calendar, ref)),
                _("offer it to others"),
            )
        check_able(calendar, ref, taker)
    if not takers and not others_able(calendar, ref):
        raise Refused(
            _("nobody else could take {task}", task=task_text(calendar, ref)),
            _("`cadence why {post} {kind}` says what would change it", post=ref.post, kind=ref.kind),
        )
    offer = Offer(now.astimezone(UTC), me.id, tuple(taker.id for taker in takers), note, until=until)
    names = list_text(f"{taker.name}{load_text(calendar, ref, taker.id)}" for taker in takers) or _("anyone")
    gaps = {"task": task_text(calendar, ref), "names": names}
    if until:
        offered = _("Offered {task} to {names} until {day}", **gaps, day=day_text(until))
    else:
        offered = _("Offered {task} to {names}", **gaps)
    stays = _("{name} stays responsible until it is taken", name=owner.name)
    said = f"{offered}; {stays}{acting_for(me, owner)}"
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
    wanted = open_task(calendar, wants)[1]
    _check_window(calendar, wants, until, today)
    if wanted.member is None:
        raise Refused(
            _("nobody has {task}", task=task_text(calendar, wants)), _("anyone can claim it as it is")
        )
    other = calendar.member(wanted.member)
    if other.id == owner.id:
        raise Refused(_("{name} has both tasks", name=owner.name), _("name a task of somebody else"))
    swapped(calendar, ref, wants, today)
    offer = Offer(now.astimezone(UTC), me.id, (other.id,), note, until=until, wants=wants)
    gaps = {"task": task_text(calendar, ref), "name": other.name, "other_task": task_text(calendar, wants)}
    if until:
        offered = _("Offered {task} to {name} for {other_task} until {day}", **gaps, day=day_text(until))
    else:
        offered = _("Offered {task} to {name} for {other_task}", **gaps)
    stays = _("both stay as they are until {name} claims it", name=other.name)
    said = f"{offered}; {stays}{acting_for(me, owner)}"
    post, task = open_task(calendar, ref)
    return with_task(post, ref, replace(task, offer=offer), said)


def withdraw_offer(calendar: Calendar, who: Who, ref: TaskRef, *, now: datetime) -> Edit:
    """Keep a task that was on offer and that nobody took."""
    me = known(who)
    post, task = open_task(calendar, ref)
    if task.offer is None:
        raise Refused(
            _("{task} is not on offer", task=task_text(calendar, ref)), _("there is nothing to withdraw")
        )
    owner = _check_responsible(calendar, me, ref, today_of(calendar, now))
    said = _("{name} keeps {task}, it is not on offer now", name=owner.name, task=task_text(calendar, ref))
    said += acting_for(me, owner)
    return with_task(post, ref, replace(task, offer=None), said)


def withdraw_many(calendar: Calendar, who: Who, refs: Sequence[TaskRef], *, now: datetime) -> Edit:
    """Keep many tasks that were on offer."""
    return fold(calendar, refs, lambda newest, ref: withdraw_offer(newest, who, ref, now=now))


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
        return Edit(_("{name} has {task} already", name=taker.name, task=task_text(calendar, ref)))
    if not is_asked(task, taker.id):
        has = member_text(calendar, task.member)
        raise Taken(
            _("{name} has {task}", name=has, task=task_text(calendar, ref)),
            _("ask for it to be offered to you, or assign it"),
            ref,
        )
    _check_speaks_for(calendar, me, taker, ref, today)
    _check_open(calendar, ref, today)
    owner = member_text(calendar, task.member)
    if task.offer and task.offer.wants:
        wants = task.offer.wants
        said = _(
            "{name} took {task} over from {owner} for {other_task}",
            name=taker.name,
            task=task_text(calendar, ref),
            owner=owner,
            other_task=task_text(calendar, wants),
        )
        return Edit(said + acting_for(me, taker), swapped(calendar, ref, wants, today))
    check_able(calendar, ref, taker)
    said = _(
        "{name} took {task} over from {owner}", name=taker.name, task=task_text(calendar, ref), owner=owner
    )
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
            _("{task} is not on offer to {name}", task=task_text(calendar, ref), name=asked.name),
            _("there is nothing to decline"),
        )
    _check_speaks_for(calendar, me, asked, ref, today)
    _check_note(note)
    if asked.id in task.offer.declined:
        return Edit(_("{name} has declined {task} already", name=asked.name, task=task_text(calendar, ref)))
    _check_open(calendar, ref, today)
    offer = replace(task.offer, declined=(*task.offer.declined, asked.id))
    edit = with_task(post, ref, replace(task, offer=offer), "")
    owner = member_text(calendar, task.member)
    is_over = state_of(edit.on(calendar), ref, today) == "declined"
    said = _("{name} declined {task}", name=asked.name, task=task_text(calendar, ref))
    said += (f": {note}" if note else "") + acting_for(me, asked)
    if is_over:
        said += "; " + _("{name} keeps it", name=owner)
    return Edit(said, edit.puts)


def decline_many(
    calendar: Calendar,
    who: Who,
    refs: Sequence[TaskRef],
    *,
    now: datetime,
    note: str = "",
    member: int | None = None,
) -> Edit:
    """Say no to many offers, with one reason."""
    return fold(
        calendar,
        refs,
        lambda newest, ref: decline_offer(newest, who, ref, now=now, note=note, member=member),
    )


def give_back(calendar: Calendar, who: Who, ref: TaskRef, to: int, *, now: datetime) -> Edit:
    """Give a task back to whoever it came from (the history knows: `insight.offers.came_from`), if they could
    still do it."""
    me, giver = known(who), calendar.member(to)
    post, task = open_task(calendar, ref)
    if task.member != me.id:
        has = member_text(calendar, task.member)
        said = _("{name} has {task}, not {me}", name=has, task=task_text(calendar, ref), me=me.name)
        raise Refused(sentence(said), _("give back what is yours"))
    if giver.id == me.id:
        raise Refused(
            _("{task} came from nobody else", task=task_text(calendar, ref)), _("offer it, or release it")
        )
    _check_window(calendar, ref, None, today_of(calendar, now))
    check_able(calendar, ref, giver)
    said = _("{me} gave {task} back to {giver}", me=me.name, task=task_text(calendar, ref), giver=giver.name)
    return with_task(post, ref, held_by(task, giver.id), said + load_text(calendar, ref, giver.id))


def giver_of(calendar: Calendar, changes: Iterable[Change], ref: TaskRef) -> int:
    """Who had a task before whoever has it, by the changes of its post, newest first; Refused where giving it
    back is no answer: nobody had it, or it came in a swap."""
    calendar.task(ref)
    origin = came_from(changes, ref)
    if origin is None:
        raise Refused(
            _("nobody had {task} of post {post} before", task=the_task(ref.kind), post=ref.post),
            _("release it, or offer it"),
        )
    if origin.swapped:
        raise Refused(
            _("{task} of post {post} came in a swap", task=the_task(ref.kind), post=ref.post),
            _("take the whole swap back: `{command}`", command=f"cadence undo {origin.change}"),
        )
    return origin.member


# Rules


def others_able(calendar: Calendar, ref: TaskRef) -> list[Member]:
    """Everybody but the owner whom nothing forbids to take a task, however little time they have."""
    owner = calendar.task(ref).member
    return [
        one for one in calendar.members.values() if one.id != owner and not obstacle(calendar, ref, one.id)
    ]


def _offered_by(calendar: Calendar, me: Member, ref: TaskRef, until: date | None, today: date) -> Member:
    """Who has a task that `me` may offer until a day; Refused where there is nothing to offer."""
    task = open_task(calendar, ref)[1]
    if task.member is None:
        raise Refused(
            _("nobody has {task}", task=task_text(calendar, ref)), _("anyone can claim it as it is")
        )
    owner = _check_responsible(calendar, me, ref, today)
    _check_window(calendar, ref, until, today)
    return owner


def _check_window(calendar: Calendar, ref: TaskRef, until: date | None, today: date) -> None:
    closes = calendar.window(calendar.post(ref.post), calendar.task(ref))[1]
    if closes < today:
        raise Refused(
            _("{task} was due on {day}", task=task_text(calendar, ref), day=day_text(closes)),
            _("move the post, or assign the task to somebody"),
        )
    if until is not None and not today <= until <= closes:
        raise BadInput(
            _(
                "an offer of {task} cannot last until {day}",
                task=task_text(calendar, ref),
                day=day_text(until),
            ),
            _("name a day from today until {day}, when it is due", day=day_text(closes)),
        )


def _check_responsible(calendar: Calendar, me: Member, ref: TaskRef, today: date) -> Member:
    """Whoever has the task, if `me` is that or leads."""
    owner = calendar.member(calendar.task(ref).member or 0)
    if me.id != owner.id and not leads(calendar, me, today):
        raise Refused(
            _("{name} has {task}", name=owner.name, task=task_text(calendar, ref)),
            _("{name} or a lead can hand it over", name=owner.name),
        )
    return owner


def _check_speaks_for(calendar: Calendar, me: Member, member: Member, ref: TaskRef, today: date) -> None:
    """People answer for themselves; a lead does for somebody who is away before the task is due."""
    if me.id == member.id:
        return
    if not leads(calendar, me, today):
        raise Refused(
            _("{name} was asked, not {me}", name=member.name, me=me.name),
            _("a lead may answer for who is away"),
        )
    closes = calendar.window(calendar.post(ref.post), calendar.task(ref))[1]
    absences = calendar.absences_of(member.id)
    if member.is_active(today) and not any(a.first <= closes and a.last >= today for a in absences):
        raise Refused(
            _("{name} is not away", name=member.name),
            _("let {name} answer, or assign the task", name=member.name),
        )


def _check_open(calendar: Calendar, ref: TaskRef, today: date) -> None:
    if why := why_closed(calendar, ref, today):
        owner = member_text(calendar, calendar.task(ref).member)
        raise Refused(
            _("{task} is {name}'s: {why}", task=task_text(calendar, ref), name=owner, why=why),
            _("ask {name} to offer it again", name=owner),
        )


def _check_note(note: str) -> None:
    """The history takes any text; what people read in one line must be one."""
    try:
        msgspec.convert(note, limits.Line)
    except msgspec.ValidationError:
        raise BadInput(
            _("note: holds control characters, or more than 300"), _("write one short line")
        ) from None


# Wording


def acting_for(me: Member, member: Member) -> str:
    """Who acts for somebody is named in the history, beside who signs the change."""
    if me.id == member.id:
        return ""
    return " " + _("({me} for {member})", me=me.name, member=member.name)
