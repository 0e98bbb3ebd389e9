"""The app of the tests: without animations, in colour, whatever the terminal they run in."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from cadence import language
from cadence.planner.plan import Plan
from cadence.planner.problem import Problem
from cadence.planner.solving import apart
from cadence.planner.solving.solve import Budget, solve

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported
os.environ.pop("NO_COLOR", None)
os.environ["COLORTERM"] = "truecolor"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reads or writes the files of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test may choose another language in the settings; the next one does not begin in it."""
    yield
    language.use("en")


@pytest.fixture(autouse=True)
def _solver_in_the_thread(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the half second that a process takes to start, which only few tests are about."""
    if request.node.get_closest_marker("solver_process") is None:
        monkeypatch.setattr(apart, "SolverProcess", SolverInTheThread)


class SolverInTheThread:
    """What `SolverProcess` does, without a process."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self._problem, self._seconds, self._is_killed = problem, seconds, False

    def __enter__(self) -> SolverInTheThread:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def kill(self) -> None:
        self._is_killed = True

    def plans(self) -> Iterator[tuple[Plan, bool]]:
        found: list[Plan] = []
        best = solve(
            self._problem, Budget(self._seconds, threads=1), watch=found.append, stop=lambda: self._is_killed
        )
        yield from ((plan, False) for plan in found)
        yield best, True
