"""A digest arrives once, at a real mail server and webhook; what fails is tried again; off stays off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from cadence.chores import digest as chores
from cadence.chores import sending
from cadence.chores.digest import Outcome, Writer, notes_of, send_due, standing_of
from cadence.chores.digest_addresses import DigestAddresses, Places
from cadence.model.errors import BadInput
from cadence.model.post import TaskRef
from cadence.model.team import STANDARD_STEPS, TASK_KINDS, Skill
from cadence.operations import digests, ideas, members, posts, tasks, team
from cadence.operations.channels import add_channel
from cadence.operations.workflows import add_workflow
from cadence.store import create_store
from cadence.workspace import Workspace
from tests.builders import NOW, local
from tests.chores.mailbox import Mailbox, a_mail_server, a_webhook

ANNA, LUCA = 1, 2
DRAFT = TaskRef(1, "draft")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EIGHT = NOW - timedelta(hours=2)
"""Monday, eight in the morning in Rome."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Anna, who wants a digest every working day at eight, has a draft to write; Luca wants none."""
    workspace = Workspace(create_store(tmp_path / "team.json"))
    before = EIGHT - DAY

    def do(operation: object, *args: object, who: int | None = None, **options: object) -> None:
        me = workspace.calendar.members[who] if who else None
        workspace.run(operation, *args, who=me, now=before, **options)  # type: ignore[arg-type]

    do(team.set_up_team, "Officine Rossi", zone="Europe/Rome")
    do(add_workflow, "Standard", STANDARD_STEPS)
    do(add_channel, "Blog", workflow=1)
    for name in ("Anna", "Luca"):
        do(members.add_member, name, skills=[Skill(kind) for kind in TASK_KINDS])
    do(posts.add_post, 1, "Il tornio", at=local("2026-11-26T10:00"))
    do(tasks.assign, DRAFT, ANNA)
    do(digests.set_digest, ANNA, who=ANNA, every="daily", mute=["warnings", "changes"])
    return workspace


@pytest.fixture
def addresses(workspace: Workspace, tmp_path: Path) -> DigestAddresses:
    return DigestAddresses(tmp_path / "private", workspace)


@pytest.fixture
def hook() -> Iterator[Mailbox]:
    with a_webhook() as box:
        yield box


def send(workspace: Workspace, addresses: DigestAddresses, now: datetime = EIGHT) -> list[Outcome]:
    return list(send_due(workspace, addresses, now))


