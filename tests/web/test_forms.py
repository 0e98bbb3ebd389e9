"""Forms on a page: whatever is typed into them is text, and they are taken from that page only."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from cadence.model.errors import BadInput
from cadence.model.feeds import new_token
from cadence.operations import ideas
from cadence.operations.feeds import revoke_feed
from cadence.web import forms
from cadence.web.deeds import deed
from cadence.web.forms import Unreadable, fields_of, is_from_own_page, is_sealed, one_line, seal, some_lines
from cadence.web.limits import A_DAY, A_MINUTE, Quota
from tests.builders import NOW
from tests.web.markup import Page
from tests.web.pages import ANNA, BLU, FORM, HERE, LUCA, ReaderPage, Team, ideas_of, news, serving_colleagues


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Generator[Team]:
    with serving_colleagues(tmp_path_factory.mktemp("part") / "team.json") as team:
        yield team


# Every field


GOOD = {
    "markup": ("<script>alert(1)</script> & \"quotes'", "<script>alert(1)</script> & \"quotes'"),
    "a template": ("{{ 7*7 }} {% raw %} %s ${x}", "{{ 7*7 }} {% raw %} %s ${x}"),
    "control characters": ("a\0b\x07c\x1b[31md\x7fe\x9b1mf", "abc[31mde1mf"),
    "line ends": (" one\r\ntwo\u2028three\x85four\t five ", "one two three four five"),
    "a turned direction": ("\u202eevil\u202c \u2066isolated\u2069", "evil isolated"),
    "a script from the right": ("שלום: מכתב \u200fמחיפה", "שלום: מכתב \u200fמחיפה"),
    "emoji of many parts": ("👩‍🏭🔧🇮🇹 e\u0301", "👩‍🏭🔧🇮🇹 e\u0301"),
    "as long as may be": ("🔧" * 200, "🔧" * 200),
    "a formula": ("=1+1", "=1+1"),
}


def test_whatever_somebody_writes_is_kept_as_text(team: Team) -> None:
    page = team.page_of(ANNA)
    for what, (typed, meant) in GOOD.items():
        sent = page.suggest(typed)
        assert sent.status == 303, what
        id = int(sent.fields["location"].rpartition("-")[2])
        assert team.calendar.ideas[id].text == meant, what
        seen = page.look(sent.fields["location"])
        assert not seen.all("script")
        assert meant in unescape(news(seen)), what


EMPTY = ["", "  \r\n ", "\0\x1b", "\u200b\u200f\u202e", "\ufeff\u2060"]


def test_nothing_to_see_is_no_idea(team: Team) -> None:
    page, before = team.page_of(ANNA), len(team.calendar.ideas)
    for typed in EMPTY:
        assert page.suggest(typed).status == 422
    assert len(team.calendar.ideas) == before


def test_what_is_refused_is_shown_again_with_the_reason_in_the_fields_that_it_was_in(team: Team) -> None:
    page = team.page_of(ANNA)
    typed = '</textarea><script>alert(1)</script>"' + "ä" * 200
    refused = page.suggest(typed, channel="1", until="2026-11-01", link="https://rossi.example/?a=1&b=2")
    assert refused.status == 422
    seen = Page(refused.body)
    assert "An idea has room for 200 characters, this has 237. Make it shorter." in seen.text
    assert [area.text for area in seen.all("textarea", id="idea-text")] == [typed]
    assert [one.text for one in seen.all("option") if "selected" in one.attributes] == ["Blog"]
    values = {one.attributes["name"]: one.attributes["value"] for one in seen.all("input")}
    assert (values["until"], values["link"]) == ("2026-11-01", "https://rossi.example/?a=1&b=2")
    assert not seen.all("script")
    assert (
        page.send_raw(urlencode(values | {"text": "Short", "channel": "1", "until": ""}).encode()).status
        == 303
    )
    over = page.suggest("Too late", until="2026-11-01")
    assert (over.status, "Sun 1 Nov is over" in Page(over.body).text) == (422, True)


NASTY = ["<b>", "\0x", "\u202e1", "١", "-1", "1" * 400, "🔧", "1;2", "../1", "1\r\nSet-Cookie: a=b"]


def test_no_other_field_takes_what_it_should_not(team: Team) -> None:
    team.do(ideas.add_idea, "Something to talk about", who=LUCA)
    before = team.calendar
    pages = iter([team.page_of(ANNA) for _ in range(11)])
    for field in ("channel", "link", "until"):
        page = next(pages)
        for nasty in NASTY:
            assert page.suggest("Fine", **{field: nasty}).status in (400, 422), (field, nasty)
    for action in ("comment", "vote", "boosted", "take", "claim", "done", "not-done"):
        page, typed = next(pages), {"text": "Fine"} if action == "comment" else {}
        for nasty in ["", *NASTY[:-1]]:
            fields = page.hidden(action, nasty) | typed
            assert page.send_raw(urlencode(fields).encode()).status in (400, 409), (action, nasty)
    page = next(pages)
    for link in ("javascript:alert(1)", "data:text/html,x", "https://a b", "https://" + "a" * 2000):
        assert page.suggest("Fine", link=link).status == 422
    assert page.suggest("Fine", channel="7").status == 409
    assert (team.calendar.ideas, team.calendar.posts) == (before.ideas, before.posts)


def test_a_comment_may_be_long_whatever_it_is_written_in(team: Team) -> None:
    page = team.page_of(ANNA)
    team.do(ideas.add_idea, "Say much", who=LUCA)
    (id,) = ideas_of(team, "Say much")
    assert page.send("comment", id, text="🔧" * 2000).status == 303
    assert team.calendar.ideas[id].comments[0].text == "🔧" * 2000
    refused = page.send("comment", id, text="a" * 2001)
    assert refused.status == 422
    assert [area.text for area in Page(refused.body).all("textarea")] == ["a" * 2001]


def test_what_no_page_sends_is_refused_in_one_line(team: Team) -> None:
    page, before = team.page_of(ANNA), len(team.calendar.ideas)
    idea = urlencode(page.hidden("idea") | {"channel": "", "link": "", "until": ""}).encode()
    for body, status in {
        idea + b"&text=%ED%A0%80": 400,  # half of a character
        idea + b"&text=%FF%FE": 400,
        idea + b"&text=\xff": 400,
        idea: 400,  # a field is missing
        idea + b"&text=a&text=b": 400,
        idea + b"&text=a&more=b": 400,
        idea + b"&text": 400,
        b"&".join(b"a%d=" % number for number in range(50)): 400,
        b"do=undo&seal=": 400,
        idea + b"&text=" + b"x" * 1_000_000: 413,
    }.items():
        answer = page.send_raw(body)
        assert (answer.status, answer.body.count(b"\n")) == (status, 1), body[:200]
    for kind in ("multipart/form-data; boundary=x", "application/json", "text/plain", ""):
        assert page.send_raw(idea, {**HERE, "Content-Type": kind}).status == 415
    assert page.send_raw(b"").status == 400
    assert len(team.calendar.ideas) == before


# Who may


def own(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def test_a_form_is_taken_from_the_page_itself_only(team: Team) -> None:
    page, port = team.page_of(ANNA), team.server.port
    for number, headers in enumerate(
        [
            {"Sec-Fetch-Site": "same-origin"},
            {"Origin": own(port)},
            {"Origin": "http://localhost"},  # the name that the request was sent to
            {"Origin": own(port), "Sec-Fetch-Site": "same-origin"},
        ]
    ):
        typed = {"text": f"From here {number}", "channel": "", "link": "", "until": ""}
        assert page.send("idea", None, headers, **typed).status == 303, headers
    before = len(team.calendar.ideas)
    for headers in [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": f"{own(port)}0"},
        {"Origin": own(port), "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": own(port) + page.path},
        {"X-Forwarded-Host": "evil.example", "Origin": "https://evil.example"},
    ]:
        typed = {"text": "From elsewhere", "channel": "", "link": "", "until": ""}
        refused = page.send("idea", None, headers, **typed)
        assert refused.status == 403, headers
        assert b"From elsewhere" not in refused.body
        assert "access-control-allow-origin" not in refused.fields
    assert len(team.calendar.ideas) == before


def test_a_form_is_good_for_its_page_its_action_and_a_day(team: Team) -> None:
    page, other = team.page_of(ANNA), team.page_of(ANNA)
    rest = {"text": "Sealed", "channel": "", "link": "", "until": ""}
    for sealed in (
        "",
        "0" * 64,
        "ä",
        seal(page.token, "vote", NOW),
        seal(other.token, "idea", NOW),
        seal(page.token, "idea", NOW - timedelta(days=2)),
    ):
        refused = page.send_raw(urlencode({"do": "idea", "seal": sealed, **rest}).encode())
        assert refused.status == 403
        assert [area.text for area in Page(refused.body).all("textarea")] == ["Sealed"]
        again = {one.attributes["name"]: one.attributes["value"] for one in Page(refused.body).all("input")}
        assert again["seal"] == seal(page.token, "idea", NOW)
    assert ideas_of(team, "Sealed") == []
    yesterday = seal(page.token, "idea", NOW - timedelta(days=1))
    assert page.send_raw(urlencode({"do": "idea", "seal": yesterday, **rest}).encode()).status == 303


def test_a_wrong_or_dead_address_takes_nothing_and_says_nothing(team: Team) -> None:
    nothing = team.server.ask(f"/f/{new_token()}")
    wrong = ReaderPage(team.server, new_token()).suggest("Into the void")
    assert wrong.status == 404
    assert wrong.but_for_the_date == nothing.but_for_the_date
    dead = team.page_of(ANNA)
    team.do(revoke_feed, max(team.calendar.feeds))
    assert dead.suggest("Into the void").but_for_the_date == nothing.but_for_the_date
    assert ideas_of(team, "Into the void") == []


def test_partners_and_readers_who_are_no_members_take_no_part(team: Team) -> None:
    pages = (team.page_of(None), team.page_of(ANNA, "gaps"))
    for page in pages:
        assert "form-action 'none'" in team.server.ask(page.path).fields["content-security-policy"]
    for page in (*pages, team.page_of(BLU, "member")):
        assert page.look().all("form") == []
        assert page.suggest("Not mine to give").status == 405
    assert ideas_of(team, "Not mine to give") == []


def test_only_pages_with_forms_may_send_them_and_only_home(team: Team) -> None:
    page = team.page_of(ANNA)
    answer = team.server.ask(page.path)
    assert "form-action 'self'" in answer.fields["content-security-policy"]
    assert answer.fields["referrer-policy"] == "same-origin"
    for form in Page(answer.body).all("form"):
        assert (form.attributes["method"], form.attributes["action"]) == ("post", "?")
    inputs = Page(answer.body).all("input")
    actions = [one.attributes["value"] for one in inputs if one.attributes.get("name") == "do"]
    seals = [one.attributes["value"] for one in inputs if one.attributes.get("name") == "seal"]
    assert "idea" in actions
    assert seals == [seal(page.token, action, NOW) for action in actions]


def test_other_methods_stay_refused(team: Team) -> None:
    page = team.page_of(ANNA)
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        assert team.server.ask(page.path, HERE, method=method).status == 405
    assert team.server.ask(f"{page.path}.ics", HERE, method="POST", body=b"do=idea").status == 405


def test_a_flood_is_stopped_page_by_page_and_nothing_typed_is_lost(team: Team) -> None:
    page, other = team.page_of(ANNA), team.page_of(ANNA)
    answers = [page.suggest(f"Flood {number}") for number in range(A_MINUTE + 2)]
    assert [answer.status for answer in answers] == [303] * A_MINUTE + [429] * 2
    assert 0 < int(answers[-1].fields["retry-after"]) <= 60
    seen = Page(answers[-1].body)
    assert [area.text for area in seen.all("textarea")] == [f"Flood {A_MINUTE + 1}"]
    assert other.suggest("Calm").status == 303


# The small rules


def test_a_form_that_comes_drop_by_drop_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "SENT_WITHIN", 0.05)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    with pytest.raises(Unreadable) as refused:
        asyncio.run(fields_of([(b"content-type", FORM.encode())], receive))  # type: ignore[arg-type]
    assert refused.value.status == 408


def test_a_form_without_a_length_is_measured_as_it_comes() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"a" * 4096, "more_body": True}

    with pytest.raises(Unreadable) as refused:
        asyncio.run(fields_of([(b"content-type", FORM.encode())], receive))  # type: ignore[arg-type]
    assert refused.value.status == 413


@pytest.mark.parametrize(
    ("origin", "is_own"),
    [
        ("https://feeds.rossi.example", True),
        ("https://feeds.rossi.example:8443", False),
        ("http://feeds.rossi.example", False),
        ("https://rossi.example", False),
        ("https://feeds.rossi.example.evil.example", False),
        ("http://10.0.0.7:8321", True),
        ("https://feeds.rossi.example, https://feeds.rossi.example", False),
    ],
)
def test_behind_a_proxy_the_team_s_own_address_counts(origin: str, is_own: bool) -> None:
    headers = [(b"host", b"10.0.0.7:8321"), (b"origin", origin.encode())]
    assert is_from_own_page(headers, ["https://Feeds.Rossi.example:443/plans"]) is is_own


def test_a_seal_is_good_today_and_tomorrow() -> None:
    sealed = seal("token", "idea", NOW)
    good = [is_sealed(sealed, "token", "idea", NOW + timedelta(days=days)) for days in (-1, 0, 1, 2)]
    assert good == [False, True, True, False]


def test_text_is_one_line_or_some_and_nothing_hides_in_it() -> None:
    assert one_line("a\r\n\u202eb\u0000 c") == "a b c"
    assert some_lines("a \r\n\r\n\r\n\r\n b\u2029\u2067c") == "a\n\nb\nc"


def test_a_page_takes_so_much_a_minute_and_so_much_a_day() -> None:
    quota = Quota()
    assert [quota.wait(1, second) for second in range(A_MINUTE)] == [0] * A_MINUTE
    assert quota.wait(1, A_MINUTE) == 51
    assert quota.wait(2, A_MINUTE) == 0
    taken = [quota.wait(1, 60 * minute) for minute in range(1, 60) for _ in range(3)]
    assert taken.count(0) == A_DAY - A_MINUTE
    assert taken[-1] > 22 * 3600
    assert quota.wait(1, 25 * 3600) == 0


def test_typing_errors_are_named() -> None:
    with pytest.raises(BadInput, match="“Good until” is no day"):
        deed("idea", {"text": "a", "channel": "", "link": "", "until": "soon"})
