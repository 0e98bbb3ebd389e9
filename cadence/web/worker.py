"""A thread that does one job after another for the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """Unlike the threads of an executor it keeps nobody from leaving in the middle of a job."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Thread(target=self._work, name=name, daemon=True).start()

    def submit(self, job: Callable[[], T]) -> asyncio.Future[T]:
        """What comes of a job, which speaks the language that is spoken here. It may be cancelled, which does
        not stop the job."""
        here = copy_context()
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()

        def tell(result: T | None, error: BaseException | None) -> None:
            if outcome.done():
                return
            if error is None:
                outcome.set_result(result)  # type: ignore[arg-type]
            else:
                outcome.set_exception(error)

        def work() -> None:
            result, error = None, None
            try:
                result = here.run(job)
            except BaseException as trouble:
                error = trouble
            with suppress(RuntimeError):  # the loop has ended; nobody waits any more
                loop.call_soon_threadsafe(tell, result, error)

        self._jobs.put(work)
        return outcome

    def _work(self) -> None:
        while True:
            self._jobs.get()()
