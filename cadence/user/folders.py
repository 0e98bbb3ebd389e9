"""Where a user's files live on each platform."""

import os
import sys
from pathlib import Path


def config_file() -> Path:
    return _folder("XDG_CONFIG_HOME", ".config", "Library/Application Support", "APPDATA") / "config.toml"


def default_calendar() -> Path:
    return _data_folder() / "calendar.json"


def busy_addresses() -> Path:
    """The folder of the secret addresses of colleagues' calendars, which are in no shared calendar."""
    return _data_folder() / "busy"


def digest_addresses() -> Path:
    """The folder of the secret addresses at which members are told, which are in no shared calendar."""
    return _data_folder() / "digest"


def state_folder() -> Path:
    return _folder("XDG_STATE_HOME", ".local/state", "Library/Logs", "LOCALAPPDATA")


def cache_folder() -> Path:
    return _folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "LOCALAPPDATA")


def _data_folder() -> Path:
    return _folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "APPDATA")


def _folder(variable: str, linux: str, mac: str, windows: str) -> Path:
    """The platform's folder for Cadence; the XDG variable wins everywhere. The specification says that a
    relative path in it is to be ignored."""
    told = os.environ.get(variable, "")
    if told and os.path.isabs(told):
        return Path(told) / "cadence"
    home = Path.home()
    if sys.platform == "darwin":
        return home / mac / "cadence"
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or home) / "cadence"
    return home / linux / "cadence"
