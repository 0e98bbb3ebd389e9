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
from cadence.insight.words import TASK_NOUNS, day_text, minutes_text, money_text, share_text, time_text
from cadence.model.post import BOOST_MINUTES, Idea, Post, TaskRef
from cadence.model.rhythm import Rhythm
from cadence.model.team import Member
from cadence.model.times import say_minutes

SUGGESTED = 3
"""So many people are suggested for one task."""
UNTITLED = "Untitled"


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
        f"{name} takes {what or f'the {TASK_NOUNS[ref.kind]}'} ({found.reason})",
        command("assign", ref.post, ref.kind, name),
        ("assign", str(ref.post), ref.kind, name),
    )


def people(scene: Scene, ref: TaskRef, *, what: str = "", most: int = SUGGESTED) -> list[WayOut]:
    """Who could best take a task, and the best partner if none is among them; nobody without an advisor."""
    advised = scene.advisor.suggestions(ref, most) if scene.advisor else ()
    return [assign(scene, ref, found, what=what) for found in advised]


def publish(post: Post, *, counts: str = "") -> WayOut:
    return WayOut(
        "publish",
        f"publish {title_text(post)} now{counts}",
        command("post", "publish", post.id),
        ("publish_post", str(post.id)),
    )


def done(duty: Duty) -> WayOut:
    return WayOut(
        "done",
        f"the {duty.noun} is done: say so",
        command("post", "done", duty.post.id, duty.kind),
        ("task_done", str(duty.post.id), duty.kind),
    )


def boost(post: Post, member: Member, asked: date) -> WayOut:
    return WayOut(
        "done",
        f"{member.name} boosts {title_text(post)} (asked on {day_text(asked)}): say so once it is done",
        command("boost", "done", post.id, "--by", member.name),
        ("boost_done", str(post.id), member.name),
    )


def ask_boost(post: Post, member: Member, day: date, after: Load) -> WayOut:
    """One more colleague is asked to boost a post; `after` is their load then."""
    figures = f"+{minutes_text(BOOST_MINUTES)}, would be at {share_text(after.share)}"
    return WayOut(
        "ask",
        f"ask {member.name} on {day_text(day)} to boost {title_text(post)} ({figures})",
        command("boost", "ask", post.id, member.name),
        ("ask_boost", str(post.id), member.name),
    )


def restore(post: Post) -> WayOut:
    return WayOut(
        "restore",
        f"restore {title_text(post)}, which was skipped ({post.skip_reason or 'no reason given'})",
        command("post", "restore", post.id),
        ("restore_post", str(post.id)),
    )


def skip(post: Post, reason: str) -> WayOut:
    return WayOut(
        "skip",
        f"skip {title_text(post)}: {reason}",
        command("post", "skip", post.id, "--reason", reason),
        ("skip_post", str(post.id), reason),
    )


def move(post: Post, to: datetime) -> WayOut:
    return WayOut(
        "move",
        f"move {title_text(post)} to {time_text(to)}",
        command("post", "move", post.id, _iso(to)),
        ("move_post", str(post.id), _iso(to)),
    )


def place(post: Post, slot: Slot) -> WayOut:
    return WayOut(
        "move",
        f"put {title_text(post)}, planned for {time_text(post.at)}, on the slot of {time_text(slot.local)}",
        command("post", "slot", post.id, _iso(slot.local)),
        ("place_on_slot", str(post.id), str(slot.key.rhythm), _iso(slot.local)),
    )


def plan(scene: Scene, slot: Slot, *, also: str = "") -> WayOut:
    """A new post on a slot; `also` says who could write it."""
    channel = scene.calendar.channels[slot.channel].name
    return WayOut(
        "plan",
        f"plan a post for {time_text(slot.local)}{also}",
        command("post", "add", channel, UNTITLED, "--slot", _iso(slot.local)),
        ("add_post", channel, UNTITLED, str(slot.key.rhythm), _iso(slot.local)),
    )


def use_idea(scene: Scene, slot: Slot, idea: Idea) -> WayOut:
    channel = scene.calendar.channels[slot.channel].name
    author = scene.calendar.members.get(idea.author)
    by = f" by {author.name}" if author else ""
    votes = f", {len(idea.votes)} votes" if len(idea.votes) > 1 else ""
    return WayOut(
        "idea",
        f"make the idea “{idea.text[:60]}”{by}{votes} the post of {time_text(slot.local)}",
        command("post", "add", channel, idea.text, "--slot", _iso(slot.local)),
        ("add_post", channel, idea.text, str(slot.key.rhythm), _iso(slot.local), str(idea.id)),
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
        f"{partner.name} gives {minutes_text(minutes)} a week more ({money_text(cost)} a week)",
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
