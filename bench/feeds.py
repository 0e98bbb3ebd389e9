"""How long a feed of 10,000 posts takes, rendered anew and after one change: `python -m bench.feeds`.

CPU milliseconds, the best of two runs in turn, and how much faster than rendering anew with icalendar.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from msgspec.structs import replace

from bench.dataset import calendar_of
from cadence.ical.feeds import TEAM, EventCache, export, feed
from cadence.model.calendar import Calendar

POSTS = 10_000
GOAL = 50
_revision = count(1)


def milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = process_time()
    work()
    return (process_time() - began) * 1000


def one_change(calendar: Calendar, now: datetime) -> Calendar:
    """The calendar after somebody has given a post in the middle another title."""
    revision = next(_revision)
    post = calendar.posts[POSTS // 2]
    return calendar.put(replace(post, title=f"Changed {revision}", rev=revision, modified=now))


def run() -> None:
    calendar = calendar_of(POSTS)
    now = calendar.index.timeline[0][0] + timedelta(days=80)  # so that every post is in the feed's window
    content = feed(calendar, TEAM, now, EventCache())  # also loads icalendar, which is not what we measure
    assert content.count(b"BEGIN:VEVENT") == POSTS
    with TemporaryDirectory() as folder:
        _measure(calendar, now, Path(folder), len(content))


def _measure(calendar: Calendar, now: datetime, folder: Path, size: int) -> None:
    kept, warm = folder / "cache", EventCache()
    feed(calendar, TEAM, now, warm)
    on_disk = EventCache(kept)
    export(calendar, folder / "feeds", now, on_disk)

    def from_disk(after: Calendar) -> None:
        cache = EventCache(kept)
        feed(after, TEAM, now, cache)
        cache.save()

    def all_files(after: Calendar) -> None:
        export(after, folder / "feeds", now, EventCache(kept))

    anew, changed, loaded, same, files = ([float("inf")] for _ in range(5))
    for _ in range(2):
        after = one_change(calendar, now)
        anew.append(milliseconds(lambda: feed(calendar, TEAM, now, EventCache())))
        changed.append(milliseconds(lambda after=after: feed(after, TEAM, now, warm)))
        same.append(milliseconds(lambda after=after: feed(after, TEAM, now, warm)))
        loaded.append(milliseconds(lambda after=after: from_disk(after)))
        files.append(milliseconds(lambda after=after: all_files(after)))
    base = min(anew)
    print(f"Feed of {POSTS:,} posts, {size / 1e6:.1f} MB (CPU ms, best of 2; goal: one change >= {GOAL} x)")
    for label, found in (
        ("rendered anew with icalendar", anew),
        ("after one change", changed),
        ("nothing changed", same),
        ("after one change, cache read from disk and kept", loaded),
        ("one change, all 46 feeds compared and written", files),
    ):
        print(f"  {label:<50} {min(found):>8.1f}  {base / min(found):>7.1f} x")


if __name__ == "__main__":
    run()
