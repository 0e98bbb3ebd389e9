"""The sample team, Officine Rossi, moved in time so that its week is this week."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

import cadence
from cadence.exchange.files import read_file
from cadence.exchange.known import Known
from cadence.exchange.posts import read_posts
from cadence.exchange.publications import read_publications
from cadence.exchange.sample_part import PartPlan, read_part, take_part
from cadence.exchange.section import Section
from cadence.exchange.teamfile import a_date, read_team
from cadence.language import _
from cadence.model.calendar import slug
from cadence.model.errors import BadInput
from cadence.model.team import TASK_KINDS, TaskKind
from cadence.model.times import to_instant, to_local, week_start
from cadence.operations.edit import Operation
from cadence.operations.imports import import_posts, import_publications
from cadence.operations.setup import (
    AbsencePlan,
    ChannelPlan,
    MemberPlan,
    PostRow,
    PublicationRow,
    RhythmPlan,
    TaskRow,
    TeamPlan,
    set_up,
)


@dataclass(frozen=True)
class Sample:
    """A team, its history, its planned posts, and how it takes part."""

    plan: TeamPlan
    publications: Sequence[PublicationRow]
    posts: Sequence[PostRow]
    part: PartPlan


class SampleStep(NamedTuple):
    """One change that loads a part of the sample: `workspace.run(operation, argument, why=why, ...)`."""

    operation: Operation
    argument: TeamPlan | Sequence[PublicationRow] | Sequence[PostRow] | PartPlan
    why: str


def sample_folder() -> Path:
    """Where the sample's files are: beside the package, as in a checkout. BadInput if they are not there."""
    folder = Path(cadence.__file__).resolve().parent.parent / "sample_data" / "officine-rossi"
    if not folder.is_dir():
        raise BadInput(
            _("the sample team is not here: there is no folder {folder}", folder=folder),
            _("run from a checkout"),
        )
    return folder


def sample_steps(today: date, folder: Path | None = None) -> list[SampleStep]:
    """The changes, in order, that fill an empty calendar with the sample team as it is on `today`."""
    sample = load_sample(folder or sample_folder(), today)
    return [
        SampleStep(set_up, sample.plan, _("the sample team")),
        SampleStep(import_publications, sample.publications, _("the sample team's last year")),
        SampleStep(import_posts, sample.posts, _("the sample team's plans")),
        SampleStep(take_part, sample.part, _("the sample team's ideas")),
    ]


def load_sample(folder: Path, today: date) -> Sample:
    """The sample in `folder`, moved by whole weeks from its anchor to the week of `today`. BadInput names the
    file and the place that cannot be read."""
    file = folder / "sample.toml"
    try:
        section = Section(file.name, tomllib.loads(read_file(file).decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("{file} is not valid TOML: {error}", file=file.name, error=error)) from None
    anchor = section.need("anchor", a_date)
    section.finish()
    by = week_start(today, 0) - week_start(anchor, 0)
    shift = _Shift(by)
    plan = read_team(folder / "team.toml", today=today)
    known = Known.of_plan(plan)
    midnight = datetime.combine(anchor, time.min, UTC)
    publications = read_publications(folder / "history.csv", known)
    posts = read_posts(folder / "posts.csv", known, now=midnight)
    return Sample(
        plan=shift.plan(plan),
        publications=[shift.publication(row, known) for row in publications],
        posts=[_as_of(today, shift.post(row, known), plan, known) for row in posts],
        part=read_part(folder / "taking-part.toml", by),
    )


def _as_of(today: date, row: PostRow, plan: TeamPlan, known: Known) -> PostRow:
    """A post of the days before `today`, when the week is not new any more: it went out on time if somebody
    had each task that comes before, and is still waiting if not."""
    channel, zone = known.channels[slug(row.channel)]
    workflow = next((of.workflow for of in plan.channels if of.name == channel), None)
    steps = {kind for of in plan.workflows if of.name == workflow for kind in of.steps}
    before: list[TaskKind] = [kind for kind in TASK_KINDS if kind in steps and kind != "engage"]
    if row.at.date() >= today or row.state != "planned" or not all(_owner(row, kind) for kind in before):
        return row
    at = to_instant(row.at, zone)
    done: dict[TaskKind, TaskRow] = {
        kind: replace(row.tasks[kind], done_at=row.tasks[kind].done_at or at) for kind in before
    }
    return replace(row, state="published", published_at=at, tasks={**row.tasks, **done})


def _owner(row: PostRow, kind: TaskKind) -> str | None:
    return row.tasks[kind].member if kind in row.tasks else None


class _Shift:
    """Moves plans and rows by whole weeks; wall-clock times stay what they are."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def plan(self, plan: TeamPlan) -> TeamPlan:
        return replace(
            plan,
            channels=tuple(self._channel(channel) for channel in plan.channels),
            members=tuple(self._member(member) for member in plan.members),
        )

    def publication(self, row: PublicationRow, known: Known) -> PublicationRow:
        zone = known.channels[slug(row.channel)][1]
        return replace(row, at=self._instant(row.at, zone))

    def post(self, row: PostRow, known: Known) -> PostRow:
        zone = known.channels[slug(row.channel)][1]
        return replace(
            row,
            at=row.at + self._by,
            slot=row.slot + self._by if row.slot else None,
            published_at=self._instant(row.published_at, zone) if row.published_at else None,
            tasks={kind: self._task(task, zone) for kind, task in row.tasks.items()},
        )

    def _channel(self, channel: ChannelPlan) -> ChannelPlan:
        return replace(channel, rhythms=tuple(self._rhythm(rhythm) for rhythm in channel.rhythms))

    def _rhythm(self, rhythm: RhythmPlan) -> RhythmPlan:
        pauses = tuple(
            replace(pause, first=pause.first + self._by, last=pause.last + self._by)
            for pause in rhythm.pauses
        )
        return replace(rhythm, start=self._day(rhythm.start), pauses=pauses)

    def _member(self, member: MemberPlan) -> MemberPlan:
        absences = tuple(
            AbsencePlan(away.first + self._by, away.last + self._by, away.reason) for away in member.absences
        )
        return replace(
            member,
            active_from=self._day(member.active_from),
            active_to=self._day(member.active_to),
            absences=absences,
        )

    def _task(self, task: TaskRow, zone: ZoneInfo) -> TaskRow:
        return replace(task, done_at=self._instant(task.done_at, zone) if task.done_at else None)

    def _day(self, day: date | None) -> date | None:
        return day + self._by if day else None

    def _instant(self, instant: datetime, zone: ZoneInfo) -> datetime:
        return to_instant(to_local(instant, zone) + self._by, zone)
