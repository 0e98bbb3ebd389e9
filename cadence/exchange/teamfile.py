"""Reads a team file, a whole team in one TOML document such as sample_data/officine-rossi/team.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from cadence.exchange.files import printable, read_file
from cadence.exchange.holidays import public_holidays
from cadence.exchange.section import (
    Section,
    a_flag,
    a_list,
    a_number,
    a_table,
    a_text,
)
from cadence.language import _
from cadence.model.calendar import slug
from cadence.model.errors import BadInput
from cadence.model.rhythm import Pause, Rhythm
from cadence.model.team import LEVELS, TASK_KINDS, Span, Step, TaskKind, Team, WorkingHours, parse_time
from cadence.model.times import WEEKDAYS, parse_minutes, zone_of
from cadence.operations.setup import (
    AbsencePlan,
    ChannelPlan,
    MemberPlan,
    RhythmPlan,
    SkillPlan,
    TeamPlan,
    WorkflowPlan,
)

MAX_OCTETS = 5_000_000
EVERY_CHANNEL = "all"


def read_team(path: Path, *, today: date) -> TeamPlan:
    """The team of a file. Where it names a country and no holidays, those of the years around `today` are
    filled in. BadInput names file, table and key."""
    content, name = read_file(path, MAX_OCTETS), printable(path.name, 120)
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(_("{file} is not UTF-8 text", file=name), _("save it as UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_("{file} is not valid TOML: {error}", file=name, error=error)) from None
    except RecursionError:
        raise BadInput(_("{file} is not valid TOML: nested too deeply", file=name)) from None
    return _plan(Section(name, document), today)


def _plan(file: Section, today: date) -> TeamPlan:
    team = _team(file, today)
    workflows = tuple(_workflow(section) for section in file.sections("workflow"))
    _unlike(file, "workflow", (workflow.name for workflow in workflows))
    channels = [_channel(section, workflows) for section in file.sections("channel")]
    _unlike(file, "channel", (channel.name for channel in channels))
    channels = _with_rhythms(file.sections("rhythm"), channels)
    names = [channel.name for channel in channels]
    members = tuple(_member(section, names) for section in file.sections("member"))
    _unlike(file, "member", (member.name for member in members))
    file.finish()
    return TeamPlan(team=team, workflows=workflows, channels=tuple(channels), members=members)


def _unlike(file: Section, what: Literal["member", "channel", "workflow"], names: Iterable[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if other := seen.get(slug(name)):
            raise BadInput(f"{file.place}: {_two(what, other, name)}", _("rename one"))
        seen[slug(name)] = name


def _two(what: Literal["member", "channel", "workflow"], one: str, other: str) -> str:
    match what:
        case "member":
            return _("two members are called {one!r} and {other!r}", one=one, other=other)
        case "channel":
            return _("two channels are called {one!r} and {other!r}", one=one, other=other)
        case "workflow":
            return _("two workflows are called {one!r} and {other!r}", one=one, other=other)


# Tables


def _team(file: Section, today: date) -> Team:
    section = file.section("team")
    fields: dict[str, Any] = {
        "name": section.need("name", a_text),
        "zone": section.take("zone", a_zone, "UTC"),
        "first_weekday": section.take("first_weekday", a_text, "monday"),
        "hours": section.take("hours", a_week, WorkingHours()),
        "country": section.take("country", a_text, "").upper(),
        "region": section.take("region", a_text, ""),
        "horizon_days": section.take("horizon", a_number_of_days, 28),
        "feed_host": section.take("feed_host", a_text, "cadence.invalid"),
        "feed_url": section.take("feed_url", a_text, None),
        "boosts": section.take("boosts", a_flag, True),
    }
    fields["holidays"] = _holidays(file, fields["country"], fields["region"], today)
    return section.build(Team, fields)


def _holidays(file: Section, country: str, region: str, today: date) -> dict[date, str]:
    if file.has("holidays") or not country:
        return dict(sorted(file.section("holidays").each(lambda key, value: (a_date(key), a_text(value)))))
    try:
        return public_holidays(country, region, today)
    except BadInput as error:
        raise BadInput(
            _("{place}, [team], country: {message}", place=file.place, message=error.message), error.remedy
        ) from None


def _workflow(section: Section) -> WorkflowPlan:
    name = section.need("name", a_text)
    steps: dict[TaskKind, Step] = {}
    for kind in TASK_KINDS:
        if section.has(kind):
            steps[kind] = _step(section.section(kind))
        else:
            section.take(kind, a_table, {})
    return section.build(WorkflowPlan, {"name": name, "steps": steps})


def _step(section: Section) -> Step:
    effort = section.need("effort", a_duration)
    opens, closes = section.need("window", a_window)
    return section.build(Step, {"effort": effort, "opens": opens, "closes": closes})


def _channel(section: Section, workflows: Iterable[WorkflowPlan]) -> ChannelPlan:
    known = {slug(workflow.name): workflow.name for workflow in workflows}
    fields: dict[str, Any] = {
        "name": section.need("name", a_text),
        "zone": section.take("zone", a_zone, ""),
        "workflow": section.take("workflow", lambda value: _known(value, known, "workflow"), None),
        "max_per_day": section.take("max_per_day", a_number, None),
        "min_spacing": section.take("min_spacing", a_duration, None),
        "url": section.take("url", a_text, None),
        "retired": section.take("retired", a_flag, False),
        "rhythms": tuple(_rhythm(rhythm) for rhythm in section.sections("rhythm", inside=True)),
    }
    if slug(fields["name"]) == EVERY_CHANNEL:
        raise BadInput(
            _("{place}: {name!r} means every channel", place=section.place, name=EVERY_CHANNEL),
            _("call it something else"),
        )
    return section.build(ChannelPlan, fields)


def _with_rhythms(sections: Iterable[Section], channels: list[ChannelPlan]) -> list[ChannelPlan]:
    """The channels with the rhythms that stand on their own and name their channel."""
    by_slug = {slug(channel.name): channel for channel in channels}
    known = {key: channel.name for key, channel in by_slug.items()}
    for section in sections:
        key = slug(section.need("channel", lambda value: _known(value, known, "channel")))
        by_slug[key] = replace(by_slug[key], rhythms=(*by_slug[key].rhythms, _rhythm(section)))
    return list(by_slug.values())


def _rhythm(section: Section) -> RhythmPlan:
    fields: dict[str, Any] = {
        "rrule": section.need("rrule", a_text),
        "at": section.need("at", a_time),
        "start": section.take("start", a_date, None),
        "tolerance": section.take("tolerance", a_duration, None),
        "max_silence": section.take("max_silence", a_duration, None),
        "pauses": tuple(_pause(pause) for pause in section.sections("pauses", inside=True)),
        "skip_holidays": section.take("skip_holidays", a_flag, False),
    }
    plan = section.build(RhythmPlan, fields)
    if start := plan.start:  # without one, the rule is checked on the day on which the team is set up
        section.take(
            "rrule", lambda _rule: Rhythm(id=1, channel=1, rrule=plan.rrule, at=plan.at, start=start), None
        )
    return plan


def _pause(section: Section) -> Pause:
    first, last = section.need("from", a_date), section.need("to", a_date)
    reason = section.take("reason", a_text, "")
    return section.build(Pause, {"first": first, "last": last, "reason": reason})


def _member(section: Section, channels: Iterable[str]) -> MemberPlan:
    known = {slug(name): name for name in channels}
    fields: dict[str, Any] = {
        "name": section.need("name", a_text),
        "kind": section.take("kind", a_text, "staff"),
        "role": section.take("role", a_text, "member"),
        "department": section.take("department", a_text, ""),
        "allowance": section.take("allowance", a_duration, 60),
        "hours": section.take("hours", a_week, None),
        "zone": section.take("zone", a_zone, ""),
        "active_from": section.take("active_from", a_date, None),
        "active_to": section.take("active_to", a_date, None),
        "cost_per_hour": section.take("cost_per_hour", an_amount, 0),
        "login": section.take("login", a_text, ""),
        "posts_a_week": section.take("posts_a_week", a_number, None),
        "spacing": section.take("spacing", a_number_of_days, None),
        "topics": tuple(section.take("topics", some_texts, [])),
        "skills": tuple(_skills(section.section("skills"), known)),
        "absences": tuple(_absence(absence) for absence in section.sections("absences", inside=True)),
    }
    return section.build(MemberPlan, fields)


def _skills(section: Section, channels: dict[str, str]) -> Iterable[SkillPlan]:
    for task in TASK_KINDS:
        yield from section.take(task, lambda value, task=task: _skills_in(task, value, channels), [])
    section.finish()


def _skills_in(task: TaskKind, value: object, channels: dict[str, str]) -> list[SkillPlan]:
    return [_skill(task, text, channels) for text in some_texts(value)]


def _skill(task: TaskKind, text: str, channels: dict[str, str]) -> SkillPlan:
    """`Blog`, `Blog:expert`, `all`, `all:learning`."""
    name, _colon, level = text.rpartition(":")
    if level not in LEVELS:
        name, level = text, "able"
    channel = None if name.strip() == EVERY_CHANNEL else _known(name, channels, "channel")
    return SkillPlan(task, channel, next(known for known in LEVELS if known == level))


def _absence(section: Section) -> AbsencePlan:
    first, last = section.need("from", a_date), section.need("to", a_date)
    reason = section.take("reason", a_text, "")
    if last < first:
        raise BadInput(
            _(
                "{place}: it cannot end on {last}, before it starts on {first}",
                place=section.place,
                last=last,
                first=first,
            )
        )
    return section.build(AbsencePlan, {"first": first, "last": last, "reason": reason})


# Values


def _known(value: object, names: dict[str, str], what: Literal["channel", "workflow"]) -> str:
    """The name, as it is written where it is defined."""
    name = names.get(slug(a_text(value)))
    if name is None:
        choice = ", ".join(list(names.values())[:12]) or _("none in this file")
        told = a_text(value)[:60]
        missing = _("there is no workflow {name!r}", name=told)
        if what == "channel":
            missing = _("there is no channel {name!r}", name=told)
        raise BadInput(missing, _("there is: {names}", names=choice))
    return name


def a_zone(value: object) -> str:
    return zone_of(a_text(value)).key


def a_duration(value: object) -> int:
    """Minutes, of `45m`, `12h`, `7d` or a bare number of minutes."""
    return a_number(value) if not isinstance(value, str) else parse_minutes(value)


def a_number_of_days(value: object) -> int:
    """Days, of `28` or `28d`."""
    if not isinstance(value, str):
        return a_number(value)
    days, rest = divmod(parse_minutes(value), 24 * 60)
    if rest:
        raise BadInput(_("{value!r} is not a number of whole days", value=value[:40]), _("write it as 28d"))
    return days


def a_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadInput(_("{value!r} is not a date", value=str(value)[:40]), _("write it as 2026-12-08"))


def a_time(value: object) -> time:
    return value if isinstance(value, time) else parse_time(a_text(value))


def an_amount(value: object) -> int:
    """Cents, of euros with at most two decimals."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise BadInput(
            _("{value!r} is not an amount", value=str(value)[:40]), _("write euros as 48 or 48.50")
        )
    cents = round(value * 100)
    if abs(cents - value * 100) > 1e-6:
        raise BadInput(_("{value} has parts of a cent", value=value), _("write euros as 48 or 48.50"))
    return cents


