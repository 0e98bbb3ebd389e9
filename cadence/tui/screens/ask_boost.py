"""Who else could pass a post on: the colleagues, each with a day; the line above says what Enter does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cadence.insight.boosting import Colleague, colleagues
from cadence.insight.capacity import Load, load
from cadence.insight.words import day_text, minutes_text, share_text
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.marks import mark
from cadence.model.post import BOOST_MINUTES
from cadence.tui.screens.choosing import ChoosingScreen
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import say_day

NAME, DAY, SHARE = 18, 13, 18


class ColleagueList(RowList[int]):
    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__(ascii_only=ascii_only)
        self.colleagues: Sequence[Colleague] = ()
        self._calendar = Calendar.empty()
        self._today = date.min

    def show(self, calendar: Calendar, found: Sequence[Colleague], today: date) -> None:
        before, row = self.row_keys(), self.cursor
        self._calendar, self.colleagues, self._today = calendar, found, today
        self.cursor = self.follow(before, row)
        self.rows_changed()
        self.move_to(self.cursor or 0)

    @property
    def current(self) -> Colleague | None:
        row = self.cursor
        return self.colleagues[row] if row is not None and row < len(self.colleagues) else None

    def row_count(self) -> int:
        return len(self.colleagues)

    def row_key(self, row: int) -> int:
        return self.colleagues[row].member

    def can_choose(self, row: int) -> bool:
        return self.colleagues[row].day is not None

    def row_line(self, row: int, width: int) -> Line:
        one = self.colleagues[row]
        name = self._calendar.members[one.member].name
        if one.day is None:
            sign = mark("missed", ascii_only=self.ascii_only)
            return [
                (f"{sign} {fit(name, NAME - 2, ascii_only=self.ascii_only)}", "dim"),
                (self._text(one.why_not), "dim"),
            ]
        before, after = loads(self._calendar, one.member, one.day)
        last = _("was never asked")
        if one.last is not None:
            last = _("last asked {day}", day=say_day(one.last, self._today))
        return [
            (fit(name, NAME - 1, ascii_only=self.ascii_only) + " ", "strong"),
            (fit(say_day(one.day, self._today), DAY), ""),
            (fit(self._text(f"{share_text(before.share)} → {share_text(after.share)}"), SHARE), ""),
            (self._text(last), "dim"),
        ]


class AskBoostScreen(ChoosingScreen[int]):
    """Gives the member to ask."""

    def __init__(self, post: int) -> None:
        super().__init__()
        self.post = post

    def make_list(self, ascii_only: bool) -> ColleagueList:
        return ColleagueList(ascii_only=ascii_only)

    def keys(self) -> str:
        return _("enter asks · n ↓ ↑ somebody else · esc leaves")

    def can_accept(self) -> bool:
        one = self.query_one(ColleagueList).current
        return one is not None and one.day is not None

    def height(self) -> int:
        return min(self.app.size.height // 2, len(self.query_one(ColleagueList).colleagues) + 4)

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        """Somebody may have asked meanwhile, or passed it on."""
        if self.is_mounted:
            if self.post in after.posts:
                self.ask()
            else:
                self.dismiss(None)

    def ask(self) -> None:
        calendar = self.cadence.calendar
        found = colleagues(calendar, calendar.posts[self.post], self.cadence.now)
        self.query_one(ColleagueList).show(calendar, found, self.cadence.today)
        self.say_all()

    def say(self) -> None:
        calendar, one = self.cadence.calendar, self.query_one(ColleagueList).current
        if one is None or one.day is None:
            self.says.say(_("Nobody can be asked for it in the next days; the reasons are below"), "warn")
            return
        before, after = loads(calendar, one.member, one.day)
        words = _(
            "{name} is asked on {day} · {minutes}: {before} → {after} · u undoes",
            name=calendar.members[one.member].name,
            day=day_text(one.day),
            minutes=minutes_text(BOOST_MINUTES),
            before=share_text(before.share),
            after=share_text(after.share),
        )
        self.says.say(words, "good")

    def action_accept(self) -> None:
        one = self.query_one(ColleagueList).current
        if one is not None and one.day is not None:
            self.dismiss(one.member)


def loads(calendar: Calendar, member: int, day: date) -> tuple[Load, Load]:
    """Their week without and with one boost more."""
    before = load(calendar, member, day)
    return before, before.plus(BOOST_MINUTES)
