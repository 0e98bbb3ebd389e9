"""The page in real Chromium, served by the real program: what people see, at every width, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from cadence.exchange.sample import sample_steps
from cadence.model.feeds import FeedKind, digest_of, new_token
from cadence.operations.feeds import new_feed
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.clients.programs import missing
from tests.web.servers import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.outside

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES: tuple[tuple[str, FeedKind, str | None, str | None], ...] = (
    ("team", "team", None, "Anna"),
    ("own", "member", "Marco", "Marco"),
    ("channel", "channel", "Blog", None),
    ("gaps", "gaps", None, None),
    ("warnings", "warnings", None, "Giulia"),
    ("tasks", "tasks", "Anna", "Anna"),
    ("partner", "member", "Studio Blu", "Studio Blu"),
)
"""A name, what kind of feed it is, what it is about, and the member who reads it."""
NAMES = [name for name, *_ in PAGES]
WIDTHS = (320, 360, 1280)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Site:
    """Where the sample team's pages are, by name."""

    pages: dict[str, str]
    browser: Browser

    def open(self, name: str, width: int = 1280, scheme: str = "light", *, scripts: bool = True) -> Tab:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
        )
        tab = Tab(context.new_page(), [])
        tab.page.on("console", lambda message: tab.trouble.append(message.text))
        tab.page.on("pageerror", lambda error: tab.trouble.append(str(error)))
        tab.page.on("requestfailed", lambda request: tab.trouble.append(request.url))
        tab.page.goto(self.pages[name])
        return tab


