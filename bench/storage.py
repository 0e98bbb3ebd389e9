"""How fast a calendar is stored, re-read and opened, beside SQLite, plain TinyDB and what the disk allows.

    python -m bench.storage [POSTS …]

All contenders take turns within each round, in shuffled order; the figures are medians in milliseconds.
SQLite runs with a write-ahead log and `synchronous=FULL`, one row per post and one per change: that is what
it needs for the same promises, durable when it returns and with a history.
"""

import gc
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB

from cadence.store import Store, create_store, open_store

SIZES = (10_000, 100_000)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GOALS = {"commit": ("SQLite", 1.5), "refresh": ("SQLite", 2.0), "open": ("floor", 1.3)}
"""By operation: beside whom, and how many times as long we may take."""


@dataclass(frozen=True)
class Row:
    """One operation with so many posts: the median of each contender in milliseconds. `floor` is what cannot
    be avoided: append and sync for a commit, parsing the same file for opening."""

    operation: str
    posts: int
    milliseconds: dict[str, float]

    @property
    def ratio(self) -> float:
        return self.milliseconds["Cadence"] / self.milliseconds[GOALS[self.operation][0]]

    @property
    def is_good(self) -> bool:
        return self.ratio <= GOALS[self.operation][1]


def post(number: int) -> dict[str, Any]:
    """About 420 bytes of JSON, as a planned post with three tasks has."""
    task = {"effort": 60, "opens": -5, "closes": -2, "member": number % 9 + 1}
    return {
        "channel": number % 4 + 1,
        "at": f"20{20 + number % 10}-{number % 12 + 1:02d}-{number % 28 + 1:02d}T10:00:00",
        "title": f"Post number {number} about something worth reading",
        "state": "planned",
        "uid": f"{number:032x}",
        "note": "Ask the lab for a picture before the review.",
        "tasks": {"draft": task, "design": task, "review": task},
    }


class Cadence:
    """The store, with a second handle as the other person."""

    def __init__(self, folder: Path, posts: list[dict[str, Any]]) -> None:
        self._path = folder / "cadence.json"
        self._mine: Store = create_store(self._path)
        with self._mine.transaction(by="Anna", why="import", at=AT) as tx:
            for document in posts:
                tx.insert("posts", document)
        self._mine.checkpoint()
        self._theirs = open_store(self._path)

    def commit(self, number: int) -> None:
        with self._mine.transaction(by="Anna", why="edit", at=AT) as tx:
            document = tx.get("posts", number)
            assert document is not None
            tx.replace("posts", number, {**document, "state": _other(document["state"])})

    def refresh(self) -> None:
        self._theirs.refresh()

    def leave(self) -> None:
        self._mine.checkpoint()
        self._mine.close()
        self._theirs.close()

    def open(self) -> None:
        open_store(self._path).close()


class SQLite:
    """A row per post and a row per change."""

    def __init__(self, folder: Path, posts: list[dict[str, Any]]) -> None:
        self._path = folder / "sqlite.db"
        self._mine = self._connect()
        self._mine.executescript(
            "create table post(id integer primary key, rev int, doc text);"
            "create table change(seq integer primary key, at text, by text, why text, ops text)"
        )
        with self._mine:
            rows = ((number, _dump(document)) for number, document in enumerate(posts, start=1))
            self._mine.executemany("insert into post values(?, 1, ?)", rows)
        self._theirs = self._connect()
        self._seen = 0
        self._documents = dict[int, Any]()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        return connection

    def commit(self, number: int) -> None:
        run = self._mine.execute
        run("begin immediate")
        rev, text = run("select rev, doc from post where id=?", (number,)).fetchone()
        document = _load(text)
        before, after = document["state"], _other(document["state"])
        ops = [["u", "posts", number, rev + 1, {"state": after}, {"state": before}]]
        run("update post set rev=?, doc=? where id=?", (rev + 1, _dump({**document, "state": after}), number))
        run(
            "insert into change(at, by, why, ops) values(?, ?, ?, ?)",
            (AT.isoformat(), "Anna", "edit", _dump(ops)),
        )
        run("commit")

    def refresh(self) -> None:
        for seq, ops in self._theirs.execute("select seq, ops from change where seq > ?", (self._seen,)):
            self._seen = seq
            for _kind, _table, number, *_ in _load(ops):
                (text,) = self._theirs.execute("select doc from post where id=?", (number,)).fetchone()
                self._documents[number] = _load(text)

    def open(self) -> None:
        connection = self._connect()
        _ = {number: _load(text) for number, text in connection.execute("select id, doc from post")}
        connection.close()


