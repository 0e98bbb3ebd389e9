"""Ideas: vote, talk about them, decide, and make posts of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.rota import leads
from cadence.language import _, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Idea
from cadence.operations import ideas as operations
from cadence.operations.posts import add_post
from cadence.tui.actions import BY_ID, bindings
from cadence.tui.dates import read_day
from cadence.tui.screens.asking import asks
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.widgets.idea_list import IdeaList, kept_ideas
from cadence.tui.widgets.idea_panel import IdeaPanel
from cadence.tui.widgets.row_list import RowList

DECIDING = {"idea.accept", "idea.decline", "idea.park", "idea.reopen"}
"""What only some may do."""


class IdeasScreen(ListScreen):
    place = "ideas"
    BINDINGS = bindings("ideas")
    AUTO_FOCUS = "IdeaList"

    def compose_middle(self) -> ComposeResult:
        with Container(id="ideas"):
            yield IdeaList(ascii_only=self.cadence.ascii_only)
            yield IdeaPanel(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> IdeaList:
        return self.query_one(IdeaList)

    @property
    def panel(self) -> IdeaPanel:
        return self.query_one(IdeaPanel)

    @property
    def is_reading(self) -> bool:
        """Whether the panel has most of the screen, and the arrows."""
        return self.has_class("-reading")

    def on_mount(self) -> None:
        self._show()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        app = self.cadence
        self.list.show(app.calendar, kept_ideas(app.calendar, app.filter), app.viewer_id, app.now)
        self._show_panel()

    def _show_panel(self) -> None:
        self.panel.show_idea(self.calendar, self.list.current, self.cadence.now)

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        if message.rows is self.list:
            self._show_panel()
            self.show_status()

    def hints(self) -> list[tuple[str, str]]:
        """What the selected idea allows."""
        idea, viewer = self.list.current, self.cadence.viewer
        hints = super().hints()
        if idea is None:
            useful = {BY_ID[id].name for id in ("view.filter", "app.command", "app.help")}
            return [("i", BY_ID["idea.new"].name), *(hint for hint in hints if hint[1] in useful)]
        unfit = set[str]()
        if viewer is not None and not leads(self.calendar, viewer, self.cadence.today):
            unfit = DECIDING - ({"idea.decline", "idea.park"} if idea.author == viewer.id else set())
        unfit |= {"idea.reopen"} if idea.state == "open" else set()
        if viewer is not None and idea.author == viewer.id:
            unfit.add("idea.vote")
        if idea.post is not None:
            unfit |= DECIDING | {"idea.plan", "idea.edit"}
        names = {BY_ID[id].name for id in unfit}
        enter = (
            _("its post")
            if idea.post and self.is_reading
            else p_("a key", "close")
            if self.is_reading
            else p_("a key", "read")
        )
        return [("enter", enter), *(hint for hint in hints if hint[1] not in names)]

    # What the cursor is on

    def _chosen(self) -> Sequence[Idea]:
        """The marked ideas, or else the one under the cursor."""
        current = self.list.current
        chosen = self.list.marked_ideas() or ([current] if current else [])
        if not chosen:
            self.cadence.say(_("There is no idea here · i writes one down"), "dim")
        return chosen

    def _words(self, ideas: Sequence[Idea]) -> str:
        """For a head, which is cut where it has to be."""
        if len(ideas) != 1:
            return n_("{number} idea", "{number} ideas", len(ideas))
        return f"“{ideas[0].text}”"

    # Voting, talking

    async def action_idea_vote(self) -> None:
        me = self.cadence.viewer_id
        for idea in self._chosen():
            operation = operations.unvote if me in idea.votes else operations.vote
            await self.cadence.perform(operation, idea.id)
        self.clear_marks()

    @asks
    async def action_idea_comment(self, text: str = "") -> None:
        ideas = self._chosen()[:1]
        if not ideas:
            return
        idea = ideas[0].id

        def read(answers: Answers) -> tuple[str, str]:
            return answers["text"], self.trial(operations.comment, idea, answers["text"])

        field = Field("text", p_("a field", "Say"), "", _("what you think of it; all can read it"))
        head = _("About {idea}", idea=self._words(ideas))
        answer = text or await self.ask(Question(head, [field], read, _("says it")))
        if answer:
            await self.cadence.perform(operations.comment, idea, answer)

    # Deciding

    @asks
    async def action_idea_accept(self, why: str = "") -> None:
        head = _("Accept {idea}", idea=self._words(self._chosen()))
        await self._decide("accepted", head, why, _("may be left empty; all can read it"))

    @asks
    async def action_idea_decline(self, why: str = "") -> None:
        head = _("Decline {idea}", idea=self._words(self._chosen()))
        await self._decide("declined", head, why, _("why? all can read it, its author will"))

    @asks
    async def action_idea_park(self, why: str = "") -> None:
        head = _("Park {idea}", idea=self._words(self._chosen()))
        await self._decide("parked", head, why, _("until when, or why not now? all can read it"))

    async def _decide(self, state: operations.Decision, head: str, why: str, hint: str) -> None:
        """About the marked ideas at once, with one reason: one change, and one undo."""
        ideas = [idea.id for idea in self._chosen()]
        if not ideas:
            return

        def read(answers: Answers) -> tuple[str, str]:
            said = self.trial(operations.decide_ideas, ideas, state, answers["text"])
            return answers["text"], said if len(ideas) == 1 else head

        try:
            read({"text": "?"})  # who may not decide learns why before they have to say why
            question = Question(head, [Field("text", _("Because"), "", hint)], read, _("decides"))
            answer = why or await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if answer is None:
            return
        if await self.cadence.perform(operations.decide_ideas, ideas, state, answer):
            self.clear_marks()

    async def action_idea_reopen(self) -> None:
        ideas = [idea.id for idea in self._chosen()]
        if ideas and await self.cadence.perform(operations.reopen_ideas, ideas):
            self.clear_marks()

    @asks
    async def action_idea_edit(self) -> None:
        ideas = self._chosen()[:1]
        if not ideas:
            return
        idea, calendar = ideas[0], self.calendar
        channels = [channel.name for channel in calendar.channels.values() if not channel.retired]
        channel = calendar.channels[idea.channel].name if idea.channel else ""

        def read(answers: Answers) -> tuple[dict[str, Any], str]:
            if not answers["text"]:
                raise BadInput(_("an idea says something"), _("a line will do"))
            until = answers["until"]
            meant: dict[str, Any] = {
                "text": answers["text"],
                "channel": calendar.channel(answers["channel"]).id if answers["channel"] else None,
                "good_until": read_day(until, calendar, self.cadence.now) if until else None,
                "link": answers["link"] or None,
            }
            return meant, self.trial(operations.edit_idea, idea.id, **meant)

        fields = [
            Field("text", _("Idea"), idea.text),
            Field("channel", _("Channel"), channel, p_("channel", "any"), channels),
            Field("until", _("Good until"), str(idea.good_until or ""), _("always · fri, +2w, 1 dec")),
            Field("link", _("Link"), idea.link or "", "https://…"),
        ]
        head = _("Edit idea {number}", number=idea.id)
        meant = await self.ask(Question(head, fields, read, _("saves")))
        if meant is not None:
            await self.cadence.perform(
                operations.edit_idea, idea.id, expect={("ideas", idea.id): idea.rev}, **meant
            )

    def action_idea_copy(self) -> None:
        if ideas := self._chosen():
            text = "\n".join(idea.link or idea.text for idea in ideas)
            self.app.copy_to_clipboard(text)
            first = text.splitlines()[0]
            said = _("Copied the link: {text}", text=first) if ideas[0].link else None
            self.cadence.say(said or _("Copied the text: {text}", text=first))

    # Planning

    @asks
    async def action_idea_plan(self) -> None:
        """The best open slot is proposed; Enter takes it."""
        from cadence.tui.screens.choose_slot import ChooseSlotScreen

        ideas = self._chosen()[:1]
        if not ideas:
            return
        (idea,) = ideas
        if idea.post is not None:
            words = _("It has become post {number} · enter, enter shows it", number=idea.post)
            self.cadence.say(words, "warn")
            return
        slot = await self.app.push_screen_wait(ChooseSlotScreen(idea))
        if slot is not None:
            done = await self.cadence.perform(add_post, slot.channel, idea.text, slot=slot.key, idea=idea.id)
            if done:
                self.list.go_to(idea.id)

    def go_to_idea(self, idea: int) -> None:
        self.list.go_to(idea)

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        if self.is_reading:
            self.panel.scroll_lines(rows)
        else:
            super().move_cursor(columns, rows)

    def look_into(self) -> None:
        """Read it; once more: to the post that it became."""
        idea = self.list.current
        if idea is None:
            self.cadence.say(_("i writes an idea down"), "dim")
        elif self.is_reading and idea.post is not None:
            self.cadence.show_post(idea.post)
        else:
            self._read(not self.is_reading)

    def step_back(self) -> bool:
        was_reading = self.is_reading
        self._read(False)
        return was_reading

    def _read(self, reading: bool) -> None:
        self.set_class(reading, "-reading")
        self.show_status()
