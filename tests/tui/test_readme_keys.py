"""The README's table of keys is the registry's, word for word."""

from pathlib import Path

from cadence.tui.actions import ACTIONS, PLACES, TITLES, Action, keys_text

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->"


def row(action: Action) -> str:
    keys = (
        " ".join(f"`{key}`" for key in keys_text(action).split())
        if " … " not in keys_text(action)
        else "`1`…`9`"
    )
    others = [TITLES[place] for place in PLACES if place not in action.places]
    where = ", ".join(TITLES[place] for place in action.places) if len(others) > 1 else ""
    where = f"not {others[0]}" if len(others) == 1 else where
    return f"| {keys} | {action.help} | {where} | `{action.id}` |"


def table() -> str:
    rows = [row(action) for action in ACTIONS if action.listed and action.keys]
    return "\n".join(["| keys | does | where | id |", "|---|---|---|---|", *rows]) + "\n"


def test_every_key_stands_in_the_readme_as_it_is() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == table()
