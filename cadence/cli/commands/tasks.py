"""Who does what: assign, pin, claim, release."""

from __future__ import annotations

import click

from cadence.cli.arguments import POST, TASK
from cadence.cli.base import command
from cadence.cli.names import MEMBER
from cadence.cli.session import Session
from cadence.model.post import TaskRef
from cadence.model.team import TaskKind
from cadence.operations import tasks as operations
from cadence.operations.handovers import take_offer


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
@click.argument("member", type=MEMBER)
@click.option("--pin", is_flag=True, help="No plan may give it to somebody else.")
@click.option("--force", is_flag=True, help="Even without the skill, or when away.")
def assign(session: Session, post: int, task: TaskKind, member: str, pin: bool, force: bool) -> None:
    """Give a task to a member; what it does to the load is said."""
    taker = session.calendar.member(member)
    session.do(operations.assign, TaskRef(post, task), taker.id, pin=pin, force=force)


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def unassign(session: Session, post: int, task: TaskKind) -> None:
    """Take a task from whoever has it."""
    session.do(operations.unassign, TaskRef(post, task))


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def pin(session: Session, post: int, task: TaskKind) -> None:
    """Keep a task with its member, whatever is planned."""
    session.do(operations.pin, TaskRef(post, task))


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def unpin(session: Session, post: int, task: TaskKind) -> None:
    """Let a task be reassigned again."""
    session.do(operations.unpin, TaskRef(post, task))


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
@click.option("--for", "member", metavar="MEMBER", type=MEMBER, help="For somebody away, as a lead.")
def claim(session: Session, post: int, task: TaskKind, member: str | None) -> None:
    """Take a task that nobody has or that is on offer; a swap gives the other task for it."""
    ref, taker = TaskRef(post, task), session.member_id(member)
    if taker is None:
        session.do(operations.claim, ref, who=session.me)
    else:
        session.do(take_offer, ref, who=session.me, member=taker)


@command(changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def release(session: Session, post: int, task: TaskKind) -> None:
    """Give back a task of mine."""
    session.do(operations.release, TaskRef(post, task), who=session.me)
