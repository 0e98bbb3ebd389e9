"""Planned posts as files: reading them, writing them, and losing nothing on the way."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadence.exchange.postfile import CSV_COLUMNS, posts_csv, posts_json
from cadence.exchange.posts import read_posts
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput
from cadence.model.post import Post
from cadence.model.team import TASK_KINDS
from cadence.operations.imports import import_posts
from cadence.operations.setup import PostRow, TaskRow
from tests.builders import NOW, a_calendar, local, utc


def an_empty_calendar() -> Calendar:
    return (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Notes", workflow=None)
        .with_member("Anna")
        .with_member("Luca Conti")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .build()
    )


def a_full_calendar() -> Calendar:
    return (
        a_calendar()
        .with_channel("Blog")
        .with_channel("Notes", workflow=None)
        .with_member("Anna")
        .with_member("Luca Conti")
        .with_rhythm("Blog", "FREQ=WEEKLY;BYDAY=TH", "10:00")
        .with_post(
            "Blog",
            "2026-11-26T10:00",
            "On its slot",
            tasks={"draft": "Anna", "review": "Luca Conti"},
            done=["draft"],
            state="drafted",
            slot="2026-11-26T10:00",
            uid="abc-1",
        )
        .with_post("Blog", "2026-12-03T10:00", "Exactly on a slot, but an extra", note="two\nlines")
        .with_post("Blog", "2026-12-10T15:30", "Moved from its slot", slot="2026-12-10T10:00", topic="Lathes")
        .with_post("Notes", "2026-11-30T09:00", "Dropped", state="skipped", skip_reason="no time, sorry")
        .with_publication("Notes", "2026-11-20T08:00:30", "Out", author="Anna", link="https://e.example/1")
        .build()
    )


def without_history(post: Post) -> dict[str, Any]:
    """What a file carries: not ids, nor who clicked on "done"."""
    return {
        "channel": post.channel,
        "title": post.title,
        "at": post.at,
        "state": post.state,
        "slot": post.slot,
        "published_at": post.published_at,
        "link": post.link,
        "note": post.note,
        "author": post.author,
        "topic": post.topic,
        "skip_reason": post.skip_reason,
        "uid": post.uid,
        "tasks": {kind: (t.member, t.done_at, t.pinned, t.effort) for kind, t in post.tasks.items()},
    }


def read(folder: Path, text: str, name: str = "posts.csv") -> list[PostRow]:
    (folder / name).write_text(text, encoding="utf-8")
    return read_posts(folder / name, an_empty_calendar(), now=NOW)


@pytest.mark.parametrize(("write", "name"), [(posts_csv, "posts.csv"), (posts_json, "posts.json")])
def test_posts_that_are_exported_can_be_imported_again(
    write: Callable[[Calendar], bytes], name: str, tmp_path: Path
) -> None:
    calendar, empty = a_full_calendar(), an_empty_calendar()
    (tmp_path / name).write_bytes(write(calendar))
    rows = read_posts(tmp_path / name, empty, now=NOW + timedelta(days=1))
    again = import_posts(empty, None, rows, now=NOW).on(empty)
    told = sorted(map(without_history, calendar.posts.values()), key=lambda post: post["title"])
    skipped = next(post for post in told if post["state"] == "skipped")
    skipped["tasks"] = {}
    assert sorted(map(without_history, again.posts.values()), key=lambda post: post["title"]) == told
    assert not import_posts(again, None, rows, now=NOW)


def test_the_columns_of_the_csv_file_are_these() -> None:
    header = posts_csv(an_empty_calendar()).decode()
    assert header == (
        "id,channel,date,state,title,slot,published_at,link,author,topic,note,skip_reason,uid,"
        "draft,draft_done,draft_pinned,design,design_done,design_pinned,review,review_done,review_pinned,"
        "publish,publish_done,publish_pinned,engage,engage_done,engage_pinned\r\n"
    )


def test_the_fields_of_the_json_file_are_these() -> None:
    first, *_ = json.loads(posts_json(a_full_calendar()))["posts"][1:]
    first["tasks"] = {"draft": first["tasks"]["draft"]}
    assert first == {
        "id": 1,
        "channel": "Blog",
        "at": "2026-11-26T10:00:00+01:00",
        "state": "drafted",
        "title": "On its slot",
        "slot": "2026-11-26T10:00:00+01:00",
        "published_at": None,
        "link": None,
        "author": "",
        "topic": "",
        "note": "",
        "skip_reason": "",
        "uid": "abc-1",
        "tasks": {
            "draft": {
                "member": "Anna",
                "effort": 60,
                "pinned": False,
                "done_at": "2026-11-23T09:00:00+00:00",
            }
        },
    }


@pytest.mark.parametrize("title", ["=1+1", "+39 059", "-5 %", "@anna", "'=x", "''-x"])
def test_no_cell_begins_like_a_formula(title: str) -> None:
    calendar = a_calendar().with_channel("Blog").with_post("Blog", "2026-11-26T10:00", title).build()
    row = next(csv.DictReader(io.StringIO(posts_csv(calendar).decode())))
    assert row["title"] == f"'{title}"


titles = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30).filter(
    lambda text: text == " ".join(text.split()) and text
)


@given(title=titles | st.sampled_from(["=1", "'=1", "''=1", "'", '"', ",;", "a\\b", "ÄÖ€", "extra"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_every_title_survives_csv_and_json(title: str, tmp_path: Path) -> None:
    calendar = a_calendar().with_channel("Blog").with_post("Blog", "2026-11-26T10:00", title).build()
    for name, content in (("p.csv", posts_csv(calendar)), ("p.json", posts_json(calendar))):
        (tmp_path / name).write_bytes(content)
        assert read_posts(tmp_path / name, calendar, now=NOW)[0].title == title


def test_people_may_say_who_and_done_in_their_words(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "Data;Canale;Titolo;draft;draft done;review;review done;engage_pinned;engage\n"
        "26/11/2026 10:00;blog;Uno;ANNA;sì;luca-conti;no;x;Anna\n"
        "27/11/2026;Blog;Due;;;;;;\n",
    )
    assert rows[0].at == local("2026-11-26T10:00")
    assert rows[0].tasks == {
        "draft": TaskRow(member="Anna", done_at=NOW),
        "review": TaskRow(member="Luca Conti"),
        "engage": TaskRow(member="Anna", pinned=True),
    }
    assert (rows[1].at, rows[1].tasks) == (local("2026-11-27T12:00"), {})


def test_a_post_that_was_published_without_saying_when_went_out_as_planned(tmp_path: Path) -> None:
    row = read(tmp_path, "date,channel,state\n2026-11-19 10:00,Blog,published\n")[0]
    assert (row.state, row.published_at) == ("published", utc("2026-11-19T09:00"))


def test_an_instant_is_read_as_the_local_time_of_the_channel(tmp_path: Path) -> None:
    row = read(tmp_path, '{"posts": [{"channel": "Blog", "at": "2026-11-26T09:00:00Z"}]}', "posts.json")[0]
    assert row.at == local("2026-11-26T10:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,channel,draft\n2026-11-26,Blog,Ana\n", "line 2, column 3 (draft): there is no member 'Ana'"),
        ("date,channel,state\n2026-11-26,Blog,dreamt\n", "column 3 (state): invalid enum value 'dreamt'"),
        ("date,channel,draft_done\n2026-11-26,Blog,soon\n", "column 3 (draft_done): 'soon' is not a date"),
        ("date,channel,draft_pinned\n2026-11-26,Blog,maybe\n", "(draft_pinned): 'maybe' is neither yes nor"),
        ("date,channel,slot\n2026-11-26,Blog,none\n", "column 3 (slot): 'none' is not a date"),
        ("channel\nBlog\n", "no column looks like the date"),
    ],
)
def test_a_bad_cell_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "posts.json is not valid JSON"),
        ("[" * 100_000, "posts.json is not valid JSON"),
        ("[]", "posts.json holds no posts"),
        ('{"posts": {}}', "posts.json holds no posts"),
        ('{"posts": [5]}', "posts.json, post 1: not an object"),
        ('{"posts": [{"channel": 5}]}', "posts.json, post 1, channel: must be a text"),
        ('{"posts": [{"channel": "Blog"}]}', "posts.json, post 1, date: the date is missing"),
        ('{"posts": [{"tasks": {"dig": {}}}]}', "post 1, tasks: 'dig' is no task"),
        ('{"posts": [{"tasks": {"draft": "Anna"}}]}', "post 1, tasks, draft: not an object"),
        (
            '{"posts": [{"channel": "Blog", "at": "2026-11-26T10:00", "tasks": {"draft": {"member": "X"}}}]}',
            "posts.json, post 1, draft: there is no member 'X'",
        ),
    ],
)
def test_bad_json_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text, "posts.json")
    assert said in str(caught.value)


def test_every_task_has_its_three_columns() -> None:
    for kind in TASK_KINDS:
        assert {kind, f"{kind}_done", f"{kind}_pinned"} <= set(CSV_COLUMNS)
