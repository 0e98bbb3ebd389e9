"""Looking back: every figure counted by hand on two weeks of a small team."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cadence.insight.review import MissedSlot, review
from cadence.insight.traces import trace_of
from cadence.model.post import Boost, Idea, TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import STANDARD_STEPS
from cadence.operations import boosts, channels, members, posts, rota, tasks, team, workflows
from cadence.store import create_store
from cadence.workspace import Workspace
from tests.builders import ALL_SKILLS, NOW, a_calendar, day, local, utc

START, END = utc("2026-11-08T23:00"), utc("2026-11-22T23:00")
"""Two weeks in Rome: Monday 9 to Sunday 22 November."""
ANNA, LUCA, STUDIO = 1, 2, 3
DRAFT = TaskRef(1, "draft")


def a_team():
    """A blog on Tuesdays at nine: published on the 10th, missed on the 17th; that of the 9th is an extra."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TU", "09:00", start="2026-11-03")
        .with_member("Anna", role="lead", allowance=60)
        .with_member("Luca", allowance=60)
        .with_member("Studio Blu", kind="partner", cost_per_hour=6000, allowance=120)
        .with_publication("Blog", "2026-11-03T08:00")
        .with_publication("Blog", "2026-11-10T08:00", "From an idea", idea=1)
        .with_publication("Blog", "2026-11-09T12:00", "Anna's idea", idea=2)
    )


def put_ideas(calendar):
    return calendar.put(
        Idea(id=1, text="Lathe", author=LUCA, at=utc("2026-11-01T09:00"), state="accepted", post=2),
        Idea(id=2, text="Press", author=ANNA, at=utc("2026-11-09T09:00"), state="accepted", post=3,
             decided_by=ANNA, decided_at=utc("2026-11-09T10:00")),
        Idea(id=3, text="Quiz", author=LUCA, at=utc("2026-11-21T09:00"), state="declined", note="no",
             decided_by=ANNA, decided_at=utc("2026-11-23T10:00")),
        Boost(id=1, post=2, member=LUCA, day=day("2026-11-11"), at=utc("2026-11-11T12:00")),
        Boost(id=2, post=2, member=ANNA, day=day("2026-11-12")),
        Boost(id=3, post=3, member=LUCA, day=day("2026-11-23")),
    )  # fmt: skip


def reviewed(calendar):
    return review(calendar, (), START, END, NOW)


def test_what_was_promised_and_kept_beside_the_time_before():
    (kept,) = reviewed(put_ideas(a_team().build())).kept
    assert (kept.figures.on_time, kept.figures.missed, kept.figures.extras) == (1, 1, 1)
    assert (kept.figures.score, kept.score_before) == (50, 100)


@pytest.mark.parametrize(
    ("post", "cause"),
    [
        (None, "nobody planned a post"),
        ({"state": "skipped", "skip_reason": "no photos"}, "skipped: no photos"),
        ({}, "the draft was not done in time (Luca)"),
        ({"done": ["draft", "design"]}, "the review was not done in time (nobody had it)"),
        (
            {"done": ["draft", "design", "review", "publish"]},
            "everything was ready and it was not published in time",
        ),
    ],
)
def test_a_missed_slot_has_a_cause(post, cause):
    builder = a_team()
    if post is not None:
        builder = builder.with_post(
            "Blog", "2026-11-17T09:00", slot="2026-11-17T09:00", tasks={"draft": "Luca"}, **post
        )
    calendar = put_ideas(builder.build())
    if post and "done" in post:
        early = utc("2026-11-16T09:00")
        done = calendar.posts[4]
        done_tasks = {kind: replace(t, done_at=early) if t.done_at else t for kind, t in done.tasks.items()}
        calendar = calendar.put(replace(done, tasks=done_tasks))
    assert reviewed(calendar).missed == (
        MissedSlot(1, SlotKey(1, local("2026-11-17T09:00")), None if post is None else 4, cause),
    )


def test_ideas_and_boosts_of_the_period_only():
    found = reviewed(put_ideas(a_team().build()))
    assert (found.ideas.had, found.ideas.accepted, found.ideas.declined) == ((2, 3), (2,), ())
    assert (found.ideas.published, found.ideas.from_others_than_leads) == ((2, 3), 1)
    assert (found.boosts_asked, found.boosts_done) == (2, 1)


