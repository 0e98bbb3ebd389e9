"""A question in a few lines at the foot of the screen; what the answer will do is said while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.cells import ascii_text
from cadence.tui.widgets.labelled import in_lines

SAYS_LINES = 2

T = TypeVar("T")
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """One line to fill in. `known`: words that it completes to."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    known: Sequence[str] = ()


@dataclass(frozen=True)
class Question(Generic[T]):
    """`read` turns the answers into what was meant and the sentence that says what Enter will do; it raises
    CadenceError for answers that cannot be. `enter`: what Enter does, in a word or two; `for_good`: it cannot
    be undone."""

    head: str
    fields: Sequence[Field]
    read: Callable[[Answers], tuple[T, str]]
    enter: str = ""
    for_good: bool = False


class Prompt(Modal[T | None], Generic[T]):
    """Enter gives what was meant, Escape None. A wrong answer is explained and stays."""

    BINDINGS = [
        Binding("escape", "leave", "leave", show=False),
        # With priority the next letter goes to the field that the key leads to, however fast it follows.
        Binding("up,shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("down,tab", "app.focus_next", show=False, priority=True),
    ]

    def __init__(self, question: Question[T]) -> None:
        super().__init__()
        self.question = question
        self._says = ""

    def compose(self) -> ComposeResult:
        several = len(self.question.fields) > 1
        said = [_("enter {does}", does=self.question.enter or _("does it")), _("esc leaves")]
        if several:
            said.insert(1, _("tab next"))
        keys = " · ".join(said)
        width = max(cell_len(field.label) for field in self.question.fields) + 3
        with Vertical(id="prompt"):
            with Horizontal(classes="prompt-line"):
                yield Static(self._said(f" {self.question.head}"), id="prompt-head", markup=False)
                yield Static(self._said(f" {keys} "), id="prompt-keys", markup=False)
            for field in self.question.fields:
                with Horizontal(classes="prompt-line"):
                    label = Static(f" {field.label}", classes="prompt-label", markup=False)
                    label.styles.width = width
                    yield label
                    yield Input(
                        field.value,
                        placeholder=self._said(field.hint),
                        id=f"field-{field.name}",
                        compact=True,
                        select_on_focus=False,
                        suggester=SuggestFromList(field.known, case_sensitive=False) if field.known else None,
                    )
            yield Static("", id="prompt-says", markup=False)

    def _said(self, text: str) -> str:
        return ascii_text(text) if self.cadence.ascii_only else text

    def on_mount(self) -> None:
        first = self.query(Input).first()
        first.focus()
        first.cursor_blink = False
        self._read()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._fit_says)

    def on_input_submitted(self) -> None:
        """Enter comes by way of the field, after all letters typed before it."""
        self.action_accept()

    def on_input_changed(self) -> None:
        self._read()

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """Somebody changed the calendar meanwhile: say what the answer does now."""
        if self.is_mounted:
            self._read()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_accept(self) -> None:
        if (meant := self._read(strict=True)) is not None:
            self.accepted(meant[0])

    def accepted(self, meant: T) -> object:
        """Enter was pressed on an answer that can be."""
        return self.dismiss(meant)

    @property
    def answers(self) -> Answers:
        return {
            field.name: self.query_one(f"#field-{field.name}", Input).value.strip()
            for field in self.question.fields
        }

    def _read(self, *, strict: bool = False) -> tuple[T] | None:
        try:
            meant, sentence = self.question.read(self.answers)
        except CadenceError as error:
            given = {field.name: field.value.strip() for field in self.question.fields}
            unanswered = not strict and all(text in ("", given[name]) for name, text in self.answers.items())
            self.say(error.remedy if unanswered else str(error), wrong=not unanswered)
            return None
        self.say(sentence, wrong=False)
        return (meant,)

    def say(self, text: str, *, wrong: bool) -> None:
        """What Enter does, or what is `wrong` with the answers."""
        self._says = self._said(text)
        says = self.query_one("#prompt-says", Static)
        says.set_class(wrong, "-wrong")
        says.set_class(self.question.for_good, "-for-good")
        self._show_says()

    def _fit_says(self) -> None:
        if self.is_mounted:
            self._show_says()

    def _show_says(self) -> None:
        width = (self.query_one("#prompt").content_size.width or self.app.size.width) - 2
        lines = in_lines(self._says, width, SAYS_LINES, ascii_only=self.cadence.ascii_only)
        self.query_one("#prompt-says", Static).update("\n".join(lines))
