"""The page of a retrospective in real Chromium, opened from its file: on a screen, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest

from cadence.insight.review import Handed, review
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Idea
from cadence.model.times import WEEK
from cadence.web.report import report
from cadence.workspace import Workspace
from tests.builders import NOW, utc
from tests.clients.programs import missing
from tests.web.test_browser import ACCESSIBLE_NAME, FLAGS, LOW_CONTRAST, OUT_OF_SIGHT, SCHEMES, WIDTHS, Tab
from tests.web.test_browser import a_sample_team as write_sample_team

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.outside

THIS_WEEK = utc("2026-11-22T23:00")
WEEKS = (4, 12, 52)


@dataclass(frozen=True)
class Files:
    """The sample team's retrospectives, by how many weeks they look back."""

    folder: Path
    browser: Browser

    def open(self, weeks: int, width: int = 1280, scheme: str = "light") -> Tab:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        tab = Tab(context.new_page(), [])
        tab.page.on("console", lambda message: tab.trouble.append(message.text))
        tab.page.on("pageerror", lambda error: tab.trouble.append(str(error)))
        tab.page.on("request", lambda request: tab.trouble.append(request.url))
        tab.page.goto((self.folder / f"{weeks}.html").as_uri())
        return tab


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    chromium = which("chromium")
    if chromium is None:
        missing("Chromium", "apt install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright", "make outside")
    folder = tmp_path_factory.mktemp("reports")
    write_sample_team(folder / "team.json")
    workspace = Workspace.open(folder / "team.json")
    calendar = a_lively_team(workspace.calendar)
    workspace.close()
    for weeks in WEEKS:
        write(calendar, weeks, folder / f"{weeks}.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield Files(folder, browser)
        browser.close()


def a_lively_team(calendar: Calendar) -> Calendar:
    """The sample team with an idea that went all the way, one with a name that does not end, and boosts."""
    post = max(
        (post for post in calendar.posts.values() if post.state == "published"), key=lambda post: post.id
    )
    return calendar.put(
        Idea(
            id=1, text="A day on the night shift", author=2, at=NOW - 3 * WEEK, state="accepted", post=post.id
        ),
        Idea(id=2, text="W" * 120, author=3, at=NOW - WEEK, state="declined", note="N" * 200),
        Boost(id=1, post=post.id, member=2, day=(NOW - WEEK).date(), at=NOW - WEEK),
    )


def write(calendar: Calendar, weeks: int, path: Path) -> None:
    start = THIS_WEEK - weeks * WEEK
    found = review(calendar, (), start, THIS_WEEK, NOW)
    handed = [
        Handed(NOW - timedelta(days=n), post, "review", 1, 2, "Anna")
        for n, post in enumerate(list(calendar.posts)[-30:])
    ]
    found = type(found)(**{**vars(found), "handed": tuple(handed)})
    path.write_bytes(report(calendar, found, start, THIS_WEEK, NOW))


@pytest.mark.parametrize("weeks", WEEKS)
def test_the_browser_loads_one_file_and_has_nothing_to_complain_of(files: Files, weeks: int) -> None:
    tab = files.open(weeks)
    assert tab.trouble == [(files.folder / f"{weeks}.html").as_uri()]
    assert tab.run("() => getComputedStyle(document.querySelector('.facts')).display") == "grid"
    tab.close()


def test_its_policy_forbids_scripts_and_other_styles(files: Files) -> None:
    tab = files.open(4)
    tab.run(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.intruder = true";
            document.body.append(script);
            document.body.setAttribute("style", "color: red");
        }"""
    )
    assert tab.run("() => window.intruder") is None
    assert tab.run("() => getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    tab.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(files: Files, width: int) -> None:
    for weeks in WEEKS:
        tab = files.open(weeks, width)
        assert tab.run("() => document.documentElement.scrollWidth") <= width, weeks
        assert tab.run(OUT_OF_SIGHT) == [], weeks
        tab.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_has_contrast_enough(files: Files, scheme: str) -> None:
    for width in (360, 1280):
        tab = files.open(12, width, scheme)
        assert tab.run(LOW_CONTRAST) == [], width
        tab.close()


def test_marks_are_seen_in_their_strip(files: Files) -> None:
    for weeks in WEEKS:
        tab = files.open(weeks, 360)
        boxes = tab.run(
            """() => [...document.querySelectorAll(".slots-chart use")].map(mark => {
                const one = mark.getBoundingClientRect(), all = mark.closest("svg").getBoundingClientRect();
                return [one.width, one.left - all.left, all.right - one.right, all.bottom - one.bottom];
            })"""
        )
        assert len(boxes) > 20
        assert all(width > 2 and min(sides) > -6 for width, *sides in boxes)
        tab.close()


def test_pictures_tables_and_parts_have_names(files: Files) -> None:
    tab = files.open(4)
    assert tab.page.get_by_role("img", name="The slots of Blog").count() == 1
    assert tab.page.get_by_role("img", name="Days of silence on Blog").count() == 1
    assert tab.page.get_by_role("img", name="The load of Anna").count() == 1
    for one in tab.page.get_by_role("region").all():
        assert one.evaluate(ACCESSIBLE_NAME)
    levels = tab.run("() => [...document.querySelectorAll('h1, h2, h3')].map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    tab.close()


def test_on_a_phone_tables_are_still_tables(files: Files) -> None:
    tab = files.open(4, 360)
    kept = tab.page.get_by_role("table", name="What was promised and kept, by channel")
    assert kept.get_by_role("row").count() == 5
    assert kept.get_by_role("columnheader").count() == 8
    tab.close()


def test_it_prints_on_a_few_pages_dark_on_white_whatever_the_screen(files: Files) -> None:
    tab = files.open(12, scheme="dark")
    paper = tab.page.pdf(prefer_css_page_size=True)
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 8
    tab.page.emulate_media(media="print")
    assert tab.run("() => getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.run(LOW_CONTRAST) == []
    tab.close()
