"""`quiet-team`: too few colleagues gave an idea or a boost in the last four weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from math import ceil

from cadence.insight.boosting import can_be_asked_for, could_ask, open_boosts
from cadence.insight.participation import Deed, enrolled_in, gave
from cadence.insight.warnings import ways
from cadence.insight.warnings.finding import Warning, WayOut
from cadence.insight.warnings.scene import LOOK_BACK, Scene
from cadence.insight.words import day_text, list_text, share_text
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.post import BOOST_MINUTES
from cadence.model.team import Member
from cadence.model.times import to_local, zone_of

ONE_IN = 3
"""Where fewer than one in three takes part a few carry the rest: when those are away, nothing is left."""


def quiet_team(scene: Scene) -> Iterator[Warning]:
    """Fewer than a third of the colleagues gave an idea or a boost in the last four weeks. Not in a team of
    one, nor in a calendar that is younger."""
    calendar, now = scene.calendar, scene.now
    begins = now - LOOK_BACK
    enrolled = {member.id: member for member in enrolled_in(calendar, begins, now)}
    enough = ceil(len(enrolled) / ONE_IN)
    deeds = [deed for deed in gave(calendar) if deed.member in enrolled and deed.at < now]
    active = {deed.member for deed in deeds if deed.at >= begins}
    if len(enrolled) < 2 or len(active) >= enough or (begun := _begun(calendar)) > begins:
        return
    silent = [m for m in enrolled.values() if m.id not in active and m.is_active(scene.today)]
    silent.sort(key=lambda member: member.name.casefold())
    yield Warning(
        key="quiet-team",
        rule="quiet-team",
        severity="low" if active else "medium",
        channel=None,
        post=None,
        task=None,
        member=None,
        at=None,
        since=_since(deeds, enough, begun),
        cause=_cause(scene, len(active), len(enrolled), silent),
        ways_out=tuple(_ways_out(scene, silent)),
    )


def _begun(calendar: Calendar) -> datetime:
    """A moment at which the calendar was there already: when what was left alone longest was written."""
    tables = (calendar.members, calendar.channels, calendar.workflows, calendar.rhythms, calendar.posts)
    return min(value.modified for value in chain.from_iterable(table.values() for table in tables))


def _since(deeds: Sequence[Deed], enough: int, begun: datetime) -> datetime:
    """When the last four weeks ended in which enough people gave something; `deeds` are in order of time."""
    since, ahead, inside = begun + LOOK_BACK, 0, Counter[int]()
    for at, member in deeds:
        while ahead < len(deeds) and deeds[ahead].at < at + LOOK_BACK:
            inside[deeds[ahead].member] += 1
            ahead += 1
        if len(inside) >= enough:
            since = max(since, at + LOOK_BACK)
        inside[member] -= 1
        if not inside[member]:
            del inside[member]
    return since


def _cause(scene: Scene, active: int, enrolled: int, silent: Sequence[Member]) -> str:
    first = to_local(scene.now - LOOK_BACK, zone_of(scene.calendar.team.zone)).date()
    if not active:
        return _(
            "None of {enrolled} colleagues gave an idea or a boost since {day}",
            enrolled=enrolled,
            day=day_text(first),
        )
    gave = n_(
        "{number} of {enrolled} colleagues ({share}) gave an idea or a boost since {day}",
        "{number} of {enrolled} colleagues ({share}) gave an idea or a boost since {day}",
        active,
        enrolled=enrolled,
        share=share_text(active / enrolled),
        day=day_text(first),
    )
    if not silent:
        return gave
    names = list_text(member.name for member in silent)
    return n_(
        "{some_gave}; {names} gave neither",
        "{some_gave}; {names} gave neither",
        len(silent),
        some_gave=gave,
        names=names,
    )


def _ways_out(scene: Scene, silent: Sequence[Member]) -> Iterator[WayOut]:
    """What somebody was asked to boost and has not, and who else could be asked: first who gave nothing."""
    calendar, today = scene.calendar, scene.today
    ids = {member.id for member in silent}
    asked = [boost for boost in open_boosts(calendar, today) if boost.day <= today]
    for boost in sorted(asked, key=lambda boost: boost.member not in ids)[: ways.SUGGESTED]:
        yield ways.boost(calendar.posts[boost.post], calendar.members[boost.member], boost.day)
    out = (post for post in calendar.posts.values() if post.state == "published" and post.link)
    newest = max(out, key=calendar.instant, default=None)
    if newest and can_be_asked_for(calendar, newest, scene.now):
        for ask in could_ask(calendar, newest, silent, scene.now)[: ways.SUGGESTED]:
            after = scene.workload.of(ask.member, scene.week(ask.day)).plus(BOOST_MINUTES)
            yield ways.ask_boost(newest, calendar.members[ask.member], ask.day, after)