@dataclass(frozen=True)
class Tab:
    """An open page, and what the browser complained of."""

    page: Page
    trouble: list[str]

    def run(self, script: str) -> Any:
        """The value of a JavaScript function, which runs beside the page's own (it has none)."""
        return self.page.evaluate(script)

    def close(self) -> None:
        self.page.context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample team, served, and a browser."""
    chromium = which("chromium")
    if chromium is None:
        missing("Chromium", "apt install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("Playwright", "make outside")
    path = tmp_path_factory.mktemp("sample") / "team.json"
    tokens = a_sample_team(path)
    with serving(path) as server, sync_playwright() as playwright:
        base = f"http://127.0.0.1:{server.port}/f"
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield Site({name: f"{base}/{token}" for name, token in tokens.items()}, browser)
        browser.close()


def a_sample_team(path: Path) -> dict[str, str]:
    """The sample team with a feed for each of `PAGES`; gives their tokens."""
    workspace, tokens = Workspace.open(path, create=True), {name: new_token() for name in NAMES}
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    calendar = workspace.calendar
    for name, kind, about, reader in PAGES:
        subject = calendar.channel if kind == "channel" else calendar.member
        workspace.run(
            new_feed,
            reader or "A friend",
            kind,
            digest_of(tokens[name]),
            member=calendar.member(reader).id if reader else None,
            of=subject(about).id if about else None,
            who=None,
            now=NOW,
        )
    workspace.close()
    return tokens


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_has_nothing_to_complain_of(site: Site, name: str) -> None:
    tab = site.open(name)
    assert tab.run("() => document.styleSheets.length") == 1
    assert tab.trouble == []
    tab.close()


def test_the_policy_forbids_scripts_and_styles_that_are_not_ours(site: Site) -> None:
    tab = site.open("team")
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
    assert len([text for text in tab.trouble if "Content Security Policy" in text]) == 2
    tab.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(site: Site, width: int) -> None:
    for name in NAMES:
        tab = site.open(name, width)
        assert tab.run("() => document.documentElement.scrollWidth") <= width, name
        assert tab.run(OUT_OF_SIGHT) == [], name
        tab.close()


OUT_OF_SIGHT = """() => [...document.querySelectorAll("body *")]
    .filter(element => !element.closest(".unseen"))
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => element.outerHTML.slice(0, 80))"""


def test_the_two_schemes_differ_and_the_code_stays_dark_on_light(site: Site) -> None:
    grounds = {}
    for scheme in SCHEMES:
        tab = site.open("team", scheme=scheme)
        grounds[scheme] = tab.run("() => getComputedStyle(document.documentElement).backgroundColor")
        colours = tab.run(
            """() => [...document.querySelectorAll(".qr path")]
                .map(path => [getComputedStyle(path).fill, getComputedStyle(path).stroke])"""
        )
        assert colours[0][0] == "rgb(255, 255, 255)"
        assert colours[1][1] == "rgb(0, 0, 0)"
        tab.close()
    assert grounds["light"] != grounds["dark"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_has_contrast_enough(site: Site, scheme: str) -> None:
    for name in NAMES:
        tab = site.open(name, scheme=scheme)
        tab.run("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert tab.run(LOW_CONTRAST) == [], name
        tab.close()


LOW_CONTRAST = """() => {
    const parse = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => {
        const [r, g, b] = parse(colour).map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = element => {
        const colour = getComputedStyle(element).backgroundColor;
        const is_clear = parse(colour)[3] === 0;
        return is_clear && element.parentElement ? ground(element.parentElement) : colour;
    };
    const low = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode.textContent.trim(), element = texts.currentNode.parentElement;
        if (!text) continue;
        const pair = [light(getComputedStyle(element).color), light(ground(element))];
        const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        if (ratio < 4.5) low.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return low;
}"""


def test_every_link_leads_where_it_says(site: Site) -> None:
    tab, address = site.open("own"), site.pages["own"]
    hrefs = tab.run("() => [...document.querySelectorAll('a.button')].map(link => link.href)")
    assert tab.run("() => document.querySelector('#address').value") == f"{address}.ics"
    assert hrefs[1] == "webcal" + address.removeprefix("http") + ".ics"
    asked = [tab.run(f"() => Object.fromEntries(new URL({href!r}).searchParams)") for href in hrefs]
    assert asked[0] == {"cid": hrefs[1]}
    assert asked[2] == asked[3] == {"url": f"{address}.ics", "name": "Officine Rossi - Marco"}
    inside = tab.run("() => [...document.querySelectorAll('nav a')].map(link => link.getAttribute('href'))")
    for target in inside:
        assert tab.page.locator(target).count() == 1
    tab.close()


def test_the_address_to_copy_is_the_feed(site: Site) -> None:
    tab = site.open("own")
    answer = tab.page.request.get(tab.page.locator("#address").input_value())
    assert answer.status == 200
    assert answer.text().startswith("BEGIN:VCALENDAR")
    tab.close()


def test_the_keyboard_goes_through_the_page_from_top_to_bottom_and_is_seen(site: Site) -> None:
    tab = site.open("own", 360)
    places, outlines, texts = [], [], []
    controls = "a, summary, input, select, textarea, button"
    for _ in range(tab.page.locator(controls).locator("visible=true").count()):
        tab.page.keyboard.press("Tab")
        top, outline, text = tab.run(
            """() => {
                const one = document.activeElement;
                const top = one.getBoundingClientRect().top + scrollY;
                return [top, getComputedStyle(one).outlineWidth, one.textContent.trim()];
            }"""
        )
        places.append(top)
        outlines.append(outline)
        texts.append(text)
    assert texts[:5] == ["My tasks", "Next posts", "Ideas", "Rhythm", "Subscribe"]
    assert places == sorted(places)
    assert set(outlines) == {"3px"}
    tab.close()


def test_pictures_controls_and_parts_have_names(site: Site) -> None:
    for name in NAMES:
        tab = site.open(name)
        for role in ("img", "link", "textbox", "region", "navigation"):
            for one in tab.page.get_by_role(role).all():  # type: ignore[arg-type]
                assert one.evaluate(ACCESSIBLE_NAME), f"{role} without a name in {name}"
        levels = tab.run("() => [...document.querySelectorAll('h1, h2, h3')].map(one => +one.tagName[1])")
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        tab.close()


ACCESSIBLE_NAME = """element => {
    const of = element.getAttribute("aria-labelledby");
    return element.getAttribute("aria-label") || (of && document.getElementById(of).textContent.trim())
        || (element.labels && element.labels[0]?.textContent.trim()) || element.textContent.trim();
}"""


def test_a_finger_can_hit_every_link_of_the_navigation_and_every_button(site: Site) -> None:
    tab = site.open("team", 360)
    heights = tab.run(
        """() => [...document.querySelectorAll("nav a, .button, button, input, select, textarea")]
            .filter(one => one.checkVisibility()).map(one => one.offsetHeight)"""
    )
    assert min(heights) >= 24  # WCAG 2.2, 2.5.8
    tab.close()


# Taking part


def test_an_idea_takes_a_phone_a_keyboard_and_no_script(site: Site) -> None:
    tab = site.open("own", 360, scripts=False)
    page = tab.page
    while page.locator("#idea-text:focus").count() == 0:
        page.keyboard.press("Tab")
    page.keyboard.type("How we sharpen tools & <b>why</b> 🔧")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**?said=idea-*")
    news = page.get_by_role("status")
    assert "Your idea is written down" in news.inner_text()
    assert page.locator("#ideas .what").first.inner_text() == "How we sharpen tools & <b>why</b> 🔧"
    assert tab.trouble == []
    page.go_back()
    assert page.locator("#idea-text").count() == 1
    tab.close()


def test_done_is_one_press_on_a_phone_and_can_be_taken_back(site: Site) -> None:
    tab = site.open("own", 360, scripts=False)
    page = tab.page
    done = page.locator("#tasks").get_by_role("button", name="Done the draft of Open Saturday")
    done.click()
    page.wait_for_url("**?said=done-*")
    assert "is done" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Not done after all the draft of Open Saturday").click()
    page.get_by_text("is still to do").wait_for()
    assert done.count() == 1
    assert tab.trouble == []
    tab.close()


def test_what_is_refused_stays_in_the_field_on_a_calm_page(site: Site) -> None:
    tab = site.open("own", 360)
    typed = "long " * 60 + "end"
    tab.page.fill("#idea-text", typed)
    tab.page.click("text=Suggest it")
    assert "An idea has room for 200 characters, this has 303." in tab.page.get_by_role("alert").inner_text()
    assert tab.page.input_value("#idea-text") == typed
    assert tab.run("() => document.documentElement.scrollWidth") <= 360
    assert tab.run(OUT_OF_SIGHT) == []
    assert tab.run(LOW_CONTRAST) == []
    tab.page.fill("#idea-text", "Short")
    tab.page.click("text=Suggest it")
    assert "“Short”" in tab.page.get_by_role("status").inner_text()
    tab.close()


def test_another_site_cannot_have_a_browser_send_a_form(site: Site) -> None:
    """Even where it knows the secret address: a page of another origin with a form of its own."""
    tab = site.open("own")
    address = site.pages["own"]
    tab.page.route(
        "http://evil.example/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"""
        <form method="post" action="{address}"><input name="text" value="Planted"><button>Go</button></form>
    """,
        ),
    )
    tab.page.goto("http://evil.example/")
    tab.page.click("button")
    assert "from the page itself only" in tab.page.inner_text("body")
    tab.close()
    tab = site.open("own")
    assert "Planted" not in tab.page.inner_text("body")
    tab.close()
