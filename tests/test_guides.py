"""The guides are one set of files: the README lists them, the man page is made of them, nothing dangles."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cadence.cli.guides import FOLDER, GUIDES, text_of
from cadence.cli.root import COMMANDS
from cadence.user.palettes import OURS
from tools import guides, manpage

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "docs/commands.md", "docs/speed.md", *(f"cadence/guides/{t}.md" for t in GUIDES)]


def test_every_file_is_a_topic_and_every_topic_a_file() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(GUIDES)


@pytest.mark.parametrize("topic", GUIDES)
def test_a_guide_begins_with_its_title(topic: str) -> None:
    assert text_of(topic).startswith(f"# {GUIDES[topic].title}\n\n")
    assert len(GUIDES[topic].about) <= 60


def test_no_topic_is_the_name_of_a_command() -> None:
    assert not set(GUIDES) & set(COMMANDS)


def test_the_readme_lists_the_guides() -> None:
    text = guides.README.read_text("utf-8")
    assert text.split(guides.BEGIN)[1].split(guides.END)[0] == guides.table(), "python -m tools.guides"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_is_shown_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for name in re.findall(r"(?:^\$ |`)cadence ([a-z][a-z-]*)", text, re.MULTILINE):
        assert name in COMMANDS, name


def test_every_theme_of_ours_is_told_of() -> None:
    for theme in OURS:
        assert f"| `{theme}` |" in text_of("colours")


def test_the_man_page_is_up_to_date() -> None:
    assert manpage.PAGE.read_text("utf-8") == manpage.page(), "python -m tools.manpage writes it anew"


def test_the_man_page_has_every_command_and_every_topic() -> None:
    page = manpage.page().replace("\\-", "-")
    for name in COMMANDS:
        assert f"\\fBcadence {name}" in page
    for topic in GUIDES:
        assert f"\\fB{topic}\\fR" in page
    for section in ("ENVIRONMENT", "FILES", "EXIT STATUS"):
        assert f".SH {section}\n.TP\n" in page


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_groff_has_nothing_to_say_about_the_man_page() -> None:
    command = ["groff", "-man", "-Tutf8", "-ww", str(manpage.PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "the reader of the output went away" in done.stdout


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_mandoc_has_nothing_to_say_about_the_man_page() -> None:
    command = ["mandoc", "-T", "lint", "-W", "warning", str(manpage.PAGE)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""


def test_the_tour_is_a_cast_without_anything_of_this_machine() -> None:
    header, *lines = (ROOT / "docs" / "tour.cast").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    size = json.loads(header)
    assert (size["version"], size["width"], size["height"]) == (2, 110, 34)
    assert [at for at, _, _ in events] == sorted(at for at, _, _ in events)
    assert 50 <= events[-1][0] <= 75
    assert {kind for _, kind, _ in events} == {"o"}
    painted = "".join(text for _, _, text in events)
    assert len(painted) < 1_000_000
    for place in (str(ROOT), str(Path.home()), "/tmp", sys.prefix, os.uname().nodename):
        assert place not in painted


def test_the_pictures_of_the_readme_are_there() -> None:
    from bench.pictures import PICTURES

    shown = re.findall(r"!\[[^\]]+\]\(docs/([a-z-]+)\.png\)", guides.README.read_text("utf-8"))
    assert set(shown) == set(PICTURES)
    assert all((ROOT / "docs" / f"{name}.png").is_file() for name in shown)
