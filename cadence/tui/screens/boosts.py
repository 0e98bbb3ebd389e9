"""Boosts: what was published lately, who passes it on, whom one could still ask, and who takes part."""

from __future__ import annotations

import asyncio

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.boosting import can_be_asked_for, text_for
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Boost
from cadence.operations import boosts as operations
from cadence.operations.posts import edit_post
from cadence.tui.actions import BY_ID, bindings
from cadence.tui.figures import Figures
from cadence.tui.screens.asking import asks
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.widgets.boost_list import BoostList
from cadence.tui.widgets.boost_panel import BoostPanel, Shown
from cadence.tui.widgets.boost_rows import PostRow, TakingPart, boost_rows, lately_text, who_takes_part
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.widgets.row_list import RowList

AFTER_A_CHANGE = 0.2
"""Seconds without another change until it is counted anew who takes part."""
ON_POSTS = {"boost.done", "ask.decline", "boost.ask", "boost.open", "boost.link"}


class BoostsScreen(ListScreen):
    place = "boosts"
    BINDINGS = bindings("boosts")
    AUTO_FOCUS = "BoostList"

    def __init__(self) -> None:
        super().__init__()
        self._part: TakingPart | None = None

    def compose_middle(self) -> ComposeResult:
        with Container(id="boosts"):
            yield BoostList(ascii_only=self.cadence.ascii_only)
            yield BoostPanel(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> BoostList:
        return self.query_one(BoostList)

    def on_mount(self) -> None:
        self._show()
        self._count(0)

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()
        self._count(AFTER_A_CHANGE)

    def figures_changed(self, figures: Figures) -> None:
        """One of their warnings says that too few take part."""
        self._show_head()

    def filter_changed(self) -> None:
        self._show()

    # In the group of the other figures: who waits until all are counted waits for these, too.
    @work(exclusive=True, group="figures", exit_on_error=False)
    async def _count(self, after: float) -> None:
        await asyncio.sleep(after)
        self._part = await self.cadence.beside(who_takes_part, self.calendar, self.cadence.now)
        self._show()

    def _show(self) -> None:
        app = self.cadence
        rows = boost_rows(app.calendar, app.viewer_id, app.now, self._part, app.filter)
        self.list.show(app.calendar, rows, app.now)
        self._show_head()
        self._show_panel()
        self.show_status()

    def _show_head(self) -> None:
        figures = self.cadence.figures
        quiet = next((one for one in figures.warnings if one.rule == "quiet-team"), None) if figures else None
        if quiet is not None:
            self.list.head(wrapped(quiet.cause, self.list.size.width - 6), is_quiet=True)
        else:
            self.list.head([lately_text(self._part) if self._part else _("counting …")], is_quiet=False)

    def _show_panel(self) -> None:
        app, row = self.cadence, self.list.current
        shown = None if row is None else Shown(app.calendar, row, app.viewer, app.now)
        self.query_one(BoostPanel).about(shown)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self._show_panel()
            self.show_status()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._show_head)

    def hints(self) -> list[tuple[str, str]]:
        row = self.list.current
        unfit = {BY_ID[id].name for id in ON_POSTS - self._fitting(row)}
        hints = [hint for hint in super().hints() if hint[1] not in unfit]
        return [("enter", _("its post")), *hints] if row else hints

    def _fitting(self, row: PostRow | None) -> set[str]:
        """What can be done with a post."""
        if row is None:
            return set()
        post = self.calendar.posts[row.post]
        fits = {"boost.done", "boost.link"}
        if row.own is not None and row.own.at is None and not row.own.declined:
            fits.add("ask.decline")
        if post.link is not None:
            fits.add("boost.open")
        if can_be_asked_for(self.calendar, post, self.cadence.now):
            fits.add("boost.ask")
        return fits

    def selected_posts(self) -> list[int]:
        return [self.list.current.post] if self.list.current else []

    def _chosen(self) -> PostRow | None:
        if self.list.current is None:
            self.cadence.say(_("There is no post here that could be passed on"), "dim")
        return self.list.current

    # Passing on

    async def action_boost_done(self, name: str = "") -> None:
        row, member = self._chosen(), self.cadence.viewer_id
        if row is None:
            return
        try:
            member = self.calendar.member(name).id if name else member
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        is_done = any(
            boost.at is not None
            for boost in self.calendar.boosts.values()
            if (boost.post, boost.member) == (row.post, member)
        )
        operation = operations.boost_undone if is_done else operations.boost_done
        await self.cadence.perform(operation, row.post, member=member)

    async def action_ask_decline(self) -> None:
        """Nobody asks why."""
        if row := self._chosen():
            await self.cadence.perform(operations.decline_boost, row.post)

    @asks
    async def action_boost_ask(self, name: str = "") -> None:
        from cadence.tui.screens.ask_boost import AskBoostScreen

        row = self._chosen()
        if row is None:
            return
        if self.calendar.posts[row.post].link is None:
            self.cadence.say(_("It has no link yet: e gives it one"), "warn")
            return
        try:
            if name:
                member: int | None = self.calendar.member(name).id
            else:
                self._check_can_ask(row.post)
                member = await self.app.push_screen_wait(AskBoostScreen(row.post))
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if member is not None:
            await self.cadence.perform(operations.ask_boost, row.post, member)

    def _check_can_ask(self, post: int) -> None:
        """Before somebody is chosen in vain: where nobody can be asked, say why."""
        if can_be_asked_for(self.calendar, self.calendar.posts[post], self.cadence.now):
            return
        has_one = {boost.member for boost in self.calendar.boosts.values() if boost.post == post}
        staff = (
            one for one in self.calendar.members.values() if one.kind == "staff" and one.id not in has_one
        )
        if (first := next(staff, None)) is None:
            raise BadInput(_("everybody was asked"), _("thank them"))
        self.trial(operations.ask_boost, post, first.id)

    def action_boost_copy(self) -> None:
        row, viewer = self.list.current, self.cadence.viewer_id
        if row is None:
            text: str | None = self.list.text_of(self.list.cursor) if self.list.cursor is not None else None
        else:
            boost = row.own or Boost(id=0, post=row.post, member=viewer or 0, day=self.cadence.today)
            post = self.calendar.posts[row.post]
            text = text_for(self.calendar, boost) if viewer is not None else post.link
        if text is None:
            self.cadence.say(_("There is no link to copy: e gives it one"), "warn")
            return
        self.app.copy_to_clipboard(text)
        self.cadence.say(_("Copied: {text}", text=text))

    def action_boost_open(self) -> None:
        if row := self._chosen():
            self.open_link(self.calendar.posts[row.post].link)

    @asks
    async def action_boost_link(self, link: str = "") -> None:
        row = self._chosen()
        if row is None:
            return
        post = self.calendar.posts[row.post]

        def read(answers: Answers) -> tuple[str, str]:
            if not answers["link"]:
                raise BadInput(_("a link is needed"), _("without one nobody can pass it on"))
            return answers["link"], self.trial(edit_post, post.id, link=answers["link"])

        field = Field("link", _("Link"), post.link or "", "https://…")
        question = Question(_("Where is “{title}”?", title=post.title), [field], read, _("saves"))
        answer = link or await self.ask(question)
        if answer:
            expect = {("posts", post.id): post.rev}
            await self.cadence.perform(edit_post, post.id, link=answer, expect=expect)

    # Movements

    def look_into(self) -> None:
        if row := self.list.current:
            self.cadence.show_post(row.post)
        else:
            self.cadence.say(_("Who gave an idea or a boost took part, once or often alike"), "dim")
