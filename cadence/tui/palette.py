"""The palette: every action of the screen, channels, people, posts, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape

from cadence.insight.words import day_text, sentence
from cadence.language import _
from cadence.model.calendar import slug
from cadence.tui.actions import actions_of, keys_text
from cadence.tui.actions.action import Action
from cadence.tui.screens.modal import LeftOnce
from cadence.tui.widgets.cells import ascii_keys, ascii_text

if TYPE_CHECKING:
    from cadence.tui.screens.base import CalendarScreen

MOST_POSTS = 20
"""So many posts at most are offered for a search."""


class Palette(CommandPalette, LeftOnce[None]):  # type: ignore[override]
    def __init__(self) -> None:
        super().__init__([CadenceCommands], placeholder=_("What would you like to do?"))

    def _action_command_list(self, action: str) -> None:
        # Textual moves by pages of lines, which the list has only once it was laid out: a page key that is
        # faster than the first picture of the list would end the app.
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class CadenceCommands(Provider):
    async def discover(self) -> Hits:
        """What one would look for first: whoever looks knows how to move."""
        for name, help, act in self._actions(sorted(self._listed, key=_only_moves)):
            yield DiscoveryHit(name, act, help=self._help(help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help, act in (*self._actions(self._listed), *self._places()):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), act, help=self._help(help))
        for name, help, act in self._posts(query):
            # As content, not as markup: people write brackets into titles.
            yield Hit(0.3, Content(name), act, text=name, help=self._help(help))

    @property
    def _screen(self) -> CalendarScreen:
        return cast("CalendarScreen", self.screen)

    def _help(self, text: str) -> str:
        """What stands below a name, as markup."""
        return escape(ascii_text(text) if self._screen.cadence.ascii_only else text)

    @property
    def _listed(self) -> Iterable[Action]:
        return (action for action in actions_of(self._screen.place) if action.listed)

    def _actions(self, actions: Iterable[Action]) -> Iterator[tuple[str, str, Any]]:
        app = self._screen.cadence
        for action in actions:
            keys = keys_text(action, app.keymap, place=self._screen.place)
            keys = ascii_keys(keys) if app.ascii_only else keys
            yield (
                sentence(action.name),
                f"{action.meaning}{f' · {keys}' if keys else ''}",
                partial(self._screen.run_action, action.method),
            )

    def _places(self) -> Iterator[tuple[str, str, Any]]:
        calendar = self._screen.calendar
        for channel in calendar.channels.values():
            yield self._only(channel.name, f"#{slug(channel.name)}")
        for member in calendar.members.values():
            yield self._only(member.name, f"@{slug(member.name)}")

    def _only(self, name: str, text: str) -> tuple[str, str, Any]:
        show = partial(self._screen.set_filter, text)
        return _("Show only {name}", name=name), _("Filter {text}", text=text), show

    def _posts(self, query: str) -> Iterator[tuple[str, str, Any]]:
        wanted, found = query.casefold(), 0
        calendar = self._screen.calendar
        for _at, id in reversed(calendar.index.timeline):
            post = calendar.posts[id]
            if wanted in post.title.casefold():
                found += 1
                day = calendar.local(post).date()
                where = f"{calendar.channels[post.channel].name} · {day_text(day)} {day.year}"
                yield post.title, where, partial(self._screen.go_to_post, id)
                if found == MOST_POSTS:
                    return


def _only_moves(action: Action) -> bool:
    return action.group == "Move around"
