"""What concerns the team and not one post, from any screen: a new idea, who leads, who is away.

Each question is answered by a trial of the operation itself, so that what Enter will do is said as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from cadence.insight.words import day_text
from cadence.language import _, p_
from cadence.model.errors import BadInput
from cadence.operations import ideas, rota
from cadence.operations.absences import add_absence
from cadence.operations.edit import Edit
from cadence.tui.dates import DATES, read_day
from cadence.tui.screens.asking import asks
from cadence.tui.screens.general_actions import GeneralActions
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.words import undoable

Pausing = tuple[Callable[..., Edit], tuple[date, ...], dict[str, Any]]
"""An operation, and what it is given."""


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
                    _("an idea says something"), _("a line will do · it stays yours, all can vote for it")
                )
            channel, until = answers["channel"], answers["until"]
            options = {
                "channel": self.calendar.channel(channel).id if channel else None,
                "good_until": self._day(until) if until else None,
            }
            self.trial(ideas.add_idea, answers["text"], **options)
            said = _("Yours, for any channel")
            if channel:
                said = _("Yours, for {channel}", channel=self.calendar.channel(channel).name)
            if day := options["good_until"]:
                said = _("{what}, good until {day}", what=said, day=day_text(day))
            return (answers["text"], options), undoable(f"{said} · {_('all can vote and comment')}")

        fields = [
            Field("text", _("Idea"), text, _("in a line")),
            Field("channel", _("Channel"), "", _("any"), channels),
            Field("until", _("Good until"), "", _("always · {dates}", dates=_(DATES))),
        ]
        answer = await self.ask(Question(_("A new idea"), fields, read, _("writes it down")))
        if answer is not None:
            said, options = answer
            done = await self.cadence.perform(ideas.add_idea, said, **options)
            if done is not None and done.change is not None:
                self.go_to_idea(done.change.ops[0].id)

    # Who leads

    @asks
    async def action_lead_order(self, names: str = "") -> None:
        await self.order_leads(names)

    @asks
    async def action_lead_week(self, week: str = "") -> None:
        await self.lead_a_week(week)

    @asks
    async def action_lead_pause(self) -> None:
        await self.pause_lead()

    async def order_leads(self, names: str = "") -> None:
        calendar = self.calendar
        before = ", ".join(calendar.members[id].name for id in calendar.rota.order)

        def read(answers: Answers) -> tuple[list[int], str]:
            wanted = [name.strip() for name in answers["order"].split(",") if name.strip()]
            order = [self.calendar.member(name).id for name in wanted]
            return order, self.trial(rota.set_rota, order)

        hint = _("Anna, Luca, Marco: a week each · one name: always · empty: nobody")
        field = Field("order", _("In turn"), names or before, hint, self._names)
        order = await self.ask(
            Question(_("Who leads the weeks"), [field], read, _("sets it, from this week"))
        )
        if order is not None:
            await self.cadence.perform(rota.set_rota, order)

    async def lead_a_week(self, week: str = "") -> None:
        viewer = self.cadence.viewer

        def read(answers: Answers) -> tuple[tuple[date, int], str]:
            name = answers["who"] or (viewer.name if viewer else "")
            meant = self._day(answers["week"] or "today"), self.calendar.member(name).id
            return meant, self.trial(rota.lead_week, *meant)

        fields = [
            Field("week", _("Week of"), week, _("today · {dates}", dates=_(DATES))),
            Field("who", _("Who"), "", _("you"), self._names),
        ]
        meant = await self.ask(Question(_("Lead a week out of turn"), fields, read, _("changes it")))
        if meant is not None:
            await self.cadence.perform(rota.lead_week, *meant)

    async def pause_lead(self) -> None:
        """A first day within a pause ends that pause; any other begins a new one."""

        def read(answers: Answers) -> tuple[Pausing, str]:
            first = self._day(answers["first"] or "today")
            if any(pause.covers(first) for pause in self.calendar.rota.pauses):
                meant: Pausing = rota.resume_rota, (first,), {}
            else:
                last = self._day(answers["last"]) if answers["last"] else first
                meant = rota.pause_rota, (first, last), {"reason": answers["why"]}
            operation, args, options = meant
            return meant, self.trial(operation, *args, **options)

        today = self.cadence.today
        known = [pause for pause in self.calendar.rota.pauses if pause.last >= today]
        pauses = ", ".join(f"{pause.first} – {pause.last}" for pause in known[:2])
        hint = _("today · {dates}", dates=_(DATES))
        if known:
            hint = _("a day within {pauses} ends that pause", pauses=pauses)
        fields = [
            Field("first", _("From the week of"), "", hint),
            Field("last", _("to that of"), "", _("the same week")),
            Field("why", _("Because"), "", _("everybody can read it (may be left empty)")),
        ]
        meant = await self.ask(Question(_("Nobody leads for a while"), fields, read, _("agrees on it")))
        if meant is not None:
            operation, args, options = meant
            await self.cadence.perform(operation, *args, **options)

    @asks
    async def action_lead_swap(self) -> None:
        def read(answers: Answers) -> tuple[tuple[date, date], str]:
            if not answers["other"]:
                raise BadInput(_("a swap needs two weeks"), _("name a day of the other week"))
            weeks = self._day(answers["one"] or "today"), self._day(answers["other"])
            return weeks, self.trial(rota.swap_weeks, *weeks)

        fields = [
            Field("one", _("Week of"), "", _("today · {dates}", dates=_(DATES))),
            Field("other", _("For that of"), "", _(DATES)),
        ]
        weeks = await self.ask(Question(_("Swap the lead of two weeks"), fields, read, _("swaps them")))
        if weeks is not None:
            await self.cadence.perform(rota.swap_weeks, *weeks)

    # Who is away

    @asks
    async def action_absence_new(self, first: str = "") -> None:
        viewer = self.cadence.viewer

        def read(answers: Answers) -> tuple[tuple[tuple[int, date, date], dict[str, Any]], str]:
            if not answers["first"]:
                raise BadInput(_("from when?"), _("a day: {dates}", dates=_(DATES)))
            begins = self._day(answers["first"])
            ends = self._day(answers["last"]) if answers["last"] else begins
            who = answers["who"] or (viewer.name if viewer else "")
            meant = self.calendar.member(who).id, begins, ends
            known = {p_("typed", "yes"): True, p_("typed", "no"): False, "yes": True, "no": False}
            offers = known.get(answers["offer"].casefold() or "yes")
            if offers is None:
                raise BadInput(_("the tasks that it hits: on offer or not?"), _("write yes or no"))
            options = {"reason": answers["reason"], "offer": offers}
            return (meant, options), self.trial(add_absence, *meant, **options)

        offer = _("yes: the tasks that it hits are on offer to anyone · no")
        fields = [
            Field("first", p_("dates", "From"), first, _(DATES)),
            Field("last", p_("dates", "To"), "", _("the same day")),
            Field("who", _("Who"), "", _("you"), self._names),
            Field("reason", _("Because"), "", _("everybody can read it (may be left empty)")),
            Field("offer", _("Offer"), p_("typed", "yes"), offer),
        ]
        answer = await self.ask(Question(p_("a question", "Away"), fields, read, _("says so")))
        if answer is not None:
            meant, options = answer
            await self.cadence.perform(add_absence, *meant, **options)
