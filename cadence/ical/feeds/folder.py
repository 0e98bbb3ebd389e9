"""All feeds of a calendar as files in a folder: whole team, each channel, each member, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from cadence.ical.feeds.cache import EventCache
from cadence.ical.feeds.feed import feed
from cadence.ical.feeds.selection import GAPS, TEAM, Selection
from cadence.ical.files import replace_files
from cadence.language import _
from cadence.model.calendar import Calendar, slug
from cadence.model.errors import BadInput
from cadence.model.times import to_local, zone_of

MANIFEST = ".cadence-feeds.json"
"""Names the files that an export wrote, so that the next one removes those and no others."""
LARGE = 900_000
"""Octets; a widespread client drops the later events of a feed beyond about 1 MB."""
_OUR_MARK = b"PRODID:-//Cadence//"


@dataclass(frozen=True)
class Report:
    """What an export did: file names, and sentences about what a subscriber may not see."""

    directory: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[str, ...]


def export(
    calendar: Calendar,
    directory: Path,
    now: datetime,
    cache: EventCache | None = None,
    *,
    like: Selection = TEAM,
) -> Report:
    """Writes every feed that differs from its file, and removes the feeds of who is gone. `like` gives the
    states and days that each shows.

    Files that an earlier export did not write are never removed or replaced. BadInput if the folder cannot
    be written to; then nothing was replaced, or what was is complete.
    """
    cache = EventCache() if cache is None else cache
    contents = {
        name: feed(calendar, replace(like, kind=chosen.kind, id=chosen.id), now, cache)
        for name, chosen in selections(calendar, now)
    }
    try:
        directory.mkdir(parents=True, exist_ok=True)
        earlier = _manifest(directory)
        _refuse_foreign(directory, contents.keys() - earlier)
        written = replace_files(directory, contents)
        removed = _remove(directory, earlier - contents.keys())
        replace_files(directory, {MANIFEST: msgspec.json.encode(sorted(contents)) + b"\n"})
    except (FileExistsError, NotADirectoryError):
        raise BadInput(_("{path} is not a folder", path=directory), _("name a folder with -o")) from None
    except OSError as error:
        place = error.filename or directory
        raise BadInput(
            _(
                "cannot write the feeds to {folder}: {reason} ({place})",
                folder=directory,
                reason=error.strerror,
                place=place,
            )
        ) from None
    return Report(
        directory=directory,
        written=tuple(written),
        unchanged=tuple(name for name in contents if name not in set(written)),
        removed=tuple(removed),
        warnings=(*filter(None, map(size_note, contents, contents.values())), *_keep(cache)),
    )


def selections(calendar: Calendar, now: datetime) -> Iterator[tuple[str, Selection]]:
    """Every feed with its file name. Retired channels and people who have left have none."""
    yield "team.ics", TEAM
    yield "gaps.ics", GAPS
    today = to_local(now, zone_of(calendar.team.zone)).date()
    taken: set[str] = set()
    for channel in calendar.channels.values():
        if not channel.retired:
            yield _file_name("channel", channel.name, channel.id, taken), Selection("channel", channel.id)
    for member in calendar.members.values():
        if not (member.active_to and member.active_to < today):
            yield _file_name("member", member.name, member.id, taken), Selection("member", member.id)


def _file_name(kind: str, name: str, id: int, taken: set[str]) -> str:
    """`channel-blog.ics`. A name that is too long for a file, empty, or taken gets its number."""
    short = slug(name).encode()[:120].decode(errors="ignore")
    file_name = f"{kind}-{short}.ics"
    if short != slug(name) or not short or file_name in taken:
        file_name = f"{kind}-{short}-{id}.ics".replace("--", "-")
    taken.add(file_name)
    return file_name


def _manifest(directory: Path) -> set[str]:
    """The files that an earlier export wrote; a damaged list means that nothing is known."""
    try:
        names = msgspec.json.decode((directory / MANIFEST).read_bytes(), type=list[str])
    except (FileNotFoundError, msgspec.MsgspecError):
        return set()
    return {name for name in names if name == Path(name).name and name.endswith(".ics")}


def _refuse_foreign(directory: Path, names: set[str]) -> None:
    """A file that is in the way and that no export of ours wrote is somebody's: it stays."""
    for path in (directory / name for name in sorted(names)):
        if path.exists() and not (path.is_file() and _OUR_MARK in path.read_bytes()[:400]):
            raise BadInput(
                _("{path} was not written by Cadence", path=path),
                _("move it away, or export to another folder"),
            )


def _remove(directory: Path, names: set[str]) -> list[str]:
    for name in names:
        (directory / name).unlink(missing_ok=True)
    return sorted(names)


def size_note(name: str, content: bytes) -> str | None:
    """What to say of a feed that some apps would cut off; None: nothing."""
    if len(content) <= LARGE:
        return None
    return _(
        "{name} has {size} kB and some apps stop at 1,000 kB: subscribe to single channels, or fewer days",
        name=name,
        size=f"{len(content) / 1000:,.0f}",
    )


def _keep(cache: EventCache) -> Iterator[str]:
    """The feeds are written, so a cache that cannot be kept is no failure, but worth a sentence."""
    try:
        cache.forget_unused()
        cache.save()
    except OSError as error:
        yield _(
            "the next export will be slow: cannot write {path} ({reason})",
            path=error.filename,
            reason=error.strerror,
        )
