"""The catalogues say every sentence of the code, each with the same gaps, and nothing else."""

from __future__ import annotations

import gettext
import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from cadence.language import DOMAIN, ENGLISH, FOLDER, LANGUAGES, _, n_, speaking
from tools.catalogue import sentences

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
GAP = re.compile(r"\{(\w+)")


def catalogue(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def texts(what: str | tuple[str, ...] | list[str]) -> list[str]:
    return [what] if isinstance(what, str) else list(what)


def key(message: Message) -> tuple[object, str | None]:
    return (texts(message.id)[0], message.context)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_code_is_said_and_no_other(language: str) -> None:
    code = {key(message) for message in sentences() if message.id}
    known = {key(message): message for message in catalogue(language) if message.id}
    assert code - known.keys() == set(), "python -m tools.catalogue adds them"
    assert known.keys() - code == set(), "python -m tools.catalogue drops them"
    assert [name for name, message in known.items() if not all(texts(message.string))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_gaps_of_its_sentence(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        allowed = set(GAP.findall(" ".join(texts(message.id)))) | (
            {"number"} if message.pluralizable else set()
        )
        one_form = isinstance(message.id, str)
        for said in texts(message.string):
            gaps = set(GAP.findall(said))
            if gaps != allowed if one_form else not gaps <= allowed:
                wrong.append((message.id, said))
    assert [pair for pair in wrong if pair[0]] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_program_reads_what_the_catalogue_says(language: str) -> None:
    compiled = gettext.translation(DOMAIN, FOLDER, [language])
    plain = [one for one in catalogue(language) if isinstance(one.id, str) and one.id and not one.context]
    wrong = [one.id for one in plain if compiled.gettext(str(one.id)) != one.string]
    assert wrong == [], "python -m tools.catalogue compiles it"


def test_italian_is_spoken() -> None:
    with speaking("it"):
        assert _("nobody") == "nessuno"
        assert n_("{number} post", "{number} posts", 1) == "1 post"
        assert n_("{number} task", "{number} tasks", 3) == "3 compiti"
