"""A page speaks the language of its reader; a feed, which many read, that of the server."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from cadence import language
from cadence.exchange.sample import sample_steps
from cadence.ical.feeds import EventCache, Selection, feed
from cadence.insight.boosting import text_for
from cadence.insight.review import review
from cadence.insight.warnings import RULES
from cadence.language import speaking
from cadence.model.calendar import Calendar
from cadence.model.feeds import Feed, digest_of, links, new_token
from cadence.operations.feeds import new_feed
from cadence.web.app import Readers, other_routes
from cadence.web.conditions import wished_language
from cadence.web.following import Follower
from cadence.web.forms import seal
from cadence.web.limits import Quota
from cadence.web.lines import RULE_WORDS
from cadence.web.page import not_done, page
from cadence.web.publisher import Publisher
from cadence.web.report import report
from cadence.web.taking_part import TakingPart
from cadence.workspace import Workspace
from tests.builders import NOW
from tests.ical.feeds.feedkinds import unfolded
from tests.pseudo import PSEUDO, escaped, marked
from tests.web.markup import Page
from tests.web.pages import FORM, HERE
from tools.catalogue import in_template

NAMES = ("Cadence", "Google Calendar", "Apple Calendar", "Outlook.com", "Microsoft 365")
START, END = NOW - timedelta(days=90), NOW - timedelta(hours=NOW.hour)

# Which language


@pytest.mark.parametrize(
    ("accept_language", "code"),
    [
        (None, "en"),
        (b"", "en"),
        (b"it", "it"),
        (b"IT-ch", "it"),
        (b"it-IT,it;q=0.9,en-US;q=0.8,en;q=0.7", "it"),
        (b"en-GB,en;q=0.9,it;q=0.8", "en"),
        (b"de, en;q=0.5", "en"),
        (b"de, it;q=0.5, en;q=0.4", "it"),
        (b"de, fr;q=0.5", "en"),
        (b"it;q=0, de", "en"),
        (b"en;q=0.3, it ; q=0.8", "it"),
        (b"italian", "en"),
        (b"it;q=nonsense", "en"),
        (b"*", "en"),
        (b"\xff;;,=", "en"),
    ],
)
def test_the_language_is_the_most_welcome_one_that_is_spoken(
    accept_language: bytes | None, code: str
) -> None:
    assert wished_language(accept_language) == code


def test_who_wishes_for_nothing_or_anything_hears_what_the_server_speaks() -> None:
    with speaking("it"):
        assert [wished_language(wish) for wish in (None, b"*", b"de, *;q=0.1", b"en", b"de")] == [
            "it", "it", "it", "en", "en"
        ]  # fmt: skip


# Requests


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spoken") / "team.json"
    workspace = Workspace.open(path, create=True)
    for step in sample_steps(NOW.date()):
        workspace.run(step.operation, step.argument, who=None, now=NOW, why=step.why)
    workspace.close()
    return path


@pytest.fixture
def italian(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands for Italian here is English with accents on all of it."""
    monkeypatch.setitem(language._known, "it", replace(PSEUDO, code="it"))  # pyright: ignore[reportPrivateUsage]


