"""A small team whose calendar three people subscribe to, for the tests of feeds in the app."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cadence.model.calendar import Calendar
from cadence.model.feeds import FeedKind, digest_of
from cadence.operations.feeds import new_feed
from cadence.workspace import Workspace
from tests.builders import NOW, a_calendar
from tests.tui.office import workspace_of


def a_team() -> Calendar:
    """Anna, Giulia (lead), Marco, and Studio Blu, a partner; two posts on LinkedIn."""
    return (
        a_calendar()
        .with_channel("LinkedIn")
        .with_member("Anna Conti")
        .with_member("Giulia Rossi", role="lead")
        .with_member("Marco Villa")
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800)
        .with_post("LinkedIn", "2026-11-24T09:00", "Il tornio", tasks={"draft": "Anna Conti"})
        .with_post("LinkedIn", "2026-11-26T09:00", "Storia Bianchi", tasks={"draft": "Marco Villa"})
        .build()
    )


def a_team_with_feeds() -> Workspace:
    """Anna reads her own posts, the board every post, Marco what is planned on LinkedIn; Giulia made them."""
    workspace = workspace_of(a_team())
    giulia = workspace.calendar.member("Giulia")
    wished: tuple[tuple[str, FeedKind, dict[str, Any]], ...] = (
        ("Anna Conti", "member", {"member": 1, "of": 1}),
        ("The board", "team", {}),
        ("Marco Villa", "channel", {"member": 3, "of": 1, "states": ("planned",)}),
    )
    for reader, kind, about in wished:
        at = NOW - timedelta(days=3)
        workspace.run(new_feed, reader, kind, digest_of(reader), who=giulia, now=at, **about)
    return workspace
