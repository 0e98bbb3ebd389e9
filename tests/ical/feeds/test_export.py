"""Feeds as files: replaced whole, only when different, and never somebody else's."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace as change

from cadence.ical.feeds import EventCache, export, feed
from cadence.ical.feeds.feed import assemble, finding_texts
from cadence.ical.feeds.findings import findings_in
from cadence.ical.feeds.folder import MANIFEST
from cadence.ical.feeds.selection import TEAM
from cadence.insight.warnings.finding import Warning, WayOut
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from tests.builders import NOW, a_calendar, utc
from tests.ical.feeds.feedkinds import FEEDS, FINDINGS, a_team

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def team() -> Calendar:
    return a_team()


def python(code: str, folder: Path) -> str:
    """What another process prints that runs `code` with the folder as its argument."""
    command = [sys.executable, "-c", code, str(folder)]
    root = Path(__file__).parents[3]
    return subprocess.run(command, capture_output=True, text=True, cwd=root, check=True).stdout


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("kind", FEEDS)
def test_the_bytes_of_each_feed_are_these(kind: str, team: Calendar) -> None:
    content = by_hand(team, kind) if kind in FINDINGS else feed(team, FEEDS[kind], NOW, EventCache())
    path = GOLDEN / f"{kind}.ics"
    if os.environ.get("CADENCE_WRITE_GOLDEN"):
        path.write_bytes(content)
    assert content == path.read_bytes()


def by_hand(team: Calendar, kind: str) -> bytes:
    """A feed of findings made by hand: two gaps, another warning, and a gap that is acknowledged."""
    slot = Warning(
        key="empty-slot:1:2026-12-10T10:00",
        rule="empty-slot",
        severity="high",
        channel=1,
        post=None,
        task=None,
        member=None,
        at=utc("2026-12-10T09:00"),
        since=utc("2026-11-12T09:00"),
        cause="Nothing is planned for Thu 10 Dec 10:00, alas",
        ways_out=(
            WayOut("plan", "plan a post; Anna could write it", "", ()),
            WayOut("pause", "pause", "", ()),
        ),
    )
    silence = replace(slot, key="silence:1", rule="silence", at=None, ways_out=())
    known = replace(slot, key="empty-slot:1:2026-12-17T10:00", state="acknowledged")
    other = replace(slot, key="behind:1:draft", rule="behind", severity="medium")
    cache, found = EventCache(), findings_in(team, (slot, silence, known, other), gaps_only=kind == "gaps")
    return assemble(team, FEEDS[kind], finding_texts(team, FEEDS[kind], found, cache), cache)


def test_everyone_and_every_channel_has_a_file(team: Calendar, tmp_path: Path) -> None:
    report = export(team, tmp_path / "new" / "folder", NOW)
    assert sorted(report.written) == [
        "channel-blog.ics",
        "channel-instagram.ics",
        "gaps.ics",
        "member-anna.ics",
        "member-sara.ics",
        "member-studio-blu.ics",
        "team.ics",
    ]
    assert names_in(tmp_path / "new" / "folder") == sorted([*report.written, MANIFEST])


def test_files_that_do_not_change_are_not_touched(team: Calendar, tmp_path: Path) -> None:
    export(team, tmp_path, NOW)
    before = {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.iterdir()}
    report = export(team, tmp_path, NOW)
    assert report.written == ()
    assert {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in tmp_path.iterdir()} == before


def test_one_changed_post_changes_only_the_feeds_that_show_it(team: Calendar, tmp_path: Path) -> None:
    export(team, tmp_path, NOW)
    post = change(team.posts[2], title="New title", rev=2, modified=NOW + timedelta(minutes=1))
    report = export(team.put(post), tmp_path, NOW)
    may_name_it = {"gaps.ics"}
    assert set(report.written) - may_name_it == {"channel-blog.ics", "member-studio-blu.ics", "team.ics"}


def test_the_feed_of_somebody_who_is_gone_is_removed_and_foreign_files_stay(
    team: Calendar, tmp_path: Path
) -> None:
    (tmp_path / "member-nobody.ics").write_text("somebody's own file")
    (tmp_path / "notes.txt").write_text("mine")
    export(team, tmp_path, NOW)
    report = export(team.without(team.members[3]), tmp_path, NOW)
    assert report.removed == ("member-sara.ics",)
    assert {"member-nobody.ics", "notes.txt"} <= set(names_in(tmp_path))


def test_a_foreign_file_in_the_way_is_not_replaced(team: Calendar, tmp_path: Path) -> None:
    (tmp_path / "team.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:-//Other//\r\nEND:VCALENDAR\r\n")
    with pytest.raises(BadInput, match=r"team\.ics was not written by Cadence"):
        export(team, tmp_path, NOW)
    assert names_in(tmp_path) == ["team.ics"]


def test_a_manifest_cannot_make_it_remove_files_elsewhere(team: Calendar, tmp_path: Path) -> None:
    outside = tmp_path / "outside.ics"
    outside.write_text("keep")
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / MANIFEST).write_text('["../outside.ics", "/etc/hosts", "notes.txt"]')
    (folder / "notes.txt").write_text("keep")
    export(team, folder, NOW)
    assert outside.exists()
    assert (folder / "notes.txt").exists()


def test_who_has_left_and_what_is_retired_has_no_feed(tmp_path: Path) -> None:
    calendar = (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Old", retired=True)
        .with_member("Anna", active_to=(NOW - timedelta(days=1)).date())
        .with_member("Luca", active_to=NOW.date())
        .build()
    )
    assert set(export(calendar, tmp_path, NOW).written) == {
        "team.ics",
        "gaps.ics",
        "channel-blog.ics",
        "member-luca.ics",
    }


def test_names_that_make_no_file_name_get_a_number(tmp_path: Path) -> None:
    calendar = (
        a_calendar()
        .with_member("!!!")
        .with_member("x" * 80)
        .with_member("é" * 80)
        .with_member("Anna & Luca")
        .with_member("anna, luca")
        .build()
    )
    written = set(export(calendar, tmp_path, NOW).written) - {"team.ics", "gaps.ics"}
    assert written == {
        "member-1.ics",
        f"member-{'x' * 80}.ics",
        f"member-{'é' * 60}-3.ics",
        "member-anna-luca.ics",
        "member-anna-luca-5.ics",
    }


def test_a_file_in_place_of_the_folder_is_a_clear_error(team: Calendar, tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file")
    for place in (tmp_path / "feeds", tmp_path / "feeds" / "below"):
        with pytest.raises(BadInput, match="is not a folder"):
            export(team, place, NOW)
    assert (tmp_path / "feeds").read_text() == "a file"


def test_a_folder_in_place_of_a_feed_is_a_clear_error(team: Calendar, tmp_path: Path) -> None:
    (tmp_path / "team.ics").mkdir()
    with pytest.raises(BadInput, match=r"team\.ics was not written by Cadence"):
        export(team, tmp_path, NOW)
    assert names_in(tmp_path) == ["team.ics"]


DISK_FULL = """
import resource, signal, sys
from pathlib import Path
from cadence.ical.feeds import export
from cadence.model.errors import BadInput
from tests.builders import NOW
from tests.ical.feeds.feedkinds import a_team
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
a_team()
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
try:
    export(a_team(), Path(sys.argv[1]), NOW)
