"""From the name of a look to a style of the theme, worked out once per widget and theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter
from textual.widget import Widget

from cadence.tui.widgets.cells import TONES
from cadence.user.palettes import ACCENTS

LOOKS = {f"tone--{tone}" for tone in (*TONES, "bar", "cell") if tone} | {
    "header--here", "control--here", "panel--code", "row--cursor", "row--marked", "load--cursor",
    "strip--cursor", "year--cursor", "year--today", "month--cursor", "month--band", "month--today",
    "grid--cursor", "grid--marked", "grid--today", "grid--carried",
}  # fmt: skip
"""What the style sheet says of the pieces that widgets paint.

They are component classes of the app, not of the widgets that use them: Textual makes a node of 10 kB for
each, and works out its styles whenever those of the widget are. On every screen there were 60.
"""


def look(widget: Widget, name: str) -> Style:
    """One of the `LOOKS`, to be laid over what is there, or how a channel's name is written: an accent is a
    colour of the theme."""
    if (accent := name.removeprefix("tone--")) in ACCENTS:
        colour = widget.app.theme_variables.get(accent)
        return Style(color=Color.parse(colour).rich_color) if colour else Style.null()
    return widget.app.get_component_styles(name).partial_rich_style


def _names_terminal_colours(variables: Mapping[str, str]) -> bool:
    """Whether a theme has some where our style sheet would find them."""
    return any(value.startswith("ansi_") for name, value in variables.items() if not name.startswith("ansi-"))


class Painting(Widget):
    """A widget that paints its own lines. `style_of` is asked for every piece of text, so it remembers.

    To be named after another base: Textual styles a widget as the first of its bases only, and what is not
    styled as a `ScrollView` does not scroll.
    """

    styled_by_focus: ClassVar[bool] = False
    """Whether it looks different as a whole when it has the focus. If not, nothing is styled or painted anew
    for it: most have a cursor of their own, and it paints that."""

    _base: Style | None = None
    _known: dict[tuple[str, ...], Style]
    _theme = ""
    _has_terminal_colours = True

    def style_of(self, *names: str) -> Style:
        """The widget's own style, with these looks laid over it; empty names are none."""
        if self._base is None:
            self._base = self.rich_style
            self._known = {}
        if names not in self._known:
            style = self._base
            for name in names:
                # What is reversed is all of one colour: in patches of several it could not be read.
                if name and not style.reverse:
                    style += look(self, name)
            self._known[names] = style
        return self._known[names]

    def notify_style_update(self) -> None:
        self._base = None
        if self._theme != self.app.theme:  # its own style may be the same in both
            self._theme = self.app.theme
            self._has_terminal_colours = _names_terminal_colours(self.app.theme_variables)
            self.refresh()
        super().notify_style_update()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All but the one that turns the terminal's colours into others, where a theme has none of those: it
        would look at every piece of every line."""
        filters = super().get_line_filters()
        if self._has_terminal_colours:
            return filters
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def watch_has_focus(self, _has_focus: bool) -> None:
        if self.styled_by_focus:
            super().watch_has_focus(_has_focus)

    def on_focus(self, event: events.Focus) -> None:
        self._take_focus(event, True)

    def on_blur(self, event: events.Blur) -> None:
        self._take_focus(event, False)

    def _take_focus(self, event: events.Focus | events.Blur, has_focus: bool) -> None:
        """As Textual does, which would also paint the whole widget."""
        if self.styled_by_focus:
            return
        event.prevent_default()
        self.has_focus = has_focus
        if self.parent is not None:
            about = events.DescendantFocus(self) if has_focus else events.DescendantBlur(self)
            self.parent.post_message(about)
