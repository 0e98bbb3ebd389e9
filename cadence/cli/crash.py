"""What a mistake of ours leaves behind: a file with the details, and a line that says where it is."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from collections.abc import Sequence

from cadence import __version__
from cadence.language import _
from cadence.user.folders import state_folder


def report(error: Exception, arguments: Sequence[str]) -> str:
    """Write the traceback beside the user's other state; gives the line for people."""
    what = f"{type(error).__name__}: {str(error)[:200]}"
    summary = _("this is a bug in Cadence, sorry: {error}", error=what)
    details = [
        f"cadence {__version__}, Python {platform.python_version()} on {sys.platform}",
        f"command: cadence {_without_secrets(' '.join(arguments)[:2000])}",
        "",
        "".join(traceback.format_exception(error)),
    ]
    path = state_folder() / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(details), encoding="utf-8", errors="backslashreplace")
    except OSError as problem:
        why = _("the details could not be written to {path} ({reason})", path=path, reason=problem.strerror)
        return f"{summary} - {why}"
    remedy = _("please report it with {path}", path=path)
    return f"{summary} - {remedy}"


def _without_secrets(command: str) -> str:
    """The address of somebody's calendar lets whoever has it read that calendar."""
    return re.sub(r"(\w+://)\S+", r"\1…", command)
