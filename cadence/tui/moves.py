"""What moving posts would lead to, in short words, the most important first. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec.structs import replace
from rich.cells import cell_len

from cadence.insight.capacity import diary, load, minutes_of
from cadence.insight.expansion import goes_on
from cadence.insight.history import match
from cadence.insight.quiet import breaks_at
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import SlotKey
from cadence.model.team import days_between
from cadence.model.times import DAY, to_instant, week_start
from cadence.model.words import kind_word
from cadence.tui.names import short_names
from cadence.tui.words import short_day


@dataclass(frozen=True)
class Move:
    """Where posts would go, in local time; a single one may take the open slot `slot`."""

    calendar: Calendar
    to: Mapping[int, datetime]
    slot: SlotKey | None
    now: datetime
    today: date

    @property
    def posts(self) -> list[Post]:
        return [self.calendar.posts[id] for id in self.to]

    def moved(self, post: Post) -> Post:
        return replace(post, at=self.to[post.id])

    def instant(self, post: Post) -> datetime:
        return to_instant(self.to[post.id], self.calendar.zone(post.channel))


def consequences(move: Move) -> list[str]:
    """Work that can no longer be done in time, silence, slots, crowded days, too much work, who is told."""
    found = [
        *_late_work(move),
        *_silences(move),
        *_slots(move),
        *_crowds(move),
        *_days_off(move),
        *_loads(move),
        *_told(move),
    ]
    return list(dict.fromkeys(found))


def joined(parts: Sequence[str], room: int) -> str:
    """As many of them as fit into so many cells; the first in any case."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        if cell_len(text) + cell_len(part) + 3 <= room:
            text += f" · {part}"
    return text


def _late_work(move: Move) -> Iterator[str]:
    """Tasks that would have been due already, and people who would be away or have no time left."""
    calendar, today, names = move.calendar, move.today, short_names(move.calendar)
    for post in move.posts:
        moved = move.moved(post)
        for kind, task in post.tasks.items():
            if task.is_done:
                continue
            first, last = calendar.window(moved, task)
            word = kind_word(kind)
            if last < today:
                yield _("{task} was due {day}", task=word, day=short_day(last, today))
            elif task.member is not None:
                days = diary(calendar, task.member)
                who, start = names[task.member], max(first, today)
                if why := days.why_away(start, last):
                    yield _("{who} ({task}) is {why}", who=who, task=word, why=why)
                elif sum(map(days.free, days_between(start, last))) < minutes_of(
                    calendar.members[task.member], post, kind
                ):
                    yield _("{who} has too little time left for {task}", who=who, task=word)


def _silences(move: Move) -> Iterator[str]:
    """The silence that a move makes, or the one that it mends."""
    for channel in dict.fromkeys(post.channel for post in move.posts):
        before, after = (_longest_silence(move, channel, moved=moved) for moved in (False, True))
        if after > before and after:
            yield _("leaves a silence of {days} days", days=round(after / DAY))
        elif before > after:
            text = (
                _("mends a silence of {days} days") if not after else _("shortens a silence of {days} days")
            )
            yield text.format(days=round(before / DAY))


def _longest_silence(move: Move, channel: int, *, moved: bool) -> timedelta:
    """The longest time without a post around the places that posts leave and take, of those that a rhythm
    does not allow; nothing if there is none."""
    calendar, zone = move.calendar, move.calendar.zone(channel)
    own = [post for post in move.posts if post.channel == channel]
    rhythms = [
        rhythm
        for rhythm in calendar.rhythms_of(channel)
        if rhythm.max_silence is not None and goes_on(calendar, rhythm, move.now)
    ]
    places = [at for post in own for at in (calendar.planned_instant(post), move.instant(post))]
    others = _around(move, channel, min(places), max(places))
    mine = [move.instant(post) if moved else calendar.planned_instant(post) for post in own]
    return max(
        (
            later - earlier
            for earlier, later in pairwise(sorted([*others, *mine]))
            for rhythm in rhythms
            if breaks_at(rhythm, zone, earlier) < later
        ),
        default=timedelta(),
    )


