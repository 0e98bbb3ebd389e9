"""`cadence feed …`: links are shown once and opened by nobody who was not given them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cadence.ical.feeds.usage import Usage
from cadence.model.feeds import feed_with
from cadence.tui.qr import qr_rows
from cadence.workspace import Workspace
from tests.cli.conftest import Cadence

BASE = "http://127.0.0.1:8321/f/"


@pytest.fixture(autouse=True)
def _small_team(team: Path) -> None:
    """All of these act on the small team."""


def token_of(page: str) -> str:
    return page.removeprefix(BASE)


def test_a_member_reads_their_own_posts_unless_more_is_said(cadence: Cadence, team: Path) -> None:
    made = cadence("feed", "new", "Luca", "--json", "--as", "Anna").json
    page = made["links"].pop("page")
    assert len(token_of(page)) == 43
    assert made["links"] == {"feed": f"{page}.ics", "webcal": f"{page}.ics".replace("http", "webcal", 1)}
    assert made["only_this_computer"]
    assert made["said"] == "Luca may read the posts of Luca: feed 1"
    assert made["touched"] == [{"table": "feeds", "id": 1}]
    feed = feed_with(Workspace.open(team).calendar.feeds.values(), token_of(page))
    assert feed is not None
    assert (feed.reader, feed.member, feed.kind, feed.of) == ("Luca", 2, "member", 2)


def test_without_a_reader_it_is_mine(cadence: Cadence) -> None:
    assert cadence("feed", "new", "--as", "Anna").out.startswith("Anna may read the posts of Anna: feed 1\n")
    assert "does not know who you are" in cadence("feed", "new").err


@pytest.mark.parametrize(
    ("options", "shows"),
    [
        (("--team",), "every post"),
        (("--member", "Luca"), "the posts of Luca"),
        (("--channel", "Blog", "--state", "planned", "--state", "drafted"), "the posts on Blog"),
        (("--gaps",), "the gaps"),
        (("--warnings",), "all warnings"),
        (("--tasks", "Luca"), "the tasks of Luca"),
    ],
)
def test_a_feed_shows_what_its_option_says(cadence: Cadence, options: tuple[str, ...], shows: str) -> None:
    made = cadence("feed", "new", "The board", *options, "--back", 7, "--ahead", 30)
    assert made.status == 0, made.err
    assert made.out.startswith(f"The board may read {shows}")
    (form,) = cadence("feed", "list", "--json").json["feeds"]
    assert (form["reader"], form["member"], form["back"], form["ahead"]) == ("The board", None, 7, 30)


def test_the_links_come_once_with_what_to_know(cadence: Cadence, team: Path) -> None:
    out = cadence("feed", "new", "The board", "--team").out
    page = next(line.split()[1] for line in out.splitlines() if line.startswith("  page "))
    assert f"  feed    {page}.ics\n" in out
    assert "They are not shown again" in out
    assert "`cadence feed revoke 1` ends it" in out
    assert "cadence team edit --feed-url" in out
    token = token_of(page)
    for words in (
        ("feed", "list"),
        ("feed", "list", "--json"),
        ("log",),
        ("log", "--json"),
        ("export", "team"),
    ):
        assert token not in cadence(*words).out
    written = [file for file in team.parent.rglob("*") if file.is_file()]
    assert not [file for file in written if token.encode() in file.read_bytes()]


def test_where_others_reach_it_nothing_is_said_of_this_computer(cadence: Cadence) -> None:
    cadence("team", "edit", "--feed-url", "https://calendar.example.com/")
    made = cadence("feed", "new", "The board", "--gaps")
    assert "  page    https://calendar.example.com/f/" in made.out
    assert "this computer" not in made.out


def test_the_qr_code_is_that_of_the_page(cadence: Cadence) -> None:
    plain = cadence("feed", "new", "The board", "--gaps")
    assert "█" not in plain.out, "into a file it comes only when it is asked for"
    out = cadence("feed", "rotate", 1, "--qr").out
    page = next(line.split()[1] for line in out.splitlines() if line.startswith("  page "))
    assert "\n".join(f"  {row}" for row in qr_rows(page, light=True)) in out


def test_a_new_link_kills_the_one_before(cadence: Cadence, team: Path) -> None:
    old = cadence("feed", "new", "The board", "--team", "--json").json["links"]["page"]
    new = cadence("feed", "rotate", 1, "--json").json["links"]["page"]
    feeds = Workspace.open(team).calendar.feeds.values()
    assert feed_with(feeds, token_of(old)) is None
    assert feed_with(feeds, token_of(new)) is not None


def test_a_revoked_feed_is_gone(cadence: Cadence) -> None:
    cadence("feed", "new", "The board", "--team")
    assert "is revoked" in cadence("feed", "revoke", 1).out
    assert cadence("feed", "list").out == "Nobody reads a feed yet: `cadence feed new` makes one.\n"
    assert cadence("feed", "revoke", 1).status == 2
    assert "given up for good" in cadence("undo").err


def test_the_list_says_when_a_feed_was_last_read(cadence: Cadence, team: Path) -> None:
    cadence("feed", "new", "The board", "--team")
    assert cadence("feed", "list").out.splitlines()[1].endswith("never")
    usage = Usage(Workspace.open(team).notes)
    usage.used(1, datetime(2026, 11, 23, 8, 15, tzinfo=UTC))
    usage.flush()
    assert cadence("feed", "list").out.splitlines()[1].endswith("Mon 23 Nov 09:15")
    (form,) = cadence("feed", "list", "--json").json["feeds"]
    assert form["last_used"] == "2026-11-23T09:15:00+01:00"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("Lucca", "--gaps"), "did you mean Luca? - write the whole name"),
        (("The board",), "say what they may read - --team, --channel CHANNEL"),
        (("Luca", "--team", "--gaps"), "choose one of --team and --gaps"),
        (("Luca", "--channel", "Radio"), "there is no channel 'Radio'"),
        (("Luca", "--gaps", "--state", "planned"), "gaps have no state"),
        (("Studio Blu", "--team"), "partners see their own tasks only"),
        (("Studio Blu", "--tasks", "Luca"), "partners see their own tasks only"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(cadence: Cadence, words: tuple[str, ...], says: str) -> None:
    done = cadence("feed", "new", *words)
    assert done.status == 2
    assert says in done.err
    assert done.err.count("\n") == 1
    assert cadence("feed", "list", "--json").json["feeds"] == []


def test_a_guest_may_be_called_nearly_like_a_member(cadence: Cadence) -> None:
    assert cadence("feed", "new", "Lucca", "--gaps", "--outside").status == 0
