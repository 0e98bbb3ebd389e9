"""Eight processes claim and move at random on one calendar: nothing is lost, nothing is given to two.

CADENCE_STRESS_SECONDS sets how long; a minute convinces more than the few seconds of every test run.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cadence.model.change import Change
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations import channels, members, posts, team, workflows
from cadence.store import create_store, open_store
from cadence.workspace import Workspace
from tests.builders import NOW, local

pytestmark = pytest.mark.long

SECONDS = float(os.environ.get("CADENCE_STRESS_SECONDS", "5"))
NAMES = ("Anna", "Bea", "Carlo", "Dora", "Elio", "Flavia", "Gino", "Ilda")
POSTS = 12

Documents = dict[int, dict[str, Any]]


@pytest.fixture(scope="module")
def calendar(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("shared") / "team.json"
    workspace = Workspace(create_store(path))
    skills = tuple(Skill(kind) for kind in TASK_KINDS)
    workspace.run(team.set_up_team, "Officine Rossi", who=None, now=NOW, zone="Europe/Rome")
    workspace.run(workflows.add_workflow, "Standard", STANDARD_STEPS, who=None, now=NOW)
    workspace.run(channels.add_channel, "Blog", who=None, now=NOW, workflow=1)
    for name in NAMES:
        workspace.run(members.add_member, name, who=None, now=NOW, skills=skills)
    for number in range(POSTS):
        at = local("2027-03-04T10:00").replace(day=number + 1)
        workspace.run(posts.add_post, 1, f"Post {number}", who=None, now=NOW, at=at)
    workspace.close()
    return path


@dataclass
class Told:
    """What the processes were told: (action, seq, by) of each success, and how each ended."""

    successes: list[tuple[str, int, str]]
    endings: list[dict[str, Any]]


@pytest.fixture(scope="module")
def told(calendar) -> Told:
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
    lines = [line for name in NAMES for line in reports_of(calendar, name).read_text().splitlines()]
    return Told([tuple(json.loads(line)) for line in lines], endings)


def start(calendar: Path, name: str) -> subprocess.Popen[str]:
    arguments = [str(calendar), name, str(SECONDS), str(reports_of(calendar, name))]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.workspace.worker", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def reports_of(calendar: Path, name: str) -> Path:
    return calendar.with_name(f"{name}.reports")


@pytest.fixture(scope="module")
def history(calendar, told) -> list[Change]:
    return list(open_store(calendar).history())


def test_all_of_them_got_something_done_and_lost_some_races(told):
    done = Counter((by, action) for action, _, by in told.successes)
    refused = sum(ending["refused"] for ending in told.endings)
    print(f"{sum(done.values())} changes, {refused} refusals in {SECONDS} s: {dict(done)}")
    assert sum(done[name, "claim"] > 0 for name in NAMES) > 1, "on the busiest computer at least two get in"
    assert refused


def test_every_change_is_one_that_somebody_was_told_of_and_no_other(told, history):
    recorded = Counter((change.seq, change.by) for change in history if change.by in NAMES)
    assert recorded == Counter((seq, by) for _, seq, by in told.successes)
    assert set(recorded.values()) == {1}


def test_changes_are_numbered_without_a_hole(history):
    assert [change.seq for change in history] == list(range(1, len(history) + 1))


def test_nobody_claims_what_another_has(told, history):
    claims = {seq for action, seq, _ in told.successes if action == "claim"}
    for change, before, after in replayed(history):
        if change.seq not in claims:
            continue
        (op,) = change.ops
        (kind,) = op.new["tasks"]
        was, is_now = (documents[op.id]["tasks"][kind] for documents in (before, after))
        assert "member" not in was or "offer" in was
        assert is_now["member"] == NAMES.index(change.by) + 1


def test_the_state_is_what_the_history_leads_to(calendar, history):
    *_, (_, _, after) = replayed(history)
    store = open_store(calendar)
    assert {id: content(document) for id, document in store.documents("posts").items()} == after
    assert store.verify().ok


def test_every_process_ends_with_the_snapshot_of_a_fresh_start(told):
    assert all(ending["agrees"] for ending in told.endings)


def replayed(history: list[Change]) -> Iterator[tuple[Change, Documents, Documents]]:
    """Each change with the posts before and after it, worked out from the history alone."""
    posts_now: Documents = {}
    for change in history:
        before = dict(posts_now)
        for op in change.ops:
            if op.table == "posts":
                assert op.kind in "iu"
                posts_now[op.id] = merged(posts_now.get(op.id, {}), op.new)
        yield change, before, dict(posts_now)


def merged(document: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """The document after a JSON Merge Patch (RFC 7396)."""
    after = dict(document)
    for name, value in patch.items():
        if value is None:
            after.pop(name, None)
        elif isinstance(value, dict):
            known = after.get(name)
            after[name] = merged(known if isinstance(known, dict) else {}, value)
        else:
            after[name] = value
    return after


def content(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in ("id", "rev", "modified")}
