"""A form on the screen: fields one under the other, what is wrong or what saving will do at its foot.

It stays open until what it says is written: a refusal is explained in it. What somebody else changes
meanwhile comes in wherever the user has not answered yet, and who it was is said.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.documents import encode
from cadence.model.errors import CadenceError
from cadence.tui.forms.controls import ChoiceControl, Control, Shown, TicksControl
from cadence.tui.forms.form import Answers, Choice, Field, Form, Step, Text, Ticks, Values, what_changes
from cadence.tui.recurrence import in_words
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.cells import Line, ascii_text
from cadence.workspace import Done

if TYPE_CHECKING:
    from cadence.model.change import Change

Make = Callable[[Calendar], Form]
"""The form as the calendar is; CadenceError when what it is about is gone."""

WIDTH = 92
SAYS_LINES = 2


class FormScreen(Modal[Done | None]):
    """Gives what came of it; None when the user left. `begin`: the field to begin with."""

    BINDINGS = [
        # Escape and saving come by way of the field, after all letters typed before them; with priority the
        # next letter goes to the field that the other keys lead to.
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "save", show=False),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("shift+tab", "field(-1)", show=False, priority=True),
        Binding("tab", "field(1)", show=False, priority=True),
    ]

    def __init__(self, make: Make, begin: str = "") -> None:
        super().__init__()
        self._make = make
        self._begin = begin
        self.form = make(self.cadence.calendar)
        self._expect = self.form.revisions(self.cadence.calendar)
        self._notice = ""
        """What is to be known before anything else: somebody was faster, or esc was pressed once."""
        self._is_gone = False
        self._is_saving = False
        self._rows_shown: dict[str, tuple[bool, bool]] = {}
        """By field: whether it is asked, and whether its answer is wrong."""
        self._height = 0

    # The widgets

    def compose(self) -> ComposeResult:
        width = max(cell_len(field.label) for field in self.form.fields) + 4
        with Vertical(id="form"):
            with VerticalScroll(id="form-fields", can_focus=False):
                for field in self.form.fields:
                    with Horizontal(classes="form-row", id=f"row-{field.name}"):
                        label = Static("", classes="form-label", markup=False)
                        label.styles.width = width
                        yield label
                        yield self._control(field)
            yield Shown(ascii_only=self.cadence.ascii_only)
            yield Static("", id="form-says", markup=False)

    def _control(self, field: Field) -> Widget:
        plain = self.cadence.ascii_only
        if isinstance(field, Choice):
            return ChoiceControl(field, ascii_only=plain)
        if isinstance(field, Ticks):
            return TicksControl(field, ascii_only=plain)
        assert isinstance(field, Text)
        return Input(
            field.value,
            placeholder=self._said(field.hint),
            id=f"field-{field.name}",
            compact=True,
            select_on_focus=False,
            suggester=SuggestFromList(field.known, case_sensitive=False) if field.known else None,
        )

    def _said(self, text: str) -> str:
        return ascii_text(text) if self.cadence.ascii_only else text

    def on_mount(self) -> None:
        box = self.query_one("#form", Vertical)
        box.border_title = self._said(self.form.head)
        box.border_subtitle = self._said(_("tab next · ctrl+s saves · esc leaves"))
        for line in self.query(Input):
            line.cursor_blink = False
        first = self._begin or self.form.fields[0].name
        self.set_focus(self._widget(first))
        self._read()

    def on_resize(self, event: events.Resize) -> None:
        self._fit()

    def _fit(self) -> None:
        """Fields scroll where the window is too low for all."""
        used = SAYS_LINES + 2 + self.query_one(Shown).height
        height = max(4, self.app.size.height - used)
        if height != self._height:
            self._height = height
            self.query_one("#form-fields").styles.max_height = height

    def _widget(self, name: str) -> Widget:
        return self.query_one(f"#field-{name}")

    # Answers

    @property
    def answers(self) -> Answers:
        found: dict[str, str] = {}
        for field in self.form.fields:
            widget = self._widget(field.name)
            found[field.name] = widget.value.strip() if isinstance(widget, Input) else widget.answer  # type: ignore[attr-defined]
        return found

    def _answer(self, name: str, text: str) -> None:
        """Fill in a field; nothing follows from that."""
        widget = self._widget(name)
        if isinstance(widget, Input):
            if widget.value.strip() != text:
                with widget.prevent(Input.Changed):
                    widget.value = text
        else:
            cast(Control, widget).set_answer(text)

    @property
    def touched(self) -> frozenset[str]:
        return self.form.touched(self.answers)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._answered(event.input)

    def on_control_changed(self, event: Control.Changed) -> None:
        self._answered(event.field)

    def _answered(self, widget: Widget) -> None:
        name = (widget.id or "").removeprefix("field-")
        for other, text in self.form.linked(name, self.answers).items():
            self._answer(other, text)
        if not self._is_gone:
            self._notice = ""
        self._read()

    def on_input_submitted(self) -> None:
        self._enter()

    def on_control_submitted(self) -> None:
        self._enter()

    def _enter(self) -> None:
        """To the next field; on the last one it saves."""
        if self._here == self.form.asked(self.answers)[-1].name:
            self.action_save()
        else:
            self.action_field(1)

    # Moving

    def action_field(self, by: int) -> None:
        names = [field.name for field in self.form.asked(self.answers)]
        place = names.index(self._here) if self._here in names else 0
        target = self._widget(names[(place + by) % len(names)])
        if isinstance(target, TicksControl):
            target.enter_from(by)
        self.set_focus(target)  # at once: the next letter may be there already
        self.call_after_refresh(self._read)

    def action_step(self, by: int) -> None:
        if not (isinstance(self.focused, TicksControl) and self.focused.move_rows(by)):
            self.action_field(by)

    def action_leave(self) -> None:
        if self._is_saving:
            return
        asked = _("leave without saving? esc again leaves")
        if self._is_gone or self._notice == asked or not self.touched:
            self.dismiss(None)
            return
        self._notice = asked
        self._read()

    # Reading

    def _read(self) -> Step | None:
        """What saving would do; None, and why, where it cannot be."""
        if not self.is_attached:
            return None
        answers = self.answers
        values, wrong = self.form.read(answers)
        touched = values.touched
        self._show_rows(answers, wrong)
        self.query_one(Shown).show([] if wrong and not values else list(self._lines(values)))
        step: Step | None = None
        if self._is_gone or (self._notice and not wrong):
            self._say(self._notice, wrong=True)
            return None if self._is_gone else self._step(values)
        if wrong:
            field = self._first_wrong(wrong)
            before = "" if field.name == self._here else f"{field.label}: "
            self._explain(wrong[field.name], before, quiet=not touched)
        else:
            try:
                step = self.form.step(values)
                sentence = self._trial(step)
            except CadenceError as error:
                step = None
                self._explain(error, quiet=not touched and not self.form.is_edit)
            else:
                self._say(sentence, wrong=False)
        self._fit()
        return step

    @property
    def _here(self) -> str:
        """The field that has the cursor."""
        return (self.focused.id or "").removeprefix("field-") if self.focused else ""

    def _first_wrong(self, wrong: Mapping[str, CadenceError]) -> Field:
        """From the cursor on, and round the end."""
        names = [field.name for field in self.form.fields]
        start = names.index(self._here) if self._here in names else 0
        fields = [*self.form.fields[start:], *self.form.fields[:start]]
        return next(field for field in fields if field.name in wrong)

    def _step(self, values: Values) -> Step | None:
        try:
            return self.form.step(values)
        except CadenceError:
            return None

    def _lines(self, values: Values) -> list[Line]:
        try:
            return list(self.form.shows(values))
        except (CadenceError, KeyError):  # what they follow from is not answered yet
            return []

    def _trial(self, step: Step) -> str:
        """What saving would say; CadenceError if it is refused."""
        app = self.cadence
        if self.form.is_edit and not self.touched:
            return _("Nothing is changed yet")
        edit = step.operation(app.calendar, app.viewer, *step.args, now=app.now, **step.options)
        for value in edit.puts:
            encode(value)
        changes = what_changes(self.form, self.answers) if self.form.is_edit else ""
        said = in_words(edit.said)
        return f"{said}: {changes}" if changes and edit.puts else said

    def _show_rows(self, answers: Answers, wrong: Mapping[str, CadenceError]) -> None:
        sign = "!" if self.cadence.ascii_only else "▲"
        for field in self.form.fields:
            row = self.query_one(f"#row-{field.name}", Horizontal)
            asked = field.when(answers)
            bad = field.name in wrong and bool(answers[field.name] or self.touched)
            if self._rows_shown.get(field.name) != (asked, bad):  # every change is a new layout
                self._rows_shown[field.name] = asked, bad
                row.display = asked
                label = row.query_one(".form-label", Static)
                label.update(self._said(f" {sign if bad else ' '} {field.label}"), layout=False)
                label.set_class(bad, "-wrong")

    def _explain(self, error: CadenceError, before: str = "", *, quiet: bool = False) -> None:
        """Before anything is answered, what is wanted; then what is wrong with the answer."""
        self._say(error.remedy or str(error) if quiet else f"{before}{error}", wrong=not quiet)

    def _say(self, text: str, *, wrong: bool) -> None:
        says = self.query_one("#form-says", Static)
        width = max(20, min(WIDTH, self.app.size.width) - 4)
        more = " ~" if self.cadence.ascii_only else " …"
        lines = textwrap.wrap(self._said(text), width, max_lines=SAYS_LINES, placeholder=more) or [""]
        says.update("\n".join(f" {line}" for line in lines), layout=False)
        says.set_class(wrong, "-wrong")

    # Saving

    def action_save(self) -> None:
        if self._is_saving or self._is_gone:
            return
        self._notice = ""
        if self.form.is_edit and not self.touched:
            self.dismiss(None)
            return
        if (step := self._read()) is not None:
            self._is_saving = True
            self._save(step)
        else:
            self._to_what_is_wrong()

    def _to_what_is_wrong(self) -> None:
        _values, wrong = self.form.read(self.answers)
        if wrong:
            self.set_focus(self._widget(self._first_wrong(wrong).name))
            self.call_after_refresh(self._read)

    @work
    async def _save(self, step: Step) -> None:
        app = self.cadence
        app.hold_keys(self)  # what is typed on is meant for the screen behind, or for what is refused
        try:
            done = await app.perform(step.operation, *step.args, expect=self._expect, **step.options)
            self._is_saving = False
            if done is not None:
                self.dismiss(done)
            else:
                self._say(app.status.text, wrong=True)
        finally:
            app.release_keys(self)

    # Others

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """Somebody changed the calendar meanwhile, perhaps what the form is about."""
        if not self.is_mounted or self._is_saving or self._is_gone:
            return
        try:
            fresh = self._make(after)
        except CadenceError as error:
            self._is_gone = True
            self._notice = _("{why} - esc leaves", why=str(error).partition(" - ")[0])
            self._read()
            return
        if self.form.revisions(after) == self._expect:
            self._read()
            return
        taken, kept = self._take_over(fresh)
        self._expect = self.form.revisions(after)
        self._name_who_was_faster(taken, kept)

    def _take_over(self, fresh: Form) -> tuple[list[str], list[str]]:
        """The newest answers where the user has given none. Gives the fields that somebody else changed:
        those that were taken over, and those on which the user's answer stays."""
        taken, kept, mine, answers = list[str](), list[str](), self.touched, self.answers
        was = self.form.answers
        for field in fresh.fields:
            if field.name not in was or field.value == was[field.name]:
                continue
            if field.name in mine and answers[field.name] != field.value:
                kept.append(field.label)
            else:
                self._answer(field.name, field.value)
                taken.append(field.label)
        self.form = fresh
        return taken, kept

    @work
    async def _name_who_was_faster(self, taken: list[str], kept: list[str]) -> None:
        changes = await self.cadence.in_order(partial(self.cadence.workspace.history, limit=20))
        who = self._who(changes)
        if kept:
            what = ", ".join(kept)
            self._notice = _("{who} changed {fields} meanwhile: ctrl+s writes over it", who=who, fields=what)
        elif taken:
            self._notice = _("{who} changed {fields} meanwhile", who=who, fields=", ".join(taken))
        if self.is_mounted:
            self._read()

    def _who(self, changes: list[Change]) -> str:
        mine = set(self.form.keys)
        for change in changes:
            if any((op.table, op.id) in mine for op in change.ops):
                return change.by
        return _("somebody")
