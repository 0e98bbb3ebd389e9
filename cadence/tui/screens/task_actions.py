"""What can be done with tasks, the same on every screen.

Where the cursor is on a post and not on a task, each action finds the task that it most likely means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.operations import handovers
from cadence.operations import tasks as operations
from cadence.tui.dates import read_day
from cadence.tui.screens.asking import asks
from cadence.tui.screens.post_actions import PostActions
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.words import counted

Fits = Callable[[Task], bool]


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
            self.cadence.say("There is no task here for that" if posts else "There is no post here", "dim")
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
            return counted(len(refs), "task")
        return f"{refs[0].kind} of {self.calendar.posts[refs[0].post].title}"

    # Who does it

    @asks
    async def action_task_assign(self) -> None:
        """The candidates beside the post's tasks; Enter commits what the line above says."""
        refs = self.chosen_tasks(_is_free, _is_open)
        if not refs:
            return
        from cadence.tui.screens.assign import AssignScreen

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

    async def action_task_claim(self) -> None:
        if refs := self.chosen_tasks(self._takeable, _is_open):
            await self._perform_on(refs, operations.claim, operations.claim_many)

    async def action_task_release(self) -> None:
        if refs := self.chosen_tasks(self._mine, _is_open):
            await self._perform_on(refs, operations.release, operations.release_many)

    @asks
    async def action_task_offer(self, names: str = "") -> None:
        """To somebody or anyone, perhaps for a task in return."""
        refs = self.chosen_tasks(self._mine, _is_open)
        if not refs:
            return

        def read(answers: Answers) -> tuple[Offering, str]:
            offering = self._read_offer(refs, answers)
            return offering, self.trial(*offering.call, **offering.options)

        question = Question(f"Offer {self.task_words(refs)}", self._offer_fields(refs), read, "offers it")
        try:
            offering = read({"to": names})[0] if names else await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if offering is not None and await self.cadence.perform(*offering.call, **offering.options):
            self.clear_marks()

    def _offer_fields(self, refs: Sequence[TaskRef]) -> Sequence[Field]:
        members = [member.name for member in self.calendar.members.values()]
        to = Field("to", "To", "", "anyone · or names: Anna, Luca · nobody withdraws it", members)
        if len(refs) != 1:
            return [to]
        return [
            to,
            Field("wants", "In return", "", "nothing · or a task of theirs: 53 review"),
            Field("until", "Until", "", "when it is due · fri, +2d, 1 dec"),
        ]

    def _read_offer(self, refs: Sequence[TaskRef], answers: Answers) -> Offering:
        text = answers["to"].casefold()
        if text == "nobody":
            return Offering((handovers.withdraw_offer, refs[0]))
        until = answers.get("until")
        options: dict[str, Any] = {
            "until": read_day(until, self.calendar, self.cadence.now) if until else None
        }
        if wants := answers.get("wants"):
            if text:
                raise BadInput("a swap is offered to whoever has the other task", "leave To empty")
            return Offering((handovers.offer_swap, refs[0], _read_task(wants)), options)
        names = [] if text in ("", "anyone") else [name.strip() for name in text.split(",")]
        options["to"] = [self.calendar.member(name).id for name in names if name]
        return Offering((handovers.hand_over_many, list(refs)), options)

    async def action_task_done(self) -> None:
        refs = self.chosen_tasks(lambda task: _is_open(task) and self._mine(task), _is_open)
        if not refs:
            return
        if all(self.calendar.task(ref).is_done for ref in refs):
            for ref in refs:
                await self.cadence.perform(operations.task_undone, ref)
            return
        await self._perform_on(refs, operations.task_done, operations.tasks_done)

    async def action_task_pin(self) -> None:
        refs = self.chosen_tasks(lambda task: _is_open(task) and task.member is not None)
        for ref in refs:
            pinned = self.calendar.task(ref).pinned
            await self.cadence.perform(operations.unpin if pinned else operations.pin, ref)

    async def _perform_on(
        self,
        refs: Sequence[TaskRef],
        one: Callable[..., object],
        many: Callable[..., object],
        posts: Sequence[Post] = (),
    ) -> None:
        expect = self.seen(posts) if posts else None
        if len(refs) == 1:
            done = await self.cadence.perform(one, refs[0], expect=expect)
        else:
            done = await self.cadence.perform(many, list(refs), expect=expect)
        if done:
            self.clear_marks()


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
    post, _, kind = text.strip().lstrip("#").partition(" ")
    if not post.isdecimal() or len(post) > 8 or kind.strip() not in TASK_KINDS:
        raise BadInput(f"{text[:40]!r} is no task", "write the post and the task: 53 review")
    return TaskRef(int(post), cast(TaskKind, kind.strip()))
