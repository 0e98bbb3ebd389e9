"""How far a post has come follows from its tasks: planned → drafted → approved."""

from collections.abc import Mapping

from msgspec.structs import replace

from cadence.model.post import Post, PostState, Task
from cadence.model.team import TaskKind, Workflow

BEFORE_PUBLICATION: tuple[TaskKind, ...] = ("draft", "design", "review")


def state_from(tasks: Mapping[TaskKind, Task]) -> PostState:
    """`approved` when all work before publication is done, `drafted` when the draft is, else `planned`."""
    before = [tasks[kind] for kind in BEFORE_PUBLICATION if kind in tasks]
    if before and all(task.is_done for task in before):
        return "approved"
    draft = tasks.get("draft")
    return "drafted" if draft and draft.is_done else "planned"


def with_tasks(post: Post, **tasks: Task) -> Post:
    """The post with these tasks replaced, and the state that follows (published and skipped ones keep it)."""
    merged: dict[TaskKind, Task] = {kind: tasks.get(kind, task) for kind, task in post.tasks.items()}
    state = state_from(merged) if post.is_open else post.state
    return replace(post, tasks=merged, state=state)


def tasks_for(workflow: Workflow | None) -> dict[TaskKind, Task]:
    """The tasks that a new post needs, with nobody yet."""
    if workflow is None:
        return {}
    return {kind: Task(step.effort, step.opens, step.closes) for kind, step in workflow.steps.items()}
