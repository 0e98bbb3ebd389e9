"""Members, channels, workflows, absences and the team itself come, change and go."""

import pytest

from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Post, TaskRef
from cadence.model.team import Member, Skill, Step
from cadence.operations.absences import add_absence, edit_absence, remove_absence
from cadence.operations.channels import add_channel, edit_channel, remove_channel
from cadence.operations.handovers import hand_over
from cadence.operations.members import add_member, edit_member, remove_member
from cadence.operations.team import edit_team, set_holidays, set_up_team
from cadence.operations.workflows import add_workflow, edit_workflow, remove_workflow
from tests.builders import NOW, CalendarBuilder, a_calendar, day


def a_team() -> CalendarBuilder:
    return a_calendar().with_channel("Blog").with_member("Anna").with_member("Bea")


class TestNames:
    @pytest.mark.parametrize("name", ["Anna", "ANNA", " anna!", "anna."])
    def test_two_members_never_share_a_name_as_people_type_it(self, name):
        with pytest.raises(Refused, match="a member called Anna already"):
            add_member(a_team().build(), None, name, now=NOW)

    @pytest.mark.parametrize("name", ["42", "!!", ""])
    def test_a_name_must_be_tellable_from_a_number(self, name):
        with pytest.raises(BadInput, match="cannot be called"):
            add_channel(a_team().build(), None, name, now=NOW)

    def test_renaming_to_itself_in_capitals_is_fine(self):
        assert edit_channel(a_team().build(), None, 1, now=NOW, name="BLOG")

    def test_renaming_to_anothers_name_is_not(self):
        with pytest.raises(Refused, match="a member called Bea already"):
            edit_member(a_team().build(), None, 1, now=NOW, name="bea")


