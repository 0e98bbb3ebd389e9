"""A command loads what it needs and nothing else: the app and a solver cost more than the command itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations import channels, members, posts, team, workflows
from cadence.store import create_store
from cadence.workspace import Workspace
from tests.builders import NOW, local

THE_APP = {"textual", "rich"}
SOLVERS = {"highspy", "ortools", "scipy", "pyjobshop"}
THE_WEB = {"starlette", "uvicorn"}
CALENDAR_FILES = {"icalendar"}

PROBE = """
import json, sys
from cadence.cli import run
status = run(sys.argv[1:])
print(json.dumps({"status": status, "loaded": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


@pytest.fixture(scope="module")
def calendar(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("layers") / "team.json"
    workspace = Workspace(create_store(path))
    skills = tuple(Skill(kind) for kind in TASK_KINDS)
    workspace.run(team.set_up_team, "Officine Rossi", who=None, now=NOW, zone="Europe/Rome")
    workspace.run(workflows.add_workflow, "Standard", STANDARD_STEPS, who=None, now=NOW)
    workspace.run(channels.add_channel, "Blog", who=None, now=NOW, workflow=1)
    workspace.run(members.add_member, "Anna", who=None, now=NOW, skills=skills)
    workspace.run(posts.add_post, 1, "Storia", who=None, now=NOW, at=local("2026-11-26T10:00"))
    workspace.close()
    return path


def loaded_by(*arguments: str) -> set[str]:
    """The packages that one command, run in a process of its own, has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["status"] == 0, done.stderr
    return set(told["loaded"])


def test_help_loads_no_store_either():
    loaded = loaded_by("--help")
    assert "click" in loaded
    assert not loaded & (THE_APP | SOLVERS | THE_WEB | CALENDAR_FILES | {"tinydb", "dateutil"})


def test_warnings_load_neither_the_app_nor_a_solver(calendar):
    loaded = loaded_by("warnings", "--calendar", str(calendar), "--now", "2026-11-23T10:00")
    assert "cadence" in loaded
    assert not loaded & (THE_APP | SOLVERS | THE_WEB | CALENDAR_FILES)


def test_exporting_feeds_loads_neither_the_app_nor_a_solver(calendar, tmp_path):
    loaded = loaded_by("export", "ics", "-o", str(tmp_path / "feeds"), "--calendar", str(calendar))
    assert not loaded & (THE_APP | SOLVERS | THE_WEB)


def test_the_door_for_the_faces_loads_no_face():
    probe = "import sys, json, cadence.workspace; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & (THE_APP | SOLVERS | THE_WEB | CALENDAR_FILES | {"click"})
