"""People × weeks: how full everybody's weeks are, what bounds them, and the tasks that fill them. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cadence.insight.capacity import Load, Workload, minutes_of
from cadence.insight.takeable import is_to_do
from cadence.insight.words import hours_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.team import TASK_KINDS, Member
from cadence.model.times import DAY, WEEK, day_bounds, zone_of
from cadence.tui.names import short_names
from cadence.tui.widgets.my_week_rows import TaskRow

TEAM = 0
"""No member has this id: the row that adds up the staff."""


@dataclass(frozen=True)
class LoadRow:
    """A line of the map: a member or the `TEAM`. `about` is what they give a week, and on which channels."""

    id: int
    name: str
    about: str = ""
    is_partner: bool = False


@dataclass(frozen=True)
class Cell:
    """A member's week. `away`: absences, holidays or active dates leave no day of it."""

    load: Load
    away: bool = False

    @property
    def over(self) -> bool:
        return self.load.over > 0


class LoadView:
    """The loads of one snapshot, each computed once, when it is asked for."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._workload = Workload(calendar)
        self._cells: dict[tuple[int, date], Cell | None] = {}

    def rows(self, weeks: Sequence[date], only: frozenset[int] = frozenset()) -> list[LoadRow]:
        """Staff by name, the team, then the partners: those who are here on a day of these weeks, and whom
        `only` names, if it names any. The team is the same whoever is shown."""
        here = [who for who in self.calendar.members.values() if any(_is_here(who, week) for week in weeks)]
        chosen = sorted((who for who in here if not only or who.id in only), key=_by_name)
        names = short_names(self.calendar)
        rows = [LoadRow(m.id, names[m.id], self._about(m), m.kind == "partner") for m in chosen]
        team = LoadRow(TEAM, _("Team")) if any(who.kind == "staff" for who in here) else None
        staff = [row for row in rows if not row.is_partner]
        return [*staff, *([team] if team else []), *(row for row in rows if row.is_partner)]

    def cell(self, row: int, week: date) -> Cell | None:
        """None: they are not here in that week."""
        if (row, week) not in self._cells:
            self._cells[row, week] = self._team(week) if row == TEAM else self._member(row, week)
        return self._cells[row, week]

    def _member(self, id: int, week: date) -> Cell | None:
        who = self.calendar.members.get(id)
        if who is None or not _is_here(who, week):
            return None
        load = self._workload.of(id, week)
        diary = self._workload.diary(id)
        return Cell(load, load.capacity == 0 and bool(diary.why_away(week, week + 6 * DAY)))

    def _team(self, week: date) -> Cell:
        loads = [cell.load for cell in self.staff(week)]
        minutes, capacity = (
            sum(load.minutes for load in loads),
            sum(load.capacity for load in loads),
        )
        return Cell(Load.of(TEAM, week, minutes, capacity))

    def staff(self, week: date) -> list[Cell]:
        """The cells of all staff who are here in a week."""
        ids = (who.id for who in self.calendar.members.values() if who.kind == "staff")
        return [cell for id in ids if (cell := self.cell(id, week)) is not None]

    def _about(self, who: Member) -> str:
        """`1 h 30 · LinkedIn, Blog`."""
        words = f"{hours_text(who.allowance)} · {self._channels(who)}"
        return _("{words} · partner", words=words) if who.kind == "partner" else words

    def _channels(self, who: Member) -> str:
        if any(skill.channel is None for skill in who.skills):
            return _("every channel")
        skilled = {skill.channel for skill in who.skills}
        known = [channel for id, channel in self.calendar.channels.items() if id in skilled]
        return ", ".join(channel.name for channel in known if not channel.retired) or _("no channel")


def tasks_in(calendar: Calendar, row: int, week: date) -> list[TaskRow]:
    """The tasks of a member that are due in a week; of the team those that nobody has."""
    refs = _nobodys(calendar, week) if row == TEAM else calendar.tasks_of(row, week)
    rows = [_task_row(calendar, ref) for ref in refs]
    return sorted(rows, key=lambda found: (found.due, found.ref.post, TASK_KINDS.index(found.ref.kind)))


def _task_row(calendar: Calendar, ref: TaskRef) -> TaskRow:
    post, task = calendar.posts[ref.post], calendar.task(ref)
    who = calendar.members.get(task.member or 0)
    minutes = minutes_of(who, post, ref.kind) if who else task.effort
    return TaskRow(ref, calendar.window(post, task)[1], minutes)


def _nobodys(calendar: Calendar, week: date) -> Iterator[TaskRef]:
    """What is still to do, due in a week, and nobody's: looked for among the posts around it."""
    steps = (step for workflow in calendar.workflows.values() for step in workflow.steps.values())
    # Windows are in working days: twice as many days and a holiday season hold them.
    reach = timedelta(days=2 * max((abs(step.closes) for step in steps), default=0) + 14)
    zone, timeline = zone_of(calendar.team.zone), calendar.index.timeline
    start, end = day_bounds(week, zone)[0] - reach, day_bounds(week + WEEK, zone)[0] + reach
    for _instant, id in timeline[bisect_left(timeline, (start, 0)) : bisect_left(timeline, (end, 0))]:
        post = calendar.posts[id]
        for kind, task in post.tasks.items():
            ref, is_nobodys = TaskRef(id, kind), task.member is None
            if is_nobodys and is_to_do(post, ref) and week <= calendar.window(post, task)[1] < week + WEEK:
                yield ref


def _is_here(who: Member, week: date) -> bool:
    return any(who.is_active(week + n * DAY) for n in range(7))


def _by_name(who: Member) -> str:
    return who.name.casefold()
