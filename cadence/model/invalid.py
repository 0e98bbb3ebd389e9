"""What msgspec says of a bad value, in the language spoken: "Expected `str` of length <= 200"."""

from __future__ import annotations

import re

from cadence.language import _, later

_SAID = (
    (r"Expected (?P<wanted>`[^`]+`), got (?P<got>`[^`]+`)", later("Expected {wanted}, got {got}")),
    (r"Expected (?P<wanted>`\w+`) of length (?P<bound>.+)", later("Expected {wanted} of length {bound}")),
    (
        r"Expected (?P<wanted>`\w+`) of at least length (?P<least>\d+), got (?P<got>\d+)",
        later("Expected {wanted} of at least length {least}, got {got}"),
    ),
    (r"Expected (?P<wanted>`\w+`) (?P<bound>[<>=].*)", later("Expected {wanted} {bound}")),
    (
        r"Expected (?P<wanted>`\w+`) with no timezone component",
        later("Expected {wanted} with no timezone component"),
    ),
    (
        r"Expected (?P<wanted>`\w+`) with a timezone component",
        later("Expected {wanted} with a timezone component"),
    ),
    (r"Invalid RFC3339 encoded date", later("Invalid RFC3339 encoded date")),
    (r"Invalid RFC3339 encoded time", later("Invalid RFC3339 encoded time")),
    (r"Invalid RFC3339 encoded datetime", later("Invalid RFC3339 encoded datetime")),
    (r"Invalid enum value (?P<value>.+)", later("Invalid enum value {value}")),
    (r"Object missing required field (?P<name>`[^`]+`)", later("Object missing required field {name}")),
    (r"Object contains unknown field (?P<name>`[^`]+`)", later("Object contains unknown field {name}")),
)
"""Its sentences, each with the same one for people; another one is left as it is."""


def in_words(text: str) -> str:
    """One of msgspec's sentences, without the place that may follow it."""
    for pattern, sentence in _SAID:
        if found := re.fullmatch(pattern, text):
            return _(sentence, **found.groupdict())
    return text
