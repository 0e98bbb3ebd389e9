"""`cadence idea …`: what colleagues suggest, and what becomes of it."""

from __future__ import annotations

import click

from cadence.cli.arguments import IDEA, check_one, hour_for, slot_key
from cadence.cli.base import Branch, branch, command
from cadence.cli.forms import idea_form
from cadence.cli.names import CHANNEL
from cadence.cli.output import pad, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, moment_words, name_of_member
from cadence.language import _, n_, p_
from cadence.model.errors import BadInput
from cadence.model.post import IDEA_STATES, Idea
from cadence.model.words import idea_word, state_word
from cadence.operations import ideas as operations
from cadence.operations.edit import UNSET
from cadence.operations.posts import add_post

LINK = click.option("--link", metavar="URL", help="Where there is more about it.")
UNTIL = click.option("--until", metavar="DATE", help="The last day on which it makes sense.")


class Ideas(Branch):
    """`cadence idea "How we sharpen tools"` is `cadence idea add …`: an idea must be down in ten seconds."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else ["add", *args])


@branch(kind=Ideas)
def idea() -> None:
    """Have, discuss and decide ideas. IDEA is a number; `cadence idea TEXT` adds one."""


@command("add", changes=True)
@click.argument("text")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Where it would go.")
@LINK
@UNTIL
def add(session: Session, text: str, channel: str | None, link: str | None, until: str | None) -> None:
    """Write an idea down; it is yours for ever."""
    session.do(
        operations.add_idea,
        text,
        channel=session.channel_id(channel),
        link=link,
        good_until=session.day_or_none(until),
    )


@command("list")
@click.option("--state", type=click.Choice(IDEA_STATES), help="Only ideas in this state.")
@click.option("--mine", is_flag=True, help="Only my own.")
@click.option("--all", "everything", is_flag=True, help="Also those that were decided about.")
def list_(session: Session, state: str | None, mine: bool, everything: bool) -> None:
    """List the ideas that are open: those that expire first, then those with most votes."""
    author = session.me.id if mine else None
    found = [
        idea
        for idea in session.calendar.ideas.values()
        if author in (None, idea.author) and _is_listed(idea, state, everything or mine)
    ]
    found.sort(key=lambda idea: (idea.good_until is None, idea.good_until, -len(idea.votes), idea.id))
    if session.json:
        say_json({"ideas": [idea_form(session.calendar, idea) for idea in found]})
        return
    table(
        (
            _("idea"), _("votes"), _("state"), _("good until"), p_("a person", "from"), _("channel"),
            _("text"),
        ),
        (_row(session, idea) for idea in found),
        right=(_("idea"), _("votes")),
        none=_('No ideas yet: `cadence idea "…"` writes one down.'),
    )  # fmt: skip


def _is_listed(idea: Idea, state: str | None, decided_too: bool) -> bool:
    return idea.state == state if state else decided_too or idea.state == "open"


def _row(session: Session, idea: Idea) -> tuple[str, ...]:
    calendar = session.calendar
    until = day_words(idea.good_until, session.today) if idea.good_until else ""
    if idea.good_until and idea.good_until < session.today:
        until = _("{day} (over)", day=until)
    return (
        str(idea.id),
        str(len(idea.votes)),
        _("post {post}", post=idea.post) if idea.post else idea_word(idea.state),
        until,
        name_of_member(calendar, idea.author) or "",
        calendar.channels[idea.channel].name if idea.channel else "",
        idea.text,
    )


@command("show")
@click.argument("idea", type=IDEA)
def show(session: Session, idea: int) -> None:
    """Show an idea: who voted, what was said, what was decided and why, what became of it."""
    calendar, found = session.calendar, operations.find_idea(session.calendar, idea)
    if session.json:
        say_json({"idea": idea_form(calendar, found)})
        return
    say(_("Idea {number}: {text}", number=found.id, text=found.text))
    rows = [
        (p_("a person", "from"), f"{name_of_member(calendar, found.author)}, {_moment(session, found)}"),
        (_("channel"), calendar.channels[found.channel].name if found.channel else p_("channel", "any")),
        (_("link"), found.link or ""),
        (_("good until"), day_words(found.good_until, session.today) if found.good_until else ""),
        (
            _("votes"),
            ", ".join(name_of_member(calendar, id) or "" for id in found.votes) or p_("votes", "none yet"),
        ),
        (_("state"), _decided(session, found)),
        (_("because"), found.note),
        (_("became"), _became(session, found)),
    ]
    for name, text in rows:
        if text:
            say(f"  {pad(name, 11)} {text}")
    for comment in found.comments:
        say(f"  {name_of_member(calendar, comment.by)}: {comment.text}")


def _moment(session: Session, idea: Idea) -> str:
    return moment_words(session.local(idea.at), session.today)


def _decided(session: Session, idea: Idea) -> str:
    if not idea.decided_by:
        return idea_word(idea.state)
    who = name_of_member(session.calendar, idea.decided_by)
    return _("{state} by {who}", state=idea_word(idea.state), who=who)


def _became(session: Session, idea: Idea) -> str:
    """The chain from the idea to what was published and who passed it on."""
    post = session.calendar.posts.get(idea.post or 0)
    if post is None:
        return ""
    boosts = sum(boost.at is not None for boost in session.calendar.boosts.values() if boost.post == post.id)
    words = _("post {post}, {state}: {title}", post=post.id, state=state_word(post.state), title=post.title)
    return ", ".join((words, n_("boosted once", "boosted {number} times", boosts))) if boosts else words


@command("edit", changes=True)
@click.argument("idea", type=IDEA)
@click.option("--text", metavar="TEXT", help="Say it better.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Where it would go.")
@LINK
@UNTIL
def edit(
    session: Session, idea: int, text: str | None, channel: str | None, link: str | None, until: str | None
) -> None:
    """Say an idea better; what is not given stays."""
    check_one(_("see --help"), (text, channel, link, until))
    session.do(
        operations.edit_idea,
        idea,
        text=UNSET if text is None else text,
        channel=UNSET if channel is None else session.calendar.channel(channel).id,
        link=UNSET if link is None else link or None,
        good_until=UNSET if until is None else session.day_or_none(until or None),
    )


@command("vote", changes=True)
@click.argument("idea", type=IDEA)
def vote(session: Session, idea: int) -> None:
    """Vote for an idea of somebody else."""
    session.do(operations.vote, idea)


@command("unvote", changes=True)
@click.argument("idea", type=IDEA)
def unvote(session: Session, idea: int) -> None:
    """Take a vote back."""
    session.do(operations.unvote, idea)


@command("comment", changes=True)
@click.argument("idea", type=IDEA)
@click.argument("text")
def comment(session: Session, idea: int, text: str) -> None:
    """Say something about an idea, for all to read."""
    session.do(operations.comment, idea, text)


@command("accept", changes=True)
@click.argument("idea", type=IDEA)
@click.option("--slot", metavar="WHEN", help="Plan it at once on this slot.")
@click.option("--at", "when", metavar="WHEN", help="Plan it at once at this time.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="On this channel (else the idea's).")
@click.option("--title", metavar="TEXT", help="The post's title (else the idea itself).")
@click.option("--note", default="", metavar="TEXT", help="All can read it.")
def accept(
    session: Session,
    idea: int,
    slot: str | None,
    when: str | None,
    channel: str | None,
    title: str | None,
    note: str,
) -> None:
    """Accept an idea; with --slot or --at it becomes a post at once, which anyone may do."""
    if slot is None and when is None:
        session.do(operations.accept_idea, idea, note=note)
        return
    found = operations.find_idea(session.calendar, idea)
    name = channel or found.channel
    if name is None:
        raise BadInput(
            _("idea {number} names no channel", number=idea), _("say where it goes with --channel")
        )
    on = session.calendar.channel(name)
    session.do(
        add_post,
        on.id,
        title or found.text,
        slot=slot_key(session, on, slot) if slot is not None else None,
        at=session.planned(when, on, hour_for(session, on, when)) if when is not None else None,
        note=note,
        idea=idea,
    )


@command("decline", changes=True)
@click.argument("idea", type=IDEA)
@click.argument("reason")
def decline(session: Session, idea: int, reason: str) -> None:
    """Decline an idea with a reason that all can read."""
    session.do(operations.decline_idea, idea, reason)


@command("park", changes=True)
@click.argument("idea", type=IDEA)
@click.argument("reason")
def park(session: Session, idea: int, reason: str) -> None:
    """Keep an idea for later, with a reason that all can read."""
    session.do(operations.park_idea, idea, reason)


@command("reopen", changes=True)
@click.argument("idea", type=IDEA)
def reopen(session: Session, idea: int) -> None:
    """Open an idea again that was decided about."""
    session.do(operations.reopen_idea, idea)


for _command in (add, list_, show, edit, vote, unvote, comment, accept, decline, park, reopen):
    idea.add_command(_command)
