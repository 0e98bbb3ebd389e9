"""Writes the tables of keys in the guide "keys" from the registry of actions: `python -m tools.key_table`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from cadence.cli.guides import FOLDER
from cadence.tui.actions import ACTIONS, BY_NAME, PLACES, Action, keys_text

GUIDE = FOLDER / "keys.md"
BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->"


def tables() -> str:
    """A heading and a table for each group of actions, in their order."""
    shown = [action for action in ACTIONS if action.listed and action.keys]
    return "\n".join(line for _, group in groupby(shown, _group) for line in _table(list(group)))


def _group(action: Action) -> str:
    return action.group


def _table(actions: list[Action]) -> Iterator[str]:
    """Where most of them work stands below the heading, where the others do beside each."""
    usual, _ = Counter(map(_where, actions)).most_common(1)[0]
    group = actions[0].group
    yield from (f"## {group}", "")
    if usual and usual != group:
        yield from (f"On {usual}.", "")
    yield from ("| keys | does | id |", "|---|---|---|")
    for action in actions:
        where = _where(action)
        beside = "" if where == usual else f" ({where or 'everywhere'})"
        yield f"| {_keys(action)} | {action.help}{beside} | `{action.id}` |"
    yield ""


def _keys(action: Action) -> str:
    keys = keys_text(action)
    return "`1`…`9`" if " … " in keys else " ".join(f"`{key}`" for key in keys.split())


def _where(action: Action) -> str:
    """Empty for everywhere; whichever is shorter of the screens with it and those without."""
    others = [BY_NAME[place].title for place in PLACES if place not in action.places]
    if not others:
        return ""
    mine = [BY_NAME[place].title for place in action.places]
    return ", ".join(mine) if len(mine) <= len(others) else f"all but {', '.join(others)}"


def main() -> None:
    before, rest = GUIDE.read_text("utf-8").split(BEGIN)
    _, after = rest.split(END)
    GUIDE.write_text(f"{before}{BEGIN}{tables()}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
