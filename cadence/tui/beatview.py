"""What the panel says about a beat of the strip: what became of it, what it counts, what is missing. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cadence.insight.matching import VALUES
from cadence.insight.slots import FilledSlot
from cadence.language import _, decimal, n_
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post
from cadence.model.times import WEEK
from cadence.model.words import kind_word, slot_word, state_word
from cadence.tui.beats import Beat
from cadence.tui.names import short_names
from cadence.tui.postview import moment_text, task_kinds, warning_lines
from cadence.tui.weekview import NOBODY
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.week_chips import STATE_TONES

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.insight.consistency import Consistency
    from cadence.insight.warnings import Warning
    from cadence.tui.figures import Figures

PERIOD = 12 * WEEK
"""What the score looks at."""


def beat_head(calendar: Calendar, beat: Beat, ascii_only: bool = False) -> Line:
    """`✕ missed · LinkedIn · Thu 19 Nov 09:00`."""
    filled = beat.worst
    state = f" {mark(filled.state, ascii_only=ascii_only)} {slot_word(filled.state)}"
    where = f" · {calendar.channels[filled.slot.channel].name} · {moment_text(filled.slot.local)}"
    return [(state, STATE_TONES[filled.state] or "strong"), (where, "dim")]


def beat_lines(
    calendar: Calendar, figures: Figures, beat: Beat, today: date, width: int, ascii_only: bool = False
) -> list[Line]:
    """What became of it, or what it still needs; then the others that the cell stands for."""
    filled = beat.worst
    post = calendar.posts.get(filled.post or 0)
    lines: list[Line] = [[("   ", ""), (_happened(calendar, filled, post), "")]]
    if filled.state in VALUES:
        lines.append([(f"   {_worth(figures, filled)}", "dim")])
    elif filled.state != "paused" and filled.slot.local.date() >= today:
        lines.append([("   " + _("on time it will count in full, late half, without a post nothing"), "dim")])
    lines += _others(calendar, beat, ascii_only)
    if wrong := warning_lines(_warnings(figures, filled), width, ascii_only):
        lines += [[], *wrong]
    return lines


def _warnings(figures: Figures, filled: FilledSlot) -> list[Warning]:
    """What is wrong with the slot, and that its channel is silent, where that began with it."""
    return [
        warning
        for warning in figures.by_channel.get(filled.slot.channel, ())
        if warning.slot == filled.slot.key
        or (warning.rule == "silence" and warning.severity == "high" and filled.state == "missed")
    ]


def _happened(calendar: Calendar, filled: FilledSlot, post: Post | None) -> str:
    if filled.state == "paused":
        return _("the rhythm rests: nothing is expected, and nothing counts")
    if post is None:
        is_past = filled.state == "missed"
        return _("nothing went out for it") if is_past else _("nothing is planned yet · n plans a post here")
    if filled.state in ("on_time", "early", "late"):
        return _("{title} went out {when}", title=post.title, when=moment_text(calendar.local(post)))
    if filled.state == "missed":
        return _(
            "{title} was meant for it and is still {state}", title=post.title, state=state_word(post.state)
        )
    return _missing(calendar, post)


def _missing(calendar: Calendar, post: Post) -> str:
    """What has to be done before it can go out, and by whom."""
    names = short_names(calendar)
    todo = [
        f"{kind_word(kind)} ({names.get(post.tasks[kind].member or 0, _(NOBODY))})"
        for kind in task_kinds(post)
        if kind not in ("publish", "engage") and not post.tasks[kind].is_done
    ]
    if not todo:
        return _("{title}: only publishing is left", title=post.title)
    return _("{title}: still to do {tasks}", title=post.title, tasks=", ".join(todo))


def _worth(figures: Figures, filled: FilledSlot) -> str:
    """What it counts, and what the score would be without it."""
    known = figures.consistency.get(filled.slot.channel)
    start = figures.now - PERIOD
    if known is None or not start <= filled.slot.at < figures.now:
        return _("it counts no longer: the score looks at the last 12 weeks")
    value = VALUES[filled.state]  # type: ignore[index]
    score, other = _points(known.score), _points(without(known, value))
    if value == 1:
        return _("counts in full · the score is {score}, without it {other}", score=score, other=other)
    if value:
        return _("counts half · the score is {score}, without it {other}", score=score, other=other)
    return _("counts nothing · the score is {score}, without it {other}", score=score, other=other)


def without(known: Consistency, value: float) -> float | None:
    """The score without one slot of such a value (0 to 1); None when there is no other."""
    if known.score is None or known.slots < 2:
        return None
    return (known.score * known.slots - 100 * value) / (known.slots - 1)


def _points(score: float | None) -> str:
    return "–" if score is None else decimal(score).removesuffix(decimal(0.0)[1:])


def _others(calendar: Calendar, beat: Beat, ascii_only: bool) -> list[Line]:
    """The slots of a cell that stands for several, the one that Enter goes to first in sight."""
    if len(beat.slots) == 1:
        return []
    count = n_("{number} beat stands here", "{number} beats stand here", len(beat.slots))
    lines: list[Line] = [[], [(f"   {count}", "dim")]]
    for filled in beat.slots:
        sign = mark("cursor", ascii_only=ascii_only) if filled is beat.worst else " "
        post = calendar.posts.get(filled.post or 0)
        lines.append(
            [
                (f" {sign} ", "accent"),
                (f"{mark(filled.state, ascii_only=ascii_only)} ", STATE_TONES[filled.state]),
                (f"{moment_text(filled.slot.local)} · {slot_word(filled.state)}", ""),
                (f" · {post.title}" if post else "", "dim"),
            ]
        )
    return lines
