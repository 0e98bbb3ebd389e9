"""How one rhythm ends and another takes over on a day, neither calling for a slot of the other's."""

from datetime import date, timedelta

from msgspec.structs import replace

from cadence.language import _
from cadence.model.errors import Refused
from cadence.model.rhythm import SEARCH_YEARS, Rhythm, occurrences
from cadence.model.times import DAY


def ended(rhythm: Rhythm, day: date) -> Rhythm:
    """The rhythm as it is when it ends the day before `day`. It must occur at least once before."""
    last = day - DAY
    if "COUNT" in _parts(rhythm.rrule) and not occurrences(rhythm, day, day + LOOK_AHEAD):
        return rhythm
    parts = {name: value for name, value in _parts(rhythm.rrule).items() if name != "COUNT"}
    if not parts.get("UNTIL", "9")[:8] <= f"{last:%Y%m%d}":
        parts["UNTIL"] = f"{last:%Y%m%d}"
    pauses = tuple(pause for pause in rhythm.pauses if pause.first <= last)
    return replace(rhythm, rrule=_rule(parts), pauses=pauses)


def heir(before: Rhythm, after: Rhythm, day: date, *, new_id: int) -> Rhythm:
    """`after`, a changed `before`, as the new rhythm `new_id` that takes over on `day`.

    Where the rule stays the same its phase does too ("every other week" keeps its weeks) and a COUNT counts
    on: the new rhythm starts on the old one's next occurrence.
    """
    pauses = tuple(pause for pause in after.pauses if pause.last >= day)
    fresh = {"id": new_id, "rev": 0, "pauses": pauses}
    if after.rrule != before.rrule:
        return replace(after, start=day, **fresh)
    upcoming = occurrences(before, day, day + LOOK_AHEAD)
    if not upcoming:
        raise Refused(
            _("rhythm {number} ends before {day}", number=before.id, day=day),
            _("choose an earlier day, or change its rule"),
        )
    parts = _parts(before.rrule)
    if "COUNT" in parts:
        used = len(occurrences(before, before.start, day - DAY))
        parts["COUNT"] = str(int(parts["COUNT"]) - used)
    return replace(after, rrule=_rule(parts), start=upcoming[0].date(), **fresh)


LOOK_AHEAD = timedelta(days=366 * SEARCH_YEARS)


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().split(";"))
    return {name: value for name, _equals, value in pairs}


def _rule(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())
