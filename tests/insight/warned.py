"""Shorthands for tests of warnings. Now is Monday 23 November 2026, 10:00 in Rome."""

from collections.abc import Iterable
from datetime import datetime

from cadence.insight.warnings import Warning
from cadence.model.calendar import Calendar
from cadence.planner.explaining.advice import advised_warnings
from tests.builders import NOW, CalendarBuilder, a_calendar

DAYS = 24 * 60
"""Minutes in a day."""
TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
EVERYTHING = ("draft", "design", "review", "publish", "engage")


def a_blog(rrule: str = TUESDAYS, start: str = "2026-11-23", **rhythm: object) -> CalendarBuilder:
    """A blog without tasks and a rhythm that begins today."""
    return a_calendar().with_channel("Blog", workflow=None).with_rhythm("Blog", rrule, start=start, **rhythm)


def an_office() -> CalendarBuilder:
    """A blog with tasks and no rhythm."""
    return a_calendar().with_channel("Blog")


def found(
    builder: CalendarBuilder | Calendar, rule: str, now: datetime = NOW, **options: int
) -> list[Warning]:
    calendar = builder if isinstance(builder, Calendar) else builder.build()
    return [warning for warning in advised_warnings(calendar, now, **options) if warning.rule == rule]


def only(builder: CalendarBuilder | Calendar, rule: str, now: datetime = NOW) -> Warning:
    """The only warning of a rule."""
    (warning,) = found(builder, rule, now)
    return warning


def kinds(warning: Warning) -> list[str]:
    return [way.kind for way in warning.ways_out]


def subjects(warnings: Iterable[Warning]) -> list[str]:
    """The keys without the rule."""
    return [warning.key.partition(":")[2] for warning in warnings]
