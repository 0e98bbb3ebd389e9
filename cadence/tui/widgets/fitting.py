"""How the texts of a row come into its columns, in letters that the terminal has."""

from __future__ import annotations

from cadence.tui.widgets.cells import ascii_text, fit


class Fitting:
    """What all have in common that read rows as lines."""

    _ascii: bool

    def _cell(self, text: str, width: int) -> str:
        """A column: the text, cut where it must be, and a space; nothing for no width."""
        return fit(self._text(text), width - 1, ascii_only=self._ascii) + " " if width else ""

    def _text(self, text: str) -> str:
        return ascii_text(text) if self._ascii else text
