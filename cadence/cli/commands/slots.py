"""`cadence slots`: what the rhythms call for, and what has become of it."""

from __future__ import annotations

import click

from cadence.cli.arguments import weeks_ahead
from cadence.cli.base import command
from cadence.cli.forms import slot_form
from cadence.cli.names import CHANNEL
from cadence.cli.output import say_json, table
from cadence.cli.session import Session
from cadence.cli.words import moment_words, slot_state
from cadence.insight.slots import slots as find_slots
from cadence.language import _
from cadence.model.marks import mark


@command()
@click.option("--from", "start", metavar="WHEN", help="From this moment on (default: this week).")
@click.option("--to", "end", metavar="WHEN", help="Before this moment; a day means its midnight.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="Only this channel.")
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has planned anything for.")
def slots(session: Session, start: str | None, end: str | None, channel: str | None, only_open: bool) -> None:
    """List the slots, by default of this week and the next four."""
    calendar = session.calendar
    first, last = session.period(start, end, weeks_ahead(session, 4))
    on = session.channel_id(channel)
    found = [
        slot
        for slot in find_slots(calendar, first, last, session.now, on)
        if not only_open or slot.state == "empty"
    ]
    if session.json:
        say_json({"slots": [slot_form(calendar, slot) for slot in found]})
        return
    table(
        (_("when"), _("channel"), "", _("state"), _("post")),
        (
            (
                moment_words(filled.slot.local, session.today),
                calendar.channels[filled.slot.channel].name,
                mark(filled.state, ascii_only=session.ascii_only),
                slot_state(filled.state),
                f"{filled.post} {calendar.posts[filled.post].title}" if filled.post else "",
            )
            for filled in found
        ),
        none=_("No slots: `cadence rhythm add` promises some."),
    )
