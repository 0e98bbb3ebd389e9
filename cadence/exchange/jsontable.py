"""Reads the JSON that `export json` writes as a table, so that it is understood by the rules of CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from cadence.exchange.files import printable, read_file
from cadence.exchange.guard import guarded
from cadence.exchange.table import Row, Table
from cadence.language import _
from cadence.model.errors import BadInput
from cadence.model.team import TASK_KINDS

EXTRA = "extra"
"""What the slot column says of a post that fills no slot."""


def read_json_table(path: Path, columns: Sequence[str]) -> Table:
    """`{"posts": [{...}]}` with posts' fields as columns, their tasks' as `draft`, `draft_done` ..."""
    name = printable(path.name, 120)
    try:
        document = msgspec.json.decode(read_file(path))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("{file} is not valid JSON: {error}", file=name, error=error)) from None
    except RecursionError:
        raise BadInput(_("{file} is not valid JSON: nested too deeply", file=name)) from None
    posts = cast(dict[str, Any], document).get("posts") if isinstance(document, dict) else None
    if not isinstance(posts, list):
        remedy = _('it must be {"posts": [ ... ]}, as `cadence export json` writes it')
        raise BadInput(_("{file} holds no posts", file=name), remedy)
    rows: list[Row] = []
    for number, post in enumerate(cast(list[object], posts), start=1):
        cells = _Post(_("{file}, post {number}", file=name, number=number), post).cells(columns)
        rows.append(Row(number, [cells.get(column, "") for column in columns]))
    return Table(name, list(columns), rows, unit="post")


class _Post:
    """One object of the list; `place` names it in complaints."""

    def __init__(self, place: str, post: object) -> None:
        self._place = place
        self._fields = self._an_object("", post)

    def cells(self, columns: Sequence[str]) -> dict[str, str]:
        """What a CSV file would hold for the post; fields that are no column are ignored."""
        fields = {name: value for name, value in self._fields.items() if name in columns}
        cells = {name: self._cell(name, value) for name, value in fields.items()}
        cells["date"] = self._cell("at", self._fields.get("at"))
        if "slot" in fields and fields["slot"] is None:
            cells["slot"] = EXTRA
        tasks = self._an_object(", tasks", self._fields.get("tasks") or {})
        if unknown := [kind for kind in tasks if kind not in TASK_KINDS]:
            raise BadInput(
                _("{place}, tasks: {name!r} is no task", place=self._place, name=unknown[0][:40]),
                _("use {names}", names=", ".join(TASK_KINDS)),
            )
        for kind, task in tasks.items():
            told = self._an_object(f", tasks, {kind}", task)
            cells[kind] = self._cell(f"{kind}, member", told.get("member"))
            cells[f"{kind}_done"] = self._cell(f"{kind}, done_at", told.get("done_at"))
            cells[f"{kind}_pinned"] = self._cell(f"{kind}, pinned", told.get("pinned"))
        return cells

    def _an_object(self, where: str, value: object) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise BadInput(
                _("{place}{where}: not an object", place=self._place, where=where), _("write it as { ... }")
            )
        return cast(dict[str, Any], value)

    def _cell(self, name: str, value: object) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "yes" if value else "no"
            case str():
                return guarded(value)
            case _:
                raise BadInput(_("{place}, {name}: must be a text", place=self._place, name=name))
