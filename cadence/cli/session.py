"""One run of a command: which calendar, who I am, what time it is, and how the result is said."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cadence.cli.output import say, say_json, speaks_unicode
from cadence.cli.writing import kept_whole
from cadence.language import _
from cadence.model import when
from cadence.model.errors import BadInput, NotFound
from cadence.user.folders import config_file, default_calendar
from cadence.user.settings import read_config, resolve

if TYPE_CHECKING:
    from types import TracebackType

    from cadence.cli.base import Told
    from cadence.model.calendar import Calendar
    from cadence.model.post import Post
    from cadence.model.team import Channel, Member
    from cadence.operations.edit import Edit
    from cadence.workspace import Done, Workspace

MIDNIGHT = time(0)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""An address such as `file:` or `memory:`; one letter is a disk on Windows."""


class Session:
    """What a command works with. The calendar is opened when it is first asked for."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._opened: Workspace | None = None

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._opened is not None:
            self._opened.close()

    # The calendar

    @cached_property
    def config(self) -> dict[str, str]:
        return read_config()

    @property
    def named(self) -> str | None:
        """The calendar that --calendar names."""
        return self._told.calendar

    @cached_property
    def url(self) -> str:
        """Which calendar: --calendar, CADENCE_CALENDAR, the config file, the user's data folder."""
        if told := self._told.calendar or os.environ.get("CADENCE_CALENDAR"):
            return told
        if configured := self.config.get("calendar"):
            return resolve(configured, config_file())
        return str(default_calendar())

    @property
    def is_default(self) -> bool:
        """Whether nobody said which calendar, so that it is the one in the user's data folder."""
        return self.url == str(default_calendar())

    @property
    def exists(self) -> bool:
        """Whether there is something at the calendar's place (a calendar or not)."""
        place = self.url if SCHEME.match(self.url) else Path(self.url).expanduser()
        if isinstance(place, Path) and os.path.lexists(place):
            return True  # as nearly always, and without loading all that can be done with it

        from cadence.store import is_taken

        return is_taken(place)

    @property
    def workspace(self) -> Workspace:
        if self._opened is None:
            from cadence.workspace import Workspace

            self.check_exists()
            self._opened = Workspace.open(self.url)
            # What was loaded lasts as long as the process: no collection need ever look at it again.
            gc.freeze()
            self._check_told_member()
        return self._opened

    def check_exists(self) -> None:
        if not self.exists:
            raise NotFound(
                _("there is no calendar at {place}", place=self.url),
                _("create one with `cadence init`, or look at a sample with `cadence demo`"),
            )

    def create(self) -> Workspace:
        """A new, empty calendar at the place that was chosen, or the one that is there."""
        from cadence.workspace import Workspace

        if not SCHEME.match(self.url):
            try:
                Path(self.url).expanduser().absolute().parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise BadInput(
                    _("cannot make the folder of {place}: {reason}", place=self.url, reason=error.strerror),
                    _("name another place"),
                ) from None
        self._opened = Workspace.open(self.url, create=True)
        return self._opened

    @property
    def calendar(self) -> Calendar:
        return self.workspace.calendar

    def channel_id(self, ref: str | None) -> int | None:
        """The channel that an option names, if it was given."""
        return None if ref is None else self.calendar.channel(ref).id

    def member_id(self, ref: str | None) -> int | None:
        """The member that an option names, if it was given."""
        return None if ref is None else self.calendar.member(ref).id

    # Who I am

    @cached_property
    def who(self) -> Member | None:
        """--as, CADENCE_MEMBER, the config file, or whose login this is. None: changes carry the login."""
        if self._told.member:
            return self.calendar.member(self._told.member)
        if not self.calendar.members:
            return None
        if named := os.environ.get("CADENCE_MEMBER") or self.config.get("member"):
            return self.calendar.member(named)
        from cadence.workspace import login_name

        login = login_name().casefold()
        mine = [m for m in self.calendar.members.values() if m.login and m.login.casefold() == login]
        return mine[0] if len(mine) == 1 else None

    @property
    def me(self) -> Member:
        """Who I am, for what needs somebody."""
        if self.who is None:
            names = ", ".join(member.name for member in list(self.calendar.members.values())[:12])
            remedy = (
                _(
                    "say --as NAME, set CADENCE_MEMBER, or `cadence config set member NAME` "
                    "with one of {names}",
                    names=names,
                )
                if names
                else _(
                    "say --as NAME, set CADENCE_MEMBER, or `cadence config set member NAME` "
                    "(there are no members yet)"
                )
            )
            raise BadInput(_("Cadence does not know who you are"), remedy)
        return self.who

    def _check_told_member(self) -> None:
        if self._told.member:
            self.calendar.member(self._told.member)

    # Time

    @cached_property
    def now(self) -> datetime:
        """The aware UTC time that this command lives at."""
        clock = datetime.now(UTC).replace(microsecond=0)
        if not self._told.now:
            return clock
        return when.read_instant(self._told.now, clock, self._zone_of_the_clock, MIDNIGHT)

    def clock(self) -> datetime:
        """The time now, or the one that --now set."""
        return self.now if self._told.now else datetime.now(UTC)

    @property
    def _zone_of_the_clock(self) -> ZoneInfo:
        if self._opened is None and not self.exists:
            return ZoneInfo("UTC")
        return self.zone()

    def zone(self, channel: int | None = None) -> ZoneInfo:
        from cadence.model.times import zone_of

        return self.calendar.zone(channel) if channel is not None else zone_of(self.calendar.team.zone)

    def local_now(self, zone: ZoneInfo | None = None) -> datetime:
        """What the clocks of a zone, or of the team, show now."""
        return self.now.astimezone(zone or self.zone()).replace(tzinfo=None)

    @property
    def today(self) -> date:
        return self.local_now().date()

    @property
    def week_begins(self) -> int:
        return self.calendar.team.week_begins

    def this_week(self) -> date:
        from cadence.model.times import week_start

        return week_start(self.today, self.week_begins)

    def day(self, text: str) -> date:
        return when.read_day(text, self.local_now(), self.zone(), self.week_begins)

    def day_or_none(self, text: str | None) -> date | None:
        """The day that an option means, if it was given."""
        return None if text is None else self.day(text)

    def instant(self, text: str, zone: ZoneInfo | None = None, default: time = MIDNIGHT) -> datetime:
        return when.read_instant(text, self.now, zone or self.zone(), default, self.week_begins)

    def local(self, instant: datetime, channel: int | None = None) -> datetime:
        """What the clocks of a channel, or of the team, show at an instant."""
        return instant.astimezone(self.zone(channel)).replace(tzinfo=None)

    def planned(self, text: str, channel: Channel, default: time) -> datetime:
        """The wall-clock time of a channel that `text` means."""
        zone = self.zone(channel.id)
        return when.read_local(text, self.local_now(zone), zone, default, self.week_begins)

    def moved(self, text: str, post: Post) -> datetime:
        """Where a post goes when somebody says `+1d`, `fri` or `9:00`."""
        zone = self.zone(post.channel)
        return when.read_move(text, post.at, self.local_now(zone), zone, self.week_begins)

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins for the team."""
        from cadence.model.times import day_bounds

        return day_bounds(day, self.zone())[0]

    def period(
        self, start: str | None, end: str | None, default: tuple[datetime, datetime]
    ) -> tuple[datetime, datetime]:
        """[--from, --to); a day means its midnight. With --from alone it lasts as long as the default, or to
        the default's end if that is later; with --to alone it begins where the default does, or that long
        before."""
        length = default[1] - default[0]
        first = default[0] if start is None else self.instant(start)
        if end is not None:
            last = self.instant(end)
        else:
            last = default[1] if start is None else max(default[1], first + length)
        if start is None and last <= first:
            first = last - length
        if last <= first:
            raise BadInput(_("the period ends before it begins"), _("give --from a day before --to"))
        return first, last

    # Doing and telling

    @property
    def json(self) -> bool:
        return self._told.json

    @property
    def on_terminal(self) -> bool:
        return sys.stdout.isatty()

    @property
    def ascii_only(self) -> bool:
        return not speaks_unicode()

    @property
    def why(self) -> str:
        """The reason that --why gave."""
        return self._told.why

    def do(self, operation: Callable[..., Edit], *args: Any, **options: Any) -> Done:
        """Run an operation and say what it did. Ctrl-C stops it before anything is written, and not in the
        middle of it."""
        options.setdefault("who", self.who)
        with kept_whole() as begin:
            options |= {"now": self.now, "why": self.why, "before_writing": begin}
            done = self.workspace.run(operation, *args, **options)
            self.tell(done)
        return done

    def tell(self, done: Done, **more: object) -> None:
        """Say what came of it; `more` are further fields of the JSON form."""
        if self.json:
            ops = done.change.ops if done.change else ()
            say_json(
                {
                    "said": done.said,
                    "change": done.change.seq if done.change else None,
                    "touched": [{"table": op.table, "id": op.id} for op in ops],
                    **more,
                }
            )
        else:
            say(done.said if done.change else _("{said} (nothing was changed)", said=done.said))
        if done.note:
            print(f"cadence: {done.note}", file=sys.stderr)

    @staticmethod
    def form_of(done: Done) -> dict[str, Any]:
        """The fixed JSON form of a change."""
        ops = done.change.ops if done.change else ()
        return {
            "said": done.said,
            "change": done.change.seq if done.change else None,
            "touched": [{"table": op.table, "id": op.id} for op in ops],
        }
