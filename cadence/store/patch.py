"""JSON Merge Patch (RFC 7396): what differs between two documents, in both directions, and applying it.

Documents never hold null, so that a null in a patch always means "this field goes away" and every patch
has an exact inverse. Lists are values as a whole.
"""

import math
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from cadence.language import _
from cadence.model.errors import BadInput
from cadence.store.protocol import META

Json = dict[str, Any]


def content(document: Mapping[str, Any]) -> Json:
    """A deep copy of a document without the store's own fields. BadInput if it is not plain JSON data.

    Through JSON and back is ten times as fast as looking at every value, and whatever comes back the same was
    plain. Only the rest is looked at, for an exact refusal (or a copy, if it is only a tuple or the like).
    """
    copy = _through_json(document)
    if copy is None:
        copy = _plain_document(document)
    return {key: value for key, value in copy.items() if key not in META}


def _through_json(document: object) -> Json | None:
    """The copy, if it is the same in every respect and holds no null."""
    try:
        encoded = msgspec.json.encode(document)
        copy = msgspec.json.decode(encoded)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return None
    return _object(copy) if copy == document and b"null" not in encoded else None


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Json, Json]:
    """The two patches (forth, back): `apply(before, forth) == after` and `apply(after, back) == before`.
    Both are empty exactly when the documents are equal; otherwise both have the same keys."""
    forth: Json = {}
    back: Json = {}
    for key, new in after.items():
        old = before.get(key)
        if old is new or key in META or same(old, new):
            continue
        inner_old, inner_new = _object(old), _object(new)
        if inner_old is not None and inner_new is not None:
            forth[key], back[key] = diff(inner_old, inner_new)
        else:
            forth[key], back[key] = new, old
    for key, old in before.items():
        if key not in after and key not in META:
            forth[key], back[key] = None, old
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
    """Equal as JSON: unlike in Python, `1`, `1.0` and `true` are three values, also inside of others."""
    if one is other:
        return True
    if type(one) is not type(other) or one != other:
        return False
    return not isinstance(one, dict | list) or _sorted(one) == _sorted(other)


_sorted = msgspec.json.Encoder(order="sorted").encode


def _plain_document(document: object) -> Json:
    if not isinstance(document, Mapping):
        raise BadInput(_("a document must be a mapping, not {name}", name=type(document).__name__))
    try:
        return _plain(cast(object, document), ())
    except RecursionError:
        raise BadInput(_("a document is nested too deeply")) from None


def _plain(value: object, place: tuple[str, ...]) -> Any:
    match value:
        case str():
            return _text(value, place)
        case bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case Mapping():
            items = cast(Mapping[object, object], value).items()
            return {_key(key): _plain(inner, (*place, _key(key))) for key, inner in items}
        case list() | tuple():
            return [_plain(inner, place) for inner in cast(list[object], value)]
        case None:
            raise BadInput(
                _("{place}: a stored document never holds null", place=_shown(place)),
                _("leave the field out"),
            )
        case _:
            kind = type(value).__name__
            raise BadInput(
                _(
                    "{place}: {value!r} ({kind}) cannot be stored as JSON",
                    place=_shown(place),
                    value=str(value)[:40],
                    kind=kind,
                )
            )


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise BadInput(_("the key {key!r} of a document must be text", key=key))
    return _text(key, (key,))


def _text(value: str, place: tuple[str, ...]) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput(
            _("{place}: the text holds half a character (a lone surrogate)", place=_shown(place))
        ) from None
    return value


def _shown(place: tuple[str, ...]) -> str:
    return ascii(".".join(place))[1:-1][:60]
