"""Your settings: a small TOML file. Unknown keys are refused, so that a typing error is noticed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cadence.language import LANGUAGES, wished
from cadence.model.errors import BadInput, CadenceError
from cadence.user.folders import config_file

SETTINGS: Mapping[str, str] = {
    "calendar": "the calendar that is opened: a path (a relative one starts at the config file's folder)",
    "member": "who you are: a member's name",
    "theme": "the colours of the app: the name of a theme",
    "language": f"what Cadence speaks: {' or '.join(LANGUAGES)} (else as the system does)",
}


def read_config(path: Path | None = None) -> dict[str, str]:
    """The settings of the config file, checked; nothing when there is no file."""
    path = path or config_file()
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}", "check what it is and whose") from None
    return parse_config(text, path)


def chosen_language(environment: Mapping[str, str] = os.environ) -> str:
    """The code of the language to speak: CADENCE_LANGUAGE, the config file, the system's. A wrong one is no
    reason not to start: whoever reads the setting says what is wrong with it."""
    try:
        told = environment.get("CADENCE_LANGUAGE") or read_config().get("language")
    except CadenceError:
        told = None
    return told if told and told in LANGUAGES else wished(environment)


def parse_config(text: bytes, path: Path) -> dict[str, str]:
    import tomllib  # 17 ms, only for those who have a config file

    try:
        found = tomllib.loads(text.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{path} is not TOML: {error}", "correct that place") from None
    for key, value in found.items():
        check_key(key, f"{path}: ")
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"{path}: {key} must be text", f'write it as {key} = "…"')
        check_value(key, value, f"{path}: ")
    return found


def check_key(key: str, where: str = "") -> None:
    if key in SETTINGS:
        return
    from difflib import get_close_matches

    close = get_close_matches(key, SETTINGS, n=1, cutoff=0.4)
    remedy = f"did you mean {close[0]!r}?" if close else f"there is: {', '.join(SETTINGS)}"
    raise BadInput(f"{where}there is no setting {key[:40]!r}", remedy)


def check_value(key: str, value: str, where: str = "") -> None:
    if key == "language" and value not in LANGUAGES:
        raise BadInput(f"{where}Cadence does not speak {value[:20]!r}", f"it speaks {', '.join(LANGUAGES)}")


def write_setting(key: str, value: str, path: Path | None = None) -> Path:
    """Set one key and leave every other line as it is, comments too."""
    path = path or config_file()
    check_key(key)
    check_value(key, value)
    before = read_config(path)
    lines = path.read_text("utf-8-sig").splitlines() if before or path.exists() else []
    line = f"{key} = {_quoted(value)}"
    places = [i for i, old in enumerate(lines) if old.split("=")[0].strip().strip("\"'") == key]
    if places:
        lines[places[0]] = line
    else:
        lines.append(line)
    text = "\n".join(lines) + "\n"
    if parse_config(text.encode(), path) != {**before, key: value}:
        raise BadInput(f"{path} is written in a way that cannot be edited here", f"set {key} in it by hand")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)
    return path


def resolve(value: str, path: Path) -> str:
    """A calendar of the config file: `~` and relative paths mean what they mean to the file's owner."""
    if "://" in value:
        return value
    return str(path.parent / Path(value).expanduser())


def as_any(settings: Mapping[str, str]) -> dict[str, Any]:
    return {key: settings.get(key) for key in SETTINGS}


def _quoted(value: str) -> str:
    if any(not c.isprintable() for c in value):
        raise BadInput("a setting cannot hold control characters")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
