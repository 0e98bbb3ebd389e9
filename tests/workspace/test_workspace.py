"""The door: newest state, one change, undo and redo, and what is said to those who lost a race."""

from datetime import timedelta

import pytest

from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import TaskRef
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations import channels, members, posts, rhythms, tasks, team, workflows
from cadence.operations.edit import Edit
from cadence.operations.holding import Taken
from cadence.operations.rota import set_rota
from cadence.store import create_store
from cadence.workspace import Workspace
from tests.builders import NOW, local

DRAFT = TaskRef(1, "draft")


@pytest.fixture
def url(tmp_path):
    """A calendar with the channel Blog, the members Anna and Bea, and post 1 on Thursday 26 November."""
    place = tmp_path / "team.json"
    workspace = Workspace(create_store(place))
    skills = tuple(Skill(kind) for kind in TASK_KINDS)
    for operation, arguments, options in (
        (team.set_up_team, ("Officine Rossi",), {"zone": "Europe/Rome"}),
        (workflows.add_workflow, ("Standard", STANDARD_STEPS), {}),
        (channels.add_channel, ("Blog",), {"workflow": 1}),
        (members.add_member, ("Anna",), {"skills": skills}),
        (members.add_member, ("Bea",), {"skills": skills}),
        (posts.add_post, (1, "Storia"), {"at": local("2026-11-26T10:00")}),
    ):
        workspace.run(operation, *arguments, who=None, now=NOW, **options)
    workspace.close()
    return place


@pytest.fixture
def annas(url):
    workspace = Workspace.open(url)
    yield workspace
    workspace.close()


@pytest.fixture
def beas(url):
    """The same calendar, opened by somebody else."""
    workspace = Workspace.open(url)
    yield workspace
    workspace.close()


def anna(workspace: Workspace):
    return workspace.calendar.member("Anna")


def bea(workspace: Workspace):
    return workspace.calendar.member("Bea")


def move(workspace: Workspace, who, days: int = 1, **options):
    return workspace.run(posts.move_post, 1, who=who, now=NOW, days=days, **options)


class TestRunning:
    def test_one_operation_is_one_change_that_says_who_what_and_why(self, annas):
        done = annas.run(tasks.claim, DRAFT, who=anna(annas), now=NOW, why="I know the story")
        assert done.change
        assert (done.change.by, done.change.at) == ("Anna", NOW)
        assert done.change.why == f"{done.said} - I know the story"
        assert annas.calendar.task(DRAFT).member == anna(annas).id
        assert annas.calendar.seq == done.change.seq

    def test_nothing_to_do_is_no_change(self, annas):
        before = annas.calendar
        assert move(annas, anna(annas), days=0).change is None
        assert annas.calendar is before

    def test_a_refusal_stores_nothing(self, annas):
        before = annas.calendar
        with pytest.raises(Refused):
            annas.run(tasks.release, DRAFT, who=anna(annas), now=NOW)
        assert annas.calendar is before
        assert annas.refresh() == []

    def test_a_value_beyond_its_limits_is_refused_by_run_and_preview_alike(self, annas):
        for act in (annas.run, annas.preview):
            with pytest.raises(BadInput, match="title"):
                act(posts.edit_post, 1, who=anna(annas), now=NOW, title="x" * 5_000_000)

    def test_a_preview_stores_nothing(self, annas):
        edit, after = annas.preview(tasks.assign, DRAFT, 1, who=anna(annas), now=NOW)
        assert "0 % → 100 %" in edit.said
        assert after.task(DRAFT).member == 1
        assert annas.calendar.task(DRAFT).member is None

    def test_every_new_post_gets_a_random_identity_that_stays(self, annas):
        uid = annas.calendar.post(1).uid
        assert len(uid) >= 20
        move(annas, anna(annas))
        annas.run(posts.add_post, 1, "Another", who=None, now=NOW, at=local("2026-11-27T10:00"))
        assert annas.calendar.post(1).uid == uid != annas.calendar.post(2).uid

    def test_many_posts_are_one_change_and_one_undo(self, annas):
        annas.run(posts.add_post, 1, "Another", who=None, now=NOW, at=local("2026-11-27T10:00"))
        before = annas.calendar.posts
        seq = annas.calendar.seq
        annas.run(posts.move_posts, [1, 2], who=anna(annas), now=NOW, weeks=1)
        assert annas.calendar.seq == seq + 1
        annas.undo(anna(annas), NOW)
        assert {p.id: p.at for p in annas.calendar.posts.values()} == {p.id: p.at for p in before.values()}

    def test_an_operation_meets_what_others_did_meanwhile(self, annas, beas):
        beas.run(tasks.claim, DRAFT, who=bea(beas), now=NOW)
        with pytest.raises(Taken, match=r'Bea has draft of post 1 "Storia", since Mon 23 Nov 10:00'):
            annas.run(tasks.claim, DRAFT, who=anna(annas), now=NOW + timedelta(hours=1))
        assert annas.calendar.task(DRAFT).member == bea(annas).id

    def test_somebody_who_was_removed_cannot_act(self, annas, beas):
        me = bea(beas)
        annas.run(members.remove_member, 2, who=anna(annas), now=NOW)
        with pytest.raises(Refused, match="Bea is not a member any more"):
            move(beas, me)

    def test_the_first_change_of_a_day_makes_a_backup(self, annas, url):
        move(annas, anna(annas))
        assert [path for path in url.parent.rglob("*") if "2026-11-23" in path.name]


