"""`cadence review`: looking back together, as text, as JSON, or as a page to show in a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cadence.cli.base import command
from cadence.cli.output import iso, rounded, say, say_json, table, write_out
from cadence.cli.session import Session
from cadence.cli.words import (
    day_words,
    days,
    moment_words,
    money,
    name_of_member,
    percent,
    say_minutes,
    thousands,
)
from cadence.language import _, n_, p_
from cadence.model.times import DAY
from cadence.model.words import kind_word

if TYPE_CHECKING:
    from cadence.insight.review import Review

FOUR_WEEKS = timedelta(weeks=4)
FILE = click.Path(path_type=Path)


@command("review")
@click.option("--from", "start", metavar="DATE", help="From this day on (default: four whole weeks back).")
@click.option("--to", "end", metavar="DATE", help="Before this day (default: this week).")
@click.option("--html", type=FILE, metavar="FILE", help="Write a page to show in a meeting; `-` prints it.")
def review(session: Session, start: str | None, end: str | None, html: Path | None) -> None:
    """Look back: what was promised and kept, why slots were missed, who carried what, ideas, hand-overs,
    and what went outside."""
    from cadence.insight.review import review as look_back
    from cadence.insight.traces import trace_of

    this_week = session.midnight(session.this_week())
    first, last = session.period(start, end, (this_week - FOUR_WEEKS, this_week))
    traces = session.workspace.told_by(trace_of, back_to=first - DAY)  # clocks of computers differ
    found = look_back(session.calendar, traces, first, last, session.now)
    if html is not None:
        from cadence.web.report import report

        content = report(session.calendar, found, first, last, session.now)
        write_out(content, None if str(html) == "-" else html)
        if str(html) != "-":
            say(_("{path}: {size} kB, opens in any browser", path=html, size=thousands(len(content) / 1000)))
    elif session.json:
        say_json(_form(session, found))
    else:
        _print(session, found)


# As text


def _print(session: Session, found: Review) -> None:
    today = session.today
    say(
        _(
            "{team}, {first} to {last}",
            team=session.calendar.team.name,
            first=day_words(found.first, today),
            last=day_words(found.last, today),
        )
    )
    for title, show in (
        (_("Promised and kept"), _kept),
        (_("Missed, and why"), _missed),
        (_("Who carried what"), _carried),
        (_("Changed hands"), _handed),
        (_("Outside help"), _outside),
        (_("Ideas and boosts"), _ideas),
        (_("Who led"), _leads),
    ):
        _section(title, show, session, found)


def _section(title: str, show: Callable[[Session, Review], object], session: Session, found: Review) -> None:
    say()
    say(title)
    show(session, found)


def _kept(session: Session, found: Review) -> None:
    names = session.calendar.channels
    headers = (
        _("channel"), _("slots"), p_("slots", "on time"), p_("slots", "early"), p_("slots", "late"),
        p_("slots", "missed"), p_("table", "score"), p_("score", "before"), _("longest silence"),
    )  # fmt: skip
    table(
        headers,
        (
            (
                names[kept.figures.channel].name,
                str(kept.figures.slots),
                str(kept.figures.on_time),
                str(kept.figures.early),
                str(kept.figures.late),
                str(kept.figures.missed),
                _score(kept.figures.score),
                _score(kept.score_before),
                days(kept.figures.longest_silence_days),
            )
            for kept in found.kept
        ),
        right=headers[1:],
        none=_("There are no channels."),
    )


def _missed(session: Session, found: Review) -> None:
    table(
        (_("when"), _("channel"), _("because")),
        (
            (
                moment_words(one.slot.local, session.today),
                session.calendar.channels[one.channel].name,
                _("{cause} (post {post})", cause=one.cause, post=one.post) if one.post else one.cause,
            )
            for one in found.missed
        ),
        none=_("Nothing was missed."),
    )


def _carried(session: Session, found: Review) -> None:
    headers = (_("who"), _("minutes"), _("share"), _("tasks done"), _("taken from others"))
    table(
        headers,
        (
            (
                _name(session, one.member),
                say_minutes(one.minutes),
                percent(one.share),
                str(one.done),
                str(one.handed),
            )
            for one in found.carried
        ),
        right=headers[1:],
        none=_("Nobody carried anything."),
    )


def _handed(session: Session, found: Review) -> None:
    table(
        (_("when"), _("task"), p_("a person", "from"), p_("a person", "to"), p_("a person", "by")),
        (
            (
                moment_words(session.local(one.at), session.today),
                f"{one.post} {kind_word(one.task)}",
                _name(session, one.giver),
                _name(session, one.taker) or _("nobody"),
                one.by,
            )
            for one in found.handed
        ),
        none=_("No task changed hands."),
    )


def _outside(session: Session, found: Review) -> None:
    table(
        (_("partner"), _("tasks"), _("minutes"), _("cost")),
        (
            (_name(session, one.member), str(one.tasks), say_minutes(one.minutes), money(one.cost))
            for one in found.outside
        ),
        right=(_("tasks"), _("minutes"), _("cost")),
        none=_("Everything was done inside."),
    )


def _ideas(_session: Session, found: Review) -> None:
    ideas = found.ideas
    say(
        _(
            "{had} had, {accepted} accepted, {declined} declined",
            had=len(ideas.had), accepted=len(ideas.accepted), declined=len(ideas.declined),
        )
    )  # fmt: skip
    say(
        n_(
            "{number} published posts began as an idea, {others} of them not a lead's",
            "{number} published posts began as an idea, {others} of them not a lead's",
            len(ideas.published),
            others=ideas.from_others_than_leads,
        )
    )
    say(_("{asked} boosts asked for, {done} done", asked=found.boosts_asked, done=found.boosts_done))


def _leads(session: Session, found: Review) -> None:
    table(
        (_("week of"), p_("who leads", "lead")),
        ((day_words(week, session.today), _name(session, who) or _("nobody")) for week, who in found.leads),
        none=_("There was no rota."),
    )


def _score(score: float | None) -> str:
    return "-" if score is None else f"{score:.0f}"


def _name(session: Session, member: int | None) -> str:
    return name_of_member(session.calendar, member) or ""


# As JSON


def _form(session: Session, found: Review) -> dict[str, Any]:
    calendar, zone = session.calendar, session.zone()
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "channels": [
            {
                "channel": calendar.channels[kept.figures.channel].name,
                "slots": kept.figures.slots,
                "on_time": kept.figures.on_time,
                "early": kept.figures.early,
                "late": kept.figures.late,
                "missed": kept.figures.missed,
                "score": rounded(kept.figures.score, 2),
                "score_before": rounded(kept.score_before, 2),
                "longest_silence_days": rounded(kept.figures.longest_silence_days, 4),
            }
            for kept in found.kept
        ],
        "missed": [
            {
                "channel": calendar.channels[one.channel].name,
                "at": one.slot.local.isoformat(timespec="minutes"),
                "post": one.post,
                "cause": one.cause,
            }
            for one in found.missed
        ],
        "members": [
            {
                "member": _name(session, one.member),
                "minutes": one.minutes,
                "capacity": one.capacity,
                "share": rounded(one.share, 4),
                "tasks_done": one.done,
                "taken_from_others": one.handed,
            }
            for one in found.carried
        ],
        "hand_overs": [
            {
                "at": iso(one.at, zone),
                "post": one.post,
                "task": one.task,
                "from": _name(session, one.giver),
                "to": name_of_member(calendar, one.taker),
                "by": one.by,
            }
            for one in found.handed
        ],
        "partners": [
            {
                "member": _name(session, one.member),
                "tasks": one.tasks,
                "minutes": one.minutes,
                "cost": one.cost / 100,
            }
            for one in found.outside
        ],
        "ideas": {
            "had": list(found.ideas.had),
            "accepted": list(found.ideas.accepted),
            "declined": list(found.ideas.declined),
            "published_posts": list(found.ideas.published),
            "published_of_others_than_leads": found.ideas.from_others_than_leads,
        },
        "boosts": {"asked": found.boosts_asked, "done": found.boosts_done},
        "leads": [
            {"week": week.isoformat(), "member": name_of_member(calendar, who)} for week, who in found.leads
        ],
    }
