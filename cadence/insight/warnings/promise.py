"""`unsustainable`: the rhythms need more than the team's capacity in a week, whoever does the work.

Nobody is chosen, so that a task counts its effort and no learner's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from cadence.insight.expansion import Slot
from cadence.insight.history import ChannelHistory
from cadence.insight.memo import Memo
from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Warning, WayOut
from cadence.insight.warnings.scene import Scene
from cadence.insight.words import day_text, minutes_text
from cadence.language import _, later, n_
from cadence.model.post import Task
from cadence.model.rhythm import Rhythm
from cadence.model.team import Channel, Step
from cadence.model.times import WEEK

Needs = dict[int, dict[date, int]]
"""Minutes that each rhythm needs, by week."""


def unsustainable(scene: Scene) -> Iterator[Warning]:
    """One warning for the team, about the first such week within the horizon, however many follow."""
    needs = _needs(scene)
    bad: list[tuple[date, int, int]] = []
    for week in scene.weeks:
        needed = sum(by_week.get(week, 0) for by_week in needs.values())
        capacity = sum(scene.workload.of(id, week).capacity for id in scene.calendar.members)
        if needed > capacity:
            bad.append((week, needed, capacity))
    if not bad:
        return
    week, needed, capacity = bad[0]
    soon = week <= scene.today + 2 * WEEK
    yield Warning(
        key="unsustainable",
        rule="unsustainable",
        severity="high" if soon else "medium",
        channel=None,
        post=None,
        task=None,
        member=None,
        at=scene.begins(max(week, scene.today)),
        since=scene.noticed(scene.begins(week)),
        cause=n_(
            "The rhythms need {needed} in the week of {day}, the whole team has {capacity}; "
            "so in {bad} of {number} week",
            "The rhythms need {needed} in the week of {day}, the whole team has {capacity}; "
            "so in {bad} of {number} weeks",
            len(scene.weeks),
            needed=minutes_text(needed),
            day=day_text(week),
            capacity=minutes_text(capacity),
            bad=len(bad),
        ),
        ways_out=tuple(_ways_out(scene, needs, week, max(n - c for _, n, c in bad))),
    )


def _needs(scene: Scene) -> Needs:
    return {
        rhythm: by_week for channel in scene.channels for rhythm, by_week in _needs_of(scene, channel).items()
    }


_remembered: Memo[Needs] = Memo()


def _needs_of(scene: Scene, channel: Channel) -> Needs:
    """Remembered until a slot passes or something about the channel changes."""
    history, reach = scene.history(channel.id), _reach(scene, channel)
    start, end = scene.begins(scene.weeks[0]) - reach, scene.begins(scene.weeks[-1] + WEEK) + reach
    slots = history.line.between(start, end)
    return _remembered.get(
        channel.id,
        same=(history, scene.calendar.team, scene.calendar.workflows.get(channel.workflow or 0)),
        equal=(start, end, sum((slot.at <= scene.now) + (slot.closes <= scene.now) for slot in slots)),
        make=lambda: _count(scene, channel, history, slots),
    )


def _count(scene: Scene, channel: Channel, history: ChannelHistory, slots: list[Slot]) -> Needs:
    needs: Needs = {}
    for slot in slots:
        day, work = _work(scene, channel, history, slot)
        by_week = needs.setdefault(slot.key.rhythm, {})
        for step in work:
            week = scene.due_week(day, step.opens, step.closes)
            by_week[week] = by_week.get(week, 0) + step.effort
    return needs


def _reach(scene: Scene, channel: Channel) -> timedelta:
    """How far from its publication the work of a post may be due."""
    workflow = scene.calendar.workflows.get(channel.workflow or 0)
    days = max((abs(step.closes) for step in workflow.steps.values()), default=0) if workflow else 0
    return timedelta(days=days * 2 + 14)


def _work(
    scene: Scene, channel: Channel, history: ChannelHistory, slot: Slot
) -> tuple[date, Iterable[Task | Step]]:
    """The day of publication and the tasks of the post on a slot, or those that a new post would need. A slot
    that is over and has no post needs nothing any more."""
    id = history.post_on(slot, scene.now)
    if id is not None:
        post = scene.calendar.posts[id]
        return scene.calendar.local(post).date(), post.tasks.values()
    workflow = scene.calendar.workflows.get(channel.workflow or 0)
    is_over = slot.closes <= scene.now
    return slot.local.date(), workflow.steps.values() if workflow and not is_over else ()


def _ways_out(scene: Scene, needs: Needs, week: date, missing: int) -> Iterator[WayOut]:
    """A smaller promise on the rhythms that cost most, more of a partner, or a pause of that week."""
    costly = sorted(needs, key=lambda id: (-needs[id].get(week, 0), id))
    for id in costly[:2]:
        rhythm = scene.calendar.rhythms[id]
        if needs[id].get(week, 0) and (smaller := thinner(rhythm.rrule)):
            rrule, words = smaller
            channel = scene.calendar.channels[rhythm.channel].name
            text = _(
                "a smaller promise: {channel} {less} ({minutes} in that week now)",
                channel=channel,
                less=words,
                minutes=minutes_text(needs[id][week]),
            )
            yield ways.thin_out(rhythm, rrule, max(week, scene.today), text)
    partners = [member for member in scene.calendar.members.values() if member.kind == "partner"]
    for partner in sorted(partners, key=lambda member: (member.cost_per_hour, member.name))[:2]:
        yield ways.more_of_a_partner(partner, missing)
    if costly and needs[costly[0]].get(week, 0):
        yield _pause(scene, scene.calendar.rhythms[costly[0]], week)


def _pause(scene: Scene, rhythm: Rhythm, week: date) -> WayOut:
    channel = scene.calendar.channels[rhythm.channel].name
    text = _("agree on a pause of {channel} in the week of {day}", channel=channel, day=day_text(week))
    return ways.pause(rhythm.id, week, week + timedelta(days=6), text)


_WITHOUT = {
    "MO": later("without Mondays"),
    "TU": later("without Tuesdays"),
    "WE": later("without Wednesdays"),
    "TH": later("without Thursdays"),
    "FR": later("without Fridays"),
    "SA": later("without Saturdays"),
    "SU": later("without Sundays"),
}
_EVERY = {
    "DAILY": later("every {number} days"),
    "WEEKLY": later("every {number} weeks"),
    "MONTHLY": later("every {number} months"),
    "YEARLY": later("every {number} years"),
}


def thinner(rrule: str) -> tuple[str, str] | None:
    """A rule that asks for less, and how to say it: without its last weekday, or half as often."""
    parts = dict(part.split("=", 1) for part in rrule.upper().split(";"))
    days = parts.get("BYDAY", "").split(",")
    if len(days) > 1 and "BYSETPOS" not in parts:
        parts["BYDAY"] = ",".join(days[:-1])
        is_plain = days[-1] in _WITHOUT
        words = _(_WITHOUT[days[-1]]) if is_plain else _("without {day}", day=days[-1])
    else:
        interval = 2 * int(parts.get("INTERVAL", "1"))
        if interval > 1000:
            return None
        parts["INTERVAL"] = str(interval)
        words = _(_EVERY[parts["FREQ"]], number=interval)
    return ";".join(f"{name}={value}" for name, value in parts.items()), words


def drops_a_day(rrule: str, thinned: str) -> bool:
    """Whether `thinner` left a weekday out, and did not double the interval."""
    return thinned.count(",") < rrule.count(",")
