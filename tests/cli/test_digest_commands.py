"""`cadence digest …`, as somebody uses it, and that no address is seen anywhere."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cadence.model.digest import DIGEST_KINDS
from tests.chores.mailbox import Mailbox, a_webhook
from tests.cli.conftest import Cadence, Result
from tests.cli.test_bad_input import assert_refused

TUESDAY = "2026-11-24T08:00+01:00"
SECRETS = ("a-secret-path", "a-secret-password")


def refuses(done: Result, said: str) -> bool:
    """One line, and it says this."""
    assert_refused(done)
    return said in done.err


@pytest.fixture
def hook() -> Iterator[Mailbox]:
    with a_webhook() as box:
        yield box


@pytest.fixture
def daily(cadence: Cadence, team: Path, hook: Mailbox) -> Mailbox:
    """Anna is told every working day at eight, at a webhook."""
    assert cadence("digest", "set", "--every", "daily", "--as", "Anna").status == 0
    assert cadence("digest", "to", "Anna", hook.url).status == 0
    return hook


# Showing


def test_a_digest_is_shown_to_whoever_asks(cadence: Cadence, team: Path) -> None:
    shown = cadence("digest", "Anna")
    assert shown.status == 0
    assert shown.out.startswith("Cadence: 1 task, ")
    assert "To do:\n- Wed 25 Nov: the draft of “Dicembre” (post 3) for Newsletter, 60′\n" in shown.out
    for words in (("digest", "--as", "Anna"), ("digest", "show", "anna")):
        assert cadence(*words).out == shown.out


def test_its_json_has_the_same_lines(cadence: Cadence, team: Path) -> None:
    form = cadence("digest", "Anna", "--json").json
    assert list(form) == ["member", "subject", "text", "sections"]
    assert {section["kind"] for section in form["sections"]} <= set(DIGEST_KINDS)
    assert all(f"- {line}\n" in form["text"] for one in form["sections"] for line in one["lines"][:6])


def test_where_there_is_nothing_to_tell_it_says_so(cadence: Cadence, team: Path) -> None:
    every = [word for kind in DIGEST_KINDS for word in ("--mute", kind)]
    assert cadence("digest", "set", *every, "--as", "Luca").status == 0
    assert cadence("digest", "Luca").out == "There is nothing to tell Luca.\n"
    assert cadence("digest", "Luca", "--json").json == {
        "member": "Luca",
        "subject": None,
        "text": None,
        "sections": [],
    }


# Choosing


def test_nobody_wants_one_at_first(cadence: Cadence, team: Path) -> None:
    assert "Nobody wants a digest yet" in cadence("digest", "status").out
    assert {one["every"] for one in cadence("digest", "status", "--json").json["digests"]} == {"off"}


def test_somebody_chooses_when_and_about_what(cadence: Cadence, team: Path) -> None:
    words = ("--every", "weekly", "--on", "fri", "--at", "7:30", "--quiet", "19:00-7:00", "--mute", "boosts")
    done = cadence("digest", "set", *words, "--as", "Luca")
    assert done.out == "The digest of Luca comes every Friday at 07:30, without boosts\n"
    (luca,) = (one for one in cadence("digest", "status", "--json").json["digests"] if one["every"] != "off")
    assert luca == {
        "member": "Luca",
        "every": "weekly",
        "on": "fri",
        "at": "07:30",
        "quiet": "19:00-07:00",
        "muted": ["boosts"],
        "to": [],
        "next": "2026-11-27T07:30:00+01:00",
        "due_since": None,
        "has_to_wait": False,
        "state": None,
        "begun_at": None,
        "told_until": None,
        "arrived": [],
        "failures": 0,
        "trouble": None,
        "again_at": None,
    }
    assert cadence("undo", "--as", "Luca").status == 0
    assert "Nobody wants a digest yet" in cadence("digest", "status").out


def test_a_lead_chooses_for_others(cadence: Cadence, team: Path) -> None:
    assert cadence("digest", "set", "--every", "daily", "--for", "Luca", "--as", "Anna").status == 0
    assert refuses(
        cadence("digest", "set", "--every", "off", "--for", "Anna", "--as", "Luca"), "for Anna to choose"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "--as", "Anna"), "nothing to change"),
        (("set", "--every", "daily"), "does not know who you are"),
        (("set", "--at", "8", "--as", "Anna"), "not a time of day"),
        (("set", "--quiet", "always", "--as", "Anna"), "no quiet hours"),
        (("set", "--quiet", "7:00-9:00", "--as", "Anna"), "would come in the quiet hours 07:00-09:00"),
        (("set", "--mute", "jokes", "--as", "Anna"), "jokes"),
        (("to", "Anna"), "say where, or --none"),
        (("to", "Anna", "--none", "json://host"), "say where, or --none"),
        (("to", "Nobody", "json://host"), "no member"),
        (("to", "Anna", "nosuch://a-secret-path"), "apprise cannot send"),
        (("Nobody",), "no member"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    cadence: Cadence, team: Path, words: tuple[str, ...], said: str
) -> None:
    refused = cadence("digest", *words)
    assert refuses(refused, said)
    assert "secret" not in refused.err


# Where


def test_an_address_may_come_from_the_standard_input(
    cadence: Cadence, team: Path, hook: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no list of processes and no history of a shell shows it."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{hook.url}\nntfy://topic\n"))
    done = cadence("digest", "to", "Anna", "-")
    assert done.out.startswith("This computer tells Anna: json at 127.0.0.1, ntfy\n")
    assert "Their digest is off" in done.out
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    assert refuses(cadence("digest", "to", "Anna", "-"), "holds no address")


def test_an_address_can_be_tried_before_it_is_kept(cadence: Cadence, team: Path, hook: Mailbox) -> None:
    hook.refuses = True
    assert refuses(cadence("digest", "to", "Anna", hook.url, "--try"), "nothing arrives: json at 127.0.0.1")
    assert cadence("digest", "status", "--json").json["digests"][0]["to"] == []
    hook.refuses = False
    assert cadence("digest", "to", "Anna", hook.url, "--try").status == 0
    assert hook.texts == ["Here Cadence tells Anna what is theirs to do."]
    assert cadence("digest", "status", "--json").json["digests"][0]["to"] == ["json at 127.0.0.1"]


def test_an_address_is_forgotten(cadence: Cadence, daily: Mailbox) -> None:
    assert cadence("digest", "to", "Anna", "--none").out == "This computer tells Anna nothing any more.\n"
    assert cadence("digest", "--send", now=TUESDAY).out == ""
    assert daily.tries == 0


# Sending


def test_what_is_due_is_sent_and_once(cadence: Cadence, daily: Mailbox) -> None:
    assert cadence("digest", "--send").out == "", "what was due before it was wanted is not"
    sent = cadence("digest", "--send", now=TUESDAY)
    assert (sent.status, sent.out) == (0, "Told Anna: json at 127.0.0.1\n")
    assert cadence("digest", "--send", "--json", now=TUESDAY).json == {"sent": []}
    assert len(daily.arrived) == 1
    assert "sent Tue 24 Nov 08:00" in cadence("digest", "status", now=TUESDAY).out
    assert "There is nothing to tell Anna" not in cadence("digest", "Anna", now=TUESDAY).out


def test_a_failure_is_one_line_and_is_shown(cadence: Cadence, daily: Mailbox) -> None:
    daily.refuses = True
    failed = cadence("digest", "--send", now=TUESDAY)
    assert refuses(failed, "the digest of Anna: json at 127.0.0.1 did not take it")
    shown = cadence("digest", "status", now=TUESDAY).out
    assert "failed Tue 24 Nov 08:00 (json at 127.0.0.1 did not take it), again from Tue 24 Nov 08:05" in shown
    daily.refuses = False
    assert cadence("digest", "Luca", "--send", now="2026-11-24T08:05+01:00").out == ""
    (sent,) = cadence("digest", "--send", "--json", now="2026-11-24T08:05+01:00").json["sent"]
    assert sent == {"member": "Anna", "state": "sent", "to": ["json at 127.0.0.1"], "trouble": None}


def test_what_is_held_says_why(cadence: Cadence, daily: Mailbox) -> None:
    night = "2026-11-24T21:00+01:00"
    assert cadence("digest", "--send", now=night).out == ""
    assert "due since Tue 24 Nov 08:00, held for quiet hours" in cadence("digest", "status", now=night).out
    cadence("digest", "to", "Anna", "--none")
    noon = "2026-11-24T12:00+01:00"
    assert "this computer has no address" in cadence("digest", "status", now=noon).out


def test_no_secret_is_in_the_output_the_calendar_or_a_log(
    cadence: Cadence, team: Path, hook: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    for words, now in (
        (("digest", "set", "--every", "daily", "--as", "Anna"), None),
        (("digest", "to", "Anna", hook.url, hook.url + "/more", "--try"), None),
        (("digest", "to", "Anna", hook.url, hook.url + "/more", "--json"), None),
        (("digest", "status"), None),
        (("digest", "status", "--json"), None),
        (("digest", "--send"), TUESDAY),
        (("digest", "status"), TUESDAY),
        (("digest", "--send", "--json"), "2026-11-25T08:00+01:00"),
        (("digest", "status", "--json"), "2026-11-25T08:00+01:00"),
        (("log", "--details"), None),
        (("export", "team"), None),
    ):
        hook.refuses = now == TUESDAY
        done = cadence(*words, **({"now": now} if now else {}))
        told += [done.out, done.err]
    assert len(hook.arrived) == 4
    files = [path for path in team.parent.rglob("*") if path.is_file()]
    private = [path for path in files if "digest" in path.parts]
    assert [path.name for path in private] == ["1.json"]
    told += [path.read_bytes().decode(errors="replace") for path in files if path not in private]
    told += [record.getMessage() for record in caplog.records if record.name.startswith("apprise")]
    for secret in SECRETS:
        assert secret in private[0].read_text()
        assert not any(secret in text for text in told)
