"""`cadence config …`: your own settings."""

from __future__ import annotations

import os

import click

from cadence.cli.base import branch, command
from cadence.cli.output import say, say_json, table
from cadence.cli.session import Session
from cadence.language import _, wished
from cadence.user.folders import config_file
from cadence.user.settings import SETTINGS, read_config, write_setting


@branch()
def config() -> None:
    """Show or change your settings. The calendar does not know them: they are yours."""


@command("path")
def path(session: Session) -> None:
    """Say where the file is."""
    if session.json:
        say_json({"path": str(config_file())})
    else:
        say(str(config_file()))


@command("show")
def show(session: Session) -> None:
    """Show every setting, what it is for, and what an environment variable says instead."""
    found = read_config()
    rows = [(key, found.get(key), os.environ.get(f"CADENCE_{key.upper()}")) for key in SETTINGS]
    if session.json:
        say_json({"settings": [{"key": key, "value": value, "environment": env} for key, value, env in rows]})
        return
    table(
        (_("setting"), _("value"), _("what it is")),
        (
            (
                key,
                f"{env} (CADENCE_{key.upper()})" if env else value or _unset(key),
                _(SETTINGS[key]),
            )
            for key, value, env in rows
        ),
    )


def _unset(key: str) -> str:
    """What holds where nobody chose."""
    return _("{value} (the system's)", value=wished(os.environ)) if key == "language" else "-"


@command("set")
@click.argument("key")
@click.argument("value")
def set_(session: Session, key: str, value: str) -> None:
    """Set a setting; the rest of the file stays as you wrote it."""
    where = write_setting(key, value)
    if session.json:
        say_json({"path": str(where), "key": key, "value": value})
    else:
        say(_("Set {key} to {value} in {path}", key=key, value=value, path=where))


for _command in (path, show, set_):
    config.add_command(_command)
