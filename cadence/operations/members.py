"""People join, change and leave."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

from msgspec.structs import replace

from cadence.insight.feeds import may_read
from cadence.language import _, n_
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.documents import Value
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Task, TaskRef
from cadence.model.team import Member, Skill, WorkingHours
from cadence.model.times import to_local, zone_of
from cadence.operations.ability import check_able
from cadence.operations.deciding import people_of
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.feeds import feeds_of_member
from cadence.operations.naming import check_name
from cadence.operations.progress import with_tasks
from cadence.operations.rota import rota_without
from cadence.operations.wording import day_text, list_text, short_task_text


def add_member(
    calendar: Calendar,
    who: Who,
    name: str,
    *,
    now: datetime,
    kind: Literal["staff", "partner"] = "staff",
    role: Literal["member", "lead"] = "member",
    department: str = "",
    skills: Sequence[Skill] = (),
    allowance: int = 60,
    hours: WorkingHours | None = None,
    zone: str = "",
    active_from: date | None = None,
    active_to: date | None = None,
    cost_per_hour: int = 0,
    login: str = "",
    posts_a_week: int | None = None,
    spacing: int | None = None,
    topics: Sequence[str] = (),
) -> Edit:
    """Somebody joins. `allowance` in minutes a week, `cost_per_hour` in cents."""
    if len(calendar.members) >= limits.MAX_MEMBERS:
        raise Refused(_("a team has at most {most} members", most=limits.MAX_MEMBERS))
    member = Member(
        id=calendar.next_id(Member),
        name=name,
        kind=kind,
        role=role,
        department=department,
        skills=tuple(dict.fromkeys(skills)),
        allowance=allowance,
        hours=hours,
        zone=zone,
        active_from=active_from,
        active_to=active_to,
        cost_per_hour=cost_per_hour,
        login=login,
        posts_a_week=posts_a_week,
        spacing=spacing,
        topics=tuple(dict.fromkeys(topics)),
    )
    _check(calendar, member)
    return Edit(_("{name} joined the team", name=name), (member,))


def edit_member(
    calendar: Calendar,
    who: Who,
    member: int,
    *,
    now: datetime,
    name: str | UnsetType = UNSET,
    kind: Literal["staff", "partner"] | UnsetType = UNSET,
    role: Literal["member", "lead"] | UnsetType = UNSET,
    department: str | UnsetType = UNSET,
    skills: Sequence[Skill] | UnsetType = UNSET,
    allowance: int | UnsetType = UNSET,
    hours: WorkingHours | UnsetType | None = UNSET,
    zone: str | UnsetType = UNSET,
    active_from: date | UnsetType | None = UNSET,
    active_to: date | UnsetType | None = UNSET,
    cost_per_hour: int | UnsetType = UNSET,
    login: str | UnsetType = UNSET,
    posts_a_week: int | UnsetType | None = UNSET,
    spacing: int | UnsetType | None = UNSET,
    topics: Sequence[str] | UnsetType = UNSET,
) -> Edit:
    """Change what is given; the rest stays. Tasks stay with the member even where a skill is gone: the
    warnings say so."""
    before = calendar.member(member)
    after = changed(
        before,
        name=name,
        kind=kind,
        role=role,
        department=department,
        skills=skills if skills is UNSET else tuple(dict.fromkeys(skills)),
        allowance=allowance,
        hours=hours,
        zone=zone,
        active_from=active_from,
        active_to=active_to,
        cost_per_hour=cost_per_hour,
        login=login,
        posts_a_week=posts_a_week,
        spacing=spacing,
        topics=topics if topics is UNSET else tuple(dict.fromkeys(topics)),
    )
    if after == before:
        return Edit(_("Nothing to change on {name}", name=before.name))
    _check(calendar, after)
    closed = [f for f in calendar.feeds.values() if f.member == member and not may_read(after, f)]
    said = _("Edited {name}", name=after.name)
    if closed:
        said += "; " + n_(
            "{number} feed that a partner may not read ended",
            "{number} feeds that a partner may not read ended",
            len(closed),
        )
    return Edit(said, (after,), tuple(closed))


def remove_member(
    calendar: Calendar,
    who: Who,
    member: int,
    *,
    now: datetime,
    reassign_to: int | None = None,
    unassign: bool = False,
) -> Edit:
    """Somebody leaves. Past work stays theirs: with a history they become inactive after today, without one
    they are deleted.

    Refused while tasks to come are theirs, unless somebody takes them or nobody has them from now on.
    """
    leaver = calendar.member(member)
    today = to_local(now, zone_of(leaver.zone or calendar.team.zone)).date()
    tasks = open_tasks(calendar, member, today)
    if tasks and reassign_to is None and not unassign:
        shown = list_text(map(short_task_text, tasks))
        raise Refused(
            n_(
                "{name} still has {number} task: {tasks}",
                "{name} still has {number} tasks: {tasks}",
                len(tasks),
                name=leaver.name,
                tasks=shown,
            ),
            _("reassign them to somebody, or unassign them, in the same command"),
        )
    heir = _heir(calendar, leaver, tasks, reassign_to)
    posts = (*_without(calendar, leaver, tasks, heir), *rota_without(calendar, member))
    what = _words_for(tasks, heir)
    ends: tuple[Value, ...] = (*calendar.busy_of(member), *feeds_of_member(calendar, member))
    if _has_history(calendar, leaver, tasks):
        gone = replace(leaver, active_to=max(today, leaver.active_from or today))
        said = _("{name} leaves the team after {day}", name=leaver.name, day=day_text(today))
        return Edit(said + what, (gone, *posts), ends)
    return Edit(
        _("Removed {name}", name=leaver.name) + what,
        posts,
        (leaver, *calendar.absences_of(member), *ends),
    )


def open_tasks(calendar: Calendar, member: int, today: date) -> list[TaskRef]:
    """The undone tasks of a member that still matter: of posts to come, and those after publication whose
    window has not closed before `today`."""
    return [
        ref
        for ref in calendar.assigned_to(member)
        if not (task := calendar.task(ref)).is_done
        and ((post := calendar.post(ref.post)).is_open or calendar.window(post, task)[1] >= today)
    ]


def _check(calendar: Calendar, member: Member) -> None:
    others = [other for other in calendar.members.values() if other.id != member.id]
    check_name("member", member.name, (other.name for other in others))
    for skill in member.skills:
        if skill.channel is not None and skill.channel not in calendar.channels:
            raise NotFound(
                _(
                    "{name} has a skill on channel {channel}, which does not exist",
                    name=member.name,
                    channel=skill.channel,
                )
            )
    for other in others:
        if member.login and other.login == member.login:
            raise Refused(
                _("{other} has the login {login} already", other=other.name, login=member.login),
                _("a login is one person's"),
            )


def _heir(
    calendar: Calendar, leaver: Member, tasks: Iterable[TaskRef], reassign_to: int | None
) -> Member | None:
    if reassign_to is None:
        return None
    heir = calendar.member(reassign_to)
    if heir.id == leaver.id:
        raise BadInput(_("{name} cannot take their own tasks", name=leaver.name), _("name somebody else"))
    for ref in tasks:
        check_able(calendar, ref, heir)
    return heir


def _without(
    calendar: Calendar, leaver: Member, tasks: Sequence[TaskRef], heir: Member | None
) -> tuple[Value, ...]:
    """The posts whose tasks go from `leaver` to `heir` (None: nobody), or are no longer offered to them."""
    theirs = set(tasks)
    found: list[Value] = []
    for post in calendar.posts.values():
        fresh: dict[str, Task] = {}
        for kind, task in post.tasks.items():
            if TaskRef(post.id, kind) in theirs:
                fresh[kind] = replace(task, member=heir.id if heir else None, pinned=False, offer=None)
            elif task.offer and leaver.id in (*task.offer.to, *task.offer.declined):
                fresh[kind] = _offered_to_others(task, leaver)
        if fresh:
            found.append(with_tasks(post, **fresh))
    return tuple(found)


def _offered_to_others(task: Task, leaver: Member) -> Task:
    """An offer to nobody else is withdrawn: empty would mean that anyone may take it."""
    assert task.offer is not None
    to, declined = (
        tuple(id for id in ids if id != leaver.id) for ids in (task.offer.to, task.offer.declined)
    )
    if task.offer.to and not to:
        return replace(task, offer=None)
    return replace(task, offer=replace(task.offer, to=to, declined=declined))


def _has_history(calendar: Calendar, member: Member, moved: Sequence[TaskRef]) -> bool:
    """Whether anything but the tasks that were just moved refers to the member."""
    gone = set(moved)
    id = member.id
    return (
        any(
            id == task.done_by or id == task.member or (task.offer is not None and id == task.offer.by)
            for post in calendar.posts.values()
            for kind, task in post.tasks.items()
            if TaskRef(post.id, kind) not in gone
        )
        or any(id in people_of(idea) for idea in calendar.ideas.values())
        or any(boost.member == id for boost in calendar.boosts.values())
        or any(seen.by == id for seen in calendar.acknowledgements.values())
    )


def _words_for(tasks: Sequence[TaskRef], heir: Member | None) -> str:
    if not tasks:
        return ""
    if heir is None:
        return "; " + n_("nobody has {number} task now", "nobody has {number} tasks now", len(tasks))
    return "; " + n_("{name} takes {number} task", "{name} takes {number} tasks", len(tasks), name=heir.name)
