"""What the panel says about a post, an open slot or an empty day. Pure: pieces of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.model.times import to_local, zone_of
from cadence.tui.names import short_names
from cadence.tui.recent import Happening
from cadence.tui.weekview import NOBODY
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.words import short_day

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.insight.warnings import Warning

NAME_WIDTH = 14


def task_kinds(post: Post) -> list[TaskKind]:
    """The tasks of a post in the order of work."""
    return [kind for kind in TASK_KINDS if kind in post.tasks]


def post_head(calendar: Calendar, post: Post) -> Line:
    """`Storia Bianchi · LinkedIn · Thu 26 Nov 09:00 · planned`."""
    at = calendar.local(post)
    where = f" · {calendar.channels[post.channel].name} · {at:%a} {at.day} {at:%b %H:%M} · {post.state}"
    extra = " · extra" if post.slot is None and post.state != "skipped" else ""
    return [(f" {post.title}", "strong"), (f"{where}{extra} · post {post.id}", "dim")]


def task_line(
    calendar: Calendar,
    post: Post,
    kind: TaskKind,
    today: date,
    *,
    chosen: bool = False,
    ascii_only: bool = False,
) -> Line:
    """`▸ review   15′  nobody ▲   by Wed 25`."""
    task = post.tasks[kind]
    name = short_names(calendar).get(task.member or 0, NOBODY)
    tone = "dim" if task.is_done else ("warn" if task.member is None else "")
    signs = ""
    if task.member is None and not task.is_done:
        signs += f" {mark('warning', ascii_only=ascii_only)}"
    if task.pinned:
        signs += f" {mark('pinned', ascii_only=ascii_only)}"
    if task.offer is not None:
        signs += f" {mark('offer', ascii_only=ascii_only)}"
    words, word_tone = _when(calendar, post, task, today)
    sign = mark("cursor", ascii_only=ascii_only) if chosen else " "
    return [
        (f" {sign} ", "accent"),
        (f"{kind:<8}", "dim" if task.is_done else "strong"),
        (f"{task.effort:>4}′  ", "dim"),
        (fit(name + signs, NAME_WIDTH, ascii_only=ascii_only), tone),
        (f" {words}", word_tone),
    ]


def _when(calendar: Calendar, post: Post, task: Task, today: date) -> tuple[str, str]:
    if task.done_at is not None:
        done = to_local(task.done_at, calendar.zone(post.channel)).date()
        by = ""
        if task.done_by is not None and task.done_by != task.member:
            by = f" by {short_names(calendar).get(task.done_by, NOBODY)}"
        return f"done {short_day(done, today)}{by}", "good"
    if post.state == "skipped":
        return "", "dim"
    first, last = calendar.window(post, task)
    if last < today:
        return f"was due {short_day(last, today)}", "bad"
    if first == last:
        return f"on {short_day(last, today)}", "" if first <= today else "dim"
    if first > today:
        return f"{short_day(first, today)} – {short_day(last, today)}", "dim"
    return f"by {short_day(last, today)}", ""


def warning_lines(warnings: Iterable[Warning], width: int, ascii_only: bool = False) -> list[Line]:
    """Causes, and the first way out of each."""
    lines: list[Line] = []
    for warning in warnings:
        if warning.state == "open":
            tone = "bad" if warning.severity == "high" else "warn"
            sign = f" {mark('warning', ascii_only=ascii_only)} "
            lines += _wrapped(sign, warning.cause, width, tone)
            if warning.ways_out:
                lines += _wrapped("   ", f"→ {warning.ways_out[0].text}", width, "dim")
    return lines


def _wrapped(sign: str, text: str, width: int, tone: str) -> list[Line]:
    """A text over as many lines as it needs, all of them beside its sign."""
    lines = wrap(text, max(20, width - len(sign) - 1)) or [""]
    return [[(sign if i == 0 else " " * len(sign), tone), (line, tone)] for i, line in enumerate(lines)]


def post_lines(
    calendar: Calendar,
    post: Post,
    today: date,
    warnings: Sequence[Warning],
    width: int,
    *,
    chosen: TaskKind | None = None,
    ascii_only: bool = False,
) -> list[Line]:
    """Tasks, what else is known, and what is wrong; in lines of `width`."""
    lines = [
        task_line(calendar, post, kind, today, chosen=kind == chosen, ascii_only=ascii_only)
        for kind in task_kinds(post)
    ]
    if not post.tasks:
        lines.append([("   no tasks on this channel", "dim")])
    about: list[Line] = []
    if post.skip_reason:
        about.append([("   skipped: ", "dim"), (post.skip_reason, "")])
    if post.link:
        about.append([("   link  ", "dim"), (post.link, "")])
    if post.author:
        about.append([("   by    ", "dim"), (post.author, "")])
    about += [
        [("   note  " if i == 0 else "         ", "dim"), (text, "")]
        for i, text in enumerate(post.note.splitlines()[:4])
    ]
    # The tasks' own lines say already who is missing and what is late.
    wrong = [warning for warning in warnings if warning.rule not in ("unassigned-task", "behind")]
    said = warning_lines(wrong, width, ascii_only)
    return [*lines, *([[], *about] if about else []), *([[], *said] if said else [])]


def slot_lines(state: str, warnings: Sequence[Warning], width: int, ascii_only: bool = False) -> list[Line]:
    """What can be done with an open, missed or paused slot, and what is wrong with it."""
    hint = {
        "paused": "   the rhythm rests: nothing is expected",
        "missed": "   nothing went out for it",
    }.get(state, "   n plans a post here · m on a post, then g, brings one here")
    found = warning_lines(warnings, width, ascii_only)
    return [[(hint, "dim")], *([[], *found] if found else [])]


def slot_head(calendar: Calendar, channel: int, at: datetime, state: str) -> Line:
    """`Open slot · Blog · Thu 26 Nov 10:00`."""
    words = {"paused": "Paused slot", "missed": "Missed slot"}.get(state, "Open slot")
    where = f" · {calendar.channels[channel].name} · {at:%a} {at.day} {at:%b %H:%M}"
    return [(f" {words}", "strong"), (where, "dim")]


def day_head(calendar: Calendar, channel: int | None, day: date) -> Line:
    """`Blog · Friday 27 November`, and what holiday it is."""
    where = f"{calendar.channels[channel].name} · " if channel is not None else ""
    head: Line = [(f" {where}{day:%A} {day.day} {day:%B}", "strong")]
    if name := calendar.team.holidays.get(day):
        head.append((f" · {name}", "accent"))
    return head


def day_lines(calendar: Calendar, day: date) -> list[Line]:
    """A day on which a channel has nothing."""
    lines: list[Line] = [[("   nothing is planned · n plans an extra post", "dim")]]
    if away := [
        short_names(calendar)[absence.member] for absence in calendar.absences.values() if absence.covers(day)
    ]:
        lines.append([("   away: ", "dim"), (", ".join(sorted(away)), "")])
    return lines


def history_lines(
    calendar: Calendar, post: Post, happened: Sequence[Happening], today: date, width: int
) -> list[Line]:
    """Who did what to a post, newest first, in lines of `width`."""
    zone = zone_of(calendar.team.zone)
    itself = re.compile(rf'(?: of)? post {post.id} "[^"]*"')
    lines: list[Line] = []
    for change in happened:
        at = to_local(change.at, zone)
        when = f"{at:%H:%M}" if at.date() == today else short_day(at.date(), today)
        lines.append([(f" {when:<11}", "dim"), (change.by, "")])
        said = itself.sub("", change.why)
        lines += [[(" " * 12, ""), (text, "dim")] for text in wrap(said, max(20, width - 14))[:3]]
    return lines


def takes_text(
    refs: Sequence[TaskRef], name: str, minutes: int, before: float | None, after: float | None
) -> str:
    """`Giulia takes review (15′): 31 → 36 %`; `minutes` are what all of them take this person."""
    what = refs[0].kind if len(refs) == 1 else f"{len(refs)} tasks"
    if after is None:
        return f"{name} takes {what} ({minutes}′): has no time that week"
    return f"{name} takes {what} ({minutes}′): {(before or 0) * 100:.0f} → {after * 100:.0f} %"
