"""Documents that lie in memory as the JSON they came as."""

from __future__ import annotations

import msgspec

from cadence.store.rows import Rows

JSON = b'{"1":{"title":"One","tasks":{"draft":{}}},"2":{"title":"Two"}}'


def rows() -> Rows:
    return Rows(msgspec.json.decode(JSON, type=dict[str, msgspec.Raw]))


def test_they_are_read_like_any_dictionary() -> None:
    assert rows()["1"] == {"title": "One", "tasks": {"draft": {}}}
    assert rows().get("2") == {"title": "Two"}
    assert rows().get("3") is None
    assert [title["title"] for title in rows().values()] == ["One", "Two"]
    assert dict(rows().items()) == msgspec.json.decode(JSON)


def test_what_a_reader_does_with_one_leaves_the_table_as_it_is() -> None:
    table = rows()
    table["1"]["title"] = "Other"
    assert table["1"]["title"] == "One"


def test_they_equal_the_same_documents_in_whatever_form() -> None:
    table = rows()
    assert table == msgspec.json.decode(JSON)
    assert table == rows()
    table["2"] = {"title": "Second"}
    assert table != rows()


def test_they_are_written_as_they_came_and_changed_ones_beside_them() -> None:
    table = rows()
    table["2"] = {"title": "Second"}
    assert msgspec.json.encode(table) == JSON.replace(b"Two", b"Second")
