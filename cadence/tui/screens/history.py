"""History: who did what, when and why, whole where one looks; and undoing any of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from cadence.language import _, n_
from cadence.model.errors import CadenceError
from cadence.operations.undoing import InTheWay
from cadence.tui.actions import BY_ID, bindings
from cadence.tui.changewords import wrapped
from cadence.tui.filter import PostFilter
from cadence.tui.historyview import Entry, Wanted, Whose
from cadence.tui.screens.asking import asks
from cadence.tui.screens.history_reading import HistoryReading
from cadence.tui.screens.undoing import AskScreen, question_about
from cadence.tui.widgets.cells import Line
from cadence.workspace import Done


class HistoryScreen(HistoryReading):
    place = "history"
    BINDINGS = bindings("history")
    AUTO_FOCUS = "HistoryList"

    def hints(self) -> list[tuple[str, str]]:
        entry = self.list.current
        enter = _("whole") if not self.is_open else self._way_on(entry)
        hints = super().hints()
        if entry is None:
            return hints
        if self.annals.undone_by(entry.seq) is not None:
            undo = BY_ID["history.undo"].name
            hints = [(key, _("bring back") if label == undo else label) for key, label in hints]
        return [("enter", enter), *hints]

    def _way_on(self, entry: Entry | None) -> str:
        if entry is not None and any(id in self.calendar.posts for id in entry.posts):
            return _("its post")
        return _("its idea") if entry is not None and entry.ideas else _("close")

    # What the cursor is on

    def selected_posts(self) -> list[int]:
        found = self.list.marked_entries() or ([self.list.current] if self.list.current else [])
        return list(dict.fromkeys(id for entry in found for id in entry.posts if id in self.calendar.posts))

    def _chosen(self) -> Sequence[Entry]:
        """The marked changes, or else the one under the cursor; newest first."""
        found = self.list.marked_entries() or ([self.list.current] if self.list.current else [])
        if not found:
            self.cadence.say(_("There is no change here"), "dim")
        return found

    # Undoing

    @asks
    async def action_history_undo(self) -> None:
        """First what it does; where something is in the way, the way there."""
        entries = self._chosen()
        if not entries:
            return
        seq = entries[0].seq
        try:
            await self.cadence.in_order(
                partial(self.cadence.workspace.check_undo, self.cadence.viewer, self.cadence.now, seq)
            )
        except InTheWay as blocked:
            await self._ask_around(entries[0], blocked)
            return
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if await self._ask(*await self._question(entries)):
            for entry in entries:
                if await self.cadence.undo(entry.seq) is None:
                    return
            self.clear_marks()

    async def _question(self, entries: Sequence[Entry]) -> tuple[str, list[Line], str]:
        """What would be undone, and what each field would be again."""
        if len(entries) > 1:
            head = n_("Undo {number} change", "Undo {number} changes", len(entries))
            lines: list[Line] = [[(f" {entry.by}: ", "dim"), (entry.why, "")] for entry in entries]
            return head, lines, _("undoes them, the newest first")
        entry = entries[0]
        change = self.annals.whole(entry.seq) or await self.read_around(entry.seq)
        return question_about(self.cadence, entry, change)

    async def _ask_around(self, entry: Entry, blocked: InTheWay) -> None:
        """Somebody has undone it already: shall it come back? Or has built upon it: there one goes."""
        later = blocked.change
        if later.undoes == entry.seq:
            head = _("{who} undid it already", who=later.by)
            lines: list[Line] = [[(f" {entry.why}", "strong")], [(f" {later.why}", "dim")]]
            if await self._ask(head, lines, _("brings it back"), is_refused=True):
                await self.cadence.undo(later.seq)
            return
        lines = [[(f" {blocked.message}", "")], [(f" {blocked.remedy}", "dim")]]
        lines = [[(part, tone)] for line in lines for text, tone in line for part in self._wrapped(text)]
        enter = _("goes to change {number}, of {who}", number=later.seq, who=later.by)
        if await self._ask(_("It cannot be undone"), lines, enter, is_refused=True):
            self._show_everything()
            self.go_to_change(later.seq)

    def _wrapped(self, text: str) -> list[str]:
        return [f" {part}" for part in wrapped(text.strip(), self.app.size.width - 3)]

    async def _ask(self, head: str, lines: Sequence[Line], enter: str, *, is_refused: bool = False) -> bool:
        screen = AskScreen(head, lines, enter, is_refused=is_refused)
        return await self.app.push_screen_wait(screen) == "yes"

    def follow(self, done: Done | None) -> None:
        """The cursor stays on the change that it is on."""

    # Which changes

    def kept_words(self, wanted: PostFilter) -> str:
        """Of the changes that are read; what lies further back is read when it is shown."""
        holds, calendar = Wanted(wanted).holds, self.calendar
        kept = sum(1 for entry in self.annals.entries if holds(entry, calendar))
        words = n_("{number} change", "{number} changes", kept)
        if self.annals.is_whole:
            return words
        return _("{changes} of those that are read, and what lies further back", changes=words)

    def action_history_mine(self) -> None:
        self._show_whose("mine")

    def action_history_others(self) -> None:
        self._show_whose("others")

    def _show_whose(self, whose: Whose) -> None:
        if self.cadence.viewer is None:
            self.cadence.say(_("Cadence does not know who you are"), "warn")
            return
        self.whose = "all" if self.whose == whose else whose
        self._show_anew()

    def action_history_same(self) -> None:
        entry = self.list.current
        if self.about is not None:
            self.about = None
        elif entry is not None and entry.documents:
            self.about = entry.documents[0]
        self._show_anew()

    def _show_anew(self) -> None:
        self.show_all()
        self.read_on()
        self.show_status()

    def _show_everything(self) -> None:
        """A change that is looked for must not be hidden."""
        if self.wanted:
            self.whose, self.about = "all", None
            self.set_filter("")
            self.show_all()

    # Copying, going there

    def action_history_copy(self) -> None:
        if entries := self._chosen():
            text = self.list.as_text(entries)
            self.app.copy_to_clipboard(text)
            self.cadence.say(_("Copied: {text}", text=text.splitlines()[0]))

    def look_into(self) -> None:
        """Read it whole; once more: to the post or idea."""
        entry = self.list.current
        if entry is None:
            self.cadence.say(_("There is no change here"), "dim")
            return
        if not self.is_open:
            self._open(True)
            return
        posts = [id for id in entry.posts if id in self.calendar.posts]
        ideas = [id for id in entry.ideas if id in self.calendar.ideas]
        if posts:
            self.cadence.show_post(posts[0])
        elif ideas:
            self.cadence.show_idea(ideas[0])
        else:
            self._open(False)

    def _open(self, is_open: bool) -> None:
        self.set_class(is_open, "-reading")
        self.show_status()

    def step_back(self) -> bool:
        if self.stop_reading():
            return True
        if self.is_open:
            self._open(False)
            return True
        if self.list.marked:
            return self.clear_marks()
        if self.whose != "all" or self.about is not None:
            self.whose, self.about = "all", None
            self._show_anew()
            return True
        return False

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        if self.is_open and self.panel.max_scroll_y > 0:
            self.panel.scroll_lines(rows)
        else:
            super().move_cursor(columns, rows)

    def move_to_end(self, last: bool) -> None:
        """The last one is the first that ever happened: all is read before."""
        if not last or self.annals.is_whole:
            super().move_to_end(last)
        else:
            self.read_until(lambda: False, self.list.move_end)

    def go_to_change(self, seq: int) -> None:
        def arrive() -> None:
            place = self.list.place_of(seq)
            if place is not None:
                self.list.place(place)
            elif self.wanted:
                self._show_everything()
                self.call_after_refresh(lambda: self.go_to_change(seq))

        self.read_until(lambda: self.annals.entry(seq) is not None, arrive)

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        """The newest change of a day, or else of the one before it."""

        def arrive() -> None:
            if (place := self.list.place_of_day(day)) is not None:
                self.list.place(place)
            else:
                self.list.move_end()

        entries = self.annals.entries
        self.read_until(lambda: bool(entries) and self.day_of(entries[-1]) < day, arrive)
