"""What may be done with posts, each rule once."""

from datetime import timedelta

import pytest

from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Idea, Post
from cadence.model.rhythm import SlotKey
from cadence.operations.edit import Edit
from cadence.operations.posts import (
    add_post,
    edit_post,
    move_post,
    move_posts,
    place_on_slot,
    publish_post,
    publish_posts,
    restore_post,
    skip_post,
    skip_posts,
)
from cadence.operations.rhythms import remove_rhythm
from tests.builders import NOW, CalendarBuilder, a_calendar, day, local, utc

THURSDAY = local("2026-11-26T10:00")
SLOT = SlotKey(1, THURSDAY)


def a_blog() -> CalendarBuilder:
    """A blog with a slot every Thursday at 10:00, and two members."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_member("Anna")
        .with_member("Bea")
    )


def the_post(edit: Edit) -> Post:
    (post,) = (value for value in edit.puts if isinstance(value, Post))
    return post


def anna(calendar: Calendar):
    return calendar.member("Anna")


class TestAddPost:
    def test_a_post_gets_the_tasks_of_its_channels_workflow(self):
        calendar = a_blog().build()
        post = the_post(add_post(calendar, None, 1, "Hello", now=NOW, at=local("2026-11-27T12:00")))
        assert list(post.tasks) == ["draft", "design", "review", "publish", "engage"]
        assert post.tasks["draft"].effort == 60
        assert all(task.member is None for task in post.tasks.values())
        assert (post.state, post.slot) == ("planned", None)

    def test_a_post_may_have_a_topic_which_can_be_changed(self):
        calendar = a_blog().build()
        at = local("2026-11-27T12:00")
        post = the_post(add_post(calendar, None, 1, "Hello", now=NOW, at=at, topic="Lathes"))
        assert post.topic == "Lathes"
        edited = the_post(edit_post(calendar.put(post), None, post.id, now=NOW, topic=""))
        assert (edited.topic, edited.title) == ("", "Hello")

    def test_a_channel_without_a_workflow_gives_no_tasks(self):
        calendar = a_calendar().with_channel("Chat", workflow=None).build()
        assert the_post(add_post(calendar, None, 1, "Hello", now=NOW, at=THURSDAY)).tasks == {}

    def test_at_exactly_the_time_of_a_free_slot_it_takes_the_slot_and_says_so(self):
        edit = add_post(a_blog().build(), None, 1, "Hello", now=NOW, at=THURSDAY)
        assert the_post(edit).slot == SLOT
        assert "fills that slot" in edit.said

    def test_at_the_time_of_a_taken_slot_it_is_an_extra(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00").build()
        edit = add_post(calendar, None, 1, "Second", now=NOW, at=THURSDAY)
        assert the_post(edit).slot is None
        assert "extra" in edit.said

    def test_on_a_slot_it_stands_at_the_slots_time(self):
        assert the_post(add_post(a_blog().build(), None, 1, "Hello", now=NOW, slot=SLOT)).at == THURSDAY

    def test_on_a_slot_it_may_stand_at_another_time(self):
        at = local("2026-11-27T09:00")
        post = the_post(add_post(a_blog().build(), None, 1, "Hello", now=NOW, slot=SLOT, at=at))
        assert (post.at, post.slot) == (at, SLOT)

    def test_a_taken_slot_is_refused(self):
        calendar = a_blog().with_post("Blog", "2026-11-27T09:00", slot="2026-11-26T10:00").build()
        with pytest.raises(Refused, match=r"Thu 26 Nov 10:00 is taken by post 1"):
            add_post(calendar, None, 1, "Second", now=NOW, slot=SLOT)

    def test_a_slot_that_a_skipped_post_left_is_free(self):
        calendar = (
            a_blog().with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00", state="skipped").build()
        )
        assert the_post(add_post(calendar, None, 1, "Second", now=NOW, slot=SLOT)).slot == SLOT

    def test_a_moment_that_the_rhythm_does_not_call_for_is_no_slot(self):
        with pytest.raises(NotFound, match="calls for no post at Fri 27 Nov 10:00"):
            add_post(a_blog().build(), None, 1, "Hello", now=NOW, slot=SlotKey(1, local("2026-11-27T10:00")))

    def test_a_paused_slot_is_refused_and_not_taken_by_chance(self):
        calendar = (
            a_calendar()
            .with_channel("Blog")
            .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", pauses=[("2026-11-20", "2026-11-30")])
            .build()
        )
        with pytest.raises(Refused, match="paused"):
            add_post(calendar, None, 1, "Hello", now=NOW, slot=SLOT)
        assert the_post(add_post(calendar, None, 1, "Hello", now=NOW, at=THURSDAY)).slot is None

    def test_a_slot_of_another_channel_is_refused(self):
        calendar = a_blog().with_channel("News").build()
        with pytest.raises(Refused, match="a promise on Blog, not on News"):
            add_post(calendar, None, 2, "Hello", now=NOW, slot=SLOT)

    def test_a_retired_channel_takes_no_posts(self):
        calendar = a_calendar().with_channel("Old", retired=True).build()
        with pytest.raises(Refused, match="Old is retired"):
            add_post(calendar, None, 1, "Hello", now=NOW, at=THURSDAY)

    def test_a_time_or_a_slot_is_needed(self):
        with pytest.raises(BadInput, match="needs a time or a slot"):
            add_post(a_blog().build(), None, 1, "Hello", now=NOW)

    @pytest.mark.parametrize("at", [utc("2026-11-26T10:00"), local("1789-07-14T10:00")])
    def test_the_time_is_a_wall_clock_time_of_our_days(self, at):
        with pytest.raises(BadInput):
            add_post(a_blog().build(), None, 1, "Hello", now=NOW, at=at)

    def test_an_idea_that_becomes_a_post_is_accepted_and_keeps_its_author(self):
        calendar = a_blog().build().put(Idea(id=7, text="Our lathe", author=2, at=NOW))
        edit = add_post(calendar, None, 1, "Our lathe", now=NOW, at=THURSDAY, idea=7)
        post, idea = edit.puts
        assert isinstance(post, Post)
        assert isinstance(idea, Idea)
        assert (post.idea, post.author, idea.state, idea.post) == (7, "Bea", "accepted", post.id)
        with pytest.raises(Refused, match="idea 7 has become post 1 already"):
            add_post(edit.on(calendar), None, 1, "Again", now=NOW, at=THURSDAY, idea=7)


class TestMovePost:
    def test_moving_by_days_and_weeks_keeps_the_hour(self):
        calendar = a_blog().with_post("Blog", "2026-03-26T10:00").build()
        # 29 March 2026 is the day on which clocks change in Rome.
        assert the_post(move_post(calendar, None, 1, now=NOW, days=5)).at == local("2026-03-31T10:00")
        assert the_post(move_post(calendar, None, 1, now=NOW, weeks=-2, days=1)).at == local(
            "2026-03-13T10:00"
        )

    def test_moving_to_a_day_keeps_the_hour_and_to_a_time_does_not(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00").build()
        assert the_post(move_post(calendar, None, 1, now=NOW, to=day("2026-12-24"))).at == local(
            "2026-12-24T10:00"
        )
        assert the_post(move_post(calendar, None, 1, now=NOW, to=local("2026-12-24T08:30"))).at == local(
            "2026-12-24T08:30"
        )

    def test_a_post_fills_its_slot_wherever_it_was_moved_to(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00").build()
        edit = move_post(calendar, None, 1, now=NOW, weeks=1)
        assert the_post(edit).slot == SLOT
        assert "still fills the slot of Thu 26 Nov 10:00" in edit.said

    @pytest.mark.parametrize(
        ("state", "reason"), [("published", "is published and cannot be moved"), ("skipped", "is skipped")]
    )
    def test_what_is_over_does_not_move(self, state, reason):
        calendar = a_blog().with_post("Blog", "2026-11-20T10:00", state=state).build()
        with pytest.raises(Refused, match=reason):
            move_post(calendar, None, 1, now=NOW, days=1)

    def test_to_where_it_is_already_changes_nothing(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00").build()
        assert not move_post(calendar, None, 1, now=NOW, to=THURSDAY)

    @pytest.mark.parametrize("days", [10**6, -(10**6), 10**12])
    def test_out_of_our_days_is_refused(self, days):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00").build()
        with pytest.raises(BadInput):
            move_post(calendar, None, 1, now=NOW, days=days)

    def test_many_move_in_one_edit_or_none_does(self):
        builder = a_blog().with_post("Blog", "2026-11-26T10:00").with_post("Blog", "2026-11-27T17:00")
        edit = move_posts(builder.build(), None, [1, 2], now=NOW, days=1)
        assert [post.at for post in edit.puts if isinstance(post, Post)] == [
            local("2026-11-27T10:00"),
            local("2026-11-28T17:00"),
        ]
        with_one_out = builder.with_post("Blog", "2026-11-20T10:00", state="published").build()
        with pytest.raises(Refused, match="post 3"):
            move_posts(with_one_out, None, [1, 2, 3], now=NOW, days=1)

    def test_a_post_marked_twice_moves_once(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00").build()
        assert the_post(move_posts(calendar, None, [1, 1], now=NOW, days=1)).at == local("2026-11-27T10:00")


class TestPlaceOnSlot:
    def test_an_extra_takes_a_free_slot_and_goes_to_its_time(self):
        calendar = a_blog().with_post("Blog", "2026-11-24T15:00").build()
        post = the_post(place_on_slot(calendar, None, 1, SLOT, now=NOW))
        assert (post.slot, post.at) == (SLOT, THURSDAY)

    def test_it_may_keep_its_time(self):
        calendar = a_blog().with_post("Blog", "2026-11-24T15:00").build()
        post = the_post(place_on_slot(calendar, None, 1, SLOT, now=NOW, keep_time=True))
        assert (post.slot, post.at) == (SLOT, local("2026-11-24T15:00"))

    def test_two_posts_never_have_one_slot(self):
        calendar = (
            a_blog()
            .with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00")
            .with_post("Blog", "2026-11-24T15:00")
            .build()
        )
        with pytest.raises(Refused, match="taken by post 1"):
            place_on_slot(calendar, None, 2, SLOT, now=NOW)

    def test_a_published_post_is_linked_where_it_stands(self):
        calendar = a_blog().with_publication("Blog", "2026-11-20T09:00").build()
        post = the_post(place_on_slot(calendar, None, 1, SlotKey(1, local("2026-11-19T10:00")), now=NOW))
        assert post.slot == SlotKey(1, local("2026-11-19T10:00"))
        assert post.at == local("2026-11-20T10:00")

    def test_without_a_slot_it_is_an_extra(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00").build()
        assert the_post(place_on_slot(calendar, None, 1, None, now=NOW)).slot is None


class TestSkipAndRestore:
    def test_a_post_is_skipped_for_a_reason(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00").build()
        edit = skip_post(calendar, None, 1, "fair cancelled", now=NOW)
        assert (the_post(edit).state, the_post(edit).skip_reason) == ("skipped", "fair cancelled")
        assert "slot of Thu 26 Nov 10:00 is open again" in edit.said

    def test_without_a_reason_it_is_not(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00").build()
        with pytest.raises(BadInput, match="without a reason"):
            skip_post(calendar, None, 1, "  ", now=NOW)

    def test_a_published_post_cannot_be_skipped(self):
        calendar = a_blog().with_publication("Blog", "2026-11-20T09:00").build()
        with pytest.raises(Refused, match="is published and cannot be skipped"):
            skip_posts(calendar, None, [1], "no", now=NOW)

    def test_a_restored_post_is_as_far_as_its_tasks_are(self):
        builder = a_blog().with_post("Blog", "2026-11-26T10:00", tasks={"draft": "Anna"}, done=["draft"])
        skipped = skip_post(builder.build(), None, 1, "no", now=NOW).on(builder.build())
        post = the_post(restore_post(skipped, None, 1, now=NOW))
        assert (post.state, post.skip_reason) == ("drafted", "")

    def test_its_slot_may_have_been_taken_meanwhile(self):
        calendar = (
            a_blog()
            .with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00", state="skipped")
            .with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00")
            .build()
        )
        with pytest.raises(Refused, match="taken by post 2") as refusal:
            restore_post(calendar, None, 1, now=NOW)
        assert "as an extra" in refusal.value.remedy
        assert the_post(restore_post(calendar, None, 1, now=NOW, as_extra=True)).slot is None

    def test_only_a_skipped_post_is_restored(self):
        calendar = a_blog().with_post("Blog", "2026-11-26T10:00").build()
        with pytest.raises(Refused, match="is planned, not skipped"):
            restore_post(calendar, None, 1, now=NOW)


class TestPublishPost:
    def test_it_went_out_now_and_the_publish_task_is_done_by_who_says_so(self):
        calendar = a_blog().with_post("Blog", "2026-11-23T10:00").build()
        post = the_post(publish_post(calendar, anna(calendar), 1, now=NOW, link="https://example.com/a"))
        assert (post.state, post.published_at, post.link) == ("published", NOW, "https://example.com/a")
        task = post.tasks["publish"]
        assert (task.member, task.done_by, task.done_at) == (1, 1, NOW)

    def test_undone_work_is_mentioned_not_refused(self):
        calendar = (
            a_blog().with_post("Blog", "2026-11-23T10:00", tasks={"draft": "Anna"}, done=["draft"]).build()
        )
        assert publish_post(calendar, None, 1, now=NOW).said.endswith("design and review were not done")

    def test_the_future_is_refused_beyond_what_clocks_differ(self):
        calendar = a_blog().with_post("Blog", "2026-11-23T10:00").build()
        assert publish_post(calendar, None, 1, now=NOW, at=NOW + timedelta(minutes=5))
        with pytest.raises(Refused, match="still to come"):
            publish_post(calendar, None, 1, now=NOW, at=NOW + timedelta(minutes=6))

    def test_twice_is_refused_unless_it_corrects(self):
        calendar = a_blog().with_publication("Blog", "2026-11-20T09:00").build()
        with pytest.raises(Refused, match="went out already, Fri 20 Nov 10:00"):
            publish_post(calendar, None, 1, now=NOW)
        corrected = publish_post(calendar, None, 1, now=NOW, at=utc("2026-11-20T11:00"), force=True)
        assert the_post(corrected).published_at == utc("2026-11-20T11:00")

    def test_a_skipped_post_is_not_published(self):
        calendar = a_blog().with_post("Blog", "2026-11-23T10:00", state="skipped").build()
        with pytest.raises(Refused, match="is skipped"):
            publish_posts(calendar, None, [1], now=NOW)


def test_editing_changes_what_is_given_and_nothing_else():
    calendar = a_blog().with_post("Blog", "2026-11-26T10:00", "Old", note="as is").build()
    post = the_post(edit_post(calendar, None, 1, now=NOW, title="New"))
    assert (post.title, post.note) == ("New", "as is")
    assert not edit_post(calendar, None, 1, now=NOW, title="Old")


def test_when_a_rhythm_goes_its_posts_stay():
    calendar = a_blog().with_post("Blog", "2026-11-26T10:00", slot="2026-11-26T10:00").build()
    edit = remove_rhythm(calendar, None, 1, now=NOW)
    assert "1 post became an extra" in edit.said
    assert edit.on(calendar).posts == calendar.posts
