"""What can go wrong with a stored calendar. Every message names the place; every remedy says what to do."""

from cadence.language import _
from cadence.model.change import Change
from cadence.model.errors import CadenceError, Refused


class StoreError(CadenceError):
    """The calendar's home has a problem. Nothing was changed unless the subclass says otherwise."""


class Foreign(StoreError):
    """The place holds something that is not a Cadence calendar. It is never touched."""


class Newer(StoreError):
    """The calendar was written by a newer Cadence than this one can understand."""


class Corrupt(StoreError):
    """Bytes that were once acknowledged are missing or different. `offset` is where, in the file `path`."""

    def __init__(self, message: str, remedy: str, *, path: str = "", offset: int = 0) -> None:
        super().__init__(message, remedy)
        self.path = path
        self.offset = offset


class ReadOnly(StoreError):
    """The calendar can be read but not changed from here; the message says why."""


class Busy(StoreError):
    """Somebody else has been writing for longer than we were willing to wait."""


class WriteFailed(StoreError):
    """The disk refused (full, broken, over quota). The change was taken back; nothing is half-written."""


class OutcomeUnknown(StoreError):
    """The disk failed so badly that nobody can say yet whether the change `tx` is stored."""

    def __init__(self, message: str, remedy: str, *, tx: str) -> None:
        super().__init__(message, remedy)
        self.tx = tx


class LockBroken(StoreError):
    """Two programs wrote at once although each held the lock: locks do not work where the file is."""


class Conflict(Refused):
    """Somebody else changed what this change is about.

    `table`, `id` and `path` (the field, as keys from the outside in; empty for the whole document) say what;
    `change` is the newest change that did it, if it is known.
    """

    def __init__(self, table: str, id: int, path: tuple[str, ...], change: Change | None) -> None:
        what = f"{table} {id}" + (f" ({'.'.join(path)})" if path else "")
        if change is None:
            message = _("{what} was changed by somebody else", what=what)
        else:
            when = change.at.strftime("%Y-%m-%d %H:%M UTC")
            message = _(
                "{what} was changed by {by} on {when}: {why}",
                what=what,
                by=change.by,
                when=when,
                why=change.why or _("no reason given"),
            )
        super().__init__(message, _("look at it as it is now, then try again"))
        self.table = table
        self.id = id
        self.path = path
        self.change = change
