"""One small file per oddity that calendars bring, with the busy time that it means beside it."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from cadence.ical.busy.read import BusyRead, read_busy
from cadence.model.errors import BadInput
from tests.ical.busy.builders import read

ODDITIES = sorted((Path(__file__).parent / "oddities").glob("*.ics"))


def said(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".json").read_text())


@pytest.mark.parametrize("path", ODDITIES, ids=lambda path: path.stem)
def test_busy_time_of(path: Path) -> None:
    expected = said(path)
    start, end = (datetime.fromisoformat(expected[name]) for name in ("from", "to"))
    read = read_busy(path.read_bytes(), start, end, ZoneInfo(expected["zone"]), expected["all_day"])
    busy = [[f"{moment:%Y-%m-%dT%H:%MZ}" for moment in interval] for interval in read.intervals]
    assert busy == expected["busy"], expected["why"]
    assert [left.line for left in read.left_out] == expected["left_out"]


def test_every_oddity_says_what_it_is_about_and_none_is_without_its_file() -> None:
    assert len(ODDITIES) >= 40
    assert all(said(path)["why"] for path in ODDITIES)
    assert {path.stem for path in ODDITIES} == {path.stem for path in ODDITIES[0].parent.glob("*.json")}


PIECES = sorted({piece for path in ODDITIES for piece in path.read_bytes().splitlines(keepends=True)})


@given(st.sampled_from(ODDITIES), st.data())
@tried(max_examples=300)
def test_a_file_with_any_lines_lost_twisted_or_added_is_read_or_refused(
    path: Path, data: st.DataObject
) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(lines)))
        match data.draw(st.sampled_from(["lose", "twist", "add"])):
            case "lose":
                del lines[place : place + 1]
            case "add":
                lines.insert(place, data.draw(st.sampled_from(PIECES)))
            case _:
                line = b"".join(lines[place : place + 1])
                cut = data.draw(st.integers(0, len(line)))
                lines[place : place + 1] = [line[:cut] + data.draw(st.binary(max_size=2)) + line[cut + 1 :]]
    with suppress(BadInput):
        assert isinstance(read(b"".join(lines)), BusyRead)
