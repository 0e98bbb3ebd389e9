"""Tells members what is theirs: makes their digests, and sends each once to where they want it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import cached_property, reduce
from pathlib import Path
from threading import Event
from typing import Literal, NamedTuple

from msgspec.structs import replace

from cadence.chores.digest_addresses import DigestAddresses, Places
from cadence.chores.digest_notes import Note, Notes
from cadence.insight.digest import Matter, Message, digest
from cadence.insight.digest_times import has_to_wait, last_due, next_due
from cadence.insight.warnings import Warning
from cadence.language import _
from cadence.model.change import Change
from cadence.model.errors import BadInput, CadenceError
from cadence.model.team import Member
from cadence.model.times import DAY, WEEK
from cadence.workspace import Workspace

LOOK_EVERY = 120.0
"""Seconds between two looks at whether a digest is due."""
_PAGE = 200


class Outcome(NamedTuple):
    """What came of a digest that was due: sent to these addresses (their labels), to none because there was
    `nothing` to say, or not everywhere, with the `trouble`."""

    member: int
    state: Literal["sent", "nothing", "failed"]
    to: tuple[str, ...] = ()
    trouble: CadenceError | None = None


class Writer:
    """Makes the digests of one moment; what all of them look at is looked at once."""

    def __init__(self, workspace: Workspace, now: datetime) -> None:
        self._workspace = workspace
        self._calendar = workspace.calendar
        self._now = now

    def message(self, member: Member, note: Note | None) -> Message | None:
        """What there is to tell a member; None: nothing. `note` says what they have been told; where it does
        not, it is what happened since the last digest would have been."""
        from cadence.planner.explaining.askable import to_answer

        since = (note and note.told) or self._now - (DAY if member.digest.every == "daily" else WEEK)
        tells = member.digest.tells
        matter = Matter(
            offers=to_answer(self._calendar, member.id, self._now) if tells("offers") else (),
            warnings=self._warnings if tells("warnings") else (),
            changes=self._changes(),
            warned=note.warned if note else (),
        )
        return digest(self._calendar, member, since, self._now, matter)

    @cached_property
    def _warnings(self) -> Sequence[Warning]:
        from cadence.planner.explaining.advice import advised_warnings

        return advised_warnings(self._calendar, self._now)

    def _changes(self) -> Iterator[Change]:
        """The newest first, read from the disk as far as somebody wants to go back."""
        until: int | None = self._calendar.seq
        while until and (page := self._workspace.history(until=until, limit=_PAGE)):
            yield from page
            until = page[-1].seq - 1


def notes_of(workspace: Workspace, addresses: DigestAddresses) -> Notes:
    """What went out: noted beside the calendar or, where it has no place for that, beside the addresses."""
    return Notes(workspace.notes or addresses.folder)


class Standing(NamedTuple):
    """How the digest of a member stands: the labels of the addresses that this computer knows, the `note` of
    the newest one, since when one is `due` that is not sent (None: none is), whether it `has_to_wait` for the
    quiet hours or a free day to end, and when the `next` one is due."""

    member: Member
    to: tuple[str, ...]
    note: Note | None
    due: datetime | None
    has_to_wait: bool
    next: datetime | None


def standing_of(workspace: Workspace, addresses: DigestAddresses, member: Member, now: datetime) -> Standing:
    """How the digest of a member stands."""
    calendar, places = workspace.calendar, addresses.get(member.id)
    note = notes_of(workspace, addresses).read().get(member.id)
    due = last_due(calendar, member, now)
    return Standing(
        member,
        tuple(places.labelled()) if places else (),
        note,
        due.at if due and not (note and note.is_over(due.period)) else None,
        has_to_wait(calendar, member, now),
        next_due(calendar, member, now),
    )


def send_due(
    workspace: Workspace, addresses: DigestAddresses, now: datetime, *, only: Collection[int] = ()
) -> Iterator[Outcome]:
    """Send every digest that is due and was not sent, to the addresses that this computer knows; `only` to
    some members. One that fails stops none of the others, and is tried again later. BadInput where none can
    be sent."""
    from cadence.chores.sending import check_apprise

    notes, writer = notes_of(workspace, addresses), Writer(workspace, now)
    for member in list(workspace.calendar.members.values()):
        if only and member.id not in only:
            continue
        due = last_due(workspace.calendar, member, now)
        if due is None or has_to_wait(workspace.calendar, member, now):
            continue
        try:
            places = addresses.get(member.id)
        except BadInput as error:
            yield Outcome(member.id, "failed", trouble=error)
            continue
        if places is None or not notes.is_open(member.id, due.period, now):
            continue
        check_apprise()
        if claimed := notes.claim(member.id, due.period, now):
            yield _send(writer, member, places, notes, claimed)


def keep_sending(
    workspace: Workspace,
    folder: Path,
    clock: Callable[[], datetime],
    stop: Event,
    *,
    tell: Callable[[str], None] = lambda trouble: None,
    alone: bool = False,
) -> None:
    """Send every digest when it is due, until `stop` is set; meant for a thread of its own. `folder` is that
    of the addresses; `tell` hears what went wrong. `alone`: nobody else brings this workspace up to date with
    what others do."""
    addresses, told = DigestAddresses(folder, workspace), ""
    while not stop.is_set():
        if alone:
            workspace.refresh()
        try:
            for outcome in send_due(workspace, addresses, clock()):
                if outcome.trouble:
                    tell(str(outcome.trouble))
                if stop.is_set():
                    return
            told = ""
        except BadInput as error:
            # Nothing can be sent at all, which is said once and not at every look.
            if str(error) != told:
                told = str(error)
                tell(told)
        stop.wait(LOOK_EVERY)


def _send(writer: Writer, member: Member, places: Places, notes: Notes, claimed: Note) -> Outcome:
    """Send what was claimed, and note what became of it."""
    try:
        message = writer.message(member, claimed)
    except Exception as error:
        # Whatever is wrong with one digest, the others are sent all the same.
        return _failed(
            member, notes, claimed, _("it could not be made ({error})", error=type(error).__name__)
        )
    arrived, missing = _deliver(message, places, claimed.arrived) if message else ((), ())
    if missing:
        before = replace(claimed, arrived=(*claimed.arrived, *arrived))
        trouble = _("{places} did not take it", places=_listed(missing))
        return _failed(member, notes, claimed, trouble, before)
    state = "sent" if message else "nothing"
    warned = message.warned if message else claimed.warned
    sent = Note(claimed.period, claimed.begun, state, told=claimed.begun, warned=warned)
    notes.conclude(member.id, claimed, sent)
    return Outcome(member.id, state, arrived)


def _failed(member: Member, notes: Notes, claimed: Note, trouble: str, so_far: Note | None = None) -> Outcome:
    failed = replace(so_far or claimed, state="failed", failures=claimed.failures + 1, trouble=trouble)
    notes.conclude(member.id, claimed, failed)
    error = BadInput(
        _("the digest of {name}: {trouble}", name=member.name, trouble=trouble),
        _("it is tried again by itself"),
    )
    return Outcome(member.id, "failed", failed.arrived, error)


def _listed(labels: Sequence[str]) -> str:
    return reduce(lambda one, other: _("{one} and {other}", one=one, other=other), labels)


def _deliver(
    message: Message, places: Places, arrived: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where a message arrived now, and where it did not."""
    from cadence.chores.sending import send

    sent = {
        label: send(url, message.subject, message.text)
        for label, url in places.labelled().items()
        if label not in arrived
    }
    return tuple(filter(sent.get, sent)), tuple(label for label in sent if not sent[label])
