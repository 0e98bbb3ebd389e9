"""Why somebody cannot take a task: the first rule that fails, with its numbers and in words."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from cadence.insight.words import day_text, list_text, minutes_text, posts_text, span_text
from cadence.language import _, later, n_
from cadence.model.words import the_task
from cadence.planner.explaining.obstacles import BARRED, no_skill_text
from cadence.planner.explaining.slack import Slack, slack
from cadence.planner.solving.core import NOBODY, Core
from cadence.planner.solving.days import Piece
from cadence.planner.solving.roster import Roster

Rule = Literal["fixed", "skill", "barred", "review", "posts", "spacing", "week", "days"]
TIME_RULES = ("week", "days")
"""What more time would cure."""
LONGEST = 160
"""Characters that a sentence about everybody has at most, about."""


@dataclass(frozen=True)
class Reason:
    """`text` without its subject: `no review skill on Blog`; `verb` is what comes between the two. `short`:
    the minutes that are missing for the rules of time, else 0; `brief`: the text without more figures,
    which few ask for."""

    rule: Rule
    text: str
    verb: Literal["", "has", "have", "is", "are", "may"] = ""
    short: int = 0
    brief: Callable[[], str] | None = field(default=None, compare=False)

    def sentence(self, name: str) -> str:
        """`Sara has no review skill on Blog`."""
        return self._said_of(name, self.text)

    def brief_sentence(self, name: str) -> str:
        """`Sara is 20′ short in the week of Mon 23 Nov`."""
        return self._said_of(name, self.brief() if self.brief else self.text)

    def _said_of(self, name: str, text: str) -> str:
        if self.rule in TIME_RULES:
            return _(_OF_TIME[self.verb], who=name, time=text)
        return _(_OF_RULES[self.verb], who=name, text=text)

    @property
    def of_several(self) -> Reason:
        """As it is said of more than one."""
        return replace(self, verb="have" if self.verb == "has" else "are" if self.verb == "is" else self.verb)


_OF_RULES: Mapping[str, str] = {
    "": later("{who} {text}"),
    "has": later("{who} has {text}"),
    "have": later("{who} have {text}"),
    "is": later("{who} is {text}"),
    "are": later("{who} are {text}"),
    "may": later("{who} may {text}"),
}
_OF_TIME: Mapping[str, str] = {
    "has": later("{who} has {time}"),
    "have": later("{who} have {time}"),
    "is": later("{who} is {time}"),
    "are": later("{who} are {time}"),
}


def why_not_able(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    """The first rule that keeps a member from a task that nobody has, with all that they have; None: it fits.

    What no time would cure comes first.
    """
    for rule in (_settled, _unable, _own_review, _crowded, _close, _absent, _short_week, _short_days):
        if reason := rule(core, roster, task, member):
            return reason
    return None


@contextmanager
def nobody_has(roster: Roster, task: int) -> Generator[None]:
    """A look at a roster in which nobody has a task; afterwards all is as before."""
    holder = roster.owner[task]
    if holder == NOBODY:
        yield
        return
    roster.take(task)
    try:
        yield
    finally:
        roster.give(task, holder)


# Rules that no time would cure


def _settled(core: Core, _roster: Roster, task: int, member: int) -> Reason | None:
    if not core.fixed[task] or core.held[task] == member:
        return None
    holder = _name(core, core.held[task])
    return Reason("fixed", _("not have it: it stays with {who}", who=holder), "may")


def _unable(core: Core, _roster: Roster, task: int, member: int) -> Reason | None:
    if member in core.options[task]:
        return None
    what, name = core.problem.tasks[task], _name(core, member)
    if what.terms is not None and name not in what.terms:
        return Reason("skill", _("not among those who can do it"), "is")
    if what.terms is None and core.problem.members[member].level_for(what.kind, what.channel) is None:
        return Reason("skill", no_skill_text(what.kind, what.channel), "has")
    if what.kind in BARRED:
        return Reason("barred", _(BARRED[what.kind]))
    return Reason("barred", _("not have it"), "may")


def _own_review(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    if all(roster.owner[rival] != member for rival in core.rivals[task]):
        return None
    return Reason("review", _(BARRED[core.problem.tasks[task].kind]))


def _crowded(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    going_out = core.going_out[task]
    limit = core.limit(member, going_out[1]) if going_out else None
    if going_out is None or limit is None:
        return None
    week = going_out[1]
    posts = sum(out is not None and out[1] == week for out in _others(core, roster, task, member))
    if posts < limit:
        return None
    return Reason("posts", crowded_text(posts, limit, core.problem.week_start(week)))


def _close(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    going_out, wanted = core.going_out[task], core.spacing(member)
    if going_out is None or not wanted:
        return None
    gaps = [abs(out[0] - going_out[0]) for out in _others(core, roster, task, member) if out is not None]
    nearest = min(gaps, default=wanted)
    return Reason("spacing", close_text(nearest, wanted)) if nearest < wanted else None


def _others(core: Core, roster: Roster, task: int, member: int) -> Iterator[tuple[int, int] | None]:
    return (core.going_out[other] for other in roster.tasks_of[member] if other != task)


def crowded_text(posts: int, limit: int, week: date) -> str:
    """An author has as many posts in a week as they want."""
    if not limit:
        return _("wants to write no posts")
    return _(
        "writes {posts} in the week of {day}, wants {limit} at most",
        posts=posts_text(posts),
        day=day_text(week),
        limit=limit,
    )


def close_text(days: int, wanted: int) -> str:
    """An author's posts go out too soon one after another."""
    if not days:
        return _("writes another post of that day, wants {wanted} days between", wanted=wanted)
    return n_(
        "has another post {number} day away, wants {wanted}",
        "has another post {number} days away, wants {wanted}",
        days,
        wanted=wanted,
    )


