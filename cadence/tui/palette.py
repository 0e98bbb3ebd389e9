"""The palette: every action of the screen, channels, people, posts, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape

from cadence.model.calendar import slug
from cadence.tui.actions import actions_of, keys_text

if TYPE_CHECKING:
    from cadence.tui.screens.base import CalendarScreen

MOST_POSTS = 20
"""So many posts at most are offered for a search."""


class CadenceCommands(Provider):
    async def discover(self) -> Hits:
        for name, help, act in self._actions():
            yield DiscoveryHit(name, act, help=escape(help))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help, act in (*self._actions(), *self._places()):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), act, help=escape(help))
        for name, help, act in self._posts(query):
            # As content, not as markup: people write brackets into titles.
            yield Hit(0.3, Content(name), act, text=name, help=escape(help))

    @property
    def _screen(self) -> CalendarScreen:
        return cast("CalendarScreen", self.screen)

    def _actions(self) -> Iterator[tuple[str, str, Any]]:
        keymap = self._screen.cadence.keymap
        for action in actions_of(self._screen.place):
            if action.listed:
                keys = keys_text(action, keymap, place=self._screen.place)
                name = action.label[0].upper() + action.label[1:]
                yield (
                    name,
                    f"{action.help}{f' · {keys}' if keys else ''}",
                    partial(self._screen.run_action, action.method),
                )

    def _places(self) -> Iterator[tuple[str, str, Any]]:
        screen, calendar = self._screen, self._screen.calendar
        for channel in calendar.channels.values():
            text = f"#{slug(channel.name)}"
            yield f"Show only {channel.name}", f"Filter {text}", partial(screen.set_filter, text)
        for member in calendar.members.values():
            text = f"@{slug(member.name)}"
            yield f"Show only {member.name}", f"Filter {text}", partial(screen.set_filter, text)

    def _posts(self, query: str) -> Iterator[tuple[str, str, Any]]:
        wanted, found = query.casefold(), 0
        calendar = self._screen.calendar
        for _, id in reversed(calendar.index.timeline):
            post = calendar.posts[id]
            if wanted in post.title.casefold():
                found += 1
                when = calendar.local(post)
                where = f"{calendar.channels[post.channel].name} · {when:%a} {when.day} {when:%b %Y}"
                yield post.title, where, partial(self._screen.go_to_post, id)
                if found == MOST_POSTS:
                    return
