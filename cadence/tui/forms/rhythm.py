"""The form of a rhythm: written as people say it, or chosen bit by bit; what it means is shown at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from msgspec.structs import replace

from cadence.language import _, speech
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError
from cadence.model.rhythm import Rhythm, check_rule
from cadence.model.team import Channel
from cadence.model.times import to_local
from cadence.operations.rhythms import add_rhythm, edit_rhythm
from cadence.tui.dates import DATES, usual_hour
from cadence.tui.forms import reading as read
from cadence.tui.forms.form import Answers, Choice, Field, Form, Step, Text, Ticks, Values
from cadence.tui.forms.rhythm_meaning import Counted, coming_lines, day_words, meaning_line
from cadence.tui.recurrence import (
    FORMS,
    LAST,
    NTHS,
    Kind,
    Often,
    nth_words,
    often_of,
    read_rule,
    rule_of,
    usual_silence,
    words_of,
)
from cadence.tui.widgets.cells import Line

LEFT_OUT_SHOWN = 3
BY_HAND = "rule"
BUILDER = ("often", "every", "weekdays", "nths", "dates", "at", "until")
"""The fields that are chosen bit by bit; each follows from the rhythm as it is written, and it from them."""


def rhythm_form(calendar: Calendar, now: datetime, channel: int, id: int | None = None) -> Form:
    """A new rhythm of a channel, or the one of this number as it is."""
    known = None if id is None else calendar.rhythm(id)
    on = calendar.channel(channel)
    today = to_local(now, calendar.zone(channel)).date()
    has = known or Rhythm(
        id=1, channel=channel, rrule="FREQ=WEEKLY;BYDAY=TU", at=usual_hour(calendar, channel), start=today
    )
    text = f"{words_of(has.rrule)} {has.at:%H:%M}"
    return Form(
        head=_("A rhythm of {channel}", channel=on.name)
        if known
        else _("A new rhythm of {channel}", channel=on.name),
        keys=[("rhythms", id)] if id is not None else [],
        fields=[
            Text(
                name="rule",
                label=_("Rhythm"),
                value=text if known else "",
                read=read.needed(lambda said: _checked(said, has.start), _(FORMS)),
                hint=_(FORMS),
            ),
            *_builder(builder_of(text) if known else builder_of("")),
            Text(
                name="start",
                label=_("First day"),
                value=read.say_day(has.start) if known else "",
                read=read.or_none(read.day_reader(calendar, now)),
                hint=_("today · {dates}", dates=_(DATES)),
            ),
            Text(
                name="tolerance",
                label=_("On time within"),
                value=read.say_duration(has.tolerance),
                read=read.or_none(read.duration),
                hint=_("the same day · 3h, 2d"),
            ),
            Text(
                name="max_silence",
                label=_("Longest silence"),
                value=read.say_duration(has.max_silence) if known else "",
                read=read.or_none(read.duration),
                hint=_("no promise · 7d, 2w") if known else _("two of its intervals · 7d, 2w"),
            ),
            Choice(
                name="skip_holidays",
                label=_("Public holidays"),
                value="yes" if has.skip_holidays else "no",
                options={"no": _("count as any day"), "yes": _("are left out")},
                read=read.yes,
            ),
            *([_from_when()] if known else []),
        ],
        step=lambda values: _step(channel, id, today, values),
        shows=lambda values: _shows(calendar, on, known, today, values),
        linked=linked,
    )


def _builder(answers: Answers) -> list[Field]:
    days = [name.rstrip(".") for name in speech().short_days]
    return [
        Choice(
            name="often",
            label=_("How often"),
            value=answers["often"],
            quoted=False,
            options={
                "weeks": _("days of the week"),
                "dates": _("dates"),
                "nth": _("1st, 2nd … of the month"),
                "days": _("every day"),
                BY_HAND: _("a rule"),
            },
        ),
        Text(
            name="every",
            label=_("Every"),
            value=answers["every"],
            read=_every,
            when=_is_built,
            hint="1",
            quoted=False,
        ),
        Ticks(
            name="nths",
            label=_("Which"),
            value=answers["nths"],
            read=_some,
            quoted=False,
            columns={str(nth): words for nth, words in zip(NTHS, nth_words(), strict=True)},
            when=lambda answers: answers["often"] == "nth",
        ),
        Ticks(
            name="weekdays",
            label=_("On"),
            value=answers["weekdays"],
            read=_some,
            quoted=False,
            columns={str(number): name for number, name in enumerate(days)},
            when=lambda answers: answers["often"] in ("weeks", "nth"),
        ),
        Text(
            name="dates",
            label=_("On"),
            value=answers["dates"],
            read=_dates,
            quoted=False,
            when=lambda answers: answers["often"] == "dates",
            hint="1, 15",
        ),
        Text(
            name="at",
            label=_("At"),
            value=answers["at"],
            read=_at,
            when=_is_built,
            hint="09:00",
            quoted=False,
        ),
        Text(
            name="until",
            label=_("Until"),
            value=answers["until"],
            read=_until,
            quoted=False,
            when=_is_built,
            hint=_("it goes on · 2026-12-31"),
        ),
    ]


def _is_built(answers: Answers) -> bool:
    return answers["often"] != BY_HAND


def _from_when() -> Choice:
    return Choice(
        name="holds",
        label=_("The change holds"),
        value="today",
        options={"today": _("from today on"), "always": _("for the past, too")},
        quoted=False,
    )


def _checked(text: str, start: date) -> tuple[str, Any]:
    rule, at = read_rule(text)
    check_rule(rule, start, at)
    return rule, at


# The rhythm as it is written, and as it is chosen


def builder_of(text: str) -> dict[str, str]:
    """The answers of the builder for a rhythm as it is written; BadInput for none."""
    rule, at = read_rule(text) if text else ("FREQ=WEEKLY;BYDAY=TU", None)
    often = often_of(rule)
    answers = {"often": BY_HAND, "every": "1", "weekdays": "", "nths": "", "dates": "", "until": ""}
    answers["at"] = f"{at:%H:%M}" if at else "09:00"
    if often is None:
        return answers
    return answers | {
        "often": often.kind,
        "every": str(often.every),
        "weekdays": _ticked(often.weekdays) if text else "",
        "nths": _ticked(often.nths),
        "dates": ", ".join(nth_words()[-1] if n == LAST else str(n) for n in often.dates),
        "until": read.say_day(often.until),
    }


def text_of_builder(answers: Answers) -> str:
    """The rhythm as it is written, for the answers of the builder; CadenceError where one is missing."""
    every, at = _every(answers["every"]), _at(answers["at"])
    often = Often(
        cast(Kind, answers["often"]),
        every,
        _numbers(answers["weekdays"]) if answers["often"] in ("weeks", "nth") else (),
        _dates(answers["dates"]) if answers["often"] == "dates" else (),
        _numbers(answers["nths"]) if answers["often"] == "nth" else (),
        _until(answers["until"]),
    )
    return f"{words_of(rule_of(often))} {at:%H:%M}"


def linked(name: str, answers: Answers) -> Answers:
    """What follows from a field: the builder from what is written, and what is written from the builder."""
    try:
        if name == "rule":
            return {key: text for key, text in builder_of(answers["rule"]).items() if answers["rule"]}
        if name in BUILDER and answers["often"] != BY_HAND:
            return {"rule": text_of_builder(answers)}
        if name == "often" and answers["rule"]:
            rule, at = read_rule(answers["rule"])
            return {"rule": f"{rule} {at:%H:%M}"}
    except CadenceError:
        # Half of it is chosen: nothing is promised by that.
        return {"rule": ""} if name in BUILDER else {}
    return {}


def _ticked(numbers: Sequence[int]) -> str:
    return " ".join(f":{number}:" for number in numbers)


def _numbers(answer: str) -> tuple[int, ...]:
    return tuple(int(token.split(":")[1]) for token in answer.split())


def _every(text: str) -> int:
    return read.number(1, 1000)(text or "1")


def _at(text: str) -> Any:
    return read.clock(text or "09:00")


def _some(answer: str) -> tuple[int, ...]:
    if not answer:
        raise BadInput(_("nothing is chosen here"), _("space chooses: one or more"))
    return _numbers(answer)


def _dates(text: str) -> tuple[int, ...]:
    words, last = text.casefold().replace(",", " ").split(), ("last", nth_words()[-1].casefold())
    if not words:
        raise BadInput(_("no day of the month is chosen"), _("numbers from 1 to 31, or last: 1, 15"))
    if not all(word.isdecimal() or word in last for word in words):
        raise BadInput(
            _("{text!r} are no days of a month", text=text[:40]), _("numbers from 1 to 31, or last: 1, 15")
        )
    return tuple(LAST if word in last else int(word[:4]) for word in words)


def _until(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(_("{text!r} is not a day", text=text[:40]), _("write it as 2026-12-31")) from None


# What it does, and what it means


def _step(channel: int, id: int | None, today: date, values: Values) -> Step:
    rule, at = values["rule"]
    if id is None:
        start = values["start"] or today
        silence = values["max_silence"]
        options = {
            "start": start,
            "tolerance": values["tolerance"],
            "max_silence": usual_silence(rule, at, start) if silence is None else silence,
            "skip_holidays": values["skip_holidays"],
        }
        return Step(add_rhythm, (channel, rule, at), options)
    fields = values.changed("tolerance", "max_silence", "skip_holidays")
    if "rule" in values.touched:
        fields |= {"rrule": rule, "at": at}
    if "start" in values.touched and values["start"]:
        fields["start"] = values["start"]
    return Step(edit_rhythm, (id,), {**fields, "from_date": today if values["holds"] == "today" else None})


def _shows(
    calendar: Calendar, on: Channel, known: Rhythm | None, today: date, values: Values
) -> Sequence[Line]:
    rule, at = values["rule"]
    start = values.get("start") or (known.start if known else today)
    fields: dict[str, Any] = {
        "rrule": rule,
        "at": at,
        "start": start,
        "skip_holidays": bool(values.get("skip_holidays")),
    }
    rhythm = replace(known, **fields) if known else Rhythm(id=1, channel=on.id, **fields)
    counted = Counted.of(calendar, rhythm, today)
    lines = coming_lines(counted.coming, today)
    if counted.left_out:
        days = ", ".join(
            f"{day_words(local.date(), today)} ({why})" for local, why in counted.left_out[:LEFT_OUT_SHOWN]
        )
        more = len(counted.left_out) - LEFT_OUT_SHOWN
        lines.append(
            [
                (
                    _(" Not   {days}", days=days)
                    + (_(" and {number} more", number=more) if more > 0 else ""),
                    "warn",
                )
            ]
        )
    before = [Counted.of(calendar, known, today)] if known else []
    lines.append(meaning_line(calendar, [counted], before, on.workflow))
    return lines
