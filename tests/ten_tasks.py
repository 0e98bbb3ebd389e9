"""Ten things that people do with Cadence, each as the keys that do it in a real terminal.

`typed` keys write words (a name, a date); the others are counted. The tests run each on the sample team, and
the README's table shows the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cadence.model.calendar import Calendar
from cadence.operations.posts import skip_posts
from cadence.workspace import Workspace
from tests.builders import NOW

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "left": "\x1b[D", "right": "\x1b[C",
    "up": "\x1b[A", "down": "\x1b[B", "home": "\x1b[H", "end": "\x1b[F", "ctrl+s": "\x13",
}  # fmt: skip


@dataclass(frozen=True)
class Type:
    """Words that are written."""

    text: str


Press = str | Type


@dataclass(frozen=True)
class Seen:
    """What there is at the end: the screen, the calendar before and after, and where files go."""

    screen: str
    before: Calendar
    after: Calendar
    folder: Path


@dataclass(frozen=True)
class Task:
    """`prepare` is what somebody else did before; `done` says whether it is done."""

    name: str
    keys: Sequence[Press]
    done: Callable[[Seen], bool]
    who: str = "Giulia"
    prepare: Callable[[Workspace], object] = field(default=lambda _workspace: None)

    @property
    def count(self) -> int:
        return sum(1 for key in self.keys if not isinstance(key, Type))

    @property
    def says(self) -> str:
        """The keys as the README shows them."""
        return " ".join(f"“{key.text}”" if isinstance(key, Type) else f"`{key}`" for key in self.keys)


def tasks_of(calendar: Calendar, who: str, first: date, last: date) -> set[tuple[int, str]]:
    """What somebody still has to do on the posts of these days."""
    member = calendar.member(who).id
    return {
        (post.id, kind)
        for post in calendar.posts.values()
        for kind, task in post.tasks.items()
        if task.member == member and not task.is_done and first <= calendar.window(post, task)[1] <= last
    }


TODAY = NOW.date()


def _due_is_shown(seen: Seen) -> bool:
    """Under the headings of today and of what is overdue stand the tasks that are due, and no others."""
    due = {
        (kind, seen.before.posts[post].title)
        for post, kind in tasks_of(seen.before, "Elena", date.min, TODAY)
        if seen.before.posts[post].state != "skipped"
    }
    shown, is_due = list[tuple[str, str]](), False
    for line in seen.screen.splitlines():
        if row := re.match(r"[▸ ]  ○ (\w+) +(.+?)(?:…|  )", line):
            if is_due:
                shown.append((row[1], row[2]))
        elif "✓" not in line:
            is_due = "· today " in line or line.startswith("   Overdue ")
    return len(shown) == len(due) > 0 and all(
        any(kind == meant and title.startswith(words) for kind, title in due) for meant, words in shown
    )


NEXT_WEEK = date(2026, 11, 30), date(2026, 12, 6)


def _given_away(seen: Seen) -> bool:
    before = tasks_of(seen.before, "Marco", *NEXT_WEEK)
    return bool(before) and not tasks_of(seen.after, "Marco", *NEXT_WEEK)


def _emptiest_is_filled(seen: Seen) -> bool:
    blog = seen.before.channel("Blog").id
    new = [post for id, post in seen.after.posts.items() if id not in seen.before.posts]
    return len(new) == 1 and new[0].channel == blog and new[0].slot is not None


def _two_rhythms(seen: Seen) -> bool:
    new = [channel for channel in seen.after.channels.values() if channel.name == "Podcast"]
    rules = [rhythm.rrule for channel in new for rhythm in seen.after.rhythms_of(channel.id)]
    return rules == ["FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;BYDAY=FR"]


def _a_week_later(seen: Seen) -> bool:
    moved = {
        id: (seen.after.posts[id].at - post.at).days
        for id, post in seen.before.posts.items()
        if seen.after.posts[id].at != post.at
    }
    asked = {id for id, post in seen.before.posts.items() if "davide" in post.title.lower() and post.is_open}
    return moved.keys() == asked and set(moved.values()) == {7}


def _idea_is_a_post(seen: Seen) -> bool:
    became = [idea for id, idea in seen.after.ideas.items() if idea.post and not seen.before.ideas[id].post]
    return len(became) == 1 and seen.after.posts[became[0].post or 0].slot is not None


SKIPPED = "Squadra: who opens the gate"


def _somebody_skips_a_post(workspace: Workspace) -> None:
    calendar = workspace.calendar
    post = next(post for post in calendar.posts.values() if post.title.startswith(SKIPPED))
    workspace.run(skip_posts, [post.id], "by mistake", who=calendar.member("Marco"), now=NOW)


def _is_back(seen: Seen) -> bool:
    post = next(post for post in seen.before.posts.values() if post.title.startswith(SKIPPED))
    return post.state == "skipped" and seen.after.posts[post.id].is_open


def _is_written(seen: Seen) -> bool:
    pages = list(seen.folder.glob("review-*.html"))
    return len(pages) == 1 and "<html" in pages[0].read_text("utf-8")


TASKS = (
    Task(
        "find what I owe today",
        ["3"],
        _due_is_shown,
        "Elena",
    ),
    Task("give away a colleague's tasks of next week", ["9", "6", "j", "l", "*", "a", "enter"], _given_away),
    Task("fill the emptiest channel", ["4", "j", "1"], _emptiest_is_filled),
    Task(
        "see why the score fell",
        ["shift+tab", "j", "h"],
        lambda seen: "the score is 66.7, without it 80" in seen.screen,
    ),
    Task(
        "add a channel with two rhythms",
        ["T", "tab", "n", Type("Podcast"), "tab", Type("tue thu 9:00; fri 17:00"), "ctrl+s"],
        _two_rhythms,
    ),
    Task(
        "move all posts of a campaign by a week",
        ["2", "/", Type("davide is:open"), "enter", "*", "m", Type("+1w"), "enter"],
        _a_week_later,
    ),
    Task("accept an idea onto a slot", ["7", "n", "enter"], _idea_is_a_post),
    Task(
        "undo what somebody else did by mistake",
        ["U", "u", "enter"],
        _is_back,
        prepare=_somebody_skips_a_post,
    ),
    Task("subscribe my phone", ["6", "n", "enter"], lambda seen: "webcal://" in seen.screen),
    Task("print the month's review", ["8", "P", "enter"], _is_written),
)
