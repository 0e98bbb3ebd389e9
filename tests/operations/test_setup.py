"""A whole team at once from a plan, and many posts at once from rows; importing twice adds nothing."""

from datetime import time

import msgspec
import pytest

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError, NotFound, Refused
from cadence.model.rhythm import Pause, SlotKey
from cadence.model.team import STANDARD_STEPS, Skill, Team
from cadence.operations.imports import import_posts, import_publications
from cadence.operations.setup import (
    UNTITLED,
    AbsencePlan,
    ChannelPlan,
    MemberPlan,
    PostRow,
    PublicationRow,
    RhythmPlan,
    SkillPlan,
    TaskRow,
    TeamPlan,
    WorkflowPlan,
    set_up,
    team_plan,
)
from tests.builders import NOW, CalendarBuilder, a_calendar, day, local, utc

PLAN = TeamPlan(
    team=Team(name="Officine Rossi", zone="Europe/Rome", holidays={day("2026-12-25"): "Natale"}),
    workflows=(WorkflowPlan(name="Full", steps=STANDARD_STEPS),),
    channels=(
        ChannelPlan(name="Chat"),
        ChannelPlan(
            name="Blog",
            workflow="full",
            max_per_day=2,
            rhythms=(
                RhythmPlan(
                    rrule="FREQ=WEEKLY;BYDAY=TH",
                    at=time(10),
                    start=day("2026-11-05"),
                    pauses=(Pause(day("2026-12-24"), day("2027-01-06"), "holidays"),),
                ),
            ),
        ),
    ),
    members=(
        MemberPlan(name="Anna", role="lead", skills=(SkillPlan("draft", "blog", "expert"),)),
        MemberPlan(name="Bea", absences=(AbsencePlan(day("2026-12-01"), day("2026-12-05"), "leave"),)),
    ),
)


class TestSetUp:
    def test_names_become_ids(self):
        calendar = set_up(Calendar.empty(), None, PLAN, now=NOW).on(Calendar.empty())
        blog, bea = calendar.channel("Blog"), calendar.member("Bea")
        assert (blog.id, blog.workflow, calendar.rhythms_of(blog.id)[0].at) == (2, 1, time(10))
        assert calendar.member("Anna").skills == (Skill("draft", blog.id, "expert"),)
        assert [absence.reason for absence in calendar.absences_of(bea.id)] == ["leave"]

    def test_a_plan_made_from_the_calendar_makes_the_same_calendar_again(self):
        first = set_up(Calendar.empty(), None, PLAN, now=NOW).on(Calendar.empty())
        again = set_up(Calendar.empty(), None, team_plan(first), now=NOW).on(Calendar.empty())
        for table in ("team", "members", "channels", "workflows", "rhythms", "absences"):
            assert getattr(again, table) == getattr(first, table)

    def test_only_an_empty_calendar_is_set_up(self):
        with pytest.raises(Refused, match="calendar of Officine Rossi already"):
            set_up(a_calendar().build(), None, PLAN, now=NOW)

    @pytest.mark.parametrize(
        ("plan", "reason"),
        [
            (
                msgspec.structs.replace(PLAN, workflows=()),
                "channel Blog names the workflow 'full', which is not in the plan",
            ),
            (
                msgspec.structs.replace(PLAN, channels=()),
                "member Anna names the channel 'blog', which is not in the plan",
            ),
            (
                msgspec.structs.replace(PLAN, members=(MemberPlan(name="Anna"), MemberPlan(name="anna"))),
                "there is a member called Anna already",
            ),
        ],
        ids=["unknown workflow", "unknown channel", "same name"],
    )
    def test_what_a_plan_names_must_be_in_it_once(self, plan, reason):
        with pytest.raises(CadenceError, match=reason):
            set_up(Calendar.empty(), None, plan, now=NOW)


def a_blog() -> CalendarBuilder:
    return (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", "2026-11-05")
        .with_member("Anna")
        .with_member("Bea")
    )


def a_row(**fields) -> PostRow:
    return PostRow(**{"channel": "blog", "at": local("2026-11-26T10:00"), "title": "Storia", **fields})


