"""From an address to a store: `team.json`, `file:///…/team.json`, `memory:`, `memory:NAME`."""

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cadence.language import _
from cadence.model.errors import BadInput, NotFound
from cadence.store.core import DocumentStore
from cadence.store.errors import ReadOnly
from cadence.store.files import backups, create, rescue
from cadence.store.files.backend import FilesBackend
from cadence.store.files.disk import Disk, beside
from cadence.store.files.verify import verify
from cadence.store.memory import open_memory
from cadence.store.protocol import Report, Store
from cadence.store.schema import SCHEMA, Schema

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")  # two letters at least: C: is a disk on Windows


def open_store(
    url: str | Path, *, create: bool = False, schema: Schema = SCHEMA, at: datetime | None = None
) -> Store:
    """Open a calendar; with `create`, make it first if there is none.

    An older calendar is upgraded on the way, after a backup (`at`, by default now, goes into its history).
    NotFound, Foreign, Newer, Corrupt as their names say; BadInput for an address of another kind.
    """
    path = _path(url)
    if path is None:
        return DocumentStore(open_memory(str(url)), schema)
    try:
        return _opened(path, schema, at)
    except NotFound:
        if not create:
            raise
    with suppress(BadInput):  # somebody else made it at the same moment
        create_store(path, schema=schema).close()
    return _opened(path, schema, at)


def is_taken(url: str | Path) -> bool:
    """Whether there is something at an address: a calendar, only its journal, or something else."""
    path = _path(url)
    return path is None or os.path.lexists(path) or os.path.lexists(beside(path, ".log"))


def create_store(url: str | Path, *, schema: Schema = SCHEMA) -> Store:
    """Make a new calendar and open it. BadInput if there is something already."""
    path = _path(url)
    if path is None:
        return DocumentStore(open_memory(str(url)), schema)
    create.create(path, schema.current)
    store = _opened(path, schema, None)
    store.checkpoint()
    return store


def verify_calendar(url: str | Path) -> Report:
    """What is wrong with a calendar and where, even if it cannot be opened. Changes nothing."""
    path = _path(url)
    return verify(Disk(), path) if path else open_store(url).verify()


def restore_into(backup: Path, destination: str | Path) -> Store:
    """A new calendar from a backup, with all its history, opened. BadInput if there is something already."""
    path = _file(destination)
    backups.copy(backup, path)
    store = _opened(path, SCHEMA, None)
    store.checkpoint()
    return store


def rescue_into(damaged: Path, destination: str | Path, *, at: datetime | None = None) -> Store:
    """A new calendar from what is intact of a damaged one: all changes up to the damage, and, if the
    checkpoint is newer, one change that leads to it. The damaged files stay as they are.

    NotFound or Foreign when nothing of a calendar is left; BadInput if there is something at the destination.
    """
    path, now = _file(destination), at or datetime.now(UTC)
    saved = rescue.rescue(damaged.absolute(), path)
    store = DocumentStore(FilesBackend(path))
    if saved is not None and saved.seq > store.seq:
        store.become(saved, by="cadence", at=now, why=_("rescue from {name}", name=damaged.name))
    store.checkpoint()
    store.close()
    return _opened(path, SCHEMA, now)


def _opened(path: Path, schema: Schema, at: datetime | None) -> DocumentStore:
    store = DocumentStore(FilesBackend(path), schema)
    if store.schema < schema.current:
        if store.readonly:
            raise ReadOnly(
                _(
                    "{path} was written by an older Cadence and has to be upgraded, but {why}",
                    path=path,
                    why=store.readonly,
                ),
                _("let somebody open it who may write there"),
            )
        store.upgrade(at or datetime.now(UTC))
    return store


def _path_of_file_url(url: str) -> Path:
    from urllib.parse import (
        unquote,
        urlsplit,
    )  # nearly nobody writes one, and it takes milliseconds to import

    return Path(unquote(urlsplit(url).path)).absolute()


def _file(url: str | Path) -> Path:
    path = _path(url)
    if path is None:
        raise BadInput(_("{path} is not a file", path=url), _("name the file of a new calendar"))
    return path


def _path(url: str | Path) -> Path | None:
    """The file that an address means; None for memory."""
    if isinstance(url, Path):
        return url.absolute()
    if not url.strip() or "\0" in url:
        raise BadInput(_("the address of a calendar is empty or holds a NUL character"), _("name a file"))
    scheme = SCHEME.match(url)
    match scheme and scheme[1].lower():
        case None:
            return Path(url).expanduser().absolute()
        case "memory":
            return None
        case "file":
            return _path_of_file_url(url)
        case other:
            raise BadInput(
                _("this Cadence keeps calendars in files, not at {scheme}:…", scheme=other), _("name a file")
            )
