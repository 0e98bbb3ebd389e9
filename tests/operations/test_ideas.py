"""Ideas: anyone has one, all talk about it, somebody decides with a reason."""

import pytest

from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Idea
from cadence.model.rhythm import SlotKey
from cadence.operations import ideas
from cadence.operations.members import remove_member
from cadence.operations.posts import add_post
from tests.builders import NOW, a_calendar, day, local

ANNA, LUCA, GIULIA = 1, 2, 3


def a_team():
    return (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_member("Anna")
        .with_member("Luca")
        .with_member("Giulia", role="lead")
        .build()
    )


def with_idea(**fields):
    """Anna's idea 1."""
    return a_team().put(Idea(id=1, text="How we sharpen tools", author=ANNA, at=NOW, **fields))


def member(calendar, id):
    return calendar.members[id]


def test_anyone_has_an_idea():
    calendar = a_team()
    edit = ideas.add_idea(
        calendar, member(calendar, ANNA), "The lathe", now=NOW, channel=1, good_until=day("2026-12-24")
    )
    assert edit.said == "Anna had idea 1 “The lathe”"
    assert edit.puts == (
        Idea(id=1, text="The lathe", author=ANNA, at=NOW, channel=1, good_until=day("2026-12-24")),
    )


def test_an_idea_is_somebodys_and_good_for_some_time():
    calendar = a_team()
    with pytest.raises(Refused, match="nobody knows who you are"):
        ideas.add_idea(calendar, None, "The lathe", now=NOW)
    with pytest.raises(BadInput, match="Sun 22 Nov is over"):
        ideas.add_idea(calendar, member(calendar, ANNA), "The lathe", now=NOW, good_until=day("2026-11-22"))
    with pytest.raises(NotFound, match="no channel"):
        ideas.add_idea(calendar, member(calendar, ANNA), "The lathe", now=NOW, channel=9)


def test_everybody_but_the_author_has_one_vote():
    calendar = with_idea()
    with pytest.raises(Refused, match="is your own"):
        ideas.vote(calendar, member(calendar, ANNA), 1, now=NOW)
    voted = ideas.vote(calendar, member(calendar, LUCA), 1, now=NOW).on(calendar)
    assert voted.ideas[1].votes == (LUCA,)
    assert not ideas.vote(voted, member(calendar, LUCA), 1, now=NOW)
    assert ideas.unvote(voted, member(calendar, LUCA), 1, now=NOW).on(voted).ideas[1].votes == ()


def test_comments_stay_in_order_with_who_said_them():
    calendar = with_idea()
    calendar = ideas.comment(calendar, member(calendar, LUCA), 1, " With a film? ", now=NOW).on(calendar)
    calendar = ideas.comment(calendar, member(calendar, ANNA), 1, "Yes", now=NOW).on(calendar)
    assert [(said.by, said.text) for said in calendar.ideas[1].comments] == [
        (LUCA, "With a film?"),
        (ANNA, "Yes"),
    ]
    with pytest.raises(BadInput, match="empty comment"):
        ideas.comment(calendar, member(calendar, LUCA), 1, "  ", now=NOW)


def test_a_lead_decides_and_says_why():
    calendar = with_idea()
    giulia = member(calendar, GIULIA)
    with pytest.raises(BadInput, match="without a reason"):
        ideas.decline_idea(calendar, giulia, 1, " ", now=NOW)
    edit = ideas.decline_idea(calendar, giulia, 1, "We had it in May", now=NOW)
    assert edit.said == "Giulia declined idea 1 “How we sharpen tools” of Anna: We had it in May"
    declined = edit.on(calendar).ideas[1]
    assert (declined.state, declined.note, declined.decided_by) == ("declined", "We had it in May", GIULIA)
    again = ideas.reopen_idea(edit.on(calendar), giulia, 1, now=NOW).on(calendar)
    assert again.ideas[1] == calendar.ideas[1]


def test_others_do_not_decide_but_authors_may_give_up_their_own():
    calendar = with_idea()
    with pytest.raises(Refused, match="Luca does not lead"):
        ideas.decline_idea(calendar, member(calendar, LUCA), 1, "no", now=NOW)
    with pytest.raises(Refused, match="Anna does not lead"):
        ideas.accept_idea(calendar, member(calendar, ANNA), 1, now=NOW)
    parked = ideas.park_idea(calendar, member(calendar, ANNA), 1, "not before spring", now=NOW).on(calendar)
    assert parked.ideas[1].state == "parked"


def test_many_ideas_are_decided_at_once_with_one_reason_or_none_of_them():
    calendar, giulia = with_idea(), member(with_idea(), GIULIA)
    calendar = calendar.put(Idea(id=2, text="A day in the yard", author=LUCA, at=NOW))
    with pytest.raises(BadInput, match="without a reason"):
        ideas.decide_ideas(calendar, giulia, [1, 2], "parked", now=NOW)
    parked = ideas.decide_ideas(calendar, giulia, [1, 2], "parked", "in spring", now=NOW).on(calendar)
    assert [(idea.state, idea.note) for idea in parked.ideas.values()] == [("parked", "in spring")] * 2
    assert ideas.reopen_ideas(parked, giulia, [1, 2], now=NOW).on(parked).ideas == calendar.ideas
    with pytest.raises(Refused, match="Luca does not lead"):  # the second is his, the first is not
        ideas.decide_ideas(calendar, member(calendar, LUCA), [2, 1], "declined", "no", now=NOW)


def test_an_idea_that_is_planned_is_accepted_and_credits_its_author():
    calendar = with_idea()
    slot = SlotKey(1, local("2026-11-26T10:00"))
    edit = add_post(calendar, member(calendar, LUCA), 1, "Sharp!", now=NOW, slot=slot, idea=1)
    planned = edit.on(calendar)
    assert (planned.posts[1].idea, planned.posts[1].author) == (1, "Anna")
    assert (planned.ideas[1].state, planned.ideas[1].post, planned.ideas[1].decided_by) == (
        "accepted",
        1,
        LUCA,
    )
    with pytest.raises(Refused, match="has become post 1"):
        ideas.decline_idea(planned, member(calendar, GIULIA), 1, "no", now=NOW)


def test_who_accepted_an_idea_stays_when_somebody_else_plans_it():
    calendar = with_idea()
    calendar = ideas.accept_idea(calendar, member(calendar, GIULIA), 1, now=NOW, note="good").on(calendar)
    edit = add_post(
        calendar, member(calendar, LUCA), 1, "Sharp!", now=NOW, at=local("2026-11-27T10:00"), idea=1
    )
    after = edit.on(calendar).ideas[1]
    assert (after.decided_by, after.note, after.post) == (GIULIA, "good", 1)


def test_who_had_or_discussed_an_idea_stays_in_the_history_when_they_leave():
    calendar = with_idea()
    calendar = ideas.comment(calendar, member(calendar, LUCA), 1, "Nice", now=NOW).on(calendar)
    for id in (ANNA, LUCA):
        assert "leaves the team" in remove_member(calendar, None, id, now=NOW).said
