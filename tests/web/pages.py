"""A served team and its members' pages, used as a browser without scripts uses them.

with serving_colleagues(tmp_path / "team.json") as team:
    sent = team.page_of(ANNA).suggest("How we sharpen tools")
    assert sent.status == 303
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cadence.model.calendar import Calendar
from cadence.model.feeds import digest_of, new_token
from cadence.model.post import TaskRef
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations.channels import add_channel
from cadence.operations.feeds import new_feed
from cadence.operations.members import add_member
from cadence.operations.posts import add_post
from cadence.operations.tasks import assign
from cadence.operations.team import set_up_team
from cadence.operations.workflows import add_workflow
from cadence.web.forms import seal
from cadence.workspace import Workspace
from tests.builders import NOW, local
from tests.web.markup import Page
from tests.web.servers import Answer, Server, serving

ANNA, LUCA, BLU = 1, 2, 3
HERE = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Team:
    """A calendar that is served. Each test has a page of its own, because a page takes few forms a minute."""

    path: Path
    server: Server

    def do(self, operation: Any, *args: object, who: int | None = None, **options: Any) -> None:
        with self.workspace() as workspace:
            me = workspace.calendar.members[who] if who else None
            workspace.run(operation, *args, who=me, now=NOW, **options)

    @contextmanager
    def workspace(self) -> Generator[Workspace]:
        workspace = Workspace.open(self.path)
        yield workspace
        workspace.close()

    @property
    def calendar(self) -> Calendar:
        with self.workspace() as workspace:
            return workspace.calendar

    def page_of(self, member: int | None, kind: str = "team") -> ReaderPage:
        token = new_token()
        of = member if kind in ("member", "tasks") else None
        self.do(new_feed, f"Reader {next(NUMBERS)}", kind, digest_of(token), member=member, of=of)
        return ReaderPage(self.server, token)


NUMBERS = count(1)


@dataclass(frozen=True)
class ReaderPage:
    """A page as a browser without scripts uses it."""

    server: Server
    token: str

    @property
    def path(self) -> str:
        return f"/f/{self.token}"

    def look(self, query: str = "") -> Page:
        answer = self.server.ask(self.path + query)
        assert answer.status == 200
        return Page(answer.body)

    def hidden(self, action: str, about: object = None) -> dict[str, str]:
        """The hidden fields of the form for an action."""
        return {"do": action, "seal": seal(self.token, action, NOW)} | (
            {} if about is None else {"about": str(about)}
        )

    def send(
        self, action: str, about: object = None, headers: Mapping[str, str] = HERE, **typed: str
    ) -> Answer:
        return self.send_raw(urlencode(self.hidden(action, about) | typed).encode(), headers)

    def send_raw(self, body: bytes, headers: Mapping[str, str] = HERE) -> Answer:
        fields = {"Content-Type": FORM, **headers}
        return self.server.ask(self.path, fields, method="POST", body=body)

    def suggest(self, text: str, **typed: str) -> Answer:
        fields = {"text": text, "channel": "", "link": "", "until": "", **typed}
        return self.send_raw(urlencode(self.hidden("idea") | fields).encode())


@contextmanager
def serving_colleagues(path: Path) -> Generator[Team]:
    """Anna; Luca, who leads; a partner. The post of the 26th is Luca's, but for its design and review."""
    workspace, skills = Workspace.open(path, create=True), tuple(Skill(kind) for kind in TASK_KINDS)

    def do(operation: Any, *args: object, **options: Any) -> None:
        workspace.run(operation, *args, who=None, now=NOW, **options)

    do(set_up_team, "Officine Rossi", zone="Europe/Rome")
    do(add_workflow, "Standard", STANDARD_STEPS)
    do(add_channel, "Blog", workflow=1)
    do(add_member, "Anna", skills=skills)
    do(add_member, "Luca", skills=skills, role="lead")
    do(add_member, "Studio Blu", skills=skills, kind="partner", cost_per_hour=4800)
    do(add_post, 1, "A day at the lathe", at=local("2026-11-26T10:00"))
    for kind in ("draft", "publish", "engage"):
        do(assign, TaskRef(1, kind), LUCA)
    workspace.close()
    with serving(path) as server:
        yield Team(path, server)


def ideas_of(team: Team, text: str) -> list[int]:
    return [id for id, idea in team.calendar.ideas.items() if idea.text == text]


def news(page: Page) -> str:
    """What the page says first."""
    return "".join(element.text for element in page.all("p", of="news"))