except BadInput as error:
    print(error)
"""


def test_a_full_disk_replaces_nothing_and_leaves_nothing_behind(team: Calendar, tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    export(team.without(team.posts[1]), folder, NOW)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert "cannot write the feeds to" in python(DISK_FULL, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_a_clear_error(team: Calendar, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match="cannot write the feeds to"):
        export(team, tmp_path, NOW)


def test_a_feed_that_clients_may_cut_off_is_warned_about(tmp_path: Path) -> None:
    calendar = a_calendar().with_channel("Blog").build()
    note = "x" * 4000
    builder = a_calendar().with_channel("Blog")
    for _ in range(220):
        builder.with_post("Blog", "2026-12-01T10:00", note=note)
    assert export(calendar, tmp_path / "small", NOW).warnings == ()
    warnings = export(builder.build(), tmp_path / "large", NOW).warnings
    assert [text.partition(" has ")[0] for text in warnings] == ["team.ics", "channel-blog.ics"]


# The cache


def rendered_posts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills up with the uids of the posts that are really rendered."""
    from cadence.ical.feeds import render

    uids: list[str] = []
    real = render.render_post

    def watched(calendar: Calendar, post: object, uid: str) -> bytes:
        uids.append(uid)
        return real(calendar, post, uid)  # type: ignore[arg-type]

    monkeypatch.setattr(render, "render_post", watched)
    return uids


