"""Who may read a feed, and that an address that was given up stays dead."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cadence.insight.feeds import readable_feeds
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.feeds import Feed, digest_of, feed_with, new_token
from cadence.operations import channels, feeds, members
from cadence.store import create_store
from cadence.workspace import Workspace
from tests.builders import NOW, a_calendar, day

ONE, TWO = digest_of("one"), digest_of("two")


def a_team():
    return (
        a_calendar()
        .with_channel("Blog")
        .with_member("Anna")
        .with_member("Studio Blu", kind="partner")
        .build()
    )


def test_a_feed_says_who_reads_what():
    calendar = a_team()
    edit = feeds.new_feed(calendar, None, "Anna", "channel", ONE, now=NOW, member=1, of=1, states=["planned"])
    assert edit.said == "Anna may read the posts on Blog (planned): feed 1"
    assert edit.puts == (
        Feed(id=1, reader="Anna", kind="channel", digest=ONE, member=1, of=1, states=("planned",)),
    )


def test_a_partner_reads_their_own_tasks_and_nothing_else():
    calendar = a_team()
    for kind, of in (
        ("team", None),
        ("member", 1),
        ("tasks", 1),
        ("channel", 1),
        ("gaps", None),
        ("warnings", None),
    ):
        with pytest.raises(Refused, match="Studio Blu is a partner"):
            feeds.new_feed(calendar, None, "Studio Blu", kind, ONE, now=NOW, member=2, of=of)
    assert feeds.new_feed(calendar, None, "Studio Blu", "member", ONE, now=NOW, member=2, of=2)


def test_what_it_is_about_must_be_there():
    with pytest.raises(NotFound, match="there is no channel '7'"):
        feeds.new_feed(a_team(), None, "Anna", "channel", ONE, now=NOW, of=7)
    with pytest.raises(BadInput, match="a feed of kind tasks needs somebody or something to be about"):
        feeds.new_feed(a_team(), None, "Anna", "tasks", ONE, now=NOW)


def test_only_its_own_token_opens_a_feed():
    token, other = new_token(), new_token()
    assert len(token) == 43
    known = [
        Feed(id=1, reader="A", kind="team", digest=digest_of(token)),
        Feed(id=2, reader="B", kind="gaps", digest=digest_of(other)),
    ]
    assert feed_with(known, token) is known[0]
    assert feed_with(known, other) is known[1]
    for wrong in ("", token[:-1], token + "A", token.lower(), digest_of(token), "\ud800"):
        assert feed_with(known, wrong) is None


def test_feeds_end_with_the_member_and_the_channel_that_they_are_about():
    calendar = a_team().put(
        Feed(id=1, reader="Anna", kind="team", member=1, digest=ONE),
        Feed(id=2, reader="The board", kind="tasks", of=1, digest=TWO),
        Feed(id=3, reader="The board", kind="channel", of=1, digest="c" * 64),
    )
    gone = members.remove_member(calendar, None, 1, now=NOW).removes
    assert {value.id for value in gone if isinstance(value, Feed)} == {1, 2}
    gone = channels.remove_channel(calendar, None, 1, now=NOW).removes
    assert {value.id for value in gone if isinstance(value, Feed)} == {3}


@pytest.fixture
def workspace(tmp_path):
    return Workspace(create_store(tmp_path / "team.json"))


def test_neither_undo_nor_a_backup_brings_a_given_up_address_back(workspace, tmp_path):
    workspace.run(feeds.new_feed, "Anna", "team", ONE, who=None, now=NOW)
    workspace.run(feeds.new_feed, "The board", "gaps", "c" * 64, who=None, now=NOW)
    backup = workspace.backup(tmp_path / "then.log")
    rotated = workspace.run(feeds.rotate_feed, 1, TWO, who=None, now=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="address of feed 1 was given up for good"):
        workspace.undo(None, NOW, rotated.change.seq)
    revoked = workspace.run(feeds.revoke_feed, 1, who=None, now=NOW + timedelta(hours=2))
    with pytest.raises(Refused, match="given up for good"):
        workspace.undo(None, NOW, revoked.change.seq)
    workspace.restore(backup, who=None, now=NOW + timedelta(hours=3))
    assert list(workspace.calendar.feeds) == [2]


def test_a_new_feed_can_be_undone(workspace):
    workspace.run(feeds.new_feed, "Anna", "team", ONE, who=None, now=NOW)
    workspace.undo(None, NOW)
    assert not workspace.calendar.feeds


def test_who_becomes_a_partner_reads_the_team_no_more():
    calendar = a_team().put(
        Feed(id=1, reader="Anna", kind="team", member=1, digest=ONE),
        Feed(id=2, reader="Anna", kind="tasks", member=1, of=1, digest=TWO),
    )
    edit = members.edit_member(calendar, None, 1, now=NOW, kind="partner")
    assert [feed.id for feed in edit.removes if isinstance(feed, Feed)] == [1]
    assert edit.said == "Edited Anna; 1 feed that a partner may not read ended"


def test_who_has_left_reads_on_no_more():
    calendar = a_team().put(
        Feed(id=1, reader="Anna", kind="team", member=1, digest=ONE),
        Feed(id=2, reader="The board", kind="team", digest=TWO),
    )
    assert [feed.id for feed in readable_feeds(calendar, day("2026-11-30"))] == [1, 2]
    leaver = replace(calendar.members[1], active_to=day("2026-11-30"))
    assert [feed.id for feed in readable_feeds(calendar.put(leaver), day("2026-11-30"))] == [1, 2]
    assert [feed.id for feed in readable_feeds(calendar.put(leaver), day("2026-12-01"))] == [2]
