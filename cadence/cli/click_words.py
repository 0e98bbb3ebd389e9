"""What click itself says, in the language that Cadence speaks.

click asks Python's `gettext.gettext` and `gettext.ngettext`, which learn the language from the environment
and from nowhere else: a setting cannot reach them. So click's modules are given functions of ours under the
names by which they call those two. English never comes here.
"""

from __future__ import annotations

from click import core, exceptions, formatting, parser, types

from cadence.language import _, later

SENTENCES = (
    later("Usage:"),
    later("Commands"),
    later("default: {default}"),
    later("required"),
    later("Show this message and exit."),
    later("Missing command."),
    later("Missing argument"),
    later("Missing option"),
    later("Choose from:\n\t{choices}"),
    later("Invalid value: {message}"),
    later("Invalid value for {param_hint}: {message}"),
    later("No such option {name!r}."),
    later("No such command {name!r}."),
    later("Did you mean {possibility}?"),
    later("(Did you mean one of: {possibilities}?)"),
    later("Option {name!r} does not take a value."),
    later("Option {name!r} requires an argument."),
    later("Option {name!r} requires {nargs} arguments."),
    later("Got unexpected extra argument ({args})"),
    later("Got unexpected extra arguments ({args})"),
    later("{value!r} is not one of {choices}."),
    later("{value!r} is not a valid {number_type}."),
    later("{value} is not in the range {range}."),
)
"""Those that our commands can bring about."""


def translate_click() -> None:
    """From now on click speaks as we do."""
    for module in (core, exceptions, formatting, parser, types):
        vars(module).update(_=_, ngettext=_of_many)


def _of_many(one: str, many: str, number: int) -> str:
    """click fills the gaps itself; its singular and its plural are two sentences of our catalogue."""
    return _(one if number == 1 else many)