def a_window(value: object) -> tuple[int, int]:
    days = [a_number(day) for day in a_list(value)]
    if len(days) != 2:
        raise BadInput(
            _("a window has two numbers"), _("write [-5, -2]: from five to two working days before")
        )
    return days[0], days[1]


def a_week(value: object) -> WorkingHours:
    """Working hours, of `{ mon = "09:00-13:00 14:00-18:00" }`; a day that is not there is not worked."""
    days = a_table(value)
    if unknown := [day for day in days if day not in WEEKDAYS]:
        raise BadInput(
            _("{day!r} is not a day", day=unknown[0][:40]), _("use {names}", names=", ".join(WEEKDAYS))
        )
    spans = {day: tuple(_spans(a_text(days.get(day, "")))) for day in WEEKDAYS}
    try:
        return WorkingHours(**spans)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _spans(text: str) -> Iterable[Span]:
    for part in text.replace(",", " ").split():
        start, dash, end = part.partition("-")
        try:
            if not dash:
                raise BadInput("")
            yield Span(_minutes(start), _minutes(end))
        except (BadInput, ValueError):
            raise BadInput(
                _("{text!r} are no working hours", text=part[:40]), _("write them as 09:00-13:00 14:00-18:00")
            ) from None


def _minutes(text: str) -> int:
    if text == "24:00":
        return 24 * 60
    at = parse_time(text)
    return at.hour * 60 + at.minute


def some_texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [a_text(item) for item in a_list(value)]
