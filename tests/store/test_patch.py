"""The difference of two documents goes there and back again, and says what it touches."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cadence.model.errors import BadInput
from cadence.store import patch

LEAVES = st.one_of(
    st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=4)
)
DOCUMENTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=2),
    st.recursive(
        LEAVES,
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2)
        ),
        max_leaves=6,
    ),
    max_size=4,
)


@given(DOCUMENTS, DOCUMENTS)
def test_a_difference_leads_there_and_back(before: dict[str, Any], after: dict[str, Any]) -> None:
    forth, back = patch.diff(before, after)
    assert patch.same(patch.apply(before, forth), after)
    assert patch.same(patch.apply(after, back), before)
    assert forth.keys() == back.keys()
    assert bool(forth) == (not patch.same(before, after))
    assert patch.changed_since(after, forth, back) is None


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_what_was_built_upon_is_found_unless_undoing_would_be_harmless(
    before: dict[str, Any], after: dict[str, Any], now: dict[str, Any]
) -> None:
    forth, back = patch.diff(before, after)
    path = patch.changed_since(now, forth, back)
    if path is None:
        assert patch.same(patch.apply(patch.apply(now, back), forth), now)
    else:
        assert patch.touches(forth, path)


@pytest.mark.parametrize(
    ("before", "after", "forth", "back"),
    [
        ({"a": 1}, {"a": 2}, {"a": 2}, {"a": 1}),
        ({"a": 1}, {}, {"a": None}, {"a": 1}),
        ({}, {"a": {"b": 1}}, {"a": {"b": 1}}, {"a": None}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 1}}),
        ({"a": {"b": 1}}, {"a": {}}, {"a": {"b": None}}, {"a": {"b": 1}}),
        ({"a": [1, 2]}, {"a": [1]}, {"a": [1]}, {"a": [1, 2]}),
        ({"a": 1}, {"a": True}, {"a": True}, {"a": 1}),
        ({"a": 1}, {"a": 1.0}, {"a": 1.0}, {"a": 1}),
        ({"a": [1]}, {"a": [True]}, {"a": [True]}, {"a": [1]}),
        ({"a": {"x": 1}}, {"a": {"x": True}}, {"a": {"x": True}}, {"a": {"x": 1}}),
        ({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}, {"a": 1}),
        ({"a": 1, "rev": 1, "modified": "x", "id": 3}, {"a": 1, "rev": 2}, {}, {}),
    ],
)
def test_differences_by_hand(
    before: dict[str, Any], after: dict[str, Any], forth: dict[str, Any], back: dict[str, Any]
) -> None:
    found = patch.diff(before, after)
    assert patch.same(list(found), [forth, back]) or found == ({}, {}) == (forth, back)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (("a",), True),
        (("a", "b"), True),
        (("a", "c"), False),
        (("d",), True),
        (("d", "e"), True),
        (("f",), False),
    ],
)
def test_what_a_patch_touches(path: tuple[str, ...], answer: bool) -> None:
    assert patch.touches({"a": {"b": 1}, "d": None}, path) is answer


@given(DOCUMENTS)
def test_content_is_an_equal_copy_all_the_way_down(document: dict[str, Any]) -> None:
    copy = patch.content(document)
    assert patch.same(copy, document)
    for value in copy.values():
        if isinstance(value, list | dict):
            value.clear()
    assert patch.same(patch.content(document), document)


def test_tuples_become_lists_and_a_text_may_say_null() -> None:
    assert patch.content({"a": (1, 2), "b": "null"}) == {"a": [1, 2], "b": "null"}


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(BadInput, match=r"tasks\.draft\.member: a stored document never holds null"):
        patch.content({"tasks": {"draft": {"member": None}}})


def test_a_document_nested_without_end_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    with pytest.raises(BadInput, match="nested"):
        patch.content(deep)
