"""What a server does besides serving."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from cadence.chores.busy import Outcome
from cadence.model.errors import BadInput
from cadence.web import background
from tests.builders import NOW


class Opened:
    """In the place of a workspace."""

    closed = 0

    def close(self) -> None:
        Opened.closed += 1


def test_busy_times_are_kept_fresh_through_trouble_until_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, stop, ended, tries = list[str](), Event(), Event(), list[int]()

    def keep_fresh(workspace: Any, folder: Path, clock: Any, stop: Event, *, tell: Any, alone: bool) -> None:
        assert (folder, clock(), alone) == (tmp_path, NOW, True)
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is gone")
        tell(Outcome(7))
        tell(Outcome(8, trouble=BadInput("host.example does not answer")))
        stop.wait(5)
        ended.set()

    monkeypatch.setattr(background, "keep_fresh", keep_fresh)
    monkeypatch.setattr(background, "TRY_AGAIN", 0)
    background.keep_busy_times(Opened, tmp_path, lambda: NOW, stop, told.append)  # type: ignore[arg-type]
    while len(told) < 2:
        assert not ended.wait(0.01)
    stop.set()
    assert ended.wait(5), told
    assert told == [
        "busy calendars are not read for the moment: the disk is gone",
        "busy calendar 8 cannot be read: host.example does not answer",
    ]
    assert Opened.closed >= 1
