"""Taking over what a plan proposes, the whole of it or a part, as one change."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from cadence.insight.warnings.ways import UNTITLED
from cadence.insight.words import day_text, span_text
from cadence.language import _, later, n_
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, Refused
from cadence.model.post import Post, Task, TaskRef
from cadence.model.rhythm import SlotKey
from cadence.model.times import to_local, zone_of
from cadence.model.words import kind_word, state_word
from cadence.operations.edit import Edit, Who
from cadence.operations.posts import add_post
from cadence.operations.progress import with_tasks
from cadence.operations.wording import list_text, member_text, post_text, sentence, task_text
from cadence.planner.bridge.places import Place
from cadence.planner.bridge.proposal import Move
from cadence.planner.bridge.replan import Away, absence_of
from cadence.planner.explaining.obstacles import obstacle

REMEDY = later("plan again, the calendar has changed since")


def take_plan(
    calendar: Calendar, who: Who, moves: Sequence[Move], *, now: datetime, away: Away | None = None
) -> Edit:
    """Give the tasks of these moves to whom they say, or to nobody; all or none. `away`: somebody is not here
    any more, which is why; that becomes part of the same change.

    A task of an open slot makes the post of that slot, once, with all the tasks of its workflow. Refused,
    naming the task, when something has changed since the plan was made: it is done or pinned, somebody else
    has it, the slot is taken, or who shall have it cannot do it any more.
    """
    if len({move.place for move in moves}) < len(moves):
        raise BadInput(_("a task is in the plan twice"), _("name each task once"))
    gone = () if away is None else (absence_of(calendar, away),)
    calendar = calendar.put(*gone) if gone else calendar
    posts = _Posts(calendar, who, now)
    given = [(posts.give(move), move) for move in moves if move.giver != move.taker]
    after = calendar.put(*posts.changed.values()) if given else calendar
    today = to_local(now, zone_of(calendar.team.zone)).date()
    for ref, move in given:
        _check_taker(after, ref, move.taker, today)
    said = _said(calendar, [move for _, move in given], posts.new)
    if away is not None:
        said = f"{_away_text(calendar, away)}. {said}"
    return Edit(said, (*gone, *posts.changed.values()))


class _Posts:
    """The posts of a calendar as they become, move by move."""

    def __init__(self, calendar: Calendar, who: Who, now: datetime) -> None:
        self._calendar = calendar
        self._who = who
        self._now = now
        self._on_slots: dict[SlotKey, int] = {}
        self.changed: dict[int, Post] = {}

    @property
    def new(self) -> int:
        """How many were only slots before."""
        return len(self._on_slots)

    def give(self, move: Move) -> TaskRef:
        """Make the move; returns which task it is by now."""
        ref = self._ref(move.place)
        if isinstance(move.place, TaskRef):
            _check_same(self._calendar, ref, move)
        post = self.changed.get(ref.post) or self._calendar.posts[ref.post]
        if ref.kind not in post.tasks:
            raise Refused(
                _("{post} would have no {task} task", post=post_text(post), task=kind_word(ref.kind)),
                _(REMEDY),
            )
        task = replace(post.tasks[ref.kind], member=move.taker, pinned=False, offer=None)
        self.changed[ref.post] = with_tasks(post, **{ref.kind: task})
        return ref

    def _ref(self, place: Place) -> TaskRef:
        if isinstance(place, TaskRef):
            return place
        if place.slot not in self._on_slots:
            post = self._added(place.slot)
            self._on_slots[place.slot] = post.id
            self.changed[post.id] = post
        return TaskRef(self._on_slots[place.slot], place.kind)

    def _added(self, slot: SlotKey) -> Post:
        """The post of an open slot. Refused if somebody has taken it meanwhile."""
        channel = self._calendar.rhythm(slot.rhythm).channel
        edit = add_post(self._calendar, self._who, channel, _(UNTITLED), now=self._now, slot=slot)
        post = next(value for value in edit.puts if isinstance(value, Post))
        return replace(post, id=self._calendar.next_id(Post, len(self._on_slots)))


def _check_same(calendar: Calendar, ref: TaskRef, move: Move) -> None:
    """Refused unless the task is still as the plan saw it."""
    post, task = calendar.post(ref.post), calendar.task(ref)
    if why := _why_settled(post, ref, task):
        raise Refused(
            _("{task} is settled meanwhile: {why}", task=task_text(calendar, ref), why=why), _(REMEDY)
        )
    if task.member != move.giver:
        has, had = member_text(calendar, task.member), member_text(calendar, move.giver)
        raise Refused(
            _("{has} has {task} now, not {had}", has=has, task=task_text(calendar, ref), had=had), _(REMEDY)
        )
    if task.pinned:
        raise Refused(_("{task} is pinned meanwhile", task=task_text(calendar, ref)), _(REMEDY))


def _why_settled(post: Post, ref: TaskRef, task: Task) -> str:
    """Why nothing is left to decide about a task; empty when something is."""
    if task.is_done:
        return _("it is done")
    if post.state == "skipped" or (post.state == "published" and ref.kind != "engage"):
        return _("the post is {state}", state=state_word(post.state))
    return ""


def _check_taker(calendar: Calendar, ref: TaskRef, taker: int | None, today: date) -> None:
    """Refused if who shall have the task cannot do it, once all moves are made."""
    if taker is None:
        return
    opens, closes = calendar.window(calendar.posts[ref.post], calendar.task(ref))
    name, left = calendar.member(taker).name, (max(opens, today), max(closes, today))
    if why := obstacle(calendar, ref, taker, left):
        raise Refused(
            _("{name} cannot take {task} any more: {why}", name=name, task=task_text(calendar, ref), why=why),
            _(REMEDY),
        )


def _away_text(calendar: Calendar, away: Away) -> str:
    name = member_text(calendar, away.member)
    if away.last is None:
        return _("{name} is not here from {day} on", name=name, day=day_text(away.first))
    return _("{name} is away {span}", name=name, span=span_text(away.first, away.last))


def _said(calendar: Calendar, moves: Sequence[Move], new: int) -> str:
    """`Planned 3 tasks: Anna 2 and Luca 1; nobody has 1 task now; 1 new post`."""
    if not moves:
        return _("The plan changes nothing")
    counts = Counter(calendar.member(move.taker).name for move in moves if move.taker is not None)
    planned = counts.total()
    parts: list[str] = []
    if counts:
        people = list_text(f"{name} {count}" for name, count in counts.most_common())
        parts.append(
            n_("Planned {number} task: {people}", "Planned {number} tasks: {people}", planned, people=people)
        )
    if released := len(moves) - planned:
        parts.append(n_("nobody has {number} task now", "nobody has {number} tasks now", released))
    if new:
        parts.append(n_("{number} new post", "{number} new posts", new))
    return sentence("; ".join(parts))
