"""What went out: kept beside the calendar, so that nothing is sent twice, whoever sends.

A digest is claimed before it is sent. Of two processes one gets it; one that dies while it sends may have
sent it, so it is not sent again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from cadence.ical.files import replace_file
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.store.files.lock import try_lock, unlock

TRY_AGAIN = timedelta(minutes=5)
LONGEST_REST = timedelta(hours=4)
_MOST_DOUBLINGS = 6
_PATIENCE = 5.0
_NAME = "digests.json"

Moment = Annotated[datetime, Meta(tz=True)]


class Note(Struct, frozen=True, omit_defaults=True):
    """How a member's newest digest stands: that of `period`, begun at a moment. `nothing`: there was nothing
    to say, so nothing was sent. `told` is up to when they have been told; `arrived` are the labels of the
    addresses where it is already, `failures` how often in a row it did not arrive everywhere, `trouble` why.
    `warned` names the warnings that they were told of.
    """

    period: date
    begun: Moment
    state: Literal["sending", "sent", "nothing", "failed"] = "sending"
    told: Moment | None = None
    warned: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    failures: int = 0
    trouble: str = ""

    @property
    def again_at(self) -> datetime | None:
        """When what failed is tried again: soon, then ever more rarely."""
        if self.state != "failed":
            return None
        return self.begun + min(TRY_AGAIN * 2 ** min(self.failures - 1, _MOST_DOUBLINGS), LONGEST_REST)

    def is_over(self, period: date) -> bool:
        """Whether the digest of a period was sent, or is being sent."""
        return self.period > period or (self.period == period and self.state != "failed")

    def may_be_sent(self, period: date, now: datetime) -> bool:
        return not self.is_over(period) and (
            self.again_at is None or self.period < period or now >= self.again_at
        )


class Notes:
    """The notes of one calendar, by member. May be used from several processes and threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> Mapping[int, Note]:
        """BadInput if they are damaged: guessing could send everything twice."""
        path = self._folder / _NAME
        try:
            return msgspec.json.decode(path.read_bytes(), type=dict[int, Note])
        except FileNotFoundError:
            return {}
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise BadInput(
                _("{path} is damaged", path=path),
                _("delete it; a digest of today may then be sent twice"),
            ) from None
        except OSError as error:
            raise self._trouble(error) from None

    def is_open(self, member: int, period: date, now: datetime) -> bool:
        """Whether the digest of a period is still to be sent, and nobody does so right now."""
        known = self.read().get(member)
        return known is None or known.may_be_sent(period, now)

    def claim(self, member: int, period: date, now: datetime) -> Note | None:
        """The right to send the digest of a period, which nobody else gets; None if it was sent, is being
        sent, or failed a moment ago. BadInput, and nothing may be sent, if that cannot be noted."""
        with self._alone():
            notes = self.read()
            known = notes.get(member)
            if known and not known.may_be_sent(period, now):
                return None
            claimed = Note(period, now)
            if known:
                claimed = replace(claimed, told=known.told, warned=known.warned)
            if known and known.period == period:
                claimed = replace(claimed, arrived=known.arrived, failures=known.failures)
            self._write({**notes, member: claimed})
        return claimed

    def conclude(self, member: int, claimed: Note, outcome: Note) -> None:
        """Write down what became of a claim, unless a newer digest was begun meanwhile."""
        with self._alone():
            notes = self.read()
            if notes.get(member) == claimed:
                self._write({**notes, member: outcome})

    def _write(self, notes: Mapping[int, Note]) -> None:
        try:
            replace_file(self._folder / _NAME, msgspec.json.encode(notes))
        except OSError as error:
            raise self._trouble(error) from None

    @contextmanager
    def _alone(self) -> Generator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._folder / "digests.lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise self._trouble(error) from None
        try:
            deadline = time.monotonic() + _PATIENCE
            while not try_lock(lock):
                if time.monotonic() > deadline:
                    raise BadInput(_("another program holds the notes of what was sent"), _("try again"))
                time.sleep(0.002)
            try:
                yield
            finally:
                unlock(lock)
        finally:
            os.close(lock)

    def _trouble(self, error: OSError) -> BadInput:
        return BadInput(
            _(
                "nothing is sent, for it cannot be noted in {folder}: {reason}",
                folder=self._folder,
                reason=error.strerror,
            ),
            _("check the disk and the permissions"),
        )
