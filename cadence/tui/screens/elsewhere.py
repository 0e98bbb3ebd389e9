"""Before a single key changes what is marked but not in sight: what that is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from cadence.insight.words import time_text
from cadence.language import _
from cadence.model.post import TaskRef
from cadence.model.words import kind_word
from cadence.tui.actions import BY_ID
from cadence.tui.screens.asking import asks

if TYPE_CHECKING:
    from cadence.tui.screens.frame import FrameScreen


async def knowingly(screen: FrameScreen, action: str, act: Callable[[], Awaitable[object]]) -> None:
    """Act at once; where some of what is marked is not on this screen, after a question that names it."""
    if screen.count_marked_here() == len(screen.marked):
        await act()
    else:
        _ask(screen, action, act)


@asks
async def _ask(screen: FrameScreen, action: str, act: Callable[[], Awaitable[object]]) -> None:
    from cadence.tui.screens.undoing import AskScreen

    away = screen.all_marked()[len(screen.marked_here()) :]
    what = _(BY_ID[action].label)
    head = _("{what}, also for what is marked elsewhere", what=what[:1].upper() + what[1:])
    ask = AskScreen(head, [[(f" {_words(screen, key)}", "")] for key in away], BY_ID[action].name)
    if await screen.app.push_screen_wait(ask) == "yes":
        await act()


def _words(screen: FrameScreen, key: int | TaskRef) -> str:
    calendar = screen.calendar
    if isinstance(key, TaskRef):
        return _("{task} of {title}", task=kind_word(key.kind), title=calendar.posts[key.post].title)
    post = calendar.posts[key]
    return f"{time_text(post.at)} · {calendar.channels[post.channel].name} · {post.title}"
