"""`cadence help`: the guides, and the help of the commands under the name that people try first."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cadence.cli.base import command
from cadence.cli.guides import GUIDES, text_of
from cadence.cli.output import say, say_json
from cadence.cli.session import Session
from cadence.language import _
from cadence.model.errors import BadInput

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from cadence.cli.root import COMMANDS

    if ctx.params.get("words"):
        return []
    named = [(topic, guide.about) for topic, guide in GUIDES.items()]
    named += [(name, entry.help) for name, entry in COMMANDS.items()]
    return [CompletionItem(name, help=_(text)) for name, text in named if name.startswith(incomplete)]


@command("help")
@click.argument("words", metavar="[TOPIC or COMMAND]", nargs=-1, shell_complete=_complete)
def help(session: Session, words: tuple[str, ...]) -> None:
    """Show a guide, or the help of a command. Without a name: which guides there are."""
    if not words:
        _list_topics(session)
    elif len(words) == 1 and words[0] in GUIDES:
        _show_guide(session, words[0])
    else:
        text = _help_of(words)
        say_json({"command": " ".join(words), "text": text}) if session.json else _show(text.splitlines())


def _list_topics(session: Session) -> None:
    if session.json:
        topics = [{"topic": t, "title": _(g.title), "about": _(g.about)} for t, g in GUIDES.items()]
        say_json({"topics": topics})
        return
    formatter = click.HelpFormatter(width=_width())
    with formatter.section(_("Guides")):
        formatter.write_dl([(topic, _(guide.about)) for topic, guide in GUIDES.items()], col_max=16)
    say(formatter.getvalue().rstrip())
    say()
    say(_("`cadence help TOPIC` shows one; the name of a command works too."))


def _show_guide(session: Session, topic: str) -> None:
    from cadence.cli.layout import laid_out

    text = text_of(topic)
    if session.json:
        say_json({"topic": topic, "title": _(GUIDES[topic].title), "text": text})
        return
    body = text.partition("\n")[2]
    lines = laid_out(f"# {_(GUIDES[topic].title)}\n{body}", _width(), styled=_is_terminal())
    _show(list(lines))


def _help_of(words: Sequence[str]) -> str:
    """What `cadence WORDS --help` prints. BadInput names the nearest of what there is."""
    from cadence.cli.root import root

    context = click.Context(root, info_name="cadence")
    for word in words:
        group = context.command
        below = group.get_command(context, word) if isinstance(group, click.Group) else None
        if below is None:
            raise _unknown(word, context)
        context = click.Context(below, parent=context, info_name=word)
    return context.get_help()


def _unknown(word: str, context: click.Context) -> BadInput:
    from difflib import get_close_matches

    group = context.command
    known = group.list_commands(context) if isinstance(group, click.Group) else []
    topics = [] if context.parent else list(GUIDES)
    nearest = get_close_matches(word, [*topics, *known], n=1, cutoff=0.5)
    what = _("there is no guide and no command {name!r}", name=" ".join(word.split())[:40])
    if nearest:
        path = context.command_path.replace("cadence", "cadence help", 1)
        return BadInput(what, _("did you mean `{command}`?", command=f"{path} {nearest[0]}"))
    return BadInput(what, _("`cadence help` lists the guides, `cadence --help` the commands"))


def _show(lines: Sequence[str]) -> None:
    """Through the user's pager where it is longer than the screen."""
    if _is_terminal() and len(lines) >= shutil.get_terminal_size().lines:
        click.echo_via_pager(f"{line}\n" for line in lines)
    else:
        for line in lines:
            say(line)


def _is_terminal() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def _width() -> int:
    """A file gets the width of a page: guides are read, not parsed."""
    return shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 80
