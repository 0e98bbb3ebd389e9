"""Eight processes fight over the same offers: each is taken once, and none is lost.

CADENCE_STRESS_SECONDS sets how long; a minute convinces more than the few seconds of every test run.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cadence.model.change import Change
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations import channels, members, posts, tasks, team, workflows
from cadence.store import create_store, open_store
from cadence.workspace import Workspace
from tests.builders import NOW, local
from tests.workspace.test_many_processes import NAMES, content, replayed

pytestmark = pytest.mark.long

SECONDS = float(os.environ.get("CADENCE_STRESS_SECONDS", "3"))
POSTS = 6

Task = dict[str, Any]
Ref = tuple[int, str]


@pytest.fixture(scope="module")
def calendar(tmp_path_factory) -> Path:
    """Every task of six posts is somebody's; all can do everything."""
    path = tmp_path_factory.mktemp("offers") / "team.json"
    workspace = Workspace(create_store(path))
    skills = tuple(Skill(kind) for kind in TASK_KINDS)
    workspace.run(team.set_up_team, "Officine Rossi", who=None, now=NOW, zone="Europe/Rome")
    workspace.run(workflows.add_workflow, "Standard", STANDARD_STEPS, who=None, now=NOW)
    workspace.run(channels.add_channel, "Blog", who=None, now=NOW, workflow=1)
    for name in NAMES:
        workspace.run(members.add_member, name, who=None, now=NOW, skills=skills, allowance=2400)
    for number in range(POSTS):
        at = local("2027-03-04T10:00").replace(day=number + 1)
        workspace.run(posts.add_post, 1, f"Post {number}", who=None, now=NOW, at=at)
        for turn, kind in enumerate(TASK_KINDS):
            owner = (number + turn) % len(NAMES) + 1
            workspace.run(tasks.assign, tasks.TaskRef(number + 1, kind), owner, who=None, now=NOW)
    workspace.close()
    return path


@dataclass
class Fight:
    """What the processes were told had succeeded, by the change's number, how each ended, and the history."""

    told: dict[int, tuple[str, str]]
    endings: list[dict[str, Any]]
    history: list[Change]


@pytest.fixture(scope="module")
def fight(calendar) -> Fight:
    """Starts all, lets them go at once, and lets them look at the end only when all have finished."""
    workers = [start(calendar, name) for name in NAMES]
    for line in ("ready", "done"):
        for worker in workers:
            assert worker.stdout
            assert worker.stdout.readline().strip() == line
        for worker in workers:
            assert worker.stdin
            worker.stdin.write("go\n")
            worker.stdin.flush()
    endings = [json.loads(worker.communicate(timeout=60)[0]) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(NAMES)
    lines = [
        json.loads(line) for name in NAMES for line in reports_of(calendar, name).read_text().splitlines()
    ]
    return Fight(
        {seq: (action, by) for action, seq, by in lines}, endings, list(open_store(calendar).history())
    )


def start(calendar: Path, name: str) -> subprocess.Popen[str]:
    arguments = [str(calendar), name, str(SECONDS), str(reports_of(calendar, name))]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.workspace.offers_worker", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def reports_of(calendar: Path, name: str) -> Path:
    return calendar.with_name(f"{name}.reports")


def steps(fight: Fight) -> list[tuple[str, str, dict[Ref, tuple[Task, Task]]]]:
    """What each process did, who, and the tasks that it changed, before and after."""
    found: list[tuple[str, str, dict[Ref, tuple[Task, Task]]]] = []
    for change, before, after in replayed(fight.history):
        if change.seq in fight.told:
            touched = {
                (op.id, kind): (before[op.id]["tasks"][kind], after[op.id]["tasks"][kind])
                for op in change.ops
                for kind in op.new.get("tasks", {})
            }
            found.append((*fight.told[change.seq], touched))
    return found


def number_of(name: str) -> int:
    return NAMES.index(name) + 1


def test_many_wanted_the_same_and_some_were_too_late(fight):
    done = Counter(action for action, _ in fight.told.values())
    refused = sum(ending["refused"] for ending in fight.endings)
    print(f"{sum(done.values())} changes, {refused} refusals in {SECONDS} s: {dict(done)}")
    assert done["claim"] + done["claim_any"] > 0
    assert done["offer"] > 0
    assert refused


def test_every_change_is_one_that_somebody_was_told_of(fight):
    recorded = {change.seq: change.by for change in fight.history if change.by in NAMES}
    assert recorded == {seq: by for seq, (_, by) in fight.told.items()}


def test_each_offer_is_taken_once_by_somebody_who_was_asked(fight):
    for action, by, touched in steps(fight):
        if not action.startswith("claim"):
            continue
        me = number_of(by)
        ((ref, (was, is_now)),) = [item for item in touched.items() if item[1][1]["member"] == me]
        assert "offer" in was
        assert me in was["offer"].get("to", [me])
        assert "offer" not in is_now
        others = {other: pair for other, pair in touched.items() if other != ref}
        wants = tuple(was["offer"].get("wants", ()))
        assert set(others) == ({wants} if wants else set())
        for had, has in others.values():
            assert (had["member"], has["member"]) == (me, was["member"])


def test_a_task_changes_hands_in_no_other_way(fight):
    for action, _, touched in steps(fight):
        if not action.startswith("claim"):
            assert all(was["member"] == is_now["member"] for was, is_now in touched.values())


def test_no_offer_is_lost(calendar, fight):
    """Each that was made still stands, or was taken, withdrawn, or went with its task in a swap."""
    standing: set[Ref] = set()
    for action, _, touched in steps(fight):
        for ref, (was, is_now) in touched.items():
            assert ("offer" in was) == (ref in standing)
            if "offer" in is_now:
                standing.add(ref)
            elif ref in standing:
                assert action in ("claim", "claim_any", "withdraw")
                standing.discard(ref)
    found = open_store(calendar).documents("posts")
    now = {
        (id, kind) for id, post in found.items() for kind, task in post["tasks"].items() if "offer" in task
    }
    assert now == standing


def test_everybody_ends_with_the_same_calendar_which_the_history_leads_to(calendar, fight):
    assert all(ending["agrees"] for ending in fight.endings)
    *_, (_, _, after) = replayed(fight.history)
    store = open_store(calendar)
    assert {id: content(document) for id, document in store.documents("posts").items()} == after
    assert store.verify().ok
