"""A small office with four weeks to look back on: what was kept and missed, handed over, thought of, passed
on, done outside, and led. Now is Monday 23 November 2026, 10:00 in Rome."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from cadence.model.post import Boost, TaskRef
from cadence.model.rota import Rota
from cadence.operations import tasks
from cadence.workspace import Workspace
from tests.builders import NOW, day
from tests.tui.contributors import ANNA, GIULIA, MARCO, a_small_office, with_ideas
from tests.tui.office import workspace_of

LATHE, STORIA, MISSED, ELSEWHERE, STUDIO = 1, 2, 4, 5, 4


def a_team_that_looks_back() -> Workspace:
    """LinkedIn's slots: 6 November nobody's, 13 November missed for Marco's draft, 20 November on time. On
    21 November Marco passed that post on, which was Anna's idea; on the 20th he gave her his draft of
    "Storia Bianchi". The studio did a design. Anna is of the office, the others of the workshop."""
    builder = (
        a_small_office()
        .with_rhythm("LinkedIn", "FREQ=WEEKLY;BYDAY=FR", "09:00", start="2026-11-06")
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800, allowance=120)
        .with_post(
            "LinkedIn", "2026-11-13T09:00", "La fiera", slot="2026-11-13T09:00", tasks={"draft": "Marco"}
        )
        .with_post(
            "Blog",
            "2026-11-19T10:00",
            "Il tetto",
            tasks={"draft": "Anna", "design": "Studio"},
            done=["design"],
        )
    )
    calendar = with_ideas(builder.build()).put(
        Boost(id=1, post=LATHE, member=MARCO, day=day("2026-11-20"), at=NOW - timedelta(days=2)),
        Boost(id=2, post=LATHE, member=GIULIA, day=day("2026-11-20")),
        Rota(order=(GIULIA, MARCO), start=day("2026-11-09")),
    )
    calendar = calendar.put(
        *(
            replace(calendar.members[id], department="Office" if id == ANNA else "Workshop")
            for id in (ANNA, GIULIA, MARCO)
        )
    )
    roof = calendar.posts[ELSEWHERE]
    design = replace(roof.tasks["design"], done_at=NOW - timedelta(days=6))
    calendar = calendar.put(replace(roof, tasks={**roof.tasks, "design": design}))
    workspace = workspace_of(calendar)
    giulia = calendar.members[GIULIA]
    workspace.run(
        tasks.assign, TaskRef(STORIA, "draft"), ANNA, who=giulia, now=NOW - timedelta(days=3), why="the fair"
    )
    return workspace
