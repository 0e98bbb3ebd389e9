"""Who could take a task: everyone, ranked, with what it means for them, or what stands in the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from cadence.insight.capacity import Load, Workload
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.team import Member, TaskKind, days_between
from cadence.model.times import week_start
from cadence.planner.bridge.building import around
from cadence.planner.bridge.places import Place, id_of
from cadence.planner.explaining.obstacles import no_skill_text
from cadence.planner.explaining.ranking import Order, besides, order, reason_text, taste
from cadence.planner.explaining.reasons import TIME_RULES, Reason, why_not_able
from cadence.planner.solving.core import compile_problem
from cadence.planner.solving.roster import Roster


@dataclass(frozen=True)
class Candidate:
    """A member who does not have the task. Loads are of the week in which it is due; `share_before` and
    `share_after` are whole percents over the weeks around it.

    `able`: nothing forbids it; who would have too much is able too, and `over` says by how many minutes.
    `minutes`: what it takes them. `reason` says what taking it means (`besides`: without the figures), `note`
    what they know of it; `obstacle` why it is not possible. `cost_cents`: what a partner asks. `free`:
    minutes of their working hours that absences and the day job leave them on the task's days; `short`:
    minutes missing there.
    """

    member: int
    before: Load
    after: Load
    minutes: int
    reason: str
    besides: tuple[str, ...] = ()
    note: str = ""
    able: bool = True
    obstacle: str = ""
    cost_cents: int = 0
    free: int = 0
    short: int = 0
    share_before: int = 0
    share_after: int = 0

    @property
    def over(self) -> int:
        return max(self.after.over, self.short)


def candidates(calendar: Calendar, place: Place, now: datetime) -> list[Candidate]:
    """Everyone but the one who has the task: those whom it fits first, then those who would have too much,
    then those who cannot. NotFound if there is no such task, or nothing is left to do about it."""
    return Shortlist(calendar, place, now).candidates()


class Shortlist:
    """One task of a calendar, with everybody who might take it; the others keep what they have."""

    def __init__(self, calendar: Calendar, place: Place, now: datetime) -> None:
        if isinstance(place, TaskRef):
            calendar.task(place)
        problem = around(calendar, place, now)
        self.calendar = calendar
        self.place = place
        self.core = compile_problem(problem)
        self.roster = Roster(self.core)
        """Nobody has the task in it."""
        self.task = [task.id for task in problem.tasks].index(id_of(calendar, place))
        self.what = problem.tasks[self.task]
        self._numbers = {member.name: number for number, member in enumerate(problem.members)}
        self.workload = Workload(calendar)

    def number(self, member: Member) -> int | None:
        """Which member of the problem that is; None: they are not here in these weeks."""
        return self._numbers.get(member.name)

    def candidates(self) -> list[Candidate]:
        """Everyone but the one who has the task, as they rank."""
        everyone = (who for who in self.calendar.members.values() if who.name != self.what.member)
        ranked = sorted((self._ranked(who) for who in everyone), key=lambda found: found[0])
        return [candidate for _, candidate in ranked]

    def _ranked(self, who: Member) -> tuple[tuple[bool, bool, Order], Candidate]:
        found = self.candidate(who)
        level = who.level_for(self.what.kind, self.channel)
        tastes = taste(who, level, self.what.topic, is_author=who.name == self.author)
        place = order(who, found.before, found.minutes, tastes, found.short)
        if found.able:
            return (False, False, place), found
        # Of those who cannot, how much time they would have says nothing.
        return (True, place.is_partner, place._replace(over=0, cost=0, share=0, taste=0)), found

    def candidate(self, who: Member) -> Candidate:
        """What taking the task means for somebody."""
        number = self.number(who)
        missing = None if number is None else why_not_able(self.core, self.roster, self.task, number)
        obstacle = self._obstacle(who, number, missing)
        minutes = who.minutes_for(self.what.kind, self.channel, self.what.effort)
        before = self.workload.of(who.id, self.week)
        after = before.plus(minutes)
        level = who.level_for(self.what.kind, self.channel)
        return Candidate(
            member=who.id,
            before=before,
            after=after,
            minutes=minutes,
            reason=reason_text(who, after, minutes, level, missing),
            besides=besides(who, after, minutes, level, missing),
            note="" if obstacle else self._note(who),
            able=not obstacle,
            obstacle=obstacle,
            cost_cents=who.cost_of(minutes),
            free=self._free(who),
            short=0 if obstacle or missing is None else missing.short,
            share_before=self._share(number, 0),
            share_after=self._share(number, minutes),
        )

    def _obstacle(self, who: Member, number: int | None, missing: Reason | None) -> str:
        """What no time would cure. Who is away has no time either, but that is why."""
        if number is None and who.level_for(self.what.kind, self.channel) is None:
            return no_skill_text(self.what.kind, self.what.channel)
        if missing is None and number is not None:
            return ""
        if missing and missing.rule not in TIME_RULES:
            return missing.text
        return self.workload.diary(who.id).why_away(self.what.opens, self.what.closes)

    def _free(self, who: Member) -> int:
        diary = self.workload.diary(who.id)
        return sum(diary.free(day) for day in days_between(self.what.opens, self.what.closes))

    def _share(self, number: int | None, more: int) -> int:
        return 0 if number is None else self.core.share(number, self.roster.minutes[number] + more)

    @cached_property
    def channel(self) -> int:
        if isinstance(self.place, TaskRef):
            return self.calendar.posts[self.place.post].channel
        return self.calendar.rhythms[self.place.slot.rhythm].channel

    @cached_property
    def week(self) -> date:
        """The week in which the task is due, for which its minutes count."""
        due = self.what.closes
        if isinstance(self.place, TaskRef):
            due = self.calendar.window(self.calendar.posts[self.place.post], self.calendar.task(self.place))[
                1
            ]
        return week_start(due, self.calendar.team.week_begins)

    # What they know

    @cached_property
    def author(self) -> str | None:
        """Who wrote the post, if this is its answering."""
        drafts = (draft for draft, answer in self.core.answers if answer == self.task)
        owners = (self.roster.owner[draft] for draft in drafts)
        return next((self.core.problem.members[owner].name for owner in owners if owner >= 0), None)

    @cached_property
    def _done(self) -> Counter[int]:
        """How often each member has done such a task on the channel."""
        kind = self.what.kind
        tasks = (post.tasks.get(kind) for post in self.calendar.posts_of(self.channel))
        return Counter(task.done_by for task in tasks if task and task.done_by is not None)

    def _note(self, who: Member) -> str:
        """`reviewed 3 of this channel`, and the like."""
        if who.name == self.author:
            return _("wrote the draft: also answers")
        if times := self._done[who.id]:
            return _has_done(self.what.kind, times)
        guides = (self.calendar.members.get(id) for id, _times in self._done.most_common())
        guide = next((one.name for one in guides if one and one.is_active(self.what.closes)), "")
        return _first_time(self.what.kind, guide) if guide else ""


def _has_done(kind: TaskKind, times: int) -> str:
    match kind:
        case "draft":
            return n_("written {number} of this channel", "written {number} of this channel", times)
        case "design":
            return n_("designed {number} of this channel", "designed {number} of this channel", times)
        case "review":
            return n_("reviewed {number} of this channel", "reviewed {number} of this channel", times)
        case "publish":
            return n_("published {number} of this channel", "published {number} of this channel", times)
        case "engage":
            return n_("answered {number} of this channel", "answered {number} of this channel", times)


def _first_time(kind: TaskKind, guide: str) -> str:
    match kind:
        case "draft":
            return _("has not written yet: pair with {who}?", who=guide)
        case "design":
            return _("has not designed yet: pair with {who}?", who=guide)
        case "review":
            return _("has not reviewed yet: pair with {who}?", who=guide)
        case "publish":
            return _("has not published yet: pair with {who}?", who=guide)
        case "engage":
            return _("has not answered yet: pair with {who}?", who=guide)