class Site:
    """The page and the feed of Anna, asked for within this process."""

    def __init__(self, path: Path) -> None:
        self.token = new_token()
        with_feed = Workspace.open(path)
        with_feed.run(
            new_feed, f"Anna {self.token}", "team", digest_of(self.token), member=1, who=None, now=NOW
        )
        with_feed.close()
        told: list[str] = []
        self._follower = Follower(lambda: Workspace.open(path), told.append)
        base = "http://127.0.0.1:8321"
        self._readers = Readers(
            self._follower,
            Publisher(EventCache(), told.append, packed=True, base=base),
            TakingPart(lambda: Workspace.open(path), told.append, base, Quota()),
            lambda: NOW,
            other_routes(self._follower),
        )

    async def ask(
        self, wish: str, *, path: str = "", body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer to who wishes for a language."""
        fields = {"accept-language": wish, **{name.replace("_", "-"): v for name, v in headers.items()}}
        if body:
            fields |= {name.lower(): value for name, value in HERE.items()} | {"content-type": FORM}
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST" if body else "GET",
            "path": path or f"/f/{self.token}",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in fields.items()],
            "state": {},
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._readers(scope, receive, send)
        said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], said, b"".join(part.get("body", b"") for part in sent[1:])

    def close(self) -> None:
        self._readers.close()


@pytest.fixture
def site(sample: Path, italian: None) -> Generator[Site]:
    site = Site(sample)
    yield site
    site.close()


async def test_a_page_speaks_the_language_of_its_reader_and_is_no_other_readers(site: Site) -> None:
    status, in_italian, body = await site.ask("it-IT, en;q=0.5")
    assert status == 200
    assert b'<html lang="it">' in body
    assert marked("Next posts").encode() in body
    assert (in_italian["content-language"], in_italian["vary"]) == ("it", "Accept-Language, Accept-Encoding")
    _, in_english, body = await site.ask("de, en;q=0.5")
    assert b'<html lang="en">' in body
    assert b"Next posts" in body
    assert in_english["content-language"] == "en"
    assert in_italian["etag"] != in_english["etag"]
    assert (await site.ask("it", if_none_match=in_italian["etag"]))[0] == 304
    assert (await site.ask("en", if_none_match=in_english["etag"]))[0] == 304
    assert (await site.ask("en", if_none_match=in_italian["etag"]))[0] == 200
    _, packed, _ = await site.ask("it", accept_encoding="gzip")
    assert packed["etag"] not in (in_italian["etag"], in_english["etag"])


async def test_a_feed_is_the_same_for_all_its_readers(site: Site) -> None:
    answers = [await site.ask(wish, path=f"/f/{site.token}.ics") for wish in ("it", "en")]
    assert answers[0][2] == answers[1][2]
    assert answers[0][1]["etag"] == answers[1][1]["etag"]
    assert b"Every post of" in answers[0][2].replace(b"\r\n ", b"")


async def test_a_refusal_is_in_the_language_of_the_page(site: Site) -> None:
    sealed = {"do": "comment", "seal": seal(site.token, "comment", NOW), "about": "1"}
    status, headers, body = await site.ask("it", body=urlencode(sealed | {"text": " "}).encode())
    assert (status, headers["content-language"]) == (422, "it")
    assert marked("A comment needs a few words").encode() in body
    gone = urlencode(sealed | {"text": "Fine", "about": "999"}).encode()
    status, _, body = await site.ask("it", body=gone)
    assert status == 409
    assert marked("This was not done").encode() in body
    assert marked("There is no idea ").strip().encode() in body
    status, _, body = await site.ask("it", body=b"nothing")
    assert (status, body.decode()) == (
        400,
        marked("The form cannot be read: it is not text in UTF-8.") + "\n",
    )


async def test_what_opens_nothing_says_so_in_the_language_of_the_request(site: Site) -> None:
    wrong = f"/f/{'A' * 43}"
    assert (await site.ask("it", path=wrong))[2].decode() == marked("There is nothing here.") + "\n"
    assert (await site.ask("de", path=wrong))[2] == b"There is nothing here.\n"
    assert (await site.ask("it", path="/healthz"))[2] == b"ok\n"


# What escaped


@pytest.fixture(scope="module")
def calendar(sample: Path) -> Iterator[Calendar]:
    workspace = Workspace.open(sample)
    yield workspace.calendar
    workspace.close()


def of_people(calendar: Calendar) -> set[str]:
    """What people wrote, and the names of things."""
    members, ideas, posts = calendar.members.values(), calendar.ideas.values(), calendar.posts.values()
    found = {calendar.team.name, calendar.team.zone, *NAMES}
    found.update(one.name for one in (*members, *calendar.channels.values(), *calendar.workflows.values()))
    for idea in ideas:
        found |= {idea.text, idea.note, *(comment.text for comment in idea.comments)}
    for post in posts:
        found |= {post.title, post.note, post.link or "", post.author or ""}
        found.update(task.offer.note for task in post.tasks.values() if task.offer)
    found.update(text_for(calendar, boost) or "" for boost in calendar.boosts.values())
    return found - {""}


def said_on(html: bytes) -> str:
    """All that people read or hear on a page."""
    page = Page(re.sub(rb"<style>.*?</style>", b"", html, flags=re.DOTALL))
    text = page.text
    for command in page.all("code"):
        text = text.replace(command.text, " ")
    return text


def not_translated(text: str, calendar: Calendar) -> list[str]:
    """The words that are neither; titles of posts may be cut short."""
    return escaped(re.sub("“[^”]*…”", "", text), of_people(calendar))


@pytest.mark.parametrize(
    ("kind", "of", "reader"),
    [
        ("team", None, "Anna"),
        ("member", "Marco", "Marco"),
        ("member", "Studio Blu", "Studio Blu"),
        ("tasks", "Anna", "Anna"),
        ("channel", "Blog", None),
        ("gaps", None, None),
        ("warnings", None, None),
    ],
)
def test_no_sentence_of_a_page_or_a_feed_escapes(
    calendar: Calendar, kind: Any, of: str | None, reader: str | None
) -> None:
    subject = calendar.channel if kind == "channel" else calendar.member
    about, member = subject(of).id if of else None, calendar.member(reader).id if reader else None
    read = Feed(id=1, reader=reader or "42", kind=kind, digest="0" * 64, of=about, member=member)
    with speaking(PSEUDO):
        html = page(calendar, read, NOW, links("https://feeds.example", "A" * 43))
        ics = feed(calendar, Selection.of(read), NOW, EventCache())
    assert not_translated(said_on(html), calendar) == []
    told = [line for line in unfolded(ics) if re.match(r"(SUMMARY|DESCRIPTION|NAME|X-WR-CAL\w+):", line)]
    assert len(told) >= 3
    assert not_translated("\n".join(map(_plain, told)), calendar) == []


def _plain(line: str) -> str:
    """The value of a property as people see it."""
    text = line.partition(":")[2].replace("\\n", "\n")
    return re.sub(r"\\([,;\\])", r"\1", text)


def test_no_sentence_of_a_retrospective_or_a_refusal_escapes(calendar: Calendar) -> None:
    with speaking(PSEUDO):
        found = review(calendar, (), START, END, NOW)
        pages = [report(calendar, found, START, END, NOW)]
        for action in ("idea", "comment", "published"):
            typed: dict[str, str] = dict.fromkeys(["text", "channel", "until", "link", "about"], "1")
            pages.append(not_done(calendar, "A" * 43, action, typed, "1", "1", NOW))
    for html in pages:
        assert b'<html lang="en-XA">' in html
        assert not_translated(said_on(html), calendar) == []


def test_a_page_as_a_file_and_a_feed_speak_what_the_process_speaks(calendar: Calendar) -> None:
    language.use(PSEUDO)
    try:
        ics = feed(calendar, Selection("team"), NOW, EventCache())
        html = report(calendar, review(calendar, (), START, END, NOW), START, END, NOW)
    finally:
        language.use("en")
    assert marked("Every post of").encode() in ics.replace(b"\r\n ", b"")
    assert marked("Promised and kept").encode() in html


def test_every_rule_has_words() -> None:
    assert RULE_WORDS.keys() == RULES.keys()


def test_words_of_people_and_of_a_language_stay_text(calendar: Calendar) -> None:
    """Neither a title nor a translation becomes markup."""
    first = calendar.members[1]
    named = calendar.put(type(first)(id=1, name="<b>Anna</b> & {co}", skills=first.skills))
    reader = Feed(id=1, reader="<b>Anna</b> & {co}", kind="team", digest="0" * 64, member=1)
    html = page(named, reader, NOW, links("https://feeds.example", "A" * 43)).decode()
    assert "For <strong>&lt;b&gt;Anna&lt;/b&gt; &amp; {co}</strong>." in html


# What translators get


def test_the_sentences_of_templates_are_collected(tmp_path: Path) -> None:
    template = tmp_path / "some.html"
    template.write_text(
        '<p title="{{ _("One") }}">{{ _("Two {gap}", gap=bold(x)) }}</p>\n'
        '{% if x %}{{ n_("{number} post", "{number} posts", x) }}{% endif %}\n'
        '{% macro m(a) %}{{ press(p_("button", "Three"), _("Four") if a else _("Five")) }}{% endmacro %}\n'
    )
    assert list(in_template(template)) == [
        (1, "One", None),
        (1, "Two {gap}", None),
        (2, ("{number} post", "{number} posts"), None),
        (3, "Three", "button"),
        (3, "Four", None),
        (3, "Five", None),
    ]
