"""Arguments that name a member, a channel or a workflow: a shell can complete them from the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class NameOf(click.ParamType):
    """The text as it is; who it means is looked up in the calendar, which says what it knows."""

    def __init__(self, name: str, table: str) -> None:
        self.name = name
        self._table = table

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        start = incomplete.casefold()
        return [CompletionItem(name) for name in self._known(ctx) if name.casefold().startswith(start)]

    def _known(self, ctx: click.Context) -> list[str]:
        from cadence.cli.base import told
        from cadence.cli.session import Session
        from cadence.model.errors import CadenceError

        try:
            with Session(told(ctx)) as session:
                return [value.name for value in getattr(session.calendar, self._table).values()]
        except CadenceError:
            return []  # a completion has nowhere to complain; the command itself will


MEMBER = NameOf("member", "members")
CHANNEL = NameOf("channel", "channels")
WORKFLOW = NameOf("workflow", "workflows")
