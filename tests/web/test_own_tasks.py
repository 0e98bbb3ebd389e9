"""What somebody says of their own tasks on their page: done, out, or not; and what is free for them."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, FeedKind, digest_of, new_token
from cadence.model.post import TaskRef
from cadence.model.team import TaskKind
from cadence.operations.feeds import new_feed, revoke_feed
from cadence.operations.ideas import add_idea
from cadence.operations.posts import add_post
from cadence.operations.tasks import assign, task_done
from cadence.web.deeds import FORMS
from cadence.web.forms import seal
from cadence.web.free_tasks import free_lines
from cadence.web.own_tasks import to_say
from cadence.web.rights import OF_OWN_TASKS, may_send, participant, writer
from tests.builders import NOW, a_calendar, local
from tests.web.markup import Page
from tests.web.pages import ANNA, BLU, LUCA, ReaderPage, Team, news, serving_colleagues


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Generator[Team]:
    with serving_colleagues(tmp_path_factory.mktemp("own") / "team.json") as team:
        yield team


def a_post(team: Team, title: str, at: str, **tasks: int) -> int:
    """A post on which members have tasks."""
    team.do(add_post, 1, title, at=local(at))
    post = max(team.calendar.posts)
    for kind, member in tasks.items():
        team.do(assign, TaskRef(post, kind), member, force=True)  # type: ignore[arg-type]
    return post


def actions(page: Page) -> set[str]:
    """What the forms of a page do."""
    return {one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "do"}


def buttons(page: Page) -> list[str]:
    return [button.text for button in page.all("button")]


# Done


def test_a_task_is_done_by_one_press_and_signed(team: Team) -> None:
    page = team.page_of(ANNA, "member")
    post = a_post(team, "The new crane", "2026-12-04T10:00", draft=ANNA)
    assert "Done the draft of The new crane" in buttons(page.look())
    sent = page.send("done", f"{post}-draft")
    assert (sent.status, sent.fields["location"]) == (303, f"?said=done-{post}-draft")
    seen = page.look(sent.fields["location"])
    assert news(seen) == "✓ Thank you: the draft of “The new crane” is done."
    assert "Not done after all the draft of The new crane" in buttons(seen)
    task = team.calendar.task(TaskRef(post, "draft"))
    assert (task.done_at, task.done_by) == (NOW, ANNA)
    with team.workspace() as workspace:
        last = workspace.history(limit=1)[0]
        assert (last.by, last.why.rpartition(" - ")[2]) == ("Anna", "on their page")
        assert page.send("done", f"{post}-draft").status == 303  # the second click
        assert workspace.history(limit=1)[0].seq == last.seq


def test_it_is_not_done_after_all(team: Team) -> None:
    page, post = team.page_of(ANNA), a_post(team, "The old crane", "2026-12-04T11:00", draft=ANNA)
    page.send("done", f"{post}-draft")
    sent = [page.send("not-done", f"{post}-draft") for _ in range(2)]
    assert [answer.status for answer in sent] == [303, 303]
    assert (
        news(page.look(sent[0].fields["location"])) == "✓ Noted: the draft of “The old crane” is still to do."
    )
    assert not team.calendar.task(TaskRef(post, "draft")).is_done
    assert team.calendar.posts[post].state == "planned"


def test_a_colleague_can_undo_it(team: Team) -> None:
    page, post = team.page_of(ANNA), a_post(team, "The third crane", "2026-12-04T12:00", draft=ANNA)
    page.send("done", f"{post}-draft")
    with team.workspace() as workspace:
        change = workspace.history(limit=1)[0].seq
        workspace.undo(workspace.calendar.members[LUCA], NOW, change)
    assert not team.calendar.task(TaskRef(post, "draft")).is_done


def test_what_somebody_else_does_is_not_theirs_to_say(team: Team) -> None:
    page, post = team.page_of(ANNA), a_post(team, "Not hers", "2026-12-04T13:00", draft=LUCA)
    refused = page.send("done", f"{post}-draft")
    assert refused.status == 409
    nothing = page.send("done", "99999-draft")
    assert (nothing.status, Page(nothing.body).text) == (409, Page(refused.body).text)
    team.do(task_done, TaskRef(post, "draft"), who=LUCA)
    assert page.send("not-done", f"{post}-draft").status == 409
    assert team.calendar.task(TaskRef(post, "draft")).is_done
    of_another = team.page_of(LUCA, "member")
    assert not {"done", "not-done", "published"} & actions(page_about(team, LUCA, by=ANNA).look())
    assert "Not done after all the draft of Not hers" in buttons(of_another.look())


def page_about(team: Team, member: int, by: int) -> ReaderPage:
    """A page that tells somebody else of a member."""
    token = new_token()
    team.do(new_feed, "A curious colleague", "member", digest_of(token), member=by, of=member)
    return ReaderPage(team.server, token)


def test_what_is_no_task_is_refused(team: Team) -> None:
    page, before = team.page_of(ANNA), team.calendar.posts
    for about in ("", "1", "1-", "-draft", "1-nothing", "١-draft", "1-draft-", "1-publish", "<b>-draft"):
        assert page.send_raw(urlencode(page.hidden("done", about)).encode()).status == 400, about
    assert team.page_of(ANNA).send("published", "1-draft", link="").status == 400
    assert team.calendar.posts == before


# Out


def test_who_publishes_says_so_with_the_link_if_there_is_one(team: Team) -> None:
    page = team.page_of(ANNA)
    post = a_post(team, "Open day", "2026-11-23T09:30", publish=ANNA)
    assert "It is out: Open day" in buttons(page.look())
    wrong = page.send("published", f"{post}-publish", link="see our <page>")
    assert wrong.status == 422
    again = Page(wrong.body)
    assert "The link is no web address" in again.text
    (field,) = again.all("input", id=f"link-{post}-publish")
    assert field.attributes["value"] == "see our <page>"
    sent = page.send("published", f"{post}-publish", link="")
    assert news(page.look(sent.fields["location"])) == "✓ Thank you: “Open day” is out."
    out = team.calendar.posts[post]
    assert (out.state, out.published_at, out.link, out.tasks["publish"].done_by) == (
        "published",
        NOW,
        None,
        ANNA,
    )
    for status, link in [(303, "https://rossi.example/open"), (303, "https://rossi.example/open"), (303, "")]:
        assert page.send("published", f"{post}-publish", link=link).status == status
    assert team.calendar.posts[post].link == "https://rossi.example/open"
    other = page.send("published", f"{post}-publish", link="https://rossi.example/other")
    assert (other.status, "with another link" in Page(other.body).text) == (409, True)


def test_nothing_is_out_before_its_day(team: Team) -> None:
    page, post = team.page_of(ANNA), a_post(team, "Tomorrow", "2026-11-24T10:00", publish=ANNA, engage=ANNA)
    theirs = [button for button in buttons(page.look()) if "Tomorrow" in button]
    assert [button for button in theirs if not button.startswith("I take it")] == []
    early = page.send("published", f"{post}-publish", link="https://rossi.example/x")
    assert (early.status, "“Tomorrow” goes out on Tue 24 Nov" in Page(early.body).text) == (409, True)
    answering = page.send("done", f"{post}-engage")
    assert (answering.status, "is not out yet" in Page(answering.body).text) == (409, True)


# A partner's page


def test_a_partner_says_done_and_nothing_else(team: Team) -> None:
    page = team.page_of(BLU, "member")
    post = a_post(team, "The catalogue", "2026-11-23T11:00", design=BLU, publish=BLU, draft=LUCA)
    team.do(add_idea, "A secret idea", who=LUCA)
    idea = max(team.calendar.ideas)
    seen = page.look()
    assert actions(seen) == {"done", "published"}
    assert [part.attributes["id"] for part in seen.all("section")] == ["tasks", "subscribe"]
    before = team.calendar
    assert page.suggest("Not mine to give").status == 405
    for action in (
        "comment",
        "vote",
        "unvote",
        "boosted",
        "not-boosted",
        "take",
        "decline",
        "claim",
        "",
        "x",
    ):
        sent = page.send_raw(urlencode({"do": action, "seal": seal(page.token, action, NOW)}).encode())
        assert sent.status == 405, action
    refusals = {page.send("done", f"{number}-draft").body for number in (post, 1, 99999)}
    assert len(refusals) == 1
    assert "Luca" not in Page(refusals.pop()).text
    assert team.calendar.posts == before.posts
    for about in (f"idea-{idea}", f"vote-{idea}", "task-1-draft", f"done-{post}-draft", "boost-1"):
        assert page.look(f"?said={about}").text == seen.text, about
    assert page.send("done", f"{post}-design").status == 303
    assert page.send("published", f"{post}-publish", link="https://rossi.example/c").status == 303
    after = team.calendar.posts[post]
    assert (after.state, after.tasks["design"].done_by, after.tasks["draft"].is_done) == (
        "published",
        BLU,
        False,
    )
    assert "Luca" not in page.look(f"?said=done-{post}-publish").text


def test_a_partner_s_form_is_guarded_as_any_other(team: Team) -> None:
    page = team.page_of(BLU, "tasks")
    post = a_post(team, "The leaflet", "2026-12-04T15:00", design=BLU)
    assert "form-action 'self'" in team.server.ask(page.path).fields["content-security-policy"]
    about = f"{post}-design"
    for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert page.send("done", about, headers).status == 403
    fields = {"do": "done", "about": about}
    for sealed in ("", seal(page.token, "not-done", NOW), seal(page.token, "done", NOW - timedelta(days=2))):
        assert page.send_raw(urlencode({**fields, "seal": sealed}).encode()).status == 403
    team.do(revoke_feed, max(team.calendar.feeds))
    assert page.send("done", about).status == 404
    assert not team.calendar.task(TaskRef(post, "design")).is_done
    assert {"done", "not-done", "published"} == OF_OWN_TASKS


@pytest.mark.parametrize(
    ("kind", "of", "reader", "fields", "may"),
    [
        ("team", None, ANNA, {}, "all"),
        ("member", ANNA, ANNA, {}, "all"),
        ("tasks", ANNA, ANNA, {}, "all"),
        ("member", BLU, BLU, {}, "own"),
        ("tasks", BLU, BLU, {}, "own"),
        ("member", BLU, ANNA, {}, "none"),
        ("member", ANNA, BLU, {}, "none"),
        ("channel", 1, ANNA, {}, "none"),
        ("gaps", None, ANNA, {}, "none"),
        ("warnings", None, BLU, {}, "none"),
        ("team", None, None, {}, "none"),
        ("team", None, 4, {}, "none"),
        ("member", ANNA, ANNA, {"states": ("planned",)}, "none"),
        ("tasks", BLU, BLU, {"states": ("planned",)}, "none"),
    ],
)
def test_who_may_send_what(
    kind: FeedKind, of: int | None, reader: int | None, fields: dict[str, Any], may: str
) -> None:
    builder = a_calendar().with_channel("Blog").with_member("Anna").with_member("Luca")
    builder.with_member("Studio Blu", kind="partner")
    calendar = builder.with_member("Who left", active_to=(NOW - timedelta(days=1)).date()).build()
    feed = Feed(id=1, reader="A reader", kind=kind, of=of, member=reader, digest="0" * 64, **fields)
    found = writer(calendar, feed, NOW)
    sendable = {action for action in FORMS if found is not None and may_send(found, action)}
    assert sendable == {"all": set(FORMS), "own": OF_OWN_TASKS, "none": set[str]()}[may]
    assert (participant(calendar, feed, NOW) is not None) == (may == "all")


# What may be said


def say(calendar: Calendar, kind: TaskKind, member: str = "Anna", post: int = 1) -> str:
    return to_say(calendar, calendar.member(member), TaskRef(post, kind), NOW)


def test_what_may_be_said_depends_on_the_task_and_the_day() -> None:
    builder = a_calendar().with_channel("Blog").with_member("Anna").with_member("Elena")
    everything: dict[TaskKind, str | None] = dict.fromkeys(("draft", "design", "publish", "engage"), "Anna")
    calendar = (
        builder.with_post("Blog", "2026-12-10T10:00", tasks={**everything, "review": "Anna"}, done=["design"])
        .with_post("Blog", "2026-11-23T23:30", tasks=everything)
        .build()
    )
    kinds: tuple[TaskKind, ...] = ("draft", "design", "publish", "engage")
    assert [say(calendar, kind) for kind in kinds] == ["", "not-done", "", ""]  # she cannot review her draft
    assert [say(calendar, kind, post=2) for kind in kinds] == ["done", "done", "published", ""]
    out = replace(calendar.posts[2], state="published", published_at=NOW)
    assert [say(calendar.put(out), kind, post=2) for kind in kinds] == ["", "", "", "done"]
    design = replace(calendar.posts[1].tasks["design"], done_at=NOW - timedelta(days=1))
    long_ago = replace(calendar.posts[1], tasks={**calendar.posts[1].tasks, "design": design})
    assert say(calendar.put(long_ago), "design") == ""
    by_elena = replace(calendar.posts[1], tasks={"design": replace(design, done_at=NOW, done_by=2)})
    assert say(calendar.put(by_elena), "design") == ""


# What is free


def test_a_free_task_is_taken_with_the_load_in_sight(team: Team) -> None:
    page = team.page_of(ANNA)
    free = free_lines(team.calendar, ANNA, NOW)
    assert 0 < len(free) <= 3
    seen = page.look()
    text = f"{free[0].minutes} min · Blog · your week: {free[0].load}"
    assert text in seen.text
    sent = [page.send("claim", free[0].about) for _ in range(2)]
    assert [answer.status for answer in sent] == [303, 303]
    assert "is yours now" in news(page.look(sent[0].fields["location"]))
    post, _, kind = free[0].about.partition("-")
    ref = TaskRef(int(post), kind)  # type: ignore[arg-type]
    assert team.calendar.task(ref).member == ANNA
    late = team.page_of(LUCA).send("claim", free[0].about)
    assert (late.status, "Anna has" in Page(late.body).text) == (409, True)
    assert free[0].about not in {line.about for line in free_lines(team.calendar, ANNA, NOW)}


def test_only_what_fits_is_offered_the_most_urgent_first_and_three_at_most() -> None:
    builder = a_calendar().with_channel("Blog").with_member("Anna", allowance=70).with_member("Elena")
    for number, day in enumerate(("2026-12-10", "2026-12-03", "2026-12-17"), 1):
        builder.with_post("Blog", f"{day}T10:00", f"Post {number}", tasks={"draft": "Elena"})
    calendar = builder.build()
    found = free_lines(calendar, 1, NOW)
    assert [line.about for line in found] == ["2-design", "2-review", "2-publish"]
    assert (found[1].minutes, found[1].due, found[1].load) == (15, "by Wed 2 Dec", "0 % → 21 %")
    full = calendar.put(replace(calendar.members[1], allowance=10))
    assert {line.about.partition("-")[2] for line in free_lines(full, 1, NOW)} == {"publish"}
    skipped = calendar.put(replace(calendar.posts[2], state="skipped"))
    assert free_lines(skipped, 1, NOW)[0].about == "1-design"
    # Elena writes the drafts, so their reviews are not for her, and they leave her half an hour.
    busy = calendar.put(replace(calendar.members[2], allowance=90))
    assert [line.about for line in free_lines(busy, 2, NOW)] == ["2-design", "2-publish", "2-engage"]


def test_what_went_out_may_still_be_answered_but_not_drafted() -> None:
    builder = a_calendar().with_channel("Blog").with_member("Anna")
    calendar = builder.with_post("Blog", "2026-11-23T08:00").build()
    out = replace(calendar.posts[1], state="published", published_at=NOW)
    assert [line.about for line in free_lines(calendar.put(out), 1, NOW)] == ["1-engage"]
