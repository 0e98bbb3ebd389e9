"""Ideas: vote, talk about them, decide, and make posts of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.rota import leads
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Idea
from cadence.operations import ideas as operations
from cadence.operations.posts import add_post
from cadence.tui.actions import bindings
from cadence.tui.dates import read_day
from cadence.tui.screens.asking import asks
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.widgets.idea_list import IdeaList, kept_ideas
from cadence.tui.widgets.idea_panel import IdeaPanel
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import counted

DECIDING = {"accept", "decline", "park", "open again"}
"""Labels of what only some may do."""


class IdeasScreen(ListScreen):
    place = "ideas"
    BINDINGS = bindings("ideas")
    AUTO_FOCUS = "IdeaList"
    HORIZONTAL_BREAKPOINTS = [(0, "-column"), (150, "-beside")]

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
            return [("i", "new idea"), *(hint for hint in hints if hint[1] in ("filter", "command", "help"))]
        unfit = set[str]()
        if viewer is not None and not leads(self.calendar, viewer, self.cadence.today):
            unfit = DECIDING - ({"decline", "park"} if idea.author == viewer.id else set())
        unfit |= {"open again"} if idea.state == "open" else set()
        if viewer is not None and idea.author == viewer.id:
            unfit.add("vote")
        if idea.post is not None:
            unfit |= DECIDING | {"plan it", "edit"}
        enter = "its post" if idea.post and self.is_reading else "close" if self.is_reading else "read"
        return [("enter", enter), *(hint for hint in hints if hint[1] not in unfit)]

    # What the cursor is on

    def _chosen(self) -> Sequence[Idea]:
        """The marked ideas, or else the one under the cursor."""
        current = self.list.current
        chosen = self.list.marked_ideas() or ([current] if current else [])
        if not chosen:
            self.cadence.say("There is no idea here · i writes one down", "dim")
        return chosen

    def _words(self, ideas: Sequence[Idea]) -> str:
        if len(ideas) != 1:
            return counted(len(ideas), "idea")
        text = ideas[0].text
        return f"“{text if len(text) <= 40 else text[:39] + '…'}”"

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

        field = Field("text", "Say", "", "what you think of it; all can read it")
        answer = text or await self.ask(Question(f"About {self._words(ideas)}", [field], read, "says it"))
        if answer:
            await self.cadence.perform(operations.comment, idea, answer)

    # Deciding

    @asks
    async def action_idea_accept(self, why: str = "") -> None:
        await self._decide("Accept", _accept, why, "may be left empty; all can read it")

    @asks
    async def action_idea_decline(self, why: str = "") -> None:
        await self._decide("Decline", operations.decline_idea, why, "why? all can read it, its author will")

    @asks
    async def action_idea_park(self, why: str = "") -> None:
        await self._decide("Park", operations.park_idea, why, "until when, or why not now? all can read it")

    async def _decide(self, verb: str, operation: Callable[..., Any], why: str, hint: str) -> None:
        ideas = self._chosen()
        if not ideas:
            return

        def read(answers: Answers) -> tuple[str, str]:
            said = [self.trial(operation, idea.id, answers["text"]) for idea in ideas]
            return answers["text"], said[0] if len(said) == 1 else f"{verb} {self._words(ideas)}"

        try:
            read({"text": "?"})  # who may not decide learns why before they have to say why
            field = Field("text", "Because", "", hint)
            question = Question(f"{verb} {self._words(ideas)}", [field], read, "decides")
            answer = why or await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if answer is not None:
            for idea in ideas:
                await self.cadence.perform(operation, idea.id, answer)
            self.clear_marks()

    async def action_idea_reopen(self) -> None:
        for idea in self._chosen():
            await self.cadence.perform(operations.reopen_idea, idea.id)
        self.clear_marks()

    @asks
    async def action_idea_edit(self) -> None:
        ideas = self._chosen()[:1]
        if not ideas:
            return
        idea, calendar = ideas[0], self.calendar
        channels = [channel.name for channel in calendar.channels.values() if not channel.retired]

        def read(answers: Answers) -> tuple[dict[str, Any], str]:
            if not answers["text"]:
                raise BadInput("an idea says something", "a line will do")
            until = answers["until"]
            meant: dict[str, Any] = {
                "text": answers["text"],
                "channel": calendar.channel(answers["channel"]).id if answers["channel"] else None,
                "good_until": read_day(until, calendar, self.cadence.now) if until else None,
                "link": answers["link"] or None,
            }
            return meant, self.trial(operations.edit_idea, idea.id, **meant)

        fields = [
            Field("text", "Idea", idea.text),
            Field("channel", "Channel", calendar.channels[idea.channel].name if idea.channel else "", "any",
                  channels),
            Field("until", "Good until", str(idea.good_until or ""), "always · fri, +2w, 1 dec"),
            Field("link", "Link", idea.link or "", "https://…"),
        ]  # fmt: skip
        meant = await self.ask(Question(f"Edit idea {idea.id}", fields, read, "saves"))
        if meant is not None:
            await self.cadence.perform(
                operations.edit_idea, idea.id, expect={("ideas", idea.id): idea.rev}, **meant
            )

    def action_idea_copy(self) -> None:
        if ideas := self._chosen():
            text = "\n".join(idea.link or idea.text for idea in ideas)
            self.app.copy_to_clipboard(text)
            self.cadence.say(f"Copied {'the link' if ideas[0].link else 'the text'}: {text.splitlines()[0]}")

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
            self.cadence.say(f"It has become post {idea.post} · enter, enter shows it", "warn")
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
            self.panel.scroll_relative(y=rows, animate=False)
        else:
            super().move_cursor(columns, rows)

    def look_into(self) -> None:
        """Read it; once more: to the post that it became."""
        idea = self.list.current
        if idea is None:
            self.cadence.say("i writes an idea down", "dim")
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

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        self.cadence.show_day(day, channel)

    def go_to_post(self, post: int) -> None:
        if not self.list.go_to_post(post):
            self.cadence.show_post(post)

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        self.look_into()


def _accept(calendar: Calendar, who: Any, idea: int, note: str, **options: Any) -> Any:
    """`accept_idea` with the reason where the other decisions have it."""
    return operations.accept_idea(calendar, who, idea, note=note, **options)
