"""Writes the man page from the commands and the guides: `python -m tools.manpage` writes `docs/cadence.1`.

The wheel puts it where `man cadence` finds it. Requests are those of `man(7)`, everything is ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from pathlib import Path
from textwrap import wrap

import click

from cadence import __version__
from cadence.cli.base import COMMON
from cadence.cli.guides import GUIDES, text_of
from cadence.cli.markup import Block, Code, Heading, Item, Paragraph, Table, blocks, spans
from cadence.cli.root import SECTIONS, root

PAGE = Path(__file__).parents[1] / "docs" / "cadence.1"
DAY = "2026-11-26"
"""Of the version that it describes."""
FROM_GUIDES = (
    ("dates", ""), ("configuration", "Environment"), ("configuration", "Files"), ("scripts", "Exit status")
)  # fmt: skip
"""Guides, or parts of them, that a man page has sections for."""


def page() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    context = click.Context(root, info_name="cadence")
    yield f'.TH CADENCE 1 "{DAY}" "Cadence {__version__}" "User Commands"'
    yield from (".SH NAME", r"cadence \- keeps a small company posting consistently")
    yield from (".SH SYNOPSIS", ".B cadence", r"[\fB\-\-ascii\fR] [\fICOMMAND\fR [\fIARGS\fR...]]")
    yield ".SH DESCRIPTION"
    yield from _help(root)
    yield ".SH OPTIONS"
    yield from _options([p for p in root.get_params(context) if not _is_common(p)], context)
    undo = root.get_command(context, "undo")
    assert undo is not None
    yield from _options([p for p in undo.get_params(context) if _is_common(p)], context)
    yield ".SH COMMANDS"
    for title, entries in SECTIONS.items():
        yield f".SS {title}"
        for name in entries:
            command = root.get_command(context, name)
            assert command is not None
            yield from _command(command, click.Context(command, context, name))
    yield ".SH GUIDES"
    yield r"\fBcadence help\fR \fITOPIC\fR shows one:"
    for topic, guide in GUIDES.items():
        yield from (".TP", rf"\fB{_plain(topic)}\fR", _plain(f"{guide.title}. {guide.about}."))
    for topic, section in FROM_GUIDES:
        yield f".SH {(section or GUIDES[topic].title).upper()}"
        first, *lines = (line for block in _part(topic, section) for line in _block(block))
        yield from lines if first == ".PP" else [first, *lines]


def _part(topic: str, section: str) -> Iterator[Block]:
    """A guide without its title, or only what stands below one of its headings."""
    inside = not section
    for block in blocks(text_of(topic)):
        if isinstance(block, Heading):
            inside = not section or block.text == section
        elif inside:
            yield block


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    """A command, or all below it."""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _command(below, click.Context(below, context, name))
        return
    words = " ".join(command.collect_usage_pieces(context))
    yield from (".TP", rf"\fB{_plain(context.command_path)}\fR {_plain(words)}".rstrip())
    yield from _help(command)
    own = list(_options([p for p in command.get_params(context) if not _is_common(p)], context))
    if own:
        yield from (".RS", *own, ".RE")


def _is_common(param: click.Parameter) -> bool:
    """Whether many commands take it: those are told once."""
    return param.name in (*COMMON, "why") or "--help" in param.opts


def _help(command: click.Command) -> Iterator[str]:
    paragraphs = cleandoc(command.help or "").split("\n\n")
    for number, text in enumerate(paragraphs):
        if number:
            yield ".sp"
        yield _inline(" ".join(text.split()))


def _options(params: Sequence[click.Parameter], context: click.Context) -> Iterator[str]:
    for param in params:
        record = param.get_help_record(context)
        if record and isinstance(param, click.Option):
            yield from (".TP", rf"\fB{_plain(record[0])}\fR", _inline(record[1]))


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, text):
            yield f".SS {_plain(text)}"
        case Paragraph(text):
            yield from (".PP", _inline(text))
        case Item(marker, text):
            yield from (f'.IP "{_plain(marker)}" 4', _inline(text))
        case Code(lines):
            yield from (".PP", ".nf", *(_guarded(_plain(f"    {line}")) for line in lines), ".fi")
        case Table(_, rows):
            for first, *others in rows:
                yield from (".TP", _inline(first), _inline("; ".join(others)))


def _inline(text: str) -> str:
    """A sentence: code and strong words bold, stressed ones and where links lead in the other font."""
    fonts = {"code": "B", "strong": "B", "stressed": "I", "link": "I", "plain": ""}
    said = ""
    for words, style, _target in spans(text):
        font = fonts[style]
        said += rf"\f{font}{_plain(words)}\fR" if font else _plain(words)
    lines = wrap(said, 78, break_on_hyphens=False, break_long_words=False)
    return "\n".join(map(_guarded, lines))


def _plain(text: str) -> str:
    """Backslashes and hyphens as they are typed, everything beyond ASCII by its number."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\`")
    return re.sub(r"[^\x00-\x7f]", lambda found: rf"\[u{ord(found[0]):04X}]", text)


def _guarded(line: str) -> str:
    """A line that begins like a request is text all the same."""
    return rf"\&{line}" if line.startswith((".", "'")) else line


def main() -> None:
    PAGE.write_text(page(), "utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
