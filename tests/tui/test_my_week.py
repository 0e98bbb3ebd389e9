"""My week: my tasks by day, my load, what I could take; and what each key does there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from msgspec.structs import replace

from cadence.model.busy import BusyCalendar, by_day
from cadence.model.calendar import Calendar
from cadence.model.post import Offer, TaskRef
from cadence.model.team import Skill
from cadence.operations.edit import Edit
from cadence.tui.app import CadenceApp
from cadence.tui.figures import compute
from cadence.tui.filter import parse_filter
from cadence.tui.screens.my_week import MyWeekScreen
from cadence.tui.widgets import my_week_rows as week_rows_module
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.my_week_rows import (
    FindingRow,
    NoteRow,
    Row,
    TaskRow,
    TitleRow,
    progress,
    week_rows,
)
from cadence.tui.widgets.task_line import TaskLine
from tests.builders import NOW, a_calendar, day
from tests.tui.apps import an_app, answer, press, settle
from tests.tui.contributors import a_team_that_helps
from tests.tui.goldens import SIZES, assert_golden, text_of

MONDAY = day("2026-11-23")
ANNA, MARCO = 1, 2


def a_team() -> Calendar:
    """Anna drafts and answers, Marco does the rest; one task of hers is late, one on offer by Marco."""
    calendar = (
        a_calendar()
        .with_channel("LinkedIn")
        .with_channel("Blog")
        .with_member("Anna", allowance=180)
        .with_member("Marco", allowance=40)
        .with_member("Sara", skills=[Skill("engage")], allowance=60)
        .with_post("LinkedIn", "2026-11-23T18:00", "Late one", tasks={"draft": "Anna", "review": "Marco"})
        .with_post(
            "LinkedIn", "2026-11-26T09:00", "Storia Bianchi", tasks={"draft": "Anna", "design": "Marco"}
        )
        .with_post("Blog", "2026-12-03T10:00", "Next week's", tasks={"draft": "Anna"})
        .with_post(
            "Blog", "2026-11-27T10:00", "Finished", tasks={"draft": "Anna"}, done=("draft",), state="drafted"
        )
        .build()
    )
    post = calendar.posts[2]
    on_offer = replace(post.tasks["design"], offer=Offer(at=NOW, by=MARCO))
    return calendar.put(replace(post, tasks={**post.tasks, "design": on_offer}))


def mine(rows: list[Row]) -> list[TaskRef]:
    return [row.ref for row in rows if isinstance(row, TaskRow) and not row.is_claim]


def chosen(screen: MyWeekScreen) -> TaskRef | None:
    return screen.list.current.ref if screen.list.current else None


def claims(rows: list[Row]) -> list[TaskRef]:
    return [row.ref for row in rows if isinstance(row, TaskRow) and row.is_claim]


def titles(rows: list[Row]) -> list[str]:
    return [row.title for row in rows if isinstance(row, TitleRow)]


# The rows


def test_tasks_stand_under_the_day_they_are_due_after_what_is_overdue() -> None:
    rows = week_rows(a_team(), ANNA, MONDAY, NOW)
    assert titles(rows) == ["Overdue", "Tuesday 24 November", "Wednesday 25 November", "You could take"]
    assert mine(rows) == [TaskRef(1, "draft"), TaskRef(2, "draft"), TaskRef(4, "draft")]


def test_what_is_overdue_is_shown_in_this_week_only() -> None:
    rows = week_rows(a_team(), ANNA, day("2026-11-30"), NOW)
    assert "Overdue" not in titles(rows)
    assert mine(rows) == [TaskRef(3, "draft")]


def test_a_week_without_tasks_says_so() -> None:
    rows = week_rows(a_team(), ANNA, day("2027-01-04"), NOW)
    assert NoteRow("No tasks in this week.") in rows


def test_one_can_take_what_nobody_has_and_what_is_on_offer_and_one_is_able_to_do() -> None:
    taken = claims(week_rows(a_team(), ANNA, MONDAY, NOW))
    assert TaskRef(2, "design") in taken, "on offer to anyone"
    assert TaskRef(2, "publish") in taken, "nobody has it"
    assert TaskRef(2, "review") not in taken, "she wrote the draft"
    assert TaskRef(1, "review") not in taken, "Marco has it"
    only_answering = claims(week_rows(a_team(), 3, MONDAY, NOW))
    assert {ref.kind for ref in only_answering} == {"engage"}


def test_claims_are_ranked_by_urgency_and_say_the_load_before_and_after() -> None:
    rows = [
        row for row in week_rows(a_team(), ANNA, MONDAY, NOW) if isinstance(row, TaskRow) and row.is_claim
    ]
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    design = next(row for row in rows if row.ref == TaskRef(2, "design"))
    # 120 minutes are due this week (two drafts), of an allowance of 180; the design takes 30.
    assert (design.before.minutes, design.after.minutes) == (120, 150)
    assert "67 → 83 %" in plain(TaskLine(a_team(), NOW, 118).of(design))


def test_a_learner_sees_what_tasks_take_them() -> None:
    """Sara learns to draft: the one that she has and the one that she could take are 90′ each."""
    calendar = a_team()
    sara = replace(calendar.members[3], skills=(Skill("draft", level="learning"),))
    post = calendar.posts[3]
    hers = replace(post, tasks={**post.tasks, "draft": replace(post.tasks["draft"], member=3)})
    other = calendar.posts[2]
    free = replace(other, tasks={**other.tasks, "draft": replace(other.tasks["draft"], member=None)})
    calendar = calendar.put(sara, hers, free)
    rows = week_rows(calendar, 3, day("2026-11-30"), NOW)
    assert TitleRow("Tuesday 1 December", "90′ to do") in rows
    tasks = [row for row in rows if isinstance(row, TaskRow)]
    assert {row.ref: row.minutes for row in tasks} == {TaskRef(3, "draft"): 90, TaskRef(2, "draft"): 90}
    claim = next(row for row in tasks if row.is_claim)
    assert claim.after.minutes == 90
    assert all(" 90′ " in plain(TaskLine(calendar, NOW, 118).of(row)) for row in tasks)


def test_a_claim_that_would_be_too_much_is_marked() -> None:
    rows = week_rows(a_team(), MARCO, MONDAY, NOW)
    late = [row for row in rows if isinstance(row, TaskRow) and row.is_claim and row.after and row.after.over]
    assert late
    assert all("▲" in plain(TaskLine(a_team(), NOW, 118).of(row)) for row in late)


def test_work_that_waits_says_for_what() -> None:
    rows = week_rows(a_team(), MARCO, MONDAY, NOW)
    overdue = next(row for row in rows if isinstance(row, TaskRow) and row.ref == TaskRef(1, "review"))
    assert "3 d late" in plain(TaskLine(a_team(), NOW, 118).of(overdue))
    on_offer = next(row for row in rows if isinstance(row, TaskRow) and row.ref == TaskRef(2, "design"))
    assert "⇄ design" in plain(TaskLine(a_team(), NOW, 118).of(on_offer))
    assert "on offer to anyone" in plain(TaskLine(a_team(), NOW, 118).of(on_offer))


def test_progress_counts_the_weeks_tasks() -> None:
    assert progress(a_team(), ANNA, MONDAY) == (1, 1)


def test_a_filter_keeps_the_tasks_of_its_posts() -> None:
    calendar = a_team()
    rows = week_rows(calendar, ANNA, MONDAY, NOW, parse_filter("#blog", calendar))
    assert mine(rows) == [TaskRef(4, "draft")]
    assert {ref.post for ref in claims(rows)} == {3, 4}


def a_busy_team() -> Calendar:
    """Anna's calendar has her on Tuesday from ten to twelve; it has not been read for six days."""
    meeting = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 11, tzinfo=UTC)
    busy = BusyCalendar(
        id=1,
        member=ANNA,
        label="calendar.example.com",
        busy=by_day([meeting], MONDAY, day("2026-12-31")),
        first=MONDAY,
        last=day("2026-12-31"),
        read_at=NOW - timedelta(days=6),
    )
    return a_team().put(busy)


