"""What went out lately and who passes it on, and who takes part, as rows. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cadence.insight.boosting import is_open
from cadence.insight.participation import Participation, Record, Sources, default_period
from cadence.insight.words import share_text
from cadence.language import _, later, month, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.post import Boost, Post
from cadence.model.times import to_local, zone_of
from cadence.tui.filter import EVERYTHING, PostFilter
from cadence.tui.names import short_names
from cadence.tui.widgets.my_week_rows import NoteRow, TitleRow
from cadence.tui.words import say_day

LATELY = timedelta(days=14)
"""So long a post is news that somebody may still pass on."""
SMALLEST = 3
"""Departments with fewer people have no share of their own: it would tell of a person."""

DEEDS = (later("gave an idea"), later("boosted"), later("did a task"), later("none of these"))


@dataclass(frozen=True)
class PostRow:
    """A published post with all its boosts; `own` is the viewer's, `is_asked`: it waits for their answer."""

    post: int
    own: Boost | None
    is_asked: bool
    answers: Answers


@dataclass(frozen=True)
class Answers:
    """By short names: who passed a post on, who is asked (`Luca Fri 20`), who said no, who never answered."""

    done: tuple[str, ...]
    asked: tuple[str, ...]
    declined: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class PeopleRow:
    """Who did what: names behind a word."""

    label: str
    names: str


@dataclass(frozen=True)
class ShareRow:
    """A group's figures as they are shown, one for each column; the first of them are its headings."""

    name: str
    figures: tuple[str, ...]
    is_heading: bool = False


Row = TitleRow | NoteRow | PostRow | PeopleRow | ShareRow


@dataclass(frozen=True, eq=False)
class TakingPart:
    """Who took part in the last twelve weeks, and every four weeks of them, the oldest first."""

    calendar: Calendar
    found: Participation
    trend: Sequence[Participation]


def who_takes_part(calendar: Calendar, now: datetime) -> TakingPart:
    """It looks at all that was ever done: not for a key press."""
    start, end = default_period(calendar, now)
    record = Record(calendar)
    return TakingPart(calendar, record.over(start, end), record.trend(start, end))


def boost_rows(
    calendar: Calendar,
    viewer: int | None,
    now: datetime,
    part: TakingPart | None,
    keep: PostFilter = EVERYTHING,
) -> list[Row]:
    """`part` None: who takes part is still being counted."""
    today = to_local(now, zone_of(calendar.team.zone)).date()
    found = list(_posts(calendar, viewer, now, today, keep))
    asked, others = [row for row in found if row.is_asked], [row for row in found if not row.is_asked]
    rows: list[Row] = []
    if asked:
        rows.append(TitleRow(_("Asked of you"), _("space: done, D: no, thanks"), "warn"))
        rows += [*asked, NoteRow("")]
    count = n_("{number} post", "{number} posts", len(others)) if others else ""
    rows.append(TitleRow(_("Out in the last two weeks"), count))
    if not others:
        rows.append(NoteRow(_("Nothing else went out.") if asked else _("Nothing went out.")))
    rows += others
    return [*rows, NoteRow(""), *_who(calendar, part)]


def _posts(
    calendar: Calendar, viewer: int | None, now: datetime, today: date, keep: PostFilter
) -> Iterator[PostRow]:
    """What went out lately, the newest first."""
    timeline = calendar.index.timeline
    first, last = bisect_left(timeline, (now - LATELY, 0)), bisect_left(timeline, (now, 0))
    lately = [calendar.posts[id] for _at, id in reversed(timeline[first:last])]
    posts = [post for post in lately if post.state == "published" and keep.keeps(post)]
    by_post: dict[int, list[Boost]] = {post.id: [] for post in posts}
    for boost in calendar.boosts.values():
        if boost.post in by_post:
            by_post[boost.post].append(boost)
    yield from (_row(calendar, post, by_post, viewer, today) for post in posts)


