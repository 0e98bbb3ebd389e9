"""A company whose people live with Cadence: some type commands, some have only their page in a browser.

company.at("2026-11-03 09:05")
company.says("Bruno", 'post publish 1 --link "https://example.com/1"')
with company.pages() as page_of:
    page_of("Gina").press("I take it", "the draft of")
"""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest

from cadence.cli import BAD_INPUT, FINE, run
from tests.web.servers import Answer, Server, serving

ROME = ZoneInfo("Europe/Rome")
FROM_THE_PAGE = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Company:
    """The calendar at `path`, a clock that is set by hand, and where everybody's page and feed are."""

    path: Path
    now: str = ""
    addresses: dict[str, str] = field(default_factory=dict[str, str])

    def at(self, local: str) -> None:
        """From now on it is this time in Rome."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=ROME).isoformat()

    # Those who type

    def says(self, who: str | None, line: str) -> str:
        """What a command prints. It must work."""
        status, out, err = self._run(who, line)
        assert status == FINE, f"{who}: {line}\n{err}"
        return out

    def is_refused(self, who: str, line: str) -> str:
        """Why a command was refused."""
        status, _, err = self._run(who, line)
        assert status == BAD_INPUT, f"{who}: {line}"
        return err

    def shows(self, line: str) -> Any:
        """What a command prints for programs."""
        return json.loads(self.says(None, f"{line} --json"))

    def subscribes(self, reader: str, what: str) -> None:
        """A feed for a reader; its address is known by the reader's name."""
        told = self.shows(f'feed new "{reader}" {what} --no-qr')
        self.addresses[reader] = urlsplit(told["links"]["page"]).path

    def _run(self, who: str | None, line: str) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        me = ["--as", who] if who else []
        with redirect_stdout(out), redirect_stderr(err):
            status = run(["--now", self.now, *me, *shlex.split(line)])
        return status, out.getvalue(), err.getvalue()

    # Those who have a page

    @contextmanager
    def pages(self) -> Generator[Callable[[str], Page]]:
        """A real server at this time, and the page of each reader."""
        with serving(self.path, "--now", self.now) as server:
            yield lambda reader: Page(server, self.addresses[reader])


@dataclass(frozen=True)
class Page:
    """A reader's page as a browser without scripts uses it, and the feed beside it."""

    server: Server
    path: str

    @property
    def html(self) -> str:
        return self._got(self.path).body.decode()

    @property
    def text(self) -> str:
        return words_of(self.html)

    @property
    def feed(self) -> str:
        """The .ics, unfolded."""
        return self._got(f"{self.path}.ics").body.decode().replace("\r\n ", "")

    def suggest(self, text: str, channel: str = "", until: str = "") -> str:
        """Have an idea; what the page says to it."""
        number = re.search(rf'value="(\d+)">{re.escape(channel)}<', self.html) if channel else None
        typed = {"text": text, "channel": number[1] if number else "", "until": until, "link": ""}
        return self._send(self._form("What could we tell?"), typed)

    def comment(self, idea: str, text: str) -> str:
        return self._send(self._form(f"Say something about it: {idea}"), {"text": text})

    def press(self, button: str, subject: str) -> str:
        """Press the button for what is called so; what the page says to it."""
        return self._send(self._form(f"{button} {subject}"), {})

    def _form(self, words: str) -> str:
        """The one form that says so."""
        forms = re.findall(r"<form.*?</form>", self.html, re.DOTALL)
        (found,) = [form for form in forms if words_of(form).startswith(words)]
        return found

    def _send(self, form: str, typed: Mapping[str, str]) -> str:
        hidden = dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form))
        body = urlencode({**hidden, **typed}).encode()
        answer = self.server.ask(self.path, FROM_THE_PAGE, method="POST", body=body)
        assert answer.status == 303, words_of(answer.body.decode())
        page = self._got(self.path + answer.fields["location"]).body.decode()
        (news,) = re.findall(r'<p class="news".*?</p>', page, re.DOTALL)
        return words_of(news)

    def _got(self, path: str) -> Answer:
        answer = self.server.ask(path)
        assert answer.status == 200
        return answer


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@contextmanager
def a_company(folder: Path) -> Generator[Company]:
    """With a home of its own, in which nothing is known yet."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            environment.setenv(f"XDG_{name}_HOME", str(folder / name))
        environment.setenv("HOME", str(folder))
        environment.setenv("TZ", "Europe/Rome")
        environment.setenv("LOGNAME", "verdi")
        environment.delenv("CADENCE_MEMBER", raising=False)
        environment.setenv("CADENCE_CALENDAR", str(folder / "team.json"))
        yield Company(folder / "team.json")
