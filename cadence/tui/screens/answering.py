"""Saying no to what one is asked to take over."""

from __future__ import annotations

from collections.abc import Sequence

from cadence.language import _
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.model.team import Member
from cadence.operations import handovers
from cadence.tui.screens.elsewhere import knowingly
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question


class AnsweringScreen(ListScreen):
    async def decline_offers(self, refs: Sequence[TaskRef], asked: Member, why: str) -> None:
        """With a reason, if they like: whoever offered it reads it. Only inside a worker."""

        def read(answers: Answers) -> tuple[str, str]:
            note = answers["why"]
            each = [self.trial(handovers.decline_offer, ref, note=note, member=asked.id) for ref in refs]
            all_of_them = _("{name} declines {tasks}", name=asked.name, tasks=self.task_words(refs))
            return note, each[0] if len(each) == 1 else all_of_them

        try:
            said = read({"why": ""})[1]  # who was not asked learns it before they have to say why
            if all(self._has_declined(ref, asked) for ref in refs):
                self.cadence.say(said, "dim")
                return
            field = Field("why", _("Because"), "", _("its owner reads it (may be left empty)"))
            head = _("No to {tasks}", tasks=self.task_words(refs))
            note = why or await self.ask(Question(head, [field], read, _("declines")))
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if note is None:
            return

        async def act() -> None:
            if await self.cadence.perform(handovers.decline_many, refs, note=note, member=asked.id):
                self.clear_marks()

        await (knowingly(self, "ask.decline", act) if why else act())

    def _has_declined(self, ref: TaskRef, asked: Member) -> bool:
        offer = self.calendar.task(ref).offer
        return offer is not None and asked.id in offer.declined
