"""The style sheet, read once for each theme."""

from __future__ import annotations

from collections.abc import Mapping

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

KEPT = 3
"""Themes that it stays read for: the one shown, and those on both sides of it in Settings."""


class Sheet(Stylesheet):
    """Textual reads the whole sheet anew, twice, whenever a screen is shown for the first time: 60 ms of a
    key. Only other variables, which is another theme, can change what was read."""

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._told = dict(variables or {})
        self._is_stale = False
        self._read: dict[tuple[object, ...], list[RuleSet]] = {}

    def set_variables(self, variables: dict[str, str]) -> None:
        if variables != self._told:
            super().set_variables(variables)
            self._told = dict(variables)
            self._is_stale = True

    def reparse(self) -> None:
        """What a new widget brings along is read by itself: it is a source of its own."""
        if not self._is_stale:
            return
        if (rules := self._read.get(self._key(self._told))) is not None:
            self._rules, self._rules_map = rules, None
            self._require_parse = False
        else:
            super().reparse()
        self._is_stale = False

    def read_ahead(self, variables: Mapping[str, str]) -> None:
        """Read it for another theme, before anybody turns to that: 15 ms, which any thread may spend."""
        if (key := self._key(variables)) in self._read:
            return
        other = Stylesheet(variables=dict(variables))
        for read_from, (css, is_default, tie_breaker, scope) in tuple(self.source.items()):
            other.add_source(css, read_from, is_default, tie_breaker, scope)
        other.parse()
        self._read[key] = other.rules
        for old in tuple(self._read)[:-KEPT]:
            del self._read[old]

    def _key(self, variables: Mapping[str, str]) -> tuple[object, ...]:
        """What the rules hang on."""
        return (*self.source, *sorted(variables.items()))
