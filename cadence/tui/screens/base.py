"""The screen that every screen of the calendar is: the frame, and the actions that all of them share."""

from __future__ import annotations

from cadence.tui.screens.frame import FrameScreen, NewPlace
from cadence.tui.screens.task_actions import TaskActions

__all__ = ["CalendarScreen", "FrameScreen", "NewPlace"]


class CalendarScreen(TaskActions):
    """See `FrameScreen` for what a subclass answers; it also sets `place` and `BINDINGS = bindings(place)`.

    The actions are in `general_actions`, `team_actions`, `post_actions` and `task_actions`, each built on the
    one before.
    """
