"""What the screens have in common on which only tasks are chosen: an action on posts is one on theirs."""

from __future__ import annotations

from cadence.model.post import TaskRef
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.task_actions import Fits


class TasksScreen(ListScreen):
    def selected_posts(self) -> list[int]:
        return list(dict.fromkeys(ref.post for ref in self.selected_tasks()))

    def chosen_tasks(self, *likely: Fits) -> list[TaskRef]:
        refs = [ref for ref in self.selected_tasks() if ref.post in self.calendar.posts]
        if not refs:
            self.say_no_post()
        return refs
