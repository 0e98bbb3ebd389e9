"""An address at which somebody is told is a secret of this computer: kept for one user, and never shown."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cadence.chores.digest_addresses import MOST, DigestAddresses, Places, checked_places, label_of
from cadence.model.errors import BadInput
from cadence.store import create_store
from cadence.workspace import Workspace

MAIL = "mailtos://anna:pa55word@example.com?to=anna@example.com"


@pytest.fixture
def addresses(tmp_path: Path) -> DigestAddresses:
    return DigestAddresses(tmp_path / "private", Workspace(create_store(tmp_path / "team.json")))


@pytest.mark.parametrize(
    ("url", "label"),
    [
        (MAIL, "mailtos at example.com"),
        ("JSON://user:pa55word@Hooks.Example.com:8080/secret", "json at hooks.example.com"),
        ("tgram://123456789:pa55word/4321", "tgram"),
        ("slack://pa55word/BBBBBBBBB/cccc", "slack"),
        ("ntfy://pa55word", "ntfy"),
        ("mailto://[pa55word", "mailto"),
    ],
)
def test_a_label_says_the_kind_and_the_host_where_that_is_one(url: str, label: str) -> None:
    assert label_of(url) == label


def test_two_of_the_same_kind_are_told_apart() -> None:
    places = Places(("slack://a/b/c", "ntfy://d", "slack://e/f/g"))
    assert places.labelled() == {
        "slack": "slack://a/b/c",
        "ntfy": "ntfy://d",
        "slack (2)": "slack://e/f/g",
    }


def test_nobody_else_can_read_it(addresses: DigestAddresses) -> None:
    before = os.umask(0)
    try:
        addresses.put(1, Places((MAIL,)))
    finally:
        os.umask(before)
    (file,) = addresses.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(addresses.folder.stat().st_mode) == 0o700
    assert addresses.get(1) == Places((MAIL,))
    addresses.forget(1)
    assert list(addresses.folder.iterdir()) == []


def test_addresses_do_not_show_themselves() -> None:
    assert "pa55word" not in f"{Places((MAIL,))} {Places((MAIL,))!r}"


def test_what_apprise_knows_is_taken_each_once() -> None:
    assert checked_places([MAIL, "ntfy://topic", MAIL]) == Places((MAIL, "ntfy://topic"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "pa55word",
        "https//pa55word",
        "nosuch://pa55word",
        "slack://pa55word",
        "mailto://",
        "json://pa55word\n",
        "json://host/" + "pa55word" * 1000,
        "\x1b://pa55word",
    ],
)
def test_what_it_does_not_know_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_places([url])
    assert "pa55word" not in str(refused.value)
    assert "github.com/caronc/apprise" in str(refused.value)


def test_nobody_is_told_at_a_hundred_places() -> None:
    with pytest.raises(BadInput, match=f"give at most {MOST}"):
        checked_places([f"json://host{number}" for number in range(MOST + 1)])
