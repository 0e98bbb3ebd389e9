"""Moving about, marking, and what the whole app can do."""

from __future__ import annotations

from cadence.tui.actions.action import Action, act

MOVING: tuple[Action, ...] = (
    act("go.left", "left,h", "left", "A day back", "Move around", needs="across"),
    act("go.right", "right,l", "right", "A day on", "Move around", needs="across"),
    act("go.up", "up,k", "up", "Up: the post, channel or row above", "Move around"),
    act("go.down", "down,j", "down", "Down: the post, channel or row below", "Move around"),
    act("go.week-back", "H", "week back", "A week back", "Move around", needs="weeks"),
    act("go.week-on", "L", "week on", "A week on", "Move around", needs="weeks"),
    act("go.month-back", "K", "month back", "Four weeks back", "Move around", needs="months"),
    act("go.month-on", "J", "month on", "Four weeks on", "Move around", needs="months"),
    act("go.page-up", "pageup", "page up", "A page up", "Move around"),
    act("go.page-down", "pagedown", "page down", "A page down", "Move around"),
    act("go.first", "home", "first", "The first day or row", "Move around"),
    act("go.last", "end", "last", "The last day or row", "Move around"),
    act("go.today", "t", "today", "Today", "Move around", needs="today", hint=80),
    act("go.to", "g", "go to", "Go to a date or post: fri, +2w, 1 dec, 53", "Move around", takes="WHERE"),
    act("go.part", "tab", "next part", "The next part of the screen", "Move around", needs="parts"),
    act("look.into", "enter", "look into", "Look into it: the post and its tasks", "Move around"),
    act("look.back", "escape", "back", "Back; also forgets marks and filter", "Move around"),
)

MARKS: tuple[Action, ...] = (
    act("mark.one", "v", "mark", "Mark; actions then act on all marks", "Marks", hint=50),
    act("mark.range", "V", "mark range", "Mark all from the last mark to here", "Marks"),
    act("mark.all", "asterisk", "mark all", "Mark all that is shown", "Marks", shown="*"),
)

CHANGES: tuple[Action, ...] = (
    act("change.undo", "u", "undo", "Undo your last change", "Changes", hint=90),
    act("change.redo", "ctrl+r", "redo", "Redo what you undid last", "Changes"),
)

CADENCE: tuple[Action, ...] = (
    act(
        "view.filter",
        "slash",
        "filter",
        "Show only #channel @member is:state words",
        "Cadence",
        hint=92,
        shown="/",
        takes="WHAT",
    ),
    act("app.command", "colon", "command", "Command line", "Cadence", shown=":", hint=94),
    act("app.palette", "ctrl+p", "palette", "Everything, by name", "Cadence"),
    act("app.help", "question_mark,f1", "help", "The keys of this screen", "Cadence", shown="?", hint=96),
    act("app.theme", "", "theme", "Choose colours", "Cadence", takes="NAME"),
    act("app.quit", "q", "quit", "Leave", "Cadence", hint=98),
)
