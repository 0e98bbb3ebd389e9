"""Boosts: colleagues are asked to pass on what is published, from their own account; they do, or say no."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from cadence.insight.boosting import asks, can_be_asked_for, could_ask
from cadence.insight.offers import today_of
from cadence.language import _, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import Refused
from cadence.model.post import Boost, Post
from cadence.model.team import Member
from cadence.model.words import state_word
from cadence.operations.edit import Edit, Who, known
from cadence.operations.wording import day_text, list_text, member_text, post_text


def asked_for(calendar: Calendar, post: Post, now: datetime) -> tuple[Boost, ...]:
    """The new asks for a post as it is after an edit, if only now it can be seen: it went out, or got another
    link."""
    before = calendar.posts.get(post.id)
    if before is not None and (before.state, before.link) == (post.state, post.link):
        return ()
    return tuple(
        Boost(id=calendar.next_id(Boost, ahead), post=post.id, member=ask.member, day=ask.day)
        for ahead, ask in enumerate(asks(calendar, post, now))
    )


def asked_text(calendar: Calendar, asked: Sequence[Boost]) -> str:
    """`; Anna and Luca are asked to boost it, from Tue 24 Nov`; nothing where nobody is."""
    if not asked:
        return ""
    names = list_text(member_text(calendar, boost.member) for boost in asked)
    return "; " + n_(
        "{names} is asked to boost it, from {day}",
        "{names} are asked to boost it, from {day}",
        len(asked),
        names=names,
        day=day_text(asked[0].day),
    )


def ask_boost(calendar: Calendar, who: Who, post: int, member: int, *, now: datetime) -> Edit:
    """Ask one more colleague, on the first day that suits them. The limits on how often somebody is asked
    hold here too."""
    about, colleague = calendar.post(post), calendar.member(member)
    boost = _boost_of(calendar, post, member)
    if not calendar.team.boosts:
        raise Refused(_("this team asks nobody to boost"), _("change that with `cadence team edit --boosts`"))
    _check_published(about)
    _check_colleague(calendar, colleague, now)
    if about.link is None:
        raise Refused(
            _("{post} has no link", post=post_text(about)),
            _("give it one: `cadence post edit {post} --link URL`", post=post),
        )
    if boost is not None and boost.declined:
        raise Refused(
            _("{name} said no to boosting {post}", name=colleague.name, post=post_text(about)),
            _("ask somebody else"),
        )
    if boost is not None and boost.at:
        return Edit(_("{name} boosted it already", name=colleague.name))
    if boost is not None:
        return Edit(_("{name} is asked on {day} already", name=colleague.name, day=day_text(boost.day)))
    if not can_be_asked_for(calendar, about, now):
        raise Refused(
            _("{post} is no news any more", post=post_text(about)), _("ask for one that went out lately")
        )
    found = could_ask(calendar, about, [colleague], now)
    if not found:
        raise Refused(
            _("{name} has no time in the next days, or was asked often enough", name=colleague.name),
            _("ask somebody else"),
        )
    ask = Boost(id=calendar.next_id(Boost), post=post, member=member, day=found[0].day)
    said = _(
        "{name} is asked to boost {post} on {day}",
        name=colleague.name,
        post=post_text(about),
        day=day_text(ask.day),
    )
    return Edit(said, (ask,))


def boost_done(calendar: Calendar, who: Who, post: int, *, now: datetime, member: int | None = None) -> Edit:
    """A colleague passed a post on, asked or not: the one who says so, or `member`."""
    about = calendar.post(post)
    colleague = known(who) if member is None else calendar.member(member)
    _check_published(about)
    _check_colleague(calendar, colleague, now)
    boost = _boost_of(calendar, post, colleague.id)
    if boost is not None and boost.at is not None:
        return Edit(_("{name} boosted {post} already", name=colleague.name, post=post_text(about)))
    unasked = Boost(id=calendar.next_id(Boost), post=post, member=colleague.id, day=today_of(calendar, now))
    after = replace(boost or unasked, at=now.astimezone(UTC), declined=False)
    return Edit(_("{name} boosted {post}", name=colleague.name, post=post_text(about)), (after,))


def boost_undone(
    calendar: Calendar, who: Who, post: int, *, now: datetime, member: int | None = None
) -> Edit:
    """A colleague did not pass a post on after all; they are still asked to."""
    about = calendar.post(post)
    colleague = known(who) if member is None else calendar.member(member)
    boost = _boost_of(calendar, post, colleague.id)
    if boost is None or boost.at is None:
        return Edit(_("{name} has not boosted {post} anyway", name=colleague.name, post=post_text(about)))
    said = _("{name} has not boosted {post} after all", name=colleague.name, post=post_text(about))
    return Edit(said, (replace(boost, at=None),))


def decline_boost(calendar: Calendar, who: Who, post: int, *, now: datetime) -> Edit:
    """Somebody who was asked would rather not. They need not say why, and may change their mind."""
    about, me = calendar.post(post), known(who)
    boost = _boost_of(calendar, post, me.id)
    if boost is None:
        raise Refused(
            _("nobody asked {name} to boost {post}", name=me.name, post=post_text(about)),
            _("there is nothing to decline"),
        )
    if boost.at is not None:
        raise Refused(
            _("{name} boosted {post}", name=me.name, post=post_text(about)),
            _("if not: `cadence boost undone {post}`, then decline", post=post),
        )
    if boost.declined:
        return Edit(_("{name} said no to boosting {post} already", name=me.name, post=post_text(about)))
    return Edit(
        _("{name} would rather not boost {post}", name=me.name, post=post_text(about)),
        (replace(boost, declined=True),),
    )


def _boost_of(calendar: Calendar, post: int, member: int) -> Boost | None:
    """The boost of a post by a member, asked for or done: there is one at most."""
    found = (one for one in calendar.boosts.values() if (one.post, one.member) == (post, member))
    return next(found, None)


def _check_published(post: Post) -> None:
    if post.state != "published":
        raise Refused(
            _("{post} is {state}, not published", post=post_text(post), state=state_word(post.state)),
            _("boost what is out"),
        )


def _check_colleague(calendar: Calendar, member: Member, now: datetime) -> None:
    if member.kind == "partner":
        raise Refused(
            _("{name} is a partner", name=member.name), _("colleagues boost, from their own accounts")
        )
    if not member.is_active(today_of(calendar, now)):
        raise Refused(_("{name} is not in the team now", name=member.name), _("name a colleague who is"))