def test_a_day_of_which_the_day_job_takes_part_says_what_it_leaves() -> None:
    rows = week_rows(a_busy_team(), ANNA, MONDAY, NOW)
    assert TitleRow("Tuesday 24 November", "60′ to do · 6 h free") in rows
    assert TitleRow("Tuesday 24 November", "60′ to do") in week_rows(a_team(), ANNA, MONDAY, NOW)


async def test_the_week_says_what_it_leaves_and_whether_that_is_known() -> None:
    async with an_app(a_team(), "Anna", "mine", size=(80, 24)) as (app, pilot):
        above = the(app).list._heading_height
        app.workspace.run(
            lambda *_, **__: Edit("Busy", tuple(a_busy_team().busy.values())), who=None, now=NOW
        )
        await app.look()
        await settle(app, pilot)
        lines = text_of(app).splitlines()
        assert " ".join(lines[2].split()) == "Free 38 h of 40 h · busy 2 h 3 h a week for posts"
        assert lines[5].strip().startswith("▲ busy time of Anna (calendar.example.com) is 6 days old")
        assert the(app).list._heading_height == above + 1


@pytest.mark.parametrize("width", [58, 78, 118, 198])
def test_rows_fit_their_width_and_plain_terminals(width: int) -> None:
    calendar = a_team()
    for row in week_rows(calendar, ANNA, MONDAY, NOW):
        text = plain(TaskLine(calendar, NOW, width, ascii_only=True).of(row))
        assert len(text) <= width
        assert text.isascii()


