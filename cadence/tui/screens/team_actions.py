"""What concerns the team and not one post, from any screen: a new idea, who leads, who is away.

Each question is answered by a trial of the operation itself, so that what Enter will do is said as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from cadence.model.errors import BadInput
from cadence.operations import ideas, rota
from cadence.operations.absences import add_absence
from cadence.operations.edit import Edit
from cadence.tui.dates import read_day
from cadence.tui.screens.asking import asks
from cadence.tui.screens.general_actions import GeneralActions
from cadence.tui.screens.prompt import Answers, Field, Question

DATES = "fri, +2w, 1 dec"


class TeamActions(GeneralActions):
    def go_to_idea(self, idea: int) -> None:
        """An idea was written down."""

    def trial(self, operation: Callable[..., Edit], *args: Any, **options: Any) -> str:
        """What an operation would say; CadenceError if it refuses."""
        return operation(self.calendar, self.cadence.viewer, *args, now=self.cadence.now, **options).said

    def _day(self, text: str) -> date:
        return read_day(text, self.calendar, self.cadence.now)

    @property
    def _names(self) -> Sequence[str]:
        return [member.name for member in self.calendar.members.values()]

    # Ideas

    @asks
    async def action_idea_new(self, text: str = "") -> None:
        channels = [channel.name for channel in self.calendar.channels.values() if not channel.retired]

        def read(answers: Answers) -> tuple[tuple[str, dict[str, Any]], str]:
            if not answers["text"]:
                raise BadInput(
                    "an idea says something", "a line will do · it stays yours, all can vote for it"
                )
            channel, until = answers["channel"], answers["until"]
            options = {
                "channel": self.calendar.channel(channel).id if channel else None,
                "good_until": self._day(until) if until else None,
            }
            self.trial(ideas.add_idea, answers["text"], **options)
            where = f"for {self.calendar.channel(channel).name}" if channel else "for any channel"
            day = options["good_until"]
            when = f", good until {day:%a} {day.day} {day:%b}" if day else ""
            return (answers["text"], options), f"Yours, {where}{when} · all can vote and comment · u undoes"

        fields = [
            Field("text", "Idea", text, "in a line"),
            Field("channel", "Channel", "", "any", channels),
            Field("until", "Good until", "", f"always · {DATES}"),
        ]
        answer = await self.ask(Question("A new idea", fields, read, "writes it down"))
        if answer is not None:
            said, options = answer
            done = await self.cadence.perform(ideas.add_idea, said, **options)
            if done is not None and done.change is not None:
                self.go_to_idea(done.change.ops[0].id)

    # Who leads

    @asks
    async def action_lead_order(self, names: str = "") -> None:
        calendar = self.calendar
        before = ", ".join(calendar.members[id].name for id in calendar.rota.order)

        def read(answers: Answers) -> tuple[list[int], str]:
            wanted = [name.strip() for name in answers["order"].split(",") if name.strip()]
            order = [self.calendar.member(name).id for name in wanted]
            return order, self.trial(rota.set_rota, order)

        hint = "Anna, Luca, Marco: a week each · one name: always · empty: nobody"
        field = Field("order", "In turn", names or before, hint, self._names)
        order = await self.ask(Question("Who leads the weeks", [field], read, "sets it, from this week"))
        if order is not None:
            await self.cadence.perform(rota.set_rota, order)

    @asks
    async def action_lead_week(self, week: str = "") -> None:
        viewer = self.cadence.viewer

        def read(answers: Answers) -> tuple[tuple[date, int], str]:
            name = answers["who"] or (viewer.name if viewer else "")
            meant = self._day(answers["week"] or "today"), self.calendar.member(name).id
            return meant, self.trial(rota.lead_week, *meant)

        fields = [
            Field("week", "Week of", week, f"today · {DATES}"),
            Field("who", "Who", "", "you", self._names),
        ]
        meant = await self.ask(Question("Lead a week out of turn", fields, read, "changes it"))
        if meant is not None:
            await self.cadence.perform(rota.lead_week, *meant)

    @asks
    async def action_lead_swap(self) -> None:
        def read(answers: Answers) -> tuple[tuple[date, date], str]:
            if not answers["other"]:
                raise BadInput("a swap needs two weeks", "name a day of the other week")
            weeks = self._day(answers["one"] or "today"), self._day(answers["other"])
            return weeks, self.trial(rota.swap_weeks, *weeks)

        fields = [
            Field("one", "Week of", "", f"today · {DATES}"),
            Field("other", "For that of", "", DATES),
        ]
        weeks = await self.ask(Question("Swap the lead of two weeks", fields, read, "swaps them"))
        if weeks is not None:
            await self.cadence.perform(rota.swap_weeks, *weeks)

    # Who is away

    @asks
    async def action_absence_new(self, first: str = "") -> None:
        viewer = self.cadence.viewer

        def read(answers: Answers) -> tuple[tuple[tuple[int, date, date], dict[str, Any]], str]:
            if not answers["first"]:
                raise BadInput("from when?", f"a day: {DATES}")
            begins = self._day(answers["first"])
            ends = self._day(answers["last"]) if answers["last"] else begins
            who = answers["who"] or (viewer.name if viewer else "")
            meant = self.calendar.member(who).id, begins, ends
            offers = {"yes": True, "no": False}.get(answers["offer"].casefold() or "yes")
            if offers is None:
                raise BadInput("the tasks that it hits: on offer or not?", "write yes or no")
            options = {"reason": answers["reason"], "offer": offers}
            return (meant, options), self.trial(add_absence, *meant, **options)

        fields = [
            Field("first", "From", first, DATES),
            Field("last", "To", "", "the same day"),
            Field("who", "Who", "", "you", self._names),
            Field("reason", "Because", "", "everybody can read it (may be left empty)"),
            Field("offer", "Offer", "yes", "yes: the tasks that it hits are on offer to anyone · no"),
        ]
        answer = await self.ask(Question("Away", fields, read, "says so"))
        if answer is not None:
            meant, options = answer
            await self.cadence.perform(add_absence, *meant, **options)
