"""The guide's tables of keys are the registry's, word for word."""

from cadence.cli.guides import text_of
from cadence.tui.actions import ACTIONS, ALL, BY_ID, keys_text
from tools.key_table import BEGIN, END, GUIDE, tables


def test_every_key_stands_in_the_guide_as_it_is() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == tables(), "python -m tools.key_table writes it anew"


def test_no_action_is_left_out() -> None:
    written, text = tables(), text_of("keys")
    for action in ACTIONS:
        if action.listed:
            assert f"| `{action.id}` |" in written if action.keys else f"`{action.id}`" in text


def test_every_screen_is_told_of_with_its_keys() -> None:
    told = text_of("screens")
    for place in ALL:
        keys = " ".join(f"`{key}`" for key in keys_text(BY_ID[f"view.{place.name}"]).split())
        assert f"\n| {keys} | **{place.title}** | " in told
