"""The command line in another language: whatever people read is translated, whatever programs read is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cadence import language
from cadence.cli.click_words import SENTENCES, translate_click
from cadence.cli.root import root
from cadence.language import speaking
from tests.cli.conftest import Cadence
from tests.cli.test_startup import modules_loaded_by
from tests.pseudo import PSEUDO, escaped, marked

OURS = (
    "Officine Rossi", "Anna", "Luca", "Studio Blu", "Blog", "Newsletter", "Standard", "Il tornio",
    "Storia Bianchi", "Dicembre", "Trucioli", "Ferie", "Capodanno", "anna", "maria",
)  # fmt: skip
"""What the people of the small team wrote."""
CODES = re.compile(
    r"cadence\.invalid|`?cadence( [^`\n]*)?`?|Cadence"  # a command to type, and our name
    r"|https?://\S+|webcal\S*|/\S+|Europe/\w+|FREQ=\S+"
    r"|▲ \S+ +[a-z-]+|\b[a-z-]+:\d+:\S+"  # a warning's rule and its key
    r"|\b\d+ (draft|design|review|publish|engage)\b|\b(mon|fri)\b"  # tasks and days as they are typed
    r"|\d{4}-\d\d-\d\dT|'[\w:-]+'|\{[\w|]+\}|--[\w-]+|\b[A-Z]{2,}\b"
)
"""What is the same in every language."""
CHANGES = (
    "idea add Trucioli --channel Blog --until 2026-12-20 --as Anna", "idea vote 1 --as Luca",
    "idea comment 1 Trucioli --as Luca", "absence add Luca 2026-11-25 2026-11-26 --reason Ferie --offer",
    "offer 3 draft --to Luca --as Anna", "decline 3 draft --as Luca", "withdraw 3 draft --as Anna",
    "assign 3 review Luca --pin --force", "post move 2 +1d", "post skip 2 --reason Ferie", "post restore 2",
    "post done 3 draft --by Anna", "rhythm pause 1 2026-12-24 2027-01-06 --reason Ferie",
    "lead set Anna Luca", "lead week 2026-12-07 Luca", "team edit --boosts",
    "member edit Luca --posts-a-week 2 --spacing 3 --add-skill review:Blog:learning",
    "channel edit Blog --max-per-day 1", "team holiday add 2027-01-01 Capodanno",
    "digest set --every weekly --as Anna", "feed new Luca --channel Blog --no-qr --as Anna",
    "post publish 2", "undo", "redo", "boost list", "backup",
)  # fmt: skip
VIEWS = (
    "week", "agenda", "mine --as Anna", "mine --as Luca", "offers --all", "warnings --ways --all", "slots",
    "consistency", "load", "free Luca", "participation", "review", "post list --all", "post show 1",
    "post show 3", "member list", "member show Luca", "channel list", "channel show Blog", "workflow list",
    "workflow show Standard", "rhythm list", "rhythm show 1", "idea list --all", "idea show 1", "lead show",
    "absence list --all", "busy list", "boost list --all", "feed list", "digest show Anna", "digest status",
    "team show", "team holiday list", "verify", "who 3 design", "why 3 review", "why 3 design",
    "plan --steps 50 --threads 1", "replan --absent Anna --steps 50 --threads 1", "log --limit 5", "month",
    "year", "capacity --details --time-limit 1", "sustain --time-limit 1 --weeks 1", "train --time-limit 1",
)  # fmt: skip
COMPLAINTS = (
    "posst", "post show", "post show x", "post show 99", "week --bogus", "week --asci", "week a", "week a b",
    "assign 3 foo Anna", "post list --state x", "lead show --weeks 999", "load --from", "post edit 3",
    "workflow add X --step draft:1h:2:1", "member add X --hours funny", "offer 3 draft",
    "slots --from 2026-12-01 --to 2026-11-01", "plan --only nix --steps 1 --threads 1", "init",
    "idea accept 1 --slot mon",
)  # fmt: skip
FOR_PROGRAMS = ("post list", "slots", "consistency", "load", "member list", "rhythm list", "channel list")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use("en")


def commands(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, click.Context(below, context, name))


def own_words(context: click.Context) -> set[str]:
    """The words of a command's help that are typed: names, options, placeholders, choices, defaults."""
    command, texts = context.command, [context.command_path, "OPTIONS COMMAND ARGS"]
    if isinstance(command, click.Group):
        texts += command.list_commands(context)
    for param in command.get_params(context):
        texts += [*param.opts, *param.secondary_opts, param.make_metavar(context), str(param.default)]
    return {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)}


def test_the_help_of_every_command_is_translated() -> None:
    with speaking(PSEUDO):
        translate_click()
        for context in commands(root, click.Context(root, info_name="cadence")):
            left = set(escaped(context.get_help())) - own_words(context)
            assert not left, f"{context.command_path}: {left}"


def test_no_plain_word_is_printed(cadence: Cadence, team: Path) -> None:
    for text in (*CHANGES, *VIEWS):
        with speaking(PSEUDO):
            done = cadence(*text.split())
        assert done.status == 0, f"{text}: {done.err}"
        assert not untranslated(done.out), text


def test_every_complaint_is_translated(cadence: Cadence, team: Path) -> None:
    for text in COMPLAINTS:
        with speaking(PSEUDO):
            done = cadence(*text.split())
        assert done.status == 2, text
        assert not untranslated(done.err), text


def untranslated(text: str) -> list[str]:
    return escaped(CODES.sub(" ", text), OURS)


def test_click_says_what_we_translate() -> None:
    """A sentence that click words in another way would escape."""
    code = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    for sentence in SENTENCES:
        assert sentence.replace("\n", "\\n").replace("\t", "\\t") in code


def test_json_is_the_same_in_every_language(cadence: Cadence, team: Path) -> None:
    for text in FOR_PROGRAMS:
        english = cadence(*text.split(), "--json").out
        with speaking(PSEUDO):
            assert cadence(*text.split(), "--json").out == english, text


def test_amounts_have_the_decimal_sign_of_the_language(cadence: Cadence, team: Path) -> None:
    with speaking(PSEUDO):
        assert f"{marked('partner')}, 48,50 " in cadence("member", "list").out
        assert cadence("member", "show", "Studio Blu", "--json").json["member"]["cost_per_hour"] == 48.5


def test_the_language_is_a_setting(cadence: Cadence, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CADENCE_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert re.search("^language +en \\(the system's\\)", cadence("config", "show").out, re.M)
    assert cadence("config", "set", "language", "it").status == 0
    assert re.search("^language +it  ", cadence("config", "show").out, re.M)
    assert "gio 26 nov" in cadence("week").out
    monkeypatch.setenv("CADENCE_LANGUAGE", "en")
    assert "Thu 26 Nov" in cadence("week").out


def test_english_loads_nothing_for_other_languages() -> None:
    assert not modules_loaded_by("--help") & {"babel", "cadence.cli.click_words"}
