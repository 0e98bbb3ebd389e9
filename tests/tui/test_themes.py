"""Our themes can be read: contrast as computed, channels told apart by every eye, and no colours at all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual.app import App
from textual.widgets import Input

from cadence.model.errors import BadInput
from cadence.tui.accents import accent_of
from cadence.tui.app import CadenceApp
from cadence.tui.themes import theme_of
from cadence.tui.widgets.rhythm_strip import RhythmStrip
from cadence.user.palettes import ACCENTS, BACKS, COLOURS, OF_THE_TERMINAL, OURS, TEXTS, Palette, contrast
from cadence.user.theme_files import parse_theme
from tests.builders import NOW, a_calendar
from tests.tui.apps import an_app, press
from tests.tui.office import office, workspace_of
from tools.colours import EYES, least_distance

SHEET = Path("cadence/tui/theme.tcss").read_text("utf-8")
MEASURED = [theme for theme in OURS.values() if not theme.is_terminal]
NEEDED = {"cadence-dark": 4.5, "cadence-light": 4.5, "cadence-contrast": 7.0}


def variables(theme: Palette) -> dict[str, str]:
    """What the style sheet's variables are in a theme, as `#rrggbb`."""
    found = theme_of(theme)
    return {**found.to_color_system().generate(), **found.variables}


def used(rule: str) -> set[str]:
    """The variables that the style sheet uses for `color` or `background`."""
    return set(re.findall(rf"(?:^|[{{;\s]){rule}: \$([a-z0-9-]+)", SHEET))


@pytest.mark.parametrize("theme", MEASURED, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_everything_that_is_behind_one(theme: Palette) -> None:
    colours = variables(theme)
    texts = used("color") - {"line", "background"} | set(ACCENTS)
    backs = used("background") - {"accent"}
    assert {"quiet", "error"} <= texts
    assert {"background", "panel", "cursor-back", "marked-back", "today-back"} <= backs
    pairs = {(text, back): contrast(colours[text], colours[back]) for text in texts for back in backs}
    pairs["jump-label", "accent"] = contrast(colours["background"], colours["accent"])
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < NEEDED[theme.name]} == {}


@pytest.mark.parametrize("theme", MEASURED, ids=lambda theme: theme.name)
def test_sixteen_colours_leave_no_text_in_the_colour_behind_it(theme: Palette) -> None:
    def nearest(name: str) -> int | None:
        return Color.parse(theme.colours[name]).downgrade(ColorSystem.STANDARD).number

    assert [(text, back) for text in TEXTS for back in BACKS if nearest(text) == nearest(back)] == []


def test_lines_and_scroll_bars_can_be_seen_and_in_high_contrast_well() -> None:
    for theme in MEASURED:
        least = 4.5 if theme.name == "cadence-contrast" else 2.0
        assert contrast(theme.colours["line"], theme.colours["background"]) > least


@pytest.mark.parametrize("theme", MEASURED, ids=lambda theme: theme.name)
@pytest.mark.parametrize("eyes", EYES)
def test_the_accents_are_told_apart_by_every_eye(theme: Palette, eyes: str) -> None:
    assert least_distance([theme.colours[accent] for accent in ACCENTS], eyes) > 7


def test_the_accents_of_the_terminal_are_eight_colours_and_none_is_that_of_trouble() -> None:
    found = {OF_THE_TERMINAL.colours[accent] for accent in ACCENTS}
    assert len(found) == 8
    assert not found & {OF_THE_TERMINAL.colours[tone] for tone in ("bad", "warn", "text", "background")}


@pytest.mark.parametrize("theme", OURS.values(), ids=lambda theme: theme.name)
def test_a_theme_says_every_colour(theme: Palette) -> None:
    assert set(theme.colours) == set(COLOURS)


# Accents


def test_a_channel_keeps_its_accent_when_others_go() -> None:
    builder = a_calendar()
    for number in range(1, 11):
        builder.with_channel(f"Channel {number}")
    ten = builder.build()
    assert [accent_of(ten, id) for id in sorted(ten.channels)] == [*ACCENTS, *ACCENTS[:2]]
    without = replace(ten, channels={id: ten.channels[id] for id in sorted(ten.channels)[2:5]})
    assert [accent_of(without, id) for id in without.channels] == list(ACCENTS[2:5])


def test_two_channels_have_different_accents_while_there_are_eight() -> None:
    from cadence.tui.accents import _accents

    found = _accents((1, 9, 17, 2))
    assert found == {1: "channel-1", 2: "channel-2", 9: "channel-3", 17: "channel-4"}