class TestMembers:
    def test_a_skill_names_a_channel_that_exists(self):
        with pytest.raises(NotFound, match="channel 9"):
            add_member(a_team().build(), None, "Carlo", now=NOW, skills=[Skill("draft", 9)])

    def test_a_login_is_one_persons(self):
        calendar = a_calendar().with_member("Anna", login="anna").build()
        with pytest.raises(Refused, match="Anna has the login anna already"):
            add_member(calendar, None, "Another", now=NOW, login="anna")

    def test_what_is_not_given_stays(self):
        calendar = a_calendar().with_member("Anna", department="Sales", allowance=90).build()
        (anna,) = edit_member(calendar, None, 1, now=NOW, allowance=120).puts
        assert isinstance(anna, Member)
        assert (anna.department, anna.allowance, len(anna.skills)) == ("Sales", 120, 5)
        assert not edit_member(calendar, None, 1, now=NOW, allowance=90)

    def test_what_an_author_likes_can_be_said_and_taken_back(self):
        calendar = a_team().build()
        (anna,) = edit_member(calendar, None, 1, now=NOW, posts_a_week=2, spacing=3, topics=["Us", "Us"]).puts
        assert isinstance(anna, Member)
        assert (anna.posts_a_week, anna.spacing, anna.topics) == (2, 3, ("Us",))
        calendar = calendar.put(anna)
        (anna,) = edit_member(calendar, None, 1, now=NOW, posts_a_week=None, topics=()).puts
        assert isinstance(anna, Member)
        assert (anna.posts_a_week, anna.spacing, anna.topics) == (None, 3, ())
        (carlo,) = add_member(calendar, None, "Carlo", now=NOW, posts_a_week=0, topics=["Us"]).puts
        assert isinstance(carlo, Member)
        assert (carlo.posts_a_week, carlo.spacing, carlo.topics) == (0, None, ("Us",))

    def test_who_has_tasks_to_come_does_not_just_vanish(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", tasks={"draft": "Anna"}).build()
        with pytest.raises(Refused, match="Anna still has 1 task: draft of post 1") as refusal:
            remove_member(calendar, None, 1, now=NOW)
        assert "reassign" in refusal.value.remedy

    def test_their_tasks_can_go_to_somebody(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", tasks={"draft": "Anna"}).build()
        edit = remove_member(calendar, None, 1, now=NOW, reassign_to=2)
        after = edit.on(calendar)
        assert "Anna" not in {member.name for member in after.members.values()}
        assert after.task(TaskRef(1, "draft")).member == 2
        assert "Bea takes 1 task" in edit.said

    def test_but_not_against_the_rules(self):
        tasks = {"draft": "Anna", "review": "Bea"}
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", tasks=tasks).build()
        with pytest.raises(Refused, match="reviews this post"):
            remove_member(calendar, None, 1, now=NOW, reassign_to=2)

    def test_or_to_nobody(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", tasks={"draft": "Anna"}).build()
        after = remove_member(calendar, None, 1, now=NOW, unassign=True).on(calendar)
        assert after.task(TaskRef(1, "draft")).member is None

    def test_past_work_keeps_its_member_who_becomes_inactive(self):
        calendar = (
            a_team()
            .with_post(
                "Blog",
                "2026-11-19T10:00",
                state="published",
                published_at=NOW,
                tasks={"draft": "Anna"},
                done=["draft"],
            )
            .build()
        )
        after = remove_member(calendar, None, 1, now=NOW).on(calendar)
        assert after.member("Anna").active_to == day("2026-11-23")
        assert after.posts == calendar.posts

    def test_an_offer_to_who_leaves_does_not_become_one_to_anyone(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", tasks={"draft": "Bea"}).build()
        offered = hand_over(calendar, calendar.member("Bea"), TaskRef(1, "draft"), now=NOW, to=[1])
        after = remove_member(offered.on(calendar), None, 1, now=NOW).on(offered.on(calendar))
        assert after.task(TaskRef(1, "draft")).offer is None

    def test_their_absences_go_with_them(self):
        calendar = a_team().with_absence("Anna", "2026-12-01", "2026-12-05").build()
        assert not remove_member(calendar, None, 1, now=NOW).on(calendar).absences


class TestChannels:
    def test_a_channel_with_posts_is_retired_not_removed(self):
        calendar = a_team().with_publication("Blog", "2026-11-19T09:00").build()
        with pytest.raises(Refused, match="Blog has 1 post") as refusal:
            remove_channel(calendar, None, 1, now=NOW)
        assert "retire" in refusal.value.remedy
        assert remove_channel(calendar, None, 1, now=NOW, retire=True).on(calendar).channel("Blog").retired

    def test_it_is_not_retired_while_posts_are_to_come(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", "Storia").build()
        with pytest.raises(Refused, match='Blog still has 1 post to come: post 1 "Storia"'):
            edit_channel(calendar, None, 1, now=NOW, retired=True)

    def test_without_posts_it_goes_with_its_rhythms_and_skills(self):
        calendar = (
            a_calendar()
            .with_channel("Blog")
            .with_rhythm("Blog")
            .with_member("Anna", skills=[Skill("draft", 1), Skill("review")])
            .build()
        )
        after = remove_channel(calendar, None, 1, now=NOW).on(calendar)
        assert (after.channels, after.rhythms) == ({}, {})
        assert after.member("Anna").skills == (Skill("review"),)

    def test_another_workflow_holds_for_new_posts(self):
        calendar = (
            a_team().with_workflow("Short", {"publish": Step(5, 0, 0)}).with_post("Blog", "2026-12-03T10:00")
        ).build()
        edit = edit_channel(calendar, None, 1, now=NOW, workflow=2)
        assert "new posts get the new workflow" in edit.said
        assert edit.on(calendar).posts == calendar.posts

    def test_a_workflow_must_exist(self):
        with pytest.raises(NotFound, match="workflow"):
            add_channel(a_team().build(), None, "News", now=NOW, workflow=9)


class TestWorkflows:
    def test_a_workflow_in_use_stays(self):
        with pytest.raises(Refused, match="Standard is used by Blog"):
            remove_workflow(a_team().build(), None, 1, now=NOW)

    def test_an_unused_one_goes(self):
        calendar = add_workflow(a_team().build(), None, "Short", {}, now=NOW).on(a_team().build())
        assert 2 not in remove_workflow(calendar, None, 2, now=NOW).on(calendar).workflows

    def test_posts_that_exist_keep_their_tasks(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00").build()
        edit = edit_workflow(calendar, None, 1, now=NOW, steps={"publish": Step(10, 0, 0)})
        assert "posts that exist keep their tasks" in edit.said
        assert all(isinstance(value, Post) is False for value in edit.puts)


class TestAbsences:
    def test_tasks_that_lie_wholly_within_are_named(self):
        calendar = a_team().with_post("Blog", "2026-12-03T10:00", tasks={"review": "Anna"}).build()
        edit = add_absence(calendar, None, 1, day("2026-11-30"), day("2026-12-04"), now=NOW)
        assert edit.said.endswith("still theirs: review of post 1")

    def test_away_twice_is_refused(self):
        calendar = a_team().with_absence("Anna", "2026-12-01", "2026-12-05").build()
        with pytest.raises(Refused, match=r"is away .* already"):
            add_absence(calendar, None, 1, day("2026-12-02"), day("2026-12-03"), now=NOW)

    def test_backwards_is_refused(self):
        with pytest.raises(BadInput, match="cannot end on"):
            add_absence(a_team().build(), None, 1, day("2026-12-02"), day("2026-12-01"), now=NOW)

    def test_an_absence_is_changed_with_what_it_hits_then(self):
        calendar = (
            a_team()
            .with_absence("Anna", "2026-12-01", "2026-12-02", reason="fair")
            .with_post("Blog", "2026-12-03T10:00", tasks={"review": "Anna"})
            .build()
        )
        edit = edit_absence(calendar, None, 1, now=NOW, first=day("2026-11-30"), last=day("2026-12-04"))
        assert edit.said == "Anna is away from Mon 30 Nov to Fri 4 Dec; still theirs: review of post 1"
        (absence,) = edit.on(calendar).absences.values()
        assert (absence.first, absence.last, absence.reason) == (day("2026-11-30"), day("2026-12-04"), "fair")

    def test_an_absence_that_says_the_same_is_no_change(self):
        calendar = a_team().with_absence("Anna", "2026-12-01", "2026-12-02", reason="fair").build()
        assert not edit_absence(calendar, None, 1, now=NOW, reason="fair")

    def test_an_absence_cannot_be_changed_into_one_that_is_covered_or_backwards(self):
        calendar = (
            a_team()
            .with_absence("Anna", "2026-12-01", "2026-12-05")
            .with_absence("Anna", "2026-12-10", "2026-12-11")
            .build()
        )
        with pytest.raises(Refused, match=r"is away .* already"):
            edit_absence(calendar, None, 2, now=NOW, first=day("2026-12-02"), last=day("2026-12-03"))
        with pytest.raises(BadInput, match="cannot end on"):
            edit_absence(calendar, None, 2, now=NOW, first=day("2026-12-20"))

    def test_here_after_all(self):
        calendar = a_team().with_absence("Anna", "2026-12-01", "2026-12-05").build()
        assert not remove_absence(calendar, None, 1, now=NOW).on(calendar).absences
        with pytest.raises(NotFound, match="no absence 2"):
            remove_absence(calendar, None, 2, now=NOW)


class TestTeam:
    def test_a_calendar_is_one_teams(self):
        with pytest.raises(Refused, match="calendar of Officine Rossi already"):
            set_up_team(a_team().build(), None, "Others", now=NOW)

    def test_an_unknown_time_zone_is_refused(self):
        with pytest.raises(BadInput, match="unknown time zone"):
            edit_team(a_team().build(), None, now=NOW, zone="Europe/Atlantis")

    def test_holidays_are_replaced_as_a_whole(self):
        calendar = set_holidays(a_team().build(), None, {day("2026-12-25"): "Natale"}, now=NOW, country="IT")
        (team,) = calendar.puts
        assert calendar.on(a_team().build()).team.holidays == {day("2026-12-25"): "Natale"}
        assert not edit_team(calendar.on(a_team().build()), None, now=NOW, country="IT"), team
