"""The page at a reader's address tells what its token allows, in words that need no colour and no script."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, FeedKind, Links, links
from cadence.model.post import POST_STATES
from cadence.model.team import TASK_KINDS
from cadence.web.page import CONTENT_SECURITY_POLICY, POLICY_WITH_FORMS, STATIC, page
from cadence.web.qr import qr_svg
from tests.builders import NOW, CalendarBuilder, a_calendar
from tests.web.markup import Page

TOKEN = "kJ0aZ-3" + "x" * 36
LINKS = links("https://feeds.officine-rossi.example", TOKEN)
ANNA, ELENA, BLU = 1, 2, 3
BLOG, INSTAGRAM = 1, 2


def a_team() -> CalendarBuilder:
    """Monday 23 November, 10:00. The blog promises Thursdays, and Anna and Elena work on the next one."""
    return (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Instagram", zone="America/New_York")
        .with_member("Anna")
        .with_member("Elena")
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00", "2026-10-01", max_silence=10 * 24 * 60)
        .with_publication("Blog", "2026-11-12T09:00", "The lathe is here", link="https://rossi.example/lathe")
        .with_post(
            "Blog",
            "2026-11-26T10:00",
            "Storia Bianchi",
            slot="2026-11-26T10:00",
            state="drafted",
            tasks={"draft": "Anna", "publish": "Anna", "review": "Elena"},
            done=["draft"],
        )
        .with_post("Instagram", "2026-11-24T18:00", "Behind the scenes", tasks={"design": "Studio Blu"})
    )


def a_feed(kind: str, of: int | None = None, member: int | None = None, **fields: Any) -> Feed:
    return Feed(id=1, reader="A reader", kind=kind, of=of, member=member, digest="0" * 64, **fields)  # type: ignore[arg-type]


def shown(calendar: Calendar, feed: Feed, addresses: Links = LINKS) -> Page:
    return Page(page(calendar, feed, NOW, addresses))


def section(calendar: Calendar, feed: Feed, id: str) -> str:
    """The text of one part of the page."""
    part = shown(calendar, feed).part(id)
    assert part is not None, f"there is no {id}"
    return part.text


# What it tells


def test_a_post_is_told_with_its_time_channel_state_and_who_does_what() -> None:
    text = section(a_team().build(), a_feed("team"), "posts")
    assert (
        "Thu 26 Nov 10:00 Storia Bianchi Blog · ○ drafted "
        "Anna draft ✓ done, publishing Elena review ▲ nobody design, answering" in text
    )


def test_times_are_those_of_the_team_whatever_the_zone_of_the_channel() -> None:
    assert "Wed 25 Nov 00:00 Behind the scenes" in section(a_team().build(), a_feed("team"), "posts")


def test_what_went_out_is_told_with_its_link() -> None:
    found = shown(a_team().build(), a_feed("team"))
    assert "Out lately Thu 12 Nov 10:00 The lathe is here Blog · ● published" in found.text
    assert [link.text for link in found.all("a", href="https://rossi.example/lathe")] == ["The lathe is here"]


def test_a_post_that_should_be_out_is_told_first_and_said_to_be_late() -> None:
    calendar = a_team().with_post("Blog", "2026-11-20T10:00", "Forgotten").build()
    text = section(calendar, a_feed("team"), "posts")
    assert text.startswith("Next posts Fri 20 Nov 10:00 Forgotten Blog · ○ planned · ▲ should be out")


def test_my_tasks_say_by_when_how_long_and_whether_they_are_done() -> None:
    text = section(a_team().build(), a_feed("team", member=ANNA), "tasks")
    assert text == (
        "My tasks "
        "Thu 26 Nov at 10:00 Publishing: Storia Bianchi 5 min · Blog, goes out Thu 26 Nov 10:00 "
        "✓ Done Draft: Storia Bianchi 60 min · Blog, goes out Thu 26 Nov 10:00 "
        "Not done after all the draft of Storia Bianchi"
    )


def test_a_task_whose_days_have_passed_is_late() -> None:
    calendar = a_team().with_post("Blog", "2026-11-20T10:00", "Forgotten", tasks={"draft": "Elena"}).build()
    text = section(calendar, a_feed("member", ELENA, ELENA), "tasks")
    assert text.startswith("My tasks by Wed 18 Nov ▲ late Draft: Forgotten 60 min")


def test_a_reader_who_is_no_member_has_no_tasks() -> None:
    assert shown(a_team().build(), a_feed("team")).part("tasks") is None


def test_the_tasks_of_somebody_else_carry_their_name() -> None:
    text = section(a_team().build(), a_feed("member", ELENA, ANNA), "tasks")
    assert text.startswith("Tasks of Elena by Wed 25 Nov Review: Storia Bianchi")


def test_a_strip_says_in_words_what_its_marks_show() -> None:
    found = shown(a_team().build(), a_feed("channel", BLOG))
    (strip,) = found.all("div", role="img", of="strip")
    assert strip.attributes["aria-label"] == (
        "Last 12 weeks: 7 missed, 1 on time. This week and the next 4: 4 open, 1 planned. "
        "Missed in the weeks of Mon 28 Sep, Mon 5 Oct, Mon 12 Oct, Mon 19 Oct, Mon 26 Oct, Mon 2 Nov, "
        "Mon 16 Nov."
    )
    assert strip.text == "✕ ✕ ✕ ✕ ✕ ✕ ● ✕ ○ · · · ·"
    weeks = [week.attributes["title"] for week in found.all("span", of="week")]
    assert weeks[10:13] == [
        "Week of Mon 9 Nov: 1 on time",
        "Week of Mon 16 Nov: 1 missed",
        "Week of Mon 23 Nov: 1 planned",
    ]


def test_a_strip_has_its_score_silence_and_runway_and_says_what_is_wrong_with_them() -> None:
    text = section(a_team().build(), a_feed("channel", BLOG), "rhythm")
    assert "score 12 ▲ low silence 11 days ▲ too long runway 3 days ▲ short" in text


def test_a_full_week_shows_the_worst_of_each_part_of_it() -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog", workflow=None)
        .with_rhythm("Blog", "FREQ=DAILY", "10:00", "2026-11-16")
        .with_publication("Blog", "2026-11-16T09:00")
        .build()
    )
    weeks = shown(calendar, a_feed("team")).all("span", of="week")
    assert (weeks[11].text, weeks[11].attributes["title"]) == (
        "●✕✕✕✕",
        "Week of Mon 16 Nov: 6 missed, 1 on time",
    )


def test_gaps_ahead_are_the_silences_and_the_open_slots() -> None:
    text = section(a_team().build(), a_feed("team"), "gaps")
    assert "Blog has been silent for 11 days, 10 days allowed" in text
    assert "Nothing is planned for these slots: Thu 3 Dec 10:00 Blog Thu 10 Dec 10:00 Blog" in text


def test_a_page_of_gaps_tells_their_ways_out_and_nothing_else() -> None:
    found = shown(a_team().build(), a_feed("gaps", member=ANNA))
    assert "Nothing is planned for the slot of Thu 3 Dec 10:00 on Blog plan a post" in found.text
    assert [part.attributes["id"] for part in found.all("section")] == ["findings", "subscribe"]


def test_a_page_of_warnings_says_how_bad_each_is_and_what_it_is_about() -> None:
    text = section(a_team().build(), a_feed("warnings"), "findings")
    assert "is due" not in text
    assert "▲ high · silence · Blog" in text
    assert re.search(r"▲ (high|medium|low) · nobody has it · Blog", text)


def test_a_team_with_nothing_gets_a_calm_page() -> None:
    calendar = a_calendar().with_member("Anna").build()
    text = shown(calendar, a_feed("team", member=ANNA)).text
    assert "Nothing to do in the next four weeks." in text
    assert "No post is planned." in text


# What it does not tell


@st.composite
def teams(draw: st.DrawFn) -> Calendar:
    """Up to 8 posts with titles that cannot be mistaken, on 2 channels, with tasks of 2 colleagues and a
    partner."""
    team = a_team()
    for number in range(draw(st.integers(1, 8))):
        day = draw(st.integers(-20, 30))
        state = draw(st.sampled_from(POST_STATES))
        at = NOW + timedelta(days=day)
        team = team.with_post(
            draw(st.sampled_from(["Blog", "Instagram"])),
            f"{at:%Y-%m-%dT%H:%M}",
            f"Title{number}.",
            tasks={kind: draw(st.sampled_from([None, "Anna", "Elena", "Studio Blu"])) for kind in TASK_KINDS},
            state=state,
            note="A confidential note",
            author="Luca the author",
            published_at=at if state == "published" else None,
        )
    return team.build()


def titles_on(calendar: Calendar, feed: Feed) -> set[int]:
    """The posts whose title is on the page."""
    text = shown(calendar, feed).text
    return {id for id, post in calendar.posts.items() if post.title in text}


def with_task(calendar: Calendar, member: int | None) -> set[int]:
    return {
        id for id, post in calendar.posts.items() if member in {task.member for task in post.tasks.values()}
    }


@given(teams())
@settings(max_examples=20)
def test_a_partner_sees_their_tasks_and_nothing_else(calendar: Calendar) -> None:
    for kind in ("member", "tasks"):
        feed = a_feed(kind, BLU, BLU)
        found = shown(calendar, feed)
        assert [part.attributes["id"] for part in found.all("section")] == ["tasks", "subscribe"]
        assert titles_on(calendar, feed) <= with_task(calendar, BLU)
        for secret in ("Anna", "Elena", "Luca", "confidential", "silent", "score"):
            assert secret not in found.text


@given(teams(), st.sampled_from(POST_STATES))
@settings(max_examples=12)
def test_a_page_tells_of_no_post_that_its_feed_does_not_show(calendar: Calendar, state: str) -> None:
    posts = calendar.posts
    on_blog = {id for id, post in posts.items() if post.channel == BLOG}
    in_state = {id for id, post in posts.items() if post.state == state}
    skipped = {id for id, post in posts.items() if post.state == "skipped"}
    assert titles_on(calendar, a_feed("team", member=ANNA)) <= posts.keys() - skipped
    assert titles_on(calendar, a_feed("channel", BLOG, ANNA)) <= on_blog
    # Their own page offers them what nobody has, too.
    own = titles_on(calendar, a_feed("member", ELENA, ELENA))
    assert own <= with_task(calendar, ELENA) | with_task(calendar, None)
    assert titles_on(calendar, a_feed("tasks", ELENA, ANNA)) <= with_task(calendar, ELENA)
    assert titles_on(calendar, a_feed("team", member=ANNA, states=(state,))) <= in_state
    assert titles_on(calendar, a_feed("gaps", member=BLU)) <= with_task(calendar, BLU)


@pytest.mark.parametrize(
    ("feed", "parts"),
    [
        (a_feed("team", member=ANNA), ["tasks", "posts", "ideas", "rhythm", "gaps", "subscribe"]),
        (a_feed("team"), ["posts", "rhythm", "gaps", "subscribe"]),
        (a_feed("channel", BLOG), ["posts", "rhythm", "gaps", "subscribe"]),
        (a_feed("member", ANNA, ANNA), ["tasks", "posts", "ideas", "rhythm", "subscribe"]),
        (a_feed("member", ANNA), ["tasks", "posts", "subscribe"]),
        (a_feed("tasks", ANNA, ANNA), ["tasks", "ideas", "subscribe"]),
        (a_feed("member", BLU, BLU), ["tasks", "subscribe"]),
        (a_feed("member", BLU, ANNA), ["tasks", "subscribe"]),
        (a_feed("team", member=BLU), ["tasks", "subscribe"]),
        (a_feed("warnings", member=BLU), ["tasks", "subscribe"]),
        (a_feed("team", states=("planned",)), ["posts", "subscribe"]),
    ],
)
def test_a_page_has_the_parts_that_its_token_opens(feed: Feed, parts: list[str]) -> None:
    found = shown(a_team().build(), feed)
    assert [part.attributes["id"] for part in found.all("section")] == parts


def test_a_page_of_one_channel_names_no_other() -> None:
    assert "Instagram" not in shown(a_team().build(), a_feed("channel", BLOG, ANNA)).text


def test_a_colleague_sees_the_rhythm_of_the_channels_they_work_for() -> None:
    text = section(a_team().build(), a_feed("member", ANNA, ANNA), "rhythm")
    assert "Blog" in text
    assert "Instagram" not in text


def test_a_window_that_ends_before_a_post_leaves_it_out() -> None:
    feed = a_feed("team", days_ahead=2)
    assert "Storia Bianchi" not in shown(a_team().build(), feed).text


# Subscribing


def test_each_app_gets_the_link_that_it_wants() -> None:
    found = shown(a_team().build(), a_feed("member", ANNA, ANNA))
    hrefs = [link.attributes["href"] for link in found.all("a", of="button")]
    feed = f"%3A%2F%2Ffeeds.officine-rossi.example%2Ff%2F{TOKEN}.ics"
    name = "Officine%20Rossi%20-%20Anna"
    assert hrefs == [
        f"https://calendar.google.com/calendar/render?cid=webcal{feed}",
        f"webcal://feeds.officine-rossi.example/f/{TOKEN}.ics",
        f"https://outlook.live.com/calendar/0/addfromweb?url=https{feed}&name={name}",
        f"https://outlook.office.com/calendar/0/addfromweb?url=https{feed}&name={name}",
    ]
    (address,) = found.all("input", id="address")
    assert address.attributes["value"] == LINKS.feed
    assert "readonly" in address.attributes


def test_to_dos_are_not_offered_to_apps_that_show_none() -> None:
    found = shown(a_team().build(), a_feed("tasks", ANNA, ANNA))
    assert [link.attributes["href"] for link in found.all("a", of="button")] == [LINKS.webcal]
    assert "Google and Outlook do not" in found.text


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (None, "works on this computer only"),
        ("http://localhost:8321", "works on this computer only"),
        ("http://[::1]:8321", "works on this computer only"),
        ("http://192.168.1.20:8321", "works in your own network only"),
        ("https://cadence.local", "works in your own network only"),
        ("https://intranet", "works in your own network only"),
        ("http://93.184.215.14", "Outlook takes https addresses only"),
        ("http://feeds.officine-rossi.example", "Outlook takes https addresses only"),
        ("https://feeds.officine-rossi.example", ""),
    ],
)
def test_a_page_says_which_apps_cannot_reach_it(base: str | None, said: str) -> None:
    notes = shown(a_team().build(), a_feed("team"), links(base, TOKEN)).all("p", of="note")
    assert [said in note.text for note in notes] == ([True] if said else [])


def test_a_phone_is_not_sent_to_an_address_that_it_cannot_open() -> None:
    calendar = a_team().build()
    assert "Scan this to open the page there." in shown(calendar, a_feed("team")).text
    assert "A phone cannot open it" in shown(calendar, a_feed("team"), links(None, TOKEN)).text


def test_the_qr_code_is_that_of_the_page_dark_on_light() -> None:
    html = page(a_team().build(), a_feed("team"), NOW, LINKS).decode()
    assert qr_svg(LINKS.page) in html
    assert qr_svg(LINKS.page) != qr_svg(LINKS.feed)
    assert 'fill="#fff"' in qr_svg(LINKS.page)
    assert 'stroke="#000"' in qr_svg(LINKS.page)


# How it is made


@cache
def every_page() -> list[Page]:
    of = {"member": ANNA, "tasks": ANNA, "channel": BLOG}
    calendar = a_team().with_post("Blog", "2026-11-24T10:00", "Today is <b>bold</b> & 'brave'").build()
    return [shown(calendar, a_feed(kind, of.get(kind), ANNA)) for kind in get_args(FeedKind)]


def test_pages_load_nothing_but_their_own_style_sheet_and_icon() -> None:
    for found in every_page():
        loaded = [element.attributes["href"] for element in found.all("link")]
        assert [re.sub(r"\?v=[0-9a-f]{12}$", "", href) for href in loaded] == [
            "../static/icon.svg",
            "../static/page.css",
        ]
        for element in found.elements:
            assert element.name not in ("script", "style", "iframe", "img", "base", "object")
            assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
            assert "src" not in element.attributes


def test_the_files_that_a_page_names_are_there() -> None:
    for link in every_page()[0].all("link"):
        assert (STATIC / link.attributes["href"].split("?")[0].removeprefix("../static/")).is_file()


def test_the_style_sheet_loads_nothing() -> None:
    assert not re.search(r"@import|url\(|expression", (STATIC / "page.css").read_text())


def test_browsers_may_load_what_a_page_needs_and_nothing_else() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert CONTENT_SECURITY_POLICY.replace("form-action 'none'", "form-action 'self'") == POLICY_WITH_FORMS


def test_pages_have_landmarks_unique_ids_and_headings_in_order() -> None:
    for found in every_page():
        assert found.elements[0].attributes["lang"] == "en"
        assert [len(found.all(name)) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
        ids = [element.attributes["id"] for element in found.elements if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        levels = [int(e.name[1]) for e in found.elements if re.fullmatch("h[1-6]", e.name)]
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
        for part in found.all("section"):
            assert part.attributes["aria-labelledby"] in ids
        inside = [link.attributes["href"] for link in found.all("a") if link.attributes["href"][0] == "#"]
        assert {target[1:] for target in inside} <= set(ids)


def test_pages_ask_not_to_be_found_or_named_to_others() -> None:
    """One with forms is named to its own server, which takes them from nowhere else."""
    for found in every_page():
        metas = {
            element.attributes.get("name"): element.attributes.get("content") for element in found.all("meta")
        }
        assert metas["robots"] == "noindex, nofollow, noarchive"
        assert metas["referrer"] == ("same-origin" if found.all("form") else "no-referrer")


def test_what_people_write_stays_text() -> None:
    calendar = (
        a_calendar()
        .with_channel("<img src=x>", workflow=None)
        .with_member('"><script>alert(1)</script>')
        .with_post("<img src=x>", "2026-11-26T10:00", "<script>alert(2)</script>", link="javascript:alert(3)")
        .build()
    )
    found = shown(calendar, a_feed("team", member=1))
    assert "<script>alert(2)</script>" in found.text
    assert not [e for e in found.elements if e.name in ("script", "img")]
    assert not [e for e in found.all("a") if "javascript" in e.attributes["href"]]


def test_the_same_calendar_at_the_same_time_gives_the_same_page() -> None:
    feed = a_feed("team", member=ANNA)
    assert page(a_team().build(), feed, NOW, LINKS) == page(a_team().build(), feed, NOW, LINKS)


# Colours


def colours(scheme: str) -> dict[str, str]:
    """The colours by name that the style sheet gives for a scheme."""
    css = (STATIC / "page.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    return dict(re.findall(r"--(\w+): (#\w{6});", {"light": light, "dark": dark}[scheme]))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast_enough_on_every_ground(scheme: str) -> None:
    named = colours(scheme)
    for ground in ("ground", "sheet", "raised", "now"):
        for ink in ("text", "quiet", "link", "good", "warn", "bad"):
            assert contrast(named[ink], named[ground]) >= 4.5, f"{ink} on {ground}"
        assert contrast(named["edge"], named[ground]) >= 3, f"edge on {ground}"


def test_colours_are_named_in_one_place() -> None:
    css = re.sub(r":root \{.*?\}", "", (STATIC / "page.css").read_text(), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b", css) == []
