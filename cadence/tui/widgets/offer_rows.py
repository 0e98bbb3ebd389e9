"""All that is on offer as rows: what waits for an answer, what one could take, what one offered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from cadence.insight.offers import Handover, is_asked, last_day, offers, state_of, today_of
from cadence.insight.takeable import Taking, taking
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import Offer, TaskRef
from cadence.model.words import the_task
from cadence.operations.swapping import swapped
from cadence.planner.explaining.obstacles import obstacle
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.names import short_names
from cadence.tui.widgets.my_week_rows import NoteRow, TitleRow

LATELY = timedelta(days=14)
"""So long a hand-over is told of."""

Part = Literal["asked", "swap", "anyone", "mine", "others", "between", "ended"]
"""Where an offer stands: to the viewer by name; a swap with them; to anyone; their own; to others by name; a
swap between others; over, and its owner's as before."""


@dataclass(frozen=True)
class OfferRow:
    """A task on offer. `taking` is what it does to the viewer's week, None where they are not asked; they
    cannot take it for a `hindrance`, or `said_no` already, and may still change their mind."""

    ref: TaskRef
    part: Part
    until: date
    taking: Taking | None = None
    hindrance: str = ""
    said_no: bool = False

    @property
    def can_take(self) -> bool:
        return self.taking is not None and not self.hindrance


@dataclass(frozen=True)
class HandedRow:
    """A task changed hands lately; `can_return`: the viewer has it from somebody, and it is still to do."""

    handover: Handover
    can_return: bool

    @property
    def ref(self) -> TaskRef:
        return self.handover.ref


Row = TitleRow | NoteRow | OfferRow | HandedRow


def offer_rows(
    calendar: Calendar,
    viewer: int | None,
    now: datetime,
    keep: PostFilter = EVERYTHING,
    handed: Sequence[Handover] = (),
) -> list[Row]:
    """The rows of the posts that a filter keeps; `handed` is what changed hands, newest first."""
    today = today_of(calendar, now)
    found = [
        _offer(calendar, ref, viewer, today)
        for ref in offers(calendar, today)
        if keep.keeps(calendar.posts[ref.post]) and state_of(calendar, ref, today)
    ]
    rows: list[Row] = []
    for part in _PARTS:
        if own := sorted((row for row in found if row.part == part), key=_order):
            rows += [NoteRow("")] if rows else []
            rows.append(_title(part, own))
            for row in own:
                rows.append(row)
                if text := terms(calendar, row):
                    rows.append(NoteRow(text))
    lately = [
        row for row in _handed(calendar, viewer, now, handed) if keep.keeps(calendar.posts[row.ref.post])
    ]
    if lately:
        rows += [NoteRow("")] if rows else []
        rows += [TitleRow(_("Changed hands lately"), _("r gives back what you took")), *lately]
    return rows


_PARTS: tuple[Part, ...] = ("asked", "swap", "anyone", "mine", "others", "between", "ended")


def _order(row: OfferRow) -> tuple[bool, bool, date, TaskRef]:
    """What one could take first, then by the days on which the offers end."""
    return not row.can_take, row.said_no, row.until, row.ref


def _title(part: Part, rows: Sequence[OfferRow]) -> TitleRow:
    number = len(rows)
    match part:
        case "asked":
            return TitleRow(_("Offered to you"), _("c takes it, D declines"), "warn")
        case "swap":
            return TitleRow(_("Swaps with you"), _("one task for another: c agrees, D declines"), "warn")
        case "anyone":
            able = sum(row.can_take for row in rows)
            could = n_("{number} that you could take", "{number} that you could take", able)
            could = could if able else _("none that you could take")
            return TitleRow(_("To anyone"), could if any(row.taking for row in rows) else "")
        case "mine":
            return TitleRow(_("Offered by you"), _("yours until taken: o changes it, d takes it off offer"))
        case "others":
            return TitleRow(_("To others"), n_("{number} task", "{number} tasks", number))
        case "between":
            return TitleRow(_("Swaps of others"), _("one task for another"))
        case "ended":
            return TitleRow(_("Ended"), _("nobody took it: its owner keeps it"))


def _offer(calendar: Calendar, ref: TaskRef, viewer: int | None, today: date) -> OfferRow:
    task = calendar.task(ref)
    offer = task.offer
    assert offer is not None, "only tasks on offer are listed"
    until = last_day(calendar, ref)
    if viewer is not None and task.member == viewer:
        return OfferRow(ref, "mine", until)
    if state_of(calendar, ref, today) != "open":
        return OfferRow(ref, "ended", until)
    part = _part(offer, viewer)
    if viewer is None or not is_asked(task, viewer):
        return OfferRow(ref, part, until)
    return OfferRow(
        ref,
        part,
        until,
        taking(calendar, ref, viewer),
        hindrance(calendar, ref, viewer, today),
        viewer in offer.declined,
    )


def _part(offer: Offer, viewer: int | None) -> Part:
    if offer.wants is not None:
        return "swap" if viewer in offer.to else "between"
    if not offer.to:
        return "anyone"
    return "asked" if viewer in offer.to else "others"


def hindrance(calendar: Calendar, ref: TaskRef, member: int, today: date) -> str:
    """Why a member who is asked could not take a task, on the days that are left for it; empty when nothing
    is in the way."""
    post, task = calendar.posts[ref.post], calendar.task(ref)
    offer = task.offer
    if offer is None or offer.wants is None:
        opens, closes = calendar.window(post, task)
        return obstacle(calendar, ref, member, (max(opens, today), closes))
    try:
        swapped(calendar, ref, offer.wants, today)
    except Refused as refused:
        return refused.message
    return ""


def terms(calendar: Calendar, row: OfferRow) -> str:
    """`for your draft of La squadra: I am at the fair`; empty where an offer says nothing."""
    offer = calendar.task(row.ref).offer
    assert offer is not None, "only tasks on offer have terms"
    note = offer.note
    if offer.wants is None:
        return note
    gaps = {"task": the_task(offer.wants.kind), "title": calendar.posts[offer.wants.post].title}
    if row.taking is not None:
        swap = _("in return for {task} of {title}, which is yours", **gaps)
    else:
        owner = short_names(calendar)[offer.to[0]]
        swap = _("in return for {task} of {title}, which {name} has", **gaps, name=owner)
    return f"{swap}: {note}" if note else swap


def _handed(
    calendar: Calendar, viewer: int | None, now: datetime, handed: Iterable[Handover]
) -> Iterator[HandedRow]:
    """The last time that each task changed hands, if that is not long ago."""
    known: set[TaskRef] = set()
    for one in handed:
        post = calendar.posts.get(one.ref.post)
        task = post.tasks.get(one.ref.kind) if post else None
        if one.ref in known or task is None or one.at < now - LATELY:
            continue
        known.add(one.ref)
        is_open = not task.is_done and post is not None and post.state != "skipped"
        own = viewer is not None and one.taker == viewer == task.member
        yield HandedRow(one, own and is_open and one.swapped_for is None)
