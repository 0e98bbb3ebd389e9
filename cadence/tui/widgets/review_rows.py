"""Which rows the Review screen has: the parts of a retrospective one under the other, each with its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cadence.insight.participation import Group
from cadence.insight.review import Carried, Handed, Kept, MissedSlot, Outside
from cadence.insight.words import hours_text, money_text
from cadence.language import _, later, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.post import Idea
from cadence.tui.filter import PostFilter
from cadence.tui.reviewing import LookedBack

NOTHING_KEPT = later("Nothing of these weeks is about that (esc: all).")


@dataclass(frozen=True)
class Boosted:
    """A post that colleagues were asked to pass on, or did: how many were `asked`, and who did."""

    post: int
    asked: int
    by: tuple[int, ...]


@dataclass(frozen=True)
class Turn:
    """Who led a week (None: nobody), by its first day."""

    week: date
    member: int | None


What = Kept | MissedSlot | Carried | Handed | Idea | Boosted | Outside | Turn | Group


@dataclass(frozen=True)
class Title:
    """A row that cannot be chosen: the head of a part, or a sentence. `columns`: the kind of the rows below,
    where their columns have names."""

    text: str
    words: str = ""
    columns: type[What] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a part, and what it is about: filters and Enter go by it."""

    key: str
    what: What
    channel: int | None = None
    members: tuple[int, ...] = ()
    post: int | None = None
    idea: int | None = None
    day: date | None = None
    text: str = ""


SPACE = Title("")
ReviewRow = Title | Entry


def review_rows(found: LookedBack, keep: PostFilter) -> list[ReviewRow]:
    """Headings and lines of what the filter keeps; under a filter without the figures of the whole."""
    rows: list[ReviewRow] = []
    for title, entries in _parts(found):
        kept = [entry for entry in entries if not keep or _is_kept(found.calendar, entry, keep)]
        if kept or not keep:
            shown = Title(title.text, "", title.columns) if keep else title
            rows += [*([SPACE] if rows else []), shown, *kept]
    return rows or [SPACE, Title("", _(NOTHING_KEPT))]


def _is_kept(calendar: Calendar, entry: Entry, keep: PostFilter) -> bool:
    if keep.channels and entry.channel not in keep.channels:
        return False
    if keep.members and keep.members.isdisjoint(entry.members):
        return False
    post = calendar.posts.get(entry.post or 0)
    if keep.states and not (post and PostFilter(states=keep.states).keeps(post)):
        return False
    return all(word in entry.text.casefold() for word in keep.text)


def _parts(found: LookedBack) -> Iterator[tuple[Title, Sequence[Entry]]]:
    review, calendar = found.review, found.calendar
    yield (
        Title(_("Promised and kept"), "" if review.kept else _("There are no channels."), Kept),
        [_kept(found, one) for one in review.kept],
    )
    missed = n_("{number} slot", "{number} slots", len(review.missed))
    why = Title(_("Missed, and why"), missed if review.missed else _("Nothing was missed."))
    yield why, [_missed(calendar, one) for one in review.missed]
    yield (
        Title(_("Who carried what"), "" if review.carried else _("Nobody carried anything."), Carried),
        [Entry(f"carried {one.member}", one, members=(one.member,)) for one in review.carried],
    )
    handed = n_("{number} task", "{number} tasks", len(review.handed))
    hands = Title(_("Changed hands"), handed if review.handed else _("No task changed hands."))
    yield hands, [_handed(calendar, one) for one in review.handed]
    yield Title(_("Ideas"), _ideas_words(found)), [_idea(calendar, one) for one in _ideas(found)]
    none = p_("boosts", "none")
    boosts = _(
        "{asked} asked for, {done} done", asked=review.boosts_asked or none, done=review.boosts_done or none
    )
    yield Title(_("Boosts"), boosts), [_boosted(calendar, one) for one in boosted(found)]
    yield Title(_("Who took part"), "", Group), list(_groups(found))
    yield (
        Title(_("Outside help"), _outside_words(found)),
        [Entry(f"outside {one.member}", one, members=(one.member,)) for one in review.outside],
    )
    leads = [Turn(week, member) for week, member in review.leads]
    yield (
        Title(_("Who led"), "" if leads else _("There was no rota.")),
        [Entry(f"led {turn.week}", turn, members=(turn.member or 0,), day=turn.week) for turn in leads],
    )


