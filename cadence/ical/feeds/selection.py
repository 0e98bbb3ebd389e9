"""What a feed shows, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.feeds import DAYS_AHEAD, DAYS_BACK, Feed, FeedKind
from cadence.model.post import PostState
from cadence.model.words import state_word


@dataclass(frozen=True)
class Selection:
    """What a feed shows; `id` is the member's or the channel's.

    `states` are those of the posts (none: all but skipped). `days_back` and `days_ahead` count from the
    beginning of today.
    """

    kind: FeedKind
    id: int = 0
    states: tuple[PostState, ...] = ()
    days_back: int = DAYS_BACK
    days_ahead: int = DAYS_AHEAD

    @classmethod
    def of(cls, feed: Feed) -> Selection:
        return cls(feed.kind, feed.of or 0, feed.states, feed.days_back, feed.days_ahead)

    def wants(self, state: PostState) -> bool:
        return state in self.states if self.states else state != "skipped"


TEAM = Selection("team")
GAPS = Selection("gaps")
WARNINGS = Selection("warnings")


def shows_tasks_only(calendar: Calendar, selection: Selection) -> bool:
    """Whether it is the feed of a partner, who sees their own tasks and nothing else."""
    return selection.kind == "member" and calendar.member(selection.id).kind == "partner"


def titles(calendar: Calendar, selection: Selection) -> tuple[str, str]:
    """The name and the description that a calendar app shows for a feed."""
    only = f" ({', '.join(map(state_word, selection.states))})" if selection.states else ""
    name, description = _titles(calendar, selection)
    return name, description if selection.kind in ("gaps", "warnings") else description + only


def _titles(calendar: Calendar, selection: Selection) -> tuple[str, str]:
    team = calendar.team.name
    match selection.kind:
        case "team":
            return team, _("Every post of {team}", team=team)
        case "gaps":
            about = _("Days on which {team} has promised a post and has none", team=team)
            return _("{team} - gaps", team=team), about
        case "warnings":
            about = _("What threatens the rhythm of {team}, on the day it bites", team=team)
            return _("{team} - warnings", team=team), about
        case "member":
            name = calendar.member(selection.id).name
            if shows_tasks_only(calendar, selection):
                return f"{team} - {name}", _("What {name} does for {team}", name=name, team=team)
            about = _(
                "The posts of {team} that {name} has a task on or is asked to pass on", team=team, name=name
            )
            return f"{team} - {name}", about
        case "tasks":
            name = calendar.member(selection.id).name
            about = _("What {name} does for {team}, as to-dos", name=name, team=team)
            return _("{team} - tasks of {name}", team=team, name=name), about
        case "channel":
            name = calendar.channel(selection.id).name
            return f"{team} - {name}", _("The posts of {team} on {channel}", team=team, channel=name)
