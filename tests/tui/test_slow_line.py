"""Over a slow line a key that was held down is not watched for longer than it was held."""

from __future__ import annotations

import io
import threading

from textual.drivers._writer_thread import WriterThread

from cadence.tui.slow_line import WAITING, keep_up_with_keys


class Stuck(io.StringIO):
    """A terminal that takes nothing until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = threading.Event()

    def write(self, text: str) -> int:
        self.is_open.wait()
        return super().write(text)


def test_few_pictures_wait_for_a_terminal_that_takes_none() -> None:
    keep_up_with_keys()
    terminal, offered = Stuck(), list[int]()
    writer = WriterThread(terminal)
    writer.start()

    def paint() -> None:
        for picture in range(20):
            writer.write(f"{picture} ")
            offered.append(picture)

    painting = threading.Thread(target=paint)
    painting.start()
    painting.join(0.2)
    assert len(offered) <= WAITING + 1, "the one that is being written, and those that wait"
    terminal.is_open.set()
    painting.join()
    writer.stop()
    assert terminal.getvalue().split() == [str(picture) for picture in range(20)], "none is lost"
