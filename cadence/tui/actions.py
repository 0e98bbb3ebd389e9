"""Everything that a key can do: the one registry.

Bindings, palette, command line, help screen, the check of a keymap file and the README's table of keys come
from it. An action `post.move` is the method `action_post_move` of a screen or of the app.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Place = Literal["week", "agenda", "mine", "warnings", "plan", "feeds", "ideas", "review"]
PLACES: tuple[Place, ...] = ("week", "agenda", "mine", "warnings", "plan", "feeds", "ideas", "review")
TITLES: dict[Place, str] = {
    "week": "Week",
    "agenda": "Agenda",
    "mine": "My week",
    "warnings": "Warnings",
    "plan": "Plan",
    "feeds": "Feeds",
    "ideas": "Ideas",
    "review": "Review",
}

Group = Literal[
    "Move around", "Posts", "Tasks", "Marks", "Warnings", "Plan", "Feeds", "Ideas", "Review", "Team",
    "Changes", "Cadence",
]  # fmt: skip
_POSTS: tuple[Place, ...] = ("week", "agenda", "mine", "warnings")
"""Where posts and tasks are worked on; a plan is only looked at and accepted."""
_WEEKS: tuple[Place, ...] = ("week", "agenda", "mine", "plan")
"""Where there are weeks to go through."""
_DIGITS: tuple[Place, ...] = (*_WEEKS, "feeds", "ideas", "review")
"""Where digits are free to mean a screen."""


@dataclass(frozen=True)
class Action:
    """`keys` are the defaults, separated by commas as Textual names them; empty: palette only.

    `label` is a word or two for the footer and the command line, `help` a sentence. `places` are the screens
    on which it works. `hint` is its rank in the footer (0: not there). `shown` replaces the keys where they
    are listed. `takes` names what may be written after the label on the command line.
    """

    id: str
    keys: str
    label: str
    help: str
    group: Group
    places: tuple[Place, ...] = PLACES
    hint: int = 0
    shown: str = ""
    takes: str = ""
    listed: bool = True

    @property
    def method(self) -> str:
        return self.id.replace(".", "_").replace("-", "_")

    def binding(self, keys: str) -> Binding:
        # With priority a key acts before the next one is looked at, and not after a walk through widgets: who
        # types `/marco` at once means the filter by all of it.
        return Binding(keys, self.method, self.label, show=False, id=self.id, priority=True)


def _a(id: str, keys: str, label: str, help: str, group: Group, *places: Place, **more: object) -> Action:
    usual = _POSTS if group in ("Posts", "Tasks") else PLACES
    return Action(id, keys, label, help, group, places or usual, **more)  # type: ignore[arg-type]


ACTIONS: tuple[Action, ...] = (
    _a("go.left", "left,h", "left", "A day back", "Move around", "week", "mine", "agenda"),
    _a("go.right", "right,l", "right", "A day on", "Move around", "week", "mine", "agenda"),
    _a("go.up", "up,k", "up", "Up: the post, channel or row above", "Move around"),
    _a("go.down", "down,j", "down", "Down: the post, channel or row below", "Move around"),
    _a("go.week-back", "H", "week back", "A week back", "Move around", *_WEEKS),
    _a("go.week-on", "L", "week on", "A week on", "Move around", *_WEEKS),
    _a("go.month-back", "K", "month back", "Four weeks back", "Move around", "week", "agenda", "plan"),
    _a("go.month-on", "J", "month on", "Four weeks on", "Move around", "week", "agenda", "plan"),
    _a("go.page-up", "pageup", "page up", "A page up", "Move around"),
    _a("go.page-down", "pagedown", "page down", "A page down", "Move around"),
    _a("go.first", "home", "first", "The first day or row", "Move around"),
    _a("go.last", "end", "last", "The last day or row", "Move around"),
    _a("go.today", "t", "today", "Today", "Move around", *_WEEKS, "review", hint=80),
    _a("go.to", "g", "go to", "Go to a date or post: fri, +2w, 1 dec, 53", "Move around", takes="WHERE"),
    _a("go.part", "tab", "next part", "The next part of the screen", "Move around",
       "week", "mine", "warnings", "plan", "review"),
    _a("look.into", "enter", "look into", "Look into it: the post and its tasks", "Move around"),
    _a("look.back", "escape", "back", "Back; also forgets marks and filter", "Move around"),
    _a("post.new", "n", "new", "A new post here; it takes the open slot", "Posts",
       hint=40, takes="TITLE"),
    _a("post.edit", "e", "edit", "Edit title, link and note", "Posts"),
    _a("post.move", "m", "move", "Carry it with the arrows; Enter drops it", "Posts",
       hint=20, takes="WHEN"),
    _a("post.day-earlier", "less_than_sign", "day earlier", "Move a day earlier at once", "Posts", shown="<"),
    _a("post.day-later", "greater_than_sign", "day later", "Move a day later at once", "Posts", shown=">"),
    _a("post.skip", "d", "skip", "Skip with a reason; once more: restore", "Posts", hint=70,
       takes="REASON"),
    _a("post.publish", "P", "published", "It is published: when and where", "Posts", hint=60),
    _a("post.copy", "y", "copy", "Copy the link, or else the title", "Posts"),
    _a("task.assign", "a", "assign", "Assign: who could, load before and after", "Tasks",
       hint=10),
    _a("task.claim", "c", "claim", "Take the task yourself", "Tasks", hint=15),
    _a("task.release", "r", "release", "Give the task back: nobody has it then", "Tasks"),
    _a("task.offer", "o", "offer", "Offer the task to somebody or to anyone", "Tasks", takes="NAMES"),
    _a("task.done", "space", "done", "The task or boost is done; again: it is not", "Tasks", hint=30),
    _a("ask.decline", "D", "no, thanks", "Say no to what is on offer to you, or to a boost", "Tasks", "mine",
       hint=16, takes="WHY"),
    _a("task.pin", "f", "fix", "Fix it to its person; again: free it",
       "Tasks"),
    _a("mark.one", "v", "mark", "Mark; actions then act on all marks", "Marks", hint=50),
    _a("mark.range", "V", "mark range", "Mark all from the last mark to here", "Marks"),
    _a("mark.all", "asterisk", "mark all", "Mark all that is shown", "Marks", shown="*"),
    _a("warning.acknowledge", "z", "acknowledge", "Acknowledge until a date: you answer for it", "Warnings",
       "warnings", hint=20, takes="UNTIL"),
    *(
        _a(f"warning.way-{n}", str(n), f"way out {n}", "Apply a way out of the warning", "Warnings",
           "warnings", shown="1 … 9", listed=n == 1)
        for n in range(1, 10)
    ),
    _a("plan.accept-all", "A", "accept all", "Accept all that is chosen, as one change", "Plan",
       "plan", hint=5),
    _a("plan.accept", "a", "accept", "Accept this, or what is marked", "Plan", "plan", hint=10),
    _a("plan.leave-out", "space,s", "leave out", "Leave it out; again: take it in", "Plan", "plan", hint=15),
    _a("plan.why", "w", "why", "Why this person, and why not the others", "Plan", "plan", hint=20),
    _a("plan.reassign", "r", "reassign", "What people have may change hands too; again: it stays", "Plan",
       "plan", hint=25),
    _a("plan.slots", "o", "open slots", "Without open slots; again: with them", "Plan", "plan", hint=30),
    _a("plan.longer", "plus", "longer", "Plan a week more", "Plan", "plan", shown="+"),
    _a("plan.shorter", "minus", "shorter", "Plan a week less", "Plan", "plan", shown="-"),
    _a("feed.new", "n", "new", "Let somebody read a feed; shows its links, once", "Feeds", "feeds", hint=10,
       takes="READER"),
    _a("feed.rotate", "r", "new links", "New links; those before stop working for good", "Feeds", "feeds",
       hint=15),
    _a("feed.revoke", "d", "revoke", "End it: the links stop working for good", "Feeds", "feeds", hint=20),
    _a("idea.new", "i", "new idea", "A new idea, in a line, from anywhere", "Ideas", takes="TEXT"),
    _a("idea.plan", "n", "plan it", "Make it a post on the open slot that suits best", "Ideas", "ideas",
       hint=10),
    _a("idea.vote", "plus", "vote", "Vote for it; again: take the vote back", "Ideas", "ideas", hint=12,
       shown="+"),
    _a("idea.comment", "c", "comment", "Say something about it, for all to read", "Ideas", "ideas", hint=14,
       takes="TEXT"),
    _a("idea.accept", "a", "accept", "Accept it: it shall become a post (leads)", "Ideas", "ideas", hint=16,
       takes="WHY"),
    _a("idea.decline", "d", "decline", "Decline it, with a reason (leads, and its author)", "Ideas", "ideas",
       hint=18, takes="WHY"),
    _a("idea.park", "z", "park", "Not now, with a reason (leads, and its author)", "Ideas", "ideas", hint=20,
       takes="WHY"),
    _a("idea.reopen", "r", "open again", "It was decided about; open it again", "Ideas", "ideas", hint=22),
    _a("idea.edit", "e", "edit", "Say it better: text, channel, date, link", "Ideas", "ideas", hint=24),
    _a("idea.copy", "y", "copy", "Copy its link, or else its text", "Ideas", "ideas"),
    _a("review.earlier", "H", "earlier", "As many weeks before these", "Review", "review", hint=10),
    _a("review.later", "L", "later", "As many weeks after these, as far as they are over", "Review", "review",
       hint=12),
    _a("review.longer", "plus", "longer", "Look a week further back", "Review", "review", hint=14, shown="+"),
    _a("review.shorter", "minus", "shorter", "Look back a week less", "Review", "review", hint=16, shown="-"),
    _a("review.copy", "y", "copy", "Copy all of it as text, or the lines that are marked", "Review", "review",
       hint=18),
    _a("lead.order", "", "lead order", "Who leads the weeks, in turn", "Team", takes="NAMES"),
    _a("lead.week", "", "lead a week", "Somebody leads a week out of turn", "Team", takes="WEEK"),
    _a("lead.swap", "", "swap weeks", "Two members swap the weeks that they lead", "Team"),
    _a("absence.new", "", "away", "Somebody is away; what it hits is on offer", "Team", takes="FROM"),
    _a("change.undo", "u", "undo", "Undo your last change", "Changes", hint=90),
    _a("change.redo", "ctrl+r", "redo", "Redo what you undid last", "Changes"),
    _a("view.filter", "slash", "filter", "Show only #channel @member is:state words", "Cadence",
       hint=92, shown="/", takes="WHAT"),
    _a("view.week", "1", "week", "The week of all channels", "Cadence", *_DIGITS),
    _a("view.agenda", "2", "agenda", "All posts and open slots in one list", "Cadence", *_DIGITS),
    _a("view.mine", "3", "my week", "My tasks, my load, and what I could take", "Cadence", *_DIGITS),
    _a("view.warnings", "4,w", "warnings", "Warnings and their ways out", "Cadence", *_DIGITS),
    _a("view.plan", "5,p", "plan", "Plan who does what; there: plan anew", "Cadence"),
    _a("view.feeds", "6,x", "feeds", "Feeds: who reads what at a secret link", "Cadence"),
    _a("view.ideas", "7,I", "ideas", "Ideas: vote, decide, make them posts", "Cadence"),
    _a("view.review", "8,R", "review", "Review: look back together on the last weeks", "Cadence"),
    _a("app.command", "colon", "command", "Command line", "Cadence", shown=":", hint=94),
    _a("app.palette", "ctrl+p", "palette", "Everything, by name", "Cadence"),
    _a("app.help", "question_mark,f1", "help", "The keys of this screen", "Cadence", shown="?", hint=96),
    _a("app.theme", "", "theme", "Choose colours", "Cadence", takes="NAME"),
    _a("app.quit", "q", "quit", "Leave", "Cadence", hint=98),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}

_SHOWN = {
    "left": "←", "right": "→", "up": "↑", "down": "↓", "escape": "esc", "pageup": "pgup",
    "pagedown": "pgdn", "less_than_sign": "<", "greater_than_sign": ">", "asterisk": "*", "slash": "/",
    "colon": ":", "question_mark": "?",
}  # fmt: skip


def actions_of(place: Place) -> list[Action]:
    return [action for action in ACTIONS if place in action.places]


def keys_on(place: Place, action: Action) -> list[str]:
    """The default keys of an action on a screen. A key that the screen needs for something of its own means
    just that there: `w` why on the plan, `5` a way out on the warnings."""
    keys = [key for key in action.keys.split(",") if key]
    if action.places == (place,):
        return keys
    own = {key for other in ACTIONS if other.places == (place,) for key in other.keys.split(",")}
    return [key for key in keys if key not in own]


def bindings(place: Place) -> list[Binding]:
    """The bindings of a screen. Where digits do not apply ways out they may begin a count (`3l`)."""
    counts = [Binding(str(n), f"digit({n})", show=False, priority=True) for n in range(10)]
    acting = [
        action.binding(",".join(keys)) for action in actions_of(place) if (keys := keys_on(place, action))
    ]
    return acting if any(action.group == "Warnings" for action in actions_of(place)) else [*counts, *acting]


def keys_text(
    action: Action, keymap: dict[str, str] | None = None, *, place: Place | None = None, first: bool = False
) -> str:
    """The keys as people write them: `← h`; on a screen, if one is named; `first`: only one of them."""
    keys = (keymap or {}).get(action.id)
    if keys is None and action.shown:
        return action.shown
    default = action.keys.split(",") if place is None else keys_on(place, action)
    names = [name.strip() for name in (default if keys is None else keys.split(",")) if name.strip()]
    names = [_SHOWN.get(name, name) for name in names]
    # Of several keys the letter is the one that people learn.
    return min(names, key=len) if first and names else " ".join(names)
