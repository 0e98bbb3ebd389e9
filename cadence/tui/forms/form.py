"""What a form asks, and what its answers mean. Pure.

Every answer is a text, whatever the field looks like, so that answers can be compared, set and tested alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.operations.edit import Operation
from cadence.tui.widgets.cells import Line

Answers = Mapping[str, str]
Key = tuple[str, int]
"""A document of the calendar: its table and number."""


def always(_answers: Answers) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Field:
    """`read` gives the value that an answer means; CadenceError says what is wrong with it and the remedy.
    `when`: the answers with which the field is asked at all. `quoted`: it is said when it changes; one that
    follows from another is not."""

    name: str
    label: str
    value: str = ""
    read: Callable[[str], Any] = str
    when: Callable[[Answers], bool] = always
    quoted: bool = True


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A line to type. `hint` stands there while it is empty; `known`: words that it completes to."""

    hint: str = ""
    known: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few: what the options are called, by their answers."""

    options: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Ticks(Field):
    """Some of a row, or of a grid: `row:column:level row:column:level …`, in the order of the grid.

    `rows` and `columns` are what they are called, by their names in the answer; so are `levels`, of which a
    place has one or none.
    """

    columns: Mapping[str, str]
    rows: Mapping[str, str] = field(default_factory=lambda: {"": ""})
    levels: Mapping[str, str] = field(default_factory=lambda: {"": ""})


class Values(dict[str, Any]):
    """What the answers mean, by field; a field that is not asked is not there."""

    def __init__(self, values: Mapping[str, Any], touched: frozenset[str]) -> None:
        super().__init__(values)
        self.touched = touched
        """The fields that do not say any more what the form said at first."""

    def changed(self, *names: str) -> dict[str, Any]:
        """Those of the fields that were touched: what an edit writes, and nothing else."""
        return {name: self[name] for name in names if name in self.touched and name in self}


@dataclass(frozen=True)
class Step:
    """The operation that saving the form performs."""

    operation: Operation
    args: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


def nothing_shown(_values: Values) -> Sequence[Line]:
    return ()


def nothing_linked(_name: str, _answers: Answers) -> Answers:
    return {}


@dataclass(frozen=True, kw_only=True)
class Form:
    """`step` turns the values into what saving does; it raises CadenceError where they do not fit together.

    `keys` are the documents that it shows: whoever changes one of them meanwhile is not overwritten. `shows`
    gives lines that follow from the values, below the fields. `linked` gives the answers of other fields that
    follow from the field that was just answered.
    """

    head: str
    fields: Sequence[Field]
    step: Callable[[Values], Step]
    keys: Sequence[Key] = ()
    shows: Callable[[Values], Sequence[Line]] = nothing_shown
    linked: Callable[[str, Answers], Answers] = nothing_linked

    @property
    def is_edit(self) -> bool:
        """Whether it is about something that is there already."""
        return bool(self.keys)

    @property
    def answers(self) -> Answers:
        """What it says before anybody has answered."""
        return {field.name: field.value for field in self.fields}

    def asked(self, answers: Answers) -> list[Field]:
        """The fields that are asked where these are the answers."""
        return [field for field in self.fields if field.when(answers)]

    def touched(self, answers: Answers) -> frozenset[str]:
        """The fields that do not say any more what the form said at first."""
        return frozenset(field.name for field in self.fields if answers[field.name] != field.value)

    def read(self, answers: Answers) -> tuple[Values, Mapping[str, CadenceError]]:
        """What the answers mean, and what is wrong with the others, by field."""
        values, wrong = Values({}, self.touched(answers)), dict[str, CadenceError]()
        for asked in self.asked(answers):
            try:
                values[asked.name] = asked.read(answers[asked.name])
            except CadenceError as error:
                wrong[asked.name] = error
        return values, wrong

    def revisions(self, calendar: Calendar) -> dict[Key, int]:
        """Of the documents that it shows, as far as they are there."""
        found: dict[Key, int] = {}
        for table, id in self.keys:
            value = calendar.team if table == "team" else getattr(calendar, table).get(id)
            if value is not None:
                found[table, id] = value.rev
        return found


def in_words(field: Field, answer: str) -> str:
    """How an answer is quoted; empty for a grid, which has no words."""
    if isinstance(field, Choice):
        return field.options.get(answer, answer)
    return "" if isinstance(field, Ticks) else answer or "–"


def what_changes(form: Form, answers: Answers) -> str:
    """`Allowance 1h → 2h, Skills`: the fields that say something else than at first."""
    found: list[str] = []
    for asked in form.fields:
        before, after = asked.value, answers[asked.name]
        if before != after and asked.quoted and asked.when(answers):
            old, new = in_words(asked, before), in_words(asked, after)
            change = _("{field} {before} → {after}", field=asked.label, before=old, after=new)
            found.append(change if old and new and len(old) + len(new) < 60 else asked.label)
    return ", ".join(found)
