"""What can be done with tasks, the same on every screen.

Where the cursor is on a post and not on a task, each action finds the task that it most likely means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cadence.language import _, n_, p_
from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Offer, Post, Task, TaskRef
from cadence.model.team import NEVER, TASK_KINDS, TaskKind
from cadence.model.words import kind_word
from cadence.operations import handovers
from cadence.operations import tasks as operations
from cadence.tui.actions import BY_ID
from cadence.tui.dates import read_day
from cadence.tui.screens.asking import asks
from cadence.tui.screens.elsewhere import knowingly
from cadence.tui.screens.post_actions import PostActions
from cadence.tui.screens.prompt import Answers, Field, Question

Fits = Callable[[Task], bool]
NO_OFFER = Offer(NEVER, 0)
"""What is filled in where a task is not on offer yet."""


@dataclass(frozen=True)
class Offering:
    """An operation of hand-overs with its arguments."""

    call: tuple[Any, ...]
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])


class TaskActions(PostActions):
    def chosen_tasks(self, *likely: Fits) -> list[TaskRef]:
        """The selected tasks, or of each selected post the first task that fits the first rule that any
        fits. Says so when there are none."""
        if refs := [ref for ref in self.selected_tasks() if ref.post in self.calendar.posts]:
            return refs
        posts = [self.calendar.posts[id] for id in self.selected_posts() if id in self.calendar.posts]
        refs = [TaskRef(post.id, kind) for post in posts if (kind := likely_task(post, likely))]
        if not refs:
            said = _("There is no task here for that") if posts else _("There is no post here")
            self.cadence.say(said, "dim")
        return refs

    def _mine(self, task: Task) -> bool:
        return task.member is not None and task.member == self.cadence.viewer_id

    def _takeable(self, task: Task) -> bool:
        me = self.cadence.viewer_id
        offered = task.offer is not None and (not task.offer.to or me in task.offer.to)
        return task.member is None or (offered and task.member != me)

    def task_words(self, refs: Sequence[TaskRef]) -> str:
        """`review of Storia Bianchi` or `3 tasks`."""
        if len(refs) != 1:
            return n_("{number} task", "{number} tasks", len(refs))
        title = self.calendar.posts[refs[0].post].title
        return _("{task} of {title}", task=kind_word(refs[0].kind), title=title)

    # Who does it

    @asks
    async def action_task_assign(self, name: str = "") -> None:
        """The candidates beside the post's tasks; Enter commits what the line above says. With a name, as on
        the command line, at once."""
        refs = self.chosen_tasks(_is_free, _is_open)
        if not refs:
            return
        from cadence.tui.screens.assign import AssignScreen

        if name:
            await knowingly(self, "task.assign", partial(self._assign_to, refs, name))
            return
        choice = await self.app.push_screen_wait(AssignScreen(refs))
        if choice is None:
            return
        posts = [self.calendar.posts[ref.post] for ref in choice.refs if ref.post in self.calendar.posts]
        if choice.member is None:
            refs = list(choice.refs)
            await self._perform_on(refs, operations.unassign, operations.unassign_many, posts)
            return
        done = await self.cadence.perform(
            operations.assign_many, choice.refs, choice.member, expect=choice.seen, said=choice.said
        )
        if done:
            self.clear_marks()
            self.can_repeat("task_assign", self.calendar.members[choice.member].name)

    async def _assign_to(self, refs: Sequence[TaskRef], name: str) -> None:
        try:
            member = self.calendar.member(name)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if await self.cadence.perform(operations.assign_many, list(refs), member.id):
            self.clear_marks()
            self.can_repeat("task_assign", member.name)

    async def action_task_claim(self) -> None:
        refs = self.chosen_tasks(self._takeable, _is_open)
        await self.at_once("task.claim", refs, operations.claim, operations.claim_many)

    async def action_task_release(self) -> None:
        refs = self.chosen_tasks(self._mine, _is_open)
        await self.at_once("task.release", refs, operations.release, operations.release_many)

    @asks
    async def action_task_offer(self, names: str = "") -> None:
        """To somebody or anyone, perhaps for a task in return."""
        refs = self.chosen_tasks(self._mine, _is_open)
        if not refs:
            return

        def read(answers: Answers) -> tuple[Offering, str]:
            offering = self._read_offer(refs, answers)
            return offering, self.trial(*offering.call, **offering.options)

        head = _("Offer {what}", what=self.task_words(refs))
        question = Question(head, self._offer_fields(refs), read, _("offers it"))
        try:
            offering = read({"to": names})[0] if names else await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if offering is not None:
            act = partial(self._hand_over, offering)
            await (knowingly(self, "task.offer", act) if names else act())

    async def _hand_over(self, offering: Offering) -> None:
        if await self.cadence.perform(*offering.call, **offering.options):
            self.clear_marks()
            to = [self.calendar.members[id].name for id in offering.options.get("to", ())]
            self.can_repeat("task_offer", ", ".join(to) or "anyone")

    def _offer_fields(self, refs: Sequence[TaskRef]) -> Sequence[Field]:
        """What is on offer already is filled in, to be changed."""
        members = [member.name for member in self.calendar.members.values()]
        hint = _("anyone · or names: Anna, Luca · nobody withdraws it")
        if len(refs) != 1:
            return [Field("to", p_("a field", "To"), "", hint, members)]
        offer = self.calendar.task(refs[0]).offer or NO_OFFER
        to = "" if offer.wants else ", ".join(self.calendar.members[id].name for id in offer.to)
        wants = f"{offer.wants.post} {offer.wants.kind}" if offer.wants else ""
        until = offer.until.isoformat() if offer.until and offer.until >= self.cadence.today else ""
        return [
            Field("to", p_("a field", "To"), to, hint, members),
            Field("wants", _("In return"), wants, _("nothing · or a task of theirs: 53 review")),
            Field("until", _("Until"), until, _("when it is due · fri, +2d, 1 dec")),
            Field("note", _("Because"), offer.note, _("a word to them (may be left empty)")),
        ]

    def _read_offer(self, refs: Sequence[TaskRef], answers: Answers) -> Offering:
        text = answers["to"].casefold()
        if text in ("nobody", p_("typed", "nobody")):
            return Offering((handovers.withdraw_offer, refs[0]))
        until = answers.get("until")
        options: dict[str, Any] = {
            "until": read_day(until, self.calendar, self.cadence.now) if until else None
        }
        options["note"] = answers.get("note", "")
        if wants := answers.get("wants"):
            if text:
                raise BadInput(_("a swap is offered to whoever has the other task"), _("leave To empty"))
            return Offering((handovers.offer_swap, refs[0], _read_task(wants)), options)
        names = (
            []
            if text in ("", "anyone", p_("typed", "anyone"))
            else [name.strip() for name in text.split(",")]
        )
        options["to"] = [self.calendar.member(name).id for name in names if name]
        return Offering((handovers.hand_over_many, list(refs)), options)

    async def action_task_done(self) -> None:
        refs = self.chosen_tasks(lambda task: _is_open(task) and self._mine(task), _is_open)
        if not refs:
            return
        if all(self.calendar.task(ref).is_done for ref in refs):
            await knowingly(self, "task.done", partial(self._undone, refs))
        else:
            await self.at_once("task.done", refs, operations.task_done, operations.tasks_done)

    async def _undone(self, refs: Sequence[TaskRef]) -> None:
        for ref in refs:
            await self.cadence.perform(operations.task_undone, ref)

    async def action_task_pin(self) -> None:
        if refs := self.chosen_tasks(lambda task: _is_open(task) and task.member is not None):
            await knowingly(self, "task.pin", partial(self._pin, refs))

    async def _pin(self, refs: Sequence[TaskRef]) -> None:
        for ref in refs:
            pinned = self.calendar.task(ref).pinned
            await self.cadence.perform(operations.unpin if pinned else operations.pin, ref)
        self.can_repeat("task_pin")

    async def at_once(
        self, action: str, refs: Sequence[TaskRef], one: Callable[..., object], many: Callable[..., object]
    ) -> None:
        """What a single key does with tasks, and `.` once more."""

        async def act() -> None:
            if await self._perform_on(refs, one, many):
                self.can_repeat(BY_ID[action].method)

        if refs:
            await knowingly(self, action, act)

    async def _perform_on(
        self,
        refs: Sequence[TaskRef],
        one: Callable[..., object],
        many: Callable[..., object],
        posts: Sequence[Post] = (),
    ) -> bool:
        """Whether it was done."""
        expect = self.seen(posts) if posts else None
        if len(refs) == 1:
            done = await self.cadence.perform(one, refs[0], expect=expect)
        else:
            done = await self.cadence.perform(many, list(refs), expect=expect)
        if done:
            self.clear_marks()
        return done is not None


def likely_task(post: Post, likely: Sequence[Fits]) -> TaskKind | None:
    """The first task, in the order of work, that fits the first of these rules that any fits."""
    for fits in likely:
        for kind in TASK_KINDS:
            if (task := post.tasks.get(kind)) and not task.is_done and fits(task):
                return kind
    return None


def _is_open(task: Task) -> bool:
    return not task.is_done


def _is_free(task: Task) -> bool:
    return not task.is_done and task.member is None


def _read_task(text: str) -> TaskRef:
    """`53 review`."""
    post, _space, said = text.strip().lstrip("#").partition(" ")
    kinds: dict[str, TaskKind] = {kind_word(kind).casefold(): kind for kind in TASK_KINDS}
    kinds.update({kind: kind for kind in TASK_KINDS})
    kind = kinds.get(said.strip().casefold())
    if not post.isdecimal() or len(post) > 8 or kind is None:
        raise BadInput(_("{text!r} is no task", text=text[:40]), _("write the post and the task: 53 review"))
    return TaskRef(int(post), kind)
