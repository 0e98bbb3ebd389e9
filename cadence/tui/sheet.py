"""The style sheet, read once for each theme."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Sheet(Stylesheet):
    """Textual reads the whole sheet anew, twice, whenever a screen is shown for the first time: 60 ms of a
    key. Only other variables, which is another theme, can change what was read."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._told = dict(variables or {})
        self._is_stale = False

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._told:
            super().set_variables(variables)
            self._told = dict(variables)
            self._is_stale = True

    def reparse(self) -> None:
        """What a new widget brings along is read by itself: it is a source of its own."""
        if self._is_stale:
            super().reparse()
            self._is_stale = False
