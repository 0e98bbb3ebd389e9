"""Which generation of documents a calendar holds, and how an older one becomes the present one.

Every change to the meaning of stored documents is a step. A step is an ordinary change in the history: it is
there whole or not at all, and a backup is taken before it. So that an older Cadence that is still running
somewhere does no harm, a step says which generation a program must know to go on reading and writing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tinydb import TinyDB


@dataclass(frozen=True)
class Step:
    """From the generation before to the next: `upgrade` rewrites the documents through TinyDB's tables.

    `min_reader` and `min_writer` are the generations that a program must know to read and to write the
    result; `what` is a phrase for the history.
    """

    what: str
    upgrade: Callable[[TinyDB], None]
    min_reader: int
    min_writer: int


@dataclass(frozen=True)
class Schema:
    """The steps that this program knows. Generation 1 is the first, before any step."""

    steps: tuple[Step, ...] = ()

    @property
    def current(self) -> int:
        return 1 + len(self.steps)

    def steps_after(self, generation: int) -> tuple[Step, ...]:
        return self.steps[generation - 1 :]


@dataclass(frozen=True)
class Versions:
    """What a calendar says of itself."""

    schema: int = 1
    min_reader: int = 1
    min_writer: int = 1

    @staticmethod
    def of(*sources: Mapping[str, object]) -> "Versions":
        """The later sources win over the earlier ones."""
        merged = {key: value for source in sources for key, value in source.items()}
        known = {name: merged.get(name) for name in ("schema", "min_reader", "min_writer")}
        return Versions(**{name: value for name, value in known.items() if isinstance(value, int)})


SCHEMA = Schema()
