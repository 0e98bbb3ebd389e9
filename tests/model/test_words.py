"""Kinds and states have a word each, and every one of them is translated."""

from typing import get_args

from cadence.insight.history import SlotState
from cadence.insight.warnings import SEVERITIES
from cadence.language import speaking
from cadence.model.post import IDEA_STATES, POST_STATES
from cadence.model.team import LEVELS, TASK_KINDS
from cadence.model.words import (
    idea_word,
    kind_word,
    level_word,
    severity_word,
    slot_word,
    state_word,
    task_noun,
    the_task,
)
from tests.pseudo import PSEUDO, escaped

SLOT_STATES: tuple[SlotState, ...] = get_args(SlotState)


def every_word() -> list[str]:
    return [
        *map(kind_word, TASK_KINDS),
        *map(task_noun, TASK_KINDS),
        *map(the_task, TASK_KINDS),
        *map(level_word, LEVELS),
        *map(state_word, POST_STATES),
        *map(slot_word, SLOT_STATES),
        *map(idea_word, IDEA_STATES),
        *map(severity_word, SEVERITIES),
    ]


def test_english_words_are_the_codes_but_where_people_say_it_otherwise() -> None:
    assert [kind_word(kind) for kind in TASK_KINDS] == list(TASK_KINDS)
    assert [state_word(state) for state in POST_STATES] == list(POST_STATES)
    assert (slot_word("on_time"), slot_word("empty")) == ("on time", "open")
    assert (task_noun("publish"), the_task("engage")) == ("publishing", "the answering")


def test_every_word_is_translated() -> None:
    with speaking(PSEUDO):
        assert [word for word in every_word() if escaped(word)] == []
