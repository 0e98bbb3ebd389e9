"""What is done on the Team screen: forms to add and to edit, and taking away, pausing, the order of leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cadence.language import _, month, weekday
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError, Refused
from cadence.model.rhythm import Rhythm
from cadence.operations import absences, channels, members, rhythms, team, workflows
from cadence.operations.leading import check_settings_are_theirs
from cadence.tui.dates import DATES
from cadence.tui.forms.form import Form, Step
from cadence.tui.forms.screen import FormScreen
from cadence.tui.screens.asking import asks
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.widgets.team_list import TeamList
from cadence.tui.widgets.team_rows import Entry
from cadence.workspace import Done

TABLES = {
    "member": "members", "channel": "channels", "rhythm": "rhythms", "workflow": "workflows",
    "absence": "absences",
}  # fmt: skip


class TeamChanges(ListScreen):
    @property
    def list(self) -> TeamList:
        return self.query_one(TeamList)

    @property
    def may_settle(self) -> bool:
        """Whether who looks may change the team's settings."""
        try:
            check_settings_are_theirs(self.calendar, self.cadence.viewer, self.cadence.now)
        except Refused:
            return False
        return True

    # Forms

    @asks
    async def action_team_edit(self) -> None:
        entry = self.list.current
        if entry is None or entry.kind == "none":
            self.cadence.say(entry.field if entry else _("There is nothing here"), "dim")
        elif entry.kind == "rota":
            await self._edit_rota(entry)
        elif entry.kind == "group":
            self.cadence.say(_("Only shares are told, never who did how much · i writes an idea down"), "dim")
        elif entry.kind == "setting":
            await self._edit_team(entry.field)
        else:
            await self._fill(self._form_of(entry))

    def _form_of(self, entry: Entry) -> Callable[[Calendar], Form]:
        """The form of a thing as a calendar has it."""
        from cadence.tui.forms import absence, channel, member, rhythm, workflow

        now, id = self.cadence.now, entry.id
        forms: dict[str, Callable[[Calendar], Form]] = {
            "member": lambda calendar: member.member_form(calendar, now, id),
            "channel": lambda calendar: channel.channel_form(calendar, now, id),
            "rhythm": lambda calendar: rhythm.rhythm_form(calendar, now, calendar.rhythm(id).channel, id),
            "workflow": lambda calendar: workflow.workflow_form(calendar, id),
            "absence": lambda calendar: absence.absence_form(calendar, now, id),
        }
        return forms[entry.kind]

    async def _fill(self, make: Callable[[Calendar], Form], begin: str = "") -> None:
        """Show a form; what it added or changed is under the cursor afterwards."""
        self.follow(await self.app.push_screen_wait(FormScreen(make, begin)))

    def follow(self, done: Done | None) -> None:
        """To the thing of the team that a change was about; posts that changed with it are elsewhere."""
        if done is None or done.change is None:
            return
        kinds = {table: kind for kind, table in TABLES.items()}
        for op in done.change.ops:
            if op.table in kinds and op.kind != "d":
                self.list.go_to(kinds[op.table], op.id)
                return

    async def _edit_team(self, field: str) -> None:
        from cadence.tui.forms.team import team_form

        try:
            check_settings_are_theirs(self.calendar, self.cadence.viewer, self.cadence.now)
        except Refused as error:
            self.cadence.say(str(error), "warn")
            return
        if field == "holidays":
            await self._edit_holidays()
        else:
            await self._fill(team_form, field)

    @asks
    async def action_team_new(self) -> None:
        from cadence.tui.forms import absence, channel, member, workflow

        entry, now = self.list.current, self.cadence.now
        part = entry.part if entry else "members"
        viewer = self.cadence.viewer
        forms: dict[str, Callable[[Calendar], Form]] = {
            "members": lambda calendar: member.member_form(calendar, now),
            "channels": lambda calendar: channel.channel_form(calendar, now),
            "workflows": workflow.workflow_form,
            "absences": lambda calendar: absence.absence_form(
                calendar, now, member=viewer.id if viewer else None
            ),
        }
        if part in forms:
            await self._fill(forms[part])
        elif part == "team":
            await self._edit_team("holidays")
        else:
            self.cadence.say(_("Nothing is added here · i writes an idea down"), "dim")

    @asks
    async def action_team_rhythm(self) -> None:
        """Another rhythm of the channel under the cursor."""
        from cadence.tui.forms.rhythm import rhythm_form

        entry, now = self.list.current, self.cadence.now
        if entry is None or entry.kind not in ("channel", "rhythm"):
            self.cadence.say(_("A rhythm belongs to a channel: go to one"), "dim")
            return
        channel = entry.id if entry.kind == "channel" else self.calendar.rhythm(entry.id).channel
        if self.calendar.channels[channel].retired:
            self.cadence.say(_("This channel is retired: enter brings it back"), "warn")
            return
        await self._fill(lambda calendar: rhythm_form(calendar, now, channel))

    @asks
    async def action_team_away(self) -> None:
        """The member under the cursor is away."""
        from cadence.tui.forms.absence import absence_form

        entry, now, viewer = self.list.current, self.cadence.now, self.cadence.viewer
        if entry is not None and entry.kind == "member":
            who: int | None = entry.id
        else:
            who = viewer.id if viewer else None
        await self._fill(lambda calendar: absence_form(calendar, now, member=who), "first" if who else "who")

    # Taking away

    @asks
    async def action_team_remove(self) -> None:
        entry = self.list.current
        if entry is None or entry.kind not in TABLES:
            self.cadence.say(_("Nothing is taken away here"), "dim")
            return
        fields, step = self._removal(entry)
        if not fields and (refused := self._refusal(step({}))):
            self.cadence.say(refused, "warn")
            return
        seen = {(TABLES[entry.kind], entry.id): getattr(self.calendar, TABLES[entry.kind])[entry.id].rev}

        tried: list[tuple[Calendar, Step, str]] = []

        def read(answers: Answers) -> tuple[tuple[Step, str], str]:
            # Some trials look through all posts: one for each answer, and none while a reason is typed.
            meant = step(answers)
            if not tried or tried[0][:2] != (self.calendar, meant):
                said = self.trial(meant.operation, *meant.args, **meant.options)
                tried[:] = [(self.calendar, meant, said)]
            return (meant, answers["why"]), tried[0][2]

        why = Field("why", _("Because"), "", _("what the others should know (may be left empty)"))
        question = Question(_("Take away"), [*fields, why], read, _("takes it away · u undoes"))
        answer = await self.ask(question)
        if answer is not None:
            meant, reason = answer
            await self.cadence.perform(meant.operation, *meant.args, why=reason, expect=seen, **meant.options)

    def _refusal(self, step: Step) -> str:
        """Why it cannot be, where nothing that could be answered would help."""
        try:
            self.trial(step.operation, *step.args, **step.options)
        except CadenceError as error:
            return str(error)
        return ""

    def _removal(self, entry: Entry) -> tuple[list[Field], Callable[[Answers], Step]]:
        """What is asked before something is taken away, and what the answers do."""
        id = entry.id
        if entry.kind == "member":
            names = [member.name for member in self.calendar.members.values() if member.id != id]
            heir = Field("heir", _("Their tasks go to"), "", _("nobody: they are free then"), names)
            return [heir], lambda answers: self._member_leaves(id, answers["heir"])
        if entry.kind == "rhythm":
            hint = _("today: what was promised until then counts · always: as if it never was")
            return [Field("from", _("Ends on"), "", hint)], lambda answers: self._rhythm_ends(
                id, answers["from"]
            )
        if entry.kind == "channel":
            return [], lambda _answers: self._channel_goes(id)
        operation = workflows.remove_workflow if entry.kind == "workflow" else absences.remove_absence
        return [], lambda _answers: Step(operation, (id,))

    def _member_leaves(self, id: int, heir: str) -> Step:
        to = self.calendar.member(heir).id if heir else None
        return Step(members.remove_member, (id,), {"reassign_to": to, "unassign": to is None})

    def _rhythm_ends(self, id: int, text: str) -> Step:
        if text.casefold() in ("always", _("always").casefold()):
            return Step(rhythms.remove_rhythm, (id,))
        return Step(rhythms.remove_rhythm, (id,), {"from_date": self._day(text or "today")})

    def _channel_goes(self, id: int) -> Step:
        """One that has a history is retired: it stays."""
        try:
            self.trial(channels.remove_channel, id)
        except Refused:
            return Step(channels.remove_channel, (id,), {"retire": True})
        return Step(channels.remove_channel, (id,))

    # Pauses

    @asks
    async def action_team_pause(self) -> None:
        entry = self.list.current
        if entry is not None and entry.kind == "rhythm":
            await self._pause_rhythm(self.calendar.rhythm(entry.id))
        elif entry is not None and entry.kind == "rota":
            await self.pause_lead()
        else:
            self.cadence.say(_("Rhythms pause, and so does the order of leads: go to one"), "dim")

    async def _pause_rhythm(self, rhythm: Rhythm) -> None:
        """A first day within a pause ends that pause; any other begins a new one."""
        today = self.cadence.today

        def read(answers: Answers) -> tuple[Step, str]:
            first = self._day(answers["first"] or "today")
            if self.calendar.rhythm(rhythm.id).is_paused(first):
                meant = Step(rhythms.resume_rhythm, (rhythm.id,), {"on": first})
            else:
                if not answers["last"]:
                    raise BadInput(_("until when?"), _("a day: {dates}", dates=_(DATES)))
                span = first, self._day(answers["last"])
                meant = Step(rhythms.pause_rhythm, (rhythm.id, *span), {"reason": answers["why"]})
            return meant, self.trial(meant.operation, *meant.args, **meant.options)

        coming = [pause for pause in rhythm.pauses if pause.last >= today]
        known = ", ".join(f"{pause.first} – {pause.last}" for pause in coming[:2])
        hint = _("a day within {pauses} ends that pause", pauses=known) if known else _("today")
        fields = [
            Field("first", _("From"), "", hint),
            Field("last", _("To"), "", _(DATES)),
            Field("why", _("Because"), "", _("everybody can read it (may be left empty)")),
        ]
        channel = self.calendar.channels[rhythm.channel].name
        head = _("A pause of {channel}", channel=channel)
        meant = await self.ask(Question(head, fields, read, _("agrees on it")))
        if meant is not None:
            expect = {("rhythms", rhythm.id): rhythm.rev}
            await self.cadence.perform(meant.operation, *meant.args, expect=expect, **meant.options)

    async def _edit_rota(self, entry: Entry) -> None:
        await (self.order_leads() if entry.field == "order" else self.lead_a_week())

    # Holidays

    async def _edit_holidays(self) -> None:
        """All those of a country, or one more day, or one less."""
        before = self.calendar.team

        def read(answers: Answers) -> tuple[tuple[str, str, date | None, str], str]:
            country, region = answers["country"].upper(), answers["region"].upper()
            if answers["day"]:
                day = self._day(answers["day"])
                known = self.calendar.team.holidays.get(day)
                name = answers["name"]
                if known is None and not name:
                    raise BadInput(_("what is it called?"), _("a name makes that day a holiday"))
                words = f"{weekday(day)} {day.day} {month(day)} {day.year}"
                said = (
                    _("{day} is a holiday: {name}", day=words, name=name)
                    if name
                    else _("{day} ({name}) is a holiday no more", day=words, name=known or "")
                )
                return (country, region, day, name), said
            if len(country) != 2 or not country.isalpha():
                raise BadInput(_("which country?"), _("two letters: IT; or a day and its name"))
            said = _(
                "Its public holidays replace the {number} of now", number=len(self.calendar.team.holidays)
            )
            return (country, region, None, ""), said

        fields = [
            Field("country", _("Country"), before.country, _("two letters: IT")),
            Field("region", _("Region"), before.region, _("the whole country")),
            Field("day", _("Or a day"), "", _(DATES)),
            Field("name", _("Called"), "", _("empty: no holiday any more")),
        ]
        answer = await self.ask(Question(_("Holidays"), fields, read, _("sets them")))
        if answer is None:
            return
        country, region, day, name = answer
        try:
            holidays = await self._holidays_of(country, region, day, name)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        where: dict[str, Any] = {} if day else {"country": country, "region": region}
        await self.cadence.perform(team.set_holidays, holidays, expect={("team", 1): before.rev}, **where)

    async def _holidays_of(self, country: str, region: str, day: date | None, name: str) -> dict[date, str]:
        if day is not None:
            others = {on: called for on, called in self.calendar.team.holidays.items() if on != day}
            return {**others, day: name} if name else others

        from cadence.exchange.holidays import public_holidays

        return await self.cadence.beside(public_holidays, country, region, self.cadence.today)
