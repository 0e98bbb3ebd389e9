"""The checkpoint: `team.json`, the state after some change in TinyDB's own format, so that opening is fast.

    {"_cadence":{"1":{"format":1,"calendar":"9f…","seq":53,"chain":"…","offset":20417,"next":{…},"crc":"…"}},
    "posts":{"1":{…},…},"members":{…}}

It is a cache of the journal: losing it loses nothing. Stock TinyDB opens it. The checksum covers all of it.
"""

import re
import zlib
from dataclasses import dataclass

import msgspec

from cadence.store.protocol import Loaded
from cadence.store.rows import Rows, Tables

FORMAT = 1
MAGIC = b'{"_cadence":{"1":{"format":'
SEAL = re.compile(rb',"crc":"([0-9a-f]{8})"\}\},?$')


class Head(msgspec.Struct):
    """Which change of which calendar the state belongs to, and where the journal goes on from there."""

    format: int
    calendar: str
    seq: int
    chain: str
    offset: int
    next: dict[str, int]
    crc: str = ""


@dataclass(frozen=True)
class Checkpoint:
    head: Head
    tables: Tables

    def loaded(self) -> Loaded:
        return Loaded(self.head.seq, self.tables, self.head.next)


def write(head: Head, tables: Tables) -> list[bytes]:
    """The file, in parts."""
    body = b",".join(msgspec.json.encode(table) + b":" + rows.json() for table, rows in tables.items()) + b"}"
    first = b'{"_cadence":{"1":' + msgspec.json.encode(head).removesuffix(b',"crc":""}')
    crc = zlib.crc32(body, zlib.crc32(first))
    return [first + b',"crc":"%08x"}}' % crc + (b",\n" if tables else b"\n"), body]


def read_head(line: bytes) -> Head | None:
    """The head from the first line alone; None if it is not one."""
    if not line.startswith(MAGIC):
        return None
    try:
        return msgspec.json.decode(line[len(b'{"_cadence":{"1":') :].rstrip(b",\n")[:-1], type=Head)
    except msgspec.MsgspecError:
        return None


def read(data: bytes) -> Checkpoint | None:
    """None if anything is wrong with it: the journal knows better."""
    newline = data.find(b"\n")
    line = data[:newline]
    head, sealed = read_head(line), SEAL.search(line)
    if head is None or sealed is None or head.format != FORMAT:
        return None
    crc = zlib.crc32(memoryview(data)[newline + 1 :], zlib.crc32(line[: sealed.start()]))
    if sealed[1] != b"%08x" % crc:
        return None
    try:
        tables = msgspec.json.decode(data, type=dict[str, dict[str, msgspec.Raw]])
    except msgspec.MsgspecError:
        return None
    del tables["_cadence"]
    return Checkpoint(head, {table: Rows(rows) for table, rows in tables.items()})