# The screen


@pytest.mark.parametrize("size", SIZES)
async def test_my_week_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team(), "Anna", "mine", size=size) as (app, _):
        assert_golden(f"my_week_{size[0]}x{size[1]}", text_of(app))


async def test_space_says_a_task_is_done_and_again_that_it_is_not() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        screen = the(app)
        assert chosen(screen) == TaskRef(1, "draft")
        await press(app, pilot, "down", "space")
        assert app.calendar.task(TaskRef(2, "draft")).is_done
        assert chosen(screen) == TaskRef(2, "draft"), "nothing jumps"
        await press(app, pilot, "space")
        assert not app.calendar.task(TaskRef(2, "draft")).is_done


async def test_c_takes_a_task_and_r_gives_it_back() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        screen = the(app)
        await press(app, pilot, "end")
        ref = chosen(screen)
        assert ref is not None
        assert screen.list.current is not None
        assert screen.list.current.is_claim
        await press(app, pilot, "c")
        assert app.calendar.task(ref).member == ANNA
        assert chosen(screen) != ref, "on to the next that can be taken"
        screen.go_to_day(app.calendar.window(app.calendar.posts[ref.post], app.calendar.task(ref))[1])
        assert screen.list.go_to_post(ref.post)
        await press(app, pilot, "u")
        assert app.calendar.task(ref).member is None


async def test_release_gives_a_task_back() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        await press(app, pilot, "r")
        assert app.calendar.task(TaskRef(1, "draft")).member is None
        assert chosen(the(app)) == TaskRef(2, "draft")


async def test_marks_gather_tasks_for_one_change() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        await press(app, pilot, "v", "v", "space")
        assert app.calendar.task(TaskRef(1, "draft")).is_done
        assert app.calendar.task(TaskRef(2, "draft")).is_done
        await press(app, pilot, "u")
        assert not app.calendar.task(TaskRef(1, "draft")).is_done


async def test_weeks_go_back_and_on_and_t_comes_home() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        screen = the(app)
        await press(app, pilot, "L")
        assert screen.week == day("2026-11-30")
        assert chosen(screen) == TaskRef(3, "draft")
        await press(app, pilot, "t")
        assert screen.week == MONDAY


