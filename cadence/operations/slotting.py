"""Which slot a post may take: it exists, it is not paused, and nobody else has it."""

from datetime import datetime

from cadence.insight.expansion import Slot, expand
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.errors import NotFound, Refused
from cadence.model.post import Post
from cadence.model.rhythm import Rhythm, SlotKey
from cadence.operations.wording import post_text, time_text


def slot_at(calendar: Calendar, channel: int, local: datetime) -> SlotKey | None:
    """The slot of a channel at exactly this local time, the one that is still free first; None if there is
    none, or only paused ones."""
    found = (_slot(calendar, rhythm, local) for rhythm in calendar.rhythms_of(channel))
    keys = [slot.key for slot in found if slot and not slot.paused]
    return min(keys, key=lambda key: holder(calendar, key) is not None, default=None)


def free_slot_at(calendar: Calendar, channel: int, local: datetime) -> SlotKey | None:
    """The slot of a channel at exactly this local time that no post has taken."""
    key = slot_at(calendar, channel, local)
    return key if key and holder(calendar, key) is None else None


def holder(calendar: Calendar, key: SlotKey, besides: int | None = None) -> Post | None:
    """The post that has taken a slot (a skipped one has not), other than the post `besides`."""
    posts = (calendar.posts[id] for id in calendar.index.by_slot.get(key, ()) if id != besides)
    return next((post for post in posts if post.state != "skipped"), None)


def check_slot(calendar: Calendar, channel: int, key: SlotKey, besides: int | None = None) -> None:
    """Refused or NotFound unless a post of `channel` (the post `besides` itself) may take the slot."""
    rhythm = calendar.rhythm(key.rhythm)
    if rhythm.channel != channel:
        owner = calendar.channels[rhythm.channel].name
        raise Refused(
            _(
                "rhythm {number} is a promise on {owner}, not on {channel}",
                number=rhythm.id,
                owner=owner,
                channel=calendar.channels[channel].name,
            ),
            _("choose a slot of the post's own channel"),
        )
    slot = _slot(calendar, rhythm, key.local)
    if slot is None:
        raise NotFound(
            _("rhythm {number} calls for no post at {time}", number=rhythm.id, time=time_text(key.local)),
            _("`cadence slots` lists the slots"),
        )
    if slot.paused:
        raise Refused(
            _("the slot of {time} is paused", time=time_text(key.local)),
            _("choose another slot or end the pause first"),
        )
    if taken := holder(calendar, key, besides):
        raise Refused(
            _("the slot of {time} is taken by {post}", time=time_text(key.local), post=post_text(taken)),
            _("choose another slot, skip that post, or plan this one as an extra"),
        )


def _slot(calendar: Calendar, rhythm: Rhythm, local: datetime) -> Slot | None:
    day = local.date()
    return next((slot for slot in expand(calendar, rhythm, day, day) if slot.local == local), None)
