"""Actions that belong to no post: going places, filtering, undo, help, the command line."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, TypeVar

from cadence.model.errors import BadInput, CadenceError
from cadence.tui.actions import PLACES, Action, actions_of
from cadence.tui.dates import read_day
from cadence.tui.filter import EVERYTHING, STATES, parse_filter
from cadence.tui.screens.asking import asks
from cadence.tui.screens.frame import FrameScreen
from cadence.tui.screens.prompt import Answers, Field, Prompt, Question
from cadence.tui.words import counted, say_day

if TYPE_CHECKING:
    from cadence.workspace import Done

T = TypeVar("T")


class GeneralActions(FrameScreen):
    async def ask(self, question: Question[T]) -> T | None:
        """The answer of the user, None if they left. Only inside a worker."""
        return await self.app.push_screen_wait(Prompt(question))

    # Changes

    async def action_change_undo(self) -> None:
        self.follow(await self.cadence.undo())

    async def action_change_redo(self) -> None:
        self.follow(await self.cadence.redo())

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
                raise BadInput("nowhere to go", "a date or a post: fri, +2w, 1 dec, 53")
            if text.lstrip("#").isdecimal() and len(text) < 8:
                post = self.calendar.post(int(text.lstrip("#")))
                channel = self.calendar.channels[post.channel].name
                return post.id, f"Post {post.id}: {post.title} · {channel} · {post.at:%a} {post.at:%d %b %Y}"
            day = read_day(text, self.calendar, self.cadence.now)
            return day, f"{day:%A} {day.day} {day:%B %Y} ({say_day(day, self.cadence.today)})"

        try:
            found = (
                read({"where": where})[0]
                if where
                else await self.ask(Question("Go to", [Field("where", "Date or post")], read, "goes there"))
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

    @asks
    async def action_view_filter(self, what: str = "") -> None:
        app = self.cadence

        def read(answers: Answers) -> tuple[str, str]:
            text = answers["what"]
            if not text:
                return "", "#channel @member @me @nobody is:planned words · empty shows everything"
            wanted = parse_filter(text, self.calendar, app.viewer)
            kept = sum(1 for post in self.calendar.posts.values() if wanted.keeps(post))
            return text, f"{counted(kept, 'post')} of {len(self.calendar.posts)}"

        known = [
            *(f"#{channel.name.lower().replace(' ', '-')}" for channel in self.calendar.channels.values()),
            *(f"@{member.name.lower().replace(' ', '-')}" for member in self.calendar.members.values()),
            *(f"is:{state}" for state in STATES),
        ]
        try:
            if not what:
                field = Field("what", "Show only", app.filter.says, "#blog @anna is:planned", known)
                answer = await self.ask(Question("Filter", [field], read, "shows them"))
                if answer is None:
                    return
                what = answer
            self.set_filter(what)
        except CadenceError as error:
            app.say(str(error), "warn")

    # Command line, palette, help

    @asks
    async def action_app_command(self) -> None:
        """The label of an action, and after it what it takes: `move +2d`, `go to 1 dec`, `skip Storm`."""
        known = {action.label: action for action in actions_of(self.place) if action.listed}

        def read(answers: Answers) -> tuple[tuple[Action, str], str]:
            text = answers["command"]
            if not text:
                raise BadInput("no command", "move +2d · go to 1 dec · filter #blog · new TITLE · help")
            found = find_command(text, known)
            if found is None:
                raise BadInput(f"there is no command {text[:40]!r}", "ctrl+p lists everything")
            action, rest = found
            return found, f"{action.help}" + (f": {rest}" if rest else "")

        question = Question("Command", [Field("command", ":", known=sorted(known))], read, "does it")
        if (found := await self.ask(question)) is None:
            return
        action, rest = found
        method = getattr(self, f"action_{action.method}")
        result = method(rest) if rest and action.takes else method()
        if isawaitable(result):
            await result

    @asks
    async def action_app_palette(self) -> None:
        from textual.command import CommandPalette

        from cadence.tui.palette import CadenceCommands

        palette = CommandPalette([CadenceCommands], placeholder="What would you like to do?")
        await self.app.push_screen(palette)

    def action_app_help(self) -> None:
        from cadence.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.place))

    @asks
    async def action_app_theme(self, name: str = "") -> None:
        names = sorted(self.app.available_themes)

        def read(answers: Answers) -> tuple[str, str]:
            text = answers["name"]
            if text not in names:
                raise BadInput(f"there is no theme {text!r}", f"there is: {', '.join(names)}")
            self.app.theme = text
            return text, f"enter keeps it until you leave · always: cadence config set theme {text}"

        before = self.app.theme
        if name:
            self.app.theme = name if name in names else before
        elif not await self.ask(Question("Colours", [Field("name", "Theme", before, known=names)], read)):
            self.app.theme = before

    def action_app_quit(self) -> None:
        self.app.exit()


def _goes_to(place: str) -> Callable[[GeneralActions], None]:
    return lambda screen: screen.cadence.go_to_place(place)


for _place in PLACES:  # every screen of the registry has its action `view.…`
    setattr(GeneralActions, f"action_view_{_place}", _goes_to(_place))


def find_command(text: str, known: dict[str, Action]) -> tuple[Action, str] | None:
    """The action whose label the text begins with (the longest), or is an unambiguous beginning of, and what
    follows it."""
    said = " ".join(text.split())
    folded = said.casefold()
    exact = [label for label in known if folded == label or folded.startswith(f"{label} ")]
    if exact:
        label = max(exact, key=len)
        return known[label], said[len(label) :].strip()
    begins = [label for label in known if label.startswith(folded)]
    if len(begins) == 1:
        return known[begins[0]], ""
    word, _, rest = said.partition(" ")
    begins = [label for label in known if label.startswith(word.casefold())]
    return (known[begins[0]], rest.strip()) if len(begins) == 1 else None
