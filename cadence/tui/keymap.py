"""The user's own keys: a TOML file that gives actions other keys.

[keys]
"post.move" = "M"
"go.left" = "left,b"
"""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path

from cadence.language import _
from cadence.model.errors import BadInput
from cadence.tui.actions import ACTIONS, BY_ID, PLACES, keys_on

_SIGNS = {
    "<": "less_than_sign", ">": "greater_than_sign", "*": "asterisk", "/": "slash", ":": "colon",
    "?": "question_mark", ".": "full_stop", ";": "semicolon", "-": "minus", "+": "plus", "=": "equals_sign",
    "!": "exclamation_mark", "@": "at", "#": "number_sign", "esc": "escape", "return": "enter",
}  # fmt: skip


def read_keymap(path: Path) -> dict[str, str]:
    """Keys by action id; empty without a file. BadInput names the file, the line's id and the nearest valid
    one."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(_("cannot read the keymap {path}: {error}", path=path, error=error)) from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_("the keymap {path} is not valid TOML: {error}", path=path, error=error)) from None
    keys = content.get("keys", content)
    if not isinstance(keys, dict):
        raise BadInput(_("the keymap {path}: [keys] must be a table", path=path))
    return check_keymap({str(id): keys[id] for id in keys}, str(path))


def check_keymap(keys: dict[str, object], where: str) -> dict[str, str]:
    """The keymap as Textual wants it; BadInput for an unknown id, and for a key that would do two things."""
    checked: dict[str, str] = {}
    for id, names in keys.items():
        if id not in BY_ID:
            nearest = get_close_matches(id, BY_ID, n=1, cutoff=0.3)
            remedy = _("`cadence help keys` lists them")
            if nearest:
                remedy = _("the nearest is {action}", action=nearest[0])
            raise BadInput(_("the keymap {path}: there is no action {id!r}", path=where, id=id), remedy)
        if not isinstance(names, str):
            raise BadInput(
                _('the keymap {path}: {id} needs a text such as "m" or "left,h"', path=where, id=id)
            )
        checked[id] = ",".join(_SIGNS.get(name.strip(), name.strip()) for name in names.split(","))
    _check_clashes(checked, where)
    return checked


def _check_clashes(keymap: dict[str, str], where: str) -> None:
    for place in PLACES:
        owners: dict[str, str] = {}
        for action in ACTIONS:
            if place not in action.places:
                continue
            remapped = keymap.get(action.id)
            for key in keys_on(place, action) if remapped is None else remapped.split(","):
                if (
                    key
                    and owners.setdefault(key, action.id) != action.id
                    and (action.id in keymap or owners[key] in keymap)
                ):
                    other = action.id if owners[key] in keymap else owners[key]
                    raise BadInput(
                        _(
                            "the keymap {path}: {key!r} would mean both {one} and {two}",
                            path=where,
                            key=key,
                            one=owners[key],
                            two=action.id,
                        ),
                        _("give {action} another key too", action=other),
                    )
