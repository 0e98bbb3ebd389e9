"""Documents that lie in memory as the JSON they came as."""

from __future__ import annotations

import tracemalloc

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
    assert table.json() == JSON.replace(b"Two", b"Second")


def many(number: int = 1000) -> Rows:
    documents = {str(id): {"title": f"Post {id}"} for id in range(1, number + 1)}
    return Rows(msgspec.json.decode(msgspec.json.encode(documents), type=dict[str, msgspec.Raw]))


def test_packed_ones_are_read_and_written_like_the_others() -> None:
    table = many()
    table.pack()
    assert table["700"] == {"title": "Post 700"}
    assert table.get("1001") is None
    assert list(table.values()) == list(many().values())
    assert table == many()
    assert table.json() == many().json()


def test_what_changes_among_packed_ones_is_written_in_its_place_and_packed_again() -> None:
    table = many()
    table.pack()
    table["2"] = {"title": "Second"}
    del table["3"]
    table.pack()  # one is not worth a pack
    assert (table["2"], len(table)) == ({"title": "Second"}, 999)
    for id in range(400, 800):
        table[str(id)] = {"title": "New"}
    before = dict(table.items())
    table.pack()
    assert before == dict(table.items()) == msgspec.json.decode(table.json())
    assert (len(table), table["2"], table["401"], table["4"]) == (
        999, {"title": "Second"}, {"title": "New"}, {"title": "Post 4"},
    )  # fmt: skip


def test_a_few_that_changed_among_them_are_kept_as_json() -> None:
    table = many()
    table.pack()
    tracemalloc.start()
    try:
        for id in range(1, 200):
            table[str(id)] = {"title": f"New {id}", "tasks": {"draft": {"member": id}, "design": {}}}
        before = tracemalloc.get_traced_memory()[0]
        table.pack()
        assert tracemalloc.get_traced_memory()[0] < before / 2
    finally:
        tracemalloc.stop()
    assert table["7"] == {"title": "New 7", "tasks": {"draft": {"member": 7}, "design": {}}}
    assert msgspec.json.decode(table.json()) == dict(table.items())


def test_packed_ones_take_a_fraction_of_the_memory() -> None:
    tracemalloc.start()
    try:
        table = many(5000)
        before = tracemalloc.get_traced_memory()[0]
        table.pack()
        assert tracemalloc.get_traced_memory()[0] < before / 2
    finally:
        tracemalloc.stop()
