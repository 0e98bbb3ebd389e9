"""Keys that come before the app can take them: nothing that is typed is lost, or goes where it was not
meant."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from cadence.tui.screens.frame import FrameScreen

Until = Literal["screen", "question", "number"]
"""What keys wait for: the widgets of a screen, the next prompt of an action or its end, the screen that a
number means."""


class TypeAheadApp(App[None]):
    """The app as far as keys wait in it."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._keys_wait_for: set[Until] = set()
        self._held_keys: deque[events.Key] = deque()

    def hold_keys(self, until: Until) -> None:
        """Keys wait from now on, until that is there."""
        self._keys_wait_for.add(until)

    def release_keys(self, arrived: Until) -> None:
        """What keys waited for is there: they go to it, in order, until one makes the next ones wait."""
        self._keys_wait_for.discard(arrived)
        self.call_next(self._replay_keys)

    def _takes_keys(self) -> bool:
        """Whether the screen has its widgets; at its first visit they are made after it. When the app ends it
        has no screen any more."""
        from cadence.tui.screens.frame import FrameScreen

        if not self.screen_stack:
            return False
        return not isinstance(self.screen, FrameScreen) or self.screen.is_ready

    async def _replay_keys(self) -> None:
        while self._held_keys and not self._keys_wait_for and self._takes_keys():
            await self._take_key(self._held_keys.popleft())

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._held_keys or self._keys_wait_for or not self._takes_keys():
            self._held_keys.append(event)
        else:
            await self._take_key(event)

    async def _take_key(self, event: events.Key) -> None:
        if screen := self._screen_with_a_number(event.key):
            # `8P`, however fast it is typed, is the eighth screen and then P there.
            self._held_keys.appendleft(event)
            self.hold_keys("number")
            await screen.digits_alone()
            self.call_after_refresh(self.release_keys, "number")
        else:
            await super().on_event(event)

    def _screen_with_a_number(self, key: str) -> FrameScreen | None:
        from cadence.tui.screens.frame import FrameScreen

        screen = self.screen if self.screen_stack else None
        return screen if isinstance(screen, FrameScreen) and screen.ends_number(key) else None
