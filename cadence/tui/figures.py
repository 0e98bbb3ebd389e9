"""What the screens show that takes time to compute: once per snapshot, in a thread, never per key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from cadence.insight.consistency import Consistency, consistencies, default_period
from cadence.insight.days import OnDay
from cadence.insight.slots import FilledSlot, slots
from cadence.insight.warnings import Warning
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.times import to_local
from cadence.planner.explaining.advice import advised_warnings

STRIP_WEEKS_BACK, STRIP_WEEKS_AHEAD = 30, 20
"""As much of the rhythm as the widest terminal shows."""


@dataclass(frozen=True, eq=False)
class Figures:
    """`calendar` is the snapshot that they belong to; `strip` the slots around now by channel."""

    calendar: Calendar
    now: datetime
    consistency: Mapping[int, Consistency]
    strip: Mapping[int, list[FilledSlot]]
    warnings: list[Warning]
    by_post: Mapping[int, list[Warning]] = field(default_factory=dict[int, list[Warning]])
    by_channel: Mapping[int, list[Warning]] = field(default_factory=dict[int, list[Warning]])

    @property
    def open_warnings(self) -> list[Warning]:
        return [warning for warning in self.warnings if warning.state == "open"]

    @property
    def urgent_warnings(self) -> list[Warning]:
        """The open warnings that ask for something now."""
        return [warning for warning in self.open_warnings if warning.severity == "high"]

    def is_silent(self, channel: int) -> bool:
        """Whether the channel is silent for longer than allowed right now, not only at some time before."""
        return any(
            warning.rule == "silence"
            and warning.severity == "high"
            and warning.at is not None
            and warning.at <= self.now
            for warning in self.by_channel.get(channel, ())
        )

    def warns_of(self, on: OnDay) -> bool:
        """Whether an open warning is about what stands on a day. Asked for each at every key."""
        return (on.channel, on.at) in self._warned_slots if on.post is None else on.post in self._warned_posts

    @cached_property
    def _warned_posts(self) -> frozenset[int]:
        return frozenset(warning.post for warning in self.open_warnings if warning.post is not None)

    @cached_property
    def _warned_slots(self) -> frozenset[tuple[int, datetime]]:
        """By the channel's clocks, as they stand on the days: there are many more of those."""
        zone_of = self.calendar.zone
        return frozenset(
            (warning.channel, to_local(warning.at, zone_of(warning.channel)))
            for warning in self.open_warnings
            if warning.post is None and warning.at is not None and warning.channel is not None
        )

    def warning_of(self, ref: TaskRef) -> Warning | None:
        """The open warning that this task causes by having nobody."""
        for warning in self.by_post.get(ref.post, ()):
            if warning.task == ref.kind and warning.state == "open":
                return warning
        return None


def compute(calendar: Calendar, now: datetime) -> Figures:
    found = advised_warnings(calendar, now)
    by_post: dict[int, list[Warning]] = {}
    by_channel: dict[int, list[Warning]] = {}
    for warning in found:
        if warning.post is not None:
            by_post.setdefault(warning.post, []).append(warning)
        elif warning.channel is not None:
            by_channel.setdefault(warning.channel, []).append(warning)
    strip: dict[int, list[FilledSlot]] = {}
    start, end = now - timedelta(weeks=STRIP_WEEKS_BACK), now + timedelta(weeks=STRIP_WEEKS_AHEAD)
    for filled in slots(calendar, start, end, now):
        strip.setdefault(filled.slot.channel, []).append(filled)
    # The week grid asks for this year's slots next; what they cost is paid here, not at a key press.
    slots(calendar, now, now + timedelta(weeks=1), now)
    period = default_period(now)
    return Figures(
        calendar=calendar,
        now=now,
        consistency={figures.channel: figures for figures in consistencies(calendar, *period, now)},
        strip=strip,
        warnings=found,
        by_post=by_post,
        by_channel=by_channel,
    )
