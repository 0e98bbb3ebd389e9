"""Checks what was read against the limits of the model."""

import re
from typing import Any, TypeVar

import msgspec

from cadence.model.errors import BadInput, CadenceError

S = TypeVar("S")


class FieldError(BadInput):
    """A value that is out of its limits; `field` is the name of the struct's field ("" if unknown)."""

    def __init__(self, field: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.field = field


def checked(kind: type[S], fields: dict[str, Any]) -> S:
    """The struct of these fields, each within its limits; FieldError names the first that is not."""
    try:
        return msgspec.convert(fields, kind)
    except CadenceError as error:  # from a relation between fields
        raise FieldError("", error.message, error.remedy) from None
    except msgspec.ValidationError as error:
        text, _, place = str(error).partition(" - at `$.")
        field = place.rstrip("`").partition(".")[0].partition("[")[0]
        raise FieldError(field, _in_words(text)) from None


def _in_words(text: str) -> str:
    """What msgspec says ("Expected `str` of length <= 200"), as a colleague would say it."""
    if "matching regex" in text:
        return "holds characters or a form that are not allowed here (control characters?)"
    if bound := re.fullmatch(r"Expected `\w+`( of length)? ([<>]=) (-?\d+)", text):
        of_length, relation, number = bound.groups()
        side = "at most" if relation == "<=" else "at least"
        return f"must have {side} {number} characters" if of_length else f"must be {side} {number}"
    return text[:1].lower() + text[1:].replace("`", "")
