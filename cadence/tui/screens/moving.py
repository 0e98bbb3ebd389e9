"""Posts in the hand: the arrows carry them, Enter drops them, Escape leaves them where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cadence.insight.slots import FilledSlot, slots
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import Post
from cadence.model.rhythm import SlotKey
from cadence.model.times import DAY
from cadence.operations import posts as operations
from cadence.tui.moves import Move, consequences, joined
from cadence.tui.postview import moment_text
from cadence.tui.widgets.cells import fit
from cadence.tui.words import short_day

if TYPE_CHECKING:
    from cadence.tui.screens.week import WeekScreen

NARROW = 76
"""With less room than this for what Enter will do, the title is left out."""
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

    def over(self, screen: WeekScreen, post: int, day: date, slot: datetime | None) -> None:
        """One of the posts is held over a day, perhaps over an open slot; the others come along."""
        if slot is not None and len(self.posts) == 1:
            self._go(screen.calendar.posts[post], slot)
        else:
            self.days, self.to = (day - screen.calendar.posts[post].at.date()).days, None
        self.show(screen)

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
        screen.show_moving()

    def says(self, screen: WeekScreen, room: int) -> str:
        """What Enter will do, in so many cells."""
        calendar, cadence = screen.calendar, screen.cadence
        to = self.destinations(calendar)
        chosen = [calendar.posts[id] for id in self.posts]
        at = to[chosen[0].id]
        subject = screen.subject(chosen)
        if at == chosen[0].at:
            return _("{subject} stays on {when}", subject=fit(subject, 20).rstrip(), when=moment_text(at))
        move = Move(calendar, to, self._slot_taken(screen), cadence.now, cadence.today)
        # Where there is little room the chip says whose line it is.
        head = f"→ {short_day(at.date(), cadence.today)} {at:%H:%M}"
        if room >= NARROW or len(chosen) > 1:
            head = f"{subject} → {moment_text(at)}"
        return joined([head, *consequences(move)], room)

    def _slot_taken(self, screen: WeekScreen) -> SlotKey | None:
        """The open slot at exactly the place where a single post would land."""
        calendar = screen.calendar
        post = calendar.posts[self.posts[0]]
        to = self.destinations(calendar)[post.id]
        if len(self.posts) > 1 or to == post.at:
            return None
        found = _open_slots(calendar, post.channel, to, screen.cadence.now, timedelta(days=1))
        return next((filled.slot.key for filled in found if filled.slot.local == to), None)

    def drop(self, screen: WeekScreen) -> None:
        """Enter: what is typed on is meant for the calendar as it is then."""
        screen.cadence.hold_keys("drop")
        screen.run_worker(self._drop(screen), name="drop")

    async def _drop(self, screen: WeekScreen) -> None:
        try:
            await self._move(screen)
        finally:
            screen.cadence.release_keys("drop")

    async def _move(self, screen: WeekScreen) -> None:
        calendar, app = screen.calendar, screen.cadence
        first = calendar.posts[self.posts[0]]
        to = self.destinations(calendar)[first.id]
        slot = self._slot_taken(screen)
        screen.moving = None
        said = _("Moved {subject} to {when}", subject=screen.subject([first]), when=moment_text(to))
        if to == first.at:
            app.say(_("Left where it was"), "dim")
        elif len(self.posts) > 1:
            await app.perform(operations.move_posts, self.posts, days=self.days, expect=self.seen)
        elif slot:
            said += " · " + _("it takes the open slot")
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
