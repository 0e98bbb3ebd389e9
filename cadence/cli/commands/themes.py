"""`cadence theme …`: the colours of the app, ours and yours."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import click

from cadence.cli.base import branch, command
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.language import _, decimal, n_
from cadence.model.errors import BadInput
from cadence.user.palettes import OURS
from cadence.user.theme_files import (
    hard_to_read,
    read_theme,
    read_themes,
    theme_files,
    theme_text,
    themes_folder,
)

MOST = 5
"""So many pairs that are hard to read are told."""


@branch()
def theme() -> None:
    """List, show and check the app's colours.

    A theme of yours is a file in the folder "themes" beside the config file. Set one with cadence config set
    theme NAME.
    """


@command("list")
def list_(session: Session) -> None:
    """List the themes: ours, yours, and those that come with Textual."""
    found, problems = read_themes(themes_folder(), _built_in())
    rows = [*((name, _("ours")) for name in OURS), *((one.name, _("yours")) for one in found)]
    rows += [(name, "Textual") for name in _built_in()]
    if session.json:
        say_json({"themes": [name for name, _whose in rows], "folder": str(themes_folder())})
    else:
        table((_("theme"), _("whose")), rows)
        say()
        say(_("Yours are in {folder}", folder=themes_folder()))
    if problems:
        raise problems[0]


@command("show")
@click.argument("name")
def show(session: Session, name: str) -> None:
    """Print a theme as a file, to start one of your own from."""
    known = {**OURS, **{one.name: one for one in read_themes(themes_folder(), _built_in())[0]}}
    if name not in known:
        raise BadInput(
            _("there is no theme {name!r} to show", name=name[:40]),
            _("there is: {names}", names=", ".join(known)),
        )
    palette = known[name]
    if session.json:
        say_json({"name": name, "dark": palette.dark, "colours": dict(palette.colours)})
    else:
        say(theme_text(palette).rstrip())


@command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check(session: Session, file: Path) -> None:
    """Check a theme's file: its keys, its colours, its name, and what is hard to read."""
    palette = read_theme(file, [*_built_in(), *_others(file)])
    hard = list(hard_to_read(palette))
    if session.json:
        pairs = [{"text": text, "behind": back, "contrast": round(ratio, 2)} for text, back, ratio in hard]
        say_json({"name": palette.name, "hard_to_read": pairs})
        return
    say(_("{file} is a theme: {name}", file=file, name=palette.name))
    for text, back, ratio in hard[:MOST]:
        say(
            _(
                "hard to read: {text} on {back}, contrast {ratio} (4.5 is readable)",
                text=text,
                back=back,
                ratio=decimal(round(ratio, 1)),
            )
        )
    if len(hard) > MOST:
        rest = len(hard) - MOST
        say(n_("and {number} pair more", "and {number} pairs more", rest))


def _others(file: Path) -> Iterator[str]:
    """The names of the themes in the folder besides that of a file."""
    for other in theme_files(themes_folder()):
        if other.resolve() != file.resolve():
            try:
                yield read_theme(other).name
            except BadInput:
                continue


def _built_in() -> Collection[str]:
    from cadence.tui.themes import built_in  # Textual, only for those who ask about themes

    return built_in()


for _command in (list_, show, check):
    theme.add_command(_command)
