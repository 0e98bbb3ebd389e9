"""Ideas: anyone has one, all talk about it, somebody decides with a reason that all can read.

What an accepted idea becomes is a post: see `posts.add_post`.
"""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Comment, Idea, IdeaState
from cadence.model.times import to_local, zone_of
from cadence.operations.deciding import decided
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed, known
from cadence.operations.leading import leads_now
from cadence.operations.wording import day_text, member_text


def add_idea(
    calendar: Calendar,
    who: Who,
    text: str,
    *,
    now: datetime,
    channel: int | None = None,
    link: str | None = None,
    good_until: date | None = None,
) -> Edit:
    """Somebody has an idea. `good_until` is the last day on which it makes sense."""
    author = known(who)
    if len(calendar.ideas) >= limits.MAX_IDEAS:
        raise Refused(f"a calendar holds at most {limits.MAX_IDEAS:,} ideas")
    if channel is not None:
        _check_channel(calendar, channel)
    _check_day(calendar, good_until, now)
    idea = Idea(
        id=calendar.next_id(Idea),
        text=text,
        author=author.id,
        at=now.astimezone(UTC),
        channel=channel,
        link=link,
        good_until=good_until,
    )
    return Edit(f"{author.name} had {idea_text(idea)}", (idea,))


def edit_idea(
    calendar: Calendar,
    who: Who,
    idea: int,
    *,
    now: datetime,
    text: str | UnsetType = UNSET,
    channel: int | UnsetType | None = UNSET,
    link: str | UnsetType | None = UNSET,
    good_until: date | UnsetType | None = UNSET,
) -> Edit:
    """Say an idea better; its author stays. What is not given stays too."""
    before = find_idea(calendar, idea)
    if before.post is not None:
        raise Refused(f"{idea_text(before)} has become post {before.post}", "edit the post")
    if isinstance(channel, int):
        _check_channel(calendar, channel)
    if isinstance(good_until, date):
        _check_day(calendar, good_until, now)
    after = changed(before, text=text, channel=channel, link=link, good_until=good_until)
    if after == before:
        return Edit(f"Nothing to change on {idea_text(before)}")
    return Edit(f"Edited {idea_text(after)}", (after,))


def vote(calendar: Calendar, who: Who, idea: int, *, now: datetime) -> Edit:
    """One vote for an idea from everybody but its author, whose idea says it."""
    voter, liked = known(who), find_idea(calendar, idea)
    if voter.id == liked.author:
        raise Refused(f"{idea_text(liked)} is your own", "ask others to vote for it")
    if voter.id in liked.votes:
        return Edit(f"{voter.name} votes for {idea_text(liked)} already")
    after = replace(liked, votes=(*liked.votes, voter.id))
    return Edit(f"{voter.name} votes for {idea_text(liked)}", (after,))


def unvote(calendar: Calendar, who: Who, idea: int, *, now: datetime) -> Edit:
    """A vote is taken back."""
    voter, liked = known(who), find_idea(calendar, idea)
    if voter.id not in liked.votes:
        return Edit(f"{voter.name} does not vote for {idea_text(liked)} anyway")
    after = replace(liked, votes=tuple(id for id in liked.votes if id != voter.id))
    return Edit(f"{voter.name} votes for {idea_text(liked)} no more", (after,))


def comment(calendar: Calendar, who: Who, idea: int, text: str, *, now: datetime) -> Edit:
    """Say something about an idea, for all to read."""
    speaker, known_idea = known(who), find_idea(calendar, idea)
    if len(known_idea.comments) >= limits.MAX_COMMENTS:
        raise Refused(f"{idea_text(known_idea)} has {limits.MAX_COMMENTS} comments", "decide about it")
    if not text.strip():
        raise BadInput("an empty comment says nothing", "write a sentence")
    said = Comment(speaker.id, now.astimezone(UTC), text.strip())
    after = replace(known_idea, comments=(*known_idea.comments, said))
    return Edit(f"{speaker.name} commented on {idea_text(known_idea)}", (after,))


def accept_idea(calendar: Calendar, who: Who, idea: int, *, now: datetime, note: str = "") -> Edit:
    """An idea shall become a post; when is decided later. To plan it at once is `posts.add_post`."""
    return _decide(calendar, who, idea, "accepted", note, now)


def decline_idea(calendar: Calendar, who: Who, idea: int, note: str, *, now: datetime) -> Edit:
    """An idea will not become a post; `note` says why, and its author reads it."""
    _check_reason(note)
    return _decide(calendar, who, idea, "declined", note, now)


def park_idea(calendar: Calendar, who: Who, idea: int, note: str, *, now: datetime) -> Edit:
    """An idea is good, but not now; `note` says when or why."""
    _check_reason(note)
    return _decide(calendar, who, idea, "parked", note, now)


def reopen_idea(calendar: Calendar, who: Who, idea: int, *, now: datetime) -> Edit:
    """An idea that was decided about is open again."""
    before = find_idea(calendar, idea)
    if before.post is not None:
        raise Refused(f"{idea_text(before)} has become post {before.post}", "skip the post instead")
    if before.state == "open":
        return Edit(f"{idea_text(before).capitalize()} is open anyway")
    after = replace(before, state="open", note="", decided_by=None, decided_at=None)
    return Edit(f"Opened {idea_text(before)} again", (after,))


def find_idea(calendar: Calendar, idea: int) -> Idea:
    if idea not in calendar.ideas:
        raise NotFound(f"there is no idea {idea}", "`cadence idea list` lists them")
    return calendar.ideas[idea]


def idea_text(idea: Idea) -> str:
    """`idea 4 “How we sharpen tools”`."""
    return f"idea {idea.id} “{idea.text[:60]}”"


def _decide(calendar: Calendar, who: Who, idea: int, state: IdeaState, note: str, now: datetime) -> Edit:
    """Those who lead decide; an author may give up their own idea, for they know best."""
    decider, before = known(who), find_idea(calendar, idea)
    own_way_out = decider.id == before.author and state in ("declined", "parked")
    if not own_way_out and not leads_now(calendar, decider, now):
        raise Refused(
            f"{decider.name} does not lead", "vote for it, say what you think, or plan it on an open slot"
        )
    if before.post is not None:
        raise Refused(f"{idea_text(before)} has become post {before.post}", "skip the post instead")
    if (before.state, before.note) == (state, note):
        return Edit(f"{idea_text(before).capitalize()} is {state} already")
    author = member_text(calendar, before.author)
    said = f"{decider.name} {state} {idea_text(before)} of {author}" + (f": {note}" if note else "")
    return Edit(said, (decided(before, state, who, now, note),))


def _check_reason(note: str) -> None:
    if not note.strip():
        raise BadInput("without a reason nobody learns from it", "say why: all can read it, the author will")


def _check_channel(calendar: Calendar, channel: int) -> None:
    on = calendar.channel(channel)
    if on.retired:
        raise Refused(f"channel {on.name} is retired", "choose another channel, or none")


def _check_day(calendar: Calendar, good_until: date | None, now: datetime) -> None:
    today = to_local(now, zone_of(calendar.team.zone)).date()
    if good_until is not None and good_until < today:
        raise BadInput(f"{day_text(good_until)} is over", "an idea can be good until today or later")
