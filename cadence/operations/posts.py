"""Posts: plan, move, put on a slot, skip, restore, publish."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from cadence.language import _, n_
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Idea, Post
from cadence.model.rhythm import SlotKey
from cadence.model.team import TaskKind
from cadence.model.times import to_local
from cadence.model.words import kind_word, state_word
from cadence.operations.boosts import asked_for, asked_text
from cadence.operations.deciding import became_post
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed, fold
from cadence.operations.holding import moved_to, offers_moved
from cadence.operations.progress import state_from, tasks_for, with_tasks
from cadence.operations.slotting import check_slot, free_slot_at, holder
from cadence.operations.wording import list_text, member_text, post_text, sentence, time_text

CLOCK_SLACK = timedelta(minutes=5)
"""A publication may lie so far ahead: two computers' clocks differ."""


def add_post(
    calendar: Calendar,
    who: Who,
    channel: int,
    title: str,
    *,
    now: datetime,
    at: datetime | None = None,
    slot: SlotKey | None = None,
    note: str = "",
    link: str | None = None,
    author: str = "",
    topic: str = "",
    idea: int | None = None,
) -> Edit:
    """Plan a post at the local time `at`, or on `slot`, or on a slot but at another time; with the tasks of
    the channel's workflow.

    At exactly the time of a free slot it takes that slot. An `idea` that becomes a post is accepted, and its
    author is the post's.
    """
    on = calendar.channel(channel)
    if on.retired:
        raise Refused(
            _("channel {channel} is retired", channel=on.name),
            _("choose another channel or bring this one back"),
        )
    if len(calendar.posts) >= limits.MAX_POSTS:
        raise Refused(_("a calendar holds at most {most:,} posts", most=limits.MAX_POSTS))
    if slot is not None:
        check_slot(calendar, channel, slot)
    if (when := at or (slot.local if slot else None)) is None:
        raise BadInput(_("a new post needs a time or a slot"), _("give a date and time, or name a slot"))
    _check_local(when)
    taken = slot or free_slot_at(calendar, channel, when)
    source = _open_idea(calendar, idea)
    post = Post(
        id=calendar.next_id(Post),
        channel=channel,
        title=title,
        at=when,
        slot=taken,
        tasks=tasks_for(calendar.workflows.get(on.workflow or 0)),
        note=note,
        link=link,
        author=author or (member_text(calendar, source.author) if source else ""),
        topic=topic,
        idea=idea,
    )
    said = _planned_text(post, on.name)
    accepted = (became_post(source, post.id, who, now),) if source else ()
    return Edit(said, (post, *accepted))


def edit_post(
    calendar: Calendar,
    who: Who,
    post: int,
    *,
    now: datetime,
    title: str | UnsetType = UNSET,
    note: str | UnsetType = UNSET,
    link: str | UnsetType | None = UNSET,
    author: str | UnsetType = UNSET,
    topic: str | UnsetType = UNSET,
) -> Edit:
    """Change what a post says about itself; a field that is not given stays. Once it is out and has a link,
    colleagues are asked to boost it."""
    before = calendar.post(post)
    after = changed(before, title=title, note=note, link=link, author=author, topic=topic)
    if after == before:
        return Edit(_("Nothing to change on {name}", name=post_text(before)))
    asked = asked_for(calendar, after, now)
    return Edit(
        _("Edited {name}", name=post_text(after)) + asked_text(calendar, asked),
        (after, *asked),
    )


def move_post(
    calendar: Calendar,
    who: Who,
    post: int,
    *,
    now: datetime,
    days: int = 0,
    weeks: int = 0,
    to: datetime | date | None = None,
) -> Edit:
    """Move a post by days and weeks, to a day (both keep the hour), or to a local date-time.

    It keeps its slot: a post fills the slot that it is linked to wherever it was moved to.
    """
    before = calendar.post(post)
    _check_open(before, "moved")
    after = moved_to(before, _destination(before.at, days, weeks, to))
    if after == before:
        return Edit(
            sentence(_("{post} is at {time} already", post=post_text(before), time=time_text(before.at)))
        )
    said = _(
        "Moved {post} from {time} to {then}",
        post=post_text(before),
        time=time_text(before.at),
        then=time_text(after.at),
    )
    if after.slot and after.slot.local != after.at:
        said += "; " + _("it still fills the slot of {time}", time=time_text(after.slot.local))
    return Edit(said, (after,))


