"""A team so small that what it plans is proven best at once. Now is Monday 23 November 2026.

LinkedIn has a post on Friday of which nobody does the review, and open slots on the next three Tuesdays.
"""

from cadence.model.calendar import Calendar
from cadence.model.team import Skill, Step, TaskKind
from tests.builders import CalendarBuilder, a_calendar

SHORT: dict[TaskKind, Step] = {"draft": Step(60, -3, -2), "review": Step(15, -2, -1)}
ABLE = (Skill("draft"), Skill("review"))


def a_small_team() -> Calendar:
    return small_team().build()


def small_team() -> CalendarBuilder:
    return (
        a_calendar()
        .with_workflow("Short", SHORT)
        .with_channel("LinkedIn", workflow="Short")
        .with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=TU", "09:00", start="2026-12-01")
        .with_member("Giulia Rossi", allowance=120, skills=ABLE, role="lead")
        .with_member("Luca Gatti", allowance=90, skills=ABLE)
        .with_member("Elena Fabbri", allowance=60, skills=[Skill("draft", level="learning")])
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800, allowance=300, skills=ABLE)
        .with_post("LinkedIn", "2026-11-27T09:00", "Storia Bianchi", tasks={"draft": "Giulia Rossi"})
    )
