"""ical.js and libical, which most calendar apps are built upon, take every kind of feed as it is meant."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import icalendar
import pytest

from cadence.exchange.sample import sample_steps
from cadence.ical.feeds import GAPS, TEAM, WARNINGS, EventCache, Selection, feed
from cadence.model.calendar import Calendar
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.clients.programs import Libical, read_by_icaljs
from tests.ical.feeds.feedkinds import a_team, an_odd_team

pytestmark = pytest.mark.outside


@cache
def the_team(name: str) -> Calendar:
    if name != "sample":
        return an_odd_team() if name == "odd" else a_team()
    workspace = Workspace.open("memory:", create=True)
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    return workspace.calendar


def selections(calendar: Calendar) -> dict[str, Selection]:
    """Every feed that can be made of a calendar."""
    found = {"team": TEAM, "gaps": GAPS, "warnings": WARNINGS}
    for id in calendar.channels:
        found[f"channel-{id}"] = Selection("channel", id)
    for id in calendar.members:
        found[f"member-{id}"] = Selection("member", id)
        found[f"tasks-{id}"] = Selection("tasks", id)
    found["all-states"] = Selection("team", states=("planned", "skipped", "published"), days_back=400)
    return found


@pytest.fixture(params=["sample", "odd", "small"])
def feeds(request: pytest.FixtureRequest) -> dict[str, bytes]:
    calendar, texts = the_team(request.param), EventCache()
    return {name: feed(calendar, chosen, NOW, texts) for name, chosen in selections(calendar).items()}


def test_icaljs_reads_what_was_written(feeds: dict[str, bytes], tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.ics" for name in feeds]
    for file, content in zip(files, feeds.values(), strict=True):
        file.write_bytes(content)
    for content, found in zip(feeds.values(), read_by_icaljs(files), strict=True):
        meant = icalendar.Calendar.from_ical(content).subcomponents
        assert [told(component) for component in meant] == found


def told(component: icalendar.Component) -> dict[str, object]:
    """A component as the script of ical.js tells it."""
    times = [name for name in ("dtstart", "dtend", "due", "completed") if name in component]
    return {
        "kind": component.name,
        "uid": component["UID"],
        "summary": component["SUMMARY"],
        "description": component["DESCRIPTION"],
        "url": component.get("URL"),
        "categories": [str(category) for category in component["CATEGORIES"].cats],
        "times": {name: iso(component.decoded(name)) for name in times},
    }


def iso(moment: date) -> str:
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    return moment.isoformat()


def test_libical_finds_nothing_wrong(feeds: dict[str, bytes]) -> None:
    libical = Libical()
    for name, content in feeds.items():
        found = libical.read(content)
        meant = icalendar.Calendar.from_ical(content).subcomponents
        assert (found.errors, found.is_valid, found.components) == (0, True, len(meant)), name
        assert found.summaries == [component["SUMMARY"] for component in meant], name


def test_both_would_have_found_something(tmp_path: Path) -> None:
    content = feed(the_team("small"), TEAM, NOW, EventCache())
    broken = content.replace(b"DTSTART:2026", b"DTSTART:26")
    assert Libical().read(broken).errors > 0
    assert not Libical().read(content.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH")).is_valid
    file = tmp_path / "broken.ics"
    file.write_bytes(broken)
    with pytest.raises(AssertionError, match="invalid date-time"):
        read_by_icaljs([file])