class TestImportPublications:
    rows = (
        PublicationRow(channel="Blog", at=utc("2026-11-12T09:00"), title="One", author="Ada"),
        PublicationRow(channel="Blog", at=utc("2026-11-19T09:00"), title="Two"),
    )

    def test_they_are_published_without_tasks(self):
        calendar = import_publications(a_blog().build(), None, self.rows, now=NOW).on(a_blog().build())
        one = calendar.post(1)
        assert (one.state, one.author, one.tasks, one.slot) == ("published", "Ada", {}, None)
        assert (one.published_at, one.at) == (utc("2026-11-12T09:00"), local("2026-11-12T10:00"))

    def test_twice_adds_nothing(self):
        calendar = import_publications(a_blog().build(), None, self.rows, now=NOW).on(a_blog().build())
        again = import_publications(calendar, None, self.rows, now=NOW)
        assert not again
        assert again.said == "Imported 0 publications, 2 were here already"

    def test_a_row_that_is_there_twice_counts_once(self):
        assert len(import_publications(a_blog().build(), None, self.rows * 2, now=NOW).puts) == 2

    def test_two_publications_of_one_day_without_titles_are_two(self):
        rows = [PublicationRow(channel="Blog", at=utc("2026-11-12T09:00"), title=UNTITLED)] * 2
        edit = import_publications(a_blog().build(), None, rows, now=NOW)
        assert len(edit.puts) == 2
        assert not import_publications(edit.on(a_blog().build()), None, rows, now=NOW)

    def test_a_row_in_the_future_or_on_an_unknown_channel_is_named(self):
        late = PublicationRow(channel="Blog", at=utc("2027-01-01T09:00"), title="Late")
        with pytest.raises(BadInput, match="row 3, 'Late', is still to come"):
            import_publications(a_blog().build(), None, (*self.rows, late), now=NOW)
        lost = PublicationRow(channel="Podcast", at=utc("2026-01-01T09:00"), title="Lost")
        with pytest.raises(NotFound, match="row 1: there is no channel 'Podcast'"):
            import_publications(a_blog().build(), None, (lost,), now=NOW)


class TestImportPosts:
    def the_post(self, row: PostRow):
        return import_posts(a_blog().build(), None, [row], now=NOW).on(a_blog().build()).post(1)

    def test_a_planned_post_gets_tasks_and_the_slot_at_its_time(self):
        post = self.the_post(a_row(tasks={"draft": TaskRow(member="anna", pinned=True)}))
        assert post.slot == SlotKey(1, local("2026-11-26T10:00"))
        assert (post.tasks["draft"].member, post.tasks["draft"].pinned) == (1, True)
        assert post.tasks["review"].member is None

    def test_an_extra_takes_no_slot(self):
        assert self.the_post(a_row(extra=True)).slot is None

    def test_it_can_fill_a_slot_at_another_time(self):
        post = self.the_post(a_row(at=local("2026-11-27T12:00"), slot=local("2026-11-26T10:00")))
        assert post.slot == SlotKey(1, local("2026-11-26T10:00"))

    def test_the_state_decides_what_is_done(self):
        approved = self.the_post(a_row(state="approved", tasks={"draft": TaskRow(member="Anna")}))
        assert approved.state == "approved"
        assert (approved.tasks["draft"].done_at, approved.tasks["draft"].done_by) == (NOW, 1)
        assert not approved.tasks["publish"].is_done

    def test_a_published_post_of_which_nothing_is_told_needs_no_tasks(self):
        post = self.the_post(a_row(at=local("2026-11-19T10:00"), state="published"))
        assert (post.tasks, post.published_at) == ({}, utc("2026-11-19T09:00"))

    def test_twice_adds_nothing(self):
        calendar = import_posts(a_blog().build(), None, [a_row()], now=NOW).on(a_blog().build())
        assert not import_posts(calendar, None, [a_row()], now=NOW)

    def test_the_same_uid_is_the_same_post_even_moved_and_renamed(self):
        calendar = import_posts(a_blog().build(), None, [a_row(uid="x1")], now=NOW).on(a_blog().build())
        assert not import_posts(
            calendar, None, [a_row(uid="x1", title="Other", at=local("2026-12-01T10:00"))], now=NOW
        )

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (a_row(slot=local("2026-11-27T10:00")), "has no slot at Fri 27 Nov"),
            (a_row(tasks={"draft": TaskRow(member="Zoe")}), "no member 'Zoe'"),
            (
                a_row(tasks={"draft": TaskRow(member="Anna"), "review": TaskRow(member="Anna")}),
                "Anna has draft and review",
            ),
            (a_row(tasks={"draft": TaskRow(pinned=True)}), "without anybody is pinned"),
            (a_row(state="published"), "published but still to come"),
            (a_row(published_at=utc("2026-11-19T10:00")), "has a time of publication but is planned"),
        ],
        ids=["no slot", "nobody of that name", "own review", "pin on nobody", "future", "not published"],
    )
    def test_a_bad_row_is_named_and_nothing_is_imported(self, row, reason):
        with pytest.raises(CadenceError, match=rf"row 2, 'Storia'.*{reason}"):
            import_posts(a_blog().build(), None, [a_row(title="Fine", extra=True), row], now=NOW)

    def test_two_rows_do_not_get_one_slot(self):
        first, second = (a_row(title=title, slot=local("2026-11-26T10:00")) for title in ("A", "B"))
        with pytest.raises(Refused, match="row 2, 'B': the slot of Thu 26 Nov 10:00 is given twice"):
            import_posts(a_blog().build(), None, [first, second], now=NOW)
        by_time = import_posts(a_blog().build(), None, [a_row(title="A"), a_row(title="B")], now=NOW)
        assert [getattr(post, "slot", None) for post in by_time.puts] == [
            SlotKey(1, local("2026-11-26T10:00")),
            None,
        ]
