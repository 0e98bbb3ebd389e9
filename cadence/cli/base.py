"""What all commands have in common: the options that each takes, and the `Session` that it works with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import copy
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cadence.cli.minus import MINUS
from cadence.cli.names import MEMBER
from cadence.language import _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_STEP_BACK = re.compile(r"-\d+\s*[^\W\d_]")
COMMON = ("calendar", "as", "json", "now")


class Told(NamedTuple):
    """What the common options said, wherever on the line they stood."""

    calendar: str | None = None
    member: str | None = None
    now: str | None = None
    json: bool = False
    why: str = ""


def told(ctx: click.Context) -> Told:
    said: dict[str, Any] = ctx.meta.get("cadence", {})
    return Told(**said)


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """The innermost command that says something wins: contexts share `meta`, and inner ones parse later."""
    if value:
        name = {"as": "member"}.get(str(param.name), str(param.name))
        ctx.meta.setdefault("cadence", {})[name] = value


def _common_options() -> Iterator[click.Option]:
    def option(*names: str, **how: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=_remember, **how)

    yield option("--calendar", metavar="FILE", help="Which calendar (else CADENCE_CALENDAR, config).")
    yield option("--as", metavar="NAME", type=MEMBER, help="Who I am (else CADENCE_MEMBER, config, login).")
    yield option("--json", is_flag=True, help="Print JSON for programs.")
    yield option("--now", metavar="WHEN", hidden=True, help="Set the clock.")


class CommonOptions(click.Command):
    """A command or group that takes the common options, and whose help is translated when it is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["params"] = [*(kwargs.get("params") or []), *_common_options()]
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own, common = [], []
        for param in self.get_params(ctx):
            if record := _help_record(param, ctx):
                (common if param.name in (*COMMON, "why", "help") else own).append(record)
        for title, records in ((_("Options"), own), (_("Common options"), common)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._in_words().format_help_text(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        return self._in_words().get_short_help_str(limit)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            item.help = item.help and _(item.help)
        return found

    def _in_words(self) -> click.Command:
        """A bare command with this one's help in the language spoken, for click to lay out."""
        return click.Command(self.name, help=self.help and _(cleandoc(self.help)))


def _help_record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if isinstance(param, click.Option) and param.help:
        english = param.help
        param = copy(param)
        param.help = _(english)
    return param.get_help_record(ctx)


class Leaf(CommonOptions):
    """A command that does something: it gets a `Session` as its first argument."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [MINUS + a[1:] if _STEP_BACK.match(a) else a for a in args])

    def invoke(self, ctx: click.Context) -> Any:
        from cadence.cli.session import Session

        for param in self.params:
            if not isinstance(param.type, click.Path):
                _check_text(ctx, param, ctx.params.get(str(param.name)))
        with Session(told(ctx)) as session:
            ctx.obj = session
            return super().invoke(ctx)


class Branch(CommonOptions, click.Group):
    """A command with commands below it, such as `cadence member`; listed in the order of their use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def command(name: str | None = None, *, changes: bool = False) -> Callable[[Callable[..., None]], Leaf]:
    """Make a function a command; its first argument is the `Session`. `changes`: it takes `--why`."""

    def decorate(function: Callable[..., None]) -> Leaf:
        if changes:
            function = click.option(
                "--why",
                metavar="TEXT",
                expose_value=False,
                callback=_remember,
                help="The reason, for the log.",
            )(function)
        return click.command(name, cls=Leaf)(click.pass_obj(function))

    return decorate


def branch(
    name: str | None = None, *, kind: type[Branch] = Branch
) -> Callable[[Callable[..., None]], Branch]:
    """Make a function a group of commands."""
    return click.command(name, cls=kind)


def _check_text(ctx: click.Context, param: click.Parameter, value: object) -> None:
    values = value if isinstance(value, tuple) else (value,)
    if any(isinstance(v, str) and any("\ud800" <= c <= "\udfff" for c in v) for v in values):
        raise click.BadParameter(_("holds bytes that are not text in this locale's encoding"), ctx, param)
