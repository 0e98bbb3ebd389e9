"""What the terminal can do: asked before the app takes it over."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping

from cadence.model.errors import BadInput

SMALLEST = (60, 16)
"""Columns and rows; in less than this the app says so and waits."""


def check_terminal(environment: Mapping[str, str] = os.environ) -> None:
    """BadInput unless the app can be shown here."""
    remedy = "use the commands: cadence week --plain, cadence warnings, cadence --help"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput("the app needs a terminal", remedy)
    if environment.get("TERM", "") in ("dumb", "unknown"):
        raise BadInput(f"this terminal (TERM={environment['TERM']}) cannot show the app", remedy)


def shows_ascii_only(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether marks must be plain ASCII: the locale is not Unicode, or it is the Linux console, whose font
    lacks them."""
    encoding = locale.getpreferredencoding(False).lower().replace("-", "")
    return not encoding.startswith("utf") or environment.get("TERM") == "linux"


def without_colour(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the user asks for no colours (https://no-color.org: set and not empty)."""
    return bool(environment.get("NO_COLOR"))
