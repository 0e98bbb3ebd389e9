"""The members to choose from, when Cadence does not know who is looking."""

from __future__ import annotations

from collections.abc import Sequence

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.team import Member
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.row_list import RowList


class MemberList(RowList[int]):
    """`Who are you?`, and the active members by name."""

    _heading_height = 3

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self.members: Sequence[Member] = ()

    def show(self, calendar: Calendar) -> None:
        self.members = sorted(calendar.members.values(), key=lambda member: member.name.casefold())
        self.rows_changed()

    @property
    def current(self) -> Member | None:
        return self.members[self.cursor] if self.cursor is not None and self.members else None

    def row_count(self) -> int:
        return len(self.members)

    def row_key(self, row: int) -> int:
        return self.members[row].id

    def row_line(self, row: int, width: int) -> Line:
        member = self.members[row]
        about = [
            member.department,
            _("lead") if member.role == "lead" else "",
            _("partner") if member.kind == "partner" else "",
        ]
        return [
            (fit(member.name, 24, ascii_only=self.ascii_only), "strong"),
            (", ".join(filter(None, about)), "dim"),
        ]

    def heading_line(self, y: int, top: int, width: int) -> Line:
        if y == 0:
            return [(f"  {_('Who are you?')}", "head")]
        if y == 1 and not self.members:
            none = _("There are no members yet: cadence member add NAME")
            return [(f"  {none}", "dim")]
        if y == 1:
            how = _("Enter chooses, until you leave; cadence --as NAME says it at the start.")
            return [(f"  {how}", "dim")]
        return []
