"""What the panel says about a post, an open slot or an empty day. Pure: pieces of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from cadence.language import _, month, month_long, n_, p_, weekday, weekday_long
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import Post, Task, TaskRef
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.model.times import to_local, zone_of
from cadence.model.words import kind_word, state_word
from cadence.tui.names import short_names
from cadence.tui.recent import Happening
from cadence.tui.weekview import NOBODY
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.words import kind_text, kind_width, short_day

# Only for their names: the figures are loaded where they are computed.
if TYPE_CHECKING:
    from cadence.insight.warnings import Warning

NAME_WIDTH = 14
SHORTEST_KIND, BESIDE_KIND = 8, 33
"""Cells for the kind of a task, and those that its line needs beside kind and name: ` ▸ `, its minutes, a
space, `Fri 27 Nov – Thu 3 Dec`."""


def moment_text(at: datetime) -> str:
    """`Thu 26 Nov 09:00`."""
    return f"{weekday(at)} {at.day} {month(at)} {at:%H:%M}"


def task_kinds(post: Post) -> list[TaskKind]:
    """The tasks of a post in the order of work."""
    return [kind for kind in TASK_KINDS if kind in post.tasks]


def post_head(calendar: Calendar, post: Post) -> Line:
    """`Storia Bianchi · LinkedIn · Thu 26 Nov 09:00 · planned`."""
    at = calendar.local(post)
    where = f" · {calendar.channels[post.channel].name} · {moment_text(at)} · {state_word(post.state)}"
    extra = " · " + _("extra") if post.slot is None and post.state != "skipped" else ""
    number = _("post {number}", number=post.id)
    return [(f" {post.title}", "strong"), (f"{where}{extra} · {number}", "dim")]


def task_line(
    calendar: Calendar,
    post: Post,
    kind: TaskKind,
    today: date,
    *,
    width: int = 99,
    chosen: bool = False,
    ascii_only: bool = False,
) -> Line:
    """`▸ review   15′  nobody ▲   by Wed 25`; in a narrow `width` the kind gives way to the date."""
    task = post.tasks[kind]
    name = short_names(calendar).get(task.member or 0, _(NOBODY))
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
    room = kind_width(max(SHORTEST_KIND, width - NAME_WIDTH - BESIDE_KIND))
    return [
        (f" {sign} ", "accent"),
        (fit(kind_text(kind, room), room), "dim" if task.is_done else "strong"),
        (f"{task.effort:>4}′  ", "dim"),
        (fit(name + signs, NAME_WIDTH, ascii_only=ascii_only), tone),
        (f" {words}", word_tone),
    ]


def _when(calendar: Calendar, post: Post, task: Task, today: date) -> tuple[str, str]:
    if task.done_at is not None:
        done = to_local(task.done_at, calendar.zone(post.channel)).date()
        day = short_day(done, today)
        if task.done_by is not None and task.done_by != task.member:
            who = short_names(calendar).get(task.done_by, _(NOBODY))
            return _("done {day} by {who}", day=day, who=who), "good"
        return _("done {day}", day=day), "good"
    if post.state == "skipped":
        return "", "dim"
    first, last = calendar.window(post, task)
    if last < today:
        return _("was due {day}", day=short_day(last, today)), "bad"
    if first == last:
        return _("on {day}", day=short_day(last, today)), "" if first <= today else "dim"
    if first > today:
        return f"{short_day(first, today)} – {short_day(last, today)}", "dim"
    return _("by {day}", day=short_day(last, today)), ""


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
    lines = wrapped(text, max(20, width - len(sign) - 1), hyphens=True)
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
        task_line(calendar, post, kind, today, width=width, chosen=kind == chosen, ascii_only=ascii_only)
        for kind in task_kinds(post)
    ]
    if not post.tasks:
        lines.append([("   " + _("no tasks on this channel"), "dim")])
    about: list[Line] = []
    if post.skip_reason:
        about.append([("   " + _("skipped:") + " ", "dim"), (post.skip_reason, "")])
    facts = ((_("link"), post.link), (p_("author", "by"), post.author))
    words = [(word, text) for word, text in facts if text]
    words += [(_("note") if i == 0 else "", text) for i, text in enumerate(post.note.splitlines()[:4])]
    about += [[(f"   {fit(word, 6)}", "dim"), (text, "")] for word, text in words]
    # The tasks' own lines say already who is missing and what is late.
    wrong = [warning for warning in warnings if warning.rule not in ("unassigned-task", "behind")]
    said = warning_lines(wrong, width, ascii_only)
    return [*lines, *([[], *about] if about else []), *([[], *said] if said else [])]


def slot_lines(state: str, warnings: Sequence[Warning], width: int, ascii_only: bool = False) -> list[Line]:
    """What can be done with an open, missed or paused slot, and what is wrong with it."""
    if state == "paused":
        hint = _("the rhythm rests: nothing is expected")
    elif state == "missed":
        hint = _("nothing went out for it")
    else:
        hint = _("n plans a post here · m on a post, then g, brings one here")
    found = warning_lines(warnings, width, ascii_only)
    return [[(f"   {hint}", "dim")], *([[], *found] if found else [])]


def slot_head(calendar: Calendar, channel: int, at: datetime, state: str) -> Line:
    """`Open slot · Blog · Thu 26 Nov 10:00`."""
    words = _("Open slot")
    if state in ("paused", "missed"):
        words = _("Paused slot") if state == "paused" else _("Missed slot")
    where = f" · {calendar.channels[channel].name} · {moment_text(at)}"
    return [(f" {words}", "strong"), (where, "dim")]


def day_head(calendar: Calendar, channel: int | None, day: date) -> Line:
    """`Blog · Friday 27 November`, and what holiday it is."""
    where = f"{calendar.channels[channel].name} · " if channel is not None else ""
    head: Line = [(f" {where}{weekday_long(day)} {day.day} {month_long(day)}", "strong")]
    if name := calendar.team.holidays.get(day):
        head.append((f" · {name}", "accent"))
    return head


def day_lines(calendar: Calendar, day: date) -> list[Line]:
    """A day on which a channel has nothing."""
    lines: list[Line] = [[("   " + _("nothing is planned · n plans an extra post"), "dim")]]
    if away := [
        short_names(calendar)[absence.member] for absence in calendar.absences.values() if absence.covers(day)
    ]:
        lines.append([("   " + _("away:") + " ", "dim"), (", ".join(sorted(away)), "")])
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
        said = wrapped(itself.sub("", change.why), max(20, width - 14), hyphens=True)
        lines += [[(" " * 12, ""), (text, "dim")] for text in said[:3]]
    return lines


def takes_text(
    refs: Sequence[TaskRef], name: str, minutes: int, before: float | None, after: float | None
) -> str:
    """`Giulia takes review (15′): 31 → 36 %`; `minutes` are what all of them take this person."""
    what = kind_word(refs[0].kind) if len(refs) == 1 else n_("{number} task", "{number} tasks", len(refs))
    if after is None:
        return _(
            "{name} takes {what} ({minutes}′): has no time that week", name=name, what=what, minutes=minutes
        )
    return _(
        "{name} takes {what} ({minutes}′): {before} → {after} %",
        name=name,
        what=what,
        minutes=minutes,
        before=round((before or 0) * 100),
        after=round(after * 100),
    )
