"""Palettes as Textual's themes, and which one is shown where nobody chose."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES, Theme

from cadence.user.palettes import ACCENTS, COLOURS, DARK, LIGHT, OF_THE_TERMINAL, OURS, Palette

if TYPE_CHECKING:
    from rich.console import Console

_VARIABLES = {
    "quiet": "quiet", "line": "line", "cursor": "cursor-back", "marked": "marked-back", "today": "today-back",
    **{accent: accent for accent in ACCENTS},
}  # fmt: skip
"""What the style sheet calls the colours that Textual has not."""


def built_in() -> Collection[str]:
    """The names of the themes that come with Textual."""
    return BUILTIN_THEMES


def all_themes(own: Sequence[Palette] = ()) -> list[Theme]:
    """Ours, and the user's."""
    return [theme_of(palette) for palette in (*OURS.values(), *own)]


def theme_of(palette: Palette) -> Theme:
    colours = {name: _css(palette.colours[name]) for name in COLOURS}
    return Theme(
        name=palette.name,
        dark=palette.dark,
        ansi=palette.is_terminal,
        foreground=colours["text"],
        secondary=colours["quiet"],
        primary=colours["head"],
        accent=colours["accent"],
        success=colours["good"],
        warning=colours["warn"],
        error=colours["bad"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables={
            **_variables(palette),
            "scrollbar": colours["line"],
            "scrollbar-background": colours["background"],
            # Textual lets a theme of the terminal's colours have no panels of its own.
            "surface": colours["surface"],
            "panel": colours["panel"],
            **_block_cursor("block-cursor", palette),
            **_block_cursor("block-cursor-blurred", palette),
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
        },
    )


def usual_theme(console: Console, *, without_colour: bool) -> str:
    """What holds where nobody chose: the terminal's colours where it has only sixteen, or none are wanted."""
    few = console.color_system == "standard"
    return OF_THE_TERMINAL.name if few or without_colour else DARK.name


def variables_for_others(theme: Theme) -> dict[str, str]:
    """Our own variables for a theme that comes with Textual."""
    return _variables(OF_THE_TERMINAL if theme.ansi else DARK if theme.dark else LIGHT)


def _variables(palette: Palette) -> dict[str, str]:
    return {theirs: _css(palette.colours[ours]) for ours, theirs in _VARIABLES.items()}


def _block_cursor(name: str, palette: Palette) -> dict[str, str]:
    """What the widgets of Textual show their cursor with, so that it looks as ours. They do not reverse the
    terminal's own colours; underlined it shows without any."""
    text, back = palette.colours["text"], palette.colours["cursor"]
    if palette.is_terminal and text == back:
        text, back = "black", "white"
    return {
        f"{name}-foreground": _css(text),
        f"{name}-background": _css(back),
        f"{name}-text-style": "bold underline" if palette.is_terminal else "bold",
    }


def _css(colour: str) -> str:
    return colour if colour.startswith("#") else f"ansi_{colour}"
