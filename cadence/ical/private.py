"""Secrets of one user: small files that nobody else can read, and that are in no shared calendar."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from cadence.ical.files import replace_file
from cadence.language import _
from cadence.model.errors import BadInput

S = TypeVar("S", bound=Struct)


class PrivateFiles(Generic[S]):
    """Values of one kind that belong to something, by number: `folder/<of>/<number>.json`, one file each, so
    that the app and a server of the same user never write over what the other just learned."""

    kind: type[S]
    remedy: str
    """What to do about a damaged one, still to be translated; `{number}` is its number."""

    def __init__(self, folder: Path, of: str) -> None:
        self.folder = folder / sha256(of.encode()).hexdigest()[:32]

    def get(self, number: int) -> S | None:
        """The value, if this user has it; BadInput if its file is damaged."""
        path = self._path(number)
        try:
            return msgspec.json.decode(path.read_bytes(), type=self.kind)
        except FileNotFoundError:
            return None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise BadInput(_("{path} is damaged", path=path), _(self.remedy, number=number)) from None
        except OSError as error:
            raise BadInput(
                _("{path} cannot be read: {reason}", path=path, reason=error.strerror),
                _("check what it is and whose"),
            ) from None

    def put(self, number: int, value: S) -> None:
        """Keep it, readable for nobody else. BadInput if that is not possible."""
        self.prepare()
        try:
            replace_file(self._path(number), msgspec.json.encode(value), mode=0o600)
        except OSError as error:
            raise self._unwritable(error) from None

    def forget(self, number: int) -> None:
        try:
            self._path(number).unlink(missing_ok=True)
        except OSError as error:
            raise self._unwritable(error) from None

    def prepare(self) -> None:
        """Make the folder; BadInput if there can be none."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.json"

    def _unwritable(self, error: OSError) -> BadInput:
        return BadInput(
            _("cannot write into {folder}: {reason}", folder=self.folder, reason=error.strerror),
            _("check the disk and the permissions"),
        )
