"""What can be done with posts, the same on every screen; marked posts are changed together, as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Post
from cadence.model.times import to_local
from cadence.operations import posts as operations
from cadence.tui.dates import read_instant, read_local, read_move
from cadence.tui.screens.asking import asks
from cadence.tui.screens.frame import NewPlace
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.screens.team_actions import TeamActions
from cadence.tui.widgets.cells import fit
from cadence.tui.words import counted

TITLE_WIDTH = 32
LINE_BREAK = "⏎"
"""How the line break of a note is shown in its one-line field."""


class PostActions(TeamActions):
    def chosen_posts(self) -> list[Post]:
        """The selected posts that exist; says so when there are none."""
        posts = [self.calendar.posts[id] for id in self.selected_posts() if id in self.calendar.posts]
        if not posts:
            self.cadence.say("There is no post here · n plans one", "dim")
        return posts

    def seen(self, posts: Sequence[Post]) -> Mapping[tuple[str, int], int]:
        """The revisions on the screen: if somebody was faster, the change is refused with their name."""
        return {("posts", post.id): post.rev for post in posts}

    def subject(self, posts: Sequence[Post]) -> str:
        """`Storia Bianchi` or `3 posts`; of a long title the beginning."""
        if len(posts) != 1:
            return counted(len(posts), "post")
        return fit(posts[0].title, TITLE_WIDTH).rstrip()

    # New

    @asks
    async def action_post_new(self, title: str = "") -> None:
        place = self.new_place()
        question = self._ask_title(place, title) if place else self._ask_all(title)
        if title and place:
            answer: tuple[NewPlace, str] | None = (place, title)
        else:
            answer = await self.ask(question)
        if answer is None:
            return
        (channel, at, slot), title = answer
        done = await self.cadence.perform(operations.add_post, channel, title, at=at, slot=slot)
        self.follow(done)

    def _ask_title(self, place: NewPlace, title: str) -> Question[tuple[NewPlace, str]]:
        name = self.calendar.channels[place.channel].name
        where = f"{name} · {place.at:%a} {place.at.day} {place.at:%b %H:%M}"

        def read(answers: Answers) -> tuple[tuple[NewPlace, str], str]:
            if not answers["title"]:
                raise BadInput("a post needs a title", f"{where} · an idea in a few words will do")
            kind = "takes the open slot" if place.slot else "an extra: no slot calls for it then"
            return (place, answers["title"]), f"{where} · {kind} · u undoes"

        return Question(f"New post · {where}", [Field("title", "Title", title)], read, "plans it")

    def _ask_all(self, title: str) -> Question[tuple[NewPlace, str]]:
        channels = [channel.name for channel in self.calendar.channels.values() if not channel.retired]

        def read(answers: Answers) -> tuple[tuple[NewPlace, str], str]:
            if not answers["channel"]:
                raise BadInput("which channel?", f"there is: {', '.join(channels)}")
            channel = self.calendar.channel(answers["channel"])
            at = read_local(answers["when"] or "tomorrow", self.calendar, channel.id, self.cadence.now)
            where = f"{channel.name} · {at:%a} {at.day} {at:%b %Y %H:%M}"
            if not answers["title"]:
                raise BadInput("a post needs a title", where)
            return (NewPlace(channel.id, at), answers["title"]), f"{where} · u undoes"

        first = channels[0] if len(channels) == 1 else ""
        fields = [
            Field("title", "Title", title),
            Field("channel", "Channel", first, known=channels),
            Field("when", "When", "", "fri 9:00"),
        ]
        return Question("New post", fields, read, "plans it")

    # Edit

    @asks
    async def action_post_edit(self) -> None:
        posts = self.chosen_posts()
        if not posts:
            return
        post = posts[0]
        before = {"title": post.title, "link": post.link or "", "note": _one_line(post.note)}

        def read(answers: Answers) -> tuple[Answers, str]:
            if not answers["title"]:
                raise BadInput("a post needs a title", "an idea in a few words will do")
            changed = [name for name, old in before.items() if answers[name] != old]
            return answers, f"Changes {' and '.join(changed)}" if changed else "Nothing changed yet"

        fields = [
            Field("title", "Title", before["title"]),
            Field("link", "Link", before["link"], "https://…"),
            Field("note", "Note", before["note"], "what the others should know"),
        ]
        answers = await self.ask(Question(f"Edit post {post.id}", fields, read, "saves"))
        if answers is not None:
            await self.cadence.perform(
                operations.edit_post,
                post.id,
                title=answers["title"],
                link=answers["link"] or None,
                note=answers["note"].replace(LINE_BREAK, "\n"),
                expect=self.seen([post]),
            )

    # Move

    def action_post_move(self, when: str = "") -> None:
        self.move_posts(when)

    def move_posts(self, when: str = "") -> None:
        """By a prompt; the week screen carries posts with the arrows instead."""
        self._ask_move(when)

    @asks
    async def _ask_move(self, when: str) -> None:
        posts = self.chosen_posts()
        if not posts:
            return
        first = posts[0]

        def read(answers: Answers) -> tuple[datetime, str]:
            if not answers["when"]:
                raise BadInput("where to?", "+1d, -1w, fri, 1 dec 9:30 · a day alone keeps the hour")
            to = read_move(answers["when"], self.calendar, first, self.cadence.now)
            return to, self.say_move(posts, to)

        question = Question(f"Move {self.subject(posts)}", [Field("when", "To")], read, "moves")
        try:
            to = read({"when": when})[0] if when else await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if to is not None:
            await self.move_to(posts, to)

    def say_move(self, posts: Sequence[Post], to: datetime) -> str:
        """What moving the first post to `to`, and the others by as many days, means."""
        first = posts[0]
        days = (to.date() - first.at.date()).days
        kept = "hour kept" if to.time() == first.at.time() else f"instead of {first.at:%H:%M}"
        words = f"{self.subject(posts)} → {to:%a} {to.day} {to:%b %H:%M} · {kept}"
        if days:
            words += f" · {counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
        if len(posts) == 1 and first.slot and first.slot.local != to:
            words += f" · still fills the slot of {first.slot.local:%a} {first.slot.local.day}"
        return words

    async def move_to(self, posts: Sequence[Post], to: datetime) -> None:
        """The first post goes to the local time `to`, the others by as many days."""
        ids, expect = [post.id for post in posts], self.seen(posts)
        if len(posts) == 1:
            said = f"Moved {self.subject(posts)} to {to:%a} {to.day} {to:%b %H:%M}"
            done = await self.cadence.perform(operations.move_post, ids[0], to=to, expect=expect, said=said)
        else:
            days = (to.date() - posts[0].at.date()).days
            done = await self.cadence.perform(operations.move_posts, ids, days=days, expect=expect)
        self._after(done is not None, ids)

    async def action_post_day_earlier(self) -> None:
        await self._move_days(-self.take_count())

    async def action_post_day_later(self) -> None:
        await self._move_days(self.take_count())

    async def _move_days(self, days: int) -> None:
        if posts := self.chosen_posts():
            ids, expect = [post.id for post in posts], self.seen(posts)
            done = await self.cadence.perform(operations.move_posts, ids, days=days, expect=expect)
            self._after(done is not None, ids)

    # Skip, restore, publish

    @asks
    async def action_post_skip(self, reason: str = "") -> None:
        posts = self.chosen_posts()
        if not posts:
            return
        ids = [post.id for post in posts]
        if all(post.state == "skipped" for post in posts):
            done = await self.cadence.perform(operations.restore_posts, ids, expect=self.seen(posts))
            self._after(done is not None, ids)
            return

        def read(answers: Answers) -> tuple[str, str]:
            if not answers["reason"]:
                raise BadInput("say why, the others will ask", "why? The slot is open again then")
            slots = sum(1 for post in posts if post.slot)
            opens = f" · {counted(slots, 'slot')} open again" if slots else ""
            return answers["reason"], f"Skips {self.subject(posts)}{opens} · u undoes"

        question = Question(f"Skip {self.subject(posts)}", [Field("reason", "Because")], read, "skips")
        answer = reason or await self.ask(question)
        if answer:
            done = await self.cadence.perform(operations.skip_posts, ids, answer, expect=self.seen(posts))
            self._after(done is not None, ids)

    @asks
    async def action_post_publish(self) -> None:
        posts = self.chosen_posts()
        if not posts:
            return
        first = posts[0]

        def read(answers: Answers) -> tuple[tuple[datetime, str | None], str]:
            at = read_instant(
                answers["when"] or "now", self.calendar, first.channel, self.cadence.now, first.at.time()
            )
            local = to_local(at, self.calendar.zone(first.channel))
            name = self.calendar.channels[first.channel].name
            when = f"{local:%a} {local.day} {local:%b %H:%M}"
            said = f"{self.subject(posts)} went out on {name}, {when} · u undoes"
            return (at, answers.get("link") or None), said

        fields = [Field("when", "When", "now")]
        if len(posts) == 1:
            fields.append(Field("link", "Link", first.link or "", "https://… (may be left empty)"))
        answer = await self.ask(Question(f"Published: {self.subject(posts)}", fields, read, "says so"))
        if answer is None:
            return
        at, link = answer
        ids, expect = [post.id for post in posts], self.seen(posts)
        if len(posts) == 1:
            done = await self.cadence.perform(
                operations.publish_post, ids[0], at=at, link=link, expect=expect
            )
        else:
            done = await self.cadence.perform(operations.publish_posts, ids, at=at, expect=expect)
        self._after(done is not None, ids)

    def action_post_copy(self) -> None:
        if posts := self.chosen_posts():
            text = "\n".join(post.link or post.title for post in posts)
            self.app.copy_to_clipboard(text)
            self.cadence.say(f"Copied {'the link' if posts[0].link else 'the title'}: {text.splitlines()[0]}")

    def _after(self, changed: bool, posts: Sequence[int]) -> None:
        """After a change: marks have served; the cursor goes with a post that moved."""
        if not changed:
            return
        self.clear_marks()
        if posts:
            self.go_to_post(posts[0])


def _one_line(note: str) -> str:
    return note.replace("\n", LINE_BREAK)
