"""The app of the tests: without animations, in colour, whatever the terminal they run in."""

import os
from collections.abc import Iterator

import pytest

from cadence import language

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported
os.environ.pop("NO_COLOR", None)
os.environ["COLORTERM"] = "truecolor"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing reads or writes the files of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test may choose another language in the settings; the next one does not begin in it."""
    yield
    language.use("en")
