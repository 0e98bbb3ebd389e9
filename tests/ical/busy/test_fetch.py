"""Whatever a server does, fetching from it ends in time, in one sentence, and without telling the address."""

from __future__ import annotations

import gzip
import logging
import ssl
import time
import traceback
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadence.ical.busy import network
from cadence.ical.busy.fetch import Fetched, Limits, fetch
from cadence.ical.busy.network import is_public
from cadence.ical.busy.target import is_url, parse, redirected
from cadence.model.errors import BadInput
from tests.ical.busy.servers import CALENDAR, SELF_SIGNED, Answer, Request, a_server

SECRET = "private-unspeakable"
QUICK = Limits(connect=0.3, read=0.3, total=0.3, size=100_000)


def refusal(url: str, **options: object) -> str:
    """The sentence with which an address is refused; nothing secret is in it, nor in its traceback."""
    options = {"allow_private": True, "limits": QUICK, **options}
    with pytest.raises(BadInput) as refused:
        fetch(url, **options)  # type: ignore[arg-type]
    assert SECRET not in "".join(traceback.format_exception(refused.value))
    return str(refused.value)


def refusal_of(answer: Answer, **options: object) -> str:
    with a_server(answer) as site:
        return refusal(f"{site.url}/{SECRET}/basic.ics?token={SECRET}", **options)


# What is sent, and what is kept


def test_a_calendar_is_fetched_with_what_makes_the_next_time_cheap() -> None:
    with a_server(lambda to: to.give(ETag='"one"', Last_Modified="Mon, 23 Nov 2026 09:00:00 GMT")) as site:
        found = fetch(f"{site.url}/work.ics", allow_private=True)
    assert found == Fetched(CALENDAR, '"one"', "Mon, 23 Nov 2026 09:00:00 GMT")


def test_it_says_who_asks_and_for_what() -> None:
    with a_server(lambda to: to.give()) as site:
        fetch(f"{site.url}/a b.ics?x=ü&y=1", allow_private=True)
        asked, path = site.asked[0], site.seen[0].path
    assert path == "/a%20b.ics?x=%C3%BC&y=1"
    assert "Cadence/" in asked["User-Agent"]
    assert asked["Accept"].startswith("text/calendar")
    assert asked["Host"] == f"127.0.0.1:{site.port}"
    assert "Authorization" not in asked
    assert "If-None-Match" not in asked


def test_what_has_not_changed_is_not_sent_again() -> None:
    def answer(to: Request) -> None:
        to.give(304 if to.headers["If-None-Match"] == '"one"' else 200, b"")

    with a_server(answer) as site:
        found = fetch(site.url, etag='"one"', last_modified="yesterday", allow_private=True)
        assert site.asked[0]["If-Modified-Since"] == "yesterday"
    assert found == Fetched(None, '"one"', "yesterday")


def test_not_changed_is_no_answer_to_who_has_nothing() -> None:
    assert "304" in refusal_of(lambda to: to.give(304, b""))


def test_a_packed_calendar_is_unpacked() -> None:
    with a_server(lambda to: to.give(content=gzip.compress(CALENDAR), Content_Encoding="gzip")) as site:
        assert fetch(site.url, allow_private=True).content == CALENDAR


def test_a_name_and_password_in_the_address_are_sent_as_such() -> None:
    with a_server(lambda to: to.give()) as site:
        fetch(site.url.replace("//", "//anna%40example.com:s%3Acret@"), allow_private=True)
        assert site.asked[0]["Authorization"] == "Basic YW5uYUBleGFtcGxlLmNvbTpzOmNyZXQ="


# Redirects


def test_redirects_are_followed() -> None:
    def answer(to: Request) -> None:
        to.give() if to.path == "/new" else to.send_to("/new", 301)

    with a_server(answer) as site:
        assert fetch(f"{site.url}/old", allow_private=True).content == CALENDAR


def test_a_password_stays_with_its_server() -> None:
    with a_server(lambda to: to.give()) as other, a_server(lambda to: to.send_to(other.url)) as site:
        fetch(site.url.replace("//", "//anna:secret@"), allow_private=True)
        assert "Authorization" in site.asked[0]
        assert "Authorization" not in other.asked[0]


def test_a_circle_of_redirects_ends() -> None:
    def answer(to: Request) -> None:
        to.send_to(f"/{SECRET}/b" if to.path.endswith("/a") else f"/{SECRET}/a")

    assert "127.0.0.1 redirects in a circle" in refusal_of(answer)


def test_endless_redirects_end() -> None:
    numbers = count()
    assert "redirects once too often" in refusal_of(lambda to: to.send_to(f"/{SECRET}/{next(numbers)}"))
    assert next(numbers) == 6


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://127.0.0.1/", "https://127.0.0.1:99999/", "gopher:x"]
)
def test_a_redirect_goes_to_the_web_only(place: str) -> None:
    assert "redirects to something that is no web address" in refusal_of(lambda to: to.send_to(place))


