"""Another language while the app runs: every screen is shown anew in it."""

from __future__ import annotations

from asyncio import shield
from typing import TYPE_CHECKING

from cadence import language

if TYPE_CHECKING:
    from cadence.tui.app import CadenceApp


async def speak(app: CadenceApp, code: str) -> None:
    """From now on the app speaks this language (a code of `language.LANGUAGES`). The screen that is shown
    brings itself up to date; the others are made anew when they are visited."""
    language.use(code)
    for place, make in app.MODES.items():
        if place != app.current_mode:
            # When the app ends meanwhile, the screens that are being left must not hear of it half-way.
            await shield(app.remove_mode(place))
            app.add_mode(place, make)
    app.figures = None  # findings are sentences, too
    app.compute_figures()
