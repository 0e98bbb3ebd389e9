"""Who takes it: the post's tasks on the left, the candidates on the right; the line above says what Enter
does before it does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical

from cadence.insight.capacity import minutes_of
from cadence.insight.words import hours_text
from cadence.language import _, n_, weekday
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound
from cadence.model.post import TaskRef
from cadence.model.team import TaskKind
from cadence.model.words import kind_word
from cadence.planner.explaining.candidates import Candidate, candidates
from cadence.tui.names import short_names
from cadence.tui.postview import post_head, takes_text, task_kinds, task_line
from cadence.tui.screens.modal import Modal
from cadence.tui.widgets.candidate_list import CandidateList, Choice
from cadence.tui.widgets.cells import ascii_text, fit, fit_said
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.post_panel import PostPanel
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import kind_width, undoable

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp


class SaysLine(LineWidget):
    """What Enter will do."""

    text = ""
    tone = ""

    def say(self, text: str, tone: str) -> None:
        self.text, self.tone = text, tone
        self.refresh()

    def line(self, y: int, width: int) -> list[tuple[str, str]]:
        text = ascii_text(self.text) if self.ascii_only else self.text
        return [(" " + fit_said(text, width - 1, ascii_only=self.ascii_only), self.tone)]


@dataclass(frozen=True)
class Assignment:
    """`member` None: nobody shall have the tasks. `seen`: the revisions that were on the screen."""

    refs: tuple[TaskRef, ...]
    member: int | None
    said: str
    seen: Mapping[tuple[str, int], int]


class AssignScreen(Modal[Assignment | None]):
    BINDINGS = [
        Binding("escape,q", "leave", show=False),
        Binding("enter", "accept", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("right,l,tab", "task(1)", show=False),
        Binding("left,h,shift+tab", "task(-1)", show=False),
    ]

    def __init__(self, refs: Sequence[TaskRef]) -> None:
        super().__init__()
        self.refs = tuple(refs)
        self._settled = ""
        self._other_keys: list[str] = []
        """Beside Enter, which can only be pressed where somebody can take it."""

    def compose(self) -> ComposeResult:
        plain = self.cadence.ascii_only
        with Vertical(id="assign"):
            yield SaysLine(ascii_only=plain, id="assign-says")
            yield SaysLine(ascii_only=plain, id="assign-note")
            with Horizontal():
                yield PostPanel(ascii_only=plain, id="assign-post")
                yield CandidateList(ascii_only=plain, id="assign-candidates")
            yield SaysLine(ascii_only=plain, id="assign-keys")

    def on_mount(self) -> None:
        self.set_class(self._is_narrow, "-narrow")
        self.query_one(CandidateList).focus()
        behind = self.cadence.calendar_screen
        height = behind.panel_height() if behind else 0
        self.query_one("#assign").styles.height = max(12, height)
        several = len(self.refs) == 1 and len(self.cadence.calendar.posts[self.refs[0].post].tasks) > 1
        self._other_keys = [*([_("← → another task")] if several else []), _("esc leaves")]
        self._ask()

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < 100

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show_note)

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """Somebody changed the calendar meanwhile: the loads are others now, or the task is gone."""
        if not self.is_mounted:
            return
        self.refs = tuple(
            r for r in self.refs if r.post in after.posts and r.kind in after.posts[r.post].tasks
        )
        if self.refs:
            self._ask()
        else:
            self.dismiss(None)

    def _ask(self) -> None:
        calendar = self.cadence.calendar
        ref = self.refs[0]
        post = calendar.posts[ref.post]
        if len(self.refs) == 1:
            head = post_head(calendar, post)
            lines = [
                task_line(
                    calendar,
                    post,
                    kind,
                    self.cadence.today,
                    width=self.app.size.width * (40 if self._is_narrow else 46) // 100,
                    chosen=kind == ref.kind,
                    ascii_only=self.cadence.ascii_only,
                )
                for kind in task_kinds(post)
            ]
        else:
            head = [(f" {self._many}", "strong")]
            lines = [
                [(f"   {fit(kind_word(r.kind), kind_width())} ", ""), (calendar.posts[r.post].title, "dim")]
                for r in self.refs
            ]
        self.query_one("#assign-post", PostPanel).show(head, lines)
        last = calendar.window(post, calendar.task(ref))[1]
        minutes = sum(calendar.task(r).effort for r in self.refs)
        question = _(
            "Who could take {what} ({minutes}′, by {day})?",
            what=kind_word(ref.kind) if len(self.refs) == 1 else self._many,
            minutes=minutes,
            day=f"{weekday(last)} {last.day}",
        )
        self.query_one(CandidateList).ask(question, self._choices())
        self._say()

    @property
    def _many(self) -> str:
        return n_("{number} task", "{number} tasks", len(self.refs))

    def _choices(self) -> list[Choice]:
        calendar = self.cadence.calendar
        names = short_names(calendar)
        try:
            ranked, self._settled = candidates_for_all(calendar, self.refs, self.cadence), ""
        except NotFound as settled:
            self._settled = str(settled)
            return []
        found = [Choice(names[one.member], one, _note(one)) for one in ranked]
        if any(calendar.task(ref).member is not None for ref in self.refs):
            found.append(Choice(_("nobody"), None, _("takes it from whoever has it")))
        return found

    # What Enter does

    def _say(self) -> None:
        choice = self.query_one(CandidateList).current
        text, tone = self._sentence(choice)
        self.query_one("#assign-says", SaysLine).say(undoable(text) if choice else text, tone)
        keys = [*([_("enter takes it")] if choice else []), *self._other_keys]
        self.query_one("#assign-keys", SaysLine).say(" · ".join(keys), "dim")
        self._show_note()
        behind = self.cadence.calendar_screen
        if behind:
            behind.preview_load(choice.candidate.after if choice and choice.candidate else None)

    def _show_note(self) -> None:
        """Whole what is cut beside the one under the cursor."""
        if self.is_mounted:
            found = self.query_one(CandidateList)
            self.set_class(found.is_cut, "-cut")
            self.query_one("#assign-note", SaysLine).say(found.current.note if found.current else "", "dim")

    def _sentence(self, choice: Choice | None) -> tuple[str, str]:
        """What the choice would do, or why there is none, and its tone."""
        calendar = self.cadence.calendar
        if choice is None:
            return self._settled or _("Nobody can take it; the reasons are below"), "warn"
        if choice.candidate is None:
            return _("Nobody has it then"), "warn"
        candidate = choice.candidate
        minutes = sum(_minutes(calendar, ref, candidate.member) for ref in self.refs)
        text = takes_text(self.refs, choice.name, minutes, candidate.before.share, candidate.after.share)
        figures = self.cadence.figures
        if figures and (solved := sum(1 for ref in self.refs if figures.warning_of(ref))):
            text += " · " + n_("warning solved", "{number} warnings solved", solved)
        if candidate.over:
            text += " · " + _("{minutes}′ over", minutes=candidate.over)
        held = calendar.task(self.refs[0]).member
        if held is not None and len(self.refs) == 1:
            text += " · " + _("instead of {who}", who=short_names(calendar).get(held, _("somebody")))
        return text, "bad" if candidate.over else "good"

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        self._say()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        self.action_accept()

    def action_step(self, rows: int) -> None:
        self.query_one(CandidateList).move_by(rows)

    def action_task(self, steps: int) -> None:
        """Another task of the same post."""
        if len(self.refs) != 1:
            return
        post = self.cadence.calendar.posts[self.refs[0].post]
        kinds: list[TaskKind] = [kind for kind in task_kinds(post) if not post.tasks[kind].is_done]
        if self.refs[0].kind not in kinds:
            return
        place = kinds.index(self.refs[0].kind) + steps
        self.refs = (TaskRef(post.id, kinds[place % len(kinds)]),)
        self.query_one(CandidateList).cursor = None
        self._ask()

    def action_accept(self) -> None:
        choice = self.query_one(CandidateList).current
        if choice is None:
            return
        calendar = self.cadence.calendar
        seen = {("posts", ref.post): calendar.posts[ref.post].rev for ref in self.refs}
        member = choice.candidate.member if choice.candidate else None
        self._leave(Assignment(self.refs, member, self._sentence(choice)[0], seen))

    def action_leave(self) -> None:
        self._leave(None)

    def _leave(self, result: Assignment | None) -> None:
        if behind := self.cadence.calendar_screen:
            behind.preview_load(None)
        self.dismiss(result)


def candidates_for_all(calendar: Calendar, refs: Sequence[TaskRef], app: CadenceApp) -> list[Candidate]:
    """The candidates of the first task; of several, able only who can take them all, with all their minutes
    in the week of the first."""
    now = app.now
    first, *others = (candidates(calendar, ref, now) for ref in refs)
    if not others:
        return first
    by_member = [{candidate.member: candidate for candidate in found} for found in others]
    merged: list[Candidate] = []
    for candidate in first:
        rest = [found.get(candidate.member) for found in by_member]
        obstacles = [other.obstacle for other in (candidate, *filter(None, rest)) if other.obstacle]
        same_week = sum(
            _minutes(calendar, ref, candidate.member)
            for other, ref in zip(rest, refs[1:], strict=True)
            if other is None or other.after.week == candidate.after.week
        )
        obstacle = next(iter(obstacles), "")
        after = candidate.after.plus(same_week)
        merged.append(replace(candidate, after=after, able=not obstacle, obstacle=obstacle))
    return sorted(merged, key=lambda candidate: (not candidate.able, candidate.over > 0))


def _minutes(calendar: Calendar, ref: TaskRef, member: int) -> int:
    return minutes_of(calendar.members[member], calendar.posts[ref.post], ref.kind)


def _note(candidate: Candidate) -> str:
    """The time that they have, the reason without what the figures beside it say already, and what they know
    of it; first that it is too much."""
    free = _("{hours} free", hours=hours_text(candidate.free))
    parts = [*candidate.besides, free] if candidate.over else [free, *candidate.besides]
    return ", ".join([*parts, candidate.note] if candidate.note else parts)
