"""Which fields of documents differ or meet. A field is a path of keys from the outside in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from cadence.model.change import Change, Document

Field = tuple[str, ...]
WHOLE: Field = ()
"""The document as a whole: it meets every field."""
_META = {"id", "rev", "modified"}


def fields_of(document: Document, prefix: Field = ()) -> Iterator[Field]:
    """The paths of a document's innermost fields, without those that the store keeps."""
    for name, value in document.items():
        if not prefix and name in _META:
            continue
        if isinstance(value, Mapping) and value:
            yield from fields_of(cast("Mapping[str, Any]", value), (*prefix, name))
        else:
            yield (*prefix, name)


def changed_fields(before: Document, after: Document) -> set[Field]:
    """The fields that are not the same in both."""
    paths = {*fields_of(before), *fields_of(after)}
    return {path for path in paths if _at(before, path) != _at(after, path)}


def written_fields(change: Change, table: str, id: int) -> set[Field]:
    """The fields of a document that a change wrote; the whole one when it was added or deleted."""
    ops = [op for op in change.ops if (op.table, op.id) == (table, id)]
    return {field for op in ops for field in (fields_of(op.new) if op.kind == "u" else (WHOLE,))}


def common_field(mine: Iterable[Field], theirs: Iterable[Field]) -> Field | None:
    """A field that is in both, or lies inside one of the other; None if they do not meet."""
    theirs = sorted(theirs)
    for one in sorted(mine):
        for other in theirs:
            if one[: len(other)] == other[: len(one)]:
                return max(one, other, key=len)
    return None


def _at(document: Document, path: Field) -> object:
    value: object = document
    for name in path:
        value = cast("Mapping[str, object]", value).get(name) if isinstance(value, Mapping) else None
    return value
