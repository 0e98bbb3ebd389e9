"""What a digest says: plain text, short enough for a chat, about what is the reader's to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from cadence.insight.boosting import text_for, to_boost
from cadence.insight.digest_times import reach
from cadence.insight.offers import affected, last_day
from cadence.insight.rota import lead_of
from cadence.insight.warnings import Warning
from cadence.insight.warnings.scene import Duty, Scene
from cadence.insight.words import day_text, minutes_text, time_text
from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.change import Change
from cadence.model.digest import DigestKind
from cadence.model.post import Idea, Post, TaskRef
from cadence.model.team import Member
from cadence.model.times import to_local, zone_of
from cadence.model.words import idea_word, severity_word, task_noun, the_task

MOST = 6
"""So many lines of a kind; the rest is counted."""
LONGEST = 200
"""More of what somebody wrote is left out; the whole of it is in the calendar."""


class Matter(NamedTuple):
    """What a digest is made of besides the calendar: the offers that a member is to answer, the warnings, the
    changes, newest first, and of which warnings (`Message.warned`) the digest before told."""

    offers: Sequence[TaskRef] = ()
    warnings: Sequence[Warning] = ()
    changes: Iterable[Change] = ()
    warned: Collection[str] = ()


class Section(Struct, frozen=True):
    """All there is of a kind; `brief` is its part of the subject: `2 offers`."""

    kind: DigestKind
    brief: str
    lines: tuple[str, ...]


class Message(Struct, frozen=True):
    """A digest that has something to say. `text` has no address but those of posts. `warned` names the
    warnings that the reader knows of now."""

    subject: str
    sections: tuple[Section, ...]
    warned: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(_shown(section)) for section in self.sections) + "\n"


class _View:
    """One member's look at the calendar."""

    def __init__(
        self, calendar: Calendar, member: Member, since: datetime, now: datetime, matter: Matter
    ) -> None:
        self._calendar = calendar
        self._me = member
        self._since = since
        self._now = now
        self._matter = matter
        self._zone = zone_of(calendar.team.zone)
        self._today = to_local(now, self._zone).date()

    # What there is to do

    def tasks(self) -> Iterator[str]:
        """Overdue ones first, then those due soon."""
        last = self._today + reach(self._me.digest)
        scene = Scene(self._calendar, self._now, self._calendar.team.horizon_days)
        duties = [duty for duty in scene.duties_of[self._me.id] if not scene.is_over(duty)]
        for duty in sorted(duties, key=lambda duty: (duty.closes, duty.post.id)):
            if duty.closes <= last:
                yield self._task_line(duty)

    def _task_line(self, duty: Duty) -> str:
        day = day_text(duty.closes)
        line = _(
            "{due}: {task} of {post} for {channel}, {minutes}",
            due=_("late, due {day}", day=day) if duty.closes < self._today else day,
            task=the_task(duty.kind),
            post=_post(duty.post),
            channel=self._calendar.channels[duty.post.channel].name,
            minutes=minutes_text(duty.minutes_of(self._me)),
        )
        return f"{line} {duty.post.link}" if duty.post.state == "published" and duty.post.link else line

    def offers(self) -> Iterator[str]:
        for ref in self._matter.offers:
            post, task = self._calendar.posts[ref.post], self._calendar.task(ref)
            if task.offer is None:
                continue
            offered = _(
                "until {day}: {task} of {post}, {minutes}, from {who}",
                day=day_text(last_day(self._calendar, ref)),
                task=the_task(ref.kind),
                post=_post(post),
                minutes=minutes_text(self._me.minutes_for(ref.kind, post.channel, task.effort)),
                who=self._name(task.offer.by),
            )
            if wants := task.offer.wants:
                offered = _(
                    "{offered}, for your {task} of {post}",
                    offered=offered,
                    task=task_noun(wants.kind),
                    post=_post(self._calendar.posts[wants.post]),
                )
            yield f"{offered}{_dash(task.offer.note)}"

    # Where they can help

    def warnings(self) -> Iterator[str]:
        """Nobody is warned of the same thing every day: one a day tells what is new, or has become worse."""
        known = self._matter.warned if self._me.digest.every == "daily" else ()
        for warning in self._helpable:
            if _named(warning) not in known:
                yield _warning_line(warning)

    @cached_property
    def _helpable(self) -> list[Warning]:
        return [one for one in self._matter.warnings if one.state == "open" and self._can_help(one)]

    @property
    def warned(self) -> tuple[str, ...]:
        return tuple(map(_named, self._helpable))

    def _can_help(self, warning: Warning) -> bool:
        """What is about their own work, where they have the skill for what threatens soon, and of the week's
        lead everything that is severe."""
        if self._is_mine(warning):
            # What they are late with is among their tasks, where it is told first.
            return warning.rule != "behind" or not self._me.digest.tells("tasks")
        if self._me.kind == "partner":
            return False
        if warning.severity == "high" and lead_of(self._calendar, self._today) == self._me:
            return True
        return warning.severity != "low" and self._has_skill(warning)

    def _is_mine(self, warning: Warning) -> bool:
        if warning.post is not None and warning.task is not None:
            return self._calendar.task(TaskRef(warning.post, warning.task)).member == self._me.id
        return warning.member == self._me.id

    def _has_skill(self, warning: Warning) -> bool:
        """For a task that nobody has their skill for it counts, for a gap on a channel any skill there."""
        if warning.channel is None:
            return False
        if warning.task is not None:
            able = self._me.level_for(warning.task, warning.channel)
            return warning.rule == "unassigned-task" and able is not None
        return warning.rule in ("empty-slot", "missed-slot", "silence") and any(
            skill.channel in (None, warning.channel) for skill in self._me.skills
        )

    # What happened since

    def ideas(self) -> Iterator[str]:
        for idea in self._calendar.ideas.values():
            at, is_theirs = idea.decided_at, idea.author == self._me.id and idea.decided_by != self._me.id
            if is_theirs and at and self._since <= at < self._now:
                yield f"{self._decided(idea)}{_dash(idea.note)}"

    def _decided(self, idea: Idea) -> str:
        state, who = idea_word(idea.state), idea.decided_by
        if who:
            said = _("“{idea}” was {state} by {who}", idea=idea.text, state=state, who=self._name(who))
        else:
            said = _("“{idea}” was {state}", idea=idea.text, state=state)
        post = self._calendar.posts.get(idea.post or 0)
        if post is None:
            return said
        time = time_text(self._calendar.local(post))
        return _("{decided} and goes out on {time} as post {post}", decided=said, time=time, post=post.id)

    def boosts(self) -> Iterator[str]:
        """Each is asked for once: whoever has read it need not read it again every day."""
        told = to_local(self._since, self._zone).date()
        for boost in to_boost(self._calendar, self._me.id, self._today):
            if boost.day > told and (text := text_for(self._calendar, boost)):
                yield _("post {post}: {text}", post=boost.post, text=text)

    def changes(self) -> Iterator[str]:
        """What others did, in the order in which they did it."""
        found: list[str] = []
        for change in self._matter.changes:
            if change.at < self._since:
                break
            if change.at < self._now and self._me.id in affected(self._calendar, change):
                found.append(f"{change.by}: {_short(change.why)}")
        return reversed(found)

    def _name(self, member: int | None) -> str:
        known = self._calendar.members.get(member or 0)
        return known.name if known else _("nobody")


