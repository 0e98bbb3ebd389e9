"""What happened to a document and who did it: what refusals speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cadence.insight.words import time_text
from cadence.language import _
from cadence.model.calendar import SINGLE, Calendar, table_of
from cadence.model.change import Change, Document
from cadence.model.documents import TABLES, Value, kind_of, name_of
from cadence.model.errors import Refused
from cadence.model.fields import WHOLE, Field, changed_fields, common_field, written_fields
from cadence.model.times import to_local, zone_of
from cadence.operations.edit import Edit
from cadence.store import Store, Tx

Key = tuple[str, int]
"""A document: its table and number."""


def key_of(value: Value) -> Key:
    return table_of(value), value.id


@dataclass(frozen=True)
class Past:
    """The history of a calendar as it is now."""

    store: Store
    calendar: Calendar

    def change(self, seq: int) -> Change:
        return next(self.store.history(since=seq, until=seq, newest_first=True))

    def of(self, key: Key) -> Iterator[Change]:
        """The changes of a document, newest first."""
        return self.store.history(table=key[0], id=key[1], newest_first=True)

    def last_change(self, key: Key, field: Field = WHOLE) -> Change | None:
        """The newest change that wrote a field of a document."""
        for change in self.of(key):
            if common_field({field}, written_fields(change, *key)) is not None:
                return change
        return None

    def value(self, key: Key) -> Value | None:
        if key[0] in SINGLE:
            single: Value = getattr(self.calendar, key[0])
            return single
        values: Mapping[int, Value] = getattr(self.calendar, key[0])
        return values.get(key[1])

    def subject(self, key: Key, field: Field) -> str:
        """`post 53 (tasks.review.member)`."""
        value = self.value(key)
        name = name_of(value) if value else f"{kind_of(TABLES[key[0]])} {key[1]}"
        return f"{name} ({'.'.join(field)})" if field else name

    def when(self, change: Change) -> str:
        return time_text(to_local(change.at, zone_of(self.calendar.team.zone)))


def check_unseen(
    past: Past,
    tx: Tx,
    edit: Edit,
    documents: Iterable[tuple[Value, Document]],
    seen: Mapping[Key, int],
) -> None:
    """Refused where an edit would overwrite what somebody changed after it was looked at; `seen` are the
    revisions that were."""
    mine: dict[Key, set[Field]] = {key_of(value): {WHOLE} for value in edit.removes}
    for value, document in documents:
        if (key := key_of(value)) in seen:
            mine[key] = changed_fields(tx.get(*key) or {}, document)
    for key in mine.keys() & seen.keys():
        for change in past.of(key):
            if all(op.rev <= seen[key] for op in change.ops if (op.table, op.id) == key):
                break
            field = common_field(mine[key], written_fields(change, *key))
            if field is not None:
                raise Refused(
                    _(
                        "{subject} was changed after you looked, by {name}, {time}: {why}",
                        subject=past.subject(key, field),
                        name=change.by,
                        time=past.when(change),
                        why=change.why,
                    ),
                    _("look at it as it is now, then try again"),
                )
