"""The README's table of keys is the registry's, word for word."""

from tools.key_table import BEGIN, END, README, table


def test_every_key_stands_in_the_readme_as_it_is() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.split(BEGIN)[1].split(END)[0] == table(), "python -m tools.key_table writes it anew"
