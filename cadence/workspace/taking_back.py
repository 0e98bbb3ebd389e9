"""Taking a change back, unless somebody has built upon it."""

from __future__ import annotations

from cadence.language import _
from cadence.model.change import Change
from cadence.model.documents import TABLES, Value, decode
from cadence.model.errors import Refused
from cadence.operations.edit import Edit
from cadence.operations.integrity import Broken, check_taken_back
from cadence.operations.undoing import InTheWay
from cadence.store import Conflict, Tx
from cadence.workspace.past import Past


def take_back(past: Past, tx: Tx, target: Change) -> str:
    """Undo `target` (an undo: do again what it undid) in the open transaction; returns what that was, for
    people. Refused, saying who did it, when the calendar would not be whole without it."""
    try:
        tx.undo(target.seq)
        _check_whole_without(past, tx, target)
    except Conflict as conflict:
        what = past.subject((conflict.table, conflict.id), conflict.path)
        raise _built_upon(past, target, what, conflict.change) from None
    except Broken as broken:
        culprit = past.last_change(broken.culprit, broken.field)
        raise _built_upon(past, target, broken.message, culprit) from None
    if target.undoes is None:
        return _("Undid change {number}: {why}", number=target.seq, why=target.why)
    again = past.change(target.undoes)
    return _("Redid change {number}: {why}", number=again.seq, why=again.why)


def no_difference(target: Change) -> Refused:
    return Refused(
        _("undoing change {number} makes no difference", number=target.seq), _("nothing is left of it")
    )


def _check_whole_without(past: Past, tx: Tx, target: Change) -> None:
    puts: list[Value] = []
    removes: list[Value] = []
    for table, id in {(op.table, op.id) for op in target.ops if op.table in TABLES}:
        document = tx.get(table, id)
        if document is not None:
            puts.append(decode(TABLES[table], document))
        elif (before := past.value((table, id))) is not None:
            removes.append(before)
    check_taken_back(past.calendar, Edit("", tuple(puts), tuple(removes)))


def _built_upon(past: Past, target: Change, what: str, change: Change | None) -> Refused:
    if change is None:
        return Refused(
            _(
                "change {number} cannot be undone, somebody has built upon it: {what}",
                number=target.seq,
                what=what,
            ),
            _("change it by hand"),
        )
    return InTheWay(
        _(
            "change {number} cannot be undone, somebody has built upon it: {what} "
            "(change {later} by {name}, {time}: {why})",
            number=target.seq,
            what=what,
            later=change.seq,
            name=change.by,
            time=past.when(change),
            why=change.why,
        ),
        _("undo change {number} first, or change it by hand", number=change.seq),
        change,
    )
