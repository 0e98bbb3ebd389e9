"""Review: looking back together on some whole weeks. The figures are counted beside the app."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from pathlib import Path

from textual import work
from textual.app import ComposeResult

from cadence.insight.traces import trace_of
from cadence.language import _, n_
from cadence.model.calendar import Calendar, slug
from cadence.model.errors import BadInput, CadenceError
from cadence.model.times import DAY, WEEK, week_start
from cadence.tui.actions import bindings
from cadence.tui.figures import Figures
from cadence.tui.paging import write_review
from cadence.tui.reviewing import LookedBack, Wish, look_back
from cadence.tui.screens.asking import asks
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.trace_reader import TraceReader
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.review_list import ReviewList
from cadence.tui.widgets.review_rows import SPACE, Title, review_rows
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import say_dates

USUAL_WEEKS, MOST_WEEKS = 4, 52
AFTER_A_CHANGE = 0.2
"""Seconds without another change until the figures are counted anew."""


class ReviewScreen(ListScreen):
    place = "review"
    BINDINGS = bindings("review")
    AUTO_FOCUS = "ReviewList"

    def __init__(self) -> None:
        super().__init__()
        self.weeks = USUAL_WEEKS
        self.end_chosen: date | None = None
        """The day after the last one; None: this week is the first that does not belong."""
        self.found: LookedBack | None = None
        """What is shown: it may still be that of an older calendar, or of other weeks."""
        self.failure = ""
        self._wish: Wish | None = None
        self._reader = TraceReader(lambda **which: self.cadence.workspace.told_by(trace_of, **which))

    def compose_middle(self) -> ComposeResult:
        yield ReviewList(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> ReviewList:
        return self.query_one(ReviewList)

    @property
    def end(self) -> date:
        return self.end_chosen or self.this_week

    @property
    def first(self) -> date:
        return self.end - self.weeks * WEEK

    def on_mount(self) -> None:
        self.count()

    # Counting

    def count(self, *, after: float = 0.0) -> None:
        """Count the figures of what is wished for, in so many seconds; what is shown stays until then."""
        wish = Wish(self.calendar, self.first, self.weeks, self.cadence.now)
        if self._wish is None or self.failure or not wish.is_like(self._wish):
            self._wish, self.failure = wish, ""
            self._count(wish, after)
            self._show()

    # In the group of the other figures: who waits until all are counted waits for these, too. Described, or
    # else Textual would write down the whole calendar for it.
    @work(exclusive=True, group="figures", exit_on_error=False, description="looking back")
    async def _count(self, wish: Wish, after: float) -> None:
        await asyncio.sleep(after)
        try:
            traces = await self.cadence.in_order(partial(self._reader.back_to, wish.start, wish.calendar.seq))
            self.found = await self.cadence.beside(look_back, wish, traces)
        except Exception as error:
            # Whatever it is, it is said where people look; the calendar has not been touched.
            self.failure = _("These weeks could not be looked back on: {error}", error=error)
            self.found = None
        self._show()

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self.count(after=AFTER_A_CHANGE)

    def figures_changed(self, figures: Figures) -> None:
        """Looked at every minute: a new week may have begun."""
        self.count()

    def filter_changed(self) -> None:
        self._show()

    # Showing

    def _show(self) -> None:
        if not self.is_mounted:
            return
        if self.found is None:
            rows = [SPACE, Title("", self.failure or _("Looking back …"))]
        else:
            rows = review_rows(self.found, self.cadence.filter)
        self.list.show(self.found, rows, self.cadence.today)
        self._show_head()
        self.show_status()

    def _show_head(self) -> None:
        found = self.found
        is_new = found is not None and found.wish is self._wish
        state: Line = [] if is_new or self.failure else [(_("counting …"), "accent")]
        title: Line = [
            (f"  {say_dates(self.first, self.end - DAY)}", "head"),
            (" · " + n_("{number} week", "{number} weeks", self.weeks), "dim"),
        ]
        as_page = _("As a page: {command}", command=self._command())
        self.list.head([(title, state), ([(f"  {as_page}", "dim")], [])])

    def _command(self) -> str:
        """What writes the same as a page to show in a meeting."""
        usual = self.end == self.this_week and self.weeks == USUAL_WEEKS
        dates = "" if usual else f"--from {self.first} --to {self.end} "
        return f"cadence review {dates}--html review.html"

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self.show_status()

    # Which weeks

    def action_review_earlier(self) -> None:
        self._look_at(self.end - self.take_count() * self.weeks * WEEK, self.weeks)

    def action_review_later(self) -> None:
        self._look_at(self.end + self.take_count() * self.weeks * WEEK, self.weeks)

    def action_review_longer(self) -> None:
        self._look_at(self.end, self.weeks + self.take_count())

    def action_review_shorter(self) -> None:
        self._look_at(self.end, self.weeks - self.take_count())

    def _look_at(self, end: date, weeks: int) -> None:
        """So many weeks before a day, as far as they are over and can be counted."""
        wanted = weeks
        end, weeks = min(end, self.this_week), max(1, min(weeks, MOST_WEEKS))
        if (end, weeks) == (self.end, self.weeks):
            limit = _("These are the last weeks that are over")
            if weeks != wanted:
                limit = _("A week at least, a year at most")
            self.cadence.say(limit, "dim")
            return
        self.end_chosen, self.weeks = (None if end == self.this_week else end), weeks
        self.count()

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        """Today: the usual weeks again. Another day: as many weeks, up to and with the one of that day."""
        if day == self.cadence.today:
            self.end_chosen, self.weeks = None, USUAL_WEEKS
            self.count()
        else:
            self._look_at(week_start(day, self.calendar.team.week_begins) + WEEK, self.weeks)

    # Copying, going there

    def action_review_copy(self) -> None:
        if self.found is None:
            self.cadence.say(_("There is nothing to copy yet"), "dim")
            return
        found, marked = self.found, len(self.list.marked)
        text = self.list.as_text()
        if not marked:
            head = f"{self.calendar.team.name}, {say_dates(found.wish.first, found.wish.last)}"
            text = f"{head}\n\n{text}\n"
        self.app.copy_to_clipboard(text)
        said = _("Copied all of it as text · as a page: {command}", command=self._command())
        if marked:
            said = n_(
                "Copied {number} line as text · as a page: {command}",
                "Copied {number} lines as text · as a page: {command}",
                marked,
                command=self._command(),
            )
        self.cadence.say(said)

    @asks
    async def action_review_page(self, file: str = "") -> None:
        """A page of these weeks in a file, opened in the browser, from which it can be printed."""

        def read(answers: Answers) -> tuple[Path, str]:
            path = Path(answers["file"]).expanduser().absolute()
            if not answers["file"] or path.is_dir():
                raise BadInput(_("which file?"), _("a name that ends with .html"))
            words = _("Writes it anew: {path}") if path.exists() else _("Writes {path}")
            return path, words.format(path=path)

        field = Field("file", _("File"), f"review-{self.first}.html")
        question = Question(_("The review as a page"), [field], read, _("writes and opens it"))
        path = Path(file).expanduser().absolute() if file else await self.ask(question)
        if path is None:
            return
        self.cadence.say(_("Writing {path} …", path=path), "accent", stays=True)
        try:
            await write_review(self.cadence.workspace.url, self.first, self.end, self.cadence.now, path)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
        else:
            self.open_link(path.as_uri())

    def look_into(self) -> None:
        """The post, the idea, or the day; of a person only what is about them."""
        entry, calendar = self.list.current, self.calendar
        if entry is None:
            self.cadence.say(_("There is nothing here to look into"), "dim")
        elif entry.post is not None and entry.post in calendar.posts:
            self.cadence.show_post(entry.post)
        elif entry.idea is not None and entry.idea in calendar.ideas:
            self.cadence.show_idea(entry.idea)
        elif entry.day is not None:
            self.cadence.show_day(entry.day, entry.channel)
        elif len(entry.members) == 1 and (member := calendar.members.get(entry.members[0])):
            self.set_filter(f"@{slug(member.name)}")
        else:
            self.cadence.say(_("Who gave an idea or a boost took part, once or often alike"), "dim")
