"""The calendar programs that people have, as `make outside` sets them up. What is not here is skipped with a
message, unless CADENCE_OUTSIDE=required says that it must be here."""

import ctypes
import json
import os
import subprocess
from collections.abc import Iterable
from ctypes.util import find_library
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import pytest

CLIENTS = Path(__file__).parents[2] / ".clients"
REMEDY = "`make outside` sets it up"


def missing(what: str, remedy: str = REMEDY) -> None:
    message = f"{what} is not here: {remedy}"
    if os.environ.get("CADENCE_OUTSIDE") == "required":
        pytest.fail(message)
    pytest.skip(message)


def client(name: str) -> Path:
    """A program of the clients' own environment."""
    program = CLIENTS / "bin" / name
    if not program.exists():
        missing(name)
    return program


def run(*words: str | Path, **environment: str) -> str:
    """What a program prints; it must succeed."""
    done = subprocess.run(
        [str(word) for word in words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{words[0]}: {done.stderr or done.stdout}"
    return done.stdout


def read_by_icaljs(files: Iterable[Path]) -> list[list[dict[str, Any]]]:
    """The events and to-dos of each file, as ical.js (of Thunderbird and Nextcloud) reads them strictly."""
    node, library = which("node"), CLIENTS / "js" / "node_modules" / "ical.js"
    if node is None:
        missing("node", "install nodejs")
    if not library.exists():
        missing("ical.js")
    script = Path(__file__).with_name("parse.mjs")
    return [json.loads(line) for line in run(node or "", script, *files, ICALJS=str(library)).splitlines()]


class Read(NamedTuple):
    """What libical made of a file."""

    errors: int
    is_valid: bool
    components: int
    summaries: list[str]


class Libical:
    """libical (of GNOME, KDE and many phones), called as a library."""

    ANY = 1

    def __init__(self) -> None:
        name = find_library("ical")
        if name is None:
            missing("libical", "install libical3")
        self._library = ctypes.CDLL(name)
        for function, result, arguments in (
            ("icalparser_parse_string", ctypes.c_void_p, [ctypes.c_char_p]),
            ("icalcomponent_count_errors", ctypes.c_int, [ctypes.c_void_p]),
            ("icalcomponent_count_components", ctypes.c_int, [ctypes.c_void_p, ctypes.c_int]),
            ("icalcomponent_get_first_component", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
            ("icalcomponent_get_next_component", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
            ("icalcomponent_get_summary", ctypes.c_char_p, [ctypes.c_void_p]),
            ("icalrestriction_check", ctypes.c_int, [ctypes.c_void_p]),
            ("icalcomponent_free", None, [ctypes.c_void_p]),
        ):
            called = getattr(self._library, function)
            called.restype, called.argtypes = result, arguments

    def read(self, content: bytes) -> Read:
        """Parse a feed and check it against what the standard demands of each component (RFC 5546)."""
        library = self._library
        calendar = library.icalparser_parse_string(content)
        assert calendar, "libical found no component"
        try:
            summaries: list[str] = []
            component = library.icalcomponent_get_first_component(calendar, self.ANY)
            while component:
                summaries.append(library.icalcomponent_get_summary(component).decode())
                component = library.icalcomponent_get_next_component(calendar, self.ANY)
            return Read(
                library.icalcomponent_count_errors(calendar),
                bool(library.icalrestriction_check(calendar)),
                library.icalcomponent_count_components(calendar, self.ANY),
                summaries,
            )
        finally:
            library.icalcomponent_free(calendar)
