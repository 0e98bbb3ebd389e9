"""A channel with its promises, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cadence.language import _, n_
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.rhythm import Rhythm
from cadence.model.team import Channel
from cadence.operations.channels import add_channel
from cadence.operations.edit import Edit, Who
from cadence.operations.setup import RhythmPlan, rhythm_of


def add_promising_channel(
    calendar: Calendar,
    who: Who,
    name: str,
    rhythms: Sequence[RhythmPlan],
    *,
    now: datetime,
    zone: str = "",
    workflow: int | None = None,
    max_per_day: int | None = None,
    min_spacing: int | None = None,
    url: str | None = None,
) -> Edit:
    """A new place to post, and how often. See `channels.add_channel`."""
    added = add_channel(
        calendar,
        who,
        name,
        now=now,
        zone=zone,
        workflow=workflow,
        max_per_day=max_per_day,
        min_spacing=min_spacing,
        url=url,
    )
    if not rhythms:
        return added
    if len(calendar.rhythms) + len(rhythms) > limits.MAX_RHYTHMS:
        raise Refused(_("a calendar holds at most {most} rhythms", most=limits.MAX_RHYTHMS))
    if len({(plan.rrule, plan.at) for plan in rhythms}) < len(rhythms):
        raise Refused(_("two of the rhythms of {name} are the same", name=name), _("one is enough"))
    (channel,) = added.puts
    assert isinstance(channel, Channel)
    values = [
        rhythm_of(plan, calendar.next_id(Rhythm, ahead), channel, calendar.team, now)
        for ahead, plan in enumerate(rhythms)
    ]
    said = n_(
        "Added the channel {name} with {number} rhythm",
        "Added the channel {name} with {number} rhythms",
        len(values),
        name=name,
    )
    return Edit(said, (channel, *values))
