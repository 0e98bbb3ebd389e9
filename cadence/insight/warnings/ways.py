"""Ways out: each a sentence with its figures, the command line that does it, and the same as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from shlex import join

from cadence.insight.capacity import Load
from cadence.insight.expansion import Slot
from cadence.insight.warnings.advice import Suggestion
from cadence.insight.warnings.finding import WayOut
from cadence.insight.warnings.scene import Duty, Scene
from cadence.insight.words import day_text, minutes_text, money_text, share_text, time_text
from cadence.language import _, later, n_
from cadence.model.post import BOOST_MINUTES, Idea, Post, TaskRef
from cadence.model.rhythm import Rhythm
from cadence.model.team import Member
from cadence.model.times import say_minutes
from cadence.model.words import the_task

SUGGESTED = 3
"""So many people are suggested for one task."""
UNTITLED = later("Untitled")


def command(*words: object) -> str:
    return join(["cadence", *map(str, words)])


def title_text(post: Post) -> str:
    """`“Storia Bianchi”`."""
    return f"“{post.title if len(post.title) <= 40 else post.title[:39] + '…'}”"


def assign(scene: Scene, ref: TaskRef, found: Suggestion, *, what: str = "") -> WayOut:
    """Somebody takes a task; `what` names the task where the warning is not about it alone."""
    name = scene.calendar.members[found.member].name
    is_partner = scene.calendar.members[found.member].kind == "partner"
    return WayOut(
        "partner" if is_partner else "assign",
        _("{who} takes {task} ({reason})", who=name, task=what or the_task(ref.kind), reason=found.reason),
        command("assign", ref.post, ref.kind, name),
        ("assign", str(ref.post), ref.kind, name),
    )


def people(scene: Scene, ref: TaskRef, *, what: str = "", most: int = SUGGESTED) -> list[WayOut]:
    """Who could best take a task, and the best partner if none is among them; nobody without an advisor."""
    advised = scene.advisor.suggestions(ref, most) if scene.advisor else ()
    return [assign(scene, ref, found, what=what) for found in advised]


def publish(post: Post, *, counts_half: bool = False) -> WayOut:
    title = title_text(post)
    return WayOut(
        "publish",
        _("publish {post} now, which counts half", post=title)
        if counts_half
        else _("publish {post} now", post=title),
        command("post", "publish", post.id),
        ("publish_post", str(post.id)),
    )


def done(duty: Duty) -> WayOut:
    return WayOut(
        "done",
        _("{task} is done: say so", task=the_task(duty.kind)),
        command("post", "done", duty.post.id, duty.kind),
        ("task_done", str(duty.post.id), duty.kind),
    )


def boost(post: Post, member: Member, asked: date) -> WayOut:
    return WayOut(
        "done",
        _(
            "{who} boosts {post} (asked on {day}): say so once it is done",
            who=member.name,
            post=title_text(post),
            day=day_text(asked),
        ),
        command("boost", "done", post.id, "--by", member.name),
        ("boost_done", str(post.id), member.name),
    )


def ask_boost(post: Post, member: Member, day: date, after: Load) -> WayOut:
    """One more colleague is asked to boost a post; `after` is their load then."""
    return WayOut(
        "ask",
        _(
            "ask {who} on {day} to boost {post} (+{minutes}, would be at {share})",
            who=member.name,
            day=day_text(day),
            post=title_text(post),
            minutes=minutes_text(BOOST_MINUTES),
            share=share_text(after.share),
        ),
        command("boost", "ask", post.id, member.name),
        ("ask_boost", str(post.id), member.name),
    )


def restore(post: Post) -> WayOut:
    return WayOut(
        "restore",
        _(
            "restore {post}, which was skipped ({reason})",
            post=title_text(post),
            reason=post.skip_reason or _("no reason given"),
        ),
        command("post", "restore", post.id),
        ("restore_post", str(post.id)),
    )


def skip(post: Post, reason: str) -> WayOut:
    return WayOut(
        "skip",
        _("skip {post}: {reason}", post=title_text(post), reason=reason),
        command("post", "skip", post.id, "--reason", reason),
        ("skip_post", str(post.id), reason),
    )


def move(post: Post, to: datetime) -> WayOut:
    return WayOut(
        "move",
        _("move {post} to {time}", post=title_text(post), time=time_text(to)),
        command("post", "move", post.id, _iso(to)),
        ("move_post", str(post.id), _iso(to)),
    )


def place(post: Post, slot: Slot) -> WayOut:
    return WayOut(
        "move",
        _(
            "put {post}, planned for {planned}, on the slot of {time}",
            post=title_text(post),
            planned=time_text(post.at),
            time=time_text(slot.local),
        ),
        command("post", "slot", post.id, _iso(slot.local)),
        ("place_on_slot", str(post.id), str(slot.key.rhythm), _iso(slot.local)),
    )


def plan(scene: Scene, slot: Slot, *, text: str = "") -> WayOut:
    """A new post on a slot; `text` where there is more to say about it."""
    channel, title = scene.calendar.channels[slot.channel].name, _(UNTITLED)
    return WayOut(
        "plan",
        text or _("plan a post for {time}", time=time_text(slot.local)),
        command("post", "add", channel, title, "--slot", _iso(slot.local)),
        ("add_post", channel, title, str(slot.key.rhythm), _iso(slot.local)),
    )


def use_idea(scene: Scene, slot: Slot, idea: Idea) -> WayOut:
    channel = scene.calendar.channels[slot.channel].name
    return WayOut(
        "idea",
        _idea_text(scene, slot, idea),
        command("post", "add", channel, idea.text, "--slot", _iso(slot.local)),
        ("add_post", channel, idea.text, str(slot.key.rhythm), _iso(slot.local), str(idea.id)),
    )


def _idea_text(scene: Scene, slot: Slot, idea: Idea) -> str:
    author, votes, time = scene.calendar.members.get(idea.author), len(idea.votes), time_text(slot.local)
    what = f"“{idea.text[:60]}”"
    if author:
        what = _("{idea} by {who}", idea=what, who=author.name)
    if votes < 2:
        return _("make the idea {idea} the post of {time}", idea=what, time=time)
    return n_(
        "make the idea {idea}, {number} vote the post of {time}",
        "make the idea {idea}, {number} votes the post of {time}",
        votes,
        idea=what,
        time=time,
    )


def pause(rhythm: int, first: date, last: date, text: str) -> WayOut:
    return WayOut(
        "pause",
        text,
        command("rhythm", "pause", rhythm, first, last),
        ("pause_rhythm", str(rhythm), first.isoformat(), last.isoformat()),
    )


def allow_silence(rhythm: Rhythm, minutes: int, text: str) -> WayOut:
    return WayOut(
        "relax",
        text,
        command("rhythm", "edit", rhythm.id, "--max-silence", say_minutes(minutes)),
        ("edit_rhythm", str(rhythm.id), "max_silence", str(minutes)),
    )


def thin_out(rhythm: Rhythm, rrule: str, start: date, text: str) -> WayOut:
    """A smaller promise from a day on; what was promised until then still counts."""
    return WayOut(
        "relax",
        text,
        command("rhythm", "edit", rhythm.id, "--rrule", rrule, "--from", start),
        ("edit_rhythm", str(rhythm.id), "rrule", rrule, start.isoformat()),
    )


def more_of_a_partner(partner: Member, minutes: int) -> WayOut:
    """`minutes` a week more from somebody outside."""
    allowance = partner.allowance + minutes
    cost = partner.cost_of(minutes)
    return WayOut(
        "partner",
        _(
            "{who} gives {minutes} a week more ({price} a week)",
            who=partner.name,
            minutes=minutes_text(minutes),
            price=money_text(cost),
        ),
        command("member", "edit", partner.name, "--allowance", allowance),
        ("edit_member", partner.name, "allowance", str(allowance)),
    )


def ideas_for(scene: Scene, channel: int, day: date) -> Iterator[Idea]:
    """Open ideas that suit a channel on a day, those with most votes first."""
    fitting = [
        idea
        for idea in scene.calendar.ideas.values()
        if idea.state == "open"
        and idea.channel in (None, channel)
        and (idea.good_until is None or day <= idea.good_until)
    ]
    return islice(sorted(fitting, key=lambda idea: (-len(idea.votes), idea.id)), 2)


def _iso(local: datetime) -> str:
    return local.isoformat(timespec="minutes")
