"""What the tests of feeds share: calendars with every kind of content, and the lines of a feed."""

from datetime import timedelta
from functools import cache

from cadence.ical.feeds.selection import GAPS, TEAM, WARNINGS, Selection
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Post
from cadence.model.team import TaskKind
from tests.builders import NOW, a_calendar, day

OUT = "https://officine-rossi.example/out"
AWKWARD = 'Qualità; puntualità, "caffè" C:\\New\\nights 🎉 e molto altro ancora per arrivare lontano'


def a_team() -> Calendar:
    """Blog has a slot on Thursdays: 26 November is filled, the next ones are gaps. Anna has a task on post 1,
    Studio Blu on post 2, nobody on the rest. Post 3 is skipped, 4 published, 5 long ago, 6 far ahead. Anna is
    asked to pass 4 on, and did so with 1."""
    team = (
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
        .with_publication(
            "Instagram", "2026-11-20T17:00:30", "Out", author="Luca", link=OUT, rev=1, modified=NOW
        )
        .with_publication("Instagram", "2026-08-01T17:00", "Long ago", rev=1, modified=NOW)
        .with_post("Instagram", "2028-01-01T10:00", "Far ahead", rev=1, modified=NOW)
        .build()
    )
    return team.put(
        Boost(id=1, post=4, member=1, day=NOW.date(), rev=1, modified=NOW),
        Boost(id=2, post=1, member=1, day=day("2026-11-21"), at=NOW, rev=2, modified=NOW),
    )


def an_odd_team() -> Calendar:
    """Names, titles, notes and links that have broken some reader, and posts at times that no clock shows, or
    shows twice. Everything is Zoë's, the partner 工房's too."""
    builder = (
        a_calendar(zone="Europe/Rome", feed_host="feeds.example.com")
        .with_channel('Caffè; \\N, "Rossi": 1', zone="Australia/Lord_Howe")
        .with_channel("\ufeffبرج 🏗️")
        .with_member("Zoë \\; Müller, jr.", department="a:b")
        .with_member("工房", kind="partner", cost_per_hour=100)
        .with_member("Nobody's")
        .with_rhythm("Caffè", "FREQ=DAILY", "02:15", "2026-11-20", max_silence=24 * 60)
    )
    owners: dict[TaskKind, str | None] = {"draft": "Zoë", "design": "工房", "publish": "工房"}
    for number, text in enumerate(ODDITIES):
        builder.with_post(
            "Caffè" if number % 2 else "\ufeffبرج 🏗️",
            TIMES[number % len(TIMES)],
            text.strip() or "x",
            tasks=owners,
            done=["draft"] if number % 3 else ["publish"],
            note=f"{text}\r\nEND:VEVENT\nBEGIN:VALARM\t{text}",
            link=f'https://例え.example/{number}?q=%7B{{x}}|<>"^`' if number % 2 else None,
            author="Renée\x85",
            rev=number,
            modified=NOW - timedelta(hours=number),
        )
    odd = builder.build()
    return odd.put(*(_boost(number, post) for number, post in enumerate(odd.posts.values(), 1)))


def _boost(number: int, post: Post) -> Boost:
    """Zoë is asked to pass a post on, each on another day, or did so."""
    at = NOW if number % 5 == 0 else None
    on = NOW.date() + timedelta(days=number % 9)
    return Boost(id=number, post=post.id, member=1, day=on, at=at, modified=NOW)


ODDITIES = (
    AWKWARD,
    "\\" * 150,
    "\\n\\N\\;\\,\\\\n;;,,::",
    "🧑‍🏭" * 50,
    "e\u0301\u0323" * 60,
    "אבג (ab) \u202edcba\u202c",
    "BEGIN:VEVENT",
    "a\x85b\x9fc\ufeffd",
    '"quoted"; TZID="x:y"',
    "界" * 200,
    "x" * 74 + "è" + "y" * 74 + "\\;" * 20,
    " ",
)
TIMES = ("2026-10-25T02:30", "2027-03-28T02:30", "2027-04-04T01:45", "2026-10-04T02:15", "2026-11-24T00:00")
"""Twice and never in Rome; twice and never on Lord Howe Island, by half an hour; midnight."""


@cache
def the_team(name: str) -> Calendar:
    return a_team() if name == "usual" else an_odd_team()


FEEDS = {
    "team": TEAM,
    "channel": Selection("channel", 1),
    "member": Selection("member", 1),
    "partner": Selection("member", 2),
    "gaps": GAPS,
    "warnings": WARNINGS,
    "tasks": Selection("tasks", 1),
    "partner-tasks": Selection("tasks", 2),
    "skipped": Selection("team", states=("planned", "skipped"), days_back=10, days_ahead=60),
    "empty": Selection("member", 3),
    "empty-tasks": Selection("tasks", 3),
}
TODOS = ("tasks", "partner-tasks", "empty-tasks")
FINDINGS = ("gaps", "warnings")


def unfolded(feed: bytes) -> list[str]:
    """The content lines of a feed (RFC 5545 3.1)."""
    return feed.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def events(feed: bytes) -> list[list[str]]:
    """The lines of each event or to-do, without BEGIN and END."""
    found: list[list[str]] = []
    for line in unfolded(feed):
        if line in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            found.append([])
        elif found and not line.startswith("END:"):
            found[-1].append(line)
    return found


def names(lines: list[str]) -> list[str]:
    return [line.partition(":")[0].partition(";")[0] for line in lines]


def value(lines: list[str], name: str) -> str:
    return next(line.partition(":")[2] for line in lines if line.startswith((f"{name}:", f"{name};")))
