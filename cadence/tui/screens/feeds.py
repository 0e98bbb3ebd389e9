"""Feeds: who reads which part of the calendar at a secret link. Only who makes a link sees it, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult

from cadence.language import _, n_, p_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.feeds import Feed, digest_of, new_token
from cadence.operations import feeds as operations
from cadence.operations.feed_choice import (
    FORMS,
    Reader,
    Subject,
    read_reader,
    read_subject,
    subjects,
)
from cadence.operations.feeds import shows
from cadence.tui.actions import bindings
from cadence.tui.screens.asking import asks
from cadence.tui.screens.feed_links import LinksScreen
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.widgets.feed_list import FeedList, kept_feeds

LOOK_EVERY = 60.0
"""Seconds between two looks at when feeds were last read."""


class FeedsScreen(ListScreen):
    place = "feeds"
    BINDINGS = bindings("feeds")
    AUTO_FOCUS = "FeedList"

    def __init__(self) -> None:
        super().__init__()
        self._used: Mapping[int, datetime] = {}

    def compose_middle(self) -> ComposeResult:
        yield FeedList(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> FeedList:
        return self.query_one(FeedList)

    def on_mount(self) -> None:
        self._show()
        self.set_interval(LOOK_EVERY, self._look_when_used)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        self.call_later(self._look_when_used)

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        app = self.cadence
        self.list.show(app.calendar, kept_feeds(app.calendar, app.filter), self._used, app.now)

    async def _look_when_used(self) -> None:
        from cadence.ical.feeds.usage import read_usage  # with this, what only this screen needs

        notes = self.cadence.workspace.notes
        self._used = await self.cadence.in_order(lambda: read_usage(notes))
        self._show()

    # Feeds

    @asks
    async def action_feed_new(self, reader: str = "") -> None:
        people = [member.name for member in self.calendar.members.values()]
        fields = [
            Field("reader", _("Reader"), reader, _("you, or: Anna, The board"), people),
            Field(
                "what",
                p_("a feed", "Reads"),
                "",
                _("their own posts, or: every post, the gaps …"),
                [*subjects(self.calendar)],
            ),
        ]
        question = Question(_("A new feed"), fields, self._read_wish, _("makes it, and shows its links"))
        answer = await self.ask(question)
        if answer is None:
            return
        who, subject = answer
        token = new_token()
        done = await self.cadence.perform(
            operations.new_feed,
            who.name,
            subject.kind,
            digest_of(token),
            member=who.member,
            of=subject.of,
        )
        if done is not None and done.change is not None:
            self._show_links(done.change.ops[0].id, token)

    def _read_wish(self, answers: Answers) -> tuple[tuple[Reader, Subject], str]:
        calendar, viewer = self.calendar, self.cadence.viewer
        reader = read_reader(calendar, answers["reader"] or (viewer.name if viewer else ""))
        if answers["what"]:
            subject = read_subject(calendar, answers["what"])
        elif reader.member is not None:
            subject = Subject("member", reader.member)
        else:
            raise BadInput(_("say what {reader} may read", reader=reader.name), _(FORMS))
        edit = operations.new_feed(
            calendar,
            viewer,
            reader.name,
            subject.kind,
            digest_of(""),
            now=self.cadence.now,
            member=reader.member,
            of=subject.of,
        )
        (feed,) = (value for value in edit.puts if isinstance(value, Feed))
        said = _(
            "{reader} may read {feed}, and whoever has the link",
            reader=reader.name,
            feed=shows(calendar, feed),
        )
        return (reader, subject), said

    @asks
    async def action_feed_rotate(self) -> None:
        feed = self.list.current
        if feed is None:
            self.cadence.say(_("There is no feed here"), "dim")
            return
        warning = _("Cannot be undone: the links that {reader} has now stop working", reader=feed.reader)
        head = _("New links for {reader}", reader=feed.reader)
        why = await self.ask(_because(head, warning, _("makes new links")))
        if why is None:
            return
        token = new_token()
        done = await self.cadence.perform(
            operations.rotate_feed, feed.id, digest_of(token), why=why, for_good=True
        )
        if done is not None:
            self._show_links(feed.id, token)

    @asks
    async def action_feed_revoke(self) -> None:
        feeds = self._chosen()
        if not feeds:
            self.cadence.say(_("There is no feed here"), "dim")
            return
        names = ", ".join(dict.fromkeys(feed.reader for feed in feeds))
        what = n_("{number} feed", "{number} feeds", len(feeds))
        if len(feeds) == 1:
            what = shows(self.calendar, feeds[0])
        warning = _("Cannot be undone: {who} will not read {what} any more", who=names, what=what)
        why = await self.ask(_because(_("Revoke"), warning, _("ends it for good")))
        if why is None:
            return
        for feed in feeds:
            await self.cadence.perform(operations.revoke_feed, feed.id, why=why, for_good=True)
        self.clear_marks()

    def _chosen(self) -> Sequence[Feed]:
        """The marked feeds, or else the one under the cursor."""
        current = self.list.current
        return self.list.marked_feeds() or ([current] if current else [])

    def _show_links(self, feed: int, token: str) -> None:
        self.list.go_to(feed)
        known = self.calendar.feeds.get(feed)
        if known is not None:
            feed_shows = shows(self.calendar, known)
            head = _("{reader} may read {feed}", reader=known.reader, feed=feed_shows)
            self.app.push_screen(LinksScreen(head, self.calendar.team.feed_url, token))

    # Movements

    def look_into(self) -> None:
        if self.list.current is None:
            self.cadence.say(_("n lets somebody read the calendar"), "dim")
        else:
            self.cadence.say(_("Its links were shown once, when they were made; r makes new ones"), "dim")


def _because(head: str, warning: str, enter: str) -> Question[str]:
    """Asks before what cannot be undone, and takes the reason for the history."""

    def read(answers: Answers) -> tuple[str, str]:
        return answers["why"], warning

    field = Field("why", _("Because"), "", _("what the others should know (may be left empty)"))
    return Question(head, [field], read, enter, for_good=True)
