"""What a change did, in words: every field before and after. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Literal

from rich.cells import cell_len

from cadence.insight.words import hours_text, minutes_text, money_text
from cadence.language import _, later, n_, p_, speech
from cadence.model.calendar import Calendar
from cadence.model.change import Change, Op
from cadence.model.fields import Field, fields_of
from cadence.model.times import WEEKDAYS, to_local, zone_of
from cadence.model.words import idea_word, kind_word, level_word, state_word
from cadence.tui.widgets import labelled
from cadence.tui.widgets.cells import Line, fit
from cadence.tui.words import short_day

Kind = Literal["i", "u", "d"]
MOST_DOCUMENTS = 30
"""An import is told by its first documents."""
LONGEST = 300
HIDDEN = {"uid", "digest", "rev", "modified", "id"}
"""Fields that say nothing to people, or that nobody may read."""

_FIELDS: Mapping[str, str] = {
    "active_from": later("here from"),
    "active_to": later("here until"),
    "allowance": later("allowance"),
    "at": later("time"),
    "author": later("author"),
    "boosts": later("boosts"),
    "busy": later("busy time"),
    "by": later("who answers for it"),
    "channel": later("channel"),
    "closes": later("window closes"),
    "comments": later("comments"),
    "cost_per_hour": later("cost an hour"),
    "country": later("country"),
    "day": later("day"),
    "decided_at": later("decided at"),
    "decided_by": later("decided by"),
    "declined": later("declined"),
    "department": later("department"),
    "done_at": later("done at"),
    "done_by": later("done by"),
    "effort": later("effort"),
    "every": later("how often"),
    "first": later("first day"),
    "first_weekday": later("week begins on"),
    "good_until": later("good until"),
    "holidays": later("holidays"),
    "horizon_days": later("horizon in days"),
    "hours": later("working hours"),
    "idea": later("idea"),
    "instead": later("out of turn"),
    "kind": later("kind"),
    "last": later("last day"),
    "link": later("link"),
    "login": later("login name"),
    "max_per_day": later("most posts a day"),
    "max_silence": later("longest silence"),
    "member": later("who"),
    "min_spacing": later("least time between posts"),
    "minutes": later("minutes"),
    "name": later("name"),
    "note": later("note"),
    "of": later("what it shows"),
    "offer": later("offer"),
    "opens": later("window opens"),
    "order": later("order of turns"),
    "pauses": later("pauses"),
    "pinned": later("fixed"),
    "post": later("post"),
    "posts_a_week": later("most posts a week"),
    "published_at": later("published at"),
    "reader": later("reader"),
    "reason": later("reason"),
    "retired": later("retired"),
    "role": later("role"),
    "rrule": later("rule"),
    "skills": later("skills"),
    "skip_holidays": later("not on holidays"),
    "skip_reason": later("why skipped"),
    "slot": later("slot"),
    "spacing": later("days between posts"),
    "start": later("start"),
    "state": later("state"),
    "tasks": later("tasks"),
    "text": later("text"),
    "title": later("title"),
    "tolerance": later("tolerance"),
    "topic": later("topic"),
    "topics": later("topics"),
    "until": later("until"),
    "url": later("address"),
    "votes": later("votes"),
    "wants": later("in return"),
    "workflow": later("workflow"),
    "zone": later("time zone"),
}
_MEMBERS = {"member", "author", "decided_by", "done_by", "by", "votes", "order", "to", "declined", "instead"}
_MINUTES = {"allowance", "effort", "tolerance", "max_silence", "min_spacing", "minutes"}
_BETWEEN = " · "
_KINDS = {"draft", "design", "review", "publish", "engage"}


class ChangeWords:
    """Speaks with the names that the calendar knows now; days as they look from `today`."""

    def __init__(self, calendar: Calendar, today: date) -> None:
        self._calendar = calendar
        self._today = today

    def lines(self, change: Change, size: int, width: int, *, backwards: bool = False) -> Iterator[Line]:
        """One part for each document: what it is, then its fields. `size` is how many there are, though the
        change may hold only the first. `backwards`: what undoing it does."""
        ops = map(_reversed, change.ops) if backwards else iter(change.ops)
        for op in islice(ops, MOST_DOCUMENTS):
            yield [(f" {self._verb(op)} ", "dim"), (self.subject(op.table, op.id, op), "strong")]
            for label, words in self._fields(op):
                yield from _beside(f"   {label}", words, width)
        if (more := size - MOST_DOCUMENTS) > 0:
            yield [(f" {n_('and {number} more', 'and {number} more', more)}", "dim")]

    @staticmethod
    def _verb(op: Op) -> str:
        return {"i": _("added"), "u": _("changed"), "d": _("removed")}[op.kind]

    def subject(self, table: str, id: int, op: Op | None = None) -> str:
        """`post 81 “Storia Bianchi”, LinkedIn`; of what is gone as the change knew it."""
        calendar = self._calendar
        known = {**op.old, **op.new} if op else {}
        match table:
            case "posts":
                post = calendar.posts.get(id)
                title = post.title if post else known.get("title", "")
                channel = calendar.channels.get(post.channel if post else known.get("channel", 0))
                text = _("post {number} “{title}”", number=id, title=title)
                return f"{text}, {channel.name}" if channel else text
            case "ideas":
                idea = calendar.ideas.get(id)
                return _("idea {number} “{text}”", number=id, text=idea.text if idea else known.get("text"))
            case "team":
                return _("the team’s settings")
            case "rota":
                return _("who leads")
            case "members" | "channels" | "workflows":
                value = getattr(calendar, table).get(id)
                name = value.name if value else known.get("name", id)
                said = {
                    "members": later("member {name}"),
                    "channels": later("channel {name}"),
                    "workflows": later("workflow {name}"),
                }[table]
                return _(said, name=name)
            case "rhythms":
                rhythm = calendar.rhythms.get(id)
                channel = calendar.channels.get(rhythm.channel if rhythm else known.get("channel", 0))
                return _("a rhythm of {channel}", channel=channel.name if channel else "?")
            case _:
                return self._of_somebody(table, id, known)

    def _of_somebody(self, table: str, id: int, known: Mapping[str, Any]) -> str:
        value = getattr(self._calendar, table, {}).get(id)
        who = getattr(value, "member", None) or known.get("member")
        name = self._name(who)
        match table:
            case "absences":
                return _("an absence of {name}", name=name)
            case "busy":
                return _("the busy time of {name}", name=name)
            case "boosts":
                return _("a boost of {name}", name=name)
            case "feeds":
                reader = value.reader if value is not None else known.get("reader", "?")
                return _("a feed for {name}", name=reader)
            case _:
                return _("an acknowledged warning")

    # Fields

    def _fields(self, op: Op) -> Iterator[tuple[str, str]]:
        """Each field with what it was and what it became."""
        for path in _paths(op):
            if path[-1] in HIDDEN or path[0] in HIDDEN or (op.table == "busy" and path[0] == "busy"):
                continue
            label, before, after = self._label(path), _at(op.old, path), _at(op.new, path)
            if op.kind == "i":
                yield label, self._value(op.table, path, after)
            elif op.kind == "d":
                yield label, self._value(op.table, path, before)
            else:
                old, new = (self._value(op.table, path, value) for value in (before, after))
                yield label, f"{old} → {new}"

    def _label(self, path: Field) -> str:
        """`title`, `review: who`, `working hours: Mon`."""
        parts = [kind_word(name) for name in path if name in _KINDS]  # type: ignore[arg-type]
        last = path[-1]
        if path[0] == "hours" and last in WEEKDAYS:
            return f"{_(_FIELDS['hours'])}: {speech().short_days[WEEKDAYS.index(last)]}"
        if last not in _KINDS:
            parts.append(_(_FIELDS[last]) if last in _FIELDS else last.replace("_", " "))
        return ": ".join(parts)

    def _value(self, table: str, path: Field, value: Any) -> str:
        name = path[-1]
        if value is None or value in ("", [], {}):
            return p_("field", "nobody") if name in _MEMBERS else p_("field", "nothing")
        read = self._reader(table, path)
        try:
            return read(value)
        except (KeyError, TypeError, ValueError):  # from a later version: as it stands
            return _plain(value)

    def _reader(self, table: str, path: Field) -> Callable[[Any], str]:
        """How a field reads."""
        name, calendar = path[-1], self._calendar
        if name in _KINDS and path[0] == "tasks":
            return self._task
        if name in _MEMBERS and not (table == "posts" and name == "author"):
            return self._people
        if path[0] == "hours" and name in WEEKDAYS:
            return _hours
        if read := {
            "offer": self._offer,
            "comments": self._comments,
            "skills": self._skills,
            "pauses": self._pauses,
        }.get(name):
            return read
        if name == "channel":
            return lambda id: calendar.channels[id].name
        if name == "workflow":
            return lambda id: calendar.workflows[id].name
        if name in ("post", "idea"):
            return lambda id: self.subject(f"{name}s", id)
        if name == "slot":
            return lambda slot: self._moment(datetime.fromisoformat(slot[1]))
        if name == "state":
            return idea_word if table == "ideas" else state_word
        if name == "cost_per_hour":
            return money_text
        if name in _MINUTES:
            return _minutes
        return self._plain_value

    def _task(self, task: Mapping[str, Any]) -> str:
        """A whole task: `60′, Anna`."""
        who = self._name(task.get("member")) if task.get("member") else p_("field", "nobody")
        return f"{minutes_text(task.get('effort', 0))}, {who}"

    def _offer(self, offer: Mapping[str, Any]) -> str:
        names = ", ".join(self._name(id) for id in offer.get("to", ()))
        return _("to {names}", names=names) if names else _("to anyone")

    def _comments(self, comments: Sequence[Mapping[str, Any]]) -> str:
        """`Anna, Thu 22 Oct 11:15: Customers ask me about this`."""
        return _BETWEEN.join(
            f"{self._name(one['by'])}, {self._day(one['at'])}: {_cut(one['text'])}" for one in comments
        )

    def _skills(self, skills: Sequence[Mapping[str, Any]]) -> str:
        """`LinkedIn: draft, review (learning)`, channel by channel."""
        found: dict[str, list[str]] = {}
        for skill in skills:
            id, level = skill.get("channel"), skill.get("level", "able")
            channel = _("every channel") if id is None else self._calendar.channels[id].name
            word = kind_word(skill["task"])
            found.setdefault(channel, []).append(word if level == "able" else f"{word} ({level_word(level)})")
        return _BETWEEN.join(f"{channel}: {', '.join(words)}" for channel, words in found.items())

    def _pauses(self, pauses: Sequence[Mapping[str, Any]]) -> str:
        """`Thu 24 Dec – Wed 6 Jan 2027 (Closed for the holidays)`."""
        return _BETWEEN.join(
            f"{self._day(one['first'])} – {self._day(one['last'])}"
            + (f" ({reason})" if (reason := one.get("reason")) else "")
            for one in pauses
        )

    def _people(self, value: Any) -> str:
        if isinstance(value, bool):
            return _yes(value)
        if isinstance(value, Mapping):
            return ", ".join(f"{self._day(str(day))} {self._name(id)}" for day, id in value.items())
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(self._name(id) for id in value)
        return self._name(value)

    def _name(self, member: Any) -> str:
        who = self._calendar.members.get(member) if isinstance(member, int) else None
        return who.name if who else _("somebody who is gone") if isinstance(member, int) else str(member)

    def _plain_value(self, value: Any) -> str:
        if isinstance(value, bool):
            return _yes(value)
        if isinstance(value, str):
            return self._day(value)
        return _plain(value, self._day)

    def _day(self, text: str) -> str:
        """Days and moments as people write them, everything else as it is."""
        if len(text) >= 10 and text[:4].isdecimal() and text[4] == "-":
            try:
                if len(text) == 10:
                    return short_day(date.fromisoformat(text), self._today)
                return self._moment(datetime.fromisoformat(text))
            except ValueError:
                return text
        return _cut(text)

    def _moment(self, moment: datetime) -> str:
        local = to_local(moment, zone_of(self._calendar.team.zone)) if moment.tzinfo else moment
        return f"{short_day(local.date(), self._today)} {local:%H:%M}"


def _reversed(op: Op) -> Op:
    """What takes an operation back."""
    kinds: dict[Kind, Kind] = {"i": "d", "d": "i", "u": "u"}
    return Op(kinds[op.kind], op.table, op.id, op.rev, op.old, op.new)


def _paths(op: Op) -> Iterator[Field]:
    """The fields that differ, each once: where one side has a whole and the other none, it is the whole."""
    found = dict.fromkeys(
        path[:2] if path[0] == "tasks" and op.kind != "u" else path
        for path in (*fields_of(op.new), *fields_of(op.old))
    )
    return (path for path in found if not any(path[:n] in found for n in range(1, len(path))))


def _minutes(value: int) -> str:
    return hours_text(value) if value >= 60 else minutes_text(value)


def _hours(spans: Sequence[tuple[int, int]]) -> str:
    """`08:00-12:00, 13:00-17:00`."""
    return ", ".join("-".join(f"{at // 60:02}:{at % 60:02}" for at in span) for span in spans)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _yes(value: bool) -> str:
    return p_("field", "yes") if value else p_("field", "no")


def _plain(value: Any, read: Callable[[str], str] = str) -> str:
    """Lists and mappings without brackets."""
    if isinstance(value, Mapping):
        return ", ".join(f"{read(str(name))} {_plain(part, read)}" for name, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_plain(part, read) for part in value)
    return read(str(value))[:LONGEST]


def _at(document: Mapping[str, Any], path: Field) -> Any:
    value: Any = document
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _beside(label: str, text: str, width: int, column: int = 22) -> Iterator[Line]:
    """A text over as many lines as it needs, behind its label."""
    label = f"{fit(label, column)} " if cell_len(label) < column else f"{label}  "
    lines = [part for line in text.splitlines() for part in wrapped(line, width - cell_len(label) - 1)]
    for number, line in enumerate(lines or [""]):
        yield [(" " * cell_len(label) if number else label, "dim"), (line, "")]


def wrapped(text: str, width: int) -> list[str]:
    """A text over as many lines as it needs."""
    return labelled.wrapped(text, max(16, width), hyphens=True)
