"""A team in which everyone takes part, for the tests of ideas, boosts and hand-overs in the app.

Now is Monday 23 November 2026, 10:00 in Rome.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Comment, Idea, Offer, TaskRef
from cadence.model.rota import Rota
from tests.builders import NOW, CalendarBuilder, a_calendar, day

ANNA, GIULIA, MARCO = 1, 2, 3
LINKEDIN, BLOG = 1, 2


def a_small_office() -> CalendarBuilder:
    """Anna, Giulia, who leads, and Marco. The blog has an open slot each Thursday; of LinkedIn's three posts
    the first is out, with a link."""
    return (
        a_calendar()
        .with_channel("LinkedIn")
        .with_channel("Blog")
        .with_member("Anna Conti", allowance=180)
        .with_member("Giulia Rossi", allowance=180, role="lead")
        .with_member("Marco Villa", allowance=180)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", start="2026-11-26")
        .with_publication("LinkedIn", "2026-11-20T08:00", "Il tornio", link="https://example.com/t")
        .with_post(
            "LinkedIn", "2026-11-26T09:00", "Storia Bianchi", tasks={"draft": "Marco", "design": "Anna"}
        )
        .with_post("LinkedIn", "2026-12-03T09:00", "La squadra", tasks={"draft": "Anna", "design": "Marco"})
    )


def an_idea(id: int, text: str, author: int, **fields: Any) -> Idea:
    return Idea(id=id, text=text, author=author, at=NOW - timedelta(days=10 - id), **fields)


IDEAS = (
    an_idea(
        1, "How we sharpen tools", ANNA, channel=BLOG, good_until=day("2026-12-11"), votes=(MARCO,),
        comments=(
            Comment(MARCO, NOW - timedelta(days=1), "I have pictures of the old grindstone."),
            Comment(GIULIA, NOW, "Ask Mr Bianchi first.\nThen the pictures."),
        ),
        link="https://example.com/tools",
    ),
    an_idea(2, "A day in the yard", MARCO, votes=(ANNA, GIULIA)),
    an_idea(3, "Open doors on Saturday", MARCO, channel=BLOG, good_until=day("2026-11-27")),
    an_idea(
        4, "Our first lathe", ANNA, channel=LINKEDIN, votes=(MARCO,), state="accepted",
        decided_by=GIULIA, decided_at=NOW - timedelta(days=5), post=1,
    ),
    an_idea(
        5, "Why steel", ANNA, state="accepted", note="good for spring", decided_by=GIULIA, decided_at=NOW
    ),
    an_idea(
        6, "A video for Christmas", MARCO, good_until=day("2026-12-24"), state="parked",
        note="when there is time for it", decided_by=GIULIA, decided_at=NOW,
    ),
    an_idea(
        7, "Daily weather", ANNA, state="declined", note="nobody looks for it at ours", decided_by=GIULIA,
        decided_at=NOW,
    ),
)  # fmt: skip


def a_team_with_ideas() -> Calendar:
    """Seven ideas in every state; number 4 became the post that Marco boosted."""
    boosted = Boost(id=1, post=1, member=MARCO, day=day("2026-11-20"), at=NOW - timedelta(days=2))
    return with_ideas(a_small_office().build()).put(boosted)


def with_ideas(calendar: Calendar) -> Calendar:
    """The seven ideas, the fourth of which became the first post."""
    return calendar.put(*IDEAS, replace(calendar.posts[1], idea=4))


def a_team_that_helps() -> Calendar:
    """Giulia leads the week. Marco offers his draft of post 2 to Anna until Tuesday, and his design of post 3
    to her for her draft of it; Anna offers her design of post 2 to anyone, which Giulia declined; she is
    asked to boost post 1."""
    calendar = with_ideas(a_small_office().build())
    draft = Offer(NOW, MARCO, (ANNA,), "I am at the fair", until=day("2026-11-24"))
    swap = Offer(NOW, MARCO, (ANNA,), wants=TaskRef(3, "draft"))
    design = Offer(NOW, ANNA, declined=(GIULIA,))
    asked = Boost(id=1, post=1, member=ANNA, day=day("2026-11-23"))
    rota = Rota(order=(GIULIA, MARCO), start=day("2026-11-23"))
    for ref, offer in (
        (TaskRef(2, "draft"), draft),
        (TaskRef(3, "design"), swap),
        (TaskRef(2, "design"), design),
    ):
        post = calendar.posts[ref.post]
        offered = replace(post.tasks[ref.kind], offer=offer)
        calendar = calendar.put(replace(post, tasks={**post.tasks, ref.kind: offered}))
    return calendar.put(asked, rota)
