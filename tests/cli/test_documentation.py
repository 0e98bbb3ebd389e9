"""The documents keep up with the commands: who adds one writes it down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cadence.cli.base import COMMON
from cadence.cli.guides import text_of
from cadence.cli.root import COMMANDS, root
from cadence.user.settings import SETTINGS

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text("utf-8")
REFERENCE = (PROJECT / "docs" / "commands.md").read_text("utf-8")
CONFIGURATION = text_of("configuration")


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its whole name."""
    if not isinstance(command, click.Group):
        yield " ".join(words), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from leaves(below, (*words, name))


ALL = dict(leaves(root))


def row_of(name: str) -> str:
    """The line of the reference that shows a command."""
    rows = [line for line in REFERENCE.splitlines() if re.match(rf"\| `cadence {name}(?=[ `])", line)]
    assert len(rows) == 1, f"docs/commands.md has {len(rows)} rows for `cadence {name}`"
    return rows[0]


@pytest.mark.parametrize("name", ALL)
def test_a_command_is_in_the_reference_with_every_option(name: str) -> None:
    row = row_of(name)
    for param in ALL[name].params:
        if isinstance(param, click.Option) and param.name not in (*COMMON, "why") and not param.hidden:
            assert any(option in row for option in param.opts), f"{param.opts} is missing: {row}"


@pytest.mark.parametrize("name", ALL)
def test_a_command_and_its_options_have_help(name: str) -> None:
    command = ALL[name]
    assert command.help
    assert command.help[0].isupper()
    assert command.help.split("\n\n")[0].endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_named_in_the_readme_or_the_reference(name: str) -> None:
    assert f"cadence {name}" in README + REFERENCE


def test_the_reference_shows_no_command_that_does_not_exist() -> None:
    shown = re.findall(r"^\| `cadence ([a-z -]+?)(?= [^a-z]|`)", REFERENCE, re.MULTILINE)
    assert len(shown) == len(ALL)
    for words in shown:
        assert any(words == name or words.startswith(f"{name} ") for name in ALL), words


def test_the_short_help_is_the_help_of_the_command() -> None:
    """The table of `cadence --help` is kept apart from the commands so that it costs nothing."""
    context = click.Context(root)
    for name, entry in COMMANDS.items():
        command = root.get_command(context, name)
        assert command is not None, name
        assert command.name == name
        assert len(entry.help) <= 60
        assert entry.help.endswith(".")


def test_every_setting_is_documented() -> None:
    for key, meaning in SETTINGS.items():
        assert f"| `{key}` | {meaning} |" in CONFIGURATION