def _around(move: Move, channel: int, first: datetime, last: datetime) -> list[datetime]:
    """When the channel's other posts go out between two instants, and the ones just before and after."""
    posts, entries = move.calendar.posts, move.calendar.index.by_channel.get(channel, [])

    def counts(id: int) -> bool:
        return id not in move.to and posts[id].state != "skipped"

    start = bisect_left(entries, (first, 0))
    end = bisect_left(entries, (last, 0), lo=start)
    before = next((at for at, id in reversed(entries[:start][-50:]) if counts(id)), None)
    after = next((at for at, id in entries[end : end + 50] if counts(id)), None)
    within = [at for at, id in entries[start:end] if counts(id)]
    return [*([before] if before else []), *within, *([after] if after else [])]


def _slots(move: Move) -> Iterator[str]:
    """Which slot is taken, which one opens, and whether a post would be early or late for its own."""
    if move.slot:
        left = move.posts[0].slot
        if left is None:
            yield _("takes the open slot")
        else:
            yield _("takes the open slot, {day} opens again", day=short_day(left.local.date(), move.today))
        return
    for post in move.posts:
        history = match(move.calendar, post.channel, move.now)
        slot = history.line.by_key.get(post.slot) if post.slot else None
        if slot is None or move.to[post.id] == post.at:
            continue
        day = short_day(slot.local.date(), move.today)
        match history.line.place(slot).outcome(move.instant(post)):
            case "early":
                yield _("counts half: early for {day}", day=day)
            case "late":
                yield _("counts half: late for {day}", day=day)
            case "missed":
                yield _("misses its slot of {day}", day=day)
            case "on_time":
                yield _("still on time for {day}", day=day)


def _crowds(move: Move) -> Iterator[str]:
    for post in move.posts:
        most, day = move.calendar.channels[post.channel].max_per_day, move.to[post.id].date()
        others = {other.id for other in move.calendar.posts_on(post.channel, day) if other.state != "skipped"}
        arriving = [
            one for one in move.posts if one.channel == post.channel and move.to[one.id].date() == day
        ]
        count = len(others - move.to.keys()) + len(arriving)
        if most is not None and count > most:
            yield n_(
                "{number} post that day, {most} allowed",
                "{number} posts that day, {most} allowed",
                count,
                most=most,
            )


def _days_off(move: Move) -> Iterator[str]:
    team = move.calendar.team
    for at in move.to.values():
        if name := team.holidays.get(at.date()):
            yield name
        elif not team.is_working_day(at.date()):
            yield _("on a day off")


def _loads(move: Move) -> Iterator[str]:
    """Whoever would have more work in a week than they have time for."""
    calendar, begins = move.calendar, move.calendar.team.week_begins
    more: dict[tuple[int, date], int] = {}
    for post in move.posts:
        moved = move.moved(post)
        for kind, task in post.tasks.items():
            if task.member is None:
                continue
            weeks = [week_start(calendar.window(one, task)[1], begins) for one in (post, moved)]
            if weeks[0] != weeks[1]:
                minutes = minutes_of(calendar.members[task.member], post, kind)
                for week, change in zip(weeks, (-minutes, minutes), strict=True):
                    more[task.member, week] = more.get((task.member, week), 0) + change
    for (member, week), minutes in more.items():
        before = load(calendar, member, week)
        after = before.plus(minutes)
        if minutes > 0 and after.over and after.share is not None:
            who = short_names(calendar)[member]
            yield f"{who} {(before.share or 0) * 100:.0f} → {after.share * 100:.0f} %"


def _told(move: Move) -> Iterator[str]:
    """Whose tasks get other days."""
    calendar, names = move.calendar, short_names(move.calendar)
    people = [
        names[task.member]
        for post in move.posts
        for task in post.tasks.values()
        if task.member is not None
        and not task.is_done
        and calendar.window(post, task) != calendar.window(move.moved(post), task)
    ]
    told = list(dict.fromkeys(people))
    if len(told) > 3:
        yield n_("{number} person is told", "{number} people are told", len(told))
    elif len(told) == 1:
        yield _("{who} is told", who=told[0])
    elif told:
        yield _("{people} are told", people=", ".join(told))
