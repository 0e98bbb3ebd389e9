"""The row under the cursor and why it is so, and what the plan does to everybody's load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len

from cadence.insight.words import minutes_text, sentence
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.marks import bar, mark
from cadence.model.words import kind_word
from cadence.planner.bridge.proposal import WITHOUT_CAPACITY, Gap, Row, ShareChange, What
from cadence.tui.widgets.cells import Line, fit, width_of
from cadence.tui.widgets.frame import LineWidget
from cadence.tui.widgets.labelled import wrapped
from cadence.tui.widgets.plan_line import ARROW, FULL, names_in, nobody, percent_text, share_text, title_of
from cadence.tui.words import say_day

LOAD_LINES = 2
"""So many at most, where they stand below the reasons."""
FEW_ROWS = 5
"""In so few the reason needs the room."""
BAR_CELLS = 20
NAME_WIDTH = 16


@dataclass(frozen=True)
class Shown:
    """`others`: why nobody else, a sentence each; None: nobody has asked for it. `shares`: of everybody,
    with what the calendar says and with the plan."""

    calendar: Calendar
    today: date
    row: Row | Gap | None = None
    others: Sequence[str] | None = None
    shares: Sequence[ShareChange] = ()


class PlanDetail(LineWidget):
    """Below the rows behind a rule; beside them where there is room, with a bar for everybody."""

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._shown: Shown | None = None
        self._lines: list[Line] = []
        self._size_read: tuple[int, int] | None = None

    def show(self, shown: Shown) -> None:
        if shown != self._shown:
            self._shown, self._size_read = shown, None
            self.refresh()

    def line(self, y: int, width: int) -> Line:
        beside = self.region.x > 0
        if not beside and y == 0:
            return [(("-" if self.ascii_only else "─") * width, "dim")]
        room = (width - 2, self.size.height) if beside else (width, self.size.height - 1)
        lines = self._read(room, beside)
        y -= 0 if beside else 1
        line = lines[y] if y < len(lines) else []
        return [("| " if self.ascii_only else "│ ", "dim"), *line] if beside else line

    def _read(self, room: tuple[int, int], beside: bool) -> list[Line]:
        if self._size_read != room and self._shown is not None:
            self._lines = detail_lines(self._shown, *room, bars=beside, ascii_only=self.ascii_only)
            self._size_read = room
        return self._lines


def detail_lines(
    shown: Shown, width: int, rows: int, *, bars: bool = False, ascii_only: bool = False
) -> list[Line]:
    """The row in full, and below it the loads; `bars`: each on a line of its own, with a bar."""
    about = _about(shown, width)
    if bars:
        people = [_bar_line(shown, share, ascii_only) for share in shown.shares]
        room = max(len(about) and 4, rows - len(people) - 3)
        about = _cut(about, room, counted=shown.others is not None)
        head: list[Line] = [[], [(f" {_('Load with this plan')}", "head")]] if people else []
        return [*about, *head, *people][:rows]
    loads = _load_lines(shown, width, LOAD_LINES if rows > FEW_ROWS else 1, ascii_only)
    about = _cut(about, rows - len(loads), counted=shown.others is not None)
    return [*about, *([[]] * (rows - len(about) - len(loads))), *loads]


def _cut(lines: list[Line], rows: int, *, counted: bool) -> list[Line]:
    """At most so many lines; the last says that there are more, or how many."""
    if len(lines) <= rows:
        return lines
    if not counted:
        return [*lines[: rows - 1], [*lines[rows - 1], (" …", "")]] if rows > 0 else []
    rest = len(lines) - rows + 1
    more = n_("… and {number} more lines", "… and {number} more lines", rest)
    return [*lines[: max(0, rows - 1)], [(f"   {more}", "dim")]]


def _about(shown: Shown, width: int) -> list[Line]:
    row = shown.row
    if row is None:
        return []
    what, names = row.what, names_in(shown.calendar)
    goes_out, due = say_day(what.day, shown.today), say_day(what.closes, shown.today)
    channel = "" if title_of(what).startswith(what.channel) else f" · {what.channel}"
    lines: list[Line] = [
        [(f" {title_of(what)}", "head"), (f"{channel} · {_('goes out {day}', day=goes_out)}", "dim")]
    ]
    if isinstance(row, Gap):
        work = f" · {_work(what, what.effort, due)}"
        lines.append([(f" {nobody()}", "warn"), (work, "dim")])
        why = row.why
    else:
        giver, taker = (names.get(name or "", nobody()) for name in (row.giver, row.taker))
        work = f" · {_work(what, row.minutes, due)}"
        load = share_text(row.gains or row.loses)
        lines.append([(f" {giver} {ARROW} ", ""), (taker, "strong"), (f" · {load}{work}", "dim")])
        why = row.reason
    lines += [[(f" {text}", "")] for text in wrapped(sentence(why), width - 2, hyphens=True)]
    for reason in shown.others or ():
        if sentence(reason) == sentence(why):
            continue  # it stands above
        first, *more = wrapped(reason, width - 6, hyphens=True)
        lines.append([(" · ", "dim"), (first, "")])
        lines += [[(f"   {text}", "")] for text in more]
    return lines


def _work(what: What, minutes: int, due: str) -> str:
    """`review, 15′, by Wed 25`."""
    by = _("by {day}", day=due)
    return f"{kind_word(what.kind)}, {minutes_text(minutes)}, {by}"


# Loads


def _load_lines(shown: Shown, width: int, most: int, ascii_only: bool) -> list[Line]:
    """`Load  Anna 62 → 66 %  Marco 104 → 81 %  …`, and how many people did not find room."""
    lines: list[Line] = []
    names = names_in(shown.calendar)
    for place, share in enumerate(shown.shares):
        said = _person(names.get(share.member, share.member), share, ascii_only)
        if not lines or width_of(lines[-1]) + width_of(said) > width - 5:
            if len(lines) == most:
                lines[-1].append((f"+{len(shown.shares) - place}", "dim"))
                break
            head = f" {_('Load')}  "
            lines.append([(" " * cell_len(head) if lines else head, "dim")])
        lines[-1] += said
    return lines


def _person(name: str, share: ShareChange, ascii_only: bool) -> Line:
    over = share.after > FULL
    sign = f" {mark('warning', ascii_only=ascii_only)}" if over else ""
    full = 0 if share.after == WITHOUT_CAPACITY else share.after / 100
    return [
        (f"{name} ", "strong" if share.before != share.after else ""),
        (bar(full, ascii_only=ascii_only), "bad" if over else "good"),
        (f" {_change(share)}{sign}   ", "bad" if over else "dim" if share.before == share.after else ""),
    ]


def _change(share: ShareChange) -> str:
    return percent_text(share.after) if share.before == share.after else share_text(share)


def _bar_line(shown: Shown, share: ShareChange, ascii_only: bool) -> Line:
    name = fit(names_in(shown.calendar).get(share.member, share.member), NAME_WIDTH, ascii_only=ascii_only)
    full, rest = ("#", ".") if ascii_only else ("━", "─")
    filled = min(BAR_CELLS, -(-BAR_CELLS * share.after // 100))
    over, changes = share.after > FULL, share.before != share.after
    sign = f" {mark('warning', ascii_only=ascii_only)}" if over else ""
    return [
        (f" {name} ", "strong" if changes else ""),
        (full * filled, "bad" if over else "good"),
        (rest * (BAR_CELLS - filled), "dim"),
        (f"  {_change(share)}{sign}", "bad" if over else "" if changes else "dim"),
    ]
