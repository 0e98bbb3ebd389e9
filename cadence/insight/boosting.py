"""Who is asked to boost a published post, and when; which of these asks are open; and what they could say.

docs/decisions/boosts.md has the reasons for the numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cadence.insight.capacity import Workload
from cadence.insight.words import day_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import BOOST_MINUTES, Boost, Post
from cadence.model.team import Member
from cadence.model.times import DAY, WEEK, to_local, week_start, zone_of

FEWEST, MOST = 2, 20
"""At least two colleagues are asked, however small the team; beyond twenty it is a campaign."""
SPREAD = 5
"""Working days after the publication over which its asks are spread; then it is no news any more."""
A_WEEK = 2
"""Nobody is asked more often in any seven days."""
LASTS = WEEK
"""So long an ask stays open; then it lapses, and nobody is reminded of it for ever."""


class Ask(NamedTuple):
    """A member is asked on a local day."""

    member: int
    day: date


def asks(calendar: Calendar, post: Post, now: datetime) -> list[Ask]:
    """Who is to be asked to boost a post, in order of the days; whoever has a boost of it counts as asked.

    Half of the staff, those first who were asked longest ago; each on a day on which they are here, have room
    for it in their week, and may be asked again. Nobody for a post that is not out, has no link, or is no
    news, nor in a team that asks for no boosts.
    """
    spread = _Spread(calendar, post, now)
    staff = spread.staff()
    wanted = min(MOST, max(FEWEST, (len(staff) + 1) // 2))
    found: list[Ask] = []
    for member in sorted(staff, key=spread.turn):
        if len(spread.asked) >= wanted:
            break
        if member.id not in spread.asked and (day := spread.day_for(member, most=(wanted + 1) // 2)):
            spread.take(member, day)
            found.append(Ask(member.id, day))
    return sorted(found, key=lambda ask: (ask.day, ask.member))


def could_ask(calendar: Calendar, post: Post, members: Iterable[Member], now: datetime) -> list[Ask]:
    """Who of some colleagues can be asked besides, each on the first day that suits them; left out is whoever
    has a boost of the post, or is away, without time, or asked often enough on all of the next days."""
    spread = _Spread(calendar, post, now)
    return [
        Ask(member.id, day)
        for member in members
        if member.id not in spread.asked and (day := spread.day_for(member))
    ]


@dataclass(frozen=True)
class Colleague:
    """Somebody who might be asked for a post: on `day`, or not at all, for a reason (`why_not`). `last` is
    the last day on which they were asked for any."""

    member: int
    day: date | None
    last: date | None
    why_not: str = ""


def colleagues(calendar: Calendar, post: Post, now: datetime) -> list[Colleague]:
    """The staff: first who can be asked, and of them who was asked longest ago."""
    spread, today = _Spread(calendar, post, now), to_local(now, zone_of(calendar.team.zone)).date()
    found = [
        spread.colleague(member)
        for member in calendar.members.values()
        if member.kind == "staff" and member.is_active(today)
    ]
    return sorted(found, key=lambda one: (one.day is None, one.last or date.min, one.member))


def can_be_asked_for(calendar: Calendar, post: Post, now: datetime) -> bool:
    """Whether it is out, can be seen, is news, and the team asks for boosts."""
    return bool(_days(calendar, post, now))


def _days(calendar: Calendar, post: Post, now: datetime) -> list[date]:
    """The days to come on which somebody can be asked."""
    team, zone = calendar.team, zone_of(calendar.team.zone)
    if not (team.boosts and post.state == "published" and post.published_at and post.link):
        return []
    today, out = to_local(now, zone).date(), to_local(post.published_at, zone).date()
    days = (team.shift_working_days(out, n) for n in range(1, SPREAD + 1))
    return [day for day in days if day > today]


class _Spread:
    """The days on which the asks of one post fall, filled one by one."""

    def __init__(self, calendar: Calendar, post: Post, now: datetime) -> None:
        self._days = _days(calendar, post, now)
        self._calendar = calendar
        self._workload = Workload(calendar)
        self._days_of: defaultdict[int, list[date]] = defaultdict(list)
        for boost in calendar.boosts.values():
            self._days_of[boost.member].append(boost.day)
        self._own = [boost for boost in calendar.boosts.values() if boost.post == post.id]
        self.asked = {boost.member for boost in self._own}
        self._on = Counter(boost.day for boost in self._own)

    def staff(self) -> list[Member]:
        """Colleagues who are in the team on one of the days."""
        members = self._calendar.members.values()
        return [m for m in members if m.kind == "staff" and any(map(m.is_active, self._days))]

    def turn(self, member: Member) -> tuple[date, int]:
        """Whose turn it is: first who was never asked, then who was asked longest ago."""
        return max(self._days_of.get(member.id, ()), default=date.min), member.id

    def day_for(self, member: Member, most: int | None = None) -> date | None:
        """The day with the fewest asks of the post, of those that suit a member; no day gets over `most`."""
        suiting = [
            day
            for day in self._days
            if (most is None or self._on[day] < most)
            and self._suits(member, day)
            and self._rests(member, day)
        ]
        return min(suiting, key=lambda day: (self._on[day], day), default=None)

    def colleague(self, member: Member) -> Colleague:
        """The first day that suits somebody who has no boost of the post, or why there is none."""
        last = max(self._days_of.get(member.id, ()), default=None)
        own = next((boost for boost in self._own if boost.member == member.id), None)
        if own is not None:
            return Colleague(member.id, None, last, _answer_text(own))
        day = self.day_for(member)
        why_not = "" if day else _("no time in the next days, or asked often enough")
        return Colleague(member.id, day, last, why_not)

    def take(self, member: Member, day: date) -> None:
        self.asked.add(member.id)
        self._on[day] += 1

    def _suits(self, member: Member, day: date) -> bool:
        """Whether they are here and it makes nobody's week too full."""
        diary = self._workload.diary(member.id)
        load = self._workload.of(member.id, week_start(day, self._calendar.team.week_begins))
        return diary.free(day) >= BOOST_MINUTES and not load.plus(BOOST_MINUTES).over

    def _rests(self, member: Member, day: date) -> bool:
        """Whether they are not asked on the day itself, the one before or after, nor too often in a week."""
        near = [other for other in self._days_of.get(member.id, ()) if abs(other - day) < WEEK]
        if any(abs(other - day) <= DAY for other in near):
            return False
        with_it = sorted([*near, day])
        return all(last - first >= WEEK for first, last in zip(with_it, with_it[A_WEEK:], strict=False))


