"""Problems as files: what is written can be read again, and what is wrong is said with its place."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given

from cadence.model.errors import BadInput
from cadence.planner.problemfile import problem_text, read_problem
from cadence.planner.solving.solve import solve
from tests.planner.problems import small_problems

DOCUMENT = (Path(__file__).parents[2] / "docs" / "planning.md").read_text("utf-8")


def the_example() -> dict:
    """The problem that docs/planning.md shows."""
    return json.loads(re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1])


def written(tmp_path: Path, problem: object) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(problem if isinstance(problem, str) else json.dumps(problem), encoding="utf-8")
    return path


@given(problem=small_problems())
def test_what_is_written_is_read_again(tmp_path_factory, problem) -> None:
    path = tmp_path_factory.mktemp("problems") / "problem.json"
    path.write_bytes(problem_text(problem))
    assert read_problem(path) == problem


def test_the_example_of_the_document_is_planned(tmp_path: Path) -> None:
    plan = solve(read_problem(written(tmp_path, the_example())))
    assert plan.assignments == {"1 draft": "Anna", "1 review": "Giulia"}
    assert plan.status == "optimal"


def test_the_document_names_every_field() -> None:
    from cadence.planner.problem import Member, Problem, Task

    for kind in (Problem, Member, Task):
        for field in kind.__struct_fields__:
            assert f"`{field}`" in DOCUMENT, f"{kind.__name__}.{field} is not described"


BAD = {
    "an unknown field": (lambda p: p.update(colour="red"), "colour"),
    "a text for a number": (lambda p: p.update(days="five"), "days: "),
    "minutes below zero": (lambda p: p["members"][0]["free"].__setitem__(2, -5), "members[0].free"),
    "too few days": (
        lambda p: p["members"][0].update(free=[480]),
        "member Anna: free has 1 numbers for 5 days",
    ),
    "too many weeks": (lambda p: p["members"][1].update(capacity=[1, 2]), "member Giulia: capacity has 2"),
    "a member twice": (lambda p: p["members"][1].update(name="Anna"), "members: 'Anna' is there twice"),
    "a task twice": (lambda p: p["tasks"][1].update(id="1 draft"), "tasks: '1 draft' is there twice"),
    "a stranger": (lambda p: p["tasks"][1].update(member="Zoe"), "task 1 review: there is no member 'Zoe'"),
    "fixed to nobody": (
        lambda p: p["tasks"][1].update(fixed=True),
        "task 1 review is fixed, and nobody has it",
    ),
    "a window that ends first": (
        lambda p: p["tasks"][1].update(closes="2026-11-24"),
        "task 1 review: its window",
    ),
    "a window outside": (lambda p: p["tasks"][1].update(closes="2026-12-24"), "within the horizon"),
    "no such day": (lambda p: p["tasks"][1].update(day="2026-02-30"), "tasks[1].day"),
    "no such kind": (lambda p: p["tasks"][1].update(kind="dance"), "tasks[1].kind"),
    "no such level": (lambda p: p.update(order=["cost"]), "order: "),
    "no tasks at all": (lambda p: p.pop("tasks"), "tasks"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, what: str) -> None:
    change, place = BAD[what]
    problem = the_example()
    change(problem)
    with pytest.raises(BadInput, match=re.escape(place)) as said:
        read_problem(written(tmp_path, problem))
    assert "\n" not in str(said.value)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"start": NaN}', "\ufeff{}", "[" * 5000])
def test_what_is_no_problem_is_said(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadInput, match=re.escape(str(path))):
        read_problem(path)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(BadInput, match="cannot read"):
            read_problem(path)
