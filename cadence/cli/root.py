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

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Entry(NamedTuple):
    """Where a command lives (module of `cadence.cli.commands`; its attribute is the command's name with `_`
    for `-`, or `name_` where Python keeps the word) and its line of help."""

    module: str
    help: str


SECTIONS: Mapping[str, Mapping[str, Entry]] = {
    "Start": {
        "demo": Entry("app", "Open the app on a sample team."),
        "init": Entry("init", "Create a calendar."),
        "import": Entry("importing", "Bring in posts or a history of publications from CSV."),
        "export": Entry("exporting", "Write iCal feeds, CSV, JSON or the team file."),
        "config": Entry("configuration", "Show or change your settings."),
    },
    "Look": {
        "week": Entry("week", "Show a week of all channels."),
        "agenda": Entry("week", "List the posts in order of time."),
        "mine": Entry("mine", "List my tasks, my load and what I can claim."),
        "offers": Entry("handovers", "List what is on offer, and who could take it."),
        "warnings": Entry("warnings", "List gaps and conflicts before they happen."),
        "slots": Entry("slots", "List the slots that the rhythms call for."),
        "consistency": Entry("consistency", "Score how regularly each channel is served."),
        "load": Entry("load", "Show who has how much to do, by week."),
        "free": Entry("free", "Show how much time the day job leaves somebody."),
        "participation": Entry("participation", "Show who gave ideas, boosted and worked."),
        "review": Entry("review", "Look back together: kept, missed, carried, given."),
        "capacity": Entry("capacity", "Hold what the rhythms need against what we have."),
        "sustain": Entry("capacity", "Find the densest rhythms that the team can hold."),
        "train": Entry("capacity", "Rank whom to teach what."),
        "plan": Entry("plan", "Propose who takes every task that nobody has."),
        "replan": Entry("plan", "Propose what changes when somebody is away."),
        "who": Entry("explaining", "Rank who could take a task."),
        "why": Entry("explaining", "Say why somebody has a task, or why nobody can."),
        "log": Entry("history", "Show who changed what and why."),
    },
    "Posts and tasks": {
        "idea": Entry("ideas", "Have, discuss and decide ideas."),
        "post": Entry("posts", "Add, move, publish, skip … posts."),
        "assign": Entry("tasks", "Give a task to a member."),
        "unassign": Entry("tasks", "Take a task from whoever has it."),
        "pin": Entry("tasks", "Keep a task with its member, whatever is planned."),
        "unpin": Entry("tasks", "Let a task be reassigned again."),
        "claim": Entry("tasks", "Take a task that nobody has or that is on offer."),
        "release": Entry("tasks", "Give back a task of mine."),
        "offer": Entry("handovers", "Offer a task to somebody or to anyone."),
        "withdraw": Entry("handovers", "Take back an offer."),
        "decline": Entry("handovers", "Say no to a task that is on offer to me."),
        "give-back": Entry("handovers", "Give a task that I took back to whoever had it."),
        "boost": Entry("boosts", "Pass on what was published, from your own account."),
        "ack": Entry("warnings", "Acknowledge a warning until a date."),
        "unack": Entry("warnings", "Let an acknowledged warning speak again."),
        "undo": Entry("history", "Take back a change."),
        "redo": Entry("history", "Do again what was undone."),
    },
    "Team": {
        "team": Entry("team", "Show or edit the team's settings and holidays."),
        "member": Entry("members", "Add, list, show, edit or remove members."),
        "channel": Entry("channels", "Add, list, show, edit or remove channels."),
        "workflow": Entry("workflows", "Add, list, show, edit or remove workflows."),
        "rhythm": Entry("rhythms", "Add, list, edit, pause or remove rhythms."),
        "lead": Entry("lead", "Say who leads which week: in turn, or always the same."),
        "absence": Entry("absences", "Add, list or remove absences."),
        "busy": Entry("busy", "Read when the day job has people, from their calendars."),
        "feed": Entry("feeds", "Let people subscribe at secret links."),
        "digest": Entry("digest", "Tell everybody what is theirs to do, by mail or chat."),
        "serve": Entry("serving", "Serve the feeds and pages at those links."),
    },
    "Care": {
        "verify": Entry("care", "Check the calendar's files for damage."),
        "backup": Entry("care", "Copy the calendar, history included."),
        "restore": Entry("care", "Bring the calendar back to a backup."),
        "rescue": Entry("care", "Save what is intact of a damaged calendar."),
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
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise click.UsageError(f"there is no command {args[0][:40]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, entry.help) for name, entry in entries.items()], col_max=14)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [name for name in COMMANDS if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=COMMANDS[name].help) for name in names]
        return commands if names else super().shell_complete(ctx, incomplete)


@click.command(cls=Root, invoke_without_command=True)
@click.version_option(__version__, prog_name="cadence")
@click.option("--ascii", "ascii_only", is_flag=True, help="The app shows its marks in ASCII.")
@click.pass_context
def root(ctx: click.Context, ascii_only: bool) -> None:
    """Cadence keeps a small company posting consistently, on top of everyone's day job.

    Without a command it opens the app. Every command takes --help.
    """
    if ctx.invoked_subcommand is None:
        from cadence.cli.commands.app import open_app
        from cadence.cli.session import Session

        with Session(told(ctx)) as session:
            open_app(session, ascii_only=ascii_only)
