"""`cadence plan` and `cadence replan`: a proposal that can be looked at, taken over, and taken back."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from tests.cli.conftest import Cadence

ROOT = Path(__file__).parents[2]
EXAMPLE = re.search(r"```json\n(.*?)```", (ROOT / "docs" / "planning.md").read_text("utf-8"), re.DOTALL)[1]


@pytest.fixture
def office(cadence: Cadence, team: Path) -> Cadence:
    """The small team, in which Anna and Luca can do everything on the Newsletter but Luca no drafts."""
    for who, kinds in {"Anna": "draft design review publish engage", "Luca": "design review publish"}.items():
        skills = [word for kind in kinds.split() for word in ("--skill", kind)]
        assert cadence("member", "edit", who, *skills).status == 0
    return cadence


def owners(cadence: Cadence, post: int) -> dict[str, str | None]:
    found = cadence("post", "show", post, "--json").json["post"]
    return {task["task"]: task["member"] for task in found["tasks"]}


def test_a_plan_says_who_takes_what_and_changes_nothing(office: Cadence) -> None:
    before = owners(office, 3)
    done = office("plan")
    assert done.status == 0
    # Anna has the draft, so the review is Luca's; who can answer is Anna, or the partner for money.
    assert re.search(r"Fri 27 Nov +Dicembre +review +nobody +Luca", done.out)
    assert re.search(r"Dicembre +engage +nobody +Anna", done.out)
    assert "without anybody 0 (was 4)" in done.out
    assert "proven" in done.out
    assert owners(office, 3) == before


def test_a_plan_is_taken_over_as_one_change_and_taken_back(office: Cadence) -> None:
    before = owners(office, 3)
    assert "Planned 4 tasks" in office("plan", "--apply", "--as", "Anna").out
    assert None not in owners(office, 3).values()
    assert office("plan").out.startswith("Nothing would change.")
    assert "nothing was changed" in office("plan", "--apply").out
    assert office("undo", "--as", "Anna").status == 0
    assert owners(office, 3) == before


def test_a_part_of_a_plan_can_be_taken_over(office: Cadence) -> None:
    office("plan", "--apply", "--only", "3 review", "--only", "3 engage")
    after = owners(office, 3)
    assert (after["review"], after["engage"], after["design"]) == ("Luca", "Anna", None)
    wrong = office("plan", "--apply", "--only", "3 review")
    assert (wrong.status, wrong.out) == (2, "")
    assert "the plan does not change '3 review'" in wrong.err


def test_programs_get_the_plan_and_its_changes(office: Cadence) -> None:
    found = office("plan", "--json").json
    assert found["status"] == "optimal"
    assert [level["name"] for level in found["levels"]][:2] == ["uncovered", "cost"]
    assert all(level["bound"] == level["value"] for level in found["levels"])
    assert {"task": "3 review", "member": "Luca"} in found["assignments"]
    changes = {change["task"]: (change["from"], change["to"]) for change in found["changes"]}
    assert changes["3 review"] == (None, "Luca")
    assert found["uncovered"] == []


def test_open_slots_are_planned_too_and_become_posts(office: Cadence) -> None:
    office(
        "rhythm",
        "add",
        "Newsletter",
        "--rrule",
        "FREQ=WEEKLY;BYDAY=FR",
        "--at",
        "9:00",
        "--from",
        "2026-12-04",
    )
    assert "Newsletter on Fri 4 Dec" in office("plan", "--to", "2026-12-07").out
    assert "Newsletter on Fri 4 Dec" not in office("plan", "--to", "2026-12-07", "--no-slots").out
    assert "1 new post" in office("plan", "--to", "2026-12-07", "--apply").out
    assert owners(office, 4)["draft"] == "Anna"


def test_when_somebody_is_away_only_their_tasks_change_hands(office: Cadence) -> None:
    office("plan", "--apply", "--only", "3 review", "--only", "3 engage")
    away = ("replan", "--absent", "Luca", "--from", "2026-11-25", "--to", "2026-11-28")
    # The review is to be done on Wednesday or Thursday, and nobody but Luca may: Anna wrote the draft.
    assert re.search(r"Dicembre +review +Luca +nobody", office(*away).out)
    assert owners(office, 3)["review"] == "Luca"
    said = office(*away, "--reason", "course", "--apply").out
    assert "Luca is away from Wed 25 Nov to Fri 27 Nov" in said
    assert office("absence", "list", "--json").json["absences"][0]["reason"] == "course"
    assert (owners(office, 3)["review"], owners(office, 3)["engage"]) == (None, "Anna")
    office("undo")
    assert owners(office, 3)["review"] == "Luca"
    assert office("absence", "list", "--json").json["absences"] == []


def test_who_leaves_is_not_here_from_then_on(office: Cadence) -> None:
    said = office("replan", "--leaves", "Luca", "--from", "2026-12-01", "--apply").out
    assert "Luca is not here from Tue 1 Dec on" in said
    assert office("member", "show", "Luca", "--json").json["member"]["active_to"] == "2026-11-30"


def test_with_nothing_new_a_replan_changes_nothing(office: Cadence) -> None:
    office("plan", "--apply")
    assert office("replan").out.startswith("Nothing would change.")


def test_a_problem_can_be_written_down_and_planned_elsewhere(office: Cadence, tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    assert office("plan", "--save-problem", file).status == 0
    here = office("plan", "--json").json
    there = office("plan", "--problem", file, "--calendar", tmp_path / "none.json", "--json", now="").json
    assert there["assignments"] == here["assignments"]
    assert there["levels"] == here["levels"]


def test_a_problem_from_a_file_is_told_as_text_too(cadence: Cadence, tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    problem = json.loads(EXAMPLE)
    problem["members"][1]["capacity"] = [10]
    file.write_text(json.dumps(problem))
    out = cadence("plan", "--problem", file).out
    assert re.search(r"1 review +nobody", out)
    assert "Giulia is 5′ short" in out


BAD = {
    "a period that is over": (("plan", "--to", "yesterday"), "the period ends before it begins"),
    "a day that is none": (("plan", "--from", "someday"), "'someday' is not a date"),
    "no such file": (("plan", "--problem", "none.json"), "cannot read none.json"),
    "a file and --apply": (("plan", "--problem", "none.json", "--apply"), "--problem FILE stands alone"),
    "no time": (("plan", "--time-limit", "0"), "--time-limit"),
    "not a number": (("plan", "--steps", "many"), "--steps"),
    "nobody of that name": (("replan", "--absent", "Zoe"), "there is no member 'Zoe'"),
    "away and gone": (("replan", "--absent", "Anna", "--leaves", "Luca"), "either --absent or --leaves"),
    "a folder to write to": (("plan", "--save-problem", "."), "is a folder"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_one_line_and_exit_status_2(office: Cadence, what: str) -> None:
    words, said = BAD[what]
    done = office(*words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_ctrl_c_ends_planning_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A problem that takes longer than the test: 40 people, 200 tasks that nearly all fit nobody."""
    days, people = 28, 40
    problem = {
        "start": "2026-11-23",
        "days": days,
        "members": [
            {
                "name": f"P{n}",
                "free": [17 + n % 7] * days,
                "capacity": [50 + n] * 4,
                "skills": [{"task": kind} for kind in ("draft", "review", "engage")[n % 3 :]],
            }
            for n in range(people)
        ],
        "tasks": [
            {
                "id": str(n), "post": str(n // 3), "kind": ("draft", "review", "engage")[n % 3],
                "channel": "Blog", "day": "2026-12-20", "effort": 23 + n % 17,
                "opens": f"2026-12-{1 + n % 9:02}", "closes": f"2026-12-{4 + n % 15:02}",
            }
            for n in range(400)
            if 1 + n % 9 <= 4 + n % 15
        ],
    }  # fmt: skip
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(problem))
    command = [sys.executable, "-m", "cadence", "plan", "--problem", str(file), "--time-limit", "300"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    sleep(2)  # not for something to happen: Ctrl-C comes at some moment, and any will do
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