class _Kind(NamedTuple):
    """How a kind is headed, and who knows its lines."""

    title: str
    lines: Callable[[_View], Iterable[str]]


_KINDS: Mapping[DigestKind, _Kind] = {
    "tasks": _Kind(later("To do"), _View.tasks),
    "offers": _Kind(later("Offered to you (take it, or say no)"), _View.offers),
    "warnings": _Kind(later("Where you can help"), _View.warnings),
    "ideas": _Kind(later("Your ideas"), _View.ideas),
    "boosts": _Kind(later("Please pass on, from your own account"), _View.boosts),
    "changes": _Kind(later("What others changed about your tasks"), _View.changes),
}


def _brief(kind: DigestKind, count: int) -> str:
    """How so many of a kind are called in the subject."""
    match kind:
        case "tasks":
            return n_("{number} task", "{number} tasks", count)
        case "offers":
            return n_("{number} offer", "{number} offers", count)
        case "warnings":
            return n_("{number} warning", "{number} warnings", count)
        case "ideas":
            return n_("{number} decided idea", "{number} decided ideas", count)
        case "boosts":
            return n_("{number} boost", "{number} boosts", count)
        case "changes":
            return n_("{number} change", "{number} changes", count)


def digest(
    calendar: Calendar, member: Member, since: datetime, now: datetime, matter: Matter
) -> Message | None:
    """What a member is told at `now`, having been told what was up to `since`; None: nothing."""
    view, sections = _View(calendar, member, since, now, matter), list[Section]()
    for kind, about in _KINDS.items():
        lines = tuple(map(_one_line, about.lines(view))) if member.digest.tells(kind) else ()
        if lines:
            sections.append(Section(kind, _brief(kind, len(lines)), lines))
    if not sections:
        return None
    subject = f"Cadence: {', '.join(section.brief for section in sections)}"
    return Message(subject, tuple(sections), view.warned)


def _shown(section: Section) -> Iterator[str]:
    yield f"{_(_KINDS[section.kind].title)}:"
    yield from (f"- {line}" for line in section.lines[:MOST])
    if len(section.lines) > MOST:
        yield n_("- and {number} more", "- and {number} more", len(section.lines) - MOST)


def _post(post: Post) -> str:
    return _("“{title}” (post {post})", title=post.title, post=post.id)


def _warning_line(warning: Warning) -> str:
    severity, cause = severity_word(warning.severity), warning.cause
    if not warning.ways_out:
        return _("{severity}: {cause}.", severity=severity, cause=cause)
    way = warning.ways_out[0].text
    return _("{severity}: {cause}. A way out: {way}.", severity=severity, cause=cause, way=way)


def _named(warning: Warning) -> str:
    return f"{warning.severity} {warning.key}"


def _dash(words: str) -> str:
    """What somebody said, behind a dash, if they said anything."""
    return f" - {_short(words)}" if words else ""


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
