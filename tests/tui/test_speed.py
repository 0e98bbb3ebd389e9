"""What keeps keys fast: work that is done once, later, or not at all. How fast, `make bench` says."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from textual.css.stylesheet import Stylesheet

from cadence.model.calendar import Calendar
from cadence.operations.posts import edit_post
from cadence.tui import figures
from cadence.tui.actions import PLACES
from cadence.tui.collecting import MUCH, PATIENCE, PAUSE, REST, WORTH_IT, Collecting
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.tui.apps import an_app, catch_up, press, settle
from tests.tui.office import office, workspace_of


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every time that the whole style sheet is read anew."""
    found: list[str] = []
    reparse = Stylesheet.reparse

    def counted(sheet: Stylesheet) -> None:
        found.append("read")
        reparse(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    return found


async def test_the_style_sheet_is_read_for_a_theme_and_not_for_a_screen(reads: list[str]) -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await press(app, pilot, "M", "T", "escape")
        assert reads == []
        app.theme = "cadence-light"
        await settle(app, pilot)
        assert reads == ["read"]
        await press(app, pilot, "U")
        assert reads == ["read"]


async def test_a_screen_that_one_comes_back_to_has_the_colours_of_now() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        before = app.screen.styles.background
        await press(app, pilot, "M")
        app.theme = "cadence-light"
        await settle(app, pilot)
        light = app.screen.styles.background
        await press(app, pilot, "escape", "w", "escape")
        assert app.screen.styles.background == light != before


@pytest.mark.long
async def test_screens_that_are_hidden_do_not_keep_the_figures_of_the_moments_they_were_left() -> None:
    workspace = workspace_of(office())
    other = Workspace.open(workspace.url)
    known: list[ref[figures.Figures]] = []
    async with an_app(workspace, "Giulia") as (app, pilot):
        for place in PLACES:
            other.run(edit_post, 81, title=f"On {place}", who=other.calendar.member("Luca"), now=NOW)
            app.go_to_place(place)
            await catch_up(app, pilot, other)
            assert app.figures is not None
            known.append(ref(app.figures))
        gc.collect()
        assert len(known) == 16
        assert [figures() is not None for figures in known] == 15 * [False] + [True]


async def test_of_many_changes_at_once_only_the_last_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        await settle(app, pilot)
        counted: list[Calendar] = []
        compute = figures.compute
        monkeypatch.setattr(figures, "compute", lambda of, now: counted.append(of) or compute(of, now))
        for _ in range(20):
            app.compute_figures()
        await settle(app, pilot)
        assert len(counted) == 1
        assert app.figures is not None
        assert app.figures.calendar is app.calendar


# When garbage is collected


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the collector was asked for; it has seen as many lesser looks as make a full one worth while."""
    found: list[str] = []
    threshold = gc.get_threshold()
    monkeypatch.setattr(gc, "collect", lambda: found.append("collect"))
    monkeypatch.setattr(gc, "freeze", lambda: found.append("freeze"))
    monkeypatch.setattr(gc, "unfreeze", lambda: found.append("unfreeze"))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, WORTH_IT))
    yield found
    gc.set_threshold(*threshold)


def test_garbage_is_collected_in_a_pause_and_not_between_keys(
    collected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("cadence.tui.collecting.monotonic", clock)
    collecting = Collecting()
    assert gc.get_threshold()[2] == PATIENCE
    for _ in range(10):
        clock.now += PAUSE / 2
        collecting.key()
        collecting.look()
    assert collected == []
    clock.now += PAUSE
    collecting.look()
    assert collected == ["collect"]


def test_what_the_app_is_made_of_is_set_aside_and_what_comes_later_with_it_once_it_is_much(
    collected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, lesser_looks = Clock(), Clock()
    monkeypatch.setattr("cadence.tui.collecting.monotonic", clock)
    monkeypatch.setattr("cadence.tui.collecting._lesser_looks", lesser_looks)
    collecting = Collecting()
    collecting.settle()
    clock.now += PAUSE
    collecting.look()
    assert collected == ["unfreeze", "collect", "freeze"]
    lesser_looks.now += MUCH
    collecting.look()
    assert collected[3:] == ["collect"], "while somebody may go on at once only what is new is looked at"
    clock.now += REST
    collecting.look()
    assert collected[4:] == ["unfreeze", "collect", "freeze"]
    collecting.look()
    assert collected[7:] == ["collect"]