async def test_the_filter_looks_at_somebody_else_and_escape_comes_back() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        screen = the(app)
        screen.set_filter("@marco")
        assert screen.member is not None
        assert screen.member.name == "Marco"
        assert chosen(screen) == TaskRef(1, "review")
        await press(app, pilot, "escape")
        assert screen.member.name == "Anna"


async def test_without_a_known_viewer_it_asks_who_is_looking() -> None:
    async with an_app(a_team(), None, "mine") as (app, pilot):
        assert "Who are you?" in text_of(app)
        await press(app, pilot, "down", "enter")
        assert app.viewer is not None
        assert app.viewer.name == "Marco"
        assert "Marco · week 48" in text_of(app)


async def test_enter_opens_the_post_of_the_task() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        await press(app, pilot, "enter")
        assert app.current_mode == "week"


# What waits for an answer


def test_offers_to_me_stand_apart_with_who_asks_and_what_for() -> None:
    calendar = a_team_that_helps()
    rows = week_rows(calendar, ANNA, MONDAY, NOW)
    offers = [row for row in rows if isinstance(row, TaskRow) and row.is_offer]
    assert [(row.ref, row.due) for row in offers] == [
        (TaskRef(2, "draft"), day("2026-11-24")),  # the last day that Marco named
        (TaskRef(3, "design"), day("2026-12-01")),  # when her draft is due, which he wants for it
    ]
    assert NoteRow("from Marco Villa: I am at the fair") in rows
    assert NoteRow("from Marco Villa, for your draft of La squadra") in rows
    assert not {TaskRef(2, "draft"), TaskRef(3, "design")} & {
        row.ref for row in rows if isinstance(row, TaskRow) and not row.is_offer
    }
    swap = offers[1]
    # 60 minutes of draft are due that week; the design takes 30 and the draft is Marco's then.
    assert (swap.before and swap.before.minutes, swap.after and swap.after.minutes) == (60, 30)


def test_my_own_offer_says_who_declined_and_that_it_is_mine_once_all_have() -> None:
    calendar = a_team_that_helps()

    def said(calendar: Calendar) -> str:
        rows = week_rows(calendar, ANNA, MONDAY, NOW)
        row = next(row for row in rows if isinstance(row, TaskRow) and row.ref == TaskRef(2, "design"))
        return plain(TaskLine(calendar, NOW, 118).of(row))

    assert said(calendar).endswith("on offer to anyone, no from Giulia")
    post = calendar.posts[2]
    to_giulia = Offer(NOW, ANNA, (2,), declined=(2,))
    declined = replace(post, tasks={**post.tasks, "design": replace(post.tasks["design"], offer=to_giulia)})
    assert said(calendar.put(declined)).endswith("offer to Giulia declined: yours")


def test_offers_of_later_weeks_are_not_forgotten() -> None:
    rows = week_rows(a_team_that_helps(), 3, MONDAY, NOW)
    later = rows[rows.index(TitleRow("On offer, of later weeks", "yours until taken")) + 1]
    assert isinstance(later, TaskRow)
    assert later.ref == TaskRef(3, "design")


def test_only_whoever_leads_the_week_gets_the_warnings_and_a_few_at_a_time() -> None:
    calendar = a_team_that_helps()
    urgent = compute(calendar, NOW).urgent_warnings
    giulia = week_rows(calendar, 2, MONDAY, NOW, urgent=[*urgent, *urgent])
    assert giulia[0] == TitleRow("You lead this week", f"{2 * len(urgent)} warnings to act on", "accent")
    assert [row.warning for row in giulia if isinstance(row, FindingRow)] == [*urgent, *urgent][:5]
    assert NoteRow(f"and {2 * len(urgent) - 5} more: w") in giulia
    calm = week_rows(calendar, 2, MONDAY, NOW)
    assert calm[0] == TitleRow("You lead this week", "nothing asks for something now", "accent")
    assert not [row for row in week_rows(calendar, ANNA, MONDAY, NOW, urgent=urgent) if row in giulia[:2]]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_asked_of_me_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team_that_helps(), "Anna", "mine", size=size) as (app, _):
        assert_golden(f"my_week_asked_{size[0]}x{size[1]}", text_of(app))


