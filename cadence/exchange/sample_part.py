"""How the sample team takes part: its ideas, what it passed on, what is on offer, and who leads when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from cadence.exchange.check import FieldError, checked
from cadence.exchange.files import read_file
from cadence.language import _
from cadence.model import limits
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.post import Boost, Comment, Idea, IdeaState, Offer, Post, TaskRef
from cadence.model.rota import Rota
from cadence.model.team import TaskKind
from cadence.model.times import to_instant, zone_of
from cadence.operations.edit import Edit, Who

Told = dict[str, Any] | list[Any] | date | str | bool
"""What a TOML document is made of, here."""


class CommentPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody said something about an idea. Times of all plans are local ones of the team, people go by
    name, posts by title."""

    by: str
    at: limits.LocalTime
    text: limits.Comment


class IdeaPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An idea; the fields mean what they mean on `Idea`."""

    text: limits.Title
    author: str
    at: limits.LocalTime
    channel: str | None = None
    link: limits.Url | None = None
    good_until: date | None = None
    votes: tuple[str, ...] = ()
    comments: tuple[CommentPlan, ...] = ()
    state: IdeaState = "open"
    note: limits.Note = ""
    decided_by: str | None = None
    decided_at: limits.LocalTime | None = None
    post: str | None = None


class AskPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member is asked to pass a post on; `at` is when they did."""

    member: str
    day: date
    at: limits.LocalTime | None = None
    declined: bool = False


class NewsPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a post can be seen once it is out, and who is asked to pass it on."""

    post: str
    link: limits.Url
    asks: tuple[AskPlan, ...]


class WantedPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The task that a swap asks for."""

    post: str
    task: TaskKind


class OfferPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Its owner offers a task to anyone, or for another task to whoever has that."""

    post: str
    task: TaskKind
    at: limits.LocalTime
    note: limits.Line = ""
    wants: WantedPlan | None = None


class RotaPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who leads the weeks in turn, from the week that starts on `start`."""

    order: tuple[str, ...]
    start: date


class PartPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    rota: RotaPlan
    ideas: tuple[IdeaPlan, ...]
    news: tuple[NewsPlan, ...]
    offers: tuple[OfferPlan, ...]


def read_part(path: Path, shift: timedelta) -> PartPlan:
    """The plan in a file with all of its dates moved. BadInput names the file and what is wrong in it."""
    try:
        document = cast("dict[str, Any]", _moved(tomllib.loads(read_file(path).decode()), shift))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("{file} is not valid TOML: {error}", file=path.name, error=error)) from None
    try:
        return checked(PartPlan, document)
    except FieldError as error:
        place = f"{path.name}, {error.field}" if error.field else path.name
        raise BadInput(f"{place}: {error.message}", error.remedy) from None


def _moved(told: Told, by: timedelta) -> Told:
    match told:
        case dict():
            return {key: _moved(value, by) for key, value in told.items()}
        case list():
            return [_moved(value, by) for value in told]
        case date():
            return told + by
        case _:
            return told


def take_part(calendar: Calendar, who: Who, plan: PartPlan, *, now: datetime) -> Edit:
    """Put the plan into a calendar that has the team and its posts. What is asked for posts that are not out
    yet is left out. BadInput or NotFound names who or what is not there."""
    part = _Part(calendar)
    ideas = [part.idea(planned, ahead) for ahead, planned in enumerate(plan.ideas)]
    boosts = list(part.boosts(plan.news))
    for offer in plan.offers:
        part.put_on_offer(offer)
    rota = Rota(order=tuple(map(part.member, plan.rota.order)), start=plan.rota.start)
    posts = [post for post in part.posts.values() if post is not calendar.posts[post.id]]
    said = _(
        "The team had {ideas} ideas, was asked for {boosts} boosts and leads in turn",
        ideas=len(ideas),
        boosts=len(boosts),
    )
    return Edit(said, (rota, *ideas, *boosts, *posts))


class _Part:
    """A calendar with its posts by title, as they become."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._zone: ZoneInfo = zone_of(calendar.team.zone)
        self.posts = {post.title: post for post in calendar.posts.values()}

    def member(self, name: str) -> int:
        return self._calendar.member(name).id

    def idea(self, plan: IdeaPlan, ahead: int) -> Idea:
        """The idea; the post that it became is told of it."""
        id = self._calendar.next_id(Idea, ahead)
        post = self._post(plan.post) if plan.post else None
        if post:
            self.posts[post.title] = replace(post, idea=id)
        return Idea(
            id=id,
            text=plan.text,
            author=self.member(plan.author),
            at=self._instant(plan.at),
            channel=self._calendar.channel(plan.channel).id if plan.channel else None,
            link=plan.link,
            good_until=plan.good_until,
            votes=tuple(map(self.member, plan.votes)),
            comments=tuple(
                Comment(self.member(said.by), self._instant(said.at), said.text) for said in plan.comments
            ),
            state=plan.state,
            note=plan.note,
            decided_by=self.member(plan.decided_by) if plan.decided_by else None,
            decided_at=self._instant(plan.decided_at) if plan.decided_at else None,
            post=post.id if post else None,
        )

    def boosts(self, news: tuple[NewsPlan, ...]) -> Iterator[Boost]:
        """The asks for what is out; its posts get their links."""
        ahead = 0
        for told in news:
            post = self._post(told.post)
            if post.state != "published":
                continue
            self.posts[post.title] = replace(post, link=told.link)
            for ask in told.asks:
                yield Boost(
                    id=self._calendar.next_id(Boost, ahead),
                    post=post.id,
                    member=self.member(ask.member),
                    day=ask.day,
                    at=self._instant(ask.at) if ask.at else None,
                    declined=ask.declined,
                )
                ahead += 1

    def put_on_offer(self, plan: OfferPlan) -> None:
        """A task that is done meanwhile is not on offer any more."""
        post = self._post(plan.post)
        task = post.tasks[plan.task]
        wants = TaskRef(self._post(plan.wants.post).id, plan.wants.task) if plan.wants else None
        asked = self._calendar.task(wants).member if wants else None
        if task.member is None or task.is_done:
            return
        offer = Offer(
            self._instant(plan.at), task.member, (asked,) if asked else (), note=plan.note, wants=wants
        )
        tasks: Mapping[TaskKind, Any] = {**post.tasks, plan.task: replace(task, offer=offer)}
        self.posts[post.title] = replace(post, tasks=tasks)

    def _post(self, title: str) -> Post:
        if title not in self.posts:
            raise BadInput(
                _("there is no post {title!r}", title=title[:60]), _("name one of history.csv or posts.csv")
            )
        return self.posts[title]

    def _instant(self, local: datetime) -> datetime:
        return to_instant(local, self._zone)
