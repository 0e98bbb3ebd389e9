"""Our two palettes. The only place with colour values: style sheets and widgets name theme variables."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="cadence-dark",
    dark=True,
    primary="#7aa2c8",
    secondary="#8f9bb3",
    accent="#e0b26a",
    success="#86b58c",
    warning="#e0b26a",
    error="#e08274",
    foreground="#d5d9e0",
    background="#14171c",
    surface="#1a1e25",
    panel="#242a33",
    variables={
        "quiet": "#7d8694",
        "line": "#343c48",
        "now": "#7aa2c8",
        "cursor-back": "#2d3f55",
        "marked-back": "#3a3426",
        "today-back": "#1a1f27",
        "scrollbar": "#343c48",
        "scrollbar-background": "#14171c",
    },
)

LIGHT = Theme(
    name="cadence-light",
    dark=False,
    primary="#2f6296",
    secondary="#5b6779",
    accent="#8a5a00",
    success="#2f6f3a",
    warning="#8a5a00",
    error="#b03427",
    foreground="#22272e",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    variables={
        "quiet": "#6b7280",
        "line": "#d3cfc5",
        "now": "#2f6296",
        "cursor-back": "#cfdfef",
        "marked-back": "#f3e6c4",
        "today-back": "#f3f1ec",
        "scrollbar": "#d3cfc5",
        "scrollbar-background": "#fbfaf7",
    },
)

OURS = {"quiet", "line", "now", "cursor-back", "marked-back", "today-back"}


def variables_for_others(dark: bool) -> dict[str, str]:
    """Our own variables for the themes that come with Textual, in terms of a plain palette."""
    source = (DARK if dark else LIGHT).variables
    return {name: source[name] for name in OURS}
