"""Reading a calendar again from the first byte, and saying what is wrong with it and where."""

from dataclasses import dataclass, field
from pathlib import Path

from cadence.language import _, n_
from cadence.store.errors import StoreError
from cadence.store.files import checkpoint, journal
from cadence.store.files.disk import Disk, beside
from cadence.store.files.journal import LOOKS_LIKE_A_CHANGE, Header, Position, Scan
from cadence.store.files.lock import MARK_SIZE, parse_mark
from cadence.store.files.trouble import reading
from cadence.store.protocol import Loaded, Problem, Report
from cadence.store.tables import State

LEFTOVERS = (".log.torn-", ".bad-", ".new", ".part")


@dataclass
class Findings:
    """What has come to light so far."""

    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[str] = field(default_factory=list[str])

    def problem(self, path: Path, text: str, offset: int = 0, line: int = 1) -> None:
        self.problems.append(Problem(str(path), offset, line, text))


def verify(disk: Disk, path: Path, memory: Loaded | None = None) -> Report:
    """Read journal, checkpoint and mark of the calendar at `path` and compare them with each other, and with
    what a handle has in `memory`. Damage is in the report, not raised."""
    findings = Findings()
    state = State(Loaded())
    try:
        with reading(path):
            _verify(disk, path, memory, findings, state)
    except StoreError as error:
        findings.problem(path, error.message)
    documents = sum(map(len, state.as_loaded().tables.values()))
    return Report(str(path), state.seq, documents, tuple(findings.problems), tuple(findings.notes))


def _verify(disk: Disk, path: Path, memory: Loaded | None, findings: Findings, state: State) -> None:
    log = beside(path, ".log")
    mark = _mark(disk, beside(path, ".lock"))
    data = disk.read_file(log)
    header = journal.read_header(data, str(log))
    found = journal.scan(data[header.size :], Position(header.size, header.chain, 0), str(log))
    _check_end(log, data, found, parse_mark(mark, header.calendar_id), findings)
    saved = _checkpoint(disk, path, header, findings)
    expected = [(saved, _("the checkpoint")), (memory, _("what is in memory"))]
    _replay(path, state, found, [(it, name) for it, name in expected if it is not None], findings)
    for name in sorted(item.name for item in path.parent.iterdir()):
        if name.startswith(path.name) and name.removeprefix(path.name).startswith(LEFTOVERS):
            findings.notes.append(
                _("{path} was left by a crash; it can be deleted", path=path.with_name(name))
            )


def _mark(disk: Disk, lock: Path) -> bytes:
    if disk.kind(lock) != "file":
        return b""
    with disk.opened(lock) as fd:
        return disk.read(fd, 0, MARK_SIZE)


def _check_end(log: Path, data: bytes, found: Scan, acknowledged: int, findings: Findings) -> None:
    line = data.count(b"\n", 0, found.at.end) + 1
    later = len(LOOKS_LIKE_A_CHANGE.findall(found.rest, 1))
    if found.at.seq < acknowledged or later:
        what = _("after change {number} the journal is damaged", number=found.at.seq)
        if acknowledged > found.at.seq:
            what += "; " + _("change {number} was stored", number=acknowledged)
        if later:
            what += "; " + n_(
                "{number} later changes are there but cannot be trusted",
                "{number} later changes are there but cannot be trusted",
                later,
            )
        findings.problem(log, what, found.at.end, line)
    elif found.rest:
        findings.notes.append(
            _(
                "{path} ends with an unfinished change at byte {byte}: somebody is writing it, or "
                "crashed doing so (then the next change cleans it up)",
                path=log,
                byte=found.at.end,
            )
        )


def _checkpoint(disk: Disk, path: Path, header: Header, findings: Findings) -> Loaded | None:
    kind = disk.kind(path)
    if kind is None:
        findings.notes.append(_("{path} is not there yet; it will be made again from the journal", path=path))
        return None
    found = checkpoint.read(disk.read_file(path))
    if found is None or found.head.calendar != header.calendar_id:
        findings.problem(path, _("it is damaged; it will be made again from the journal, nothing is lost"))
        return None
    return found.loaded()


def _replay(
    path: Path, state: State, found: Scan, expected: list[tuple[Loaded, str]], findings: Findings
) -> None:
    for change in [None, *found.changes]:
        if change is not None:
            state.apply(change)
        now = state.as_loaded()
        for it, name in expected:
            if it.seq == now.seq and (it.tables, it.next_ids) != (now.tables, now.next_ids):
                findings.problem(
                    path, _("{name} differs from the journal at change {number}", name=name, number=it.seq)
                )
    for it, name in expected:
        if it.seq > state.seq:
            findings.problem(
                path,
                _(
                    "{name} knows change {number}, but the journal ends with {end}",
                    name=name,
                    number=it.seq,
                    end=state.seq,
                ),
            )
