"""Where a calendar lives. `open_store` gives a `Store`; what is behind it stays behind it."""

from cadence.store.errors import (
    Busy,
    Conflict,
    Corrupt,
    Foreign,
    LockBroken,
    Newer,
    OutcomeUnknown,
    ReadOnly,
    StoreError,
    WriteFailed,
)
from cadence.store.opening import (
    create_store,
    is_taken,
    open_store,
    rescue_into,
    restore_into,
    verify_calendar,
)
from cadence.store.protocol import News, Problem, Reloaded, Report, Store, Tx

__all__ = [
    "Busy",
    "Conflict",
    "Corrupt",
    "Foreign",
    "LockBroken",
    "Newer",
    "News",
    "OutcomeUnknown",
    "Problem",
    "ReadOnly",
    "Reloaded",
    "Report",
    "Store",
    "StoreError",
    "Tx",
    "WriteFailed",
    "create_store",
    "is_taken",
    "open_store",
    "rescue_into",
    "restore_into",
    "verify_calendar",
]
