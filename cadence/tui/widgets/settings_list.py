"""Your settings as one list: what is yours, this session, the keys, the folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.row_list import RowList

LABEL = 26
VALUE = 44
"""Cells of a value where there is room, so that the notes stand one under the other."""


@dataclass(frozen=True)
class Setting:
    """A row: `key` is what it is about, empty for a heading. `note` says where the value comes from, or what
    can be done."""

    key: str
    label: str
    value: str = ""
    note: str = ""
    can_turn: bool = False
    """It goes on to the next value with `←` and `→`."""


class SettingsList(RowList[str]):
    """Give it rows with `show`; the cursor stays on its setting."""

    _heading_height = 1

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.rows: Sequence[Setting] = ()

    def show(self, rows: Sequence[Setting]) -> None:
        before, row = self.row_keys(), self.cursor
        self.rows = rows
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    @property
    def current(self) -> Setting | None:
        return self.rows[self.cursor] if self.cursor is not None and self.cursor < len(self.rows) else None

    # What RowList asks

    def row_count(self) -> int:
        return len(self.rows)

    def row_key(self, row: int) -> str:
        return self.rows[row].key

    def can_choose(self, row: int) -> bool:
        return bool(self.rows[row].key)

    def row_line(self, row: int, width: int) -> Line:
        setting = self.rows[row]
        if not setting.key:
            return [(self._text(setting.label), "head"), (self._text(f" {setting.note}"), "dim")]
        left, right = ("<", ">") if self.ascii_only else ("‹", "›")
        value = self._text(f"{left} {setting.value} {right}" if setting.can_turn else setting.value)
        room = VALUE if width >= 100 else 0
        return [
            (fit(self._text(setting.label), LABEL, ascii_only=self.ascii_only), "dim"),
            (value + " " * max(3, room - cell_len(value)), "strong" if setting.can_turn else ""),
            (self._text(setting.note), "dim"),
        ]
