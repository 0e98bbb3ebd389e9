"""Writes the README's table of keys from the registry of actions: `python -m tools.key_table`."""

from __future__ import annotations

from pathlib import Path

from cadence.tui.actions import ACTIONS, BY_NAME, PLACES, Action, keys_text

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->"


def table() -> str:
    rows = [_row(action) for action in ACTIONS if action.listed and action.keys]
    return "\n".join(["| keys | does | where | id |", "|---|---|---|---|", *rows]) + "\n"


def _row(action: Action) -> str:
    keys = keys_text(action)
    shown = "`1`…`9`" if " … " in keys else " ".join(f"`{key}`" for key in keys.split())
    return f"| {shown} | {action.help} | {_where(action)} | `{action.id}` |"


def _where(action: Action) -> str:
    """Empty for everywhere; whichever is shorter of the screens with it and those without."""
    others = [BY_NAME[place].title for place in PLACES if place not in action.places]
    if not others:
        return ""
    mine = [BY_NAME[place].title for place in action.places]
    return ", ".join(mine) if len(mine) <= len(others) else f"not {', '.join(others)}"


def main() -> None:
    before, rest = README.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}{table()}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