def _row(
    calendar: Calendar, post: Post, by_post: Mapping[int, list[Boost]], viewer: int | None, today: date
) -> PostRow:
    boosts = sorted(by_post[post.id], key=lambda boost: (boost.day, boost.member))
    own = next((boost for boost in boosts if boost.member == viewer), None)
    is_asked = own is not None and own.day <= today and is_open(calendar, own, today)
    names = short_names(calendar)

    def name(boost: Boost) -> str:
        return names.get(boost.member, _("somebody"))

    waits = [boost for boost in boosts if is_open(calendar, boost, today)]
    silent = [b for b in boosts if b.at is None and not b.declined and b not in waits]
    return PostRow(
        post.id,
        own,
        is_asked,
        Answers(
            done=tuple(name(boost) for boost in boosts if boost.at is not None),
            asked=tuple(f"{name(boost)} {say_day(boost.day, today)}" for boost in waits),
            declined=tuple(name(boost) for boost in boosts if boost.declined and boost.at is None),
            silent=tuple(map(name, silent)),
        ),
    )


# Who takes part


def lately_text(part: TakingPart) -> str:
    """`7 of 9 colleagues (78 %) gave an idea or a boost in the last four weeks`."""
    team = part.trend[-1].team if part.trend else part.found.team
    return n_(
        "{number} of {enrolled} colleagues ({share}) gave an idea or a boost in the last four weeks",
        "{number} of {enrolled} colleagues ({share}) gave an idea or a boost in the last four weeks",
        len(team.active),
        enrolled=len(team.enrolled),
        share=share_text(team.participation),
    )


def _who(calendar: Calendar, part: TakingPart | None) -> Iterator[Row]:
    yield TitleRow(_("Who takes part"), _("last twelve weeks, once or often alike: no race"))
    if part is None:
        yield NoteRow(_("counting …"))
        return
    team = part.found.team
    did = (team.ideas, team.boosts, team.tasks, team.enrolled - team.active - team.tasks)
    yield from (PeopleRow(_(label), _names(calendar, who)) for label, who in zip(DEEDS, did, strict=True))
    yield NoteRow("")
    yield from _shares(calendar, part)
    if part.found.sources.published:
        yield NoteRow("")
        yield NoteRow(_sources_text(part.found.sources))


def _shares(calendar: Calendar, part: TakingPart) -> Iterator[ShareRow]:
    zone = zone_of(calendar.team.zone)
    ends = [to_local(step.end - timedelta(microseconds=1), zone).date() for step in part.trend]
    days = [p_("a column", "to {day}", day=f"{day.day} {month(day)}") for day in ends]
    headings = (_("people"), _("ideas"), _("boosts"), _("tasks"), _("active"), *days)
    yield ShareRow("", headings, is_heading=True)
    departments = part.found.departments if any(group.name for group in part.found.departments) else ()
    large = [group for group in departments if len(group.enrolled) >= SMALLEST]
    for group in (part.found.team, *large):
        parts = (group.ideas, group.boosts, group.tasks, group.active)
        then = (step.share_of(group.name) for step in part.trend)
        name = calendar.team.name if group.name is None else group.name or _("(no department)")
        figures = (*(group.share(part) for part in parts), *then)
        yield ShareRow(name, (str(len(group.enrolled)), *map(_share_text, figures)))


def _share_text(share: float | None) -> str:
    return "–" if share is None else share_text(share)


def _names(calendar: Calendar, members: Iterable[int]) -> str:
    names = short_names(calendar)
    return ", ".join(sorted((names[id] for id in members), key=str.casefold)) or "–"


def _sources_text(sources: Sources) -> str:
    return n_(
        "{number} of {all} published posts ({share}) came from an idea of somebody who does not lead.",
        "{number} of {all} published posts ({share}) came from an idea of somebody who does not lead.",
        sources.from_outside_leads,
        all=sources.published,
        share=share_text(sources.bottom_up),
    )
