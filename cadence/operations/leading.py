"""What is for those who lead to decide. Everything else is everybody's."""

from datetime import datetime

from cadence.insight.rota import leads
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.team import Member
from cadence.model.times import to_local, zone_of
from cadence.operations.edit import Who
from cadence.operations.wording import list_text


def leads_now(calendar: Calendar, member: Member, now: datetime) -> bool:
    """Whether a member leads the team, or its week, today."""
    return leads(calendar, member, to_local(now, zone_of(calendar.team.zone)).date())


def check_settings_are_theirs(calendar: Calendar, who: Who, now: datetime) -> None:
    """Refused if a member who does not lead changes the team's settings. Where nobody leads they are
    everybody's; whoever is no member, such as an administrator, answers for it by their login."""
    if who is None or leads_now(calendar, who, now):
        return
    names = [member.name for member in calendar.members.values() if leads_now(calendar, member, now)]
    if names:
        raise Refused(
            _("the team's settings are for those who lead"), _("ask {names}", names=list_text(names))
        )
