"""Files that others read while we write: replaced whole, or not touched."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def replace_file(path: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Replaces the file in one step; a reader sees the old bytes or the new ones. `mode`: the permissions,
    less what the user's umask takes. OSError if it cannot."""
    temporary = _write_beside(path, content, mode)
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def replace_files(directory: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Replaces those files of a folder whose bytes differ, and names them.

    All new bytes are on disk before the first file is replaced, so that a full disk replaces none.
    """
    changed = [name for name, content in contents.items() if _read(directory / name) != content]
    temporaries: dict[str, Path] = {}
    try:
        for name in changed:
            temporaries[name] = _write_beside(directory / name, contents[name])
        for name in changed:
            temporaries.pop(name).replace(directory / name)
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
    return changed


def _write_beside(path: Path, content: bytes, mode: int = 0o666) -> Path:
    """A new file in the same folder, with the permissions that the user's umask leaves."""
    temporary = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
