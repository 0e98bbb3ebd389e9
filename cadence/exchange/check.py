"""Checks what was read against the limits of the model."""

import re
from typing import Any, TypeVar

import msgspec

from cadence.language import _, n_
from cadence.model.errors import BadInput, CadenceError
from cadence.model.invalid import in_words

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
        text, _at, place = str(error).partition(" - at `$.")
        field = place.rstrip("`").partition(".")[0].partition("[")[0]
        raise FieldError(field, _in_words(text)) from None


def _in_words(text: str) -> str:
    """What msgspec says ("Expected `str` of length <= 200"), as a colleague would say it."""
    if "matching regex" in text:
        return _("holds characters or a form that are not allowed here (control characters?)")
    bound = re.fullmatch(r"Expected `\w+`( of length)? ([<>]=) (-?\d+)", text)
    match bound and bound.groups():
        case (None, "<=", number):
            return _("must be at most {number}", number=number)
        case (None, _relation, number):
            return _("must be at least {number}", number=number)
        case (_of_length, "<=", number):
            return n_(
                "must have at most {number} characters", "must have at most {number} characters", int(number)
            )
        case (_of_length, _relation, number):
            return n_(
                "must have at least {number} characters",
                "must have at least {number} characters",
                int(number),
            )
        case _other:
            words = in_words(text).replace("`", "")
            return words[:1].lower() + words[1:]