def test_a_redirect_never_leaves_encryption() -> None:
    with pytest.raises(BadInput, match=r"calendar\.example redirects from https to http"):
        redirected(parse("https://calendar.example/x"), "http://calendar.example/x")
    assert redirected(parse("http://calendar.example/x"), "https://calendar.example/x")


# Servers that are slow, wrong or hostile


def test_a_server_that_says_nothing_ends_in_time() -> None:
    started = time.monotonic()
    assert "127.0.0.1 takes too long" in refusal_of(lambda to: time.sleep(1))
    assert time.monotonic() - started < 0.9


def drip(begin: bytes) -> Answer:
    """After its beginning a byte now and then, each well within the time that one may take."""

    def answer(to: Request) -> None:
        to.wfile.write(begin)
        for _ in range(60):
            to.wfile.write(b"x")
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    "begin",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Header: ", id="headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", id="content"),
    ],
)
def test_a_server_that_drips_ends_in_time(begin: bytes) -> None:
    started = time.monotonic()
    assert "takes too long" in refusal_of(drip(begin), limits=QUICK._replace(read=5))
    assert time.monotonic() - started < 0.9


def test_a_name_server_that_is_slow_ends_in_time() -> None:
    def asleep(host: str, port: int) -> list[str]:
        time.sleep(0.8)
        return []

    started = time.monotonic()
    assert "takes too long" in refusal("https://calendar.example/", resolve=asleep)
    assert time.monotonic() - started < 0.7


def test_a_calendar_that_says_it_is_too_large_is_not_read() -> None:
    assert "larger than" in refusal_of(lambda to: to.give(content=b"", Content_Length="100001"))


def test_a_calendar_without_end_is_too_large() -> None:
    def answer(to: Request) -> None:
        to.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            to.wfile.write(b"x" * 10_000)

    assert "larger than" in refusal_of(answer, limits=QUICK._replace(total=5))


def test_a_bomb_does_not_go_off() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < QUICK.size
    said = refusal_of(lambda to: to.give(content=bomb, Content_Encoding="gzip"))
    assert "the calendar at 127.0.0.1 is larger than" in said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda to: to.give(404), "127.0.0.1 answers 404 Not Found"),
        (lambda to: to.give(401), "needs a name and password"),
        (lambda to: to.give(503), "503 Service Unavailable - try again later"),
        (lambda to: to.give(799), "answers 799"),
        (lambda to: to.wfile.write(f"{SECRET}\r\n\r\n".encode()), "does not speak HTTP"),
        (lambda to: None, "broke off"),
        (lambda to: to.give(Content_Length="500"), "broke off"),
        (lambda to: to.give(content=CALENDAR, Content_Encoding="gzip"), "it is not"),
        (lambda to: to.give(content=gzip.compress(CALENDAR)[:-9], Content_Encoding="gzip"), "broke off"),
        (lambda to: to.give(Content_Encoding="br"), "packs the calendar"),
        (lambda to: to.give(content=b"<html>Log in", Content_Type="text/html; x"), "a web page"),
    ],
)
def test_an_answer_that_is_no_calendar(answer: Answer, said: str) -> None:
    assert said in refusal_of(answer)


def test_a_calendar_that_is_called_a_web_page_is_one_all_the_same() -> None:
    with a_server(lambda to: to.give(Content_Type="text/html")) as site:
        assert fetch(site.url, allow_private=True).content == CALENDAR


def test_nobody_there() -> None:
    with a_server(lambda to: to.give()) as site:
        pass
    assert "127.0.0.1 cannot be reached" in refusal(f"{site.url}/{SECRET}")
    with a_server(lambda to: to.give()) as site:
        encrypted = f"{site.url}/{SECRET}".replace("http:", "https:")
        assert "127.0.0.1 does not speak https" in refusal(encrypted)


def test_a_certificate_that_nobody_signed() -> None:
    with a_server(lambda to: to.give(), tls=True) as site:
        assert "the certificate of 127.0.0.1 is not good" in refusal(f"{site.url}/{SECRET}")


def test_a_certificate_must_be_that_of_the_name_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = ssl.create_default_context(cafile=str(SELF_SIGNED))
    monkeypatch.setattr("cadence.ical.busy.fetch._certificates", lambda: trusting)
    with a_server(lambda to: to.give(), tls=True) as site:
        here = f"https://localhost:{site.port}/"
        assert fetch(here, allow_private=True, resolve=lambda *_: ["127.0.0.1"]).content == CALENDAR
        elsewhere = f"https://calendar.example:{site.port}/{SECRET}"
        assert "certificate of calendar.example" in refusal(elsewhere, resolve=lambda *_: ["127.0.0.1"])
    with a_server(lambda to: to.send_to(f"http://localhost/{SECRET}"), tls=True) as site:
        assert "from https to http" in refusal(f"{site.url}/{SECRET}")


