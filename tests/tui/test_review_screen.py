"""Looking back in the app: the parts of a retrospective as one list, week by week further back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from cadence.insight.traces import Trace, trace_of
from cadence.model.post import TaskRef
from cadence.operations import tasks
from cadence.tui.app import CadenceApp
from cadence.tui.filter import EVERYTHING
from cadence.tui.reviewing import Wish, look_back
from cadence.tui.screens.ideas import IdeasScreen
from cadence.tui.screens.review import ReviewScreen
from cadence.tui.screens.week import WeekScreen
from cadence.tui.widgets.cells import plain, width_of
from cadence.tui.widgets.review_line import ReviewLine
from cadence.tui.widgets.review_rows import Entry, Title, review_rows
from tests.builders import NOW, day
from tests.tui.apps import an_app, press, settle
from tests.tui.contributors import MARCO
from tests.tui.goldens import SIZES, assert_golden, text_of
from tests.tui.looking_back import LATHE, MISSED, STORIA, a_team_that_looks_back


def the(app: CadenceApp) -> ReviewScreen:
    screen = app.calendar_screen
    assert isinstance(screen, ReviewScreen)
    return screen


def go_to(app: CadenceApp, key: str) -> None:
    """To the first line whose key begins so."""
    keys = the(app).list.row_keys()
    the(app).list.move_to(next(row for row, known in enumerate(keys) if known.startswith(key)))


def week_of(app: CadenceApp) -> WeekScreen:
    screen = app.calendar_screen
    assert isinstance(screen, WeekScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_looking_back_looks_like_this(size: tuple[int, int]) -> None:
    async with an_app(a_team_that_looks_back(), "Giulia", "review", size=size) as (app, _):
        assert_golden(f"review_{size[0]}x{size[1]}", text_of(app))


async def test_the_end_of_it_reads_in_plain_letters_too() -> None:
    async with an_app(a_team_that_looks_back(), "Giulia", "review", size=(80, 24), ascii_only=True) as (
        app,
        pilot,
    ):
        await press(app, pilot, "end")
        assert text_of(app).isascii()
        assert_golden("review_ascii", text_of(app))


def test_every_figure_is_that_of_the_review_and_people_stand_by_their_names() -> None:
    workspace = a_team_that_looks_back()
    found = look_back(Wish(workspace.calendar, day("2026-10-26"), 4, NOW), workspace.told_by(trace_of))
    reader = ReviewLine(found, day("2026-11-23"), 100)
    rows = review_rows(found, EVERYTHING)
    said = {row.key: plain(reader.of(row)) for row in rows if isinstance(row, Entry)}
    titles = [row.text for row in rows if isinstance(row, Title) and row.text]
    assert titles == [
        "Promised and kept", "Missed, and why", "Who carried what", "Changed hands", "Ideas", "Boosts",
        "Who took part", "Outside help", "Who led",
    ]  # fmt: skip
    assert said["kept 1"].split()[:5] == ["LinkedIn", "✕", "✕", "●", "1/3"]
    assert said["missed 1 2 2026-11-13 09:00:00"].endswith(
        "the draft was not done in time (Marco Villa) · La fiera"
    )
    people = [key for key in said if key.startswith("carried")]
    assert people == ["carried 1", "carried 2", "carried 3", "carried 4"]
    (handed,) = (line for key, line in said.items() if key.startswith("handed"))
    assert " ".join(handed.split()) == ("Fri 20 Nov 10:00 Storia Bianchi draft Marco → Anna by Giulia Rossi")
    assert "Our first lathe" in said["idea 4"]
    assert said["idea 4"].endswith("→ ● LinkedIn, Fri 20 → Marco")
    assert said[f"boosted {LATHE}"].split() == ["Il", "tornio", "LinkedIn", "asked", "2", "Marco"]
    assert said["group None"].split() == ["Everybody", "3", "67", "%", "2", "1", "–"]
    assert said["outside 4"] == "Studio Blu  1 task · 30′ · 24 €"
    assert [line.split()[-1] for key, line in said.items() if key.startswith("led")] == [
        "nobody", "nobody", "Giulia", "Marco",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [57, 76, 116, 196])
@pytest.mark.parametrize("weeks", [1, 4, 52])
def test_no_line_is_wider_than_the_screen_and_every_channel_keeps_its_marks(weeks: int, width: int) -> None:
    calendar = a_team_that_looks_back().calendar
    found = look_back(Wish(calendar, day("2026-11-23") - timedelta(weeks=weeks), weeks, NOW), ())
    reader = ReviewLine(found, day("2026-11-23"), width)
    lines = {row.key: reader.of(row) for row in review_rows(found, EVERYTHING) if isinstance(row, Entry)}
    cut = ("missed", "outside", "boosted")  # by the list, at their ends
    assert [key for key, line in lines.items() if width_of(line) > width and not key.startswith(cut)] == []
    assert plain(lines["kept 1"]).count("✕") >= 1 or weeks == 1


def test_who_carried_too_much_has_a_sign_and_a_longer_bar() -> None:
    calendar = a_team_that_looks_back().calendar
    calendar = calendar.put(replace(calendar.members[MARCO], allowance=10))
    found = look_back(Wish(calendar, day("2026-11-09"), 2, NOW), ())
    lines = {one.member: one for one in found.review.carried}
    assert (lines[MARCO].minutes, lines[MARCO].capacity) == (65, 20)
    reader = ReviewLine(found, day("2026-11-23"), 76)
    (row,) = (r for r in review_rows(found, EVERYTHING) if isinstance(r, Entry) and r.key == "carried 3")
    line = reader.of(row)
    assert "▲ 325 %" in plain(line)
    within, over = (next(len(text) for text, tone in line if tone == kind) for kind in ("good", "bad"))
    assert over / within == pytest.approx(2.25, abs=0.25), "a whole time, and 2¼ of it more"


async def test_enter_leads_to_the_post_the_idea_the_day_or_what_else_somebody_did() -> None:
    async with an_app(a_team_that_looks_back(), "Giulia", "review") as (app, pilot):
        for key, post in (("missed 1 2 2026-11-13", MISSED), ("handed", STORIA), ("boosted", LATHE)):
            go_to(app, key)
            await press(app, pilot, "enter")
            assert week_of(app).selected_posts() == [post]
            await press(app, pilot, "R")
        go_to(app, "missed 1 2 2026-11-06")
        await press(app, pilot, "enter")
        assert week_of(app).grid.day == day("2026-11-06")
        await press(app, pilot, "R")
        go_to(app, "idea 3")
        await press(app, pilot, "enter")
        ideas = app.calendar_screen
        assert isinstance(ideas, IdeasScreen)
        assert ideas.list.current is not None
        assert ideas.list.current.id == 3
        await press(app, pilot, "R")
        go_to(app, f"carried {MARCO}")
        await press(app, pilot, "enter")
        assert app.filter.members == {MARCO}
        assert "carried 1" not in the(app).list.row_keys()
        await press(app, pilot, "escape")
        assert "carried 1" in the(app).list.row_keys()


async def test_keys_choose_the_weeks_and_copy_what_is_shown_or_marked() -> None:
    async with an_app(a_team_that_looks_back(), "Giulia", "review") as (app, pilot):
        await press(app, pilot, "L")
        assert "These are the last weeks that are over" in app.status.text
        await press(app, pilot, "minus", "minus", "H")
        assert "26 Oct – 8 Nov 2026 · 2 weeks" in text_of(app)
        assert "cadence review --from 2026-10-26 --to 2026-11-09 --html review.html" in text_of(app)
        assert "kept 1" in the(app).list.row_keys()
        assert "missed 1 2 2026-11-13 09:00:00" not in the(app).list.row_keys()
        await press(app, pilot, "plus")
        assert "19 Oct – 8 Nov 2026 · 3 weeks" in text_of(app)
        await press(app, pilot, *("minus",) * 3)
        assert "A week at least" in app.status.text
        await press(app, pilot, "t")
        assert "26 Oct – 22 Nov 2026 · 4 weeks" in text_of(app)
        assert "As a page: cadence review --html review.html" in text_of(app)
        await press(app, pilot, "y")
        lines = app.clipboard.splitlines()
        assert lines[0] == "Officine Rossi, 26 Oct – 22 Nov 2026"
        assert "from Mon 16 Nov   Marco" in lines, "more than the screen shows"
        await press(app, pilot, "end", "v", "y")
        assert app.clipboard == "from Mon 16 Nov   Marco"
        assert "Copied 1 line" in app.status.text


async def test_what_is_done_meanwhile_is_counted_and_the_cursor_stays() -> None:
    workspace = a_team_that_looks_back()
    async with an_app(workspace, "Giulia", "review") as (app, pilot):
        go_to(app, "handed")
        before = the(app).list.current
        workspace.run(tasks.unassign, TaskRef(STORIA, "design"), who=None, now=NOW - timedelta(days=1))
        await app.look()
        await settle(app, pilot)
        keys = [key for key in the(app).list.row_keys() if key.startswith("handed")]
        assert len(keys) == 2
        assert the(app).list.current == before


async def test_a_history_that_cannot_be_read_is_said_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace = a_team_that_looks_back()
    async with an_app(workspace, "Giulia") as (app, pilot):

        def fail(*_args: object, **_options: object) -> list[Trace]:
            raise OSError("the disk is gone")

        monkeypatch.setattr(workspace, "told_by", fail)
        await press(app, pilot, "R")
        assert "These weeks could not be looked back on: the disk is gone" in text_of(app)
        await press(app, pilot, "y", "enter", "down")
        assert "nothing here" in app.status.text
