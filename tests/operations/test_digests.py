"""A digest comes when its member wants it, and about nothing that they muted."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from cadence.model.calendar import Calendar
from cadence.model.digest import NO_QUIET, Digest, Quiet
from cadence.model.errors import BadInput, Refused
from cadence.model.team import Member
from cadence.operations.digests import set_digest
from cadence.operations.edit import Edit
from cadence.operations.rota import set_rota
from tests.builders import NOW, a_calendar

ANNA, LUCA, GIULIA = 1, 2, 3


@pytest.fixture
def calendar() -> Calendar:
    """Anna, Luca, and Giulia, who is a lead."""
    return a_calendar().with_member("Anna").with_member("Luca").with_member("Giulia", role="lead").build()


def chosen(calendar: Calendar, member: int = ANNA, by: int | None = None, **how: object) -> Edit:
    return set_digest(calendar, calendar.members[by or member], member, now=NOW, **how)  # type: ignore[arg-type]


def digest_after(edit: Edit) -> Digest:
    (member,) = edit.puts
    assert isinstance(member, Member)
    return member.digest


def test_nobody_is_told_anything_until_they_want_it(calendar: Calendar) -> None:
    assert {member.digest.every for member in calendar.members.values()} == {"off"}


def test_it_says_when_it_will_come(calendar: Calendar) -> None:
    daily = chosen(calendar, every="daily")
    assert daily.said == "The digest of Anna comes every working day at 08:00"
    weekly = chosen(calendar, every="weekly", weekday="fri", at=time(16, 30), mute=["boosts", "ideas"])
    assert weekly.said == "The digest of Anna comes every Friday at 16:30, without ideas and boosts"
    assert chosen(daily.on(calendar), every="off").said == "The digest of Anna is off"


def test_what_is_not_given_stays(calendar: Calendar) -> None:
    before = chosen(calendar, every="daily", at=time(9), mute=["ideas"]).on(calendar)
    after = digest_after(chosen(before, mute=["boosts"], quiet=Quiet(0, 60)))
    assert (after.every, after.at, after.muted) == ("daily", time(9), ("ideas", "boosts"))
    assert digest_after(chosen(before, unmute=["ideas", "tasks"])).muted == ()


def test_only_new_times_begin_anew(calendar: Calendar) -> None:
    """What was due before somebody chose the times is not due."""
    before = chosen(calendar, every="daily").on(calendar)
    assert before.members[ANNA].digest.since == NOW
    later, anna = NOW + timedelta(days=1), before.members[ANNA]
    muted = set_digest(before, anna, ANNA, now=later, mute=["ideas"])
    moved = set_digest(before, anna, ANNA, now=later, at=time(9))
    assert (digest_after(muted).since, digest_after(moved).since) == (NOW, later)


def test_choosing_the_same_again_changes_nothing(calendar: Calendar) -> None:
    before = chosen(calendar, every="daily").on(calendar)
    assert not chosen(before, every="daily", at=time(8))


def test_it_is_for_the_member_to_choose_or_for_a_lead(calendar: Calendar) -> None:
    assert chosen(calendar, ANNA, by=GIULIA, every="daily")
    with pytest.raises(Refused, match="what Anna is told is for Anna to choose, or for a lead"):
        chosen(calendar, ANNA, by=LUCA, every="daily")
    lucas_week = set_rota(calendar, None, [LUCA], now=NOW).on(calendar)
    assert chosen(lucas_week, ANNA, by=LUCA, every="daily")
    with pytest.raises(Refused, match="nobody knows who you are"):
        set_digest(calendar, None, ANNA, now=NOW, every="daily")


def test_a_digest_in_its_own_quiet_hours_is_refused(calendar: Calendar) -> None:
    with pytest.raises(BadInput, match="a digest at 21:00 would come in the quiet hours 20:00-07:00"):
        chosen(calendar, at=time(21))
    assert chosen(calendar, at=time(21), quiet=NO_QUIET)


@pytest.mark.parametrize(
    ("quiet", "silent", "loud"),
    [
        (Quiet(20 * 60, 7 * 60), ("20:00", "23:59", "00:00", "06:59"), ("07:00", "19:59")),
        (Quiet(12 * 60, 13 * 60), ("12:00", "12:59"), ("11:59", "13:00", "00:00")),
        (NO_QUIET, (), ("00:00", "12:00")),
    ],
)
def test_quiet_hours_may_go_over_midnight(
    quiet: Quiet, silent: tuple[str, ...], loud: tuple[str, ...]
) -> None:
    assert all(quiet.holds(time.fromisoformat(clock)) for clock in silent)
    assert not any(quiet.holds(time.fromisoformat(clock)) for clock in loud)
