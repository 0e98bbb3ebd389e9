"""What a screen looks at of the history is read once, and anew where another history has taken its place."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cadence.insight.traces import Trace
from cadence.tui.trace_reader import TraceReader
from tests.builders import NOW


class History:
    """A change a day, the newest today. `read` is how many each reading gave."""

    def __init__(self, days: int) -> None:
        self.traces = [Trace(seq, NOW - timedelta(days=days - seq), "Anna") for seq in range(days, 0, -1)]
        self.read: list[int] = []

    @property
    def newest(self) -> int:
        return self.traces[0].seq

    def add(self, by: str) -> None:
        self.traces.insert(0, Trace(self.newest + 1, NOW, by))

    def told(
        self, *, since: int | None = None, back_to: datetime | None = None, limit: int | None = None
    ) -> list[Trace]:
        found = [
            trace
            for trace in self.traces
            if trace.seq >= (since or 0) and (back_to is None or trace.at >= back_to)
        ][:limit]
        self.read.append(len(found))
        return found


@pytest.fixture
def history() -> History:
    return History(days=100)


@pytest.fixture
def reader(history: History) -> TraceReader:
    return TraceReader(history.told)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_it_is_read_as_far_back_as_needed_and_only_anew_when_that_is_farther(
    history: History, reader: TraceReader
) -> None:
    assert len(reader.back_to(ago(28), 100)) == 30, "a day more, and this moment"
    assert len(reader.back_to(ago(7), 100)) == 30
    history.add(by="Luca")
    assert reader.back_to(ago(28), 101)[0].by == "Luca"
    assert list(reader.back_to(ago(900), 101)) == history.traces
    assert history.read == [30, 0, 1, 101]


def test_of_the_latest_only_newer_ones_are_read_and_so_many_kept(
    history: History, reader: TraceReader
) -> None:
    assert [trace.seq for trace in reader.latest(3, 100)] == [100, 99, 98]
    history.add(by="Luca")
    assert [trace.seq for trace in reader.latest(3, 101)] == [101, 100, 99]
    for _ in range(5):
        history.add(by="Luca")
    assert [trace.seq for trace in reader.latest(3, 106)] == [106, 105, 104], "no hole where many came in"
    assert history.read == [3, 1, 3]


def test_another_history_is_read_from_its_end(history: History, reader: TraceReader) -> None:
    reader.back_to(ago(28), 100)
    other = History(days=50)
    history.traces[:] = other.traces
    assert list(reader.back_to(ago(28), other.newest)) == other.traces[:30]
    history.traces[:] = History(days=20).traces
    assert [trace.seq for trace in reader.latest(3, 20)] == [20, 19, 18]


def test_the_latest_are_not_taken_for_all_of_some_weeks(history: History, reader: TraceReader) -> None:
    reader.back_to(ago(28), 100)
    reader.latest(3, 100)
    assert len(reader.back_to(ago(28), 100)) == 30
