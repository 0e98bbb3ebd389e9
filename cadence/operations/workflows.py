"""Workflows: which tasks a post needs. A change holds for new posts; those that exist keep their tasks."""

from collections.abc import Mapping
from datetime import datetime

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.team import Step, TaskKind, Workflow
from cadence.model.words import kind_word
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.naming import check_name
from cadence.operations.wording import list_text


def add_workflow(
    calendar: Calendar, who: Who, name: str, steps: Mapping[TaskKind, Step], *, now: datetime
) -> Edit:
    """A new workflow with its steps."""
    check_name("workflow", name, (other.name for other in calendar.workflows.values()))
    workflow = Workflow(id=calendar.next_id(Workflow), name=name, steps=dict(steps))
    return Edit(
        _("Added the workflow {name}: {tasks}", name=name, tasks=_tasks_text(steps) or _("no tasks")),
        (workflow,),
    )


def edit_workflow(
    calendar: Calendar,
    who: Who,
    workflow: int,
    *,
    now: datetime,
    name: str | UnsetType = UNSET,
    steps: Mapping[TaskKind, Step] | UnsetType = UNSET,
) -> Edit:
    """Rename a workflow or replace its steps."""
    before = calendar.workflow(workflow)
    after = changed(before, name=name, steps=steps if steps is UNSET else dict(steps))
    if after == before:
        return Edit(_("Nothing to change on the workflow {name}", name=before.name))
    others = (other.name for other in calendar.workflows.values() if other.id != workflow)
    check_name("workflow", after.name, others)
    said = _("Edited the workflow {name}", name=after.name)
    if after.steps != before.steps:
        said = _("Edited the workflow {name}; posts that exist keep their tasks", name=after.name)
    return Edit(said, (after,))


def remove_workflow(calendar: Calendar, who: Who, workflow: int, *, now: datetime) -> Edit:
    """Take away a workflow that no channel uses."""
    gone = calendar.workflow(workflow)
    users = [channel.name for channel in calendar.channels.values() if channel.workflow == workflow]
    if users:
        raise Refused(
            _("the workflow {name} is used by {names}", name=gone.name, names=list_text(users)),
            _("give them another workflow first"),
        )
    return Edit(_("Removed the workflow {name}", name=gone.name), removes=(gone,))


def _tasks_text(steps: Mapping[TaskKind, Step]) -> str:
    return list_text(map(kind_word, steps), 5)
