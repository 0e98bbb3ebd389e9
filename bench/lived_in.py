"""A generated calendar that people live in: beside its posts there are ideas, votes, offers, boosts, feeds
and a history, so that no screen of the app is empty. The same one for the same number of posts."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.dataset import NOW, calendar_file
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.post import Post, TaskRef
from cadence.operations.boosts import ask_boost
from cadence.operations.feeds import new_feed
from cadence.operations.handovers import hand_over
from cadence.operations.ideas import add_idea, vote
from cadence.operations.posts import edit_post
from cadence.operations.tasks import assign
from cadence.workspace import Workspace

IDEAS, VOTES, OFFERS, LINKS, BOOSTS, FEEDS, ASSIGNMENTS = 200, 200, 60, 60, 200, 24, 1_400
VIEWER = "Member 01"


def lived_in_file(posts: int, path: Path) -> None:
    """Write the calendar to a new file, by the same door as the app."""
    calendar_file(posts, path, NOW - timedelta(days=400))
    workspace = Workspace.open(path)
    try:
        _live_in(workspace, random.Random(posts))
    finally:
        workspace.close()


def _live_in(workspace: Workspace, dice: random.Random) -> None:
    members = list(workspace.calendar.members)
    away = timedelta(days=20)

    def do(operation: Callable[..., Any], *args: object, **options: object) -> None:
        # What one of a random lot may not do, somebody else did.
        nonlocal away
        away = max(timedelta(0), away - timedelta(minutes=10))
        who = options.pop("who", None) or workspace.calendar.members[dice.choice(members)]
        with suppress(CadenceError):
            workspace.run(operation, *args, who=who, now=NOW - away, **options)  # type: ignore[arg-type]

    for n in range(IDEAS):
        do(add_idea, f"What the workshop did in {1950 + n % 70}", channel=dice.choice((None, 1, 2, 3)))
    for _ in range(VOTES):
        do(vote, dice.randint(1, IDEAS))
    for n, member in enumerate(members[:FEEDS]):
        do(new_feed, f"Reader {n}", "tasks", sha256(f"{n}".encode()).hexdigest(), member=member, of=member)
    for _ in range(ASSIGNMENTS):
        ref, _owner = dice.choice(open_tasks(workspace.calendar))
        do(assign, ref, dice.choice(members))
    for ref, owner in dice.sample(open_tasks(workspace.calendar), OFFERS):
        do(hand_over, ref, who=workspace.calendar.members.get(owner or 0))
    published = _lately_published(workspace.calendar)
    for post in published[:LINKS]:
        do(edit_post, post.id, link=f"https://example.org/{post.id}")
    for _ in range(BOOSTS):
        do(ask_boost, dice.choice(published[:LINKS]).id, dice.choice(members))


def open_tasks(calendar: Calendar) -> list[tuple[TaskRef, int | None]]:
    """The tasks of the planned weeks that are not done, and who has them."""
    first, last = NOW.date(), (NOW + timedelta(weeks=3)).date()
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    return [
        (TaskRef(post.id, kind), task.member)
        for channel in calendar.channels
        for day in days
        for post in calendar.posts_on(channel, day)
        for kind, task in post.tasks.items()
        if task.done_at is None
    ]


def _lately_published(calendar: Calendar) -> list[Post]:
    posts = (post for post in calendar.posts.values() if post.published_at is not None)
    return sorted(posts, key=lambda post: (post.published_at, post.id), reverse=True)[:LINKS]
