"""The command line: `main` runs a command and turns everything that can go wrong into one line.

Exit status: 0 fine, 1 findings (where a command was asked to fail on them), 2 bad input or a refusal,
70 a mistake in Cadence itself, 130 interrupted, 141 the reader of our output went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from cadence import language
from cadence.language import _
from cadence.model.errors import CadenceError
from cadence.user.settings import chosen_language

FINE, FINDINGS, BAD_INPUT, OUR_MISTAKE, INTERRUPTED, READER_GONE = 0, 1, 2, 70, 130, 141


def main(arguments: Sequence[str] | None = None) -> None:
    """The `cadence` command: run it and leave."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit status; whatever goes wrong is one line on stderr."""
    _never_fail_to_print()
    try:
        status = _invoke(list(arguments))
        sys.stdout.flush()
        return status
    except CadenceError as error:
        return _complain(str(error))
    except click.ClickException as error:
        return _complain(_in_words(error))
    except (KeyboardInterrupt, click.Abort) as error:
        return _complain(str(error) or _("interrupted, nothing more was changed"), INTERRUPTED)
    except BrokenPipeError:
        _let_go_of_stdout()
        return READER_GONE
    except OSError as error:
        _let_go_of_stdout()
        where = f"{error.filename}: " if error.filename else ""
        remedy = _("check the disk and the permissions")
        return _complain(f"{where}{error.strerror or error} - {remedy}")
    except Exception as error:
        from cadence.cli.crash import report

        return _complain(report(error, arguments), OUR_MISTAKE)


def _invoke(arguments: list[str]) -> int:
    language.use(chosen_language())
    if language.speech().code != language.ENGLISH:
        from cadence.cli.click_words import translate_click

        translate_click()
    from cadence.cli.root import root

    if "_CADENCE_COMPLETE" in os.environ:  # a shell asks what could come next; click answers and leaves
        root.main(arguments, prog_name="cadence")
    try:
        with root.make_context("cadence", arguments) as context:
            root.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    return FINE


def _in_words(error: click.ClickException) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and isinstance(error.ctx.command, click.Group):
        names = ", ".join(error.ctx.command.list_commands(error.ctx))
        command = error.ctx.command_path
        return _("`{command}` is several commands - say which: {names}", command=command, names=names)
    message = error.format_message().rstrip(".")
    message = message[:1].lower() + message[1:]
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "cadence"
    remedy = _("see `{command}`", command=f"{command} --help")
    return f"{message} - {remedy}"


def _complain(text: str, status: int = BAD_INPUT) -> int:
    """One line, whatever the message contains."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > 600:
        line = f"{line[:400]} … {line[-180:]}"
    with suppress(OSError):  # nobody can be told; the exit status still says it
        print(f"cadence: {line}", file=sys.stderr, flush=True)
    return status


def _never_fail_to_print() -> None:
    """A name that the terminal's encoding cannot show must not stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def _let_go_of_stdout() -> None:
    """What is still in the buffer cannot be written; without this the interpreter would try again and fail
    with a traceback at its end."""
    with suppress(OSError, ValueError):  # stdout is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
