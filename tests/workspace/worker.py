"""One of many processes on one calendar: claims, releases and moves at random, and reports what it was told
had succeeded, one JSON line each in the file REPORTS. It waits for a line on its input before it starts and
before it looks at the end.

    python -m tests.workspace.worker CALENDAR MEMBER SECONDS REPORTS
"""

import json
import sys
import time
from random import Random

from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError, Refused
from cadence.model.post import TaskRef
from cadence.operations import handovers, posts, tasks
from cadence.store import open_store
from cadence.workspace import Done, Workspace
from tests.builders import NOW


def main(path: str, name: str, seconds: str, reports: str) -> None:
    random, workspace = Random(name), Workspace.open(path)
    refused = 0
    meet("ready")
    end = time.monotonic() + float(seconds)
    with open(reports, "w", encoding="utf-8") as told:
        while time.monotonic() < end:
            action = random.choices([claim, release, move, offer, undo], [50, 20, 20, 5, 5])[0]
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


def meet(what: str) -> None:
    print(what, flush=True)
    sys.stdin.readline()


def any_task(workspace: Workspace, random: Random) -> TaskRef:
    post = workspace.calendar.post(random.choice(list(workspace.calendar.posts)))
    return TaskRef(post.id, random.choice(list(post.tasks)))


def claim(workspace: Workspace, name: str, random: Random) -> Done:
    return run(workspace, tasks.claim, any_task(workspace, random), name)


def release(workspace: Workspace, name: str, random: Random) -> Done:
    return run(workspace, tasks.release, mine(workspace, name, random), name)


def offer(workspace: Workspace, name: str, random: Random) -> Done:
    return run(workspace, handovers.hand_over, mine(workspace, name, random), name)


def move(workspace: Workspace, name: str, random: Random) -> Done:
    days, chosen = random.choice([-7, -1, 1, 7]), random.choice(list(workspace.calendar.posts))
    who = workspace.calendar.member(name)
    return workspace.run(posts.move_post, chosen, who=who, now=NOW, days=days)


def undo(workspace: Workspace, name: str, random: Random) -> Done:
    return workspace.undo(workspace.calendar.member(name), NOW)


def mine(workspace: Workspace, name: str, random: Random) -> TaskRef:
    refs = workspace.calendar.assigned_to(workspace.calendar.member(name).id)
    if not refs:
        raise Refused("nothing is mine")
    return random.choice(refs)


def run(workspace: Workspace, operation, ref: TaskRef, name: str) -> Done:
    return workspace.run(operation, ref, who=workspace.calendar.member(name), now=NOW)


def agrees(workspace: Workspace, path: str) -> bool:
    """Whether the snapshot that followed all along is what a fresh start finds."""
    store = open_store(path)
    fresh = Calendar.load(store.documents, seq=store.seq, next_ids=store.next_ids())
    same = fresh.seq == workspace.calendar.seq and fresh.posts == workspace.calendar.posts
    return same and fresh.index.timeline == workspace.calendar.index.timeline


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CadenceError as error:
        sys.exit(str(error))