def test_only_a_changed_post_is_rendered_again(
    team: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = rendered_posts(monkeypatch)
    kept = tmp_path / "cache"
    export(team, tmp_path / "feeds", NOW, EventCache(kept))
    assert sorted(rendered) == ["post-2", "post-4", "post-7f3a"]
    rendered.clear()
    changed = team.put(change(team.posts[2], title="New", rev=2, modified=NOW))
    export(changed, tmp_path / "feeds", NOW, EventCache(kept))
    assert rendered == ["post-2"]
    assert b"[Blog] New" in (tmp_path / "feeds" / "team.ics").read_bytes()


def test_a_changed_name_renders_everything_that_may_show_it(
    team: Calendar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = EventCache()
    feed(team, TEAM, NOW, cache)
    rendered = rendered_posts(monkeypatch)
    renamed = team.put(change(team.members[1], name="Anna Rossi"))
    assert b"Anna Rossi" in feed(renamed, TEAM, NOW, cache).replace(b"\r\n ", b"")
    assert len(rendered) == 3
    rendered.clear()
    feed(renamed.put(change(renamed.members[1], allowance=90)), TEAM, NOW, cache)
    assert rendered == []


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x92\xc4\x00\x81\xa1x\x01"])
def test_a_damaged_cache_only_costs_time(damage: bytes, team: Calendar, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    expected = feed(team, TEAM, NOW, EventCache())
    kept.write_bytes(damage)
    assert feed(team, TEAM, NOW, EventCache(kept)) == expected


def test_a_cache_that_cannot_be_kept_is_said_and_the_feeds_are_there(team: Calendar, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    report = export(team, tmp_path / "feeds", NOW, EventCache(tmp_path / "file" / "cache"))
    assert len(report.warnings) == 1
    assert "the next export will be slow" in report.warnings[0]
    assert "team.ics" in report.written


def test_what_is_in_no_feed_any_more_is_forgotten(team: Calendar, tmp_path: Path) -> None:
    cache = EventCache()
    export(team, tmp_path, NOW, cache)
    before = len(cache)
    export(team.without(team.boosts[1]).without(team.posts[4]), tmp_path, NOW, cache)
    assert len(cache) == before - 2  # the post, and that Anna is asked to pass it on


def test_a_restored_calendar_is_not_shown_from_the_cache(team: Calendar) -> None:
    cache = EventCache()
    feed(team, TEAM, NOW, cache)
    other = team.put(change(team.posts[2], title="Another past", modified=NOW + timedelta(seconds=1)))
    assert b"Another past" in feed(other, TEAM, NOW, cache)


def test_nothing_to_render_loads_no_icalendar(team: Calendar, tmp_path: Path) -> None:
    export(team, tmp_path / "feeds", NOW, EventCache(tmp_path / "cache"))
    code = (
        "import sys; from pathlib import Path; from cadence.ical.feeds import EventCache, export;"
        "from tests.builders import NOW; from tests.ical.feeds.feedkinds import a_team;"
        "folder = Path(sys.argv[1]); export(a_team(), folder / 'feeds', NOW, EventCache(folder / 'cache'));"
        "print('icalendar' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout == "False\n"