def move_posts(
    calendar: Calendar,
    who: Who,
    posts: Sequence[int],
    *,
    now: datetime,
    days: int = 0,
    weeks: int = 0,
    to: date | None = None,
) -> Edit:
    """Move many posts at once; each keeps its hour."""
    return fold(
        calendar,
        posts,
        lambda newest, post: move_post(newest, who, post, now=now, days=days, weeks=weeks, to=to),
    )


def place_on_slot(
    calendar: Calendar,
    who: Who,
    post: int,
    slot: SlotKey | None,
    *,
    now: datetime,
    keep_time: bool = False,
) -> Edit:
    """Let a post fill a slot, and move it to the slot's time unless `keep_time` (a published post never
    moves). `slot` None: it becomes an extra and stays where it is."""
    before = calendar.post(post)
    if before.state == "skipped":
        raise Refused(_("{post} is skipped", post=post_text(before)), _("restore it first"))
    if before.slot == slot:
        said = _("{post} fills that slot already", post=post_text(before))
        if slot is None:
            said = _("{post} is an extra already", post=post_text(before))
        return Edit(sentence(said))
    if slot is None:
        said = _("{post} is an extra now", post=post_text(before))
        return Edit(sentence(said), (replace(before, slot=None),))
    check_slot(calendar, before.channel, slot, besides=post)
    at = before.at if keep_time or not before.is_open else slot.local
    said = _("{post} fills the slot of {time} now", post=post_text(before), time=time_text(slot.local))
    return Edit(sentence(said), (replace(moved_to(before, at), slot=slot),))


def skip_post(calendar: Calendar, who: Who, post: int, reason: str, *, now: datetime) -> Edit:
    """Decide that a post will not go out. Its slot is open again for another one."""
    before = calendar.post(post)
    _check_open(before, "skipped")
    if not reason.strip():
        raise BadInput(
            _("{post} cannot be skipped without a reason", post=post_text(before)),
            _("say why, the others will ask"),
        )
    said = _("Skipped {post}: {reason}", post=post_text(before), reason=reason.strip())
    if before.slot:
        said += "; " + _("the slot of {time} is open again", time=time_text(before.slot.local))
    return Edit(said, (replace(before, state="skipped", skip_reason=reason.strip()),))


def skip_posts(calendar: Calendar, who: Who, posts: Sequence[int], reason: str, *, now: datetime) -> Edit:
    """Skip many posts at once, for one reason."""
    return fold(calendar, posts, lambda newest, post: skip_post(newest, who, post, reason, now=now))


def restore_post(calendar: Calendar, who: Who, post: int, *, now: datetime, as_extra: bool = False) -> Edit:
    """Take a skipped post back into the plan, on its slot if that is still free; `as_extra`: without it."""
    before = calendar.post(post)
    if before.state != "skipped":
        raise Refused(
            _("{post} is {state}, not skipped", post=post_text(before), state=state_word(before.state)),
            _("there is nothing to restore"),
        )
    slot = None if as_extra else before.slot
    if slot and (taken := holder(calendar, slot, besides=post)):
        raise Refused(
            _(
                "the slot of {post} was taken by {other} meanwhile",
                post=post_text(before),
                other=post_text(taken),
            ),
            _("restore it as an extra"),
        )
    after = replace(before, state=state_from(before.tasks), skip_reason="", slot=slot)
    said = _("Restored {post}, {time}", post=post_text(after), time=time_text(after.at))
    if as_extra:
        said = _("Restored {post} as an extra, {time}", post=post_text(after), time=time_text(after.at))
    return Edit(said, (after,))


def restore_posts(
    calendar: Calendar, who: Who, posts: Sequence[int], *, now: datetime, as_extra: bool = False
) -> Edit:
    """Restore many skipped posts at once."""
    return fold(
        calendar, posts, lambda newest, post: restore_post(newest, who, post, now=now, as_extra=as_extra)
    )


