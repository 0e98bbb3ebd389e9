"""One table of a TOML file, read key by key, so that every complaint names its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from cadence.exchange.check import FieldError, checked
from cadence.exchange.files import printable
from cadence.language import _
from cadence.model.errors import BadInput, CadenceError

T = TypeVar("T")
S = TypeVar("S")


class Section:
    """The table at `place` ("team.toml, [[channel]] Blog"). What nobody asks for is an unknown key."""

    def __init__(self, place: str, data: Mapping[str, Any]) -> None:
        self.place = place
        self._data = data
        self._known: dict[str, None] = {}

    def has(self, key: str) -> bool:
        return key in self._data

    def take(self, key: str, parse: Callable[[Any], T], default: T) -> T:
        """The parsed value of a key, or the default if it is not there."""
        self._known[key] = None
        if key not in self._data:
            return default
        try:
            return parse(self._data[key])
        except CadenceError as error:
            raise BadInput(f"{self.place}, {key}: {error.message}", error.remedy) from None

    def need(self, key: str, parse: Callable[[Any], T]) -> T:
        """The parsed value of a key that must be there."""
        if key not in self._data:
            if near := difflib.get_close_matches(key, self._data.keys() - self._known.keys(), n=1):
                raise BadInput(
                    _("{place}: unknown key {key!r}", place=self.place, key=near[0]),
                    _("did you mean {key}?", key=key),
                )
            raise BadInput(_("{place}: {key} is missing", place=self.place, key=key))
        return self.take(key, parse, cast(T, None))

    def section(self, key: str) -> Section:
        """The table under a key; empty if it is not there."""
        data = self.take(key, a_table, {})
        return Section(f"{self.place}, [{key}]", data)

    def sections(self, key: str, *, inside: bool = False) -> list[Section]:
        """The tables of an array, each named by its `name`, or by its number."""
        found: list[Section] = []
        for number, data in enumerate(self.take(key, a_list_of_tables, []), start=1):
            name = data.get("name")
            label = printable(name) if isinstance(name, str) else str(number)
            found.append(Section(f"{self.place}, {key if inside else f'[[{key}]]'} {label}", data))
        return found

    def each(self, parse: Callable[[str, Any], T]) -> list[T]:
        """Every key with its value, where the keys are data themselves."""
        return [self.take(key, lambda value, key=key: parse(key, value), cast(T, None)) for key in self._data]

    def build(self, kind: type[S], fields: Mapping[str, Any]) -> S:
        """The struct of what was taken, after a check that nothing unknown is left."""
        self.finish()
        try:
            return checked(kind, dict(fields))
        except FieldError as error:
            place = f"{self.place}, {error.field}" if error.field else self.place
            raise BadInput(f"{place}: {error.message}", error.remedy) from None

    def finish(self) -> None:
        """BadInput if there is a key that nobody asked for."""
        if error := self._unknown_key():
            raise error

    def _unknown_key(self) -> BadInput | None:
        for key in self._data:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1, cutoff=0.5)
                remedy = (
                    _("did you mean {key}?", key=near[0])
                    if near
                    else _("known here: {names}", names=", ".join(self._known))
                )
                return BadInput(_("{place}: unknown key {key!r}", place=self.place, key=key[:60]), remedy)
        return None


def a_text(value: object) -> str:
    if not isinstance(value, str):
        raise BadInput(_("{value} is not a text", value=_shorten(value)), _('put it in quotes: "..."'))
    return value


def a_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadInput(
            _("{value} is neither true nor false", value=_shorten(value)),
            _("write true or false without quotes"),
        )
    return value


def a_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(_("{value} is not a whole number", value=_shorten(value)))
    return value


def a_list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadInput(_("{value} is not a list", value=_shorten(value)), _("put it in brackets: [ ... ]"))
    return cast(list[Any], value)


def a_table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(_("{value} is not a table", value=_shorten(value)), _("write it as { key = value }"))
    return cast(dict[str, Any], value)


def a_list_of_tables(value: object) -> list[Mapping[str, Any]]:
    return [a_table(item) for item in a_list(value)]


def _shorten(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
