"""Planning in a process of its own, for who has keys to answer meanwhile: it takes no turn from them, ends at
once when it is told to, and gives back all its memory, of which the solver alone needs 20 MB.

The order is a line of JSON on its standard input, every better plan one on its standard output. It ends when
its input does: nobody is there any more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from types import TracebackType

import msgspec

from cadence import language
from cadence.planner.plan import Plan
from cadence.planner.problem import Problem


class Order(msgspec.Struct, frozen=True):
    """What to plan, for so many seconds of wall-clock time, and the language of the reasons."""

    problem: Problem
    seconds: float
    language: str


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A better plan; or why there is none."""

    plan: Plan | None = None
    is_last: bool = False
    failure: str = ""


class SolverProcess:
    """A solver at work, until its `with` block ends or somebody, in whatever thread, kills it."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self._order = Order(problem, seconds, language.speech().code)
        command = [sys.executable, "-m", __name__]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self._is_killed = False

    def __enter__(self) -> SolverProcess:
        return self

    def __exit__(self, *_error: tuple[type[BaseException], BaseException, TracebackType] | None) -> None:
        self.kill()
        assert self._process.stdin is not None
        with suppress(OSError):  # it may hold what the process did not read any more
            self._process.stdin.close()
        with self._process:
            pass  # the other pipe is closed, too, and it is waited for

    def kill(self) -> None:
        self._is_killed = True
        self._process.kill()

    def plans(self) -> Iterator[tuple[Plan, bool]]:
        """Every better plan, and whether it is the last one. RuntimeError if there will be none; one that is
        killed just ends."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):  # if it has ended, there is nothing to read, either
            self._process.stdin.write(msgspec.json.encode(self._order) + b"\n")
            self._process.stdin.flush()
        for line in self._process.stdout:
            answer = msgspec.json.decode(line, type=Answer)
            if answer.plan is None:
                raise RuntimeError(answer.failure)
            yield answer.plan, answer.is_last
            if answer.is_last:
                return
        if not self._is_killed:
            raise RuntimeError(f"the solver ended by itself ({self._process.wait()})")


def main() -> None:
    """The other end: solve what the standard input orders."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer

    def tell(answer: Answer) -> None:
        answers.write(msgspec.json.encode(answer) + b"\n")
        answers.flush()

    try:
        order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
        Thread(target=_end_with_the_input, daemon=True).start()
        language.use(order.language)

        from cadence.planner.solving.solve import Budget, solve

        budget = Budget(order.seconds, threads=1)
        best = solve(order.problem, budget, watch=lambda plan: tell(Answer(plan)))
        tell(Answer(best, is_last=True))
    except Exception as error:
        tell(Answer(failure=str(error)))


def _end_with_the_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
