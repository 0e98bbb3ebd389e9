"""The documents of a table, as they lie in memory."""

from __future__ import annotations

from collections.abc import ItemsView, Mapping, ValuesView
from typing import Any, cast

import msgspec

Json = dict[str, Any]


class Rows(dict[str, Any]):
    """Documents by their number, as a text. Those that came as JSON stay the bytes that they were, and each
    is made a new dictionary when it is asked for: so ten thousand posts take a third of the memory, and
    hardly any is asked for once the calendar is made of them. `msgspec` writes the bytes as they are."""

    def __getitem__(self, key: str) -> Json:
        row = super().__getitem__(key)
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


Tables = dict[str, Rows]
