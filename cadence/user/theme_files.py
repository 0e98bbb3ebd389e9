"""Your own themes: small TOML files beside the config file, each a few colours laid over one of ours.

name = "harbour"
base = "cadence-dark"

[colours]
head = "#7fc4d8"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from cadence.language import _
from cadence.model.errors import BadInput, CadenceError
from cadence.user.folders import config_file
from cadence.user.palettes import BACKS, COLOURS, DARK, OURS, TERMINAL, TEXTS, Palette, contrast

KEYS = ("name", "base", "dark", "colours")
READABLE = 4.5
"""The contrast from which on WCAG 2 calls text readable (AA)."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}\Z")
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")


def themes_folder() -> Path:
    return config_file().with_name("themes")


def read_themes(folder: Path, taken: Collection[str] = ()) -> tuple[list[Palette], list[CadenceError]]:
    """The themes of a folder, and what is wrong with the files that are none. `taken`: names that themes have
    which are not in the folder."""
    themes: list[Palette] = []
    problems: list[CadenceError] = []
    for file in theme_files(folder):
        try:
            themes.append(read_theme(file, [*taken, *(theme.name for theme in themes)]))
        except CadenceError as problem:
            problems.append(problem)
    return themes, problems


def theme_files(folder: Path) -> Sequence[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def read_theme(file: Path, taken: Collection[str] = ()) -> Palette:
    """The theme of a file, checked; BadInput names the file, the key and the nearest valid one."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise BadInput(
            _("{path} cannot be read: {reason}", path=file, reason=error.strerror),
            _("check what it is and whose"),
        ) from None
    return parse_theme(text, file, taken)


def parse_theme(text: bytes, file: Path, taken: Collection[str] = ()) -> Palette:
    import tomllib  # 17 ms, only for those who have themes of their own

    try:
        found = tomllib.loads(text.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(
            _("{path} is not TOML: {error}", path=file, error=error), _("correct that place")
        ) from None
    for key in found:
        if key not in KEYS:
            raise BadInput(_("{path}: there is no key {key!r}", path=file, key=key[:40]), _nearest(key, KEYS))
    name = _name(found.get("name", file.stem), file, taken)
    base = _base(found.get("base", DARK.name), file)
    dark = found.get("dark", base.dark)
    if not isinstance(dark, bool):
        raise BadInput(_("{path}: dark must be true or false", path=file), _("write it as dark = true"))
    return Palette(name, dark, {**base.colours, **_colours(found, file)}, base.is_terminal, base.name)


def _name(name: Any, file: Path, taken: Collection[str]) -> str:
    if not isinstance(name, str) or not _NAME.match(name):
        raise BadInput(
            _(
                "{path}: name must be small letters, digits and -, not {name!r}",
                path=file,
                name=str(name)[:40],
            ),
            _('write it as name = "harbour"'),
        )
    if name in OURS or name in taken:
        raise BadInput(
            _("{path}: there is another theme with the name {name!r}", path=file, name=name),
            _("give it another name, for example {name!r}", name=f"my-{name}"[:40]),
        )
    return name


def _base(base: Any, file: Path) -> Palette:
    if not isinstance(base, str) or base not in OURS:
        raise BadInput(
            _("{path}: base must be a theme of ours, not {base!r}", path=file, base=str(base)[:40]),
            _nearest(str(base), OURS),
        )
    return OURS[base]


def _colours(found: Mapping[str, Any], file: Path) -> Mapping[str, str]:
    colours = found.get("colours", {})
    if not isinstance(colours, dict):
        raise BadInput(
            _("{path}: colours must be a table", path=file), _("write [colours] and a colour on each line")
        )
    for key, value in colours.items():
        if key not in COLOURS:
            raise BadInput(
                _("{path}: there is no colour {key!r}", path=file, key=key[:40]), _nearest(key, COLOURS)
            )
        if not isinstance(value, str) or not (_HEX.match(value) or value in TERMINAL):
            close = _close(str(value), TERMINAL)
            raise BadInput(
                _("{path}: {key} is no colour: {value!r}", path=file, key=key, value=str(value)[:40]),
                _("did you mean {key!r}?", key=close)
                if close
                else _('write it as "#8f9bb3", or name one of the terminal’s, as "bright_blue"'),
            )
    return colours


def _nearest(key: str, known: Collection[str]) -> str:
    close = _close(key, known)
    return _("did you mean {key!r}?", key=close) if close else _("there is: {names}", names=", ".join(known))


def _close(key: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(key, known, n=1, cutoff=0.5)), "")


def hard_to_read(palette: Palette) -> Iterator[tuple[str, str, float]]:
    """The pairs of a text's and a background's colour between which there is too little contrast, the worst
    first; the terminal's own colours cannot be measured."""
    pairs = [
        (text, back, contrast(palette.colours[text], palette.colours[back]))
        for text in TEXTS
        for back in BACKS
        if palette.colours[text].startswith("#") and palette.colours[back].startswith("#")
    ]
    return iter(sorted((pair for pair in pairs if pair[2] < READABLE), key=itemgetter(2)))


def theme_text(palette: Palette) -> str:
    """A theme as such a file, to start from; it is called as the file."""
    base, dark = palette.base or palette.name, "true" if palette.dark else "false"
    lines = [f'base = "{base}"', f"dark = {dark}", "", "[colours]"]
    for key, what in COLOURS.items():
        setting = f'{key} = "{palette.colours[key]}"'
        lines.append(f"{setting:<26} # {_(what)}")
    return "\n".join(lines) + "\n"
