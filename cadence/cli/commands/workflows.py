"""`cadence workflow …`: which tasks a post needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import click

from cadence.cli.arguments import check_one
from cadence.cli.base import branch, command
from cadence.cli.forms import workflow_form
from cadence.cli.names import WORKFLOW
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import listed, say_minutes
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Step, TaskKind, Workflow
from cadence.model.times import parse_minutes
from cadence.model.words import kind_word
from cadence.operations import workflows as operations
from cadence.operations.edit import UNSET


@branch()
def workflow() -> None:
    """Add, list, show, edit or remove workflows."""


@command("add", changes=True)
@click.argument("name")
@click.option(
    "--step", "steps", metavar="STEP", multiple=True,
    help="TASK:EFFORT:OPENS:CLOSES, such as draft:1h:-5:-2: an hour, five to two working days before "
    "publication. Default: the five usual.",
)  # fmt: skip
def add(session: Session, name: str, steps: tuple[str, ...]) -> None:
    """Add a workflow; without --step it has the five usual tasks."""
    session.do(operations.add_workflow, name, read_steps(steps) if steps else STANDARD_STEPS)


@command("list")
def list_(session: Session) -> None:
    """List the workflows with their tasks."""
    workflows = list(session.calendar.workflows.values())
    if session.json:
        say_json({"workflows": [workflow_form(w) for w in workflows]})
        return
    table(
        (_("name"), _("tasks")),
        ((w.name, _say_steps(w)) for w in workflows),
        none=_("No workflows yet: `cadence workflow add NAME`."),
    )


@command("show")
@click.argument("workflow", type=WORKFLOW)
def show(session: Session, workflow: str) -> None:
    """Show a workflow: tasks, effort and windows in working days around publication."""
    found = session.calendar.workflow(workflow)
    if session.json:
        say_json({"workflow": workflow_form(found)})
        return
    headers = (_("task"), _("effort"), _("opens"), _("closes"))
    table(
        headers,
        (
            (kind_word(kind), say_minutes(step.effort), f"{step.opens:+}", f"{step.closes:+}")
            for kind, step in found.steps.items()
        ),
        right=headers[1:],
        none=_("No tasks."),
    )


@command("edit", changes=True)
@click.argument("workflow", type=WORKFLOW)
@click.option("--name", metavar="TEXT")
@click.option(
    "--step", "steps", metavar="STEP", multiple=True,
    help="Replaces all steps. TASK:EFFORT:OPENS:CLOSES, such as draft:1h:-5:-2: an hour, five to two working "
    "days before publication.",
)  # fmt: skip
def edit(session: Session, workflow: str, name: str | None, steps: tuple[str, ...]) -> None:
    """Rename a workflow or replace its steps; posts that exist keep their tasks."""
    check_one(_("give --name or --step"), (name, steps))
    session.do(
        operations.edit_workflow,
        session.calendar.workflow(workflow).id,
        name=UNSET if name is None else name,
        steps=read_steps(steps) if steps else UNSET,
    )


@command("remove", changes=True)
@click.argument("workflow", type=WORKFLOW)
def remove(session: Session, workflow: str) -> None:
    """Take away a workflow that no channel uses."""
    session.do(operations.remove_workflow, session.calendar.workflow(workflow).id)


def read_steps(texts: Iterable[str]) -> dict[TaskKind, Step]:
    """Steps from `TASK:EFFORT:OPENS:CLOSES`, in the usual order of work."""
    steps = dict(_step(text) for text in texts)
    return {kind: steps[kind] for kind in TASK_KINDS if kind in steps}


def _step(text: str) -> tuple[TaskKind, Step]:
    remedy = _("write TASK:EFFORT:OPENS:CLOSES, such as draft:1h:-5:-2")
    try:
        task, effort, opens, closes = text.split(":")
        minutes, first, last = parse_minutes(effort), int(opens), int(closes)
    except ValueError:
        raise BadInput(_("{text!r} is not a step", text=text[:60]), remedy) from None
    try:
        step = Step(minutes, first, last)
    except ValueError as error:
        raise BadInput(_("{text!r} is not a step: {why}", text=text[:60], why=error), remedy) from None
    if task not in TASK_KINDS:
        raise BadInput(
            _("{text!r} begins with no task", text=text[:60]),
            _("the tasks are {tasks}", tasks=", ".join(TASK_KINDS)),
        )
    return cast(TaskKind, task), step


def _say_steps(workflow: Workflow) -> str:
    steps = (f"{kind_word(kind)} {say_minutes(step.effort)}" for kind, step in workflow.steps.items())
    return listed(steps, _("no tasks"))


for _command in (add, list_, show, edit, remove):
    workflow.add_command(_command)