def _kept(found: LookedBack, one: Kept) -> Entry:
    channel = one.figures.channel
    name = found.calendar.channels[channel].name
    return Entry(f"kept {channel}", one, channel, day=found.wish.last, text=name)


def _missed(calendar: Calendar, one: MissedSlot) -> Entry:
    post = calendar.posts.get(one.post or 0)
    key = f"missed {one.channel} {one.slot.rhythm} {one.slot.local}"
    members = tuple({task.member or 0 for task in post.tasks.values()}) if post else ()
    text = f"{one.cause} {post.title if post else ''}"
    return Entry(key, one, one.channel, members, one.post, None, one.slot.local.date(), text)


def _handed(calendar: Calendar, one: Handed) -> Entry:
    post = calendar.posts.get(one.post)
    members = (one.giver, one.taker or 0)
    channel, title = (post.channel, post.title) if post else (None, "")
    return Entry(
        f"handed {one.post} {one.task} {one.at} {one.giver}", one, channel, members, one.post, text=title
    )


def _ideas(found: LookedBack) -> Iterator[Idea]:
    """What was had, decided about, or published, the oldest first."""
    ideas, calendar = found.review.ideas, found.calendar
    published = {calendar.posts[post].idea or 0 for post in ideas.published}
    for id in sorted({*ideas.had, *ideas.accepted, *ideas.declined, *published}):
        yield calendar.ideas[id]


def _idea(calendar: Calendar, idea: Idea) -> Entry:
    post = calendar.posts.get(idea.post or 0)
    channel = post.channel if post else idea.channel
    text = f"{idea.text} {idea.note} {post.title if post else ''}"
    return Entry(f"idea {idea.id}", idea, channel, (idea.author,), idea.post, idea.id, text=text)


def _ideas_words(found: LookedBack) -> str:
    ideas = found.review.ideas
    had, accepted, declined = len(ideas.had), len(ideas.accepted), len(ideas.declined)
    said = [n_("{number} had", "{number} had", had) if had else _("none had")]
    if accepted:
        said.append(n_("{number} accepted", "{number} accepted", accepted))
    if declined:
        said.append(n_("{number} declined", "{number} declined", declined))
    words = ", ".join(said)
    if ideas.published:
        words += " · " + n_(
            "{number} post out that began as an idea, {others} not a lead's",
            "{number} posts out that began as an idea, {others} not a lead's",
            len(ideas.published),
            others=ideas.from_others_than_leads,
        )
    return words


def boosted(found: LookedBack) -> Iterator[Boosted]:
    """The posts whose boosts were asked for, or done, in the weeks, in the order in which they went out."""
    calendar, wish = found.calendar, found.wish
    asked: dict[int, int] = {}
    by: dict[int, list[int]] = {}
    for boost in calendar.boosts.values():
        if wish.first <= boost.day <= wish.last:
            asked[boost.post] = asked.get(boost.post, 0) + 1
        if boost.at is not None and wish.start <= boost.at < wish.end:
            by.setdefault(boost.post, []).append(boost.member)
    posts = [calendar.posts[id] for id in asked.keys() | by.keys() if id in calendar.posts]
    for post in sorted(posts, key=lambda post: (calendar.instant(post), post.id)):
        yield Boosted(post.id, asked.get(post.id, 0), tuple(by.get(post.id, ())))


def _boosted(calendar: Calendar, one: Boosted) -> Entry:
    post = calendar.posts[one.post]
    return Entry(f"boosted {post.id}", one, post.channel, tuple(set(one.by)), post.id, text=post.title)


def _groups(found: LookedBack) -> Iterator[Entry]:
    """A department of everybody says nothing new."""
    departments = found.participation.departments
    for group in (found.participation.team, *(departments if len(departments) > 1 else ())):
        yield Entry(f"group {group.name}", group, members=tuple(group.enrolled), text=group.name or "")


def _outside_words(found: LookedBack) -> str:
    outside = found.review.outside
    if not outside:
        return _("Everything was done inside.")
    minutes, cost = sum(one.minutes for one in outside), sum(one.cost for one in outside)
    return _("{money} for {hours}", money=money_text(cost), hours=hours_text(minutes))
