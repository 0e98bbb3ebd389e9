"""What can be done with posts, the same on every screen; marked posts are changed together, as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from cadence.insight.words import day_text, time_text
from cadence.language import _, n_, p_, weekday
from cadence.model.errors import BadInput, CadenceError
from cadence.model.post import Post
from cadence.model.times import to_local
from cadence.operations import posts as operations
from cadence.tui.dates import read_instant, read_local, read_move
from cadence.tui.screens.asking import asks
from cadence.tui.screens.elsewhere import knowingly
from cadence.tui.screens.frame import NewPlace
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.screens.team_actions import TeamActions
from cadence.tui.widgets.cells import fit
from cadence.tui.words import undoable

TITLE_WIDTH, BESIDE_TITLE = 32, 88
"""Cells that a title has at least in a sentence, and those that the rest of the sentence may need."""
LINE_BREAK = "⏎"
"""How the line break of a note is shown in its one-line field."""


class PostActions(TeamActions):
    follows_posts = True
    """Whether the cursor goes with a post that was changed; else it stays, on what comes next."""

    def chosen_posts(self) -> list[Post]:
        """The selected posts that exist; says so when there are none."""
        posts = [self.calendar.posts[id] for id in self.selected_posts() if id in self.calendar.posts]
        if not posts:
            self.say_no_post()
        return posts

    def chosen_post(self) -> Post | None:
        """The post under the cursor, for what is done with one alone; says so when there is none."""
        post = next((self.calendar.posts[id] for id in self.posts_here() if id in self.calendar.posts), None)
        if post is None:
            self.say_no_post()
        return post

    def say_no_post(self) -> None:
        self.cadence.say(_("There is no post here · n plans one"), "dim")

    def seen(self, posts: Sequence[Post]) -> Mapping[tuple[str, int], int]:
        """The revisions on the screen: if somebody was faster, the change is refused with their name."""
        return {("posts", post.id): post.rev for post in posts}

    def subject(self, posts: Sequence[Post]) -> str:
        """`Storia Bianchi` or `3 posts`; of a long title the beginning, as much as there is room for."""
        if len(posts) != 1:
            return n_("{number} post", "{number} posts", len(posts))
        return fit(posts[0].title, max(TITLE_WIDTH, self.app.size.width - BESIDE_TITLE)).rstrip()

    def _whole_subject(self, posts: Sequence[Post]) -> str:
        """The same for a head, which is cut where it has to be."""
        return posts[0].title if len(posts) == 1 else self.subject(posts)

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
        where = f"{name} · {time_text(place.at)}"

        def read(answers: Answers) -> tuple[tuple[NewPlace, str], str]:
            if not answers["title"]:
                few = _("an idea in a few words will do")
                raise BadInput(_("a post needs a title"), f"{where} · {few}")
            kind = _("takes the open slot") if place.slot else _("an extra: no slot calls for it then")
            return (place, answers["title"]), undoable(f"{where} · {kind}")

        head = _("New post · {where}", where=where)
        return Question(head, [Field("title", _("Title"), title)], read, _("plans it"))

    def _ask_all(self, title: str) -> Question[tuple[NewPlace, str]]:
        channels = [channel.name for channel in self.calendar.channels.values() if not channel.retired]

        def read(answers: Answers) -> tuple[tuple[NewPlace, str], str]:
            if not answers["channel"]:
                raise BadInput(_("which channel?"), _("there is: {names}", names=", ".join(channels)))
            channel = self.calendar.channel(answers["channel"])
            at = read_local(answers["when"] or "tomorrow", self.calendar, channel.id, self.cadence.now)
            where = f"{channel.name} · {day_text(at.date())} {at:%Y %H:%M}"
            if not answers["title"]:
                raise BadInput(_("a post needs a title"), where)
            return (NewPlace(channel.id, at), answers["title"]), undoable(where)

        first = channels[0] if len(channels) == 1 else ""
        day = self.new_day()
        fields = [
            Field("title", _("Title"), title),
            Field("channel", _("Channel"), first, known=channels),
            Field("when", _("When"), day.isoformat() if day else "", _("fri 9:00")),
        ]
        return Question(_("New post"), fields, read, _("plans it"))

    # Edit

    @asks
    async def action_post_edit(self) -> None:
        post = self.chosen_post()
        if post is None:
            return
        before = {"title": post.title, "link": post.link or "", "note": _one_line(post.note)}

        def read(answers: Answers) -> tuple[Answers, str]:
            if not answers["title"]:
                raise BadInput(_("a post needs a title"), _("an idea in a few words will do"))
            names = {"title": _("title"), "link": _("link"), "note": _("note")}
            changed = [names[name] for name, old in before.items() if answers[name] != old]
            said = _("Changes {fields}", fields=_(" and ").join(changed))
            return answers, said if changed else _("Nothing changed yet")

        fields = [
            Field("title", _("Title"), before["title"]),
            Field("link", _("Link"), before["link"], "https://…"),
            Field("note", _("Note"), before["note"], _("what the others should know")),
        ]
        head = _("Edit post {number}", number=post.id)
        answers = await self.ask(Question(head, fields, read, _("saves")))
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
                raise BadInput(_("where to?"), _("+1d, -1w, fri, 1 dec 9:30 · a day alone keeps the hour"))
            to = read_move(answers["when"], self.calendar, first, self.cadence.now)
            return to, self.say_move(posts, to)

        head = _("Move {what}", what=self._whole_subject(posts))
        question = Question(head, [Field("when", p_("a field", "To"))], read, _("moves"))
        try:
            to = read({"when": when})[0] if when else await self.ask(question)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if to is None:
            return

        async def act() -> None:
            if await self.move_to(posts, to):
                days = (to.date() - first.at.date()).days
                self.can_repeat("post_move", f"{days:+}d")

        await (knowingly(self, "post.move", act) if when else act())

    def say_move(self, posts: Sequence[Post], to: datetime) -> str:
        """What moving the first post to `to`, and the others by as many days, means."""
        first = posts[0]
        days = (to.date() - first.at.date()).days
        words = [f"{self.subject(posts)} → {time_text(to)}", _("hour kept")]
        if to.time() != first.at.time():
            words[-1] = _("instead of {time}", time=f"{first.at:%H:%M}")
        if days > 0:
            words.append(n_("{number} day later", "{number} days later", days))
        elif days < 0:
            words.append(n_("{number} day earlier", "{number} days earlier", -days))
        if len(posts) == 1 and first.slot and first.slot.local != to:
            slot = first.slot.local
            words.append(_("still fills the slot of {day}", day=f"{weekday(slot)} {slot.day}"))
        return " · ".join(words)

    async def move_to(self, posts: Sequence[Post], to: datetime) -> bool:
        """The first post goes to the local time `to`, the others by as many days; whether it was done."""
        ids, expect = [post.id for post in posts], self.seen(posts)
        if len(posts) == 1:
            said = _("Moved {what} to {time}", what=self.subject(posts), time=time_text(to))
            done = await self.cadence.perform(operations.move_post, ids[0], to=to, expect=expect, said=said)
        else:
            days = (to.date() - posts[0].at.date()).days
            done = await self.cadence.perform(operations.move_posts, ids, days=days, expect=expect)
        self._after(done is not None, ids)
        return done is not None

    async def action_post_day_earlier(self) -> None:
        await self._move_days("post.day-earlier", -self.take_count())

    async def action_post_day_later(self) -> None:
        await self._move_days("post.day-later", self.take_count())

    async def _move_days(self, action: str, days: int) -> None:
        if posts := self.chosen_posts():
            await knowingly(self, action, partial(self._move_by, posts, days))

    async def _move_by(self, posts: Sequence[Post], days: int) -> None:
        ids, expect = [post.id for post in posts], self.seen(posts)
        done = await self.cadence.perform(operations.move_posts, ids, days=days, expect=expect)
        self._after(done is not None, ids)
        self.can_repeat("post_move", f"{days:+}d")

    # Skip, restore, publish

    @asks
    async def action_post_skip(self, reason: str = "") -> None:
        posts = self.chosen_posts()
        if not posts:
            return
        if all(post.state == "skipped" for post in posts):
            await knowingly(self, "post.skip", partial(self._restore, posts))
            return

        def read(answers: Answers) -> tuple[str, str]:
            if not answers["reason"]:
                raise BadInput(_("say why, the others will ask"), _("why? The slot is open again then"))
            said = _("Skips {what}", what=self.subject(posts))
            if slots := sum(1 for post in posts if post.slot):
                said += " · " + n_("{number} slot open again", "{number} slots open again", slots)
            return answers["reason"], undoable(said)

        head = _("Skip {what}", what=self._whole_subject(posts))
        question = Question(head, [Field("reason", _("Because"))], read, _("skips"))
        if reason:
            await knowingly(self, "post.skip", partial(self._skip, posts, reason))
        elif answer := await self.ask(question):
            await self._skip(posts, answer)

    async def _skip(self, posts: Sequence[Post], reason: str) -> None:
        ids = [post.id for post in posts]
        done = await self.cadence.perform(operations.skip_posts, ids, reason, expect=self.seen(posts))
        self._after(done is not None, ids)
        self.can_repeat("post_skip", reason)

    async def _restore(self, posts: Sequence[Post]) -> None:
        ids = [post.id for post in posts]
        done = await self.cadence.perform(operations.restore_posts, ids, expect=self.seen(posts))
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
            said = _(
                "{what} went out on {channel}, {time}",
                what=self.subject(posts),
                channel=self.calendar.channels[first.channel].name,
                time=time_text(local),
            )
            return (at, answers.get("link") or None), undoable(said)

        fields = [Field("when", _("When"), _("now"))]
        if len(posts) == 1:
            hint = _("{example} (may be left empty)", example="https://…")
            fields.append(Field("link", _("Link"), first.link or "", hint))
        head = _("Published: {what}", what=self._whole_subject(posts))
        answer = await self.ask(Question(head, fields, read, _("says so")))
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

    def action_post_open(self) -> None:
        """In the browser of whoever sits there; over a remote line the link is copied instead."""
        if post := self.chosen_post():
            self.open_link(post.link)

    def action_post_copy(self) -> None:
        if posts := self.chosen_posts():
            text = "\n".join(post.link or post.title for post in posts)
            self.app.copy_to_clipboard(text)
            shown = text.splitlines()[0]
            said = _("Copied the link: {text}", text=shown)
            self.cadence.say(said if posts[0].link else _("Copied the title: {text}", text=shown))

    def _after(self, changed: bool, posts: Sequence[int]) -> None:
        """After a change: marks have served; the cursor goes with a post that moved."""
        if not changed:
            return
        self.clear_marks()
        if posts and self.follows_posts:
            self.go_to_post(posts[0])


def _one_line(note: str) -> str:
    return note.replace("\n", LINE_BREAK)
