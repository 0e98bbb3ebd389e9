"""What the terminal can do: asked before the app takes it over."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping

from cadence.language import _
from cadence.model.errors import BadInput

SMALLEST = (60, 16)
"""Columns and rows; in less than this the app says so and waits."""


def check_terminal(environment: Mapping[str, str] = os.environ) -> None:
    """BadInput unless the app can be shown here."""
    remedy = _("use the commands: cadence week --plain, cadence warnings, cadence --help")
    # What Textual paints goes to the standard error.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise BadInput(_("the app needs a terminal"), remedy)
    if environment.get("TERM", "") in ("dumb", "unknown"):
        raise BadInput(_("this terminal (TERM={term}) cannot show the app", term=environment["TERM"]), remedy)


def shows_ascii_only(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether marks must be plain ASCII: the locale is not Unicode, or it is the Linux console, whose font
    lacks them."""
    encoding = locale.getpreferredencoding(False).lower().replace("-", "")
    return not encoding.startswith("utf") or environment.get("TERM") == "linux"


def has_browser(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a page opens where the user sits: not over a remote line, nor on a system without a desktop."""
    if environment.get("SSH_CONNECTION"):
        return False
    if platform in ("darwin", "win32"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def without_colour(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the user asks for no colours (https://no-color.org: set and not empty)."""
    return bool(environment.get("NO_COLOR"))
