"""Whom to teach what: what one more skill, as a learner, adds to what the team can hold.

Every member and every kind of task on every channel that they cannot do yet is tried. Counting and the greedy
plan sort out most; the solver has the last word on those that could add something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from cadence.model.team import Channel, TaskKind
from cadence.model.times import WEEKS_A_MONTH
from cadence.planner.problem import Member, Problem, Skill
from cadence.planner.sustaining.steady import Stage
from cadence.planner.sustaining.sustain import Densest, Sustain
from cadence.planner.sustaining.trial import Clock, Verdict, judge

FINALISTS = 8
"""So many are looked at closely: how much denser their channel could be."""


@dataclass(frozen=True)
class Training:
    """What teaching `member` a kind of task on a channel adds. `covers`: tasks that posts need and that
    nobody can do now; `answers`: posts more that are answered; `saves`: cents for partners a month, 0 unless
    as much is covered as before. `before`, `after`: the densest that the channel can be beside the others, in
    posts in four weeks. `able`: how many colleagues can do it now."""

    member: str
    channel: str
    task: TaskKind
    covers: int
    answers: int
    saves: int
    before: int
    after: int
    able: int

    @property
    def denser(self) -> int:
        return self.after - self.before

    @property
    def relieves(self) -> bool:
        """Whether it no longer rests on one person, or on nobody."""
        return self.able < 2

    @property
    def adds_something(self) -> bool:
        return bool(self.covers or self.answers or self.saves or self.denser or self.relieves)

    @property
    def order(self) -> tuple[object, ...]:
        """Keeping the promise comes first, then money, then not resting on one person, then density."""
        gains = (-self.covers, -self.answers, -self.saves, min(self.able, 2), -self.denser)
        return *gains, self.channel, self.task, self.member


def trainings(stage: Stage, clock: Clock) -> list[Training]:
    """What each training adds, the most useful first; those that add nothing are left out."""
    return _Trainings(stage, clock).ranked()


class _Trainings:
    def __init__(self, stage: Stage, clock: Clock) -> None:
        self._stage, self._clock = stage, clock
        self._sustain = Sustain(stage, clock)
        self._problem = stage.problem()
        self._now = judge(self._problem, clock, cheapest=True)
        self._limits = {
            channel.id: self._sustain.densest(channel.id, {}, partners=True) for channel in stage.channels
        }

    def ranked(self) -> list[Training]:
        found = sorted((self._screened(*one) for one in self._candidates()), key=lambda t: t.order)
        closer = [self._closer(training) for training in found[:FINALISTS]]
        return sorted((t for t in (*closer, *found[FINALISTS:]) if t.adds_something), key=lambda t: t.order)

    def _candidates(self) -> Iterator[tuple[Member, Channel, TaskKind]]:
        """Colleagues who have some time, and what they cannot do yet."""
        workflows = self._stage.calendar.workflows
        for channel in self._stage.channels:
            for kind in workflows[channel.workflow or 0].steps:
                for member in self._problem.members:
                    is_new = member.level_for(kind, channel.name) is None
                    if member.kind == "staff" and is_new and self._is_there(member):
                        yield member, channel, kind

    def _is_there(self, member: Member) -> bool:
        """Whether somebody gives time in the last of the weeks: who leaves before is not taught any more."""
        return member.capacity[self._problem.week_of(self._stage.last)] > 0

    def _screened(self, member: Member, channel: Channel, kind: TaskKind) -> Training:
        """What it adds to the promise as it is; whether a denser one is worth looking at is seen from the
        next density alone."""
        skill = Skill(kind, channel.name, "learning")
        covers, answers, saves = self._gains(member, skill)
        limit = self._limits[channel.id]
        return Training(
            member=member.name,
            channel=channel.name,
            task=kind,
            covers=covers,
            answers=answers,
            saves=saves,
            before=limit.posts,
            after=self._next_density(limit, member, skill),
            able=sum(
                one.kind == "staff" and self._is_there(one) and one.level_for(kind, channel.name) is not None
                for one in self._problem.members
            ),
        )

    def _gains(self, member: Member, skill: Skill) -> tuple[int, int, int]:
        """Tasks covered, posts answered, cents a month saved."""
        now = self._now
        by_partners = now.cost and skill.task in self._kinds_of_partners(now)
        if not (now.open or now.unanswered or by_partners):
            return 0, 0, 0
        then = judge(with_skill(self._problem, member.name, skill), self._clock, cheapest=bool(by_partners))
        covers, answers = len(now.open) - len(then.open), len(now.unanswered) - len(then.unanswered)
        same = covers == answers == 0
        saved = (now.cost - then.cost) * WEEKS_A_MONTH / self._stage.weeks if by_partners and same else 0
        return max(0, covers), answers if covers >= 0 else 0, max(0, round(saved))

    def _kinds_of_partners(self, now: Verdict) -> set[TaskKind]:
        partners = {member.name for member in self._problem.members if member.kind == "partner"}
        return {task.kind for task in now.problem.tasks if now.assignments.get(task.id) in partners}

    def _next_density(self, limit: Densest, member: Member, skill: Skill) -> int:
        """The next density if it is held with the skill, else the one that is held now."""
        if limit.problem is None:
            return limit.posts
        then = judge(with_skill(limit.problem, member.name, skill), self._clock, most_open=limit.most_open)
        held = len(then.open) <= limit.most_open
        return limit.more if held and limit.more is not None else limit.posts

    def _closer(self, training: Training) -> Training:
        """How dense the channel could be at most, for those who could make it denser at all."""
        if training.denser <= 0:
            return training
        skill = Skill(training.task, training.channel, "learning")
        channel = self._stage.calendar.channel(training.channel).id
        sustain = Sustain(self._stage, self._clock, lambda p: with_skill(p, training.member, skill))
        found = sustain.densest(channel, {}, partners=True, at_least=training.after)
        return replace(training, after=found.posts)


def with_skill(problem: Problem, member: str, skill: Skill) -> Problem:
    """The problem if somebody had one more skill."""
    members = (
        msgspec.structs.replace(one, skills=(*one.skills, skill)) if one.name == member else one
        for one in problem.members
    )
    return msgspec.structs.replace(problem, members=tuple(members))
