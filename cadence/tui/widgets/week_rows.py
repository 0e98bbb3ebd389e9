"""My week as rows: what is overdue, my tasks by the day they are due, and what I could take. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cadence.insight.capacity import Load, load, minutes_of
from cadence.model.calendar import Calendar
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import TASK_KINDS
from cadence.model.times import to_local, week_start, zone_of
from cadence.planner.explaining.obstacles import obstacle
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.words import counted, say_day

WEEKS_BACK = 26
"""Tasks that have been undone for longer are history, not work."""
CLAIMS_BACK = timedelta(days=14)


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
    are what it takes me."""

    ref: TaskRef
    due: date
    minutes: int
    before: Load | None = None
    after: Load | None = None

    @property
    def is_claim(self) -> bool:
        return self.after is not None


Row = TitleRow | NoteRow | TaskRow


def week_rows(
    calendar: Calendar, member: int, week: date, now: datetime, keep: PostFilter = EVERYTHING
) -> list[Row]:
    """The rows of a member for the week that starts on `week`, of the posts that a filter keeps."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    is_now = week == week_start(today, calendar.team.week_begins)
    rows = [
        *(_overdue(calendar, member, week, keep) if is_now else ()),
        *_by_day(calendar, member, week, today, keep),
        *_claims(calendar, member, now, keep),
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
        yield TitleRow("Overdue", counted(len(late), "task") + " of earlier weeks", "bad")
        yield from sorted(late, key=lambda row: (row.due, _order(calendar, row.ref)))


def _by_day(calendar: Calendar, member: int, week: date, today: date, keep: PostFilter) -> Iterator[Row]:
    days: dict[date, list[TaskRow]] = {}
    for ref in calendar.tasks_of(member, week):
        if keep.keeps(calendar.posts[ref.post]):
            row = _mine(calendar, ref, member)
            days.setdefault(row.due, []).append(row)
    if not days:
        yield NoteRow("No tasks this week." if week <= today else "No tasks in this week.")
    for day in sorted(days):
        left = sum(row.minutes for row in days[day] if not calendar.task(row.ref).is_done)
        name = f"{day:%A} {day.day} {day:%B}" + (f" · {say_day(day, today)}" if day == today else "")
        words = f"{left}′ to do" if left else "all done"
        yield TitleRow(name, words, "accent" if day == today else "bad" if left and day < today else "head")
        # Done ones stay where they are: nothing jumps when a task is ticked off.
        yield from sorted(days[day], key=lambda row: _order(calendar, row.ref))


def _claims(calendar: Calendar, member: int, now: datetime, keep: PostFilter) -> Iterator[Row]:
    """What the member could take, the most urgent first."""
    found: list[TaskRow] = []
    loads: dict[date, Load] = {}
    for post in filter(keep.keeps, _posts_around(calendar, now)):
        for kind, task in post.tasks.items():
            ref = TaskRef(post.id, kind)
            if not (is_to_do(post, ref) and is_free_for(task, member)) or obstacle(calendar, ref, member):
                continue
            row = _mine(calendar, ref, member)
            week = week_start(row.due, calendar.team.week_begins)
            before = loads.setdefault(week, load(calendar, member, week))
            found.append(replace(row, before=before, after=before.plus(row.minutes)))
    yield TitleRow("You could take", counted(len(found), "task") if found else "")
    if not found:
        yield NoteRow("Nothing is free or on offer that you can do.")
    yield from sorted(found, key=lambda row: (row.due, _order(calendar, row.ref)))


def _posts_around(calendar: Calendar, now: datetime) -> Iterable[Post]:
    """The posts whose tasks can still be taken: from a little while ago to the end of the horizon."""
    timeline = calendar.index.timeline
    end = now + timedelta(days=calendar.team.horizon_days)
    first, last = bisect_left(timeline, (now - CLAIMS_BACK, 0)), bisect_left(timeline, (end, 0))
    return (calendar.posts[id] for _, id in timeline[first:last])


def is_to_do(post: Post, ref: TaskRef) -> bool:
    """Whether the task is still work: not done, its post not skipped; once published, only answering is."""
    return (
        not post.tasks[ref.kind].is_done
        and post.state != "skipped"
        and (post.is_open or ref.kind == "engage")
    )


def is_free_for(task: Task, member: int) -> bool:
    """Whether nobody has the task, or it is on offer to the member."""
    if task.member is None:
        return True
    offer = task.offer
    return offer is not None and task.member != member and (not offer.to or member in offer.to)


def _order(calendar: Calendar, ref: TaskRef) -> tuple[datetime, int, int]:
    """Posts as they go out, and the tasks of each in the order of work."""
    return calendar.instant(calendar.posts[ref.post]), ref.post, TASK_KINDS.index(ref.kind)


def _mine(calendar: Calendar, ref: TaskRef, member: int) -> TaskRow:
    post = calendar.post(ref.post)
    due = calendar.window(post, calendar.task(ref))[1]
    return TaskRow(ref, due, minutes_of(calendar.members[member], post, ref.kind))