async def test_an_offer_is_taken_or_declined_with_a_word() -> None:
    async with an_app(a_team_that_helps(), "Anna", "mine") as (app, pilot):
        await press(app, pilot, "c")
        assert app.calendar.task(TaskRef(2, "draft")).member == ANNA
        await press(app, pilot, "u", "D")
        assert "Anna Conti declined draft of post 2" in text_of(app)
        await answer(app, pilot, "I have the yard")
        offer = app.calendar.task(TaskRef(2, "draft")).offer
        assert offer is not None
        assert offer.declined == (ANNA,)
        assert "I have the yard" in app.status.text


async def test_a_boost_is_copied_with_its_text_done_with_space_or_declined() -> None:
    async with an_app(a_team_that_helps(), "Anna", "mine") as (app, pilot):
        while the(app).list.current_boost is None:
            await press(app, pilot, "down")
        assert ("space", "I did") in the(app).hints()
        await press(app, pilot, "y")
        assert app.clipboard == "New on our LinkedIn: “Il tornio” https://example.com/t"
        await press(app, pilot, "space")
        assert app.calendar.boosts[1].at == NOW
        assert "done today" in text_of(app), "it stays, so that it can be taken back"
        await press(app, pilot, "space")
        assert app.calendar.boosts[1].at is None
        await press(app, pilot, "D")
        assert app.calendar.boosts[1].declined
        assert "To boost" not in text_of(app)


async def test_nothing_to_decline_is_said() -> None:
    async with an_app(a_team(), "Anna", "mine") as (app, pilot):
        await press(app, pilot, "D")
        assert "is not on offer to Anna" in app.status.text


async def test_enter_on_a_warning_of_the_week_leads_to_the_warnings() -> None:
    async with an_app(a_team_that_helps(), "Giulia", "mine") as (app, pilot):
        await press(app, pilot, "home")
        assert "unassigned-task" in text_of(app)
        assert the(app).selected_tasks() == [TaskRef(2, "review")], "it can be assigned at once"
        await press(app, pilot, "enter")
        assert app.current_mode == "warnings"


def the(app: CadenceApp) -> MyWeekScreen:
    screen = app.screen
    assert isinstance(screen, MyWeekScreen)
    return screen


# Offers to anyone take a while: whom they fit is worked out beside the screen


async def test_offers_to_anyone_are_counted_while_the_week_can_be_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_end = Event()

    def slowly(*given: Any) -> list[TaskRef]:
        assert may_end.wait(10)
        return [TaskRef(2, "design")]

    monkeypatch.setattr(week_rows_module, "to_answer", slowly)
    async with an_app(a_team(), "Anna") as (app, pilot):
        app.go_to_place("mine")
        await pilot.pause()
        await pilot.press("down")
        assert ("Offered to you", "counting …") in parts(app)
        before = chosen(the(app))
        may_end.set()
        await settle(app, pilot)
        assert ("Offered to you", "c takes it, D declines") in parts(app)
        assert chosen(the(app)) == before, "the cursor stays with its task"
        may_end.clear()
        await pilot.press("space")
        await pilot.pause()
        assert ("Offered to you", "c takes it, D declines") in parts(app), "and what was known stays"
        may_end.set()
        await settle(app, pilot)


def parts(app: CadenceApp) -> list[tuple[str, str]]:
    return [(row.title, row.words) for row in the(app).list.rows if isinstance(row, TitleRow)]


async def test_what_stands_at_the_top_is_seen_as_long_as_the_task_that_one_comes_to_is() -> None:
    async with an_app(a_team_that_helps(), "Anna", "mine", size=(80, 24)) as (app, _):
        rows = the(app).list
        rows.place(rows.rows_visible - 1)
        assert rows.top_row == 0
        rows.place(rows.rows_visible + 1)
        assert rows.top_row > 0
