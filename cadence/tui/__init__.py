"""The app. Importing this package costs nothing: Textual (200 ms) is loaded by `run`, where it is needed."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadence.model.team import Member
    from cadence.workspace import Workspace


def run(
    opening: Callable[[], tuple[Workspace, Member | None]],
    clock: Callable[[], datetime],
    *,
    keymap_file: Path | None = None,
    ascii_only: bool = False,
    theme: str = "",
    themes_folder: Path | None = None,
    addresses: Path | None = None,
) -> None:
    """Open the app on a calendar and return when the user leaves it.

    `opening` opens the calendar, in a thread and after the first frame, and says who is looking (None: the
    calendar has no members yet, or Cadence does not know). `clock` gives the aware UTC time. `addresses` is
    the user's folder of the addresses of busy calendars, which are kept fresh meanwhile. What `opening`
    raises is raised here, after the app has left the screen. BadInput when the terminal cannot show the app
    or the keymap file is wrong.
    """
    from cadence.tui.terminal import check_terminal, shows_ascii_only

    check_terminal()
    from cadence.tui.app import CadenceApp, Status
    from cadence.tui.collecting import Collecting
    from cadence.tui.ending import end_when_told, end_with_the_terminal
    from cadence.tui.slow_line import keep_up_with_keys
    from cadence.tui.themes import all_themes, built_in
    from cadence.user.theme_files import read_themes

    keymap: dict[str, str] = {}
    if keymap_file is not None and keymap_file.exists():
        from cadence.tui.keymap import read_keymap

        keymap = read_keymap(keymap_file)
    own, problems = read_themes(themes_folder, built_in()) if themes_folder else ([], [])
    if problems and theme and theme not in {*built_in(), *(each.name for each in all_themes(own))}:
        raise problems[0]
    app = CadenceApp(
        None,
        None,
        clock,
        opening=opening,
        keymap=keymap,
        ascii_only=ascii_only or shows_ascii_only(),
        theme=theme,
        themes=own,
        addresses=addresses,
    )
    if problems:
        app.status = Status(str(problems[0]), "warn")
    app.collecting = Collecting()

    def leave() -> None:
        app.call_later(app.exit)

    keep_up_with_keys()
    end_when_told(leave)
    end_with_the_terminal(leave)
    app.run()
    # What the app leaves behind is not looked through once more before the shell is back: 0.2 s.
    gc.freeze()
    if app.failure is not None:
        raise app.failure
