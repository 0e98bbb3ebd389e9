"""Actions that belong to no post: going places, filtering, undo, help, the command line."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cadence.insight.words import sentence
from cadence.language import _, month, month_long, n_, weekday, weekday_long
from cadence.model.calendar import slug
from cadence.model.errors import BadInput, CadenceError
from cadence.tui.actions import PLACES, Action, actions_of
from cadence.tui.dates import read_day
from cadence.tui.filter import EVERYTHING, STATES, PostFilter, parse_filter
from cadence.tui.repeating import Repeatable
from cadence.tui.screens.asking import asks
from cadence.tui.screens.frame import FrameScreen
from cadence.tui.screens.prompt import Answers, Field, Prompt, Question
from cadence.tui.terminal import has_browser
from cadence.tui.words import say_day, short_day

if TYPE_CHECKING:
    from cadence.insight.search import Hit
    from cadence.model.change import Change
    from cadence.workspace import Done

T = TypeVar("T")


class GeneralActions(FrameScreen):
    async def ask(self, question: Question[T]) -> T | None:
        """The answer of the user, None if they left. Only inside a worker."""
        return await self.app.push_screen_wait(Prompt(question))

    # Changes

    async def action_change_undo(self) -> None:
        change = await self.cadence.forgotten(self.cadence.workspace.next_undo)
        if change is None:
            self.follow(await self.cadence.undo())
        else:
            self._ask_to_take_back(change)

    async def action_change_redo(self) -> None:
        change = await self.cadence.forgotten(self.cadence.workspace.next_redo)
        if change is None:
            self.follow(await self.cadence.redo())
        else:
            self._ask_to_take_back(change)

    @asks
    async def _ask_to_take_back(self, change: Change) -> None:
        """Who presses the key by mistake does not remember what would go."""
        from cadence.tui.historyview import Entry
        from cadence.tui.screens.undoing import AskScreen, question_about

        ask = AskScreen(*question_about(self.cadence, Entry.of(change), change))
        if await self.app.push_screen_wait(ask) == "yes":
            self.follow(await self.cadence.undo(change.seq))

    def follow(self, done: Done | None) -> None:
        """Put the cursor on the post that a change of ours was about, if it was about one."""
        change = done.change if done else None
        posts = [op.id for op in change.ops if op.table == "posts" and op.kind != "d"] if change else []
        if len(posts) == 1:
            self.go_to_post(posts[0])

    # Places

    @asks
    async def action_go_to(self, where: str = "") -> None:
        """A number is a post; anything else a date."""

        def read(answers: Answers) -> tuple[object, str]:
            text = answers["where"]
            if not text:
                raise BadInput(_("nowhere to go"), _("a date or a post: fri, +2w, 1 dec, 53"))
            if text.lstrip("#").isdecimal() and len(text) < 8:
                post = self.calendar.post(int(text.lstrip("#")))
                channel = self.calendar.channels[post.channel].name
                when = f"{weekday(post.at)} {post.at:%d} {month(post.at)} {post.at.year}"
                said = _("Post {number}: {title} · {where}", number=post.id, title=post.title, where=channel)
                return post.id, f"{said} · {when}"
            day = read_day(text, self.calendar, self.cadence.now)
            today = self.cadence.today
            said, near = f"{weekday_long(day)} {day.day} {month_long(day)} {day.year}", say_day(day, today)
            return day, said if near == short_day(day, today) else f"{said} ({near})"

        field = Field("where", _("Date or post"))

        try:
            found = (
                read({"where": where})[0]
                if where
                else await self.ask(Question(_("Go to"), [field], read, _("goes there")))
            )
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if isinstance(found, int):
            self.go_to_post(found)
        elif found is not None:
            self.go_to_day(found)  # type: ignore[arg-type]

    # Filter

    def set_filter(self, text: str) -> None:
        app = self.cadence
        app.filter = parse_filter(text, self.calendar, app.viewer) if text else EVERYTHING
        self.show_calendar()

    def kept_words(self, wanted: PostFilter) -> str:
        """How much a filter would keep: `12 posts of 81`."""
        kept = sum(1 for post in self.calendar.posts.values() if wanted.keeps(post))
        whole = len(self.calendar.posts)
        return n_("{number} post of {all}", "{number} posts of {all}", kept, all=whole)

    @asks
    async def action_view_filter(self, what: str = "") -> None:
        app = self.cadence

        def read(answers: Answers) -> tuple[str, str]:
            text = answers["what"]
            if not text:
                return "", _("#channel @member @me @nobody is:planned words · empty shows everything")
            return text, self.kept_words(parse_filter(text, self.calendar, app.viewer))

        known = [
            *(f"#{channel.name.lower().replace(' ', '-')}" for channel in self.calendar.channels.values()),
            *(f"@{member.name.lower().replace(' ', '-')}" for member in self.calendar.members.values()),
            *(f"is:{state}" for state in STATES),
        ]
        try:
            if not what:
                field = Field("what", _("Show only"), app.filter.says, "#blog @anna is:planned", known)
                answer = await self.ask(Question(_("Filter"), [field], read, _("shows them")))
                if answer is None:
                    return
                what = answer
            self.set_filter(what)
        except CadenceError as error:
            app.say(str(error), "warn")

    # Links

    def open_link(self, link: str | None) -> None:
        """In a browser; where there is none, as over a remote line, the link is copied instead."""
        if link is None:
            self.cadence.say(_("There is no link here"), "dim")
        elif has_browser():
            self.app.open_url(link)
            self.cadence.say(_("Opens {link}", link=link))
        else:
            self.app.copy_to_clipboard(link)
            self.cadence.say(_("No browser here: copied {link}", link=link))

    # Search, jump, repeat

    @asks
    async def action_app_search(self) -> None:
        from cadence.tui.screens.search import SearchScreen

        hit = await self.app.push_screen_wait(SearchScreen())
        if hit is not None:
            self._go_to_hit(hit)

    def _go_to_hit(self, hit: Hit) -> None:
        app, calendar = self.cadence, self.calendar
        if hit.kind == "post":
            app.show_post(hit.id)
        elif hit.kind == "idea":
            app.show_idea(hit.id)
        elif hit.kind == "change":
            app.show_change(hit.id)
        elif hit.kind == "member":
            self.set_filter(f"@{slug(calendar.members[hit.id].name)}")
        else:
            self.set_filter(f"#{slug(calendar.channels[hit.id].name)}")

    @asks
    async def action_go_jump(self) -> None:
        from cadence.tui.screens.jump import JumpScreen

        go = await self.app.push_screen_wait(JumpScreen(self))
        if go is not None:
            go()

    async def action_change_repeat(self) -> None:
        last = self.cadence.repeatable
        method = getattr(self, f"action_{last.method}", None) if last else None
        if last is None or method is None:
            self.cadence.say(_("There is nothing to do once more yet"), "dim")
            return
        result = method(*last.answers)
        if isawaitable(result):
            await result

    def can_repeat(self, method: str, *answers: str) -> None:
        """This was done now: `.` does it once more, with whatever is chosen then."""
        self.cadence.repeatable = Repeatable(method, answers)

    # Command line, palette, help

    @asks
    async def action_app_command(self) -> None:
        """The label of an action, and after it what it takes: `move +2d`, `go to 1 dec`, `skip Storm`."""
        actions = [action for action in actions_of(self.place) if action.listed]
        spoken = {action.name: action for action in actions}
        english = {action.label.lower(): action for action in actions}

        def read(answers: Answers) -> tuple[tuple[Action, str], str]:
            text = answers["command"]
            if not text:
                raise BadInput(_("no command"), _("move +2d · go to 1 dec · filter #blog · new TITLE · help"))
            found = find_command(text, spoken, english)
            if found is None:
                raise BadInput(
                    _("there is no command {text!r}", text=text[:40]), _("ctrl+p lists everything")
                )
            action, rest = found
            return found, f"{sentence(action.name)}: {rest}" if rest and action.takes else action.meaning

        question = Question(_("Command"), [Field("command", ":", known=sorted(spoken))], read)
        if (found := await self.ask(question)) is None:
            return
        action, rest = found
        method = getattr(self, f"action_{action.method}")
        result = method(rest) if rest and action.takes else method()
        if isawaitable(result):
            await result

    @asks
    async def action_app_palette(self) -> None:
        from cadence.tui.palette import Palette

        await self.app.push_screen(Palette())

    def action_app_help(self) -> None:
        from cadence.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.place))

    @asks
    async def action_app_theme(self, name: str = "") -> None:
        names = sorted(self.app.available_themes)
        before = self.app.theme

        def read(answers: Answers) -> tuple[str, str]:
            text = answers["name"]
            if text not in names:
                raise BadInput(
                    _("there is no theme {name!r}", name=text[:40]),
                    _("there is: {names}", names=", ".join(names)),
                )
            self.app.theme = text
            return text, _("It looks like this; enter keeps it, also for the next time")

        try:
            if name:
                chosen: str | None = read({"name": name})[0]
            else:
                field = Field("name", _("Theme"), before, known=names)
                chosen = await self.ask(Question(_("Colours"), [field], read, _("keeps it")))
            if chosen is None:
                self.app.theme = before
            else:
                where = self.write_setting("theme", chosen)
                said = _("Theme {name}, kept in {file}", name=chosen, file=where)
                if chosen != before:
                    said = _("{what} · :theme {name} brings the one before back", what=said, name=before)
                self.cadence.say(said, "good")
        except CadenceError as error:
            self.cadence.say(str(error), "warn")

    def write_setting(self, key: str, value: str | None) -> Path:
        """Keep a setting in the user's file (None: take it out). CadenceError when that cannot be."""
        from cadence.user.settings import drop_setting, write_setting

        try:
            return drop_setting(key) if value is None else write_setting(key, value)
        except OSError as error:
            raise BadInput(
                _("the setting cannot be kept: {error}", error=error), _("it holds until you leave")
            ) from None

    def action_app_details(self) -> None:
        from cadence.tui.screens.details import DetailsScreen

        if trouble := self.cadence.trouble:
            self.app.push_screen(DetailsScreen(trouble.summary, trouble.details))
        else:
            self.cadence.say(_("Nothing has gone wrong"), "dim")

    def action_app_quit(self) -> None:
        self.app.exit()


def _goes_to(place: str) -> Callable[[GeneralActions], None]:
    return lambda screen: screen.cadence.go_to_place(place)


for _place in PLACES:  # every screen of the registry has its action `view.…`
    setattr(GeneralActions, f"action_view_{_place}", _goes_to(_place))


def find_command(text: str, *languages: dict[str, Action]) -> tuple[Action, str] | None:
    """The action whose label, in one of the languages, the text begins with (the longest), or is an
    unambiguous beginning of, and what follows it. The first language goes before the others."""
    said = " ".join(text.split())
    folded = said.casefold()
    for known in languages:
        if exact := [label for label in known if folded == label or folded.startswith(f"{label} ")]:
            label = max(exact, key=len)
            return known[label], said[len(label) :].strip()
    word, _space, rest = said.partition(" ")
    for beginning, follows in ((folded, ""), (word.casefold(), rest.strip())):
        for known in languages:
            begins = [label for label in known if label.startswith(beginning)]
            if len(begins) == 1:
                return known[begins[0]], follows
    return None
