"""A week in a small office, built by hand, for the tests of the screens. Now is Monday 23 November 2026,
10:00 in Rome.

LinkedIn has its posts and one review that nobody has, Instagram a week with holes, the blog is silent.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import count
from typing import Any

from cadence.model.calendar import Calendar
from cadence.model.team import Skill, TaskKind
from cadence.operations.edit import Edit
from cadence.store import open_store
from cadence.workspace import Workspace
from tests.builders import ALL_SKILLS, NOW, a_calendar

WRITER = tuple(Skill(kind) for kind in ("draft", "design", "publish", "engage"))
_names = count()


@lru_cache(maxsize=1)
def office() -> Calendar:
    """See above."""
    builder = a_calendar()
    for channel in ("LinkedIn", "Instagram", "Blog"):
        builder.with_channel(channel)
    builder.with_member("Anna Conti", allowance=120)
    builder.with_member("Elena Fabbri", allowance=120, skills=(*WRITER, Skill("review", None, "learning")))
    builder.with_member("Giulia Rossi", allowance=120, role="lead")
    builder.with_member("Luca Gatti", allowance=90)
    builder.with_member("Marco Villa", allowance=90, skills=(*WRITER, Skill("review")))
    builder.with_member("Paola Serra")
    builder.with_member("Studio Blu", kind="partner", cost_per_hour=4800, skills=ALL_SKILLS[:2])
    builder.with_absence("Paola Serra", "2026-11-16", "2026-11-29", reason="leave")
    builder.with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=TU,TH", "09:00", max_silence=7 * 1440)
    builder.with_rhythm("Instagram", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "18:00", max_silence=5 * 1440)
    builder.with_rhythm(
        "Blog", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "10:00", "2026-01-08", max_silence=14 * 1440
    )
    _history(builder)
    everything: dict[TaskKind, str | None] = {
        "draft": "Anna",
        "design": "Elena",
        "publish": "Anna",
        "engage": "Luca",
    }
    builder.with_post(
        "LinkedIn", "2026-11-24T09:00", "Il tornio", slot="2026-11-24T09:00",
        tasks={**everything, "review": "Giulia"}, done=("draft", "design", "review"), state="approved",
    )  # fmt: skip
    builder.with_post(
        "LinkedIn", "2026-11-26T09:00", "Storia Bianchi", slot="2026-11-26T09:00",
        tasks={"draft": "Marco", "design": "Elena", "publish": "Marco", "engage": "Marco"}, done=("draft",),
        state="drafted", note="Two photos from the yard\nAsk Mr Bianchi first",
    )  # fmt: skip
    builder.with_post(
        "Instagram", "2026-11-23T18:00", "Dietro le quinte dell'officina", slot="2026-11-23T18:00",
        tasks={**everything, "draft": "Elena", "review": "Giulia"}, done=("draft",), state="drafted",
    )  # fmt: skip
    builder.with_post(
        "Instagram", "2026-11-25T18:00", "Squadra", slot="2026-11-25T18:00", tasks={"draft": "Luca"}
    )
    builder.with_post("LinkedIn", "2026-12-01T09:00", "日本の工場 – una visita", slot="2026-12-01T09:00")
    return builder.build()


def _history(builder: Any) -> None:
    """A year that went well on LinkedIn, with a hole on Instagram, and a blog that fell silent."""
    day = date(2026, 8, 4)
    while day < date(2026, 11, 23):
        if day.weekday() in (1, 3):
            late = day == date(2026, 10, 15)
            when = f"{day + timedelta(days=1)}T15:00" if late else f"{day}T08:10"
            if day != date(2026, 9, 8):
                builder.with_publication("LinkedIn", when, f"Numero {day:%d/%m}")
        if day.weekday() in (0, 2, 4) and not date(2026, 10, 5) <= day <= date(2026, 10, 9):
            builder.with_publication("Instagram", f"{day}T17:05", f"Foto {day:%d/%m}")
        day += timedelta(days=1)
    for when in ("2026-08-20T08:05", "2026-09-03T08:00", "2026-10-04T09:00", "2026-11-01T11:00"):
        builder.with_publication("Blog", when, "Articolo")


def workspace_of(calendar: Calendar, url: str = "") -> Workspace:
    """A workspace in memory (or at `url`) that holds a calendar; others may open the same url."""
    workspace = Workspace(open_store(url or f"memory:office-{next(_names)}", create=True))
    workspace.run(
        lambda *_, **__: _everything(calendar), who=None, now=NOW - timedelta(days=30), why="the office"
    )
    return workspace


def _everything(calendar: Calendar) -> Edit:
    tables = (
        [calendar.team], calendar.workflows.values(), calendar.channels.values(), calendar.members.values(),
        calendar.rhythms.values(), calendar.absences.values(), calendar.posts.values(),
        calendar.feeds.values(), calendar.ideas.values(), calendar.boosts.values(),
        [calendar.rota] if calendar.rota.order else [],
    )  # fmt: skip
    return Edit("The office begins", tuple(value for table in tables for value in table))
