"""Which rows the Team screen has: its parts one under the other, each with its things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cadence.insight.participation import Participation
from cadence.language import _, p_
from cadence.model.calendar import Calendar
from cadence.tui.filter import PostFilter

Part = Literal["members", "channels", "workflows", "absences", "team", "participation"]
Kind = Literal["member", "channel", "rhythm", "workflow", "absence", "setting", "rota", "group", "none"]
SETTINGS = ("name", "zone", "first_weekday", "hours", "holidays", "horizon_days", "boosts", "feed_url")
"""The team's settings that have a row; all but the holidays are fields of its form."""
SHARES = ("active", "ideas", "boosts", "tasks", "bottom_up")


@dataclass(frozen=True)
class Title:
    """A row that cannot be chosen: the head of a part, and what is to be said about it."""

    text: str
    words: str = ""
    columns: Part | None = None


@dataclass(frozen=True)
class Entry:
    """A thing of a part: its number, or `field` where it has none. `none`: there is nothing yet, and `field`
    says how to add something."""

    part: Part
    kind: Kind
    id: int = 0
    field: str = ""

    @property
    def key(self) -> str:
        return f"{self.part} {self.kind} {self.id} {self.field if self.kind != 'none' else ''}"


SPACE = Title("")
TeamRow = Title | Entry


def team_rows(
    calendar: Calendar, keep: PostFilter, today: date, taking_part: Participation | None, *, leads: bool
) -> list[TeamRow]:
    """`leads`: whether who looks may change the team's settings. `taking_part` None: it is being counted."""
    rows: list[TeamRow] = []
    for title, entries in _parts(calendar, today, taking_part, leads):
        kept = [entry for entry in entries if not keep or _is_kept(calendar, entry, keep)]
        if kept:
            rows += [*([SPACE] if rows else []), title, *kept]
    return rows or [SPACE, Title("", _("Nothing of the team is about that (esc: all)."))]


def _parts(
    calendar: Calendar, today: date, taking_part: Participation | None, leads: bool
) -> Iterator[tuple[Title, Sequence[Entry]]]:
    yield _counted(_("Members"), len(calendar.members), "members"), _members(calendar, today)
    yield _counted(_("Channels and rhythms"), len(calendar.channels), None), list(_channels(calendar))
    yield (
        _counted(_("Workflows"), len(calendar.workflows), None),
        [Entry("workflows", "workflow", id) for id in calendar.workflows]
        or [Entry("workflows", "none", field=_("No workflows: n adds one."))],
    )
    yield Title(_("Away"), _("now and later")), _absences(calendar, today)
    words = "" if leads else _("for those who lead to change")
    yield Title(_("The team itself"), words), _settings(calendar)
    yield Title(_("Who takes part"), _("the last 12 weeks; shares, not a race")), _shares(taking_part)


def _counted(text: str, number: int, columns: Part | None) -> Title:
    return Title(text, str(number) if number else "", columns)


def _members(calendar: Calendar, today: date) -> Sequence[Entry]:
    """Those who are here, by name; then those who left."""
    members = sorted(
        calendar.members.values(),
        key=lambda one: (
            bool(one.active_to and one.active_to < today),
            one.kind == "partner",
            one.name.casefold(),
        ),
    )
    nobody = Entry("members", "none", field=_("Nobody yet: n adds somebody."))
    return [Entry("members", "member", member.id) for member in members] or [nobody]


def _channels(calendar: Calendar) -> Iterator[Entry]:
    for channel in sorted(calendar.channels.values(), key=lambda one: one.retired):
        yield Entry("channels", "channel", channel.id)
        for rhythm in calendar.rhythms_of(channel.id):
            yield Entry("channels", "rhythm", rhythm.id)
    if not calendar.channels:
        yield Entry("channels", "none", field=_("No channels yet: n adds one with its rhythms."))


def _absences(calendar: Calendar, today: date) -> Sequence[Entry]:
    coming = [absence for absence in calendar.absences.values() if absence.last >= today]
    coming.sort(key=lambda absence: (absence.first, absence.id))
    nobody = Entry("absences", "none", field=_("Nobody is away: n says who will be."))
    return [Entry("absences", "absence", absence.id) for absence in coming] or [nobody]


def _settings(calendar: Calendar) -> Sequence[Entry]:
    return [
        *(Entry("team", "setting", field=name) for name in SETTINGS),
        Entry("team", "rota", field="order"),
        *([Entry("team", "rota", field="next")] if calendar.rota.order else []),
    ]


def _shares(taking_part: Participation | None) -> Sequence[Entry]:
    if taking_part is None:
        return [Entry("participation", "none", field=p_("figures", "counting …"))]
    return [Entry("participation", "group", field=name) for name in SHARES]


def _is_kept(calendar: Calendar, entry: Entry, keep: PostFilter) -> bool:
    if entry.kind == "none" or keep.states:
        return False
    members, channels, text = about(calendar, entry)
    if keep.members and keep.members.isdisjoint(members):
        return False
    if keep.channels and keep.channels.isdisjoint(channels):
        return False
    return all(word in text.casefold() for word in keep.text)


def about(calendar: Calendar, entry: Entry) -> tuple[set[int], set[int], str]:
    """The members and channels that a thing is about, and its words."""
    if entry.kind == "member":
        member = calendar.members[entry.id]
        return {member.id}, set(), f"{member.name} {member.department} {' '.join(member.topics)}"
    if entry.kind == "absence":
        absence = calendar.absences[entry.id]
        return {absence.member}, set(), f"{calendar.members[absence.member].name} {absence.reason}"
    if entry.kind in ("channel", "rhythm"):
        id = entry.id if entry.kind == "channel" else calendar.rhythms[entry.id].channel
        return set(), {id}, calendar.channels[id].name
    if entry.kind == "workflow":
        return set(), set(), calendar.workflows[entry.id].name
    return set(), set(), entry.field
