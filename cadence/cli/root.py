"""The `cadence` command and the table of all others.

A command's module is imported only when the command is called: `cadence --help` costs click and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from cadence import __version__
from cadence.cli.base import CommonOptions, told
from cadence.language import _, later

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Entry(NamedTuple):
    """Where a command lives (module of `cadence.cli.commands`; its attribute is the command's name with `_`
    for `-`, or `name_` where Python keeps the word) and its line of help, which is translated when it is
    shown."""

    module: str
    help: str


SECTIONS: Mapping[str, Mapping[str, Entry]] = {
    later("Start"): {
        "demo": Entry("app", later("Open the app on a sample team.")),
        "init": Entry("init", later("Create a calendar.")),
        "import": Entry("importing", later("Bring in posts or a history of publications from CSV.")),
        "export": Entry("exporting", later("Write iCal feeds, CSV, JSON or the team file.")),
        "config": Entry("configuration", later("Show or change your settings.")),
        "theme": Entry("themes", later("List, show and check the app's colours.")),
        "help": Entry("helping", later("Read a guide: a first week, plans, keys and more.")),
    },
    later("Look"): {
        "week": Entry("week", later("Show a week of all channels.")),
        "month": Entry("month", later("Show the month of a day: what goes out when.")),
        "year": Entry("year", later("Show a year at a glance, and where nothing went out.")),
        "agenda": Entry("week", later("List the posts in order of time.")),
        "mine": Entry("mine", later("List my tasks, my load and what I can claim.")),
        "offers": Entry("handovers", later("List what is on offer, and who could take it.")),
        "warnings": Entry("warnings", later("List gaps and conflicts before they happen.")),
        "slots": Entry("slots", later("List the slots that the rhythms call for.")),
        "consistency": Entry("consistency", later("Score how regularly each channel is served.")),
        "load": Entry("load", later("Show who has how much to do, by week.")),
        "free": Entry("free", later("Show how much time the day job leaves somebody.")),
        "participation": Entry("participation", later("Show who gave ideas, boosted and worked.")),
        "review": Entry("review", later("Look back together: kept, missed, carried, given.")),
        "capacity": Entry("capacity", later("Hold what the rhythms need against what we have.")),
        "sustain": Entry("capacity", later("Find the densest rhythms that the team can hold.")),
        "train": Entry("capacity", later("Rank whom to teach what.")),
        "plan": Entry("plan", later("Propose who takes every task that nobody has.")),
        "replan": Entry("plan", later("Propose what changes when somebody is away.")),
        "who": Entry("explaining", later("Rank who could take a task.")),
        "why": Entry("explaining", later("Say why somebody has a task, or why nobody can.")),
        "log": Entry("history", later("Show who changed what and why.")),
    },
    later("Posts and tasks"): {
        "idea": Entry("ideas", later("Have, discuss and decide ideas.")),
        "post": Entry("posts", later("Add, move, publish, skip … posts.")),
        "assign": Entry("tasks", later("Give a task to a member.")),
        "unassign": Entry("tasks", later("Take a task from whoever has it.")),
        "pin": Entry("tasks", later("Keep a task with its member, whatever is planned.")),
        "unpin": Entry("tasks", later("Let a task be reassigned again.")),
        "claim": Entry("tasks", later("Take a task that nobody has or that is on offer.")),
        "release": Entry("tasks", later("Give back a task of mine.")),
        "offer": Entry("handovers", later("Offer a task to somebody or to anyone.")),
        "withdraw": Entry("handovers", later("Take back an offer.")),
        "decline": Entry("handovers", later("Say no to a task that is on offer to me.")),
        "give-back": Entry("handovers", later("Give a task that I took back to whoever had it.")),
        "boost": Entry("boosts", later("Pass on what was published, from your own account.")),
        "ack": Entry("warnings", later("Acknowledge a warning until a date.")),
        "unack": Entry("warnings", later("Let an acknowledged warning speak again.")),
        "undo": Entry("history", later("Take back a change.")),
        "redo": Entry("history", later("Do again what was undone.")),
    },
    later("Team"): {
        "team": Entry("team", later("Show or edit the team's settings and holidays.")),
        "member": Entry("members", later("Add, list, show, edit or remove members.")),
        "channel": Entry("channels", later("Add, list, show, edit or remove channels.")),
        "workflow": Entry("workflows", later("Add, list, show, edit or remove workflows.")),
        "rhythm": Entry("rhythms", later("Add, list, edit, pause or remove rhythms.")),
        "lead": Entry("lead", later("Say who leads which week: in turn, or always the same.")),
        "absence": Entry("absences", later("Add, list or remove absences.")),
        "busy": Entry("busy", later("Read when the day job has people, from their calendars.")),
        "feed": Entry("feeds", later("Let people subscribe at secret links.")),
        "digest": Entry("digest", later("Tell everybody what is theirs to do, by mail or chat.")),
        "serve": Entry("serving", later("Serve the feeds and pages at those links.")),
    },
    later("Care"): {
        "verify": Entry("care", later("Check the calendar's files for damage.")),
        "backup": Entry("care", later("Copy the calendar, history included.")),
        "restore": Entry("care", later("Bring the calendar back to a backup.")),
        "rescue": Entry("care", later("Save what is intact of a damaged calendar.")),
    },
}
COMMANDS: Mapping[str, Entry] = {
    name: entry for section in SECTIONS.values() for name, entry in section.items()
}


class Root(CommonOptions, click.Group):
    """The group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"cadence.cli.commands.{COMMANDS[cmd_name].module}")
        attribute = f"{cmd_name}_" if cmd_name == "import" else cmd_name.replace("-", "_")
        command: click.Command = getattr(module, attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches  # 3 ms that only a typing error costs

            close = get_close_matches(args[0], COMMANDS, n=1)
            known = args[0][:40]
            raise click.UsageError(
                _("there is no command {name!r}; did you mean {other!r}?", name=known, other=close[0])
                if close
                else _("there is no command {name!r}", name=known),
                ctx,
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, entries in SECTIONS.items():
            with formatter.section(_(title)):
                formatter.write_dl([(name, _(entry.help)) for name, entry in entries.items()], col_max=14)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [name for name in COMMANDS if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=_(COMMANDS[name].help)) for name in names]
        return commands if names else super().shell_complete(ctx, incomplete)


def _say_version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(_("cadence, version {version}", version=__version__))
        ctx.exit()


@click.command(cls=Root, invoke_without_command=True)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_say_version,
    help="Show the version and exit.",
)  # fmt: skip
@click.option("--ascii", "ascii_only", is_flag=True, help="The app shows its marks in ASCII.")
@click.option(
    "--plain", is_flag=False, flag_value="week", metavar="[SCREEN]",
    help="Print a screen of the app once, as plain text.",
)  # fmt: skip
@click.pass_context
def root(ctx: click.Context, ascii_only: bool, plain: str | None) -> None:
    """Cadence keeps a small company posting consistently, on top of everyone's day job.

    Without a command it opens the app. Every command takes --help; cadence help lists guides by task.
    """
    if ctx.invoked_subcommand is None:
        from cadence.cli.commands.app import open_app, print_screen
        from cadence.cli.session import Session

        with Session(told(ctx)) as session:
            if plain is None:
                open_app(session, ascii_only=ascii_only)
            else:
                print_screen(session, plain, ascii_only=ascii_only)
