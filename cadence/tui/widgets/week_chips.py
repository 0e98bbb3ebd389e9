"""How a post or an open slot reads in the week, in one to four lines."""

from __future__ import annotations

from rich.cells import cell_len

from cadence.model.marks import mark
from cadence.model.words import slot_word
from cadence.tui.weekview import Chip
from cadence.tui.widgets.cells import Line, beginning, fit

STATE_TONES = {
    "on_time": "good", "published": "good", "early": "warn", "late": "warn", "missed": "bad",
    "ready": "head", "planned": "", "empty": "accent", "paused": "dim", "skipped": "dim",
}  # fmt: skip
_PAST = ("on_time", "published", "early", "late", "skipped", "paused")


def chip_line(
    chip: Chip, part: int, lines: int, width: int, *, marked: bool = False, ascii_only: bool = False
) -> Line:
    """Line `part` of a chip of so many `lines`: when and how it stands, its title (over two lines where there
    are four), and who is next."""
    if lines == 1:
        top = _top(chip, width, marked, ascii_only)
        room = width - sum(cell_len(text) for text, _ in top) - 1
        # The mark says that it is a slot; of a title the beginning helps.
        least = cell_len(chip.title) if chip.post is None else 3
        return [*top, (" ", ""), *_title(chip, room, "", ascii_only)] if room >= least else top
    if part == 0:
        return _top(chip, width, marked, ascii_only)
    if lines == 2:
        return _title(chip, width, chip.who if width >= 12 else "", ascii_only)
    if lines == 3:
        return _title(chip, width, "", ascii_only) if part == 1 else _next(chip, width, ascii_only)
    first, rest = _halves(chip.title, width)
    texts = [first, rest] if rest else [first]
    if part <= len(texts):
        return [(fit(texts[part - 1], width, ascii_only=ascii_only), _title_tone(chip))]
    return _next(chip, width, ascii_only) if part == len(texts) + 1 else []


def _halves(title: str, width: int) -> tuple[str, str]:
    """A title over two lines; where words do not help it is cut later."""
    if width < 5 or cell_len(title) <= width:
        return title, ""
    first = beginning(title, width)
    if " " in first and not title[len(first) :].startswith(" "):
        first = first.rsplit(" ", 1)[0]
    return first, title[len(first) :].strip()


def _top(chip: Chip, width: int, marked: bool, ascii_only: bool) -> Line:
    def sign(name: str) -> str:
        return mark(name, ascii_only=ascii_only)

    past = chip.state in _PAST
    line: Line = [(f"{chip.at:%H:%M}", "dim" if past else "")]
    line.append((f" {sign(chip.state)}", STATE_TONES[chip.state]))
    if chip.alarm:
        line.append((f"{' ' * (width > 8)}{sign('warning')}", "warn"))
    if chip.offered:
        line.append((f" {sign('offer')}", "accent"))
    if marked:
        line.append((" +" if ascii_only else " ◆", "accent"))
    if chip.carried:
        line.insert(0, (">" if ascii_only else "→", "strong"))
    return line


def _title(chip: Chip, width: int, who: str, ascii_only: bool) -> Line:
    if chip.post is None:
        is_cut = chip.state == "empty" and cell_len(chip.title) > width
        title = slot_word(chip.state) if is_cut else chip.title
        return [(fit(title, width, ascii_only=ascii_only), STATE_TONES[chip.state])]
    room = width - (min(cell_len(who), max(4, width // 2 - 1)) + 1 if who else 0)
    line: Line = [(fit(chip.title, room, ascii_only=ascii_only), _title_tone(chip))]
    if who:
        text = fit(who, width - room - 1, right=True, ascii_only=ascii_only)
        line.append((f" {text}", "warn" if chip.waits else "dim"))
    return line


def _title_tone(chip: Chip) -> str:
    if chip.post is None:
        return STATE_TONES[chip.state]
    return "dim" if chip.state in _PAST else "strong"


def _next(chip: Chip, width: int, ascii_only: bool) -> Line:
    """What comes next, and who does it: `review nobody`."""
    if not chip.who:
        return []
    text = f"{chip.next} {chip.who}" if cell_len(chip.who) + cell_len(chip.next) < width else chip.who
    return [(fit(text, width, ascii_only=ascii_only), "warn" if chip.waits else "dim")]
