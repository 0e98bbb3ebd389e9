"""Moving about, marking, and what the whole app can do."""

from __future__ import annotations

from cadence.language import later
from cadence.tui.actions.action import Action, act
from cadence.tui.actions.places import ALL

MOVING: tuple[Action, ...] = (
    act("go.left", "left,h", later("left"), later("A day back"), "Move around", needs="across"),
    act("go.right", "right,l", later("right"), later("A day on"), "Move around", needs="across"),
    act("go.up", "up,k", later("up"), later("Up: the post, channel or row above"), "Move around"),
    act("go.down", "down,j", later("down"), later("Down: the post, channel or row below"), "Move around"),
    act("go.week-back", "H", later("week back"), later("A week back"), "Move around", needs="weeks"),
    act("go.week-on", "L", later("week on"), later("A week on"), "Move around", needs="weeks"),
    act("go.month-back", "K", later("month back"), later("Four weeks back"), "Move around", needs="months"),
    act("go.month-on", "J", later("month on"), later("Four weeks on"), "Move around", needs="months"),
    act("go.page-up", "pageup", later("page up"), later("A page up"), "Move around"),
    act("go.page-down", "pagedown", later("page down"), later("A page down"), "Move around"),
    act("go.first", "home", later("first"), later("The first day or row"), "Move around"),
    act("go.last", "end", later("last"), later("The last day or row"), "Move around"),
    act("go.today", "t", later("today"), later("Today"), "Move around", needs="today", hint=80),
    act(
        "go.to",
        "g",
        later("go to"),
        later("Go to a date or post: fri, +2w, 1 dec, 53"),
        "Move around",
        takes="WHERE",
    ),
    act(
        "go.jump",
        "apostrophe",
        later("jump"),
        later("Jump: a letter shows at each place"),
        "Move around",
        shown="'",
    ),
    act(
        "go.part",
        "tab",
        later("next part"),
        later("The next part of the screen"),
        "Move around",
        needs="parts",
    ),
    act(
        "go.part-back",
        "shift+tab",
        later("part back"),
        later("The part of the screen before"),
        "Move around",
        needs="parts",
    ),
    act(
        "look.into", "enter", later("look into"), later("Look into it: the post and its tasks"), "Move around"
    ),
    act("look.back", "escape", later("back"), later("Back; also forgets marks and filter"), "Move around"),
)

MARKED = tuple(place.name for place in ALL if place.marks)

MARKS: tuple[Action, ...] = (
    act(
        "mark.one",
        "v",
        later("mark"),
        later("Mark; actions then act on all marks"),
        "Marks",
        only=MARKED,
        hint=50,
    ),
    act(
        "mark.range",
        "V",
        later("mark range"),
        later("Mark all from the last mark to here"),
        "Marks",
        only=MARKED,
    ),
    act(
        "mark.all",
        "asterisk",
        later("mark all"),
        later("Mark all that is shown"),
        "Marks",
        only=MARKED,
        shown="*",
    ),
)

CHANGES: tuple[Action, ...] = (
    act("change.undo", "u", later("undo"), later("Undo your last change"), "Changes", hint=90),
    act("change.redo", "ctrl+r", later("redo"), later("Redo what you undid last"), "Changes"),
    act(
        "change.repeat",
        "full_stop",
        later("repeat"),
        later("Do once more, here, what you did last with posts or tasks"),
        "Changes",
        shown=".",
    ),
)

CADENCE: tuple[Action, ...] = (
    act(
        "view.filter",
        "slash",
        later("filter"),
        later("Show only #channel @member is:state words"),
        "Cadence",
        hint=92,
        shown="/",
        takes="WHAT",
    ),
    act(
        "app.search",
        "F,ctrl+f",
        later("search"),
        later("Search posts, ideas, people and history"),
        "Cadence",
        hint=91,
    ),
    act("app.command", "colon", later("command"), later("Command line"), "Cadence", shown=":", hint=94),
    act("app.palette", "ctrl+p", later("palette"), later("Everything, by name"), "Cadence"),
    act(
        "app.help",
        "question_mark,f1",
        later("help"),
        later("The keys of this screen"),
        "Cadence",
        shown="?",
        hint=96,
    ),
    act("app.theme", "", later("theme"), later("Choose colours"), "Cadence", takes="NAME"),
    act(
        "app.details",
        "exclamation_mark",
        later("details"),
        later("What went wrong last, in all details"),
        "Cadence",
        shown="!",
    ),
    act("app.quit", "q", later("quit"), later("Leave"), "Cadence", hint=98),
)
