"""What `capacity`, `sustain` and `train` tell people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cadence.cli.output import say, table
from cadence.cli.words import day_words, money, number_words
from cadence.insight.words import day_text, minutes_text
from cadence.language import _, later, n_, p_
from cadence.model.marks import mark
from cadence.model.words import kind_word, task_noun

if TYPE_CHECKING:
    from cadence.cli.session import Session
    from cadence.model.team import TaskKind
    from cadence.planner.problem import Task
    from cadence.planner.sustaining.capacity import Capacity, WeekNeed
    from cadence.planner.sustaining.densities import ChannelLimits, Densest, Price, Together
    from cadence.planner.sustaining.outsourcing import Handover
    from cadence.planner.sustaining.steady import Stage
    from cadence.planner.sustaining.training import Training
    from cadence.planner.sustaining.ways import Remedy, Way

SHOWN = 8
"""Rows of a list that could be longer."""

# Capacity


def tell_weeks(session: Session, found: Capacity) -> None:
    warn = mark("warning", ascii_only=session.ascii_only)
    rows = [
        (
            day_words(week.week, session.today),
            minutes_text(week.minutes),
            minutes_text(week.staff),
            minutes_text(week.partners),
            f"{warn} " + _open_words(week.open) if week.open else p_("a promise", "holds"),
            _without(week) + ("" if found.proven_alone else " ?"),
            _posts(len(week.unanswered)),
        )
        for week in found.weeks
    ]
    headers = (
        _("week"), p_("time", "needs"), _("team"), _("partners"), _("promise"), _("without partners"),
        _("unanswered"),
    )  # fmt: skip
    table(headers, rows, right=headers[1:4])


def _posts(number: int) -> str:
    return n_("{number} post", "{number} posts", number) if number else "-"


def _tasks(number: int) -> str:
    return n_("{number} task", "{number} tasks", number) if number else "-"


def _without(week: WeekNeed) -> str:
    more = len(week.open_without_partners) - len(week.open)
    if more > 0:
        return n_("{number} more open", "{number} more open", more)
    return _("the same") if week.open else _("as well")


def _open_words(tasks: tuple[Task, ...]) -> str:
    """`Blog draft 150′`."""
    by_kind: dict[tuple[str, TaskKind], int] = {}
    for task in tasks:
        by_kind[task.channel, task.kind] = by_kind.get((task.channel, task.kind), 0) + task.effort
    return ", ".join(
        f"{channel} {kind_word(kind)} {minutes_text(m)}" for (channel, kind), m in by_kind.items()
    )


def tell_needs(session: Session, found: Capacity) -> None:
    headers = (
        _("week"), _("channel"), _("task"), p_("time", "needs"), _("team could"), _("partners could"),
    )  # fmt: skip
    table(
        headers,
        (
            (
                day_words(week.week, session.today), need.channel, kind_word(need.task),
                minutes_text(need.minutes), minutes_text(need.staff), minutes_text(need.partners),
            )
            for week in found.weeks
            for need in week.needs
        ),
        right=headers[3:],
        none=_("Nothing is to be done."),
    )  # fmt: skip


def tell_break(found: Capacity) -> None:
    if found.first_break is None:
        say(
            _(
                "The promise can be kept: every post has somebody for all that it needs, "
                "shown by a checked plan."
            )
        )
        return
    broken = found.first_break
    how_sure = _("no plan covers more") if found.proven else _("nothing better was found in the time")
    day = day_text(broken.week)
    say(_("The week of {day} is the first that breaks ({how_sure}):", day=day, how_sure=how_sure))
    for why in broken.why:
        say(f"  {why}.")


def tell_remedy(ways: Remedy) -> None:
    for cure in ways.cures:
        say()
        what = n_(
            "{channel}, {task} ({number} task open)",
            "{channel}, {task} ({number} tasks open)",
            cure.open, channel=cure.channel, task=task_noun(cure.task),
        )  # fmt: skip
        if not cure.ways:
            say(
                _("{what}: nothing that was tried covers it.", what=what)
                if ways.in_time
                else _("{what}: the time was too short.", what=what)
            )
            continue
        say(_("{what}, the cheapest way first:", what=what))
        for way in cure.ways:
            say(f"  {way.text}: {_price(way)}")
            say(f"    {way.command}")
    if ways.cures and all(cure.ways for cure in ways.cures) and not ways.left:
        say()
        say(_("With the first of each the promise can be kept, shown by a checked plan."))


def _price(way: Way) -> str:
    parts = [_("{work} a week", work=minutes_text(way.minutes))] if way.minutes else []
    parts += [_("{cost} a month", cost=money(way.cents))] if way.cents else []
    parts += [_fewer(way.posts)] if way.posts else []
    return ", ".join(parts) or _("no extra time, no money")


def _fewer(posts: float) -> str:
    """`1 post fewer in four weeks`."""
    if posts == 1:
        return _("1 post fewer in four weeks")
    return _("{number} posts fewer in four weeks", number=number_words(posts))


def tell_handovers(outside: list[Handover]) -> None:
    say(_("What a partner could take over, altogether:"))
    headers = (
        _("channel"), _("task"), _("a week"), _("a month"), _("frees a week"), _("needed for the promise"),
    )  # fmt: skip
    table(
        headers,
        (
            (
                one.channel,
                kind_word(one.task),
                minutes_text(one.minutes),
                money(one.cents),
                ", ".join(f"{name} {minutes_text(minutes)}" for name, minutes in one.frees.items() if minutes)
                or "-",
                _part(one)
                if one.is_able
                else _("{part}; {partner} does not do it yet", part=_part(one), partner=one.partner),
            )
            for one in outside[:SHOWN]
        ),
        right=headers[2:4],
    )


def _part(one: Handover) -> str:
    if not (one.covers or one.answers):
        return _("none of it")
    gains = [n_("covers {number} task", "covers {number} tasks", one.covers)] if one.covers else []
    gains += [n_("answers {number} post", "answers {number} posts", one.answers)] if one.answers else []
    return _(
        "{work} a week, {cost} a month: {gains}",
        work=minutes_text(one.part_minutes), cost=money(one.part_cents), gains=", ".join(gains),
    )  # fmt: skip


# Sustain


def density(posts: int | None) -> str:
    """Posts in four weeks as people say it: `2 a week`, `every 2nd week`."""
    if posts is None:
        return "-"
    if posts in (1, 2):
        return _("every 4th week") if posts == 1 else _("every 2nd week")
    return _("{number} a week", number=number_words(posts / 4)) if posts else p_("posts", "none")


def tell_limits(stage: Stage, limits: list[ChannelLimits], seconds: float) -> None:
    names = stage.calendar.channels
    headers = (
        _("channel"), _("promised"), _("beside the others"), _("without partners"), _("alone"),
        _("alone, no partners"),
    )  # fmt: skip
    table(
        headers,
        (
            (
                names[one.channel].name,
                density(one.promised),
                _densest(one.beside),
                _densest(one.beside_staff),
                _densest(one.alone),
                _densest(one.alone_staff),
            )
            for one in limits
        ),
        none=_("Nothing is promised yet: `cadence rhythm add CHANNEL`."),
    )
    if not limits:
        return
    say()
    say(
        _(
            "Each is held by a checked plan, and no plan holds a denser one "
            "(+: nothing denser was tried; ?: none was found within {seconds} s).",
            seconds=number_words(seconds / 4),
        )
    )
    for one in limits:
        if one.beside.unanswered:
            say(
                n_(
                    "{channel} at {density}: {left} of {number} post nobody answers.",
                    "{channel} at {density}: {left} of {number} posts nobody answers.",
                    one.beside.answers,
                    channel=names[one.channel].name,
                    density=density(one.beside.posts),
                    left=one.beside.unanswered,
                )
            )
        if one.beside.posts < one.promised:
            say(_("{channel} promises more than the team can hold.", channel=names[one.channel].name))


def _densest(found: Densest) -> str:
    return density(found.posts) + {"impossible": "", "not tried": " +", "not found": " ?"}[found.proof]


def tell_together(stage: Stage, together: list[Together]) -> None:
    sentences = (
        later("All together, with partners: {factor} times what is promised ({each})."),
        later("All together, without them: {factor} times what is promised ({each})."),
    )
    for found, sentence in zip(together, sentences, strict=True):
        each = ", ".join(
            f"{stage.calendar.channels[channel].name} {density(posts)}"
            for channel, posts in found.densities.items()
        )
        say(_(sentence, factor=number_words(found.factor), each=each))


def tell_prices(stage: Stage, prices: list[tuple[Price, Price]]) -> None:
    names = stage.calendar.channels
    channels = [names[one.id].name for one in stage.channels]
    say(
        _("With one more post a week on a channel, the others can be at most (without partners in brackets):")
    )
    table(
        (_("one more on"), *channels),
        (
            (
                f"{names[price.channel].name} ({density(price.posts)})",
                *(_most(price, staff, one.id) for one in stage.channels),
            )
            for price, staff in prices
        ),
    )


def _most(price: Price, staff: Price, channel: int) -> str:
    if channel == price.channel:
        return "" if price.others is not None else _("not held")
    with_all = density(price.others[channel]) if price.others is not None else "-"
    alone = density(staff.others[channel]) if staff.others is not None else "-"
    return f"{with_all} ({alone})"


# Train


def tell_trainings(found: list[Training], most: int | None) -> None:
    """Those who add the same share a row."""
    rows = [(row, [one.member for one in alike]) for row, alike in groupby(found, _gains)]
    table(
        (
            _("task"), _("channel"), _("teach"), p_("training", "covers"), p_("training", "answers"),
            _("saves a month"), _("how dense"), _("can do it now"),
        ),
        ((*row[:2], _any_of(names), *row[2:]) for row, names in rows[:most]),
        right=(_("saves a month"),),
        none=_("No training would add anything: every task has enough people who can do it."),
    )  # fmt: skip
    if most is not None and len(rows) > most:
        say(_("… and {number} more: --all", number=len(rows) - most))


def _gains(one: Training) -> tuple[str, ...]:
    return (
        kind_word(one.task),
        one.channel,
        _tasks(one.covers),
        _posts(one.answers),
        money(one.saves) if one.saves else "-",
        f"{density(one.before)} → {density(one.after)}" if one.denser else "-",
        _("{number} only", number=one.able) if one.able == 1 else str(one.able or _("nobody")),
    )


def _any_of(names: list[str]) -> str:
    first, others = ", ".join(names[:3]), len(names) - 3
    if others <= 0:
        return first
    return n_("{names} or {number} others", "{names} or {number} others", others, names=first)
