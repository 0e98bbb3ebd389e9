"""The public holidays of a country, as plain dates: whoever opens the file sees what is counted."""

from __future__ import annotations

from datetime import date

from cadence.language import _
from cadence.model.errors import BadInput

YEARS_BACK, YEARS_AHEAD = 1, 3


def public_holidays(country: str, region: str, today: date) -> dict[date, str]:
    """The holidays from last year to three years ahead, by date, in English where that is known.

    BadInput for a country or region that the `holidays` library does not know.
    """
    # Here and not at the top: it costs 40 ms and is needed once in the life of a calendar.
    import holidays

    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
    try:
        known = holidays.country_holidays(country, subdiv=region or None, years=years)
    except NotImplementedError:
        where = f"{country} {region}".strip()
        raise BadInput(
            _("no public holidays are known for {where!r}", where=where[:60]),
            _("use codes such as IT or IT BZ, or list the dates under [holidays]"),
        ) from None
    return {day: known[day] for day in sorted(known)}
