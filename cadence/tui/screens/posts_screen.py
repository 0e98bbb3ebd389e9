"""What the screens have in common whose cursor is on posts: what is marked on one is marked on all."""

from __future__ import annotations

from collections.abc import Iterable

from cadence.language import _
from cadence.model.post import Post
from cadence.tui.marks import PostMarks
from cadence.tui.screens.base import CalendarScreen
from cadence.tui.screens.moving import Moving


class PostsScreen(CalendarScreen):
    moving: Moving | None = None
    """The posts in the hand, on screens with days to carry them over."""

    def posts_shown(self) -> Iterable[int]:
        """The posts on this screen, in its order."""
        raise NotImplementedError

    def posts_here(self) -> list[int]:
        raise NotImplementedError

    def selected_posts(self) -> list[int]:
        return self.all_marked() or self.posts_here()

    @property
    def marked(self) -> PostMarks:
        return self.cadence.marked.posts

    def let_in(self, post: int) -> Post | None:
        """A post that shall be seen, if it exists: a filter that hides it is taken away."""
        found = self.calendar.posts.get(post)
        if found is not None and not self.cadence.filter.keeps(found):
            self.set_filter("")
        return found

    def marked_here(self) -> list[int]:
        return [id for id in self.posts_shown() if id in self.marked]

    def marks_said(self) -> str:
        """What is in the hand is counted where it says what enter does."""
        return "" if self.moving else super().marks_said()

    def asides(self) -> Iterable[str]:
        yield from super().asides()
        if self.moving and self.app.size.height < 30:
            yield _("enter drops · esc leaves")

    def mark_shown(self) -> None:
        self.marked.update(self.posts_shown())
        self.marks_changed()
