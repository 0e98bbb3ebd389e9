"""The names that rows may use: those of a calendar, or of a team that is still a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote
from zoneinfo import ZoneInfo

from cadence.exchange.files import printable
from cadence.language import _
from cadence.model.calendar import Calendar, slug
from cadence.model.errors import BadInput
from cadence.model.team import zone_for
from cadence.model.times import zone_of
from cadence.operations.setup import TeamPlan


@dataclass(frozen=True)
class Known:
    """Names by slug. A row must spell a name as the calendar does, but for case and punctuation; a beginning
    of a name will not do, since nobody looks on when a file is read."""

    zone: ZoneInfo
    channels: Mapping[str, tuple[str, ZoneInfo]]
    members: Mapping[str, str]

    @staticmethod
    def of(calendar: Calendar) -> Known:
        team = calendar.team
        return Known(
            zone=zone_of(team.zone),
            channels={slug(c.name): (c.name, zone_for(c, team)) for c in calendar.channels.values()},
            members={slug(member.name): member.name for member in calendar.members.values()},
        )

    @staticmethod
    def of_plan(plan: TeamPlan) -> Known:
        zone = plan.team.zone
        return Known(
            zone=zone_of(zone),
            channels={slug(c.name): (c.name, zone_of(c.zone or zone)) for c in plan.channels},
            members={slug(member.name): member.name for member in plan.members},
        )

    def channel(self, name: str, *, create: bool = False) -> tuple[str, ZoneInfo]:
        """The channel's name as the calendar has it, and its zone; BadInput if there is none to be had."""
        if found := self.channels.get(slug(name)):
            return found
        if create and name:
            return name, self.zone
        add = f"cadence channel add {quote(printable(name))}"
        raise BadInput(
            _("there is no channel {name!r}", name=name[:60]),
            _("{add}, or --create-channels, or --channel NAME for all rows", add=add),
        )

    def member(self, name: str) -> str:
        """The member's name as the calendar has it; BadInput if there is none."""
        if found := self.members.get(slug(name)):
            return found
        known = ", ".join(list(self.members.values())[:12]) or _("none yet")
        raise BadInput(_("there is no member {name!r}", name=name[:60]), _("there is: {names}", names=known))