def publish_post(
    calendar: Calendar,
    who: Who,
    post: int,
    *,
    now: datetime,
    at: datetime | None = None,
    link: str | None = None,
    force: bool = False,
) -> Edit:
    """Say that a post went out, at the instant `at` (None: now), and where it can be seen.

    Work that was left undone is mentioned, not refused: it is out. With a link, colleagues are asked to boost
    it. `force` corrects the time or the link of a post that is published already.
    """
    before = calendar.post(post)
    at = at or now
    if before.state == "skipped":
        raise Refused(_("{post} is skipped", post=post_text(before)), _("restore it first"))
    if before.state == "published" and not force:
        out = time_text(calendar.local(before))
        raise Refused(
            _("{post} went out already, {out}", post=post_text(before), out=out),
            _("use force to correct its time"),
        )
    if at.tzinfo is None:
        raise BadInput(_("the time of a publication needs a time zone"), _("give an instant"))
    if at > now + CLOCK_SLACK:
        local = to_local(at, calendar.zone(before.channel))
        raise Refused(
            _("{time} is still to come", time=time_text(local)),
            _("say when it really went out, or move the post instead"),
        )
    after = replace(before, state="published", published_at=at.astimezone(UTC), link=link or before.link)
    after = offers_moved(after, calendar.local(after).date() - calendar.local(before).date())
    if task := after.tasks.get("publish"):
        doer = task.member or (who.id if who else None)
        after = with_tasks(
            after, publish=replace(task, member=doer, offer=None, done_at=after.published_at, done_by=doer)
        )
    undone: list[TaskKind] = [
        kind for kind, task in after.tasks.items() if not task.is_done and kind != "engage"
    ]
    said = _(
        "Published {post} on {channel}, {time}",
        post=post_text(after),
        channel=calendar.channels[after.channel].name,
        time=time_text(calendar.local(after)),
    )
    if undone:
        tasks = list_text(map(kind_word, undone))
        said += "; " + n_("{tasks} was not done", "{tasks} were not done", len(undone), tasks=tasks)
    asked = asked_for(calendar, after, now)
    return Edit(said + asked_text(calendar, asked), (after, *asked))


def publish_posts(
    calendar: Calendar, who: Who, posts: Sequence[int], *, now: datetime, at: datetime | None = None
) -> Edit:
    """Say that many posts went out."""
    return fold(calendar, posts, lambda newest, post: publish_post(newest, who, post, now=now, at=at))


def _destination(at: datetime, days: int, weeks: int, to: datetime | date | None) -> datetime:
    if to is not None and (days or weeks):
        raise BadInput(_("move a post by days and weeks or to a date, not both"))
    if isinstance(to, datetime):
        moved = to
    elif to is not None:
        moved = datetime.combine(to, at.time())
    else:
        try:
            moved = at + timedelta(days=days, weeks=weeks)
        except OverflowError:
            raise BadInput(
                n_(
                    "{number} day is too far to move a post",
                    "{number} days is too far to move a post",
                    weeks * 7 + days,
                )
            ) from None
    _check_local(moved)
    return moved


def _check_local(at: datetime) -> None:
    if at.tzinfo is not None:
        raise BadInput(_("the planned time of a post is a wall-clock time"), _("give it without a time zone"))
    if not limits.FIRST_YEAR <= at.year <= limits.LAST_YEAR:
        raise BadInput(
            _("a post cannot be in {year}", year=at.year),
            _("use {first} to {last}", first=limits.FIRST_YEAR, last=limits.LAST_YEAR),
        )


def _check_open(post: Post, verb: Literal["moved", "skipped"]) -> None:
    if post.state == "published":
        raise Refused(
            _("{post} is published and cannot be moved", post=post_text(post))
            if verb == "moved"
            else _("{post} is published and cannot be skipped", post=post_text(post)),
            _("undo the publication first"),
        )
    if post.state == "skipped":
        raise Refused(_("{post} is skipped", post=post_text(post)), _("restore it first"))


def _open_idea(calendar: Calendar, idea: int | None) -> Idea | None:
    if idea is None:
        return None
    if (found := calendar.ideas.get(idea)) is None:
        raise NotFound(_("there is no idea {idea}", idea=idea))
    if found.post in calendar.posts:
        raise Refused(
            _("idea {idea} has become post {post} already", idea=idea, post=found.post),
            _("plan the post without the idea"),
        )
    return found


def _planned_text(post: Post, channel: str) -> str:
    gaps = {"post": post_text(post), "channel": channel, "time": time_text(post.at)}
    if post.slot is None:
        return _("Planned {post} on {channel}, {time}, as an extra", **gaps)
    planned = _("Planned {post} on {channel}, {time}", **gaps)
    if post.slot.local == post.at:
        return planned + "; " + _("it fills that slot")
    return planned + "; " + _("it fills the slot of {time}", time=time_text(post.slot.local))
