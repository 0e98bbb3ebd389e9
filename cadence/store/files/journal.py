"""The journal's format: one line of JSON per change, each sealed with a checksum that continues the last one.

    {"cadence_journal":1,"calendar":"9f…","schema":1,"min_reader":1,"min_writer":1,"crc":"d8b73e6c"}
    {"seq":1,"at":"2026-11-23T09:00:00Z","by":"Anna","why":"…","ops":[["i","posts",1,1,{…},{}]],…,"crc":"1f00aa37"}

A line is there whole or it is not: that makes a change atomic. The chained CRC-32 shows flipped bits, lines
that are missing, moved or from another journal. It detects accidents, not forgers.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from cadence.language import _, later
from cadence.model.change import Change, Op
from cadence.store.errors import Corrupt, Foreign, Newer

FORMAT = 1
MAGIC = b'{"cadence_journal":'
SEAL_SIZE = len(b',"crc":"00000000"}\n')
LOOKS_LIKE_A_CHANGE = re.compile(rb'\{"seq":\d+,"at":"')
RESTORE = later("see `cadence verify`; then `cadence rescue NEW` saves what is intact; nothing was changed")

_encode = msgspec.json.Encoder().encode
_decode_change = msgspec.json.Decoder(Change).decode


class _Made(msgspec.Struct):
    """What of a change is read to know when it was made."""

    at: datetime


_decode_made = msgspec.json.Decoder(_Made).decode


class _Outline(msgspec.Struct):
    """A change whose operations are not read yet."""

    seq: int
    at: datetime
    by: str
    why: str
    ops: tuple[msgspec.Raw, ...]
    undoes: int | None = None
    tx: str = ""
    host: str = ""


_decode_outline = msgspec.json.Decoder(_Outline).decode
_decode_op = msgspec.json.Decoder(Op).decode
LONG = 1 << 16
"""Bytes of a change from which on it matters that not all of it is read."""


@dataclass(frozen=True)
class Header:
    """The first line: which calendar this is and what it was created with."""

    calendar_id: str
    versions: Mapping[str, int]
    size: int
    chain: int


@dataclass(frozen=True)
class Position:
    """A place between two lines: the byte, and the checksum and sequence number that the next line continues.
    `last_line` is the line that ends here (empty at the first one)."""

    end: int
    chain: int
    seq: int
    last_line: bytes = b""


@dataclass(frozen=True)
class Scan:
    """What a stretch of the journal holds: the changes, where they end, and the bytes after them that are not
    (yet) a change."""

    at: Position
    changes: list[Change]
    rest: bytes

    @property
    def is_damaged(self) -> bool:
        """Bytes that are no change, with something after them that looks like one: no crash leaves that."""
        return LOOKS_LIKE_A_CHANGE.search(self.rest, 1) is not None


def seal(body: bytes, chain: int) -> tuple[bytes, int]:
    """The line for a JSON object, and the checksum that the next line continues."""
    chain = zlib.crc32(body, chain)
    return body[:-1] + b',"crc":"%08x"}\n' % chain, chain


def unseal(line: bytes, chain: int) -> tuple[bytes, int] | None:
    """The JSON object of a line, or None if the line is not what was sealed there."""
    body = line[:-SEAL_SIZE] + b"}"
    sealed, chain = seal(body, chain)
    return (body, chain) if sealed == line else None


def chain_of(line: bytes) -> int:
    """The checksum that stands at the end of a line, or of the last of several."""
    digits = line[-11:-3]
    return int(digits, 16) if re.fullmatch(rb"[0-9a-f]{8}", digits) else 0


def write_header(calendar_id: str, versions: Mapping[str, int]) -> bytes:
    line, _chain = seal(_encode({"cadence_journal": FORMAT, "calendar": calendar_id, **versions}), 0)
    return line


def read_header(data: bytes, path: str) -> Header:
    """Foreign, Newer or Corrupt if the first line is not one that this program can go by."""
    if not data.startswith(MAGIC):
        raise Foreign(
            _("{path} is not a Cadence journal", path=path),
            _("choose another name; the file was not touched"),
        )
    line = data[: data.find(b"\n") + 1]
    opened = unseal(line, 0)
    if opened is None:
        raise Corrupt(_("{path} is damaged in its first line", path=path), _(RESTORE), path=path)
    body, chain = opened
    fields = msgspec.json.decode(body, type=dict[str, int | str])
    if fields["cadence_journal"] != FORMAT:
        raise Newer(
            _("{path} is written by a newer Cadence", path=path), _("update Cadence on this computer")
        )
    versions = {name: value for name, value in fields.items() if isinstance(value, int)}
    return Header(str(fields["calendar"]), versions, len(line), chain)


def write_change(change: Change, chain: int) -> tuple[bytes, int]:
    return seal(_encode(change), chain)


def read_change(body: bytes, path: str, offset: int, most: int | None = None) -> Change:
    """Of a long change not more than `most` operations. Newer for a line that is intact and still not
    understood."""
    try:
        return _decode_change(body) if most is None or len(body) < LONG else _beginning(body, most)
    except msgspec.MsgspecError as error:
        raise Newer(
            _(
                "{path}, byte {byte}: a change that this Cadence does not understand ({error})",
                path=path,
                byte=offset,
                error=error,
            ),
            _("update Cadence on this computer"),
        ) from None


def _beginning(body: bytes, most: int) -> Change:
    read = _decode_outline(body)
    ops = tuple(_decode_op(op) for op in read.ops[:most])
    more = len(read.ops) - len(ops)
    return Change(read.seq, read.at, read.by, read.why, ops, read.undoes, read.tx, read.host, more)


def time_of(body: bytes) -> datetime:
    """When a change was made that reads as one."""
    return _decode_made(body).at


def scan(data: bytes, start: Position, path: str) -> Scan:
    """Read the changes in `data`, which begins at `start`, as far as they are intact and in order."""
    changes: list[Change] = []
    at, taken = start, 0
    while newline := data.find(b"\n", taken) + 1:
        line = data[taken:newline]
        opened = unseal(line, at.chain)
        if opened is None:
            break
        body, chain = opened
        change = read_change(body, path, at.end)
        if change.seq != at.seq + 1:
            break
        changes.append(change)
        at = Position(at.end + len(line), chain, change.seq, line)
        taken = newline
    return Scan(at, changes, data[taken:])
