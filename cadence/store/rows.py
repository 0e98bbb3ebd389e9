"""The documents of a table, as they lie in memory."""

from __future__ import annotations

import zlib
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from itertools import groupby
from typing import Any, cast

import msgspec

Json = dict[str, Any]

IN_A_PACK = 64
"""Rows that are packed together. What one of them costs to read, 0.2 ms, grows with it; what a row takes in
memory shrinks with it."""
SMALL = 4 * IN_A_PACK
"""Fewer rows are not worth packs. Tables of fewer are left as they are: those of the team, which everything
asks for."""


class Pack:
    """Some rows that are asked for hardly ever: compressed JSON by their number."""

    __slots__ = ("_data",)

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self._data = zlib.compress(msgspec.json.encode(rows), 1)

    def rows(self) -> dict[str, msgspec.Raw]:
        return msgspec.json.decode(zlib.decompress(self._data), type=dict[str, msgspec.Raw])


class Rows(dict[str, Any]):
    """Documents by their number, as a text. Those that came as JSON stay the bytes that they were, and each
    is made a new dictionary when it is asked for: so ten thousand posts take a third of the memory, and
    hardly any is asked for once the calendar is made of them. From then on they may be packed, to a tenth of
    that."""

    _unpacked: tuple[Pack | None, dict[str, msgspec.Raw]] = (None, {})
    """The pack that was read last: whoever goes through all rows opens each once."""

    def __getitem__(self, key: str) -> Json:
        row = super().__getitem__(key)
        if isinstance(row, Pack):
            row = self._rows_of(row)[key]
        return msgspec.json.decode(row, type=Json) if isinstance(row, msgspec.Raw) else row

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self[key]
        except KeyError:
            return default

    def items(self) -> ItemsView[str, Json]:  # type: ignore[override]
        return ItemsView(self)

    def values(self) -> ValuesView[Json]:  # type: ignore[override]
        return ValuesView(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(cast("Mapping[str, Json]", other).items())

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]

    def pack(self) -> None:
        """Pack the rows that are not, and let go of the file that they were read from."""
        loose = [key for key, row in super().items() if not isinstance(row, Pack)]
        if len(loose) < SMALL:
            lean = _own if len(self) < SMALL else _alone
            self.update((key, lean(super(Rows, self).__getitem__(key))) for key in loose)
            return
        for start in range(0, len(loose), IN_A_PACK):
            keys = loose[start : start + IN_A_PACK]
            pack = Pack({key: super(Rows, self).__getitem__(key) for key in keys})
            self.update(dict.fromkeys(keys, pack))

    def json(self) -> bytes:
        """As they are written."""
        return b"{" + b",".join(self._parts()) + b"}"

    def _parts(self) -> Iterator[bytes]:
        """Without their braces: all that are not packed between two that are, or some of one pack."""
        for pack, group in groupby(super().items(), key=_pack_of):
            rows = self._rows_of(pack) if pack else None
            yield msgspec.json.encode({key: rows[key] if rows else row for key, row in group})[1:-1]

    def _rows_of(self, pack: Pack) -> dict[str, msgspec.Raw]:
        known, rows = self._unpacked
        if known is not pack:
            rows = pack.rows()
            self._unpacked = pack, rows
        return rows


def _own(row: Any) -> Any:
    """Some bytes of a file hold the whole file in memory."""
    return row.copy() if isinstance(row, msgspec.Raw) else row


def _alone(row: Any) -> msgspec.Raw:
    """A dictionary takes five times as much as its JSON."""
    return row.copy() if isinstance(row, msgspec.Raw) else msgspec.Raw(msgspec.json.encode(row))


def _pack_of(item: tuple[str, Any]) -> Pack | None:
    return item[1] if isinstance(item[1], Pack) else None


Tables = dict[str, Rows]
