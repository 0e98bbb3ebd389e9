"""From a tone to a style of the theme, worked out once per widget and theme."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class Painting(Widget):
    """A widget that paints its own lines. `style_of` is asked for every piece of text, so it remembers."""

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
                if name:
                    style += self.get_component_rich_style(name, partial=True)
            self._known[names] = style
        return self._known[names]

    def notify_style_update(self) -> None:
        self._base = None
        super().notify_style_update()
