"""What a running server answers, octet by octet."""

from __future__ import annotations

import gzip
import json
from collections.abc import Generator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from cadence.ical.feeds.usage import read_usage
from cadence.model.feeds import digest_of, new_token
from cadence.operations.feeds import new_feed, revoke_feed, rotate_feed
from cadence.operations.members import edit_member
from cadence.operations.posts import edit_post
from tests.builders import NOW, day
from tests.web.servers import Server, SmallTeam, a_small_team, serving

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> SmallTeam:
    return a_small_team(tmp_path_factory.mktemp("serve") / "team.json")


@pytest.fixture(scope="module")
def server(team: SmallTeam) -> Generator[Server]:
    with serving(team.path) as server:
        yield server


@pytest.fixture
def feed(team: SmallTeam) -> str:
    return f"/f/{team.tokens['team']}.ics"


def test_a_feed_is_a_calendar_with_all_that_clients_need(server: Server, feed: str) -> None:
    answer = server.ask(feed)
    assert answer.status == 200
    assert answer.body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"A day at the lathe" in answer.body
    assert answer.fields.items() >= EVERYWHERE.items()
    assert answer.fields["content-type"] == "text/calendar; charset=utf-8"
    assert answer.fields["cache-control"] == "private, max-age=300"
    assert answer.fields["content-disposition"] == 'inline; filename="team.ics"'
    assert answer.fields["vary"] == "Accept-Encoding"
    assert int(answer.fields["content-length"]) == len(answer.body)
    assert parsedate_to_datetime(answer.fields["last-modified"]) == NOW
    assert not {"server", "set-cookie"} & answer.fields.keys()


@pytest.mark.parametrize("kind", ["team", "member", "gaps", "tasks"])
def test_each_kind_of_feed_is_the_same_at_every_fetch(server: Server, team: SmallTeam, kind: str) -> None:
    one, other = (server.ask(f"/f/{team.tokens[kind]}.ics") for _ in range(2))
    assert one.status == 200
    assert (one.body, one.fields["etag"]) == (other.body, other.fields["etag"])


def test_head_is_get_without_the_body(server: Server, feed: str) -> None:
    whole, head = server.ask(feed), server.ask(feed, method="HEAD")
    assert head.body == b""
    assert head.but_for_the_date[0] == whole.but_for_the_date[0]


def test_a_feed_is_packed_when_asked(server: Server, feed: str) -> None:
    plain, packed = server.ask(feed), server.ask(feed, {"Accept-Encoding": "deflate, gzip"})
    assert packed.fields["content-encoding"] == "gzip"
    assert int(packed.fields["content-length"]) == len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == plain.body
    assert packed.fields["etag"] != plain.fields["etag"]
    assert packed.fields["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("coding", [{}, {"Accept-Encoding": "gzip"}])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_client_has_is_not_sent_again(
    server: Server, feed: str, coding: dict[str, str], method: str
) -> None:
    etag = server.ask(feed, coding).fields["etag"]
    known = server.ask(feed, {**coding, "If-None-Match": f'"old", W/{etag}'}, method=method)
    assert (known.status, known.body, known.fields["etag"]) == (304, b"", etag)
    assert known.fields["cache-control"] == "private, max-age=300"
    assert known.fields["vary"] == "Accept-Encoding"
    assert "content-length" not in known.fields
    other = server.ask(feed, {**coding, "If-None-Match": '"old"'}, method=method)
    assert (other.status, other.fields["etag"]) == (200, etag)


def test_a_date_does_where_there_is_no_tag(server: Server, feed: str) -> None:
    modified = server.ask(feed).fields["last-modified"]
    assert server.ask(feed, {"If-Modified-Since": modified}).status == 304
    assert server.ask(feed, {"If-Modified-Since": modified, "If-None-Match": '"x"'}).status == 200
    assert server.ask(feed, {"If-Modified-Since": "Sun, 22 Nov 2026 09:00:00 GMT"}).status == 200


