"""Ideas: anyone has one, all talk about it, somebody decides with a reason that all can read.

What an accepted idea becomes is a post: see `posts.add_post`.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal

from msgspec.structs import replace

from cadence.language import _
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, NotFound, Refused
from cadence.model.post import Comment, Idea, IdeaState
from cadence.model.times import to_local, zone_of
from cadence.model.words import idea_word
from cadence.operations.deciding import decided
from cadence.operations.edit import UNSET, Edit, UnsetType, Who, changed, fold, known
from cadence.operations.leading import leads_now
from cadence.operations.wording import day_text, member_text, sentence

Decision = Literal["accepted", "declined", "parked"]


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
        raise Refused(_("a calendar holds at most {most:,} ideas", most=limits.MAX_IDEAS))
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
    return Edit(_("{name} had {idea}", name=author.name, idea=idea_text(idea)), (idea,))


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
        raise Refused(
            _("{idea} has become post {post}", idea=idea_text(before), post=before.post), _("edit the post")
        )
    if isinstance(channel, int):
        _check_channel(calendar, channel)
    if isinstance(good_until, date):
        _check_day(calendar, good_until, now)
    after = changed(before, text=text, channel=channel, link=link, good_until=good_until)
    if after == before:
        return Edit(_("Nothing to change on {name}", name=idea_text(before)))
    return Edit(_("Edited {name}", name=idea_text(after)), (after,))


def vote(calendar: Calendar, who: Who, idea: int, *, now: datetime) -> Edit:
    """One vote for an idea from everybody but its author, whose idea says it."""
    voter, liked = known(who), find_idea(calendar, idea)
    if voter.id == liked.author:
        raise Refused(_("{idea} is your own", idea=idea_text(liked)), _("ask others to vote for it"))
    if voter.id in liked.votes:
        return Edit(_("{name} votes for {idea} already", name=voter.name, idea=idea_text(liked)))
    after = replace(liked, votes=(*liked.votes, voter.id))
    return Edit(_("{name} votes for {idea}", name=voter.name, idea=idea_text(liked)), (after,))


def unvote(calendar: Calendar, who: Who, idea: int, *, now: datetime) -> Edit:
    """A vote is taken back."""
    voter, liked = known(who), find_idea(calendar, idea)
    if voter.id not in liked.votes:
        return Edit(_("{name} does not vote for {idea} anyway", name=voter.name, idea=idea_text(liked)))
    after = replace(liked, votes=tuple(id for id in liked.votes if id != voter.id))
    return Edit(_("{name} votes for {idea} no more", name=voter.name, idea=idea_text(liked)), (after,))


def comment(calendar: Calendar, who: Who, idea: int, text: str, *, now: datetime) -> Edit:
    """Say something about an idea, for all to read."""
    speaker, known_idea = known(who), find_idea(calendar, idea)
    if len(known_idea.comments) >= limits.MAX_COMMENTS:
        raise Refused(
            _("{idea} has {most} comments", idea=idea_text(known_idea), most=limits.MAX_COMMENTS),
            _("decide about it"),
        )
    if not text.strip():
        raise BadInput(_("an empty comment says nothing"), _("write a sentence"))
    said = Comment(speaker.id, now.astimezone(UTC), text.strip())
    after = replace(known_idea, comments=(*known_idea.comments, said))
    return Edit(_("{name} commented on {idea}", name=speaker.name, idea=idea_text(known_idea)), (after,))


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


def decide_ideas(
    calendar: Calendar, who: Who, ideas: Sequence[int], state: Decision, note: str = "", *, now: datetime
) -> Edit:
    """The same decision about many ideas, with one reason for all of them."""
    if state != "accepted":
        _check_reason(note)
    return fold(calendar, ideas, lambda newest, idea: _decide(newest, who, idea, state, note, now))


def reopen_ideas(calendar: Calendar, who: Who, ideas: Sequence[int], *, now: datetime) -> Edit:
    """Open many ideas again."""
    return fold(calendar, ideas, lambda newest, idea: reopen_idea(newest, who, idea, now=now))


def reopen_idea(calendar: Calendar, who: Who, idea: int, *, now: datetime) -> Edit:
    """An idea that was decided about is open again."""
    before = find_idea(calendar, idea)
    if before.post is not None:
        raise Refused(
            _("{idea} has become post {post}", idea=idea_text(before), post=before.post),
            _("skip the post instead"),
        )
    if before.state == "open":
        return Edit(sentence(_("{idea} is open anyway", idea=idea_text(before))))
    after = replace(before, state="open", note="", decided_by=None, decided_at=None)
    return Edit(_("Opened {idea} again", idea=idea_text(before)), (after,))


def find_idea(calendar: Calendar, idea: int) -> Idea:
    if idea not in calendar.ideas:
        raise NotFound(_("there is no idea {idea}", idea=idea), _("`cadence idea list` lists them"))
    return calendar.ideas[idea]


def idea_text(idea: Idea) -> str:
    """`idea 4 “How we sharpen tools”`."""
    return _("idea {number} “{text}”", number=idea.id, text=idea.text[:60])


def _decide(calendar: Calendar, who: Who, idea: int, state: IdeaState, note: str, now: datetime) -> Edit:
    """Those who lead decide; an author may give up their own idea, for they know best."""
    decider, before = known(who), find_idea(calendar, idea)
    own_way_out = decider.id == before.author and state in ("declined", "parked")
    if not own_way_out and not leads_now(calendar, decider, now):
        raise Refused(
            _("{name} does not lead", name=decider.name),
            _("vote for it, say what you think, or plan it on an open slot"),
        )
    if before.post is not None:
        raise Refused(
            _("{idea} has become post {post}", idea=idea_text(before), post=before.post),
            _("skip the post instead"),
        )
    if (before.state, before.note) == (state, note):
        return Edit(sentence(_("{idea} is {state} already", idea=idea_text(before), state=idea_word(state))))
    said = _said(state, decider.name, idea_text(before), member_text(calendar, before.author))
    return Edit(f"{said}: {note}" if note else said, (decided(before, state, who, now, note),))


def _said(state: IdeaState, name: str, idea: str, author: str) -> str:
    match state:
        case "accepted":
            return _("{name} accepted {idea} of {author}", name=name, idea=idea, author=author)
        case "declined":
            return _("{name} declined {idea} of {author}", name=name, idea=idea, author=author)
        case "parked":
            return _("{name} parked {idea} of {author}", name=name, idea=idea, author=author)
        case "open":
            return _("{name} opened {idea} of {author} again", name=name, idea=idea, author=author)


def _check_reason(note: str) -> None:
    if not note.strip():
        raise BadInput(
            _("without a reason nobody learns from it"), _("say why: all can read it, the author will")
        )


def _check_channel(calendar: Calendar, channel: int) -> None:
    on = calendar.channel(channel)
    if on.retired:
        raise Refused(
            _("channel {channel} is retired", channel=on.name), _("choose another channel, or none")
        )


def _check_day(calendar: Calendar, good_until: date | None, now: datetime) -> None:
    today = to_local(now, zone_of(calendar.team.zone)).date()
    if good_until is not None and good_until < today:
        raise BadInput(
            _("{day} is over", day=day_text(good_until)), _("an idea can be good until today or later")
        )
