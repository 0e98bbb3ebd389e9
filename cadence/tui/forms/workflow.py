"""The form of a workflow: a line for each task that a post may need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Step, TaskKind, Workflow
from cadence.model.times import parse_minutes, say_minutes
from cadence.model.when import MINUS
from cadence.operations.workflows import add_workflow, edit_workflow
from cadence.tui.forms import form as forms
from cadence.tui.forms import reading as read
from cadence.tui.forms.form import Form, Text, Values
from cadence.tui.forms.member import KINDS
from cadence.tui.widgets.cells import Line, fit

NAME, EFFORT = 10, 7
"""Cells of a task's name, and of its effort."""


def workflow_form(calendar: Calendar, id: int | None = None) -> Form:
    """A new workflow, or the one of this number as it is."""
    known = None if id is None else calendar.workflow(id)
    steps = known.steps if known else STANDARD_STEPS
    return Form(
        head=known.name if known else _("A new workflow"),
        keys=[("workflows", id)] if id is not None else [],
        fields=[
            Text(
                name="name",
                label=_("Name"),
                value=known.name if known else "",
                read=read.needed(str, _("a name: Article")),
                hint=_("Article"),
            ),
            *(
                Text(
                    name=kind,
                    label=_(KINDS[kind]).capitalize(),
                    value=say_step(steps[kind]) if kind in steps else "",
                    read=_step_reader(kind),
                    hint=_("no such task · 1h -5 -2: an hour, 5 to 2 working days before"),
                )
                for kind in TASK_KINDS
            ),
        ],
        step=lambda values: _step(known, values),
        shows=_shows,
    )


def say_step(step: Step) -> str:
    """`1h -5 -2`."""
    return f"{say_minutes(step.effort)} {step.opens:+} {step.closes:+}".replace("+0", "0")


def _step_reader(kind: TaskKind) -> Callable[[str], Step | None]:
    usual = STANDARD_STEPS[kind]

    def answer(text: str) -> Step | None:
        if not text:
            return None
        remedy = _("effort, and from when to when in working days: {step}", step=say_step(usual))
        effort, *days = text.replace(MINUS, "-").split()
        minutes = parse_minutes(effort)
        try:
            opens, closes = (int(day) for day in days) if days else (usual.opens, usual.closes)
        except ValueError:
            raise BadInput(_("{text!r} is not a task's time", text=text[:40]), remedy) from None
        try:
            return Step(minutes, opens, closes)
        except ValueError:
            raise BadInput(_("it would end before it begins"), remedy) from None

    return answer


def _steps(values: Values) -> dict[TaskKind, Step]:
    return {kind: values[kind] for kind in TASK_KINDS if values[kind] is not None}


def _shows(values: Values) -> Sequence[Line]:
    return list(_lines(_steps(values)))


def _lines(steps: dict[TaskKind, Step]) -> Iterator[Line]:
    """What each task takes and when, in words; what a post takes in all."""
    for kind, step in steps.items():
        name = fit(_(KINDS[kind]).capitalize(), NAME)
        yield [(f" {name}", "dim"), (fit(say_minutes(step.effort), EFFORT), ""), (_days(step), "dim")]
    total = sum(step.effort for step in steps.values())
    yield [(" " + _("A post takes {effort} in all", effort=say_minutes(total)), "")]


def _days(step: Step) -> str:
    if step.opens == step.closes == 0:
        return _("on the day of publication")
    if step.opens == 0:
        return n_(
            "up to {last} working day after publication",
            "up to {last} working days after publication",
            step.closes,
            last=step.closes,
        )
    if step.closes == 0:
        return n_(
            "from {first} working day before publication on",
            "from {first} working days before publication on",
            -step.opens,
            first=-step.opens,
        )
    if step.opens == step.closes:
        return _one_day(step.opens)
    if step.opens > 0:
        return _("from {first} to {last} working days after publication", first=step.opens, last=step.closes)
    if step.closes < 0:
        return _(
            "from {first} to {last} working days before publication", first=-step.opens, last=-step.closes
        )
    return n_(
        "from {first} working day before to {last} after publication",
        "from {first} working days before to {last} after publication",
        -step.opens,
        first=-step.opens,
        last=step.closes,
    )


def _one_day(offset: int) -> str:
    if offset < 0:
        return n_(
            "{number} working day before publication",
            "{number} working days before publication",
            -offset,
            number=-offset,
        )
    return n_(
        "{number} working day after publication",
        "{number} working days after publication",
        offset,
        number=offset,
    )


def _step(known: Workflow | None, values: Values) -> forms.Step:
    if known is None:
        return forms.Step(add_workflow, (values["name"], _steps(values)))
    fields = values.changed("name")
    if values.touched & set(TASK_KINDS):
        fields["steps"] = _steps(values)
    return forms.Step(edit_workflow, (known.id,), fields)
