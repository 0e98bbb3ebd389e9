"""`cadence help`: guides and commands under the name that people try first."""

from __future__ import annotations

import re

import pytest

from cadence.cli.guides import GUIDES, text_of
from cadence.cli.layout import laid_out
from cadence.cli.output import cells
from cadence.language import speaking
from tests.cli.conftest import Cadence
from tests.cli.test_startup import HEAVY, modules_loaded_by
from tests.pseudo import PSEUDO, escaped, marked


def shown(text: str, width: int = 60, *, styled: bool = False) -> str:
    return "\n".join(laid_out(text, width, styled=styled))


def test_alone_it_lists_every_guide_in_a_line(cadence: Cadence) -> None:
    lines = cadence("help").out.splitlines()
    for topic, guide in GUIDES.items():
        assert [line.split(maxsplit=1) for line in lines].count([topic, guide.about]) == 1


def test_a_topic_shows_the_guide(cadence: Cadence) -> None:
    out = cadence("help", "plans").out
    assert out.startswith("WHO DOES WHAT: PLANS\n\n`cadence plan` proposes")
    assert all(len(line) <= 80 for line in out.splitlines() if not line.startswith("    "))


@pytest.mark.parametrize("words", ["assign", "post move", "member"])
def test_the_name_of_a_command_shows_its_help(cadence: Cadence, words: str) -> None:
    assert cadence("help", *words.split()).out == cadence(*words.split(), "--help", now="").out


@pytest.mark.parametrize(
    ("words", "meant"),
    [("asign", "assign"), ("plns", "plans"), ("post mvoe", "post move"), ("colors", "colours")],
)
def test_what_there_is_not_names_the_nearest(cadence: Cadence, words: str, meant: str) -> None:
    done = cadence("help", *words.split())
    assert done.status == 2
    assert done.err.endswith(f"did you mean `cadence help {meant}`?\n")


def test_what_is_like_nothing_says_where_to_look(cadence: Cadence) -> None:
    done = cadence("help", "xyzzy")
    assert done.err == (
        "cadence: there is no guide and no command 'xyzzy' - `cadence help` lists the guides, "
        "`cadence --help` the commands\n"
    )


def test_programs_get_the_guides_as_they_are_written(cadence: Cadence) -> None:
    assert [topic["topic"] for topic in cadence("help", "--json").json["topics"]] == list(GUIDES)
    assert cadence("help", "dates", "--json").json == {
        "topic": "dates", "title": "Dates and durations", "text": text_of("dates")
    }  # fmt: skip
    assert cadence("help", "undo", "--json").json["text"].startswith("Usage: cadence undo")


def test_the_list_and_the_titles_are_translated(cadence: Cadence) -> None:
    with speaking(PSEUDO):
        listed = cadence("help").out
        guide = cadence("help", "keys").out
    typed = re.sub(r"`[^`]*`", "", listed)
    assert not escaped(typed, GUIDES), typed
    assert guide.startswith(marked("Keys").upper())
    assert "`?` shows the keys of the screen" in guide


def test_a_guide_loads_no_app() -> None:
    assert not modules_loaded_by("help", "figures") & {*HEAVY, "tinydb"}


def test_completion_knows_topics_and_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.shell_completion import ShellComplete

    from cadence.cli.root import root

    found = ShellComplete(root, {}, "cadence", "_CADENCE_COMPLETE").get_completions(["help"], "pl")
    assert [item.value for item in found] == ["plans", "plan"]


# How a guide is laid out


def test_prose_is_wrapped_and_short_code_stays_whole() -> None:
    text = "A long sentence that has to go over\nmore than one line, with `cadence help plans` at its\nend."
    assert shown(text, 40) == (
        "A long sentence that has to go over more\nthan one line, with `cadence help plans`\nat its end."
    )


def test_points_hang_and_code_stays_as_it_is() -> None:
    text = "- One point that is longer than a line\n  is wide\n- two\n\n```console\n$ " + "x" * 70 + "\n```\n"
    assert shown(text, 30) == (
        "- One point that is longer\n  than a line is wide\n- two\n\n    $ " + "x" * 70
    )  # fmt: skip


def test_the_cells_of_a_table_are_wrapped_in_their_columns() -> None:
    text = (
        "| key | does |\n|---|---|\n| `a` | assign a task to somebody who has time |\n| `\\|` | 宽字 wide |\n"
    )
    assert shown(text, 30) == (
        "key  does\n"
        "`a`  assign a task to somebody\n"
        "     who has time\n"
        "`|`  宽字 wide"
    )  # fmt: skip


def test_a_terminal_shows_headings_and_code_in_bold() -> None:
    assert (
        shown("# Keys\n\nPress `a` now.", styled=True) == "\x1b[1mKEYS\x1b[0m\n\nPress \x1b[1ma\x1b[0m now."
    )


def test_a_link_says_where_it_leads() -> None:
    text = "See [plans](plans.md), [the rules](../../docs/planning.md), [HiGHS](https://highs.dev)."
    assert shown(text, 99) == (
        "See plans (`cadence help plans`), the rules (docs/planning.md), HiGHS (https://highs.dev)."
    )


@pytest.mark.parametrize("topic", GUIDES)
@pytest.mark.parametrize("width", [64, 79, 200])
def test_every_guide_fits(topic: str, width: int) -> None:
    for line in laid_out(text_of(topic), width, styled=False):
        assert line.startswith("    ") or cells(line) <= width, line
        assert not re.search(r"\*\*|\]\(|^#|^\|", line), line