class PlainTinyDB:
    """As it comes: the whole file is written anew for every change, and read anew after every change."""

    def __init__(self, folder: Path, posts: list[dict[str, Any]]) -> None:
        self._path = folder / "tinydb.json"
        self._db = TinyDB(self._path)
        self._db.table("posts").insert_multiple(posts)

    def commit(self, number: int) -> None:
        self._db.table("posts").update(lambda doc: doc.update(state=_other(doc["state"])), doc_ids=[number])

    def refresh(self) -> None:
        with TinyDB(self._path) as db:
            db.table("posts").get(doc_id=1)

    open = refresh


class Floor:
    """What a durable change and a parsed file cost at least."""

    def __init__(self, folder: Path) -> None:
        self._fd = os.open(folder / "floor.log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self._path = folder / "cadence.json"
        self._line = b"x" * 250

    def commit(self, number: int) -> None:
        os.write(self._fd, self._line)
        os.fdatasync(self._fd)

    def open(self) -> None:
        _load(self._path.read_bytes())


_dump = msgspec.json.encode
_load = msgspec.json.decode


def _other(state: str) -> str:
    return "drafted" if state == "planned" else "planned"


def run(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Print the table; takes about a minute for 100,000 posts, most of it plain TinyDB's."""
    rows = [row for size in sizes for row in measure(size)]
    print(table(rows))
    return rows


def measure(size: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        place, posts = Path(folder), [post(number) for number in range(1, size + 1)]
        cadence, sqlite, tinydb = Cadence(place, posts), SQLite(place, posts), PlainTinyDB(place, posts)
        floor = Floor(place)
        del posts
        chance = random.Random(size)

        def commits(contender: Cadence | SQLite | PlainTinyDB | Floor) -> Callable[[], None]:
            return lambda: contender.commit(chance.randint(1, size))

        fast = {"Cadence": commits(cadence), "SQLite": commits(sqlite), "floor": commits(floor)}
        commit = _take_turns(fast, rounds=200, chance=chance)
        commit |= _take_turns({"plain TinyDB": commits(tinydb)}, rounds=3, chance=chance)
        refresh = _take_turns(
            {"Cadence": cadence.refresh, "SQLite": sqlite.refresh},
            rounds=200,
            chance=chance,
            before=lambda: (fast["Cadence"](), fast["SQLite"]()),
        )
        refresh |= _take_turns({"plain TinyDB": tinydb.refresh}, rounds=3, chance=chance)
        cadence.leave()
        opens = {"Cadence": cadence.open, "SQLite": sqlite.open, "floor": floor.open}
        open_ = _take_turns(opens, rounds=9, chance=chance)
        open_ |= _take_turns({"plain TinyDB": tinydb.open}, rounds=3, chance=chance)
        return [Row("commit", size, commit), Row("refresh", size, refresh), Row("open", size, open_)]


def _take_turns(
    contenders: dict[str, Callable[[], None]],
    *,
    rounds: int,
    chance: random.Random,
    before: Callable[[], object] = lambda: None,
) -> dict[str, float]:
    """The median of each in milliseconds, without the garbage collector's moods."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            before()
            for name in chance.sample(list(contenders), len(contenders)):
                start = time.perf_counter()
                contenders[name]()
                times[name].append(time.perf_counter() - start)
    finally:
        gc.enable()
    return {name: statistics.median(taken) * 1000 for name, taken in times.items()}


def table(rows: list[Row]) -> str:
    names = ("Cadence", "SQLite", "plain TinyDB", "floor")
    lines = [
        "milliseconds          " + "".join(f"{name:>14}" for name in names) + "     ratio",
    ]
    for row in rows:
        figures = "".join(
            f"{row.milliseconds[name]:14.3f}" if name in row.milliseconds else f"{'':14}" for name in names
        )
        beside, most = GOALS[row.operation]
        mark = "ok" if row.is_good else "TOO SLOW"
        lines.append(
            f"{row.operation:8}{row.posts:>8,} posts{figures}     "
            f"{row.ratio:.2f} x {beside} (at most {most}): {mark}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    run(tuple(map(int, sys.argv[1:])) or SIZES)
