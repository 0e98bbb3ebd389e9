"""Which rows the Plan screen has: changes by the week in which posts go out, then what nobody would have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.times import week_start
from cadence.model.words import kind_word
from cadence.planner.bridge.proposal import Gap, Proposal, Row, What
from cadence.tui.filter import NOBODY, PostFilter
from cadence.tui.words import say_dates, week_number


@dataclass(frozen=True)
class Title:
    """A row that cannot be chosen: the head of a group, or a sentence."""

    key: str
    text: str
    words: str = ""
    tone: str = "head"


SPACE = Title("", "")
PlanRow = Title | Row | Gap


def plan_rows(
    calendar: Calendar, proposal: Proposal, keep: PostFilter, accepted: Collection[str] = ()
) -> list[PlanRow]:
    """Headings, changes and gaps of what the filter keeps; empty if there are none of them. `accepted`: the
    tasks of which nothing is left to say."""
    changes = [
        row
        for row in proposal.rows
        if row.what.id not in accepted and _is_kept(calendar, row.what, (row.giver, row.taker), keep)
    ]
    lost = {row.what.id for row in proposal.rows}
    left = [gap for gap in proposal.gaps if gap.what.id not in lost]
    gaps = [gap for gap in left if _is_kept(calendar, gap.what, (None,), keep)]
    return [
        *_by_week(calendar, changes),
        *_headed(Title("gaps", _("Nobody"), _gaps_text(len(gaps)), "warn"), gaps),
        *_headed(
            Title("absurd", _("Kept against the rules"), _("somebody decided so"), "warn"),
            [] if keep else [Title(text, "", text, "") for text in proposal.absurd],
        ),
    ]


def row_key(row: PlanRow) -> str:
    return row.key if isinstance(row, Title) else row.what.id


def _gaps_text(count: int) -> str:
    return n_("{number} task without anybody", "{number} tasks without anybody", count)


def _by_week(calendar: Calendar, found: Iterable[Row]) -> list[PlanRow]:
    rows: list[PlanRow] = []
    for week, group in groupby(found, key=lambda row: week_start(row.what.day, calendar.team.week_begins)):
        here = list(group)
        changes = n_("{number} change", "{number} changes", len(here))
        rows += _headed(Title(f"week {week}", _week_text(week), changes), here)
    return rows


def _headed(title: Title, rows: Sequence[PlanRow]) -> list[PlanRow]:
    return [SPACE, title, *rows] if rows else []


def _week_text(week: date) -> str:
    number = _("Week {number}", number=week_number(week + timedelta(days=3)))
    return f"{number} · {say_dates(week, week + timedelta(days=6))}"


def _is_kept(calendar: Calendar, what: What, who: Iterable[str | None], keep: PostFilter) -> bool:
    """People are those of the row, and words those that it shows; the rest is as everywhere."""
    if not keep:
        return True
    names = {member.name: member.id for member in calendar.members.values()}
    if keep.members and keep.members.isdisjoint(names.get(name or "", NOBODY) for name in who):
        return False
    others = replace(keep, members=frozenset(), text=())
    if isinstance(what.place, TaskRef):
        if not others.keeps(calendar.posts[what.place.post]):
            return False
    elif not others.keeps_slot(calendar.rhythms[what.place.slot.rhythm].channel):
        return False
    words = f"{what.title} {what.channel} {what.kind} {kind_word(what.kind)}".casefold()
    return all(word in words for word in keep.text)
