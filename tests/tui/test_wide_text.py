"""Wide letters, emoji, combining marks and text from right to left leave every column where it is."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len
from textual.widget import Widget
from textual.widgets import Input, Static

from cadence.model.calendar import Calendar
from cadence.tui.actions.places import PLACES
from cadence.tui.app import CadenceApp
from cadence.tui.widgets.cells import apart, beginning, fit, fit_line, width_of
from cadence.tui.widgets.month_grid import MonthGrid
from tests.builders import ALL_SKILLS, a_calendar
from tests.tui.apps import an_app, press, settle
from tests.tui.goldens import SIZES, lines_of

CLUSTERS = (
    "a", "è", "日", "각", "e\u0301", "👍🏽", "👨\u200d👩\u200d👧", "🇮🇹", "🇫🇷", "❤\ufe0f", "1\ufe0f\u20e3",
    "ש", "م", "क", " ", "–", "…",
)  # fmt: skip

TITLES = (
    "日本の工場を訪ねて、一日目から五日目まで全部見た長い話",
    "👨‍👩‍👧‍👦 una famiglia 🇮🇹🇫🇷🇩🇪 in officina ❤️ e altro ancora 👍🏽👍🏽👍🏽",
    "Cafe\u0301 e re\u0301sume\u0301 nai\u0308f pe\u0301re\u0301nne, tutto scomposto fino in fondo",
    "سوق الحرف اليدوية 2026: نظرة من الداخل على الورشة",
    "מאחורי הקלעים של הסדנה 18:00 – סיפור ארוך מאוד על מחרטה",
)


def a_mixed_team() -> Calendar:
    """Everything that people write is such text."""
    builder = a_calendar()
    channels = ("領英频道", "📷 Insta🇮🇹", "المدونة", "ניוזלטר")
    for channel in channels:
        builder.with_channel(channel)
    people = ("Анна 山田", "👩🏽‍🔧 Elena", "مريم الصالح", "דוד כהן", "Zoe\u0308 Pe\u0301rez")
    for number, name in enumerate(people):
        role = {"role": "lead"} if number == 0 else {}
        builder.with_member(name, allowance=60, skills=ALL_SKILLS, **role)
    builder.with_absence(people[1], "2026-11-24", "2026-11-29", reason="休暇 ✈️ حتى الأحد")
    for number, channel in enumerate(channels):
        days = ("TU,TH", "MO,WE,FR", "TH", "WE")[number]
        builder.with_rhythm(channel, f"FREQ=WEEKLY;BYDAY={days}", "09:00", max_silence=7 * 1440)
    for number, title in enumerate(TITLES * 2):
        channel, day = channels[number % 4], 23 + number % 7
        builder.with_post(
            channel, f"2026-11-{day}T1{number % 9}:00", title, state="planned", note=title,
            tasks={"draft": people[number % 5], "review": people[(number + 1) % 5]},
        )  # fmt: skip
    builder.with_publication(channels[0], "2026-11-17T09:00", TITLES[3])
    return builder.build()


def texts(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choices(CLUSTERS, k=chance.randint(0, 12)))


def test_a_text_takes_exactly_its_cells_and_nothing_is_cut_in_two() -> None:
    for text in map(texts, range(150)):
        _is_kept_whole(text)


def _is_kept_whole(text: str) -> None:
    for width in range(cell_len(text) + 3):
        fitted = fit(text, width)
        assert cell_len(fitted) == width
        kept = beginning(text, width)
        assert cell_len(kept) <= width
        assert text.startswith(kept)
        rest = kept
        while rest:  # whole clusters make up what is kept
            cluster = next(one for one in sorted(CLUSTERS, key=len, reverse=True) if rest.startswith(one))
            rest = rest[len(cluster) :]
        assert width_of(fit_line([(text, "strong"), (text, "")], width)) == width


def test_a_flag_or_a_family_stays_whole() -> None:
    assert fit("🇮🇹🇫🇷x", 4) == "🇮🇹… "
    assert fit("👨\u200d👩\u200d👧ab", 3) == "👨\u200d👩\u200d👧…"
    assert fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert beginning("日本", 3) == "日"


def test_what_is_written_from_right_to_left_is_set_apart() -> None:
    assert apart("שלום 18:00 ") == "\u2068שלום 18:00\u2069 "
    assert apart("10:00 caffè 日本 ●") == "10:00 caffè 日本 ●"
    assert cell_len(apart("مرحبا")) == 5


def wrong_lines(app: CadenceApp) -> list[str]:
    """The lines that are wider or narrower than the widget which paints them."""
    return [
        f"{widget} {y}: {strip.text!r}"
        for screen in app.screen_stack
        for widget in screen.walk_children(Widget)
        if not widget.children and not isinstance(widget, Static | Input)
        for y in range(widget.size.height)
        for strip in [widget.render_line(y)]
        if cell_len(strip.text) != widget.size.width or strip.cell_length != widget.size.width
    ]


@pytest.mark.long
async def test_every_line_of_every_screen_has_its_width() -> None:
    async with an_app(a_mixed_team(), "Анна 山田") as (app, pilot):
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for place in PLACES:
                app.go_to_place(place)
                await settle(app, pilot)
                assert not wrong_lines(app), (place, size)


async def test_a_wide_letter_for_a_channel_leaves_a_space_before_the_title() -> None:
    async with an_app(a_mixed_team(), "Анна 山田", "month") as (app, _pilot):
        lines = lines_of(app.screen.query_one(MonthGrid))
        followed = {line[place + 1] for line in lines for place in range(len(line)) if line[place] == "領"}
        assert followed == {" "}


async def test_so_has_every_line_of_what_asks() -> None:
    async with an_app(a_mixed_team(), "Анна 山田", size=(80, 24)) as (app, pilot):
        for key in ("a", "question_mark", "F", "apostrophe"):
            await press(app, pilot, key)
            assert len(app.screen_stack) > 1, key
            assert not wrong_lines(app), key
            await press(app, pilot, "escape")
