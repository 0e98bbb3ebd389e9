"""The one family of errors that faces print: a sentence for people and, where there is one, a remedy."""


class CadenceError(Exception):
    """Something a person must know. `message` says what is wrong and where; `remedy` what to do about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} - {self.remedy}" if self.remedy else self.message


class BadInput(CadenceError):
    """A value, an argument or a file that Cadence cannot accept."""


class Refused(CadenceError):
    """A rule of the calendar forbids this, or somebody was faster."""


class NotFound(CadenceError):
    """A name or a number that the calendar does not know."""
