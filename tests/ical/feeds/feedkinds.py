"""What the tests of feeds share: a calendar with every kind of content, and the lines of a feed."""

from datetime import timedelta

from cadence.ical.feeds.feed import GAPS, TEAM, Selection
from cadence.model.calendar import Calendar
from tests.builders import NOW, a_calendar

AWKWARD = 'Qualità; puntualità, "caffè" C:\\New\\nights 🎉 e molto altro ancora per arrivare lontano'


def a_team() -> Calendar:
    """Blog has a slot on Thursdays: 26 November is filled, the next ones are gaps. Anna has a task on post 1,
    Studio Blu on post 2, nobody on the rest. Post 3 is skipped, 4 published, 5 long ago, 6 far ahead."""
    return (
        a_calendar()
        .with_channel("Blog", url="https://officine-rossi.example/blog")
        .with_channel("Instagram", workflow=None)
        .with_member("Anna")
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800)
        .with_member("Sara")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", "2026-11-19", max_silence=14 * 24 * 60)
        .with_post(
            "Blog",
            "2026-11-26T10:00",
            AWKWARD,
            slot="2026-11-26T10:00",
            tasks={"draft": "Anna"},
            done=["draft"],
            state="drafted",
            note="Prima riga; poi\nla seconda, con \\N dentro",
            link="https://officine-rossi.example/caffè?a=1,2;b",
            uid="7f3a",
            rev=3,
            modified=NOW - timedelta(days=2, microseconds=5),
        )
        .with_post("Blog", "2026-12-05T10:00", "Extra", tasks={"design": "Studio Blu"}, rev=1, modified=NOW)
        .with_post("Blog", "2026-12-03T10:00", "Dropped", state="skipped", rev=2, modified=NOW)
        .with_publication("Instagram", "2026-11-20T17:00:30", "Out", author="Luca", rev=1, modified=NOW)
        .with_publication("Instagram", "2026-08-01T17:00", "Long ago", rev=1, modified=NOW)
        .with_post("Instagram", "2028-01-01T10:00", "Far ahead", rev=1, modified=NOW)
        .build()
    )


FEEDS = {
    "team": TEAM,
    "channel": Selection("channel", 1),
    "member": Selection("member", 1),
    "partner": Selection("member", 2),
    "gaps": GAPS,
    "empty": Selection("member", 3),
}


def unfolded(feed: bytes) -> list[str]:
    """The content lines of a feed (RFC 5545 3.1)."""
    return feed.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def events(feed: bytes) -> list[list[str]]:
    """The lines of each event, without BEGIN and END."""
    found: list[list[str]] = []
    for line in unfolded(feed):
        if line == "BEGIN:VEVENT":
            found.append([])
        elif line != "END:VEVENT" and found and not line.startswith("END:"):
            found[-1].append(line)
    return found


def names(lines: list[str]) -> list[str]:
    return [line.partition(":")[0].partition(";")[0] for line in lines]


def value(lines: list[str], name: str) -> str:
    return next(line.partition(":")[2] for line in lines if line.startswith((f"{name}:", f"{name};")))
