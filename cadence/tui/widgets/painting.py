"""From a tone to a style of the theme, worked out once per widget and theme."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual import events
from textual.color import Color
from textual.widget import Widget

from cadence.user.palettes import ACCENTS


def accent_style(widget: Widget, accent: str) -> Style:
    """How a channel's name is written. Not a component class: eight more of these for each widget would be a
    tenth of what it takes to show the first screen."""
    colour = widget.app.theme_variables.get(accent)
    return Style(color=Color.parse(colour).rich_color) if colour else Style.null()


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

    def style_of(self, *names: str) -> Style:
        """The widget's own style, with these component classes laid over it; empty names are none."""
        if self._base is None:
            self._base = self.rich_style
            self._known = {}
        if names not in self._known:
            style = self._base
            for name in names:
                # What is reversed is all of one colour: in patches of several it could not be read.
                if name and not style.reverse:
                    style += self._style_named(name)
            self._known[names] = style
        return self._known[names]

    def _style_named(self, name: str) -> Style:
        accent = name.removeprefix("line--")
        if accent in ACCENTS:
            return accent_style(self, accent)
        return self.get_component_rich_style(name, partial=True)

    def notify_style_update(self) -> None:
        self._base = None
        super().notify_style_update()

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
