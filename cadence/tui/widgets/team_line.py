"""How the rows of the Team screen read: a line per thing, with what matters about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rich.cells import cell_len

from cadence.insight.consistency import Consistency
from cadence.insight.participation import Participation
from cadence.insight.rota import turns
from cadence.language import _, month, p_, weekday, weekday_long
from cadence.model.calendar import Calendar
from cadence.model.hours import say_hours
from cadence.model.rhythm import Rhythm, last_occurrence
from cadence.model.team import TASK_KINDS, Channel, Member, TaskKind
from cadence.model.times import WEEK, say_minutes, to_local, week_start, zone_of
from cadence.tui.forms.reading import minutes_a_post, say_a_week, say_amount
from cadence.tui.forms.rhythm_meaning import posts_a_week
from cadence.tui.names import short_names
from cadence.tui.recurrence import words_of
from cadence.tui.widgets.cells import Line, ascii_text, fit, fit_line
from cadence.tui.widgets.team_rows import Entry, TeamRow, Title
from cadence.tui.words import column_heads, week_number

LEADS_SHOWN = 6
MONDAY, SUNDAY = date(2024, 1, 1), date(2024, 1, 7)


@dataclass(frozen=True)
class Columns:
    """Widths in cells, the space after each included. `role` 0: it stands last, with the note."""

    name: int
    role: int
    time: int
    kinds: tuple[int, ...]

    @staticmethod
    def of(width: int) -> Columns:
        if width < 100:
            return Columns(12, 0, 7, (7, 7, 7, 8, 7))
        return Columns(20, 24, 9, (9, 9, 9, 9, 9))


class TeamLine:
    """One width of one snapshot. `today` is the team's."""

    def __init__(
        self,
        calendar: Calendar,
        consistency: Mapping[int, Consistency] | None,
        taking_part: Participation | None,
        now: datetime,
        width: int,
        *,
        ascii_only: bool = False,
    ) -> None:
        self._calendar = calendar
        self._consistency = consistency
        self._taking_part = taking_part
        self._today = to_local(now, zone_of(calendar.team.zone)).date()
        self._width = width
        self._columns = Columns.of(width)
        self._ascii = ascii_only

    def of(self, row: TeamRow) -> Line:
        line = self._title(row) if isinstance(row, Title) else self._entry(row)
        return [(ascii_text(text), tone) for text, tone in line] if self._ascii else line

    def _cell(self, text: str, width: int, tone: str = "") -> tuple[str, str]:
        return fit(ascii_text(text) if self._ascii else text, width - 1, ascii_only=self._ascii) + " ", tone

    def _title(self, title: Title) -> Line:
        line: Line = [(f"{title.text} ", "head"), (title.words, "dim")]
        if title.columns != "members":
            return line
        columns = self._columns
        said = len(title.text) + 1 + len(title.words)
        name = columns.name + columns.role + columns.time
        heads = column_heads().values()
        kinds = (self._cell(head, size, "dim") for head, size in zip(heads, columns.kinds, strict=True))
        time = self._cell(p_("a week", "time"), columns.time, "dim")
        return [*line, (" " * max(1, name - columns.time - said), ""), time, *kinds]

    def _entry(self, entry: Entry) -> Line:
        calendar = self._calendar
        match entry.kind:
            case "member":
                return self._member(calendar.members[entry.id])
            case "channel":
                return self._channel(calendar.channels[entry.id])
            case "rhythm":
                return self._rhythm(calendar.rhythms[entry.id])
            case "workflow":
                return self._workflow(entry.id)
            case "absence":
                return self._absence(entry.id)
            case "setting":
                return self._setting(entry.field)
            case "rota":
                return self._rota(entry.field)
            case "group":
                return self._share(entry.field)
            case "none":
                return [(entry.field, "dim")]

    # Members

    def _member(self, member: Member) -> Line:
        columns = self._columns
        gone = member.active_to is not None and member.active_to < self._today
        kinds = [
            self._cell(*self._skill(member, kind, size))
            for kind, size in zip(TASK_KINDS, columns.kinds, strict=True)
        ]
        note, tone = self._note(member)
        name = member.name if self._width >= 100 else short_names(self._calendar)[member.id]
        role = (self._role(member), "dim")
        last = [(f"{note}, ", tone), role] if note and role[0] else [(note, tone), role]
        room = self._width - columns.name - columns.role - columns.time - sum(columns.kinds)
        return [
            self._cell(name, columns.name, "dim" if gone else "strong"),
            *([self._cell(role[0], columns.role, role[1])] if columns.role else []),
            self._cell(say_minutes(member.allowance), columns.time),
            *kinds,
            *fit_line([(note, tone)] if columns.role else last, room, ascii_only=self._ascii),
        ]

    def _role(self, member: Member) -> str:
        if member.kind == "partner":
            return _("partner, {amount} €/h", amount=say_amount(member.cost_per_hour))
        return p_("role", "lead") if member.role == "lead" else member.department

    def _skill(self, member: Member, kind: TaskKind, size: int) -> tuple[str, int, str]:
        """`all` channels, so many of them, `learns`, or nothing."""
        skills = [skill for skill in member.skills if skill.task == kind]
        able = [skill for skill in skills if skill.level != "learning"]
        if any(skill.channel is None for skill in able):
            return p_("channels", "all"), size, ""
        if able:
            return str(len({skill.channel for skill in able})), size, ""
        return (p_("skill", "learns"), size, "accent") if skills else ("·", size, "dim")

    def _note(self, member: Member) -> tuple[str, str]:
        today = self._today
        if member.active_to is not None and member.active_to < today:
            return _("left {day}", day=self._short(member.active_to)), "dim"
        if member.active_from is not None and member.active_from > today:
            return _("from {day}", day=self._short(member.active_from)), "dim"
        away = [absence for absence in self._calendar.absences_of(member.id) if absence.last >= today]
        now = max((absence.last for absence in away if absence.first <= today), default=None)
        if now is not None:
            return _("away to {day}", day=self._short(now)), "warn"
        if self._width < 100:
            return "", ""
        if not away:
            return ", ".join(member.topics), "dim"
        first = min(absence.first for absence in away)
        return _("away from {day}", day=self._short(first)), "dim"

    # Channels and rhythms

    def _channel(self, channel: Channel) -> Line:
        flow = self._calendar.workflows.get(channel.workflow or 0)
        work = _("no tasks")
        if flow:
            effort = say_minutes(minutes_a_post(flow))
            work = _("{workflow}, {effort} a post", workflow=flow.name, effort=effort)
        rhythms = self._calendar.rhythms_of(channel.id)
        week = sum(
            posts_a_week(rhythm, self._today) for rhythm in rhythms if not _is_over(rhythm, self._today)
        )
        promise = say_a_week(week) if rhythms else ""
        name, flow_width, week_width, score = (25, 24, 19, 9) if self._width < 100 else (40, 28, 26, 18)
        if rhythms or channel.retired:
            rest = [self._cell(promise, week_width), self._cell(self._score(channel), score)]
        else:
            rest = [self._cell(_("no rhythm: r adds one"), week_width + score, "warn")]
        return [
            self._cell(channel.name, name, "dim" if channel.retired else "strong"),
            self._cell(_("retired") if channel.retired else work, flow_width, "dim"),
            *rest,
            (channel.url or "" if self._width >= 140 else "", "dim"),
        ]

    def _score(self, channel: Channel) -> str:
        if channel.retired:
            return ""
        if self._consistency is None:
            return "…"
        found = self._consistency.get(channel.id)
        return "" if found is None or found.score is None else _("score {score}", score=round(found.score))

    def _rhythm(self, rhythm: Rhythm) -> Line:
        within = (
            _("on the day")
            if rhythm.tolerance is None
            else _("within {time}", time=say_minutes(rhythm.tolerance))
        )
        silence = _("silent up to {time}", time=say_minutes(rhythm.max_silence)) if rhythm.max_silence else ""
        over = _is_over(rhythm, self._today)
        wide = self._width >= 100
        words = f"{words_of(rhythm.rrule)} {rhythm.at:%H:%M}"
        pause, tone = self._pauses(rhythm, over)
        return [
            ("  ", ""),
            self._cell(words, 38 if wide else 28, "dim" if over else ""),
            self._cell(within, 28 if wide else 12, "dim"),
            self._cell(silence, 26 if wide else 18, "dim"),
            (pause, tone),
        ]

    def _pauses(self, rhythm: Rhythm, over: bool) -> tuple[str, str]:
        today = self._today
        if over:
            return _("ended"), "dim"
        coming = [pause for pause in rhythm.pauses if pause.last >= today]
        if coming and coming[0].first <= today:
            return _("‖ to {day}", day=self._short(coming[0].last)), "warn"
        if rhythm.start > today:
            return _("from {day}", day=self._short(rhythm.start)), "accent"
        if not coming:
            return "", ""
        return f"‖ {self._short(coming[0].first)} – {self._short(coming[0].last)}", "dim"

    # Workflows and absences

    def _workflow(self, id: int) -> Line:
        flow = self._calendar.workflows[id]
        users = [one.name for one in self._calendar.channels.values() if one.workflow == id]
        heads = column_heads()
        steps = ", ".join(f"{heads[kind]} {say_minutes(step.effort)}" for kind, step in flow.steps.items())
        used = _("used by {channels}", channels=", ".join(users)) if users else _("nobody uses it")
        wide = self._width >= 100
        room = self._width - self._columns.name - 8
        fitted = fit(steps or _("no tasks"), room, ascii_only=self._ascii)
        return [
            self._cell(flow.name, self._columns.name, "strong"),
            self._cell(say_minutes(minutes_a_post(flow)), 8),
            *([self._cell(steps or _("no tasks"), 66, "dim"), (used, "dim")] if wide else [(fitted, "dim")]),
        ]

    def _absence(self, id: int) -> Line:
        absence = self._calendar.absences[id]
        first, last = absence.first, absence.last
        when = self._day(first) if first == last else f"{self._day(first)} – {self._day(last)}"
        now = first <= self._today
        return [
            self._cell(self._calendar.members[absence.member].name, 24, "strong"),
            self._cell(when, 28),
            self._cell(_("now") if now else "", 8, "warn"),
            (absence.reason, "dim"),
        ]

    # The team itself

    def _setting(self, field: str) -> Line:
        team = self._calendar.team
        match field:
            case "name":
                label, value = _("Name"), team.name
            case "zone":
                label, value = _("Time zone"), team.zone
            case "first_weekday":
                label = _("Week begins")
                value = weekday_long(SUNDAY if team.week_begins else MONDAY)
            case "hours":
                label, value = _("Working hours"), say_hours(team.hours)
            case "holidays":
                label, value = _("Holidays"), self._holidays()
            case "horizon_days":
                label, value = _("Warnings look ahead"), _("{number} days", number=team.horizon_days)
            case "boosts":
                label = _("Boosts")
                value = _("colleagues are asked") if team.boosts else _("nobody is asked")
            case _:
                label, value = _("Feeds are at"), team.feed_url or _("this computer")
        return [self._cell(label, 24, "dim"), (value, "")]

    def _holidays(self) -> str:
        team = self._calendar.team
        coming = sorted(day for day in team.holidays if day >= self._today)
        where = " ".join(filter(None, (team.country, team.region)))
        if not coming:
            return _("none are known: enter brings a country's")
        count = sum(1 for day in coming if day < self._today + timedelta(days=365))
        said = _("{number} in the next year", number=count)
        next_one = _("next: {day} {name}", day=self._day(coming[0]), name=team.holidays[coming[0]])
        return " · ".join(filter(None, (where, said, next_one)))

    def _rota(self, field: str) -> Line:
        calendar, rota = self._calendar, self._calendar.rota
        names = short_names(calendar)
        if field == "order":
            said = ", ".join(names[id] for id in rota.order if id in names)
            value = said or _("nobody leads the weeks: enter says who")
            return [self._cell(_("Leads, in turn"), 24, "dim"), (value, "" if said else "dim")]
        this = week_start(self._today, calendar.team.week_begins)
        weeks = [this + n * WEEK for n in range(LEADS_SHOWN)]
        found = turns(rota, weeks)
        words = [f"w{week_number(week)} {names.get(found[week] or 0, '–')}" for week in weeks]
        while cell_len("  ".join(words)) > self._width - 24 and len(words) > 1:
            words.pop()
        return [self._cell(_("Leads from this week"), 24, "dim"), ("  ".join(words), "")]

    # Taking part

    def _share(self, field: str) -> Line:
        found = self._taking_part
        assert found is not None
        team = found.team
        parts = {
            "active": (_("Gave an idea or a boost"), team.active),
            "ideas": (_("Gave an idea"), team.ideas),
            "boosts": (_("Passed a post on"), team.boosts),
            "tasks": (_("Did a task"), team.tasks),
        }
        if field == "bottom_up":
            share = found.sources.bottom_up
            label, words = (
                _("Posts from an idea"),
                _(
                    "{number} of {all}, from outside the leads {share}",
                    number=found.sources.from_ideas,
                    all=found.sources.published,
                    share="–" if share is None else f"{share:.0%}".replace("%", " %"),
                ),
            )
            return [self._cell(label, 26, "dim"), (words, "")]
        label, part = parts[field]
        share = team.share(part)
        bar = round((share or 0) * 20)
        full, empty = ("#", ".") if self._ascii else ("━", "─")
        said = _("{number} of {all}", number=len(part), all=len(team.enrolled))
        percent = "–" if share is None else f"{share * 100:.0f} %"
        return [
            self._cell(label, 26, "dim"),
            (full * bar, "good"),
            (empty * (20 - bar), "dim"),
            (f" {percent:>5}  ", ""),
            (said, "dim"),
        ]

    # Days

    def _day(self, day: date) -> str:
        words = f"{weekday(day)} {day.day} {month(day)}"
        return words if day.year == self._today.year else f"{words} {day.year}"

    def _short(self, day: date) -> str:
        return f"{day.day} {month(day)}"


def _is_over(rhythm: Rhythm, today: date) -> bool:
    last = last_occurrence(rhythm)
    return last is not None and last.date() < today
