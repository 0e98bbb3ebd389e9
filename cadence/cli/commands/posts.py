"""`cadence post …`: plan, move, publish, skip."""

from __future__ import annotations

from datetime import datetime

import click

from cadence.cli.arguments import DURATION, IDEA, POST, TASK, check_one, hour_for, slot_key
from cadence.cli.base import branch, command
from cadence.cli.forms import post_form
from cadence.cli.names import CHANNEL, MEMBER
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import moment_words, open_work, task_rows
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.post import POST_STATES, Post, TaskRef
from cadence.model.team import TaskKind
from cadence.model.words import state_word
from cadence.operations import posts as operations
from cadence.operations import tasks as task_operations
from cadence.operations.edit import UNSET, Edit, Who, fold


@branch()
def post() -> None:
    """Add, move, publish, skip … posts. POST is a post's number, as `cadence agenda` shows it."""


@command("add", changes=True)
@click.argument("channel", type=CHANNEL)
@click.argument("title")
@click.option("--at", "when", metavar="WHEN", help="When: a day alone takes its free slot, or else 9:00.")
@click.option("--slot", metavar="WHEN", help="The slot that it fills, by its time or its day.")
@click.option("--note", default="", metavar="TEXT", help="Anything worth knowing.")
@click.option("--link", metavar="URL", help="Where it can be seen.")
@click.option("--author", default="", metavar="TEXT", help="Who wrote it, if nobody of the team.")
@click.option(
    "--topic", default="", metavar="TEXT", help="What it is about, for those who like to write about it."
)
@click.option("--idea", type=IDEA, help="The idea that it comes from; it is accepted by this.")
def add(
    session: Session,
    channel: str,
    title: str,
    when: str | None,
    slot: str | None,
    note: str,
    link: str | None,
    author: str,
    topic: str,
    idea: int | None,
) -> None:
    """Plan a post, with the tasks of its channel's workflow."""
    on = session.calendar.channel(channel)
    key = slot_key(session, on, slot) if slot is not None else None
    at = session.planned(when, on, hour_for(session, on, when)) if when is not None else None
    session.do(
        operations.add_post,
        on.id,
        title,
        at=at,
        slot=key,
        note=note,
        link=link,
        author=author,
        topic=topic,
        idea=idea,
    )


@command("list")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only this channel.")
@click.option("--state", type=click.Choice(POST_STATES), help="Only posts in this state.")
@click.option("--from", "start", metavar="WHEN", help="From this day on (default: this week).")
@click.option("--to", "end", metavar="WHEN", help="Before this day (default: no end).")
@click.option("--all", "everything", is_flag=True, help="The past too.")
def list_(
    session: Session,
    channel: str | None,
    state: str | None,
    start: str | None,
    end: str | None,
    everything: bool,
) -> None:
    """List posts in order of time."""
    calendar = session.calendar
    on = session.channel_id(channel)
    first = None if everything and not start else session.instant(start or session.this_week().isoformat())
    last = session.instant(end) if end is not None else None
    chosen = [
        calendar.posts[id]
        for moment, id in calendar.index.timeline
        if (first is None or moment >= first) and (last is None or moment < last)
    ]
    print_posts(session, [p for p in chosen if on in (None, p.channel) and state in (None, p.state)])


def print_posts(session: Session, posts: list[Post]) -> None:
    """The table, or the JSON, of some posts."""
    calendar = session.calendar
    if session.json:
        say_json({"posts": [post_form(calendar, post) for post in posts]})
        return
    table(
        (_("post"), _("when"), _("channel"), _("state"), _("title"), _("to do")),
        (
            (
                str(post.id),
                moment_words(calendar.local(post), session.today),
                calendar.channels[post.channel].name,
                state_word(post.state),
                post.title,
                open_work(calendar, post),
            )
            for post in posts
        ),
        right=(_("post"),),
        none=_("No posts."),
    )


@command("show")
@click.argument("post", type=POST)
def show(session: Session, post: int) -> None:
    """Show a post, its tasks and who has them."""
    calendar = session.calendar
    found = calendar.post(post)
    if session.json:
        say_json({"post": post_form(calendar, found)})
        return
    zone = calendar.zone(found.channel)
    when = moment_words(calendar.local(found), session.today)
    say(_("Post {number}: {title}", number=found.id, title=found.title))
    say(f"{calendar.channels[found.channel].name}, {when} ({zone}), {state_word(found.state)}")
    if found.slot:
        at = moment_words(found.slot.local, session.today)
        say(_("fills the slot of {when} (rhythm {number})", when=at, number=found.slot.rhythm))
    else:
        say(_("an extra: it fills no slot"))
    for label, text in (
        (_("author"), found.author),
        (_("topic"), found.topic),
        (_("link"), found.link),
        (_("skipped because"), found.skip_reason),
        (_("note"), found.note),
    ):
        if text:
            say(f"{label}: {text}")
    if found.tasks:
        say()
        headers = (_("task"), _("work"), _("who"), _("state"))
        table(headers, task_rows(calendar, found, session.today), right=(_("work"),))


