"""What colleagues send from their page is taken once and whole, whoever else is at work."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed
from cadence.model.post import Boost, TaskRef
from cadence.operations import handovers, ideas
from cadence.operations.edit import Edit, Who
from cadence.operations.feeds import revoke_feed
from cadence.operations.posts import add_post, edit_post
from cadence.store import open_store
from cadence.store.errors import Busy, ReadOnly
from cadence.web.forms import seal
from cadence.web.limits import Quota
from cadence.web.taking_part import TakingPart
from cadence.workspace import Workspace
from tests.builders import NOW, local
from tests.web.markup import Page
from tests.web.pages import ANNA, FORM, LUCA, Team, ideas_of, news, serving_colleagues


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Generator[Team]:
    with serving_colleagues(tmp_path_factory.mktemp("part") / "team.json") as team:
        yield team


# Ideas


def test_an_idea_takes_one_form_and_is_there_with_its_author(team: Team) -> None:
    page = team.page_of(ANNA)
    sent = page.suggest(
        "How we sharpen tools", channel="1", link="https://rossi.example/x", until="2026-12-24"
    )
    assert sent.status == 303
    assert sent.fields["cache-control"] == "no-store"
    (id,) = ideas_of(team, "How we sharpen tools")
    assert sent.fields["location"] == f"?said=idea-{id}"
    idea = team.calendar.ideas[id]
    assert (idea.author, idea.channel, idea.link, str(idea.good_until)) == (
        ANNA,
        1,
        "https://rossi.example/x",
        "2026-12-24",
    )
    with team.workspace() as workspace:
        change = workspace.history(limit=1)[0]
        assert (change.by, change.why) == (
            "Anna",
            f"Anna had idea {id} “How we sharpen tools” - on their page",
        )
    seen = page.look(sent.fields["location"])
    assert "Your idea is written down, and all can read it: “How we sharpen tools”." in news(seen)
    assert "Blog · good until Thu 24 Dec · link · open" in seen.text


def test_a_form_that_is_sent_twice_makes_one_idea(team: Team) -> None:
    page = team.page_of(ANNA)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(page.suggest, ["Twice is once"] * 4))
    assert {answer.status for answer in answers} == {303}
    assert len({answer.fields["location"] for answer in answers}) == 1
    assert len(ideas_of(team, "Twice is once")) == 1
    assert page.suggest("Twice is once", channel="1").status == 303  # this says more
    assert len(ideas_of(team, "Twice is once")) == 2


def test_what_was_decided_is_told_to_the_author_with_its_reason(team: Team) -> None:
    page = team.page_of(ANNA, "member")
    page.suggest("A photo of the canteen")
    (id,) = ideas_of(team, "A photo of the canteen")
    team.do(ideas.decline_idea, id, "We had one in <spring>.", who=LUCA)
    assert "A photo of the canteen declined by Luca We had one in <spring>." in page.look().text


def test_colleagues_vote_and_comment(team: Team) -> None:
    page = team.page_of(ANNA)
    team.do(ideas.add_idea, "Ask the apprentices", who=LUCA)
    (id,) = ideas_of(team, "Ask the apprentices")
    assert page.send("vote", id).fields["location"] == f"?said=vote-{id}"
    assert team.calendar.ideas[id].votes == (ANNA,)
    seen = page.look(f"?said=vote-{id}")
    assert news(seen) == "✓ You vote for “Ask the apprentices”."
    assert "1 vote, mine too" in seen.text
    assert page.send("unvote", id).status == 303
    for _ in range(2):
        assert page.send("comment", id, text="They start at 7.\r\n\r\n\r\n\r\nBring coffee!").status == 303
    (said,) = team.calendar.ideas[id].comments
    assert (said.by, said.text) == (ANNA, "They start at 7.\n\nBring coffee!")
    assert "Anna Mon 23 Nov They start at 7." in page.look().text
    assert page.send("vote", 999).status == 409


# What is asked


def test_a_boost_takes_one_click(team: Team) -> None:
    page = team.page_of(ANNA)
    team.do(add_post, 1, "The lathe is here", at=local("2026-11-20T10:00"))
    post = max(team.calendar.posts)
    team.do(edit_post, post, link="https://rossi.example/lathe")
    team.do(published_and_asked, post)
    seen = page.look()
    said = "New on our Blog: “The lathe is here” https://rossi.example/lathe"
    assert [area.text for area in seen.all("textarea", id=f"boost-{post}")] == [said]
    assert page.send("not-boosted", post).fields["location"] == f"?said=boost-{post}"
    assert "you would rather not" in news(page.look(f"?said=boost-{post}"))
    assert page.send("boosted", post).status == 303
    (boost,) = team.calendar.boosts.values()
    assert (boost.at, boost.declined) == (NOW, False)
    assert news(page.look(f"?said=boost-{post}")) == "✓ Thank you for passing “The lathe is here” on."
    assert page.send("boosted", 1).status == 409  # not out yet


def published_and_asked(calendar: Calendar, who: Who, post: int, *, now: Any) -> Edit:
    from msgspec.structs import replace

    out = replace(calendar.posts[post], state="published", published_at=NOW - timedelta(days=3))
    ask = Boost(id=calendar.next_id(Boost), post=post, member=ANNA, day=NOW.date())
    return Edit("Published", (out, ask))


def test_a_task_on_offer_is_taken_with_the_load_in_sight_or_declined(team: Team) -> None:
    page = team.page_of(ANNA)
    for kind in ("draft", "publish", "engage"):
        team.do(handovers.hand_over, TaskRef(1, kind), to=[ANNA], note="I am at the fair", who=LUCA)
    seen = page.look().part("asked")
    assert seen is not None
    assert "Draft: A day at the lathe Blog · 60 min · from Luca · your week: " in seen.text
    before, after = re.findall(r"your week: (\d+) % → (\d+) %", seen.text)[0]
    assert int(after) - int(before) == 100  # an hour, of the hour that she can give
    assert "I am at the fair" in seen.text
    assert page.send("take", "1-publish").fields["location"] == "?said=task-1-publish"
    assert news(page.look("?said=task-1-publish")) == (
        "✓ Thank you: the publishing of “A day at the lathe” is yours now."
    )
    assert page.send("decline", "1-engage").status == 303
    assert "you said no to the answering" in news(page.look("?said=task-1-engage"))
    team.do(handovers.withdraw_offer, TaskRef(1, "draft"), who=LUCA)
    refused = page.send("take", "1-draft")
    assert refused.status == 409
    assert "Luca has draft of post 1" in Page(refused.body).text
    assert "cadence " not in Page(refused.body).text
    assert [team.calendar.task(TaskRef(1, kind)).member for kind in ("draft", "publish", "engage")] == [
        2,
        1,
        2,
    ]


def test_what_an_address_asks_to_be_told_is_never_shown(team: Team) -> None:
    page, plain = team.page_of(ANNA), None
    for query in (
        "",
        "?said=%3Cb%3E",
        "?said=idea-99999",
        "?said=idea-1&x=1",
        "?said=task-1-nothing",
        "?said=boost-1",
    ):
        seen = team.server.ask(page.path + query)
        plain = plain or seen.body
        assert seen.body == plain, query


# With others at work


def test_forms_and_other_programs_write_side_by_side(team: Team) -> None:
    page = team.page_of(ANNA)

    def others() -> None:
        with team.workspace() as workspace:
            for number in range(20):
                workspace.run(edit_post, 1, title=f"A day at the lathe {number}", who=None, now=NOW)

    with ThreadPoolExecutor(3) as pool:
        busy = pool.submit(others)
        sent = [pool.submit(page.suggest, f"Side by side {number}") for number in range(8)]
        assert [answer.result().status for answer in sent] == [303] * 8
        busy.result()
    team.do(edit_post, 1, title="A day at the lathe")
    assert all(len(ideas_of(team, f"Side by side {number}")) == 1 for number in range(8))


def test_while_a_form_waits_for_its_turn_readers_do_not(team: Team) -> None:
    page = team.page_of(ANNA)
    page.look()
    store = open_store(team.path)
    with ThreadPoolExecutor(1) as pool:
        with store.transaction(by="somebody", why="", at=NOW):
            waiting = pool.submit(page.suggest, "Patience")
            for _ in range(5):
                assert team.server.ask(page.path).status == 200
            assert not waiting.done()
        assert waiting.result().status == 303
    store.close()


def answered(
    opening: Callable[[], Workspace], calendar: Calendar, feed: Feed, token: str, text: str
) -> tuple[Any, list[str]]:
    """The answer to an idea where the calendar to write to is opened like this, and what the log was told."""
    told: list[str] = []
    body = urlencode(
        {"do": "idea", "seal": seal(token, "idea", NOW), "text": text, "channel": "", "link": "", "until": ""}
    ).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def answer() -> Any:
        taking = TakingPart(opening, told.append, "http://localhost", Quota())
        headers = [(b"sec-fetch-site", b"same-origin"), (b"content-type", FORM.encode())]
        return await taking.answer({"headers": headers}, receive, calendar, feed, token, NOW)  # type: ignore[arg-type]

    return asyncio.run(answer()), told


def test_while_nothing_can_be_written_what_was_typed_is_shown_again(team: Team) -> None:
    page = team.page_of(ANNA)
    calendar = team.calendar
    feed = calendar.feeds[max(calendar.feeds)]
    for trouble in (Busy("somebody writes"), ReadOnly("the folder is read-only: /secret/place")):

        def opening(trouble: Exception = trouble) -> Workspace:
            raise trouble

        answer, told = answered(opening, calendar, feed, page.token, "Keep <this>")
        assert answer.status_code == 503
        seen = Page(answer.body)
        assert "The calendar cannot be changed at the moment. Try again in a minute." in seen.text
        assert [area.text for area in seen.all("textarea")] == ["Keep <this>"]
        assert b"secret" not in answer.body
        assert told == [f"a form could not be taken: {type(trouble).__name__}"]


def test_an_address_that_dies_while_a_form_is_on_its_way_writes_nothing(team: Team) -> None:
    page = team.page_of(ANNA)
    before = team.calendar
    feed = before.feeds[max(before.feeds)]
    team.do(revoke_feed, feed.id)
    answer, _ = answered(lambda: Workspace.open(team.path), before, feed, page.token, "Too late for me")
    assert answer.status_code == 404
    assert ideas_of(team, "Too late for me") == []


# What is written down. Last, because it stops the server.


def test_the_log_says_that_something_was_sent_and_nothing_of_it(team: Team) -> None:
    page = team.page_of(ANNA)
    page.suggest("A confidential idea")
    page.send_raw(b"do=idea&text=" + quote("A confidential idea").encode())
    team.server.stop()
    assert team.server.process.stderr is not None
    written = team.server.log.read_text() + team.server.process.stderr.read()
    assert "onfidential" not in written
    assert page.token not in written
    last = team.server.log_lines()[-1]
    assert last.items() >= {"method": "POST", "path": "/f/*", "status": 400}.items()
