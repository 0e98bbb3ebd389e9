"""Problems as files: JSON that anybody can write, read and plan again; its form is in docs/planning.md."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from cadence.language import _, later
from cadence.model.errors import BadInput
from cadence.model.invalid import in_words
from cadence.planner.problem import Problem

MOST_BYTES = 200_000_000
_PLACE = re.compile(r" - at `\$\.?(.*)`$")


def read_problem(path: Path) -> Problem:
    """The problem in a file. BadInput names the file, the place in it, and what is wrong there."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(
                _("{path} is larger than {most} MB", path=path, most=MOST_BYTES // 1_000_000),
                _("is it a problem file?"),
            )
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise BadInput(
            _("cannot read {path}: {reason}", path=path, reason=reason), _("name a problem file")
        ) from None
    try:
        return msgspec.json.decode(content, type=Problem)
    except msgspec.ValidationError as error:
        cause = error.__cause__
        what = str(cause) if isinstance(cause, BadInput) else _wrong(error)
        raise BadInput(f"{path}: {what}", "" if isinstance(cause, BadInput) else _(_REMEDY)) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(_("{path} is not valid JSON: {error}", path=path, error=error), _(_REMEDY)) from None


def problem_text(problem: Problem) -> bytes:
    """The file of a problem."""
    return msgspec.json.format(msgspec.json.encode(problem), indent=1) + b"\n"


_REMEDY = later("docs/planning.md describes the file")


def _wrong(error: msgspec.ValidationError) -> str:
    """msgspec says "Expected `int`, got `str` - at `$.days`"; people want the place first."""
    text = str(error)
    place = _PLACE.search(text)
    said = in_words(_PLACE.sub("", text))
    return f"{place[1]}: {said}" if place and place[1] else said
