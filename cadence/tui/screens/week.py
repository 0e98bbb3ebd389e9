"""The week of all channels."""

from __future__ import annotations

from cadence.tui.actions import bindings
from cadence.tui.screens.base import CalendarScreen


class WeekScreen(CalendarScreen):
    place = "week"
    BINDINGS = bindings("week")
