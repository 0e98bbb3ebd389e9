"""Channels: where posts go."""

from datetime import datetime

from msgspec.structs import replace

from cadence.language import _, n_
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.documents import Value
from cadence.model.errors import Refused
from cadence.model.team import Channel
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed
from cadence.operations.feeds import feeds_of_channel
from cadence.operations.naming import check_name
from cadence.operations.wording import list_text, post_text


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
        raise Refused(_("a team has at most {most} channels", most=limits.MAX_CHANNELS))
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
    return Edit(_("Added the channel {name}", name=name), (channel,))


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
        return Edit(_("Nothing to change on {name}", name=before.name))
    others = (other.name for other in calendar.channels.values() if other.id != channel)
    check_name("channel", after.name, others)
    if after.workflow is not None:
        calendar.workflow(after.workflow)
    if after.retired and not before.retired:
        _check_nothing_planned(calendar, before)
        return Edit(_("Retired {name}; its history stays", name=after.name), (after,))
    if before.retired and not after.retired:
        return Edit(_("{name} is in use again", name=after.name), (after,))
    if after.workflow != before.workflow:
        return Edit(_("Edited {name}; its new posts get the new workflow", name=after.name), (after,))
    return Edit(_("Edited {name}", name=after.name), (after,))


def remove_channel(
    calendar: Calendar, who: Who, channel: int, *, now: datetime, retire: bool = False
) -> Edit:
    """Take a channel away with its rhythms and the skills that name it. One that has posts or ideas is not
    removed but retired: its history stays."""
    gone = calendar.channel(channel)
    if retire:
        return edit_channel(calendar, who, channel, now=now, retired=True)
    posts = sum(1 for _post in calendar.posts_of(channel))
    ideas = sum(1 for idea in calendar.ideas.values() if idea.channel == channel)
    if posts or ideas:
        parts = [n_("{number} post", "{number} posts", posts)] if posts else []
        parts += [n_("{number} idea", "{number} ideas", ideas)] if ideas else []
        raise Refused(
            _("{name} has {parts}", name=gone.name, parts=list_text(parts)),
            _("retire it instead, its history stays then"),
        )
    rhythms = calendar.rhythms_of(channel)
    skilled: tuple[Value, ...] = tuple(
        replace(member, skills=tuple(skill for skill in member.skills if skill.channel != channel))
        for member in calendar.members.values()
        if any(skill.channel == channel for skill in member.skills)
    )
    said = _("Removed the channel {name}", name=gone.name)
    if rhythms:
        said = n_(
            "Removed the channel {name} with {number} rhythm",
            "Removed the channel {name} with {number} rhythms",
            len(rhythms),
            name=gone.name,
        )
    return Edit(
        said,
        skilled,
        (gone, *rhythms, *feeds_of_channel(calendar, channel)),
    )


def _check_nothing_planned(calendar: Calendar, channel: Channel) -> None:
    planned = [post for post in calendar.posts_of(channel.id) if post.is_open]
    if planned:
        raise Refused(
            n_(
                "{channel} still has {number} post to come: {posts}",
                "{channel} still has {number} posts to come: {posts}",
                len(planned),
                channel=channel.name,
                posts=list_text(post_text(post) for post in planned),
            ),
            _("publish or skip them first"),
        )
