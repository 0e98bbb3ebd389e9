"""What findings say is translated as a whole; the pseudo-language shows every plain word that is not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest

from cadence.exchange.sample import sample_steps
from cadence.insight.boosting import suggested_text
from cadence.insight.capacity import diary
from cadence.insight.digest import Matter, digest
from cadence.insight.free import FreeTime, busy_doubts, free_text
from cadence.insight.review import review
from cadence.insight.warnings import RULES, Warning
from cadence.insight.warnings.promise import thinner
from cadence.insight.words import days_text, length_text, list_text, money_text, share_text, span_text
from cadence.language import speaking
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.planner.explaining.advice import advised_warnings
from cadence.planner.explaining.explain import explain
from cadence.workspace import Workspace
from tests.insight.warned import a_blog, found
from tests.pseudo import PSEUDO, escaped

MORNING = datetime(2026, 11, 25, 9, tzinfo=UTC)
MOMENTS = (MORNING, MORNING + timedelta(days=20))


@cache
def sample() -> Calendar:
    workspace = Workspace.open("memory:")
    for step in sample_steps(MORNING.date()):
        workspace.run(step.operation, step.argument, why=step.why, who=None, now=MORNING)
    return workspace.calendar


@pytest.fixture
def pseudo() -> Iterator[None]:
    with speaking(PSEUDO):
        yield


def own_words(calendar: Calendar) -> set[str]:
    """What people called things: members, channels, posts (long titles are cut), ideas, holidays."""
    titles = {post.title for post in calendar.posts.values()}
    return {
        *(member.name for member in calendar.members.values()),
        *(channel.name for channel in calendar.channels.values()),
        *titles,
        *(title[:39] for title in titles),
        *(
            words
            for idea in calendar.ideas.values()
            for words in (idea.text, idea.text[:60], idea.note)
            if words
        ),
        *filter(None, calendar.team.holidays.values()),
        *filter(None, (post.skip_reason for post in calendar.posts.values())),
    }


def said_by(warnings: list[Warning]) -> Iterator[str]:
    for warning in warnings:
        yield warning.cause
        yield from (way.text for way in warning.ways_out)


def plain_words(texts: Iterator[str], calendar: Calendar) -> dict[str, list[str]]:
    own = own_words(calendar)
    return {text: words for text in texts if (words := escaped(text, own))}


@pytest.mark.usefixtures("pseudo")
def test_no_word_of_a_warning_or_a_way_out_is_left_in_english() -> None:
    warnings = [warning for now in MOMENTS for warning in advised_warnings(sample(), now)]
    assert len({warning.rule for warning in warnings}) >= len(RULES) / 2
    assert plain_words(said_by(warnings), sample()) == {}


@pytest.mark.usefixtures("pseudo")
def test_no_word_of_an_explanation_is_left_in_english() -> None:
    calendar, said = sample(), list[str]()
    open_tasks = (
        TaskRef(post.id, kind)
        for post in calendar.posts.values()
        for kind, task in post.tasks.items()
        if post.is_open and not task.is_done
    )
    for ref, _place in zip(open_tasks, range(25), strict=False):
        told = explain(calendar, ref, MORNING)
        said += [told.strain, told.nobody, *(text for _member, text in told.others)]
        said += [text for one in told.could for text in (one.reason, one.note)]
        said += [remedy.way.text for remedy in told.remedies]
    assert any(said)
    assert plain_words(iter(said), calendar) == {}


@pytest.mark.usefixtures("pseudo")
def test_no_word_of_a_digest_or_a_review_is_left_in_english() -> None:
    calendar, said = sample(), list[str]()
    matter = Matter(warnings=advised_warnings(calendar, MORNING))
    for member in calendar.members.values():
        message = digest(calendar, member, MORNING - timedelta(days=7), MORNING, matter)
        if message:
            said += [message.subject.removeprefix("Cadence"), *message.text.splitlines()]
    looked = review(calendar, (), MORNING - timedelta(days=90), MORNING, MORNING)
    said += [missed.cause for missed in looked.missed]
    assert said
    links = {post.link for post in calendar.posts.values() if post.link}
    said = [text for text in said if not any(link in text for link in links)]
    assert plain_words(iter(said), calendar) == {}


def test_a_warning_is_the_same_one_in_every_language() -> None:
    english = [(one.key, one.severity) for one in advised_warnings(sample(), MORNING)]
    with speaking(PSEUDO):
        assert [(one.key, one.severity) for one in advised_warnings(sample(), MORNING)] == english


def test_the_same_calendar_is_told_in_english_again_after_another_language() -> None:
    before = list(said_by(advised_warnings(sample(), MORNING)))
    with speaking(PSEUDO):
        assert list(said_by(advised_warnings(sample(), MORNING))) != before
    assert list(said_by(advised_warnings(sample(), MORNING))) == before


@pytest.mark.usefixtures("pseudo")
def test_small_words_are_translated_too() -> None:
    texts = [
        days_text(timedelta(days=3)),
        length_text(7 * 24 * 60),
        list_text(("1", "2", "3", "4", "5", "6")),
        list_text(("1", "2")),
        share_text(None),
        span_text(date(2026, 11, 26), date(2026, 11, 27)),
        free_text(FreeTime(working=2400, busy=120, away=480, holiday=480)),
        suggested_text("1", "2", "3", "4"),
        (thinner("FREQ=WEEKLY;BYDAY=TU,TH") or ("", ""))[1],
        (thinner("FREQ=DAILY;INTERVAL=3") or ("", ""))[1],
    ]
    assert [text for text in texts if escaped(text)] == []
    assert money_text(1250) == "12,50 €"
    assert days_text(timedelta(days=1.5)).startswith("1,5 ")


def test_days_and_months_are_italian() -> None:
    warning = found(a_blog(start="2026-11-24"), "empty-slot")[0]
    with speaking("it"):
        again = found(a_blog(start="2026-11-24"), "empty-slot")[0]
    assert "Tue 24 Nov 09:00" in warning.cause
    assert "mar 24 nov 09:00" in again.cause


@pytest.mark.usefixtures("pseudo")
def test_why_somebody_is_not_there_is_translated() -> None:
    calendar = sample()
    said: list[str] = []
    for member in calendar.members:
        said += [diary(calendar, member).why_blocked(date(2026, 12, day)) for day in range(1, 32)]
        said += busy_doubts(calendar, member, date(2027, 6, 1), MORNING)
    assert len(set(said)) > 3
    assert plain_words(iter(said), calendar) == {}
