"""What could cure the first thing that is open: everything that is tried, each time by planning it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from cadence.insight.expansion import expand
from cadence.insight.warnings.promise import drops_a_day, thinner
from cadence.insight.warnings.ways import command, title_text
from cadence.insight.words import day_text, minutes_text, span_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import Pause, Rhythm
from cadence.model.team import Member, Skill, TaskKind
from cadence.model.times import DAY, say_minutes
from cadence.model.words import the_task
from cadence.planner.problem import Problem, Task
from cadence.planner.sustaining.capacity import promise_problem
from cadence.planner.sustaining.trial import Clock, Verdict, judge, without_answering
from cadence.planner.sustaining.ways import ORDER, Cure, Period, Way

STEP, MOST_MINUTES = 5, 600
"""Extra minutes a week are looked for in such steps, up to so many."""
MOST_WAYS = 3
"""So many ways of each sort are told."""
FEWEST_SLOTS = 2
"""A rhythm with fewer slots in the period is no rhythm: it is paused instead."""


def problem_of(calendar: Calendar, period: Period) -> Problem:
    """What is due in a period."""
    return promise_problem(calendar, period.first, period.last, period.now)


class Trials:
    """What could cure the first thing that is open."""

    def __init__(self, calendar: Calendar, period: Period, verdict: Verdict, clock: Clock) -> None:
        first = min(verdict.open, key=lambda task: (task.closes, task.day, task.id))
        self._calendar, self._period, self._clock = calendar, period, clock
        self._before = verdict
        self._channel = calendar.channel(first.channel)
        self._kind: TaskKind = first.kind
        self._open = [task for task in verdict.open if self._is_like(task, first)]
        self._ignored = {task.id for task in verdict.open} - {task.id for task in self._open}

    def _is_like(self, task: Task, first: Task) -> bool:
        """Whether one way might cure both: a day on which nobody works is a case of its own."""
        is_working_day = self._calendar.team.is_working_day
        if not (is_working_day(task.day) and is_working_day(first.day)):
            return task.id == first.id
        return (task.channel, task.kind) == (first.channel, first.kind)

    def cure(self) -> Cure:
        sources = (self._moves(), self._minutes(), self._skills(), self._promises())
        found = [way for source in sources for way in source]
        found.sort(key=lambda way: way.order)
        chosen = [way for kind in ORDER for way in [w for w in found if w.kind == kind][:MOST_WAYS]]
        priced = sorted(map(self._priced, chosen), key=lambda way: way.order)
        return Cure(self._channel.name, self._kind, len(self._open), tuple(priced))

    def _cures(self, calendar: Calendar) -> bool:
        """Whether that leaves nothing of it open, nor anything else instead."""
        if self._clock.is_over:
            return False
        problem = without_answering(problem_of(calendar, self._period))
        tasks = tuple(task for task in problem.tasks if task.id not in self._ignored)
        return not judge(replace(problem, tasks=tasks), self._clock, most_open=0).open

    def _priced(self, way: Way) -> Way:
        """With what partners cost more then: staff could do it without, and may do even better."""
        cost = judge(problem_of(way.calendar, self._period), self._clock, cheapest=True).cost
        more = self._period.a_month(cost - self._before.cost)
        return way if way.kind == "promise" else dataclasses.replace(way, cents=max(0, more))

    # A day on which nobody works

    def _moves(self) -> Iterator[Way]:
        """The posts go out on the next working day instead."""
        team, posts = self._calendar.team, list[Post]()
        for task in self._open:
            if not task.post.isdecimal() or team.is_working_day(task.day):
                return
            post = self._calendar.posts[int(task.post)]
            days = (team.shift_working_days(task.day, 1) - task.day).days
            posts.append(replace(post, at=post.at + days * DAY))
        moved = self._calendar.put(*posts)
        if self._cures(moved):
            to = ", ".join(
                _("{post} goes out on {day}", post=title_text(post), day=day_text(post.at.date()))
                for post in posts
            )
            lines = (command("post", "move", post.id, f"{post.at:%Y-%m-%dT%H:%M}") for post in posts)
            yield Way("move", to, " && ".join(lines), moved)

    # More time

    def _minutes(self) -> Iterator[Way]:
        for who in self._calendar.members.values():
            minutes = _least(lambda extra, who=who: self._cures(self._with_minutes(who, extra)))
            if minutes is not None:
                allowance = who.allowance + minutes
                yield Way(
                    "partner" if who.kind == "partner" else "minutes",
                    _(
                        "{who} gives {minutes} a week instead of {now}",
                        who=who.name,
                        minutes=minutes_text(allowance),
                        now=minutes_text(who.allowance),
                    ),
                    command("member", "edit", who.name, "--allowance", say_minutes(allowance)),
                    self._with_minutes(who, minutes),
                    minutes=0 if who.kind == "partner" else minutes,
                    about=who.name,
                )

    def _with_minutes(self, who: Member, minutes: int) -> Calendar:
        return self._calendar.put(replace(who, allowance=who.allowance + minutes))

    # More people

    def _skills(self) -> Iterator[Way]:
        """Somebody learns it, or a partner does it too."""
        channel = self._channel
        for who in self._calendar.members.values():
            if who.level_for(self._kind, channel.id) is not None:
                continue
            outside = who.kind == "partner"
            skill = Skill(self._kind, channel.id, "able" if outside else "learning")
            after = self._calendar.put(replace(who, skills=(*who.skills, skill)))
            if self._cures(after):
                ref = f"{self._kind}:{channel.name}:{skill.level}"
                line = command("member", "edit", who.name, "--add-skill", ref)
                text, kind = self._skill_text(who), "partner" if outside else "skill"
                yield Way(kind, text, line, after, about=who.name)

    def _skill_text(self, who: Member) -> str:
        task, channel = the_task(self._kind), self._channel.name
        if who.kind == "partner":
            return _(
                "{who} takes over {task} for {channel} where needed", who=who.name, task=task, channel=channel
            )
        return _("{who} learns {task} for {channel}", who=who.name, task=task, channel=channel)

    # A smaller promise

    def _promises(self) -> Iterator[Way]:
        """The channel's own rhythms, and those that cost most, thinner and thinner; at last a pause."""
        channels = self._calendar.channels
        rhythms = [r for r in self._calendar.rhythms.values() if not channels[r.channel].retired]
        rhythms.sort(key=lambda rhythm: (rhythm.channel != self._channel.id, rhythm.id))
        for rhythm in rhythms:
            way = next(filter(lambda way: self._cures(way.calendar), self._smaller(rhythm)), None)
            if way is not None:
                yield way

    def _smaller(self, rhythm: Rhythm) -> Iterator[Way]:
        name = self._calendar.channels[rhythm.channel].name
        start = max(self._period.first, self._period.now.date())
        holidays = self._calendar.team.holidays
        if not rhythm.skip_holidays and any(task.day in holidays for task in self._open):
            line = command("rhythm", "edit", rhythm.id, "--skip-holidays")
            after = replace(rhythm, skip_holidays=True)
            yield self._promise(rhythm, after, _("{channel} skips public holidays", channel=name), line)
        less, said, before = thinner(rhythm.rrule), "", rhythm.rrule
        while less is not None:
            rule, words = less
            thin = replace(rhythm, rrule=rule)
            if len(self._slots(self._calendar.put(thin), thin)) < FEWEST_SLOTS:
                break
            is_more = said and drops_a_day(before, rule)
            said = _("{less} and {more}", less=said, more=words) if is_more else words
            line = command("rhythm", "edit", rhythm.id, "--rrule", rule, "--from", start)
            text = _("{channel} {less}", channel=name, less=said)
            yield self._promise(rhythm, thin, text, line)
            less, before = thinner(rule), rule
        days = [task.day for task in self._open]
        pause = Pause(min(days), max(days))
        text = _("{channel} pauses {span}", channel=name, span=span_text(pause.first, pause.last))
        line = command("rhythm", "pause", rhythm.id, pause.first, pause.last)
        yield self._promise(rhythm, replace(rhythm, pauses=(*rhythm.pauses, pause)), text, line)

    def _promise(self, old: Rhythm, new: Rhythm, text: str, line: str) -> Way:
        """What is planned on slots that are gone does not go out either."""
        after = self._calendar.put(new)
        before, kept = self._slots(self._calendar, old), self._slots(after, new)
        gone = [
            post
            for post in self._calendar.posts.values()
            if post.is_open and post.slot in before and post.slot not in kept
        ]
        fewer = (len(before) - len(kept)) * 4 / self._period.weeks
        calendar, name = after.without(*gone) if gone else after, after.channels[new.channel].name
        return Way("promise", text, line, calendar, posts=round(fewer, 2), about=name)

    def _slots(self, calendar: Calendar, rhythm: Rhythm) -> set[object]:
        found = expand(calendar, rhythm, self._period.first, self._period.last)
        return {slot.key for slot in found if not slot.paused}


def _least(cures: Callable[[int], bool]) -> int | None:
    """The fewest extra minutes that cure; None if not even the most do."""
    if not cures(MOST_MINUTES):
        return None
    low, high = 0, MOST_MINUTES // STEP
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if cures(middle * STEP) else (middle, high)
    return high * STEP