def test_other_headers_change_nothing(server: Server, feed: str) -> None:
    plain = server.ask(feed)
    for fields in (
        {"Accept": "application/json"},
        {"Range": "bytes=0-9"},
        {"Host": "evil.example"},
        {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"},
        {"Upgrade": "websocket", "Connection": "close, upgrade"},
    ):
        assert server.ask(feed, fields).but_for_the_date == plain.but_for_the_date
    assert server.ask(f"{feed}?again=1").but_for_the_date == plain.but_for_the_date


def test_a_reader_has_a_page_that_loads_nothing_from_elsewhere(server: Server, team: SmallTeam) -> None:
    page = server.ask(f"/f/{team.tokens['member']}")
    assert page.status == 200
    assert page.fields["content-type"] == "text/html; charset=utf-8"
    assert page.fields["content-security-policy"].startswith("default-src 'none'; ")
    assert page.fields["cache-control"] == "private, no-cache"
    assert page.fields.items() >= EVERYWHERE.items()
    assert f"127.0.0.1:{server.port}/f/{team.tokens['member']}.ics".encode() in page.body
    etag = page.fields["etag"]
    assert server.ask(f"/f/{team.tokens['member']}", {"If-None-Match": etag}).status == 304


def test_the_style_sheet_of_a_page_may_be_kept_under_its_own_address(server: Server, team: SmallTeam) -> None:
    page = server.ask(f"/f/{team.tokens['team']}").body.decode()
    address = page.partition('rel="stylesheet" href="..')[2].partition('"')[0]
    kept, again = server.ask(address), server.ask(address.partition("?")[0])
    assert kept.body == again.body != b""
    assert kept.fields["content-type"] == "text/css; charset=utf-8"
    assert kept.fields["cache-control"] == "public, max-age=31536000, immutable"
    assert again.fields["cache-control"] == "public, no-cache"


def test_whoever_watches_the_server_is_told_that_it_is_well(server: Server) -> None:
    answer = server.ask("/healthz")
    assert (answer.status, answer.body) == (200, b"ok\n")
    assert answer.fields["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_whatever_the_token(server: Server, feed: str, method: str) -> None:
    known = server.ask(feed, method=method, body=b"x=1")
    unknown = server.ask(f"/f/{new_token()}.ics", method=method, body=b"x=1")
    assert (known.status, known.fields["allow"]) == (405, "GET, HEAD")
    assert known.but_for_the_date == unknown.but_for_the_date
    assert server.ask("/healthz", method=method).status == 405
    assert server.ask("/static/page.css", method=method).status == 405
    assert server.ask("/elsewhere", method=method).status == 404


@pytest.mark.parametrize(
    "extra", ["Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"]
)
def test_a_request_to_read_brings_no_content(server: Server, feed: str, extra: str) -> None:
    request = f"GET {feed} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{extra}"
    assert server.send(request.encode()).status == 413


def test_a_change_of_another_process_is_in_the_next_answer(
    server: Server, team: SmallTeam, feed: str
) -> None:
    before = server.ask(feed)
    for title in ("A day at the mill", "A day at the lathe"):
        team.run(edit_post, 1, title=title)
        after = server.ask(feed, {"If-None-Match": before.fields["etag"]})
        assert after.status == 200
        assert title.encode() in after.body
        assert parsedate_to_datetime(after.fields["last-modified"]) > parsedate_to_datetime(
            before.fields["last-modified"]
        )
        before = after


# Nothing to see


def wrong_paths(token: str) -> list[str]:
    """Paths that open nothing, made from a token that is good."""
    last = "A" if token[-1] != "A" else "B"
    return [
        "/",
        "/f",
        "/f/",
        "/f/.ics",
        "/f/x.ics",
        f"/f/{token[:-1]}{last}",
        f"/f/{token[:-1]}{last}.ics",
        f"/f/{token[:-1]}",
        f"/f/{token}A.ics",
        f"/f/{token}.ICS",
        f"/f/{token}.ics.",
        f"/f/{token}.ics/",
        f"/f/{token}/",
        f"/f/{token}.",
        f"/f/{token}.ics.ics",
        f"/f/{token}.json",
        f"/f/{token.swapcase()}.ics",
        f"/F/{token}.ics",
        f"//f/{token}.ics",
        f"/f//{token}.ics",
        f"/./f/{token}.ics",
        f"/x/../f/{token}.ics",
        f"/f/{token}%2eics",
        f"/f%2f{token}.ics",
        f"/%66/{token}.ics",
        f"/f/%{ord(token[0]):02x}{token[1:]}.ics",
        f"/f/{token}.ics%00",
        f"/f/{token}%00.ics",
        f"/f/{token};x.ics",
        f"/f/{token}.ics%3f",
        f"http://localhost/f/{token}.ics",
        f"/f/{'A' * 43}.ics",
        f"/f/{'-' * 43}",
        f"/f/{'A' * 8000}.ics",
        "/f/%2e%2e/healthz",
        "/static/",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        f"/static/{token}",
        "/healthz/",
        "/Healthz",
        "/robots.txt",
        "/feeds",
    ]


def test_whatever_opens_nothing_gets_the_same_answer(server: Server, team: SmallTeam, tmp_path: Path) -> None:
    theirs = a_small_team(tmp_path / "other.json", ("team",)).tokens["team"]
    nothing = server.ask(f"/f/{new_token()}.ics")
    assert nothing.status == 404
    assert nothing.fields.items() >= {**EVERYWHERE, "cache-control": "no-store"}.items()
    for path in (f"/f/{theirs}.ics", f"/f/{theirs}", *wrong_paths(team.tokens["team"])):
        assert server.ask(path).but_for_the_date == nothing.but_for_the_date, path
        assert server.ask(f"{path}?token={team.tokens['team']}").but_for_the_date == nothing.but_for_the_date
        head = server.ask(path, method="HEAD")
        assert (head.but_for_the_date[0], head.body) == (nothing.but_for_the_date[0], b""), path


def test_a_revoked_or_rotated_address_is_dead_at_once(tmp_path: Path) -> None:
    """On a calendar of its own: nothing of this can be undone."""
    team, fresh = a_small_team(tmp_path / "team.json"), new_token()
    with serving(team.path) as server:
        nothing = server.ask(f"/f/{new_token()}.ics")
        paths = [f"/f/{team.tokens[kind]}{end}" for kind in ("team", "member") for end in (".ics", "")]
        assert {server.ask(path).status for path in paths} == {200}
        team.run(revoke_feed, 1)
        team.run(rotate_feed, 2, digest_of(fresh))
        for path in paths:
            assert server.ask(path).but_for_the_date == nothing.but_for_the_date
        assert server.ask(f"/f/{fresh}.ics").status == 200
        theirs = f"/f/{team.tokens['tasks']}.ics"
        team.run(new_feed, "Anna", "team", digest_of(annas := new_token()), member=1)
        assert {server.ask(path).status for path in (theirs, f"/f/{annas}.ics")} == {200}
        team.run(edit_member, 1, active_to=day("2026-11-22"))  # the day before: she has left
        assert server.ask(f"/f/{annas}.ics").but_for_the_date == nothing.but_for_the_date
        assert server.ask(theirs).status == 200
        server.stop()
    assert set(read_usage(team.path.with_name("team.json.notes"))) == {1, 2, 4, 5}


# What is written down. Last, because it stops the server.


def test_the_log_has_every_request_and_no_token(server: Server, team: SmallTeam) -> None:
    token = team.tokens["team"]
    agent = f"Mozilla/5.0 ({token}) \x7f\x9b\xa0[31m" + " and more" * 50
    for path in (f"/f/{token}", "/static/page.css", "/healthz", "/elsewhere"):
        server.ask(path)
    server.ask(f"/f/{token}.ics", {"User-Agent": agent, "Referer": f"http://localhost/f/{token}"})
    server.ask(f"/f/{token}.ics?t={token}", method=token)
    server.send(b"GET /f/" + token.encode() + b".ics HTTP/1.1\r\nHost: a\r\nBroken\r\n\r\n")
    too_long = server.send(b"GET /" + token.encode() * 1000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert too_long.status == 400
    status, seconds = server.stop()
    assert (status, seconds < 2) == (0, True)
    assert server.process.stderr is not None
    written = server.log.read_text() + server.process.stderr.read()
    for kind, secret in team.tokens.items():
        assert secret not in written, kind
        assert digest_of(secret) not in written, kind
    lines = server.log_lines()
    assert lines[-2].items() >= {"method": "GET", "path": "/f/*.ics", "status": 200, "feed": 1}.items()
    assert lines[-2]["agent"].startswith("Mozilla/5.0 (*) ÂÂ[31m and more")
    assert len(lines[-2]["agent"]) == 120
    assert lines[-1].items() >= {"method": "*", "status": 405, "address": "127.0.0.1"}.items()
    assert {"/f/*.ics", "/f/*", "/static/*", "/healthz", "*"} == {line["path"] for line in lines}
    assert all(json.dumps(line).isprintable() for line in lines)
