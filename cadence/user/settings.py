"""Your settings: a small TOML file. Unknown keys are refused, so that a typing error is noticed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cadence.language import LANGUAGES, _, later, wished
from cadence.model.errors import BadInput, CadenceError
from cadence.user.folders import config_file

SETTINGS: Mapping[str, str] = {
    "calendar": later(
        "the calendar that is opened: a path (a relative one starts at the config file's folder)"
    ),
    "member": later("who you are: a member's name"),
    "theme": later("the colours of the app: the name of a theme"),
    "language": later("what Cadence speaks: en or it (else as the system does)"),
}


def read_config(path: Path | None = None) -> dict[str, str]:
    """The settings of the config file, checked; nothing when there is no file."""
    path = path or config_file()
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadInput(
            _("{path} cannot be read: {reason}", path=path, reason=error.strerror),
            _("check what it is and whose"),
        ) from None
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
        raise BadInput(
            _("{path} is not TOML: {error}", path=path, error=error), _("correct that place")
        ) from None
    for key, value in found.items():
        check_key(key, f"{path}: ")
        if not isinstance(value, str) or not value.strip():
            raise BadInput(
                _("{path}: {key} must be text", path=path, key=key), _('write it as {key} = "…"', key=key)
            )
        check_value(key, value, f"{path}: ")
    return found


def check_key(key: str, where: str = "") -> None:
    if key in SETTINGS:
        return
    from difflib import get_close_matches

    close = get_close_matches(key, SETTINGS, n=1, cutoff=0.4)
    remedy = (
        _("did you mean {key!r}?", key=close[0])
        if close
        else _("there is: {names}", names=", ".join(SETTINGS))
    )
    raise BadInput(where + _("there is no setting {key!r}", key=key[:40]), remedy)


def check_value(key: str, value: str, where: str = "") -> None:
    if key == "language" and value not in LANGUAGES:
        raise BadInput(
            where + _("Cadence does not speak {value!r}", value=value[:20]),
            _("it speaks {names}", names=", ".join(LANGUAGES)),
        )


def write_setting(key: str, value: str, path: Path | None = None) -> Path:
    """Set one key and leave every other line as it is, comments too."""
    path = path or config_file()
    check_key(key)
    check_value(key, value)
    before = read_config(path)
    lines, places = _lines(key, path)
    line = f"{key} = {_quoted(value)}"
    if places:
        lines[places[0]] = line
    else:
        lines.append(line)
    return _write(lines, {**before, key: value}, key, path)


def drop_setting(key: str, path: Path | None = None) -> Path:
    """Take one key out, so that what is usual holds again; every other line stays as it is."""
    path = path or config_file()
    check_key(key)
    wanted = {other: value for other, value in read_config(path).items() if other != key}
    lines, places = _lines(key, path)
    kept = [line for number, line in enumerate(lines) if number not in places]
    return _write(kept, wanted, key, path) if places else path


def _lines(key: str, path: Path) -> tuple[list[str], list[int]]:
    """The lines of the file, and the places of those that set a key."""
    lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    return lines, [i for i, old in enumerate(lines) if old.split("=")[0].strip().strip("\"'") == key]


def _write(lines: list[str], wanted: Mapping[str, str], key: str, path: Path) -> Path:
    text = "".join(f"{line}\n" for line in lines)
    if parse_config(text.encode(), path) != wanted:
        raise BadInput(
            _("{path} is written in a way that cannot be edited here", path=path),
            _("set {key} in it by hand", key=key),
        )
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


def _quoted(value: str) -> str:
    if any(not c.isprintable() for c in value):
        raise BadInput(_("a setting cannot hold control characters"))
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
