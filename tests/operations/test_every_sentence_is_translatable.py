"""Whatever operations, files and the store say to people can be said in another language."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from cadence.exchange.posts import read_posts
from cadence.exchange.publications import read_publications
from cadence.exchange.teamfile import read_team
from cadence.language import speaking
from cadence.model.calendar import Calendar
from cadence.model.errors import CadenceError
from cadence.model.post import TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.team import STANDARD_STEPS, Member, Skill
from cadence.operations import (
    absences,
    boosts,
    channels,
    digests,
    feed_choice,
    feeds,
    handovers,
    ideas,
    members,
    posts,
    rhythms,
    rota,
    tasks,
    team,
    warnings,
    workflows,
)
from cadence.operations.edit import Edit
from cadence.store import create_store, open_store, verify_calendar
from cadence.store.files.trouble import WORDS, kind_text, reason
from cadence.user.settings import parse_config
from cadence.workspace import Workspace
from tests.builders import NOW, a_calendar, local
from tests.pseudo import PSEUDO, escaped

CODE = Path(__file__).parents[2] / "cadence"
OWN = ("Anna", "Bea", "Carlo", "Studio Blu", "Blog", "Newsletter", "Storia", "Novità", "Officine Rossi",
       "Officine", "Standard", "Un caffè", "Ferie", "Il tornio", "FREQ=WEEKLY;BYDAY=TH",
       "FREQ=WEEKLY;BYDAY=TU", "UTC")  # fmt: skip
"""What the people of these tests called things, and what one types."""
ANNA, BEA, CARLO, BLU = 1, 2, 3, 4
BLOG, NEWSLETTER = 1, 2
DRAFT, REVIEW, OUT = TaskRef(1, "draft"), TaskRef(1, "review"), TaskRef(2, "engage")
THURSDAY, TODAY = date(2026, 11, 26), date(2026, 11, 23)
SLOT = SlotKey(1, local("2026-11-26T10:00"))
LATER_SLOT = SlotKey(1, local("2026-12-03T10:00"))

Doing = Callable[[Calendar], object]


def a_full_calendar() -> Calendar:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Newsletter")
        .with_member("Anna")
        .with_member("Bea", role="lead")
        .with_member("Carlo", skills=[Skill("design")], allowance=10)
        .with_member("Studio Blu", kind="partner", cost_per_hour=4800)
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_post("Blog", "2026-11-26T10:00", "Storia", slot=SLOT, tasks={"draft": "Anna", "review": "Bea"})
        .with_publication("Blog", "2026-11-20T10:00", "Novità")
        .build()
    )
    anna, bea = calendar.member(ANNA), calendar.member(BEA)
    calendar = ideas.add_idea(calendar, anna, "Un caffè", now=NOW).on(calendar)
    return feeds.new_feed(calendar, bea, "Anna", "channel", "0" * 64, now=NOW, of=BLOG).on(calendar)


def by(who: int, operation: Callable[..., Edit], *arguments: object, **options: object) -> Doing:
    return lambda calendar: operation(calendar, calendar.member(who), *arguments, now=NOW, **options)


def after(first: Doing, then: Doing) -> Doing:
    def both(calendar: Calendar) -> object:
        edit = first(calendar)
        assert isinstance(edit, Edit)
        return then(edit.on(calendar))

    return both


SAID: tuple[Doing, ...] = (
    by(ANNA, absences.add_absence, ANNA, THURSDAY, THURSDAY + timedelta(3), reason="Ferie"),
    by(ANNA, absences.add_absence, ANNA, TODAY, THURSDAY + timedelta(9), offer=True),
    by(ANNA, absences.remove_absence, 9),
    by(ANNA, boosts.boost_done, 2),
    after(by(ANNA, boosts.boost_done, 2), by(ANNA, boosts.boost_done, 2)),
    by(ANNA, boosts.boost_done, 1),
    by(ANNA, boosts.decline_boost, 2),
    by(ANNA, boosts.boost_undone, 2),
    by(BEA, boosts.ask_boost, 2, BLU),
    by(BEA, boosts.ask_boost, 2, ANNA),
    by(BEA, channels.add_channel, "Blog"),
    by(BEA, channels.add_channel, "123"),
    by(BEA, channels.edit_channel, BLOG, retired=True),
    by(BEA, channels.edit_channel, BLOG, workflow=None),
    by(BEA, channels.remove_channel, BLOG),
    by(BEA, channels.remove_channel, NEWSLETTER),
    by(ANNA, digests.set_digest, ANNA, every="weekly", weekday="fri", mute=("boosts", "ideas")),
    by(ANNA, digests.set_digest, ANNA, every="daily"),
    by(ANNA, digests.set_digest, BEA, every="daily"),
    by(ANNA, digests.set_digest, ANNA),
    lambda calendar: feed_choice.read_subject(calendar, "zzz"),
    lambda calendar: feed_choice.read_reader(calendar, "Annna"),
    lambda calendar: feed_choice.read_reader(calendar, " "),
    lambda calendar: ", ".join(feed_choice.subjects(calendar)),
    by(BEA, feeds.new_feed, "Carlo", "team", "1" * 64, states=("planned", "published")),
    by(BEA, feeds.new_feed, "Studio Blu", "gaps", "2" * 64, member=BLU),
    by(BEA, feeds.rotate_feed, 1, "3" * 64),
    by(BEA, feeds.revoke_feed, 1),
    by(BEA, feeds.revoke_feed, 7),
    by(ANNA, handovers.hand_over, DRAFT, to=(BEA,), until=THURSDAY - timedelta(2), note="Ferie"),
    by(ANNA, handovers.hand_over, DRAFT, to=(CARLO,)),
    by(BEA, handovers.hand_over, DRAFT),
    by(CARLO, handovers.hand_over, DRAFT),
    by(ANNA, handovers.hand_over, TaskRef(1, "design")),
    by(ANNA, handovers.offer_swap, DRAFT, REVIEW),
    by(ANNA, handovers.withdraw_offer, DRAFT),
    after(by(ANNA, handovers.hand_over, DRAFT, to=(BEA,)), by(BEA, handovers.decline_offer, DRAFT)),
    by(BEA, handovers.give_back, DRAFT, ANNA),
    by(ANNA, ideas.add_idea, "Il tornio", good_until=date(2020, 1, 1)),
    by(ANNA, ideas.vote, 1),
    by(BEA, ideas.vote, 1),
    by(BEA, ideas.accept_idea, 1, note="Ferie"),
    by(BEA, ideas.decline_idea, 1, ""),
    by(BEA, ideas.park_idea, 1, "Ferie"),
    by(CARLO, ideas.accept_idea, 1),
    by(BEA, ideas.reopen_idea, 1),
    by(BEA, ideas.comment, 1, "Ferie"),
    by(BEA, members.add_member, "Anna"),
    by(BEA, members.edit_member, ANNA, department="Ferie"),
    by(BEA, members.remove_member, ANNA),
    by(BEA, members.remove_member, ANNA, unassign=True),
    by(BEA, members.remove_member, ANNA, reassign_to=BEA),
    by(BEA, members.remove_member, CARLO),
    by(ANNA, posts.add_post, BLOG, "Il tornio", at=local("2026-12-01T10:00")),
    by(ANNA, posts.add_post, BLOG, "Il tornio", slot=LATER_SLOT),
    by(ANNA, posts.add_post, BLOG, "Il tornio", slot=SLOT),
    by(ANNA, posts.add_post, BLOG, "Il tornio", slot=SLOT, at=local("2026-11-27T10:00")),
    by(ANNA, posts.add_post, BLOG, "Il tornio"),
    by(ANNA, posts.move_post, 1, days=1),
    by(ANNA, posts.move_post, 1, days=10**12),
    by(ANNA, posts.move_post, 2, days=1),
    by(ANNA, posts.place_on_slot, 1, SLOT),
    by(ANNA, posts.place_on_slot, 1, None),
    by(ANNA, posts.place_on_slot, 1, LATER_SLOT),
    by(ANNA, posts.skip_post, 1, "Ferie"),
    by(ANNA, posts.skip_post, 2, "Ferie"),
    by(ANNA, posts.skip_posts, (), "Ferie"),
    after(by(ANNA, posts.skip_post, 1, "Ferie"), by(ANNA, posts.restore_post, 1, as_extra=True)),
    by(ANNA, posts.restore_post, 1),
    by(ANNA, posts.publish_post, 1),
    by(ANNA, posts.publish_post, 2),
    by(ANNA, posts.edit_post, 1, title="Il tornio"),
    by(BEA, rhythms.add_rhythm, BLOG, "FREQ=WEEKLY;BYDAY=TU", time(9)),
    by(BEA, rhythms.edit_rhythm, 1, rrule="FREQ=WEEKLY;BYDAY=TU"),
    by(BEA, rhythms.edit_rhythm, 1, at=time(9), from_date=THURSDAY),
    by(BEA, rhythms.pause_rhythm, 1, THURSDAY, THURSDAY),
    by(BEA, rhythms.resume_rhythm, 1),
    by(BEA, rhythms.remove_rhythm, 1),
    by(BEA, rota.set_rota, (ANNA, BEA)),
    by(BEA, rota.set_rota, ()),
    by(BEA, rota.set_rota, (BLU,)),
    by(BEA, rota.lead_week, THURSDAY, ANNA),
    after(by(BEA, rota.set_rota, (ANNA, BEA)), by(BEA, rota.lead_week, THURSDAY, BEA)),
    by(ANNA, tasks.assign, DRAFT, BEA, pin=True, force=True),
    by(ANNA, tasks.assign, DRAFT, ANNA),
    by(ANNA, tasks.assign, DRAFT, CARLO),
    by(ANNA, tasks.unassign, DRAFT),
    by(ANNA, tasks.unassign, TaskRef(1, "publish")),
    by(ANNA, tasks.pin, DRAFT),
    by(ANNA, tasks.unpin, DRAFT),
    by(ANNA, tasks.claim, DRAFT),
    by(ANNA, tasks.claim, TaskRef(1, "design")),
    by(ANNA, tasks.release, REVIEW),
    by(ANNA, tasks.release, DRAFT),
    by(ANNA, tasks.task_done, DRAFT),
    by(ANNA, tasks.task_done, REVIEW, by=ANNA),
    by(ANNA, tasks.task_done, TaskRef(1, "engage")),
    by(ANNA, tasks.task_undone, DRAFT),
    by(ANNA, tasks.edit_task, DRAFT, effort=5),
    by(BEA, team.edit_team, horizon_days=7),
    by(ANNA, team.edit_team, horizon_days=7),
    by(BEA, team.set_holidays, {THURSDAY: "Ferie"}),
    by(BEA, warnings.acknowledge, "zzz", date(2020, 1, 1)),
    by(BEA, warnings.acknowledge, "zzz", date(2030, 1, 1)),
    by(BEA, workflows.add_workflow, "Novità", STANDARD_STEPS),
    by(BEA, workflows.remove_workflow, 1),
    lambda calendar: tasks.claim(calendar, None, DRAFT, now=NOW),
)
"""One entry for every kind of sentence that operations say, done or refused."""


def heard(doing: Doing, calendar: Calendar) -> str:
    try:
        said = doing(calendar)
    except CadenceError as refused:
        return str(refused)
    return said.said if isinstance(said, Edit) else str(said)


def left_over(text: str, *own: str) -> list[str]:
    """The English in a text, what one types aside."""
    return escaped(re.sub(r"`[^`]*`|'[^']*'", " ", text), (*own, *OWN))


def test_what_operations_say() -> None:
    calendar = a_full_calendar()
    with speaking(PSEUDO):
        texts = [heard(doing, calendar) for doing in SAID]
    assert {text: left for text in texts if (left := left_over(text))} == {}


TEAM = '[team]\nname = "Officine"\n'


@pytest.mark.parametrize(
    ("name", "content", "own"),
    [
        ("history.csv", "date,channel\n2026-11-02,Nowhere\n", ["cadence channel add Nowhere"]),
        ("history.csv", "date,channel\n03/04/2026,Blog\n", []),
        ("history.csv", "date,channel\nsoon,Blog\nsoon,Blog\nsoon,Blog\n", []),
        ("history.csv", "title\nx\n", ["title"]),
        ("history.csv", 'date,channel\n"2026-11-02,Blog\n', []),
        ("posts.csv", f"date,channel,title\n2026-11-26,Blog,{'x' * 400}\n", ["title"]),
        ("posts.csv", "date,channel,draft\n2026-11-26,Blog,Ana\n", ["draft"]),
        ("posts.json", "[]", ["posts"]),
        ("posts.json", '{"posts": [{"at": 5}]}', ["at"]),
        ("team.toml", "[team]\n", ["team", "name"]),
        ("team.toml", f"{TEAM}zone = 5\n", ["team", "zone"]),
        ("team.toml", f'{TEAM}[[channel]]\nname = "Blog"\n[[channel]]\nname = "blog"\n', []),
        ("team.toml", f'{TEAM}[[channel]]\nname = "Blog"\nworkflow = "x"\n', ["workflow"]),
        ("config.toml", "colour = 1", ["calendar, member, theme, language"]),
        ("config.toml", 'language = "de"', ["en, it"]),
    ],
)
def test_what_is_said_of_a_bad_file(tmp_path: Path, name: str, content: str, own: list[str]) -> None:
    calendar, path = a_full_calendar(), tmp_path / name
    path.write_text(content)
    with speaking(PSEUDO), pytest.raises(CadenceError) as refused:
        READERS[name](path, calendar)
    assert left_over(str(refused.value), *own, str(path), name, "channel", "date") == []


READERS: dict[str, Callable[[Path, Calendar], object]] = {
    "history.csv": lambda path, calendar: read_publications(path, calendar),
    "posts.csv": lambda path, calendar: read_posts(path, calendar, now=NOW),
    "posts.json": lambda path, calendar: read_posts(path, calendar, now=NOW),
    "team.toml": lambda path, calendar: read_team(path, today=TODAY),
    "config.toml": lambda path, calendar: parse_config(path.read_bytes(), path),
}


def test_what_the_store_says(tmp_path: Path) -> None:
    path, foreign = tmp_path / "team.json", tmp_path / "other.json"
    calendar = a_full_calendar()
    create_store(path).close()
    foreign.write_text("{}")
    (tmp_path / "folder").mkdir()
    with speaking(PSEUDO):
        texts = [reason(OSError(number, "")) for number in WORDS]
        texts += [kind_text(kind) for kind in ("file", "folder", "socket", "pipe", "device")]
        for place in (tmp_path / "nothing.json", foreign, tmp_path / "folder"):
            texts.append(heard(lambda _calendar, place=place: open_store(place), calendar))
        texts.append(heard(lambda _calendar: create_store(path), calendar))
        log = tmp_path / "team.json.log"
        log.write_bytes(log.read_bytes() + b"rubbish")
        path.write_text("rubbish")
        report = verify_calendar(path)
        texts += [*map(str, report.problems), *report.notes]
    assert len(texts) > 20
    places = [str(item) for item in (log, path, *tmp_path.iterdir(), tmp_path / "nothing.json")]
    assert {text: left for text in texts if (left := left_over(text, *places))} == {}


def test_what_taking_back_says() -> None:
    workspace = Workspace(open_store("memory:"))
    with speaking(PSEUDO):
        texts = list(_taking_back(workspace))
    workspace.close()
    assert {text: left for text in texts if (left := left_over(text, "name"))} == {}


def _taking_back(workspace: Workspace) -> Iterator[str]:
    def run(operation: Callable[..., Edit], *arguments: object, who: Member | None = None) -> str:
        return workspace.run(operation, *arguments, who=who, now=NOW).said

    yield run(team.set_up_team, "Officine")
    yield run(members.add_member, "Anna")
    yield run(members.add_member, "Bea")
    anna, bea = workspace.calendar.member("Anna"), workspace.calendar.member("Bea")
    yield run(channels.add_channel, "Blog", who=anna)
    yield workspace.undo(anna, NOW).said
    yield workspace.redo(anna, NOW).said
    workspace.run(channels.edit_channel, BLOG, who=bea, now=NOW, name="Newsletter")
    for attempt in (
        lambda _calendar: workspace.undo(anna, NOW, 4),
        lambda _calendar: workspace.undo(anna, NOW),
        lambda _calendar: workspace.redo(anna, NOW),
        lambda _calendar: workspace.undo(bea, NOW, 99),
        lambda _calendar: workspace.run(
            channels.edit_channel, BLOG, who=anna, now=NOW, name="Novità", expect={("channels", BLOG): 1}
        ),
    ):
        yield heard(attempt, workspace.calendar)


ERRORS = {"BadInput", "Refused", "NotFound", "Broken", "Taken", "Foreign", "Newer", "Corrupt", "ReadOnly",
          "Busy", "StoreError", "WriteFailed", "OutcomeUnknown", "LockBroken"}  # fmt: skip


@pytest.mark.parametrize("part", ["operations", "exchange", "store", "user", "workspace"])
def test_no_sentence_is_a_bare_literal(part: str) -> None:
    bare = [
        f"{path.name}:{call.lineno}: {ast.unparse(argument)}"
        for path in sorted((CODE / part).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        for argument in call.args[: {"Edit": 1}.get(call.func.id, 2 if call.func.id in ERRORS else 0)]
        if _says_something(argument)
    ]
    assert bare == []


def _says_something(argument: ast.expr) -> bool:
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = (part.value for part in parts if isinstance(part, ast.Constant))
    return any(re.search("[A-Za-z]{2}", text) for text in texts if isinstance(text, str))
