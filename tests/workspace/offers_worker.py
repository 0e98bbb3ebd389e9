"""One of many processes that fight over the same offers: each offers what it has and takes what others offer,
at random, and reports what it was told had succeeded, one JSON line each in the file REPORTS. It waits for a
line on its input before it starts and before it ends.

    python -m tests.workspace.offers_worker CALENDAR MEMBER SECONDS REPORTS
"""

import json
import sys
import time
from collections.abc import Callable
from random import Random

from cadence.insight.offers import offers, offers_to, today_of
from cadence.model.errors import Refused
from cadence.model.post import TaskRef
from cadence.operations import handovers, posts, tasks
from cadence.workspace import Done, Workspace
from tests.builders import NOW
from tests.workspace.worker import agrees, meet, run


def main(path: str, name: str, seconds: str, reports: str) -> None:
    random, workspace = Random(name), Workspace.open(path)
    refused = 0
    meet("ready")
    end = time.monotonic() + float(seconds)
    with open(reports, "w", encoding="utf-8") as told:
        while time.monotonic() < end:
            action = random.choices(ACTIONS, WEIGHTS)[0]
            try:
                done = action(workspace, name, random)
            except Refused:
                refused += 1
                continue
            if done.change:
                print(json.dumps([action.__name__, done.change.seq, done.change.by]), file=told)
    meet("done")  # now nobody writes any more
    workspace.refresh()
    print(json.dumps({"refused": refused, "agrees": agrees(workspace, path)}), flush=True)


def claim(workspace: Workspace, name: str, random: Random) -> Done:
    """The most urgent offer, so that many want the same one."""
    return run(workspace, tasks.claim, waiting(workspace, name)[0], name)


def claim_any(workspace: Workspace, name: str, random: Random) -> Done:
    return run(workspace, tasks.claim, random.choice(waiting(workspace, name)), name)


def offer(workspace: Workspace, name: str, random: Random) -> Done:
    return run(workspace, handovers.hand_over, random.choice(held(workspace, name)), name)


def swap(workspace: Workspace, name: str, random: Random) -> Done:
    mine = random.choice(held(workspace, name))
    other = random.choice([ref for ref in all_tasks(workspace) if ref not in held(workspace, name)])
    who = workspace.calendar.member(name)
    return workspace.run(handovers.offer_swap, mine, other, who=who, now=NOW)


def decline(workspace: Workspace, name: str, random: Random) -> Done:
    return run(workspace, handovers.decline_offer, random.choice(waiting(workspace, name)), name)


def withdraw(workspace: Workspace, name: str, random: Random) -> Done:
    calendar, me = workspace.calendar, workspace.calendar.member(name).id
    mine = [ref for ref in offers(calendar, today_of(calendar, NOW)) if calendar.task(ref).member == me]
    return run(workspace, handovers.withdraw_offer, some(mine)[0], name)


def move(workspace: Workspace, name: str, random: Random) -> Done:
    chosen, days = random.choice(list(workspace.calendar.posts)), random.choice([-1, 1])
    return workspace.run(posts.move_post, chosen, who=workspace.calendar.member(name), now=NOW, days=days)


ACTIONS: list[Callable[[Workspace, str, Random], Done]] = [
    claim,
    claim_any,
    offer,
    swap,
    decline,
    withdraw,
    move,
]
WEIGHTS = [25, 20, 30, 10, 5, 3, 5]


def waiting(workspace: Workspace, name: str) -> list[TaskRef]:
    calendar = workspace.calendar
    return some(offers_to(calendar, calendar.member(name).id, today_of(calendar, NOW)))


def held(workspace: Workspace, name: str) -> list[TaskRef]:
    return some(workspace.calendar.assigned_to(workspace.calendar.member(name).id))


def all_tasks(workspace: Workspace) -> list[TaskRef]:
    return [TaskRef(post.id, kind) for post in workspace.calendar.posts.values() for kind in post.tasks]


def some(refs: list[TaskRef]) -> list[TaskRef]:
    if not refs:
        raise Refused("there is none")
    return refs


if __name__ == "__main__":
    main(*sys.argv[1:])
