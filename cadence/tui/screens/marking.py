"""Marks on a screen: what is marked, how much of it is in sight, and the keys for it."""

from __future__ import annotations

from typing import Any

from cadence.tui.marks import Marks
from cadence.tui.screens.resizing import ResizingScreen


class MarkingScreen(ResizingScreen[None]):
    """A subclass says what is `marked`, and marks."""

    @property
    def marked(self) -> Marks[Any]:
        """What is marked: by this screen, or by another that shows the same."""
        return Marks()

    def marked_here(self) -> list[Any]:
        """What this screen shows of it, in its order."""
        return list(self.marked)

    def count_marked_here(self) -> int:
        return len(self.marked_here())

    def marks_said(self) -> str:
        return self.marked.said(self.count_marked_here()) if self.marked else ""

    def all_marked(self) -> list[Any]:
        """Everything that is marked; first what this screen shows."""
        here = self.marked_here()
        return here + sorted(self.marked.difference(here))

    def marks_changed(self) -> None:
        """Show what is marked now."""

    def toggle_mark(self) -> None: ...

    def mark_to_here(self) -> None: ...

    def mark_shown(self) -> None: ...

    def clear_marks(self) -> bool:
        """Forget the marks; False when there were none."""
        had = bool(self.marked)
        self.marked.clear()
        self.marks_changed()
        return had

    def show_status(self) -> None:
        raise NotImplementedError

    def action_mark_one(self) -> None:
        self.toggle_mark()
        self.show_status()

    def action_mark_range(self) -> None:
        self.mark_to_here()
        self.show_status()

    def action_mark_all(self) -> None:
        self.mark_shown()
        self.show_status()
