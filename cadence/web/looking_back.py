"""What the page of a retrospective shows, as plain values: the figures of a review in words, with their
pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from cadence.insight.quiet import quiet_times, rests, silence_allowed
from cadence.insight.review import Carried, Kept, MissedSlot, Review
from cadence.insight.slots import slots
from cadence.insight.strip import LOW_SCORE
from cadence.insight.words import (
    day_text,
    days_text,
    hours_text,
    money_text,
    share_text,
    time_text,
)
from cadence.language import _, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.times import DAY, to_local, zone_of
from cadence.model.words import slot_word, task_noun
from cadence.web.chains import Boosted, Chain, boosted, chains, member_name
from cadence.web.charts import Axis, Bar, Saw, Strip, Tick, bar, column_days, saw, strip
from cadence.web.strips import SLOT_STATES

MOST_LINES = 40
"""A table for a meeting; the command lists the rest."""


@dataclass(frozen=True)
class Fact:
    """`20 of 23`, `slots on time`."""

    figure: str
    words: str


@dataclass(frozen=True)
class ChannelLine:
    """A channel: what it promised, how it was kept, and how long it was silent. Figures are in words."""

    name: str
    strip: Strip
    counts: tuple[int, int, int, int, int]
    score: str
    before: str
    is_low: bool
    saw: Saw
    longest: str
    allowed: str
    is_too_long: bool


@dataclass(frozen=True)
class MissedLine:
    when: str
    channel: str
    title: str | None
    cause: str


@dataclass(frozen=True)
class PersonLine:
    """What a member carried; `time` of what they could give is `capacity`."""

    name: str
    bar: Bar
    share: str
    is_over: bool
    time: str
    capacity: str
    done: int
    handed: int


@dataclass(frozen=True)
class HandedLine:
    when: str
    noun: str
    title: str
    giver: str
    taker: str | None
    by: str


@dataclass(frozen=True)
class OutsideLine:
    name: str
    tasks: int
    time: str
    cost: str


@dataclass(frozen=True)
class LeadLine:
    week: str
    name: str


@dataclass(frozen=True)
class LookingBack:
    """Everything on the page. `column_weeks`: how many weeks a column of the strips has (0: it has a day).
    `legend`: the states
    that are shown, in words. `more` counts what the lists leave out, by their names."""

    team: str
    period: str
    written: str
    zone: str
    facts: tuple[Fact, ...]
    ticks: tuple[Tick, ...]
    column_weeks: int
    legend: tuple[tuple[str, str], ...]
    channels: tuple[ChannelLine, ...]
    missed: tuple[MissedLine, ...]
    staff: tuple[PersonLine, ...]
    partners: tuple[PersonLine, ...]
    handed: tuple[HandedLine, ...]
    chains: tuple[Chain, ...]
    boosted: tuple[Boosted, ...]
    outside: tuple[OutsideLine, ...]
    leads: tuple[LeadLine, ...]
    more: dict[str, int]


def looking_back(
    calendar: Calendar, found: Review, start: datetime, end: datetime, now: datetime
) -> LookingBack:
    """A review of [start, end) as it is shown at `now`."""
    zone = zone_of(calendar.team.zone)
    axis = Axis(start, end, zone, calendar.team.week_begins)
    all_chains = list(chains(calendar, found))
    all_boosted = list(boosted(calendar, found, start, end))
    leads = [LeadLine(day_text(week), member_name(calendar, who)) for week, who in found.leads if who]
    lists = {
        "missed": found.missed,
        "handed": found.handed,
        "chains": all_chains,
        "boosted": all_boosted,
        "leads": leads,
    }
    people = list(_people(calendar, found.carried))
    channels = tuple(_channel(calendar, axis, kept, now) for kept in found.kept)
    local = to_local(now, zone)
    return LookingBack(
        team=calendar.team.name,
        period=_("{first} to {last}", first=_dated(found.first), last=_dated(found.last)),
        written=_dated(local.date()),
        zone=calendar.team.zone,
        facts=tuple(_facts(found)),
        ticks=axis.ticks(),
        column_weeks=column_days(axis) // 7,
        legend=tuple(_legend(channels)),
        channels=channels,
        missed=tuple(_missed(calendar, one) for one in found.missed[:MOST_LINES]),
        staff=tuple(line for is_partner, line in people if not is_partner),
        partners=tuple(line for is_partner, line in people if is_partner),
        handed=tuple(islice(_handed(calendar, found), MOST_LINES)),
        chains=tuple(all_chains[:MOST_LINES]),
        boosted=tuple(all_boosted[:MOST_LINES]),
        outside=tuple(
            OutsideLine(
                member_name(calendar, one.member), one.tasks, hours_text(one.minutes), money_text(one.cost)
            )
            for one in found.outside
        ),
        leads=tuple(leads[:MOST_LINES]),
        more={name: max(0, len(lines) - MOST_LINES) for name, lines in lists.items()},
    )


def _dated(day: date) -> str:
    return _("{day} {year}", day=day_text(day), year=day.year)


def _facts(found: Review) -> Iterator[Fact]:
    """The figures to begin the meeting with."""
    figures = [kept.figures for kept in found.kept]
    due = sum(one.slots for one in figures)
    missed = sum(one.missed for one in figures)
    kept = _("{number} of {all}", number=sum(one.on_time for one in figures), all=due)
    lost = n_("{number} missed", "{number} missed", missed) if missed else p_("slots", "none missed")
    yield Fact(kept, _("slots kept on time, {missed}", missed=lost))
    ideas, had, accepted = found.ideas, len(found.ideas.had), len(found.ideas.accepted)
    taken = (
        n_("{number} accepted", "{number} accepted", accepted) if accepted else p_("ideas", "none accepted")
    )
    yield Fact(str(had), n_("idea, {accepted}", "ideas, {accepted}", had, accepted=taken))
    yield _of_ideas(len(ideas.published), ideas.from_others_than_leads)
    done, asked = found.boosts_done, found.boosts_asked
    wanted = (
        n_("{number} asked for", "{number} asked for", asked) if asked else p_("boosts", "none asked for")
    )
    yield Fact(str(done), n_("boost, {asked}", "boosts, {asked}", done, asked=wanted))
    handed = len(found.handed)
    yield Fact(str(handed), n_("task changed hands", "tasks changed hands", handed))
    if found.outside:
        time, cost = sum(one.minutes for one in found.outside), sum(one.cost for one in found.outside)
        yield Fact(money_text(cost), _("for {time} of outside help", time=hours_text(time)))


def _of_ideas(published: int, from_others: int) -> Fact:
    """The posts that began as an idea, and how many of these were not of the leads."""
    if not published:
        words = _("posts out that began as an idea")
    else:
        words = n_(
            "post out that began as an idea, {others} not a lead's",
            "posts out that began as an idea, {others} not a lead's",
            published,
            others=from_others,
        )
    return Fact(str(published), words)


def _channel(calendar: Calendar, axis: Axis, kept: Kept, now: datetime) -> ChannelLine:
    figures = kept.figures
    channel, zone = figures.channel, calendar.zone(figures.channel)
    quiet = quiet_times(calendar, channel, axis.start, axis.end, now)
    allowed = silence_allowed(calendar, channel)
    pauses = (rest for rhythm in calendar.rhythms_of(channel) for rest in rests(rhythm, zone, axis.start))
    return ChannelLine(
        name=calendar.channels[channel].name,
        strip=strip(axis, slots(calendar, axis.start, axis.end, now, channel)),
        counts=(figures.slots, figures.on_time, figures.early, figures.late, figures.missed),
        score=_score(figures.score),
        before=_score(kept.score_before),
        is_low=figures.score is not None and figures.score < LOW_SCORE,
        saw=saw(axis, quiet, allowed, sorted(set(pauses))),
        longest=_days(figures.longest_silence_days),
        allowed=_("nothing promised") if allowed is None else _("{days} allowed", days=days_text(allowed)),
        is_too_long=any(one.breaks is not None for one in quiet),
    )


def _legend(channels: Iterable[ChannelLine]) -> Iterator[tuple[str, str]]:
    """Early and late are one mark."""
    shown = {state for channel in channels for state in channel.strip.states}
    for state in SLOT_STATES:
        if state == "late" and shown & {"early", "late"}:
            yield state, _("early or late")
        elif state in shown - {"early"}:
            yield state, slot_word(state)


def _score(score: float | None) -> str:
    return _("no data") if score is None else f"{score:.0f}"


def _days(days: float | None) -> str:
    return _("no data") if days is None else days_text(days * DAY)


def _missed(calendar: Calendar, one: MissedSlot) -> MissedLine:
    post = calendar.posts.get(one.post or 0)
    name = calendar.channels[one.channel].name
    return MissedLine(time_text(one.slot.local), name, post.title if post else None, one.cause)


def _people(calendar: Calendar, carried: Iterable[Carried]) -> Iterator[tuple[bool, PersonLine]]:
    """In the order of names, each with whether they are a partner."""
    lines = list(carried)
    most = max((one.share for one in lines if one.share is not None), default=1.0)
    for one in lines:
        yield (
            calendar.members[one.member].kind == "partner",
            PersonLine(
                name=member_name(calendar, one.member),
                bar=bar(one.share, most),
                share=share_text(one.share),
                is_over=one.share is not None and one.share > 1,
                time=hours_text(one.minutes),
                capacity=hours_text(one.capacity),
                done=one.done,
                handed=one.handed,
            ),
        )


def _handed(calendar: Calendar, found: Review) -> Iterator[HandedLine]:
    zone = zone_of(calendar.team.zone)
    for one in found.handed:
        post = calendar.posts.get(one.post)
        yield HandedLine(
            when=time_text(to_local(one.at, zone)),
            noun=task_noun(one.task),
            title=post.title if post else _("post {number}", number=one.post),
            giver=member_name(calendar, one.giver),
            taker=None if one.taker is None else member_name(calendar, one.taker),
            by=one.by,
        )
