"""What is done with posts and their tasks."""

from __future__ import annotations

from cadence.tui.actions.action import Action, act

POSTS: tuple[Action, ...] = (
    act(
        "post.new",
        "n",
        "new",
        "A new post here; it takes the open slot",
        "Posts",
        needs="posts",
        hint=40,
        takes="TITLE",
    ),
    act("post.edit", "e", "edit", "Edit title, link and note", "Posts", needs="posts"),
    act(
        "post.move",
        "m",
        "move",
        "Carry it with the arrows; Enter drops it",
        "Posts",
        needs="posts",
        hint=20,
        takes="WHEN",
    ),
    act(
        "post.day-earlier",
        "less_than_sign",
        "day earlier",
        "Move a day earlier at once",
        "Posts",
        needs="posts",
        shown="<",
    ),
    act(
        "post.day-later",
        "greater_than_sign",
        "day later",
        "Move a day later at once",
        "Posts",
        needs="posts",
        shown=">",
    ),
    act(
        "post.skip",
        "d",
        "skip",
        "Skip with a reason; once more: restore",
        "Posts",
        needs="posts",
        hint=70,
        takes="REASON",
    ),
    act("post.publish", "P", "published", "It is published: when and where", "Posts", needs="posts", hint=60),
    act("post.copy", "y", "copy", "Copy the link, or else the title", "Posts", needs="posts"),
)

TASKS: tuple[Action, ...] = (
    act(
        "task.assign",
        "a",
        "assign",
        "Assign: who could, load before and after",
        "Tasks",
        needs="posts",
        hint=10,
    ),
    act("task.claim", "c", "claim", "Take the task yourself", "Tasks", needs="posts", hint=15),
    act("task.release", "r", "release", "Give the task back: nobody has it then", "Tasks", needs="posts"),
    act(
        "task.offer",
        "o",
        "offer",
        "Offer the task to somebody or to anyone",
        "Tasks",
        needs="posts",
        takes="NAMES",
    ),
    act(
        "task.done",
        "space",
        "done",
        "The task or boost is done; again: it is not",
        "Tasks",
        needs="posts",
        hint=30,
    ),
    act(
        "ask.decline",
        "D",
        "no, thanks",
        "Say no to what is on offer to you, or to a boost",
        "Tasks",
        only=("mine",),
        hint=16,
        takes="WHY",
    ),
    act("task.pin", "f", "fix", "Fix it to its person; again: free it", "Tasks", needs="posts"),
)
