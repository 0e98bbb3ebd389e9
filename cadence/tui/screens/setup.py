"""The first start: a few questions, or the sample team to look around in."""

from __future__ import annotations

import os
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from cadence.language import _, later, month, weekday
from cadence.model.errors import CadenceError
from cadence.model.times import to_local, zone_of
from cadence.operations.setup import TeamPlan, set_up
from cadence.tui.first_team import FORMS, preview, read_team
from cadence.tui.screens.prompt import Answers, Field, Prompt, Question
from cadence.workspace import login_name

WELCOME = later(
    """\
Welcome to Cadence.

It keeps a team posting regularly, on top of everyone's day job: \
what is due, who does it, and where the gaps are, before they happen.

Five answers are enough to begin; all of it can be changed later.
"""
)


class SetupScreen(Prompt[TeamPlan]):
    """Enter makes the team; ctrl+s takes the sample team instead."""

    BINDINGS = [Binding("ctrl+s", "sample", show=False, priority=True)]

    def __init__(self) -> None:
        fields = [
            Field("team", _("Team"), hint="Officine Rossi"),
            Field("zone", _("Time zone"), system_zone(), hint="Europe/Rome"),
            Field("you", _("Your name"), hint="Giulia Rossi"),
            Field(
                "channel",
                _("First channel"),
                hint="LinkedIn",
                known=("LinkedIn", "Instagram", "Blog", "Newsletter"),
            ),
            Field("rhythm", _("Its rhythm"), hint=_("tue thu 9:00")),
        ]
        super().__init__(Question(_("Your team"), fields, self._read_answers, _("makes the team")))

    def compose(self) -> ComposeResult:
        with Vertical(id="setup"):
            yield Static(_(WELCOME), markup=False)
            yield from super().compose()
            sample, leave = _("the sample team instead, to look around"), _("leave")
            yield Static(f"ctrl+s  {sample}\nesc     {leave}", id="setup-keys", markup=False)

    def _read_answers(self, answers: Answers) -> tuple[TeamPlan, str]:
        now = self.cadence.now
        zone = zone_of(answers["zone"] or "UTC")
        plan = read_team(answers, to_local(now, zone), login_name())
        channel = plan.channels[0]
        rhythm = next(iter(channel.rhythms), None)
        if rhythm is None:
            return plan, _(
                "{channel} without a rhythm for now · {forms}", channel=channel.name, forms=_(FORMS)
            )
        days = preview(rhythm, to_local(now, zone).date())[:3]
        said = ", ".join(f"{weekday(day)} {day.day} {month(day)}" for day in days)
        at = f"{rhythm.at:%H:%M}"
        return plan, _("{channel} at {time}: {days} …", channel=channel.name, time=at, days=said)

    # Answers

    @work(exit_on_error=False)
    async def accepted(self, meant: TeamPlan) -> None:
        app = self.cadence
        app.hold_keys(self)  # what is typed on is meant for the calendar
        try:
            if await app.perform(set_up, meant, why=_("the first start")):
                said = _("Welcome. T adds your colleagues, p proposes who does what, ? shows the keys")
                self._done(meant.members[0].name, said)
        finally:
            app.release_keys(self)

    @work(exit_on_error=False)
    async def action_sample(self) -> None:
        from cadence.exchange.sample import sample_steps

        try:
            steps = sample_steps(self.cadence.today)
        except CadenceError as error:
            self.say(str(error), wrong=True)
            return
        self.say(_("Making the sample team …"), wrong=False)
        for step in steps:
            if not await self.cadence.perform(step.operation, step.argument, why=step.why):
                return
        leads = [member.name for member in self.cadence.calendar.members.values() if member.role == "lead"]
        self._done(leads[0] if leads else "", _("Welcome. ? shows the keys of each screen"))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error:
            self.say(str(event.worker.error), wrong=True)

    def _done(self, viewer: str, said: str) -> None:
        app = self.cadence
        if viewer:
            app.viewer_id = app.calendar.member(viewer).id
        app.say(said, "good")
        self.dismiss(None)

    def action_leave(self) -> None:
        self.app.exit()


def system_zone() -> str:
    """The IANA zone of this machine, UTC if it does not say."""
    told = os.environ.get("TZ", "").lstrip(":")
    try:
        name = told or str(Path("/etc/localtime").resolve()).rpartition("zoneinfo/")[2]
        return zone_of(name).key.removeprefix("Etc/")
    except CadenceError:
        return "UTC"
