"""Our themes, as plain data. The only place with colour values: style sheets and widgets name what is here.

A colour is `#rrggbb`, or one of the sixteen that the terminal has, by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cadence.language import later

ACCENTS = tuple(f"channel-{number}" for number in range(1, 9))

COLOURS: Mapping[str, str] = {
    "text": later("what is written"),
    "quiet": later("what matters less: times, what is done"),
    "head": later("headings, keys, where one is"),
    "accent": later("the cursor's sign, marks, open slots"),
    "good": later("kept: published on time"),
    "warn": later("asks for something: late, nobody"),
    "bad": later("broken: missed, over capacity"),
    "background": later("behind everything"),
    "surface": later("behind lists of choices"),
    "panel": later("behind the header and questions"),
    "line": later("lines between parts, scroll bars"),
    "cursor": later("behind the row or day under the cursor"),
    "marked": later("behind what is marked"),
    "today": later("behind today"),
    **{accent: later("a channel's name") for accent in ACCENTS},
}
"""What a theme gives colours to, and what each is seen on."""

TEXTS = ("text", "quiet", "head", "accent", "good", "warn", "bad", *ACCENTS)
BACKS = ("background", "surface", "panel", "cursor", "marked", "today")

TERMINAL = (
    "default", "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright_black", "bright_red", "bright_green", "bright_yellow", "bright_blue", "bright_magenta",
    "bright_cyan", "bright_white",
)  # fmt: skip
"""The terminal's own colours; `default` is what it writes with, or on."""


@dataclass(frozen=True)
class Palette:
    """A theme: a colour for every name in `COLOURS`. `is_terminal`: it is made of the terminal's colours, so
    that the cursor must be shown by reversing them. `base`: the one of ours that it is laid over."""

    name: str
    dark: bool
    colours: Mapping[str, str]
    is_terminal: bool = False
    base: str = ""


def _colours(texts: str, backs: str, line: str, accents: str) -> Mapping[str, str]:
    values = [*texts.split(), *backs.split(), line, *accents.split()]
    return dict(zip((*TEXTS[:7], *BACKS, "line", *ACCENTS), values, strict=True))


DARK = Palette(
    "cadence-dark",
    True,
    _colours(
        "#d5d9e0 #99a2af #82abd4 #e0b26a #86b58c #e0b26a #ed8f80",
        "#14171c #1a1e25 #20262f #1f3350 #352f20 #1b2029",
        "#4a5565",
        "#90a848 #48d8fc #e4f090 #d884a8 #60a8f0 #a8fcfc #c0cc6c #fca8c0",
    ),
)
LIGHT = Palette(
    "cadence-light",
    False,
    _colours(
        "#22272e #565d69 #285788 #754c00 #27612f #754c00 #a32c20",
        "#fbfaf7 #f3f1ec #ebe8e1 #d3e2f1 #f5e9cb #f3f1ec",
        "#a9a498",
        "#5c5c00 #303c90 #782454 #3c3c00 #4058b0 #944468 #181848 #3c0c0c",
    ),
)
CONTRAST = Palette(
    "cadence-contrast",
    True,
    _colours(
        "#ffffff #d0d0d0 #9fd4ff #ffd75f #8ff09a #ffd75f #ffaea0",
        "#000000 #0c0c0c #161616 #00284e #332500 #161616",
        "#a0a0a0",
        "#a8b4fc #48cca8 #fcfc90 #c0fcf0 #d8b400 #a8e49c #78e4fc #f0d830",
    ),
)
OF_THE_TERMINAL = Palette(
    "cadence-terminal",
    True,
    _colours(
        "default default default yellow green yellow red",
        "default default default default default default",
        "bright_black",
        "cyan green magenta bright_blue bright_cyan bright_magenta bright_green blue",
    ),
    is_terminal=True,
)
OURS: Mapping[str, Palette] = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST, OF_THE_TERMINAL)}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21, as WCAG 2 measures it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def linear(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of `#rrggbb` as light, each from 0 to 1."""
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _light(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
