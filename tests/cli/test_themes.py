"""Themes as files: read, shown, checked, and refused in one line that says what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from cadence.model.errors import BadInput
from cadence.user.palettes import COLOURS, DARK, OF_THE_TERMINAL, OURS
from cadence.user.theme_files import hard_to_read, parse_theme, read_themes, theme_text, themes_folder
from tests.cli.conftest import Cadence

HARBOUR = 'name = "harbour"\n\n[colours]\nhead = "#7fc4d8"\ncursor = "bright_blue"\n'


def themes(**files: str) -> Path:
    folder = themes_folder()
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
    return folder


def test_a_theme_says_what_is_different_and_the_rest_is_as_in_its_base() -> None:
    theme = parse_theme(HARBOUR.encode(), Path("x.toml"))
    assert (theme.name, theme.dark, theme.base) == ("harbour", True, "cadence-dark")
    assert theme.colours == {**DARK.colours, "head": "#7fc4d8", "cursor": "bright_blue"}


def test_without_a_name_it_is_called_as_its_file() -> None:
    theme = parse_theme(b'base = "cadence-terminal"\ndark = false', Path("/there/mine.toml"))
    assert (theme.name, theme.dark, theme.is_terminal) == ("mine", False, True)
    assert theme.colours == OF_THE_TERMINAL.colours


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("colors = 1", r"x\.toml: there is no key 'colors' - did you mean 'colours'\?"),
        ("sound = 1", r"x\.toml: there is no key 'sound' - there is: name, base, dark, colours"),
        ("dark = 1", r"x\.toml: dark must be true or false - write it as dark = true"),
        ("colours = 3", r"x\.toml: colours must be a table - write \[colours\] and"),
        ('base = "cadence-drak"', r"x\.toml: base must be .*'cadence-drak' - did you mean 'cadence-dark'\?"),
        ('name = "A b"', r"x\.toml: name must be small letters, digits and -, not 'A b'"),
        ('name = "cadence-dark"', r"x\.toml: there is another theme with the name 'cadence-dark'"),
        ('name = "nord"', r"another theme with the name 'nord' - give it another name, .*'my-nord'"),
        ('[colours]\nhaed = "#ffffff"', r"x\.toml: there is no colour 'haed' - did you mean 'head'\?"),
        ('[colours]\nhead = "#fff"', r"x\.toml: head is no colour: '#fff' - write it as \"#8f9bb3\""),
        ('[colours]\nhead = "bleu"', r"x\.toml: head is no colour: 'bleu' - did you mean 'blue'\?"),
        ("head =", r"x\.toml is not TOML: .*correct that place"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_the_nearest_that_is_right(text: str, refused: str) -> None:
    with pytest.raises(BadInput, match=refused) as error:
        parse_theme(text.encode(), Path("x.toml"), ["nord"])
    assert "\n" not in str(error.value)


def test_a_wrong_file_does_not_take_the_others_away() -> None:
    folder = themes(a='name = "harbour"', b=HARBOUR, c="light = 1", d="")
    found, problems = read_themes(folder)
    assert [theme.name for theme in found] == ["harbour", "d"]
    assert ["b.toml" in str(problems[0]), "c.toml" in str(problems[1])] == [True, True]
    assert read_themes(folder / "nowhere") == ([], [])


@pytest.mark.parametrize("name", OURS)
def test_what_is_shown_is_a_file_that_is_the_same_theme(name: str) -> None:
    theme = parse_theme(theme_text(OURS[name]).encode(), Path("x.toml"))
    assert (theme.colours, theme.dark, theme.base) == (OURS[name].colours, OURS[name].dark, name)
    assert theme.name == "x"


def test_what_is_hard_to_read_is_told_the_worst_first() -> None:
    theme = parse_theme(b'[colours]\nquiet = "#3a4048"\nbad = "#801010"', Path("x.toml"))
    found = list(hard_to_read(theme))
    assert {text for text, _back, _ratio in found} == {"quiet", "bad"}
    assert [ratio for *_pair, ratio in found] == sorted(ratio for *_pair, ratio in found)
    assert list(hard_to_read(parse_theme(HARBOUR.encode(), Path("x.toml")))) == []


def test_the_command_lists_shows_and_checks(cadence: Cadence, tmp_path: Path) -> None:
    folder = themes(harbour=HARBOUR)
    listed = cadence("theme", "list").out
    assert "cadence-contrast  " in listed
    assert "yours" in listed
    assert str(folder) in listed
    assert 'head = "#7fc4d8"' in cadence("theme", "show", "harbour").out
    assert cadence("theme", "check", "nowhere.toml").status == 2
    assert cadence("theme", "check", folder / "harbour.toml").out.endswith("is a theme: harbour\n")
    hard = tmp_path / "hard.toml"
    hard.write_text('[colours]\nquiet = "#3a4048"\n', "utf-8")
    assert "hard to read: quiet on cursor, contrast 1." in cadence("theme", "check", hard).out
    assert "there is no theme 'pink' to show" in cadence("theme", "show", "pink").err


def test_every_key_and_colour_is_in_the_guide() -> None:
    from cadence.cli.guides import text_of

    guide = text_of("colours")
    assert [key for key in ("name", "base", "dark", *COLOURS) if f"`{key}`" not in guide] == []
