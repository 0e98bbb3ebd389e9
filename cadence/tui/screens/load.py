"""Load: how full everybody's weeks are, why, and the tasks that fill them, to give away from there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Container

from cadence.insight.capacity import Load
from cadence.language import _
from cadence.model.calendar import Calendar
from cadence.model.post import TaskRef
from cadence.model.times import WEEK, to_local, zone_of
from cadence.operations import tasks as operations
from cadence.tui.actions import BY_ID, bindings
from cadence.tui.filter import PostFilter
from cadence.tui.loadview import TEAM, LoadView, tasks_in
from cadence.tui.screens.elsewhere import knowingly
from cadence.tui.screens.tasks_screen import TasksScreen
from cadence.tui.widgets.cells import Line
from cadence.tui.widgets.load_map import LoadMap
from cadence.tui.widgets.load_tasks import LoadTasks
from cadence.tui.widgets.load_words import LoadWords, unsustainable_words
from cadence.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.worker import Worker

    from cadence.tui.figures import Figures
    from cadence.workspace import Done

FOR_ONE_TASK = (
    "task.claim", "post.move", "task.done", "post.new", "mark.one", "post.publish", "post.skip",
)  # fmt: skip
"""What needs a task that is chosen: offered where there is one."""
SMALLEST_TASKS = 8


class LoadScreen(TasksScreen):
    """Arrows go over the map until Enter leads into the tasks of the week under the cursor."""

    place = "load"
    BINDINGS = bindings("load")
    AUTO_FOCUS = "LoadMap"
    follows_posts = False

    def __init__(self) -> None:
        super().__init__()
        self._view = LoadView(self.calendar)
        self._asked_about: frozenset[TaskRef] = frozenset()
        """What is marked only while it is asked what becomes of the whole week."""

    def compose_middle(self) -> ComposeResult:
        with Container(id="loads"):
            yield LoadMap(ascii_only=self.cadence.ascii_only)
            tasks = LoadTasks(ascii_only=self.cadence.ascii_only)
            tasks.marked = self.cadence.marked.tasks
            yield tasks

    @property
    def map(self) -> LoadMap:
        return self.query_one(LoadMap)

    @property
    def list(self) -> LoadTasks:
        return self.query_one(LoadTasks)

    @property
    def is_inside(self) -> bool:
        """Whether the arrows are for the tasks."""
        return self.has_class("-inside")

    @property
    def rows(self) -> RowList[Any]:
        return self.list if self.is_inside else self.map

    def on_mount(self) -> None:
        self._show()

    # What changed

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._view = LoadView(after)
        self._show()

    def figures_changed(self, figures: Figures) -> None:
        self._show()

    def filter_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        figures = self.cadence.figures
        words = unsustainable_words(figures.warnings, self._breaks_from) if figures else _("counting …")
        self.map.show(self._view, self.this_week, self.cadence.filter.members, words)
        self._share_out()
        self._show_week()

    @property
    def _breaks_from(self) -> date | None:
        """The first week that the promise does not fit into, as the warning about it says."""
        figures = self.cadence.figures
        found = next((w for w in figures.warnings if w.rule == "unsustainable"), None) if figures else None
        if found is None or found.at is None:
            return None
        return self.week_of(to_local(found.at, zone_of(self.calendar.team.zone)).date())

    def _show_week(self) -> None:
        """What follows the cursor of the map: the words about a week, and its tasks."""
        row, week, now = self.map.current, self.map.week, self.cadence.now
        if row is None:
            self.list.show(self.calendar, (TEAM, week), (), _nobody_here, now)
            return
        keep = PostFilter(self.cadence.filter.channels, frozenset(), self.cadence.filter.states,
                          self.cadence.filter.text)  # fmt: skip
        posts = self.calendar.posts
        tasks = [
            found for found in tasks_in(self.calendar, row.id, week) if keep.keeps(posts[found.ref.post])
        ]
        figures, view, plain = self.cadence.figures, self._view, self.cadence.ascii_only
        warnings = figures.warnings if figures else None

        def about(width: int, most: int) -> Sequence[Line]:
            return LoadWords(view, warnings, now, width, ascii_only=plain).of(row.id, week, most)

        self.list.show(self.calendar, (row.id, week), tasks, about, now)
        if self.is_inside and not tasks:
            self._go_inside(False)

    def _follow_map(self) -> None:
        """The tasks are those of the week under the cursor as soon as it has moved: the next key may act on
        them before any message says so."""
        row = self.map.current
        if row is not None and self.list.what != (row.id, self.map.week):
            self._show_week()

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        self._follow_map()
        self.show_status()

    def hints(self) -> list[tuple[str, str]]:
        hints = super().hints()
        if self.is_inside:
            return [("enter", _("its post")), *hints]
        unfit = set[str]() if self.marked else {BY_ID[id].name for id in FOR_ONE_TASK}
        return [("enter", _("its tasks")), *(hint for hint in hints if hint[1] not in unfit)]

    # How the two share the screen

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._share_out)

    def _share_out(self) -> None:
        """The map is as high as it has lines, as long as there is room for some tasks below it."""
        if self.app.size.width >= 150:
            self.map.styles.height = "1fr"
            return
        free = self.app.size.height - 1 - (1 if self.app.size.height < 30 else 2)
        wanted = self.map.row_count() + 2
        least = free // 2 + 1 if self.is_inside and self.has_class("-short") else SMALLEST_TASKS
        height = min(wanted, max(4, free - least))
        now = self.map.styles.height
        if now is None or now.value != height:
            self.map.styles.height = height

    def panel_height(self) -> int:
        if self.map.region.x < self.list.region.x:
            return super().panel_height()
        return self.list.size.height + self.query_one("#foot").size.height

    def preview_load(self, load: Load | None) -> None:
        self.map.preview(load)

    # What the cursor is on

    def selected_tasks(self) -> list[TaskRef]:
        if marked := self.all_marked():
            return marked
        return [self.list.current.ref] if self.is_inside and self.list.current else []

    def marked_here(self) -> list[TaskRef]:
        return self.list.marked_tasks()

    def say_no_post(self) -> None:
        words = _("There are no tasks in this week") if not self.list.rows else _("enter goes to the tasks")
        self.cadence.say(words, "dim")

    # On the map the work of a whole week changes hands

    def action_task_assign(self, name: str = "") -> Worker[None]:
        self._mark_the_week()
        return super().action_task_assign(name)

    async def action_task_release(self) -> None:
        """One's own are given back, a colleague's taken away: nobody has them then, either way."""
        self._mark_the_week()
        tasks = [self.calendar.task(ref) for ref in self.selected_tasks()]
        if all(map(self._mine, tasks)):
            await super().action_task_release()
        else:
            posts = [self.calendar.posts[id] for id in self.selected_posts()]
            many = (operations.unassign, operations.unassign_many)
            act = partial(self._perform_on, self.selected_tasks(), *many, posts)
            await knowingly(self, "task.release", act)
        self._unmark_the_week()

    def action_task_offer(self, names: str = "") -> Worker[None]:
        self._mark_the_week()
        return super().action_task_offer(names)

    def _mark_the_week(self) -> None:
        if not self.is_inside and not self.marked:
            self.list.mark_all()
            self._asked_about = frozenset(self.marked)
            self.show_status()

    def _unmark_the_week(self) -> None:
        if self._asked_about:
            self.marked.difference_update(self._asked_about)
            self._asked_about = frozenset()
            self.marks_changed()
            self.show_status()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The question was answered or left."""
        if event.worker.is_finished:
            self._unmark_the_week()

    # Movements

    def move_cursor(self, columns: int, rows: int) -> None:
        super().move_cursor(columns, rows)
        self._follow_map()

    def move_across(self, columns: int) -> None:
        self.map.go_to_week(self.map.week + columns * WEEK)

    def move_weeks(self, weeks: int) -> None:
        self.map.move_weeks(weeks)
        self._follow_map()

    def move_page(self, pages: int) -> None:
        super().move_page(pages)
        self._follow_map()

    def move_to_end(self, last: bool) -> None:
        super().move_to_end(last)
        self._follow_map()

    def next_part(self) -> None:
        self._go_inside(not self.is_inside)

    def previous_part(self) -> None:
        self.next_part()

    def _go_inside(self, inside: bool) -> None:
        if inside and not self.list.rows:
            self.say_no_post()
            return
        self.set_class(inside, "-inside")
        self.list.activate(inside)
        self._share_out()
        self.show_status()

    def step_back(self) -> bool:
        if self.is_inside and not self.marked_here():
            self._go_inside(False)
            return True
        return False

    def look_into(self) -> None:
        """The tasks of the week; there: the post."""
        if not self.is_inside:
            self._go_inside(True)
        elif self.list.current:
            self.cadence.show_post(self.list.current.ref.post)

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """A task was clicked: then it is looked into where the tasks are."""
        if message.rows is self.list and not self.is_inside:
            self._go_inside(True)

    def go_to_day(self, day: date, channel: int | None = None) -> None:
        if day == self.cadence.today:
            self.map.start_at(self.week_of(day))
        else:
            self.map.go_to_week(self.week_of(day))
        self._follow_map()

    def go_to_load(self, member: int, day: date) -> None:
        self._go_inside(False)
        self.map.go_to_week(self.week_of(day))
        place = next((n for n, row in enumerate(self.map.lines) if row.id == member), None)
        if place is not None:
            self.map.move_to(place)
        self._follow_map()

    def follow(self, done: Done | None) -> None:
        """The map stays where it is: one more task may be given away, or its change undone."""

    def action_load_worst(self) -> None:
        """Week by week, and in each from the top: the next one with too much, round the end."""
        here = self.this_week
        ahead = max(len(self.map.weeks), self.calendar.team.horizon_days // 7 + 1)
        found = [
            (week, row.id)
            for week in (here + n * WEEK for n in range(ahead))
            for row in self.map.lines
            if row.id != TEAM and (cell := self._view.cell(row.id, week)) and cell.over
        ]
        if not found:
            self.cadence.say(_("Nobody has too much"), "good")
            return
        order = {row.id: place for place, row in enumerate(self.map.lines)}
        at = (self.map.week, order.get(self.map.current.id, 0)) if self.map.current else (here, -1)
        week, member = next(((week, id) for week, id in found if (week, order[id]) > at), found[0])
        self.map.go_to_week(week)
        self.map.move_to(order[member])
        self._follow_map()


def _nobody_here(_width: int, _most: int) -> Sequence[Line]:
    return [[(" " + _("Nobody is in the team yet: `cadence member add NAME`."), "dim")]]
