"""What went wrong and was not foreseen: a line for people, and all details for whoever is to mend it."""

from __future__ import annotations

import platform
import traceback
from dataclasses import dataclass

from cadence import __version__
from cadence.language import _
from cadence.model.errors import CadenceError


@dataclass(frozen=True)
class Trouble:
    summary: str
    details: str

    @staticmethod
    def of(error: BaseException) -> Trouble:
        if isinstance(error, CadenceError):
            summary = str(error)
        else:
            words = f"{type(error).__name__}: {str(error)[:120]}"
            summary = _("Something went wrong in Cadence, sorry ({words}); nothing was changed", words=words)
        details = f"cadence {__version__}, Python {platform.python_version()}\n\n"
        return Trouble(summary, details + "".join(traceback.format_exception(error)))
