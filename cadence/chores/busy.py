"""Reads the calendars of people's day jobs, and keeps what Cadence knows of them up to date.

The network is imported where it is used: a list of what is known needs none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from cadence.ical.busy.addresses import Address, Addresses
from cadence.language import _
from cadence.model.busy import AllDay, BusyCalendar, Reading
from cadence.model.errors import BadInput, CadenceError, Refused
from cadence.operations import busy as operations
from cadence.operations.edit import Who
from cadence.workspace import Done, Workspace

if TYPE_CHECKING:
    from cadence.chores.look import Look
    from cadence.ical.busy.read import LeftOut

BACKGROUND = "Cadence"
"""Signs what happens by itself, so that nobody's undo takes it back."""
LOOK_EVERY = 300.0
"""Seconds between two looks at whether a calendar is due; a tenth more or less, so that many computers do not
ask one server at the same moment."""
_LONGEST_TROUBLE = 300


class Signed(NamedTuple):
    """Who does something, when and why; `by` signs what nobody in particular does."""

    who: Who
    now: datetime
    why: str = ""
    by: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of reading a busy calendar: `done` and the entries that could not be understood, or the
    `trouble`."""

    busy: int
    done: Done | None = None
    left_out: Sequence[LeftOut] = ()
    trouble: CadenceError | None = None


def add(
    workspace: Workspace,
    addresses: Addresses,
    address: Address,
    signed: Signed,
    *,
    all_day: AllDay = "busy",
    label: str = "",
) -> Outcome:
    """Read a calendar, let it count, and keep its address on this computer. BadInput if it cannot be read;
    nothing is stored then."""
    from cadence.chores.look import look_at, zone_of_member
    from cadence.chores.places import label_of, whole_place

    address = replace(address, place=whole_place(address.place))
    calendar = workspace.calendar
    for known in calendar.busy_of(address.member):
        same = _address(addresses, known)
        if same and same.place == address.place:
            raise Refused(
                _("that is busy calendar {number} already", number=known.id),
                _("`cadence busy refresh {number}` reads it again", number=known.id),
            )
    addresses.prepare()
    look = look_at(address, None, zone_of_member(calendar, address.member), all_day, signed.now)
    assert look.reading is not None
    label = label or label_of(address.place)
    outcome = _added(workspace, address.member, label, look.reading, signed, all_day, look.left_out)
    addresses.put(outcome.busy, look.address)
    return outcome


def add_once(
    workspace: Workspace,
    member: int,
    content: bytes,
    label: str,
    signed: Signed,
    *,
    all_day: AllDay = "busy",
) -> Outcome:
    """Let a calendar count that cannot be read again. BadInput if it is none."""
    from cadence.chores.look import reading_at, zone_of_member

    zone = zone_of_member(workspace.calendar, member)
    reading, left_out = reading_at(signed.now, content, zone, all_day, label)
    return _added(workspace, member, label, reading, signed, all_day, left_out)


def change_all_day(
    workspace: Workspace, addresses: Addresses, busy: int, all_day: AllDay, signed: Signed
) -> Outcome:
    """Let all-day entries count otherwise, which takes reading the calendar again. BadInput if that fails."""
    known = operations.busy_calendar(workspace.calendar, busy)
    look = _look(workspace, known, _known_address(addresses, known), all_day, signed.now)
    return _kept(workspace, addresses, known, look, all_day, signed)


def remove(workspace: Workspace, addresses: Addresses, busy: int, signed: Signed) -> Done:
    """A calendar counts no more, and this computer forgets its address."""
    done = workspace.run(operations.remove_busy, busy, **signed._asdict())
    addresses.forget(busy)
    return done


def refresh(
    workspace: Workspace,
    addresses: Addresses,
    signed: Signed,
    *,
    only: Collection[int] = (),
    due: bool = False,
    begin: Callable[[BusyCalendar], object] = lambda known: None,
) -> Iterator[Outcome]:
    """Read calendars again, one by one as they are asked for: all whose address this computer knows, `only`
    some, or those that are `due`. What fails stops none of the others, and what was read before stays.
    `begin` hears of each before it is read."""
    calendar = workspace.calendar
    for known in [operations.busy_calendar(calendar, busy) for busy in only or calendar.busy]:
        try:
            address = _known_address(addresses, known) if only else _address(addresses, known)
            if address and (address.is_due(signed.now) or not due):
                # Whoever asks wants to hear what is left out, which is kept nowhere.
                anew = known.left_out > 0 and not due
                begin(known)
                yield _refresh_one(workspace, addresses, known, address, signed, anew=anew)
        except CadenceError as error:
            yield Outcome(known.id, trouble=error)


def keep_fresh(
    workspace: Workspace,
    folder: Path,
    clock: Callable[[], datetime],
    stop: Event,
    *,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    alone: bool = False,
) -> None:
    """Read every calendar whenever it is due, until `stop` is set; meant for a thread of its own. `folder` is
    that of the addresses; `tell` hears of each calendar that was read, or could not be. `alone`: nobody else
    brings this workspace up to date with what others do."""
    addresses = Addresses(folder, workspace.calendar_id)
    while not stop.is_set():
        if alone:
            workspace.refresh()
        if workspace.readonly is None:
            for outcome in refresh(workspace, addresses, Signed(None, clock(), by=BACKGROUND), due=True):
                tell(outcome)
                if stop.is_set():
                    return
        stop.wait(LOOK_EVERY * random.uniform(0.9, 1.1))


def is_known_here(addresses: Addresses, known: BusyCalendar) -> bool:
    """Whether this computer can read a busy calendar again; BadInput if its address is damaged."""
    return _address(addresses, known) is not None


def _added(
    workspace: Workspace,
    member: int,
    label: str,
    reading: Reading,
    signed: Signed,
    all_day: AllDay,
    left_out: Sequence[LeftOut],
) -> Outcome:
    done = workspace.run(operations.add_busy, member, label, reading, all_day=all_day, **signed._asdict())
    assert done.change is not None
    return Outcome(next(op.id for op in done.change.ops if op.table == "busy"), done, left_out)


def _refresh_one(
    workspace: Workspace,
    addresses: Addresses,
    known: BusyCalendar,
    address: Address,
    signed: Signed,
    *,
    anew: bool,
) -> Outcome:
    try:
        look = _look(workspace, known, address, known.all_day, signed.now, anew=anew)
    except BadInput as error:
        trouble = error
    except Exception as error:
        # Whatever a calendar does to the libraries that read it, the other calendars are read all the same.
        trouble = BadInput(
            _("{label} cannot be read ({error})", label=known.label, error=type(error).__name__)
        )
    else:
        return _kept(workspace, addresses, known, look, known.all_day, signed)
    addresses.put(known.id, replace(address, looked_at=signed.now, failures=address.failures + 1))
    workspace.run(operations.busy_failed, known.id, trouble.message[:_LONGEST_TROUBLE], **signed._asdict())
    return Outcome(known.id, trouble=trouble)


def _look(
    workspace: Workspace,
    known: BusyCalendar,
    address: Address,
    all_day: AllDay,
    now: datetime,
    *,
    anew: bool = False,
) -> Look:
    from cadence.chores.look import look_at, zone_of_member

    zone = zone_of_member(workspace.calendar, known.member)
    return look_at(address, known, zone, all_day, now, anew=anew)


def _kept(
    workspace: Workspace,
    addresses: Addresses,
    known: BusyCalendar,
    look: Look,
    all_day: AllDay,
    signed: Signed,
) -> Outcome:
    if look.reading is None:
        done = workspace.run(operations.confirm_busy, known.id, **signed._asdict())
    else:
        done = workspace.run(
            operations.refresh_busy, known.id, look.reading, all_day=all_day, **signed._asdict()
        )
    addresses.put(known.id, look.address)
    return Outcome(known.id, done, look.left_out)


def _address(addresses: Addresses, known: BusyCalendar) -> Address | None:
    """The address of a busy calendar. In a copy of the calendar the same number may be somebody else's."""
    address = addresses.get(known.id)
    return address if address and address.member == known.member else None


def _known_address(addresses: Addresses, known: BusyCalendar) -> Address:
    if address := _address(addresses, known):
        return address
    raise Refused(
        _(
            "this computer does not know where to read busy calendar {number} ({label})",
            number=known.id,
            label=known.label,
        ),
        _("do it where it was added, or remove it and add it here"),
    )
