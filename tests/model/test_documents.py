"""Values and documents: what is stored comes back the same, and what is over a limit is refused by name."""

from datetime import UTC, datetime

import pytest

from cadence.model.busy import BusyCalendar
from cadence.model.calendar import SINGLE
from cadence.model.documents import TABLES, Value, decode, encode
from cadence.model.errors import BadInput
from cadence.model.feeds import Feed
from cadence.model.post import Boost, Comment, Idea, Post
from cadence.model.rota import Rota
from cadence.model.team import Span
from tests.builders import NOW, a_calendar, day, local

GOOD = {"id": 1, "channel": 1, "title": "Il tornio", "at": "2026-11-26T09:00:00"}


def test_every_value_comes_back_from_its_document() -> None:
    calendar = (
        a_calendar(holidays={day("2026-12-25"): "Natale"})
        .with_channel("Blog", max_per_day=2)
        .with_member("Anna", active_from=day("2026-01-01"))
        .with_rhythm("Blog", pauses=[("2026-08-01", "2026-08-31")], tolerance=60)
        .with_absence("Anna", "2026-12-24", "2026-12-31", reason="sciare")
        .with_post(
            "Blog", "2026-11-24T09:00", slot="2026-11-24T09:00", tasks={"draft": "Anna"}, done=["draft"]
        )
        .with_publication("Blog", "2026-11-20T08:00")
        .build()
    )
    calendar = calendar.put(
        Rota(order=(1,), start=day("2026-11-23"), instead={day("2026-11-30"): 1}),
        BusyCalendar(id=1, member=1, busy={day("2026-11-24"): (Span(480, 540),)}),
        Feed(id=1, reader="Anna", kind="team", digest="a" * 64, states=("planned",)),
        Idea(id=1, text="Lathe", author=1, at=NOW, comments=(Comment(1, NOW, "Yes\nplease"),)),
        Boost(id=1, post=2, member=1, day=day("2026-11-24")),
    )
    values: list[Value] = [calendar.team, calendar.rota]
    for table in TABLES.keys() - SINGLE.keys():
        values += getattr(calendar, table).values()
    assert len(values) == 13
    for value in values:
        document = encode(value)
        assert not {"id", "rev", "modified"} & document.keys(), "the store keeps those"
        assert decode(type(value), {**document, "id": value.id}) == value


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title.*length <= 200"),
        ({"title": "x" * 5_000_000}, "title.*length <= 200"),
        ({"title": "a\x07b"}, "title: holds characters"),
        ({"title": "two\nlines"}, "title: holds characters"),
        ({"title": "\x9b2J"}, "title: holds characters"),
        ({"title": "a\u202ecod.exe"}, "title: holds characters"),
        ({"note": "fine\n\x9b2J"}, "note: holds characters"),
        ({"title": 7}, "title"),
        ({"at": "2026-11-26T09:00:00Z"}, "at"),
        ({"at": "tomorrow"}, "at"),
        ({"state": "lost"}, "state"),
        ({"id": 0}, "id"),
        ({"id": "one"}, "id"),
        ({"link": "javascript alert"}, "link"),
        ({"tasks": {"dance": {"effort": 5, "opens": 0, "closes": 0}}}, "tasks"),
        ({"tasks": {"draft": {"effort": 0, "opens": 0, "closes": 0}}}, "effort"),
        ({"tasks": {"draft": {"effort": 9999, "opens": 0, "closes": 0}}}, "effort"),
        ({"tasks": {"draft": {"effort": 5, "opens": -99, "closes": 0}}}, "opens"),
        ({"published_at": "2026-11-26T09:00:00"}, "published_at"),
    ],
)
def test_what_is_over_a_limit_is_refused_with_the_name_of_the_field(
    change: dict[str, object], why: str
) -> None:
    with pytest.raises(BadInput, match=f"(?s)post 1: .*{why}|post.*: .*{why}"):
        decode(Post, {**GOOD, **change})


def test_a_missing_field_is_said() -> None:
    with pytest.raises(BadInput, match="title"):
        decode(Post, {key: value for key, value in GOOD.items() if key != "title"})


def test_nothing_over_a_limit_can_be_stored() -> None:
    with pytest.raises(BadInput):
        encode(Post(id=1, channel=1, title="x" * 201, at=local("2026-11-26T09:00")))


def test_letters_that_run_the_other_way_are_letters() -> None:
    for title in ("שלום עולם", "\u2067مرحبا\u2069 Rossi", "né 🎉 👩\u200d🔧"):
        assert decode(Post, {**GOOD, "title": title}).title == title


def test_line_breaks_are_for_notes() -> None:
    assert decode(Post, {**GOOD, "note": "two\nlines"}).note == "two\nlines"


def test_instants_are_read_as_utc() -> None:
    post = decode(Post, {**GOOD, "state": "published", "published_at": "2026-11-26T09:00:00Z"})
    assert post.published_at == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert post.published_at > NOW