class TestFormsThatWereOpen:
    def seen(self, workspace):
        return {("posts", 1): workspace.calendar.post(1).rev}

    def test_the_same_field_changed_by_another_is_refused_with_who_did_what(self, annas, beas):
        seen = self.seen(annas)
        move(beas, bea(beas))
        with pytest.raises(
            Refused, match=r"post 1 \(at\) was changed after you looked, by Bea.*: Moved post 1"
        ):
            move(annas, anna(annas), days=2, expect=seen)

    def test_another_field_is_no_conflict(self, annas, beas):
        seen = self.seen(annas)
        move(beas, bea(beas))
        annas.run(posts.edit_post, 1, who=anna(annas), now=NOW, title="Nuova storia", expect=seen)
        assert annas.calendar.post(1).title == "Nuova storia"
        assert annas.calendar.post(1).at == local("2026-11-27T10:00")

    def test_two_tasks_of_one_post_do_not_conflict(self, annas, beas):
        seen = self.seen(annas)
        beas.run(tasks.assign, DRAFT, 1, who=bea(beas), now=NOW)
        assert annas.run(tasks.assign, TaskRef(1, "review"), 2, who=anna(annas), now=NOW, expect=seen).change

    def test_only_what_came_after_the_form_counts(self, annas, beas):
        move(beas, bea(beas))
        annas.refresh()
        assert move(annas, anna(annas), expect=self.seen(annas)).change


class TestHearing:
    def test_refresh_brings_others_changes_and_not_mine(self, annas, beas):
        move(annas, anna(annas))
        move(beas, bea(beas))
        assert [change.by for change in annas.refresh()] == ["Bea"]
        assert annas.calendar.post(1).at == local("2026-11-28T10:00")
        assert annas.refresh() == []

    def test_what_came_in_with_my_own_change_is_told_at_the_next_refresh(self, annas, beas):
        move(beas, bea(beas))
        move(annas, anna(annas))
        assert [change.by for change in annas.refresh()] == ["Bea"]

    def test_listeners_hear_of_every_change_once_and_see_the_new_snapshot(self, annas, beas):
        heard: list[tuple[int, str]] = []

        def listen(changes):
            heard.extend((annas.calendar.seq, change.by) for change in changes)

        stop = annas.subscribe(listen)
        move(beas, bea(beas))
        move(annas, anna(annas))
        annas.refresh()
        assert heard == [(8, "Bea"), (8, "Anna")]
        stop()
        move(annas, anna(annas))
        assert len(heard) == 2

    def test_history_of_one_post(self, annas):
        move(annas, anna(annas))
        annas.run(posts.add_post, 1, "Another", who=None, now=NOW, at=local("2026-11-27T10:00"))
        assert [change.seq for change in annas.history(post=1)] == [7, 6]
        assert [change.by for change in annas.history(by="Anna", limit=1)] == ["Anna"]


