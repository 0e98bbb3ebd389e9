"""`cadence consistency`: how well each channel keeps its promise."""

from __future__ import annotations

import click

from cadence.cli.base import command
from cadence.cli.forms import Form
from cadence.cli.output import iso, rounded, say, say_json, table
from cadence.cli.session import Session
from cadence.cli.words import day_words, days
from cadence.insight.consistency import DEFAULT_PERIOD, Consistency, consistencies
from cadence.language import _, p_
from cadence.model.calendar import Calendar


@command()
@click.option("--from", "start", metavar="WHEN", help="Slots from this moment on (default: 12 weeks ago).")
@click.option("--to", "end", metavar="WHEN", help="Before this moment (default: now).")
@click.option(
    "--fail-below", type=click.FloatRange(0, 100), metavar="SCORE",
    help="Exit 1 when a channel's score is lower.",
)  # fmt: skip
def consistency(session: Session, start: str | None, end: str | None, fail_below: float | None) -> None:
    """Score how regularly each channel is served: 100 means every slot on time."""
    calendar = session.calendar
    last = session.instant(end) if end is not None else session.now
    first, last = session.period(start, end, (last - DEFAULT_PERIOD, last))
    found = consistencies(calendar, first, last, session.now)
    if session.json:
        zone = session.zone()
        channels = [consistency_form(calendar, figures) for figures in found]
        say_json({"from": iso(first, zone), "to": iso(last, zone), "channels": channels})
    else:
        _print(session, found)
        zone = session.zone()
        span = [day_words(moment.astimezone(zone).date(), session.today).strip() for moment in (first, last)]
        say()
        say(_("From {first} to {last}.", first=span[0], last=span[1]))
    if fail_below is not None and any(one.score is not None and one.score < fail_below for one in found):
        raise click.exceptions.Exit(1)


def _print(session: Session, found: list[Consistency]) -> None:
    headers = (
        _("channel"), p_("table", "score"), p_("slots", "on time"), p_("slots", "early"), p_("slots", "late"),
        p_("slots", "missed"), _("extras"), _("silence"), _("median"), _("streak"), _("runway"), _("outlook"),
    )  # fmt: skip
    table(
        headers,
        (
            (
                session.calendar.channels[figures.channel].name,
                _score(figures.score),
                *(str(n) for n in (figures.on_time, figures.early, figures.late, figures.missed)),
                str(figures.extras),
                days(figures.longest_silence_days),
                days(figures.median_interval_days),
                _("{number} w", number=figures.streak_weeks),
                days(figures.runway_days),
                _score(figures.outlook),
            )
            for figures in found
        ),
        right=headers[1:],
        none=_("No channels yet: `cadence channel add NAME`."),
    )


def consistency_form(calendar: Calendar, figures: Consistency) -> Form:
    """The fixed JSON form: scores with two decimals, days with four."""
    return {
        "channel": calendar.channels[figures.channel].name,
        "slots": figures.slots,
        "on_time": figures.on_time,
        "early": figures.early,
        "late": figures.late,
        "missed": figures.missed,
        "extras": figures.extras,
        "score": rounded(figures.score, 2),
        "longest_silence_days": rounded(figures.longest_silence_days, 4),
        "median_interval_days": rounded(figures.median_interval_days, 4),
        "quartiles_days": figures.quartiles and [rounded(one, 4) for one in figures.quartiles],
        "streak_weeks": figures.streak_weeks,
        "runway_days": rounded(figures.runway_days, 4),
        "outlook": rounded(figures.outlook, 2),
    }


def _score(score: float | None) -> str:
    return _("no data") if score is None else f"{score:.0f}"
