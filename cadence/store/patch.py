"""JSON Merge Patch (RFC 7396): what differs between two documents, in both directions, and applying it.

Documents never hold null, so that a null in a patch always means "this field goes away" and every patch
has an exact inverse. Lists are values as a whole.
"""

import math
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from cadence.model.errors import BadInput
from cadence.store.protocol import META

Json = dict[str, Any]
LARGEST = 2**63 - 1


def content(document: Mapping[str, Any]) -> Json:
    """A deep copy of a document without the store's own fields. BadInput if it is not plain JSON data."""
    if not isinstance(cast(object, document), Mapping):
        raise BadInput(f"a document must be a mapping, not {type(document).__name__}")
    return {key: _plain(value, key) for key, value in document.items() if _is_key(key) and key not in META}


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Json, Json]:
    """The two patches (forth, back): `apply(before, forth) == after` and `apply(after, back) == before`.
    Both are empty exactly when the documents are equal; otherwise both have the same keys."""
    forth: Json = {}
    back: Json = {}
    for key in {**before, **after}:
        if key in META:
            continue
        old, new = _object(before.get(key)), _object(after.get(key))
        if old is not None and new is not None:
            inner_forth, inner_back = diff(old, new)
            if inner_forth:
                forth[key], back[key] = inner_forth, inner_back
        elif not same(before.get(key), after.get(key)):
            forth[key], back[key] = after.get(key), before.get(key)
    return forth, back


def apply(document: Mapping[str, Any], patch: Mapping[str, Any]) -> Json:
    """The document after the patch; the given one stays as it is."""
    result = dict(document)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif (inner := _object(value)) is not None:
            result[key] = apply(_object(result.get(key)) or {}, inner)
        else:
            result[key] = value
    return result


def changed_since(document: Mapping[str, Any], forth: Json, back: Json) -> tuple[str, ...] | None:
    """The path of a field that no longer is what the patch `forth` made it, or None when all still are.

    `back` tells how deep to compare: where the patch reached into an existing object only the fields that it
    wrote count, where it put a whole value in place the whole value counts.
    """
    for key, wrote in forth.items():
        inner_forth, inner_back = _object(wrote), _object(back.get(key))
        if inner_forth is not None and inner_back is not None:
            now = _object(document.get(key))
            inner = () if now is None else changed_since(now, inner_forth, inner_back)
            if inner is not None:
                return (key, *inner)
        elif not same(document.get(key), wrote):
            return (key,)
    return None


def touches(patch: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    """Whether a patch writes the field at `path`, something inside it, or something around it."""
    if not path:
        return True
    key, *inner = path
    if key not in patch:
        return False
    inside = _object(patch[key])
    return inside is None or touches(inside, tuple(inner))


def _object(value: object) -> Json | None:
    return cast(Json, value) if isinstance(value, dict) else None


def same(one: object, other: object) -> bool:
    """Equal as JSON: unlike in Python, `1`, `1.0` and `true` are three values."""
    if one != other:
        return False
    if isinstance(one, str) or one is None:
        return True
    return msgspec.json.encode(one, order="sorted") == msgspec.json.encode(other, order="sorted")


def _plain(value: object, place: str) -> Any:
    match value:
        case bool():
            return value
        case str():
            return _text(value, place)
        case int() if -LARGEST <= value <= LARGEST:
            return value
        case float() if math.isfinite(value):
            return value
        case Mapping():
            items = cast(Mapping[str, object], value).items()
            return {key: _plain(inner, f"{place}.{key}") for key, inner in items if _is_key(key)}
        case list() | tuple():
            return [_plain(inner, place) for inner in cast(list[object], value)]
        case None:
            raise BadInput(f"{place}: a stored document never holds null", "leave the field out")
        case _:
            raise BadInput(f"{place}: {str(value)[:40]!r} ({type(value).__name__}) cannot be stored as JSON")


def _is_key(key: object) -> bool:
    if not isinstance(key, str):
        raise BadInput(f"the key {key!r} of a document must be text")
    _text(key, key)
    return True


def _text(value: str, place: str) -> str:
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            shown = ascii(place)[1:41]
            raise BadInput(f"{shown}: the text holds half a character (a lone surrogate)") from None
    return value