def test_no_log_has_the_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    def answer(to: Request) -> None:
        to.give(404) if "there" in to.path else to.send_to(f"/{SECRET}/there")

    refusal_of(answer)
    assert SECRET not in caplog.text


# This computer and private networks


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.1.2.3", "192.168.1.1", "169.254.169.254",
        "[fe80::1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]",
        "[64:ff9b::a00:1]",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(host: str) -> None:
    said = refusal(f"http://{host}:8080/{SECRET}", allow_private=False)
    assert "is an address of this computer or of a private network - if you trust it" in said


def test_a_name_of_a_private_address_is_refused_even_among_public_ones() -> None:
    said = refusal(
        "https://calendar.example/", allow_private=False, resolve=lambda *_: ["93.184.215.14", "10.0.0.1"]
    )
    assert "calendar.example is an address of this computer" in said


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.1")
    hosts = {"calendar.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
    with a_server(lambda to: to.send_to(f"http://inside.example:8080/{SECRET}")) as site:
        said = refusal(
            f"http://calendar.example:{site.port}/", allow_private=False, resolve=lambda host, _: hosts[host]
        )
    assert said.startswith("inside.example is an address of this computer")


def test_the_address_that_was_checked_is_the_one_that_is_called() -> None:
    """A name server could answer otherwise the second time."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    with a_server(lambda to: to.give()) as site:
        url = f"http://calendar.example:{site.port}/"
        assert fetch(url, allow_private=True, resolve=lambda *_: next(answers)).content == CALENDAR
        assert site.asked[0]["Host"] == f"calendar.example:{site.port}"
    assert next(answers) == ["127.0.0.2"]


def test_when_one_address_is_dead_the_next_is_tried() -> None:
    with a_server(lambda to: to.give()) as site:
        url = f"http://calendar.example:{site.port}/"
        found = fetch(url, allow_private=True, resolve=lambda *_: ["127.0.0.99", "127.0.0.1"])
    assert found.content == CALENDAR


@pytest.mark.parametrize("port", [22, 25, 111, 445])
def test_ports_of_other_services_are_not_called(port: int) -> None:
    assert f"no calendar is at port {port}" in refusal(f"http://example.com:{port}/", allow_private=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:4700:4700::1111", True), ("::ffff:93.184.215.14", True),
        ("64:ff9b::5db8:d70e", True), ("2002:5db8:d70e::1", True),
        ("100.64.0.1", False), ("192.0.2.1", False), ("198.18.0.1", False), ("224.0.0.1", False),
        ("240.0.0.1", False), ("255.255.255.255", False), ("0.1.2.3", False),
        ("::", False), ("::1", False), ("::7f00:1", False), ("fc00::1", False), ("fec0::1", False),
        ("ff02::1", False), ("fe80::1%eth0", False), ("2001:db8::1", False), ("2001:0:a00:1::", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b:1::1", False), ("2002:a00:1::1", False),
        ("2002:7f00:1::", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


# What people type


@pytest.mark.parametrize(
    ("place", "origin"),
    [
        ("webcal://p01.icloud.example/x", ("https", "p01.icloud.example", 443)),
        ("webcals://calendar.example:8443/x", ("https", "calendar.example", 8443)),
        ("webcal://calendar.example:80/x", ("http", "calendar.example", 80)),
        ("HTTPS://Calendar.Example/x", ("https", "calendar.example", 443)),
        ("https://kalender.müller.example/", ("https", "kalender.xn--mller-kva.example", 443)),
    ],
)
def test_addresses_that_calendars_offer(place: str, origin: tuple[str, str, int]) -> None:
    assert is_url(place)
    assert parse(place).origin == origin


@pytest.mark.parametrize(
    "url", ["https://", "https:///x", "https://a:b/", "https://a:0/", "https://[::1/", "https://a b/", "x"]
)
def test_an_address_that_is_none(url: str) -> None:
    assert "the address of the calendar cannot be read" in refusal(url)


def test_files_are_no_addresses_and_other_addresses_are_refused() -> None:
    assert not is_url("work.ics")
    assert not is_url("C:/work.ics")
    with pytest.raises(BadInput, match="not read from ftp addresses"):
        is_url("ftp://example.com/x.ics")


@given(st.text(), st.sampled_from(["https://", "https://calendar.example/", "webcal://x@", "http://h:"]))
def test_whatever_is_typed_is_an_address_or_refused(text: str, begin: str) -> None:
    with suppress(BadInput):
        path = parse(begin + text).path
        assert path.isascii()
        assert path.isprintable()
        assert " " not in path
