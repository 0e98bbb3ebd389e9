"""What is wrong with a value is said in the language spoken; names of fields and types stay as they are."""

import pytest

from cadence.language import speaking
from cadence.model.documents import decode
from cadence.model.errors import BadInput
from cadence.model.team import Member
from tests.pseudo import PSEUDO, escaped

GOOD = {"id": 1, "name": "Anna"}


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": 7},
        {"name": "a\nb"},
        {"id": 0},
        {"kind": "robot"},
        {"active_from": "soon"},
        {"hours": {"mon": [[9]]}},
        {"hours": {"mon": [[9, 8]]}},
        {"zone": "Moon"},
        {"active_from": "2026-11-24", "active_to": "2026-11-23"},
    ],
)
def test_nothing_but_names_is_left_in_english(change: dict[str, object]) -> None:
    with speaking(PSEUDO), pytest.raises(BadInput) as refused:
        decode(Member, {**GOOD, **change})
    field = next(iter(change))
    own = [field, "mon", "Anna", "robot", "Moon", "RFC", "str", "int", "array"]
    assert escaped(str(refused.value), own) == []


def test_a_sentence_that_is_not_known_is_left_as_it_is() -> None:
    with pytest.raises(BadInput, match=r"^member Anna: id: Expected `int`, got `str`$"):
        decode(Member, {**GOOD, "id": "one"})