def _answer_text(boost: Boost) -> str:
    if boost.at is not None:
        return _("boosted it")
    return _("said no") if boost.declined else _("asked on {day}", day=day_text(boost.day))


# Which asks are open


def open_boosts(calendar: Calendar, today: date) -> list[Boost]:
    """The asks that somebody has still to answer, those of days to come too, in order of the days."""
    found = [boost for boost in calendar.boosts.values() if is_open(calendar, boost, today)]
    return sorted(found, key=lambda boost: (boost.day, boost.post, boost.member))


def to_boost(calendar: Calendar, member: int, today: date) -> list[Boost]:
    """What a member is asked to boost today: the open asks whose day has come."""
    return [one for one in open_boosts(calendar, today) if one.member == member and one.day <= today]


def is_open(calendar: Calendar, boost: Boost, today: date) -> bool:
    """Whether somebody has still to answer an ask. It is over once it has lapsed, its member has left or its
    post has no link any more."""
    return (
        boost.at is None
        and not boost.declined
        and today < boost.day + LASTS
        and calendar.posts[boost.post].link is not None
        and calendar.members[boost.member].is_active(today)
    )


# What to say


def suggested_text(title: str, link: str, channel: str, author: str = "", *, own: bool = False) -> str:
    """What a colleague could say of a post, to be changed at will: `Anna wrote “Il tornio” for our Blog:
    https://…`. `author` empty: nobody is named; `own`: the one who says it wrote it."""
    if own:
        return _("I wrote “{title}” for our {channel}: {link}", title=title, channel=channel, link=link)
    if author:
        return _(
            "{who} wrote “{title}” for our {channel}: {link}",
            who=author,
            title=title,
            channel=channel,
            link=link,
        )
    return _("New on our {channel}: “{title}” {link}", channel=channel, title=title, link=link)


def text_for(calendar: Calendar, boost: Boost) -> str | None:
    """What the member of a boost could say; None while the post has no link."""
    post = calendar.posts[boost.post]
    if post.link is None:
        return None
    draft = post.tasks.get("draft")
    writer = calendar.members.get(draft.done_by or 0) if draft else None
    # The author of a post made from an idea is whoever had the idea, not who wrote it.
    author = writer.name if writer else "" if post.idea else post.author
    if writer and writer.kind == "partner":
        author = ""
    channel = calendar.channels[post.channel].name
    own = author == calendar.members[boost.member].name
    return suggested_text(post.title, post.link, channel, author, own=own)