async def test_trouble_stays_red_and_what_is_chosen_stays_a_heading() -> None:
    async with an_app(office(), "Giulia") as (app, _pilot):
        strip = app.screen.query_one(RhythmStrip)
        lines = [strip.line(y, strip.size.width) for y in range(1, 4)]
        tones = {text.strip(): tone for line in lines for text, tone in line[1:2]}
        chosen = next(p.name for p in strip.promises if p.channel == strip.chosen)
        assert tones["Blog"] == "bad"
        assert tones[chosen] == "head"
        assert {tone for name, tone in tones.items() if name not in ("Blog", chosen)} <= set(ACCENTS)


# Which theme, and no colours


def an_app_with(monkeypatch: pytest.MonkeyPatch, theme: str = "", **environment: str) -> CadenceApp:
    for name, value in {"COLORTERM": "", "TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    return CadenceApp(workspace_of(office()), None, lambda: NOW, theme=theme)


def test_the_terminals_own_colours_hold_where_there_are_few_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert an_app_with(monkeypatch).theme == "cadence-dark"
    assert an_app_with(monkeypatch, TERM="xterm").theme == "cadence-terminal"
    assert an_app_with(monkeypatch, "cadence-light", TERM="xterm").theme == "cadence-light"
    assert an_app_with(monkeypatch, NO_COLOR="1").theme == "cadence-terminal"


def coloured(app: App[None]) -> list[str]:
    """Where a colour would reach the terminal."""
    strips = app.screen._compositor.render_strips()
    found = []
    for strip in strips:
        segments = list(strip)
        for line_filter in app._filters:
            if line_filter.enabled:
                segments = line_filter.apply(segments, app.screen.background_colors[1])
        found += [
            segment.text
            for segment in segments
            if segment.style
            and any(c and not c.is_default for c in (segment.style.color, segment.style.bgcolor))
        ]
    return found


@pytest.mark.parametrize("theme", ["", "cadence-light", "nord"])
async def test_without_colours_no_colour_is_sent_and_the_cursor_is_reversed(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = an_app_with(monkeypatch, theme, NO_COLOR="1")
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert coloured(app) == []
        strips = app.screen._compositor.render_strips()
        reversed_text = [seg.text for strip in strips for seg in strip if seg.style and seg.style.reverse]
        assert any("18:00" in text for text in reversed_text)


async def test_a_theme_of_ones_own_is_among_the_others() -> None:
    own = parse_theme(b'name = "harbour"\n[colours]\nhead = "#7fc4d8"', Path("x.toml"))
    async with an_app(office(), "Giulia", theme="harbour", themes=[own]) as (app, _pilot):
        assert "harbour" in app.available_themes
        assert app.theme_variables["primary"].lower() == "#7fc4d8"
    with pytest.raises(BadInput, match="no theme 'harbour'"):
        CadenceApp(workspace_of(office()), None, lambda: NOW, theme="harbour")


async def test_a_theme_of_ones_own_may_mix_in_colours_of_the_terminal() -> None:
    """Textual turns them into others, so that they go together."""
    own = parse_theme(b'name = "harbour"\n[colours]\nquiet = "green"\nline = "red"', Path("x.toml"))
    async with an_app(office(), "Giulia", theme="cadence-dark", themes=[own]) as (app, pilot):
        dark = painted(app)
        app.theme = "harbour"
        await pilot.pause()
        assert painted(app) != dark
        assert [piece for piece in painted(app) if "color(" in piece] == [], "one of the sixteen"
        app.theme = "cadence-dark"
        await pilot.pause()
        assert painted(app) == dark


async def test_nothing_blinks() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        for keys in (("n",), ("F",), ("ctrl+p",)):
            await press(app, pilot, *keys)
            assert isinstance(app.focused, Input)
            assert not app.focused.cursor_blink
            await press(app, pilot, "escape")


def painted(app: App[None]) -> list[str]:
    """Every piece of the screen with its colours."""
    return [
        f"{segment.text}|{segment.style}"
        for strip in app.screen._compositor.render_strips()
        for segment in strip
    ]


async def test_a_theme_that_was_read_ahead_looks_as_it_does_without() -> None:
    async with an_app(office(), "Giulia") as (app, pilot):
        before = painted(app)

        async def turn_to(theme: str) -> list[str]:
            app.theme = theme
            await pilot.pause()
            return painted(app)

        as_it_is = await turn_to("nord")
        assert await turn_to("cadence-dark") == before != as_it_is
        app.read_theme_ahead("nord")
        app.read_theme_ahead("cadence-dark")
        assert await turn_to("nord") == as_it_is
        assert await turn_to("cadence-dark") == before
