"""Channels: where posts go."""

from datetime import datetime

from msgspec.structs import replace

from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.documents import Value
from cadence.model.errors import Refused
from cadence.model.team import Channel
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.feeds import feeds_of_channel
from cadence.operations.naming import check_name
from cadence.operations.wording import count_text, list_text, post_text


def add_channel(
    calendar: Calendar,
    who: Who,
    name: str,
    *,
    now: datetime,
    zone: str = "",
    workflow: int | None = None,
    max_per_day: int | None = None,
    min_spacing: int | None = None,
    url: str | None = None,
) -> Edit:
    """A new place to post. `workflow` None: its posts need no tasks. `min_spacing` in minutes."""
    if len(calendar.channels) >= limits.MAX_CHANNELS:
        raise Refused(f"a team has at most {limits.MAX_CHANNELS} channels")
    check_name("channel", name, (other.name for other in calendar.channels.values()))
    if workflow is not None:
        calendar.workflow(workflow)
    channel = Channel(
        id=calendar.next_id(Channel),
        name=name,
        zone=zone,
        workflow=workflow,
        max_per_day=max_per_day,
        min_spacing=min_spacing,
        url=url,
    )
    return Edit(f"Added the channel {name}", (channel,))


def edit_channel(
    calendar: Calendar,
    who: Who,
    channel: int,
    *,
    now: datetime,
    name: str | UnsetType = UNSET,
    zone: str | UnsetType = UNSET,
    workflow: int | UnsetType | None = UNSET,
    max_per_day: int | UnsetType | None = UNSET,
    min_spacing: int | UnsetType | None = UNSET,
    url: str | UnsetType | None = UNSET,
    retired: bool | UnsetType = UNSET,
) -> Edit:
    """Change what is given; the rest stays. Another workflow holds for new posts, another zone keeps every
    post's wall-clock hour."""
    before = calendar.channel(channel)
    after = changed(
        before,
        name=name,
        zone=zone,
        workflow=workflow,
        max_per_day=max_per_day,
        min_spacing=min_spacing,
        url=url,
        retired=retired,
    )
    if after == before:
        return Edit(f"Nothing to change on {before.name}")
    others = (other.name for other in calendar.channels.values() if other.id != channel)
    check_name("channel", after.name, others)
    if after.workflow is not None:
        calendar.workflow(after.workflow)
    if after.retired and not before.retired:
        _check_nothing_planned(calendar, before)
        return Edit(f"Retired {after.name}; its history stays", (after,))
    if before.retired and not after.retired:
        return Edit(f"{after.name} is in use again", (after,))
    new_posts = "; its new posts get the new workflow" if after.workflow != before.workflow else ""
    return Edit(f"Edited {after.name}{new_posts}", (after,))


def remove_channel(
    calendar: Calendar, who: Who, channel: int, *, now: datetime, retire: bool = False
) -> Edit:
    """Take a channel away with its rhythms and the skills that name it. One that has posts or ideas is not
    removed but retired: its history stays."""
    gone = calendar.channel(channel)
    if retire:
        return edit_channel(calendar, who, channel, now=now, retired=True)
    posts = sum(1 for _ in calendar.posts_of(channel))
    ideas = sum(1 for idea in calendar.ideas.values() if idea.channel == channel)
    if posts or ideas:
        parts = [count_text(n, noun) for n, noun in ((posts, "post"), (ideas, "idea")) if n]
        raise Refused(f"{gone.name} has {list_text(parts)}", "retire it instead, its history stays then")
    rhythms = calendar.rhythms_of(channel)
    skilled: tuple[Value, ...] = tuple(
        replace(member, skills=tuple(skill for skill in member.skills if skill.channel != channel))
        for member in calendar.members.values()
        if any(skill.channel == channel for skill in member.skills)
    )
    taken = f" with {count_text(len(rhythms), 'rhythm')}" if rhythms else ""
    return Edit(
        f"Removed the channel {gone.name}{taken}",
        skilled,
        (gone, *rhythms, *feeds_of_channel(calendar, channel)),
    )


def _check_nothing_planned(calendar: Calendar, channel: Channel) -> None:
    planned = [post for post in calendar.posts_of(channel.id) if post.is_open]
    if planned:
        raise Refused(
            f"{channel.name} still has {count_text(len(planned), 'post')} to come: "
            f"{list_text(post_text(post) for post in planned)}",
            "publish or skip them first",
        )
