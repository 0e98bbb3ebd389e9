"""The review as a page: written by the command that does the same, so that app and page share no code."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date, datetime
from pathlib import Path

from cadence.language import _, speech
from cadence.model.errors import BadInput, CadenceError


async def write_review(url: str, first: date, end: date, now: datetime, path: Path) -> Path:
    """Write the review of the days from `first` up to `end` (not included) to a file. CadenceError with what
    the command complained about."""
    if url.startswith("memory:"):
        raise BadInput(_("this calendar is only in memory"), _("a page needs a calendar in a file"))
    command = [
        sys.executable, "-m", "cadence", "--calendar", url, "--now", now.isoformat(),
        "review", "--from", str(first), "--to", str(end), "--html", str(path),
    ]  # fmt: skip
    environment = {**os.environ, "CADENCE_LANGUAGE": speech().code}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, env=environment)
    _said, complaint = await process.communicate()
    if process.returncode:
        raise CadenceError(complaint.decode(errors="replace").strip().removeprefix("cadence: "))
    return path
