"""Keys that come before the app can take them: nothing that is typed is lost, or goes where it was not
meant."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from cadence.tui.screens.frame import FrameScreen

TOURS = 3
"""So often a key goes through the widgets of a prompt: itself, what it makes one of them say, and what
another answers to that."""


class TypeAheadApp(App[None]):
    """The app as far as keys wait in it."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._keys_wait_for: set[Hashable] = set()
        self._held_keys: deque[events.Key | events.Paste] = deque()

    def hold_keys(self, until: Hashable) -> None:
        """Keys wait from now on until that is there: a screen, the next question of an action, its end."""
        self._keys_wait_for.add(until)

    def release_keys(self, arrived: Hashable) -> None:
        """What keys waited for is there: they go to it, in order, until one makes the next ones wait."""
        self._keys_wait_for.discard(arrived)
        self.call_next(self._replay_keys)

    def _takes_keys(self) -> bool:
        """Whether the screen has its widgets; at its first visit they are made after it. When the app ends it
        has no screen any more."""
        return bool(self.screen_stack) and getattr(self.screen, "is_ready", True)

    async def _replay_keys(self) -> None:
        while self._held_keys and not self._keys_wait_for and self._takes_keys():
            await self._take_key(self._held_keys.popleft())

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
        elif self._held_keys or self._keys_wait_for or not self._takes_keys():
            self._held_keys.append(event)
        else:
            await self._take_key(event)

    async def _take_key(self, event: events.Key | events.Paste) -> None:
        if isinstance(event, events.Key) and (screen := self._screen_with_a_number(event.key)):
            # `8P`, however fast it is typed, is the eighth screen and then P there.
            self._held_keys.appendleft(event)
            self.hold_keys("number")
            await screen.digits_alone()
            self.call_after_refresh(self.release_keys, "number")
        elif isinstance(self.screen, ModalScreen):
            # It may be the last key of a prompt, which takes a moment to find that out.
            self.hold_keys("prompt")
            asked = self.focused or self.screen
            await super().on_event(event)
            self._follow(asked, asked, TOURS)
        else:
            await super().on_event(event)

    def _follow(self, node: DOMNode | None, asked: DOMNode, tours: int) -> None:
        """Come after a key, and after what follows from it, on the way from the widget that is asked up to
        the app; when it is there, the next key is taken. What is about to be closed is passed over."""
        if node is None:
            tours -= 1
            node = asked
        if not tours:
            self.release_keys("prompt")
        elif not node.call_later(self._follow, node.parent, asked, tours):
            self._follow(node.parent, asked, tours)

    def _screen_with_a_number(self, key: str) -> FrameScreen | None:
        from cadence.tui.screens.frame import FrameScreen

        screen = self.screen if self.screen_stack else None
        return screen if isinstance(screen, FrameScreen) and screen.ends_number(key) else None