@command("edit", changes=True)
@click.argument("post", type=POST)
@click.option("--title", metavar="TEXT")
@click.option("--note", metavar="TEXT")
@click.option("--link", metavar="URL", help="Where it can be seen; an empty one takes it away.")
@click.option("--author", metavar="TEXT")
@click.option("--topic", metavar="TEXT", help="What it is about; an empty one takes it away.")
def edit(
    session: Session,
    post: int,
    title: str | None,
    note: str | None,
    link: str | None,
    author: str | None,
    topic: str | None,
) -> None:
    """Change what a post says about itself."""
    check_one(_("give --title, --note, --link, --author or --topic"), (title, note, link, author, topic))
    session.do(
        operations.edit_post,
        post,
        title=UNSET if title is None else title,
        note=UNSET if note is None else note,
        link=UNSET if link is None else link or None,
        author=UNSET if author is None else author,
        topic=UNSET if topic is None else topic,
    )


@command("move", changes=True)
@click.argument("posts", metavar="POST...", type=POST, nargs=-1, required=True)
@click.argument("when")
def move(session: Session, posts: tuple[int, ...], when: str) -> None:
    """Move posts: `cadence post move 53 +1d` keeps the hour, `fri`, `9:00` and `fri 9:00` work too."""
    check_one(_("name a post"), posts)

    def move_all(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
        def one(newest: Calendar, id: int) -> Edit:
            to = session.moved(when, newest.post(id))
            return operations.move_post(newest, who, id, now=now, to=to)

        return fold(calendar, posts, one)

    session.do(move_all)


@command("skip", changes=True)
@click.argument("posts", metavar="POST...", type=POST, nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="Why: the others will ask. (--why does as well.)")
def skip(session: Session, posts: tuple[int, ...], reason: str | None) -> None:
    """Decide that posts will not go out; their slots are open again."""
    session.do(operations.skip_posts, posts, reason or session.why)


@command("restore", changes=True)
@click.argument("posts", metavar="POST...", type=POST, nargs=-1, required=True)
@click.option("--extra", is_flag=True, help="Without its slot, which somebody took.")
def restore(session: Session, posts: tuple[int, ...], extra: bool) -> None:
    """Take skipped posts back into the plan."""
    session.do(operations.restore_posts, posts, as_extra=extra)


@command("publish", changes=True)
@click.argument("post", type=POST)
@click.option("--at", "when", metavar="WHEN", help="When it went out (default: now).")
@click.option("--link", metavar="URL", help="Where it can be seen.")
@click.option("--force", is_flag=True, help="Correct a post that is published already.")
def publish(session: Session, post: int, when: str | None, link: str | None, force: bool) -> None:
    """Say that a post went out."""
    found = session.calendar.post(post)
    at = session.instant(when, session.zone(found.channel), found.at.time()) if when is not None else None
    session.do(operations.publish_post, post, at=at, link=link, force=force)


@command("slot", changes=True)
@click.argument("post", type=POST)
@click.argument("when")
@click.option("--keep-time", is_flag=True, help="Fill the slot but go out at the time planned so far.")
def slot(session: Session, post: int, when: str, keep_time: bool) -> None:
    """Let a post fill the slot at WHEN (its time or its day); `none` makes it an extra."""
    on = session.calendar.channels[session.calendar.post(post).channel]
    key = None if when.strip().casefold() == "none" else slot_key(session, on, when)
    session.do(operations.place_on_slot, post, key, keep_time=keep_time)


@command("done", changes=True)
@click.argument("post", type=POST)
@click.argument("tasks", metavar="TASK...", type=TASK, nargs=-1, required=True)
@click.option("--by", metavar="MEMBER", type=MEMBER, help="Who did it (default: who has it, or me).")
@click.option("--at", "when", metavar="WHEN", help="When (default: now).")
def done(session: Session, post: int, tasks: tuple[TaskKind, ...], by: str | None, when: str | None) -> None:
    """Say that tasks of a post are done."""
    member = session.member_id(by)
    at = session.instant(when) if when is not None else None
    if at is not None and at > session.now:
        raise BadInput(_("{when!r} is still to come", when=when), _("say when it was done"))

    def all_done(calendar: Calendar, who: Who, *, now: datetime) -> Edit:
        refs = [TaskRef(post, kind) for kind in tasks]
        return fold(
            calendar,
            refs,
            lambda newest, ref: task_operations.task_done(newest, who, ref, now=now, at=at, by=member),
        )

    session.do(all_done)


@command("undone", changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
def undone(session: Session, post: int, task: TaskKind) -> None:
    """Say that a task is not done after all."""
    session.do(task_operations.task_undone, TaskRef(post, task))


@command("task", changes=True)
@click.argument("post", type=POST)
@click.argument("task", type=TASK)
@click.option("--effort", type=DURATION, metavar="DURATION", help="How long it takes: 45m, 1h30m.")
@click.option("--opens", type=int, metavar="DAYS", help="First day, in working days after publication.")
@click.option("--closes", type=int, metavar="DAYS", help="Last day, in working days after publication.")
def task(
    session: Session, post: int, task: TaskKind, effort: int | None, opens: int | None, closes: int | None
) -> None:
    """Change the effort or the window of one task of a post (days before publication are negative)."""
    check_one(_("give --effort, --opens or --closes"), (effort, opens, closes))
    session.do(
        task_operations.edit_task,
        TaskRef(post, task),
        effort=UNSET if effort is None else effort,
        opens=UNSET if opens is None else opens,
        closes=UNSET if closes is None else closes,
    )


for _command in (add, list_, show, edit, move, skip, restore, publish, slot, done, undone, task):
    post.add_command(_command)
