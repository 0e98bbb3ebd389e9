"""The company's settings."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from cadence.language import _, n_
from cadence.model.calendar import NO_TEAM, Calendar
from cadence.model.errors import Refused
from cadence.model.team import Team, WorkingHours
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.leading import check_settings_are_theirs


def set_up_team(
    calendar: Calendar,
    who: Who,
    name: str,
    *,
    now: datetime,
    zone: str = "UTC",
    first_weekday: Literal["monday", "sunday"] = "monday",
    hours: WorkingHours | None = None,
    country: str = "",
    region: str = "",
    holidays: Mapping[date, str] | None = None,
    horizon_days: int = 28,
) -> Edit:
    """Begin: name the team of an empty calendar."""
    if calendar.team != NO_TEAM:
        raise Refused(
            _("this is the calendar of {team} already", team=calendar.team.name), _("edit the team instead")
        )
    team = Team(
        name=name,
        zone=zone,
        first_weekday=first_weekday,
        hours=hours or WorkingHours(),
        country=country,
        region=region,
        holidays=dict(holidays or {}),
        horizon_days=horizon_days,
    )
    return Edit(_("Set up {name}, {zone}", name=name, zone=zone), (team,))


def edit_team(
    calendar: Calendar,
    who: Who,
    *,
    now: datetime,
    name: str | UnsetType = UNSET,
    zone: str | UnsetType = UNSET,
    first_weekday: Literal["monday", "sunday"] | UnsetType = UNSET,
    hours: WorkingHours | UnsetType = UNSET,
    country: str | UnsetType = UNSET,
    region: str | UnsetType = UNSET,
    horizon_days: int | UnsetType = UNSET,
    feed_host: str | UnsetType = UNSET,
    feed_url: str | UnsetType | None = UNSET,
    boosts: bool | UnsetType = UNSET,
) -> Edit:
    """Change settings; what is not given stays. Posts keep their wall-clock hour in a new zone."""
    check_settings_are_theirs(calendar, who, now)
    after = changed(
        calendar.team,
        name=name,
        zone=zone,
        first_weekday=first_weekday,
        hours=hours,
        country=country,
        region=region,
        horizon_days=horizon_days,
        feed_host=feed_host,
        feed_url=feed_url,
        boosts=boosts,
    )
    if after == calendar.team:
        return Edit(_("Nothing to change on the team"))
    return Edit(_("Edited the team {name}", name=after.name), (after,))


def set_holidays(
    calendar: Calendar,
    who: Who,
    holidays: Mapping[date, str],
    *,
    now: datetime,
    country: str | UnsetType = UNSET,
    region: str | UnsetType = UNSET,
) -> Edit:
    """Replace the team's public holidays (date to name), and say whose they are."""
    check_settings_are_theirs(calendar, who, now)
    after = changed(calendar.team, holidays=dict(sorted(holidays.items())), country=country, region=region)
    if after == calendar.team:
        return Edit(_("Nothing to change on the holidays"))
    return Edit(n_("Set {number} holiday", "Set {number} holidays", len(holidays)), (after,))
