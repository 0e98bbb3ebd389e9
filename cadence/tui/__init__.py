"""The app. Importing this package costs nothing: Textual (200 ms) is loaded by `run`, where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadence.model.team import Member
    from cadence.workspace import Workspace


def run(
    workspace: Workspace,
    viewer: Member | None,
    clock: Callable[[], datetime],
    *,
    keymap_file: Path | None = None,
    ascii_only: bool = False,
    theme: str = "",
) -> None:
    """Open the app on a calendar and return when the user leaves it.

    `viewer` None: the calendar has no members yet, or Cadence does not know who is looking. `clock` gives
    the aware UTC time. BadInput when the terminal cannot show the app or the keymap file is wrong.
    """
    from cadence.tui.terminal import check_terminal, shows_ascii_only

    check_terminal()
    from cadence.tui.app import CadenceApp
    from cadence.tui.keymap import read_keymap

    app = CadenceApp(
        workspace,
        viewer,
        clock,
        keymap=read_keymap(keymap_file) if keymap_file else {},
        ascii_only=ascii_only or shows_ascii_only(),
        theme=theme,
    )
    app.run()
    app.leave_quietly()
