"""Every widget is in some golden, and that golden's test sees that it is painted there."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from textual.widget import Widget

import cadence.tui.widgets
from tests.tui.goldens import GOLDEN, SHOWN_IN


def test_every_widget_is_in_a_golden() -> None:
    assert {cls.__name__ for cls in widgets()} == set(SHOWN_IN), "a new widget needs a golden"


def test_these_goldens_exist() -> None:
    """Whether the widget is painted in it, `assert_golden` sees in the test that the golden belongs to."""
    assert [name for name in SHOWN_IN.values() if not (GOLDEN / f"{name}.txt").exists()] == []


def widgets() -> set[type]:
    """The widgets of Cadence that no other one is built on."""
    found = {
        each
        for module in iter_modules(cadence.tui.widgets.__path__, "cadence.tui.widgets.")
        for each in vars(import_module(module.name)).values()
        if isinstance(each, type) and issubclass(each, Widget) and each.__module__ == module.name
    }
    return {cls for cls in found if not any(cls in other.__mro__[1:] for other in found)}
