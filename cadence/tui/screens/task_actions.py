"""What can be done with tasks, the same on every screen.

Where the cursor is on a post and not on a task, each action finds the task that it most likely means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cadence.model.errors import CadenceError
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.operations import tasks as operations
from cadence.tui.screens.asking import asks
from cadence.tui.screens.post_actions import PostActions
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.words import counted

Fits = Callable[[Task], bool]


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
        refs = self.chosen_tasks(self._mine, _is_open)
        if not refs:
            return
        members = {member.name: member for member in self.calendar.members.values()}

        def read(answers: Answers) -> tuple[tuple[list[int] | None], str]:
            text = answers["to"].casefold()
            if text == "nobody":
                return (None,), "Nobody is offered it: it stays with its owner"
            names = [] if text in ("", "anyone") else [name.strip() for name in text.split(",")]
            takers = [self.calendar.member(name) for name in names if name]
            whom = " and ".join(taker.name for taker in takers) or "anyone"
            said = f"Offers {self.task_words(refs)} to {whom} · its owner stays responsible until it is taken"
            return ([taker.id for taker in takers],), said

        field = Field("to", "To", "", "anyone · or names: Anna, Luca · nobody withdraws it", list(members))
        question = Question(f"Offer {self.task_words(refs)}", [field], read, "offers it")
        try:
            answer = read({"to": names})[0] if names else await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if answer is None:
            return
        if answer[0] is None:
            await self._perform_on(refs[:1], operations.withdraw_offer, operations.withdraw_offer)
            return
        done = await self.cadence.perform(operations.hand_over_many, refs, to=answer[0])
        if done:
            self.clear_marks()

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