def test_who_carried_what_in_the_order_of_names():
    # The draft (60 min) and the design (30) of the 17th are due on the 13th and 16th, two weeks of 60 each;
    # a boost is 5.
    builder = a_team().with_post(
        "Blog", "2026-11-17T09:00", tasks={"draft": "Luca", "design": "Studio Blu"}, done=["design"]
    )
    calendar = put_ideas(builder.build())
    late = calendar.posts[4]
    done = replace(late.tasks["design"], done_at=utc("2026-11-16T09:00"))
    calendar = calendar.put(replace(late, tasks={**late.tasks, "design": done}))
    found = reviewed(calendar)
    assert [(one.member, one.minutes, one.capacity, one.done) for one in found.carried] == [
        (ANNA, 5, 120, 0),
        (LUCA, 65, 120, 0),
        (STUDIO, 30, 240, 1),
    ]
    assert found.carried[1].share == 65 / 120
    assert [(one.member, one.tasks, one.minutes, one.cost) for one in found.outside] == [
        (STUDIO, 1, 30, 3000)
    ]


def test_who_led_each_week():
    calendar = rota.set_rota(a_team().build(), None, [ANNA, LUCA], now=START + timedelta(hours=1))
    assert reviewed(calendar.on(put_ideas(a_team().build()))).leads == (
        (day("2026-11-09"), ANNA),
        (day("2026-11-16"), LUCA),
    )


@pytest.fixture
def workspace(tmp_path):
    """Anna and Luca, a post whose draft is Anna's, and how that came about."""
    workspace = Workspace(create_store(tmp_path / "team.json"))
    done(workspace, team.set_up_team, "Officine Rossi", zone="Europe/Rome")
    done(workspace, workflows.add_workflow, "Standard", STANDARD_STEPS)
    done(workspace, channels.add_channel, "Blog", workflow=1)
    for name in ("Anna", "Luca"):
        done(workspace, members.add_member, name, skills=ALL_SKILLS)
    done(workspace, posts.add_post, 1, "Storia", at=local("2026-11-26T10:00"))
    done(workspace, tasks.assign, DRAFT, ANNA)  # nobody had it: no hand-over
    yield workspace
    workspace.close()


def done(workspace, operation, *args, on="2026-11-10T09:00", **options):
    return workspace.run(operation, *args, who=None, now=utc(on), **options)


def looked_back(workspace):
    return review(workspace.calendar, workspace.told_by(trace_of), START, END, NOW)


def handed(workspace):
    return [(one.post, one.task, one.giver, one.taker) for one in looked_back(workspace).handed]


def test_what_changed_hands_is_read_from_the_history(workspace):
    done(workspace, tasks.assign, DRAFT, LUCA, on="2026-11-11T09:00")
    done(workspace, tasks.unassign, DRAFT, on="2026-11-12T09:00")
    done(workspace, tasks.assign, DRAFT, ANNA, on="2026-11-13T09:00")
    done(workspace, tasks.assign, DRAFT, LUCA, on="2026-11-23T09:00")  # after the period
    assert handed(workspace) == [(1, "draft", ANNA, LUCA), (1, "draft", LUCA, None)]
    assert {one.member: one.handed for one in looked_back(workspace).carried} == {ANNA: 0, LUCA: 1}


def test_what_was_taken_back_and_forth_at_the_same_moment_stands_in_order(workspace):
    for member in (LUCA, ANNA):
        done(workspace, tasks.assign, DRAFT, member)
    assert handed(workspace) == [(1, "draft", ANNA, LUCA), (1, "draft", LUCA, ANNA)]


def test_what_was_undone_has_not_changed_hands(workspace):
    done(workspace, tasks.assign, DRAFT, LUCA)
    workspace.undo(None, utc("2026-11-12T09:00"))
    assert handed(workspace) == []
    workspace.redo(None, utc("2026-11-13T09:00"))
    assert handed(workspace) == [(1, "draft", ANNA, LUCA)]


def test_what_is_undone_in_a_later_period_changed_hands_in_both(workspace):
    done(workspace, tasks.assign, DRAFT, LUCA, on="2026-11-08T09:00")
    workspace.undo(None, utc("2026-11-12T09:00"))
    assert handed(workspace) == [(1, "draft", LUCA, ANNA)]


def test_a_boost_that_nobody_asked_for_is_done_and_not_asked(workspace):
    done(workspace, posts.publish_post, 1, link="https://example.com/1")  # Anna and Luca are asked
    done(workspace, members.add_member, "Mia", skills=ALL_SKILLS)
    for member in (LUCA, 3):
        done(workspace, boosts.boost_done, 1, member=member)
    found = looked_back(workspace)
    assert (found.boosts_asked, found.boosts_done) == (2, 2)