class TestUndo:
    def test_what_there_is_one_of_can_be_set_undone_and_set_again(self, annas):
        for _ in range(2):
            annas.run(set_rota, [1], who=anna(annas), now=NOW)
            assert annas.calendar.rota.order == (1,)
            annas.undo(anna(annas), NOW)
            assert annas.calendar.rota.order == ()

    def test_undo_and_redo_say_what(self, annas):
        move(annas, anna(annas))
        assert annas.undo(anna(annas), NOW).said.startswith("Undid change 7: Moved post 1")
        assert annas.calendar.post(1).at == local("2026-11-26T10:00")
        assert annas.redo(anna(annas), NOW).said.startswith("Redid change 7: Moved post 1")
        assert annas.calendar.post(1).at == local("2026-11-27T10:00")

    def test_each_undoes_their_own(self, annas, beas):
        move(annas, anna(annas))
        beas.run(tasks.claim, DRAFT, who=bea(beas), now=NOW)
        annas.undo(anna(annas), NOW)
        assert annas.calendar.task(DRAFT).member == bea(annas).id
        with pytest.raises(Refused, match="Anna has nothing to undo"):
            annas.undo(anna(annas), NOW)

    def test_anybodys_change_is_undone_by_its_number(self, annas, beas):
        seq = move(beas, bea(beas)).change
        assert isinstance(seq, Change)
        annas.undo(anna(annas), NOW, seq.seq)
        assert annas.calendar.post(1).at == local("2026-11-26T10:00")
        with pytest.raises(NotFound, match="no change 99"):
            annas.undo(anna(annas), NOW, 99)

    def test_what_somebody_has_built_upon_is_not_undone_and_it_says_who(self, annas, beas):
        move(annas, anna(annas))
        move(beas, bea(beas))
        with pytest.raises(
            Refused,
            match=r"change 7 cannot be undone.*post 1 \(at\) \(change 8 by Bea, Mon 23 Nov 10:00: Moved",
        ):
            annas.undo(anna(annas), NOW)

    def test_a_slot_that_was_taken_meanwhile_is_not_taken_back(self, annas, beas):
        weekly = {"at": local("2026-11-26T10:00").time(), "rrule": "FREQ=WEEKLY;BYDAY=TH"}
        annas.run(rhythms.add_rhythm, 1, who=anna(annas), now=NOW, **weekly)
        annas.run(posts.add_post, 1, "First", who=anna(annas), now=NOW, at=local("2026-11-26T10:00"))
        annas.run(posts.skip_post, 2, "not ready", who=anna(annas), now=NOW)
        beas.run(posts.add_post, 1, "Second", who=bea(beas), now=NOW, at=local("2026-11-26T10:00"))
        with pytest.raises(Refused, match=r"posts 2 and 3 would both fill the slot.*by Bea"):
            annas.undo(anna(annas), NOW)

    def test_a_channel_that_has_posts_meanwhile_does_not_vanish(self, annas):
        with pytest.raises(Refused, match=r"post 1 still needs channel Blog \(change 6 by"):
            annas.undo(anna(annas), NOW, 3)

    def test_a_claim_is_not_undone_when_the_task_was_done_since(self, annas, beas):
        claimed = annas.run(tasks.claim, DRAFT, who=anna(annas), now=NOW).change
        annas.run(tasks.task_done, DRAFT, who=anna(annas), now=NOW)
        beas.refresh()
        with pytest.raises(Refused, match="draft of post 1 is done, and nobody would have had it"):
            beas.undo(bea(beas), NOW, claimed.seq if claimed else 0)

    def test_restoring_a_backup_can_be_undone(self, annas, tmp_path):
        backup = annas.backup(tmp_path / "copy.json")
        move(annas, anna(annas))
        annas.restore(backup, who=anna(annas), now=NOW)
        assert annas.calendar.post(1).at == local("2026-11-26T10:00")
        annas.undo(anna(annas), NOW)
        assert annas.calendar.post(1).at == local("2026-11-27T10:00")

    def test_restoring_takes_in_what_others_did_before(self, annas, beas, tmp_path):
        backup = annas.backup(tmp_path / "copy.json")
        move(beas, bea(beas))
        restored = annas.restore(backup, who=anna(annas), now=NOW).change
        annas.refresh()
        assert restored
        assert annas.calendar.seq == restored.seq == 8
        assert annas.calendar.post(1).at == local("2026-11-26T10:00")


class TestTheDoorHolds:
    def test_an_operation_that_contradicts_itself_is_stopped(self, annas):
        def drop_the_channel(calendar: Calendar, who, *, now) -> Edit:
            return Edit("Dropped it", removes=(calendar.channel("Blog"),))

        with pytest.raises(Refused, match="post 1 still needs channel Blog"):
            annas.run(drop_the_channel, who=anna(annas), now=NOW)

    def test_an_operation_that_gives_a_wrong_number_is_stopped(self, annas):
        def add_far_away(calendar: Calendar, who, *, now) -> Edit:
            edit = channels.add_channel(calendar, who, "News", now=now)
            (channel,) = edit.puts
            return Edit("Added", (type(channel)(id=77, name="News"),))  # type: ignore[call-arg]

        with pytest.raises(RuntimeError, match="called a new document 77"):
            annas.run(add_far_away, who=anna(annas), now=NOW)
        assert "News" not in {channel.name for channel in annas.calendar.channels.values()}
