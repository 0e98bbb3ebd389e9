"""Feeds: who reads which part of the calendar at a secret link. Only who makes a link sees it, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from textual.app import ComposeResult

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
from cadence.tui.widgets.row_list import RowList
from cadence.tui.words import counted

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

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
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
            Field("reader", "Reader", reader, "you, or: Anna, The board", people),
            Field(
                "what", "Reads", "", "their own posts, or: every post, the gaps …", [*subjects(self.calendar)]
            ),
        ]
        question = Question("A new feed", fields, self._read_wish, "makes it, and shows its links")
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
            raise BadInput(f"say what {reader.name} may read", FORMS)
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
        return (reader, subject), f"{edit.said.rpartition(':')[0]}, and whoever has the link"

    @asks
    async def action_feed_rotate(self) -> None:
        feed = self.list.current
        if feed is None:
            self.cadence.say("There is no feed here", "dim")
            return
        warning = f"Cannot be undone: the links that {feed.reader} has now stop working"
        why = await self.ask(_because(f"New links for {feed.reader}", warning, "makes new links"))
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
            self.cadence.say("There is no feed here", "dim")
            return
        names = ", ".join(dict.fromkeys(feed.reader for feed in feeds))
        what = shows(self.calendar, feeds[0]) if len(feeds) == 1 else counted(len(feeds), "feed")
        warning = f"Cannot be undone: {names} will not read {what} any more"
        why = await self.ask(_because("Revoke", warning, "ends it for good"))
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
            head = f"{known.reader} may read {shows(self.calendar, known)}"
            self.app.push_screen(LinksScreen(head, self.calendar.team.feed_url, token))

    # Movements

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        self.cadence.show_day(day, channel)

    def go_to_post(self, post: int) -> None:
        self.cadence.show_post(post)

    def look_into(self) -> None:
        if self.list.current is None:
            self.cadence.say("n lets somebody read the calendar", "dim")
        else:
            self.cadence.say("Its links were shown once, when they were made; r makes new ones", "dim")

    def on_row_list_opened(self, _message: RowList.Opened) -> None:
        self.look_into()


def _because(head: str, warning: str, enter: str) -> Question[str]:
    """Asks before what cannot be undone, and takes the reason for the history."""

    def read(answers: Answers) -> tuple[str, str]:
        return answers["why"], warning

    field = Field("why", "Because", "", "what the others should know (may be left empty)")
    return Question(head, [field], read, enter)
