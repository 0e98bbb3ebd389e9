"""`cadence who` and `cadence why`: who could take a task, why somebody has it, what to do if nobody can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cadence.cli.arguments import POST, TASK
from cadence.cli.base import command
from cadence.cli.forms import Form
from cadence.cli.output import rounded, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, name_of_member, percent
from cadence.insight.words import hours_text, minutes_text
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.team import TaskKind
from cadence.model.words import the_task

if TYPE_CHECKING:
    from cadence.planner.explaining.candidates import Candidate
    from cadence.planner.explaining.explain import Explanation, Remedy

TOLD = 8
"""So many others are spoken of one by one."""


@command()
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def who(session: Session, post: int, task: TaskKind) -> None:
    """Rank who could take a task, with load before and after; those who cannot come last, with the reason."""
    from cadence.planner.explaining.candidates import candidates

    calendar = session.calendar
    ranked = candidates(calendar, TaskRef(post, task), session.now)
    if session.json:
        found = [_candidate_form(calendar, candidate) for candidate in ranked]
        say_json({"post": post, "task": task, "candidates": found})
        return
    headers = (_("who"), _("load"), p_("load", "then"), p_("time", "free"), _("why"))
    table(
        headers,
        (
            (
                calendar.members[c.member].name,
                percent(c.before.share),
                percent(c.after.share) if c.able else "-",
                hours_text(c.free) if c.able else "-",
                ", ".join(filter(None, (c.reason, c.note))) if c.able else _("cannot: {why}", why=c.obstacle),
            )
            for c in ranked
        ),
        right=headers[1:4],
        none=_("Nobody else is in the team yet: `cadence member add NAME`."),
    )


@command()
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def why(session: Session, post: int, task: TaskKind) -> None:
    """Say why somebody has a task and others have not, or why nobody can and what would change it."""
    from cadence.planner.explaining.explain import explain

    calendar, ref = session.calendar, TaskRef(post, task)
    found = explain(calendar, ref, session.now)
    if session.json:
        say_json(_explanation_form(calendar, ref, found))
        return
    what = _task_words(session, ref)
    if found.holder is not None:
        but = " " + _("But {strain}.", strain=found.strain) if found.strain else ""
        say(_("{who} has {task}.", who=name_of_member(calendar, found.holder), task=what) + but)
        _say_others(found)
    elif found.could:
        say(_("Nobody has {task}. It would fit:", task=what))
        for one in found.could[:TOLD]:
            name = calendar.members[one.member].name
            say(f"  {name}: {', '.join(filter(None, (one.reason, one.note)))}")
        best = calendar.members[found.could[0].member].name
        command = f"cadence assign {post} {task} {_quoted(best)}"
        say(_("Give it to somebody: `{command}`.", command=command))
    else:
        say(_("Nobody has {task}.", task=what))
        say(f"{found.nobody[:1].upper()}{found.nobody[1:]}.")
        _say_remedies(found)


def _say_others(found: Explanation) -> None:
    for _who, sentence in found.others[:TOLD]:
        say(f"  {sentence}")
    if len(found.others) > TOLD:
        say("  " + _("… and {number} more: `cadence who` lists everybody", number=len(found.others) - TOLD))


def _say_remedies(found: Explanation) -> None:
    if found.remedies:
        say(_("It would fit"))
    for number, remedy in enumerate(found.remedies, 1):
        say(f"  {number}. {remedy.way.text}")
        if remedy.command:
            say(f"     {remedy.command}")


def _task_words(session: Session, ref: TaskRef) -> str:
    """`the review of “Storia Bianchi” (15′, by Wed 25 Nov)`."""
    calendar = session.calendar
    post, task = calendar.post(ref.post), calendar.task(ref)
    due = day_words(calendar.window(post, task)[1], session.today)
    return _(
        "{task} of “{title}” ({work}, by {day})",
        task=the_task(ref.kind), title=post.title, work=minutes_text(task.effort), day=due,
    )  # fmt: skip


def _quoted(name: str) -> str:
    from shlex import quote

    return quote(name)


# JSON


def _candidate_form(calendar: Calendar, found: Candidate) -> Form:
    return {
        "member": calendar.members[found.member].name,
        "able": found.able,
        "over": found.over if found.able else None,
        "minutes": found.minutes,
        "minutes_before": found.before.minutes,
        "minutes_after": found.after.minutes,
        "capacity": found.after.capacity,
        "free": found.free,
        "share_before": rounded(found.before.share, 4),
        "share_after": rounded(found.after.share, 4),
        "weeks_share_before": found.share_before / 100,
        "weeks_share_after": found.share_after / 100,
        "cost": found.cost_cents / 100,
        "reason": found.reason or None,
        "note": found.note or None,
        "obstacle": found.obstacle or None,
    }


def _explanation_form(calendar: Calendar, ref: TaskRef, found: Explanation) -> Form:
    return {
        "post": ref.post,
        "task": ref.kind,
        "member": name_of_member(calendar, found.holder),
        "strain": found.strain or None,
        "others": [
            {"member": name_of_member(calendar, member), "why_not": sentence}
            for member, sentence in found.others
        ],
        "could": [calendar.members[one.member].name for one in found.could],
        "nobody": found.nobody or None,
        "would_fit": [_remedy_form(remedy) for remedy in found.remedies],
    }


def _remedy_form(remedy: Remedy) -> Form:
    way = remedy.way
    return {
        "if": way.text.removeprefix("if "),
        "member": way.member,
        "minutes": way.minutes,
        "cost": way.cost / 100,
        "command": remedy.command or None,
    }
