"""What a member wants to be told, and when: their settings, which everybody can see."""

from datetime import time
from typing import Annotated, Literal

from msgspec import Meta, Struct

from cadence.language import _
from cadence.model import limits
from cadence.model.errors import BadInput

DigestKind = Literal["tasks", "offers", "warnings", "ideas", "boosts", "changes"]
DIGEST_KINDS: tuple[DigestKind, ...] = ("tasks", "offers", "warnings", "ideas", "boosts", "changes")
"""My tasks due · offers to me · warnings I can do something about · my ideas decided · boosts asked of me ·
what others changed about my tasks."""
Every = Literal["off", "daily", "weekly"]
WeekdayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EVERY: tuple[Every, ...] = ("off", "daily", "weekly")
Minute = Annotated[int, Meta(ge=0, lt=24 * 60)]


class Quiet(Struct, frozen=True, array_like=True):
    """Hours in which nothing is sent, in minutes after midnight: [start, end), over midnight where the end is
    before the start. Both the same: there are none."""

    start: Minute
    end: Minute

    def holds(self, clock: time) -> bool:
        minute = clock.hour * 60 + clock.minute
        if self.start <= self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def __str__(self) -> str:
        if self.start == self.end:
            return "none"
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


NO_QUIET = Quiet(0, 0)
NIGHT = Quiet(20 * 60, 7 * 60)


class Digest(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A member's digest: sent on every working day or once a week at a time of their zone, never in their
    `quiet` hours, and never about the kinds that are `muted`. Off until somebody wants it.

    `since` is when its times were chosen (None: nobody chose): those before count for nothing.
    """

    every: Every = "off"
    weekday: WeekdayName = "mon"
    at: time = time(8)
    quiet: Quiet = NIGHT
    muted: tuple[DigestKind, ...] = ()
    since: limits.Instant | None = None

    def __post_init__(self) -> None:
        if self.quiet.holds(self.at):
            raise BadInput(
                _(
                    "a digest at {at:%H:%M} would come in the quiet hours {quiet}",
                    at=self.at,
                    quiet=self.quiet,
                ),
                _("choose another time (--at), or other quiet hours (--quiet, `none` for none)"),
            )

    def tells(self, kind: DigestKind) -> bool:
        return kind not in self.muted
