"""Beginning, trouble and end of a server."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cadence.operations.posts import add_post, edit_post
from cadence.store import open_store
from tests.builders import NOW, local
from tests.cli.conftest import Cadence, cadence  # noqa: F401
from tests.web.servers import Server, SmallTeam, a_small_team, read_answer, serving


@pytest.fixture
def team(tmp_path: Path) -> SmallTeam:
    return a_small_team(tmp_path / "team.json")


def feed(team: SmallTeam, kind: str = "team") -> str:
    return f"/f/{team.tokens[kind]}.ics"


def until(server: Server, path: str, status: int) -> None:
    """Wait until an answer has this status: a calendar in trouble is tried again once a second."""
    for _ in range(100):
        if server.ask(path).status == status:
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never had status {status}")


def damage(team: SmallTeam) -> bytes:
    """Cut the journal in the middle of what was acknowledged; gives what it was."""
    journal = team.path.with_name("team.json.log")
    whole = journal.read_bytes()
    journal.write_bytes(whole[: len(whole) // 2])
    team.path.unlink(missing_ok=True)
    return whole


def test_while_the_calendar_is_damaged_or_away_readers_get_what_was_served_last(team: SmallTeam) -> None:
    journal = team.path.with_name("team.json.log")
    with serving(team.path) as server:
        before = server.ask(feed(team))
        whole = damage(team)
        after = server.ask(feed(team))
        assert (after.status, after.body, after.fields["etag"]) == (200, before.body, before.fields["etag"])
        assert server.ask(feed(team), {"If-None-Match": before.fields["etag"]}).status == 304
        assert server.ask(feed(team, "member")).status == 200  # from the snapshot that is known
        assert server.ask("/healthz").body.startswith(b"ok, but the calendar cannot be read")
        journal.unlink()
        assert server.ask(feed(team)).body == before.body
        journal.write_bytes(whole)
        team.run(edit_post, 1, title="Mended")
        for _ in range(100):
            if b"Mended" in server.ask(feed(team)).body:
                break
            time.sleep(0.05)
        assert server.ask("/healthz").body == b"ok\n"
        assert server.stop()[0] == 0
        told = [line["event"] for line in server.log_lines() if "event" in line]
    assert len(told) == 2
    assert told[0].startswith("the calendar cannot be read, serving what was read last: ")
    assert told[1] == "the calendar can be read again"


def test_after_a_start_during_damage_readers_are_asked_to_come_again(team: SmallTeam) -> None:
    whole = damage(team)
    with serving(team.path) as server:
        later = server.ask(feed(team))
        assert later.status == 503
        assert int(later.fields["retry-after"]) > 0
        assert server.ask("/f/" + "A" * 43).but_for_the_date == later.but_for_the_date
        assert server.ask("/healthz").status == 503
        assert server.ask("/elsewhere").status == 404
        team.path.with_name("team.json.log").write_bytes(whole)
        until(server, feed(team), 200)
        assert server.stop(signal.SIGINT)[0] == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read().count("\n") == 1


def test_a_writer_who_holds_the_lock_keeps_no_reader_waiting(team: SmallTeam) -> None:
    store = open_store(team.path)
    with serving(team.path) as server, store.transaction(by="somebody", why="", at=NOW):
        began = time.monotonic()
        assert server.ask(feed(team)).status == 200
        assert time.monotonic() - began < 2
    store.close()


def test_a_stop_lets_a_slow_reader_finish_within_two_seconds(team: SmallTeam) -> None:
    many = [(1, f"Post {number}") for number in range(50)]
    team.run_all(add_post, many, at=local("2026-11-27T10:00"), note="ab" * 1900)
    with serving(team.path, "--no-gzip") as server:
        whole = server.ask(feed(team), {"Accept-Encoding": "gzip"}).body
        assert len(whole) > 200_000
        reader = socket.socket()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        reader.connect(("127.0.0.1", server.port))
        idle = server.connect()
        reader.sendall(f"GET {feed(team)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        start = reader.recv(1000)
        server.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        parts = [start]
        time.sleep(0.2)
        while part := reader.recv(64 * 1024):
            parts.append(part)
        assert server.process.wait(5) == 0
        assert time.monotonic() - began < 2
        assert b"".join(parts).endswith(whole)
        assert idle.recv(1) == b""
        reader.close()
        idle.close()


def test_too_many_requests_are_asked_to_slow_down(team: SmallTeam) -> None:
    with serving(team.path, "--rate", "1") as server:
        answers = [server.ask(feed(team)) for _ in range(8)]
        assert [answer.status for answer in answers][:4] == [200] * 4
        assert answers[-1].status == 429
        assert answers[-1].fields["retry-after"] == "1"
        # Nobody may say that they are somebody else, unless a proxy is trusted.
        assert server.ask(feed(team), {"X-Forwarded-For": "192.0.2.9"}).status == 429


def test_behind_a_trusted_proxy_each_client_counts_for_itself(team: SmallTeam) -> None:
    with serving(team.path, "--rate", "1", "--trust-proxy", "127.0.0.1", "--root-path", "/plans/") as server:
        for address in range(1, 9):
            fields = {"X-Forwarded-For": f"6.6.6.6, 192.0.2.{address}", "X-Forwarded-Proto": "https"}
            path = feed(team) if address % 2 else f"/plans{feed(team)}"
            assert server.ask(path, fields).status == 200
        assert server.ask("/plans/plans/healthz", {"X-Forwarded-For": "192.0.2.99"}).status == 404
        page = server.ask(feed(team)[:-4], {"X-Forwarded-For": "192.0.2.100"})
        assert f"127.0.0.1:{server.port}/plans{feed(team)}".encode() in page.body
        server.stop()
        assert {line["address"] for line in server.log_lines()} >= {"192.0.2.1", "192.0.2.8"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that signs itself, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl program")
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "cert.pem", folder / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    words = f"{words} -addext subjectAltName=DNS:localhost -out {files[0]} -keyout {files[1]}"
    subprocess.run(["openssl", *words.split()], check=True, capture_output=True)
    return files


def test_with_a_certificate_feeds_are_served_by_https(
    team: SmallTeam, certificate: tuple[Path, Path]
) -> None:
    words = "--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1])
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    with serving(team.path, *words, tls=trusting) as server:
        assert server.ask(feed(team)).status == 200
        page = server.ask(feed(team)[:-4])
        assert f"https://127.0.0.1:{server.port}{feed(team)}".encode() in page.body
        with socket.create_connection(("127.0.0.1", server.port)) as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            assert not plain.recv(100).startswith(b"HTTP/")
        assert server.stop()[0] == 0


def refused(cadence: Cadence, team: SmallTeam, *words: str | Path) -> str:  # noqa: F811
    """The one line that says why the server does not start."""
    done = cadence("--calendar", team.path, "serve", "--port", "0", *words)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1), done
    return done.err


def test_a_server_that_cannot_start_says_why_in_one_line(
    cadence: Cadence,  # noqa: F811
    team: SmallTeam,
    certificate: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    cert, key = certificate
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port} of 127.0.0.1: Address already in use" in refused(
            cadence, team, "--port", str(port)
        )
    assert "no.such.host.invalid" in refused(cadence, team, "--host", "no.such.host.invalid")
    assert "--tls-key" in refused(cadence, team, "--tls-cert", cert)
    assert "nowhere.pem cannot be read" in refused(
        cadence, team, "--tls-cert", cert, "--tls-key", "nowhere.pem"
    )
    assert "no certificate with its key" in refused(cadence, team, "--tls-cert", key, "--tls-key", key)
    assert "no IP address" in refused(cadence, team, "--trust-proxy", "proxy")
    assert "no path" in refused(cadence, team, "--root-path", "a b")
    assert "cannot be written" in refused(cadence, team, "--access-log", tmp_path / "no" / "log")
    missing = SmallTeam(tmp_path / "missing.json", {})
    assert "there is no calendar" in refused(cadence, missing)


def test_a_ready_server_says_so_in_one_line(team: SmallTeam) -> None:
    command = [sys.executable, "-m", "cadence", "--calendar", str(team.path), "serve", "--port", "0"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(team.path.parent / "cache")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    assert line.startswith(f"Serving {team.path} at http://127.0.0.1:")
    port = int(line.split()[3].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert read_answer(connection).status == 200
    process.send_signal(signal.SIGTERM)
    rest, log = process.communicate()
    assert (rest, process.returncode, log.count(b"\n")) == (b"", 0, 1)
