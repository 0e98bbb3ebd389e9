"""The history: everything that was done, whole where one looks, and undone from there in few keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from textual import events
from textual.pilot import Pilot

from cadence.model.change import Change, Op
from cadence.model.post import TaskRef
from cadence.operations import ideas, tasks
from cadence.operations.posts import edit_post, move_post
from cadence.tui.app import CadenceApp
from cadence.tui.changewords import ChangeWords
from cadence.tui.filter import parse_filter
from cadence.tui.historyview import FIRST_PAGE, Annals, Entry, Wanted
from cadence.tui.screens.history import HistoryScreen
from cadence.tui.screens.ideas import IdeasScreen
from cadence.tui.screens.undoing import AskScreen
from cadence.tui.screens.week import WeekScreen
from cadence.tui.widgets.cells import plain
from cadence.tui.widgets.history_list import Day
from cadence.workspace import Workspace
from tests.builders import NOW, day
from tests.tui.apps import an_app, catch_up, press, settle
from tests.tui.contributors import a_small_office
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.office import workspace_of

TORNIO, STORIA, SQUADRA = 1, 2, 3
YESTERDAY = NOW - timedelta(days=1)


def a_busy_team(url: str = "") -> Workspace:
    """Yesterday Anna had an idea and Marco moved Storia Bianchi; today Giulia gave its draft to Anna, by
    mistake, and Marco retitled La squadra, twice."""
    workspace = workspace_of(a_small_office().build(), url)
    anna, giulia, marco = (workspace.calendar.member(name) for name in ("Anna", "Giulia", "Marco"))

    def did(
        who: object, at: datetime, operation: Callable[..., object], *args: object, **more: object
    ) -> None:
        workspace.run(operation, *args, who=who, now=at, **more)  # type: ignore[arg-type]

    did(anna, YESTERDAY, ideas.add_idea, "A day in the yard")
    did(marco, YESTERDAY, move_post, STORIA, days=1)
    did(giulia, NOW - timedelta(minutes=50), tasks.assign, TaskRef(STORIA, "draft"), anna.id)
    did(marco, NOW - timedelta(minutes=40), edit_post, SQUADRA, title="La nostra squadra")
    did(marco, NOW - timedelta(minutes=30), edit_post, SQUADRA, title="Noi")
    return workspace


def the(app: CadenceApp) -> HistoryScreen:
    screen = app.calendar_screen
    assert isinstance(screen, HistoryScreen)
    return screen


def seqs(app: CadenceApp) -> list[int]:
    return [row.seq for row in the(app).list.rows if isinstance(row, Entry)]


async def until_shown(app: CadenceApp, pilot: Pilot[None], seq: int) -> None:
    """Until a change that is being made stands on top."""
    for _ in range(200):
        if seqs(app)[0] == seq:
            break
        await pilot.pause(0.02)
    await settle(app, pilot)
    assert seqs(app)[0] == seq


def panel_of(app: CadenceApp) -> str:
    return "\n".join(" ".join(plain(line).split()) for line in the(app).panel._lines)


@pytest.mark.parametrize("size", SIZES)
async def test_the_history_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_busy_team(), "Giulia", "history", size=size) as (app, pilot):
        await press(app, pilot, "down", "down", "u", "enter")
        await until_shown(app, pilot, 7)
        assert_golden(f"history_{size[0]}x{size[1]}", text_of(app))


async def test_it_reads_in_plain_letters_too() -> None:
    async with an_app(a_busy_team(), "Giulia", "history", size=(80, 24), ascii_only=True) as (app, pilot):
        await press(app, pilot, "enter")
        assert text_of(app).isascii()
        assert_golden("history_ascii", text_of(app))


# Reading


async def test_a_long_history_is_read_as_far_as_one_looks_and_to_the_end_when_asked() -> None:
    workspace = a_busy_team()
    marco = workspace.calendar.member("Marco")
    for number in range(250):
        workspace.run(edit_post, SQUADRA, title=f"Numero {number}", who=marco, now=NOW)
    async with an_app(workspace, "Giulia", "history") as (app, pilot):
        assert len(seqs(app)) == FIRST_PAGE
        the(app).list.move_to(150)
        await settle(app, pilot)
        assert len(seqs(app)) == 256, "twice as many the second time"
        await press(app, pilot, "end")
        assert the(app).list.current is not None
        assert the(app).list.current.seq == 1
        await press(app, pilot, "home")
        the(app).go_to_change(3)
        await settle(app, pilot)
        assert the(app).list.current.seq == 3
        the(app).go_to_day(day("2026-11-22"))
        await settle(app, pilot)
        assert the(app).list.current.seq == 3, "the newest of that day"


async def test_what_happens_meanwhile_appears_on_top_and_the_cursor_stays() -> None:
    workspace = a_busy_team()
    other = Workspace.open(workspace.url)
    async with an_app(workspace, "Giulia", "history") as (app, pilot):
        await press(app, pilot, "down")
        other.run(edit_post, SQUADRA, note="!", who=other.calendar.member("Anna"), now=NOW)
        await catch_up(app, pilot, other)
        await settle(app, pilot)
        assert seqs(app)[:2] == [7, 6]
        assert the(app).list.current is not None
        assert the(app).list.current.seq == 5


async def test_whoever_left_on_the_newest_change_comes_back_to_the_newest() -> None:
    async with an_app(a_busy_team(), "Marco", "history") as (app, pilot):
        await press(app, pilot, "escape")
        await app.perform(edit_post, SQUADRA, note="!")
        await press(app, pilot, "U")
        await settle(app, pilot)
        assert the(app).list.current is not None
        assert the(app).list.current.seq == 7


def test_an_undo_that_is_undone_leaves_the_first_change_standing() -> None:
    def change(seq: int, undoes: int | None = None) -> Change:
        return Change(seq, NOW, "Anna", "", (), undoes)

    changes = [change(1), change(2, 1), change(3, 2)]
    annals = Annals()
    read = annals.reader()
    annals.add_older([read(changes[1]), read(changes[0])], 200)
    assert annals.undone_by(1) is not None
    assert [entry.seq for entry in annals.add_newer([read(changes[2]), read(changes[1])])] == [3]
    assert annals.undone_by(1) is None
    assert annals.undone_by(2) == Entry.of(changes[2])
    at_once = Annals()
    at_once.add_older([at_once.reader()(change) for change in reversed(changes)], 200)
    assert at_once.undone_by(1) is None
    assert at_once.is_whole


# Filters


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("@marco", [6, 5, 3]),
        ("#linkedin", [6, 5, 4, 3, 1]),
        ("noi", [6]),
        ("@marco bianchi", [3]),
        ("3", [6, 5, 3, 1]),
        ("is:published", [1]),
    ],
)
def test_a_filter_keeps_who_did_it_where_words_and_numbers(words: str, found: list[int]) -> None:
    workspace = a_busy_team()
    wanted = Wanted(parse_filter(words, workspace.calendar))
    entries = map(Entry.of, workspace.history())
    assert [entry.seq for entry in entries if wanted.holds(entry, workspace.calendar)] == found


async def test_changes_stand_under_their_days_and_a_key_each_shows_only_some() -> None:
    async with an_app(a_busy_team(), "Giulia", "history") as (app, pilot):
        assert seqs(app) == [6, 5, 4, 3, 2, 1]
        rows = the(app).list.rows
        days = [(place, row.day) for place, row in enumerate(rows) if isinstance(row, Day)]
        assert days == [(0, day("2026-11-23")), (4, day("2026-11-22")), (7, day("2026-10-24"))]
        await press(app, pilot, "m")
        assert seqs(app) == [4]
        await press(app, pilot, "o")
        assert seqs(app) == [6, 5, 3, 2, 1]
        await press(app, pilot, "o", "s")
        assert seqs(app) == [6, 5, 1]
        assert "post 3 “Noi”, LinkedIn" in text_of(app)
        await press(app, pilot, "escape")
        assert len(seqs(app)) == 6


# A change whole


async def test_every_field_is_told_in_words_before_and_after() -> None:
    async with an_app(a_busy_team(), "Giulia", "history") as (app, pilot):
        assert "title La nostra squadra → Noi" in panel_of(app)
        await press(app, pilot, "down", "down")
        assert "draft: who Marco Villa → Anna Conti" in panel_of(app)
        await press(app, pilot, "down")
        assert "time Thu 26 09:00 → Fri 27 09:00" in panel_of(app)
        await press(app, pilot, "down")
        assert "added idea 1 “A day in the yard”" in panel_of(app)
        assert "author Anna Conti" in panel_of(app)
        await press(app, pilot, "home", "v", "v", "y")
        first, second = app.clipboard.splitlines()
        assert first.startswith("2026-11-23 09:30 Marco Edited post 3")
        assert second.startswith("2026-11-23 09:20 Marco Edited post 3")


async def test_an_import_is_read_when_one_looks_and_told_by_its_first_documents() -> None:
    workspace = a_busy_team()
    workspace.run(lambda calendar, *_a, **_o: _many(calendar), who=None, now=NOW, by="Anna Conti")
    async with an_app(workspace, "Giulia", "history") as (app, pilot):
        await pilot.pause(0.2)
        known = the(app).annals.whole(7)
        assert known is not None
        assert len(known.ops) == 40, "the rest is not kept"
        assert panel_of(app).count("added post") == 30
        assert "and 20 more" in panel_of(app)


def _many(calendar: object) -> object:
    from cadence.model.post import Post
    from cadence.operations.edit import Edit

    first = calendar.next_id(Post)  # type: ignore[attr-defined]
    at = datetime(2026, 11, 2, 9)
    posts = (Post(id=first + n, channel=1, title=f"Import {n}", at=at) for n in range(50))
    return Edit("Imported 50 posts", tuple(posts))


def test_what_is_gone_or_from_a_later_version_is_told_as_well_as_can_be() -> None:
    calendar = a_small_office().build()
    ops = (
        Op("d", "posts", 99, 2, {}, {"title": "Old", "channel": 2, "tasks": {"draft": {"effort": 60}}}),
        Op("u", "members", 1, 2, {"allowance": 120, "mood": {"color": "blue"}}, {"allowance": 90}),
        Op("u", "posts", 2, 3, {"tasks": {"draft": {"offer": None}}},
           {"tasks": {"draft": {"offer": {"by": 1, "to": [3], "at": "2026-11-23T09:00:00Z"}}}}),
        Op("i", "absences", 5, 1, {"member": 77, "first": "2026-12-01", "last": "2026-12-04"}, {}),
    )  # fmt: skip
    change = Change(1, NOW, "Anna", "", ops)
    said = [plain(line) for line in ChangeWords(calendar, day("2026-11-23")).lines(change, 4, 100)]
    assert [" ".join(line.split()) for line in said] == [
        "removed post 99 “Old”, Blog",
        "title Old",
        "channel Blog",
        "draft 60′, nobody",
        "changed member Anna Conti",
        "allowance 1 h 30 → 2 h",
        "mood: color nothing → blue"
        if "mood: color nothing → blue" in " ".join(said)
        else "color nothing → blue",
        "changed post 2 “Storia Bianchi”, LinkedIn",
        "draft: offer to Marco Villa → nothing",
        "added an absence of somebody who is gone",
        "who somebody who is gone",
        "first day Tue 1 Dec",
        "last day Fri 4 Dec",
    ]


def test_what_holds_several_things_reads_as_people_would_say_it() -> None:
    calendar = a_small_office().build()
    comment = {"by": 1, "at": "2026-11-20T08:15:00Z", "text": "Customers ask me about this."}
    ops = (
        Op("i", "ideas", 7, 1, {"comments": [comment, {**comment, "by": 77, "text": "Me too."}]}, {}),
        Op("i", "members", 9, 1, {
            "skills": [{"task": "draft", "channel": 1, "level": "expert"}, {"task": "publish", "channel": 1},
                       {"task": "review", "level": "learning"}],
            "hours": {"mon": [[480, 720], [780, 1020]], "fri": [[480, 750]]},
        }, {}),
        Op("i", "rhythms", 9, 1, {
            "pauses": [{"first": "2026-12-24", "last": "2027-01-06", "reason": "Closed"},
                       {"first": "2027-08-09", "last": "2027-08-20"}],
        }, {}),
    )  # fmt: skip
    change = Change(1, NOW, "Anna", "", ops)
    said = [plain(line) for line in ChangeWords(calendar, day("2026-11-23")).lines(change, 3, 200)]
    assert [" ".join(line.split()) for line in said if line.startswith("   ")] == [
        "comments Anna Conti, Fri 20 09:15: Customers ask me about this. · "
        "somebody who is gone, Fri 20 09:15: Me too.",
        "skills LinkedIn: draft (expert), publish · every channel: review (learning)",
        "working hours: Mon 08:00-12:00, 13:00-17:00",
        "working hours: Fri 08:00-12:30",
        "pauses Thu 24 Dec – Wed 6 Jan 2027 (Closed) · Mon 9 Aug 2027 – Fri 20 Aug 2027",
    ]


# Undoing


async def test_what_somebody_else_did_by_mistake_is_undone_with_five_keys() -> None:
    async with an_app(a_busy_team(), "Giulia") as (app, pilot):
        await press(app, pilot, "U", "down", "down", "u")
        assert isinstance(app.screen, AskScreen)
        assert "Anna Conti → Marco Villa" in app.screen.text
        assert app.calendar.seq == 6
        await press(app, pilot, "enter")
        assert app.calendar.task(TaskRef(STORIA, "draft")).member == app.calendar.member("Marco").id
        await until_shown(app, pilot, 7)
        assert the(app).list.current is not None
        assert the(app).list.current.seq == 4
        assert "undone by Giulia Rossi" in panel_of(app)


async def test_undone_once_more_it_is_brought_back_and_marked_ones_are_undone_together() -> None:
    async with an_app(a_busy_team(), "Giulia", "history") as (app, pilot):
        await press(app, pilot, "u", "enter", "u")
        assert isinstance(app.screen, AskScreen)
        assert "Giulia Rossi undid it already" in app.screen.text
        await press(app, pilot, "enter")
        assert app.calendar.posts[SQUADRA].title == "Noi"
        await press(app, pilot, "v", "v", "u", "escape")
        assert app.calendar.seq == 8, "nothing was done"
        await press(app, pilot, "u", "enter")
        assert app.calendar.posts[SQUADRA].title == "La squadra"
        assert not the(app).list.marked
        await press(app, pilot, "ctrl+r")
        assert app.calendar.posts[SQUADRA].title == "La nostra squadra"


async def test_keys_that_follow_the_answer_quickly_are_about_what_it_did() -> None:
    async with an_app(a_busy_team(), "Giulia", "history") as (app, pilot):
        for key in ("u", "enter", "u"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(5):
            await settle(app, pilot)
        assert app.calendar.seq == 7
        assert isinstance(app.screen, AskScreen)
        assert "Giulia Rossi undid it already" in app.screen.text


async def test_where_somebody_has_built_upon_it_enter_goes_to_what_is_in_the_way() -> None:
    async with an_app(a_busy_team(), "Giulia", "history") as (app, pilot):
        the(app).set_filter("nostra")
        await press(app, pilot, "u")
        assert isinstance(app.screen, AskScreen)
        assert "goes to change 6, of Marco Villa" in app.screen.text
        assert "somebody has built upon it" in app.screen.text
        await press(app, pilot, "enter")
        assert app.calendar.seq == 6
        assert the(app).list.current is not None
        assert the(app).list.current.seq == 6, "out of the filter that hid it"


def test_trying_an_undo_stores_nothing() -> None:
    workspace = a_busy_team()
    giulia = workspace.calendar.member("Giulia")
    before = workspace.calendar
    assert workspace.check_undo(giulia, NOW, 6).startswith("Undid change 6: Edited post 3")
    assert workspace.calendar is before
    assert len(workspace.history()) == 6


# Going on from there


async def test_enter_shows_it_whole_and_enter_again_goes_to_the_post_or_idea() -> None:
    async with an_app(a_busy_team(), "Giulia", "history") as (app, pilot):
        await press(app, pilot, "enter")
        assert the(app).is_open
        await press(app, pilot, "enter")
        week = app.calendar_screen
        assert isinstance(week, WeekScreen)
        assert week.post_here is not None
        assert week.post_here.title == "Noi"
        await press(app, pilot, "U", "escape", "down", "down", "down", "down", "enter", "enter")
        assert isinstance(app.calendar_screen, IdeasScreen)