# Time


def _absent(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    """Nothing is free on any day: whatever else is missing, that is why."""
    first, last = core.opens[task], core.closes[task]
    if any(core.problem.members[member].free[first : last + 1]) or roster.fits(task, member):
        return None
    return short_of_days(core.options[task][member][0], None, core.problem.start, (first, last))


def _short_week(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    minutes, week = core.options[task][member][0], core.week[task]
    if roster.used[member][week] + minutes <= core.room[member][week]:
        return None
    gives, has = week_of(core, roster, member, week)
    short, when = has + minutes - gives, day_text(core.problem.week_start(week))
    text = _(
        "{short} short in the week of {day} (gives {gives}, has {has})",
        short=minutes_text(short),
        day=when,
        gives=minutes_text(gives),
        has=minutes_text(has),
    )
    return Reason("week", text, "is", short, lambda: _brief_week(short, when))


def _brief_week(short: int, week: str) -> str:
    return _("{short} short in the week of {day}", short=minutes_text(short), day=week)


def week_of(core: Core, roster: Roster, member: int, week: int) -> tuple[int, int]:
    """What a member gives in a week, and what they have in it, in minutes."""
    who = core.problem.members[member]
    return who.capacity[week], roster.used[member][week] + (who.taken[week] if who.taken else 0)


def _short_days(core: Core, roster: Roster, task: int, member: int) -> Reason | None:
    if roster.fits(task, member):
        return None
    left, window = days_left(core, roster, task, member), (core.opens[task], core.closes[task])
    return short_of_days(core.options[task][member][0], left, core.problem.start, window)


def short_of_days(minutes: int, left: Slack | None, start: date, window: tuple[int, int]) -> Reason:
    """What is missing on the days of a task that takes more minutes than are left; days are counted from
    `start`. `left` None: nothing is free at all on them."""
    if left is None:
        return Reason("days", _("no free minutes {span}", span=_span(start, *window)), "has", minutes)
    short, span = minutes - left.minutes, _span(start, left.first, left.last)
    text = _(
        "{short} short {span} ({free} free, {needed} to do)",
        short=minutes_text(short),
        span=span,
        free=minutes_text(left.free),
        needed=minutes_text(left.needed),
    )
    return Reason("days", text, "is", short, lambda: _brief_days(short, span))


def _brief_days(short: int, span: str) -> str:
    return _("{short} short {span}", short=minutes_text(short), span=span)


def days_left(core: Core, roster: Roster, task: int, member: int, *, granted: bool = False) -> Slack:
    """How much more a member could do on the days of a task, and which days allow no more; less than nothing
    where they have too much already. `granted`: with the minutes that fixed tasks need beyond what is
    free."""
    work = [
        Piece(core.opens[t], core.closes[t], core.options[t][member][0], t)
        for t in roster.tasks_of[member]
        if t != task
    ]
    days = core.free[member] if granted else core.problem.members[member].free
    until = [0, *accumulate(days)]
    return slack(
        lambda first, last: until[last + 1] - until[first], work, core.opens[task], core.closes[task]
    )


def _span(start: date, first: int, last: int) -> str:
    return span_text(start + timedelta(days=first), start + timedelta(days=last))


def _name(core: Core, member: int) -> str:
    return core.problem.members[member].name


# Everybody


def why_nobody(core: Core, roster: Roster, task: int) -> str:
    """Why nobody has a task, in one sentence of about 160 characters at most: who is nearest to it first."""
    with nobody_has(roster, task):
        found = {member: why_not_able(core, roster, task, member) for member in core.members}
    if fitting := [_name(core, member) for member, reason in found.items() if reason is None]:
        return _("nobody has been given it yet; it would fit {names}", names=_names(fitting))
    reasons = {_name(core, member): reason for member, reason in found.items() if reason}
    if not reasons:
        return _("there is nobody in the team")
    what = core.problem.tasks[task]
    if what.terms is None and all(reason.rule == "skill" for reason in reasons.values()):
        return _("nobody can do {task} on {channel}", task=the_task(what.kind), channel=what.channel)
    is_time = any(reason.rule in TIME_RULES for reason in reasons.values())
    lead = _("nobody has time") if is_time else _("nobody may have it")
    return _shortened(lead, list(_clauses(reasons)), len(reasons))


def _clauses(reasons: Mapping[str, Reason]) -> Iterator[tuple[int, str]]:
    """How many people and what is said of them: who is short of the fewest minutes first."""
    near = sorted((r.short, name) for name, r in reasons.items() if r.rule in TIME_RULES)
    for _short, name in near:
        yield 1, reasons[name].brief_sentence(name)
    alike: dict[tuple[Rule, str], list[str]] = {}
    for name, reason in reasons.items():
        if reason.rule not in TIME_RULES:
            alike.setdefault((reason.rule, reason.text), []).append(name)
    for names in sorted(alike.values(), key=lambda names: (reasons[names[0]].rule == "skill", names)):
        reason = reasons[names[0]]
        yield len(names), (reason if len(names) == 1 else reason.of_several).sentence(_names(names))


def _names(names: list[str]) -> str:
    """`Anna`, `Anna and Luca`, `Anna and 4 others`."""
    if len(names) < 3:
        return list_text(names)
    return n_("{who} and {number} other", "{who} and {number} others", len(names) - 1, who=names[0])


def _shortened(lead: str, clauses: Iterable[tuple[int, str]], everybody: int) -> str:
    """As many clauses as there is room for, and how many people are left."""
    said, told = lead, 0
    for people, clause in clauses:
        longer = f"{said}{'; ' if told else ': '}{clause}"
        if told and len(_and_others(longer, everybody - told - people)) > LONGEST:
            break
        said, told = longer, told + people
    return _and_others(said, everybody - told)


def _and_others(said: str, count: int) -> str:
    return (
        n_("{said}; and {number} other", "{said}; and {number} others", count, said=said) if count else said
    )
