"""Keeps spreadsheets from calculating with our texts: a cell like `=1+1` is written with an apostrophe first.

Both ways are exact: a text that begins with apostrophes and then like a formula gets one more.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """The cell as it goes into a file."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