def states(outcomes: list[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


TEXT = "To do:\n- Tue 24 Nov: the draft of “Il tornio” (post 1) for Blog, 60′\n"


# Sending


def test_it_arrives_by_mail_as_plain_text(workspace: Workspace, addresses: DigestAddresses) -> None:
    with a_mail_server() as box:
        addresses.put(ANNA, Places((box.url,)))
        assert send(workspace, addresses) == [Outcome(ANNA, "sent", ("mailto at 127.0.0.1",))]
        (mail,) = box.arrived
    assert mail["Subject"] == "Cadence: 1 task"
    assert mail["To"] == "anna@example.com"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n").strip() == TEXT.strip()


def test_it_arrives_at_a_webhook_and_once(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    assert send(workspace, addresses, EIGHT - MINUTE) == []
    assert states(send(workspace, addresses)) == ["sent"]
    for minutes in (1, 10, 300):
        assert send(workspace, addresses, EIGHT + minutes * MINUTE) == []
    assert [text.strip() for text in hook.texts] == [TEXT.strip()]
    assert states(send(workspace, addresses, EIGHT + DAY)) == ["sent"], "the next day's"


def test_without_an_address_here_nothing_is_sent(workspace: Workspace, addresses: DigestAddresses) -> None:
    assert send(workspace, addresses) == []


def test_where_there_is_nothing_to_say_nothing_is_sent_all_day(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    workspace.run(tasks.unassign, DRAFT, who=None, now=EIGHT - MINUTE)
    assert states(send(workspace, addresses)) == ["nothing"]
    workspace.run(tasks.assign, DRAFT, ANNA, who=None, now=EIGHT + MINUTE)
    assert send(workspace, addresses, EIGHT + 60 * MINUTE) == []
    assert hook.tries == 0


SENDER = """
import sys
from datetime import datetime
from pathlib import Path
from cadence.chores.digest import send_due
from cadence.chores.digest_addresses import DigestAddresses
from cadence.chores.sending import check_apprise
from cadence.workspace import Workspace

workspace = Workspace.open(sys.argv[1])
check_apprise()
print("ready", flush=True)
sys.stdin.readline()
now = datetime.fromisoformat(sys.argv[3])
for _ in range(5):
    for outcome in send_due(workspace, DigestAddresses(Path(sys.argv[2]), workspace), now):
        print(outcome.state)
"""


def test_of_two_processes_that_send_at_once_one_does(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox, tmp_path: Path
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    words = [sys.executable, "-c", SENDER, workspace.url, str(tmp_path / "private"), EIGHT.isoformat()]
    senders = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for sender in senders:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "ready\n"
    said = [sender.communicate("go\n", timeout=20)[0] for sender in senders]
    assert sorted(said) == ["", "sent\n"]
    assert len(hook.arrived) == 1


def test_one_that_died_while_it_sent_is_not_sent_again(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    """Nobody knows whether it arrived. The next one tells what is new since the last that is known of."""
    addresses.put(ANNA, Places((hook.url,)))
    assert notes_of(workspace, addresses).claim(ANNA, EIGHT.date(), EIGHT) is not None
    assert send(workspace, addresses, EIGHT + 600 * MINUTE) == []
    anna = workspace.calendar.members[ANNA]
    note = standing_of(workspace, addresses, anna, EIGHT).note
    assert note is not None
    assert (note.state, note.told) == ("sending", None)
    assert states(send(workspace, addresses, EIGHT + DAY)) == ["sent"]


# Failing


def test_a_failure_is_tried_again_ever_more_rarely_until_it_arrives(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    hook.refuses = True
    tried = [n for n in range(70) if send(workspace, addresses, EIGHT + n * MINUTE)]
    assert tried == [0, 5, 15, 35]
    standing = standing_of(workspace, addresses, workspace.calendar.members[ANNA], EIGHT + 70 * MINUTE)
    assert standing.note is not None
    assert (standing.note.failures, standing.due) == (4, EIGHT)
    assert standing.note.trouble == "json at 127.0.0.1 did not take it"
    assert standing.note.again_at == EIGHT + 75 * MINUTE
    hook.refuses = False
    assert states(send(workspace, addresses, EIGHT + 75 * MINUTE)) == ["sent"]
    assert send(workspace, addresses, EIGHT + 300 * MINUTE) == []
    assert len(hook.arrived) == 1


def test_where_it_arrived_already_it_is_not_sent_again(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    with a_webhook() as other:
        addresses.put(ANNA, Places((hook.url, other.url)))
        other.refuses = True
        (outcome,) = send(workspace, addresses)
        assert (outcome.state, outcome.to) == ("failed", ("json at 127.0.0.1",))
        assert str(outcome.trouble).startswith("the digest of Anna: json at 127.0.0.1 (2) did not take it - ")
        other.refuses = False
        (outcome,) = send(workspace, addresses, EIGHT + 5 * MINUTE)
        assert (outcome.state, outcome.to) == ("sent", ("json at 127.0.0.1 (2)",))
        assert (len(hook.arrived), len(other.arrived)) == (1, 1)


def test_what_failed_all_day_is_told_with_the_next_one(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    assert states(send(workspace, addresses)) == ["sent"]
    workspace.run(ideas.add_idea, "Tools", who=workspace.calendar.members[ANNA], now=EIGHT)
    luca = workspace.calendar.members[LUCA]
    workspace.run(members.edit_member, LUCA, who=None, now=EIGHT, role="lead")
    workspace.run(ideas.decline_idea, 1, "Later", who=luca, now=EIGHT + MINUTE)
    hook.refuses = True
    assert states(send(workspace, addresses, EIGHT + DAY)) == ["failed"]
    hook.refuses = False
    assert states(send(workspace, addresses, EIGHT + 2 * DAY)) == ["sent"]
    assert "“Tools” was declined by Luca - Later" in hook.texts[-1]
    assert states(send(workspace, addresses, EIGHT + 3 * DAY)) == ["sent"]
    assert "Tools" not in hook.texts[-1]


def test_one_that_fails_stops_none_of_the_others(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    luca = workspace.calendar.members[LUCA]
    workspace.run(digests.set_digest, LUCA, who=luca, now=EIGHT - MINUTE, every="daily")
    for member in (ANNA, LUCA):
        addresses.put(member, Places((hook.url,)))
    made = Writer.message

    def break_down(self: Writer, member: object, note: object) -> object:
        if member == workspace.calendar.members[ANNA]:
            raise RecursionError
        return made(self, member, note)  # type: ignore[arg-type]

    monkeypatch.setattr(Writer, "message", break_down)
    one, other = send(workspace, addresses)
    assert "it could not be made (RecursionError)" in str(one.trouble)
    assert other.state == "sent"


def test_a_damaged_file_of_addresses_stops_nothing_either(
    workspace: Workspace, addresses: DigestAddresses
) -> None:
    addresses.put(ANNA, Places(("json://localhost",)))
    (addresses.folder / "1.json").write_bytes(b"{")
    (outcome,) = send(workspace, addresses)
    assert "1.json is damaged - give the addresses again" in str(outcome.trouble)


def test_with_damaged_notes_nothing_is_sent(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    assert workspace.notes is not None
    workspace.notes.mkdir()
    (workspace.notes / "digests.json").write_bytes(b"{")
    with pytest.raises(BadInput, match="is damaged - delete it"):
        send(workspace, addresses)
    assert hook.tries == 0


def test_where_nothing_can_be_noted_nothing_is_sent(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    assert workspace.notes is not None
    workspace.notes.write_text("a file in the way")
    with pytest.raises(BadInput, match="nothing is sent"):
        send(workspace, addresses)
    assert hook.tries == 0


def test_without_apprise_one_line_says_how_to_get_it(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(BadInput, match=r"not installed - `pip install 'cadence\[notify\]'`"):
        send(workspace, addresses)
    monkeypatch.undo()
    assert states(send(workspace, addresses)) == ["sent"], "nothing was claimed"


# What is wanted


def test_quiet_hours_hold_what_is_late_until_they_end(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    evening, night = EIGHT + timedelta(hours=12), EIGHT + timedelta(hours=22, minutes=59)
    assert send(workspace, addresses, evening) == []
    assert send(workspace, addresses, night) == []
    standing = standing_of(workspace, addresses, workspace.calendar.members[ANNA], night)
    assert (standing.due, standing.has_to_wait) == (EIGHT, True)
    assert states(send(workspace, addresses, night + MINUTE)) == ["sent"]


def test_off_stays_off(workspace: Workspace, addresses: DigestAddresses, hook: Mailbox) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    addresses.put(LUCA, Places((hook.url,)))
    anna = workspace.calendar.members[ANNA]
    workspace.run(digests.set_digest, ANNA, who=anna, now=EIGHT - MINUTE, every="off")
    workspace.run(members.edit_member, ANNA, who=None, now=EIGHT, department="Workshop")
    for hours in range(24 * 8):
        assert send(workspace, addresses, EIGHT + timedelta(hours=hours)) == []


def test_a_kind_that_is_muted_stays_muted(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    anna = workspace.calendar.members[ANNA]
    workspace.run(digests.set_digest, ANNA, who=anna, now=EIGHT - MINUTE, mute=["tasks"])
    workspace.run(members.edit_member, ANNA, who=None, now=EIGHT - MINUTE, department="Workshop")
    assert states(send(workspace, addresses)) == ["nothing"]


def test_a_copy_of_the_calendar_writes_to_nobody(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox, tmp_path: Path
) -> None:
    addresses.put(ANNA, Places((hook.url,)))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in filter(Path.is_file, tmp_path.glob("team.json*")):
        shutil.copy(file, elsewhere)
    copy = Workspace.open(elsewhere / "team.json")
    assert copy.calendar_id == workspace.calendar_id
    assert send(copy, DigestAddresses(tmp_path / "private", copy)) == []
    assert states(send(workspace, addresses)) == ["sent"]


# In the background


def test_in_the_background_it_is_sent_when_it_is_due_until_told_to_stop(
    workspace: Workspace, addresses: DigestAddresses, hook: Mailbox, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(chores, "LOOK_EVERY", 0.01)
    addresses.put(ANNA, Places((hook.url,)))
    hook.refuses = True
    stop, failed, looked, told = Event(), Event(), Event(), list[str]()
    clock = iter([EIGHT - MINUTE, EIGHT, EIGHT + MINUTE])

    def tick() -> datetime:
        now = next(clock, None)
        if now is None:
            looked.set()
        return now or EIGHT + 5 * MINUTE

    def tell(trouble: str) -> None:
        told.append(trouble)
        hook.refuses = False
        failed.set()

    thread = Thread(
        target=chores.keep_sending,
        args=(workspace, tmp_path / "private", tick, stop),
        kwargs={"tell": tell, "alone": True},
    )
    thread.start()
    assert failed.wait(5)
    assert looked.wait(5)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert told == ["the digest of Anna: json at 127.0.0.1 did not take it - it is tried again by itself"]
    assert len(hook.arrived) == 1


def test_in_the_background_what_stops_all_is_said_once(
    workspace: Workspace, addresses: DigestAddresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chores, "LOOK_EVERY", 0.001)
    monkeypatch.setitem(sys.modules, "apprise", None)
    addresses.put(ANNA, Places(("json://localhost",)))
    stop, told, looks = Event(), list[str](), iter(range(5))

    def tick() -> datetime:
        if next(looks, None) is None:
            stop.set()
        return EIGHT

    chores.keep_sending(workspace, tmp_path / "private", tick, stop, tell=told.append)
    assert len(told) == 1
    assert "apprise, which is not installed" in told[0]


# The door to apprise


def test_what_somebody_wrote_is_no_markup_where_markup_is_read() -> None:
    with a_mail_server() as box:
        assert sending.send(f"{box.url}&format=html", "Cadence: 1 task", "- “<b>loud</b>” & more\n")
        (mail,) = box.arrived
    html = mail.get_body(("html",)).get_content()
    assert "<b>" not in html
    assert "&lt;b&gt;loud&lt;/b&gt;" in html


def test_an_address_that_nobody_listens_at_takes_nothing() -> None:
    assert not sending.send("json://127.0.0.1:1/", "Hello", "Hello")
    assert not sending.send("nosuch://place", "Hello", "Hello")
