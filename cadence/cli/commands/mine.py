"""`cadence mine`: what a member opens in the morning, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import click

from cadence.cli.arguments import PLAIN
from cadence.cli.base import command
from cadence.cli.commands.boosts import boost_forms, my_boosts, say_to_boost
from cadence.cli.commands.handovers import is_mine_to_take, offer_form, print_offers, to_me
from cadence.cli.commands.load import say_doubts, week_form
from cadence.cli.forms import Form, task_form
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, percent, say_minutes
from cadence.insight.capacity import loads, minutes_of
from cadence.insight.free import free_text, free_time
from cadence.insight.offers import offers_of
from cadence.language import _
from cadence.model.post import TaskRef
from cadence.model.words import kind_word


@command()
@PLAIN
@click.option(
    "--weeks", type=click.IntRange(1, 52), metavar="N", default=4, show_default=True, help="How far to look."
)
def mine(session: Session, weeks: int) -> None:
    """List my tasks, my load and what I can claim."""
    calendar, me = session.calendar, session.me
    first = session.this_week()
    horizon = first + timedelta(weeks=weeks)
    mine = [
        ref
        for ref in calendar.assigned_to(me.id)
        if _is_open(session, ref) and _closes(session, ref) < horizon
    ]
    mine.sort(key=lambda ref: (_closes(session, ref), ref.post))
    claimable = list(_claimable(session, me.id, horizon))
    to_answer = to_me(session)
    boosts = my_boosts(session)
    starts = [first + timedelta(weeks=n) for n in range(weeks)]
    my_loads = [
        (week, [one for one in everyones if one.member == me.id])
        for week, everyones in loads(calendar, starts)
    ]
    if session.json:
        say_json(
            {
                "member": me.name,
                "tasks": [_task_form(session, ref) for ref in mine],
                "weeks": [week_form(calendar, week, load) for week, load in my_loads],
                "claimable": [_task_form(session, ref) for ref in claimable],
                "offers": [offer_form(session, ref) for ref in to_answer],
                "offered": [offer_form(session, ref) for ref in offers_of(calendar, me.id, session.today)],
                "boosts": boost_forms(calendar, boosts),
            }
        )
        return
    say(_("{who}: {work} a week", who=me.name, work=say_minutes(me.allowance)))
    say()
    headers = (_("due"), _("post"), _("task"), _("work"), _("channel"), _("title"))
    right = (_("post"), _("work"))
    table(headers, (_task_row(session, ref) for ref in mine), right=right, none=_("Nothing to do."))
    say()
    for begins, load in my_loads:
        for one in load:
            time = free_text(free_time(calendar, me.id, begins, begins + timedelta(days=6)))
            say(
                _(
                    "load  week of {day}  {share}, {minutes} of {capacity} min; free {time}",
                    day=day_words(begins, session.today), share=percent(one.share),
                    minutes=one.minutes, capacity=one.capacity, time=time,
                )
            )  # fmt: skip
    say_doubts(session, [me.id], horizon - timedelta(days=1))
    print_offers(session, to_answer)
    say_to_boost(session, boosts)
    if claimable := [ref for ref in claimable if ref not in to_answer]:
        say()
        say(_("Free to claim (`cadence claim POST TASK`):"))
        table(headers, (_task_row(session, ref) for ref in claimable), right=right)


def _is_open(session: Session, ref: TaskRef) -> bool:
    post = session.calendar.posts[ref.post]
    return post.state != "skipped" and not post.tasks[ref.kind].is_done


def _closes(session: Session, ref: TaskRef) -> date:
    post = session.calendar.posts[ref.post]
    return session.calendar.window(post, post.tasks[ref.kind])[1]


def _claimable(session: Session, member: int, horizon: date) -> Iterator[TaskRef]:
    """What nobody has, or is on offer to this member, and nothing forbids; the most urgent first."""
    from cadence.planner.explaining.obstacles import obstacle

    calendar = session.calendar
    found: list[TaskRef] = []
    for post in calendar.posts.values():
        if not post.is_open:
            continue
        for kind, task in post.tasks.items():
            if not task.is_done and (task.member is None or is_mine_to_take(session, TaskRef(post.id, kind))):
                found.append(TaskRef(post.id, kind))
    near = [ref for ref in found if session.today <= _closes(session, ref) < horizon]
    for ref in sorted(near, key=lambda ref: (_closes(session, ref), ref.post)):
        if not obstacle(calendar, ref, member):
            yield ref


def _task_row(session: Session, ref: TaskRef) -> tuple[str, ...]:
    calendar = session.calendar
    post = calendar.posts[ref.post]
    due = day_words(_closes(session, ref), session.today)
    return (
        _("{day} (late)", day=due) if _closes(session, ref) < session.today else due,
        str(ref.post),
        kind_word(ref.kind),
        say_minutes(minutes_of(session.me, post, ref.kind)),
        calendar.channels[post.channel].name,
        post.title,
    )


def _task_form(session: Session, ref: TaskRef) -> Form:
    calendar = session.calendar
    post = calendar.posts[ref.post]
    channel = calendar.channels[post.channel].name
    return {
        "post": ref.post,
        "channel": channel,
        "title": post.title,
        **task_form(calendar, post, ref.kind, calendar.task(ref)),
    }
