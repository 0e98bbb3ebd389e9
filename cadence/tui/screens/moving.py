"""Posts in the hand: the arrows carry them, Enter drops them, Escape leaves them where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cadence.insight.capacity import diary
from cadence.insight.slots import FilledSlot, slots
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import SlotKey
from cadence.model.times import DAY
from cadence.operations import posts as operations
from cadence.tui.names import short_names
from cadence.tui.words import short_day

if TYPE_CHECKING:
    from cadence.tui.screens.week import WeekScreen

SLOTS_AWAY = timedelta(days=90)
"""So far the up and down arrows look for an open slot."""


@dataclass
class Moving:
    """`days`: how far all posts were carried; `to`: where the first one is instead, on a slot's time."""

    posts: tuple[int, ...]
    days: int = 0
    to: datetime | None = None
    seen: Mapping[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])

    def still_possible(self, calendar: Calendar) -> bool:
        return all(id in calendar.posts and calendar.posts[id].is_open for id in self.posts)

    def destinations(self, calendar: Calendar) -> dict[int, datetime]:
        """Where each post would be, in local time."""
        found = {id: calendar.posts[id].at + self.days * DAY for id in self.posts}
        if self.to is not None:
            found[self.posts[0]] = self.to
        return found

    # Carrying

    def step(self, screen: WeekScreen, days: int, slots_on: int) -> None:
        """By days, or to the next open slots of the channel."""
        if days:
            self.days += days
            if self.to is not None:
                self.to += days * DAY
        if slots_on:
            self._step_to_slot(screen, slots_on)
        self.show(screen)

    def _step_to_slot(self, screen: WeekScreen, steps: int) -> None:
        calendar = screen.calendar
        post = calendar.posts[self.posts[0]]
        here = self.destinations(calendar)[post.id]
        free = [slot.slot.local for slot in _open_slots(calendar, post.channel, here, screen.cadence.now)]
        beyond = [at for at in free if at > here] if steps > 0 else [at for at in free if at < here][::-1]
        if beyond:
            self._go(post, beyond[min(abs(steps), len(beyond)) - 1])

    def to_day(self, screen: WeekScreen, day: date) -> None:
        post = screen.calendar.posts[self.posts[0]]
        here = self.destinations(screen.calendar)[post.id]
        self._go(post, datetime.combine(day, here.time()))
        self.show(screen)

    def _go(self, post: Post, at: datetime) -> None:
        self.days = (at.date() - post.at.date()).days
        self.to = at if len(self.posts) == 1 else None

    # Saying and doing

    def show(self, screen: WeekScreen) -> None:
        calendar = screen.calendar
        chosen = [calendar.posts[id] for id in self.posts]
        to = self.destinations(calendar)[self.posts[0]]
        slot, left = self._slot_taken(screen), chosen[0].slot
        said = screen.say_move(chosen, to)
        if slot and slot != left:
            said = f"{screen.subject(chosen)} → {to:%a} {to.day} {to:%b %H:%M} · takes the open slot"
            said += f", {left.local:%a} {left.local.day} opens again" if left else ""
        said += "".join(
            f" · {text}" for text in consequences(calendar, chosen, self.days, screen.cadence.today)[:2]
        )
        screen.show_moving(said)

    def _slot_taken(self, screen: WeekScreen) -> SlotKey | None:
        """The open slot at exactly the place where a single post would land."""
        calendar = screen.calendar
        post = calendar.posts[self.posts[0]]
        to = self.destinations(calendar)[post.id]
        if len(self.posts) > 1 or to == post.at:
            return None
        found = _open_slots(calendar, post.channel, to, screen.cadence.now, timedelta(days=1))
        return next((filled.slot.key for filled in found if filled.slot.local == to), None)

    async def drop(self, screen: WeekScreen) -> None:
        calendar, app = screen.calendar, screen.cadence
        first = calendar.posts[self.posts[0]]
        to = self.destinations(calendar)[first.id]
        slot = self._slot_taken(screen)
        screen.moving = None
        said = f"Moved {screen.subject([first])} to {to:%a} {to.day} {to:%b %H:%M}"
        if to == first.at:
            app.say("Left where it was", "dim")
        elif len(self.posts) > 1:
            await app.perform(operations.move_posts, self.posts, days=self.days, expect=self.seen)
        elif slot:
            said += " · it takes the open slot"
            await app.perform(operations.place_on_slot, first.id, slot, expect=self.seen, said=said)
        else:
            await app.perform(operations.move_post, first.id, to=to, expect=self.seen, said=said)
        screen.clear_marks()
        screen.show_dropped(first.id)


def _open_slots(
    calendar: Calendar, channel: int, around: datetime, now: datetime, away: timedelta = SLOTS_AWAY
) -> list[FilledSlot]:
    zone = calendar.zone(channel)
    middle = around.replace(tzinfo=zone)
    return [s for s in slots(calendar, middle - away, middle + away, now, channel) if s.state == "empty"]


def consequences(calendar: Calendar, posts: list[Post], days: int, today: date) -> list[str]:
    """What becomes difficult: tasks that would have been due already, people who would be away."""
    names, found = short_names(calendar), list[str]()
    for post in posts:
        moved = replace(post, at=post.at + days * DAY)
        for kind, task in post.tasks.items():
            if task.is_done:
                continue
            first, last = calendar.window(moved, task)
            if last < today:
                found.append(f"{kind} would have been due {short_day(last, today)}")
            elif task.member is not None and (
                why := diary(calendar, task.member).why_away(max(first, today), last)
            ):
                found.append(f"{names[task.member]} ({kind}) is {why}")
    return found
