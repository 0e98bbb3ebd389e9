"""A feed speaks one language; what programs read in it is the same in all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cadence.ical.feeds import TEAM, EventCache, feed, published
from cadence.ical.feeds.render import RULE_TITLES
from cadence.insight.boosting import text_for
from cadence.insight.warnings import RULES
from cadence.language import speaking
from cadence.model.calendar import Calendar
from tests.builders import NOW
from tests.ical.feeds.feedkinds import FEEDS, a_team, unfolded
from tests.pseudo import PSEUDO, escaped, marked

SAID = re.compile(r"(SUMMARY|DESCRIPTION|NAME|X-WR-CALNAME|X-WR-CALDESC):")


@pytest.fixture(scope="module")
def team() -> Calendar:
    return a_team()


def of_people(calendar: Calendar) -> set[str]:
    posts, members = calendar.posts.values(), calendar.members.values()
    found = {
        calendar.team.name,
        calendar.team.zone,
        *(channel.name for channel in calendar.channels.values()),
    }
    found |= {member.name for member in members} | {post.title for post in posts}
    found |= {text for post in posts for text in (post.note, post.link, post.author) if text}
    return found | {text_for(calendar, boost) or "" for boost in calendar.boosts.values()} - {""}


def as_people_see_it(line: str) -> str:
    """The value of a property without its escapes (RFC 5545 3.3.11)."""
    text = line.partition(":")[2]
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text)


@pytest.mark.parametrize("name", FEEDS)
def test_no_sentence_of_a_feed_escapes(team: Calendar, name: str) -> None:
    with speaking(PSEUDO):
        lines = unfolded(feed(team, FEEDS[name], NOW, EventCache()))
    said = [as_people_see_it(line) for line in lines if SAID.match(line)]
    plain = re.sub("“[^”]*…”", "", "\n".join(said))  # a title may be cut short
    assert escaped(plain, of_people(team)) == []
    assert said


@pytest.mark.parametrize("name", FEEDS)
def test_what_programs_read_is_the_same_in_every_language(team: Calendar, name: str) -> None:
    usual = unfolded(feed(team, FEEDS[name], NOW, EventCache()))
    with speaking(PSEUDO):
        other = unfolded(feed(team, FEEDS[name], NOW, EventCache()))
    assert [line for line in usual if not SAID.match(line)] == [
        line for line in other if not SAID.match(line)
    ]


def test_an_old_language_is_not_kept(team: Calendar, tmp_path: Path) -> None:
    english, cache = feed(team, TEAM, NOW, EventCache()), EventCache(tmp_path / "feeds")
    assert feed(team, TEAM, NOW, cache) == english
    cache.save()
    with speaking(PSEUDO):
        other = feed(team, TEAM, NOW, cache := EventCache(tmp_path / "feeds"))
        assert other == feed(team, TEAM, NOW, EventCache())
        cache.save()
    assert marked("Every post of").encode() in other.replace(b"\r\n ", b"")
    assert feed(team, TEAM, NOW, EventCache(tmp_path / "feeds")) == english


def test_another_language_moves_the_date_of_the_feed(team: Calendar, tmp_path: Path) -> None:
    """A client that goes by dates alone would keep the old language for ever."""
    path, day = tmp_path / "feeds", timedelta(days=1)

    def modified(after: timedelta) -> timedelta:
        cache = EventCache(path)
        found = published(team, TEAM, NOW + after, cache).modified
        cache.save()
        return found - NOW

    assert modified(day) == timedelta(0)
    assert modified(2 * day) == timedelta(0)
    with speaking(PSEUDO):
        assert modified(3 * day) == 3 * day
        assert modified(4 * day) == 3 * day
    with speaking(replace(PSEUDO, code="en-XB")):
        assert modified(5 * day) == 5 * day


def test_every_rule_has_a_title() -> None:
    assert {rule: rule.replace("-", " ").capitalize() for rule in RULES} == RULE_TITLES
