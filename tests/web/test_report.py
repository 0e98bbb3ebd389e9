"""The page of a retrospective tells what a review found, in words and pictures, and needs nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from msgspec.structs import replace as changed

from cadence.insight.review import Handed, Review, review
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Idea
from cadence.web.page import STATIC
from cadence.web.report import report
from tests.builders import NOW, CalendarBuilder, a_calendar, day, utc
from tests.web.markup import Page

START, END = utc("2026-11-08T23:00"), utc("2026-11-22T23:00")
"""Two weeks in Rome: Monday 9 to Sunday 22 November."""
ANNA, LUCA, STUDIO = 1, 2, 3
HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def a_team(channel: str = "Blog", luca: str = "Luca", title: str = "The lathe") -> CalendarBuilder:
    """The blog promises Tuesdays and no silence over a week; it kept the 10th and missed the 17th."""
    return (
        a_calendar()
        .with_channel(channel)
        .with_rhythm(channel, "FREQ=WEEKLY;BYDAY=TU", "09:00", "2026-11-03", max_silence=7 * 24 * 60)
        .with_member("Anna", role="lead", allowance=60)
        .with_member(luca, allowance=30)
        .with_member("Blu", kind="partner", cost_per_hour=6000, allowance=120)
        .with_publication(channel, "2026-11-10T08:00", title, idea=1)
        .with_post(channel, "2026-11-20T09:00", "The press", tasks={"draft": luca, "design": "Blu"})
    )


def with_ideas(calendar: Calendar, text: str = "Show the lathe", note: str = "We had one") -> Calendar:
    done = calendar.posts[2].tasks["design"]
    outside = {
        **calendar.posts[2].tasks,
        "design": changed(done, done_at=utc("2026-11-19T09:00"), done_by=STUDIO),
    }
    return calendar.put(
        changed(calendar.posts[2], tasks=outside),
        Idea(id=1, text=text, author=LUCA, at=utc("2026-11-02T09:00"), state="accepted", post=1,
             decided_by=ANNA, decided_at=utc("2026-11-09T10:00")),
        Idea(id=2, text="A quiz", author=ANNA, at=utc("2026-11-16T09:00"), state="declined", note=note,
             decided_by=ANNA, decided_at=utc("2026-11-17T10:00")),
        Idea(id=3, text="A visit", author=ANNA, at=utc("2026-11-18T09:00")),
        Boost(id=1, post=1, member=LUCA, day=day("2026-11-11"), at=utc("2026-11-11T12:00")),
        Boost(id=2, post=1, member=ANNA, day=day("2026-11-12")),
    )  # fmt: skip


HAND_OVERS = (
    Handed(utc("2026-11-12T09:00"), 2, "draft", ANNA, LUCA, "Luca"),
    Handed(utc("2026-11-13T09:00"), 99, "review", 77, None, "Anna"),
)


def found_in(calendar: Calendar) -> Review:
    return replace(review(calendar, (), START, END, NOW), handed=HAND_OVERS)


def shown(calendar: Calendar, found: Review | None = None) -> Page:
    return Page(report(calendar, found or found_in(calendar), START, END, NOW))


@pytest.fixture(scope="module")
def page() -> Page:
    return shown(with_ideas(a_team().build()))


def text_of(page: Page, part: str) -> str:
    found = page.part(part)
    assert found is not None, f"there is no {part}"
    return found.text


# What it tells


def test_it_begins_with_the_period_and_the_figures_to_talk_about(page: Page) -> None:
    (header,) = page.all("header")
    assert header.text == (
        "●●◐●○· Cadence Officine Rossi, looking back Mon 9 Nov 2026 to Sun 22 Nov 2026 "
        "1 of 2 slots kept on time, 1 missed "
        "2 ideas, 1 accepted "
        "1 post out that began as an idea, 1 not a lead's "
        "1 boost, 2 asked for "
        "2 tasks changed hands "
        "30 € for 30′ of outside help"
    )


def test_each_channel_has_its_strip_and_its_figures_beside_those_before(page: Page) -> None:
    (strip,) = page.all("svg", of="slots-chart")
    assert strip.text == (
        "The slots of Blog 1 on time, 1 missed. Missed: Tue 17 Nov. "
        "Tue 10 Nov 09:00: on time Tue 17 Nov 09:00: missed"
    )
    marks = [use.attributes for use in page.all("use") if "%" in use.attributes["x"]]
    assert [(use["class"], use["href"]) for use in marks] == [("on_time", "#on_time"), ("missed", "#missed")]
    assert "Blog 2 1 0 0 1 ▲ low 50 0 A score" in text_of(page, "kept")


def test_a_missed_slot_has_its_cause(page: Page) -> None:
    assert text_of(page, "missed").endswith("Tue 17 Nov 09:00 Blog nobody planned a post")


def test_a_silence_that_was_too_long_is_said_to_be(page: Page) -> None:
    text = text_of(page, "silence")
    assert "Blog longest ▲ 13 days (too long), 7 days allowed" in text
    assert "Days of silence on Blog 2 silences. Too long: 13 days up to Mon 23 Nov." in text


def test_people_stand_in_the_order_of_names_and_partners_apart(page: Page) -> None:
    # Anna's boost is 5 minutes of 120; Luca's draft 60 and boost 5, of 60.
    text = text_of(page, "load")
    anna, luca, partners, blu = (text.index(name) for name in ("Anna", "Luca", "Partners", "Blu"))
    assert anna < luca < partners < blu
    assert "Anna The load of Anna 4 % of the time they could give 4 % 5′ of 2 h 0 0" in text
    assert "Luca The load of Luca 108 % of the time they could give ▲ 108 % 1 h 05 of 1 h 0 0" in text


def test_an_idea_leads_to_its_post_and_to_those_who_passed_it_on(page: Page) -> None:
    text = text_of(page, "ideas")
    assert "Show the lathe Luca, Mon 2 Nov The lathe ● published · Blog, Tue 10 Nov Luca" in text
    assert "A quiz Anna, Mon 16 Nov declined by Anna We had one" in text
    assert text.endswith("A visit Anna, Wed 18 Nov open")
    assert text_of(page, "boosts") == "Boosts Post Passed on by The lathe Blog Luca 2 asked"


def test_what_changed_hands_is_told_even_of_posts_and_people_that_are_gone(page: Page) -> None:
    text = text_of(page, "handed")
    assert "Thu 12 Nov 10:00 draft of The press Anna to Luca" in text
    assert text.endswith("Fri 13 Nov 10:00 review of post 99 member 77 to nobody, by Anna")


def test_outside_help_has_its_cost(page: Page) -> None:
    assert text_of(page, "outside").endswith("Blu 1 30′ 30 €")


def test_who_led_is_told_by_the_weeks_that_somebody_led() -> None:
    calendar = with_ideas(a_team().build())
    weeks = ((day("2026-11-09"), LUCA), (day("2026-11-16"), None))
    page = shown(calendar, replace(found_in(calendar), leads=weeks))
    assert text_of(page, "leads") == "Who led Mon 9 Nov Luca"


def test_where_there_is_nothing_to_tell_it_says_so() -> None:
    calendar = a_calendar().build()
    page = shown(calendar, review(calendar, (), START, END, NOW))
    told = [part.text for part in page.all("section")]
    assert told == [
        "Promised and kept There are no channels.",
        "Missed, and why Nothing was missed.",
        "Silence There are no channels.",
        "Who carried what Nobody carried anything.",
        "Ideas, and what became of them Nobody had an idea.",
        "Boosts Nobody was asked to pass a post on.",
        "What changed hands No task changed hands.",
        "Outside help Everything was done inside.",
        "Who led Nobody led by turns.",
    ]


def test_a_long_list_says_how_much_it_leaves_out() -> None:
    calendar = with_ideas(a_team().build())
    page = shown(calendar, replace(found_in(calendar), handed=HAND_OVERS * 30))
    assert len(re.findall("draft of The press", text_of(page, "handed"))) == 20
    assert "20 more: cadence review lists them all." in text_of(page, "handed")


# One file, and safe


def test_it_is_one_file_without_scripts_that_loads_nothing(page: Page) -> None:
    names = {element.name for element in page.elements}
    assert not names & {"script", "link", "img", "iframe", "form", "object", "embed", "base"}
    for element in page.elements:
        for name, value in element.attributes.items():
            assert name not in ("src", "style", "xlink:href")
            assert not name.startswith("on")
            assert name != "href" or value.startswith("#")
    (style,) = page.all("style")
    assert not re.search(r"@import|url\(|expression", "".join(style.parts))


def test_its_policy_allows_its_style_and_nothing_else(page: Page) -> None:
    (style,) = page.all("style")
    digest = b64encode(sha256("".join(style.parts).encode()).digest()).decode()
    policy = next(meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes)
    assert policy == (f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")


def test_colours_are_those_of_the_other_page() -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b", (STATIC / "report.css").read_text()) == []


def test_pictures_have_a_title_and_a_description_and_marks_are_drawn_once(page: Page) -> None:
    pictures = page.all("svg", role="img")
    assert len(pictures) == len(page.all("desc")) == 5
    hidden = [svg for svg in page.all("svg") if svg.attributes.get("aria-hidden") == "true"]
    inner = [svg for svg in page.all("svg") if "viewbox" in svg.attributes]
    assert len(pictures) + len(hidden) + len(inner) == len(page.all("svg"))
    drawn = {element.attributes["id"] for element in page.all("g") if "id" in element.attributes}
    assert {use.attributes["href"] for use in page.all("use")} <= {f"#{name}" for name in drawn}


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    calendar = a_team(channel=HOSTILE, luca=HOSTILE, title=HOSTILE).build()
    calendar = with_ideas(calendar.put(changed(calendar.team, name=HOSTILE)), HOSTILE, HOSTILE)
    found = found_in(calendar)
    hostile = replace(
        found,
        handed=(replace(found.handed[0], by=HOSTILE),),
        missed=tuple(replace(one, cause=HOSTILE, post=1) for one in found.missed),
    )
    page, plain = shown(calendar, hostile), shown(with_ideas(a_team().build()))
    assert {element.name for element in page.elements} == {element.name for element in plain.elements}
    for part in ("kept", "missed", "silence", "load", "ideas", "boosts", "handed"):
        assert HOSTILE in text_of(page, part), part


def test_the_same_review_gives_the_same_bytes() -> None:
    one, other = (with_ideas(a_team().build()) for _ in range(2))
    assert report(one, found_in(one), START, END, NOW) == report(other, found_in(other), START, END, NOW)
