"""Brings the catalogues of sentences up to date with the code: `python -m tools.catalogue`.

Collects every sentence, adds what is new to `cadence/locale/LANGUAGE/LC_MESSAGES/cadence.po`, drops what is
gone, and writes the `.mo` file that the program reads. What still lacks a translation is listed, and makes
the exit status 1.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from cadence.language import DOMAIN, ENGLISH, FOLDER, LANGUAGES

ROOT = Path(__file__).parents[1]
CODE = ROOT / "cadence"
MARKS = ("_", "later", "n_", "p_")
"""The functions of `cadence.language` whose texts are sentences: `n_` takes two, `p_` a context first."""
TEMPLATES = ((CODE / "web" / "templates", "*.*"),)

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)

Found = tuple[int, str | tuple[str, ...], str | None]
"""Line, sentence (or singular and plural), context."""


def sentences() -> Catalog:
    """Every sentence of the code and of the pages."""
    found = Catalog(domain=DOMAIN)
    for path in sorted(CODE.rglob("*.py")):
        _add(found, path, in_python(path))
    for folder, pattern in TEMPLATES:
        for path in sorted(folder.glob(pattern)):
            _add(found, path, in_template(path))
    return found


def _add(catalog: Catalog, path: Path, found: Iterable[Found]) -> None:
    for _line, sentence, context in found:
        catalog.add(sentence, locations=[(str(path.relative_to(ROOT)), 0)], context=context)


def in_python(path: Path) -> Iterator[Found]:
    """The marked sentences of a module, and the help of commands: their docstrings and their options."""
    module = ast.parse(path.read_bytes())
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if texts and all(isinstance(text, str) for text in texts):
                yield _found(node.lineno, node.func.id, [str(text) for text in texts])
    if CODE / "cli" in path.parents:
        yield from _help_of_commands(module)


def _found(line: int, mark: str, texts: list[str]) -> Found:
    context = texts.pop(0) if mark == "p_" else None
    return line, texts[0] if len(texts) == 1 else tuple(texts), context


def _help_of_commands(module: ast.Module) -> Iterator[Found]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and _is_command(node) and (text := ast.get_docstring(node)):
            yield node.lineno, text, None
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                value = keyword.value
                if keyword.arg == "help" and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield node.lineno, value.value, None


def _is_command(function: ast.FunctionDef) -> bool:
    """Whether a decorator makes a command of it: `@command()`, `@branch()`, `@member.command("add")`."""
    called = [d.func for d in function.decorator_list if isinstance(d, ast.Call)]
    names = [f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in called]
    return any(name in ("command", "branch") for name in names)


def in_template(path: Path) -> Iterator[Found]:
    """The marked sentences of a page."""
    options = {"trimmed": "true", "silent": "false"}
    with path.open("rb") as file:
        for line, mark, said, _comments in babel_extract(file, MARKS, (), options):
            texts = [text for text in ((said,) if isinstance(said, str) else said or ()) if text]
            yield _found(line, str(mark), texts)


def bring_up_to_date(language: str, fresh: Catalog) -> list[Message]:
    """Update one language's files; the sentences that it cannot say yet. A new language begins with a file
    that holds only a header, which says its plurals."""
    po = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    with po.open("rb") as file:
        known = read_po(file, locale=language, domain=DOMAIN)
    header = _header_of(po)
    known.update(fresh, no_fuzzy_matching=True)
    known.obsolete.clear()
    body = BytesIO()
    write_po(body, known, width=108, sort_output=True, include_lineno=False, omit_header=True)
    po.write_bytes(header + b"\n" + body.getvalue())
    with po.open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    catalog.creation_date = catalog.revision_date = BEGINNING  # the same sentences are the same bytes
    with po.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    return [message for message in catalog if message.id and not _is_said(message)]


def _header_of(po: Path) -> bytes:
    """As it was written by hand: up to the first empty line."""
    return po.read_bytes().partition(b"\n\n")[0].rstrip() + b"\n"


def _is_said(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def main() -> int:
    fresh = sentences()
    lacking = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        missing = bring_up_to_date(language, fresh)
        lacking += len(missing)
        print(f"{language}: {len(fresh) - len(missing)} of {len(fresh)} sentences")
        for message in missing[:20]:
            print(f"  {message.locations[0][0]}: {message.id!r}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
